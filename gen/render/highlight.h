/*
 * Code with its keywords, strings and comments marked, as HTML that is also
 * XML: at build time, for formats without JavaScript.
 *
 * The classes are the short ones of Pygments
 * (https://pygments.org/docs/tokens/), so that any style sheet made for it
 * fits. Plain names and punctuation stay without a class: no theme colours
 * them, and they are half of all tokens.
 *
 * Pure and thread-safe; nothing can fail. Time is linear in the code, whatever
 * it holds: a lexer here guesses, but never looks twice at what it has passed.
 */
#ifndef ERGEN_HIGHLIGHT_H
#define ERGEN_HIGHLIGHT_H

#include "doc/fence.h"

/* True if there is a lexer for a language or one of its other names, or if it
 * asks for none ("text", "plain", …). Case does not matter. */
bool highlight_knows(struct str lang);
/* Appends code as html_text() would, with <span class="…">…</span> around its
 * tokens. A line that marks (which may be NULL) names is in one more,
 * <span class="hll">…</span>, with its end; no other span holds a line end.
 * Code in an unknown language is one plain token. */
void highlight(GString *out, struct str lang, struct str code,
    const struct fence *marks);

#endif
