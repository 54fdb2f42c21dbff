/*
 * Formulas as an extension of cmark's, for md.c alone. cmark has to know of
 * them, or "_" and "*" in a formula would be emphasis. They are nodes of the
 * kind CODE, which may stand wherever inlines may.
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
 */
#ifndef ERGEN_DOC_MD_MATH_H
#define ERGEN_DOC_MD_MATH_H

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

/* How a formula is delimited. */
enum math_form {
	MATH_NONE, /* it is code */
	MATH_DOLLAR, /* $a$ */
	MATH_DOLLARS, /* $$a$$ */
	MATH_CODE, /* $`a`$ */
	MATH_FORM_COUNT
};

/* A new one, which makes its nodes with mem; both live as long as the process.
 */
cmark_syntax_extension *math_extension_new(cmark_mem *mem);
/* In each thread, before the inlines of a text are parsed with it. */
void math_begin(void);
/* Of a node of the kind CODE. */
enum math_form math_form_of(cmark_node *code);

#endif
