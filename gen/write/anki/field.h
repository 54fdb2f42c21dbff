/*
 * A field in the making: what fields.c and answers.c share.
 */
#ifndef ERGEN_ANKI_FIELD_H
#define ERGEN_ANKI_FIELD_H

#include "book/book.h"
#include "render/html.h"

struct field {
	GString *to;
	/* One of the two; the other is NULL. */
	const struct question *q;
	const struct card *card;
	const struct doc *doc; /* of either */
	const struct html_policy *p;
	bool *used; /* by footnote, in the order of their numbers; or NULL */
};

/* Append a tree, and note what footnotes it refers to. */
void field_blocks(const struct field *f, const struct node *tree);
void field_inlines(const struct field *f, const struct node *tree);
void field_tight(const struct field *f, const struct node *tree);
/* Appends a paragraph that says how to answer. */
void field_how(const struct field *f, enum word word, const char *a);

/* The options, items, choices or the empty table that a question offers, below
 * what it asks; and the same as they are right. Nothing for kinds that are
 * typed. */
void answer_offer(const struct field *f);
void answer_right(const struct field *f);

#endif
