/*
 * TOML 1.0 (https://toml.io/en/v1.0.0), read into a tree. Numbers other than
 * decimal integers, and dates, stay as they are written. What is not TOML is
 * reported at its place.
 */
#ifndef ERGEN_IMPORT_TOML_H
#define ERGEN_IMPORT_TOML_H

#include "import/bank.h"

enum toml_kind {
	TOML_TABLE,
	TOML_LIST,
	TOML_TEXT,
	TOML_BOOL, /* text is "true" or "false" */
	TOML_OTHER /* a number or date: text is how it is written */
};

struct toml {
	enum toml_kind kind;
	const char *key; /* in a table; else NULL */
	const char *text;
	size_t at, end; /* the value's place in the source */
	struct toml *first, *last, *next; /* children, in their order */
	bool is_closed; /* an inline table, or list: not to be added to */
};

/* The whole file, in the arena; NULL: reported. */
struct toml *toml_read(struct import *im, const struct origin *in);
/* "prompt" of a table, or NULL. */
struct toml *toml_get(const struct toml *table, const char *key);
/* The text of a value of that kind, or NULL. */
const char *toml_text(const struct toml *table, const char *key);

#endif
