#include "course.h"

void test_book_mock(void);

#define QUIZ(id, keys) "---\nquiz-id: " id "\n---\n# Q\n\n" keys
#define ASK(key) "## Q\n<!-- q: " key " -->\n\nAnswer: " key "\n\n"

/* The course, less its mock exam. */
#define COURSE                                                          \
	{ "content/10-net/10-vpn.md", "# VPN\n" },                      \
	    { "content/10-net/10-vpn.quiz.md",                          \
		    QUIZ("vpn", ASK("a") ASK("b")) },                   \
	    { "content/10-net/20-dns.md",                               \
		    "# DNS\n\n## Check\n<!-- quiz: dns-check -->\n\n"   \
		    "### Q\n<!-- q: c -->\n\nAnswer: c\n" },            \
	    { "content/10-net/20-dns.quiz.md", QUIZ("dns", ASK("a")) }, \
	    { "content/10-net/30-deep/10-bgp.md", "# BGP\n" },          \
	    { "content/10-net/30-deep/10-bgp.quiz.md",                  \
		    QUIZ("bgp", ASK("a")) },                            \
	    { "content/20-store.md", "# Store\n" },                     \
	    { "content/20-store.quiz.md", QUIZ("blob", ASK("a")) },     \
	{                                                               \
		"content/other.quiz.md",                                \
		    "---\nquiz-id: other\nfrom: [vpn]\n---\n# Other\n"  \
	}

static const struct quiz *
load(struct course *c, const char *front)
{
	g_autofree char *mock = g_strconcat("---\nquiz-id: mock\n", front,
	    "---\n# Mock exam\n\nTake your time.\n", NULL);
	const struct course_file files[] = { COURSE,
		{ "content/exam.quiz.md", mock } };

	course_load(c, files, G_N_ELEMENTS(files), "");
	return course_page(c, "exam-quiz")->quizzes[0];
}

static char *
ids_of(const struct quiz_part *parts, size_t n)
{
	GString *s = g_string_new(NULL);

	for (size_t i = 0; i < n; i++)
		if (parts[i].question)
			g_string_append_printf(s, "%s%s", s->len ? " " : "",
			    parts[i].question->id);
	return g_string_free(s, FALSE);
}

/* In reading order, whatever the order of what finds it. */
static void
test_names(void)
{
	static const struct {
		const char *from, *ids;
	} cases[] = {
		{ "[vpn]", "vpn/a vpn/b" },
		{ "[dns, vpn]", "dns/a vpn/a vpn/b" },
		/* The lesson: its own questions and its quiz. */
		{ "[net/dns]", "dns-check/c dns/a" },
		{ "[net/dns-quiz]", "dns/a" },
		{ "[dns-check]", "dns-check/c" },
		{ "[net]", "vpn/a vpn/b dns-check/c dns/a bgp/a" },
		{ "[net/deep]", "bgp/a" },
		{ "[net/*]", "vpn/a vpn/b dns-check/c dns/a bgp/a" },
		{ "[net/d*]", "dns-check/c dns/a bgp/a" },
		{ "['*/vp?']", "vpn/a vpn/b" },
		{ "['*']", "vpn/a vpn/b dns-check/c dns/a bgp/a blob/a" },
		{ "[store]", "blob/a" },
		/* As the sources are called. */
		{ "[10-net/]", "vpn/a vpn/b dns-check/c dns/a bgp/a" },
		{ "[10-net/10-vpn.md]", "vpn/a vpn/b" },
		{ "[10-net/10-vpn.quiz.md]", "vpn/a vpn/b" },
		{ "[./20-store.md]", "blob/a" },
		{ "[/20-store.quiz.md]", "blob/a" },
		{ "[10-net/*]", "vpn/a vpn/b dns-check/c dns/a bgp/a" },
		/* No question twice. */
		{ "[vpn, net/*, net, '*', vpn]",
		    "vpn/a vpn/b dns-check/c dns/a bgp/a blob/a" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct course c;
		g_autofree char *front = g_strdup_printf("from: %s\n",
		    cases[i].from);
		const struct quiz *q = load(&c, front);
		g_autofree char *ids = ids_of(q->parts, q->n_parts);
		g_test_message("from: %s", cases[i].from);
		g_assert_cmpstr(c.said, ==, "");
		g_assert_cmpstr(ids, ==, cases[i].ids);
		course_release(&c);
	}
}

/* The questions are those of the other quizzes, not copies. */
static void
test_own(void)
{
	struct course c;
	const struct quiz *q = load(&c, "from: ['*']\nmode: exam\n");
	const struct quiz *vpn = course_page(&c, "net/vpn-quiz")->quizzes[0];

	g_assert_true(q->is_mock);
	g_assert_false(vpn->is_mock);
	g_assert_cmpuint(q->n_questions, ==, 0);
	g_assert_cmpuint(q->n_asked, ==, 6);
	g_assert_cmpuint(c.book->n_questions, ==, 6);
	g_assert_true(q->parts[0].question == &vpn->questions[0]);
	g_assert_true(q->parts[0].question->quiz == vpn);
	g_assert_cmpstr(q->parts[0].question->anchor, ==, "q-vpn--a");
	g_assert_true(vpn->page == course_page(&c, "net/vpn-quiz")->self);
	g_assert_cmpuint(q->page->n_questions, ==, 6);
	for (size_t i = 0; i < q->n_parts; i++)
		g_assert_cmpuint(q->parts[i].number, ==, i + 1);
	/* In its own quiz it keeps its number. */
	g_assert_cmpuint(vpn->parts[1].number, ==, 2);
	course_release(&c);
}

static void
test_draw(void)
{
	g_autofree char *first = NULL;

	for (int i = 0; i < 2; i++) {
		struct course c;
		const struct quiz *q = load(&c,
		    "from: ['*']\ndraw: 4\nshuffle: questions\npass: 50\n");
		g_autofree char *ids = ids_of(q->drawn, q->n_drawn);
		g_assert_cmpstr(c.said, ==, "");
		g_assert_cmpuint(q->n_parts, ==, 6);
		g_assert_cmpuint(q->n_asked, ==, 4);
		g_assert_cmpuint(q->pass_count, ==, 2);
		for (size_t k = 0; k < q->n_drawn; k++) {
			g_assert_cmpuint(q->drawn[k].number, ==, k + 1);
			for (size_t m = 0; m < k; m++)
				g_assert_true(q->drawn[k].question !=
				    q->drawn[m].question);
		}
		if (first)
			g_assert_cmpstr(ids, ==, first);
		else
			first = g_steal_pointer(&ids);
		course_release(&c);
	}
}

/* What stands in the file goes with it. */
static void
test_with_text(void)
{
	static const struct course_file files[] = { COURSE,
		{ "content/exam.quiz.md",
		    "---\nquiz-id: mock\nfrom: [vpn]\n---\n# Mock\n\nHello.\n\n"
		    "## Rules\n<!-- text -->\n\nNo books.\n" } };
	struct course c;

	course_load(&c, files, G_N_ELEMENTS(files), "");
	const struct quiz *q = course_page(&c, "exam-quiz")->quizzes[0];
	g_assert_cmpstr(c.said, ==, "");
	g_assert_cmpuint(q->n_parts, ==, 3);
	g_assert_nonnull(q->parts[0].text);
	g_assert_cmpuint(q->parts[2].number, ==, 2);
	course_release(&c);
}

static void
test_faults(void)
{
	static const struct {
		const char *front, *said, *help;
	} cases[] = {
		{ "from: [nothing-like-it]\n", "3:8 quiz-from",
		    "name a quiz-id" },
		{ "from: [stre]\n", "3:8 quiz-from", "did you mean 'store'?" },
		{ "from: [vpn, mock]\n", "3:13 quiz-from",
		    "that is this mock exam itself" },
		{ "from: [other]\n", "3:8 quiz-from",
		    "that is a mock exam; name" },
		{ "from: ['oth*']\n", "3:8 quiz-from",
		    "only mock exams are there" },
		{ "from:\n  - vpn\n  - x-y-z\n", "5:5 quiz-from", "" },
		{ "from: [vpn]\ndraw: 3\n", "4:7 quiz-draw", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct course c;
		load(&c, cases[i].front);
		g_autofree char *said = course_said(&c);
		g_autofree char *want = g_strconcat("content/exam.quiz.md:",
		    cases[i].said, NULL);
		g_assert_cmpstr(said, ==, want);
		if (!strstr(c.said, cases[i].help)) {
			g_test_message("lacks: %s\n%s", cases[i].help, c.said);
			g_test_fail();
		}
		course_release(&c);
	}
}

void
test_book_mock(void)
{
	g_test_add_func("/book/mock/names", test_names);
	g_test_add_func("/book/mock/own", test_own);
	g_test_add_func("/book/mock/draw", test_draw);
	g_test_add_func("/book/mock/with_text", test_with_text);
	g_test_add_func("/book/mock/faults", test_faults);
}
