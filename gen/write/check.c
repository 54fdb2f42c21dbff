#include "write/check.h"

#include "render/highlight.h"

struct checking {
	const struct book *book;
	const struct origin *origin;
	struct arena *arena;
	struct diag *diag;
};

static bool
is_drawn(const struct site *site, struct str lang)
{
	for (size_t i = 0; i < site->n_blocks; i++)
		if (str_is(lang, site->blocks[i].lang))
			return true;
	return false;
}

static void
check_code(const struct checking *k, const struct node *n)
{
	struct fence f;

	fence_parse(str_of(n->code->info), k->arena, &f);
	if (f.lang.len && !highlight_knows(f.lang) &&
	    !is_drawn(k->book->site, f.lang)) {
		diag_at(k->diag, DIAG_CODE_LANGUAGE, node_loc(k->origin, n),
		    "%.*s", STR_ARG(f.lang));
		diag_help(k->diag,
		    "write 'text' for code that is not to be coloured");
	}
	if (f.bad.len) {
		diag_at(k->diag, DIAG_CODE_INFO, node_loc(k->origin, n), "%.*s",
		    STR_ARG(f.bad));
		diag_help(k->diag, "title=\"deploy.sh\" {2,4-6}");
	}
}

static void
check_tree(const struct node *tree, bool is_answer, void *ctx)
{
	const struct checking *k = ctx;

	node_each(n, tree) {
		if (n->kind == NODE_CODE_BLOCK)
			check_code(k, n);
		else if (n->kind < NODE_PARAGRAPH)
			check_tree(n, is_answer, ctx);
	}
}

void
code_check(const struct book *b, struct diag *d)
{
	struct checking k = { .book = b, .arena = arena_new(), .diag = d };

	for (size_t i = 0; i < b->n_pages; i++) {
		const struct page *p = &b->pages[i];
		k.origin = p->doc->origin;
		check_tree(p->doc->body, false, &k);
		for (size_t f = 0; f < p->doc->n_footnotes; f++)
			check_tree(p->doc->footnotes[f].body, false, &k);
		for (size_t q = 0; q < p->n_quizzes; q++) {
			const struct quiz *quiz = p->quizzes[q];
			for (size_t n = 0; n < quiz->n_parts; n++)
				if (quiz->parts[n].text)
					check_tree(quiz->parts[n].text, false,
					    &k);
			for (size_t n = 0; n < quiz->n_questions; n++)
				question_each_tree(&quiz->questions[n],
				    check_tree, &k);
		}
	}
	arena_free(k.arena);
}
