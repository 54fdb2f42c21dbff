/*
 * A question or card as a note: eleven fields, tags, and the files that it
 * shows.
 *
 * Fields are HTML. They hold what a course decides, its language and direction
 * among it; the note type knows nothing of courses (cards.h).
 */
#ifndef ERGEN_ANKI_NOTE_H
#define ERGEN_ANKI_NOTE_H

#include "write/anki/identity.h"
#include "write/writer.h"

struct note {
	enum note_kind kind;
	const char *guid;
	struct str fields; /* all of them, parted by NOTE_FIELD_END */
	struct str sort; /* the first without markup */
	struct str tags; /* " a b " */
};

#define NOTE_FIELD_END '\x1f'

/* What a page's notes are made with. */
struct note_work {
	const struct brief *in;
	const struct page *page;
	struct arena *arena;
	GPtrArray *media; /* const struct asset, in the order of first use */
};

struct note
note_of_question(const struct question *q, const struct note_work *w);
struct note note_of_card(const struct card *c, const struct note_work *w);
/* The name that a file has in the collection, where all courses' files lie in
 * one folder: "circuit-1f3a9c0d2b4e5f60.svg". Other bytes, other name. */
char *media_name(const struct asset *asset, struct arena *a);

#endif
