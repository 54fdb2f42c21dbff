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

char *
slug_ascii(struct arena *a, struct str text, size_t most)
{
	g_autofree char *plain = g_utf8_normalize(text.p, (gssize)text.len,
	    G_NORMALIZE_ALL);
	g_autoptr(GString) s = g_string_new(NULL);
	size_t cut = 0;
	bool is_gap = false;

	for (const char *p = plain ? plain : ""; *p && s->len < most; p++) {
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
