/* What programs are set up with: Terraform, TOML, INI and Dockerfile. */
#include "render/highlight_own.h"

/* Behind the word, maybe with spaces between, stands an equals sign. */
static bool
is_key(const struct lexer *x)
{
	size_t n = 0;

	while (lex_at(x, n) == ' ' || lex_at(x, n) == '\t')
		n++;
	return lex_at(x, n) == '=' && lex_at(x, n + 1) != '=' &&
	    lex_at(x, n + 1) != '>';
}

static bool
begins_line(const struct lexer *x, const char *p)
{
	while (p > x->start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	return p == x->start || p[-1] == '\n' || p[-1] == '\r';
}

/* ---- Terraform: https://developer.hashicorp.com/terraform/language/syntax */

static const struct lex_word terraform_words[] = { { "any", LEX_KT },
	{ "bool", LEX_KT }, { "check", LEX_KD }, { "count", LEX_BP },
	{ "data", LEX_KD }, { "dynamic", LEX_K }, { "each", LEX_BP },
	{ "else", LEX_K }, { "endfor", LEX_K }, { "endif", LEX_K },
	{ "false", LEX_KC }, { "for", LEX_K }, { "if", LEX_K },
	{ "import", LEX_KD }, { "in", LEX_K }, { "list", LEX_KT },
	{ "local", LEX_BP }, { "locals", LEX_KD }, { "map", LEX_KT },
	{ "module", LEX_KD }, { "moved", LEX_KD }, { "null", LEX_KC },
	{ "number", LEX_KT }, { "object", LEX_KT }, { "output", LEX_KD },
	{ "path", LEX_BP }, { "provider", LEX_KD }, { "removed", LEX_KD },
	{ "resource", LEX_KD }, { "self", LEX_BP }, { "set", LEX_KT },
	{ "string", LEX_KT }, { "terraform", LEX_KD }, { "true", LEX_KC },
	{ "tuple", LEX_KT }, { "var", LEX_BP }, { "variable", LEX_KD } };
static const struct lex_string terraform_strings[] = {
	{ .open = "\"",
	    .close = "\"",
	    .c = LEX_S2,
	    .escape = '\\',
	    .code = "${" },
};

static enum lex_class
terraform_word(struct lexer *x, struct str word)
{
	const enum lex_class c = lex_word_class(x, word);

	if (is_key(x))
		return LEX_NA;
	if (word.p > x->start && word.p[-1] == '.')
		return LEX_PLAIN;
	/* Blocks stand at the start of a line. */
	return c == LEX_KD && !begins_line(x, word.p) ? LEX_PLAIN : c;
}

const struct language lex_terraform = { .names = "terraform tf hcl tfvars",
	.run = lex_code,
	.words = terraform_words,
	.n_words = G_N_ELEMENTS(terraform_words),
	.strings = terraform_strings,
	.n_strings = G_N_ELEMENTS(terraform_strings),
	.line_comments = { "#", "//" },
	.block_open = "/*",
	.block_close = "*/",
	.ops = "=!<>&|?+-*/%",
	.in_words = "-",
	.word = terraform_word,
	.has_calls = true };

/* ---- TOML and INI: https://toml.io/en/v1.0.0 */

static const struct lex_word toml_words[] = { { "false", LEX_KC },
	{ "inf", LEX_KC }, { "nan", LEX_KC }, { "no", LEX_KC },
	{ "off", LEX_KC }, { "on", LEX_KC }, { "true", LEX_KC },
	{ "yes", LEX_KC } };
static const struct lex_string toml_strings[] = {
	{ .open = "\"\"\"",
	    .close = "\"\"\"",
	    .c = LEX_S,
	    .escape = '\\',
	    .has_lines = true },
	{ .open = "'''", .close = "'''", .c = LEX_S, .has_lines = true },
	{ .open = "\"", .close = "\"", .c = LEX_S2, .escape = '\\' },
	{ .open = "'", .close = "'", .c = LEX_S1 },
};

/* [table], [[list]] */
static bool
toml_step(struct lexer *x)
{
	const char *from = x->p;

	if (!begins_line(x, from))
		return false;
	x->p = lex_find_any(x->p, x->end, "]\r\n");
	while (lex_at(x, 0) == ']')
		x->p++;
	lex_token(x, from, LEX_NN);
	return true;
}

static enum lex_class
toml_word(struct lexer *x, struct str word)
{
	if (begins_line(x, word.p) || is_key(x))
		return LEX_NA;
	return lex_word_class(x, word);
}

const struct language lex_toml = { .names = "toml ini cfg conf properties",
	.run = lex_code,
	.words = toml_words,
	.n_words = G_N_ELEMENTS(toml_words),
	.strings = toml_strings,
	.n_strings = G_N_ELEMENTS(toml_strings),
	.line_comments = { "#", ";" },
	.ops = "=",
	.in_words = "-.",
	.step = toml_step,
	.step_at = "[",
	.word = toml_word };

/* ---- Dockerfile: https://docs.docker.com/reference/dockerfile/ */

static const struct lex_word docker_words[] = { { "ADD", LEX_K },
	{ "ARG", LEX_K }, { "AS", LEX_K }, { "CMD", LEX_K }, { "COPY", LEX_K },
	{ "ENTRYPOINT", LEX_K }, { "ENV", LEX_K }, { "EXPOSE", LEX_K },
	{ "FROM", LEX_K }, { "HEALTHCHECK", LEX_K }, { "LABEL", LEX_K },
	{ "MAINTAINER", LEX_K }, { "NONE", LEX_K }, { "ONBUILD", LEX_K },
	{ "RUN", LEX_K }, { "SHELL", LEX_K }, { "STOPSIGNAL", LEX_K },
	{ "USER", LEX_K }, { "VOLUME", LEX_K }, { "WORKDIR", LEX_K } };
static const struct lex_string docker_strings[] = {
	{ .open = "\"",
	    .close = "\"",
	    .c = LEX_S2,
	    .escape = '\\',
	    .vars = VARS_SHELL },
	{ .open = "'", .close = "'", .c = LEX_S1 },
};

/* $name, and --from=builder of an instruction. */
static bool
docker_step(struct lexer *x)
{
	const char *from = x->p;

	if (*from == '$') {
		const size_t len = lex_variable(x, VARS_SHELL);
		x->p += len;
		lex_token(x, from, LEX_NV);
		return len > 0;
	}
	if (!is_space(lex_before(x)) || lex_at(x, 1) != '-' ||
	    !lex_is_letter(lex_at(x, 2)))
		return false;
	x->p += 2;
	lex_word_end(x);
	lex_token(x, from, LEX_NA);
	return true;
}

static enum lex_class
docker_word(struct lexer *x, struct str word)
{
	const enum lex_class c = lex_word_class(x, word);

	return begins_line(x, word.p) || str_is(word, "AS") ? c : LEX_PLAIN;
}

const struct language lex_docker = { .names = "dockerfile docker containerfile",
	.run = lex_code,
	.words = docker_words,
	.n_words = G_N_ELEMENTS(docker_words),
	.strings = docker_strings,
	.n_strings = G_N_ELEMENTS(docker_strings),
	.line_comments = { "#" },
	.ops = "=",
	.in_words = "-",
	.step = docker_step,
	.step_at = "$-",
	.word = docker_word };
