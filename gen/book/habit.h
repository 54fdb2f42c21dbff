/* Quizzes that can be passed without knowing anything. Private to gen/book. */
#ifndef ERGEN_HABIT_H
#define ERGEN_HABIT_H

#include "book/book.h"

/* Warns if the right option is always the longest, or always in the same
 * place. */
void habits_check(const struct quiz *q, struct diag *d);

#endif
