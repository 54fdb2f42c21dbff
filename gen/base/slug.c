#include "base/slug.h"

static bool
is_slug_char(gunichar c)
{
	return c == '_' || c == '-' || g_unichar_isalnum(c) ||
	    g_unichar_ismark(c);
}

char *
slug_heading(struct arena *a, struct str text)
{
	g_autoptr(GString) s = g_string_sized_new(text.len + 1);
	struct str t = str_trim(text);
	const char *end = t.p + t.len;

	for (const char *p = t.p; p < end;
	     p += g_utf8_skip[(unsigned char)*p]) {
		gunichar c = g_utf8_get_char(p);
		if (c == ' ')
			g_string_append_c(s, '-');
		else if (c < 0x80 && is_alnum((char)c))
			g_string_append_c(s, g_ascii_tolower((char)c));
		else if (is_slug_char(c))
			g_string_append_unichar(s, g_unichar_tolower(c));
	}
	return arena_str(a, (struct str){ s->str, s->len });
}

/* Letters of Latin alphabets that no normalization takes apart, as they are
 * spelled where there is only ASCII. */
static const char *
spelled(gunichar c)
{
	static const struct {
		gunichar c;
		const char *ascii;
	} letters[] = { { 0xdf, "ss" }, { 0x1e9e, "ss" }, { 0xe6, "ae" },
		{ 0xc6, "ae" }, { 0xf8, "o" }, { 0xd8, "o" }, { 0x153, "oe" },
		{ 0x152, "oe" }, { 0x142, "l" }, { 0x141, "l" }, { 0x111, "d" },
		{ 0x110, "d" }, { 0xf0, "d" }, { 0xd0, "d" }, { 0xfe, "th" },
		{ 0xde, "th" }, { 0x131, "i" } };

	for (size_t i = 0; i < G_N_ELEMENTS(letters); i++)
		if (letters[i].c == c)
			return letters[i].ascii;
	return NULL;
}

/* Marks apart from their letters, and those spelled; empty if it is no UTF-8.
 * To be freed. */
static char *
taken_apart(struct str text)
{
	g_autofree char *apart = g_utf8_normalize(text.p, (gssize)text.len,
	    G_NORMALIZE_ALL);
	GString *s = g_string_new(NULL);

	for (const char *p = apart ? apart : ""; *p; p = g_utf8_next_char(p)) {
		const gunichar c = g_utf8_get_char(p);
		const char *ascii = c < 0x80 ? NULL : spelled(c);
		if (ascii)
			g_string_append(s, ascii);
		else
			g_string_append_unichar(s, c);
	}
	return g_string_free(s, FALSE);
}

char *
slug_ascii(struct arena *a, struct str text, size_t most)
{
	g_autofree char *plain = taken_apart(text);
	g_autoptr(GString) s = g_string_new(NULL);
	size_t cut = 0;
	bool is_gap = false;

	for (const char *p = plain; *p && s->len < most; p++) {
		if (is_alnum(*p)) {
			if (is_gap && s->len) {
				cut = s->len;
				g_string_append_c(s, '-');
			}
			is_gap = false;
			g_string_append_c(s, g_ascii_tolower(*p));
		} else if ((*p & 0x80) == 0) {
			/* An apostrophe is inside a word; a mark that
			 * normalizing split off is not ASCII. */
			is_gap = is_gap || *p != '\'';
		}
	}
	if (s->len >= most && cut > most / 2)
		g_string_truncate(s, cut);
	while (s->len && s->str[s->len - 1] == '-')
		g_string_truncate(s, s->len - 1);
	return arena_str(a, (struct str){ s->str, s->len });
}
