/* Lists from A to Z: the glossary, and the index at the end of the book. */
#include "write/epub/epub.h"

/* The letter that a text is filed under: its first, in upper case; "#" if it
 * begins with something else. */
static void
find_letter(const char *sort, char letter[8])
{
	gunichar c = g_utf8_get_char(sort);

	g_strlcpy(letter, "#", 8);
	if (g_unichar_isalpha(c))
		letter[g_unichar_to_utf8(g_unichar_toupper(c), letter)] = '\0';
}

/* True, with the letter in `last`, if sort begins another one. */
static bool
next_letter(const char *sort, char last[8])
{
	char letter[8];

	find_letter(sort, letter);
	if (strcmp(letter, last) == 0)
		return false;
	g_strlcpy(last, letter, sizeof(letter));
	return true;
}

/* A link with the title of its page. */
static void
put_link(GString *out, const struct view *v, const struct page_ref *page,
    const char *anchor, const char *type)
{
	g_autoptr(GString) name = g_string_new(NULL);

	name_of_page(name, page);
	g_string_append_printf(out, "<a%s href=\"", type);
	if (anchor)
		name_other(out, v->from, name->str);
	else
		name_relative(out, v->from, name->str);
	if (anchor) {
		g_string_append_c(out, '#');
		g_string_append_uri_escaped(out, anchor, NULL, FALSE);
	}
	g_string_append_c(out, '"');
	put_lang(out, page->lang, v->site);
	g_string_append_c(out, '>');
	html_textz(out, page->title);
	g_string_append(out, "</a>");
}

/* --- glossary ------------------------------------------------------------ */

/* "In: Lesson, lesson": the way back. */
static void
put_uses(GString *out, const struct term *t, const struct view *v)
{
	if (t->n_uses == 0)
		return;
	g_string_append(out, "<p class=\"uses\">");
	html_word(out, v->words, WORD_USED_IN, NULL, NULL);
	for (size_t i = 0; i < t->n_uses && i < TERM_USES_MOST; i++) {
		g_string_append(out, i ? ", " : " ");
		put_link(out, v, t->uses[i], NULL, "");
	}
	g_string_append(out,
	    t->n_uses > TERM_USES_MOST ? " …</p>\n" : "</p>\n");
}

static void
put_term(GString *out, const struct term *t, const struct html_policy *p)
{
	g_string_append(out, "<dt epub:type=\"glossterm\" id=\"");
	html_attr(out, str_of(t->id));
	g_string_append(out, "\"><dfn>");
	html_inlines(out, t->title, p);
	g_string_append(out, "</dfn></dt>\n<dd epub:type=\"glossdef\">");
	if (t->meaning)
		html_blocks(out, t->meaning, p);
	put_uses(out, t, p->ctx);
	g_string_append(out, "</dd>\n");
}

/* What stands before the first term. */
static void
put_introduction(GString *out, const struct page *page,
    const struct html_policy *p)
{
	node_each(n, page->doc->body) {
		struct node one = *n;
		const struct node box = { .kind = NODE_DOC, .child = &one };
		if (n->kind == NODE_HEADING && n->heading.level <= 2)
			return;
		one.next = NULL;
		html_blocks(out, &box, p);
	}
}

void
glossary_write(GString *out, const struct page *page,
    const struct html_policy *p)
{
	char letter[8] = "";

	put_introduction(out, page, p);
	for (size_t i = 0; i < page->n_terms; i++) {
		if (next_letter(page->terms[i].sort, letter)) {
			g_string_append(out, i ? "</dl>\n<h2>" : "<h2>");
			html_textz(out, letter);
			g_string_append(out, "</h2>\n<dl class=\"terms\">\n");
		}
		put_term(out, &page->terms[i], p);
	}
	g_string_append(out, page->n_terms ? "</dl>\n" : "");
}

/* --- index --------------------------------------------------------------- */

/* One place where something is treated. */
struct place {
	const char *text, *sort;
	const struct page_ref *page;
	const char *anchor; /* or NULL: the page of this title itself */
	unsigned no; /* keeps the reading order among equals */
};

struct listing {
	GArray *places; /* struct place */
	struct arena *arena;
	bool has_more; /* than titles, which the contents list, too */
};

/* Without case, marks, and signs in front: "`az` commands" is found below A. */
static const char *
sort_key(struct arena *a, const char *text)
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

static void
add_place(struct listing *l, const char *text, const char *sort,
    const struct page_ref *page, const char *anchor)
{
	const struct place p = { text, sort, page, anchor, l->places->len };

	if (!text[0])
		return;
	l->has_more |= anchor != NULL;
	g_array_append_val(l->places, p);
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

static void
add_headings(struct listing *l, const struct page *p)
{
	add_place(l, p->self->title, sort_key(l->arena, p->self->title),
	    p->self, NULL);
	for (size_t i = 0; i < p->doc->n_headings; i++) {
		const struct heading *h = &p->doc->headings[i];
		/* The title is there as the page. */
		if (h->level > 1 && h->id[0] && !is_question(p, h->node))
			add_place(l, h->text, sort_key(l->arena, h->text),
			    p->self, h->id);
	}
}

/* What a term means, and where it is used. */
static void
add_terms(struct listing *l, const struct page *p)
{
	for (size_t i = 0; i < p->n_terms; i++) {
		const struct term *t = &p->terms[i];
		add_place(l, t->name, t->sort, p->self, t->id);
		for (size_t k = 0; k < t->n_uses && k < TERM_USES_MOST; k++)
			add_place(l, t->name, t->sort, t->uses[k], NULL);
	}
}

static void
add_page(struct listing *l, const struct page *p)
{
	switch (p->self->kind) {
	case PAGE_LESSON:
	case PAGE_MODULE: add_headings(l, p); break;
	case PAGE_GLOSSARY: add_terms(l, p); break;
	case PAGE_HOME:
	case PAGE_QUIZ:
	case PAGE_REFERENCE: break;
	}
}

static int
by_sort(gconstpointer a, gconstpointer b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->sort, y->sort);

	if (order == 0)
		order = strcmp(x->text, y->text);
	return order ? order : (x->no > y->no) - (x->no < y->no);
}

/* Of a use of a term: the page is there already, by one of its headings. */
static bool
is_repeated(const struct place *places, size_t i)
{
	for (size_t k = 0; !places[i].anchor && k < i; k++)
		if (places[k].page == places[i].page)
			return true;
	return false;
}

#define LOCATOR " epub:type=\"index-locator\""

/* Equal texts are one entry, with a link for each place. */
static void
put_entry(GString *out, const struct place *places, size_t n,
    const struct view *v)
{
	/* Of a page with this title the entry itself is the link. */
	const bool is_title = !places[0].anchor &&
	    strcmp(places[0].text, places[0].page->title) == 0;
	const char *before = " – ";

	g_string_append(out,
	    "<li epub:type=\"index-entry\"><span epub:type=\"index-term\"");
	if (!is_title) {
		put_lang(out, places[0].page->lang, v->site);
		g_string_append_c(out, '>');
		html_textz(out, places[0].text);
	} else {
		g_string_append_c(out, '>');
		put_link(out, v, places[0].page, NULL, LOCATOR);
	}
	g_string_append(out, "</span>");
	for (size_t i = is_title; i < n; i++) {
		if (is_repeated(places, i))
			continue;
		g_string_append(out, before);
		put_link(out, v, places[i].page, places[i].anchor, LOCATOR);
		before = ", ";
	}
	g_string_append(out, "</li>\n");
}

/* One entry for each text, in sections by letters. */
static void
put_entries(GString *out, const GArray *all, const struct view *v)
{
	const struct place *places = (const struct place *)(void *)all->data;
	char letter[8] = "";

	for (guint i = 0, n; i < all->len; i += n) {
		if (next_letter(places[i].sort, letter)) {
			g_string_append(out, i ? "</ul>\n</section>\n" : "");
			g_string_append(out,
			    "<section epub:type=\"index-group\">\n<h2>");
			html_textz(out, letter);
			g_string_append(out,
			    "</h2>\n<ul class=\"index\" epub:type=\"index-entry-list\">\n");
		}
		for (n = 1; i + n < all->len &&
		     strcmp(places[i + n].text, places[i].text) == 0;)
			n++;
		put_entry(out, &places[i], n, v);
	}
	g_string_append(out, "</ul>\n</section>\n");
}

static bool
write_index(struct job *j, struct epub *e, const GArray *places)
{
	const struct view v = view_of_file(&j->in, EPUB_INDEX);
	g_autoptr(GString) out = g_string_new(NULL);

	xhtml_begin(out, &v, v.words->text[WORD_INDEX], j->in.site->lang,
	    "backmatter");
	g_string_append(out,
	    "<section epub:type=\"index\" role=\"doc-index\" aria-labelledby=\"Title\">\n"
	    "<h1 id=\"Title\">");
	html_word(out, v.words, WORD_INDEX, NULL, NULL);
	g_string_append(out, "</h1>\n");
	put_entries(out, places, &v);
	g_string_append(out, "</section>\n");
	xhtml_end(out);
	return epub_add_text(e, v.from, out);
}

bool
index_add(struct job *j, struct epub *e)
{
	struct listing l = { g_array_new(FALSE, FALSE, sizeof(struct place)),
		arena_new(), false };
	bool ok = true;

	for (size_t i = 0; i < j->book->n_pages; i++)
		add_page(&l, &j->book->pages[i]);
	e->has_index = l.has_more;
	if (e->has_index) {
		g_array_sort(l.places, by_sort);
		ok = write_index(j, e, l.places);
	}
	g_array_free(l.places, TRUE);
	arena_free(l.arena);
	return ok;
}
