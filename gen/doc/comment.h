/*
 * Comments that mean something: <!-- word[: value] {; key=value} -->.
 *
 * A value runs to the next ";" or stands in double quotes.
 */
#ifndef ERGEN_COMMENT_H
#define ERGEN_COMMENT_H

#include "base/arena.h"
#include "doc/doc.h"

/* block: an HTML block that begins with "<!--". NULL: an ordinary comment, or
 * one that has been reported. */
const struct comment *
comment_parse(struct str block, struct loc at, struct arena *a, struct diag *d);
/* A comment inside of a paragraph or heading: one with a meaning is reported,
 * since it stands in the wrong place. */
void comment_check_inline(struct str html, struct loc at, struct diag *d);
/* The value of a key, or NULL. */
const char *comment_get(const struct comment *c, const char *key);

#endif
