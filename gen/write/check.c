#include "write/check.h"

#include "render/highlight.h"

/* A language that is not coloured: where it stands first, in how many blocks.
 */
struct unknown {
	const char *lang;
	struct loc at;
	unsigned n;
};

struct checking {
	const struct book *book;
	const struct origin *origin;
	struct arena *arena;
	GHashTable *unknown; /* struct unknown *, by language */
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

/* A course in such a language has hundreds of blocks: it is said once. */
static void
note_unknown(const struct checking *k, struct str lang, struct loc at)
{
	g_autofree char *key = g_ascii_strdown(lang.p, (gssize)lang.len);
	struct unknown *u = g_hash_table_lookup(k->unknown, key);

	if (!u) {
		u = arena_obj(k->arena, struct unknown);
		*u = (struct unknown){ arena_str(k->arena, lang), at, 0 };
		g_hash_table_insert(k->unknown, g_steal_pointer(&key), u);
	}
	u->n++;
}

static void
report_unknown(void *key, void *value, void *ctx)
{
	static const char help[] =
	    "write 'text' for code that is not to be coloured";
	const struct unknown *u = value;
	struct diag *d = ctx;

	(void)key;
	diag_at(d, DIAG_CODE_LANGUAGE, u->at, "%s", u->lang);
	if (u->n > 1)
		diag_help(d, "%s; it stands on %u blocks", help, u->n);
	else
		diag_help(d, "%s", help);
}

static void
check_code(const struct checking *k, const struct node *n)
{
	struct fence f;

	fence_parse(str_of(n->code->info), k->arena, &f);
	if (f.lang.len && !highlight_knows(f.lang) &&
	    !is_drawn(k->book->site, f.lang))
		note_unknown(k, f.lang, node_loc(k->origin, n));
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
	struct checking k = { .book = b,
		.arena = arena_new(),
		.unknown = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL),
		.diag = d };

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
	g_hash_table_foreach(k.unknown, report_unknown, d);
	g_hash_table_destroy(k.unknown);
	arena_free(k.arena);
}
