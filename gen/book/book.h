/*
 * The book: everything a writer may know about the content.
 *
 * book_load() reads and parses the sources (phases 2 and 3), book_link()
 * resolves every reference and fills the pages, book_check() looks at the
 * whole (phase 4). From then on it is handed out as const. It lives in arenas
 * of its own and goes away with book_free(); no part is ever freed alone.
 */
#ifndef ERGEN_BOOK_H
#define ERGEN_BOOK_H

#include "base/arena.h"
#include "base/diag.h"
#include "book/page.h"
#include "book/site.h"
#include "doc/doc.h"

enum question_kind {
	QUESTION_ONE, /* choose one */
	QUESTION_MANY, /* choose all that apply */
	QUESTION_TRUTH, /* true or false: two options, order fixed */
	QUESTION_TEXT, /* a word or a few, typed */
	QUESTION_NUMBER, /* a number, typed */
	QUESTION_ORDER, /* items to be put in order */
	QUESTION_MATCH, /* pairs to be found */
	QUESTION_MATRIX, /* statements, each with one column that is right */
	QUESTION_CLOZE, /* blanks in the running text */
	QUESTION_KIND_COUNT
};

/* "one", "many", "truth", "text" …, as in JSON. */
extern const char *const question_kind_names[QUESTION_KIND_COUNT];

/* One spelling that is taken as right, or known to be wrong. */
struct accepted {
	const char *text;
	bool is_exact; /* a code span, or case=exact: spelled like this */
};

/* TEXT and NUMBER: a known wrong answer. */
struct known_wrong {
	const struct accepted *texts;
	size_t n_texts;
	const struct node *feedback; /* inlines */
};

/* NUMBER: what is right, as decimals "-?digits(.digits)?". */
struct number {
	const char *value; /* NULL for a range */
	const char *tolerance; /* NULL if none; of the value's unit */
	const char *percent; /* tol=1%: relative instead; or NULL */
	const char *low, *high; /* of a range, else NULL */
	const char *unit; /* "" if none */
};

/* ORDER: what stands in a place; MATCH: a pair. */
struct pairing {
	/* ORDER: blocks. MATCH: inlines, NULL if right is a distractor. */
	const struct node *left;
	const struct node *right; /* MATCH: inlines; ORDER: NULL */
};

/* MATRIX: one statement. */
struct statement {
	const struct node *text; /* inlines */
	unsigned column; /* the right one: index into columns */
};

/* CLOZE: a bold run of the stem. */
struct blank {
	const struct node *node; /* the NODE_STRONG */
	const struct accepted *texts;
	size_t n_texts;
};

struct option {
	struct loc at;
	const struct node *content; /* a container of blocks, at least one */
	const struct node *feedback; /* a container of blocks, or NULL */
	bool is_correct;
};

struct question {
	const char *key; /* "l2": unique in its quiz */
	const char *id; /* "er/l2": unique in the course, for ever */
	const char *anchor; /* "q-er--l2": its id in HTML and EPUB */
	bool is_derived; /* the source gave no id */
	bool is_bullets; /* its options may be shuffled */
	enum question_kind kind;
	struct loc at;
	unsigned number; /* in its quiz, from 1 */
	const struct node *heading; /* inlines: the short title */
	const char *title; /* the same without markup */
	/* The blocks that ask, or NULL: then the heading is the question. */
	const struct node *stem;
	const struct accepted *accepted; /* TEXT */
	size_t n_accepted;
	const struct known_wrong *wrong; /* TEXT, NUMBER */
	size_t n_wrong;
	struct number quantity; /* NUMBER */
	const struct pairing *pairs; /* ORDER, MATCH: in the right order */
	size_t n_pairs;
	const struct node *const *columns; /* MATRIX: inlines of the heads */
	size_t n_columns;
	const struct statement *statements; /* MATRIX */
	size_t n_statements;
	const struct blank *blanks; /* CLOZE: in reading order */
	size_t n_blanks;
	bool is_scored_each; /* score=each: parts count */
	/* ONE, MANY, TRUTH. */
	const struct option *options; /* in the order of the source */
	size_t n_options;
	/* The options as every output shows them: indices into options. */
	const unsigned *shown;
	const struct node *const *hints; /* containers of blocks, in order */
	size_t n_hints;
	const struct node *explanation; /* a container of blocks, or NULL */
	unsigned points; /* 1 by default */
	unsigned difficulty; /* 0: not given */
	const char *const *tags;
	size_t n_tags;
	const char *objective, *source; /* or NULL */
	const struct doc *doc; /* where its footnotes and raw links are */
};

/* What a quiz page shows, in order: text between questions, or a question. */
struct quiz_part {
	const struct node *text; /* a container of blocks, or NULL */
	const struct question *question;
};

struct quiz {
	const char *id; /* "er" */
	const char *title; /* without markup */
	struct loc at;
	const struct question *questions; /* in the order of the source */
	size_t n_questions;
	const struct quiz_part *parts;
	size_t n_parts;
	unsigned pass; /* per cent */
	unsigned pass_count; /* so many right answers are enough */
	enum shuffle shuffle;
	enum quiz_mode mode;
};

/* A file that a page refers to. */
struct asset {
	const char *path; /* relative to content/, "/" between the parts */
	const char *address; /* in the site: like a page's address, with
				extension: "hybrid/images/circuit.svg" */
	const char *src; /* on disk */
	const char *media_type; /* by extension, "application/octet-stream" */
	size_t size;
	char hash[33]; /* fs_hash() of its bytes */
};

struct book {
	const struct site *site;
	const struct page *pages; /* in reading order */
	size_t n_pages;
	const struct map_entry *map; /* modules and lessons, nested */
	size_t n_map;
	const struct asset *const *assets; /* by path */
	size_t n_assets;
	size_t n_lessons, n_questions;
	size_t source_bytes, tree_bytes; /* for the bench */
	/* The build's time T: SOURCE_DATE_EPOCH, else the newest modification
	 * time of the sources; seconds since the epoch. */
	long long time;
};

struct load_options {
	unsigned n_threads; /* at least 1 */
	bool with_drafts;
	long long mtime; /* the newest of what else is read: the theme */
};

/* All three report to d and go on as long as there is sense in it; ask
 * diag_worst() between them. NULL only if nothing could be read at all. */
struct book *book_load(const struct site *site,
    const struct load_options *options, struct diag *d);
void book_link(struct book *b, struct diag *d);
void book_check(struct book *b, struct diag *d);
void book_free(struct book *b);

#endif
