/*
 * Phases 5 and 6: all chosen writers over all pages. Owns threads, order and
 * failure, so that writers need not know of any of them.
 */
#ifndef ERGEN_RUN_H
#define ERGEN_RUN_H

#include "write/writer.h"

/* The jobs of a build, one a writer, in the order of `writers`. */
struct run {
	struct job *jobs;
	size_t n_jobs;
	/* Up to a NULL; see struct job. run_init() sets it to the chosen ones,
	 * a caller that keeps files of others may replace it. */
	const struct writer *const *present;
	const struct book *book;
	unsigned n_threads;
};

/* Option values are looked up in site.yaml; unknown ones are diagnostics. */
void run_init(struct run *r, const struct writer *const *chosen,
    const struct site *site, const struct theme *theme, struct arena *a,
    struct diag *d);
/* Every check hook; part of phase 4. */
void run_check(struct run *r, const struct book *b, struct diag *d);
/* True if every writer finished; publishing is left to the caller. */
bool run_write(struct run *r, const struct book *b, struct out *o,
    struct diag *d) G_GNUC_WARN_UNUSED_RESULT;

#endif
