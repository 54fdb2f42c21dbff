/*
 * GitHub's alerts: a quote at top level whose first line is "[!TIP]" alone.
 * https://docs.github.com/en/get-started/writing-on-github (alerts)
 */
#ifndef ERGEN_CALLOUT_H
#define ERGEN_CALLOUT_H

#include "base/arena.h"
#include "doc/doc.h"

struct callout_rules {
	const struct callout_kind *kinds; /* titles with a kind of their own */
	size_t n_kinds;
};

/* Turns n, a NODE_QUOTE, into a NODE_CALLOUT if it is one. An alert in another
 * place, or with text on the marker's line, stays a quote with a warning. */
void
callout_recognise(struct node *n, bool is_top_level, const struct origin *in,
    const struct callout_rules *rules, struct arena *a, struct diag *d);

#endif
