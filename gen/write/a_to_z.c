#include "write/a_to_z.h"

const char *
index_sort_key(struct arena *a, const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	g_autofree char *plain = g_str_is_ascii(folded)
	    ? g_strdup(folded)
	    : g_str_to_ascii(folded, "C");
	/* A script that ASCII cannot spell stays what it is. */
	const char *sort = plain[0] == '?' ? folded : plain;

	while (*sort && !g_ascii_isalnum(*sort) && (unsigned char)*sort < 0x80)
		sort++;
	if (!*sort)
		sort = folded;
	/* What begins with no letter stands together, in front. */
	return g_unichar_isalpha(g_utf8_get_char(sort))
	    ? arena_strdup(a, sort)
	    : arena_printf(a, "\x01%s", sort);
}

void
index_letter(const char *sort, char letter[8])
{
	gunichar c = g_utf8_get_char(sort);

	g_strlcpy(letter, "#", 8);
	if (g_unichar_isalpha(c))
		letter[g_unichar_to_utf8(g_unichar_toupper(c), letter)] = '\0';
}

void
index_add(GArray *all, const char *text, const char *sort,
    const struct page_ref *page, const char *anchor)
{
	const bool is_page = !anchor || !anchor[0];
	const struct index_place p = { text, sort, page,
		is_page ? NULL : anchor, all->len, false };

	if (text[0])
		g_array_append_val(all, p);
}

static bool
is_question(const struct page *p, const struct node *heading)
{
	for (size_t i = 0; i < p->n_quizzes; i++)
		for (size_t k = 0; k < p->quizzes[i]->n_questions; k++)
			if (p->quizzes[i]->questions[k].heading == heading)
				return true;
	return false;
}

void
index_add_page(GArray *all, const struct page *p, struct arena *a)
{
	const char *title = p->self->title;

	index_add(all, title, index_sort_key(a, title), p->self, NULL);
	for (size_t i = 0; i < p->doc->n_headings; i++) {
		const struct heading *h = &p->doc->headings[i];
		/* The title is there as the page; a heading of signs alone
		 * has no id to lead to. */
		if (h->level > 1 && h->id[0] && !is_question(p, h->node))
			index_add(all, h->text, index_sort_key(a, h->text),
			    p->self, h->id);
	}
}

void
index_add_uses(GArray *all, const struct page_ref *const *uses, size_t n_uses)
{
	if (all->len == 0)
		return;
	const guint at = all->len - 1;
	const struct index_place p = g_array_index(all, struct index_place, at);

	g_array_index(all, struct index_place, at).has_more = n_uses >
	    TERM_USES_MOST;
	for (size_t i = 0; i < n_uses && i < TERM_USES_MOST; i++)
		index_add(all, p.text, p.sort, uses[i], NULL);
}

static int
by_sort(gconstpointer a, gconstpointer b)
{
	const struct index_place *x = a, *y = b;
	int order = strcmp(x->sort, y->sort);

	if (order == 0)
		order = strcmp(x->text, y->text);
	return order ? order : (x->no > y->no) - (x->no < y->no);
}

void
index_sort(GArray *all)
{
	g_array_sort(all, by_sort);
}

size_t
index_entry(const struct index_place *places, size_t n)
{
	size_t i = 1;

	while (i < n && strcmp(places[i].text, places[0].text) == 0)
		i++;
	return i;
}

bool
index_is_repeated(const struct index_place *places, size_t i)
{
	for (size_t k = 0; !places[i].anchor && k < i; k++)
		if (places[k].page == places[i].page)
			return true;
	return false;
}

bool
index_is_title(const struct index_place *places, size_t n)
{
	size_t n_titles = 0;

	for (size_t i = 0; i < n; i++)
		n_titles += !places[i].anchor &&
		    !index_is_repeated(places, i) &&
		    strcmp(places[i].text, places[i].page->title) == 0;
	return n_titles == 1 && !places[0].anchor &&
	    strcmp(places[0].text, places[0].page->title) == 0;
}

const char *
index_label(const struct index_place *place, const struct book *b)
{
	const struct page_ref *ref = place->page;
	const struct page *p = ref->no < b->n_pages ? &b->pages[ref->no] : NULL;

	if (!p || p->self != ref || p->n_crumbs == 0 ||
	    strcmp(ref->title, place->text) != 0)
		return ref->title;
	return p->crumbs[p->n_crumbs - 1]->title;
}
