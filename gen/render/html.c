#include "render/html.h"

#include "book/book.h"
#include "render/highlight.h"
#include "render/html_own.h"

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
	writing_put(w, "<p>");
	writing_inlines(w, n);
	writing_put(w, "</p>");
	writing_settle_inlines(w, from);
	w->saw_raw = saw_before;
}

static void
put_paragraph(struct writing *w, const struct node *n, bool is_tight)
{
	if (is_tight) {
		writing_contained_inlines(w, n);
		if (n->next)
			writing_put(w, "\n");
	} else if (is_lone_image(n)) {
		const char *title = n->child->link->title;
		/* No pointer rests on the picture of a book. */
		w->is_captioned = w->p->markup == MARKUP_XHTML && title &&
		    title[0];
		writing_put(w, "<figure>");
		writing_contained_inlines(w, n);
		if (w->is_captioned) {
			writing_put(w, "<figcaption>");
			html_textz(w->out, title);
			writing_put(w, "</figcaption>");
		}
		w->is_captioned = false;
		writing_put(w, "</figure>\n");
	} else {
		put_plain_paragraph(w, n);
		writing_put(w, "\n");
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

static bool
is_formula(const struct node *parent)
{
	bool has_formula = false;

	node_each(n, parent) {
		bool is_math = n->kind == NODE_MATH ||
		    n->kind == NODE_MATH_DISPLAY;
		has_formula |= is_math;
		if (!is_math && (n->kind != NODE_TEXT || str_trim(n->text).len))
			return false;
	}
	return has_formula;
}

static void
put_heading(struct writing *w, const struct node *n)
{
	unsigned level = level_of(w, n);
	bool has_id = w->p->with_ids && n->heading.id && n->heading.id[0];
	bool is_link = has_id && w->p->with_self_links && !has_link(n);

	g_string_append_printf(w->out, "<h%u", level);
	if (has_id)
		writing_attr(w, "id", n->heading.id);
	/* MathML gives no name to what it stands in. */
	if (w->p->markup == MARKUP_XHTML && is_formula(n)) {
		g_autoptr(GString) name = g_string_new(NULL);
		node_text(name, n);
		writing_attr(w, "aria-label", name->str);
	}
	writing_put(w, ">");
	if (is_link) {
		writing_put(w, "<a class=\"self\" href=\"#");
		g_string_append_uri_escaped(w->out, n->heading.id, NULL, FALSE);
		writing_put(w, "\">");
	}
	w->is_in_link = is_link;
	writing_contained_inlines(w, n);
	w->is_in_link = false;
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
	writing_put(w, ">\n");
	node_each(item, n) {
		if (item->item.box == BOX_NONE)
			writing_put(w, "<li>");
		else
			writing_put(w,
			    item->item.box == BOX_CHECKED
				? "<li class=\"task\"><span class=\"box\">☑</span> "
				: "<li class=\"task\"><span class=\"box\">☐</span> ");
		if (!n->list.is_tight)
			writing_put(w, "\n");
		writing_contained_blocks(w, item, n->list.is_tight);
		writing_put(w, "</li>\n");
	}
	g_string_append_printf(w->out, "</%s>\n", tag);
}

static bool
is_empty_cell(const struct node *cell)
{
	return !cell || !cell->child;
}

/* What is empty heads nothing. */
static void
put_cell(struct writing *w, const struct node *cell, bool heads_row)
{
	static const char *const classes[] = { "", " class=\"al\"",
		" class=\"ac\"", " class=\"ar\"" };
	bool is_head = !is_empty_cell(cell) &&
	    (cell->cell.is_head || heads_row);

	writing_put(w,
	    !is_head                 ? "<td"
		: cell->cell.is_head ? "<th scope=\"col\""
				     : "<th scope=\"row\"");
	writing_put(w, classes[cell->cell.align]);
	writing_put(w, ">");
	writing_contained_inlines(w, cell);
	writing_put(w, is_head ? "</th>" : "</td>");
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
put_row(struct writing *w, const struct node *row, bool has_head)
{
	writing_put(w, "<tr>");
	node_each(cell, row)
		put_cell(w, cell, has_head && cell == row->child);
	writing_put(w, "</tr>\n");
}

static void
put_table(struct writing *w, const struct node *n)
{
	const struct node *body = n->child ? n->child->next : NULL;
	/* With nothing in its corner a table is headed at two sides. */
	const bool has_rows = n->child && has_head(n) &&
	    is_empty_cell(n->child->child);

	writing_put(w,
	    w->p->with_tabindex
		? "<div class=\"scroll\" tabindex=\"0\"><table>\n"
		: "<div class=\"scroll\"><table>\n");
	if (n->table.caption) {
		writing_put(w, "<caption>");
		writing_contained_inlines(w, n->table.caption);
		writing_put(w, "</caption>\n");
	}
	if (n->child && has_head(n)) {
		writing_put(w, "<thead>\n");
		put_row(w, n->child, false);
		writing_put(w, "</thead>\n");
	}
	if (body) {
		writing_put(w, "<tbody>\n");
		for (; body; body = body->next)
			put_row(w, body, has_rows);
		writing_put(w, "</tbody>\n");
	}
	writing_put(w, "</table></div>\n");
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
	writing_put(w, "\"><p class=\"note-t\">");
	put_callout_title(w, n->callout);
	writing_put(w, "</p>\n");
	writing_contained_blocks(w, n, false);
	g_string_append_printf(w->out, "</%s>\n", tag);
}

static void
put_listing(struct writing *w, const struct node *n, struct str lang,
    const struct fence *marks)
{
	/* The listings of a book wrap. */
	bool can_scroll = w->p->with_tabindex && w->p->markup == MARKUP_HTML;

	writing_put(w, can_scroll ? "<pre tabindex=\"0\"><code" : "<pre><code");
	if (lang.len) {
		writing_put(w, " class=\"language-");
		html_attr(w->out, lang);
		writing_put(w, "\"");
	}
	writing_put(w, ">");
	if (w->p->with_colours)
		highlight(w->out, lang, n->code->text, marks);
	else
		html_text(w->out, n->code->text);
	writing_put(w, "</code></pre>\n");
}

/* What a program drew, and below it what it was made of: who cannot see the
 * picture reads that. */
static void
put_drawn(struct writing *w, const struct node *n, const struct fence *fence)
{
	bool has_source = w->p->markup == MARKUP_HTML && w->p->with_tabindex;

	writing_put(w, "<figure class=\"drawn\">");
	if (n->code->has_links)
		writing_clean(w, n->code->drawn, HTML_SAFE);
	else
		text_add(w->out, n->code->drawn.p, n->code->drawn.len);
	if (fence->title || has_source)
		writing_put(w, "<figcaption>");
	if (fence->title)
		html_textz(w->out, fence->title);
	if (has_source) {
		writing_put(w, "<details><summary>");
		html_word(w->out, w->p->words, WORD_SOURCE_CODE, NULL, NULL);
		writing_put(w, "</summary>\n");
		put_listing(w, n, fence->lang, NULL);
		writing_put(w, "</details>");
	}
	if (fence->title || has_source)
		writing_put(w, "</figcaption>");
	writing_put(w, "</figure>\n");
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
		writing_put(w, "<figure class=\"code\"><figcaption>");
		html_textz(w->out, fence.title);
		writing_put(w, "</figcaption>");
	}
	put_listing(w, n, fence.lang, &fence);
	writing_put(w, fence.title ? "</figure>\n" : "");
	arena_free(a);
}

static void
put_block(struct writing *w, const struct node *n, bool is_tight)
{
	switch ((enum node_kind)n->kind) {
	case NODE_PARAGRAPH: put_paragraph(w, n, is_tight); break;
	case NODE_HEADING: put_heading(w, n); break;
	case NODE_QUOTE:
		writing_put(w, "<blockquote>\n");
		writing_contained_blocks(w, n, false);
		writing_put(w, "</blockquote>\n");
		break;
	case NODE_CALLOUT: put_callout(w, n); break;
	case NODE_LIST:
		if (is_tight)
			writing_put(w, "\n");
		put_list(w, n);
		break;
	case NODE_TABLE: put_table(w, n); break;
	case NODE_CODE_BLOCK: put_code(w, n); break;
	case NODE_HTML_BLOCK: writing_raw(w, n); break;
	case NODE_RULE:
		writing_put(w, "<hr");
		writing_put(w, writing_void_end(w));
		writing_put(w, "\n");
		break;
	case NODE_DOC: writing_blocks(w, n, false); break;
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
	case NODE_MATH_DISPLAY: writing_inline(w, n); break;
	}
}

void
writing_blocks(struct writing *w, const struct node *parent, bool is_tight)
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

	w.draws_blanks = p->blank != NULL;
	node_each(n, parent) {
		if (n->kind != NODE_QUIZ) {
			put_block(&w, n, false);
			continue;
		}
		writing_settle(&w, from);
		if (p->quiz)
			p->quiz(out, n->quiz, p);
		from = out->len;
	}
	writing_settle(&w, from);
	if (!w.blanks)
		return;
	writing_draw_blanks(&w, start);
	g_ptr_array_free(w.blanks, TRUE);
}

void
html_inlines(GString *out, const struct node *parent,
    const struct html_policy *p)
{
	struct writing w = { .out = out, .p = p };
	size_t from = out->len;

	writing_inlines(&w, parent);
	writing_settle_inlines(&w, from);
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
	writing_blocks(&w, note->body, false);
	writing_settle(&w, from);
	if (!p->with_notes) {
		writing_put(&w, "</li>\n");
		return;
	}
	g_string_append_printf(out,
	    "<p><a class=\"back\" href=\"#Fnr-%s\" aria-label=\"", no);
	html_word(out, p->words, WORD_BACK_TO_NOTE, no, NULL);
	writing_put(&w, "\">↩</a></p></li>\n");
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
