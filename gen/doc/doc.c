#include "doc/doc.h"

struct str
doc_line(const struct doc *doc, unsigned line)
{
	if (line == 0 || line > doc->n_lines)
		return (struct str){ "", 0 };
	struct str rest = str_from(doc->origin->text,
	    doc->line_starts[line - 1]);
	return str_line(&rest);
}

struct node *
node_new(struct arena *a, enum node_kind kind, const struct node *at)
{
	struct node *n = arena_obj(a, struct node);

	n->kind = (unsigned char)kind;
	n->line = at->line;
	n->col = at->col;
	return n;
}

static bool
is_block(const struct node *n)
{
	return n->kind <= NODE_QUIZ;
}

void
node_text(GString *out, const struct node *parent)
{
	node_each(n, parent) {
		if (is_block(n) && out->len && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
		switch ((enum node_kind)n->kind) {
		case NODE_TEXT:
		case NODE_CODE:
		case NODE_MATH:
		case NODE_MATH_DISPLAY:
			g_string_append_len(out, n->text.p,
			    (gssize)n->text.len);
			break;
		case NODE_SOFTBREAK:
		case NODE_LINEBREAK: g_string_append_c(out, ' '); break;
		case NODE_CODE_BLOCK:
			g_string_append_len(out, n->code->text.p,
			    (gssize)n->code->text.len);
			break;
		case NODE_HTML_BLOCK:
		case NODE_HTML_INLINE:
		case NODE_RULE:
		case NODE_COMMENT:
		case NODE_QUIZ:
		case NODE_FOOTNOTE_REF: break;
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
		case NODE_EMPH:
		case NODE_STRONG:
		case NODE_BLANK:
		case NODE_STRIKE:
		case NODE_LINK:
		case NODE_IMAGE: node_text(out, n); break;
		}
	}
}
