/* What one sitting of a quiz shows: its order, the draw, its points. Private
 * to gen/book. */
#ifndef ERGEN_SITTING_H
#define ERGEN_SITTING_H

#include "book/book.h"

/* Fills all of the quiz that follows from its parts: their order and numbers,
 * drawn, n_asked, n_points, pass_count. draw: so many questions, or -1 for
 * all; at: where it is given. The quiz has its id, shuffle and pass, and parts
 * as the source has them. */
void sitting_make(struct quiz *q, struct quiz_part *parts, int draw,
    struct loc at, struct arena *a, struct diag *d);
/* Where a key of the front matter has its value, or the top of the file; item
 * of a list, or -1 for the whole of it. */
struct source;
struct loc sitting_place(const struct source *s, const char *key, long item);
/* Mock exams: fills the quizzes with `from`. Every page has its address. */
struct making;
void mocks_make(struct making *m, struct diag *d);

#endif
