/* Addresses made of text. */
#ifndef ERGEN_SLUG_H
#define ERGEN_SLUG_H

#include "base/arena.h"

/* As GitHub makes the anchor of a heading: lower case; letters, marks, digits,
 * underscores and hyphens stay, a space becomes a hyphen, all else goes.
 * https://docs.github.com/en/get-started/writing-on-github (section links) */
char *slug_heading(struct arena *a, struct str text);
/* [a-z0-9]+(-[a-z0-9]+)*, at most `most` bytes, cut between words; letters
 * with marks lose them. May be empty. */
char *slug_ascii(struct arena *a, struct str text, size_t most);

#endif
