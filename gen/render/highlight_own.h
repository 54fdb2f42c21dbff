/*
 * What the highlight*.c files share; only they see it, and their test.
 *
 * A language is a table for lex_code() or, if it has a shape of its own, a
 * function. Either moves lexer.p on to lexer.end and calls lex_token() for
 * what has a class; what is left out between two tokens is plain.
 */
#ifndef ERGEN_HIGHLIGHT_OWN_H
#define ERGEN_HIGHLIGHT_OWN_H

#include "base/text.h"
#include "render/highlight.h"

#define LEX_CLASSES(X)                                              \
	X(BP, "bp") /* self, cls: names with a meaning by custom */ \
	X(C1, "c1") /* comment to the end of the line */            \
	X(CH, "ch") /* #!/bin/sh */                                 \
	X(CM, "cm") /* comment in brackets */                       \
	X(CP, "cp") /* preprocessor, doctype, directive */          \
	X(GD, "gd") /* deleted line */                              \
	X(GE, "ge") /* note of a diff: no newline at end of file */ \
	X(GH, "gh") /* head of a file in a diff */                  \
	X(GI, "gi") /* inserted line */                             \
	X(GO, "go") /* output */                                    \
	X(GP, "gp") /* prompt */                                    \
	X(GU, "gu") /* head of a hunk */                            \
	X(K, "k") /* keyword */                                     \
	X(KC, "kc") /* constant: true null */                       \
	X(KD, "kd") /* declaration: class, param, resource */       \
	X(KN, "kn") /* import */                                    \
	X(KR, "kr") /* HTTP/1.1 */                                  \
	X(KT, "kt") /* type */                                      \
	X(MF, "mf") /* number with a fraction */                    \
	X(MH, "mh") /* hexadecimal number, colour */                \
	X(MI, "mi") /* integer */                                   \
	X(NA, "na") /* attribute, option, parameter, property */    \
	X(NB, "nb") /* builtin, command, cmdlet */                  \
	X(NC, "nc") /* class */                                     \
	X(ND, "nd") /* decorator, :pseudo-class */                  \
	X(NE, "ne") /* exception, reason of a status */             \
	X(NF, "nf") /* function, subcommand */                      \
	X(NI, "ni") /* entity */                                    \
	X(NL, "nl") /* label, anchor */                             \
	X(NN, "nn") /* namespace, module, address, document */      \
	X(NT, "nt") /* tag, key */                                  \
	X(NV, "nv") /* variable */                                  \
	X(O, "o") /* operator */                                    \
	X(OW, "ow") /* operator that is a word */                   \
	X(S, "s") /* string */                                      \
	X(S1, "s1") /* string in single quotes */                   \
	X(S2, "s2") /* string in double quotes */                   \
	X(SB, "sb") /* backtick of a shell */                       \
	X(SE, "se") /* escape */                                    \
	X(SH, "sh") /* here-document */                             \
	X(SI, "si") /* what brackets code in a string */

enum lex_class {
	LEX_PLAIN,
#define X(name, css) LEX_##name,
	LEX_CLASSES(X)
#undef X
};

/* A word that has a class wherever it stands. */
struct lex_word {
	const char *text; /* lower case if the language has no case */
	enum lex_class c;
};

enum lex_vars {
	VARS_NONE,
	VARS_SHELL, /* $name ${…} $1 $? */
	VARS_POWERSHELL /* $name $scope:name ${…} $? */
};

/* Longer openers come first: ''' before '. */
struct lex_string {
	const char *open, *close;
	enum lex_class c;
	char escape; /* hides the next byte; 0: none */
	bool is_doubled; /* two closers are one of its characters */
	bool has_lines; /* else it ends with its line */
	enum lex_vars vars;
	const char *code; /* brackets code: "${", "$(", "{"; or NULL */
};

struct lexer;

struct language {
	const char *names; /* lower case, parted by spaces */
	void (*run)(struct lexer *x); /* NULL: all is plain */
	/* The rest is read by lex_code() alone. */
	const struct lex_word *words; /* ascending */
	size_t n_words;
	const struct lex_string *strings;
	size_t n_strings;
	const char *line_comments[2];
	const char *block_open, *block_close;
	const char *ops; /* bytes that make operators */
	const char *in_words; /* more bytes that words may go on with */
	/* Asked first at these bytes; NULL: at each. False: as usual. */
	bool (*step)(struct lexer *x);
	const char *step_at;
	/* The class of a word that has just been passed. */
	enum lex_class (*word)(struct lexer *x, struct str word);
	bool has_no_case;
	bool has_calls; /* a word before a parenthesis is a function */
	bool is_nesting; /* block comments do */
};

/* Where strings bracket code that holds strings …; deeper ones are text. */
#define LEX_DEPTH 16

struct lex_frame {
	const struct lex_string *string; /* or NULL: code up to close */
	char close;
	unsigned n_open; /* brackets of the same kind in that code */
};

struct lexer {
	/* Written by lex_token() alone. */
	GString *out;
	const struct fence *marks;
	unsigned line;
	bool is_in_line, is_marked;
	const char *done, *limit;
	/* What is read: from start, now at p. */
	const char *start, *p, *end;
	const struct language *lang;
	unsigned char kind[256];
	struct lex_frame frames[LEX_DEPTH];
	unsigned depth;
	/* Notes of the language; 0 at the start. */
	unsigned state;
	struct str heredoc;
	bool is_raw, is_indented; /* the here-document */
};

/* All of them, ended by one without names. */
extern const struct language *const lex_languages[];
extern const struct language lex_bash, lex_powershell, lex_json, lex_yaml,
    lex_bicep, lex_kql, lex_python, lex_c, lex_html, lex_css, lex_sql, lex_http,
    lex_diff, lex_console, lex_script, lex_java, lex_csharp, lex_go, lex_rust,
    lex_cpp, lex_terraform, lex_toml, lex_docker;

/* From `from` up to p is a token. */
void lex_token(struct lexer *x, const char *from, enum lex_class c);
/* The next len bytes are. */
void lex_take(struct lexer *x, size_t len, enum lex_class c);
/* For table-driven languages. */
void lex_code(struct lexer *x);
/* What is up to end is of another language; keeps frames and state. */
void lex_nested(struct lexer *x, const char *end, const struct language *lang);
enum lex_class lex_word_class(const struct lexer *x, struct str word);
/* Passes the bytes that a word goes on with. */
void lex_word_end(struct lexer *x);
/* The opener of brackets around code, up to a bracket `close`. */
void lex_open_code(struct lexer *x, size_t len, char close);
/* A string by one of the language's rules begins here. */
bool lex_open_string(struct lexer *x);
/* The length of a variable at p, which is at '$'; 0 if there is none. */
size_t lex_variable(const struct lexer *x, enum lex_vars vars);

/* The end of the line that p is in, without its line end. */
const char *lex_line_end(const struct lexer *x);
/* Behind the line end at p, if there is one. */
const char *lex_next_line(const struct lexer *x, const char *p);
/* The byte at p + i, or 0. */
static inline char
lex_at(const struct lexer *x, size_t i)
{
	return (size_t)(x->end - x->p) > i ? x->p[i] : '\0';
}
/* The byte in front of p, or a space at the start. */
static inline char
lex_before(const struct lexer *x)
{
	return x->p > x->start ? x->p[-1] : ' ';
}
static inline struct str
lex_rest(const struct lexer *x)
{
	return (struct str){ x->p, (size_t)(x->end - x->p) };
}
static inline bool
lex_sees(const struct lexer *x, const char *z)
{
	return str_starts(lex_rest(x), z);
}
static inline bool
lex_is_letter(char c)
{
	return g_ascii_isalpha(c) || c == '_' || (unsigned char)c >= 0x80;
}
/* Up to the first of a few bytes, or to the end. */
const char *lex_find_any(const char *p, const char *end, const char *bytes);

#endif
