/* The lexer for languages that are a table. */
#include "render/highlight_own.h"

#include <assert.h>

/* What a byte may begin, or go on with. */
enum {
	BYTE_SPACE = 1,
	BYTE_DIGIT = 2,
	BYTE_LETTER = 4, /* begins a word */
	BYTE_WORD = 8, /* goes on with one */
	BYTE_QUOTE = 16,
	BYTE_COMMENT = 32,
	BYTE_OP = 64,
	BYTE_STEP = 128
};

static void
mark_bytes(struct lexer *x, const char *bytes, unsigned char kind)
{
	for (; bytes && *bytes; bytes++)
		x->kind[(unsigned char)*bytes] |= kind;
}

static void
mark_first(struct lexer *x, const char *text, unsigned char kind)
{
	if (text)
		x->kind[(unsigned char)text[0]] |= kind;
}

static void
use_language(struct lexer *x, const struct language *lang)
{
	x->lang = lang;
	if (lang->run != lex_code)
		return;
	memset(x->kind, lang->step && !lang->step_at ? BYTE_STEP : 0, 0x80);
	memset(x->kind + 0x80, x->kind[0] | BYTE_LETTER | BYTE_WORD, 0x80);
	mark_bytes(x, " \t\r\n\f\v", BYTE_SPACE);
	mark_bytes(x, "0123456789", BYTE_DIGIT | BYTE_WORD);
	mark_bytes(x, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_",
	    BYTE_LETTER | BYTE_WORD);
	mark_bytes(x, lang->ops, BYTE_OP);
	mark_bytes(x, lang->in_words, BYTE_WORD);
	mark_bytes(x, lang->step_at, BYTE_STEP);
	mark_first(x, lang->line_comments[0], BYTE_COMMENT);
	mark_first(x, lang->line_comments[1], BYTE_COMMENT);
	mark_first(x, lang->block_open, BYTE_COMMENT);
	for (size_t i = 0; i < lang->n_strings; i++)
		mark_first(x, lang->strings[i].open, BYTE_QUOTE);
}

static inline unsigned char
kind_of(const struct lexer *x, const char *p)
{
	return x->kind[(unsigned char)*p];
}

void
lex_nested(struct lexer *x, const char *end, const struct language *lang)
{
	const char *end_before = x->end, *start_before = x->start;
	const struct language *lang_before = x->lang;

	x->end = end;
	x->start = x->p;
	use_language(x, lang);
	if (lang->run)
		lang->run(x);
	x->p = end;
	lex_token(x, x->p, LEX_PLAIN);
	x->end = end_before;
	x->start = start_before;
	if (lang_before)
		use_language(x, lang_before);
}

const char *
lex_find_any(const char *p, const char *end, const char *bytes)
{
	while (p < end && (*p == '\0' || !strchr(bytes, *p)))
		p++;
	return p;
}

const char *
lex_line_end(const struct lexer *x)
{
	const char *p = x->p;

	while (p < x->end && *p != '\n' && *p != '\r')
		p++;
	return p;
}

const char *
lex_next_line(const struct lexer *x, const char *p)
{
	if (p < x->end && *p == '\r')
		p += p + 1 < x->end && p[1] == '\n' ? 2 : 1;
	else if (p < x->end && *p == '\n')
		p++;
	return p;
}

/* ---- variables */

static const char *
name_end(const char *p, const char *end)
{
	while (p < end && (lex_is_letter(*p) || g_ascii_isdigit(*p)))
		p++;
	return p;
}

size_t
lex_variable(const struct lexer *x, enum lex_vars vars)
{
	const char *p = x->p + 1;

	if (vars == VARS_NONE || p >= x->end)
		return 0;
	if (*p == '{') {
		p = lex_find_any(p + 1, x->end, "}$\"'`\r\n");
		return (size_t)(p - x->p) + (p < x->end && *p == '}');
	}
	if (!lex_is_letter(*p)) {
		const char *special = vars == VARS_SHELL ? "?@*#!$-0123456789"
							 : "?$^";
		return *p != '\0' && strchr(special, *p) ? 2 : 0;
	}
	p = name_end(p, x->end);
	/* $env:PATH */
	if (vars == VARS_POWERSHELL && x->end - p > 1 && *p == ':' &&
	    lex_is_letter(p[1]))
		p = name_end(p + 1, x->end);
	return (size_t)(p - x->p);
}

/* ---- strings, and code in strings */

static void
push(struct lexer *x, const struct lex_string *string, char close)
{
	assert(x->depth < LEX_DEPTH);
	x->frames[x->depth++] = (struct lex_frame){ .string = string,
		.close = close };
}

void
lex_open_code(struct lexer *x, size_t len, char close)
{
	lex_take(x, len, LEX_SI);
	/* One is left for a string in that code. */
	if (x->depth + 1 < LEX_DEPTH)
		push(x, NULL, close);
}

/* \n, \x41, \u00e9; a line end is part of it. */
static size_t
escape_len(const struct lexer *x)
{
	char c = lex_at(x, 1);
	size_t n = 2;

	if (c == 'u' || c == 'x')
		while (n < 6 && g_ascii_isxdigit(lex_at(x, n)))
			n++;
	else if (c == '\r' && lex_at(x, 2) == '\n')
		n = 3;
	return n;
}

/* Something in a string that is not its text; false: nothing is. */
static bool
string_part(struct lexer *x, const struct lex_string *r, const char **from)
{
	char c = *x->p;

	if (r->escape && c == r->escape) {
		lex_token(x, *from, r->c);
		lex_take(x, escape_len(x), LEX_SE);
	} else if (r->code && c == r->code[0] && lex_sees(x, r->code) &&
	    x->depth + 1 < LEX_DEPTH) {
		size_t len = strlen(r->code);
		char open = r->code[len - 1];
		/* {{ is a brace in Python. */
		if (len == 1 && lex_at(x, 1) == open) {
			x->p += 2;
			return true;
		}
		lex_token(x, *from, r->c);
		lex_open_code(x, len, open == '(' ? ')' : '}');
	} else {
		size_t len = c == '$' ? lex_variable(x, r->vars) : 0;
		if (len == 0)
			return false;
		lex_token(x, *from, r->c);
		lex_take(x, len, LEX_NV);
	}
	*from = x->p;
	return true;
}

/* Goes on with the innermost string, up to its end or to code in it. */
static void
string_step(struct lexer *x, const char *from)
{
	const struct lex_string *r = x->frames[x->depth - 1].string;
	unsigned depth = x->depth;
	size_t len = strlen(r->close);

	while (x->p < x->end) {
		if (*x->p == r->close[0] && lex_sees(x, r->close)) {
			x->p += len;
			if (r->is_doubled && lex_sees(x, r->close)) {
				x->p += len;
				continue;
			}
			x->depth--;
			break;
		}
		if (!r->has_lines && (*x->p == '\n' || *x->p == '\r')) {
			x->depth--;
			break;
		}
		if (!string_part(x, r, &from))
			x->p++;
		else if (x->depth > depth)
			return;
	}
	lex_token(x, from, r->c);
}

bool
lex_open_string(struct lexer *x)
{
	for (size_t i = 0; i < x->lang->n_strings; i++) {
		const struct lex_string *r = &x->lang->strings[i];
		const char *from = x->p;
		if (*from != r->open[0] || !lex_sees(x, r->open))
			continue;
		x->p += strlen(r->open);
		push(x, r, '\0');
		string_step(x, from);
		return true;
	}
	return false;
}

/* A bracket that may end code in a string. */
static void
bracket(struct lexer *x)
{
	struct lex_frame *f = x->depth > 0 ? &x->frames[x->depth - 1] : NULL;
	char c = *x->p;

	if (f && c == f->close && f->n_open == 0) {
		x->depth--;
		lex_take(x, 1, LEX_SI);
		return;
	}
	if (f && c == f->close)
		f->n_open--;
	else if (f && c == (f->close == ')' ? '(' : '{'))
		f->n_open++;
	x->p++;
}

/* ---- words, numbers, comments */

static int
compare_word(const struct lex_word *w, struct str s, bool has_no_case)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char a = (unsigned char)w->text[i];
		unsigned char b = (unsigned char)s.p[i];
		if (has_no_case)
			b = (unsigned char)g_ascii_tolower((char)b);
		if (a != b)
			return a < b ? -1 : 1;
	}
	return w->text[s.len] == '\0' ? 0 : 1;
}

enum lex_class
lex_word_class(const struct lexer *x, struct str word)
{
	const struct language *lang = x->lang;
	size_t low = 0, high = lang->n_words;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct lex_word *w = &lang->words[middle];
		int order = compare_word(w, word, lang->has_no_case);
		if (order == 0)
			return w->c;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return lang->has_calls && lex_at(x, 0) == '(' ? LEX_NF : LEX_PLAIN;
}

void
lex_word_end(struct lexer *x)
{
	while (x->p < x->end && (kind_of(x, x->p) & BYTE_WORD))
		x->p++;
}

static void
take_word(struct lexer *x)
{
	const char *from = x->p++;

	lex_word_end(x);
	struct str word = { from, (size_t)(x->p - from) };
	enum lex_class c = x->lang->word ? x->lang->word(x, word)
					 : lex_word_class(x, word);
	if (c != LEX_PLAIN)
		lex_token(x, from, c);
}

/* With its prefix, fraction, exponent, and a unit: 0xff, 1_000, 2.5e-3, 10GB,
 * 1d. */
static void
take_number(struct lexer *x)
{
	const char *from = x->p;
	enum lex_class c = LEX_MI;
	bool is_hex = *from == '0' && (lex_at(x, 1) | 0x20) == 'x';

	for (; x->p < x->end; x->p++) {
		char b = *x->p;
		char next = lex_at(x, 1);
		if (b == '.' && c == LEX_MI && !is_hex && g_ascii_isdigit(next))
			c = LEX_MF;
		else if (!is_hex && (b | 0x20) == 'e' &&
		    (next == '-' || next == '+') &&
		    g_ascii_isdigit(lex_at(x, 2))) {
			c = LEX_MF;
			x->p++;
		} else if (!g_ascii_isalnum(b) && b != '_')
			break;
	}
	lex_token(x, from, is_hex ? LEX_MH : c);
}

static void
block_comment(struct lexer *x)
{
	const char *from = x->p;
	const char *open = x->lang->block_open, *close = x->lang->block_close;
	unsigned n_open = 1;

	x->p += strlen(open);
	while (x->p < x->end && n_open > 0) {
		if (*x->p == close[0] && lex_sees(x, close)) {
			x->p += strlen(close);
			n_open--;
		} else if (x->lang->is_nesting && *x->p == open[0] &&
		    lex_sees(x, open)) {
			x->p += strlen(open);
			n_open++;
		} else {
			x->p++;
		}
	}
	lex_token(x, from, LEX_CM);
}

static bool
comment(struct lexer *x)
{
	const struct language *lang = x->lang;

	if (lang->block_open && lex_sees(x, lang->block_open)) {
		block_comment(x);
		return true;
	}
	for (int i = 0; i < 2; i++) {
		const char *open = lang->line_comments[i];
		if (!open || !lex_sees(x, open))
			continue;
		const char *from = x->p;
		x->p = lex_line_end(x);
		bool is_interpreter = from == x->start && x->p - from > 1 &&
		    from[0] == '#' && from[1] == '!';
		lex_token(x, from, is_interpreter ? LEX_CH : LEX_C1);
		return true;
	}
	return false;
}

/* A run of them, but not into a comment. */
static void
operators(struct lexer *x)
{
	const char *from = x->p++;

	while (x->p < x->end &&
	    (kind_of(x, x->p) & (BYTE_OP | BYTE_COMMENT | BYTE_STEP)) ==
		BYTE_OP)
		x->p++;
	lex_token(x, from, LEX_O);
}

void
lex_code(struct lexer *x)
{
	while (x->p < x->end) {
		if (x->depth > 0 && x->frames[x->depth - 1].string) {
			string_step(x, x->p);
			continue;
		}
		unsigned char kind = kind_of(x, x->p);
		if ((kind & BYTE_STEP) && x->lang->step(x))
			continue;
		if (kind & BYTE_SPACE)
			x->p++;
		else if ((kind & BYTE_COMMENT) && comment(x))
			continue;
		else if ((kind & BYTE_QUOTE) && lex_open_string(x))
			continue;
		else if (kind & BYTE_DIGIT)
			take_number(x);
		else if (kind & BYTE_LETTER)
			take_word(x);
		else if (kind & BYTE_OP)
			operators(x);
		else
			bracket(x);
	}
}
