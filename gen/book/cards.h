/*
 * What becomes a card besides questions: cells of marked tables, items of
 * marked lists, terms of the glossary, marked callouts. docs/syntax.md has the
 * rules. Private to gen/book.
 */
#ifndef ERGEN_CARDS_H
#define ERGEN_CARDS_H

#include "book/book.h"

struct making;

/* Phase 4, before terms are linked: fills the pages' cards. */
void cards_make(struct making *m, struct diag *d);

#endif
