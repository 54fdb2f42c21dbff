/*
 * Markdown out of other texts. Nothing here keeps anything or can fail; all of
 * it takes valid UTF-8.
 */
#ifndef ERGEN_IMPORT_TEXT_H
#define ERGEN_IMPORT_TEXT_H

#include "base/str.h"

#include <glib.h>

enum text_use {
	TEXT_BLOCKS, /* an empty line parts paragraphs, others are breaks */
	TEXT_LINE, /* all on one line: headings, options of a line */
	TEXT_CELL /* the same in a table */
};

/* Appends plain text so that Markdown shows it as it stands; TeX in \(…\),
 * \[…\] and $$…$$ becomes our math. */
void text_plain(GString *to, struct str text, enum text_use use);
/* A run of text within a line: no white space is added or taken. */
void text_inline(GString *to, struct str text, bool is_cell);
/* The same without formulas: TeX is text, too. */
void text_literal(GString *to, struct str text, bool is_cell);
/* A code span. */
void text_code(GString *to, struct str code, bool is_cell);
/* A fenced block, with its lines. */
void text_fence(GString *to, struct str code, struct str lang);
/* Markdown of another tool as it may stand in a question: headings become bold
 * text, what would be read as an answer, a list of options or a comment of
 * ours is taken out of that meaning, open fences and comments are closed. The
 * blank lines around it go. In a cloze bold text is italic. */
void text_guard(GString *to, struct str markdown, bool is_cloze);
/* The same on one line. */
void text_guard_line(GString *to, struct str markdown, bool is_cell);
/* Ends a block: no white space at the end, then an empty line, unless there is
 * nothing yet. */
void text_block(GString *to);
/* Lines without the white space that all of them begin with. */
void text_dedent(GString *to, struct str text);
/* True if a line begins with what Markdown takes for a list item. */
bool text_is_item(struct str line);

#endif
