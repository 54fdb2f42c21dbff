/* Phase 4: what only those who render can find fault with. */
#ifndef ERGEN_RENDER_CHECK_H
#define ERGEN_RENDER_CHECK_H

#include "book/book.h"

/* Code blocks: languages that nobody knows, words behind them. */
void render_check(const struct book *b, struct diag *d);

#endif
