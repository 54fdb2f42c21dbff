#include "doc/box.h"

enum box
box_read(const struct doc *doc, const struct node *n)
{
	struct str s = str_from(doc_line(doc, n->line),
	    n->col ? n->col - 1 : 0);
	size_t i = 0;

	while (i < s.len && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	if (i == s.len || !strchr("-+*.)", s.p[i]))
		return BOX_NONE;
	s = str_from(s, i + 1);
	while (s.len && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_from(s, 1);
	if (s.len < 3 || s.p[0] != '[' || s.p[2] != ']' ||
	    (s.len > 3 && !is_space(s.p[3])))
		return BOX_NONE;
	if (s.p[1] == ' ')
		return BOX_OPEN;
	return s.p[1] == 'x' || s.p[1] == 'X' ? BOX_CHECKED : BOX_NONE;
}

void
box_strip(struct node *n)
{
	struct node *para = n->child;

	if (!para || para->kind != NODE_PARAGRAPH || !para->child ||
	    para->child->kind != NODE_TEXT)
		return;
	struct str *s = &para->child->text;
	if (s->len >= 3 && s->p[0] == '[' && s->p[2] == ']')
		*s = str_from(*s, 3);
	while (s->len && is_space(s->p[0]))
		*s = str_from(*s, 1);
}
