/*
 * The deck beside its lock (book/lock.h): what is stale, what has gone, what
 * has moved; and the lock as it would be written now.
 */
#ifndef ERGEN_ANKI_LOCKING_H
#define ERGEN_ANKI_LOCKING_H

#include "write/anki/decks.h"
#include "write/writer.h"

/* Part of phase 4: reports how book and lock differ, and two notes of one
 * identity. Nothing without a lock. */
void
locking_check(const struct book *b, const struct brief *in, struct diag *d);
/* writer.lock */
struct lock_changes
locking_write(GString *to, const struct book *b, const struct brief *in);
/* By note of the lock: whether the book has it no more. For g_free(). */
bool *locking_find_removed(const struct book *b);

#endif
