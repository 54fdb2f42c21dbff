/* What Markdown takes for markup, written so that it is none. */
#include "render/markdown_own.h"

static bool
is_mark(char c)
{
	return g_ascii_ispunct(c) != 0;
}

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t';
}

/* The byte at i, or NUL behind the end. */
static char
at(struct str s, size_t i)
{
	return i < s.len ? s.p[i] : '\0';
}

/* An entity begins here: https://spec.commonmark.org/0.31.2/#entity-references
 */
static bool
is_entity(struct str s, size_t i)
{
	size_t from = i + 1;

	if (at(s, from) == '#')
		from += at(s, from + 1) == 'x' || at(s, from + 1) == 'X' ? 2
									 : 1;
	size_t to = from;
	while (is_alnum(at(s, to)))
		to++;
	return to > from && at(s, to) == ';';
}

/* "1. " and "1) " begin a list; i is at the mark. */
static bool
ends_number(struct str s, size_t i)
{
	bool is_number = i > 0 && i <= 9 &&
	    (i + 1 >= s.len || is_gap(s.p[i + 1]));

	for (size_t k = 0; is_number && k < i; k++)
		is_number = g_ascii_isdigit(s.p[k]) != 0;
	return is_number;
}

/* Would s.p[i] begin a block? Nothing but s stands on the line up to it. */
static bool
begins_block(struct str s, size_t i, unsigned where)
{
	const char c = s.p[i], next = at(s, i + 1);

	if (!(where & MARK_START))
		return false;
	if (c == '.' || c == ')')
		return ends_number(s, i);
	if (i > 0)
		return false;
	switch (c) {
	case '>':
	case '=': return true;
	case '|': return !(where & MARK_CELL);
	case '#': return !next || is_gap(next) || next == '#';
	case '+': return !next || is_gap(next);
	case ':': return next == '-';
	case '-': return !next || is_gap(next) || strchr("-|:=", next);
	default: return false;
	}
}

/* Inside of a word "_" is text:
 * https://spec.commonmark.org/0.31.2/#right-flanking-delimiter-run
 */
static bool
is_in_word(struct str s, size_t i, char before)
{
	size_t from = i, to = i;

	while (from > 0 && s.p[from - 1] == '_')
		from--;
	while (at(s, to) == '_')
		to++;
	return is_alnum(from > 0 ? s.p[from - 1] : before) &&
	    is_alnum(at(s, to));
}

/* Does s.p[i] need a backslash? before: what stands in front of s. */
static bool
is_special(struct str s, size_t i, char before, unsigned where)
{
	const char c = s.p[i], next = at(s, i + 1);
	const bool is_last = i + 1 == s.len;

	switch (c) {
	case '`':
	case '*':
	case '[':
	case ']':
	case '~':
	case '$': return true;
	case '\\': return is_last || is_mark(next);
	case '_': return !is_in_word(s, i, before);
	case '<':
		return is_last || g_ascii_isalpha(next) || next == '/' ||
		    next == '!' || next == '?';
	case '&': return is_entity(s, i);
	case '!': return is_last && (where & MARK_BEFORE_LINK);
	/* "[^1]:" defines a note, "[^1](x)" is a link. */
	case '(': return i == 0 && before == ']';
	case ':': return (i == 0 && before == ']') || begins_block(s, i, where);
	case '#':
		if ((where & MARK_HEADING) &&
		    (i > 0 ? strchr(" \t#", s.p[i - 1]) != NULL
			   : !is_alnum(before)))
			return true;
		return begins_block(s, i, where);
	default: return begins_block(s, i, where);
	}
}

static void
put_reference(GString *out, gunichar c)
{
	g_string_append_printf(out, "&#%u;", c);
}

/* White space that would be taken away, or would part a delimiter from its
 * word, as a reference. Returns how many bytes at i these are. */
static size_t
put_space(GString *out, struct str s, size_t i, unsigned where)
{
	const gunichar c = g_utf8_get_char(s.p + i);
	const size_t len = (size_t)g_unichar_to_utf8(c, NULL);
	const bool is_first = i == 0, is_last = i + len >= s.len;
	const bool is_ascii = c == ' ' || c == '\t';

	if (c != '\n' && c != '\r' &&
	    !(is_ascii && is_first && (where & MARK_START)) &&
	    !(is_ascii && is_last && (where & MARK_END)) &&
	    !(is_first && (where & MARK_EDGE_FIRST)) &&
	    !(is_last && (where & MARK_EDGE_LAST)))
		return 0;
	put_reference(out, c);
	return len;
}

static bool
may_be_space(char c)
{
	return (unsigned char)c <= ' ' || (unsigned char)c >= 0xc2;
}

void
markdown_escape(GString *out, struct str s, unsigned where)
{
	const char before = out->len ? out->str[out->len - 1] : '\n';

	for (size_t i = 0; i < s.len; i++) {
		const char c = s.p[i];
		if (may_be_space(c) &&
		    g_unichar_isspace(g_utf8_get_char(s.p + i))) {
			const size_t n = put_space(out, s, i, where);
			if (n) {
				i += n - 1;
				continue;
			}
		} else if (is_mark(c) && is_special(s, i, before, where)) {
			g_string_append_c(out, '\\');
		}
		g_string_append_c(out, c);
	}
}

void
markdown_bars(GString *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '|')
			g_string_append_c(out, '\\');
		g_string_append_c(out, s.p[i]);
	}
}

void
markdown_text(GString *out, struct str s)
{
	g_autofree char *line = g_strndup(s.p, s.len);
	g_autoptr(GString) text = g_string_new(NULL);

	g_strdelimit(line, "\r\n", ' ');
	markdown_escape(text, str_trim(str_of(line)),
	    MARK_START | MARK_HEADING | MARK_BEFORE_LINK | MARK_CELL);
	markdown_bars(out, (struct str){ text->str, text->len });
}

/* --- code --------------------------------------------------------------- */

static void
put_run(GString *out, char c, size_t n)
{
	while (n--)
		g_string_append_c(out, c);
}

void
markdown_code(GString *out, struct str s)
{
	g_autofree char *line = g_strndup(s.p, s.len);

	g_strdelimit(line, "\r\n", ' ');
	s = str_of(line);
	const size_t n = str_longest_run(s, '`') + 1;
	const bool is_padded = s.len &&
	    (s.p[0] == '`' || s.p[s.len - 1] == '`' ||
		(s.p[0] == ' ' && s.p[s.len - 1] == ' ' &&
		    strspn(s.p, " ") < s.len));
	put_run(out, '`', n);
	g_string_append(out, is_padded || s.len == 0 ? " " : "");
	text_add(out, s.p, s.len);
	g_string_append(out, is_padded ? " " : "");
	put_run(out, '`', n);
}

/* Behind a fence entities and escapes are resolved. */
static void
put_info(GString *out, const char *info)
{
	const struct str s = str_of(info);

	/* "~~~" and "~x" are not one fence. */
	if (info[0] == '~')
		g_string_append_c(out, ' ');
	for (size_t i = 0; i < s.len; i++) {
		if ((s.p[i] == '\\' && is_mark(at(s, i + 1))) ||
		    (s.p[i] == '&' && is_entity(s, i)))
			g_string_append_c(out, '\\');
		if (s.p[i] == '\n' || s.p[i] == '\r')
			put_reference(out, (gunichar)s.p[i]);
		else
			g_string_append_c(out, s.p[i]);
	}
}

void
markdown_fence(GString *out, struct str text, const char *info)
{
	/* Behind a fence of "`" none may stand. */
	const char c = strchr(info, '`') ? '~' : '`';
	const size_t n = MAX(str_longest_run(text, c) + 1, 3);

	put_run(out, c, n);
	put_info(out, info);
	g_string_append_c(out, '\n');
	text_add(out, text.p, text.len);
	if (text.len && text.p[text.len - 1] != '\n')
		g_string_append_c(out, '\n');
	put_run(out, c, n);
	g_string_append_c(out, '\n');
}

/* --- links -------------------------------------------------------------- */

static bool
is_balanced(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		n += s.p[i] == '(';
		if (s.p[i] == ')' && n-- == 0)
			return false;
	}
	return n == 0;
}

static void
put_address(GString *out, struct str s)
{
	const bool escapes = !is_balanced(s);

	for (size_t i = 0; i < s.len; i++) {
		const char c = s.p[i];
		if ((unsigned char)c <= ' ' || c == 0x7f ||
		    strchr("\"<>\\^`{|}", c))
			g_string_append_printf(out, "%%%02X", (unsigned char)c);
		else if (c == '&' && is_entity(s, i))
			g_string_append(out, "&amp;");
		else if (escapes && (c == '(' || c == ')'))
			g_string_append_printf(out, "\\%c", c);
		else
			g_string_append_c(out, c);
	}
}

void
markdown_destination(GString *out, struct str address, const char *title)
{
	put_address(out, address);
	if (!title || !title[0])
		return;
	const struct str s = str_of(title);
	g_string_append(out, address.len ? " \"" : "<> \"");
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.p[i];
		if (c == '"' || (c == '\\' && is_mark(at(s, i + 1))) ||
		    (c == '\\' && i + 1 == s.len) ||
		    (c == '&' && is_entity(s, i)))
			g_string_append_c(out, '\\');
		if (c == '\n' || c == '\r')
			put_reference(out, (gunichar)c);
		else
			g_string_append_c(out, c);
	}
	g_string_append_c(out, '"');
}

/* --- raw HTML ----------------------------------------------------------- */

/* The value of an attribute, from behind its "=" on; what is behind it. */
static struct str
take_value(struct str s, struct str *value)
{
	const char quote = at(s, 0);

	if (quote == '"' || quote == '\'') {
		s = str_from(s, 1);
		const size_t n = str_find(s, quote);
		*value = str_upto(s, n);
		return str_from(s, n + 1);
	}
	size_t n = 0;
	while (n < s.len && !is_space(s.p[n]) && s.p[n] != '>')
		n++;
	*value = str_upto(s, n);
	return str_from(s, n);
}

static const struct link *
find_link(const struct markdown_policy *p, struct str value, bool is_image)
{
	g_autoptr(GString) url = g_string_new_len(value.p, (gssize)value.len);

	g_string_replace(url, "&amp;", "&", 0);
	for (size_t i = 0; i < p->n_raw_links; i++)
		if (p->raw_links[i]->is_image == is_image &&
		    strcmp(p->raw_links[i]->url, url->str) == 0)
			return p->raw_links[i];
	return NULL;
}

/* ` href="…"`, or nothing if it leads nowhere. */
static void
put_attribute(GString *out, const char *name, const struct link *l,
    const struct markdown_policy *p)
{
	g_autoptr(GString) address = g_string_new(NULL);

	if (!p->address(address, l, p->ctx))
		return;
	g_string_append_printf(out, "%s=\"", name);
	for (const char *c = address->str; *c; c++) {
		if (*c == '&')
			g_string_append(out, "&amp;");
		else if ((unsigned char)*c <= ' ' || strchr("\"<>", *c))
			g_string_append_printf(out, "%%%02X",
			    (unsigned char)*c);
		else
			g_string_append_c(out, *c);
	}
	g_string_append_c(out, '"');
}

/* The name of the attribute at s that holds an address, or NULL; *rest is
 * where its value begins. */
static const char *
link_attribute(struct str s, struct str *rest)
{
	static const char *const names[] = { "href", "src" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const size_t len = strlen(names[i]);
		if (!str_is_nocase(str_upto(s, len), names[i]))
			continue;
		struct str r = str_from(s, len);
		while (r.len && is_space(r.p[0]))
			r = str_from(r, 1);
		if (at(r, 0) != '=')
			return NULL;
		r = str_from(r, 1);
		while (r.len && is_space(r.p[0]))
			r = str_from(r, 1);
		*rest = r;
		return names[i];
	}
	return NULL;
}

void
markdown_raw(GString *out, struct str html, const struct markdown_policy *p)
{
	while (html.len && p->n_raw_links) {
		/* Up to the next white space, behind which a name may stand. */
		size_t n = 0;
		while (n < html.len && !is_space(html.p[n]))
			n++;
		n = MIN(n + 1, html.len);
		text_add(out, html.p, n);
		html = str_from(html, n);
		struct str value, rest;
		const char *name = link_attribute(html, &rest);
		if (!name)
			continue;
		rest = take_value(rest, &value);
		const struct link *l = find_link(p, value,
		    strcmp(name, "src") == 0);
		if (!l)
			continue;
		put_attribute(out, name, l, p);
		html = rest;
	}
	text_add(out, html.p, html.len);
}

void
markdown_nest(GString *out, const char *first, const char *rest,
    struct str blocks)
{
	const char *prefix = first;

	do {
		const struct str line = str_line(&blocks);
		const size_t len = strlen(prefix);
		text_add(out, prefix, len);
		text_add(out, line.p, line.len);
		/* An empty line has no spaces at its end. */
		while (!line.len && out->len && out->str[out->len - 1] == ' ')
			g_string_truncate(out, out->len - 1);
		g_string_append_c(out, '\n');
		prefix = rest;
	} while (blocks.len);
}
