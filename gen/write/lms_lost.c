#include "write/lms.h"

bool
lms_has_hints(const struct question *q)
{
	return q->n_hints > 0;
}

typedef bool node_test(const struct node *n);

static bool
is_image(const struct node *n)
{
	return n->kind == NODE_IMAGE;
}

static bool
is_drawing(const struct node *n)
{
	return n->kind == NODE_CODE_BLOCK && n->code->drawn.len > 0;
}

struct search {
	node_test *is_found;
	bool has_found;
};

static bool
has_node(const struct node *parent, node_test *is_found)
{
	node_each(n, parent)
		if (is_found(n) || has_node(n, is_found))
			return true;
	return false;
}

static void
search_tree(const struct node *tree, bool is_answer, void *ctx)
{
	struct search *s = ctx;

	(void)is_answer;
	s->has_found = s->has_found || has_node(tree, s->is_found);
}

static bool
has_anywhere(const struct question *q, node_test *is_found)
{
	struct search s = { is_found, false };

	question_each_tree(q, search_tree, &s);
	return s.has_found;
}

bool
lms_has_pictures(const struct question *q)
{
	return has_anywhere(q, is_image);
}

bool
lms_has_drawings(const struct question *q)
{
	return has_anywhere(q, is_drawing);
}

bool
lms_has_points(const struct question *q)
{
	return q->worth != 1;
}

bool
lms_has_order(const struct question *q)
{
	return !q->is_bullets &&
	    (q->kind == QUESTION_ONE || q->kind == QUESTION_MANY);
}

static size_t
count_exact(const struct accepted *texts, size_t n)
{
	size_t n_exact = 0;

	for (size_t i = 0; i < n; i++)
		n_exact += texts[i].is_exact;
	return n_exact;
}

bool
lms_is_exact(const struct question *q)
{
	size_t n_exact = count_exact(q->accepted, q->n_accepted);

	for (size_t i = 0; i < q->n_blanks; i++)
		n_exact += count_exact(q->blanks[i].texts,
		    q->blanks[i].n_texts);
	return n_exact > 0;
}

static bool
is_half(size_t part, size_t n)
{
	return part > 0 && part < n;
}

bool
lms_is_half_exact(const struct question *q)
{
	bool is_mixed = is_half(count_exact(q->accepted, q->n_accepted),
	    q->n_accepted);

	for (size_t i = 0; i < q->n_blanks; i++) {
		const struct blank *b = &q->blanks[i];
		is_mixed = is_mixed ||
		    is_half(count_exact(b->texts, b->n_texts), b->n_texts);
	}
	return is_mixed;
}

static size_t
count_right(const struct question *q)
{
	size_t n_right = 0;

	for (size_t i = 0; i < q->n_options; i++)
		n_right += q->options[i].is_correct;
	return n_right;
}

bool
lms_has_parts(const struct question *q)
{
	const size_t n = q->kind == QUESTION_MANY ? count_right(q)
						  : question_n_parts(q);

	return !q->is_scored_each && n > 1;
}

const char *
lms_loses_shares(const struct question *q)
{
	if (count_right(q) > 20)
		return "of its right options only 20 count";
	return q->is_scored_each
	    ? "what is rightly left out brings nothing: only what is ticked counts"
	    : NULL;
}

const char *
lms_loses_digits(const struct question *q)
{
	enum {
		DIGITS = 15 /* a double keeps so many */
	};

	return strlen(q->quantity.from) > DIGITS ||
		strlen(q->quantity.to) > DIGITS
	    ? "the number is rounded to 15 digits"
	    : NULL;
}

static bool
has_markup(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind != NODE_TEXT && n->kind != NODE_SOFTBREAK)
			return true;
	return false;
}

const char *
lms_loses_sides(const struct question *q)
{
	for (size_t i = 0; i < q->n_pairs; i++)
		if (has_markup(q->pairs[i].right))
			return "what is chosen is plain text";
	return NULL;
}
