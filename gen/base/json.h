/*
 * Writing JSON (RFC 8259) into a GString: commas, escapes and nothing else.
 * Text is UTF-8 and stays UTF-8. An object's values follow their json_key().
 */
#ifndef ERGEN_JSON_H
#define ERGEN_JSON_H

#include "base/str.h"

#include <glib.h>

struct json {
	GString *out;
	bool needs_comma;
	/* Each value on a line of its own, four spaces deeper than what it is
	 * in; else all on one line. */
	bool has_lines;
	unsigned depth; /* of objects and arrays that are open */
	bool is_keyed; /* the value of a key is next */
};

/* open: '{' or '['; close: '}' or ']'. */
void json_open(struct json *j, char open);
void json_close(struct json *j, char close);
void json_key(struct json *j, const char *key);
void json_str(struct json *j, struct str s);
/* A string with JSON of the caller's on both sides of it; for one line. */
void json_wrapped(struct json *j, struct str before, struct str s, char after);
/* NULL gives null. */
void json_strz(struct json *j, const char *z);
void json_int(struct json *j, long long n);
void json_bool(struct json *j, bool b);
/* A value made elsewhere, with lines if j has some. */
void json_raw(struct json *j, struct str value);
/* A key and its value at once. */
void json_add(struct json *j, const char *key, const char *value);
void json_add_int(struct json *j, const char *key, long long value);
void json_add_bool(struct json *j, const char *key, bool value);

#endif
