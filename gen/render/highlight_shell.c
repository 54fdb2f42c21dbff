/* Bash and its kin, with the Azure CLI and other commands of commands. */
#include "render/highlight_own.h"

enum {
	SHELL_ARGUMENT = 1, /* else the next word is a command */
	SHELL_VALUE = 2, /* of an assignment in front of a command */
	SHELL_ALL_SUBCOMMANDS = 4, /* az network vnet create */
	SHELL_SUBCOMMAND = 8, /* git commit */
	SHELL_IN = 16, /* for x, case x: "in" is a keyword */
	SHELL_DECLARES = 32, /* export A=1 */
	SHELL_HEREDOC = 64 /* one begins behind this line */
};

/* State that ends with a command. */
#define SHELL_OF_COMMAND                                        \
	(SHELL_ARGUMENT | SHELL_VALUE | SHELL_ALL_SUBCOMMANDS | \
	    SHELL_SUBCOMMAND | SHELL_IN | SHELL_DECLARES)

static const struct lex_word words[] = { { "!", LEX_K }, { "[[", LEX_K },
	{ "]]", LEX_K }, { "case", LEX_K }, { "coproc", LEX_K },
	{ "do", LEX_K }, { "done", LEX_K }, { "elif", LEX_K },
	{ "else", LEX_K }, { "esac", LEX_K }, { "fi", LEX_K }, { "for", LEX_K },
	{ "function", LEX_K }, { "if", LEX_K }, { "in", LEX_K },
	{ "select", LEX_K }, { "then", LEX_K }, { "time", LEX_K },
	{ "until", LEX_K }, { "while", LEX_K }, { "{", LEX_K },
	{ "}", LEX_K } };

static const struct lex_string strings[] = {
	{ .open = "'", .close = "'", .c = LEX_S1, .has_lines = true },
	{ .open = "$'",
	    .close = "'",
	    .c = LEX_S1,
	    .escape = '\\',
	    .has_lines = true },
	{ .open = "\"",
	    .close = "\"",
	    .c = LEX_S2,
	    .escape = '\\',
	    .has_lines = true,
	    .vars = VARS_SHELL,
	    .code = "$(" },
};

static bool
is_one_of(struct str word, const char *const *set)
{
	for (; *set; set++)
		if (str_is(word, *set))
			return true;
	return false;
}

static bool
is_word_start(const struct lexer *x)
{
	return strchr(" \t\r\n;|&()`", lex_before(x)) != NULL;
}

static void
end_command(struct lexer *x)
{
	x->state &= ~(unsigned)SHELL_OF_COMMAND;
}

/* ---- here-documents */

/* <<EOF, <<-'EOF' */
static void
heredoc_begin(struct lexer *x)
{
	x->is_indented = lex_at(x, 2) == '-';
	lex_take(x, x->is_indented ? 3 : 2, LEX_O);
	while (lex_at(x, 0) == ' ' || lex_at(x, 0) == '\t')
		x->p++;
	const char *from = x->p;
	char quote = lex_at(x, 0);
	x->is_raw = quote == '\'' || quote == '"' || quote == '\\';
	if (x->is_raw)
		x->p++;
	const char *word = x->p;
	const char stops[] = { quote == '\\' ? ' ' : quote, '\r', '\n', '\0' };
	x->p = lex_find_any(x->p, x->end,
	    x->is_raw ? stops : " \t\r\n;|&<>()\"'`$\\");
	x->heredoc = (struct str){ word, (size_t)(x->p - word) };
	if (x->is_raw && x->p < x->end && *x->p == quote)
		x->p++;
	if (x->heredoc.len > 0)
		x->state |= SHELL_HEREDOC;
	lex_token(x, from, LEX_SH);
}

static void
heredoc_line(struct lexer *x, const char *end)
{
	const char *from = x->p;

	while (x->p < end) {
		size_t len = *x->p == '$' && !x->is_raw
		    ? lex_variable(x, VARS_SHELL)
		    : 0;
		if (len == 0) {
			x->p++;
			continue;
		}
		lex_token(x, from, LEX_SH);
		lex_take(x, len, LEX_NV);
		from = x->p;
	}
	lex_token(x, from, LEX_SH);
}

/* Up to and with the line that is the word. */
static void
heredoc_body(struct lexer *x)
{
	bool is_last = false;

	x->state &= ~(unsigned)SHELL_HEREDOC;
	while (x->p < x->end && !is_last) {
		const char *end = lex_line_end(x), *p = x->p;
		while (x->is_indented && p < end && *p == '\t')
			p++;
		is_last = str_eq((struct str){ p, (size_t)(end - p) },
		    x->heredoc);
		heredoc_line(x, end);
		if (!is_last)
			x->p = lex_next_line(x, end);
	}
}

/* ---- words */

static enum lex_class
keyword(struct lexer *x, struct str w)
{
	static const char *const with_in[] = { "for", "case", "select", NULL };
	static const char *const with_words[] = { "function", "in", "fi",
		"done", "esac", "}", NULL };

	end_command(x);
	if (is_one_of(w, with_in))
		x->state |= SHELL_ARGUMENT | SHELL_IN;
	else if (is_one_of(w, with_words))
		x->state |= SHELL_ARGUMENT;
	return LEX_K;
}

static enum lex_class
command(struct lexer *x, struct str w)
{
	static const char *const prefixes[] = { "sudo", "env", "exec", "xargs",
		"command", "nohup", "builtin", "watch", NULL };
	static const char *const with_subcommands[] = { "git", "docker", "gh",
		"kubectl", "npm", "pip", "pip3", "apt", "apt-get", "systemctl",
		"terraform", "dotnet", "azd", "helm", "aws", "gcloud", "yarn",
		"cargo", "go", "brew", NULL };
	static const char *const declaring[] = { "export", "local", "readonly",
		"declare", "typeset", "alias", NULL };

	if (lex_word_class(x, w) != LEX_PLAIN)
		return keyword(x, w);
	if (is_one_of(w, prefixes))
		return LEX_NB;
	x->state |= SHELL_ARGUMENT;
	if (lex_at(x, 0) == ')' && x->depth == 0)
		return LEX_PLAIN; /* case "$1" in start) */
	if (lex_at(x, 0) == '(' && lex_at(x, 1) == ')')
		return LEX_NF;
	if (str_is(w, "az"))
		x->state |= SHELL_ALL_SUBCOMMANDS;
	else if (is_one_of(w, with_subcommands))
		x->state |= SHELL_SUBCOMMAND;
	else if (is_one_of(w, declaring))
		x->state |= SHELL_DECLARES;
	return LEX_NB;
}

static enum lex_class
argument(struct lexer *x, struct str w)
{
	unsigned state = x->state;
	size_t n = 0;

	x->state &= ~(unsigned)SHELL_SUBCOMMAND;
	if ((state & SHELL_IN) && str_is(w, "in")) {
		x->state &= ~(unsigned)SHELL_IN;
		return LEX_K;
	}
	if (str_is(w, "]]"))
		return LEX_K;
	while (n < w.len && g_ascii_isdigit(w.p[n]))
		n++;
	if (n == w.len)
		return LEX_MI;
	while (n < w.len && (g_ascii_islower(w.p[n]) || w.p[n] == '-'))
		n++;
	if (n == w.len && (state & (SHELL_ALL_SUBCOMMANDS | SHELL_SUBCOMMAND)))
		return LEX_NF;
	x->state &= ~(unsigned)SHELL_ALL_SUBCOMMANDS;
	return LEX_PLAIN;
}

/* The length of the name in NAME=, NAME+= or NAME[1]=, or 0. */
static size_t
assigned(struct str w)
{
	size_t n = 0;

	if (!lex_is_letter(w.p[0]))
		return 0;
	while (n < w.len && (lex_is_letter(w.p[n]) || g_ascii_isdigit(w.p[n])))
		n++;
	size_t name = n;
	if (n < w.len && w.p[n] == '[')
		n += str_find(str_from(w, n), ']') + 1;
	if (n < w.len && w.p[n] == '+')
		n++;
	return n < w.len && w.p[n] == '=' ? name : 0;
}

static void
take_word(struct lexer *x)
{
	const char *from = x->p;
	bool is_start = is_word_start(x);

	/* At least one byte: some are in no word, but come here all the same.
	 */
	x->p++;
	lex_word_end(x);
	if (!is_start)
		return;
	struct str w = { from, (size_t)(x->p - from) };
	/* A string does not know what its $( means. */
	if (from - x->start > 1 && from[-1] == '(' && from[-2] == '$')
		end_command(x);
	bool is_command = !(x->state & SHELL_ARGUMENT);
	size_t name = is_command || (x->state & SHELL_DECLARES) ? assigned(w)
								: 0;
	enum lex_class c = LEX_PLAIN;
	if (name > 0) {
		x->p = from + name;
		c = LEX_NV;
		if (is_command)
			x->state |= SHELL_ARGUMENT | SHELL_VALUE;
	} else if (w.p[0] == '-' && w.len > 1) {
		x->p = from + str_find(w, '=');
		x->state &= ~(
		    unsigned)(SHELL_ALL_SUBCOMMANDS | SHELL_SUBCOMMAND);
		c = LEX_NA;
	} else {
		c = is_command ? command(x, w) : argument(x, w);
	}
	if (c != LEX_PLAIN)
		lex_token(x, from, c);
}

/* ---- the rest */

static void
redirection(struct lexer *x)
{
	const char *from = x->p;

	if (lex_sees(x, "<<") && lex_at(x, 2) != '<') {
		heredoc_begin(x);
		return;
	}
	while (x->p < x->end && strchr("<>&", *x->p))
		x->p++;
	if (x->p[-1] == '&')
		while (g_ascii_isdigit(lex_at(x, 0)))
			x->p++;
	lex_token(x, from, LEX_O);
}

static void
separator(struct lexer *x)
{
	const char *from = x->p;

	while (x->p < x->end && strchr(";|&", *x->p))
		x->p++;
	end_command(x);
	if (lex_before(x) == ';' && x->p - from > 1)
		x->state |= SHELL_ARGUMENT; /* the next pattern of a case */
	lex_token(x, from, LEX_O);
}

static void
white_space(struct lexer *x)
{
	char c = *x->p++;

	if (c == '\n') {
		end_command(x);
		if (x->state & SHELL_HEREDOC)
			heredoc_body(x);
	} else if (x->state & SHELL_VALUE) {
		end_command(x);
	}
}

static bool
dollar(struct lexer *x)
{
	if (lex_at(x, 1) == '(') {
		lex_open_code(x, 2, ')');
		end_command(x);
		return true;
	}
	x->state |= SHELL_ARGUMENT;
	if (lex_at(x, 1) == '\'')
		return lex_open_string(x);
	size_t len = lex_variable(x, VARS_SHELL);
	if (len > 0)
		lex_take(x, len, LEX_NV);
	else
		x->p++;
	return true;
}

static void
backslash(struct lexer *x)
{
	/* The command goes on in the next line. */
	bool is_at_end = lex_at(x, 1) == '\n' || lex_at(x, 1) == '\r';

	lex_take(x, is_at_end ? 1 : 2, LEX_SE);
	if (is_at_end)
		x->p = lex_next_line(x, x->p);
}

static bool
step(struct lexer *x)
{
	const char *from = x->p;

	switch (*from) {
	case ' ':
	case '\t':
	case '\r':
	case '\n': white_space(x); return true;
	case '#':
		if (!is_word_start(x))
			break;
		x->p = lex_line_end(x);
		lex_token(x, from,
		    from == x->start && x->p - from > 1 && from[1] == '!'
			? LEX_CH
			: LEX_C1);
		return true;
	case '\\': backslash(x); return true;
	case '$': return dollar(x);
	case '\'':
	case '"': x->state |= SHELL_ARGUMENT; return false;
	case '`':
		lex_take(x, 1, LEX_SB);
		end_command(x);
		return true;
	case ';':
	case '|':
	case '&': separator(x); return true;
	case '<':
	case '>': redirection(x); return true;
	case '(':
		if (lex_before(x) == '(')
			x->state |= SHELL_ARGUMENT; /* ((1 + 2)) */
		else if (!(x->state & SHELL_VALUE))
			end_command(x);
		return false;
	case ')':
		end_command(x);
		if (x->depth > 0 && x->frames[x->depth - 1].n_open == 0)
			x->state |= SHELL_ARGUMENT; /* behind $(…) */
		return false;
	}
	take_word(x);
	return true;
}

const struct language lex_bash = {
	.names = "bash sh shell zsh ksh az azurecli azcli azurecli-interactive",
	.run = lex_code,
	.words = words,
	.n_words = G_N_ELEMENTS(words),
	.strings = strings,
	.n_strings = G_N_ELEMENTS(strings),
	.in_words = "!#%*+,-./:=?@[]^{}~",
	.step = step
};
