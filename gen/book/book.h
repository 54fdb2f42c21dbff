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
#include "book/lock.h"
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
/* "choose one", "true or false", "ordering" …, as in documents and messages. */
extern const char *const question_kind_titles[QUESTION_KIND_COUNT];

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

/* NUMBER: what is right, as decimals "-?digits(.digits)?". The first five are
 * as the author wrote them, the last two what they amount to. */
struct number {
	const char *value; /* NULL for a range */
	const char *tolerance; /* NULL if none; of the value's unit */
	const char *percent; /* tol=1%: relative instead; or NULL */
	const char *low, *high; /* of a range, else NULL */
	const char *unit; /* "" if none */
	/* Right is every number from `from` to `to`, both included. */
	const char *from, *to;
};

/* ORDER: what stands in a place; MATCH: a pair. */
struct pairing {
	/* ORDER: blocks. MATCH: inlines, NULL if right is a distractor. */
	const struct node *left;
	const struct node *right; /* MATCH: inlines; ORDER: NULL */
	/* Index of the first pair that says the same in its place: as item of
	 * ORDER, as right side of MATCH. Its own if none before does. Equal
	 * ones are right for each other. */
	unsigned same;
};

/* MATRIX: one statement. */
struct statement {
	const struct node *text; /* inlines */
	unsigned column; /* the right one: index into columns */
};

/* CLOZE: a bold run of the stem, a NODE_BLANK there. */
struct blank {
	unsigned number; /* from 1 */
	const struct accepted *texts; /* the first is the one to be shown */
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
	const char *was; /* the id that it had at first, or NULL */
	const char *anchor; /* "q-er--l2": its id in HTML and EPUB */
	bool is_derived; /* the source gave no id */
	bool is_bullets; /* its options may be shuffled */
	enum question_kind kind;
	struct loc at;
	const struct quiz *quiz; /* the one that it stands in */
	const struct node *heading; /* inlines: the short title */
	const char *title; /* the same without markup */
	/* The blocks that ask, or NULL: then the heading is the question. */
	const struct node *stem;
	const struct accepted *accepted; /* TEXT */
	size_t n_accepted;
	const struct known_wrong *wrong; /* TEXT, NUMBER */
	size_t n_wrong;
	struct number quantity; /* NUMBER */
	const struct pairing *pairs; /* ORDER: in the right order; MATCH */
	size_t n_pairs;
	const struct node *corner; /* MATRIX: head of the statements */
	const struct node *const *columns; /* MATRIX: inlines of the heads */
	size_t n_columns;
	const struct statement *statements; /* MATRIX */
	size_t n_statements;
	const struct blank *blanks; /* CLOZE: in reading order */
	size_t n_blanks;
	/* ONE, MANY, TRUTH. */
	const struct option *options; /* in the order of the source */
	size_t n_options;
	bool allows_none; /* MANY: one may have to choose nothing */
	/* As every output shows them, indices: options; the items of ORDER;
	 * of MATCH the pairs whose right side is to choose from, each side
	 * that is the same only once. */
	const unsigned *shown;
	size_t n_shown;
	const struct node *const *hints; /* containers of blocks, in order */
	size_t n_hints;
	const struct node *explanation; /* a container of blocks, or NULL */
	unsigned points; /* as the author gave them; 1 by default */
	bool is_scored_each; /* score=each: so many points for every part */
	unsigned worth; /* points for all of it */
	unsigned difficulty; /* 0: not given */
	const char *const *tags;
	size_t n_tags;
	const char *objective; /* or NULL */
	/* Where to read on, or NULL. TARGET_NONE: it is no address, but a text
	 * such as "RFC 1918", in url. */
	const struct link *source;
	const struct doc *doc; /* where its footnotes and raw links are */
	bool has_no_card; /* <!-- cards: none --> */
};

/* What a deck asks besides questions; cards.c says where it comes from. */
enum card_kind {
	CARD_CELL, /* of a table: what stands in this row and column? */
	CARD_CLOZE, /* an item of a list, with blanks */
	CARD_TERM, /* of the glossary, to be asked both ways */
	CARD_CALLOUT, /* a text, and the callout that answers it */
	CARD_KIND_COUNT
};

struct card {
	enum card_kind kind;
	/* Unique among the cards of the course; questions have ids of their
	 * own: "er-vs-vpn/security/expressroute". */
	const char *id;
	const char *was; /* the one that it had at first, or NULL */
	bool is_derived; /* the source gave no id */
	struct loc at;
	const char *anchor; /* id of the heading above it, or NULL */
	const char *text; /* CALLOUT: what is asked */
	const struct node *front; /* inlines: of CELL the row's heading, of TERM
				     the name; else NULL */
	const struct node *column; /* CELL: inlines of the column's heading */
	/* CELL: inlines; TERM, CALLOUT: blocks; CLOZE: blocks with
	 * NODE_BLANK. */
	const struct node *back;
	const struct blank *blanks; /* CLOZE: in reading order */
	size_t n_blanks;
	const struct doc *doc; /* where its footnotes and raw links are */
};

/* Calls f with every tree of a question, in reading order: blocks or inlines,
 * never NULL. is_answer: a learner sees it only with the answer. */
typedef void question_tree(const struct node *tree, bool is_answer, void *ctx);
void question_each_tree(const struct question *q, question_tree *f, void *ctx);
/* How many parts of it can be right or wrong by themselves: options of MANY,
 * items, pairs, statements, blanks; else 1. */
unsigned question_n_parts(const struct question *q);

/* What a quiz page shows, in order: text between questions, or a question. */
struct quiz_part {
	const struct node *text; /* a container of blocks, or NULL */
	const struct question *question;
	unsigned number; /* of the question among these parts, from 1 */
};

struct quiz {
	const char *id; /* "er" */
	const char *title; /* without markup */
	struct loc at;
	const struct page_ref *page; /* the one that shows it; by book_link() */
	/* Its own, in the order of the source; none if it is a mock exam. */
	const struct question *questions;
	size_t n_questions;
	/* All that it could show, in order: with `from` the other quizzes'. */
	const struct quiz_part *parts;
	size_t n_parts;
	/* What one sitting shows: `draw` questions of them, else all. */
	const struct quiz_part *drawn;
	size_t n_drawn; /* of these parts */
	size_t n_asked; /* questions among them */
	bool is_mock; /* a mock exam: `from` */
	unsigned pass; /* per cent */
	/* Points of a sitting; 0 if each question counts 1. */
	unsigned n_points;
	/* Enough to pass: so many points, or right answers without any. */
	unsigned pass_count;
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
	unsigned width, height; /* of an image, in CSS pixels; or 0 */
	char hash[33]; /* fs_hash() of its bytes */
	/* The first by path with the same bytes and type, or itself: where
	 * names are made of the hash, a copy need not come, too. */
	const struct asset *original;
};

/* One of content/objectives.yaml: what an exam measures. */
struct objective {
	const char *id, *text; /* text: "" if none */
	unsigned weight; /* 0 if none */
	struct loc at;
	const struct page_ref *const *lessons; /* that name it */
	size_t n_lessons;
	const struct question *const *questions;
	size_t n_questions;
};

struct book {
	const struct site *site;
	const struct page *pages; /* in reading order */
	size_t n_pages;
	const struct map_entry *map; /* modules and lessons, nested */
	size_t n_map;
	const struct page *glossary; /* or NULL */
	const struct objective *objectives; /* in the order of the file */
	size_t n_objectives;
	/* The same course in the other languages. */
	const struct book *const *translations;
	size_t n_translations;
	const struct asset *const *assets; /* by path */
	size_t n_assets;
	size_t n_lessons, n_questions;
	const struct lock *lock; /* NULL if there is none */
	bool is_locking; /* to be written anew: it cannot be stale */
	const struct since *since; /* --since, or NULL */
	size_t source_bytes, tree_bytes; /* for the bench */
	/* The build's time T: SOURCE_DATE_EPOCH, else the newest modification
	 * time of the sources; seconds since the epoch. */
	long long time;
};

struct load_options {
	unsigned n_threads; /* at least 1 */
	bool with_drafts;
	bool runs_programs; /* those of `blocks`, and for math; not --no-exec */
	/* `ergen id`: run none and say nothing of it, check nothing. */
	bool only_ids;
	bool is_locking; /* `ergen lock` */
	const struct since *since; /* or NULL; as long as the book lives */
	long long mtime; /* the newest of what else is read: the theme */
	/* "True" and "False" in the site's language, or NULL: English. */
	const char *truth[2];
};

/* These report to d and go on as long as there is sense in it; ask
 * diag_worst() between them. NULL only if nothing could be read at all. */
struct book *book_load(const struct site *site,
    const struct load_options *options, struct diag *d);
/* All languages of a course, the main one first. Notes what is not translated:
 * pages belong together by their address, questions by their id. */
void book_link(struct book *const *books, size_t n, struct diag *d);
void book_check(struct book *b, struct diag *d);
void book_free(struct book *b);

#endif
