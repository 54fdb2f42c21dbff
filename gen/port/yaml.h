/*
 * YAML as a const tree with places. Scalars stay text: who reads a key knows
 * its type. Refused, each with its place: aliases and anchors, tags, nesting
 * over 64, duplicate keys, keys that are no scalars, several documents, text
 * with characters that XML does not know, and whatever libyaml does not
 * accept.
 */
#ifndef ERGEN_YAML_H
#define ERGEN_YAML_H

#include "base/arena.h"
#include "base/diag.h"

enum yaml_kind {
	YAML_SCALAR,
	YAML_LIST,
	YAML_MAP
};

struct yaml {
	enum yaml_kind kind;
	struct loc at; /* of the value; col in bytes */
	struct str text; /* SCALAR; NUL-terminated, no NUL inside */
	bool is_quoted; /* SCALAR: in quotes or a block, so surely text */
	const struct yaml *items; /* LIST: items; MAP: values */
	const struct yaml_key *keys; /* MAP: as many as items */
	size_t n_items;
};

struct yaml_key {
	const char *name;
	struct loc at;
};

/* text is part of in->text and begins at its line first_line (from 1). NULL:
 * the diagnostic (bad_id) has been reported. An empty document is an empty
 * map. */
const struct yaml *yaml_parse(const struct origin *in, struct str text,
    unsigned first_line, enum diag_id bad_id, struct arena *a, struct diag *d);
/* The value of a key of a map, or NULL. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);
/* Nothing, null or ~: https://yaml.org/spec/1.2.2/#103-core-schema */
bool yaml_is_null(const struct yaml *y);

#endif
