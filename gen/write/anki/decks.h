/*
 * The decks of a course: one for the course, below it one for each module, as
 * deep as modules are nested, or for each lesson, too.
 *
 * A deck's full name is its identity in a learner's collection: under a new
 * name he gets a new deck, and the cards that he has stay in the old one. So
 * all names are made in decks.c, and the less their rule changes, the better:
 *
 *	ROOT::NN Title::NN Title
 *
 * ROOT is the option "deck" or the course's title; NN is the number in front
 * of the folder's or file's name and never its place, so that a new lesson
 * renames no other; Title the title of its page, or the folder's name if it has
 * none. Everything lives in the arena that decks_init() is given.
 */
#ifndef ERGEN_ANKI_DECKS_H
#define ERGEN_ANKI_DECKS_H

#include "book/book.h"

enum deck_level {
	DECK_COURSE, /* one deck */
	DECK_MODULE,
	DECK_LESSON
};

/* What site.yaml says of them. */
struct deck_rules {
	const char *root; /* the option "deck", or NULL */
	enum deck_level level;
};

/* "course", "module", "lesson", up to a NULL. */
extern const char *const deck_levels[];
/* A setting of the output anki, or NULL. */
const char *anki_setting(const struct site *site, const char *key);
/* The settings of the output anki, which hold for all kinds of decks. */
struct deck_rules deck_rules_of(const struct site *site);

struct deck {
	const char *name; /* no two are equal for Anki */
	const char *desc; /* HTML */
	long long id; /* means nothing outside of the file */
	/* What it is of, whatever that is called: "net/tcp", the address of a
	 * lesson or of a module's folder; "" of the course; NULL of a deck
	 * above that. */
	const char *key;
	size_t parent; /* index; its own if it is the topmost */
};

struct decks {
	const struct deck *all; /* parents before children */
	size_t n;
	const size_t *of_page; /* by page number: index into all */
	size_t root; /* index: the course's deck */
};

/* The name of the course's deck, with its parents: option, or made of the
 * title if that is NULL or empty. NULL: a level of the option is empty. */
char *
deck_root_name(const struct site *site, const char *option, struct arena *a);
/* Reports such an option; every output with decks may. */
bool deck_root_check(const struct site *site, struct diag *d);
/* The rules' root must be one that deck_root_name() takes. */
void decks_init(struct decks *decks, const struct book *b,
    struct deck_rules rules, struct arena *a);
/* Decks that Anki sorts otherwise than the course does: "100" before "20". */
void decks_check(const struct book *b, struct deck_rules rules, struct diag *d);
/* One deck more, below the course's: for notes that are no more, which is what
 * its name says. */
const struct deck *
decks_add_removed(struct decks *decks, const char *name, struct arena *a);
/* True if the two are one name for Anki. */
bool deck_names_equal(const char *a, const char *b);

#endif
