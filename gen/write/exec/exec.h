/*
 * A program of the author's as an output format: `command` in site.yaml. What
 * the two say to each other is in docs/writing-a-writer.md, and as JSON Schema
 * in docs/writer.schema.json.
 */
#ifndef ERGEN_EXEC_H
#define ERGEN_EXEC_H

#include "write/writer.h"

/* Asks the program what it is (--describe) and gives a writer for it, in the
 * arena. It runs in dir. NULL: d says why. */
const struct writer *exec_writer(const struct output *o, const char *dir,
    struct arena *a, struct diag *d);
/* The same writer as a later ergen may feed it: with properties, records and a
 * node that protocol 1 does not know yet. For `ergen writer-test`. */
const struct writer *exec_writer_later(const struct writer *w, struct arena *a);

#endif
