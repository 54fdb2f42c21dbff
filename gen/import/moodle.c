#include "import/moodle.h"

#include <stdlib.h>

enum {
	DIGITS_MOST = 40 /* of a number; ergen takes no more */
};

/* "<p>", "</b>", "&amp;": what no plain text has by accident. */
static bool
has_html(struct str s)
{
	for (size_t i = 0; i + 1 < s.len; i++) {
		const char next = s.p[i + 1];
		if (s.p[i] == '<' && (g_ascii_isalpha(next) || next == '/') &&
		    memchr(s.p + i, '>', s.len - i))
			return true;
		if (s.p[i] == '&' && (g_ascii_isalpha(next) || next == '#') &&
		    str_find(str_from(s, i), ';') < MIN(s.len - i, 10))
			return true;
	}
	return false;
}

static bool
has_blocks(struct str s)
{
	static const char *const tags[] = { "<p", "<div", "<ul", "<ol",
		"<table", "<pre", "<br", "<h1", "<h2", "<h3", "<h4",
		"<blockquote" };
	g_autofree char *low = g_ascii_strdown(s.p, (gssize)s.len);

	for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
		if (strstr(low, tags[i]))
			return true;
	return false;
}

const char *
moodle_text(const struct markup *m, struct str text)
{
	g_autoptr(GString) to = g_string_new(NULL);

	if (!has_html(text)) {
		text_plain(to, text, m->use);
		return arena_str(m->im->arena,
		    (struct str){ to->str, to->len });
	}
	if (has_blocks(text))
		return markup_read(m, text);
	text = str_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		g_string_append(to, text.p[i] == '\n' ? "<br>" : "");
		g_string_append_c(to, text.p[i]);
	}
	return markup_read(m, (struct str){ to->str, to->len });
}

/* Moves the point of a number by its exponent. */
static const char *
shift_point(struct import *im, bool is_minus, const char *digits, long point)
{
	g_autoptr(GString) s = g_string_new(digits);

	while (point <= 0) {
		g_string_prepend_c(s, '0');
		point++;
	}
	while ((long)s->len < point)
		g_string_append_c(s, '0');
	if ((long)s->len > point) {
		g_string_insert_c(s, point, '.');
		while (s->str[s->len - 1] == '0')
			g_string_truncate(s, s->len - 1);
		if (s->str[s->len - 1] == '.')
			g_string_truncate(s, s->len - 1);
	}
	while (s->len > 1 && s->str[0] == '0' && s->str[1] != '.')
		g_string_erase(s, 0, 1);
	if (is_minus && strcmp(s->str, "0") != 0)
		g_string_prepend_c(s, '-');
	return s->len > DIGITS_MOST ? NULL : arena_strdup(im->arena, s->str);
}

const char *
moodle_number(struct import *im, struct str text)
{
	g_autoptr(GString) digits = g_string_new(NULL);
	const struct str s = str_trim(text);
	size_t i = s.len && strchr("+-", s.p[0]);
	const bool is_minus = i && s.p[0] == '-';
	bool has_point = false;
	long point = 0, exponent = 0;

	for (; i < s.len && (g_ascii_isdigit(s.p[i]) || s.p[i] == '.'); i++) {
		if (s.p[i] == '.' && has_point)
			return NULL;
		if (s.p[i] == '.') {
			has_point = true;
			continue;
		}
		g_string_append_c(digits, s.p[i]);
		point += !has_point;
	}
	if (digits->len == 0 || digits->len > DIGITS_MOST)
		return NULL;
	if (i == s.len && !(s.p[s.len - 1] == '.') && s.p[0] != '.' &&
	    s.p[0] != '+' && !(is_minus && s.p[1] == '.'))
		return arena_str(im->arena, s);
	if (i < s.len) {
		if (s.p[i] != 'e' && s.p[i] != 'E')
			return NULL;
		g_autofree char *rest = g_strndup(s.p + i + 1, s.len - i - 1);
		char *end;
		exponent = strtol(rest, &end, 10);
		if (*end || !rest[0] || exponent > DIGITS_MOST ||
		    exponent < -DIGITS_MOST)
			return NULL;
	}
	return shift_point(im, is_minus, digits->str, point + exponent);
}
