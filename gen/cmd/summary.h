/* What `ergen build` says when it is done. */
#ifndef ERGEN_SUMMARY_H
#define ERGEN_SUMMARY_H

#include "cmd/course.h"

struct line {
	const char *name;
	char path[256];
	long long bytes;
	size_t n_files;
	char remark[REMARK_MOST]; /* or "" */
	size_t n_cards;
	size_t n_lessons, n_questions; /* of its language */
};

/* In the order in which they end. */
enum phase_end {
	END_CONFIGURE,
	END_PARSE, /* scan and parse */
	END_CHECK, /* link and check */
	END_WRITE, /* render and emit */
	END_PUBLISH,
	END_COUNT
};

struct summary {
	gint64 ends[END_COUNT]; /* microseconds, monotonic; 0: not reached */
	double tree_ratio; /* bytes of tree for a byte of source */
	gint64 start; /* microseconds, monotonic */
	struct line lines[64];
	size_t n_lines;
	/* The first lock that a deck was written without, or NULL; of the
	 * course. */
	const char *no_lock;
	bool has_changed;
};

/* Notes that a phase has ended; always true. */
bool summary_end(struct summary *s, enum phase_end end);
void summary_take(struct summary *s, const struct course *c, const char *dir,
    const struct out *out);
void summary_print(const struct summary *s);
/* What the formats had to simplify; nothing if they did not. shows_all: every
 * question, not only the first few of a kind. */
void summary_print_losses(const struct course *c, bool shows_all);
/* All of it as JSON: docs/summary.schema.json. */
void summary_print_json(const struct summary *s, const struct course *c);
/* For --times. */
void summary_print_times(const struct summary *s);

#endif
