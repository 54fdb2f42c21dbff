/*
 * A document tree as plain HTML in the very form that cmark-gfm prints, which
 * is not the form of our pages: for comparisons with the library. Where our
 * tree means more than cmark-gfm's, spec_test.c takes it out of theirs.
 *
 * Source of the form: html.c, table.c, strikethrough.c and tasklist.c of
 * https://github.com/github/cmark-gfm, version 0.29.0.gfm.6.
 */
#ifndef ERGEN_TEST_PLAIN_H
#define ERGEN_TEST_PLAIN_H

#include "doc/doc.h"

static inline void
plain_children(GString *out, const struct node *parent, bool is_tight);

/* Begins a line unless one has just begun. */
static inline void
plain_line(GString *out)
{
	if (out->len && out->str[out->len - 1] != '\n')
		g_string_append_c(out, '\n');
}

static inline void
plain_escape(GString *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		switch (s.p[i]) {
		case '&': g_string_append(out, "&amp;"); break;
		case '<': g_string_append(out, "&lt;"); break;
		case '>': g_string_append(out, "&gt;"); break;
		case '"': g_string_append(out, "&quot;"); break;
		default: g_string_append_c(out, s.p[i]);
		}
	}
}

static inline void
plain_address(GString *out, const char *url)
{
	for (; *url; url++) {
		if (*url == '&')
			g_string_append(out, "&amp;");
		else if (*url == '\'')
			g_string_append(out, "&#x27;");
		else if (is_alnum(*url) || strchr("-_.+!*(),%#@?=;:/$~", *url))
			g_string_append_c(out, *url);
		else
			g_string_append_printf(out, "%%%02X",
			    (unsigned char)*url);
	}
}

/* Alternative text: everything but the markup, raw tags as text. */
static inline void
plain_alt(GString *out, const struct node *parent)
{
	node_each(n, parent) {
		if (n->kind == NODE_TEXT || n->kind == NODE_CODE ||
		    n->kind == NODE_HTML_INLINE)
			plain_escape(out, n->text);
		else if (n->kind == NODE_SOFTBREAK || n->kind == NODE_LINEBREAK)
			g_string_append_c(out, ' ');
		else
			plain_alt(out, n);
	}
}

static inline void
plain_link(GString *out, const struct node *n)
{
	bool is_image = n->kind == NODE_IMAGE;

	g_string_append(out, is_image ? "<img src=\"" : "<a href=\"");
	plain_address(out, n->link->url);
	if (is_image) {
		g_string_append(out, "\" alt=\"");
		plain_alt(out, n);
	}
	if (n->link->title) {
		g_string_append(out, "\" title=\"");
		plain_escape(out, str_of(n->link->title));
	}
	g_string_append(out, is_image ? "\" />" : "\">");
	if (is_image)
		return;
	plain_children(out, n, false);
	g_string_append(out, "</a>");
}

static inline void
plain_list(GString *out, const struct node *n)
{
	const char *tag = n->list.is_ordered ? "ol" : "ul";

	plain_line(out);
	if (n->list.is_ordered && n->list.start != 1)
		g_string_append_printf(out, "<ol start=\"%d\">\n",
		    n->list.start);
	else
		g_string_append_printf(out, "<%s>\n", tag);
	node_each(item, n) {
		plain_line(out);
		g_string_append(out, "<li>");
		if (item->item.box != BOX_NONE)
			g_string_append_printf(out,
			    "<input type=\"checkbox\" %sdisabled=\"\" /> ",
			    item->item.box == BOX_CHECKED ? "checked=\"\" "
							  : "");
		plain_children(out, item, n->list.is_tight);
		g_string_append(out, "</li>\n");
	}
	g_string_append_printf(out, "</%s>\n", tag);
}

static inline void
plain_row(GString *out, const struct node *row)
{
	static const char *const aligns[] = { "", " align=\"left\"",
		" align=\"center\"", " align=\"right\"" };

	g_string_append(out, "<tr>\n");
	node_each(cell, row) {
		const char *tag = cell->cell.is_head ? "th" : "td";
		g_string_append_printf(out, "<%s%s>", tag,
		    aligns[cell->cell.align]);
		plain_children(out, cell, false);
		g_string_append_printf(out, "</%s>\n", tag);
	}
	g_string_append(out, "</tr>\n");
}

static inline void
plain_table(GString *out, const struct node *n)
{
	const struct node *row = n->child;

	plain_line(out);
	g_string_append(out, "<table>\n<thead>\n");
	plain_row(out, row);
	g_string_append(out, "</thead>\n");
	if (row->next)
		g_string_append(out, "<tbody>\n");
	while ((row = row->next))
		plain_row(out, row);
	if (n->child->next)
		g_string_append(out, "</tbody>\n");
	g_string_append(out, "</table>\n");
}

static inline void
plain_code(GString *out, const struct code_block *code)
{
	size_t lang = strcspn(code->info, " \t\n\v\f\r");

	plain_line(out);
	g_string_append(out, "<pre><code");
	if (lang) {
		g_string_append(out, " class=\"language-");
		plain_escape(out, (struct str){ code->info, lang });
		g_string_append_c(out, '"');
	}
	g_string_append_c(out, '>');
	plain_escape(out, code->text);
	g_string_append(out, "</code></pre>\n");
}

static inline void
plain_around(GString *out, const struct node *n, const char *tag)
{
	g_string_append_printf(out, "<%s>", tag);
	plain_children(out, n, false);
	g_string_append_printf(out, "</%s>", tag);
}

static inline void
plain_block(GString *out, const struct node *n, const char *tag)
{
	plain_line(out);
	plain_around(out, n, tag);
	g_string_append_c(out, '\n');
}

static inline void
plain_quote(GString *out, const struct node *n)
{
	plain_line(out);
	g_string_append(out, "<blockquote>\n");
	plain_children(out, n, false);
	plain_line(out);
	g_string_append(out, "</blockquote>\n");
}

static inline void
plain_node(GString *out, const struct node *n, bool is_tight)
{
	switch ((enum node_kind)n->kind) {
	case NODE_DOC: plain_children(out, n, false); break;
	case NODE_QUOTE:
	case NODE_CALLOUT: plain_quote(out, n); break;
	case NODE_LIST: plain_list(out, n); break;
	case NODE_TABLE: plain_table(out, n); break;
	case NODE_PARAGRAPH:
		if (is_tight)
			plain_children(out, n, false);
		else
			plain_block(out, n, "p");
		break;
	case NODE_HEADING: {
		char tag[] = { 'h', (char)('0' + n->heading.level), '\0' };
		plain_block(out, n, tag);
		break;
	}
	case NODE_CODE_BLOCK: plain_code(out, n->code); break;
	case NODE_HTML_BLOCK:
		plain_line(out);
		g_string_append_len(out, n->text.p, (gssize)n->text.len);
		plain_line(out);
		break;
	case NODE_RULE:
		plain_line(out);
		g_string_append(out, "<hr />\n");
		break;
	case NODE_TEXT: plain_escape(out, n->text); break;
	case NODE_SOFTBREAK: g_string_append_c(out, '\n'); break;
	case NODE_LINEBREAK: g_string_append(out, "<br />\n"); break;
	case NODE_CODE:
		g_string_append(out, "<code>");
		plain_escape(out, n->text);
		g_string_append(out, "</code>");
		break;
	case NODE_HTML_INLINE:
		g_string_append_len(out, n->text.p, (gssize)n->text.len);
		break;
	case NODE_EMPH: plain_around(out, n, "em"); break;
	case NODE_BLANK:
	case NODE_STRONG: plain_around(out, n, "strong"); break;
	case NODE_STRIKE: plain_around(out, n, "del"); break;
	case NODE_LINK:
	case NODE_IMAGE: plain_link(out, n); break;
	case NODE_FOOTNOTE_REF:
		g_string_append_printf(out, "<sup>%u</sup>",
		    n->footnote->number);
		break;
	case NODE_MATH: plain_escape(out, n->text); break;
	case NODE_MATH_DISPLAY: plain_escape(out, n->text); break;
	case NODE_COMMENT:
	case NODE_QUIZ:
	case NODE_ITEM:
	case NODE_ROW:
	case NODE_CELL:
	case NODE_FOOTNOTE: break;
	}
}

static inline void
plain_children(GString *out, const struct node *parent, bool is_tight)
{
	node_each(n, parent)
		plain_node(out, n, is_tight);
}

/* Without the addresses of notes and the ways back, which every version of
 * cmark-gfm writes otherwise. */
static inline void
plain_doc(GString *out, const struct doc *doc)
{
	plain_children(out, doc->body, false);
	if (doc->n_footnotes == 0)
		return;
	plain_line(out);
	g_string_append(out, "<section class=\"footnotes\">\n<ol>\n");
	for (size_t i = 0; i < doc->n_footnotes; i++) {
		g_string_append(out, "<li>\n");
		plain_children(out, doc->footnotes[i].body, false);
		plain_line(out);
		g_string_append(out, "</li>\n");
	}
	g_string_append(out, "</ol>\n</section>\n");
}

#endif
