/*
 * Exact arithmetic on decimals written as text, "-?digits(.digits)?" with as
 * many digits as one likes: an answer such as 2^128 must not be rounded.
 *
 * Arguments are well-formed by contract. Results live in the arena and are
 * canonical: "-" only if less than zero, no needless zero at either end, a
 * point only with a digit on each side. Nothing can fail.
 */
#ifndef ERGEN_DECIMAL_H
#define ERGEN_DECIMAL_H

#include "base/arena.h"

char *decimal_add(struct arena *a, const char *x, const char *y);
char *decimal_sub(struct arena *a, const char *x, const char *y);
/* |x| * percent / 100 */
char *decimal_percent(struct arena *a, const char *x, const char *percent);
/* Less than, equal to or greater than 0, as strcmp(); -0 equals 0. */
int decimal_compare(const char *x, const char *y);

/* A decimal taken apart; the two parts point into its text. */
struct decimal {
	bool is_negative; /* never of zero */
	struct str whole; /* without leading zeros: "" below 1 */
	struct str fraction; /* without trailing zeros */
};

struct decimal decimal_split(const char *text);
/* The digit that stands for 10^power, 0 to 9. */
int decimal_digit(const struct decimal *d, ptrdiff_t power);

#endif
