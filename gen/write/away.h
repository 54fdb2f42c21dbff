/*
 * What is read away from the website: a card, a question in a learning
 * platform. It has no page beside it. What it links to is on the web, what it
 * shows comes with it, and so do the footnotes that it refers to.
 */
#ifndef ERGEN_AWAY_H
#define ERGEN_AWAY_H

#include "book/book.h"
#include "render/html.h"

/* The lesson that a page's questions belong to: its own, or a quiz's. */
const struct page_ref *lesson_of(const struct page *p);

/* "https://example.com/net/vpn.html#sizes": a page of the site, which has a
 * url; anchor may be NULL. */
void away_url(GString *to, const struct site *site, const char *address,
    const char *ending, const char *anchor);
/* The address of a link that is no image, for html_policy.address. False: a
 * link of Markdown then shows its text only; raw HTML would keep the address
 * of the source instead, so it gets one that away_settle() removes. */
bool away_address(GString *out, const struct link *l, const struct site *site,
    const struct doc *doc);
/* What it does with one that leads nowhere. */
bool away_nowhere(GString *out, const struct link *l, const struct doc *doc);
/* Removes such addresses from what html_blocks() has written. */
void away_settle(GString *html);
/* The name of a file in a folder that many courses share:
 * "circuit-1f3a9c0d2b4e5f60.svg". Other bytes, other name. */
char *away_name(const struct asset *asset, struct arena *a);

/* Sets used[i] for each footnote i that the tree refers to, but for those in
 * blanks; used has doc->n_footnotes elements. */
void
away_mark_notes(bool *used, const struct doc *doc, const struct node *tree);
/* A list of those; nothing if there are none. */
void away_put_notes(GString *out, const struct doc *doc, const bool *used,
    const struct html_policy *p);

/* Where to read on, as a paragraph; nothing if the question does not say. */
void away_read_more(GString *out, const struct question *q,
    const struct html_policy *p);

#endif
