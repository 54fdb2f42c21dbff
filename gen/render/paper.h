/*
 * Quizzes as on paper: what all formats share in which nothing can be clicked.
 * What is to be chosen from has letters, in the order in which it is shown.
 */
#ifndef ERGEN_PAPER_H
#define ERGEN_PAPER_H

#include "book/book.h"

/* The letter of a place, from 0: A … Z, AA … */
void paper_letter(GString *out, size_t place);
/* What may be chosen in a place of those that are shown; or NULL. */
const struct node *paper_offered(const struct question *q, size_t place);
/* The place, from 0, that an item or a right side is shown at. */
size_t paper_place(const struct question *q, size_t i);
/* The right answer in letters: "B", "A, C", "C, A, B", "1 B, 2 A"; nothing of
 * kinds without. */
void paper_right(GString *out, const struct question *q);
/* The option that is the answer, if it is one alone; or NULL. */
const struct option *paper_only_right(const struct question *q);
/* What the link of a question's source is called. */
const char *paper_source(const struct link *l);
/* The level of the heading that a quiz of the page stands below; its questions
 * are one deeper. From 1. */
unsigned paper_level(const struct doc *doc, const struct quiz *quiz);
/* The same behind a text of the quiz. */
unsigned paper_level_behind(const struct node *text, unsigned level);

#endif
