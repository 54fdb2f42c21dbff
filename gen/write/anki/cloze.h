/*
 * Blanks in Anki's syntax, {{c1::text}}.
 *
 * Anki looks for it in the HTML of every field, code and attributes included,
 * makes a card for each number that it finds, and ends a blank at the first
 * "}}" and its text at the first "::". So a blank is drawn
 * with control characters, which no HTML holds, and when the field is complete
 * they become braces and colons, and all others that could be mistaken for them
 * become character references.
 */
#ifndef ERGEN_ANKI_CLOZE_H
#define ERGEN_ANKI_CLOZE_H

#include "render/html.h"

/* For html_policy.blank. policy.question: the numbers of the blanks, in reading
 * order; or NULL, they are counted. */
void
cloze_blank(GString *out, const struct node *n, const struct html_policy *p);
/* Of every field of a note with blanks. */
void cloze_finish(GString *field);
/* The number of the next blank in a finished field, which *rest then begins
 * behind; 0 if there is none. */
unsigned cloze_next(struct str *rest);

#endif
