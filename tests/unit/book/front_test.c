#include "book/front.h"
#include "book/schema.h"
#include "book/site.h"

#include <stdio.h>

struct fixture {
	struct origin origin;
	struct arena *a;
	struct diag *d;
	struct front_cut cut;
	struct front front;
	bool ok;
	char *said;
};

static void
setup(struct fixture *f, struct str text)
{
	*f = (struct fixture){ .origin = { "l.md", text },
		.a = arena_new(),
		.d = diag_new() };
}

static void
listen(struct fixture *f)
{
	size_t size;
	FILE *to = open_memstream(&f->said, &size);

	diag_print(f->d, to, 0);
	fclose(to);
}

static void
cut(struct fixture *f, const char *text)
{
	setup(f, str_of(text));
	f->ok = front_cut(&f->origin, &f->cut, f->d);
	listen(f);
}

static void
read_front(struct fixture *f, const char *text, bool is_quiz)
{
	setup(f, str_of(text));
	front_init(&f->front);
	f->ok = front_cut(&f->origin, &f->cut, f->d) &&
	    front_parse(&f->origin, f->cut.yaml, f->cut.yaml_line, is_quiz,
		f->a, &f->front, f->d);
	listen(f);
}

static void
release(struct fixture *f)
{
	free(f->said);
	diag_free(f->d);
	arena_free(f->a);
}

static void
test_cut(void)
{
	static const struct {
		const char *text, *yaml, *body;
		unsigned body_line;
	} cases[] = {
		{ "---\na: 1\n---\nbody\n", "a: 1\n", "body\n", 4 },
		{ "---\r\na: 1\r\n---\r\nbody\r\n", "a: 1\r\n", "body\r\n", 4 },
		{ "---\t \na: 1\n... \nbody", "a: 1\n", "body", 4 },
		{ "\xef\xbb\xbf---\na: 1\n---\nbody", "a: 1\n", "body", 4 },
		{ "---\n---\n", "", "", 3 },
		{ "---\na: 1\n---", "a: 1\n", "", 4 },
		{ "---\na: |\n  ---\n----\n---\n", "a: |\n  ---\n----\n", "",
		    6 },
		{ "", NULL, "", 1 },
		{ "\xef\xbb\xbf# T\n", NULL, "# T\n", 1 },
		{ "text\n---\na\n---\n", NULL, "text\n---\na\n---\n", 1 },
		{ " ---\na\n---\n", NULL, " ---\na\n---\n", 1 },
		{ "----\na\n---\n", NULL, "----\na\n---\n", 1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture f;
		cut(&f, cases[i].text);
		g_assert_true(f.ok);
		g_assert_cmpstr(f.said, ==, "");
		g_assert_cmpint(f.cut.has_front, ==, cases[i].yaml != NULL);
		if (cases[i].yaml) {
			g_assert_true(str_is(f.cut.yaml, cases[i].yaml));
			g_assert_cmpuint(f.cut.yaml_line, ==, 2);
		}
		g_assert_cmpstr(cases[i].text + f.cut.body_at, ==,
		    cases[i].body);
		g_assert_cmpuint(f.cut.body_line, ==, cases[i].body_line);
		release(&f);
	}
}

static void
test_cut_no_end(void)
{
	struct fixture f;

	cut(&f, "---\ntitle: x\n\n# T\n");
	g_assert_false(f.ok);
	g_assert_false(f.cut.has_front);
	g_assert_cmpuint(f.cut.body_at, ==, 0);
	g_assert_cmpuint(f.cut.body_line, ==, 1);
	g_assert_true(g_str_has_prefix(f.said,
	    "l.md:1:1: error: front matter is not understood: "
	    "'no closing line' [front-bad]\n"));
	g_assert_nonnull(strstr(f.said, "help: "));
	release(&f);
}

/* A line of 1024 bytes, many times, then the closing line. */
static bool
cut_of_size(size_t n_kib, size_t more)
{
	g_autoptr(GString) s = g_string_new("---\n");
	struct fixture f;

	for (size_t i = 0; i < n_kib * 1024 + more; i++)
		g_string_append_c(s, i % 1024 == 1023 ? '\n' : '#');
	if (more)
		g_string_append_c(s, '\n');
	g_string_append(s, "---\n");
	cut(&f, s->str);
	bool ok = f.ok;
	g_assert_cmpint(ok, ==, f.said[0] == '\0');
	g_assert_cmpint(ok, ==, strstr(f.said, "64 KiB") == NULL);
	release(&f);
	return ok;
}

static void
test_cut_size(void)
{
	g_assert_true(cut_of_size(64, 0));
	g_assert_false(cut_of_size(64, 1));
}

static void
test_lesson(void)
{
	struct fixture f;

	read_front(&f,
	    "---\n"
	    "title: ' Two\n  words '\n"
	    "order: 7\n"
	    "slug: two-words\n"
	    "summary: |\n  One.\n  Two.\n"
	    "tags: [a, 'b c', 3]\n"
	    "objectives: net.3\n"
	    "draft: true\n"
	    "date: 2024-02-29T10:00:00Z\n"
	    "lang: pt-BR\n"
	    "aliases: [old/one, old/two]\n"
	    "quiz-id: own\n"
	    "params: {any: [thing, {at: all}]}\n"
	    "---\n",
	    false);
	g_assert_true(f.ok);
	g_assert_cmpstr(f.said, ==, "");
	g_assert_cmpstr(f.front.title, ==, "Two words");
	g_assert_cmpuint(f.front.title_at.line, ==, 2);
	g_assert_cmpuint(f.front.title_at.col, ==, 8);
	g_assert_true(f.front.has_order);
	g_assert_cmpint(f.front.order, ==, 7);
	g_assert_cmpstr(f.front.slug, ==, "two-words");
	g_assert_cmpuint(f.front.slug_at.line, ==, 5);
	g_assert_cmpstr(f.front.summary, ==, "One. Two.");
	g_assert_cmpuint(f.front.n_tags, ==, 3);
	if (f.front.n_tags == 3)
		g_assert_cmpstr(f.front.tags[2], ==, "3");
	g_assert_cmpuint(f.front.n_objectives, ==, 1);
	if (f.front.n_objectives == 1)
		g_assert_cmpstr(f.front.objectives[0], ==, "net.3");
	g_assert_true(f.front.is_draft);
	g_assert_cmpstr(f.front.date, ==, "2024-02-29");
	g_assert_cmpstr(f.front.lang, ==, "pt-BR");
	g_assert_cmpuint(f.front.n_aliases, ==, 2);
	g_assert_cmpstr(f.front.quiz_id, ==, "own");
	g_assert_nonnull(f.front.yaml);
	release(&f);
}

static void
test_defaults(void)
{
	struct fixture f;

	read_front(&f, "---\ntitle:\ntags: ~\npass: null\n---\n", true);
	g_assert_true(f.ok);
	g_assert_cmpstr(f.said, ==, "");
	g_assert_null(f.front.title);
	g_assert_null(f.front.quiz_id);
	g_assert_false(f.front.has_order);
	g_assert_false(f.front.is_draft);
	g_assert_cmpuint(f.front.n_tags, ==, 0);
	g_assert_cmpint(f.front.draw, ==, -1);
	g_assert_cmpint(f.front.pass, ==, -1);
	g_assert_cmpint(f.front.shuffle, ==, -1);
	g_assert_cmpint(f.front.mode, ==, -1);
	g_assert_cmpuint(f.front.quiz_id_at.line, ==, 0);
	release(&f);
}

static void
test_quiz(void)
{
	struct fixture f;

	read_front(&f,
	    "---\nquiz-id: er\ndraw: 8\nshuffle: questions\npass: 0\n"
	    "mode: exam\nfrom: [hybrid/*, dns]\n---\n",
	    true);
	g_assert_true(f.ok);
	g_assert_cmpstr(f.said, ==, "");
	g_assert_cmpstr(f.front.quiz_id, ==, "er");
	g_assert_cmpuint(f.front.quiz_id_at.line, ==, 2);
	g_assert_cmpuint(f.front.quiz_id_at.col, ==, 10);
	g_assert_cmpint(f.front.draw, ==, 8);
	g_assert_cmpint(f.front.shuffle, ==, SHUFFLE_QUESTIONS);
	g_assert_cmpint(f.front.pass, ==, 0);
	g_assert_cmpint(f.front.mode, ==, MODE_EXAM);
	g_assert_cmpuint(f.front.n_from, ==, 2);
	release(&f);
}

static void
test_keys(void)
{
	struct fixture f;

	read_front(&f, "---\ntittle: x\nzzzzzz: 1\npass: many\n---\n", false);
	g_assert_true(f.ok);
	g_assert_cmpint(diag_worst(f.d), ==, DIAG_WARNING);
	g_assert_cmpuint(diag_count(f.d, DIAG_WARNING), ==, 3);
	g_assert_nonnull(strstr(f.said,
	    "l.md:2:1: warning: unknown key in front matter: 'tittle' "
	    "[front-key]\n"));
	g_assert_nonnull(strstr(f.said, "help: did you mean 'title'?\n"));
	g_assert_nonnull(strstr(f.said, "l.md:3:1: warning: "));
	g_assert_nonnull(strstr(f.said, "l.md:4:1: warning: "));
	g_assert_nonnull(strstr(f.said, "belongs into a quiz file"));
	g_assert_cmpint(f.front.pass, ==, -1);
	release(&f);
}

static void
test_wrong_values(void)
{
	static const struct {
		const char *line, *place, *expected;
	} cases[] = {
		{ "title: [a]", "l.md:2:8:", "expected text" },
		{ "title: ' '", "l.md:2:8:", "expected text" },
		{ "order: 1.5", "l.md:2:8:", "a whole number from 0 to" },
		{ "order: '1'", "l.md:2:8:", "a whole number" },
		{ "order: -1", "l.md:2:8:", "a whole number" },
		{ "order: 99999999999999999999",
		    "l.md:2:8:", "a whole number" },
		{ "order: +", "l.md:2:8:", "a whole number" },
		{ "pass: 101", "l.md:2:7:", "from 0 to 100" },
		{ "draw: 0", "l.md:2:7:", "from 1 to" },
		{ "draft: yes", "l.md:2:8:", "true or false" },
		{ "draft: 'true'", "l.md:2:8:", "true or false" },
		{ "mode: Exam", "l.md:2:7:", "practice or exam" },
		{ "shuffle: some",
		    "l.md:2:10:", "none, options, questions or all" },
		{ "slug: Two", "l.md:2:7:", "lower-case letters" },
		{ "slug: a--b", "l.md:2:7:", "lower-case letters" },
		{ "slug: a/b", "l.md:2:7:", "lower-case letters" },
		{ "date: 2023-02-29", "l.md:2:7:", "a day such as" },
		{ "date: 2023-13-01", "l.md:2:7:", "a day such as" },
		{ "date: 2023-1-1", "l.md:2:7:", "a day such as" },
		{ "date: 2023-01-01x", "l.md:2:7:", "a day such as" },
		{ "lang: english language", "l.md:2:7:", "a language tag" },
		{ "lang: e", "l.md:2:7:", "a language tag" },
		{ "lang: en-", "l.md:2:7:", "a language tag" },
		{ "tags: {a: b}", "l.md:2:7:", "a list of texts" },
		{ "tags: [a, [b]]", "l.md:2:11:", "text as item" },
		{ "tags: [a, null]", "l.md:2:11:", "text as item" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture f;
		g_autofree char *text = g_strdup_printf("---\n%s\n---\n",
		    cases[i].line);
		read_front(&f, text, true);
		g_assert_true(f.ok);
		g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 1);
		if (!g_str_has_prefix(f.said, cases[i].place) ||
		    !strstr(f.said, cases[i].expected))
			g_test_message("%s: %s", cases[i].line, f.said);
		g_assert_true(g_str_has_prefix(f.said, cases[i].place));
		g_assert_nonnull(strstr(f.said, cases[i].expected));
		g_assert_nonnull(strstr(f.said, "[front-type]"));
		g_assert_null(f.front.title);
		g_assert_null(f.front.slug);
		g_assert_null(f.front.date);
		g_assert_null(f.front.lang);
		g_assert_false(f.front.has_order || f.front.is_draft);
		g_assert_cmpint(f.front.pass, ==, -1);
		release(&f);
	}
}

static void
test_not_understood(void)
{
	struct fixture f;

	read_front(&f, "---\ntitle: A: b\n---\n", false);
	g_assert_false(f.ok);
	g_assert_true(g_str_has_prefix(f.said, "l.md:2:9: error: "));
	g_assert_nonnull(strstr(f.said, "[front-bad]"));
	g_assert_cmpint(f.front.draw, ==, -1);
	g_assert_null(f.front.yaml);
	release(&f);
	read_front(&f, "---\njust text\n---\n", false);
	g_assert_false(f.ok);
	g_assert_true(g_str_has_prefix(f.said, "l.md:2:1: error: "));
	g_assert_nonnull(strstr(f.said, "[front-bad]"));
	release(&f);
}

/* The manual is made of the tables. */
static void
test_tables(void)
{
	static const struct schema_key *const tables[] = { site_keys,
		front_keys, front_quiz_keys };

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		for (const struct schema_key *k = tables[i]; k->name; k++) {
			g_autofree char *expects = schema_expects(k);
			g_assert_nonnull(k->help);
			g_assert_cmpuint(strlen(expects), >, 0);
			g_assert_cmpint(k->type == SCHEMA_GROUP, ==,
			    k->keys != NULL);
			g_assert_cmpint(k->type == SCHEMA_WORD, ==,
			    k->words != NULL);
			if (k->type == SCHEMA_INT)
				g_assert_cmpint(k->least, <, k->most);
		}
}

void test_book_front(void);

void
test_book_front(void)
{
	g_test_add_func("/book/front/cut", test_cut);
	g_test_add_func("/book/front/cut_no_end", test_cut_no_end);
	g_test_add_func("/book/front/cut_size", test_cut_size);
	g_test_add_func("/book/front/lesson", test_lesson);
	g_test_add_func("/book/front/defaults", test_defaults);
	g_test_add_func("/book/front/quiz", test_quiz);
	g_test_add_func("/book/front/keys", test_keys);
	g_test_add_func("/book/front/wrong_values", test_wrong_values);
	g_test_add_func("/book/front/not_understood", test_not_understood);
	g_test_add_func("/book/front/tables", test_tables);
}
