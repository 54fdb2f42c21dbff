/*
 * What may stay of raw HTML: the lists behind port/html.c. They know names
 * only; no parser. Names are spelled as the parser gives them: HTML in lower
 * case, SVG in its own ("linearGradient").
 */
#ifndef ERGEN_PORT_HTML_RULES_H
#define ERGEN_PORT_HTML_RULES_H

#include "base/str.h"

enum html_vocabulary {
	HTML_ELEMENTS,
	SVG_ELEMENTS,
	MATHML_ELEMENTS
};

enum html_verdict {
	HTML_KEEP,
	HTML_UNWRAP, /* without its tags, with its content */
	HTML_DROP /* without its content */
};

/* What HTML_SAFE does with an element. */
enum html_verdict html_judge(enum html_vocabulary v, const char *name);
/* What HTML_ALLOW does with one: only what would spoil the page around it is
 * not kept. */
enum html_verdict html_judge_trusted(enum html_vocabulary v, const char *name);
/* May this attribute of this element stay under HTML_SAFE? */
bool html_attribute_is_safe(enum html_vocabulary v, const char *element,
    const char *name);
/* In lower case, without what browsers skip; "" if there is none. */
void html_url_scheme(struct str url, char scheme[16]);
/* Whether such an attribute of HTML can have this value at all: a direction is
 * "ltr", a number of columns is a number. */
bool html_value_is_good(const char *name, struct str value);
/* Relative, or of a scheme that cannot carry a program. */
bool html_url_is_safe(struct str url);
/* May SVG and MathML have this value? No address but "#id", and that of a
 * link in a picture. */
bool html_foreign_value_is_safe(const char *element, const char *name,
    struct str value);
/* Where the nesting of the tags becomes such that a parser would take minutes
 * (its time grows with the square), or the length of the fragment. Counts
 * tags; knows nothing of which closes which. */
size_t html_too_deep(struct str fragment);
/* No content and no end tag in HTML. */
bool html_is_void(const char *name);
/* Its end tag may be left out where what follows tells that it has ended. */
bool html_end_is_optional(const char *name);
/* Its mere presence is its value. */
bool html_is_boolean(const char *name);

#endif
