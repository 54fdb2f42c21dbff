/* Services that look at document trees. */
#include "write/plugin/plugin_own.h"
#include "write/tree_json.h"

static const struct node *
node_of(const struct ergen_node *handle)
{
	return (const struct node *)handle;
}

static enum node_kind
kind_of(const struct node *n)
{
	return (enum node_kind)n->kind;
}

static bool
is_math(const struct node *n)
{
	return n->kind == NODE_MATH || n->kind == NODE_MATH_DISPLAY;
}

static bool
is_link(const struct node *n)
{
	return n->kind == NODE_LINK || n->kind == NODE_IMAGE;
}

/* The MathML of a formula is no part of the tree, as in the schema. */
const struct ergen_node *
look_node_child(const struct ergen_node *node)
{
	const struct node *n = node_of(node);

	return is_math(n) ? NULL : (const struct ergen_node *)n->child;
}

const struct ergen_node *
look_node_next(const struct ergen_node *node)
{
	return (const struct ergen_node *)node_of(node)->next;
}

static struct ergen_str
str_of_node(struct str s)
{
	return (struct ergen_str){ s.p ? s.p : "", s.len };
}

/* What it says itself, or what is below it. */
static struct ergen_str
text_of(struct ergen_call *c, const struct node *n)
{
	switch (kind_of(n)) {
	case NODE_TEXT:
	case NODE_CODE:
	case NODE_HTML_BLOCK:
	case NODE_HTML_INLINE:
	case NODE_MATH:
	case NODE_MATH_DISPLAY: return str_of_node(n->text);
	case NODE_CODE_BLOCK: return str_of_node(n->code->text);
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK: return plugin_str(" ");
	case NODE_QUIZ: return plugin_str(n->quiz->title);
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
	case NODE_RULE:
	case NODE_COMMENT:
	case NODE_EMPH:
	case NODE_STRONG:
	case NODE_BLANK:
	case NODE_STRIKE:
	case NODE_LINK:
	case NODE_IMAGE:
	case NODE_FOOTNOTE_REF: break;
	}
	return plugin_plain(c, n);
}

static struct ergen_str
address_of(struct ergen_call *c, const struct node *n)
{
	g_autoptr(GString) address = g_string_new(NULL);

	if (!is_link(n) || !tree_address(address, n->link, NULL))
		return plugin_str(NULL);
	return plugin_take(c, address);
}

static struct ergen_str
title_of(const struct node *n)
{
	if (n->kind == NODE_CALLOUT)
		return plugin_str(n->callout->title);
	return plugin_str(is_link(n) ? n->link->title : NULL);
}

struct ergen_str
look_node_text(struct ergen_call *c, const struct ergen_node *node,
    uint32_t what)
{
	const struct node *n = node_of(node);
	const enum node_kind kind = kind_of(n);

	switch (what) {
	case ERGEN_NODE_TYPE: return plugin_str(tree_type(kind));
	case ERGEN_NODE_TEXT: return text_of(c, n);
	case ERGEN_NODE_ADDRESS: return address_of(c, n);
	case ERGEN_NODE_URL:
		return plugin_str(is_link(n) ? n->link->url : NULL);
	case ERGEN_NODE_TITLE: return title_of(n);
	case ERGEN_NODE_ID:
		return plugin_str(kind == NODE_HEADING ? n->heading.id : NULL);
	case ERGEN_NODE_INFO:
		return plugin_str(
		    kind == NODE_CODE_BLOCK ? n->code->info : NULL);
	case ERGEN_NODE_KIND:
		return plugin_str(
		    kind == NODE_CALLOUT ? n->callout->kind : NULL);
	case ERGEN_NODE_MATHML:
		return is_math(n) && n->child ? str_of_node(n->child->text)
					      : plugin_str(NULL);
	case ERGEN_NODE_QUIZ:
		return plugin_str(kind == NODE_QUIZ ? n->quiz->id : NULL);
	default: return plugin_str(NULL);
	}
}

/* -1: neither a reference to a note nor a blank. */
static int64_t
number_of(const struct node *n)
{
	if (n->kind == NODE_BLANK)
		return n->blank->number;
	return n->kind == NODE_FOOTNOTE_REF ? (int64_t)n->footnote->number : -1;
}

int64_t
look_node_number(const struct ergen_node *node, uint32_t what)
{
	const struct node *n = node_of(node);
	const bool is_list = n->kind == NODE_LIST,
		   is_cell = n->kind == NODE_CELL;

	switch (what) {
	case ERGEN_NODE_LINE:
		return n->kind <= NODE_QUIZ ? (int64_t)n->line : -1;
	case ERGEN_NODE_LEVEL:
		return n->kind == NODE_HEADING ? n->heading.level : -1;
	case ERGEN_NODE_ORDERED: return is_list ? n->list.is_ordered : -1;
	case ERGEN_NODE_START:
		return is_list && n->list.is_ordered ? n->list.start : -1;
	case ERGEN_NODE_TIGHT: return is_list ? n->list.is_tight : -1;
	case ERGEN_NODE_CHECKED:
		return n->kind == NODE_ITEM && n->item.box != BOX_NONE
		    ? n->item.box == BOX_CHECKED
		    : -1;
	case ERGEN_NODE_HEAD: return is_cell ? n->cell.is_head : -1;
	case ERGEN_NODE_ALIGN: return is_cell ? n->cell.align : -1;
	case ERGEN_NODE_NUMBER: return number_of(n);
	case ERGEN_NODE_DISPLAY:
		return is_math(n) ? n->kind == NODE_MATH_DISPLAY : -1;
	default: return -1;
	}
}

const struct ergen_asset *
look_node_asset(const struct ergen_node *node)
{
	const struct node *n = node_of(node);

	return is_link(n) && n->link->to.kind == TARGET_ASSET
	    ? (const struct ergen_asset *)n->link->to.asset
	    : NULL;
}
