/*
 * The info string of a fenced code block
 * (https://spec.commonmark.org/0.31.2/#info-string):
 *
 *     ```bash title="deploy.sh" {2,4-6}
 *
 * The first word is the language, up to a space, a tab, a comma or a brace.
 * Behind it, in any order and parted by spaces or commas: title="…" (or '…',
 * or one word), and the lines to mark as {2,4-6}, hl=2,4-6 or
 * hl_lines="2 4-6", counted from 1. Pure; nothing can fail: what is not
 * understood is skipped, and its first word kept for who wants to report it.
 */
#ifndef ERGEN_FENCE_H
#define ERGEN_FENCE_H

#include "base/arena.h"

struct line_range {
	unsigned from, to; /* both are marked */
};

struct fence {
	struct str lang; /* as written; borrowed from info; may be empty */
	const char *title; /* or NULL */
	const struct line_range *lines; /* ascending, with gaps between */
	size_t n_lines;
	struct str bad; /* the first word not understood; or empty */
};

/* The results live as long as info and a. */
void fence_parse(struct str info, struct arena *a, struct fence *out);
/* True if a line of the code, from 1, is marked. */
bool fence_marks(const struct fence *f, unsigned line);
/* True if this line of a source, whatever quotes and lists stand around it,
 * closes a fence of so many marks. */
bool fence_closes(struct str line, char mark, size_t length);

#endif
