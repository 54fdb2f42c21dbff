#include "import/text.h"

static bool
is_word(char c)
{
	return is_alnum(c) || (c & 0x80);
}

static char
at(struct str s, size_t i)
{
	return i < s.len ? s.p[i] : '\0';
}

/* ---- math */

struct tex {
	const char *open, *close;
	bool is_display;
};

static const struct tex delimiters[] = { { "\\(", "\\)", false },
	{ "\\[", "\\]", true }, { "$$", "$$", true }, { "[$$]", "[/$$]", true },
	{ "[$]", "[/$]", false }, { "[latex]", "[/latex]", false } };

/* A formula without line ends, as GitHub and ergen read it. */
static void
put_math(GString *to, struct str tex, bool is_display)
{
	const char *open = is_display ? "$$" : "$`";
	const char *close = is_display ? "$$" : "`$";

	if (!is_display && memchr(tex.p, '`', tex.len))
		open = close = "$";
	g_string_append(to, open);
	for (size_t i = 0; i < tex.len; i++)
		g_string_append_c(to, is_space(tex.p[i]) ? ' ' : tex.p[i]);
	g_string_append(to, close);
}

/* Takes a formula that s begins with; its length in s, or 0. */
static size_t
take_math(GString *to, struct str s)
{
	for (size_t i = 0; i < G_N_ELEMENTS(delimiters); i++) {
		const struct tex *t = &delimiters[i];
		const size_t n = strlen(t->open);
		if (!str_starts(s, t->open))
			continue;
		const char *end = g_strstr_len(s.p + n, (gssize)(s.len - n),
		    t->close);
		if (!end)
			return 0;
		const struct str whole = { s.p + n, (size_t)(end - s.p) - n };
		const struct str tex = str_trim(whole);
		if (tex.len == 0 ||
		    g_strstr_len(tex.p, (gssize)tex.len, "\n\n"))
			return 0;
		put_math(to, tex, t->is_display);
		return n + whole.len + strlen(t->close);
	}
	return 0;
}

/* ---- characters */

/* Would this character mean something in running text? */
static bool
means_something(struct str s, size_t i, bool is_cell)
{
	const char c = s.p[i], next = at(s, i + 1);

	switch (c) {
	case '\\': return next == '\0' || g_ascii_ispunct(next);
	case '`':
	case '*':
	case '[':
	case ']':
	case '<':
	case '~':
	case '$': return true;
	case '_': return i == 0 || !is_word(s.p[i - 1]) || !is_word(next);
	case '&': return is_alnum(next) || next == '#';
	case '|': return is_cell;
	case '#': return i == 0 || s.p[i - 1] == ' ';
	default: return false;
	}
}

static void
put_inline(GString *to, struct str text, bool is_cell, bool with_math)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.p[i];
		if (with_math && (c == '\\' || c == '$' || c == '[')) {
			const size_t n = take_math(to, str_from(text, i));
			if (n) {
				i += n - 1;
				continue;
			}
		}
		/* Control characters mean nothing to anybody. */
		if ((unsigned char)c < 0x20 && !is_space(c))
			continue;
		if (means_something(text, i, is_cell))
			g_string_append_c(to, '\\');
		g_string_append_c(to, c);
	}
}

void
text_inline(GString *to, struct str text, bool is_cell)
{
	put_inline(to, text, is_cell, true);
}

void
text_literal(GString *to, struct str text, bool is_cell)
{
	put_inline(to, text, is_cell, false);
}

/* What Markdown or ergen would make of the beginning of a paragraph's line;
 * the rest of the line is still to be written. */
static struct str
put_line_start(GString *to, struct str line)
{
	size_t digits = 0;

	while (digits < line.len && g_ascii_isdigit(line.p[digits]))
		digits++;
	if (digits && digits < 10 &&
	    (at(line, digits) == '.' || at(line, digits) == ')') &&
	    (digits + 1 == line.len || is_space(at(line, digits + 1)))) {
		g_string_append_len(to, line.p, (gssize)digits);
		g_string_append_c(to, '\\');
		g_string_append_c(to, line.p[digits]);
		return str_from(line, digits + 1);
	}
	if (line.len && strchr("+-=>", line.p[0])) {
		g_string_append_c(to, '\\');
		g_string_append_c(to, line.p[0]);
		return str_from(line, 1);
	}
	for (size_t i = 0; i < 3; i++) {
		static const char *const words[] = { "Answer:", "Feedback:",
			"Table:" };
		if (!str_starts(line, words[i]))
			continue;
		g_string_append_printf(to, "*%s*", words[i]);
		return str_from(line, strlen(words[i]));
	}
	return line;
}

void
text_block(GString *to)
{
	while (to->len && is_space(to->str[to->len - 1]))
		g_string_truncate(to, to->len - 1);
	if (to->len)
		g_string_append(to, "\n\n");
}

void
text_plain(GString *to, struct str text, enum text_use use)
{
	struct str rest = str_trim(text);
	bool is_first = true, is_gap = false;

	while (rest.len) {
		struct str line = str_trim(str_line(&rest));
		if (line.len == 0) {
			is_gap = true;
			continue;
		}
		if (!is_first && use == TEXT_CELL)
			g_string_append(to, "<br>");
		else if (!is_first && use == TEXT_LINE)
			g_string_append_c(to, ' ');
		else if (!is_first)
			g_string_append(to, is_gap ? "\n\n" : "\\\n");
		if (use == TEXT_BLOCKS || is_first)
			line = put_line_start(to, line);
		text_inline(to, line, use == TEXT_CELL);
		is_first = is_gap = false;
	}
}

static void
put_run(GString *to, char c, size_t n)
{
	while (n--)
		g_string_append_c(to, c);
}

void
text_code(GString *to, struct str code, bool is_cell)
{
	const size_t n = str_longest_run(code, '`') + 1;
	const bool needs_space = code.len &&
	    (code.p[0] == '`' || code.p[code.len - 1] == '`' ||
		(code.p[0] == ' ' && code.p[code.len - 1] == ' '));

	if (str_trim(code).len == 0)
		return;
	put_run(to, '`', n);
	g_string_append(to, needs_space ? " " : "");
	for (size_t i = 0; i < code.len; i++) {
		if (is_cell && code.p[i] == '|')
			g_string_append_c(to, '\\');
		g_string_append_c(to, is_space(code.p[i]) ? ' ' : code.p[i]);
	}
	g_string_append(to, needs_space ? " " : "");
	put_run(to, '`', n);
}

void
text_fence(GString *to, struct str code, struct str lang)
{
	const size_t n = MAX(str_longest_run(code, '`') + 1, 3);
	const size_t len = code.len;

	put_run(to, '`', n);
	for (size_t i = 0; i < lang.len; i++)
		if (is_alnum(lang.p[i]) || strchr("+-#_.", lang.p[i]))
			g_string_append_c(to, lang.p[i]);
	g_string_append_c(to, '\n');
	g_string_append_len(to, code.p, (gssize)len);
	if (len == 0 || code.p[len - 1] != '\n')
		g_string_append_c(to, '\n');
	put_run(to, '`', n);
	g_string_append_c(to, '\n');
}

void
text_dedent(GString *to, struct str text)
{
	size_t least = (size_t)-1;

	for (struct str rest = text; rest.len;) {
		const struct str line = str_line(&rest);
		size_t n = 0;
		while (n < line.len && line.p[n] == ' ')
			n++;
		if (str_trim(line).len)
			least = MIN(least, n);
	}
	for (struct str rest = text; rest.len;) {
		const struct str line = str_from(str_line(&rest), least);
		g_string_append_len(to, line.p, (gssize)line.len);
		g_string_append_c(to, '\n');
	}
}

bool
text_is_item(struct str line)
{
	size_t i = 0;

	if (str_starts(line, "- ") || str_starts(line, "* ") ||
	    str_starts(line, "+ "))
		return true;
	while (i < line.len && g_ascii_isdigit(line.p[i]))
		i++;
	return i && i < 10 && (at(line, i) == '.' || at(line, i) == ')') &&
	    at(line, i + 1) == ' ';
}

/* ---- Markdown of others */

/* What is between lines. */
struct guard {
	GString *to;
	bool is_cloze;
	char fence; /* '`', '~', or '\0' outside */
	size_t fence_len;
	bool in_comment;
	size_t line_at; /* where the last line begins in to */
};

static struct str
trim_start(struct str s)
{
	while (s.len && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_from(s, 1);
	return s;
}

static void
put_bold(const struct guard *g, struct str line)
{
	const char *mark = g->is_cloze ? "*" : "**";
	struct str t = str_trim(line);

	/* Bold inside of bold would end it. */
	if (memchr(t.p, '*', t.len))
		mark = "";
	g_string_append(g->to, mark);
	g_string_append_len(g->to, t.p, (gssize)t.len);
	g_string_append(g->to, mark);
}

static bool
begins_fence(struct guard *g, struct str line)
{
	size_t n = 0;
	const char c = at(line, 0);

	if (c != '`' && c != '~')
		return false;
	while (n < line.len && line.p[n] == c)
		n++;
	if (n < 3 || (c == '`' && memchr(line.p + n, '`', line.len - n)))
		return false;
	g->fence = c;
	g->fence_len = n;
	return true;
}

static bool
ends_fence(const struct guard *g, struct str line)
{
	size_t n = 0;

	while (n < line.len && line.p[n] == g->fence)
		n++;
	return n >= g->fence_len && str_trim(str_from(line, n)).len == 0;
}

/* "## Title ##": without the marks; or an empty text. */
static struct str
heading_text(struct str line)
{
	size_t n = 0;

	while (n < line.len && line.p[n] == '#')
		n++;
	if (n == 0 || n > 6 || (n < line.len && !is_space(line.p[n])))
		return (struct str){ NULL, 0 };
	line = str_trim(str_from(line, n));
	while (str_ends(line, "#"))
		line.len--;
	line = str_trim(line);
	return line.len ? line : STR_LIT("…");
}

static bool
is_underline(struct str line)
{
	const struct str t = str_trim(line);

	return t.len && (t.p[0] == '=' || t.p[0] == '-') &&
	    str_longest_run(t, t.p[0]) == t.len;
}

/* The line above is a paragraph's, so "---" below makes a heading of it. */
static bool
underline_heading(struct guard *g)
{
	g_autofree char *above = g_strdup(g->to->str + g->line_at);
	const struct str t = str_trim(str_of(above));

	if (t.len == 0 || text_is_item(t) || strchr(">|<`~*", t.p[0]))
		return false;
	g_string_truncate(g->to, g->line_at);
	put_bold(g, t);
	g_string_append(g->to, "\n\n");
	return true;
}

/* A comment within a line that has no "--" in it, as Markdown wants it. */
static bool
is_whole_comment(struct str rest)
{
	const struct str s = str_from(rest, strlen("<!--"));
	const char *end = g_strstr_len(s.p, (gssize)s.len, "--");

	return end && str_starts(str_from(s, (size_t)(end - s.p)), "-->");
}

/* Text in which comments of ours lose their meaning, and open ones their
 * beginning. One that begins the line may go on below it. */
static void
put_running(struct guard *g, struct str s, bool is_open)
{
	for (size_t i = 0; i < s.len; i++) {
		const struct str rest = str_from(s, i);
		if (!str_starts(rest, "<!--")) {
			g_string_append_c(g->to, s.p[i]);
			continue;
		}
		const bool may_stay = i == 0 ? !is_open
					     : is_whole_comment(rest);
		g_string_append(g->to, may_stay ? "<!-- import:" : "\\<!--");
		i += strlen("<!--") - 1;
	}
}

/* "**bold**" of a text in which bold runs are blanks. */
static void
put_italic(GString *to, struct str s)
{
	char code = '\0';

	for (size_t i = 0; i < s.len; i++) {
		const char c = s.p[i];
		code = c == '`' ? (code ? '\0' : '`') : code;
		if (!code && (c == '*' || c == '_') && at(s, i + 1) == c)
			i++;
		g_string_append_c(to, c);
	}
}

static void
put_text_line(struct guard *g, struct str line, struct str below)
{
	const size_t indent = (size_t)(trim_start(line).p - line.p);
	struct str t = trim_start(line);
	static const char *const words[] = { "Answer:", "Feedback:" };
	g_autoptr(GString) italic = g_string_new(NULL);

	g_string_append_len(g->to, line.p, (gssize)indent);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (!str_starts(t, words[i]))
			continue;
		g_string_append_printf(g->to, "*%s*", words[i]);
		t = str_from(t, strlen(words[i]));
	}
	/* A box of a list that is no list of options. */
	size_t mark = text_is_item(t) ? str_find(t, ' ') + 1 : 0;
	const char box = at(t, mark + 1);
	if (mark && at(t, mark) == '[' && at(t, mark + 2) == ']' &&
	    (box == ' ' || box == 'x' || box == 'X')) {
		g_string_append_len(g->to, t.p, (gssize)mark);
		g_string_append_c(g->to, '\\');
		t = str_from(t, mark);
	}
	/* A comment that begins the line may end further down. */
	const bool begins = str_starts(t, "<!--");
	const bool ends_here = g_strstr_len(t.p, (gssize)t.len, "-->");
	const bool is_open = begins && !ends_here &&
	    !g_strstr_len(below.p, (gssize)below.len, "-->");
	g->in_comment = begins && !ends_here && !is_open;
	if (g->is_cloze) {
		put_italic(italic, t);
		t = (struct str){ italic->str, italic->len };
	}
	/* Nothing may stand behind it. */
	const char *end = begins && ends_here
	    ? g_strstr_len(t.p, (gssize)t.len, "-->")
	    : NULL;
	const size_t n = end ? (size_t)(end - t.p) + strlen("-->") : t.len;
	put_running(g, str_upto(t, n), is_open);
	g_string_append_c(g->to, '\n');
	struct str rest = str_trim(str_from(t, n));
	if (rest.len) {
		g_string_append(g->to, rest.p[0] == '#' ? "\n\\" : "\n");
		rest = put_line_start(g->to, rest);
		put_running(g, rest, true);
		g_string_append_c(g->to, '\n');
	}
}

static void
put_line(struct guard *g, struct str line, struct str below)
{
	const struct str t = trim_start(line);
	const bool is_code = t.p - line.p > 3;
	const struct str title = is_code ? (struct str){ NULL, 0 }
					 : heading_text(t);
	const size_t begin = g->to->len;

	if (g->fence || g->in_comment) {
		if (g->fence && ends_fence(g, t))
			g->fence = '\0';
		if (g->in_comment &&
		    g_strstr_len(line.p, (gssize)line.len, "-->"))
			g->in_comment = false;
		g_string_append_len(g->to, line.p, (gssize)line.len);
		g_string_append_c(g->to, '\n');
	} else if (title.len) {
		text_block(g->to);
		put_bold(g, title);
		g_string_append(g->to, "\n\n");
	} else if (is_underline(t) && underline_heading(g)) {
		/* It is written. */
	} else if (is_underline(t) && t.p[0] == '-') {
		/* Below a line of text it would be an underline. */
		text_block(g->to);
		g_string_append(g->to, "***\n\n");
	} else if (!is_code && begins_fence(g, t)) {
		g_string_append_len(g->to, line.p, (gssize)line.len);
		g_string_append_c(g->to, '\n');
	} else {
		put_text_line(g, line, below);
	}
	g->line_at = begin < g->to->len ? begin : g->to->len;
}

/* Elements that swallow what follows until they are closed.
 * https://spec.commonmark.org/0.31.2/#html-blocks */
static void
close_elements(GString *to, size_t from)
{
	static const char *const names[] = { "pre", "script", "style",
		"textarea" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *open = g_strconcat("<", names[i], NULL);
		g_autofree char *close = g_strconcat("</", names[i], ">", NULL);
		g_autofree char *low = g_ascii_strdown(to->str + from, -1);
		const char *last = g_strrstr(low, open);
		if (last && !strstr(last, close))
			g_string_append_printf(to, "%s\n", close);
	}
}

void
text_guard(GString *to, struct str markdown, bool is_cloze)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct guard g = { .to = own, .is_cloze = is_cloze };
	struct str rest = markdown;

	while (rest.len) {
		const struct str line = str_line(&rest);
		if (own->len || str_trim(line).len)
			put_line(&g, line, rest);
	}
	if (g.fence)
		put_run(own, g.fence, g.fence_len);
	close_elements(own, 0);
	while (own->len && is_space(own->str[own->len - 1]))
		g_string_truncate(own, own->len - 1);
	g_string_append_len(to, own->str, (gssize)own->len);
}

void
text_guard_line(GString *to, struct str markdown, bool is_cell)
{
	struct str rest = str_trim(markdown);
	bool is_first = true;

	while (rest.len) {
		const struct str line = str_trim(str_line(&rest));
		if (line.len == 0)
			continue;
		if (!is_first)
			g_string_append(to, is_cell ? "<br>" : " ");
		is_first = false;
		for (size_t i = 0; i < line.len; i++) {
			if (str_starts(str_from(line, i), "<!--")) {
				g_string_append(to,
				    is_whole_comment(str_from(line, i))
					? "<!-- import:"
					: "\\<!--");
				i += strlen("<!--") - 1;
				continue;
			}
			if (is_cell && line.p[i] == '|' &&
			    (i == 0 || line.p[i - 1] != '\\'))
				g_string_append_c(to, '\\');
			g_string_append_c(to, line.p[i]);
		}
	}
}
