/*
 * The deck beside its lock (book/lock.h): what is stale, what has gone, what
 * has moved; and the lock as it would be written now.
 */
#ifndef ERGEN_ANKI_LOCKING_H
#define ERGEN_ANKI_LOCKING_H

#include "write/anki/decks.h"
#include "write/anki/note.h"
#include "write/writer.h"

/* Part of phase 4: reports how book and lock differ, and two notes of one
 * identity. Nothing without a lock. */
void
locking_check(const struct book *b, const struct brief *in, struct diag *d);
/* writer.lock */
struct lock_changes
locking_write(GString *to, const struct book *b, const struct brief *in);
/* With `retire: tag` calls take with what is left of each note that the lock
 * knows and the book has no more, in the lock's order. */
void locking_each_removed(const struct book *b, const struct brief *in,
    struct arena *a, note_taker *take, void *ctx);

#endif
