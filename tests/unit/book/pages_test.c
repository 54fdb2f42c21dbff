#include "course.h"

#include <limits.h>

void test_book_pages(void);

static const struct course_file course[] = {
	{ "content/index.md", "# Home\n" },
	{ "content/20-second/index.md", "# Second\n" },
	{ "content/20-second/10-b.md", "# B\n" },
	{ "content/20-second/05-a.md", "# A\n" },
	{ "content/20-second/05-a.quiz.md",
	    "---\nquiz-id: a\n---\n# Quiz\n\n## Q\n<!-- q: q -->\n\n"
	    "- [ ] a\n- [x] b\n" },
	{ "content/10-first/Three Words.md", "# W\n" },
	{ "content/z.md", "---\norder: 1\nslug: own\n---\n# Z\n" },
	{ "content/_draft.md", "# no\n" },
	{ "content/.hidden.md", "# no\n" },
	{ "content/y.md", "---\ndraft: true\n---\n# no\n" },
};

static void
test_order(void)
{
	static const char *const addresses[] = { "index", "own",
		"first/three-words", "second/index", "second/a",
		"second/a-quiz", "second/b" };
	struct course c;

	course_load(&c, course, G_N_ELEMENTS(course), "");
	g_assert_cmpstr(c.said, ==, "");
	g_assert_cmpuint(c.book->n_pages, ==, G_N_ELEMENTS(addresses));
	for (size_t i = 0; i < c.book->n_pages; i++) {
		const struct page *p = &c.book->pages[i];
		g_assert_cmpstr(p->self->address, ==, addresses[i]);
		g_assert_cmpuint(p->self->no, ==, i);
		g_assert_true(
		    i ? p->prev == c.book->pages[i - 1].self : !p->prev);
	}
	g_assert_null(c.book->pages[6].next);
	g_assert_cmpuint(c.book->n_lessons, ==, 4);
	course_release(&c);
}

static void
test_page(void)
{
	struct course c;

	course_load(&c, course, G_N_ELEMENTS(course), "");
	const struct page *quiz = course_page(&c, "second/a-quiz");
	const struct page *lesson = course_page(&c, "second/a");
	g_assert_true(quiz->self->partner == lesson->self);
	g_assert_true(lesson->self->partner == quiz->self);
	g_assert_cmpuint(quiz->n_crumbs, ==, 3);
	g_assert_cmpstr(quiz->crumbs[0]->address, ==, "index");
	g_assert_cmpstr(quiz->crumbs[1]->address, ==, "second/index");
	g_assert_cmpstr(quiz->crumbs[2]->address, ==, "second/a");
	g_assert_cmpuint(c.book->n_map, ==, 3);
	g_assert_cmpuint(quiz->nav, ==, 2);
	g_assert_cmpuint(c.book->pages[0].nav, ==, UINT_MAX);
	g_assert_null(c.book->map[1].page);
	g_assert_cmpstr(c.book->map[1].title, ==, "First");
	g_assert_cmpuint(c.book->map[2].n_entries, ==, 2);
	course_release(&c);
}

static void
test_faults(void)
{
	static const struct {
		struct course_file a, b;
		const char *said;
	} cases[] = {
		{ { "content/10-b.md", "# B\n" },
		    { "content/20-b.md", "# B\n" },
		    "content/20-b.md:1:1 page-clash" },
		{ { "content/10-b.md", "# B\n" }, { "content/B.md", "# B\n" },
		    "content/B.md:1:1 page-clash" },
		{ { "content/404.md", "# N\n" }, { "content/b.md", "# B\n" },
		    "content/404.md:1:1 page-reserved" },
		{ { "content/10.md", "# Ten\n" }, { "content/b.md", "# B\n" },
		    "" },
		{ { "content/b.quiz.md",
		      "---\nquiz-id: b\n---\n# Q\n\n## Q\n<!-- q: q -->\n\n"
		      "- [ ] a\n- [x] b\n" },
		    { "content/a.md", "# A\n" },
		    "content/b.quiz.md:1:1 page-orphan" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct course_file files[] = { cases[i].a, cases[i].b };
		struct course c;
		course_load(&c, files, 2, "");
		g_autofree char *said = course_said(&c);
		g_assert_cmpstr(said, ==, cases[i].said);
		course_release(&c);
	}
}

void
test_book_pages(void)
{
	g_test_add_func("/book/pages/order", test_order);
	g_test_add_func("/book/pages/page", test_page);
	g_test_add_func("/book/pages/faults", test_faults);
}
