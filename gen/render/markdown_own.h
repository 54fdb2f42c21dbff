/* What the markdown*.c files share; only they see it. */
#ifndef ERGEN_MARKDOWN_OWN_H
#define ERGEN_MARKDOWN_OWN_H

#include "base/text.h"
#include "render/markdown.h"

/* Where a text stands. */
enum {
	MARK_START = 1, /* a line begins with it */
	MARK_END = 2, /* a line ends with it */
	MARK_EDGE_FIRST = 4, /* it is next to a delimiter of emphasis */
	MARK_EDGE_LAST = 8,
	MARK_CELL = 16, /* whoever calls writes "|" as "\|" */
	MARK_HEADING = 32,
	MARK_BEFORE_LINK = 64 /* "!" would make it an image */
};

/* Text that means itself, from where out ends. */
void markdown_escape(GString *out, struct str s, unsigned where);
/* What stands in a cell: with "|" as "\|". */
void markdown_bars(GString *out, struct str s);
/* A tag of raw HTML, or a block of it, with its links resolved. */
void
markdown_raw(GString *out, struct str html, const struct markdown_policy *p);

#endif
