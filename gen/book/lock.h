/*
 * ergen.lock: what learners have been given, one line a note.
 *
 * `ergen lock` writes it when a deck is released, `ergen build` reads it: a
 * note that has not changed since keeps its time, so that no learner's own
 * edit is overwritten for nothing; and what has gone, moved or changed its
 * name is known. Lines are sorted and columns parted by tabs, so that a
 * version control system shows and merges them well. In front of them stand
 * the version and the id of the course, parted by a tab.
 *
 *	id  kind  live|retired  hash  time  deck  [was=ID]  [NUMBER=BLANK …]
 *
 * A blank that has gone has a "-" before its number, which is never used for
 * another: a learner's schedule hangs on it. Everything is const and lives in
 * the arena that lock_read() is given.
 */
#ifndef ERGEN_LOCK_H
#define ERGEN_LOCK_H

#include "base/arena.h"
#include "base/diag.h"

#define LOCK_NAME "ergen.lock"

struct lock_blank {
	unsigned number; /* from 1 */
	bool is_gone;
	const char *text;
};

struct lock_note {
	const char *id; /* "er/l2", or "c:…" of a card */
	const char *kind; /* key of the note type */
	const char *was; /* the id that it had at first, if another; or NULL */
	const char *hash; /* of all that a learner sees of it */
	const char *deck;
	long long mod; /* seconds since the epoch */
	bool is_retired;
	const struct lock_blank *blanks;
	size_t n_blanks;
	unsigned line; /* in the file */
};

/* --since: what learners have got already, from one of the two. */
struct since {
	const char *name; /* as it was given */
	const char *package; /* path of a package */
	const struct lock *lock; /* of an earlier commit */
};

/* How a new lock differs from the old one. */
struct lock_changes {
	size_t n_notes, n_new, n_changed, n_retired;
	size_t n_moved; /* the same, but in a deck of another name */
};

struct lock {
	struct origin origin;
	const char *course; /* its id; NULL in locks of old */
	const struct lock_note *notes; /* sorted by id, then kind */
	size_t n_notes;
};

/* The file in the folder dir, of a translation its own: lang may be NULL.
 * NULL: there is none, or there is something wrong with it, which has been
 * reported. */
const struct lock *
lock_read(const char *dir, const char *lang, struct arena *a, struct diag *d);
/* The same of a text, which the arena holds; name: for messages. */
const struct lock *
lock_parse(const char *name, struct str text, struct arena *a, struct diag *d);
/* "ergen.lock", or "ergen.de.lock". */
const char *lock_name(const char *lang, struct arena *a);
/* NULL: the lock, which may be NULL, has none such. */
const struct lock_note *
lock_find(const struct lock *l, const char *id, const char *kind);
/* Sorts the notes and appends them as the file has them, under the course's
 * id. */
void
lock_write(GString *to, const char *course, struct lock_note *notes, size_t n);

/* The numbers of a note's n blanks, by their texts: a known text keeps its
 * number; if as many are new as are missing, those have been reworded and keep
 * theirs in order; all others get new ones. old may be NULL. */
void lock_number_blanks(const struct lock_note *old, const char *const *texts,
    size_t n, unsigned *numbers);

#endif
