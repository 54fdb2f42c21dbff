/* What an exam measures: content/objectives.yaml, and who names it. Private to
 * gen/book. */
#ifndef ERGEN_OBJECTIVES_H
#define ERGEN_OBJECTIVES_H

struct making;
struct diag;

/* Phase 4: fills the book's objectives, and reports names that it has not. */
void objectives_make(struct making *m, struct diag *d);

#endif
