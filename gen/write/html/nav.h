/*
 * The course tree beside every page. Made once for all pages of one module
 * and depth; a page's own copy differs in one attribute only.
 */
#ifndef ERGEN_HTML_NAV_H
#define ERGEN_HTML_NAV_H

#include "book/book.h"

struct navs;

/* All there are; in the arena. */
struct navs *navs_make(const struct book *b, struct arena *a);
/* The tree for one page. */
void navs_put(GString *out, const struct navs *n, const struct page *page);
/* "", "../", "../../" …: from a page of this address to the site's root. */
const char *nav_root(const char *address);

#endif
