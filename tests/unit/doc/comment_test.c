#include "doc/comment.h"

#include <stdio.h>
#include <stdlib.h>

void test_doc_comment(void);

/* "word:value;key=value;…", "-" for an ordinary one, "!id" if reported. */
static void
expect(const char *block, const char *want)
{
	struct arena *a = arena_new();
	struct diag *d = diag_new();
	struct origin in = { "a.md", str_of(block) };
	g_autoptr(GString) got = g_string_new(NULL);
	const struct comment *c = comment_parse(in.text,
	    (struct loc){ &in, 1, 1 }, a, d);
	char *said;
	size_t size;
	FILE *to = open_memstream(&said, &size);

	diag_print(d, to, 0);
	fclose(to);
	if (c) {
		g_string_append_printf(got, "%s:%s", c->word,
		    c->value ? c->value : "-");
		for (size_t i = 0; i < c->n_keys; i++)
			g_string_append_printf(got, ";%s=%s", c->keys[i],
			    c->values[i]);
	} else if (said[0]) {
		const char *id = strstr(said, " [");
		g_string_append_printf(got, "!%.*s", (int)strcspn(id + 2, "]"),
		    id + 2);
	} else {
		g_string_append_c(got, '-');
	}
	g_assert_cmpstr(got->str, ==, want);
	free(said);
	diag_free(d);
	arena_free(a);
}

static void
test_grammar(void)
{
	static const struct {
		const char *block, *want;
	} cases[] = {
		{ "<!-- q: l2 -->", "q:l2" },
		{ "<!--q:l2-->\n", "q:l2" },
		{ "<!-- q : l2 -->", "q:l2" },
		{ "<!-- q -->", "q:-" },
		{ "<!-- q: -->", "q:" },
		{ "<!-- q; type=many -->", "q:-;type=many" },
		{ "<!-- q: a; b=c; d=\"e; f\"; g=h i -->",
		    "q:a;b=c;d=e; f;g=h i" },
		{ "<!-- q: a;b=c; -->", "q:a;b=c" },
		{ "<!-- q: a; s=https://x/?y=z -->", "q:a;s=https://x/?y=z" },
		{ "<!-- q: a;\n     b=c\n-->", "q:a;b=c" },
		{ "<!-- card: \"a; b\" -->", "card:a; b" },
		{ "<!-- text -->", "text:-" },
		{ "<!-- quiz: er -->", "quiz:er" },
		{ "<!-- cards: rows; id=x -->", "cards:rows;id=x" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		expect(cases[i].block, cases[i].want);
}

static void
test_ordinary(void)
{
	static const char *const blocks[] = { "<!-- -->", "<!---->",
		"<!-- todo: check -- later -->", "<!-- Facts: a, b -->",
		"<!-- note -->", "<!-- questions of the exam -->",
		"<!-- source: https://example.org -->" };

	for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++)
		expect(blocks[i], "-");
}

static void
test_reported(void)
{
	static const struct {
		const char *block, *want;
	} cases[] = {
		{ "<!-- q: a", "!comment-unclosed" },
		{ "<!-- todo", "!comment-unclosed" },
		{ "<!-- q: a --> x", "!comment-bad" },
		{ "<!-- todo --> x", "!comment-bad" },
		{ "<!-- q: a; b -->", "!comment-bad" },
		{ "<!-- q: a; =b -->", "!comment-bad" },
		{ "<!-- q: a; b c=d -->", "!comment-bad" },
		{ "<!-- q: a; b=\"c -->", "!comment-bad" },
		{ "<!-- q: a; b=\"c\" d -->", "!comment-bad" },
		{ "<!-- q: a--b -->", "!comment-bad" },
		{ "<!-- qq: a -->", "!comment-near" },
		{ "<!-- Q: a -->", "!comment-near" },
		{ "<!-- quizz: a -->", "!comment-near" },
		{ "<!-- Cards: rows -->", "!comment-near" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		expect(cases[i].block, cases[i].want);
}

static void
test_get(void)
{
	const char *const keys[] = { "a", "b" }, *const values[] = { "1", "2" };
	struct comment c = { "q", NULL, keys, values, 2 };

	g_assert_cmpstr(comment_get(&c, "b"), ==, "2");
	g_assert_null(comment_get(&c, "c"));
}

void
test_doc_comment(void)
{
	g_test_add_func("/doc/comment/grammar", test_grammar);
	g_test_add_func("/doc/comment/ordinary", test_ordinary);
	g_test_add_func("/doc/comment/reported", test_reported);
	g_test_add_func("/doc/comment/get", test_get);
}
