/*
 * The keys of site.yaml and of front matter as tables: what a key is called,
 * what it takes, where its value goes, what it is if not given. `make docs`
 * writes the manual's lists of keys and the schemas for editors from them.
 *
 * Whatever the author got wrong is reported and leaves the default; reading
 * goes on. A key without a value (null) is a key that is not given.
 */
#ifndef ERGEN_SCHEMA_H
#define ERGEN_SCHEMA_H

#include "base/arena.h"
#include "base/diag.h"
#include "port/yaml.h"

/* Beside each the C type of the field that takes the value. */
enum schema_type {
	SCHEMA_TEXT, /* const char *: one line, trimmed */
	SCHEMA_INT, /* int */
	SCHEMA_BOOL, /* bool */
	SCHEMA_WORD, /* int or an enum: the word's index */
	SCHEMA_LIST, /* const char *const *, size_t: texts; one text is a list
			of one */
	SCHEMA_MAP, /* const struct yaml *: a map that its owner reads */
	SCHEMA_GROUP, /* none: a map with a table of its own */
	SCHEMA_ANY /* none: not looked at */
};

/* Numbers and words that were not given and have no default. */
enum {
	SCHEMA_ABSENT = -1
};

/* What a text may be. */
struct schema_text {
	const char *name; /* the manual's word for it */
	bool (*is_valid)(struct str text); /* or NULL */
	const char *expects; /* what is_valid wants, or NULL: text */
	/* For editors, as in JSON Schema: matches at least what is valid. Or
	 * NULL. */
	const char *pattern;
};

struct schema_key {
	const char *name; /* NULL ends a table */
	enum schema_type type;
	size_t at, n_at; /* offsets of the field, and of a list's count */
	int least, most; /* INT */
	const char *const *words; /* WORD; in the order of the enumerators,
				     NULL ends */
	const struct schema_key *keys; /* GROUP */
	const struct schema_text *text; /* TEXT; or NULL: any */
	/* As it would be written; NULL: NULL, SCHEMA_ABSENT, false, none. */
	const char *fallback;
	const char *otherwise; /* the manual's word for no fallback, or NULL */
	const char *help; /* the manual's line, Markdown */
};

struct schema {
	const struct schema_key *keys;
	/* A second table, or NULL. Its keys are known but unwelcome if
	 * why_not_more says why. */
	const struct schema_key *more;
	const char *why_not_more;
	enum diag_id key_id, type_id; /* for unknown keys, for wrong values */
};

/* Fills the fields of `to` that the tables name. map is a map. Texts and maps
 * point into a or into map. */
void schema_read(const struct schema *s, const struct yaml *map, void *to,
    struct arena *a, struct diag *d);
/* The defaults alone. */
void schema_defaults(const struct schema *s, void *to);
/* What a key takes, in words: "a whole number from 0 to 100". To be freed. */
char *schema_expects(const struct schema_key *k);
/* Reports a wrong value of the key called `key` and says what was expected. */
void schema_wrong(enum diag_id id, const char *key, const struct yaml *value,
    const char *expected, struct diag *d);
/* A scalar's text in one line, without space at its ends. */
const char *schema_line(const struct yaml *scalar, struct arena *a);

extern const struct schema_text schema_filled; /* anything but white space */
extern const struct schema_text schema_lang;
/* Lower-case letters and digits, parts joined by single hyphens. */
extern const struct schema_text schema_id, schema_slug;

/* The tables. site.c, front.c */
extern const struct schema_key site_keys[];
extern const struct schema_key own_output_keys[]; /* outputs.c */
extern const struct schema_key front_keys[]; /* of every page */
extern const struct schema_key front_quiz_keys[]; /* of quizzes besides */
/* The words of enum shuffle and enum quiz_mode. schema.c */
extern const char *const shuffle_words[];
extern const char *const quiz_mode_words[];

#endif
