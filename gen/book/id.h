/* Ids of quizzes and questions, and what is made of them. */
#ifndef ERGEN_ID_H
#define ERGEN_ID_H

#include "base/arena.h"

/* [a-z0-9]+(-[a-z0-9]+)* */
bool id_is_valid(struct str id);
/* The id of a question whose source gives none: made of its title and, if
 * that is long, of the whole question. The same text gives the same id;
 * `ergen id` writes it into the source. */
char *id_derive(struct arena *a, struct str title, struct str whole);
/* The same with a suffix made of the whole question, for a taken one. */
char *id_derive_longer(struct arena *a, struct str title, struct str whole);
/* A fixed arrangement of 0 … n - 1 that depends on the seed alone. */
void id_shuffle(const char *seed, unsigned *order, size_t n);

#endif
