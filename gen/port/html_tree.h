/*
 * The parser's tree: how to walk over it without recursion, and what the
 * parser has mended in it. Belongs to port/html.c; the other file that knows
 * gumbo.
 */
#ifndef ERGEN_PORT_HTML_TREE_H
#define ERGEN_PORT_HTML_TREE_H

#include "port/html.h"

#include <gumbo.h>

typedef void html_tree_visit(const GumboNode *element, void *ctx);

/* Calls enter and leave, which may be NULL, with the root and every element
 * below it. */
void html_tree_each(const GumboNode *root, html_tree_visit *enter,
    html_tree_visit *leave, void *ctx);
/* Tells how->mended. */
void html_tree_mended(const GumboNode *root, struct str fragment,
    const struct html_clean *how);

#endif
