#include "import/markup.h"

#include "port/html.h"

/* An element that is open. Its Markdown goes into a string of its own, which
 * is made part of the one around it when it closes. */
enum part {
	PART_INLINE, /* its Markdown is that of its content, with marks */
	PART_BLOCK,
	PART_QUOTE,
	PART_LIST,
	PART_ITEM,
	PART_CODE, /* text as it stands */
	PART_PRE,
	PART_TABLE,
	PART_ROW,
	PART_CELL,
	PART_BLANK,
	PART_LINK,
	PART_HINT,
	PART_HOW
};

struct open {
	enum part part;
	const char *name; /* of the element; static, or of the arena */
	const char *open, *close; /* marks */
	GString *to;
	const char *value; /* href, a language, a hint */
	const char *source; /* a blank as it stood there, or NULL */
	bool is_ordered;
	unsigned n; /* items, cells, rows so far */
};

struct maker {
	const struct markup *m;
	GArray *stack; /* struct open */
	/* Marks at the end of a string that a letter behind them would undo:
	 * where they begin, and what to write instead. */
	const GString *doubt;
	size_t doubt_open, doubt_close;
	const char *instead_open, *instead_close;
};

static struct open *
top(struct maker *k)
{
	return &g_array_index(k->stack, struct open, k->stack->len - 1);
}

static bool
is_inside(const struct maker *k, enum part part)
{
	for (guint i = 0; i < k->stack->len; i++)
		if (g_array_index(k->stack, struct open, i).part == part)
			return true;
	return false;
}

static bool
is_cell(const struct maker *k)
{
	return k->m->use == TEXT_CELL || is_inside(k, PART_CELL);
}

/* Everything must stay on one line. */
static bool
is_line(const struct maker *k)
{
	return k->m->use != TEXT_BLOCKS || is_inside(k, PART_CELL);
}

static void
lose(struct maker *k, const char *name, const char *value)
{
	import_lost(k->m->im, k->m->lost, k->m->at, str_of(value), "<%s>",
	    name);
}

/* ---- text */

static bool
ends_with_break(const GString *to)
{
	return to->len == 0 || to->str[to->len - 1] == '\n';
}

static bool
is_word_at(const char *p)
{
	return g_unichar_isalnum(g_utf8_get_char(p));
}

/* Elements in place of marks, now that a letter follows them. */
static void
settle_doubt(struct maker *k, GString *to, const char *text)
{
	if (k->doubt != to || !is_word_at(text))
		return;
	k->doubt = NULL;
	const size_t n = to->len - k->doubt_close;
	g_string_truncate(to, k->doubt_close);
	g_string_append(to, k->instead_close);
	g_string_erase(to, (gssize)k->doubt_open, (gssize)n);
	g_string_insert(to, (gssize)k->doubt_open, k->instead_open);
}

/* What is to be filled in is text or code. Bars part alternatives, or are text
 * themselves; an address would become a link. */
static void
put_blank_text(struct maker *k, GString *to, struct str t)
{
	g_autofree char *all = g_strndup(t.p, t.len);
	g_auto(GStrv)
	    parts = g_strsplit(all, " | ", k->m->bars_are_text ? 1 : -1);

	for (size_t i = 0; parts[i]; i++) {
		const struct str one = str_of(parts[i]);
		g_string_append(to, i ? " | " : "");
		if (strchr(one.p, '|') || strstr(one.p, "://") ||
		    strstr(one.p, "www."))
			text_code(to, one, is_cell(k));
		else
			text_literal(to, one, is_cell(k));
	}
}

static void
put_text(struct maker *k, const char *text)
{
	GString *to = top(k)->to;
	g_autoptr(GString) s = g_string_new(NULL);

	settle_doubt(k, to, text);
	k->doubt = NULL;

	/* White space is one space, and none at the start of a line. */
	for (const char *p = text; *p; p++) {
		const bool is_gap = s->len
		    ? s->str[s->len - 1] == ' '
		    : ends_with_break(to) || to->str[to->len - 1] == ' ';
		if (!is_space(*p))
			g_string_append_c(s, *p);
		else if (!is_gap)
			g_string_append_c(s, ' ');
	}
	struct str t = { s->str, s->len };
	if (is_inside(k, PART_BLANK)) {
		put_blank_text(k, to, t);
		return;
	}
	if (ends_with_break(to) && t.len && t.p[0] != ' ' && !is_cell(k)) {
		g_autoptr(GString) line = g_string_new(NULL);
		text_plain(line, t, TEXT_LINE);
		g_string_append_len(to, line->str, (gssize)line->len);
		if (t.p[t.len - 1] == ' ')
			g_string_append_c(to, ' ');
		return;
	}
	text_inline(to, t, is_cell(k));
}

static void
tell_text(const char *text, void *ctx)
{
	struct maker *k = ctx;
	struct open *o = top(k);

	switch (o->part) {
	case PART_CODE:
	case PART_PRE: g_string_append(o->to, text); break;
	case PART_LIST:
	case PART_TABLE:
	case PART_ROW:
		if (str_trim(str_of(text)).len)
			put_text(k, text);
		break;
	case PART_INLINE:
	case PART_BLOCK:
	case PART_QUOTE:
	case PART_ITEM:
	case PART_CELL:
	case PART_BLANK:
	case PART_HINT:
	case PART_HOW:
	case PART_LINK: put_text(k, text); break;
	}
}

/* ---- elements */

static bool
is_any(const char *name, const char *const *names)
{
	return g_strv_contains(names, name);
}

static void
push(struct maker *k, enum part part, const char *name, const char *open,
    const char *close)
{
	struct open o = { .part = part,
		.name = name,
		.open = open,
		.close = close,
		.to = g_string_new(NULL) };

	g_array_append_val(k->stack, o);
}

/* A line end that counts. */
static void
put_break(struct maker *k)
{
	GString *to = top(k)->to;

	if (top(k)->part == PART_PRE || top(k)->part == PART_CODE)
		g_string_append_c(to, '\n');
	else if (is_line(k) && k->m->use != TEXT_LINE)
		g_string_append(to, "<br>");
	else if (is_line(k))
		g_string_append_c(to, ' ');
	else if (!ends_with_break(to)) {
		while (to->len && to->str[to->len - 1] == ' ')
			g_string_truncate(to, to->len - 1);
		g_string_append(to, "\\\n");
	}
}

/* "](address)" */
static void
put_address(GString *to, const char *address)
{
	const bool is_plain = !strpbrk(address, " ()<>\\*_[]`");

	g_string_append_printf(to, is_plain ? "](%s)" : "](<%s>)", address);
}

static void
put_image(struct maker *k, const char *src, const char *alt)
{
	const struct markup *m = k->m;
	GString *to = top(k)->to;
	const char *link = src;

	if (!src || !src[0])
		return;
	if (!strstr(src, "://"))
		link = m->file ? m->file(src, m->ctx) : NULL;
	if (!link || g_str_has_prefix(src, "data:") ||
	    is_inside(k, PART_BLANK)) {
		lose(k, "img", src);
		text_inline(to, str_of(alt ? alt : ""), is_cell(k));
		return;
	}
	/* Without words of its own it is called by its file's name. */
	g_autofree char *base = g_path_get_basename(src);
	g_string_append(to, "![");
	text_inline(to, str_of(alt && alt[0] ? alt : base), is_cell(k));
	put_address(to, link);
}

/* A link to a sound, which nothing here can play. */
static void
put_sound(struct maker *k, const char *src)
{
	const struct markup *m = k->m;
	const char *link = src && m->file ? m->file(src, m->ctx) : NULL;

	if (!link) {
		lose(k, "sound", src);
		return;
	}
	g_string_append_c(top(k)->to, '[');
	text_inline(top(k)->to, str_of(src), is_cell(k));
	g_string_append_printf(top(k)->to, "](%s)", link);
}

/* Elements without content, and those that are not carried over. True if
 * there is nothing more to do. */
static bool
open_alone(struct maker *k, const char *name, const struct html_attributes *a)
{
	static const char *const dropped[] = { "script", "style", "head",
		"template", "title", "meta", "link", "col", "wbr", "source",
		"track", NULL };
	static const char *const lost[] = { "iframe", "object", "embed",
		"audio", "video", "svg", "math", "form", "input", "button",
		"select", "textarea", "canvas", NULL };

	if (strcmp(name, "br") == 0) {
		put_break(k);
	} else if (strcmp(name, "hr") == 0 && !is_line(k)) {
		text_block(top(k)->to);
		g_string_append(top(k)->to, "***\n\n");
	} else if (strcmp(name, "img") == 0) {
		put_image(k, html_attribute(a, "src"),
		    html_attribute(a, "alt"));
	} else if (strcmp(name, "ergen-sound") == 0) {
		put_sound(k, html_attribute(a, "data-src"));
	} else if (is_any(name, lost)) {
		const char *src = html_attribute(a, "src");
		lose(k, name, src ? src : html_attribute(a, "data"));
	} else if (strcmp(name, "script") == 0 || strcmp(name, "style") == 0) {
		lose(k, name, NULL);
	} else {
		return is_any(name, dropped) || strcmp(name, "hr") == 0;
	}
	return true;
}

static void
open_inline(struct maker *k, const char *name)
{
	static const struct {
		const char *name, *open, *close;
	} marks[] = { { "b", "**", "**" }, { "strong", "**", "**" },
		{ "i", "*", "*" }, { "em", "*", "*" }, { "s", "~~", "~~" },
		{ "del", "~~", "~~" }, { "strike", "~~", "~~" },
		{ "u", "<u>", "</u>" }, { "ins", "<u>", "</u>" },
		{ "sub", "<sub>", "</sub>" }, { "sup", "<sup>", "</sup>" },
		{ "kbd", "<kbd>", "</kbd>" }, { "mark", "<mark>", "</mark>" },
		{ "small", "<small>", "</small>" } };

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		if (strcmp(marks[i].name, name) != 0)
			continue;
		const bool is_bold = marks[i].open[1] == '*';
		const char *open = marks[i].open, *close = marks[i].close;
		if (is_bold && (k->m->is_cloze || is_inside(k, PART_BLANK)))
			open = close = "*";
		/* A blank holds nothing but text. */
		if (is_inside(k, PART_BLANK))
			open = close = "";
		push(k, PART_INLINE, marks[i].name, open, close);
		return;
	}
	push(k, PART_INLINE, "", "", "");
}

static const char *
keep(struct maker *k, const char *text)
{
	return text ? arena_strdup(k->m->im->arena, text) : NULL;
}

/* "language-bash" of a class. */
static const char *
language_of(struct maker *k, const char *class)
{
	const char *at = class ? strstr(class, "language-") : NULL;

	if (!at)
		return NULL;
	at += strlen("language-");
	return arena_str(k->m->im->arena,
	    str_upto(str_of(at), str_find(str_of(at), ' ')));
}

static void
open_block(struct maker *k, const char *name, const struct html_attributes *a)
{
	static const char *const titles[] = { "h1", "h2", "h3", "h4", "h5",
		"h6", "dt", "caption", "summary", NULL };
	static const struct {
		const char *name;
		enum part part;
	} parts[] = { { "blockquote", PART_QUOTE }, { "ul", PART_LIST },
		{ "ol", PART_LIST }, { "li", PART_ITEM }, { "pre", PART_PRE },
		{ "table", PART_TABLE }, { "tr", PART_ROW },
		{ "td", PART_CELL }, { "th", PART_CELL } };

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		if (strcmp(parts[i].name, name) != 0)
			continue;
		push(k, parts[i].part, parts[i].name, "", "");
		top(k)->is_ordered = name[0] == 'o';
		if (parts[i].part == PART_PRE)
			top(k)->value = language_of(k,
			    html_attribute(a, "class"));
		return;
	}
	const char *mark = !is_any(name, titles) ? ""
	    : k->m->is_cloze                     ? "*"
						 : "**";
	push(k, PART_BLOCK, "", mark, mark);
}

static bool
is_block(const char *name)
{
	static const char *const names[] = { "p", "div", "section", "article",
		"blockquote", "ul", "ol", "li", "pre", "table", "tr", "td",
		"th", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd",
		"figure", "figcaption", "caption", "header", "footer", "aside",
		"main", "nav", "address", "details", "summary", NULL };

	return is_any(name, names);
}

/* "Choose all that apply." of ergen's own. */
static bool
is_how(const struct maker *k, const char *class)
{
	return class && strcmp(class, "erg-how") == 0 && !k->m->keeps_how;
}

static bool
tell_open(const char *name, const struct html_attributes *a, void *ctx)
{
	struct maker *k = ctx;
	const enum part around = top(k)->part;
	static const char *const rows[] = { "tbody", "thead", "tfoot",
		"colgroup", NULL };

	/* Inside of code everything is text. */
	if (around == PART_CODE || around == PART_PRE) {
		const char *lang = language_of(k, html_attribute(a, "class"));
		if (strcmp(name, "br") == 0) {
			put_break(k);
			return false;
		}
		push(k, around, "code", "", "");
		if (strcmp(name, "ergen-blank") == 0)
			top(k)->source = keep(k,
			    html_attribute(a, "data-source"));
		if (lang)
			g_array_index(k->stack, struct open, k->stack->len - 2)
			    .value = lang;
		return true;
	}
	const char *class = html_attribute(a, "class");
	if (is_how(k, class)) {
		push(k, PART_HOW, "how", "", "");
		return true;
	}
	if (open_alone(k, name, a) ||
	    (around == PART_HINT && strcmp(name, "summary") == 0))
		return false;
	if (class && strcmp(class, "erg-hint") == 0 && k->m->hints) {
		push(k, PART_HINT, "hint", "", "");
		return true;
	}
	if (is_any(name, rows)) {
		push(k, around, "rows", "", "");
	} else if (strcmp(name, "ergen-blank") == 0) {
		push(k, PART_BLANK, "blank", "**", "**");
		top(k)->value = keep(k, html_attribute(a, "data-hint"));
		top(k)->source = keep(k, html_attribute(a, "data-source"));
	} else if (strcmp(name, "code") == 0 || strcmp(name, "tt") == 0) {
		push(k, PART_CODE, "code", "", "");
	} else if (strcmp(name, "a") == 0) {
		push(k, PART_LINK, "a", "", "");
		top(k)->value = keep(k, html_attribute(a, "href"));
	} else if (is_block(name)) {
		open_block(k, name, a);
	} else {
		open_inline(k, name);
	}
	return true;
}

/* ---- closing */

static void
lose_blank(struct maker *k, const struct open *o, const char *why)
{
	if (o->source)
		import_lost(k->m->im, k->m->lost, k->m->at, str_of(o->source),
		    "%s", why);
}

/* Marks around a run of text; white space goes outside of them. Marks that
 * Markdown would not take for such, since letters stand on one side and signs
 * on the other, become elements.
 * https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run */
static void
put_marked(struct maker *k, GString *to, const struct open *o)
{
	const struct str all = { o->to->str, o->to->len }, t = str_trim(all);
	const bool is_sign = o->open[0] == '*' || o->open[0] == '~';
	const char *open = o->open, *close = o->close;

	if (t.len == 0) {
		g_string_append(to, all.len ? " " : "");
		return;
	}
	if (t.p > all.p)
		g_string_append_c(to, ' ');
	/* Marks do not reach over blocks. */
	if (memchr(t.p, '\n', t.len) || text_is_item(t)) {
		g_string_append_len(to, t.p, (gssize)t.len);
		return;
	}
	const char *before = g_utf8_find_prev_char(to->str, to->str + to->len);
	const char *last = g_utf8_find_prev_char(t.p, t.p + t.len);
	const bool is_blocked = is_sign && before && is_word_at(before) &&
	    !is_word_at(t.p);
	const size_t i = open[0] == '~' ? 2 : open[0] && open[1] ? 1 : 0;
	static const char *const tags[][2] = { { "<i>", "</i>" },
		{ "<b>", "</b>" }, { "<del>", "</del>" } };
	if (is_blocked && o->part == PART_BLANK) {
		g_string_append_c(to, ' ');
	} else if (is_blocked) {
		open = tags[i][0];
		close = tags[i][1];
	}
	const size_t begin = to->len;
	g_string_append(to, open);
	g_string_append_len(to, t.p, (gssize)t.len);
	const size_t end = to->len;
	g_string_append(to, close);
	if (t.p + t.len < all.p + all.len) {
		g_string_append_c(to, ' ');
	} else if (is_sign && !is_blocked && last && !is_word_at(last) &&
	    o->part != PART_BLANK) {
		k->doubt = to;
		k->doubt_open = begin;
		k->doubt_close = end;
		k->instead_open = tags[i][0];
		k->instead_close = tags[i][1];
	}
}

static void
put_link(struct maker *k, GString *to, const struct open *o)
{
	const char *url = o->value ? o->value : "";
	const struct str t = str_trim((struct str){ o->to->str, o->to->len });

	if (!g_str_has_prefix(url, "http://") &&
	    !g_str_has_prefix(url, "https://") &&
	    !g_str_has_prefix(url, "mailto:")) {
		if (url[0])
			lose(k, "a", url);
		g_string_append_len(to, t.p, (gssize)t.len);
		return;
	}
	if (t.len == 0)
		return;
	/* A blank cannot stand in a link. */
	if (is_inside(k, PART_BLANK) || k->m->is_cloze) {
		lose(k, "a", url);
		g_string_append_len(to, t.p, (gssize)t.len);
		return;
	}
	g_autofree char *safe = g_strdup(url);
	g_strdelimit(safe, "<>\n\r", '_');
	g_string_append_printf(to, "[%.*s", STR_ARG(t));
	put_address(to, safe);
}

/* Lines behind a mark, the others below its text. */
static void
put_indented(GString *to, struct str text, const char *mark, const char *indent)
{
	bool is_first = true;

	while (text.len) {
		const struct str line = str_line(&text);
		if (line.len || is_first)
			g_string_append(to, is_first ? mark : indent);
		g_string_append_len(to, line.p, (gssize)line.len);
		g_string_append_c(to, '\n');
		is_first = false;
	}
}

static struct str
content(const struct open *o)
{
	return str_trim((struct str){ o->to->str, o->to->len });
}

static void
put_item(struct maker *k, GString *to, const struct open *o)
{
	struct open *list = top(k);
	const bool is_ordered = list->part == PART_LIST && list->is_ordered;
	char mark[16] = "- ";

	if (content(o).len == 0)
		return;
	if (is_line(k)) {
		if (to->len)
			g_string_append(to, "; ");
		g_string_append_len(to, content(o).p, (gssize)content(o).len);
		return;
	}
	list->n++;
	if (is_ordered)
		g_snprintf(mark, sizeof(mark), "%u. ", list->n % 1000000);
	put_indented(to, content(o), mark, is_ordered ? "   " : "  ");
}

/* The first row is a head in Markdown. */
static void
put_row(struct maker *k, GString *to, const struct open *o)
{
	struct open *table = top(k);

	if (o->n == 0)
		return;
	if (is_line(k)) {
		g_string_append(to, to->len ? "; " : "");
		g_string_append_len(to, content(o).p, (gssize)content(o).len);
		return;
	}
	g_string_append_printf(to, "|%s\n", o->to->str);
	if (table->n++ == 0) {
		g_string_append_c(to, '|');
		for (unsigned i = 0; i < o->n; i++)
			g_string_append(to, " --- |");
		g_string_append_c(to, '\n');
	}
}

static void
put_block(struct maker *k, GString *to, const struct open *o)
{
	const struct str t = content(o);

	if (t.len == 0)
		return;
	if (is_line(k)) {
		if (to->len)
			g_string_append(to,
			    k->m->use == TEXT_LINE ? " " : "<br>");
		g_string_append_len(to, t.p, (gssize)t.len);
		return;
	}
	text_block(to);
	if (o->part == PART_QUOTE) {
		put_indented(to, t, "> ", "> ");
	} else {
		const bool is_one = !memchr(t.p, '\n', t.len) &&
		    !memchr(t.p, '*', t.len);
		g_string_append(to, is_one ? o->open : "");
		g_string_append_len(to, t.p, (gssize)t.len);
		g_string_append(to, is_one ? o->close : "");
	}
	g_string_append(to, "\n\n");
}

static void
put_pre(struct maker *k, GString *to, const struct open *o)
{
	const struct str code = { o->to->str, o->to->len };

	if (is_line(k)) {
		text_code(to, str_trim(code), is_cell(k));
		return;
	}
	text_block(to);
	text_fence(to, code, str_of(o->value ? o->value : ""));
	g_string_append_c(to, '\n');
}

static void
put_blank(struct maker *k, GString *to, const struct open *o)
{
	const struct str t = content(o);

	/* Marks do not reach over blocks. */
	if (t.len == 0)
		lose_blank(k, o, "a blank without text");
	else if (memchr(t.p, '\n', t.len) || text_is_item(t))
		lose_blank(k, o, "a blank of more than one line");
	put_marked(k, to, o);
	if (o->value && o->value[0]) {
		g_string_append(to, " *(");
		text_inline(to, str_of(o->value), is_cell(k));
		g_string_append(to, ")*");
	}
}

static void
put_part(struct maker *k, GString *to, const struct open *o)
{
	struct open *around = top(k);

	switch (o->part) {
	case PART_INLINE: put_marked(k, to, o); break;
	case PART_BLANK: put_blank(k, to, o); break;
	case PART_LINK: put_link(k, to, o); break;
	case PART_BLOCK:
	case PART_QUOTE: put_block(k, to, o); break;
	case PART_ITEM: put_item(k, to, o); break;
	case PART_CODE:
		text_code(to, (struct str){ o->to->str, o->to->len },
		    is_cell(k));
		break;
	case PART_PRE: put_pre(k, to, o); break;
	case PART_HINT:
		items_add(k->m->im, k->m->hints,
		    arena_str(k->m->im->arena, content(o)), NULL, false);
		break;
	case PART_HOW:
		if (k->m->how)
			*k->m->how = arena_str(k->m->im->arena, content(o));
		break;
	case PART_LIST:
		if (around->part == PART_ITEM && !is_line(k) && to->len) {
			while (to->len && is_space(to->str[to->len - 1]))
				g_string_truncate(to, to->len - 1);
			g_string_append_c(to, '\n');
		} else if (!is_line(k)) {
			text_block(to);
		}
		g_string_append(to, o->to->str);
		if (!is_line(k) && around->part != PART_ITEM)
			text_block(to);
		break;
	case PART_CELL:
		around->n++;
		if (is_line(k))
			g_string_append_printf(to, "%s%.*s",
			    to->len ? ", " : "", STR_ARG(content(o)));
		else
			g_string_append_printf(to, " %.*s |",
			    STR_ARG(content(o)));
		break;
	case PART_ROW: put_row(k, to, o); break;
	case PART_TABLE:
		if (!is_line(k))
			text_block(to);
		g_string_append(to, o->to->str);
		if (!is_line(k))
			text_block(to);
		break;
	}
}

static void
tell_close(const char *name, void *ctx)
{
	struct maker *k = ctx;
	struct open o = *top(k);

	(void)name;
	g_array_set_size(k->stack, k->stack->len - 1);
	struct open *around = top(k);
	/* Parts of code, and of tables, are no parts of their own. */
	if (o.part == around->part &&
	    (strcmp(o.name, "code") == 0 || strcmp(o.name, "rows") == 0)) {
		lose_blank(k, &o, "a blank in code");
		g_string_append(around->to, o.to->str);
		if (o.part != PART_PRE || o.value)
			around->value = around->value ? around->value : o.value;
		around->n += o.n;
	} else {
		put_part(k, around->to, &o);
	}
	g_string_free(o.to, TRUE);
}

const char *
markup_read(const struct markup *m, struct str html)
{
	static const struct html_events events = { tell_open, tell_close,
		tell_text };
	struct maker k = { .m = m };

	k.stack = g_array_new(FALSE, FALSE, sizeof(struct open));
	push(&k, PART_BLOCK, "", "", "");
	html_walk(html, &events, &k);
	const char *result = arena_str(m->im->arena, content(top(&k)));
	g_string_free(top(&k)->to, TRUE);
	g_array_free(k.stack, TRUE);
	return result;
}

/* ---- the text alone */

static bool
open_plain(const char *name, const struct html_attributes *a, void *ctx)
{
	GString *to = ctx;

	(void)a;
	if (strcmp(name, "br") == 0 || is_block(name))
		g_string_append_c(to, ' ');
	return strcmp(name, "script") != 0 && strcmp(name, "style") != 0;
}

static void
close_plain(const char *name, void *ctx)
{
	if (is_block(name))
		g_string_append_c(ctx, ' ');
}

static void
text_of_plain(const char *text, void *ctx)
{
	g_string_append(ctx, text);
}

const char *
markup_text(struct import *im, struct str html)
{
	static const struct html_events events = { open_plain, close_plain,
		text_of_plain };
	g_autoptr(GString) all = g_string_new(NULL);
	g_autoptr(GString) one = g_string_new(NULL);

	html_walk(html, &events, all);
	for (size_t i = 0; i < all->len; i++) {
		const bool is_gap = is_space(all->str[i]);
		if (!is_gap)
			g_string_append_c(one, all->str[i]);
		else if (one->len && one->str[one->len - 1] != ' ')
			g_string_append_c(one, ' ');
	}
	return arena_str(im->arena,
	    str_trim((struct str){ one->str, one->len }));
}
