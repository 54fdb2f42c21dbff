/* One question in our syntax. */
#include "base/slug.h"
#include "import/look.h"
#include "import/print.h"
#include "import/text.h"

enum {
	TITLE_MOST = 60, /* characters of a title made of the stem */
	HEADING_MOST = 120 /* bytes of a stem that may be a heading */
};

/* ---- titles */

static const char *
first_words(struct import *im, struct str text)
{
	g_autofree char *all = g_strndup(text.p, text.len);
	const char *cut = NULL;
	const char *p = all;

	for (size_t n = 0; *p && n < TITLE_MOST; n++, p = g_utf8_next_char(p))
		if (*p == ' ')
			cut = p;
	if (!*p)
		return arena_strdup(im->arena, all);
	const size_t len = (size_t)((cut ? cut : p) - all);
	return arena_printf(im->arena, "%.*s…", (int)len, all);
}

/* The text of a block, without what the blanks of a cloze ask for. */
static void
add_words(GString *to, const struct node *parent, bool is_cloze)
{
	node_each(n, parent) {
		if (is_cloze && n->kind == NODE_STRONG)
			g_string_append(to, "…");
		else if (n->child)
			add_words(to, n, is_cloze);
		else if (n->kind == NODE_TEXT || n->kind == NODE_CODE ||
		    n->kind == NODE_MATH || n->kind == NODE_MATH_DISPLAY)
			g_string_append_len(to, n->text.p, (gssize)n->text.len);
		else if (n->kind == NODE_SOFTBREAK || n->kind == NODE_LINEBREAK)
			g_string_append_c(to, ' ');
	}
}

const char *
print_title(struct import *im, const struct ask_one *q)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (q->title && str_trim(str_of(q->title)).len)
		return q->title;
	if (!q->stem)
		return "";
	const struct doc *doc = look_parse(im->arena, q->stem);
	node_each(n, doc->body) {
		if (n->kind != NODE_PARAGRAPH && n->kind != NODE_QUOTE &&
		    n->kind != NODE_LIST)
			continue;
		add_words(text, n, q->kind == ASK_CLOZE);
		if (str_trim((struct str){ text->str, text->len }).len)
			break;
	}
	return first_words(im, str_trim((struct str){ text->str, text->len }));
}

static bool
is_plain_line(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind == NODE_SOFTBREAK || n->kind == NODE_LINEBREAK ||
		    n->kind == NODE_IMAGE || n->kind == NODE_HTML_INLINE ||
		    n->kind == NODE_FOOTNOTE_REF || !is_plain_line(n))
			return false;
	return true;
}

/* Can the stem be the heading, so that nothing is said twice? */
static bool
is_heading(struct import *im, const struct ask_one *q)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (!q->stem || q->kind == ASK_CLOZE || q->kind == ASK_CARD ||
	    strlen(q->stem) > HEADING_MOST || strchr(q->stem, '\n') ||
	    g_str_has_suffix(q->stem, "#"))
		return false;
	const struct doc *doc = look_parse(im->arena, q->stem);
	const struct node *n = doc->body->child;
	if (!n || n->next || n->kind != NODE_PARAGRAPH || !is_plain_line(n))
		return false;
	node_text(text, n);
	return !q->title || strcmp(q->title, text->str) == 0;
}

/* ---- blocks */

/* Lines behind a prefix; the first one may have another. */
static void
put_lines(GString *to, struct str text, const char *first, const char *prefix)
{
	bool is_first = true;

	while (text.len) {
		const struct str line = str_line(&text);
		g_autofree char *p = g_strdup(is_first ? first : prefix);
		if (line.len == 0)
			g_strchomp(p);
		g_string_append(to, p);
		g_string_append_len(to, line.p, (gssize)line.len);
		g_string_append_c(to, '\n');
		is_first = false;
	}
}

static void
put_blocks(GString *to, const char *blocks)
{
	if (!blocks || !blocks[0])
		return;
	g_string_append(to, blocks);
	g_string_append(to, "\n\n");
}

/* An alert. Bold text that is its whole first line would be its title. */
static void
put_alert(GString *to, const char *marker, const char *blocks)
{
	const struct str text = str_of(blocks);
	const struct str line = str_upto(text, str_find(text, '\n'));

	g_string_append_printf(to, "> [!%s]\n", marker);
	if (str_starts(line, "**") && str_ends(line, "**") && line.len > 4) {
		g_string_append_printf(to, "> <b>%.*s</b>\n",
		    STR_ARG(str_upto(str_from(line, 2), line.len - 4)));
		put_lines(to, str_from(text, line.len + 1), "> ", "> ");
	} else {
		put_lines(to, text, "> ", "> ");
	}
	g_string_append_c(to, '\n');
}

void
print_lost(GString *to, const struct items *lost)
{
	items_each(i, lost) {
		g_autoptr(GString) all = g_string_new(i->text);
		if (i->more) {
			g_string_append(all, ":\n");
			put_lines(all, str_of(i->more), "  ", "  ");
		}
		/* Two hyphens may end a comment. */
		for (size_t k = 0; k + 1 < all->len; k++)
			if (all->str[k] == '-' && all->str[k + 1] == '-')
				g_string_insert(all, (gssize)k + 1, " ");
		g_string_append_printf(to, "<!-- import: %s%s-->\n\n", all->str,
		    i->more ? "" : " ");
	}
}

/* ---- the comment */

/* A value of it: no "--", quotes where it needs them. The second hyphen becomes
 * one that looks the same. */
static void
put_value(GString *to, const char *value)
{
	g_autoptr(GString) s = g_string_new(NULL);
	const bool needs_quotes = strchr(value, ';') != NULL || value[0] == '"';

	unsigned n_marks = 0;

	for (const char *p = value; *p; p++) {
		const char last = s->len ? s->str[s->len - 1] : '\0';
		if (*p == '-' && last == '-') {
			g_string_append(s, "\xe2\x80\x91");
			continue;
		}
		/* A quotation mark would end the value. */
		if (*p == '"' && needs_quotes)
			g_string_append(s, n_marks++ % 2 ? "”" : "“");
		else
			g_string_append_c(s, is_space(*p) ? ' ' : *p);
	}
	if (s->len && s->str[s->len - 1] == '-')
		g_string_append_c(s, ' ');
	g_string_append_printf(to, needs_quotes ? "\"%s\"" : "%s", s->str);
}

static void
put_key(GString *to, const char *key, const char *value)
{
	g_string_append_printf(to, "; %s=", key);
	put_value(to, value);
}

/* Numbers that are meant as texts, and what looks like one. */
static bool
looks_like_number(const struct ask_one *q)
{
	items_each(i, &q->accepted) {
		const struct str t = str_trim(str_of(i->text));
		if (t.len &&
		    (g_ascii_isdigit(t.p[0]) || strchr("+-.", t.p[0]) ||
			(t.p[0] & 0x80)))
			return true;
	}
	return false;
}

static size_t
count_right(const struct ask_one *q)
{
	size_t n = 0;

	items_each(o, &q->options)
		n += o->flag;
	return n;
}

static void
put_type(GString *to, const struct ask_one *q)
{
	switch (q->kind) {
	case ASK_CHOICE:
		if (q->is_many && count_right(q) < 2)
			put_key(to, "type", "many");
		if (q->is_many && (q->allows_none || count_right(q) == 0))
			put_key(to, "none", "ok");
		break;
	case ASK_TEXT:
		if (looks_like_number(q))
			put_key(to, "type", "text");
		break;
	case ASK_ORDER: put_key(to, "type", "order"); break;
	case ASK_MATCH: put_key(to, "type", "match"); break;
	case ASK_CLOZE: put_key(to, "type", "cloze"); break;
	case ASK_NUMBER:
	case ASK_CARD:
	case ASK_NOTHING: break;
	}
}

static void
put_tags(GString *to, const struct ask_one *q)
{
	g_autoptr(GString) all = g_string_new(NULL);

	items_each(t, &q->tags) {
		g_autofree char *one = g_strdup(t->text);
		g_strdelimit(one, " ,\t\r\n", '-');
		g_string_append_printf(all, "%s%s", all->len ? " " : "", one);
	}
	if (all->len)
		put_key(to, "tags", all->str);
}

static void
put_comment(GString *to, const struct ask_one *q, const char *key)
{
	g_string_append_printf(to, "<!-- q: %s", key);
	put_type(to, q);
	put_tags(to, q);
	items_each(k, &q->keys)
		put_key(to, k->text, k->more);
	g_string_append(to, " -->\n\n");
}

/* ---- answers */

/* The first line of an item must be text: a block begins below it. */
static const char *
first_of_item(const char *text)
{
	const struct str line = str_upto(str_of(text),
	    str_find(str_of(text), '\n'));

	if (str_trim(line).len == 0)
		return "… ";
	if (str_starts(line, "```") || str_starts(line, "~~~") ||
	    strchr(">|#<", line.p[0]) || text_is_item(line) ||
	    str_starts(line, "***"))
		return "…\n\n";
	return "";
}

static void
put_item(GString *to, const char *mark, const char *text, size_t indent)
{
	g_autofree char *spaces = g_strnfill(indent, ' ');
	g_autofree char *all = g_strconcat(first_of_item(text), text, NULL);

	put_lines(to, str_of(all), mark, spaces);
}

static void
put_options(GString *to, const struct ask_one *q)
{
	const char *bullet = q->keeps_order ? "1. " : "- ";
	const size_t indent = strlen(bullet);
	g_autofree char *quote = g_strdup_printf("%*s> ", (int)indent, "");

	items_each(o, &q->options) {
		g_autofree char *mark = g_strdup_printf("%s[%c] ", bullet,
		    o->flag ? 'x' : ' ');
		const size_t begin = to->len;
		put_item(to, mark, o->text, indent);
		if (!o->more || !o->more[0])
			continue;
		if (strchr(to->str + begin, '\n') != to->str + to->len - 1)
			g_string_append_c(to, '\n');
		put_lines(to, str_of(o->more), quote, quote);
	}
	g_string_append_c(to, '\n');
}

static void
put_order(GString *to, const struct ask_one *q)
{
	unsigned n = 0;

	items_each(o, &q->options) {
		g_autofree char *mark = g_strdup_printf("%u. ", ++n);
		put_item(to, mark, o->text, strlen(mark));
	}
	g_string_append_c(to, '\n');
}

static void
put_pairs(GString *to, const struct ask_one *q)
{
	g_string_append(to, "| | |\n| --- | --- |\n");
	items_each(o, &q->options)
		g_string_append_printf(to, "| %s | %s |\n",
		    o->more ? o->more : "", o->text);
	g_string_append_c(to, '\n');
}

/* One accepted or wrong text. A bar, and what becomes a link, would mean
 * something outside of a code span. */
static void
put_typed(GString *to, const struct item *i)
{
	g_autoptr(GString) one = g_string_new(NULL);
	const struct str s = str_trim(str_of(i->text));

	/* All of it stands on one line. */
	for (size_t k = 0; k < s.len; k++)
		if (!is_space(s.p[k]))
			g_string_append_c(one, s.p[k]);
		else if (one->len && one->str[one->len - 1] != ' ')
			g_string_append_c(one, ' ');
	const struct str t = { one->str, one->len };
	if (i->flag || strchr(one->str, '|') || strstr(one->str, "://") ||
	    strstr(one->str, "www."))
		text_code(to, t, false);
	else
		text_literal(to, t, false);
}

/* The last bar parts answers from feedback: those in it are emphasized. */
static void
put_feedback_line(GString *to, const char *line)
{
	bool is_code = false;

	for (const char *p = line; *p; p++) {
		const char before = p > line ? p[-1] : ' ';
		if (*p == '\\' && p[1] && p[1] != '|') {
			g_string_append_c(to, *p++);
			g_string_append_c(to, *p);
			continue;
		}
		is_code = is_code != (*p == '`');
		if (*p == '|' && !is_code && !is_alnum(before) &&
		    !is_alnum(p[1])) {
			if (before == '\\')
				g_string_truncate(to, to->len - 1);
			g_string_append(to, "*|*");
		} else {
			g_string_append_c(to, *p);
		}
	}
}

static void
put_text(GString *to, const struct ask_one *q)
{
	g_string_append(to, "Answer:");
	if (q->kind == ASK_NUMBER)
		g_string_append_printf(to, " %s", q->number);
	items_each(i, &q->accepted) {
		g_string_append(to, i == q->accepted.first ? " " : " | ");
		put_typed(to, i);
	}
	g_string_append(to, "\n\n");
	items_each(i, &q->wrong) {
		g_string_append(to, "Feedback: ");
		put_typed(to, i);
		g_string_append(to, " | ");
		put_feedback_line(to, i->more);
		g_string_append(to, "\n\n");
	}
}

static void
put_answer(GString *to, const struct ask_one *q)
{
	switch (q->kind) {
	case ASK_CHOICE: put_options(to, q); break;
	case ASK_TEXT:
	case ASK_NUMBER: put_text(to, q); break;
	case ASK_ORDER: put_order(to, q); break;
	case ASK_MATCH: put_pairs(to, q); break;
	case ASK_CLOZE:
	case ASK_CARD:
	case ASK_NOTHING: break;
	}
}

/* Behind a list, another list or an indented block would go on with it. */
static void
put_explanation(GString *to, const struct ask_one *q)
{
	const char *e = q->explanation;

	if (!e || !e[0])
		return;
	if (q->kind == ASK_CLOZE || q->kind == ASK_NOTHING) {
		g_string_append_printf(to, "<details>\n\n%s\n\n</details>\n\n",
		    e);
		return;
	}
	if (e[0] == ' ' || text_is_item(str_of(e)) || e[0] == '|')
		g_string_append(to, "<!-- explanation -->\n\n");
	put_blocks(to, e);
}

/* A table or numbered list of the stem that would be taken for the answer. */
static bool
has_rival(const struct ask_one *q, const struct doc *stem)
{
	node_each(n, stem->body)
		if ((q->kind == ASK_ORDER && n->kind == NODE_LIST &&
			n->list.is_ordered) ||
		    (q->kind == ASK_MATCH && n->kind == NODE_TABLE))
			return true;
	return false;
}

static void
put_stem(struct import *im, GString *to, const struct ask_one *q)
{
	if (!q->stem)
		return;
	const struct doc *stem = look_parse(im->arena, q->stem);
	const struct node *last = stem->body->child;
	if (has_rival(q, stem)) {
		put_lines(to, str_of(q->stem), "> ", "> ");
		g_string_append_c(to, '\n');
		return;
	}
	put_blocks(to, q->stem);
	while (last && last->next)
		last = last->next;
	/* The options would go on with a list. */
	if (last && last->kind == NODE_LIST && q->options.n)
		g_string_append(to, "<!-- options -->\n\n");
}

/* ---- the whole */

/* True if the heading says all that the stem does. */
static bool
put_heading(struct import *im, GString *to, const struct ask_one *q,
    const char *key)
{
	const bool is_stem = is_heading(im, q);
	const char *title = print_title(im, q);

	g_string_append(to, "## ");
	if (is_stem)
		g_string_append(to, q->stem);
	else if (q->heading)
		g_string_append(to, q->heading);
	else
		text_plain(to, str_of(title[0] ? title : key), TEXT_LINE);
	g_string_append_c(to, '\n');
	return is_stem;
}

void
print_question(struct import *im, GString *to, const struct ask_one *q,
    const char *key, bool is_quiz)
{
	const bool is_all = put_heading(im, to, q, key);

	if (q->kind != ASK_NOTHING)
		put_comment(to, q, key);
	else
		g_string_append(to, is_quiz ? "<!-- text -->\n\n" : "\n");
	if (!is_all)
		put_stem(im, to, q);
	items_each(h, &q->hints)
		put_alert(to, "TIP", h->text);
	put_answer(to, q);
	put_explanation(to, q);
	print_lost(to, &q->lost);
}

/* The front of a card is plain text. */
static void
put_front(struct import *im, GString *to, const char *markdown, const char *key,
    const char *back)
{
	const struct doc *doc = look_parse(im->arena, markdown);
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, doc->body);
	g_string_append(to, "<!-- card: ");
	put_value(to,
	    str_trim((struct str){ text->str, text->len }).len ? text->str
							       : key);
	g_string_append_printf(to, "; id=%s -->\n\n", key);
	put_alert(to, "NOTE", back);
}

void
print_card(struct import *im, GString *to, const struct ask_one *q,
    const char *key)
{
	struct ask_one plain = *q;

	/* A front of one line is the heading. */
	plain.kind = ASK_NOTHING;
	if (!put_heading(im, to, &plain, key)) {
		g_string_append_c(to, '\n');
		put_blocks(to, q->stem);
	} else {
		g_string_append_c(to, '\n');
	}
	put_front(im, to, q->stem, key, q->explanation);
	if (q->is_both_ways)
		put_front(im, to, q->explanation,
		    arena_printf(im->arena, "%s-back", key), q->stem);
	print_lost(to, &q->lost);
}
