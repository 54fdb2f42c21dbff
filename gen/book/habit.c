#include "book/habit.h"

/* With fewer questions it is chance. Of a shuffled quiz the author cannot
 * choose the places, so there it has to be more obvious. */
enum {
	FEW = 4,
	FEW_SHUFFLED = 8
};

/* What a learner could go by. */
struct habit {
	size_t n; /* questions with one right option of several */
	size_t n_longest; /* the right one is the longest */
	size_t n_place; /* in the same place as in the first question */
	size_t place;
	bool is_shuffled; /* one of them */
};

static size_t
length_of(const struct option *o)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, o->content);
	return (size_t)g_utf8_strlen(text->str, (gssize)text->len);
}

static void
watch(struct habit *h, const struct question *q)
{
	size_t place = 0, longest = 0, right = 0;

	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[q->shown[i]];
		size_t len = length_of(o);
		h->is_shuffled = h->is_shuffled || q->shown[i] != i;
		if (o->is_correct) {
			place = i;
			right = len;
		} else if (len > longest) {
			longest = len;
		}
	}
	if (h->n++ == 0)
		h->place = place;
	h->n_place += place == h->place;
	h->n_longest += right > longest;
}

static void
report_place(const struct quiz *q, const struct habit *h, struct diag *d)
{
	diag_at(d, DIAG_QUIZ_SAME_PLACE, q->at, "%zu questions, always %c",
	    h->n, (char)('A' + h->place % 26));
	diag_help(d, "let 'shuffle: options' move them, or move them yourself");
}

void
habits_check(const struct quiz *q, struct diag *d)
{
	struct habit one = { 0 }, truth = { 0 };

	for (size_t i = 0; i < q->n_questions; i++) {
		if (q->questions[i].kind == QUESTION_ONE)
			watch(&one, &q->questions[i]);
		else if (q->questions[i].kind == QUESTION_TRUTH)
			watch(&truth, &q->questions[i]);
	}
	if (one.n >= FEW && one.n_longest == one.n) {
		diag_at(d, DIAG_QUIZ_LONGEST, q->at, "%zu questions", one.n);
		diag_help(d, "make some of the wrong options as long");
	}
	if (one.n >= (one.is_shuffled ? FEW_SHUFFLED : FEW) &&
	    one.n_place == one.n)
		report_place(q, &one, d);
	/* These never move. */
	if (truth.n >= FEW && truth.n_place == truth.n) {
		diag_at(d, DIAG_QUIZ_SAME_PLACE, q->at,
		    "%zu times true or false, always the same", truth.n);
		diag_help(d, "turn some of the statements round");
	}
}
