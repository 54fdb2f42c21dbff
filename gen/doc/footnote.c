#include "doc/footnote.h"

enum {
	INDENT_MOST = 3 /* of a definition; more makes code */
};

/* The "[^label]" that s begins with, or nothing. */
static struct str
take_mark(struct str s)
{
	size_t n = strlen("[^");

	if (!str_starts(s, "[^"))
		return str_upto(s, 0);
	while (n < s.len && !is_space(s.p[n]) && !strchr("[]^", s.p[n]))
		n++;
	return n > strlen("[^") && n < s.len && s.p[n] == ']'
	    ? str_upto(s, n + 1)
	    : str_upto(s, 0);
}

/* References. */

static void
report_reference(const struct doc *doc, unsigned line, size_t at,
    struct str mark, struct diag *d)
{
	diag_at(d, DIAG_FOOTNOTE_MISSING,
	    (struct loc){ doc->origin, line, (unsigned)at + 1 }, "%.*s",
	    STR_ARG(mark));
	diag_help(d, "define it: '%.*s: …'; or write \\%.*s if it is text",
	    STR_ARG(mark), STR_ARG(mark));
}

/* A text stands in one line. What stands there behind a backslash is meant as
 * text, and so is what does not stand there as it is. */
static void
check_text(const struct doc *doc, const struct node *n, struct diag *d)
{
	const struct str line = doc_line(doc, n->line);
	struct str source = str_from(line, n->col ? n->col - 1 : 0);

	for (struct str rest = n->text; rest.len;) {
		rest = str_from(rest, str_find(rest, '['));
		const struct str mark = take_mark(rest);
		rest = str_from(rest, MAX(mark.len, 1));
		if (mark.len == 0)
			continue;
		const char *at = memmem(source.p, source.len, mark.p, mark.len);
		if (!at)
			return;
		if (at == line.p || at[-1] != '\\')
			report_reference(doc, n->line, (size_t)(at - line.p),
			    mark, d);
		source = str_from(source, (size_t)(at - source.p) + mark.len);
	}
}

static void
check_references(const struct doc *doc, const struct node *parent,
    struct diag *d)
{
	node_each(n, parent) {
		if (n->kind == NODE_TEXT)
			check_text(doc, n, d);
		if (n->kind == NODE_TABLE && n->table.caption)
			check_references(doc, n->table.caption, d);
		check_references(doc, n, d);
	}
}

/* Definitions. */

static struct str
take_definition(struct str line)
{
	size_t indent = 0;

	while (indent < line.len && line.p[indent] == ' ')
		indent++;
	const struct str mark = take_mark(str_from(line, indent));
	const struct str behind = str_from(line, indent + mark.len);
	return indent <= INDENT_MOST && str_starts(behind, ":")
	    ? mark
	    : str_upto(mark, 0);
}

/* Lines that are no text: a listing's with its fence, and of raw HTML. */
static void
mark_literal(bool *is_literal, size_t n_lines, const struct node *parent)
{
	node_each(n, parent) {
		struct str text = { NULL, 0 };
		if (n->kind == NODE_CODE_BLOCK)
			text = n->code->text;
		else if (n->kind == NODE_HTML_BLOCK)
			text = n->text;
		else if (n->kind < NODE_PARAGRAPH)
			mark_literal(is_literal, n_lines, n);
		for (size_t no = n->line; text.len && no <= n_lines; no++) {
			is_literal[no] = true;
			/* The fence, which is not in the text. */
			if (no > n->line || n->kind == NODE_HTML_BLOCK)
				(void)str_line(&text);
		}
	}
}

/* Comments are no part of the tree. */
static bool
ends_in_comment(struct str line, bool is_inside)
{
	for (;;) {
		const char *mark = is_inside ? "-->" : "<!--";
		const char *at = memmem(line.p, line.len, mark, strlen(mark));
		if (!at)
			return is_inside;
		line = str_from(line, (size_t)(at - line.p) + strlen(mark));
		is_inside = !is_inside;
	}
}

static void
report_definition(const struct doc *doc, unsigned line, struct str mark,
    unsigned other, struct diag *d)
{
	diag_at(d, DIAG_FOOTNOTE_UNUSED, (struct loc){ doc->origin, line, 1 },
	    "%.*s", STR_ARG(mark));
	if (other)
		diag_help(d, "line %u defines it, too", other);
	else
		diag_help(d, "write %.*s where it belongs", STR_ARG(mark));
}

static void
check_definitions(const struct doc *doc, unsigned first_line, struct diag *d)
{
	g_autofree bool *is_literal = g_new0(bool, doc->n_lines + 1);
	g_autofree bool *is_shown = g_new0(bool, doc->n_lines + 1);
	g_autoptr(GHashTable)
	    seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bool is_inside = false;

	mark_literal(is_literal, doc->n_lines, doc->body);
	for (size_t i = 0; i < doc->n_footnotes; i++) {
		const struct node *body = doc->footnotes[i].body;
		mark_literal(is_literal, doc->n_lines, body);
		if (body->line <= doc->n_lines)
			is_shown[body->line] = true;
	}
	for (unsigned no = first_line; no <= doc->n_lines; no++) {
		const struct str line = doc_line(doc, no);
		const bool is_text = !is_literal[no] && !is_inside;
		if (!is_literal[no])
			is_inside = ends_in_comment(line, is_inside);
		const struct str mark = take_definition(line);
		if (!mark.len || !is_text)
			continue;
		/* Labels that differ in case only are the same. */
		g_autofree char *label = g_utf8_casefold(mark.p,
		    (gssize)mark.len);
		const unsigned other = GPOINTER_TO_UINT(
		    g_hash_table_lookup(seen, label));
		if (!is_shown[no])
			report_definition(doc, no, mark, other, d);
		if (!other)
			g_hash_table_insert(seen, g_steal_pointer(&label),
			    GUINT_TO_POINTER(no));
	}
}

void
footnotes_check(const struct doc *doc, unsigned first_line, struct diag *d)
{
	if (!str_has(doc->origin->text, "[^", 1))
		return;
	check_references(doc, doc->body, d);
	for (size_t i = 0; i < doc->n_footnotes; i++)
		check_references(doc, doc->footnotes[i].body, d);
	check_definitions(doc, first_line, d);
}
