/*
 * The small package of `ergen build --since`: out/<slug>-update.apkg, with the
 * notes that are new or have changed since an earlier package, or since the
 * lock of an earlier commit. Anki leaves alone what a package does not have.
 *
 * What learners have is known by guid, as a hash of what they see and a time.
 * All of it is nothing without b->since; every function takes NULL then.
 */
#ifndef ERGEN_ANKI_UPDATE_H
#define ERGEN_ANKI_UPDATE_H

#include "write/anki/package.h"
#include "write/writer.h"

struct update;

/* What a note is to those who have the earlier deck. */
enum news {
	NEWS_NONE,
	NEWS_NEW,
	NEWS_CHANGED
};

/* Part of phase 4: whether learners would get these notes. */
void update_check(const struct book *b, const struct brief *in, struct diag *d);
/* NULL without b->since. */
struct update *
update_new(const struct book *b, const struct brief *in, struct diag *d);
void update_free(struct update *u);
/* Of a note with a hash; from any thread. */
enum news update_look(const struct update *u, const struct note *n);
/* Every note of the deck, in its order; those that are no news are left out,
 * and what they show. */
bool update_note(struct update *u, const struct note *n,
    const struct deck *deck, enum news news);
void update_medium(struct update *u, const char *name, struct str hash_and_src);
/* Writes the file, or none if nothing has changed, and says which in
 * j->remark. */
bool update_finish(struct update *u, struct job *j, const struct decks *decks);

#endif
