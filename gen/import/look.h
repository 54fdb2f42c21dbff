/* Markdown, looked at as ergen will read it. */
#ifndef ERGEN_IMPORT_LOOK_H
#define ERGEN_IMPORT_LOOK_H

#include "base/arena.h"
#include "doc/doc.h"

/* Its tree, in the arena. What is wrong with it is for `ergen check` to say. */
const struct doc *look_parse(struct arena *a, const char *markdown);
/* Its text without markup, in the arena. */
const char *look_text(struct arena *a, const char *markdown);

#endif
