/* JSON and YAML. */
#include "render/highlight_own.h"

/* ---- JSON, also with comments: https://www.rfc-editor.org/rfc/rfc8259 */

static const struct lex_word json_words[] = { { "Infinity", LEX_KC },
	{ "NaN", LEX_KC }, { "false", LEX_KC }, { "null", LEX_KC },
	{ "true", LEX_KC }, { "undefined", LEX_KC } };

static const struct lex_string json_strings[] = {
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
};

/* Behind the string at p that ends in its line, or NULL. Never behind what
 * lex_open_string() takes, or else time would not be linear. */
static const char *
quoted_end(const struct lexer *x, bool has_escapes)
{
	char quote = *x->p;

	for (const char *p = x->p + 1; p < x->end; p++) {
		if (*p == '\n' || *p == '\r')
			break;
		if (*p == quote)
			return p + 1;
		if (*p == '\\' && has_escapes)
			p++;
	}
	return NULL;
}

/* A string before a colon is a key. */
static bool
json_step(struct lexer *x)
{
	const char *end = quoted_end(x, true), *p = end;

	while (p && p < x->end && (*p == ' ' || *p == '\t'))
		p++;
	if (!p || p == x->end || *p != ':')
		return false;
	lex_take(x, (size_t)(end - x->p), LEX_NT);
	return true;
}

static enum lex_class
json_word(struct lexer *x, struct str word)
{
	enum lex_class c = lex_word_class(x, word);

	return c == LEX_PLAIN && lex_at(x, 0) == ':' ? LEX_NT : c;
}

const struct language lex_json = {
	.names = "json jsonc json5 geojson webmanifest arm",
	.run = lex_code,
	.words = json_words,
	.n_words = G_N_ELEMENTS(json_words),
	.strings = json_strings,
	.n_strings = G_N_ELEMENTS(json_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "-+",
	.in_words = "$",
	.step = json_step,
	.step_at = "\"'",
	.word = json_word
};

/* ---- YAML: https://yaml.org/spec/1.2.2/ */

static const struct lex_string yaml_strings[] = {
	{ .open = "\"",
	    .close = "\"",
	    .c = LEX_S2,
	    .escape = '\\',
	    .has_lines = true },
	{ .open = "'",
	    .close = "'",
	    .c = LEX_S1,
	    .is_doubled = true,
	    .has_lines = true },
};

/* The state: how many flow collections are open. */

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

static bool
is_colon(const struct lexer *x, const char *p)
{
	if (p >= x->end || *p != ':')
		return false;
	char next = p + 1 < x->end ? p[1] : '\n';
	return is_gap(next) || (x->state > 0 && strchr(",[]{}", next));
}

/* Plain: up to ": ", " #", the end of the line, or what ends it in a flow. */
static const char *
plain_end(const struct lexer *x)
{
	const char *p = x->p;

	for (; p < x->end && *p != '\n' && *p != '\r'; p++) {
		if (is_colon(x, p) || (*p == '#' && p > x->p && is_gap(p[-1])))
			break;
		if (x->state > 0 && strchr(",[]{}", *p))
			break;
		/* ${{ … }} of a workflow is part of it. */
		if (p + 1 < x->end && *p == '{' && p[1] == '{')
			p++;
	}
	while (p > x->p && is_gap(p[-1]))
		p--;
	return p;
}

static bool
is_number(struct str s, bool *has_fraction)
{
	size_t i = s.p[0] == '-' || s.p[0] == '+';

	*has_fraction = false;
	if (i == s.len || !g_ascii_isdigit(s.p[i]))
		return false;
	for (; i < s.len; i++) {
		if (s.p[i] == '.' && !*has_fraction)
			*has_fraction = true;
		else if (!g_ascii_isdigit(s.p[i]) && s.p[i] != '_')
			return false;
	}
	return true;
}

static enum lex_class
scalar_class(struct str s)
{
	static const char *const constants[] = { "true", "false", "null", "~",
		"yes", "no", "on", "off", NULL };
	bool has_fraction;

	for (size_t i = 0; constants[i]; i++)
		if (str_is_nocase(s, constants[i]))
			return LEX_KC;
	if (is_number(s, &has_fraction))
		return has_fraction ? LEX_MF : LEX_MI;
	return LEX_PLAIN;
}

/* ${{ … }} of a workflow, $(…) and $x of a pipeline. */
static void
plain_scalar(struct lexer *x, const char *end)
{
	while (x->p < end) {
		const char *from = x->p;
		if (*from != '$') {
			x->p++;
			continue;
		}
		char open = lex_at(x, 1);
		if (open != '{' && open != '(') {
			x->p++;
			continue;
		}
		const char *close = open == '{' ? "}" : ")";
		x->p = lex_find_any(from + 2, end, close);
		while (x->p < end && *x->p == *close)
			x->p++;
		lex_token(x, from, LEX_NV);
	}
}

/* The lines of a block scalar: deeper than the line of its key. */
static void
block_scalar(struct lexer *x, size_t indent)
{
	x->p = lex_next_line(x, x->p);
	const char *from = x->p, *last = x->p;

	while (x->p < x->end) {
		const char *end = lex_line_end(x), *p = x->p;
		while (p < end && *p == ' ')
			p++;
		if (p < end && (size_t)(p - x->p) <= indent)
			break;
		x->p = lex_next_line(x, end);
		if (p < end)
			last = x->p;
	}
	x->p = last;
	lex_token(x, from, LEX_S);
}

/* &anchor *alias !tag; false: none. */
static bool
property(struct lexer *x)
{
	const char *from = x->p;
	enum lex_class c = *from == '&' ? LEX_NL
	    : *from == '*'              ? LEX_NV
					: LEX_KT;

	if (!strchr("&*!", *from) || (*from != '!' && is_gap(lex_at(x, 1))))
		return false;
	x->p = lex_find_any(from, x->end,
	    x->state > 0 ? " \t\r\n,[]{}" : " \t\r\n");
	lex_token(x, from, c);
	return true;
}

static void
scalar(struct lexer *x)
{
	char first = *x->p;
	bool is_quoted = first == '"' || first == '\'';
	const char *end = is_quoted ? quoted_end(x, first == '"') : NULL;
	const char *p = end;

	if (is_quoted) {
		while (p && p < x->end && *p == ' ')
			p++;
		if (p && is_colon(x, p))
			lex_take(x, (size_t)(end - x->p), LEX_NT);
		else
			lex_open_string(x);
		return;
	}
	end = plain_end(x);
	struct str s = { x->p, (size_t)(end - x->p) };
	for (p = end; p < x->end && *p == ' ';)
		p++;
	enum lex_class c = is_colon(x, p) ? LEX_NT
	    : s.len > 0                   ? scalar_class(s)
					  : LEX_PLAIN;
	if (s.len == 0)
		x->p++;
	else if (c != LEX_PLAIN)
		lex_take(x, s.len, c);
	else
		plain_scalar(x, end);
}

/* | or > with its indicators, at the end of a line. */
static bool
is_block_scalar(const struct lexer *x)
{
	const char *p = x->p;

	if (x->state > 0 || (*p != '|' && *p != '>'))
		return false;
	p++;
	while (p < x->end && (*p == '+' || *p == '-' || g_ascii_isdigit(*p)))
		p++;
	return p >= x->end || is_gap(*p);
}

/* What is behind the indent, up to the end of the line or of a string. */
static void
yaml_line(struct lexer *x, size_t indent)
{
	while (x->p < x->end && *x->p != '\n' && *x->p != '\r') {
		const char *from = x->p;
		char c = *from;
		if (c == '#' && is_gap(lex_before(x))) {
			x->p = lex_line_end(x);
			lex_token(x, from, LEX_C1);
		} else if (is_block_scalar(x)) {
			x->p = lex_find_any(from, x->end, " \t\r\n");
			lex_token(x, from, LEX_O);
			x->p = lex_line_end(x);
			block_scalar(x, indent);
			return;
		} else if (c == '[' || c == '{') {
			x->state++;
			x->p++;
		} else if (c == ']' || c == '}') {
			x->state -= x->state > 0;
			x->p++;
		} else if (is_gap(c) || c == ',' ||
		    (strchr("-?:", c) && is_gap(lex_at(x, 1)))) {
			/* "- - a": the indent of the inner entry counts. */
			if (c == '-' && x->p + 1 < x->end)
				indent += x->p[1] == '-' ? 2 : 0;
			x->p++;
		} else if (!property(x)) {
			scalar(x);
		}
	}
}

static void
yaml_run(struct lexer *x)
{
	while (x->p < x->end) {
		const char *from = x->p;
		size_t indent = 0;
		bool is_marker = lex_sees(x, "---") || lex_sees(x, "...");
		if (*from == '%' || (is_marker && is_gap(lex_at(x, 3)))) {
			x->p = *from == '%' ? lex_line_end(x) : from + 3;
			lex_token(x, from, *from == '%' ? LEX_CP : LEX_NN);
			x->state = 0;
		}
		while (lex_at(x, 0) == ' ') {
			x->p++;
			indent++;
		}
		yaml_line(x, indent);
		if (x->depth > 0)
			x->depth = 0; /* a string that is never closed */
		x->p = lex_next_line(x, x->p);
	}
}

const struct language lex_yaml = { .names = "yaml yml",
	.run = yaml_run,
	.strings = yaml_strings,
	.n_strings = G_N_ELEMENTS(yaml_strings) };
