/*
 * Questions of all kinds as Markdown, for text without fields to fill in: with
 * letters to choose from, gaps to write in, boxes to tick; and their answers.
 *
 * The policy is that of the question's own document (q->doc): its links, its
 * notes.
 */
#ifndef ERGEN_MARKDOWN_QUESTION_H
#define ERGEN_MARKDOWN_QUESTION_H

#include "book/book.h"
#include "render/markdown.h"

/* "Question 3 (2 points): Title", as the text of a heading. Without a stem the
 * title asks, and is left out unless is_answer. */
void markdown_question_title(GString *out, const struct quiz *quiz,
    const struct quiz_part *part, bool is_answer,
    const struct markdown_policy *p);
/* What is asked, and what there is to choose from. No block of it says what is
 * right. */
void markdown_question(GString *out, const struct question *q, bool with_hints,
    const struct markdown_policy *p);
/* What is right, why, what is said to wrong answers, where to read on. */
void markdown_answer(GString *out, const struct question *q,
    const struct markdown_policy *p);

/* A word with its %1 and %2, which are plain text. */
void markdown_word(GString *out, const struct words *w, enum word word,
    const char *a, const char *b);

#endif
