#include "render/html.h"

#include "base/text.h"
#include "book/book.h"
#include "port/image.h"
#include "render/highlight.h"

/* What is being written. */
enum {
	HEADING_MOST = 6
};

struct writing {
	GString *out;
	const struct html_policy *p;
	bool saw_raw;
	unsigned n_images; /* so far */
	/* Of the raw HTML, which is cleaned later, that has the first image:
	 * NODE_HTML_BLOCK, NODE_HTML_INLINE, or NODE_DOC for none. */
	enum node_kind first_image;
	bool is_settling_inlines;
	GPtrArray *blanks; /* const struct node *: written as tokens; or NULL */
	/* Levels of the source of the headings that the next one could stand
	 * below, the outermost first. */
	unsigned levels[HEADING_MOST];
	unsigned n_levels;
};

/* Stands for a blank, with its number between, until all raw HTML around it
 * is clean: fields would not come through. The last two code points for
 * private use. https://www.unicode.org/faq/private_use.html */
#define BLANK_BEGIN "\xf4\x8f\xbf\xbc"
#define BLANK_END "\xf4\x8f\xbf\xbd"

static void blocks(struct writing *w, const struct node *parent, bool is_tight);
static void inlines(struct writing *w, const struct node *parent);

static inline void
put(struct writing *w, const char *z)
{
	text_addz(w->out, z);
}

/* U+FFFE and U+FFFF are no characters. */
static bool
is_no_character(struct str s, size_t i)
{
	return s.len - i > 2 && s.p[i + 1] == '\xbf' &&
	    (s.p[i + 2] == '\xbe' || s.p[i + 2] == '\xbf');
}

/* Both escapes also keep out what neither HTML nor XML may hold: control
 * characters (https://www.w3.org/TR/xml/#charsets). */
static void
escape(GString *out, struct str s, bool is_attr)
{
	static const unsigned char special[256] = { [0] = 3,
		[1] = 3,
		[2] = 3,
		[3] = 3,
		[4] = 3,
		[5] = 3,
		[6] = 3,
		[7] = 3,
		[8] = 3,
		[11] = 3,
		[12] = 3,
		[14] = 3,
		[15] = 3,
		[16] = 3,
		[17] = 3,
		[18] = 3,
		[19] = 3,
		[20] = 3,
		[21] = 3,
		[22] = 3,
		[23] = 3,
		[24] = 3,
		[25] = 3,
		[26] = 3,
		[27] = 3,
		[28] = 3,
		[29] = 3,
		[30] = 3,
		[31] = 3,
		['&'] = 1,
		['<'] = 1,
		['>'] = 1,
		['"'] = 2,
		[0xef] = 4 };
	size_t from = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (!special[c] || (special[c] == 2 && !is_attr) ||
		    (special[c] == 4 && !is_no_character(s, i)))
			continue;
		text_add(out, s.p + from, i - from);
		from = i + (special[c] == 4 ? 3 : 1);
		if (c == '&')
			text_add(out, "&amp;", 5);
		else if (c == '<')
			text_add(out, "&lt;", 4);
		else if (c == '>')
			text_add(out, "&gt;", 4);
		else if (c == '"')
			text_add(out, "&quot;", 6);
	}
	text_add(out, s.p + from, s.len - from);
}

void
html_text(GString *out, struct str s)
{
	escape(out, s, false);
}

void
html_attr(GString *out, struct str s)
{
	escape(out, s, true);
}

void
html_cdata(GString *out, struct str s)
{
	g_string_append(out, "<![CDATA[");
	for (size_t i = 0; i < s.len; i++) {
		const unsigned char c = (unsigned char)s.p[i];
		if (c == 0xef && is_no_character(s, i)) {
			i += 2;
			continue;
		}
		if (c == '>' && memcmp(out->str + out->len - 2, "]]", 2) == 0)
			g_string_append(out, "]]><![CDATA[");
		if (c >= ' ' || c == '\n' || c == '\t')
			g_string_append_c(out, (char)c);
	}
	g_string_append(out, "]]>");
}

void
html_word(GString *out, const struct words *words, enum word word,
    const char *a, const char *b)
{
	struct str plain = str_of(words->text[word]);

	if (str_find(plain, '%') == plain.len) {
		html_attr(out, plain);
		return;
	}
	g_autoptr(GString) text = g_string_new(NULL);
	words_format(text, words, word, a, b);
	html_attr(out, (struct str){ text->str, text->len });
}

void
html_word_around(GString *out, const struct words *words, enum word word,
    const char *a, const char *b)
{
	g_autoptr(GString) text = g_string_new(NULL);

	words_format(text, words, word, "\x01", "\x02");
	struct str rest = { text->str, text->len };
	while (rest.len) {
		size_t one = str_find(rest, '\x01'),
		       two = str_find(rest, '\x02');
		size_t at = MIN(one, two);
		html_text(out, str_upto(rest, at));
		if (at < rest.len)
			g_string_append(out, at == one ? a : b);
		rest = str_from(rest, at + 1);
	}
}

static void
attr(struct writing *w, const char *name, const char *value)
{
	put(w, " ");
	put(w, name);
	put(w, "=\"");
	html_attr(w->out, str_of(value));
	put(w, "\"");
}

static const char *
void_end(const struct writing *w)
{
	return w->p->markup == MARKUP_XHTML ? "/>" : ">";
}

/* An address is bytes; what may not stand in one is percent-encoded.
 * https://url.spec.whatwg.org/#url-path-segment-string */
static void
put_address(struct writing *w, const GString *address)
{
	for (size_t i = 0; i < address->len; i++) {
		unsigned char c = (unsigned char)address->str[i];
		if (c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}", c))
			g_string_append_printf(w->out, "%%%02X", c);
		else if (c == '&')
			put(w, "&amp;");
		else
			g_string_append_c(w->out, (char)c);
	}
}

static void
put_link(struct writing *w, const struct node *n)
{
	g_autoptr(GString) address = g_string_new(NULL);
	bool has_address = w->p->address(address, n->link, w->p->ctx);

	if (has_address) {
		put(w, n->link->is_term ? "<a class=\"term\"" : "<a");
		if (n->link->is_term && w->p->markup == MARKUP_XHTML)
			put(w, " epub:type=\"glossref\" role=\"doc-glossref\"");
		put(w, " href=\"");
		put_address(w, address);
		put(w, "\"");
		if (n->link->to.kind == TARGET_TRANSLATION)
			attr(w, "hreflang", n->link->to.page->lang);
		if (n->link->title)
			attr(w, "title", n->link->title);
		put(w, ">");
	}
	inlines(w, n);
	if (has_address)
		put(w, "</a>");
}

/* So that nothing moves when the picture comes; and those further down come
 * when they are near. */
static void
put_size(struct writing *w, const struct asset *asset)
{
	if (asset->width && asset->height)
		g_string_append_printf(w->out, " width=\"%u\" height=\"%u\"",
		    asset->width, asset->height);
	if (w->n_images++)
		put(w, " loading=\"lazy\"");
	else if (w->p->n_raw_links)
		put(w, " loading=\"eager\""); /* see complete_image() */
}

static void
put_image(struct writing *w, const struct node *n)
{
	g_autoptr(GString) address = g_string_new(NULL);
	g_autoptr(GString) alt = g_string_new(NULL);

	node_text(alt, n);
	if (!w->p->address(address, n->link, w->p->ctx)) {
		html_text(w->out, (struct str){ alt->str, alt->len });
		return;
	}
	put(w, "<img src=\"");
	put_address(w, address);
	put(w, "\" alt=\"");
	html_attr(w->out, (struct str){ alt->str, alt->len });
	put(w, "\"");
	if (n->link->title)
		attr(w, "title", n->link->title);
	if (w->p->with_sizes && n->link->to.kind == TARGET_ASSET)
		put_size(w, n->link->to.asset);
	put(w, void_end(w));
}

static void
put_note_ref(struct writing *w, const struct node *n)
{
	unsigned no = n->footnote->number;

	if (!w->p->with_notes) {
		g_string_append_printf(w->out, "<sup>%u</sup>", no);
		return;
	}
	put(w, "<sup><a class=\"ref\"");
	if (w->p->markup == MARKUP_XHTML)
		put(w, " epub:type=\"noteref\" role=\"doc-noteref\"");
	g_string_append_printf(w->out, " href=\"#Fn-%u\"", no);
	/* The note's way back leads to its first reference. */
	if (n->footnote->first == n)
		g_string_append_printf(w->out, " id=\"Fnr-%u\"", no);
	g_string_append_printf(w->out, ">%u</a></sup>", no);
}

static void
wrap(struct writing *w, const struct node *n, const char *tag)
{
	put(w, "<");
	put(w, tag);
	put(w, ">");
	inlines(w, n);
	put(w, "</");
	put(w, tag);
	put(w, ">");
}

static void
put_blank(struct writing *w, const struct node *n)
{
	if (!w->blanks) {
		wrap(w, n, "strong");
		return;
	}
	g_string_append_printf(w->out, BLANK_BEGIN "%u" BLANK_END,
	    w->blanks->len);
	g_ptr_array_add(w->blanks, (struct node *)(uintptr_t)n);
}

/* Draws the blanks behind `from` in place of their tokens. */
static void
draw_blanks(struct writing *w, size_t from)
{
	g_autofree char *text = g_strdup(w->out->str + from);
	struct str rest = str_of(text);

	g_string_truncate(w->out, from);
	for (size_t i = 0; i < w->blanks->len; i++) {
		g_autofree char *token = g_strdup_printf(BLANK_BEGIN
		    "%zu" BLANK_END,
		    i);
		const char *at = strstr(rest.p, token);
		if (!at)
			continue;
		text_add(w->out, rest.p, (size_t)(at - rest.p));
		w->p->blank(w->out, w->blanks->pdata[i], w->p);
		rest = str_of(at + strlen(token));
	}
	text_add(w->out, rest.p, rest.len);
}

/* Two braces in a row would end a cloze of Anki's; TeX reads them the same
 * with a space between. */
static void
put_tex(struct writing *w, struct str tex)
{
	for (size_t i = 0; i < tex.len; i++) {
		struct str c = str_upto(str_from(tex, i), 1);
		html_text(w->out, c);
		if ((tex.p[i] == '{' || tex.p[i] == '}') && i + 1 < tex.len &&
		    tex.p[i + 1] == tex.p[i])
			put(w, " ");
	}
}

/* What renders formulas finds them by "\\(" and "\\[" in any text but code; an
 * element in between keeps them apart.
 * https://docs.mathjax.org/en/latest/options/input/tex.html */
static void
put_text(struct writing *w, struct str text)
{
	size_t from = 0;

	for (size_t i = 0; w->p->with_tex && i < text.len; i++) {
		const GString *out = w->out;
		const char before = i > from ? text.p[i - 1]
		    : out->len               ? out->str[out->len - 1]
					     : ' ';
		if (before != '\\' || !strchr("()[]", text.p[i]))
			continue;
		html_text(w->out, str_upto(str_from(text, from), i - from));
		put(w, "<span></span>");
		from = i;
	}
	html_text(w->out, str_from(text, from));
}

static void
put_math(struct writing *w, const struct node *n)
{
	bool is_display = n->kind == NODE_MATH_DISPLAY;

	if (w->p->with_tex) {
		put(w, is_display ? "\\[" : "\\(");
		put_tex(w, n->text);
		put(w, is_display ? "\\]" : "\\)");
		return;
	}
	if (n->child && w->p->with_math_words) {
		put(w, "<span class=\"vh\">");
		html_text(w->out, n->text);
		put(w, "</span><span aria-hidden=\"true\">");
	}
	if (n->child) {
		text_add(w->out, n->child->text.p, n->child->text.len);
		put(w, w->p->with_math_words ? "</span>" : "");
		return;
	}
	put(w,
	    is_display ? "<code class=\"math display\">"
		       : "<code class=\"math inline\">");
	html_text(w->out, n->text);
	put(w, "</code>");
}

/* As it stands: settle() cleans it. */
static void
put_raw(struct writing *w, const struct node *n)
{
	w->saw_raw = true;
	text_add(w->out, n->text.p, n->text.len);
	for (size_t i = 0; w->n_images == 0 && i + 4 < n->text.len; i++) {
		if (g_ascii_strncasecmp(n->text.p + i, "<img", 4) != 0)
			continue;
		w->n_images++;
		w->first_image = n->kind;
	}
}

static void
put_inline(struct writing *w, const struct node *n)
{
	switch ((enum node_kind)n->kind) {
	case NODE_TEXT: put_text(w, n->text); break;
	case NODE_SOFTBREAK: put(w, "\n"); break;
	case NODE_LINEBREAK:
		put(w, "<br");
		put(w, void_end(w));
		put(w, "\n");
		break;
	case NODE_CODE:
		put(w, "<code>");
		html_text(w->out, n->text);
		put(w, "</code>");
		break;
	case NODE_HTML_INLINE: put_raw(w, n); break;
	case NODE_EMPH: wrap(w, n, "em"); break;
	case NODE_STRONG: wrap(w, n, "strong"); break;
	case NODE_BLANK: put_blank(w, n); break;
	case NODE_STRIKE: wrap(w, n, "del"); break;
	case NODE_LINK: put_link(w, n); break;
	case NODE_IMAGE: put_image(w, n); break;
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
		put_inline(w, n);
}

static const struct link *
raw_link(const struct html_policy *p, const char *url, bool is_image)
{
	for (size_t i = 0; i < p->n_raw_links; i++) {
		const struct link *l = p->raw_links[i];
		if (l->is_image == is_image && strcmp(l->url, url) == 0)
			return l;
	}
	return NULL;
}

static bool
relink(GString *to, const char *url, bool is_image, size_t at, void *ctx)
{
	const struct writing *w = ctx;
	const struct link *l = raw_link(w->p, url, is_image);

	(void)at;
	return l && w->p->address(to, l, w->p->ctx);
}

/* Of width and height the other one, so that the shape is kept; 0: none. */
static unsigned
scaled(const char *given, unsigned this, unsigned other)
{
	char *end;
	unsigned long n = strtoul(given, &end, 10);

	if (end == given || *end || n == 0 || n > IMAGE_SIZE_MOST)
		return 0;
	return (unsigned)MAX((n * other + this / 2) / this, 1u);
}

/* What an image of Markdown has. */
static void
complete_image(GString *out, const struct html_image *image, void *ctx)
{
	struct writing *w = ctx;
	const struct link *l = raw_link(w->p, image->url, true);

	if (!w->p->with_sizes || !l || l->to.kind != TARGET_ASSET)
		return;
	const struct asset *a = l->to.asset;
	bool has_size = a->width && a->height;
	unsigned width = image->height && has_size
	    ? scaled(image->height, a->height, a->width)
	    : a->width;
	unsigned height = image->width && has_size
	    ? scaled(image->width, a->width, a->height)
	    : a->height;
	if (has_size && !image->width && width)
		g_string_append_printf(out, " width=\"%u\"", width);
	if (has_size && !image->height && height)
		g_string_append_printf(out, " height=\"%u\"", height);
	if (image->has_loading)
		return;
	/* What is settled with its paragraph is settled with the page again. */
	bool is_first = w->first_image ==
	    (w->is_settling_inlines ? NODE_HTML_INLINE : NODE_HTML_BLOCK);
	g_string_append(out,
	    is_first ? " loading=\"eager\"" : " loading=\"lazy\"");
	if (is_first)
		w->first_image = NODE_DOC;
}

static void
clean(struct writing *w, struct str raw, enum html_trust trust)
{
	struct html_clean how = { .trust = trust,
		.as_xml = w->p->markup == MARKUP_XHTML,
		.relink = relink,
		.image = complete_image,
		.ctx = w };

	html_clean(w->out, raw, &how);
}

/* What was written from `from` on is made well-formed if raw HTML is in it. */
static void
settle(struct writing *w, size_t from)
{
	if (!w->saw_raw)
		return;
	g_autofree char *raw = g_strndup(w->out->str + from,
	    w->out->len - from);
	g_string_truncate(w->out, from);
	clean(w, str_of(raw), w->p->trust);
	w->saw_raw = false;
}

static void
settle_inlines(struct writing *w, size_t from)
{
	w->is_settling_inlines = true;
	settle(w, from);
	w->is_settling_inlines = false;
}

/* Inlines of one block: raw tags that are left open end with it. */
static void
contained_inlines(struct writing *w, const struct node *parent)
{
	bool saw_before = w->saw_raw;
	size_t from = w->out->len;

	w->saw_raw = false;
	inlines(w, parent);
	settle_inlines(w, from);
	w->saw_raw = saw_before;
}

/* Blocks of a container: so do those. */
static void
contained_blocks(struct writing *w, const struct node *parent, bool is_tight)
{
	bool saw_before = w->saw_raw;
	size_t from = w->out->len;

	w->saw_raw = false;
	blocks(w, parent, is_tight);
	settle(w, from);
	w->saw_raw = saw_before;
}

static bool
is_lone_image(const struct node *para)
{
	return para->child && para->child->kind == NODE_IMAGE &&
	    !para->child->next;
}

/* Cleaned together with its tags, since raw HTML may end it: a <div> does. */
static void
put_plain_paragraph(struct writing *w, const struct node *n)
{
	bool saw_before = w->saw_raw;
	size_t from = w->out->len;

	w->saw_raw = false;
	put(w, "<p>");
	inlines(w, n);
	put(w, "</p>");
	settle_inlines(w, from);
	w->saw_raw = saw_before;
}

static void
put_paragraph(struct writing *w, const struct node *n, bool is_tight)
{
	if (is_tight) {
		contained_inlines(w, n);
		if (n->next)
			put(w, "\n");
	} else if (is_lone_image(n)) {
		put(w, "<figure>");
		contained_inlines(w, n);
		put(w, "</figure>\n");
	} else {
		put_plain_paragraph(w, n);
		put(w, "\n");
	}
}

/* Raw HTML may be one. */
static bool
has_link(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind == NODE_LINK || n->kind == NODE_FOOTNOTE_REF ||
		    n->kind == NODE_HTML_INLINE || has_link(n))
			return true;
	return false;
}

/* The page's title is its only h1. */
static unsigned
level_of(struct writing *w, const struct node *n)
{
	unsigned level = MAX(n->heading.level, 2u);

	if (w->p->heading_over == 0)
		return level;
	while (w->n_levels && w->levels[w->n_levels - 1] >= level)
		w->n_levels--;
	w->levels[w->n_levels++] = level;
	return MIN(w->p->heading_over + w->n_levels, HEADING_MOST);
}

static void
put_heading(struct writing *w, const struct node *n)
{
	unsigned level = level_of(w, n);
	bool has_id = w->p->with_ids && n->heading.id && n->heading.id[0];
	bool is_link = has_id && w->p->with_self_links && !has_link(n);

	g_string_append_printf(w->out, "<h%u", level);
	if (has_id)
		attr(w, "id", n->heading.id);
	put(w, ">");
	if (is_link) {
		put(w, "<a class=\"self\" href=\"#");
		g_string_append_uri_escaped(w->out, n->heading.id, NULL, FALSE);
		put(w, "\">");
	}
	contained_inlines(w, n);
	g_string_append_printf(w->out, is_link ? "</a></h%u>\n" : "</h%u>\n",
	    level);
}

static void
put_list(struct writing *w, const struct node *n)
{
	const char *tag = n->list.is_ordered ? "ol" : "ul";

	g_string_append_printf(w->out, "<%s", tag);
	if (n->list.is_ordered && n->list.start != 1)
		g_string_append_printf(w->out, " start=\"%d\"", n->list.start);
	put(w, ">\n");
	node_each(item, n) {
		if (item->item.box == BOX_NONE)
			put(w, "<li>");
		else
			put(w,
			    item->item.box == BOX_CHECKED
				? "<li class=\"task\"><span class=\"box\">☑</span> "
				: "<li class=\"task\"><span class=\"box\">☐</span> ");
		if (!n->list.is_tight)
			put(w, "\n");
		contained_blocks(w, item, n->list.is_tight);
		put(w, "</li>\n");
	}
	g_string_append_printf(w->out, "</%s>\n", tag);
}

static void
put_cell(struct writing *w, const struct node *cell)
{
	static const char *const classes[] = { "", " class=\"al\"",
		" class=\"ac\"", " class=\"ar\"" };

	put(w, cell->cell.is_head ? "<th scope=\"col\"" : "<td");
	put(w, classes[cell->cell.align]);
	put(w, ">");
	contained_inlines(w, cell);
	put(w, cell->cell.is_head ? "</th>" : "</td>");
}

static bool
is_empty_cell(const struct node *cell)
{
	return !cell || !cell->child;
}

static bool
has_head(const struct node *table)
{
	node_each(cell, table->child)
		if (!is_empty_cell(cell))
			return true;
	return false;
}

static void
put_row(struct writing *w, const struct node *row)
{
	put(w, "<tr>");
	node_each(cell, row)
		put_cell(w, cell);
	put(w, "</tr>\n");
}

static void
put_table(struct writing *w, const struct node *n)
{
	const struct node *body = n->child ? n->child->next : NULL;

	put(w,
	    w->p->with_tabindex
		? "<div class=\"scroll\" tabindex=\"0\"><table>\n"
		: "<div class=\"scroll\"><table>\n");
	if (n->table.caption) {
		put(w, "<caption>");
		contained_inlines(w, n->table.caption);
		put(w, "</caption>\n");
	}
	if (n->child && has_head(n)) {
		put(w, "<thead>\n");
		put_row(w, n->child);
		put(w, "</thead>\n");
	}
	if (body) {
		put(w, "<tbody>\n");
		for (; body; body = body->next)
			put_row(w, body);
		put(w, "</tbody>\n");
	}
	put(w, "</table></div>\n");
}

static enum word
callout_word(const char *kind)
{
	static const struct {
		const char *kind;
		enum word word;
	} known[] = { { "note", WORD_NOTE }, { "tip", WORD_TIP },
		{ "important", WORD_IMPORTANT }, { "warning", WORD_WARNING },
		{ "caution", WORD_CAUTION } };

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (strcmp(known[i].kind, kind) == 0)
			return known[i].word;
	return WORD_NOTE;
}

/* In a book a tip is an aside; doc-notice may not stand on one, so the others
 * are sections. https://www.w3.org/TR/dpub-aria-1.1/ */
static void
put_callout_title(struct writing *w, const struct callout *c)
{
	if (c->title)
		html_attr(w->out, str_of(c->title));
	else
		html_word(w->out, w->p->words, callout_word(c->kind), NULL,
		    NULL);
}

static void
put_callout(struct writing *w, const struct node *n)
{
	bool is_book = w->p->markup == MARKUP_XHTML;
	bool is_tip = strcmp(n->callout->marker, "tip") == 0;
	const char *tag = is_book && !is_tip ? "section" : "aside";
	/* As a note it is no landmark: a page has several of one title. */
	const char *role = !is_book ? " role=\"note\""
	    : is_tip                ? " epub:type=\"tip\" role=\"doc-tip\""
		     : " epub:type=\"notice\" role=\"doc-notice\"";

	/* No ids: callouts of several sources may stand on one page. */
	g_string_append_printf(w->out, "<%s class=\"note %s\"%s aria-label=\"",
	    tag, n->callout->kind, role);
	put_callout_title(w, n->callout);
	put(w, "\"><p class=\"note-t\">");
	put_callout_title(w, n->callout);
	put(w, "</p>\n");
	contained_blocks(w, n, false);
	g_string_append_printf(w->out, "</%s>\n", tag);
}

static void
put_listing(struct writing *w, const struct node *n, struct str lang,
    const struct fence *marks)
{
	put(w,
	    w->p->with_tabindex ? "<pre tabindex=\"0\"><code" : "<pre><code");
	if (lang.len) {
		put(w, " class=\"language-");
		html_attr(w->out, lang);
		put(w, "\"");
	}
	put(w, ">");
	if (w->p->with_colours)
		highlight(w->out, lang, n->code->text, marks);
	else
		html_text(w->out, n->code->text);
	put(w, "</code></pre>\n");
}

/* What a program drew, and below it what it was made of: who cannot see the
 * picture reads that. */
static void
put_drawn(struct writing *w, const struct node *n, const struct fence *fence)
{
	bool has_source = w->p->markup == MARKUP_HTML && w->p->with_tabindex;

	put(w, "<figure class=\"drawn\">");
	if (n->code->has_links)
		clean(w, n->code->drawn, HTML_SAFE);
	else
		text_add(w->out, n->code->drawn.p, n->code->drawn.len);
	if (fence->title || has_source)
		put(w, "<figcaption>");
	if (fence->title)
		html_textz(w->out, fence->title);
	if (has_source) {
		put(w, "<details><summary>");
		html_word(w->out, w->p->words, WORD_SOURCE_CODE, NULL, NULL);
		put(w, "</summary>\n");
		put_listing(w, n, fence->lang, NULL);
		put(w, "</details>");
	}
	if (fence->title || has_source)
		put(w, "</figcaption>");
	put(w, "</figure>\n");
}

static void
put_code(struct writing *w, const struct node *n)
{
	struct str info = str_of(n->code->info);
	struct fence fence = { .lang = str_upto(info,
				   strcspn(n->code->info, " \t,{")) };

	if (fence.lang.len == info.len && !n->code->drawn.len) {
		put_listing(w, n, fence.lang, NULL);
		return;
	}
	struct arena *a = arena_new();
	fence_parse(info, a, &fence);
	if (n->code->drawn.len) {
		put_drawn(w, n, &fence);
		arena_free(a);
		return;
	}
	if (fence.title) {
		put(w, "<figure class=\"code\"><figcaption>");
		html_textz(w->out, fence.title);
		put(w, "</figcaption>");
	}
	put_listing(w, n, fence.lang, &fence);
	put(w, fence.title ? "</figure>\n" : "");
	arena_free(a);
}

static void
put_block(struct writing *w, const struct node *n, bool is_tight)
{
	switch ((enum node_kind)n->kind) {
	case NODE_PARAGRAPH: put_paragraph(w, n, is_tight); break;
	case NODE_HEADING: put_heading(w, n); break;
	case NODE_QUOTE:
		put(w, "<blockquote>\n");
		contained_blocks(w, n, false);
		put(w, "</blockquote>\n");
		break;
	case NODE_CALLOUT: put_callout(w, n); break;
	case NODE_LIST:
		if (is_tight)
			put(w, "\n");
		put_list(w, n);
		break;
	case NODE_TABLE: put_table(w, n); break;
	case NODE_CODE_BLOCK: put_code(w, n); break;
	case NODE_HTML_BLOCK: put_raw(w, n); break;
	case NODE_RULE:
		put(w, "<hr");
		put(w, void_end(w));
		put(w, "\n");
		break;
	case NODE_DOC: blocks(w, n, false); break;
	case NODE_COMMENT: break;
	case NODE_QUIZ: break; /* html_blocks() draws it */
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
	case NODE_MATH_DISPLAY: put_inline(w, n); break;
	}
}

static void
blocks(struct writing *w, const struct node *parent, bool is_tight)
{
	node_each(n, parent)
		put_block(w, n, is_tight);
}

void
html_blocks(GString *out, const struct node *parent,
    const struct html_policy *p)
{
	struct writing w = { .out = out, .p = p };
	const size_t start = out->len;
	size_t from = start;

	if (p->blank)
		w.blanks = g_ptr_array_new();
	node_each(n, parent) {
		if (n->kind != NODE_QUIZ) {
			put_block(&w, n, false);
			continue;
		}
		settle(&w, from);
		if (p->quiz)
			p->quiz(out, n->quiz, p);
		from = out->len;
	}
	settle(&w, from);
	if (!w.blanks)
		return;
	draw_blanks(&w, start);
	g_ptr_array_free(w.blanks, TRUE);
}

void
html_inlines(GString *out, const struct node *parent,
    const struct html_policy *p)
{
	struct writing w = { .out = out, .p = p };
	size_t from = out->len;

	inlines(&w, parent);
	settle_inlines(&w, from);
}

bool
node_is_phrase(const struct node *parent)
{
	return parent->child && parent->child->kind == NODE_PARAGRAPH &&
	    !parent->child->next;
}

void
html_tight(GString *out, const struct node *parent, const struct html_policy *p)
{
	if (node_is_phrase(parent))
		html_inlines(out, parent->child, p);
	else
		html_blocks(out, parent, p);
}

void
html_note(GString *out, const struct footnote *note,
    const struct html_policy *p)
{
	struct writing w = { .out = out, .p = p };
	g_autofree char *no = g_strdup_printf("%u", note->number);

	if (p->with_notes)
		g_string_append_printf(out, "<li id=\"Fn-%s\" value=\"%s\">",
		    no, no);
	else
		g_string_append_printf(out, "<li value=\"%s\">", no);
	size_t from = out->len;
	blocks(&w, note->body, false);
	settle(&w, from);
	if (!p->with_notes) {
		put(&w, "</li>\n");
		return;
	}
	g_string_append_printf(out,
	    "<p><a class=\"back\" href=\"#Fnr-%s\" aria-label=\"", no);
	html_word(out, p->words, WORD_BACK_TO_NOTE, no, NULL);
	put(&w, "\">↩</a></p></li>\n");
}

void
html_footnotes(GString *out, const struct footnote *notes, size_t n,
    const struct html_policy *p)
{
	bool has_any = false;

	for (size_t i = 0; i < n; i++) {
		if (!notes[i].is_shown)
			continue;
		if (!has_any) {
			g_string_append(out,
			    "<section class=\"notes\" aria-labelledby=\"Notes\"><h2 id=\"Notes\">");
			html_word(out, p->words, WORD_FOOTNOTES, NULL, NULL);
			g_string_append(out, "</h2>\n<ol>\n");
		}
		has_any = true;
		html_note(out, &notes[i], p);
	}
	if (has_any)
		g_string_append(out, "</ol></section>\n");
}
