/*
 * How cards look: the templates of the note types and their style sheet.
 *
 * A learner has one copy of a note type, whatever courses he studies, so
 * nothing here may depend on a course or its language; that goes into the
 * fields. Whoever changes a byte here raises note_type_mod (identity.c), else
 * no learner ever sees it.
 */
#ifndef ERGEN_ANKI_CARDS_H
#define ERGEN_ANKI_CARDS_H

#include "write/anki/identity.h"

struct card_text {
	const char *front, *back;
};

extern const struct card_text card_texts[NOTE_KIND_COUNT][TEMPLATES_MOST];

/* The style sheet, in parts: a compiler need not take more than 4095 bytes. */
enum {
	CARD_CSS_PARTS = 3
};
extern const char *const card_css[CARD_CSS_PARTS];

#endif
