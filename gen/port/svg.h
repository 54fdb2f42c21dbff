/*
 * The part of port/image.c that looks into SVG: a scanner for tags, no parser
 * that makes a tree. It is strict: where it cannot follow, neither does a
 * browser, or the file counts as one with a script.
 */
#ifndef ERGEN_PORT_SVG_H
#define ERGEN_PORT_SVG_H

#include "port/image.h"

/* As image_probe(); *out is empty. Takes UTF-8, what has ASCII inside, and
 * UTF-16. */
bool svg_probe(struct str bytes, struct image *out);

#endif
