/*
 * What the index of the website and that of the book are made of: texts from
 * A to Z, and for each the places where it is treated. Equal texts are one
 * entry.
 */
#ifndef ERGEN_A_TO_Z_H
#define ERGEN_A_TO_Z_H

#include "book/book.h"

/* One place of an entry. */
struct index_place {
	const char *text, *sort;
	const struct page_ref *page;
	const char *anchor; /* or NULL: the page itself */
	unsigned no; /* keeps the reading order among equals */
	bool has_more; /* there are more than are listed */
};

/* What a text is sorted by, without case, marks, and signs in front:
 * "`az` commands" is found below A, Ä with A. */
const char *index_sort_key(struct arena *a, const char *text);
/* The letter that it is filed under: its first, in upper case; "#" if it
 * begins with something else. */
void index_letter(const char *sort, char letter[8]);

/* All of these append to a GArray of struct index_place. No text, no place;
 * an empty anchor is none. */
void index_add(GArray *all, const char *text, const char *sort,
    const struct page_ref *page, const char *anchor);
/* The page's title and its headings, but for those of questions. */
void index_add_page(GArray *all, const struct page *p, struct arena *a);
/* Where a term or tag stands that was added last. */
void
index_add_uses(GArray *all, const struct page_ref *const *uses, size_t n_uses);

void index_sort(GArray *all);
/* How many places the entry has that begins at places[0]; n: all there are. */
size_t index_entry(const struct index_place *places, size_t n);
/* Of places[i] of an entry: its page is there already, by a heading. */
bool index_is_repeated(const struct index_place *places, size_t i);
/* Of an entry: its first place is the one page with this title. Several pages
 * have to be told apart. */
bool index_is_title(const struct index_place *places, size_t n);
/* The name of a place: its page's title or, where that is the entry's text,
 * the title of the module. */
const char *index_label(const struct index_place *place, const struct book *b);

#endif
