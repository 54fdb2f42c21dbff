/* Languages with curly brackets: JavaScript, TypeScript, Java, C#, Go, Rust and
 * C++. */
#include "render/highlight_own.h"

/* What the word in front of this one declares, if nothing but spaces is between
 * them. */
static enum lex_class
declared_by(const struct lexer *x, struct str word)
{
	const char *p = word.p;

	while (p > x->start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	const char *end = p;
	while (p > x->start && lex_is_letter(p[-1]))
		p--;
	const struct str before = { p, (size_t)(end - p) };
	if (end == word.p || lex_word_class(x, before) != LEX_KD)
		return LEX_PLAIN;
	static const char *const of_values[] = { "const", "let", "var" };
	static const char *const of_functions[] = { "fn", "func", "function" };
	for (size_t i = 0; i < G_N_ELEMENTS(of_values); i++)
		if (str_is(before, of_values[i]))
			return LEX_PLAIN;
	for (size_t i = 0; i < G_N_ELEMENTS(of_functions); i++)
		if (str_is(before, of_functions[i]))
			return LEX_NF;
	return str_is(before, "namespace") ? LEX_NN : LEX_NC;
}

/* A word behind a dot is a name, whatever else it may mean. */
static enum lex_class
curly_word(struct lexer *x, struct str word)
{
	const enum lex_class c = lex_word_class(x, word);
	const bool is_member = word.p > x->start && word.p[-1] == '.' &&
	    !(word.p - x->start > 1 && word.p[-2] == '.');

	if (is_member)
		return lex_at(x, 0) == '(' ? LEX_NF : LEX_PLAIN;
	if (c != LEX_PLAIN && c != LEX_NF && c != LEX_NB)
		return c;
	const enum lex_class declared = declared_by(x, word);
	return declared != LEX_PLAIN ? declared : c;
}

/* @name, @a.b.Name */
static bool
annotation(struct lexer *x)
{
	const char *from = x->p;

	if (!lex_is_letter(lex_at(x, 1)))
		return false;
	x->p++;
	while (x->p < x->end &&
	    (lex_is_letter(*x->p) || g_ascii_isdigit(*x->p) || *x->p == '.'))
		x->p++;
	lex_token(x, from, LEX_ND);
	return true;
}

/* #region, #include: a line of its own. */
static bool
directive(struct lexer *x)
{
	const char *p = x->p, *from = p;

	while (p > x->start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	if (p > x->start && p[-1] != '\n')
		return false;
	x->p = lex_line_end(x);
	lex_token(x, from, LEX_CP);
	return true;
}

/* ---- JavaScript and TypeScript: https://tc39.es/ecma262/ */

static const struct lex_word script_words[] = { { "AggregateError", LEX_NE },
	{ "Array", LEX_NB }, { "ArrayBuffer", LEX_NB }, { "BigInt", LEX_NB },
	{ "Boolean", LEX_NB }, { "Date", LEX_NB }, { "Error", LEX_NE },
	{ "EvalError", LEX_NE }, { "Function", LEX_NB }, { "Infinity", LEX_KC },
	{ "Intl", LEX_NB }, { "JSON", LEX_NB }, { "Map", LEX_NB },
	{ "Math", LEX_NB }, { "NaN", LEX_KC }, { "Number", LEX_NB },
	{ "Object", LEX_NB }, { "Promise", LEX_NB }, { "Proxy", LEX_NB },
	{ "RangeError", LEX_NE }, { "ReferenceError", LEX_NE },
	{ "Reflect", LEX_NB }, { "RegExp", LEX_NB }, { "Set", LEX_NB },
	{ "String", LEX_NB }, { "Symbol", LEX_NB }, { "SyntaxError", LEX_NE },
	{ "TypeError", LEX_NE }, { "URIError", LEX_NE }, { "WeakMap", LEX_NB },
	{ "WeakSet", LEX_NB }, { "abstract", LEX_K }, { "any", LEX_KT },
	{ "arguments", LEX_BP }, { "as", LEX_K }, { "async", LEX_K },
	{ "await", LEX_K }, { "bigint", LEX_KT }, { "boolean", LEX_KT },
	{ "break", LEX_K }, { "case", LEX_K }, { "catch", LEX_K },
	{ "class", LEX_KD }, { "clearInterval", LEX_NB },
	{ "clearTimeout", LEX_NB }, { "console", LEX_NB }, { "const", LEX_KD },
	{ "continue", LEX_K }, { "debugger", LEX_K }, { "declare", LEX_K },
	{ "decodeURIComponent", LEX_NB }, { "default", LEX_K },
	{ "delete", LEX_K }, { "do", LEX_K }, { "document", LEX_NB },
	{ "else", LEX_K }, { "encodeURIComponent", LEX_NB }, { "enum", LEX_KD },
	{ "export", LEX_KN }, { "extends", LEX_K }, { "false", LEX_KC },
	{ "fetch", LEX_NB }, { "finally", LEX_K }, { "for", LEX_K },
	{ "from", LEX_KN }, { "function", LEX_KD }, { "get", LEX_K },
	{ "globalThis", LEX_BP }, { "if", LEX_K }, { "implements", LEX_K },
	{ "import", LEX_KN }, { "in", LEX_K }, { "infer", LEX_K },
	{ "instanceof", LEX_K }, { "interface", LEX_KD }, { "is", LEX_K },
	{ "isFinite", LEX_NB }, { "isNaN", LEX_NB }, { "keyof", LEX_K },
	{ "let", LEX_KD }, { "localStorage", LEX_NB }, { "module", LEX_KN },
	{ "namespace", LEX_KD }, { "never", LEX_KT }, { "new", LEX_K },
	{ "null", LEX_KC }, { "number", LEX_KT }, { "object", LEX_KT },
	{ "of", LEX_K }, { "override", LEX_K }, { "parseFloat", LEX_NB },
	{ "parseInt", LEX_NB }, { "private", LEX_K }, { "process", LEX_NB },
	{ "protected", LEX_K }, { "public", LEX_K },
	{ "queueMicrotask", LEX_NB }, { "readonly", LEX_K },
	{ "require", LEX_KN }, { "return", LEX_K }, { "satisfies", LEX_K },
	{ "set", LEX_K }, { "setInterval", LEX_NB }, { "setTimeout", LEX_NB },
	{ "static", LEX_K }, { "string", LEX_KT },
	{ "structuredClone", LEX_NB }, { "super", LEX_K }, { "switch", LEX_K },
	{ "symbol", LEX_KT }, { "this", LEX_BP }, { "throw", LEX_K },
	{ "true", LEX_KC }, { "try", LEX_K }, { "type", LEX_KD },
	{ "typeof", LEX_K }, { "undefined", LEX_KC }, { "unknown", LEX_KT },
	{ "var", LEX_KD }, { "void", LEX_K }, { "while", LEX_K },
	{ "window", LEX_NB }, { "with", LEX_K }, { "yield", LEX_K } };
static const struct lex_string script_strings[] = {
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
	{ .open = "`",
	    .close = "`",
	    .c = LEX_S,
	    .escape = '\\',
	    .has_lines = true,
	    .code = "${" },
};

/* Behind one of these a slash begins a regular expression, else it divides. */
static bool
may_begin_pattern(const struct lexer *x)
{
	const char *p = x->p;

	while (p > x->start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	if (p == x->start || p[-1] == '\0')
		return p == x->start;
	if (strchr("(,=:[!&|?{};\n\r", p[-1]))
		return true;
	return p - x->start >= 6 && memcmp(p - 6, "return", 6) == 0;
}

static bool
script_step(struct lexer *x)
{
	const char *from = x->p;
	bool is_class = false;

	if (*from == '@')
		return annotation(x);
	if (*from == '#' && (from != x->start || lex_at(x, 1) != '!'))
		return false;
	if (*from == '#') {
		x->p = lex_line_end(x);
		lex_token(x, from, LEX_CH);
		return true;
	}
	if (lex_at(x, 1) == '/' || lex_at(x, 1) == '*' || !may_begin_pattern(x))
		return false;
	for (const char *p = from + 1; p < x->end && *p != '\n' && *p != '\r';
	     p++) {
		if (*p == '\\') {
			if (++p == x->end || *p == '\n' || *p == '\r')
				return false;
		} else if (*p == '[' || *p == ']') {
			is_class = *p == '[';
		} else if (*p == '/' && !is_class) {
			x->p = p + 1;
			while (x->p < x->end && g_ascii_isalpha(*x->p))
				x->p++;
			lex_token(x, from, LEX_S);
			return true;
		}
	}
	return false;
}

const struct language lex_script = {
	.names = "javascript js mjs cjs jsx typescript ts tsx mts",
	.run = lex_code,
	.words = script_words,
	.n_words = G_N_ELEMENTS(script_words),
	.strings = script_strings,
	.n_strings = G_N_ELEMENTS(script_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "+-*/%=<>!&|^~?",
	.in_words = "$",
	.step = script_step,
	.step_at = "/@#",
	.word = curly_word,
	.has_calls = true
};

/* ---- Java: https://docs.oracle.com/javase/specs/ */

static const struct lex_word java_words[] = { { "ArithmeticException", LEX_NE },
	{ "Boolean", LEX_NB }, { "Byte", LEX_NB }, { "Character", LEX_NB },
	{ "Double", LEX_NB }, { "Error", LEX_NE }, { "Exception", LEX_NE },
	{ "Float", LEX_NB }, { "IOException", LEX_NE },
	{ "IllegalArgumentException", LEX_NE },
	{ "IllegalStateException", LEX_NE },
	{ "IndexOutOfBoundsException", LEX_NE }, { "Integer", LEX_NB },
	{ "List", LEX_NB }, { "Long", LEX_NB }, { "Map", LEX_NB },
	{ "Math", LEX_NB }, { "NullPointerException", LEX_NE },
	{ "Number", LEX_NB }, { "Object", LEX_NB }, { "Optional", LEX_NB },
	{ "Override", LEX_NB }, { "RuntimeException", LEX_NE },
	{ "Set", LEX_NB }, { "Short", LEX_NB }, { "String", LEX_NB },
	{ "StringBuilder", LEX_NB }, { "System", LEX_NB }, { "Thread", LEX_NB },
	{ "Throwable", LEX_NE }, { "UnsupportedOperationException", LEX_NE },
	{ "abstract", LEX_K }, { "assert", LEX_K }, { "boolean", LEX_KT },
	{ "break", LEX_K }, { "byte", LEX_KT }, { "case", LEX_K },
	{ "catch", LEX_K }, { "char", LEX_KT }, { "class", LEX_KD },
	{ "continue", LEX_K }, { "default", LEX_K }, { "do", LEX_K },
	{ "double", LEX_KT }, { "else", LEX_K }, { "enum", LEX_KD },
	{ "extends", LEX_K }, { "false", LEX_KC }, { "final", LEX_K },
	{ "finally", LEX_K }, { "float", LEX_KT }, { "for", LEX_K },
	{ "goto", LEX_K }, { "if", LEX_K }, { "implements", LEX_K },
	{ "import", LEX_KN }, { "instanceof", LEX_K }, { "int", LEX_KT },
	{ "interface", LEX_KD }, { "long", LEX_KT }, { "native", LEX_K },
	{ "new", LEX_K }, { "null", LEX_KC }, { "package", LEX_KN },
	{ "permits", LEX_K }, { "private", LEX_K }, { "protected", LEX_K },
	{ "public", LEX_K }, { "record", LEX_KD }, { "return", LEX_K },
	{ "sealed", LEX_K }, { "short", LEX_KT }, { "static", LEX_K },
	{ "strictfp", LEX_K }, { "super", LEX_BP }, { "switch", LEX_K },
	{ "synchronized", LEX_K }, { "this", LEX_BP }, { "throw", LEX_K },
	{ "throws", LEX_K }, { "transient", LEX_K }, { "true", LEX_KC },
	{ "try", LEX_K }, { "var", LEX_KD }, { "void", LEX_KT },
	{ "volatile", LEX_K }, { "while", LEX_K }, { "yield", LEX_K } };
static const struct lex_string java_strings[] = {
	{ .open = "\"\"\"",
	    .close = "\"\"\"",
	    .c = LEX_S,
	    .escape = '\\',
	    .has_lines = true },
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
};

const struct language lex_java = { .names = "java",
	.run = lex_code,
	.words = java_words,
	.n_words = G_N_ELEMENTS(java_words),
	.strings = java_strings,
	.n_strings = G_N_ELEMENTS(java_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "+-*/%=<>!&|^~?",
	.step = annotation,
	.step_at = "@",
	.word = curly_word,
	.has_calls = true };

/* ---- C#: https://learn.microsoft.com/dotnet/csharp/language-reference/ */

static const struct lex_word csharp_words[] = { { "Action", LEX_NB },
	{ "ArgumentException", LEX_NE }, { "ArgumentNullException", LEX_NE },
	{ "Console", LEX_NB }, { "DateTime", LEX_NB }, { "Dictionary", LEX_NB },
	{ "Exception", LEX_NE }, { "Func", LEX_NB }, { "Guid", LEX_NB },
	{ "IEnumerable", LEX_NB }, { "InvalidOperationException", LEX_NE },
	{ "List", LEX_NB }, { "Math", LEX_NB },
	{ "NotImplementedException", LEX_NE },
	{ "NullReferenceException", LEX_NE }, { "String", LEX_NB },
	{ "Task", LEX_NB }, { "TimeSpan", LEX_NB }, { "abstract", LEX_K },
	{ "add", LEX_K }, { "and", LEX_K }, { "as", LEX_K },
	{ "ascending", LEX_K }, { "async", LEX_K }, { "await", LEX_K },
	{ "base", LEX_K }, { "bool", LEX_KT }, { "break", LEX_K },
	{ "by", LEX_K }, { "byte", LEX_KT }, { "case", LEX_K },
	{ "catch", LEX_K }, { "char", LEX_KT }, { "checked", LEX_K },
	{ "class", LEX_KD }, { "const", LEX_K }, { "continue", LEX_K },
	{ "decimal", LEX_KT }, { "default", LEX_K }, { "delegate", LEX_KD },
	{ "descending", LEX_K }, { "do", LEX_K }, { "double", LEX_KT },
	{ "dynamic", LEX_KT }, { "else", LEX_K }, { "enum", LEX_KD },
	{ "event", LEX_K }, { "explicit", LEX_K }, { "extern", LEX_K },
	{ "false", LEX_KC }, { "file", LEX_K }, { "finally", LEX_K },
	{ "fixed", LEX_K }, { "float", LEX_KT }, { "for", LEX_K },
	{ "foreach", LEX_K }, { "from", LEX_K }, { "get", LEX_K },
	{ "global", LEX_K }, { "goto", LEX_K }, { "group", LEX_K },
	{ "if", LEX_K }, { "implicit", LEX_K }, { "in", LEX_K },
	{ "init", LEX_K }, { "int", LEX_KT }, { "interface", LEX_KD },
	{ "internal", LEX_K }, { "into", LEX_K }, { "is", LEX_K },
	{ "join", LEX_K }, { "let", LEX_K }, { "lock", LEX_K },
	{ "long", LEX_KT }, { "managed", LEX_K }, { "nameof", LEX_K },
	{ "namespace", LEX_KD }, { "new", LEX_K }, { "nint", LEX_KT },
	{ "not", LEX_K }, { "nuint", LEX_KT }, { "null", LEX_KC },
	{ "object", LEX_KT }, { "on", LEX_K }, { "operator", LEX_K },
	{ "or", LEX_K }, { "orderby", LEX_K }, { "out", LEX_K },
	{ "override", LEX_K }, { "params", LEX_K }, { "partial", LEX_K },
	{ "private", LEX_K }, { "protected", LEX_K }, { "public", LEX_K },
	{ "readonly", LEX_K }, { "record", LEX_KD }, { "ref", LEX_K },
	{ "remove", LEX_K }, { "required", LEX_K }, { "return", LEX_K },
	{ "sbyte", LEX_KT }, { "scoped", LEX_K }, { "sealed", LEX_K },
	{ "select", LEX_K }, { "set", LEX_K }, { "short", LEX_KT },
	{ "sizeof", LEX_K }, { "stackalloc", LEX_K }, { "static", LEX_K },
	{ "string", LEX_KT }, { "struct", LEX_KD }, { "switch", LEX_K },
	{ "this", LEX_BP }, { "throw", LEX_K }, { "true", LEX_KC },
	{ "try", LEX_K }, { "typeof", LEX_K }, { "uint", LEX_KT },
	{ "ulong", LEX_KT }, { "unchecked", LEX_K }, { "unsafe", LEX_K },
	{ "ushort", LEX_KT }, { "using", LEX_KN }, { "value", LEX_BP },
	{ "var", LEX_KD }, { "virtual", LEX_K }, { "void", LEX_KT },
	{ "volatile", LEX_K }, { "when", LEX_K }, { "where", LEX_K },
	{ "while", LEX_K }, { "with", LEX_K }, { "yield", LEX_K } };
static const struct lex_string csharp_strings[] = {
	{ .open = "\"\"\"", .close = "\"\"\"", .c = LEX_S, .has_lines = true },
	{ .open = "$@\"",
	    .close = "\"",
	    .c = LEX_S,
	    .is_doubled = true,
	    .has_lines = true,
	    .code = "{" },
	{ .open = "@$\"",
	    .close = "\"",
	    .c = LEX_S,
	    .is_doubled = true,
	    .has_lines = true,
	    .code = "{" },
	{ .open = "@\"",
	    .close = "\"",
	    .c = LEX_S,
	    .is_doubled = true,
	    .has_lines = true },
	{ .open = "$\"",
	    .close = "\"",
	    .c = LEX_S2,
	    .escape = '\\',
	    .code = "{" },
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
};

const struct language lex_csharp = { .names = "csharp c# cs",
	.run = lex_code,
	.words = csharp_words,
	.n_words = G_N_ELEMENTS(csharp_words),
	.strings = csharp_strings,
	.n_strings = G_N_ELEMENTS(csharp_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "+-*/%=<>!&|^~?",
	.step = directive,
	.step_at = "#",
	.word = curly_word,
	.has_calls = true };

/* ---- Go: https://go.dev/ref/spec */

static const struct lex_word go_words[] = { { "any", LEX_KT },
	{ "append", LEX_NB }, { "bool", LEX_KT }, { "break", LEX_K },
	{ "byte", LEX_KT }, { "cap", LEX_NB }, { "case", LEX_K },
	{ "chan", LEX_K }, { "clear", LEX_NB }, { "close", LEX_NB },
	{ "comparable", LEX_KT }, { "complex", LEX_NB },
	{ "complex128", LEX_KT }, { "complex64", LEX_KT }, { "const", LEX_KD },
	{ "continue", LEX_K }, { "copy", LEX_NB }, { "default", LEX_K },
	{ "defer", LEX_K }, { "delete", LEX_NB }, { "else", LEX_K },
	{ "error", LEX_KT }, { "fallthrough", LEX_K }, { "false", LEX_KC },
	{ "float32", LEX_KT }, { "float64", LEX_KT }, { "for", LEX_K },
	{ "func", LEX_KD }, { "go", LEX_K }, { "goto", LEX_K }, { "if", LEX_K },
	{ "imag", LEX_NB }, { "import", LEX_KN }, { "int", LEX_KT },
	{ "int16", LEX_KT }, { "int32", LEX_KT }, { "int64", LEX_KT },
	{ "int8", LEX_KT }, { "interface", LEX_KD }, { "iota", LEX_KC },
	{ "len", LEX_NB }, { "make", LEX_NB }, { "map", LEX_K },
	{ "max", LEX_NB }, { "min", LEX_NB }, { "new", LEX_NB },
	{ "nil", LEX_KC }, { "package", LEX_KN }, { "panic", LEX_NB },
	{ "print", LEX_NB }, { "println", LEX_NB }, { "range", LEX_K },
	{ "real", LEX_NB }, { "recover", LEX_NB }, { "return", LEX_K },
	{ "rune", LEX_KT }, { "select", LEX_K }, { "string", LEX_KT },
	{ "struct", LEX_KD }, { "switch", LEX_K }, { "true", LEX_KC },
	{ "type", LEX_KD }, { "uint", LEX_KT }, { "uint16", LEX_KT },
	{ "uint32", LEX_KT }, { "uint64", LEX_KT }, { "uint8", LEX_KT },
	{ "uintptr", LEX_KT }, { "var", LEX_KD } };
static const struct lex_string go_strings[] = {
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
	{ .open = "`", .close = "`", .c = LEX_S, .has_lines = true },
};

const struct language lex_go = { .names = "go golang",
	.run = lex_code,
	.words = go_words,
	.n_words = G_N_ELEMENTS(go_words),
	.strings = go_strings,
	.n_strings = G_N_ELEMENTS(go_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "+-*/%=<>!&|^:",
	.word = curly_word,
	.has_calls = true };

/* ---- Rust: https://doc.rust-lang.org/reference/ */

static const struct lex_word rust_words[] = { { "Arc", LEX_NB },
	{ "BTreeMap", LEX_NB }, { "Box", LEX_NB }, { "Clone", LEX_NB },
	{ "Copy", LEX_NB }, { "Debug", LEX_NB }, { "Default", LEX_NB },
	{ "Display", LEX_NB }, { "Drop", LEX_NB }, { "Err", LEX_KC },
	{ "Fn", LEX_NB }, { "FnMut", LEX_NB }, { "FnOnce", LEX_NB },
	{ "From", LEX_NB }, { "HashMap", LEX_NB }, { "HashSet", LEX_NB },
	{ "Into", LEX_NB }, { "Iterator", LEX_NB }, { "None", LEX_KC },
	{ "Ok", LEX_KC }, { "Option", LEX_NB }, { "Rc", LEX_NB },
	{ "Result", LEX_NB }, { "Self", LEX_BP }, { "Send", LEX_NB },
	{ "Some", LEX_KC }, { "String", LEX_NB }, { "Sync", LEX_NB },
	{ "ToString", LEX_NB }, { "Vec", LEX_NB }, { "as", LEX_K },
	{ "async", LEX_K }, { "await", LEX_K }, { "bool", LEX_KT },
	{ "break", LEX_K }, { "char", LEX_KT }, { "const", LEX_K },
	{ "continue", LEX_K }, { "crate", LEX_KN }, { "default", LEX_K },
	{ "dyn", LEX_K }, { "else", LEX_K }, { "enum", LEX_KD },
	{ "extern", LEX_K }, { "f32", LEX_KT }, { "f64", LEX_KT },
	{ "false", LEX_KC }, { "fn", LEX_KD }, { "for", LEX_K },
	{ "i128", LEX_KT }, { "i16", LEX_KT }, { "i32", LEX_KT },
	{ "i64", LEX_KT }, { "i8", LEX_KT }, { "if", LEX_K }, { "impl", LEX_K },
	{ "in", LEX_K }, { "isize", LEX_KT }, { "let", LEX_K },
	{ "loop", LEX_K }, { "macro_rules", LEX_KD }, { "match", LEX_K },
	{ "mod", LEX_KN }, { "move", LEX_K }, { "mut", LEX_K },
	{ "pub", LEX_K }, { "ref", LEX_K }, { "return", LEX_K },
	{ "self", LEX_BP }, { "static", LEX_K }, { "str", LEX_KT },
	{ "struct", LEX_KD }, { "super", LEX_KN }, { "trait", LEX_KD },
	{ "true", LEX_KC }, { "type", LEX_KD }, { "u128", LEX_KT },
	{ "u16", LEX_KT }, { "u32", LEX_KT }, { "u64", LEX_KT },
	{ "u8", LEX_KT }, { "union", LEX_KD }, { "unsafe", LEX_K },
	{ "use", LEX_KN }, { "usize", LEX_KT }, { "where", LEX_K },
	{ "while", LEX_K }, { "yield", LEX_K } };
static const struct lex_string rust_strings[] = {
	{ .open = "\"",
	    .close = "\"",
	    .c = LEX_S2,
	    .escape = '\\',
	    .has_lines = true },
};

/* 'a', '\n', or the lifetime 'a. */
static bool
rust_quote(struct lexer *x)
{
	const char *from = x->p;
	size_t n = lex_at(x, 1) == '\\' ? 3 : 2;

	/* A character has up to four bytes, an escape some more. */
	while (n < 12 && lex_at(x, n) != '\'' && lex_at(x, n) != '\n' &&
	    (lex_at(x, 1) == '\\' || (lex_at(x, n) & 0xc0) == 0x80))
		n++;
	if (lex_at(x, n) == '\'' && lex_at(x, 1) != '\'') {
		x->p += n + 1;
		lex_token(x, from, LEX_S1);
		return true;
	}
	if (!lex_is_letter(lex_at(x, 1)))
		return false;
	x->p++;
	lex_word_end(x);
	lex_token(x, from, LEX_NL);
	return true;
}

/* r"…", br#"…"# */
static bool
rust_raw(struct lexer *x)
{
	const char *from = x->p, *p = from + 1;
	size_t n = 0;

	if (lex_is_letter(lex_before(x)) || g_ascii_isdigit(lex_before(x)))
		return false;
	while (p < x->end && *p == '#') {
		p++;
		n++;
	}
	if (p == x->end || *p != '"')
		return false;
	for (p++; p < x->end; p++) {
		size_t k = 0;
		while (
		    *p == '"' && k < n && p + 1 + k < x->end && p[1 + k] == '#')
			k++;
		if (*p == '"' && k == n) {
			p += 1 + n;
			break;
		}
	}
	x->p = p;
	lex_token(x, from, LEX_S);
	return true;
}

/* #[derive(Debug)] */
static bool
rust_attribute(struct lexer *x)
{
	const char *from = x->p;
	const size_t n = lex_at(x, 1) == '!' ? 2 : 1;

	if (lex_at(x, n) != '[')
		return false;
	x->p = lex_find_any(x->p, x->end, "]\r\n");
	x->p += lex_at(x, 0) == ']';
	lex_token(x, from, LEX_CP);
	return true;
}

static bool
rust_step(struct lexer *x)
{
	switch (*x->p) {
	case '\'': return rust_quote(x);
	case 'r': return rust_raw(x);
	default: return rust_attribute(x);
	}
}

/* println! is a macro. */
static enum lex_class
rust_word(struct lexer *x, struct str word)
{
	const enum lex_class c = curly_word(x, word);

	if (lex_at(x, 0) != '!' || lex_at(x, 1) == '=' ||
	    (c != LEX_PLAIN && c != LEX_NB && c != LEX_KD))
		return c;
	x->p++;
	return LEX_NF;
}

const struct language lex_rust = { .names = "rust rs",
	.run = lex_code,
	.words = rust_words,
	.n_words = G_N_ELEMENTS(rust_words),
	.strings = rust_strings,
	.n_strings = G_N_ELEMENTS(rust_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "+-*/%=<>!&|^?",
	.step = rust_step,
	.step_at = "'r#",
	.word = rust_word,
	.has_calls = true,
	.is_nesting = true };

/* ---- C++: https://eel.is/c++draft/lex */

static const struct lex_word cpp_words[] = { { "NULL", LEX_KC },
	{ "alignas", LEX_K }, { "alignof", LEX_K }, { "and", LEX_OW },
	{ "and_eq", LEX_K }, { "array", LEX_NB }, { "asm", LEX_K },
	{ "auto", LEX_K }, { "bitand", LEX_OW }, { "bitor", LEX_OW },
	{ "bool", LEX_KT }, { "break", LEX_K }, { "case", LEX_K },
	{ "catch", LEX_K }, { "cerr", LEX_NB }, { "char", LEX_KT },
	{ "char16_t", LEX_KT }, { "char32_t", LEX_KT }, { "char8_t", LEX_KT },
	{ "cin", LEX_NB }, { "class", LEX_KD }, { "co_await", LEX_K },
	{ "co_return", LEX_K }, { "co_yield", LEX_K }, { "compl", LEX_OW },
	{ "concept", LEX_KD }, { "const", LEX_K }, { "const_cast", LEX_K },
	{ "consteval", LEX_K }, { "constexpr", LEX_K }, { "constinit", LEX_K },
	{ "continue", LEX_K }, { "cout", LEX_NB }, { "decltype", LEX_K },
	{ "default", LEX_K }, { "delete", LEX_K }, { "do", LEX_K },
	{ "double", LEX_KT }, { "dynamic_cast", LEX_K }, { "else", LEX_K },
	{ "endl", LEX_NB }, { "enum", LEX_KD }, { "explicit", LEX_K },
	{ "export", LEX_K }, { "extern", LEX_K }, { "false", LEX_KC },
	{ "final", LEX_K }, { "float", LEX_KT }, { "for", LEX_K },
	{ "friend", LEX_K }, { "goto", LEX_K }, { "if", LEX_K },
	{ "import", LEX_KN }, { "inline", LEX_K }, { "int", LEX_KT },
	{ "int16_t", LEX_KT }, { "int32_t", LEX_KT }, { "int64_t", LEX_KT },
	{ "int8_t", LEX_KT }, { "intptr_t", LEX_KT }, { "long", LEX_KT },
	{ "make_shared", LEX_NB }, { "make_unique", LEX_NB }, { "map", LEX_NB },
	{ "module", LEX_KN }, { "mutable", LEX_K }, { "namespace", LEX_KD },
	{ "new", LEX_K }, { "noexcept", LEX_K }, { "not", LEX_OW },
	{ "not_eq", LEX_OW }, { "nullptr", LEX_KC }, { "operator", LEX_K },
	{ "optional", LEX_NB }, { "or", LEX_OW }, { "or_eq", LEX_OW },
	{ "override", LEX_K }, { "pair", LEX_NB }, { "private", LEX_K },
	{ "protected", LEX_K }, { "ptrdiff_t", LEX_KT }, { "public", LEX_K },
	{ "register", LEX_K }, { "reinterpret_cast", LEX_K },
	{ "requires", LEX_K }, { "return", LEX_K }, { "set", LEX_NB },
	{ "shared_ptr", LEX_NB }, { "short", LEX_KT }, { "signed", LEX_KT },
	{ "size_t", LEX_KT }, { "sizeof", LEX_K }, { "ssize_t", LEX_KT },
	{ "static", LEX_K }, { "static_assert", LEX_K },
	{ "static_cast", LEX_K }, { "std", LEX_NB }, { "string", LEX_NB },
	{ "string_view", LEX_NB }, { "struct", LEX_KD }, { "switch", LEX_K },
	{ "template", LEX_K }, { "this", LEX_BP }, { "thread_local", LEX_K },
	{ "throw", LEX_K }, { "true", LEX_KC }, { "try", LEX_K },
	{ "typedef", LEX_K }, { "typeid", LEX_K }, { "typename", LEX_K },
	{ "uint16_t", LEX_KT }, { "uint32_t", LEX_KT }, { "uint64_t", LEX_KT },
	{ "uint8_t", LEX_KT }, { "uintptr_t", LEX_KT }, { "union", LEX_KD },
	{ "unique_ptr", LEX_NB }, { "unordered_map", LEX_NB },
	{ "unsigned", LEX_KT }, { "using", LEX_K }, { "variant", LEX_NB },
	{ "vector", LEX_NB }, { "virtual", LEX_K }, { "void", LEX_KT },
	{ "volatile", LEX_K }, { "wchar_t", LEX_KT }, { "while", LEX_K },
	{ "xor", LEX_OW }, { "xor_eq", LEX_OW } };
static const struct lex_string cpp_strings[] = {
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1, .escape = '\\' },
};

const struct language lex_cpp = { .names = "cpp c++ cxx cc hpp",
	.run = lex_code,
	.words = cpp_words,
	.n_words = G_N_ELEMENTS(cpp_words),
	.strings = cpp_strings,
	.n_strings = G_N_ELEMENTS(cpp_strings),
	.line_comments = { "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "+-*/%=<>!&|^~?",
	.step = directive,
	.step_at = "#",
	.word = curly_word,
	.has_calls = true };
