#include "write/tree_json.h"

#include "book/book.h"

enum {
	RUN_BYTES = 1000 /* of the HTML of a run, at first */
};

static void
put_children(struct json *j, const char *key, const struct node *parent);

bool
tree_address(GString *out, const struct link *l, const void *ctx)
{
	(void)ctx;
	switch (l->to.kind) {
	case TARGET_NONE: return false;
	case TARGET_URL: g_string_append(out, l->to.url); return true;
	case TARGET_ASSET:
		g_string_append(out, l->to.asset->address);
		return true;
	case TARGET_PAGE:
	case TARGET_TRANSLATION: break;
	}
	g_string_append_printf(out, "%s.html", l->to.page->address);
	if (l->to.anchor)
		g_string_append_printf(out, "#%s", l->to.anchor);
	return true;
}

const char *
tree_type(enum node_kind kind)
{
	switch (kind) {
	case NODE_DOC: return "group";
	case NODE_QUOTE: return "quote";
	case NODE_CALLOUT: return "callout";
	case NODE_LIST: return "list";
	case NODE_ITEM: return "item";
	case NODE_TABLE: return "table";
	case NODE_ROW: return "row";
	case NODE_CELL: return "cell";
	case NODE_FOOTNOTE: return "footnote";
	case NODE_PARAGRAPH: return "paragraph";
	case NODE_HEADING: return "heading";
	case NODE_CODE_BLOCK: return "code_block";
	case NODE_HTML_BLOCK: return "html_block";
	case NODE_RULE: return "rule";
	case NODE_COMMENT: return "comment";
	case NODE_QUIZ: return "quiz";
	case NODE_TEXT: return "text";
	case NODE_SOFTBREAK: return "softbreak";
	case NODE_LINEBREAK: return "linebreak";
	case NODE_CODE: return "code";
	case NODE_HTML_INLINE: return "html";
	case NODE_EMPH: return "emphasis";
	case NODE_STRONG: return "strong";
	case NODE_BLANK: return "blank";
	case NODE_STRIKE: return "strike";
	case NODE_LINK: return "link";
	case NODE_IMAGE: return "image";
	case NODE_FOOTNOTE_REF: return "footnote_ref";
	case NODE_MATH:
	case NODE_MATH_DISPLAY: return "math";
	}
	return "";
}

bool
tree_has_type(const char *type)
{
	for (int i = 0; i < NODE_KIND_COUNT; i++)
		if (strcmp(tree_type((enum node_kind)i), type) == 0)
			return true;
	return false;
}

void
tree_target(struct json *j, const char *key, const struct target *t)
{
	static const char *const kinds[] = { "none", "url", "page",
		"translation", "asset" };

	json_key(j, key);
	json_open(j, '{');
	json_add(j, "kind", kinds[t->kind]);
	if (t->kind == TARGET_URL)
		json_add(j, "url", t->url);
	if (t->kind == TARGET_ASSET)
		json_add(j, "asset", t->asset->path);
	if (t->page) {
		json_add(j, "page", t->page->address);
		json_add(j, "anchor", t->anchor);
	}
	if (t->kind == TARGET_TRANSLATION)
		json_add(j, "lang", t->page->lang);
	json_close(j, '}');
}

static void
put_link(struct json *j, const struct link *l)
{
	json_add(j, "url", l->url);
	json_add(j, "title", l->title);
	tree_target(j, "target", &l->to);
}

static void
put_comment(struct json *j, const struct comment *c)
{
	json_add(j, "word", c->word);
	json_add(j, "value", c->value);
	json_key(j, "keys");
	json_open(j, '{');
	for (size_t i = 0; i < c->n_keys; i++)
		json_add(j, c->keys[i], c->values[i]);
	json_close(j, '}');
}

static void
put_text(struct json *j, struct str s)
{
	json_key(j, "text");
	json_str(j, s);
}

/* What a node has besides its children. */
static void
put_fields(struct json *j, const struct node *n)
{
	static const char *const aligns[] = { NULL, "left", "center", "right" };

	switch ((enum node_kind)n->kind) {
	case NODE_HEADING:
		json_add_int(j, "level", n->heading.level);
		json_add(j, "id", n->heading.id);
		break;
	case NODE_CALLOUT:
		json_add(j, "kind", n->callout->kind);
		json_add(j, "marker", n->callout->marker);
		json_add(j, "title", n->callout->title);
		break;
	case NODE_LIST:
		json_add_bool(j, "ordered", n->list.is_ordered);
		json_add_bool(j, "tight", n->list.is_tight);
		if (n->list.is_ordered)
			json_add_int(j, "start", n->list.start);
		break;
	case NODE_ITEM:
		if (n->item.box != BOX_NONE)
			json_add_bool(j, "checked", n->item.box == BOX_CHECKED);
		break;
	case NODE_TABLE:
		if (n->table.caption)
			put_children(j, "caption", n->table.caption);
		break;
	case NODE_CELL:
		json_add(j, "align", aligns[n->cell.align]);
		json_add_bool(j, "head", n->cell.is_head);
		break;
	case NODE_CODE_BLOCK:
		json_add(j, "info", n->code->info);
		put_text(j, n->code->text);
		break;
	case NODE_TEXT:
	case NODE_CODE:
	case NODE_HTML_BLOCK:
	case NODE_HTML_INLINE: put_text(j, n->text); break;
	case NODE_MATH:
	case NODE_MATH_DISPLAY:
		put_text(j, n->text);
		json_add_bool(j, "display", n->kind == NODE_MATH_DISPLAY);
		json_key(j, "mathml");
		if (n->child)
			json_str(j, n->child->text);
		else
			json_strz(j, NULL);
		break;
	case NODE_LINK:
	case NODE_IMAGE: put_link(j, n->link); break;
	case NODE_COMMENT: put_comment(j, n->comment); break;
	case NODE_FOOTNOTE_REF:
		json_add_int(j, "number", n->footnote->number);
		break;
	case NODE_QUIZ: json_add(j, "quiz", n->quiz->id); break;
	case NODE_BLANK: json_add_int(j, "number", n->blank->number); break;
	case NODE_DOC:
	case NODE_QUOTE:
	case NODE_ROW:
	case NODE_FOOTNOTE:
	case NODE_PARAGRAPH:
	case NODE_RULE:
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK:
	case NODE_EMPH:
	case NODE_STRONG:
	case NODE_STRIKE: break;
	}
}

/* What a reader shows that does not know the type: types may be added within a
 * version. Those that every reader of Markdown knows do without. */
static void
put_fallback(struct json *j, const struct node *n)
{
	g_autoptr(GString) s = g_string_new(NULL);

	switch ((enum node_kind)n->kind) {
	case NODE_CALLOUT:
		if (n->callout->title)
			g_string_append_printf(s, "%s: ", n->callout->title);
		node_text(s, n);
		break;
	case NODE_MATH:
	case NODE_MATH_DISPLAY:
		g_string_append_len(s, n->text.p, (gssize)n->text.len);
		break;
	case NODE_FOOTNOTE_REF:
		g_string_append_printf(s, "[%u]", n->footnote->number);
		break;
	case NODE_QUIZ: g_string_append(s, n->quiz->title); break;
	case NODE_BLANK: g_string_append(s, "____"); break;
	case NODE_COMMENT:
	case NODE_HTML_BLOCK:
	case NODE_HTML_INLINE: break;
	case NODE_DOC:
	case NODE_QUOTE:
	case NODE_LIST:
	case NODE_ITEM:
	case NODE_TABLE:
	case NODE_ROW:
	case NODE_CELL:
	case NODE_FOOTNOTE:
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_CODE_BLOCK:
	case NODE_RULE:
	case NODE_TEXT:
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK:
	case NODE_CODE:
	case NODE_EMPH:
	case NODE_STRONG:
	case NODE_STRIKE:
	case NODE_LINK:
	case NODE_IMAGE: return;
	}
	json_key(j, "fallback");
	json_str(j, str_trim((struct str){ s->str, s->len }));
}

/* Most nodes are one of these two: written at once, since there are so many. */
static bool
put_plain(struct json *j, const struct node *n)
{
	if (n->kind == NODE_TEXT)
		json_wrapped(j, STR_LIT("{\"type\":\"text\",\"text\":"),
		    n->text, '}');
	else if (n->kind == NODE_SOFTBREAK)
		json_raw(j, STR_LIT("{\"type\":\"softbreak\"}"));
	else
		return false;
	return true;
}

static void
put_node(struct json *j, const struct node *n)
{
	if (put_plain(j, n))
		return;
	json_open(j, '{');
	json_add(j, "type", tree_type((enum node_kind)n->kind));
	if (n->kind <= NODE_QUIZ)
		json_add_int(j, "line", n->line);
	put_fields(j, n);
	if (n->child && n->kind != NODE_MATH && n->kind != NODE_MATH_DISPLAY)
		put_children(j, "children", n);
	put_fallback(j, n);
	json_close(j, '}');
}

static void
put_children(struct json *j, const char *key, const struct node *parent)
{
	json_key(j, key);
	json_open(j, '[');
	node_each(n, parent)
		put_node(j, n);
	json_close(j, ']');
}

static void
put_run(struct json *j, const struct node *parent, const struct html_policy *p,
    bool is_phrase)
{
	if (!parent) {
		json_strz(j, NULL);
		return;
	}
	g_autoptr(GString) s = g_string_sized_new(RUN_BYTES);
	json_open(j, '{');
	put_children(j, is_phrase ? "inlines" : "blocks", parent);
	node_text(s, parent);
	put_text(j, str_trim((struct str){ s->str, s->len }));
	g_string_truncate(s, 0);
	if (is_phrase)
		html_inlines(s, parent, p);
	else
		html_blocks(s, parent, p);
	json_key(j, "html");
	json_str(j, (struct str){ s->str, s->len });
	json_close(j, '}');
}

void
tree_content(struct json *j, const struct node *parent,
    const struct html_policy *p)
{
	put_run(j, parent, p, false);
}

void
tree_phrase(struct json *j, const struct node *parent,
    const struct html_policy *p)
{
	put_run(j, parent, p, true);
}
