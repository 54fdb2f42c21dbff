#include "write/html/glossary.h"

#include "write/a_to_z.h"

void
letters_put(GString *out, const char *const *sorts, size_t n,
    const struct words *w)
{
	char last[8] = "", letter[8];

	g_string_append(out, "<nav class=\"letters-nav\" aria-label=\"");
	html_word(out, w, WORD_A_TO_Z, NULL, NULL);
	g_string_append(out, "\"><ol>\n");
	for (size_t i = 0; i < n; i++) {
		index_letter(sorts[i], letter);
		if (strcmp(letter, last) == 0)
			continue;
		g_strlcpy(last, letter, sizeof(last));
		g_string_append(out, "<li><a href=\"#Letter-");
		g_string_append_uri_escaped(out, letter, NULL, FALSE);
		g_string_append(out, "\">");
		html_textz(out, letter);
		g_string_append(out, "</a></li>\n");
	}
	g_string_append(out, "</ol></nav>\n");
}

/* "In: Lesson, lesson" */
static void
put_uses(GString *out, const struct term *t, const char *root,
    const struct words *w)
{
	if (t->n_uses == 0)
		return;
	g_string_append(out, "<p class=\"uses\">");
	html_word(out, w, WORD_USED_IN, NULL, NULL);
	for (size_t i = 0; i < t->n_uses && i < TERM_USES_MOST; i++) {
		g_string_append(out, i ? ", <a href=\"" : " <a href=\"");
		g_string_append(out, root);
		g_string_append_uri_escaped(out, t->uses[i]->address, "/",
		    FALSE);
		g_string_append(out, ".html\">");
		html_textz(out, t->uses[i]->title);
		g_string_append(out, "</a>");
	}
	g_string_append(out,
	    t->n_uses > TERM_USES_MOST ? " …</p>\n" : "</p>\n");
}

static void
put_term(GString *out, const struct term *t, const struct html_policy *p,
    const char *root)
{
	g_string_append(out, "<dt id=\"");
	html_attr(out, str_of(t->id));
	g_string_append(out, "\"><dfn>");
	html_inlines(out, t->title, p);
	g_string_append(out, "</dfn></dt>\n<dd>");
	if (t->meaning)
		html_blocks(out, t->meaning, p);
	put_uses(out, t, root, p->words);
	g_string_append(out, "</dd>\n");
}

static void
put_introduction(GString *out, const struct page *page,
    const struct html_policy *p)
{
	node_each(n, page->doc->body) {
		struct node one = *n;
		struct node box = { .kind = NODE_DOC, .child = &one };
		if (n->kind == NODE_HEADING && n->heading.level <= 2)
			return;
		one.next = NULL;
		html_blocks(out, &box, p);
	}
}

void
glossary_put(GString *out, const struct page *page, const struct html_policy *p,
    const char *root)
{
	g_autofree const char **sorts = g_new(const char *, page->n_terms + 1);
	struct html_policy below = *p;
	char last[8] = "", letter[8];

	/* A letter's heading. */
	below.heading_over = 2;
	put_introduction(out, page, p);
	for (size_t i = 0; i < page->n_terms; i++)
		sorts[i] = page->terms[i].sort;
	letters_put(out, sorts, page->n_terms, p->words);
	for (size_t i = 0; i < page->n_terms; i++) {
		index_letter(sorts[i], letter);
		if (strcmp(letter, last) != 0) {
			g_string_append(out, i ? "</dl>\n" : "");
			g_string_append(out, "<h2 id=\"Letter-");
			html_attr(out, str_of(letter));
			g_string_append(out, "\">");
			html_textz(out, letter);
			g_string_append(out, "</h2>\n<dl class=\"terms\">\n");
			g_strlcpy(last, letter, sizeof(last));
		}
		put_term(out, &page->terms[i], &below, root);
	}
	g_string_append(out, page->n_terms ? "</dl>\n" : "");
}
