/* HTML and XML, CSS, and HTTP. */
#include "render/highlight_own.h"

/* ---- CSS: https://www.w3.org/TR/css-syntax-3/ */

enum {
	CSS_GROUP = 1, /* @media …: rules stand between the next braces */
	CSS_BLOCK = 2, /* in declarations */
	CSS_VALUE = 4 /* behind the colon of one */
};

static const struct lex_string css_strings[] = {
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
};

static bool
is_css_name(char c)
{
	return lex_is_letter(c) || g_ascii_isdigit(c) || c == '-';
}

static void
css_name(struct lexer *x, size_t prefix, enum lex_class c)
{
	const char *from = x->p;

	x->p += prefix;
	while (x->p < x->end && is_css_name(*x->p))
		x->p++;
	lex_token(x, from, c);
}

static void
css_at_rule(struct lexer *x)
{
	static const char *const groups[] = { "@media", "@supports", "@layer",
		"@container", "@keyframes", "@scope", "@document", NULL };
	const char *from = x->p;

	css_name(x, 1, LEX_K);
	struct str name = { from, (size_t)(x->p - from) };
	for (size_t i = 0; groups[i]; i++)
		if (str_is(name, groups[i]))
			x->state |= CSS_GROUP;
}

static bool
css_brace(struct lexer *x)
{
	switch (*x->p) {
	case '{':
		if (x->state & CSS_GROUP)
			x->state &= ~(unsigned)CSS_GROUP;
		else
			x->state |= CSS_BLOCK;
		break;
	case '}': x->state = 0; break;
	case ';': x->state &= ~(unsigned)(CSS_VALUE | CSS_GROUP); break;
	}
	x->p++;
	return true;
}

static bool
css_step(struct lexer *x)
{
	bool is_block = x->state & CSS_BLOCK;
	char next = lex_at(x, 1);

	switch (*x->p) {
	case '{':
	case '}':
	case ';': return css_brace(x);
	case '@': css_at_rule(x); return true;
	case '#': css_name(x, 1, is_block ? LEX_MH : LEX_NN); return true;
	case '.':
		if (is_block ? !g_ascii_isdigit(next) : !lex_is_letter(next))
			return false;
		css_name(x, 1, is_block ? LEX_MF : LEX_NC);
		return true;
	case ':':
		if (is_block || (x->state & CSS_GROUP)) {
			x->state |= is_block ? CSS_VALUE : 0;
			x->p++;
		} else {
			css_name(x, next == ':' ? 2 : 1, LEX_ND);
		}
		return true;
	case '!': css_name(x, 1, LEX_K); return true;
	case '-':
		if (next == '-' || lex_is_letter(next))
			css_name(x, 1, next == '-' ? LEX_NV : LEX_NA);
		else
			x->p++;
		return true;
	}
	return false;
}

static enum lex_class
css_word(struct lexer *x, struct str word)
{
	if (lex_at(x, 0) == '(')
		return LEX_NF;
	if (word.p > x->start && word.p[-1] == '[')
		return LEX_NA;
	if (x->state & CSS_VALUE)
		return LEX_PLAIN;
	if (x->state & (CSS_BLOCK | CSS_GROUP))
		return LEX_NA;
	return LEX_NT;
}

const struct language lex_css = { .names = "css scss less",
	.run = lex_code,
	.strings = css_strings,
	.n_strings = G_N_ELEMENTS(css_strings),
	.block_open = "/*",
	.block_close = "*/",
	.ops = ">+~*=|^%",
	.in_words = "-",
	.step = css_step,
	.step_at = "{};@#.:!-",
	.word = css_word };

/* ---- HTML and XML */

/* Up to and with a text, or to the end. */
static void
up_to(struct lexer *x, size_t from, const char *stop)
{
	size_t len = strlen(stop);

	x->p += MIN(from, (size_t)(x->end - x->p));
	while (x->p < x->end && !(*x->p == stop[0] && lex_sees(x, stop)))
		x->p++;
	x->p += MIN(len, (size_t)(x->end - x->p));
}

static void
entity(struct lexer *x)
{
	const char *p = x->p + 1;

	while (p < x->end && (g_ascii_isalnum(*p) || *p == '#'))
		p++;
	if (p < x->end && *p == ';' && p > x->p + 1)
		lex_take(x, (size_t)(p + 1 - x->p), LEX_NI);
	else
		x->p = p;
}

static void
attribute_value(struct lexer *x)
{
	const char *from = x->p, quote[] = { *from, '\0' };

	if (*from == '"' || *from == '\'') {
		up_to(x, 1, quote);
		lex_token(x, from, *from == '"' ? LEX_S2 : LEX_S1);
	} else {
		x->p = lex_find_any(from, x->end, " \t\r\n>");
		lex_token(x, from, LEX_S);
	}
}

/* From behind the name of a tag to its end. */
static void
attributes(struct lexer *x)
{
	while (x->p < x->end) {
		const char *from = x->p;
		if (*from == '>' || lex_sees(x, "/>")) {
			lex_take(x, *from == '>' ? 1 : 2, LEX_NT);
			return;
		}
		if (*from == '<')
			return;
		if (*from == '=') {
			lex_take(x, 1, LEX_O);
			while (x->p < x->end && is_space(*x->p))
				x->p++;
			if (x->p < x->end && *x->p != '>')
				attribute_value(x);
		} else if (is_space(*from) || strchr("/\"'", *from)) {
			x->p++;
		} else {
			x->p = lex_find_any(from, x->end, " \t\r\n=>/<\"'");
			lex_token(x, from, LEX_NA);
		}
	}
}

/* The text of <style> and <script>, up to the end tag. */
static void
raw_text(struct lexer *x, struct str name)
{
	const char *end = x->p;

	for (; end < x->end; end++) {
		struct str s = { end, (size_t)(x->end - end) };
		if (*end == '<' && s.len >= name.len + 2 && end[1] == '/' &&
		    g_ascii_strncasecmp(end + 2, name.p, name.len) == 0)
			break;
	}
	if (str_is_nocase(name, "style")) {
		x->depth = x->state = 0;
		lex_nested(x, end, &lex_css);
		x->depth = x->state = 0;
	}
	x->p = end;
}

static void
tag(struct lexer *x)
{
	const char *from = x->p;
	bool is_end = lex_at(x, 1) == '/';

	x->p += is_end ? 2 : 1;
	const char *name = x->p;
	if (!lex_is_letter(lex_at(x, 0)))
		return;
	x->p = lex_find_any(x->p, x->end, " \t\r\n>/<\"'=");
	struct str s = { name, (size_t)(x->p - name) };
	bool is_short = lex_at(x, 0) == '>';
	x->p += is_short;
	lex_token(x, from, LEX_NT);
	if (!is_short)
		attributes(x);
	bool is_empty = x->p[-1] == '>' && x->p[-2] == '/';
	if (!is_end && !is_empty &&
	    (str_is_nocase(s, "style") || str_is_nocase(s, "script")))
		raw_text(x, s);
}

static void
html_run(struct lexer *x)
{
	while (x->p < x->end) {
		const char *from = x->p;
		if (*from == '&') {
			entity(x);
		} else if (*from != '<') {
			x->p++;
		} else if (lex_sees(x, "<!--")) {
			up_to(x, 4, "-->");
			lex_token(x, from, LEX_CM);
		} else if (lex_sees(x, "<![CDATA[")) {
			up_to(x, 9, "]]>");
			lex_token(x, from, LEX_S);
		} else if (lex_at(x, 1) == '!' || lex_at(x, 1) == '?') {
			up_to(x, 2, ">");
			lex_token(x, from, LEX_CP);
		} else {
			tag(x);
		}
	}
}

const struct language lex_html = {
	.names = "html htm xhtml xml svg xsl xslt rss atom plist csproj",
	.run = html_run
};

/* ---- HTTP: https://www.rfc-editor.org/rfc/rfc9112 */

/* The length of a method before a space, or 0. */
static size_t
method_len(const struct lexer *x)
{
	static const char *const methods[] = { "GET ", "HEAD ", "POST ", "PUT ",
		"PATCH ", "DELETE ", "OPTIONS ", "CONNECT ", "TRACE ", NULL };

	for (size_t i = 0; methods[i]; i++)
		if (lex_sees(x, methods[i]))
			return strlen(methods[i]) - 1;
	return 0;
}

/* "###" parts requests in the files of editors. */
static bool
is_message_start(const struct lexer *x)
{
	return lex_sees(x, "HTTP/") || lex_sees(x, "###") || method_len(x) > 0;
}

static void
start_line(struct lexer *x, const char *end)
{
	size_t method = method_len(x);
	const char *from = x->p;

	if (method > 0) {
		lex_take(x, method, LEX_NF);
		from = ++x->p;
		x->p = lex_find_any(x->p, end, " ");
		lex_token(x, from, LEX_NN);
		x->p += x->p < end;
		from = x->p;
		x->p = end;
		lex_token(x, from, LEX_KR);
	} else if (lex_sees(x, "HTTP/")) {
		x->p = lex_find_any(x->p, end, " ");
		lex_token(x, from, LEX_KR);
		x->p += x->p < end;
		from = x->p;
		x->p = lex_find_any(x->p, end, " ");
		lex_token(x, from, LEX_MI);
		x->p += x->p < end;
		from = x->p;
		x->p = end;
		lex_token(x, from, LEX_NE);
	} else {
		x->p = end;
		lex_token(x, from, LEX_C1);
	}
}

static void
header(struct lexer *x, const char *end)
{
	const char *from = x->p;
	const char *colon = lex_find_any(from, end, ": \t");

	if (*from == '#') {
		x->p = end;
		lex_token(x, from, LEX_C1);
	} else if (colon < end && *colon == ':') {
		x->p = colon;
		lex_token(x, from, LEX_NA);
		lex_take(x, 1, LEX_O);
		from = x->p;
		x->p = end;
		lex_token(x, from, LEX_S);
	}
	x->p = end;
}

static void
body(struct lexer *x)
{
	const char *from = x->p, *first = from, *end;

	while (x->p < x->end && !is_message_start(x))
		x->p = lex_next_line(x, lex_line_end(x));
	end = x->p;
	x->p = from;
	while (first < end && is_space(*first))
		first++;
	x->depth = x->state = 0;
	if (first < end && (*first == '{' || *first == '['))
		lex_nested(x, end, &lex_json);
	else if (first < end && *first == '<')
		lex_nested(x, end, &lex_html);
	x->p = end;
}

static void
http_run(struct lexer *x)
{
	while (x->p < x->end) {
		const char *end = lex_line_end(x);
		if (is_message_start(x))
			start_line(x, end);
		else if (x->p < end)
			header(x, end);
		bool is_blank = x->p == end && lex_before(x) == '\n';
		x->p = lex_next_line(x, x->p);
		if (is_blank)
			body(x);
	}
}

const struct language lex_http = { .names = "http https rest",
	.run = http_run };
