#include "doc/caption.h"

static const char word[] = "Table:";

/* Whoever walks the tree does not come by a caption: what needs a second look
 * stays a paragraph. */
static bool
is_simple(const struct node *parent)
{
	node_each(n, parent)
		switch ((enum node_kind)n->kind) {
		case NODE_TEXT:
		case NODE_SOFTBREAK:
		case NODE_CODE:
		case NODE_MATH:
		case NODE_MATH_DISPLAY: break;
		case NODE_EMPH:
		case NODE_STRONG:
		case NODE_LINK:
			if (!is_simple(n))
				return false;
			break;
		default: return false;
		}
	return true;
}

static bool
is_caption(const struct node *n)
{
	const struct node *first = n->child;

	return n->kind == NODE_PARAGRAPH && n->next && is_simple(n) &&
	    n->next->kind == NODE_TABLE && first && first->kind == NODE_TEXT &&
	    str_starts(first->text, word) &&
	    (first->next ||
		str_trim(str_from(first->text, strlen(word))).len > 0);
}

void
captions_take(struct node *parent)
{
	for (struct node **at = &parent->child; *at; at = &(*at)->next) {
		struct node *n = *at;
		if (is_caption(n)) {
			struct str text = str_from(n->child->text,
			    strlen(word));
			while (text.len && text.p[0] == ' ')
				text = str_from(text, 1);
			n->child->text = text;
			*at = n->next;
			n->next->table.caption = n;
			n->next = NULL;
		} else if (n->kind < NODE_TABLE) {
			captions_take(n);
		}
	}
}
