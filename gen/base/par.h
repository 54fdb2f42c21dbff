/*
 * The same work on many items, by several threads. Each thread takes the next
 * item that nobody has taken; the order of the calls is nobody's promise.
 */
#ifndef ERGEN_PAR_H
#define ERGEN_PAR_H

#include <stddef.h>

/* worker: which thread, from 0 to n_threads - 1. */
typedef void par_task(size_t item, unsigned worker, void *ctx);

/* Returns when all items are done. With one thread, or one item, nothing is
 * started. */
void par_run(size_t n_items, unsigned n_threads, par_task *task, void *ctx);

#endif
