/* Document trees as JSON: docs/book.schema.json, "content". */
#ifndef ERGEN_TREE_JSON_H
#define ERGEN_TREE_JSON_H

#include "base/json.h"
#include "doc/doc.h"
#include "render/html.h"

/* {"blocks": […], "text": "…", "html": "…"} of what is below parent; null if
 * parent is NULL. */
void tree_content(struct json *j, const struct node *parent,
    const struct html_policy *p);
/* The same for inlines: {"inlines": […], "text": "…", "html": "…"}. */
void tree_phrase(struct json *j, const struct node *parent,
    const struct html_policy *p);
/* Whether some node is of this "type". */
bool tree_has_type(const char *type);
/* The "type" of a kind of node. */
const char *tree_type(enum node_kind kind);
/* Where a link leads: the schema's "target". */
void tree_target(struct json *j, const char *key, const struct target *t);
/* How the html in this format spells a link: see the schema. */
bool tree_address(GString *out, const struct link *l, const void *ctx);

#endif
