#include "book/sitting.h"

#include "book/id.h"
#include "book/question.h"

/* Questions change places among those that no text parts. */
static void
shuffle_run(const struct quiz *q, struct quiz_part *run, size_t n, size_t first)
{
	g_autofree unsigned *order = g_new(unsigned, n + 1);
	g_autofree struct quiz_part *old = g_memdup2(run, n * sizeof(*run));
	g_autofree char *seed = g_strdup_printf("%s/#%zu", q->id, first);

	id_shuffle(seed, order, n);
	for (size_t i = 0; i < n; i++)
		run[i] = old[order[i]];
}

static void
shuffle_questions(const struct quiz *q, struct quiz_part *parts)
{
	size_t n;

	for (size_t i = 0; i < q->n_parts; i += n + 1) {
		n = 0;
		while (i + n < q->n_parts && parts[i + n].question)
			n++;
		if (n > 1)
			shuffle_run(q, parts + i, n, i);
	}
}

static size_t
number_parts(struct quiz_part *parts, size_t n)
{
	unsigned number = 0;

	for (size_t i = 0; i < n; i++)
		if (parts[i].question)
			parts[i].number = ++number;
	return number;
}

static unsigned
level_of(const struct quiz_part *part)
{
	const struct node *first = part->text->child;

	return first && first->kind == NODE_HEADING ? first->heading.level : 0;
}

/* A text goes with its group: it stays if one of the questions below it does,
 * or if it never had any. */
static bool
text_stays(const struct quiz *q, size_t at, const bool *is_taken)
{
	unsigned level = level_of(&q->parts[at]);
	bool has_any = false;

	for (size_t i = at + 1; i < q->n_parts; i++) {
		const struct quiz_part *part = &q->parts[i];
		if (part->text && level_of(part) <= level)
			break;
		if (part->question && is_taken[i])
			return true;
		has_any = has_any || part->question;
	}
	return !has_any;
}

/* Which parts are in a draw of n of the n_all questions. A mock exam has its
 * own in any case: they are on no other page. */
static void
draw_parts(const struct quiz *q, size_t n, size_t n_all, bool *is_taken)
{
	g_autofree unsigned *order = g_new(unsigned, n_all + 1);
	g_autofree size_t *parts = g_new(size_t, n_all + 1);
	size_t n_parts = 0, n_taken = 0;

	for (size_t i = 0; i < q->n_parts; i++) {
		const struct question *one = q->parts[i].question;
		if (!one)
			continue;
		is_taken[i] = q->is_mock && one->quiz == q;
		n_taken += is_taken[i];
		parts[n_parts++] = i;
	}
	id_shuffle(q->id, order, n_all);
	for (size_t i = 0; i < n_all && n_taken < n; i++) {
		size_t part = parts[order[i]];
		n_taken += !is_taken[part];
		is_taken[part] = true;
	}
	for (size_t i = 0; i < q->n_parts; i++)
		if (q->parts[i].text)
			is_taken[i] = text_stays(q, i, is_taken);
}

static void
draw(struct quiz *q, size_t n, size_t n_all, struct arena *a)
{
	struct quiz_part *drawn = arena_array(a, q->n_parts, struct quiz_part);
	g_autofree bool *is_taken = g_new0(bool, q->n_parts + 1);

	draw_parts(q, n, n_all, is_taken);
	for (size_t i = 0; i < q->n_parts; i++)
		if (is_taken[i])
			drawn[q->n_drawn++] = q->parts[i];
	q->n_asked = number_parts(drawn, q->n_drawn);
	q->drawn = drawn;
}

static void
count_points(struct quiz *q)
{
	bool has_points = false;
	unsigned n = 0;

	for (size_t i = 0; i < q->n_drawn; i++) {
		const struct question *one = q->drawn[i].question;
		has_points = has_points || (one && one->worth != 1);
		n += one ? one->worth : 0;
	}
	q->n_points = has_points ? n : 0;
	/* Rounded up: 70 % of 8 is 6. */
	size_t total = has_points ? n : q->n_asked;
	q->pass_count = (unsigned)((total * q->pass + 99) / 100);
}

void
sitting_make(struct quiz *q, struct quiz_part *parts, int wanted, struct loc at,
    struct arena *a, struct diag *d)
{
	if (q->shuffle == SHUFFLE_QUESTIONS || q->shuffle == SHUFFLE_ALL)
		shuffle_questions(q, parts);
	size_t n = number_parts(parts, q->n_parts);
	q->parts = parts;
	if (wanted >= 0 && (size_t)wanted > n) {
		diag_at(d, DIAG_QUIZ_DRAW, at, "%d of %zu", wanted, n);
		diag_help(d,
		    "'draw' takes some of the questions; leave it out to take all");
	}
	if (wanted >= 0 && (size_t)wanted < n) {
		draw(q, (size_t)wanted, n, a);
	} else {
		q->drawn = parts;
		q->n_drawn = q->n_parts;
		q->n_asked = n;
	}
	count_points(q);
}

/* --- the order of what is to be chosen from ----------------------------- */

/* True if a learner who leaves everything where it is has answered. */
static bool
is_right_order(const struct question *q, const unsigned *order, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (q->kind == QUESTION_ORDER &&
		    q->pairs[order[i]].same != q->pairs[i].same)
			return false;
		if (q->kind == QUESTION_MATCH && i && order[i] < order[i - 1])
			return false;
	}
	return true;
}

/* Of sides that say the same only the first is there to be chosen. */
static size_t
keep_first_sides(const struct question *q, unsigned *order)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n_pairs; i++)
		if (q->pairs[order[i]].same == order[i])
			order[n++] = order[i];
	return n;
}

/* As the author has them would give the answer away; returns how many. */
static size_t
arrange_pairs(const struct question *q, unsigned *order)
{
	size_t n = q->n_pairs;

	id_shuffle(q->id, order, n);
	if (q->kind == QUESTION_MATCH)
		n = keep_first_sides(q, order);
	if (!is_right_order(q, order, n))
		return n;
	/* Turned by one it is another order, if there is any. */
	unsigned first = order[0];
	memmove(order, order + 1, (n - 1) * sizeof(*order));
	order[n - 1] = first;
	return n;
}

void
question_arrange(struct question_maker *k, struct question *q,
    enum shuffle shuffle)
{
	size_t n = q->n_pairs ? q->n_pairs : q->n_options;
	unsigned *order = arena_array(k->arena, n, unsigned);
	bool may_move = q->is_bullets && q->kind != QUESTION_TRUTH &&
	    (shuffle == SHUFFLE_OPTIONS || shuffle == SHUFFLE_ALL);

	if (q->n_pairs)
		n = arrange_pairs(q, order);
	else if (may_move)
		id_shuffle(q->id, order, n);
	else
		for (size_t i = 0; i < n; i++)
			order[i] = (unsigned)i;
	q->shown = order;
	q->n_shown = n;
}

/* --- what every kind of question has ------------------------------------ */

static void
each(const struct node *tree, bool is_answer, question_tree *f, void *ctx)
{
	if (tree)
		f(tree, is_answer, ctx);
}

void
question_each_tree(const struct question *q, question_tree *f, void *ctx)
{
	each(q->heading, false, f, ctx);
	each(q->stem, false, f, ctx);
	for (size_t i = 0; i < q->n_hints; i++)
		each(q->hints[i], false, f, ctx);
	for (size_t i = 0; i < q->n_options; i++) {
		each(q->options[i].content, false, f, ctx);
		each(q->options[i].feedback, true, f, ctx);
	}
	for (size_t i = 0; i < q->n_pairs; i++) {
		each(q->pairs[i].left, false, f, ctx);
		each(q->pairs[i].right, false, f, ctx);
	}
	each(q->corner, false, f, ctx);
	for (size_t i = 0; i < q->n_columns; i++)
		each(q->columns[i], false, f, ctx);
	for (size_t i = 0; i < q->n_statements; i++)
		each(q->statements[i].text, false, f, ctx);
	for (size_t i = 0; i < q->n_wrong; i++)
		each(q->wrong[i].feedback, true, f, ctx);
	each(q->explanation, true, f, ctx);
}

unsigned
question_n_parts(const struct question *q)
{
	size_t n = 0;

	switch (q->kind) {
	case QUESTION_MANY: n = q->n_options + q->allows_none; break;
	case QUESTION_ORDER: n = q->n_pairs; break;
	case QUESTION_MATCH:
		for (size_t i = 0; i < q->n_pairs; i++)
			n += q->pairs[i].left != NULL;
		break;
	case QUESTION_MATRIX: n = q->n_statements; break;
	case QUESTION_CLOZE: n = q->n_blanks; break;
	case QUESTION_ONE:
	case QUESTION_TRUTH:
	case QUESTION_TEXT:
	case QUESTION_NUMBER:
	case QUESTION_KIND_COUNT: n = 1; break;
	}
	return (unsigned)n;
}
