/*
 * What cmark does with footnotes without a word: a reference that no definition
 * answers stays text, and a definition that nothing refers to is dropped.
 * https://github.github.com/gfm/ does not have them; they are as on GitHub:
 * https://docs.github.com/en/get-started/writing-on-github
 */
#ifndef ERGEN_DOC_FOOTNOTE_H
#define ERGEN_DOC_FOOTNOTE_H

#include "base/diag.h"
#include "doc/doc.h"

/* Reports both, of a document whose text begins in first_line. */
void
footnotes_check(const struct doc *doc, unsigned first_line, struct diag *d);

#endif
