#include "write/epub/epub.h"

struct notes {
	const struct doc *doc;
	struct {
		bool is_used, has_first;
	} * of; /* of every footnote, by its number - 1 */
};

struct notes *
notes_new(const struct doc *doc)
{
	struct notes *n = g_new0(struct notes, 1);

	n->doc = doc;
	n->of = g_malloc0_n(doc->n_footnotes ? doc->n_footnotes : 1,
	    sizeof(*n->of));
	return n;
}

void
notes_free(struct notes *n)
{
	g_free(n->of);
	g_free(n);
}

static void
find_ref(struct notes *n, const struct node *ref)
{
	const struct footnote *f = ref->footnote;
	size_t i = f->number - 1;

	if (i >= n->doc->n_footnotes)
		return;
	bool is_known = n->of[i].is_used;
	n->of[i].is_used = true;
	n->of[i].has_first |= f->first == ref;
	/* A note may refer to another. */
	if (!is_known)
		notes_find(n, f->body);
}

void
notes_find(struct notes *n, const struct node *tree)
{
	if (!tree || n->doc->n_footnotes == 0)
		return;
	node_each(child, tree) {
		if (child->kind == NODE_FOOTNOTE_REF)
			find_ref(n, child);
		else if (child->kind != NODE_BLANK) /* not drawn */
			notes_find(n, child);
	}
}

/* The first reference may stand in another file, the key; then the first one
 * here takes its place. */
void
notes_anchor(struct notes *n, GString *out, size_t from)
{
	for (size_t i = 0; i < n->doc->n_footnotes; i++) {
		char ref[32], id[32];
		if (!n->of[i].is_used || n->of[i].has_first)
			continue;
		g_snprintf(ref, sizeof(ref), " href=\"#Fn-%zu\"", i + 1);
		g_snprintf(id, sizeof(id), " id=\"Fnr-%zu\"", i + 1);
		const char *at = strstr(out->str + from, ref);
		n->of[i].has_first = at != NULL;
		if (at)
			g_string_insert(out,
			    at - out->str + (gssize)strlen(ref), id);
	}
}

/* The way back leads to the first reference. */
static void
put_back(GString *out, const struct footnote *f, const struct html_policy *p)
{
	char no[12];

	g_snprintf(no, sizeof(no), "%u", f->number);
	g_string_append_printf(out,
	    " <a class=\"back\" href=\"#Fnr-%s\" role=\"doc-backlink\" aria-label=\"",
	    no);
	html_word(out, p->words, WORD_BACK_TO_NOTE, no, NULL);
	/* U+FE0E: as text, not as a coloured picture. */
	g_string_append(out, "\">↩\xef\xb8\x8e</a>");
}

/* The number stands in the note's first line. */
static void
put_note(GString *out, const struct footnote *f, bool has_back,
    const struct html_policy *p)
{
	const struct node *first = f->body->child;
	bool is_text = first && first->kind == NODE_PARAGRAPH;
	const struct node rest = { .kind = NODE_DOC,
		.child = is_text ? first->next : f->body->child };

	g_string_append_printf(out, "<p><span class=\"no\">%u.</span> ",
	    f->number);
	if (is_text)
		html_inlines(out, first, p);
	if (rest.child) {
		g_string_append(out, "</p>\n");
		html_blocks(out, &rest, p);
		g_string_append(out, has_back ? "<p>" : "");
	}
	if (has_back)
		put_back(out, f, p);
	if (has_back || !rest.child)
		g_string_append(out, "</p>\n");
}

void
notes_write(GString *out, const struct notes *n, const struct html_policy *p)
{
	for (size_t i = 0; i < n->doc->n_footnotes; i++) {
		const struct footnote *f = &n->doc->footnotes[i];
		if (!n->of[i].is_used)
			continue;
		g_string_append_printf(out,
		    "<aside epub:type=\"footnote\" role=\"doc-footnote\" class=\"foot\" id=\"Fn-%u\">",
		    f->number);
		put_note(out, f, n->of[i].has_first, p);
		g_string_append(out, "</aside>\n");
	}
}

void
notes_write_here(GString *out, const struct notes *n,
    const struct html_policy *p)
{
	for (size_t i = 0; i < n->doc->n_footnotes; i++) {
		if (!n->of[i].is_used)
			continue;
		g_string_append(out, "<div class=\"foot\">");
		put_note(out, &n->doc->footnotes[i], false, p);
		g_string_append(out, "</div>\n");
	}
}
