#include "doc/fence.h"

/* More lines than any code block has; keeps numbers far from overflow. */
#define LINE_MAX_NUMBER 1000000u

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t' || c == ',';
}

static struct str
take(struct str *rest, size_t len)
{
	struct str word = str_upto(*rest, len);

	*rest = str_from(*rest, len);
	return word;
}

/* A number from 1 at the start of *s, or 0. */
static unsigned
take_number(struct str *s)
{
	unsigned n = 0;
	size_t i = 0;

	for (; i < s->len && g_ascii_isdigit(s->p[i]); i++)
		if (n < LINE_MAX_NUMBER)
			n = n * 10 + (unsigned)(s->p[i] - '0');
	take(s, i);
	return n < LINE_MAX_NUMBER ? n : 0;
}

/* Adds "2,4-6" or "2 4-6"; false if it is anything else. */
static bool
add_lines(GArray *lines, struct str s)
{
	size_t n_before = lines->len;

	for (;;) {
		while (s.len > 0 && is_gap(s.p[0]))
			take(&s, 1);
		if (s.len == 0)
			return lines->len > n_before;
		struct line_range r = { .from = take_number(&s) };
		r.to = r.from;
		if (s.len > 0 && s.p[0] == '-') {
			take(&s, 1);
			r.to = take_number(&s);
		}
		if (r.from == 0 || r.to < r.from ||
		    (s.len > 0 && !is_gap(s.p[0])))
			return false;
		g_array_append_val(lines, r);
	}
}

static int
by_start(const void *a, const void *b)
{
	const struct line_range *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* Ascending, and those that touch in one. */
static void
tidy(GArray *lines)
{
	unsigned n = 0;

	g_array_sort(lines, by_start);
	for (unsigned i = 0; i < lines->len; i++) {
		struct line_range r = g_array_index(lines, struct line_range,
		    i);
		struct line_range *last = &g_array_index(lines,
		    struct line_range, n ? n - 1 : 0);
		if (n > 0 && r.from <= last->to + 1)
			last->to = MAX(last->to, r.to);
		else
			g_array_index(lines, struct line_range, n++) = r;
	}
	g_array_set_size(lines, n);
}

/* The value behind "key=", with or without quotes; false: no end of it. */
static bool
take_value(struct str *rest, const char *ends, struct str *value)
{
	size_t n = 0;

	if (rest->len > 0 && (rest->p[0] == '"' || rest->p[0] == '\'')) {
		char quote = take(rest, 1).p[0];
		n = str_find(*rest, quote);
		*value = str_upto(*rest, n);
		bool is_closed = n < rest->len;
		take(rest, is_closed ? n + 1 : n);
		return is_closed;
	}
	while (n < rest->len && !strchr(ends, rest->p[n]))
		n++;
	*value = take(rest, n);
	return n > 0;
}

static size_t
key_len(struct str s)
{
	size_t n = 0;

	while (n < s.len &&
	    (g_ascii_isalnum(s.p[n]) || s.p[n] == '_' || s.p[n] == '-'))
		n++;
	return n > 0 && n < s.len && s.p[n] == '=' ? n : 0;
}

/* One word behind the language; false if it means nothing. */
static bool
take_word(struct str *rest, struct arena *a, struct fence *out, GArray *lines)
{
	struct str value, key;

	if (rest->p[0] == '{') {
		size_t end = str_find(*rest, '}');
		value = str_from(take(rest, end), 1);
		bool is_closed = rest->len > 0;
		take(rest, 1);
		return is_closed && add_lines(lines, value);
	}
	size_t n = key_len(*rest);
	if (n == 0) {
		while (n < rest->len && !is_gap(rest->p[n]))
			n++;
		take(rest, n);
		return false;
	}
	key = take(rest, n);
	take(rest, 1);
	if (str_is(key, "hl") || str_is(key, "hl_lines"))
		return take_value(rest, " \t", &value) &&
		    add_lines(lines, value);
	if (!take_value(rest, " \t,", &value) || !str_is(key, "title"))
		return false;
	out->title = value.len > 0 ? arena_str(a, value) : NULL;
	return true;
}

void
fence_parse(struct str info, struct arena *a, struct fence *out)
{
	g_autoptr(GArray)
	    lines = g_array_new(false, false, sizeof(struct line_range));
	struct str rest = str_trim(info);
	size_t n = 0;

	*out = (struct fence){ 0 };
	while (n < rest.len && !is_gap(rest.p[n]) && rest.p[n] != '{')
		n++;
	/* A title or lines without a language. */
	if (key_len(rest) > 0)
		n = 0;
	out->lang = take(&rest, n);
	for (;;) {
		while (rest.len > 0 && is_gap(rest.p[0]))
			take(&rest, 1);
		if (rest.len == 0)
			break;
		struct str word = rest;
		if (!take_word(&rest, a, out, lines) && out->bad.len == 0)
			out->bad = str_upto(word, word.len - rest.len);
	}
	tidy(lines);
	out->lines = arena_array_of(a, lines);
	out->n_lines = lines->len;
}

bool
fence_marks(const struct fence *f, unsigned line)
{
	size_t low = 0, high = f->n_lines;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (f->lines[middle].to < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < f->n_lines && f->lines[low].from <= line;
}

bool
fence_closes(struct str line, char mark, size_t length)
{
	size_t start = 0, n;

	while (start < line.len && strchr(" \t>", line.p[start]))
		start++;
	struct str marks = str_from(line, start);
	for (n = 0; n < marks.len && marks.p[n] == mark; n++)
		;
	return n >= length && str_trim(str_from(marks, n)).len == 0;
}
