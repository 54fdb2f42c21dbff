/* What `ergen build` says when it is done. */
#ifndef ERGEN_SUMMARY_H
#define ERGEN_SUMMARY_H

#include "cmd/course.h"

struct line {
	const char *name;
	char path[256];
	long long bytes;
	size_t n_files;
	size_t n_cards;
};

struct summary {
	gint64 start; /* microseconds, monotonic */
	struct line lines[16];
	size_t n_lines;
	size_t n_lessons, n_questions;
	bool has_changed;
};

void summary_take(struct summary *s, const struct course *c, const char *dir,
    const struct out *out);
void summary_print(const struct summary *s);

#endif
