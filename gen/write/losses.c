#include "write/losses.h"

static void
clear(gpointer loss)
{
	g_ptr_array_free(((struct loss *)loss)->questions, TRUE);
}

static void
add(GArray *all, const struct writer *w, const struct question *q,
    const char *how)
{
	struct loss *at = NULL;

	for (guint i = 0; i < all->len && !at; i++) {
		struct loss *l = &g_array_index(all, struct loss, i);
		if (l->writer == w && l->kind == q->kind &&
		    strcmp(l->how, how) == 0)
			at = l;
	}
	if (!at) {
		struct loss l = { w, q->kind, how, g_ptr_array_new() };
		g_array_append_val(all, l);
		at = &g_array_index(all, struct loss, all->len - 1);
	}
	g_ptr_array_add(at->questions, (struct question *)(uintptr_t)q);
}

static void
look_at(GArray *all, const struct writer *w, const struct quiz *quiz)
{
	for (size_t i = 0; i < quiz->n_questions; i++) {
		const struct question *q = &quiz->questions[i];
		const struct rendition *r = &w->renditions[q->kind];
		const char *how = r->loses ? r->loses(q) : r->lost;
		if (how)
			add(all, w, q, how);
		for (const struct construct *c = w->constructs; c && c->lost;
		     c++)
			if (c->is_in(q))
				add(all, w, q, c->lost);
	}
}

static int
by_writer_and_kind(gconstpointer a, gconstpointer b)
{
	const struct loss *x = a, *y = b;
	int order = strcmp(x->writer->name, y->writer->name);

	if (order == 0)
		order = (int)x->kind - (int)y->kind;
	return order ? order : strcmp(x->how, y->how);
}

GArray *
losses_of(const struct book *b, const struct writer *const *chosen)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct loss));

	g_array_set_clear_func(all, clear);
	for (size_t w = 0; chosen[w]; w++)
		for (size_t p = 0; p < b->n_pages; p++)
			for (size_t k = 0; k < b->pages[p].n_quizzes; k++)
				look_at(all, chosen[w], b->pages[p].quizzes[k]);
	g_array_sort(all, by_writer_and_kind);
	return all;
}
