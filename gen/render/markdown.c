#include "render/markdown.h"

#include "render/markdown_own.h"

/* What is being written. */
struct writing {
	GString *out;
	const struct markdown_policy *p;
	size_t begin; /* where the inlines of this block began */
	/* Where the last delimiter of emphasis ended: one behind it must be of
	 * the other kind. */
	size_t delimited;
	/* What comes behind the last inline of those being written. */
	char after;
	bool is_line; /* line ends are not possible: a heading, a cell */
	unsigned where; /* MARK_CELL, MARK_HEADING */
	char mark; /* '-' or '*': of the item that is being written; or 0 */
};

static void blocks(struct writing *w, const struct node *parent, bool is_tight);
static void inlines(struct writing *w, const struct node *parent);

static inline void
put(struct writing *w, const char *z)
{
	text_addz(w->out, z);
}

/* --- emphasis ----------------------------------------------------------- */

/* The character in front of a place of the line; a space at its start. */
static gunichar
char_before(const struct writing *w, size_t i)
{
	if (i <= w->begin)
		return ' ';
	return g_utf8_get_char(g_utf8_prev_char(w->out->str + i));
}

/* The node behind; text that is split may leave nothing between two. */
static const struct node *
next_of(const struct node *n)
{
	do
		n = n->next;
	while (n && n->kind == NODE_TEXT && n->text.len == 0);
	return n;
}

/* The character that a node behind will begin with. */
static gunichar
char_after(const struct writing *w, const struct node *n)
{
	const struct node *next = next_of(n);

	if (!next)
		return (gunichar)(unsigned char)w->after;
	switch ((enum node_kind)next->kind) {
	case NODE_TEXT: return g_utf8_get_char(next->text.p);
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK: return ' ';
	default: return '*'; /* all else begins with punctuation */
	}
}

static bool
is_word(gunichar c)
{
	return !g_unichar_isspace(c) && !g_unichar_ispunct(c) &&
	    !(c < 0x80 && g_ascii_ispunct((char)c));
}

/* May a delimiter stand between these two, with `in` on its inner side?
 * https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run */
static bool
is_flanking(gunichar outer, gunichar in, char delimiter)
{
	if (g_unichar_isspace(in) || (!is_word(in) && is_word(outer)))
		return false;
	return delimiter != '_' || !is_word(outer);
}

static bool
is_behind_delimiter(const struct writing *w, char c)
{
	return w->delimited == w->out->len && w->out->len > w->begin &&
	    w->out->str[w->out->len - 1] == c;
}

/* *__bold__* is ***bold***, if nothing else stands in it. */
static bool
is_both(const struct writing *w, const struct node *n)
{
	const size_t len = w->out->len;

	return n->kind != NODE_EMPH && !n->next &&
	    is_behind_delimiter(w, w->after) &&
	    (len < 2 || w->out->str[len - 2] != w->after);
}

/* '*' or '_': not the one that stands next to it. */
static char
choose_delimiter(const struct writing *w, const struct node *n)
{
	if (is_both(w, n))
		return w->after;
	return is_behind_delimiter(w, '*') || (!n->next && w->after == '*')
	    ? '_'
	    : '*';
}

/* Would the delimiters of n run into others? */
static bool
clashes(const struct writing *w, const struct node *n, size_t from, char c)
{
	const char *at = w->out->str + from;
	const bool is_behind = from > w->begin && at[-1] == c &&
	    (from < w->begin + 2 || at[-2] != '\\');

	return is_behind || (!n->next && w->after == c);
}

/* Inlines between delimiters, or between tags where these would not be
 * understood. Nothing if there is nothing between. */
static void
wrap(struct writing *w, const struct node *n, const char *delimiter,
    const char *tag)
{
	const size_t from = w->out->len, len = strlen(delimiter);
	const size_t delimited = w->delimited;
	const char c = delimiter[0], after = w->after;
	bool is_fine = is_both(w, n) || !clashes(w, n, from, c);

	put(w, delimiter);
	w->delimited = from + len;
	w->after = c;
	inlines(w, n);
	w->after = after;
	const size_t to = w->out->len;
	if (to == from + len) {
		g_string_truncate(w->out, from);
		w->delimited = delimited;
		return;
	}
	const gunichar first = g_utf8_get_char(w->out->str + from + len);
	is_fine = is_fine && is_flanking(char_before(w, from), first, c) &&
	    is_flanking(char_after(w, n), char_before(w, to), c);
	if (is_fine) {
		put(w, delimiter);
		w->delimited = w->out->len;
		return;
	}
	g_autofree char *open = g_strdup_printf("<%s>", tag);
	g_string_erase(w->out, (gssize)from, (gssize)len);
	g_string_insert(w->out, (gssize)from, open);
	g_string_append_printf(w->out, "</%s>", tag);
}

static void
put_emphasis(struct writing *w, const struct node *n)
{
	const bool is_strong = n->kind != NODE_EMPH;
	const char c = choose_delimiter(w, n);
	const char delimiter[] = { c, is_strong ? c : '\0', '\0' };

	wrap(w, n, delimiter, is_strong ? "strong" : "em");
}

/* --- inlines ------------------------------------------------------------ */

static bool
is_break(const struct node *n)
{
	return n->kind == NODE_SOFTBREAK || n->kind == NODE_LINEBREAK;
}

static void
put_text(struct writing *w, const struct node *n, bool is_first)
{
	const bool is_emphasis = w->after == '*' || w->after == '_' ||
	    w->after == '~';
	const struct node *next = next_of(n);
	const size_t len = w->out->len;
	unsigned where = w->where;

	if (len == w->begin || w->out->str[len - 1] == '\n')
		where |= MARK_START;
	if (next ? is_break(next) : w->after == ' ')
		where |= MARK_END;
	if (is_first && is_emphasis)
		where |= MARK_EDGE_FIRST;
	if (!next && is_emphasis)
		where |= MARK_EDGE_LAST;
	if (next &&
	    (next->kind == NODE_LINK || next->kind == NODE_FOOTNOTE_REF))
		where |= MARK_BEFORE_LINK;
	markdown_escape(w->out, n->text, where);
}

/* In HTML nothing ends it, and nothing in it parts cells. */
static void
put_code_tag(struct writing *w, struct str s)
{
	put(w, "<code>");
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.p[i];
		if (g_ascii_ispunct(c) && c != '.' && c != '-' && c != '/')
			g_string_append_printf(w->out, "&#%d;", c);
		else
			g_string_append_c(w->out, c);
	}
	put(w, "</code>");
}

static bool
has_escaped_bar(struct str s)
{
	return s.len && g_strstr_len(s.p, (gssize)s.len, "\\|");
}

static void
put_code(struct writing *w, struct str s)
{
	const size_t len = w->out->len;
	/* A run of "`" would go on. */
	const bool goes_on = len > w->begin && w->out->str[len - 1] == '`' &&
	    (len < 2 || w->out->str[len - 2] != '\\');

	if (s.len == 0 || goes_on ||
	    ((w->where & MARK_CELL) && has_escaped_bar(s)))
		put_code_tag(w, s);
	else
		markdown_code(w->out, s);
}

/* May TeX stand between dollars? See doc/md.c. */
static bool
is_dollar_math(struct str tex)
{
	if (tex.len == 0 || is_space(tex.p[0]) || is_space(tex.p[tex.len - 1]))
		return false;
	for (size_t i = 0; i < tex.len; i++) {
		if (tex.p[i] == '`' || tex.p[i] == '$')
			return false;
		if (tex.p[i] == '\\' && ++i >= tex.len)
			return false;
	}
	return true;
}

/* "\|" would end a cell; TeX has another name for it. */
static void
put_tex(struct writing *w, struct str tex)
{
	for (size_t i = 0; i < tex.len; i++) {
		const char c = tex.p[i];
		if ((w->where & MARK_CELL) && c == '\\' && i + 1 < tex.len &&
		    tex.p[i + 1] == '|') {
			put(w, "\\Vert ");
			i++;
		} else {
			g_string_append_c(w->out,
			    c == '\n' || c == '\r' ? ' ' : c);
		}
	}
}

static void
put_math(struct writing *w, const struct node *n)
{
	const bool is_display = n->kind == NODE_MATH_DISPLAY;
	const bool fits = is_dollar_math(n->text) &&
	    !g_unichar_isdigit(char_after(w, n)) &&
	    char_before(w, w->out->len) != '$';
	const char *fence = is_display ? "$$" : "$";

	if (fits && (is_display || !is_word(char_before(w, w->out->len)))) {
		put(w, fence);
		put_tex(w, n->text);
		put(w, fence);
	} else if (str_find(n->text, '`') == n->text.len && n->text.len &&
	    char_before(w, w->out->len) != '$') {
		put(w, "$`");
		put_tex(w, n->text);
		put(w, "`$");
	} else {
		put_code(w, n->text);
	}
}

static bool
is_scheme(const char *z)
{
	size_t n = 0;

	while (is_alnum(z[n]) || (n && strchr("+.-", z[n]) && z[n]))
		n++;
	return n >= 2 && n <= 32 && z[n] == ':' && g_ascii_isalpha(z[0]);
}

/* <https://example.com>: what is shown is the address.
 * https://spec.commonmark.org/0.31.2/#autolinks */
static bool
put_autolink(struct writing *w, const struct node *n, const GString *address)
{
	const struct node *text = n->child;
	const char *shown = address->str;

	if (!text || text->next || text->kind != NODE_TEXT || n->link->title)
		return false;
	if (g_str_has_prefix(shown, "mailto:") &&
	    strspn(shown + 7,
		"abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@.-_+") ==
		strlen(shown + 7) &&
	    str_is(text->text, shown + 7) && shown[7] != '@')
		shown += 7;
	else if (!is_scheme(shown) || !str_is(text->text, shown))
		return false;
	/* There, too, an entity would be resolved. */
	if (strchr(shown, '&') && strchr(shown, ';'))
		return false;
	for (const char *p = shown; *p; p++)
		if ((unsigned char)*p <= ' ' || strchr("<>|\\\"`^{}[]", *p))
			return false;
	g_string_append_printf(w->out, "<%s>", shown);
	return true;
}

static void
put_link(struct writing *w, const struct node *n)
{
	g_autoptr(GString) address = g_string_new(NULL);
	const bool is_image = n->kind == NODE_IMAGE;
	const char after = w->after;

	if (!w->p->address(address, n->link, w->p->ctx)) {
		w->after = n->next ? '*' : w->after;
		inlines(w, n);
		w->after = after;
		return;
	}
	if (!is_image && put_autolink(w, n, address))
		return;
	put(w, is_image ? "![" : "[");
	w->after = ']';
	inlines(w, n);
	w->after = after;
	put(w, "](");
	markdown_destination(w->out, (struct str){ address->str, address->len },
	    n->link->title);
	put(w, ")");
}

static void
put_note_ref(struct writing *w, const struct node *n)
{
	const char *prefix = w->p->note_prefix;
	const unsigned no = n->footnote->number;

	if (w->p->with_notes)
		g_string_append_printf(w->out, "[^%s%u]", prefix ? prefix : "",
		    no);
	else
		g_string_append_printf(w->out, "\\[%u\\]", no);
}

static void
put_raw(struct writing *w, struct str html)
{
	const size_t from = w->out->len;

	markdown_raw(w->out, html, w->p);
	for (size_t i = from; w->is_line && i < w->out->len; i++)
		if (w->out->str[i] == '\n' || w->out->str[i] == '\r')
			w->out->str[i] = ' ';
}

static void
put_break(struct writing *w, const struct node *n)
{
	if (n->kind == NODE_SOFTBREAK)
		put(w, w->is_line ? " " : "\n");
	else
		put(w, w->is_line ? "<br>" : "\\\n");
}

static void
put_inline(struct writing *w, const struct node *n, bool is_first)
{
	switch ((enum node_kind)n->kind) {
	case NODE_TEXT: put_text(w, n, is_first); break;
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK: put_break(w, n); break;
	case NODE_CODE: put_code(w, n->text); break;
	case NODE_HTML_INLINE: put_raw(w, n->text); break;
	case NODE_BLANK:
		if (w->p->blank) {
			w->p->blank(w->out, n, w->p);
			break;
		}
		put_emphasis(w, n);
		break;
	case NODE_EMPH:
	case NODE_STRONG: put_emphasis(w, n); break;
	case NODE_STRIKE: wrap(w, n, "~~", "del"); break;
	case NODE_LINK:
	case NODE_IMAGE: put_link(w, n); break;
	case NODE_FOOTNOTE_REF: put_note_ref(w, n); break;
	case NODE_MATH:
	case NODE_MATH_DISPLAY: put_math(w, n); break;
	case NODE_DOC:
	case NODE_QUOTE:
	case NODE_CALLOUT:
	case NODE_LIST:
	case NODE_ITEM:
	case NODE_TABLE:
	case NODE_ROW:
	case NODE_CELL:
	case NODE_FOOTNOTE:
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_CODE_BLOCK:
	case NODE_HTML_BLOCK:
	case NODE_RULE:
	case NODE_COMMENT:
	case NODE_QUIZ: break;
	}
}

static void
inlines(struct writing *w, const struct node *parent)
{
	node_each(n, parent)
		put_inline(w, n, n == parent->child);
}

/* The inlines of a block. */
static void
line(struct writing *w, const struct node *parent, unsigned where)
{
	struct writing own = { .out = w->out,
		.p = w->p,
		.begin = w->out->len,
		.delimited = SIZE_MAX,
		.after = ' ',
		.is_line = where != 0,
		.where = where };

	inlines(&own, parent);
}

/* --- blocks ------------------------------------------------------------- */

/* The writing of what will be nested; end with nest(). */
static struct writing
inside(const struct writing *w)
{
	struct writing inner = *w;

	inner.out = g_string_new(NULL);
	inner.mark = '\0';
	return inner;
}

static void
nest(struct writing *w, struct writing *inner, const char *first,
    const char *rest)
{
	markdown_nest(w->out, first, rest,
	    (struct str){ inner->out->str, inner->out->len });
	g_string_free(inner->out, TRUE);
}

static void
put_heading(struct writing *w, const struct node *n)
{
	unsigned level = MAX(n->heading.level, w->p->heading_least) +
	    w->p->heading_shift;
	g_autoptr(GString) id = g_string_new(NULL);

	for (unsigned i = 0; i < MIN(level, 6); i++)
		put(w, "#");
	if (n->child)
		put(w, " ");
	line(w, n, MARK_HEADING);
	if (w->p->anchor && n->heading.id && n->heading.id[0] &&
	    w->p->anchor(id, n->heading.id, w->p->ctx))
		g_string_append_printf(w->out, " <a id=\"%s\"></a>", id->str);
	put(w, "\n");
}

static void
put_paragraph(struct writing *w, const struct node *n)
{
	const size_t from = w->out->len;
	const struct node *only = n->child && !n->child->next ? n->child : NULL;

	if (only && only->kind == NODE_MATH_DISPLAY &&
	    (!is_dollar_math(only->text) ||
		str_find(only->text, '\n') < only->text.len)) {
		markdown_fence(w->out, only->text, "math");
		return;
	}
	line(w, n, 0);
	/* A comment may have stood behind the last line end. */
	if (w->out->len > from && w->out->str[w->out->len - 1] != '\n')
		put(w, "\n");
}

static enum word
callout_word(const char *marker)
{
	static const struct {
		const char *marker;
		enum word word;
	} known[] = { { "tip", WORD_TIP }, { "important", WORD_IMPORTANT },
		{ "warning", WORD_WARNING }, { "caution", WORD_CAUTION } };

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (strcmp(known[i].marker, marker) == 0)
			return known[i].word;
	return WORD_NOTE;
}

static void
put_callout(struct writing *w, const struct node *n)
{
	struct writing inner = inside(w);
	const char *title = n->callout->title;

	inner.p = w->p;
	if (w->p->with_alerts) {
		g_autofree char *marker = g_ascii_strup(n->callout->marker, -1);
		g_string_append_printf(inner.out, "[!%s]\n", marker);
	} else if (!title) {
		title = w->p->words->text[callout_word(n->callout->marker)];
	}
	if (title) {
		put(&inner, "**");
		markdown_textz(inner.out, title);
		put(&inner, "**\n\n");
	}
	blocks(&inner, n, false);
	nest(w, &inner, "> ", "> ");
}

static void
put_item(struct writing *w, const struct node *item, const char *marker,
    bool is_tight)
{
	struct writing inner = inside(w);
	g_autofree char *rest = g_strnfill(strlen(marker), ' ');
	const bool has_box = item->item.box != BOX_NONE && item->child &&
	    item->child->kind == NODE_PARAGRAPH;
	g_autofree char *first = g_strconcat(marker,
	    !has_box                            ? ""
		: item->item.box == BOX_CHECKED ? "[x] "
						: "[ ] ",
	    NULL);

	inner.mark = strchr("-*", marker[0]) ? marker[0] : '\0';
	blocks(&inner, item, is_tight);
	/* Raw HTML may begin with spaces, which would count for the marker. */
	g_string_erase(inner.out, 0, (gssize)strspn(inner.out->str, " "));
	nest(w, &inner, first, rest);
}

/* other: the list in front of it has the usual marks. */
static void
put_list(struct writing *w, const struct node *n, bool other)
{
	int no = n->list.start;

	node_each(item, n) {
		char marker[16];
		if (item != n->child && !n->list.is_tight)
			put(w, "\n");
		if (n->list.is_ordered)
			g_snprintf(marker, sizeof(marker), "%d%c ", no,
			    other ? ')' : '.');
		else
			g_snprintf(marker, sizeof(marker), "%c ",
			    other ? '*' : '-');
		put_item(w, item, marker, n->list.is_tight);
		/* Longer numbers are none. */
		no += no < 999999999;
	}
}

static void
put_cell(GString *out, const struct node *cell, const struct markdown_policy *p)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct writing w = { .out = text, .p = p };

	line(&w, cell, MARK_CELL);
	markdown_bars(out, (struct str){ text->str, text->len });
}

static void
put_row(struct writing *w, const struct node *row)
{
	put(w, "|");
	node_each(cell, row) {
		put(w, " ");
		put_cell(w->out, cell, w->p);
		put(w, " |");
	}
	put(w, "\n");
}

static void
put_table(struct writing *w, const struct node *n)
{
	static const char *const rules[] = { " --- |", " :-- |", " :-: |",
		" --: |" };

	if (n->table.caption) {
		put(w, "Table: ");
		line(w, n->table.caption, MARK_HEADING);
		put(w, "\n\n");
	}
	if (!n->child)
		return;
	put_row(w, n->child);
	put(w, "|");
	node_each(cell, n->child)
		put(w, rules[cell->cell.align]);
	put(w, "\n");
	for (const struct node *row = n->child->next; row; row = row->next)
		put_row(w, row);
}

static void
put_html(struct writing *w, const struct node *n)
{
	put_raw(w, n->text);
	if (w->out->len && w->out->str[w->out->len - 1] != '\n')
		put(w, "\n");
}

static void
put_quote(struct writing *w, const struct node *n)
{
	struct writing inner = inside(w);

	blocks(&inner, n, false);
	nest(w, &inner, "> ", "> ");
}

static void
put_block(struct writing *w, const struct node *n, bool is_first, bool other)
{
	switch ((enum node_kind)n->kind) {
	case NODE_DOC: blocks(w, n, false); break;
	case NODE_QUOTE: put_quote(w, n); break;
	case NODE_CALLOUT: put_callout(w, n); break;
	case NODE_LIST: put_list(w, n, other); break;
	case NODE_TABLE: put_table(w, n); break;
	case NODE_PARAGRAPH: put_paragraph(w, n); break;
	case NODE_HEADING: put_heading(w, n); break;
	case NODE_CODE_BLOCK:
		markdown_fence(w->out, n->code->text, n->code->info);
		break;
	case NODE_HTML_BLOCK: put_html(w, n); break;
	/* Neither an underlined heading nor, behind a mark, part of it. */
	case NODE_RULE: put(w, is_first ? "___\n" : "***\n"); break;
	case NODE_QUIZ:
		if (w->p->quiz)
			w->p->quiz(w->out, n->quiz, w->p);
		break;
	case NODE_COMMENT:
	case NODE_ITEM:
	case NODE_ROW:
	case NODE_CELL:
	case NODE_FOOTNOTE:
	case NODE_TEXT:
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK:
	case NODE_CODE:
	case NODE_HTML_INLINE:
	case NODE_EMPH:
	case NODE_STRONG:
	case NODE_BLANK:
	case NODE_STRIKE:
	case NODE_LINK:
	case NODE_IMAGE:
	case NODE_FOOTNOTE_REF:
	case NODE_MATH:
	case NODE_MATH_DISPLAY: break;
	}
}

/* In a tight list there is no empty line between blocks, but where the second
 * would become part of the first. */
static bool
needs_gap(const struct node *a, const struct node *b)
{
	if (b->kind == NODE_TABLE)
		return true;
	return a->kind == NODE_PARAGRAPH &&
	    (b->kind == NODE_PARAGRAPH ||
		(b->kind == NODE_LIST &&
		    ((b->list.is_ordered && b->list.start != 1) ||
			!b->child->child)));
}

static bool
is_inline(const struct node *n)
{
	return n->kind >= NODE_TEXT;
}

/* Inlines among blocks are a paragraph; returns the last of them. */
static const struct node *
put_loose_inlines(struct writing *w, const struct node *n)
{
	struct writing own = { .out = w->out,
		.p = w->p,
		.begin = w->out->len,
		.delimited = SIZE_MAX,
		.after = ' ' };

	for (bool is_first = true;; n = n->next, is_first = false) {
		put_inline(&own, n, is_first);
		if (!n->next || !is_inline(n->next))
			break;
	}
	if (w->out->len > own.begin)
		put(w, "\n");
	return n;
}

static void
blocks(struct writing *w, const struct node *parent, bool is_tight)
{
	const struct node *last = NULL;
	bool other = false;

	for (const struct node *n = parent->child; n; n = n->next) {
		const struct node *first = n;
		const size_t from = w->out->len;
		other = last && last->kind == NODE_LIST &&
		    n->kind == NODE_LIST &&
		    last->list.is_ordered == n->list.is_ordered && !other;
		/* "- - -" would be a rule. */
		if (!last && w->mark)
			other = w->mark == '-';
		if (last && (!is_tight || needs_gap(last, n)))
			put(w, "\n");
		const size_t begin = w->out->len;
		if (is_inline(n))
			n = put_loose_inlines(w, n);
		else
			put_block(w, n, !last, other);
		if (w->out->len == begin)
			g_string_truncate(w->out, from);
		else
			last = first;
	}
}

/* --- what others call ---------------------------------------------------- */

void
markdown_blocks(GString *out, const struct node *parent,
    const struct markdown_policy *p)
{
	struct writing w = { .out = out, .p = p };

	blocks(&w, parent, false);
}

void
markdown_inlines(GString *out, const struct node *parent,
    const struct markdown_policy *p)
{
	struct writing w = { .out = out, .p = p };

	line(&w, parent, MARK_HEADING);
}

void
markdown_cell(GString *out, const struct node *parent,
    const struct markdown_policy *p)
{
	put_cell(out, parent, p);
}

void
markdown_note(GString *out, const struct footnote *note,
    const struct markdown_policy *p)
{
	struct writing w = { .out = out, .p = p };
	struct writing inner = inside(&w);
	g_autofree char *label = g_strdup_printf("[^%s%u]: ",
	    p->note_prefix ? p->note_prefix : "", note->number);

	blocks(&inner, note->body, false);
	nest(&w, &inner, label, "    ");
}
