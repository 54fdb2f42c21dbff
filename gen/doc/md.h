/*
 * Markdown to our tree. The only place that knows cmark-gfm.
 *
 * May be called from several threads at once. A document is parsed under the
 * shared side of a lock; only one that holds "~" or "$" takes the
 * exclusive side, because cmark-gfm switches entries of a global table on and
 * off while extensions for strikethrough and math run.
 */
#ifndef ERGEN_MD_H
#define ERGEN_MD_H

#include "base/arena.h"
#include "doc/callout.h"
#include "doc/doc.h"

/* The document that begins at in->text[offset], its line first_line. Faults
 * are reported; what could be understood is returned, never NULL. The result
 * lives in a and borrows in->text; scratch is used and reset. */
struct doc *md_parse(const struct origin *in, size_t offset,
    unsigned first_line, const struct callout_rules *rules, struct arena *a,
    struct arena *scratch, struct diag *d);

#endif
