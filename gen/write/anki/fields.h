/*
 * What a note asks and answers: the five fields that a question or card fills,
 * as HTML, each with the footnotes that it refers to. How they look is
 * cards.h's business, and what else a note holds is note.h's.
 */
#ifndef ERGEN_ANKI_FIELDS_H
#define ERGEN_ANKI_FIELDS_H

#include "book/book.h"
#include "render/html.h"
#include "write/anki/identity.h"

/* What a note asks: one of the two, the other is NULL. */
struct asked {
	const struct question *question;
	const struct card *card;
};

/* By its kind alone: whatever else is mended in a question, its note stays. */
enum note_kind note_kind_of(enum question_kind kind);
enum note_kind note_kind_of_card(enum card_kind kind);
/* Appends FIELD_QUESTION … FIELD_HINT; nothing if the note has no such. Those
 * of a cloze are still to be finished (cloze.h). */
void field_make(GString *to, enum note_field field, struct asked asked,
    const struct html_policy *p);

#endif
