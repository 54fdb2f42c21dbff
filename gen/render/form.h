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
/* Appends the rules that this quiz needs beside the theme's: its pass mark as a
 * counter style, since only a counter knows how many answers are right, and
 * what its questions count. seen: which rules are there already; a set of
 * numbers that starts empty and is the caller's. */
void form_css_add(GString *out, GHashTable *seen, const struct quiz *quiz,
    const struct words *w);

#endif
