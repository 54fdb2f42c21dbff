/*
 * Answers that are typed, as values of the attribute `pattern` of <input>:
 * https://html.spec.whatwg.org/multipage/input.html#the-pattern-attribute
 *
 * Browsers compile it with the flag v, older ones with u, and ignore a pattern
 * that does not compile: then every answer would count as right. So what these
 * write is valid under both. It is not escaped as an attribute yet.
 *
 * Pure; nothing can fail. What a learner types is compared as it is: an é made
 * of e and a combining accent is not the é of the pattern, which is in NFC.
 */
#ifndef ERGEN_PATTERN_H
#define ERGEN_PATTERN_H

#include "book/book.h"

/* Decimals from low to high, both included, each "-?digits(.digits)?": with
 * any number of digits, needless zeros and white space around; with a point or
 * a comma, which may have digits on one side only; with "+", "-" or U+2212.
 * No units, no exponents, no grouping. Nothing matches if low > high, or if
 * one has more than PATTERN_DIGITS digits: groups nest as deep as digits go on,
 * and browsers refuse what nests too deep. */
enum {
	PATTERN_DIGITS = 200
};
void pattern_number(GString *out, const char *low, const char *high);
/*
 * Any of n texts. Unless is_exact, white space may stand or be missing between
 * any two characters, and a letter stands for its upper, lower and title case
 * if each is one character: "ß" is not "SS". Around a text, white space never
 * matters. A text of white space alone is no answer and matches nothing, as
 * does n == 0.
 */
void pattern_texts(GString *out, const struct accepted *texts, size_t n);

#endif
