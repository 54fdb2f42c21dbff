/*
 * The boxes "[ ]" and "[x]" that items of a list begin with.
 *
 * They are read from the source: cmark-gfm's own flag looks for "[x]" anywhere
 * in the line.
 */
#ifndef ERGEN_BOX_H
#define ERGEN_BOX_H

#include "doc/doc.h"

/* Of the item n; only its place is looked at. */
enum box box_read(const struct doc *doc, const struct node *n);
/* Takes the box out of the item's text, where cmark-gfm left it. */
void box_strip(struct node *n);

#endif
