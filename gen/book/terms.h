/* The glossary: its terms, and the places where lessons use them. Private to
 * gen/book. */
#ifndef ERGEN_TERMS_H
#define ERGEN_TERMS_H

#include "book/book.h"

struct source;
struct making;

/* Phase 3: fills the terms of the glossary's source. A table of two columns
 * becomes a heading and a paragraph for each row. */
void terms_read(struct source *s, struct arena *a, struct diag *d);
/* Phase 4: in each lesson the first use of a term becomes a link to it. */
void terms_link(struct making *m);

#endif
