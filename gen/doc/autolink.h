/*
 * Bare links: "https://…", "http://…" and "www.…" in plain text become links,
 * as GitHub makes them (https://github.github.com/gfm/#autolinks-extension-).
 * cmark-gfm's own extension is not used: it writes to a global table while it
 * parses, and its time grows with the square of the text. Unlike it, ours
 * leaves mail addresses and ftp:// alone.
 */
#ifndef ERGEN_AUTOLINK_H
#define ERGEN_AUTOLINK_H

#include "base/arena.h"
#include "doc/doc.h"

/* Splits a NODE_TEXT where links stand in it; every new link is added to
 * links (of struct link *). Returns the last node of the split. */
struct node *autolink_split(struct node *text, const struct origin *in,
    GPtrArray *links, struct arena *a);

#endif
