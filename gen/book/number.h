/*
 * Answers that are numbers: NUM [± NUM] [unit] or NUM..NUM [unit], with NUM =
 * -?digits(.digits)?. Private to gen/book.
 */
#ifndef ERGEN_NUMBER_H
#define ERGEN_NUMBER_H

#include "book/question.h"

enum {
	NUMBER_LONG = 40 /* characters: 2^128 has 39 */
};

/* Takes "-?digits(.digits)?" off *s. */
bool number_take(struct str *s, struct str *number);
/* Letters, "%", "°" and the like; no digit, no bar, and no half of "+-". */
bool number_is_unit(struct str s);
/* Reads an "Answer:" paragraph; true if it is a number and nothing else. */
bool number_read(const struct question_maker *k, const struct node *paragraph,
    struct number *out);
/* Fills from and to, or reports why there are none. */
void
number_check(const struct question_maker *k, struct loc at, struct number *n);
/* Is the text a number from n->from to n->to? */
bool number_holds(const struct number *n, const char *text);

/* "21.6 ± min", "20..": an "Answer:" paragraph meant as a number, and none. */
bool number_is_broken(const struct node *paragraph);
/* Reports one that looks like a number and is read as a text. */
void number_warn(const struct question_maker *k, const struct node *paragraph);

#endif
