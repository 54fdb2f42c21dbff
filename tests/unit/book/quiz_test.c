#include "course.h"

void test_book_quiz(void);

#define OK "- [ ] a\n- [x] b\n\n"

static void
test_groups(void)
{
	struct course c;

	course_quiz(&c,
	    "Introduction.\n\n"
	    "## Group\n\nText.\n\n### One\n<!-- q: a -->\n\n" OK
	    "### Two\n<!-- q: b -->\n\n" OK
	    "## Note\n<!-- text -->\n\nMore.\n\n"
	    "## Three\n<!-- q: c -->\n\n" OK);
	const struct quiz *q = course_page(&c, "a-quiz")->quizzes[0];
	g_assert_cmpstr(c.said, ==, "");
	g_assert_cmpuint(q->n_questions, ==, 3);
	g_assert_cmpuint(q->n_parts, ==, 5);
	g_assert_nonnull(q->parts[0].text);
	g_assert_true(q->parts[1].question == &q->questions[0]);
	g_assert_true(q->parts[2].question == &q->questions[1]);
	g_assert_nonnull(q->parts[3].text);
	g_assert_true(q->parts[4].question == &q->questions[2]);
	g_assert_cmpstr(q->questions[2].title, ==, "Three");
	g_assert_cmpuint(q->parts[4].number, ==, 3);
	/* 70 per cent of three, rounded up. */
	g_assert_cmpuint(q->pass, ==, 70);
	g_assert_cmpuint(q->pass_count, ==, 3);
	g_assert_cmpuint(c.book->n_questions, ==, 3);
	course_release(&c);
}

static void
test_sections(void)
{
	static const struct course_file files[] = { { "content/a.md",
	    "# A\n\n## Check\n<!-- quiz: c -->\n\nHello.\n\n### One\n"
	    "<!-- q: a -->\n\n" OK "## After\n\nText.\n\n## Again\n"
	    "<!-- quiz: d -->\n\n### Two\n<!-- q: a -->\n\n" OK } };
	struct course c;

	course_load(&c, files, 1, "");
	const struct page *p = course_page(&c, "a");
	g_assert_cmpstr(c.said, ==, "");
	g_assert_cmpuint(p->n_quizzes, ==, 2);
	g_assert_cmpstr(p->quizzes[0]->questions[0].id, ==, "c/a");
	g_assert_cmpstr(p->quizzes[1]->questions[0].id, ==, "d/a");
	course_release(&c);
}

static void
test_faults(void)
{
	static const struct {
		const char *body, *said;
	} cases[] = {
		{ "Text.\n", "1:1 quiz-empty" },
		{ "## Q\n<!-- q: a -->\n\n" OK "## R\n<!-- q: a -->\n\n" OK,
		    "13:1 id-duplicate" },
		{ "## Q\n\n" OK, "6:1 question-no-id" },
		{ "## G\n\n" OK "### Q\n<!-- q: a -->\n\n" OK,
		    "6:1 group-answers" },
		{ "Q\n---\n\n" OK,
		    "6:1 heading-setext; content/a.quiz.md:6:1 question-no-id" },
		{ OK "## Q\n<!-- q: a -->\n\n" OK, "6:1 group-answers" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct course c;
		course_quiz(&c, cases[i].body);
		g_autofree char *said = course_said(&c);
		g_assert_true(g_str_has_prefix(said, "content/a.quiz.md:"));
		g_autofree char *want = g_strconcat("content/a.quiz.md:",
		    cases[i].said, NULL);
		/* The order of two at one place is that of diag.def. */
		if (i != 4)
			g_assert_cmpstr(said, ==, want);
		else
			g_assert_nonnull(strstr(said, "heading-setext"));
		course_release(&c);
	}
}

/* Ids are unique in the course, also between the quizzes of one file. */
static void
test_unique(void)
{
	static const struct course_file sections[] = { { "content/a.md",
	    "---\nquiz-id: t\n---\n# A\n\n## X\n<!-- quiz -->\n\n### One\n"
	    "<!-- q: a -->\n\n" OK "## Y\n<!-- quiz -->\n\n### Two\n"
	    "<!-- q: a -->\n\n" OK } };
	static const struct course_file two[] = {
		{ "content/a.md", "# A\n" },
		{ "content/a.quiz.md",
		    "---\nquiz-id: t\n---\n# Q\n\n## Q\n<!-- q: a -->\n\n" OK },
		{ "content/b.md", "# B\n" },
		{ "content/b.quiz.md",
		    "---\nquiz-id: t\n---\n# Q\n\n## Q\n<!-- q: a -->\n\n" OK },
	};
	struct course c;

	course_load(&c, two, G_N_ELEMENTS(two), "");
	g_autofree char *said = course_said(&c);
	g_assert_cmpstr(said, ==, "content/b.quiz.md:7:1 id-duplicate");
	course_release(&c);
	course_load(&c, sections, 1, "");
	g_autofree char *more = course_said(&c);
	g_assert_cmpstr(more, ==, "content/a.md:19:1 id-duplicate");
	course_release(&c);
}

void
test_book_quiz(void)
{
	g_test_add_func("/book/quiz/groups", test_groups);
	g_test_add_func("/book/quiz/sections", test_sections);
	g_test_add_func("/book/quiz/faults", test_faults);
	g_test_add_func("/book/quiz/unique", test_unique);
}
