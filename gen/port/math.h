/*
 * TeX formulas as MathML, by the program blahtexml
 * (http://gva.noekeon.org/blahtexml/), if it is installed.
 *
 * Many formulas go through one run of it. What it answers is read strictly
 * and written anew from lists of elements and attributes, so that no formula
 * can bring markup of its own or spoil the answer of another. Keeps nothing
 * and may run in any thread.
 */
#ifndef ERGEN_MATH_H
#define ERGEN_MATH_H

#include "base/arena.h"

struct math_formula {
	struct str tex; /* without its dollars */
	bool is_display;
};

struct math_result {
	/* One well-formed <math> element with namespace, alttext and, for
	 * display math, display="block"; no line ends. Empty if error. */
	struct str mathml;
	const char *error; /* one line for the author, or NULL */
};

/* The path of blahtexml, or NULL: not installed. Look once and keep it. */
const char *math_program(struct arena *a);
/* Fills one result for each formula; all of them live in the arena. False: the
 * program could not be run at all, which is the machine's fault; every result
 * says why. */
bool math_convert(const char *program, const struct math_formula *formulas,
    struct math_result *results, size_t n, struct arena *a);

#endif
