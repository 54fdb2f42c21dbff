/* Text and words as HTML. */
#include "base/text.h"
#include "render/html.h"

/* U+FFFE and U+FFFF are no characters. */
static bool
is_no_character(struct str s, size_t i)
{
	return s.len - i > 2 && s.p[i + 1] == '\xbf' &&
	    (s.p[i + 2] == '\xbe' || s.p[i + 2] == '\xbf');
}

/* Both escapes also keep out what neither HTML nor XML may hold: control
 * characters (https://www.w3.org/TR/xml/#charsets). */
static void
escape(GString *out, struct str s, bool is_attr)
{
	static const unsigned char special[256] = { [0] = 3,
		[1] = 3,
		[2] = 3,
		[3] = 3,
		[4] = 3,
		[5] = 3,
		[6] = 3,
		[7] = 3,
		[8] = 3,
		[11] = 3,
		[12] = 3,
		[14] = 3,
		[15] = 3,
		[16] = 3,
		[17] = 3,
		[18] = 3,
		[19] = 3,
		[20] = 3,
		[21] = 3,
		[22] = 3,
		[23] = 3,
		[24] = 3,
		[25] = 3,
		[26] = 3,
		[27] = 3,
		[28] = 3,
		[29] = 3,
		[30] = 3,
		[31] = 3,
		['&'] = 1,
		['<'] = 1,
		['>'] = 1,
		['"'] = 2,
		[0xef] = 4 };
	size_t from = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (!special[c] || (special[c] == 2 && !is_attr) ||
		    (special[c] == 4 && !is_no_character(s, i)))
			continue;
		text_add(out, s.p + from, i - from);
		from = i + (special[c] == 4 ? 3 : 1);
		if (c == '&')
			text_add(out, "&amp;", 5);
		else if (c == '<')
			text_add(out, "&lt;", 4);
		else if (c == '>')
			text_add(out, "&gt;", 4);
		else if (c == '"')
			text_add(out, "&quot;", 6);
	}
	text_add(out, s.p + from, s.len - from);
}

void
html_text(GString *out, struct str s)
{
	escape(out, s, false);
}

void
html_attr(GString *out, struct str s)
{
	escape(out, s, true);
}

void
html_cdata(GString *out, struct str s)
{
	g_string_append(out, "<![CDATA[");
	for (size_t i = 0; i < s.len; i++) {
		const unsigned char c = (unsigned char)s.p[i];
		if (c == 0xef && is_no_character(s, i)) {
			i += 2;
			continue;
		}
		if (c == '>' && memcmp(out->str + out->len - 2, "]]", 2) == 0)
			g_string_append(out, "]]><![CDATA[");
		if (c >= ' ' || c == '\n' || c == '\t')
			g_string_append_c(out, (char)c);
	}
	g_string_append(out, "]]>");
}

void
html_word(GString *out, const struct words *words, enum word word,
    const char *a, const char *b)
{
	struct str plain = str_of(words->text[word]);

	if (str_find(plain, '%') == plain.len) {
		html_attr(out, plain);
		return;
	}
	g_autoptr(GString) text = g_string_new(NULL);
	words_format(text, words, word, a, b);
	html_attr(out, (struct str){ text->str, text->len });
}

void
html_word_around(GString *out, const struct words *words, enum word word,
    const char *a, const char *b)
{
	g_autoptr(GString) text = g_string_new(NULL);

	words_format(text, words, word, "\x01", "\x02");
	struct str rest = { text->str, text->len };
	while (rest.len) {
		size_t one = str_find(rest, '\x01'),
		       two = str_find(rest, '\x02');
		size_t at = MIN(one, two);
		html_text(out, str_upto(rest, at));
		if (at < rest.len)
			g_string_append(out, at == one ? a : b);
		rest = str_from(rest, at + 1);
	}
}
