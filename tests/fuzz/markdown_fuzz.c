/*
 * A source as bytes: front matter, Markdown, quizzes. Whatever it is, it is
 * parsed as a lesson and as a quiz file, and what comes out keeps the promises
 * of book.h. Built with clang's -fsanitize=fuzzer,address,undefined.
 */
#include "book/source.h"
#include "doc/md.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool is_true, const char *what)
{
	if (is_true)
		return;
	fprintf(stderr, "promise broken: %s\n", what);
	abort();
}

static void
check_tree(const struct node *parent, unsigned depth)
{
	require(depth <= 256, "the tree is not deeper than 256");
	node_each(n, parent) {
		require(n->kind <= NODE_MATH_DISPLAY,
		    "kind is one of the enum");
		require(n->line > 0, "every node has a line");
		if (n->kind == NODE_TEXT)
			require(g_utf8_validate(n->text.p, (gssize)n->text.len,
				    NULL),
			    "text is UTF-8");
		if (n->kind != NODE_TEXT && n->kind != NODE_CODE_BLOCK)
			check_tree(n, depth + 1);
	}
}

static void
check_answer_tree(const struct node *tree, bool is_answer, void *ctx)
{
	(void)is_answer;
	(void)ctx;
	check_tree(tree, 0);
}

static void
check_question(const struct question *q)
{
	size_t n = q->n_pairs ? q->n_pairs : q->n_options;

	require(q->key && q->id && q->anchor, "it has an id");
	require(q->n_shown <= n, "nothing is shown twice");
	for (size_t i = 0; i < q->n_shown; i++)
		require(q->shown[i] < n, "shown are indices");
	for (size_t i = 0; i < q->n_pairs; i++)
		require(q->pairs[i].same <= i, "same looks back");
	for (size_t i = 0; i < q->n_statements; i++)
		require(q->statements[i].column < q->n_columns,
		    "a statement has a column");
	for (size_t i = 0; i < q->n_blanks; i++)
		require(q->blanks[i].n_texts > 0, "a blank has a text");
	question_each_tree(q, check_answer_tree, NULL);
}

static void
check_quiz(const struct quiz *q)
{
	unsigned number = 0;

	for (size_t i = 0; i < q->n_questions; i++)
		check_question(&q->questions[i]);
	for (size_t i = 0; i < q->n_parts; i++)
		if (q->parts[i].question && !q->is_mock)
			require(q->parts[i].number == ++number,
			    "numbers count from 1");
}

static void
run(const char *bytes, size_t len, enum source_kind kind)
{
	static const struct callout_kind kinds[] = { { "Exam tip", "tip" } };
	const struct callout_rules rules = { kinds, 1 };
	const struct site site = { .title = "T", .lang = "en", .pass = 70 };
	struct arena *a = arena_new(), *scratch = arena_new();
	struct diag *d = diag_new();
	struct source s = { .origin = { "a.md", { bytes, len } },
		.rel = "a.md",
		.stem = "a",
		.kind = kind };
	struct front_cut cut;

	front_init(&s.front);
	if (front_cut(&s.origin, &cut, d) && cut.has_front)
		(void)front_parse(&s.origin, cut.yaml, cut.yaml_line,
		    kind == SOURCE_QUIZ, a, &s.front, d);
	s.doc = md_parse(&s.origin, cut.body_at, cut.body_line, &rules, a,
	    scratch, d);
	if (!s.front.title)
		s.front.title = "T";
	check_tree(s.doc->body, 0);
	if (s.doc->n_lines)
		quiz_extract(&s, &site, a, d);
	for (size_t i = 0; i < s.n_quizzes; i++)
		check_quiz(s.quizzes[i]);
	FILE *to = fopen("/dev/null", "w");
	if (to) {
		diag_print(d, to, 0);
		fclose(to);
	}
	diag_free(d);
	arena_free(a);
	arena_free(scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A copy of exactly this size shows a read behind its end. */
	char *copy = g_malloc(size ? size : 1);

	if (size)
		memcpy(copy, data, size);
	run(copy, size, SOURCE_QUIZ);
	run(copy, size, SOURCE_LESSON);
	g_free(copy);
	return 0;
}
