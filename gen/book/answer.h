/*
 * Answers other than options: typed text and numbers, orders, pairs,
 * matrices, blanks. Private to gen/book. docs/syntax.md has the rules.
 */
#ifndef ERGEN_ANSWER_H
#define ERGEN_ANSWER_H

#include "book/number.h"

/* What a paragraph that begins with one of the two words is. */
enum answer_word {
	ANSWER_NONE,
	ANSWER_RIGHT, /* "Answer:" */
	ANSWER_WRONG /* "Feedback:" */
};

/* Reports a line inside of the paragraph that begins with one of them. */
enum answer_word
answer_word_of(const struct question_maker *k, const struct node *paragraph);
/* How a typed answer is to be read. */
struct answer_rules {
	bool is_exact; /* case=exact */
	bool wants_text, wants_number; /* type= */
	const char *percent; /* tol=1%: "1"; or NULL */
};

/* Fills accepted or number, and the kind. */
void answer_read(const struct question_maker *k, const struct node *paragraph,
    const struct answer_rules *rules, struct question *q);
/* One "Feedback:" paragraph behind the answer of q; false if it was reported
 * instead. */
bool answer_read_wrong(const struct question_maker *k, struct node *paragraph,
    const struct answer_rules *rules, const struct question *q,
    struct known_wrong *wrong);
/* Reports rows of the tables below parent that have more cells than the head:
 * Markdown drops what is too much. */
void
answer_check_tables(const struct question_maker *k, const struct node *parent);
/* Two options that say the same. */
void
answer_check_options(const struct question_maker *k, const struct question *q);
/* end_line: the first line behind the list. */
void answer_read_order(const struct question_maker *k, const struct node *list,
    unsigned end_line, struct question *q);
void answer_read_match(const struct question_maker *k, const struct node *table,
    struct question *q);
void answer_read_matrix(const struct question_maker *k,
    const struct node *table, struct question *q);
/* stem may be NULL; its bold runs become blanks. */
void answer_read_cloze(const struct question_maker *k, struct node *stem,
    bool is_exact, struct question *q);

#endif
