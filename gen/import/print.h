/*
 * Banks as files of our syntax: a quiz, and the lesson that it belongs to.
 * docs/syntax.md has the rules that are kept here.
 */
#ifndef ERGEN_IMPORT_PRINT_H
#define ERGEN_IMPORT_PRINT_H

#include "import/bank.h"

struct printed {
	const char *name; /* relative to the folder of lessons */
	struct str bytes;
	size_t n_questions;
	/* A lesson that says nothing yet: one that is there already will do. */
	bool is_stub;
};

/* Appends struct printed. */
void print_banks(struct import *im, GArray *files);

/* print_question.c: appends one question, as quiz files have it (is_quiz) or
 * as text of a lesson. key: its id in the quiz. */
void print_question(struct import *im, GString *to, const struct ask_one *q,
    const char *key, bool is_quiz);
/* A card of a lesson. */
void print_card(struct import *im, GString *to, const struct ask_one *q,
    const char *key);
/* The comments that keep what was not carried over. */
void print_lost(GString *to, const struct items *lost);
/* What the question is called: its title, or the first words of what it asks;
 * plain text, in the arena. "" if it has none. */
const char *print_title(struct import *im, const struct ask_one *q);

#endif
