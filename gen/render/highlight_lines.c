/* What goes by lines: diffs, and sessions at a prompt. */
#include "render/highlight_own.h"

/* ---- diff */

static enum lex_class
diff_line(struct lexer *x, struct str line, struct str next)
{
	/* Only the head of a file has both; "--- x" may be a deleted "-- x". */
	bool is_head = str_starts(line, "--- ") && str_starts(next, "+++ ");
	bool was_head = x->state;

	x->state = is_head;
	if (is_head || (was_head && str_starts(line, "+++ ")))
		return LEX_GH;
	if (line.len == 0)
		return LEX_PLAIN;
	switch (line.p[0]) {
	case '+':
	case '>': return LEX_GI;
	case '-':
	case '<': return LEX_GD;
	case '@': return LEX_GU;
	case '\\': return LEX_GE;
	case '!': return LEX_O;
	}
	if (str_starts(line, "diff ") || str_starts(line, "index ") ||
	    str_starts(line, "Index: ") || str_starts(line, "new file mode ") ||
	    str_starts(line, "deleted file mode ") ||
	    str_starts(line, "rename ") || str_starts(line, "similarity "))
		return LEX_GH;
	return LEX_PLAIN;
}

static void
diff_run(struct lexer *x)
{
	while (x->p < x->end) {
		const char *from = x->p, *end = lex_line_end(x);
		struct str line = { from, (size_t)(end - from) };
		const char *next = lex_next_line(x, end);
		struct str rest = { next, (size_t)(x->end - next) };
		x->p = end;
		lex_token(x, from, diff_line(x, line, rest));
		x->p = next;
	}
}

const struct language lex_diff = { .names = "diff patch udiff",
	.run = diff_run };

/* ---- sessions */

/* How far into a line a prompt may reach. */
#define PROMPT_MAX 80

/* "$ ", "user@host:~$ ", "[user@host ~]# ", "(venv) $ "; but "# …" alone is a
 * comment. The length, with the space, or 0. */
static size_t
shell_prompt(struct str line)
{
	bool has_host = false;

	for (size_t i = 0; i < line.len && i < PROMPT_MAX; i++) {
		char c = line.p[i];
		bool is_last = i + 1 == line.len || line.p[i + 1] == ' ';
		if ((c == '$' || c == '%') && is_last &&
		    (i == 0 || has_host || line.p[i - 1] == ' '))
			return MIN(i + 2, line.len);
		if (c == '#' && is_last && has_host)
			return MIN(i + 2, line.len);
		if (c == '@' || c == ')' || c == '~')
			has_host = true;
		else if (c == ' ' && !has_host && line.p[0] != '[')
			return 0;
	}
	return 0;
}

/* "PS> ", "PS C:\Users\me> ", "C:\> " */
static size_t
windows_prompt(struct str line)
{
	bool is_drive = line.len > 2 && g_ascii_isalpha(line.p[0]) &&
	    line.p[1] == ':' && line.p[2] == '\\';

	bool is_path = line.len > 3 && str_starts(line, "PS ") &&
	    (strchr("/~", line.p[3]) || line.p[MIN(4, line.len - 1)] == ':');

	if (!is_drive && !is_path && !str_starts(line, "PS>"))
		return 0;
	size_t n = str_find(str_upto(line, PROMPT_MAX), '>') + 1;
	if (n > MIN(line.len, PROMPT_MAX))
		return 0;
	return n < line.len && line.p[n] == ' ' ? n + 1 : n;
}

/* A comment in a session is one of its shell. */
static const struct language *
command_of(struct str line, size_t *prompt)
{
	*prompt = 0;
	if (str_starts(line, ">>> ") || str_starts(line, "... ")) {
		*prompt = 4;
		return &lex_python;
	}
	if ((*prompt = windows_prompt(line)) > 0)
		return &lex_powershell;
	if ((*prompt = shell_prompt(line)) > 0 || str_starts(line, "# "))
		return &lex_bash;
	return NULL;
}

/* True if the command that ends at p says that it goes on. */
static bool
goes_on(const struct language *shell, const char *from, const char *p)
{
	char last = shell == &lex_powershell ? '`' : '\\';

	return shell && p > from && p[-1] == last;
}

static void
console_run(struct lexer *x)
{
	const struct language *shell = NULL;
	bool is_unfinished = false;

	while (x->p < x->end) {
		const char *from = x->p, *end = lex_line_end(x);
		struct str line = { from, (size_t)(end - from) };
		size_t prompt = 0;
		/* "> " goes on with the command of the line before. */
		bool is_next = shell &&
		    (str_starts(line, "> ") || str_starts(line, ">> ") ||
			is_unfinished);
		if (is_next) {
			prompt = !str_starts(line, ">") ? 0
			    : line.p[1] == '>'          ? 3
							: 2;
		} else {
			shell = command_of(line, &prompt);
			x->depth = x->state = 0;
		}
		if (is_next && !is_unfinished && x->depth == 0)
			x->state = 0; /* the next command of a loop */
		is_unfinished = false;
		if (shell) {
			if (prompt > 0)
				lex_take(x, prompt, LEX_GP);
			lex_nested(x, end, shell);
			is_unfinished = goes_on(shell, from + prompt, end);
		} else {
			x->p = end;
			lex_token(x, from, LEX_GO);
		}
		x->p = lex_next_line(x, end);
	}
}

const struct language lex_console = {
	.names = "console terminal shell-session shellsession sh-session "
		 "bash-session ps1con pwsh-session powershell-session session "
		 "pycon doscon cmd",
	.run = console_run
};
