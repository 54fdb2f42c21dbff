#include "base/json.h"

#include <stdint.h>

enum {
	DIGITS_MOST = 20 /* of a number, with its sign */
};

/* Room for n bytes behind the text, which are then part of it. Most of what
 * is written here is short, so a call for each piece would cost more than the
 * piece. */
static char *
extend(GString *out, size_t n)
{
	const size_t len = out->len;

	if (len + n >= out->allocated_len)
		g_string_set_size(out, len + n);
	out->len = len + n;
	out->str[len + n] = '\0';
	return out->str + len;
}

static void
new_line(const struct json *j)
{
	if (j->out->len > 0)
		g_string_append_printf(j->out, "\n%*s", (int)j->depth * 4, "");
}

/* Before each key, and each value that has none. */
static void
comma(struct json *j)
{
	if (j->needs_comma)
		*extend(j->out, 1) = ',';
	if (j->has_lines && !j->is_keyed)
		new_line(j);
	j->is_keyed = false;
	j->needs_comma = true;
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\';
}

/* Whether all of 8 bytes are plain: each test leaves the top bit of a byte
 * that fails, and may leave those above it, which costs only time. */
static bool
are_plain(const char *p)
{
	const uint64_t ones = 0x0101010101010101, tops = ones << 7;
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	const uint64_t quotes = x ^ ones * '"', backslashes = x ^ ones * '\\';
	return !(((x - ones * 0x20) | (quotes - ones) | (backslashes - ones)) &
		   ~x & tops) &&
	    1;
}

/* The length of what needs no escape at the start. */
static size_t
plain_length(struct str s)
{
	size_t i = 0;

	while (i + 8 <= s.len && are_plain(s.p + i))
		i += 8;
	while (i < s.len && is_plain((unsigned char)s.p[i]))
		i++;
	return i;
}

static void
put_escape(GString *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char text[6] = { '\\', (char)c };
	size_t n = 2;

	if (c == '\n') {
		text[1] = 'n';
	} else if (c == '\t') {
		text[1] = 't';
	} else if (c < 0x20) {
		memcpy(text + 1, "u00", 3);
		text[4] = hex[c >> 4];
		text[5] = hex[c & 15];
		n = 6;
	}
	memcpy(extend(out, n), text, n);
}

static void
put_string(GString *out, struct str s)
{
	size_t n = plain_length(s);

	if (n == s.len) {
		char *p = extend(out, n + 2);
		p[0] = '"';
		if (n)
			memcpy(p + 1, s.p, n);
		p[n + 1] = '"';
		return;
	}
	*extend(out, 1) = '"';
	for (;; n = plain_length(s)) {
		if (n)
			memcpy(extend(out, n), s.p, n);
		if (n == s.len)
			break;
		put_escape(out, (unsigned char)s.p[n]);
		s = str_from(s, n + 1);
	}
	*extend(out, 1) = '"';
}

void
json_open(struct json *j, char open)
{
	comma(j);
	*extend(j->out, 1) = open;
	j->needs_comma = false;
	j->depth++;
}

void
json_close(struct json *j, char close)
{
	j->depth--;
	if (j->has_lines && j->needs_comma)
		new_line(j);
	*extend(j->out, 1) = close;
	j->needs_comma = true;
}

void
json_key(struct json *j, const char *key)
{
	comma(j);
	put_string(j->out, str_of(key));
	*extend(j->out, 1) = ':';
	if (j->has_lines)
		*extend(j->out, 1) = ' ';
	j->needs_comma = false;
	j->is_keyed = true;
}

void
json_str(struct json *j, struct str s)
{
	comma(j);
	put_string(j->out, s);
}

void
json_wrapped(struct json *j, struct str before, struct str s, char after)
{
	comma(j);
	memcpy(extend(j->out, before.len), before.p, before.len);
	put_string(j->out, s);
	*extend(j->out, 1) = after;
}

void
json_strz(struct json *j, const char *z)
{
	comma(j);
	if (z)
		put_string(j->out, str_of(z));
	else
		g_string_append(j->out, "null");
}

void
json_int(struct json *j, long long n)
{
	char digits[DIGITS_MOST];
	char *p = digits + sizeof(digits);
	unsigned long long rest = n < 0 ? -(unsigned long long)n
					: (unsigned long long)n;

	do
		*--p = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (n < 0)
		*--p = '-';
	const size_t len = (size_t)(digits + sizeof(digits) - p);
	comma(j);
	memcpy(extend(j->out, len), p, len);
}

void
json_bool(struct json *j, bool b)
{
	comma(j);
	g_string_append(j->out, b ? "true" : "false");
}

void
json_raw(struct json *j, struct str value)
{
	comma(j);
	if (!j->has_lines) {
		memcpy(extend(j->out, value.len), value.p, value.len);
		return;
	}
	for (size_t from = 0; from < value.len;) {
		const size_t n = str_find(str_from(value, from), '\n');
		g_string_append_len(j->out, value.p + from, (gssize)n);
		from += n + 1;
		if (from <= value.len)
			new_line(j);
	}
}

void
json_add(struct json *j, const char *key, const char *value)
{
	json_key(j, key);
	json_strz(j, value);
}

void
json_add_int(struct json *j, const char *key, long long value)
{
	json_key(j, key);
	json_int(j, value);
}

void
json_add_bool(struct json *j, const char *key, bool value)
{
	json_key(j, key);
	json_bool(j, value);
}
