/* Bicep, Python and C. */
#include "render/highlight_own.h"

/* A declaration's name follows. */
enum {
	NAME_FUNCTION = 1,
	NAME_CLASS,
	NAME_VARIABLE
};

/* The byte in front of a word. */
static char
before_word(const struct lexer *x, struct str word)
{
	return word.p > x->start ? word.p[-1] : ' ';
}

/* ---- Bicep */

static const struct lex_word bicep_words[] = { { "array", LEX_KT },
	{ "as", LEX_K }, { "assert", LEX_KD }, { "bool", LEX_KT },
	{ "existing", LEX_K }, { "extends", LEX_K }, { "extension", LEX_KD },
	{ "false", LEX_KC }, { "for", LEX_K }, { "func", LEX_KD },
	{ "if", LEX_K }, { "import", LEX_KN }, { "in", LEX_K },
	{ "int", LEX_KT }, { "metadata", LEX_KD }, { "module", LEX_KD },
	{ "null", LEX_KC }, { "object", LEX_KT }, { "output", LEX_KD },
	{ "param", LEX_KD }, { "provider", LEX_KD }, { "resource", LEX_KD },
	{ "string", LEX_KT }, { "targetScope", LEX_KD }, { "true", LEX_KC },
	{ "type", LEX_KD }, { "using", LEX_KN }, { "var", LEX_KD },
	{ "with", LEX_K } };

static const struct lex_string bicep_strings[] = {
	{ .open = "'''", .close = "'''", .c = LEX_S, .has_lines = true },
	{ .open = "'",
	    .close = "'",
	    .c = LEX_S1,
	    .escape = '\\',
	    .code = "${" },
};

/* @description(…), #disable-next-line … */
static bool
bicep_step(struct lexer *x)
{
	const char *from = x->p;

	if (!lex_is_letter(lex_at(x, 1)))
		return false;
	if (*from == '#') {
		x->p = lex_line_end(x);
	} else {
		x->p++;
		while (x->p < x->end && (lex_is_letter(*x->p) || *x->p == '.'))
			x->p++;
	}
	lex_token(x, from, *from == '#' ? LEX_CP : LEX_ND);
	return true;
}

static enum lex_class
bicep_word(struct lexer *x, struct str word)
{
	unsigned name = x->state;
	enum lex_class c = lex_word_class(x, word);

	x->state = 0;
	if (name && c != LEX_KT)
		return c == LEX_NF ? c : LEX_NV;
	if (lex_at(x, 0) == ':' && lex_at(x, 1) != ':')
		return LEX_NA;
	if (before_word(x, word) == '.' && c != LEX_NF)
		return LEX_PLAIN;
	if (c == LEX_KD && !str_is(word, "targetScope")) {
		/* A property may be named as a keyword is: only at the start of
		 * a line it is one. */
		const char *p = word.p;
		while (p > x->start && (p[-1] == ' ' || p[-1] == '\t'))
			p--;
		if (p > x->start && p[-1] != '\n')
			return LEX_PLAIN;
		x->state = NAME_VARIABLE;
	} else if (str_is(word, "in")) {
		x->state = NAME_VARIABLE; /* for x in names: … */
	}
	return c;
}

const struct language lex_bicep = { .names = "bicep bicepparam",
	.run = lex_code,
	.words = bicep_words,
	.n_words = G_N_ELEMENTS(bicep_words),
	.strings = bicep_strings,
	.n_strings = G_N_ELEMENTS(bicep_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "=!<>&|?+-*/%~",
	.step = bicep_step,
	.step_at = "@#",
	.word = bicep_word,
	.has_calls = true };

/* ---- Python: https://docs.python.org/3/reference/lexical_analysis.html */

static const struct lex_word python_words[] = { { "ArithmeticError", LEX_NE },
	{ "AssertionError", LEX_NE }, { "AttributeError", LEX_NE },
	{ "BaseException", LEX_NE }, { "ConnectionError", LEX_NE },
	{ "EOFError", LEX_NE }, { "Ellipsis", LEX_KC }, { "Exception", LEX_NE },
	{ "False", LEX_KC }, { "FileExistsError", LEX_NE },
	{ "FileNotFoundError", LEX_NE }, { "IOError", LEX_NE },
	{ "ImportError", LEX_NE }, { "IndexError", LEX_NE },
	{ "KeyError", LEX_NE }, { "KeyboardInterrupt", LEX_NE },
	{ "LookupError", LEX_NE }, { "MemoryError", LEX_NE },
	{ "ModuleNotFoundError", LEX_NE }, { "NameError", LEX_NE },
	{ "None", LEX_KC }, { "NotImplemented", LEX_KC },
	{ "NotImplementedError", LEX_NE }, { "OSError", LEX_NE },
	{ "OverflowError", LEX_NE }, { "PermissionError", LEX_NE },
	{ "RecursionError", LEX_NE }, { "RuntimeError", LEX_NE },
	{ "StopIteration", LEX_NE }, { "SyntaxError", LEX_NE },
	{ "SystemExit", LEX_NE }, { "TimeoutError", LEX_NE },
	{ "True", LEX_KC }, { "TypeError", LEX_NE },
	{ "UnicodeDecodeError", LEX_NE }, { "UnicodeEncodeError", LEX_NE },
	{ "UnicodeError", LEX_NE }, { "ValueError", LEX_NE },
	{ "ZeroDivisionError", LEX_NE }, { "abs", LEX_NB }, { "all", LEX_NB },
	{ "and", LEX_OW }, { "any", LEX_NB }, { "as", LEX_K },
	{ "ascii", LEX_NB }, { "assert", LEX_K }, { "async", LEX_K },
	{ "await", LEX_K }, { "bin", LEX_NB }, { "bool", LEX_NB },
	{ "break", LEX_K }, { "bytearray", LEX_NB }, { "bytes", LEX_NB },
	{ "callable", LEX_NB }, { "chr", LEX_NB }, { "class", LEX_KD },
	{ "classmethod", LEX_NB }, { "cls", LEX_BP }, { "compile", LEX_NB },
	{ "complex", LEX_NB }, { "continue", LEX_K }, { "def", LEX_KD },
	{ "del", LEX_K }, { "delattr", LEX_NB }, { "dict", LEX_NB },
	{ "dir", LEX_NB }, { "divmod", LEX_NB }, { "elif", LEX_K },
	{ "else", LEX_K }, { "enumerate", LEX_NB }, { "eval", LEX_NB },
	{ "except", LEX_K }, { "exec", LEX_NB }, { "filter", LEX_NB },
	{ "finally", LEX_K }, { "float", LEX_NB }, { "for", LEX_K },
	{ "format", LEX_NB }, { "from", LEX_KN }, { "frozenset", LEX_NB },
	{ "getattr", LEX_NB }, { "global", LEX_K }, { "globals", LEX_NB },
	{ "hasattr", LEX_NB }, { "hash", LEX_NB }, { "help", LEX_NB },
	{ "hex", LEX_NB }, { "id", LEX_NB }, { "if", LEX_K },
	{ "import", LEX_KN }, { "in", LEX_OW }, { "input", LEX_NB },
	{ "int", LEX_NB }, { "is", LEX_OW }, { "isinstance", LEX_NB },
	{ "issubclass", LEX_NB }, { "iter", LEX_NB }, { "lambda", LEX_K },
	{ "len", LEX_NB }, { "list", LEX_NB }, { "locals", LEX_NB },
	{ "map", LEX_NB }, { "max", LEX_NB }, { "memoryview", LEX_NB },
	{ "min", LEX_NB }, { "next", LEX_NB }, { "nonlocal", LEX_K },
	{ "not", LEX_OW }, { "object", LEX_NB }, { "oct", LEX_NB },
	{ "open", LEX_NB }, { "or", LEX_OW }, { "ord", LEX_NB },
	{ "pass", LEX_K }, { "pow", LEX_NB }, { "print", LEX_NB },
	{ "property", LEX_NB }, { "raise", LEX_K }, { "range", LEX_NB },
	{ "repr", LEX_NB }, { "return", LEX_K }, { "reversed", LEX_NB },
	{ "round", LEX_NB }, { "self", LEX_BP }, { "set", LEX_NB },
	{ "setattr", LEX_NB }, { "slice", LEX_NB }, { "sorted", LEX_NB },
	{ "staticmethod", LEX_NB }, { "str", LEX_NB }, { "sum", LEX_NB },
	{ "super", LEX_NB }, { "try", LEX_K }, { "tuple", LEX_NB },
	{ "type", LEX_NB }, { "vars", LEX_NB }, { "while", LEX_K },
	{ "with", LEX_K }, { "yield", LEX_K }, { "zip", LEX_NB } };

/* Those with r have no escapes, those with f have code. */
#define PYTHON_STRING(prefix, quote, cls, esc, lines, brackets)                \
	{                                                                      \
		.open = prefix quote, .close = quote, .c = cls, .escape = esc, \
		.has_lines = lines, .code = brackets                           \
	}
#define PYTHON_STRINGS(prefix, esc, brackets)                          \
	PYTHON_STRING(prefix, "\"\"\"", LEX_S, esc, true, brackets),   \
	    PYTHON_STRING(prefix, "'''", LEX_S, esc, true, brackets),  \
	    PYTHON_STRING(prefix, "\"", LEX_S2, esc, false, brackets), \
	    PYTHON_STRING(prefix, "'", LEX_S1, esc, false, brackets)

static const struct lex_string python_strings[] = { PYTHON_STRINGS("rf", 0,
							"{"),
	PYTHON_STRINGS("fr", 0, "{"), PYTHON_STRINGS("rb", 0, NULL),
	PYTHON_STRINGS("br", 0, NULL), PYTHON_STRINGS("f", '\\', "{"),
	PYTHON_STRINGS("F", '\\', "{"), PYTHON_STRINGS("r", 0, NULL),
	PYTHON_STRINGS("R", 0, NULL), PYTHON_STRINGS("b", '\\', NULL),
	PYTHON_STRINGS("u", '\\', NULL), PYTHON_STRINGS("", '\\', NULL) };

/* A string with its prefix, @decorator. */
static bool
python_step(struct lexer *x)
{
	const char *from = x->p;
	size_t n = 0;

	if (*from != '@') {
		while (n < 3 && strchr("rfbuRF", lex_at(x, n)) &&
		    lex_at(x, n) != '\0')
			n++;
		return (lex_at(x, n) == '"' || lex_at(x, n) == '\'') &&
		    lex_open_string(x);
	}
	if (!lex_is_letter(lex_at(x, 1)) || !is_space(lex_before(x)))
		return false;
	x->p = from + 1;
	while (x->p < x->end &&
	    (lex_is_letter(*x->p) || g_ascii_isdigit(*x->p) || *x->p == '.'))
		x->p++;
	lex_token(x, from, LEX_ND);
	return true;
}

static enum lex_class
python_word(struct lexer *x, struct str word)
{
	unsigned name = x->state;

	x->state = 0;
	if (name)
		return name == NAME_CLASS ? LEX_NC : LEX_NF;
	if (before_word(x, word) == '.')
		return LEX_PLAIN;
	if (str_is(word, "def"))
		x->state = NAME_FUNCTION;
	else if (str_is(word, "class"))
		x->state = NAME_CLASS;
	return lex_word_class(x, word);
}

const struct language lex_python = { .names = "python py python3 py3",
	.run = lex_code,
	.words = python_words,
	.n_words = G_N_ELEMENTS(python_words),
	.strings = python_strings,
	.n_strings = G_N_ELEMENTS(python_strings),
	.line_comments = { "#" },
	.ops = "+-*/%=<>!&|^~@",
	.step = python_step,
	.step_at = "@rfbuRF",
	.word = python_word };

/* ---- C */

static const struct lex_word c_words[] = { { "FILE", LEX_KT },
	{ "NULL", LEX_KC }, { "_Alignas", LEX_K }, { "_Alignof", LEX_K },
	{ "_Bool", LEX_KT }, { "_Complex", LEX_KT }, { "_Generic", LEX_K },
	{ "_Static_assert", LEX_K }, { "alignas", LEX_K }, { "alignof", LEX_K },
	{ "auto", LEX_K }, { "bool", LEX_KT }, { "break", LEX_K },
	{ "case", LEX_K }, { "char", LEX_KT }, { "const", LEX_K },
	{ "constexpr", LEX_K }, { "continue", LEX_K }, { "default", LEX_K },
	{ "do", LEX_K }, { "double", LEX_KT }, { "else", LEX_K },
	{ "enum", LEX_K }, { "extern", LEX_K }, { "false", LEX_KC },
	{ "float", LEX_KT }, { "for", LEX_K }, { "goto", LEX_K },
	{ "if", LEX_K }, { "inline", LEX_K }, { "int", LEX_KT },
	{ "int16_t", LEX_KT }, { "int32_t", LEX_KT }, { "int64_t", LEX_KT },
	{ "int8_t", LEX_KT }, { "intmax_t", LEX_KT }, { "intptr_t", LEX_KT },
	{ "long", LEX_KT }, { "nullptr", LEX_KC }, { "off_t", LEX_KT },
	{ "pid_t", LEX_KT }, { "ptrdiff_t", LEX_KT }, { "register", LEX_K },
	{ "restrict", LEX_K }, { "return", LEX_K }, { "short", LEX_KT },
	{ "signed", LEX_KT }, { "size_t", LEX_KT }, { "sizeof", LEX_K },
	{ "ssize_t", LEX_KT }, { "static", LEX_K }, { "static_assert", LEX_K },
	{ "struct", LEX_K }, { "switch", LEX_K }, { "thread_local", LEX_K },
	{ "time_t", LEX_KT }, { "true", LEX_KC }, { "typedef", LEX_K },
	{ "typeof", LEX_K }, { "uint16_t", LEX_KT }, { "uint32_t", LEX_KT },
	{ "uint64_t", LEX_KT }, { "uint8_t", LEX_KT }, { "uintmax_t", LEX_KT },
	{ "uintptr_t", LEX_KT }, { "union", LEX_K }, { "unsigned", LEX_KT },
	{ "void", LEX_KT }, { "volatile", LEX_K }, { "wchar_t", LEX_KT },
	{ "while", LEX_K } };

static const struct lex_string c_strings[] = {
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
};

/* # define, and the file of an #include. */
static bool
c_step(struct lexer *x)
{
	const char *p = x->p, *from = p;

	while (p > x->start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	if (p > x->start && p[-1] != '\n')
		return false;
	x->p++;
	while (lex_at(x, 0) == ' ' || lex_at(x, 0) == '\t')
		x->p++;
	const char *name = x->p;
	while (x->p < x->end && lex_is_letter(*x->p))
		x->p++;
	struct str word = { name, (size_t)(x->p - name) };
	lex_token(x, from, LEX_CP);
	while (lex_at(x, 0) == ' ' || lex_at(x, 0) == '\t')
		x->p++;
	if (str_is(word, "include") && lex_at(x, 0) == '<') {
		from = x->p;
		x->p = lex_find_any(x->p, x->end, ">\r\n");
		x->p += lex_at(x, 0) == '>';
		lex_token(x, from, LEX_S);
	}
	return true;
}

const struct language lex_c = { .names = "c h",
	.run = lex_code,
	.words = c_words,
	.n_words = G_N_ELEMENTS(c_words),
	.strings = c_strings,
	.n_strings = G_N_ELEMENTS(c_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "+-*/%=<>!&|^~?",
	.step = c_step,
	.step_at = "#",
	.has_calls = true };
