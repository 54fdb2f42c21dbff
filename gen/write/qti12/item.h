/*
 * A question as an item of QTI 1.2, in the way in which Canvas writes and reads
 * it. https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_bindv1p2.html
 */
#ifndef ERGEN_QTI12_ITEM_H
#define ERGEN_QTI12_ITEM_H

#include "write/lms.h"

/* Who gives it the pictures that an item shows. */
typedef void item_pictures(const struct lms_text *t, void *ctx);

struct items {
	GString *to;
	const struct lms *w;
	item_pictures *pictures;
	void *ctx;
};

/* An identifier that is the same in every build, and no other course's. Its
 * parts are put together; the second may be NULL. */
const char *
item_ident(const struct lms *w, const char *kind, const char *a, const char *b);
/* The question as the quiz has it: a mock exam may ask another one's. */
void item_put(const struct items *x, const struct quiz *quiz,
    const struct question *q);
/* Text between questions. number: unlike that of others in the quiz. */
void item_put_text(const struct items *x, const struct quiz *quiz,
    const struct node *text, size_t number);
/* Draws a blank: "[blank1]". */
void
item_blank(GString *out, const struct node *n, const struct html_policy *p);

#endif
