/*
 * Notes of Anki, however they come: fields of HTML, and a type that says what
 * is asked by templates. https://docs.ankiweb.net/templates/intro.html
 */
#ifndef ERGEN_IMPORT_ANKI_H
#define ERGEN_IMPORT_ANKI_H

#include "import/bank.h"

struct anki_template {
	const char *front, *back; /* HTML with {{Field}} */
};

struct anki_type {
	const char *name;
	bool is_cloze;
	const char *const *fields; /* names */
	size_t n_fields;
	const struct anki_template *templates;
	size_t n_templates;
	bool has_scripts; /* reported already */
};

struct anki_note {
	const struct anki_type *type;
	const char *const *values; /* HTML, as many as fields */
	const char *guid; /* "" if none */
	const char *tags; /* parted by spaces */
	struct loc at;
};

struct anki {
	struct import *im;
	/* The link to a file of the collection, or NULL; or NULL. */
	const char *(*file)(const char *name, void *ctx);
	void *ctx;
	/* What ergen's own cards say about how to choose: "Choose all that
	 * apply." in their language, once a question tells. */
	const char *how_many, *how_none;
};

/* Adds what a note asks to a bank; several questions if its cards differ. */
void anki_add(struct anki *k, struct bank *b, const struct anki_note *n);
/* Once all notes are there: choices of which one option is right, and which
 * say that several may be. */
void anki_finish(struct anki *k);
/* The types that every collection has, by a part of their name; for notes that
 * come without theirs. Never NULL. */
const struct anki_type *
anki_known_type(struct import *im, const char *name, size_t n_fields);
/* "A::B" as a bank's name: "A / B". */
const char *anki_deck_name(struct import *im, struct str deck);

#endif
