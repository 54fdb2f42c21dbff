/*
 * A page as Markdown, with its questions and notes: for files that hold the
 * pages of a whole course.
 */
#ifndef ERGEN_MARKDOWN_PAGE_H
#define ERGEN_MARKDOWN_PAGE_H

#include "book/book.h"
#include "render/markdown.h"

/* Where the answers stand. */
enum markdown_answers {
	MARKDOWN_ANSWERS_BOOK, /* together, behind all pages */
	MARKDOWN_ANSWERS_CHAPTER, /* behind each page with questions */
	MARKDOWN_ANSWERS_NONE
};

/* "book", "chapter", "none": as an option's values; a NULL ends. */
extern const char *const markdown_answers_names[];
/* The one of this name; there must be one. */
enum markdown_answers markdown_answers_of(const char *name);

struct markdown_page {
	const struct page *page;
	const struct words *words;
	/* As in struct markdown_policy; ctx is for both. */
	bool (*address)(GString *out, const struct link *l, const void *ctx);
	/* Of a heading, a question ("q-…") or an answer ("A-…"). NULL: there
	 * are no ids, and so no links to answers and back. */
	bool (*anchor)(GString *out, const struct page_ref *page,
	    const char *id, const void *ctx);
	const void *ctx;
	unsigned level; /* of the page's title, from 1 */
	enum markdown_answers answers;
	bool with_hints;
};

/* Text, questions, notes, and answers if they stand here; without title. */
void markdown_page(GString *out, const struct markdown_page *m);
/* The answers to the page's questions, below a heading of m->level with each
 * quiz's title; nothing if there are none. */
void markdown_page_answers(GString *out, const struct markdown_page *m);

#endif
