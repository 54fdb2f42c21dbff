/* Lists from A to Z: the glossary, and what the index is made of. */
#ifndef ERGEN_HTML_GLOSSARY_H
#define ERGEN_HTML_GLOSSARY_H

#include "book/page.h"
#include "render/html.h"

/* The links to the letters; sorts: what is filed, sorted. */
void letters_put(GString *out, const char *const *sorts, size_t n,
    const struct words *w);
/* The page of the glossary: what stands before the first term, then terms. */
void glossary_put(GString *out, const struct page *page,
    const struct html_policy *p, const char *root);

#endif
