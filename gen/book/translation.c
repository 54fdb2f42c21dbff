/* Phase 4: the same pages and questions in several languages. */
#include "book/source.h"

/* The address without the language's folder: "hybrid/expressroute". */
static const char *
key_of(const struct making *m, const struct page_ref *r)
{
	const char *folder = m->book.site->lang_dir ? m->top->address : "";
	size_t len = strlen(folder);

	return len && strncmp(r->address, folder, len) == 0 &&
		r->address[len] == '/'
	    ? r->address + len + 1
	    : r->address;
}

static GHashTable *
pages_by_key(const struct making *m)
{
	GHashTable *all = g_hash_table_new(g_str_hash, g_str_equal);

	for (size_t i = 0; i < m->book.n_pages; i++) {
		const struct page_ref *r = m->book.pages[i].self;
		g_hash_table_insert(all, (char *)(uintptr_t)key_of(m, r),
		    (struct page_ref *)(uintptr_t)r);
	}
	return all;
}

static GHashTable *
questions_of(const struct making *m)
{
	GHashTable *all = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < m->page_sources->len; i++) {
		const struct source *s = m->page_sources->pdata[i];
		for (size_t k = 0; k < s->n_quizzes; k++)
			for (size_t n = 0; n < s->quizzes[k]->n_questions; n++)
				g_hash_table_add(all,
				    (char *)(uintptr_t)s->quizzes[k]
					->questions[n]
					.id);
	}
	return all;
}

/* In the order of the languages; each page gets all but its own. */
static void
pair(struct making *const *makings, GHashTable **pages, size_t n, size_t own)
{
	struct making *m = makings[own];
	struct page *all = (struct page *)(uintptr_t)m->book.pages;

	for (size_t i = 0; i < m->book.n_pages; i++) {
		const struct page_ref **refs = arena_array(m->arena, n,
		    const struct page_ref *);
		const char *key = key_of(m, all[i].self);
		for (size_t k = 0; k < n; k++) {
			const struct page_ref *other = k != own
			    ? g_hash_table_lookup(pages[k], key)
			    : NULL;
			if (other)
				refs[all[i].n_translations++] = other;
		}
		all[i].translations = refs;
	}
}

static void
report_missing(const struct making *main, const struct making *other,
    GHashTable *pages, struct diag *d)
{
	g_autoptr(GHashTable) questions = questions_of(other);
	const char *lang = other->book.site->lang;

	for (guint i = 0; i < main->page_sources->len; i++) {
		const struct source *s = main->page_sources->pdata[i];
		struct loc at = { &s->origin, 0, 0 };
		if (!g_hash_table_contains(pages, key_of(main, s->ref))) {
			diag_at(d, DIAG_TRANSLATION_MISSING, at, "%s", lang);
			continue;
		}
		for (size_t k = 0; k < s->n_quizzes; k++)
			for (size_t n = 0; n < s->quizzes[k]->n_questions;
			     n++) {
				const struct question *q = &s->quizzes[k]
								->questions[n];
				if (!g_hash_table_contains(questions, q->id))
					diag_at(d, DIAG_TRANSLATION_MISSING,
					    q->at, "%s: %s", lang, q->id);
			}
	}
}

void
translations_pair(struct making *const *all, size_t n, struct diag *d)
{
	g_autofree GHashTable **pages = g_new0(GHashTable *, n + 1);

	for (size_t i = 0; i < n; i++)
		pages[i] = pages_by_key(all[i]);
	for (size_t i = 0; i < n; i++)
		pair(all, pages, n, i);
	for (size_t i = 1; i < n; i++)
		report_missing(all[0], all[i], pages[i], d);
	for (size_t i = 0; i < n; i++)
		g_hash_table_destroy(pages[i]);
}
