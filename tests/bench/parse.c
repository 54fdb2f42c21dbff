/*
 * Markdown to our tree beside cmark-gfm's own parse of the same text, and with
 * one and two threads. Arguments: Markdown files. Prints ratios of one run.
 */
#include "base/par.h"
#include "doc/md.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <stdio.h>

enum {
	ROUNDS = 7, /* the fastest counts: noise only adds */
	BATCH = 16 /* files an arena serves */
};

struct texts {
	struct origin *all;
	size_t n;
	size_t bytes, tree_bytes;
};

static void
parse_cmark(const struct origin *in)
{
	cmark_parser *p = cmark_parser_new(CMARK_OPT_FOOTNOTES);

	cmark_parser_attach_syntax_extension(p,
	    cmark_find_syntax_extension("table"));
	cmark_parser_attach_syntax_extension(p,
	    cmark_find_syntax_extension("tasklist"));
	cmark_parser_feed(p, in->text.p, in->text.len);
	cmark_node *root = cmark_parser_finish(p);
	cmark_node_free(root);
	cmark_parser_free(p);
}

/* Files item * BATCH and on, into one arena, as a build does. */
static void
parse_ours(size_t item, unsigned worker, void *ctx)
{
	struct texts *t = ctx;
	const struct callout_rules rules = { NULL, 0 };
	struct arena *a = arena_new(), *scratch = arena_new();
	struct diag *d = diag_new();

	for (size_t i = item * BATCH; i < (item + 1) * BATCH && i < t->n; i++)
		(void)md_parse(&t->all[i], 0, 1, &rules, a, scratch, d);
	/* Only one thread counts, or they would meet here. */
	if (worker == 0)
		t->tree_bytes += arena_used(a);
	diag_free(d);
	arena_free(a);
	arena_free(scratch);
}

static double
best_of_cmark(const struct texts *t)
{
	gint64 best = G_MAXINT64;

	for (int round = 0; round < ROUNDS; round++) {
		gint64 from = g_get_monotonic_time();
		for (size_t i = 0; i < t->n; i++)
			parse_cmark(&t->all[i]);
		best = MIN(best, g_get_monotonic_time() - from);
	}
	return (double)best / 1000;
}

static double
best_of_ours(struct texts *t, unsigned n_threads)
{
	gint64 best = G_MAXINT64;

	for (int round = 0; round < ROUNDS; round++) {
		gint64 from = g_get_monotonic_time();
		t->tree_bytes = 0;
		par_run((t->n + BATCH - 1) / BATCH, n_threads, parse_ours, t);
		best = MIN(best, g_get_monotonic_time() - from);
	}
	return (double)best / 1000;
}

int
main(int argc, char **argv)
{
	struct texts t = { .all = g_new0(struct origin, (gsize)argc) };

	cmark_gfm_core_extensions_ensure_registered();
	for (int i = 1; i < argc; i++) {
		char *text;
		gsize len;
		if (!g_file_get_contents(argv[i], &text, &len, NULL))
			continue;
		t.all[t.n++] = (struct origin){ argv[i], { text, len } };
		t.bytes += len;
	}
	double cmark = best_of_cmark(&t);
	double two = best_of_ours(&t, 2), one = best_of_ours(&t, 1);
	printf("%zu files, %.1f MiB\n", t.n, (double)t.bytes / 1048576);
	printf("parse: our tree / cmark-gfm's parse      %5.2f   1.20\n",
	    one / cmark);
	printf("parse: one thread / two threads          %5.2f   1.80\n",
	    one / two);
	printf("tree bytes for a byte of source          %5.2f   4.00\n",
	    (double)t.tree_bytes / (double)(t.bytes + 1));
	for (size_t i = 0; i < t.n; i++)
		/* Read above; nobody else has it. */
		g_free((char *)(guintptr)t.all[i].text.p);
	g_free(t.all);
	return 0;
}
