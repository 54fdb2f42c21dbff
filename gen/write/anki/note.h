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
	const char *id; /* as in its field */
	struct loc at;
	/* What the lock knows of it, or NULL. */
	const struct lock_note *old;
	const char *was; /* the id that its guid is made of; NULL: id */
	long long mod;
	const char *hash; /* NULL: nobody needs it */
	/* Of a cloze: their texts, and their numbers in the field. */
	const char *const *blanks;
	const unsigned *numbers;
	size_t n_blanks;
	const char *guid;
	struct str fields; /* all of them, parted by NOTE_FIELD_END */
	struct str sort; /* the first without markup */
	struct str tags; /* " a b " */
};

#define NOTE_FIELD_END '\x1f'

/* FIELD_QUESTION. */
struct str note_first_field(const struct note *n);
/* How many cards Anki makes of it. Raw HTML that is left out here may have
 * taken all blanks with it; a note without cards would be a fault in the
 * learner's collection. */
unsigned note_n_cards(const struct note *n);

/* What a page's notes are made with. */
struct note_work {
	const struct brief *in;
	const struct page *page;
	struct arena *arena;
	GPtrArray *media; /* const struct asset, in the order of first use */
	const struct lock *lock; /* or NULL */
	bool is_hashed; /* without a lock, too */
	long long time; /* the build's */
};

typedef void note_taker(const struct note *note, void *ctx);

/* All notes of the page, in reading order. */
void notes_of_page(const struct note_work *w, note_taker *take, void *ctx);
/* Likewise of the whole book, without making any: what the lock knows of each,
 * NULL for new ones. */
typedef void old_taker(const struct lock_note *old, void *ctx);
void notes_known(const struct book *b, old_taker *take, void *ctx);
/* The same with notes that have a hash. What a note points to lives only until
 * take returns. */
void notes_of_book(const struct brief *in, const struct book *b,
    note_taker *take, void *ctx);
/* Of all that a learner sees of a note. */
const char *note_hash(enum note_kind kind, struct str fields, struct str tags,
    struct arena *a);
/* NOTE_KIND_COUNT: there is none such. */
enum note_kind note_kind_of_key(const char *key);
/* What is left of a note that the course has no more. */
struct note note_removed(const struct lock_note *old, const struct brief *in,
    struct arena *a);

#endif
