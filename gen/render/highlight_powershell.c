/* PowerShell. */
#include "render/highlight_own.h"

/* What the words before make of the next. */
enum {
	AFTER_FUNCTION = 1, /* its name */
	AFTER_AZ /* az network vnet create */
};

static const struct lex_word words[] = { { "-and", LEX_OW }, { "-as", LEX_OW },
	{ "-band", LEX_OW }, { "-bnot", LEX_OW }, { "-bor", LEX_OW },
	{ "-bxor", LEX_OW }, { "-ceq", LEX_OW }, { "-clike", LEX_OW },
	{ "-cmatch", LEX_OW }, { "-cne", LEX_OW }, { "-contains", LEX_OW },
	{ "-creplace", LEX_OW }, { "-eq", LEX_OW }, { "-f", LEX_OW },
	{ "-ge", LEX_OW }, { "-gt", LEX_OW }, { "-ieq", LEX_OW },
	{ "-ilike", LEX_OW }, { "-imatch", LEX_OW }, { "-in", LEX_OW },
	{ "-ine", LEX_OW }, { "-ireplace", LEX_OW }, { "-is", LEX_OW },
	{ "-isnot", LEX_OW }, { "-join", LEX_OW }, { "-le", LEX_OW },
	{ "-like", LEX_OW }, { "-lt", LEX_OW }, { "-match", LEX_OW },
	{ "-ne", LEX_OW }, { "-not", LEX_OW }, { "-notcontains", LEX_OW },
	{ "-notin", LEX_OW }, { "-notlike", LEX_OW }, { "-notmatch", LEX_OW },
	{ "-or", LEX_OW }, { "-replace", LEX_OW }, { "-shl", LEX_OW },
	{ "-shr", LEX_OW }, { "-split", LEX_OW }, { "-xor", LEX_OW },
	{ "az", LEX_NB }, { "azd", LEX_NB }, { "begin", LEX_K },
	{ "break", LEX_K }, { "cat", LEX_NB }, { "catch", LEX_K },
	{ "cd", LEX_NB }, { "class", LEX_K }, { "clear", LEX_NB },
	{ "cls", LEX_NB }, { "continue", LEX_K }, { "copy", LEX_NB },
	{ "cp", LEX_NB }, { "curl", LEX_NB }, { "data", LEX_K },
	{ "del", LEX_NB }, { "dir", LEX_NB }, { "do", LEX_K },
	{ "docker", LEX_NB }, { "dotnet", LEX_NB }, { "dynamicparam", LEX_K },
	{ "echo", LEX_NB }, { "else", LEX_K }, { "elseif", LEX_K },
	{ "end", LEX_K }, { "enum", LEX_K }, { "exit", LEX_K },
	{ "filter", LEX_K }, { "finally", LEX_K }, { "for", LEX_K },
	{ "foreach", LEX_K }, { "function", LEX_K }, { "gci", LEX_NB },
	{ "git", LEX_NB }, { "hidden", LEX_K }, { "if", LEX_K },
	{ "in", LEX_K }, { "kubectl", LEX_NB }, { "ls", LEX_NB },
	{ "mkdir", LEX_NB }, { "move", LEX_NB }, { "mv", LEX_NB },
	{ "ni", LEX_NB }, { "npm", LEX_NB }, { "parallel", LEX_K },
	{ "param", LEX_K }, { "popd", LEX_NB }, { "process", LEX_K },
	{ "pushd", LEX_NB }, { "pwd", LEX_NB }, { "ren", LEX_NB },
	{ "return", LEX_K }, { "rm", LEX_NB }, { "rmdir", LEX_NB },
	{ "select", LEX_NB }, { "sort", LEX_NB }, { "static", LEX_K },
	{ "switch", LEX_K }, { "tee", LEX_NB }, { "terraform", LEX_NB },
	{ "throw", LEX_K }, { "trap", LEX_K }, { "try", LEX_K },
	{ "until", LEX_K }, { "using", LEX_K }, { "wget", LEX_NB },
	{ "where", LEX_NB }, { "while", LEX_K }, { "workflow", LEX_K },
	{ "write", LEX_NB } };

static const struct lex_string strings[] = {
	{ .open = "@\"",
	    .close = "\n\"@",
	    .c = LEX_SH,
	    .escape = '`',
	    .has_lines = true,
	    .vars = VARS_POWERSHELL,
	    .code = "$(" },
	{ .open = "@'", .close = "\n'@", .c = LEX_SH, .has_lines = true },
	{ .open = "\"",
	    .close = "\"",
	    .c = LEX_S2,
	    .escape = '`',
	    .is_doubled = true,
	    .has_lines = true,
	    .vars = VARS_POWERSHELL,
	    .code = "$(" },
	{ .open = "'",
	    .close = "'",
	    .c = LEX_S1,
	    .is_doubled = true,
	    .has_lines = true },
};

static bool
is_name_byte(char c)
{
	return lex_is_letter(c) || g_ascii_isdigit(c);
}

static bool
dollar(struct lexer *x)
{
	if (lex_at(x, 1) == '(') {
		lex_open_code(x, 2, ')');
		return true;
	}
	size_t len = lex_variable(x, VARS_POWERSHELL);
	struct str name = str_upto(lex_rest(x), len);
	bool is_constant = str_is_nocase(name, "$true") ||
	    str_is_nocase(name, "$false") || str_is_nocase(name, "$null");
	if (len > 0)
		lex_take(x, len, is_constant ? LEX_KC : LEX_NV);
	return len > 0;
}

/* -Name, -eq, --name of another program; else minus. */
static bool
dash(struct lexer *x)
{
	const char *from = x->p;
	size_t n = lex_at(x, 1) == '-' ? 2 : 1;

	if (strchr(" \t\r\n(,{`", lex_before(x)) == NULL ||
	    !lex_is_letter(lex_at(x, n))) {
		lex_take(x, 1, LEX_O);
		return true;
	}
	x->p += n;
	while (x->p < x->end && (is_name_byte(*x->p) || *x->p == '-'))
		x->p++;
	struct str word = { from, (size_t)(x->p - from) };
	enum lex_class c = lex_word_class(x, word);
	lex_token(x, from, c == LEX_OW ? c : LEX_NA);
	return true;
}

/* [string], [Parameter(…)], but not $list[0]. */
static bool
type(struct lexer *x)
{
	char before = lex_before(x), c = lex_at(x, 1);

	if (is_name_byte(before) || before == ')' || !lex_is_letter(c))
		return false;
	const char *from = ++x->p;
	while (x->p < x->end && (is_name_byte(*x->p) || *x->p == '.'))
		x->p++;
	lex_token(x, from, lex_at(x, 0) == '(' ? LEX_ND : LEX_KT);
	return true;
}

static bool
step(struct lexer *x)
{
	char next = lex_at(x, 1);

	x->state = 0;
	switch (*x->p) {
	case '$': return dollar(x);
	case '-': return dash(x);
	case '[': return type(x);
	case '`': lex_take(x, 2, LEX_SE); return true;
	case '@':
		if (!lex_is_letter(next))
			return false;
		for (const char *from = x->p++;; x->p++) {
			if (x->p < x->end && is_name_byte(*x->p))
				continue;
			lex_token(x, from, LEX_NV);
			return true;
		}
	}
	return false;
}

static enum lex_class
word(struct lexer *x, struct str w)
{
	char before = w.p > x->start ? w.p[-1] : ' ';
	unsigned state = x->state;

	x->state = 0;
	if (before == '.' || before == ':')
		return lex_at(x, 0) == '(' ? LEX_NF : LEX_PLAIN;
	if (state == AFTER_FUNCTION)
		return LEX_NF;
	if (state == AFTER_AZ && before == ' ') {
		x->state = AFTER_AZ;
		return LEX_NF;
	}
	enum lex_class c = lex_word_class(x, w);
	if (str_is_nocase(w, "function") || str_is_nocase(w, "filter"))
		x->state = AFTER_FUNCTION;
	else if (str_is_nocase(w, "az"))
		x->state = AFTER_AZ;
	if (c == LEX_PLAIN && str_find(w, '-') < w.len)
		return LEX_NB;
	return c;
}

const struct language lex_powershell = {
	.names = "powershell ps1 pwsh posh ps azurepowershell "
		 "azurepowershell-interactive powershell-interactive",
	.run = lex_code,
	.words = words,
	.n_words = G_N_ELEMENTS(words),
	.strings = strings,
	.n_strings = G_N_ELEMENTS(strings),
	.line_comments = { "#" },
	.block_open = "<#",
	.block_close = "#>",
	.ops = "=+*/%!|&<>",
	.in_words = "-",
	.step = step,
	.step_at = "$-[@`",
	.word = word,
	.has_no_case = true
};
