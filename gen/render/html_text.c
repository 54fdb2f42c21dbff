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

/* Sixteen bytes that stay as they are, as most do. A loop that compilers turn
 * into a few vector instructions. */
static bool
is_plain(const char *p)
{
	unsigned char odd = 0;

	for (size_t i = 0; i < 16; i++) {
		const unsigned char c = (unsigned char)p[i];
		odd |= (unsigned char)((c < 0x20) | (c >= 0x7f) | (c == '&') |
		    (c == '<') | (c == '>') | (c == '"'));
	}
	return !odd;
}

static size_t
plain_len(struct str s)
{
	static const unsigned char special[256] = { [0] = 1,
		[1] = 1,
		[2] = 1,
		[3] = 1,
		[4] = 1,
		[5] = 1,
		[6] = 1,
		[7] = 1,
		[8] = 1,
		[11] = 1,
		[12] = 1,
		[14] = 1,
		[15] = 1,
		[16] = 1,
		[17] = 1,
		[18] = 1,
		[19] = 1,
		[20] = 1,
		[21] = 1,
		[22] = 1,
		[23] = 1,
		[24] = 1,
		[25] = 1,
		[26] = 1,
		[27] = 1,
		[28] = 1,
		[29] = 1,
		[30] = 1,
		[31] = 1,
		['&'] = 1,
		['<'] = 1,
		['>'] = 1,
		['"'] = 1,
		[0xef] = 1 };
	size_t n = 0;

	while (s.len - n >= 16 && is_plain(s.p + n))
		n += 16;
	while (n < s.len && !special[(unsigned char)s.p[n]])
		n++;
	return n;
}

/* Both escapes also keep out what neither HTML nor XML may hold: control
 * characters (https://www.w3.org/TR/xml/#charsets). */
static void
escape(GString *out, struct str s, bool is_attr)
{
	for (;;) {
		const size_t n = plain_len(s);
		text_add(out, s.p, n);
		s = str_from(s, n);
		if (s.len == 0)
			break;
		size_t len = 1;
		if (s.p[0] == '&')
			text_add(out, "&amp;", 5);
		else if (s.p[0] == '<')
			text_add(out, "&lt;", 4);
		else if (s.p[0] == '>')
			text_add(out, "&gt;", 4);
		else if (s.p[0] == '"' && is_attr)
			text_add(out, "&quot;", 6);
		else if (s.p[0] == '"' ||
		    (s.p[0] == '\xef' && !is_no_character(s, 0)))
			text_add(out, s.p, 1);
		else if (s.p[0] == '\xef')
			len = 3;
		s = str_from(s, len);
	}
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
