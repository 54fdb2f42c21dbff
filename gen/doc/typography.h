/*
 * Quotes, dashes and ellipses as a language prints them, from what a keyboard
 * has: "a" 'b' -- --- ...
 */
#ifndef ERGEN_TYPOGRAPHY_H
#define ERGEN_TYPOGRAPHY_H

#include "base/arena.h"
#include "doc/doc.h"

/* Changes the texts of the tree: of blocks, one paragraph after the other, or
 * of inlines. Code, formulas and raw HTML stay. lang: BCP 47. */
void typography_apply(struct node *tree, const char *lang, struct arena *a);

#endif
