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
	g_test_add_func("/book/load/nothing", test_nothing);
}
