#include "render/paper.h"

void
paper_letter(GString *out, size_t place)
{
	if (place >= 26)
		paper_letter(out, place / 26 - 1);
	g_string_append_c(out, (char)('A' + place % 26));
}

const struct node *
paper_offered(const struct question *q, size_t place)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: return q->options[q->shown[place]].content;
	case QUESTION_ORDER: return q->pairs[q->shown[place]].left;
	case QUESTION_MATCH: return q->pairs[q->shown[place]].right;
	case QUESTION_TEXT:
	case QUESTION_NUMBER:
	case QUESTION_MATRIX:
	case QUESTION_CLOZE:
	case QUESTION_KIND_COUNT: break;
	}
	return NULL;
}

size_t
paper_place(const struct question *q, size_t i)
{
	size_t at = 0;

	while (at + 1 < q->n_shown && q->shown[at] != i)
		at++;
	return at;
}

void
paper_right(GString *out, const struct question *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n_options; i++) {
		if (!q->options[q->shown[i]].is_correct)
			continue;
		g_string_append(out, n++ ? ", " : "");
		paper_letter(out, i);
	}
	for (size_t i = 0; i < q->n_pairs; i++) {
		const struct pairing *pair = &q->pairs[i];
		if (!pair->left)
			continue;
		g_string_append(out, n++ ? ", " : "");
		if (pair->right)
			g_string_append_printf(out, "%zu ", n);
		paper_letter(out, paper_place(q, pair->right ? pair->same : i));
	}
}

const struct option *
paper_only_right(const struct question *q)
{
	const struct option *right = NULL;

	for (size_t i = 0; i < q->n_options; i++) {
		if (!q->options[i].is_correct)
			continue;
		if (right)
			return NULL;
		right = &q->options[i];
	}
	return right;
}

const char *
paper_source(const struct link *l)
{
	switch (l->to.kind) {
	case TARGET_PAGE:
	case TARGET_TRANSLATION: return l->to.page->title;
	case TARGET_ASSET: return l->to.asset->address;
	case TARGET_URL:
	case TARGET_NONE: break;
	}
	return l->url;
}

unsigned
paper_level_behind(const struct node *text, unsigned level)
{
	node_each(n, text)
		if (n->kind == NODE_HEADING)
			level = MAX(n->heading.level, 2u);
	return level;
}

unsigned
paper_level(const struct doc *doc, const struct quiz *quiz)
{
	unsigned level = 1;

	node_each(n, doc->body) {
		if (n->kind == NODE_HEADING)
			level = MAX(n->heading.level, 2u);
		if (n->kind == NODE_QUIZ && n->quiz == quiz)
			break;
	}
	return level;
}
