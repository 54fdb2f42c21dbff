/*
 * JSON (RFC 8259) as the const tree that port/yaml.h describes: a string is a
 * quoted scalar, a number, true, false and null are plain ones, so that what
 * reads the one reads the other. There are no places in it.
 *
 * Refused: keys twice in one object, text that is not UTF-8, NUL in strings,
 * nesting over 64.
 */
#ifndef ERGEN_PARSE_JSON_H
#define ERGEN_PARSE_JSON_H

#include "port/yaml.h"

/* One value and nothing behind it. NULL: *why says what is wrong with it. Both
 * are in the arena. */
const struct yaml *
parse_json(struct str text, struct arena *a, const char **why);

#endif
