/*
 * A quiz as a form that checks its answers by HTML and CSS alone.
 *
 * The markup and the theme's stylesheet belong together: what is hidden is
 * hidden by the `hidden` attribute and shown by rules inside
 * @supports selector(:has(*)), so without CSS nothing is given away and the
 * <details> of each question still teaches.
 */
#ifndef ERGEN_FORM_H
#define ERGEN_FORM_H

#include "book/book.h"
#include "render/html.h"

void form_quiz(GString *out, const struct quiz *q, const struct html_policy *p);
/* The rules for one pass mark: "Passed" and "Not passed" as counter styles,
 * since only a counter knows how many answers are right. */
void form_pass_css(GString *out, unsigned pass_count, const struct words *w);

#endif
