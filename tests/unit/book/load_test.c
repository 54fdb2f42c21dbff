#include "course.h"

void test_book_load(void);

static void
test_titles(void)
{
	static const struct {
		const char *text, *title, *said;
	} cases[] = {
		{ "# A *b*\n", "A b", "" },
		{ "---\ntitle: F\n---\n# F\n", "F", "" },
		{ "---\ntitle: F\n---\n# A\n", "F",
		    "content/a.md:4:1 title-two" },
		{ "# A\n\n# B\n", "A", "content/a.md:3:1 title-two" },
		{ "\xef\xbb\xbf# A\r\n", "A", "" },
		{ "A\n=\n", "A", "" },
		{ "Text.\n\n# A\n", "A", "" },
		{ "## B\n\n# A\n", "A", "" },
		{ "", "a", "content/a.md:1:1 title-missing" },
		{ "## B\n", "a", "content/a.md:1:1 title-missing" },
		/* One fault, one message. */
		{ "# A\n\n\xff\n", "a", "content/a.md:3:1 source-utf8" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct course_file file = { "content/a.md",
			cases[i].text };
		struct course c;
		course_load(&c, &file, 1, "");
		g_autofree char *said = course_said(&c);
		g_assert_cmpstr(said, ==, cases[i].said);
		g_assert_cmpstr(course_page(&c, "a")->self->title, ==,
		    cases[i].title);
		course_release(&c);
	}
}

/* SOURCE_DATE_EPOCH is digits up to the year 9999, or a fault. */
static void
test_time(void)
{
	static const struct {
		const char *epoch, *said;
		long long time;
	} cases[] = {
		{ "1750000000", "", 1750000000 },
		{ "253402300799", "", 253402300799 },
		{ "253402300800", " time-bad", 0 },
		{ "-1", " time-bad", 0 },
		{ "1e9", " time-bad", 0 },
		{ "abc", " time-bad", 0 },
	};
	const struct course_file file = { "content/a.md", "# A\n" };
	g_autofree char *before = g_strdup(g_getenv("SOURCE_DATE_EPOCH"));

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct course c;
		g_setenv("SOURCE_DATE_EPOCH", cases[i].epoch, TRUE);
		course_load(&c, &file, 1, "");
		g_autofree char *said = course_said(&c);
		g_assert_true(g_str_has_suffix(said, cases[i].said));
		g_assert_cmpint(said[0] == '\0', ==, cases[i].said[0] == '\0');
		if (cases[i].time)
			g_assert_cmpint(c.book->time, ==, cases[i].time);
		course_release(&c);
	}
	if (before)
		g_setenv("SOURCE_DATE_EPOCH", before, TRUE);
	else
		g_unsetenv("SOURCE_DATE_EPOCH");
}

static void
test_limit(void)
{
	g_autofree char *large = g_strnfill(1025, 'x');
	const struct course_file file = { "content/a.md", large };
	struct course c;

	course_load(&c, &file, 1, "limits: {source_kib: 1}\n");
	g_autofree char *said = course_said(&c);
	g_assert_cmpstr(said, ==, "content/a.md source-size");
	course_release(&c);
}

static void
test_nothing(void)
{
	static const struct course_file file = { "lessons/a.md", "# A\n" };
	struct course c;

	course_load(&c, &file, 1, "");
	g_autofree char *said = course_said(&c);
	g_assert_cmpstr(said, ==, "site.yaml content-missing");
	course_release(&c);
}

void
test_book_load(void)
{
	g_test_add_func("/book/load/titles", test_titles);
	g_test_add_func("/book/load/limit", test_limit);
	g_test_add_func("/book/load/time", test_time);
	g_test_add_func("/book/load/nothing", test_nothing);
}
