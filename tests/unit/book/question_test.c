#include "course.h"

void test_book_question(void);

static char *
text_of(const struct node *n)
{
	GString *s = g_string_new(NULL);

	if (n)
		node_text(s, n);
	return g_strstrip(g_string_free(s, FALSE));
}

/* "kind title|stem|options|hints|explanation"; a right option begins with
 * "+", feedback stands in parentheses. */
static char *
describe(const struct question *q)
{
	static const char *const kinds[] = { "one", "many", "truth" };
	GString *s = g_string_new(kinds[q->kind]);
	g_autofree char *stem = text_of(q->stem);
	g_autofree char *explanation = text_of(q->explanation);

	g_string_append_printf(s, " %s|%s|", q->title, stem);
	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[i];
		g_autofree char *content = text_of(o->content);
		g_autofree char *feedback = text_of(o->feedback);
		g_string_append_printf(s, "%s%s%s", i ? "," : "",
		    o->is_correct ? "+" : "", content);
		if (o->feedback)
			g_string_append_printf(s, "(%s)", feedback);
	}
	g_string_append_c(s, '|');
	for (size_t i = 0; i < q->n_hints; i++) {
		g_autofree char *hint = text_of(q->hints[i]);
		g_string_append_printf(s, "%s%s", i ? "," : "", hint);
	}
	g_string_append_printf(s, "|%s", explanation);
	return g_string_free(s, FALSE);
}

#define Q "## Q\n<!-- q: a -->\n\n"

static void
test_parts(void)
{
	static const struct {
		const char *body, *want;
	} cases[] = {
		{ Q "- [ ] a\n- [x] b\n", "one Q||a,+b||" },
		{ Q "Stem.\n\n- [x] a\n- [x] b\n\nE.\n",
		    "many Q|Stem.|+a,+b||E." },
		{ "## Q\n<!-- q: a; type=many -->\n\n- [x] a\n- [ ] b\n",
		    "many Q||+a,b||" },
		{ Q "- [ ] True\n- [x] False\n", "truth Q||True,+False||" },
		{ Q "- [x] false.\n- [ ] true\n", "truth Q||+false.,true||" },
		{ Q "- [ ] True\n- [x] False\n- [ ] Both\n",
		    "one Q||True,+False,Both||" },
		{ Q "1. [ ] a\n2. [x] b\n", "one Q||a,+b||" },
		{ Q "- [ ] a [x] c\n- [x] b [ ]\n", "one Q||a [x] c,+b [ ]||" },
		{ Q "> [!TIP]\n> h1\n\n> [!TIP]\n> h2\n\n- [ ] a\n- [x] b\n",
		    "one Q||a,+b|h1,h2|" },
		{ Q "- [ ] a\n- [x] b\n\n> [!TIP]\n> later\n",
		    "one Q||a,+b||later" },
		{ Q "- [ ] a\n  > f\n- [x] b\n\n  > g\n\n  > h\n",
		    "one Q||a(f),+b(g h)||" },
		{ Q "- [ ] a\n> f\n- [x] b\n> g\n\n> e\n",
		    "one Q||a(f),+b(g)||e" },
		{ Q "- [ ] a\n<!-- c -->\n- [x] b\n<!-- d -->\n\ne\n",
		    "one Q||a,+b||e" },
		{ Q "- [ ] a\n- [x] b\n\n<details>\n\ne\n\n</details>\n",
		    "one Q||a,+b||e" },
		{ Q "- [ ] a\n- [x] b\n\n<details><summary>s</summary>\n\n"
		    "e\n\n</details>\n",
		    "one Q||a,+b||e" },
		{ Q "<details>\n\n- [ ] a\n- [x] b\n\n</details>\n\ne\n",
		    "one Q||a,+b||e" },
		{ Q "* not\n* boxed\n\n- [ ] a\n- [x] b\n\n* also\n* plain\n",
		    "one Q|not boxed|a,+b||also plain" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct course c;
		course_quiz(&c, cases[i].body);
		const struct quiz *q = course_page(&c, "a-quiz")->quizzes[0];
		g_autofree char *said = course_said(&c);
		g_assert_cmpstr(said, ==, "");
		g_assert_cmpuint(q->n_questions, ==, 1);
		g_autofree char *got = describe(&q->questions[0]);
		g_assert_cmpstr(got, ==, cases[i].want);
		course_release(&c);
	}
}

static void
test_comment(void)
{
	struct course c;

	course_quiz(&c,
	    "## Q\n<!-- q: l2; points=3; difficulty=2; tags=\"x, y z\"; "
	    "objective=net.3; source=https://example.org -->\n\n"
	    "- [ ] a\n- [x] b\n");
	const struct question
	    *q = &course_page(&c, "a-quiz")->quizzes[0]->questions[0];
	g_assert_cmpstr(c.said, ==, "");
	g_assert_cmpstr(q->key, ==, "l2");
	g_assert_cmpstr(q->id, ==, "t/l2");
	g_assert_cmpstr(q->anchor, ==, "q-t--l2");
	g_assert_false(q->is_derived);
	g_assert_cmpuint(q->points, ==, 3);
	g_assert_cmpuint(q->difficulty, ==, 2);
	g_assert_cmpuint(q->n_tags, ==, 3);
	g_assert_cmpstr(q->tags[1], ==, "y");
	g_assert_cmpstr(q->objective, ==, "net.3");
	g_assert_cmpstr(q->source->to.url, ==, "https://example.org");
	course_release(&c);
}

static void
test_order(void)
{
	struct course c;

	course_quiz(&c,
	    "## B\n<!-- q: a -->\n\n- [x] 1\n- [ ] 2\n- [ ] 3\n- [ ] 4\n\n"
	    "## N\n<!-- q: b -->\n\n1. [x] 1\n2. [ ] 2\n3. [ ] 3\n4. [ ] 4\n\n"
	    "## T\n<!-- q: c -->\n\n- [x] True\n- [ ] False\n");
	const struct quiz *q = course_page(&c, "a-quiz")->quizzes[0];
	unsigned seen = 0;
	for (size_t i = 0; i < 4; i++) {
		seen |= 1u << q->questions[0].shown[i];
		g_assert_cmpuint(q->questions[1].shown[i], ==, i);
	}
	g_assert_cmpuint(seen, ==, 0xf);
	g_assert_true(q->questions[0].is_bullets);
	g_assert_false(q->questions[1].is_bullets);
	g_assert_cmpuint(q->questions[2].shown[0], ==, 0);
	course_release(&c);
}

static void
test_faults(void)
{
	static const struct {
		const char *body, *said;
	} cases[] = {
		{ Q "- [ ] a\n- [ ] b\n", "6:1 question-no-right" },
		{ Q "Text.\n", "6:1 question-no-answer" },
		{ Q "- [x] a\n", "6:1 question-one-option" },
		{ Q "- [ ] a\n- b\n- [x] c\n", "10:1 option-no-box" },
		{ Q "- [ ] a\n- [x]b\n- [x] c\n", "10:1 option-no-box" },
		{ Q "- [ ] a\n- [x]\n", "10:1 option-empty" },
		{ Q "- [ ] a\n- [x] b\nlazy\n", "11:1 option-lazy-line" },
		{ Q "- [ ] a\n  > f\nlazy\n- [x] b\n",
		    "11:1 option-lazy-line" },
		{ Q "- [ ] a\n\n  p\nlazy\n- [x] b\n",
		    "12:1 option-lazy-line" },
		{ Q "- [ ] a\n- [x] b\n\nx\n\n- [ ] c\n",
		    "14:1 question-two-lists" },
		{ "## Q\n<!-- q: A -->\n\n- [ ] a\n- [x] b\n",
		    "7:1 id-bad; content/a.quiz.md:7:1 question-no-id" },
		{ "## Q\n<!-- q: a; points=0 -->\n\n- [ ] a\n- [x] b\n",
		    "7:1 question-value" },
		{ "## Q\n<!-- q: a; score=some -->\n\n- [ ] a\n- [x] b\n",
		    "7:1 question-value" },
		{ "## Q\n<!-- q: a; type=tuth -->\n\n- [ ] a\n- [x] b\n",
		    "7:1 question-type" },
		{ "## Q\n<!-- q: a; tag=x -->\n\n- [ ] a\n- [x] b\n",
		    "7:1 question-key" },
		{ Q "- [ ] a\n- [x] b\n\n<details>\ne\n</details>\n",
		    "12:1 details-raw" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct course c;
		course_quiz(&c, cases[i].body);
		g_autofree char *said = course_said(&c);
		g_autofree char *want = g_strconcat("content/a.quiz.md:",
		    cases[i].said, NULL);
		g_assert_cmpstr(said, ==, want);
		course_release(&c);
	}
}

void
test_book_question(void)
{
	g_test_add_func("/book/question/parts", test_parts);
	g_test_add_func("/book/question/comment", test_comment);
	g_test_add_func("/book/question/order", test_order);
	g_test_add_func("/book/question/faults", test_faults);
}
