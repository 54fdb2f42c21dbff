/* What the form*.c files share; only they see it. */
#ifndef ERGEN_FORM_OWN_H
#define ERGEN_FORM_OWN_H

#include "base/text.h"
#include "render/form.h"

/* A quiz on its way into a form, and the question that is being written. */
struct form {
	GString *out;
	const struct quiz *quiz;
	const struct html_policy *p; /* the question's */
	const struct question *q;
	char number[12]; /* its place, as text */
	char total[24]; /* of how many */
};

static inline void
put(const struct form *f, const char *z)
{
	text_addz(f->out, z);
}

/* A word with the question's number and the number of questions. */
static inline void
word(const struct form *f, enum word id)
{
	html_word(f->out, f->p->words, id, f->number, f->total);
}

/* form_fields.c: what the learner answers with. A choice is in class qc, all
 * else in qf; the stem of a cloze holds its fields. */
void form_fields(const struct form *f);
void form_cloze(const struct form *f);
/* True if every side to choose from can stand in an <option>. */
bool form_is_textual(const struct question *q);

/* form_key.c: the answer of one question, in <details>. */
void form_key(const struct form *f);
/* Notes that only the answer refers to are hidden with it; notes of a question
 * of another page have no other place. The rest stands at the page's end. */
void form_notes(const struct form *f, bool of_answer);

#endif
