/*
 * The file: a ZIP archive of an SQLite database ("collection.anki2", Anki's
 * schema 11), a JSON map of media names, and the media. This old form is read
 * by every Anki from 2.1.44 on; the newer one gains nothing here.
 *
 * Everything in it follows from the notes, their order and the build's time.
 * What fails has been reported.
 */
#ifndef ERGEN_ANKI_PACKAGE_H
#define ERGEN_ANKI_PACKAGE_H

#include "write/anki/decks.h"
#include "write/anki/note.h"

struct package;

struct package *package_new(long long time, struct diag *d);
/* NULL is allowed. */
void package_free(struct package *p);
/* Adds a note with its cards. A guid that is there already is left out,
 * and a cloze without a blank. */
bool package_note(struct package *p, const struct note *note,
    const struct deck *deck);
/* Leaves out a note that another package of the same notes has: those behind it
 * are numbered as there. */
void package_skip(struct package *p);
/* A file under a name: its fs_hash() and its path, without a gap. One name is
 * taken once. */
void
package_medium(struct package *p, const char *name, struct str hash_and_src);
/* Adds decks and note types; archive lives until package_free(). */
bool package_finish(struct package *p, const struct decks *decks,
    struct str *archive);
size_t package_n_cards(const struct package *p);

#endif
