/*
 * Ids that are made unique: in a piece of HTML that is put into a page, ids
 * get other names, and what refers to them inside the piece follows. Belongs
 * to port/html.c.
 */
#ifndef ERGEN_PORT_HTML_IDS_H
#define ERGEN_PORT_HTML_IDS_H

#include "port/html_rules.h"

#include <glib.h>

struct html_ids;

/* Names begin with the prefix, which is borrowed. */
struct html_ids *html_ids_new(const char *prefix);
void html_ids_free(struct html_ids *ids);
/* All ids are added before the first is asked for. */
void html_ids_add(struct html_ids *ids, const char *id);
/* Changes an attribute's value if it is an id, or refers to one: href="#a",
 * aria-labelledby="a b", fill="url(#a)". False: it refers to none of the ids,
 * though it must, and is better left out. The href of a link need not. */
bool html_ids_rename(const struct html_ids *ids, enum html_vocabulary v,
    const char *element, const char *attribute, GString *value);

#endif
