/*
 * A page: everything a renderer may know.
 *
 * book_link() fills one for every home, module, lesson and quiz page. What a
 * page shows of other pages (their titles, their addresses) is copied here,
 * and it holds no pointer into the book apart from trees, quizzes and link
 * targets; so two builds with equal pages, themes and options give equal
 * bytes.
 */
#ifndef ERGEN_PAGE_H
#define ERGEN_PAGE_H

#include "doc/doc.h"

enum page_kind {
	PAGE_HOME,
	PAGE_MODULE,
	PAGE_LESSON,
	PAGE_QUIZ,
	PAGE_GLOSSARY, /* last in the reading order, in no map */
	PAGE_REFERENCE /* made by a writer; in no book */
};

/* A page as others show it and link to it. */
struct page_ref {
	enum page_kind kind;
	unsigned no; /* place in the reading order, from 0 */
	const char *lang; /* BCP 47 */
	const char *address; /* without extension, relative to the root:
				"hybrid/expressroute" */
	const char *title; /* without markup */
	const char *summary; /* "" if none */
	size_t n_questions; /* of all quizzes on it */
	unsigned minutes; /* about how long it takes to read */
	/* The lesson a quiz belongs to, the quiz a lesson has; or NULL. */
	const struct page_ref *partner;
};

/* An entry of the course map. */
struct map_entry {
	const struct page_ref *page; /* module or lesson; NULL: a folder
					without index.md */
	const char *title;
	const struct map_entry *entries; /* of a module */
	size_t n_entries;
};

enum {
	TERM_USES_MOST = 24 /* lessons that are named */
};

/* A term of the glossary. */
struct term {
	const char *name; /* without markup */
	const char *sort; /* what it is sorted and grouped by */
	const char *id; /* its heading's, on the glossary's page */
	const struct node *title; /* inlines */
	const struct node *meaning; /* blocks; without any: NULL */
	/* The lessons that link to it, in reading order: the first
	 * TERM_USES_MOST, and one more if there are more. */
	const struct page_ref *const *uses;
	size_t n_uses;
};

struct page {
	const struct page_ref *self;
	const struct page_ref *prev, *next; /* or NULL */
	const struct page_ref *const *crumbs; /* from home to the parent */
	size_t n_crumbs;
	const char *lang; /* BCP 47 */
	const char *date; /* "2026-11-22", or NULL */
	/* Where the site's root is, if that cannot be seen from the address:
	 * of a page that is shown at any; else NULL. */
	const char *root;
	bool is_rtl; /* follows from lang */
	/* Addresses it had before, each with its extension, relative to the
	 * root: "old/place.html". */
	const char *const *aliases;
	size_t n_aliases;
	/* The same page in the other languages; by book_link(). */
	const struct page_ref *const *translations;
	size_t n_translations;
	const char *const *tags;
	size_t n_tags;
	const struct doc *doc; /* body, headings, footnotes, links */
	const struct term *terms; /* GLOSSARY: sorted */
	size_t n_terms;
	const struct quiz *const *quizzes; /* in the order of the page */
	size_t n_quizzes;
	const struct card *cards; /* see book/book.h; in the same order */
	size_t n_cards;
	/* Home and module pages: the part of the map below them. */
	const struct map_entry *map;
	size_t n_map;
	unsigned nav; /* which navigation: index of the top-level map entry
			 that holds the page, or UINT_MAX outside of all */
};

#endif
