/* Finding the language, and writing its tokens. */
#include "render/highlight_own.h"
#include "render/html.h"

static const struct language plain = {
	.names = "text txt plain plaintext none output nohighlight"
};

const struct language *const lex_languages[] = { &plain, &lex_bash,
	&lex_powershell, &lex_json, &lex_yaml, &lex_bicep, &lex_kql,
	&lex_python, &lex_c, &lex_html, &lex_css, &lex_sql, &lex_http,
	&lex_diff, &lex_console, &lex_script, &lex_java, &lex_csharp, &lex_go,
	&lex_rust, &lex_cpp, &lex_terraform, &lex_toml, &lex_docker, NULL };

static const struct {
	const char *tag;
	size_t len;
} opening[] = {
#define X(name, css)                                 \
	[LEX_##name] = { "<span class=\"" css "\">", \
		sizeof("<span class=\"" css "\">") - 1 },
	LEX_CLASSES(X)
#undef X
};

static bool
has_name(const char *names, struct str lang)
{
	for (const char *p = names; *p;) {
		size_t len = strcspn(p, " ");
		if (len == lang.len && g_ascii_strncasecmp(p, lang.p, len) == 0)
			return true;
		p += len;
		p += strspn(p, " ");
	}
	return false;
}

static const struct language *
find_language(struct str lang)
{
	if (lang.len > 0)
		for (size_t i = 0; lex_languages[i]; i++)
			if (has_name(lex_languages[i]->names, lang))
				return lex_languages[i];
	return NULL;
}

bool
highlight_knows(struct str lang)
{
	return find_language(lang) != NULL;
}

/* CRLF ends a line at its LF; a CR alone ends one, too. */
static bool
ends_line(const struct lexer *x, const char *p)
{
	return *p == '\n' ||
	    (*p == '\r' && !(p + 1 < x->limit && p[1] == '\n'));
}

static void
begin_line(struct lexer *x)
{
	x->is_in_line = true;
	x->line++;
	x->is_marked = x->marks && fence_marks(x->marks, x->line);
	if (x->is_marked)
		text_add(x->out, "<span class=\"hll\">", 18);
}

static void
end_line(struct lexer *x)
{
	if (x->is_in_line && x->is_marked)
		text_add(x->out, "</span>", 7);
	x->is_in_line = false;
}

static void
put_piece(struct lexer *x, const char *p, size_t len, enum lex_class c)
{
	if (len == 0)
		return;
	if (c != LEX_PLAIN)
		text_add(x->out, opening[c].tag, opening[c].len);
	html_text(x->out, (struct str){ p, len });
	if (c != LEX_PLAIN)
		text_add(x->out, "</span>", 7);
}

static void
put(struct lexer *x, const char *p, const char *end, enum lex_class c)
{
	if (c == LEX_PLAIN && !x->marks) {
		put_piece(x, p, (size_t)(end - p), c);
		return;
	}
	while (p < end) {
		const char *eol = p;
		while (eol < end && *eol != '\n' && *eol != '\r')
			eol++;
		if (!x->is_in_line)
			begin_line(x);
		put_piece(x, p, (size_t)(eol - p), c);
		if (eol < end) {
			text_add(x->out, eol, 1);
			if (ends_line(x, eol))
				end_line(x);
			eol++;
		}
		p = eol;
	}
}

void
lex_token(struct lexer *x, const char *from, enum lex_class c)
{
	/* A character of UTF-8 is not torn apart by an escape before it. */
	while (x->p < x->end && ((unsigned char)*x->p & 0xC0) == 0x80)
		x->p++;
	if (from > x->done)
		put(x, x->done, from, LEX_PLAIN);
	put(x, from, x->p, c);
	x->done = x->p;
}

void
lex_take(struct lexer *x, size_t len, enum lex_class c)
{
	const char *from = x->p;

	x->p += MIN(len, (size_t)(x->end - x->p));
	lex_token(x, from, c);
}

void
highlight(GString *out, struct str lang, struct str code,
    const struct fence *marks)
{
	const struct language *found = find_language(lang);
	/* An empty text may be a null pointer. */
	const char *p = code.len > 0 ? code.p : "";
	struct lexer x;

	memset(&x, 0, offsetof(struct lexer, frames));
	x.out = out;
	x.marks = marks && marks->n_lines > 0 ? marks : NULL;
	x.p = x.done = x.start = p;
	x.end = x.limit = p + code.len;
	x.depth = x.state = 0;
	x.heredoc = STR_LIT("");
	x.is_raw = x.is_indented = false;
	lex_nested(&x, x.end, found ? found : &plain);
	end_line(&x);
}
