/*
 * Captions of tables: a paragraph directly above that begins with "Table:", as
 * Pandoc has it. https://pandoc.org/MANUAL.html#extension-table_captions
 */
#ifndef ERGEN_CAPTION_H
#define ERGEN_CAPTION_H

#include "doc/doc.h"

/* Takes them out of the blocks below parent, at any depth, and hands them to
 * their tables. */
void captions_take(struct node *parent);

#endif
