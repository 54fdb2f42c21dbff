/*
 * Tags of raw HTML that have no partner. Browsers and ergen mend them, each
 * author's surprise: the rest of a page in bold, a list that never ends.
 */
#ifndef ERGEN_BALANCE_H
#define ERGEN_BALANCE_H

#include "doc/doc.h"

/* Warns of tags that are opened and not closed, or closed and not opened: of
 * inlines within their block, of HTML blocks within their container. Elements
 * without content, and those whose end tag may be left out, are passed by.
 * https://html.spec.whatwg.org/multipage/syntax.html#optional-tags */
void balance_check(const struct node *blocks, const struct origin *in,
    struct diag *d);

#endif
