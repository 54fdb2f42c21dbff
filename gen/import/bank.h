/*
 * What importers read: banks of questions, on their way from some format into
 * our own syntax. A reader fills banks with Markdown and plain texts; bank.c
 * keeps them, print.c writes them as quiz files, files.c puts those on disk.
 *
 * All of it lives in the arena of one struct import. Faults of a file are
 * reported at its line and column. Nothing that a source says is dropped
 * without a word: what our syntax cannot say goes to import_lost(), which
 * reports it and keeps the original in a comment beside the question.
 */
#ifndef ERGEN_IMPORT_BANK_H
#define ERGEN_IMPORT_BANK_H

#include "base/arena.h"
#include "base/diag.h"

enum ask {
	ASK_CHOICE, /* options; several are right, or may be: is_many */
	ASK_TEXT,
	ASK_NUMBER,
	ASK_ORDER,
	ASK_MATCH,
	ASK_CLOZE, /* the stem's bold runs are the blanks */
	ASK_CARD, /* front and back: no question, a card of the lesson */
	ASK_NOTHING /* a text between questions */
};

/* A link of any of a question's lists. */
struct item {
	struct item *next;
	const char *text; /* never NULL */
	const char *more; /* or NULL */
	bool flag;
};

struct items {
	struct item *first, *last;
	size_t n;
};

#define items_each(i, list) \
	for (const struct item *i = (list)->first; i; i = i->next)

/* Texts are Markdown blocks unless another form is named; each may be NULL,
 * except in lists. "Line": Markdown without line ends. */
struct ask_one {
	struct ask_one *next;
	enum ask kind;
	struct loc at;
	const char *id; /* as the source has it: any text */
	const char *title; /* plain text */
	const char *heading; /* the same as a line of Markdown, or NULL */
	const char *stem; /* CARD: the front */
	const char *explanation; /* CARD: the back */
	struct items hints; /* text */
	struct items options; /* CHOICE: text, more: feedback, flag: right;
				 ORDER: text;
				 MATCH: text: right, more: left; both lines */
	struct items accepted; /* TEXT: plain text, flag: spelled like this */
	struct items
	    wrong; /* TEXT, NUMBER: plain text, more: feedback, a line */
	const char *number; /* NUMBER: as behind "Answer:" */
	struct items tags; /* plain text */
	struct items keys; /* more of the comment: text: key, more: value */
	struct items lost; /* text: what, more: the source's own words */
	bool is_many, allows_none; /* CHOICE */
	bool keeps_order; /* CHOICE: options are not shuffled */
	bool is_both_ways; /* CARD */
	const char *how; /* CHOICE: what the source says of how to answer */
};

struct bank {
	const char *name; /* plain text: the files' name */
	const char *title; /* plain text, or NULL: the same as name */
	const char *id; /* what the ids of all its questions begin with */
	const char *intro; /* Markdown blocks: the lesson's text; or NULL */
	const char *from; /* the file it was read from */
	struct ask_one *first, *last;
	size_t n; /* of all kinds */
	struct items lost; /* as above, of no question */
	struct items front; /* text: key, more: value, of the quiz file */
};

/* A file beside the lessons: a picture, a sound. */
struct medium {
	const char *name; /* in the folder of media; safe as a file's name */
	struct str bytes;
};

struct import {
	struct arena *arena;
	struct diag *diag;
	GPtrArray *banks; /* struct bank, in order of appearance */
	GArray *media; /* struct medium */
	GHashTable *bank_names, *media_names, *media_hashes;
	/* Where import_lost() counted lines last. */
	const struct origin *seen;
	size_t seen_at;
	struct loc seen_loc;
	size_t n_lost;
	const char *subject; /* what a file without lines is about, or NULL */
};

struct import *import_new(struct arena *a, struct diag *d);
/* NULL is allowed. What is in the arena stays. */
void import_free(struct import *im);

/* The bank of this name, made if there is none. */
struct bank *
import_bank(struct import *im, const char *name, const struct origin *in);
/* "VPN gateway" for "quizzes/VPN gateway.gift.txt". */
const char *import_stem(struct import *im, const struct origin *in);
/* At the end; q is in no other bank. */
void bank_append(struct bank *b, struct ask_one *q);
/* A new question at the end of a bank. */
struct ask_one *
bank_add(struct import *im, struct bank *b, enum ask kind, struct loc at);
struct item *items_add(struct import *im, struct items *list, const char *text,
    const char *more, bool flag);
/* A tag. Those that ergen's own formats make of other keys become keys again:
 * "difficulty::2". */
void import_tag(struct import *im, struct items *tags, struct items *keys,
    const char *tag);
/* A place in a file. Cheap if asked for from the start to the end. */
struct loc import_loc(struct import *im, const struct origin *in, size_t at);
/* Reports what is not carried over, and keeps source, which may be NULL, in
 * list: of a question or of a bank. */
void import_lost(struct import *im, struct items *list, struct loc at,
    struct str source, const char *fmt, ...) G_GNUC_PRINTF(5, 6);
/* Reports that the file is not understood; always false. */
bool import_bad(struct import *im, struct loc at, const char *fmt, ...)
    G_GNUC_PRINTF(3, 4);
/* Keeps a file under a name made of its own, and gives the link to it from a
 * page: "images/a.png". Equal bytes are kept once. */
const char *
import_medium(struct import *im, const char *name, struct str bytes);

/* One format. */
struct importer {
	const char *name, *summary;
	/* False: reported. Of a file that is text, the bytes are valid UTF-8
	 * without a byte order mark's effect on places. */
	bool (*read)(struct import *im, const struct origin *in);
	bool is_binary;
};

extern const struct importer import_anki_text, import_apkg, import_gift,
    import_mdbook_quiz, import_mkdocs_quiz, import_quizdown, import_tasks;
extern const struct importer *const importers[]; /* up to a NULL */
const struct importer *importer_find(const char *name);

#endif
