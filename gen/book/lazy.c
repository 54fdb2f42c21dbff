#include "book/lazy.h"

/* Columns that a line is indented by; len is set to the bytes. */
static unsigned
indent_of(struct str line, size_t *len)
{
	unsigned col = 0;

	for (*len = 0; *len < line.len; ++*len) {
		if (line.p[*len] == '\t')
			col += 4 - col % 4;
		else if (line.p[*len] == ' ')
			col++;
		else
			break;
	}
	return col;
}

/* Where the box of an item stands, in columns from 0; *behind: the text after
 * the box on its line. */
static unsigned
box_column(struct str line, struct str *behind)
{
	size_t box = str_find(line, '['), blank;

	*behind = str_trim(str_from(line, box + 3));
	struct str before = str_upto(line, box);
	unsigned col = indent_of(before, &blank);
	return col + (unsigned)(box - blank);
}

/* Where the text of a numbered item stands, in columns from 0. */
static unsigned
text_column(struct str line)
{
	size_t blank, behind;
	unsigned col = indent_of(line, &blank);
	size_t i = blank;

	while (i < line.len && line.p[i] != ' ' && line.p[i] != '\t')
		i++;
	col += (unsigned)(i - blank);
	return col + indent_of(str_from(line, i), &behind);
}

/* A line that neither is indented to the item's text nor begins with ">" was
 * taken into the item by Markdown's lazy continuation. */
static void
check_lines(const struct question_maker *k, const struct node *item,
    unsigned text_col, unsigned end_line)
{
	const struct doc *doc = k->doc;
	bool was_blank = false;

	for (unsigned no = item->line + 1; no < end_line && no <= doc->n_lines;
	     no++) {
		struct str line = doc_line(doc, no);
		size_t blank;
		unsigned col = indent_of(line, &blank);
		bool is_blank = blank == line.len;
		bool is_ours = is_blank || col >= text_col ||
		    line.p[blank] == '>';
		/* Behind an empty line, or a comment, something else begins. */
		if (!is_ours &&
		    (was_blank || str_starts(str_from(line, blank), "<!--")))
			return;
		was_blank = is_blank;
		if (is_ours)
			continue;
		diag_at(k->diag, DIAG_OPTION_LAZY_LINE,
		    (struct loc){ doc->origin, no, (unsigned)blank + 1 }, NULL);
		diag_help(k->diag,
		    "put an empty line before the explanation, or indent the line to the text above it");
		return;
	}
}

/* A code block would begin here if the box were not a text in front of it.
 * https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
static bool
opens_fence(struct str s)
{
	if (str_starts(s, "~~~"))
		return true;
	size_t n = 0;
	while (n < s.len && s.p[n] == '`')
		n++;
	return n >= 3 && str_find(str_from(s, n), '`') == s.len - n;
}

void
lazy_check_option(const struct question_maker *k, const struct node *item,
    unsigned end_line)
{
	struct str behind;
	unsigned col = box_column(doc_line(k->doc, item->line), &behind);

	if (behind.len && !opens_fence(behind)) {
		check_lines(k, item, col, end_line);
		return;
	}
	diag_at(k->diag, DIAG_OPTION_EMPTY, node_loc(k->doc->origin, item),
	    NULL);
	diag_help(k->diag,
	    "put the first words on this line, a code block below them");
}

void
lazy_check_item(const struct question_maker *k, const struct node *item,
    unsigned end_line)
{
	check_lines(k, item, text_column(doc_line(k->doc, item->line)),
	    end_line);
}
