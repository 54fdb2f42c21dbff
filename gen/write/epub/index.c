/* Lists from A to Z: the glossary, and the index at the end of the book. */
#include "write/a_to_z.h"
#include "write/epub/epub.h"

/* True, with the letter in `last`, if sort begins another one. */
static bool
next_letter(const char *sort, char last[8])
{
	char letter[8];

	index_letter(sort, letter);
	if (strcmp(letter, last) == 0)
		return false;
	g_strlcpy(last, letter, sizeof(letter));
	return true;
}

/* A link with a title of a page in this language. */
static void
put_link(GString *out, const struct view *v, const struct page_ref *page,
    const char *anchor, const char *type, const char *title)
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
	html_textz(out, title);
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
		put_link(out, v, t->uses[i], NULL, "", t->uses[i]->title);
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

/* What a term means, and where it is used. */
static void
add_terms(GArray *all, const struct page *p)
{
	for (size_t i = 0; i < p->n_terms; i++) {
		const struct term *t = &p->terms[i];
		index_add(all, t->name, t->sort, p->self, t->id);
		index_add_uses(all, t->uses, t->n_uses);
	}
}

static void
add_page(GArray *all, const struct page *p, struct arena *a)
{
	switch (p->self->kind) {
	case PAGE_LESSON:
	case PAGE_MODULE: index_add_page(all, p, a); break;
	case PAGE_GLOSSARY: add_terms(all, p); break;
	case PAGE_HOME:
	case PAGE_QUIZ:
	case PAGE_REFERENCE: break;
	}
}

#define LOCATOR " epub:type=\"index-locator\""

/* With a link for each place. */
static void
put_entry(GString *out, const struct index_place *places, size_t n,
    const struct view *v, const struct book *b)
{
	/* Of a page with this title the entry itself is the link. */
	const bool is_title = index_is_title(places, n);
	const char *before = " – ";

	g_string_append(out,
	    "<li epub:type=\"index-entry\"><span epub:type=\"index-term\"");
	if (!is_title) {
		put_lang(out, places[0].page->lang, v->site);
		g_string_append_c(out, '>');
		html_textz(out, places[0].text);
	} else {
		g_string_append_c(out, '>');
		put_link(out, v, places[0].page, NULL, LOCATOR, places[0].text);
	}
	g_string_append(out, "</span>");
	for (size_t i = is_title; i < n; i++) {
		if (index_is_repeated(places, i))
			continue;
		g_string_append(out, before);
		put_link(out, v, places[i].page, places[i].anchor, LOCATOR,
		    index_label(&places[i], b));
		before = ", ";
	}
	g_string_append(out, "</li>\n");
}

/* One entry for each text, in sections by letters. */
static void
put_entries(GString *out, const GArray *all, const struct view *v,
    const struct book *b)
{
	const struct index_place *places = (const struct index_place *)(void *)
					       all->data;
	char letter[8] = "";

	for (size_t i = 0, n; i < all->len; i += n) {
		if (next_letter(places[i].sort, letter)) {
			g_string_append(out, i ? "</ul>\n</section>\n" : "");
			g_string_append(out,
			    "<section epub:type=\"index-group\">\n<h2>");
			html_textz(out, letter);
			g_string_append(out,
			    "</h2>\n<ul class=\"index\" epub:type=\"index-entry-list\">\n");
		}
		n = index_entry(&places[i], all->len - i);
		put_entry(out, &places[i], n, v, b);
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
	put_entries(out, places, &v, j->book);
	g_string_append(out, "</section>\n");
	xhtml_end(out);
	return epub_add_text(e, v.from, out);
}

/* Titles alone are in the contents, too. */
static bool
has_anchor(const GArray *places)
{
	for (guint i = 0; i < places->len; i++)
		if (g_array_index(places, struct index_place, i).anchor)
			return true;
	return false;
}

bool
index_write(struct job *j, struct epub *e)
{
	g_autoptr(GArray)
	    places = g_array_new(FALSE, FALSE, sizeof(struct index_place));
	struct arena *a = arena_new();
	bool ok = true;

	for (size_t i = 0; i < j->book->n_pages; i++)
		add_page(places, &j->book->pages[i], a);
	e->has_index = has_anchor(places);
	if (e->has_index) {
		index_sort(places);
		ok = write_index(j, e, places);
	}
	arena_free(a);
	return ok;
}
