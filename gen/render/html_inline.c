/* Inlines: links, images, formulas, what stands in a line of text. */
#include "book/book.h"
#include "render/html_own.h"

/* Stands for a blank, with its number between, until all raw HTML around it
 * is clean: fields would not come through. The last two code points for
 * private use. https://www.unicode.org/faq/private_use.html */
#define BLANK_BEGIN "\xf4\x8f\xbf\xbc"
#define BLANK_END "\xf4\x8f\xbf\xbd"

void
writing_attr(struct writing *w, const char *name, const char *value)
{
	writing_put(w, " ");
	writing_put(w, name);
	writing_put(w, "=\"");
	html_attr(w->out, str_of(value));
	writing_put(w, "\"");
}

const char *
writing_void_end(const struct writing *w)
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
			writing_put(w, "&amp;");
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
		writing_put(w, n->link->is_term ? "<a class=\"term\"" : "<a");
		if (n->link->is_term && w->p->markup == MARKUP_XHTML)
			writing_put(w,
			    " epub:type=\"glossref\" role=\"doc-glossref\"");
		writing_put(w, " href=\"");
		put_address(w, address);
		writing_put(w, "\"");
		if (n->link->to.kind == TARGET_TRANSLATION)
			writing_attr(w, "hreflang", n->link->to.page->lang);
		if (n->link->title)
			writing_attr(w, "title", n->link->title);
		writing_put(w, ">");
	}
	w->is_in_link = has_address;
	writing_inlines(w, n);
	w->is_in_link = false;
	if (has_address)
		writing_put(w, "</a>");
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
		writing_put(w, " loading=\"lazy\"");
	else if (w->p->n_raw_links)
		writing_put(w, " loading=\"eager\""); /* see complete_image() */
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
	writing_put(w, "<img src=\"");
	put_address(w, address);
	writing_put(w, "\" alt=\"");
	html_attr(w->out, (struct str){ alt->str, alt->len });
	writing_put(w, "\"");
	if (n->link->title && !w->is_captioned)
		writing_attr(w, "title", n->link->title);
	if (w->p->with_sizes && n->link->to.kind == TARGET_ASSET)
		put_size(w, n->link->to.asset);
	writing_put(w, writing_void_end(w));
}

static void
put_note_ref(struct writing *w, const struct node *n)
{
	unsigned no = n->footnote->number;

	if (!w->p->with_notes) {
		g_string_append_printf(w->out, "<sup>%u</sup>", no);
		return;
	}
	writing_put(w, "<sup><a class=\"ref\"");
	if (w->p->markup == MARKUP_XHTML)
		writing_put(w, " epub:type=\"noteref\" role=\"doc-noteref\"");
	g_string_append_printf(w->out, " href=\"#Fn-%u\"", no);
	/* The note's way back leads to its first reference. */
	if (n->footnote->first == n)
		g_string_append_printf(w->out, " id=\"Fnr-%u\"", no);
	g_string_append_printf(w->out, ">%u</a></sup>", no);
}

static void
wrap(struct writing *w, const struct node *n, const char *tag)
{
	writing_put(w, "<");
	writing_put(w, tag);
	writing_put(w, ">");
	writing_inlines(w, n);
	writing_put(w, "</");
	writing_put(w, tag);
	writing_put(w, ">");
}

static void
put_blank(struct writing *w, const struct node *n)
{
	if (!w->draws_blanks) {
		wrap(w, n, "strong");
		return;
	}
	if (!w->blanks)
		w->blanks = g_ptr_array_new();
	g_string_append_printf(w->out, BLANK_BEGIN "%u" BLANK_END,
	    w->blanks->len);
	g_ptr_array_add(w->blanks, (struct node *)(uintptr_t)n);
}

/* Draws the blanks behind `from` in place of their tokens. */
void
writing_draw_blanks(struct writing *w, size_t from)
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
			writing_put(w, " ");
	}
}

/* What renders formulas finds them by "\\(" and "\\[" in any text but code; an
 * element in between keeps them apart.
 * https://docs.mathjax.org/en/latest/options/input/tex.html */
static void
put_text(struct writing *w, struct str text)
{
	const GString *out = w->out;
	bool is_behind = out->len && out->str[out->len - 1] == '\\';

	while (w->p->with_tex) {
		if (is_behind && text.len && strchr("()[]", text.p[0]))
			writing_put(w, "<span></span>");
		const size_t end = str_find(text, '\\') + 1;
		if (end > text.len)
			break;
		html_text(w->out, str_upto(text, end));
		text = str_from(text, end);
		is_behind = true;
	}
	html_text(w->out, text);
}

static void
put_math(struct writing *w, const struct node *n)
{
	bool is_display = n->kind == NODE_MATH_DISPLAY;
	/* What a label or a link holds cannot be focused by itself. */
	bool can_scroll = is_display && w->p->with_tabindex &&
	    !w->p->with_math_words && !w->is_in_link;

	if (w->p->with_tex) {
		writing_put(w, is_display ? "\\[" : "\\(");
		put_tex(w, n->text);
		writing_put(w, is_display ? "\\]" : "\\)");
		return;
	}
	if (n->child && w->p->with_math_words) {
		writing_put(w, "<span class=\"vh\">");
		html_text(w->out, n->text);
		writing_put(w, "</span><span aria-hidden=\"true\">");
	}
	if (n->child) {
		/* A formula that scrolled by itself could not be focused. */
		if (can_scroll)
			writing_put(w,
			    "<span class=\"scroll\" tabindex=\"0\">");
		text_add(w->out, n->child->text.p, n->child->text.len);
		writing_put(w,
		    can_scroll || w->p->with_math_words ? "</span>" : "");
		return;
	}
	writing_put(w,
	    is_display ? "<code class=\"math display\">"
		       : "<code class=\"math inline\">");
	html_text(w->out, n->text);
	writing_put(w, "</code>");
}

/* As it stands: writing_settle() cleans it. */
void
writing_raw(struct writing *w, const struct node *n)
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

void
writing_inline(struct writing *w, const struct node *n)
{
	switch ((enum node_kind)n->kind) {
	case NODE_TEXT: put_text(w, n->text); break;
	case NODE_SOFTBREAK: writing_put(w, "\n"); break;
	case NODE_LINEBREAK:
		writing_put(w, "<br");
		writing_put(w, writing_void_end(w));
		writing_put(w, "\n");
		break;
	case NODE_CODE:
		writing_put(w, "<code>");
		html_text(w->out, n->text);
		writing_put(w, "</code>");
		break;
	case NODE_HTML_INLINE: writing_raw(w, n); break;
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

void
writing_inlines(struct writing *w, const struct node *parent)
{
	node_each(n, parent)
		writing_inline(w, n);
}
