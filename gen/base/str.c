#include "base/str.h"

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
	    c == '\v';
}

bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

bool
str_is(struct str s, const char *z)
{
	return str_eq(s, str_of(z));
}

bool
str_is_nocase(struct str s, const char *z)
{
	if (strlen(z) != s.len)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (lower(s.p[i]) != lower(z[i]))
			return false;
	return true;
}

bool
str_starts(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);

	return s.len >= len && memcmp(s.p, prefix, len) == 0;
}

bool
str_ends(struct str s, const char *suffix)
{
	size_t len = strlen(suffix);

	return s.len >= len && memcmp(s.p + s.len - len, suffix, len) == 0;
}

struct str
str_trim(struct str s)
{
	while (s.len && is_space(s.p[s.len - 1]))
		s.len--;
	while (s.len && is_space(s.p[0])) {
		s.p++;
		s.len--;
	}
	return s;
}

struct str
str_from(struct str s, size_t offset)
{
	if (offset > s.len)
		offset = s.len;
	return (struct str){ s.p + offset, s.len - offset };
}

struct str
str_upto(struct str s, size_t len)
{
	return (struct str){ s.p, len < s.len ? len : s.len };
}

size_t
str_find(struct str s, char c)
{
	const char *at = s.len ? memchr(s.p, c, s.len) : NULL;

	return at ? (size_t)(at - s.p) : s.len;
}

bool
str_has(struct str s, const char *text, size_t rare)
{
	const size_t len = strlen(text);

	for (size_t at = rare; at < s.len; at++) {
		at += str_find(str_from(s, at), text[rare]);
		if (at - rare + len <= s.len &&
		    memcmp(s.p + at - rare, text, len) == 0)
			return true;
	}
	return false;
}

size_t
str_longest_run(struct str s, char c)
{
	size_t longest = 0, n = 0;

	for (size_t i = 0; i < s.len; i++) {
		n = s.p[i] == c ? n + 1 : 0;
		if (n > longest)
			longest = n;
	}
	return longest;
}

struct str
str_line(struct str *rest)
{
	struct str line = str_upto(*rest, str_find(*rest, '\n'));
	size_t cr = str_find(line, '\r');
	size_t skip = line.len + 1;

	if (cr < line.len) {
		/* CR alone ends a line too; CRLF is one end. */
		skip = cr + 1 == line.len && line.len < rest->len ? line.len + 1
								  : cr + 1;
		line.len = cr;
	}
	*rest = str_from(*rest, skip);
	return line;
}
