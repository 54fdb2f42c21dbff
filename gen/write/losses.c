#include "write/losses.h"

#include "write/tree_json.h"

/* A bit for each kind of node. */
typedef uint64_t kind_set;
_Static_assert(NODE_KIND_COUNT <= 64, "a set of kinds is a word");

static void
clear(gpointer loss)
{
	g_ptr_array_free(((struct loss *)loss)->names, TRUE);
}

static bool
is_same(const struct loss *a, const struct loss *b)
{
	return a->writer == b->writer && a->kind == b->kind &&
	    g_strcmp0(a->construct, b->construct) == 0 &&
	    strcmp(a->how, b->how) == 0;
}

static void
add(GArray *all, struct loss l, const char *name)
{
	guint i = 0;

	while (
	    i < all->len && !is_same(&g_array_index(all, struct loss, i), &l))
		i++;
	if (i == all->len) {
		l.names = g_ptr_array_new();
		g_array_append_val(all, l);
	}
	g_ptr_array_add(g_array_index(all, struct loss, i).names,
	    (char *)(uintptr_t)name);
}

/* --- questions ---------------------------------------------------------- */

static void
look_at_quiz(GArray *all, const struct writer *w, const struct quiz *quiz)
{
	for (size_t i = 0; i < quiz->n_questions; i++) {
		const struct question *q = &quiz->questions[i];
		const struct rendition *r = &w->renditions[q->kind];
		const char *how = r->loses ? r->loses(q) : r->lost;
		if (how)
			add(all,
			    (struct loss){ .writer = w,
				.kind = q->kind,
				.how = how },
			    q->id);
		for (const struct construct *c = w->constructs; c && c->lost;
		     c++)
			if (c->is_in(q))
				add(all,
				    (struct loss){ .writer = w,
					.kind = q->kind,
					.how = c->lost },
				    q->id);
	}
}

/* --- types of nodes ------------------------------------------------------ */

static void
add_kinds(const struct node *tree, bool is_answer, void *ctx)
{
	kind_set *set = ctx;

	if (!tree)
		return;
	node_each(n, tree) {
		*set |= (kind_set)1 << n->kind;
		add_kinds(n, is_answer, ctx);
	}
}

static kind_set
kinds_on(const struct page *page)
{
	kind_set set = 0;

	add_kinds(page->doc->body, false, &set);
	for (size_t i = 0; i < page->doc->n_footnotes; i++) {
		set |= (kind_set)1 << NODE_FOOTNOTE;
		add_kinds(page->doc->footnotes[i].body, false, &set);
	}
	for (size_t i = 0; i < page->n_quizzes; i++) {
		const struct quiz *q = page->quizzes[i];
		for (size_t k = 0; k < q->n_parts; k++)
			add_kinds(q->parts[k].text, false, &set);
		for (size_t k = 0; k < q->n_questions; k++)
			question_each_tree(&q->questions[k], add_kinds, &set);
	}
	return set;
}

static kind_set
kinds_called(const char *type)
{
	kind_set set = 0;

	for (int i = 0; i < NODE_KIND_COUNT; i++)
		if (strcmp(tree_type((enum node_kind)i), type) == 0)
			set |= (kind_set)1 << i;
	return set;
}

/* there: the kinds on each page. */
static void
look_at_pages(GArray *all, const struct writer *w, const struct book *b,
    const kind_set *there)
{
	for (const struct simplified *s = w->nodes; s && s->type; s++) {
		const kind_set wanted = kinds_called(s->type);
		const struct loss l = { .writer = w,
			.construct = s->type,
			.kind = QUESTION_KIND_COUNT,
			.how = s->how };
		for (size_t i = 0; i < b->n_pages; i++)
			if (there[i] & wanted)
				add(all, l, b->pages[i].self->address);
	}
}

/* NULL if no writer asks for them: then no tree is gone over. To be freed. */
static kind_set *
kinds_if_asked(const struct book *b, const struct writer *const *chosen)
{
	bool is_asked = false;

	for (size_t w = 0; chosen[w]; w++)
		is_asked = is_asked ||
		    (chosen[w]->nodes && chosen[w]->nodes[0].type);
	if (!is_asked)
		return NULL;
	kind_set *there = g_new(kind_set, b->n_pages);
	for (size_t i = 0; i < b->n_pages; i++)
		there[i] = kinds_on(&b->pages[i]);
	return there;
}

/* --- all of them -------------------------------------------------------- */

static int
by_writer_and_kind(gconstpointer a, gconstpointer b)
{
	const struct loss *x = a, *y = b;
	int order = strcmp(x->writer->name, y->writer->name);

	if (order == 0)
		order = (int)x->kind - (int)y->kind;
	if (order == 0)
		order = g_strcmp0(x->construct, y->construct);
	return order ? order : strcmp(x->how, y->how);
}

GArray *
losses_of(const struct book *b, const struct writer *const *chosen)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct loss));

	g_autofree kind_set *there = kinds_if_asked(b, chosen);

	g_array_set_clear_func(all, clear);
	for (size_t w = 0; chosen[w]; w++) {
		for (size_t p = 0; p < b->n_pages; p++)
			for (size_t k = 0; k < b->pages[p].n_quizzes; k++)
				look_at_quiz(all, chosen[w],
				    b->pages[p].quizzes[k]);
		look_at_pages(all, chosen[w], b, there);
	}
	g_array_sort(all, by_writer_and_kind);
	return all;
}

void
losses_json(struct json *j, const GArray *all)
{
	json_open(j, '[');
	for (guint i = 0; i < all->len; i++) {
		const struct loss *l = &g_array_index(all, struct loss, i);
		json_open(j, '{');
		json_add(j, "output", l->writer->name);
		if (l->construct)
			json_add(j, "construct", l->construct);
		else
			json_add(j, "kind", question_kind_names[l->kind]);
		json_add(j, "how", l->how);
		json_key(j, l->construct ? "pages" : "questions");
		json_open(j, '[');
		for (guint k = 0; k < l->names->len; k++)
			json_strz(j, l->names->pdata[k]);
		json_close(j, ']');
		json_close(j, '}');
	}
	json_close(j, ']');
}
