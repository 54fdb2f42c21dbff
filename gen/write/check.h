/* Phase 4: what no single format finds fault with, but all would show. */
#ifndef ERGEN_WRITE_CHECK_H
#define ERGEN_WRITE_CHECK_H

#include "book/book.h"

/* Code blocks: languages that nobody knows, words behind them. */
void code_check(const struct book *b, struct diag *d);

#endif
