/* What the two halves of the GIFT reader share: gift.c reads files and
 * questions, gift_answer.c what stands in braces. */
#ifndef ERGEN_IMPORT_GIFT_H
#define ERGEN_IMPORT_GIFT_H

#include "import/markup.h"

enum format {
	FORMAT_MOODLE, /* text with line ends, in which HTML is HTML */
	FORMAT_HTML,
	FORMAT_PLAIN,
	FORMAT_MARKDOWN
};

struct gift {
	struct import *im;
	const struct origin *in;
	struct bank *bank;
	/* Of the comments before a question. */
	const char *id;
	struct items tags, keys, notes;
};

/* A question being read. */
struct piece {
	struct gift *g;
	struct ask_one *q;
	struct str source; /* all of it, as the file has it */
	/* The same with spaces in place of comments and line ends as LF, so
	 * that an offset in one is an offset in the other. */
	struct str text;
	enum format format; /* of the question, and of what names none */
	bool is_number; /* how to answer it holds the unit */
};

/* The offset of the first c, or "->", that is not escaped, or s.len. */
size_t gift_find(struct str s, char c);
size_t gift_find_arrow(struct str s);
/* Takes "[html]" and the like off *s. */
bool gift_take_format(struct str *s, enum format *format);
/* In the arena: plain text; Markdown of a text in its format. */
const char *gift_plain(struct gift *g, struct str s);
const char *gift_rich(struct piece *p, struct str s, enum text_use use);
/* NULL for an empty text. */
const char *gift_non_empty(const char *text);
/* Adds to what explains the answer; answer, or NULL, is what it is about. */
void gift_explain(struct piece *p, const char *answer, const char *text);
void gift_lose(struct piece *p, struct str part, const char *fmt, ...)
    G_GNUC_PRINTF(3, 4);
/* What stands in braces, without general feedback; fills the kind. */
void gift_read_answers(struct piece *p, struct str s);
/* If all that is to be typed is a word for a gap, the word, or several with
 * bars between them, as plain text; else NULL. */
const char *gift_blank(struct gift *g, struct str answers);

#endif
