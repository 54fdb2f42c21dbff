/* One question out of the blocks below its heading. Private to gen/book. */
#ifndef ERGEN_QUESTION_H
#define ERGEN_QUESTION_H

#include "book/book.h"

struct question_maker {
	const struct doc *doc;
	struct arena *arena;
	struct diag *diag;
	/* "True" and "False" beside the English words, or NULL. */
	const char *const *truth;
};

/* A list in which at least one item has a box. */
bool question_is_answer_list(const struct node *n);
/* Reports a comment that means something, but not there. */
void
question_misplaced(const struct question_maker *k, const struct node *comment);
/* Raw HTML reaches to the next empty line: a heading on its way is lost. True
 * if one is, which has been reported. */
bool question_check_html(const struct question_maker *k, const struct node *n);
/* blocks: a container, or NULL; end: what follows the question in the source,
 * or NULL. Fills all of q but id, anchor, quiz and shown. */
void question_make(struct question_maker *k, struct node *heading,
    struct node *blocks, const struct node *end, struct question *q);
/* The key of a question without one; longer: the first is taken. */
void
question_derive_key(struct question_maker *k, struct question *q, bool longer);
/* Fills q->shown; needs q->id. */
void question_arrange(struct question_maker *k, struct question *q,
    enum shuffle shuffle);

#endif
