/*
 * What ergen has to say to the author, and of the machine.
 *
 * A diagnostic is an identifier from diag.def, a place in a source file and a
 * short variable part. Code that meets a problem reports it and goes on; the
 * driver of a phase asks diag_worst() before it starts the next phase.
 *
 * A sink belongs to one thread at a time. Every task has its own; the driver
 * joins them with diag_merge(). What is printed is sorted, so that it does
 * not depend on the order of the joins.
 */
#ifndef ERGEN_DIAG_H
#define ERGEN_DIAG_H

#include "base/str.h"

#include <glib.h>

#include <stdio.h>

enum diag_level {
	DIAG_NONE,
	DIAG_NOTE,
	DIAG_WARNING,
	DIAG_ERROR,
	DIAG_FATAL /* the machine's fault, not the author's */
};

enum diag_id {
#define D(id, level, text) DIAG_##id,
#include "base/diag.def"
#undef D
	DIAG_ID_COUNT
};

/* A source as the author knows it. Lives at least as long as every sink that
 * mentions it; text may be empty if it was never read. */
struct origin {
	const char *path; /* relative to the course folder */
	struct str text;
};

/* line and col count from 1, col in bytes; 0 is unknown. */
struct loc {
	const struct origin *in; /* NULL: no file in particular */
	unsigned line, col;
};

/* A place on the way to the one that is reported. */
struct diag_step {
	const char *text;
	struct loc at; /* with a file */
};

struct diag_item {
	enum diag_id id;
	struct loc at;
	const char *detail, *help; /* "" if none; of the sink */
	const struct diag_step *steps; /* the nearest first; of the sink */
	size_t n_steps;
};

struct diag;

struct diag *diag_new(void);
void diag_free(struct diag *d);
void diag_at(struct diag *d, enum diag_id id, struct loc at, const char *fmt,
    ...) G_GNUC_PRINTF(4, 5);
/* Adds a "help:" line to the diagnostic reported last in this sink. */
void diag_help(struct diag *d, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
/* Adds a line to it: what led there, the nearest first, "included from" and the
 * place. Reports that differ in nothing else are shown once. */
void diag_from(struct diag *d, const char *text, struct loc at);
/* Reports errno for path as DIAG_IO. Always false, so that a failed call can
 * be reported and handed on in one statement; errno is kept. */
bool diag_errno(struct diag *d, const char *path);
/* Any other fault of the machine; always false. */
bool diag_machine(struct diag *d, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
/* Empties from. */
void diag_merge(struct diag *into, struct diag *from);
/* Takes back what was said of a text. */
void diag_drop(struct diag *d, const struct origin *in);
/* The level of one diagnostic, as site.yaml's "diagnostics:" wants it. Errors
 * may not be lowered: false. */
bool diag_set_level(struct diag *d, enum diag_id id, enum diag_level level);
enum diag_level diag_worst(const struct diag *d);
size_t diag_count(const struct diag *d, enum diag_level level);
/* The level of one diagnostic now. */
enum diag_level diag_level_of(const struct diag *d, enum diag_id id);
/* Sorted by path, line, column, id; equal ones once. They are the sink's own,
 * until something is reported to it. */
const struct diag_item *diag_sorted(struct diag *d, size_t *n);
/* As text for people. At most `most` are shown, errors before all others, 0 for
 * all; then a line says how many more there are. diag_print.h has the other
 * formats. */
void diag_print(struct diag *d, FILE *to, size_t most);

/* "link-broken" for DIAG_LINK_BROKEN; buf is filled and returned. */
const char *diag_name(enum diag_id id, char buf[40]);
enum diag_level diag_default_level(enum diag_id id);
const char *diag_text(enum diag_id id);
/* DIAG_ID_COUNT if there is no such name. */
enum diag_id diag_find(struct str name);

/* The candidate nearest to word by edit distance, or NULL if none is near.
 * Candidates end with NULL. */
const char *nearest(const char *word, const char *const *candidates);

#endif
