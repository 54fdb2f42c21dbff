#include "course.h"

void test_book_sitting(void);

/* A quiz file with this front matter; the course has nothing else. */
static const struct quiz *
load(struct course *c, const char *front, const char *body)
{
	g_autofree char *quiz = g_strconcat("---\nquiz-id: t\n", front,
	    "---\n# Quiz\n\n", body, NULL);
	const struct course_file files[] = { { "content/a.md", "# A\n" },
		{ "content/a.quiz.md", quiz } };

	course_load(c, files, 2, "");
	return course_page(c, "a-quiz")->quizzes[0];
}

/* So many questions, typed, with ids of this letter. */
static void
add_questions(GString *to, char letter, size_t n, const char *level)
{
	for (size_t i = 0; i < n; i++)
		g_string_append_printf(to,
		    "%s %c%zu\n<!-- q: %c%zu -->\n\nAnswer: x\n\n", level,
		    letter, i, letter, i);
}

/* Keys and numbers of the questions, texts by their first word. */
static char *
describe(const struct quiz_part *parts, size_t n)
{
	GString *s = g_string_new(NULL);

	for (size_t i = 0; i < n; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		if (i)
			g_string_append_c(s, ' ');
		if (parts[i].question) {
			g_string_append_printf(s, "%u:%s", parts[i].number,
			    parts[i].question->key);
			continue;
		}
		node_text(text, parts[i].text);
		g_string_append_len(s, text->str,
		    (gssize)strcspn(text->str, " "));
	}
	return g_string_free(s, FALSE);
}

/* --- draw --------------------------------------------------------------- */

static void
test_draw_same(void)
{
	g_autoptr(GString) body = g_string_new(NULL);
	g_autofree char *first = NULL;

	add_questions(body, 'a', 20, "##");
	for (int i = 0; i < 2; i++) {
		struct course c;
		const struct quiz *q = load(&c, "draw: 7\n", body->str);
		g_autofree char *got = describe(q->drawn, q->n_drawn);
		g_assert_cmpstr(c.said, ==, "");
		g_assert_cmpuint(q->n_parts, ==, 20);
		g_assert_cmpuint(q->n_drawn, ==, 7);
		g_assert_cmpuint(q->n_asked, ==, 7);
		/* 70 per cent of 7 are 4.9. */
		g_assert_cmpuint(q->pass_count, ==, 5);
		g_assert_cmpuint(q->n_points, ==, 0);
		g_assert_cmpuint(q->page->n_questions, ==, 7);
		g_assert_cmpuint(c.book->n_questions, ==, 20);
		for (size_t j = 0; j < q->n_drawn; j++) {
			g_assert_cmpuint(q->drawn[j].number, ==, j + 1);
			/* Without shuffling in the order of the source. */
			if (j)
				g_assert_true(q->drawn[j].question >
				    q->drawn[j - 1].question);
		}
		if (first)
			g_assert_cmpstr(got, ==, first);
		else
			first = g_steal_pointer(&got);
		course_release(&c);
	}
}

/* Other quizzes draw others, and every question has its turn. */
static void
test_draw_fair(void)
{
	g_autoptr(GString) body = g_string_new(NULL);
	unsigned n[6] = { 0 };

	for (int quiz = 0; quiz < 40; quiz++) {
		struct course c;
		g_autofree char
		    *front = g_strdup_printf("quiz-id: t%d\ndraw: 3\n", quiz);
		g_string_truncate(body, 0);
		add_questions(body, 'a', 6, "##");
		g_autofree char *text = g_strconcat("---\n", front,
		    "---\n# Q\n\n", body->str, NULL);
		const struct course_file files[] = { { "content/a.md",
							 "# A\n" },
			{ "content/a.quiz.md", text } };
		course_load(&c, files, 2, "");
		const struct quiz *q = course_page(&c, "a-quiz")->quizzes[0];
		g_assert_cmpuint(q->n_asked, ==, 3);
		for (size_t i = 0; i < q->n_drawn; i++)
			n[q->drawn[i].question - q->questions]++;
		course_release(&c);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(n); i++) {
		g_assert_cmpuint(n[i], >, 8);
		g_assert_cmpuint(n[i], <, 32);
	}
}

/* A group's text comes with one of its questions, and never without. */
static void
test_draw_texts(void)
{
	g_autoptr(GString) body = g_string_new(NULL);

	for (char letter = 'a'; letter < 'g'; letter++) {
		g_string_append_printf(body, "## G%c\n\nText.\n\n", letter);
		add_questions(body, letter, 2, "###");
	}
	g_string_append(body, "## End\n<!-- text -->\n\nBye.\n");
	struct course c;
	const struct quiz *q = load(&c, "draw: 3\n", body->str);
	size_t n_texts = 0;

	g_assert_cmpstr(c.said, ==, "");
	g_assert_cmpuint(q->n_asked, ==, 3);
	for (size_t i = 0; i < q->n_drawn; i++) {
		const struct quiz_part *part = &q->drawn[i];
		if (!part->text)
			continue;
		g_autofree char *text = describe(part, 1);
		n_texts++;
		if (strcmp(text, "End") == 0)
			continue;
		g_assert_cmpuint(i + 1, <, q->n_drawn);
		g_assert_nonnull(part[1].question);
		if (part[1].question)
			g_assert_cmpint(part[1].question->key[0], ==, text[1]);
	}
	for (size_t i = 0; i < q->n_drawn; i++) {
		const struct question *one = q->drawn[i].question;
		bool has_text = false;
		for (size_t j = 0; one && j < i; j++) {
			g_autofree char *text = describe(&q->drawn[j], 1);
			has_text = has_text || text[1] == one->key[0];
		}
		g_assert_true(!one || has_text);
	}
	/* The last belongs to no question and stays. */
	g_assert_cmpuint(n_texts, >=, 2);
	g_assert_nonnull(q->drawn[q->n_drawn - 1].text);
	course_release(&c);
}

/* All of them is no draw. */
static void
test_draw_all(void)
{
	g_autoptr(GString) body = g_string_new(NULL);
	struct course c;

	add_questions(body, 'a', 3, "##");
	const struct quiz *q = load(&c, "draw: 3\n", body->str);
	g_assert_cmpstr(c.said, ==, "");
	g_assert_true(q->drawn == q->parts);
	g_assert_cmpuint(q->n_asked, ==, 3);
	course_release(&c);
}

/* --- shuffle ------------------------------------------------------------ */

static void
test_shuffle_questions(void)
{
	static const char *const fronts[] = { "shuffle: questions\n",
		"shuffle: all\n", "shuffle: options\n", "shuffle: none\n" };
	g_autoptr(GString) body = g_string_new(NULL);
	g_autofree char *first = NULL;

	add_questions(body, 'a', 8, "##");
	g_string_append(body, "## Half\n<!-- text -->\n\nMore.\n\n");
	add_questions(body, 'b', 8, "##");
	for (size_t i = 0; i < G_N_ELEMENTS(fronts); i++) {
		struct course c;
		bool moves = i < 2;
		const struct quiz *q = load(&c, fronts[i], body->str);
		g_autofree char *got = describe(q->parts, q->n_parts);
		unsigned seen = 0;
		bool is_source = true;
		g_assert_cmpuint(q->n_parts, ==, 17);
		g_assert_nonnull(q->parts[8].text);
		for (size_t j = 0; j < 17; j++) {
			const struct question *one = q->parts[j].question;
			if (!one)
				continue;
			/* On its side of the text. */
			g_assert_cmpint(one->key[0], ==, j < 8 ? 'a' : 'b');
			g_assert_cmpuint(q->parts[j].number, ==,
			    j < 8 ? j + 1 : j);
			seen |= 1u << (one - q->questions);
			is_source = is_source &&
			    one == &q->questions[j < 8 ? j : j - 1];
		}
		g_assert_cmpuint(seen, ==, 0xffff);
		g_assert_true(is_source != moves);
		if (moves && first)
			g_assert_cmpstr(got, ==, first);
		else if (moves)
			first = g_strdup(got);
		course_release(&c);
	}
}

/* --- what is shown ------------------------------------------------------ */

static bool
is_ascending(const struct question *q)
{
	for (size_t i = 1; i < q->n_shown; i++)
		if (q->shown[i] < q->shown[i - 1])
			return false;
	return true;
}

static void
check_shown(const struct question *q, size_t n)
{
	unsigned seen = 0;

	g_assert_cmpuint(q->n_shown, ==, n);
	for (size_t i = 0; i < q->n_shown; i++)
		seen |= 1u << q->shown[i];
	g_assert_cmpuint(seen, ==, (1u << n) - 1);
	if (is_ascending(q)) {
		g_test_message("%s is shown in the right order", q->id);
		g_test_fail();
	}
}

static void
test_never_right(void)
{
	g_autoptr(GString) body = g_string_new(NULL);
	enum {
		EACH = 60
	};

	for (size_t n = 2; n <= 6; n++)
		for (size_t i = 0; i < EACH; i++) {
			g_string_append_printf(body,
			    "## O\n<!-- q: o%zu-%zu; type=order -->\n\n", n, i);
			for (size_t k = 0; k < n; k++)
				g_string_append_printf(body, "1. I%zu\n", k);
			g_string_append_printf(body,
			    "\n## M\n<!-- q: m%zu-%zu; type=match -->\n\n"
			    "| A | B |\n|---|---|\n",
			    n, i);
			for (size_t k = 0; k < n; k++)
				g_string_append_printf(body, "| %zu | R%zu |\n",
				    k, k);
			g_string_append_c(body, '\n');
		}
	struct course c;
	/* Also where nothing is shuffled. */
	const struct quiz *q = load(&c, "shuffle: none\n", body->str);
	size_t no = 0;

	for (size_t n = 2; n <= 6; n++)
		for (size_t i = 0; i < 2 * EACH; i++)
			check_shown(&q->questions[no++], n);
	g_assert_cmpuint(no, ==, q->n_questions);
	course_release(&c);
}

/* Equal items and sides: what looks right is right. */
static void
test_never_right_same(void)
{
	g_autoptr(GString) body = g_string_new(NULL);
	enum {
		EACH = 60
	};

	for (size_t i = 0; i < EACH; i++)
		g_string_append_printf(body,
		    "## O\n<!-- q: o%zu; type=order -->\n\n"
		    "1. Knock\n2. Wait\n3. Knock\n\n"
		    "## M\n<!-- q: m%zu; type=match -->\n\n"
		    "| A | B |\n|---|---|\n| a | x |\n| b | y |\n| c | x |\n\n",
		    i, i);
	struct course c;
	const struct quiz *q = load(&c, "", body->str);

	g_assert_cmpuint(q->n_questions, ==, 2 * EACH);
	for (size_t i = 0; i < q->n_questions; i++) {
		const struct question *one = &q->questions[i];
		bool is_right = true;
		g_assert_cmpuint(one->n_pairs, ==, 3);
		g_assert_cmpuint(one->pairs[2].same, ==, 0);
		if (one->kind == QUESTION_MATCH) {
			/* "x" is there once. */
			check_shown(one, 2);
			continue;
		}
		g_assert_cmpuint(one->n_shown, ==, 3);
		for (size_t k = 0; k < 3; k++)
			is_right = is_right &&
			    one->pairs[one->shown[k]].same ==
				one->pairs[k].same;
		g_assert_false(is_right);
	}
	course_release(&c);
}

/* Over a course each letter is right as often as the others. */
static void
test_even_places(void)
{
	enum {
		QUIZZES = 40,
		EACH = 100,
		OPTIONS = 4
	};
	struct course_file files[2 * QUIZZES];
	size_t n_at[OPTIONS] = { 0 };
	struct course c;

	for (size_t i = 0; i < QUIZZES; i++) {
		GString *s = g_string_new(NULL);
		g_string_append_printf(s, "---\nquiz-id: t%zu\n---\n# Q\n\n",
		    i);
		for (size_t k = 0; k < EACH; k++)
			g_string_append_printf(s,
			    "## Q\n<!-- q: q%zu -->\n\n- [ ] one\n- [x] two\n"
			    "- [ ] three\n- [ ] four\n\n",
			    k);
		files[2 * i] = (struct course_file){
			g_strdup_printf("content/l%zu.md", i), g_strdup("# L\n")
		};
		files[2 * i + 1] = (struct course_file){
			g_strdup_printf("content/l%zu.quiz.md", i),
			g_string_free(s, FALSE)
		};
	}
	course_load(&c, files, G_N_ELEMENTS(files), "");
	g_assert_cmpstr(c.said, ==, "");
	for (size_t i = 0; i < c.book->n_pages; i++)
		for (size_t j = 0; j < c.book->pages[i].n_quizzes; j++)
			for (size_t k = 0; k < EACH; k++) {
				const struct question *q =
				    &c.book->pages[i].quizzes[j]->questions[k];
				for (size_t m = 0; m < OPTIONS; m++)
					n_at[m] += q->shown[m] == 1;
			}
	for (size_t m = 0; m < OPTIONS; m++) {
		/* Within 10 per cent of a quarter of 4,000. */
		g_assert_cmpuint(n_at[m], >, 900);
		g_assert_cmpuint(n_at[m], <, 1100);
	}
	course_release(&c);
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_free((char *)(uintptr_t)files[i].path);
		g_free((char *)(uintptr_t)files[i].text);
	}
}

/* --- points ------------------------------------------------------------- */

static void
test_worth(void)
{
	static const struct {
		const char *body;
		unsigned points, worth;
	} cases[] = {
		{ "## Q\n<!-- q: a -->\n\nAnswer: x\n", 1, 1 },
		{ "## Q\n<!-- q: a; points=4 -->\n\nAnswer: x\n", 4, 4 },
		{ "## Q\n<!-- q: a; points=4; score=all -->\n\n"
		  "- [x] a\n- [x] b\n- [ ] c\n",
		    4, 4 },
		{ "## Q\n<!-- q: a; score=each -->\n\n"
		  "- [x] a\n- [x] b\n- [ ] c\n",
		    1, 3 },
		{ "## Q\n<!-- q: a; points=2; score=each; type=many; none=ok "
		  "-->\n\n- [ ] a\n- [ ] b\n",
		    2, 6 },
		{ "## Q\n<!-- q: a; points=3; score=each -->\n\n"
		  "- [x] a\n- [ ] b\n",
		    3, 3 },
		{ "## Q\n<!-- q: a; type=cloze; score=each -->\n\n"
		  "**a** **b** **c** **d**\n",
		    1, 4 },
		{ "## Q\n<!-- q: a; type=order; score=each; points=2 -->\n\n"
		  "1. a\n2. b\n3. c\n",
		    2, 6 },
		{ "## Q\n<!-- q: a; type=match; score=each -->\n\n"
		  "| A | B |\n|---|---|\n| a | b |\n| c | d |\n| | e |\n",
		    1, 2 },
		{ "## Q\n<!-- q: a; type=matrix; score=each; points=5 -->\n\n"
		  "| S | Yes | No |\n|---|---|---|\n| a | x | |\n| b | | x |\n",
		    5, 10 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct course c;
		const struct quiz *q = load(&c, "", cases[i].body);
		const struct question *one = &q->questions[0];
		g_assert_cmpstr(c.said, ==, "");
		g_assert_cmpuint(one->points, ==, cases[i].points);
		g_assert_cmpuint(one->worth, ==, cases[i].worth);
		g_assert_cmpuint(q->n_points, ==,
		    cases[i].worth == 1 ? 0 : cases[i].worth);
		course_release(&c);
	}
}

static void
test_pass(void)
{
	static const struct {
		const char *front, *points; /* of three questions */
		unsigned n_points, pass_count;
	} cases[] = {
		{ "", "111", 0, 3 },
		{ "pass: 60\n", "111", 0, 2 },
		{ "pass: 0\n", "111", 0, 0 },
		{ "pass: 100\n", "112", 4, 4 },
		/* All count 2: as points, too. */
		{ "pass: 50\n", "222", 6, 3 },
		{ "pass: 70\n", "127", 10, 7 },
		{ "pass: 71\n", "127", 10, 8 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct course c;
		g_autoptr(GString) body = g_string_new(NULL);
		for (size_t k = 0; k < 3; k++)
			g_string_append_printf(body,
			    "## Q\n<!-- q: q%zu; points=%c -->\n\n"
			    "Answer: x\n\n",
			    k, cases[i].points[k]);
		const struct quiz *q = load(&c, cases[i].front, body->str);
		g_assert_cmpstr(c.said, ==, "");
		g_assert_cmpuint(q->n_points, ==, cases[i].n_points);
		g_assert_cmpuint(q->pass_count, ==, cases[i].pass_count);
		course_release(&c);
	}
}

void
test_book_sitting(void)
{
	g_test_add_func("/book/sitting/draw_same", test_draw_same);
	g_test_add_func("/book/sitting/draw_fair", test_draw_fair);
	g_test_add_func("/book/sitting/draw_texts", test_draw_texts);
	g_test_add_func("/book/sitting/draw_all", test_draw_all);
	g_test_add_func("/book/sitting/shuffle", test_shuffle_questions);
	g_test_add_func("/book/sitting/never_right", test_never_right);
	g_test_add_func("/book/sitting/never_right_same",
	    test_never_right_same);
	g_test_add_func("/book/sitting/even_places", test_even_places);
	g_test_add_func("/book/sitting/worth", test_worth);
	g_test_add_func("/book/sitting/pass", test_pass);
}
