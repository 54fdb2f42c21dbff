/* Phase 4: ids in raw HTML, which links may lead to as they do to headings. */
#include "book/source.h"
#include "port/html.h"

struct finding {
	const struct source *source;
	struct arena *arena;
	struct diag *diag;
	GHashTable *ids; /* all of the page */
	GPtrArray *found; /* const char * */
	const struct node *node; /* that is looked at */
};

/* In the line of the node's text that holds it. */
static struct loc
place_of(const struct finding *f, const char *id)
{
	struct loc loc = node_loc(&f->source->origin, f->node);
	struct str rest = f->node->text;
	const char *at = memmem(rest.p, rest.len, id, strlen(id));

	for (bool is_first = true; at; is_first = false) {
		(void)str_line(&rest);
		if (rest.len == 0 || at < rest.p)
			break;
		loc.line++;
		loc.col = is_first ? 1 : loc.col;
	}
	return loc;
}

static bool
open(const char *name, const struct html_attributes *a, void *ctx)
{
	struct finding *f = ctx;
	const char *id = html_attribute(a, "id");

	(void)name;
	if (!id || !id[0])
		return true;
	char *own = arena_strdup(f->arena, id);
	if (g_hash_table_add(f->ids, own)) {
		g_ptr_array_add(f->found, own);
		return true;
	}
	diag_at(f->diag, DIAG_HTML_ID, place_of(f, id), "%s", id);
	diag_help(f->diag, "links cannot tell the two apart; choose another");
	return true;
}

static void
pass(const char *text, void *ctx)
{
	(void)text;
	(void)ctx;
}

static void
find(struct finding *f, const struct node *parent)
{
	static const struct html_events events = { open, pass, pass };

	node_each(n, parent) {
		f->node = n;
		if (n->kind == NODE_HTML_BLOCK || n->kind == NODE_HTML_INLINE)
			html_walk(n->text, &events, f);
		/* A question shows in several places, and in the book its
		 * answer in another file. */
		else if (n->kind != NODE_QUIZ)
			find(f, n);
	}
}

static void
add_known(GHashTable *ids, const struct source *s)
{
	const struct doc *doc = s->doc;

	for (size_t i = 0; i < doc->n_headings; i++)
		g_hash_table_add(ids, (char *)(uintptr_t)doc->headings[i].id);
	for (size_t i = 0; i < s->n_quizzes; i++)
		for (size_t k = 0; k < s->quizzes[i]->n_questions; k++)
			g_hash_table_add(ids,
			    (char *)(uintptr_t)s->quizzes[i]
				->questions[k]
				.anchor);
}

static void
find_in_source(struct making *m, const struct source *s, struct diag *d)
{
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	struct finding f = { s, m->arena, d, ids, found, NULL };
	struct doc *doc = s->doc;

	add_known(ids, s);
	find(&f, doc->body);
	const char **all = arena_array(m->arena, found->len, const char *);
	for (guint i = 0; i < found->len; i++)
		all[i] = found->pdata[i];
	doc->raw_ids = all;
	doc->n_raw_ids = found->len;
}

void
raw_ids_find(struct making *m, struct diag *d)
{
	for (size_t i = 0; i < m->page_sources->len; i++) {
		const struct source *s = m->page_sources->pdata[i];
		if (s->doc->has_raw_html)
			find_in_source(m, s, d);
	}
}
