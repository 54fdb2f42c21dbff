/*
 * What is refused before Markdown is parsed: bytes that are no text, and
 * shapes that cost a Markdown parser far more than they are worth.
 */
#ifndef ERGEN_SCAN_H
#define ERGEN_SCAN_H

#include "base/diag.h"

enum {
	SCAN_LINE_MOST = 64 * 1024, /* bytes in a line */
	SCAN_NESTING_MOST = 100, /* quotes and lists inside each other */
	SCAN_COLUMNS_MOST = 100, /* of a table */
	SCAN_CELLS_MOST = 20000, /* of a table */
	SCAN_CELLS_TOTAL = 200000, /* of all tables of a source */
	SCAN_MARKERS_TOTAL = 300000, /* of quotes and lists of a source */
	SCAN_DECLARATIONS_MOST = 500, /* "<!X", "<?" and the like */
	/* Bytes that a source's link definitions may grow to: every use of
	 * one is a copy of its address and title. */
	SCAN_EXPANDED_MOST = 128 * 1024 * 1024
};

/* The first byte that is no text is reported. */
bool
scan_is_text(const struct origin *in, struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
/* The text of an origin from its line first_line on; every fault is reported.
 * False: do not parse it. */
bool scan_text(const struct origin *in, struct str text, unsigned first_line,
    struct diag *d) G_GNUC_WARN_UNUSED_RESULT;

#endif
