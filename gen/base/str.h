/*
 * A borrowed range of bytes; not necessarily NUL-terminated. Passed by value.
 * Text that grows is GString. Nothing here allocates and nothing can fail.
 */
#ifndef ERGEN_STR_H
#define ERGEN_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *p;
	size_t len;
};

#define STR_LIT(s) ((struct str){ "" s, sizeof(s) - 1 })
/* The two arguments that "%.*s" wants. */
#define STR_ARG(s) (int)(s).len, (s).p

static inline struct str
str_of(const char *z)
{
	return (struct str){ z, z ? strlen(z) : 0 };
}

bool str_eq(struct str a, struct str b);
bool str_is(struct str s, const char *z);
/* ASCII letters compare without case. */
bool str_is_nocase(struct str s, const char *z);
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
/* Both ends without spaces, tabs and line ends. */
struct str str_trim(struct str s);
struct str str_from(struct str s, size_t offset);
struct str str_upto(struct str s, size_t len);
/* The offset of the first c, or s.len. */
size_t str_find(struct str s, char c);
/* Whether text stands in s. Its byte at `rare` should be rarer than the others:
 * memchr() is many times as fast as memmem() is with a short needle. */
bool str_has(struct str s, const char *text, size_t rare);
/* Of one byte. */
size_t str_longest_run(struct str s, char c);
/* Takes the first line off *rest and gives it without its end, which is LF,
 * CRLF or CR, as in CommonMark. */
struct str str_line(struct str *rest);
/* The bytes of the range [A-Za-z0-9] and white space, locale-free. */
bool is_alnum(char c);
bool is_space(char c);

#endif
