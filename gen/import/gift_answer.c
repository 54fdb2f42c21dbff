/* What stands in the braces of GIFT: the kinds of questions. */
#include "import/gift.h"
#include "import/moodle.h"

/* ---- answers */

/* One answer: sign, weight, text, feedback. */
struct answer {
	char sign; /* '=', '~', or '\0' */
	struct str whole, text;
	struct str feedback; /* empty if none */
	bool has_weight, has_feedback;
	double weight; /* in percent */
};

/* "%50%", "%-33.33333%" */
static void
take_weight(struct answer *a)
{
	const struct str s = a->text;
	size_t n = 1;

	if (!str_starts(s, "%"))
		return;
	while (n < s.len && (g_ascii_isdigit(s.p[n]) || strchr("-.", s.p[n])))
		n++;
	if (n == 1 || n >= s.len || n > 20 || s.p[n] != '%')
		return;
	g_autofree char *number = g_strndup(s.p + 1, n - 1);
	a->weight = g_ascii_strtod(number, NULL);
	a->has_weight = true;
	a->text = str_trim(str_from(s, n + 1));
}

static struct answer
read_answer(char sign, struct str s)
{
	struct answer a = { .sign = sign,
		.whole = str_trim(s),
		.text = str_trim(s) };

	a.weight = sign == '~' ? 0 : 100;
	take_weight(&a);
	const size_t at = gift_find(a.text, '#');
	if (at < a.text.len) {
		a.has_feedback = true;
		a.feedback = str_trim(str_from(a.text, at + 1));
		a.text = str_trim(str_upto(a.text, at));
	}
	return a;
}

/* The answers that the signs part; one without a sign comes first. */
static GArray *
split_answers(struct str s, const char *signs)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct answer));
	size_t from = 0;
	char sign = '\0';

	for (size_t i = 0; i <= s.len; i++) {
		const bool is_end = i == s.len;
		if (!is_end && s.p[i] == '\\') {
			i++;
			continue;
		}
		if (!is_end && !strchr(signs, s.p[i]))
			continue;
		const struct str part = str_upto(str_from(s, from), i - from);
		if (sign || str_trim(part).len) {
			struct answer a = read_answer(sign, part);
			g_array_append_val(all, a);
		}
		if (is_end)
			break;
		sign = s.p[i];
		from = i + 1;
	}
	return all;
}

/* What is to be typed is plain text. A star that means itself has a backslash,
 * and ergen's own files have one in "->" that means nothing. */
static const char *
typed(struct gift *g, struct str s)
{
	g_autoptr(GString) text = g_string_new(NULL);
	enum format format;

	(void)gift_take_format(&s, &format);
	g_string_append(text, gift_plain(g, s));
	(void)g_string_replace(text, "-*>", "->", 0);
	return arena_str(g->im->arena, (struct str){ text->str, text->len });
}

/* Does a star stand for any text in it? */
static bool
has_joker(const char *text)
{
	for (const char *p = text; *p; p++)
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '*')
			return true;
	return false;
}

/* Without the backslashes in front of stars. */
static const char *
literal(struct gift *g, const char *text)
{
	g_autoptr(GString) all = g_string_new(text);

	(void)g_string_replace(all, "\\*", "*", 0);
	return arena_str(g->im->arena, (struct str){ all->str, all->len });
}

static const struct answer *
first_answer(const GArray *all)
{
	return (const struct answer *)(void *)all->data;
}

#define answers_each(a, all)                                                 \
	for (const struct answer *a = first_answer(all),                     \
				 *a##_end = (all)->len ? a + (all)->len : a; \
	     a != a##_end; a++)

static const char *
feedback_of(struct piece *p, const struct answer *a, enum text_use use)
{
	return a->has_feedback ? gift_non_empty(gift_rich(p, a->feedback, use))
			       : NULL;
}

/* ---- the kinds */

/* All who are right count alike, and so do all that are wrong: this is what
 * "all of it, or nothing" loses least of. */
static bool
is_even(const GArray *all)
{
	double right = 0, wrong = 0;

	answers_each(a, all) {
		double *same = a->weight > 0 ? &right : &wrong;
		if (*same != 0 && *same != a->weight)
			return false;
		*same = a->weight;
	}
	return true;
}

/* What ergen adds behind the options where none may be right: last, without
 * feedback, in a question that has an id of ours. A right one stands alone. */
static bool
is_none(const struct piece *p, const GArray *all, size_t n_right)
{
	const struct answer *last = first_answer(all) + all->len - 1;

	return all->len > 2 && p->q->id && strchr(p->q->id, '/') &&
	    last->sign == '~' && last->has_weight && !last->has_feedback &&
	    str_is(last->text, "None of these") &&
	    (last->weight < 0 || n_right == 1);
}

static void
read_options(struct piece *p, struct str s)
{
	g_autoptr(GArray) all = split_answers(s, "=~");
	struct ask_one *q = p->q;
	size_t n_full = 0, n_part = 0, n_right = 0, n_above = 0;

	answers_each(a, all) {
		n_above += a->weight > 0;
		n_full += a->sign == '=' || a->weight >= 100;
		n_part += a->sign == '~' && a->weight > 0 && a->weight < 100;
	}
	const bool is_one = gift_find(s, '=') < s.len;
	q->kind = ASK_CHOICE;
	q->is_many = !is_one || n_full > 1;
	q->allows_none = !is_one && is_none(p, all, n_above);
	answers_each(a, all) {
		if (q->allows_none && a + 1 == a_end)
			break;
		const bool is_right = is_one
		    ? a->sign == '=' || a->weight >= 100
		    : a->weight > 0;
		const char *text = gift_rich(p, a->text, TEXT_BLOCKS);
		n_right += is_right;
		if (!text[0])
			gift_lose(p, a->whole, "an option without text");
		items_add(p->g->im, &q->options, text,
		    feedback_of(p, a, TEXT_BLOCKS), is_right);
	}
	if (n_right == 0 && !q->allows_none)
		gift_lose(p, s, "no option is right");
	if (is_one && n_full > 1)
		gift_lose(p, s,
		    "each of several options is right by itself; now all of them are to be chosen");
	else if (is_one ? n_part > 0 : !is_even(all))
		gift_lose(p, s, "the weights of the options");
}

/* "T", "FALSE" … in front of any feedback. */
static bool
is_truth(struct str s, bool *is_true)
{
	const struct str word = str_trim(str_upto(s, gift_find(s, '#')));

	*is_true = str_is(word, "T") || str_is(word, "TRUE");
	return *is_true || str_is(word, "F") || str_is(word, "FALSE");
}

static void
read_truth(struct piece *p, struct str s, bool is_true)
{
	const struct answer a = read_answer('\0', s);
	struct str wrong = a.feedback, right = { NULL, 0 };
	const size_t at = gift_find(wrong, '#');
	const char *texts[2] = { NULL, NULL };

	if (at < wrong.len) {
		right = str_from(wrong, at + 1);
		wrong = str_upto(wrong, at);
	}
	p->q->kind = ASK_CHOICE;
	texts[is_true ? 0 : 1] = gift_non_empty(
	    gift_rich(p, right, TEXT_BLOCKS));
	texts[is_true ? 1 : 0] = gift_non_empty(
	    gift_rich(p, wrong, TEXT_BLOCKS));
	items_add(p->g->im, &p->q->options, "True", texts[0], is_true);
	items_add(p->g->im, &p->q->options, "False", texts[1], !is_true);
}

static void
read_pairs(struct piece *p, struct str s)
{
	g_autoptr(GArray) all = split_answers(s, "=");

	p->q->kind = ASK_MATCH;
	answers_each(a, all) {
		const size_t at = gift_find_arrow(a->whole);
		const struct str left = str_upto(a->whole, at);
		const struct str right = str_from(a->whole, at + 2);
		if (at == a->whole.len || !str_trim(right).len) {
			gift_lose(p, a->whole, "a pair without '->'");
			continue;
		}
		/* Moodle takes it for HTML, whatever the question is. */
		const struct markup m = { .im = p->g->im,
			.lost = &p->q->lost,
			.at = p->q->at,
			.use = TEXT_CELL };
		const char *text = moodle_text(&m,
		    str_of(gift_plain(p->g, right)));
		if (text[0])
			items_add(p->g->im, &p->q->options, text,
			    gift_non_empty(gift_rich(p, left, TEXT_CELL)),
			    false);
		else
			gift_lose(p, a->whole, "a pair without a right side");
	}
}

/* An answer that is worth less than all of it. */
static void
add_wrong(struct piece *p, const struct answer *a, const char *text)
{
	const char *why = feedback_of(p, a, TEXT_LINE);

	if (why)
		items_add(p->g->im, &p->q->wrong, text, why, false);
	if (a->weight > 0 || !why)
		gift_lose(p, a->whole, "an answer that is worth %g %%",
		    a->weight);
}

static void
read_texts(struct piece *p, struct str s)
{
	g_autoptr(GArray) all = split_answers(s, "=");
	struct ask_one *q = p->q;
	bool is_pattern = false;

	q->kind = ASK_TEXT;
	answers_each(a, all) {
		const char *pattern = typed(p->g, a->text);
		const char *text = literal(p->g, pattern);
		if (strcmp(pattern, "*") == 0) {
			gift_lose(p, a->whole,
			    "feedback for every other answer");
			continue;
		}
		is_pattern = is_pattern || has_joker(pattern);
		if (a->weight < 100)
			add_wrong(p, a, text);
		else if (text[0])
			items_add(p->g->im, &q->accepted, text, NULL, false);
		if (a->weight >= 100)
			gift_explain(p, all->len > 1 ? text : NULL,
			    feedback_of(p, a, TEXT_BLOCKS));
	}
	if (is_pattern)
		gift_lose(p, s, "'*' stands for any text; here it is a star");
}

/* "1822:5", "1..5", "3.1": as it stands behind "Answer:", or NULL. */
static const char *
read_quantity(struct piece *p, const char *text)
{
	struct arena *a = p->g->im->arena;
	const char *dots = strstr(text, ".."), *colon = strchr(text, ':');
	const char *mid = dots ? dots : colon;
	const struct str first = mid
	    ? (struct str){ text, (size_t)(mid - text) }
	    : str_of(text);
	const char *low = moodle_number(p->g->im, first);
	const char *high = mid
	    ? moodle_number(p->g->im, str_of(mid + (dots ? 2 : 1)))
	    : NULL;

	if (!low || (mid && !high))
		return NULL;
	if (dots)
		return arena_printf(a, "%s..%s", low, high);
	if (!high || strspn(high, "0.") == strlen(high))
		return low;
	return high[0] == '-' ? NULL : arena_printf(a, "%s ± %s", low, high);
}

static void
read_number(struct piece *p, struct str s)
{
	const size_t tilde = gift_find(s, '~');
	g_autoptr(GArray) all = split_answers(str_upto(s, tilde), "=");
	struct ask_one *q = p->q;

	q->kind = ASK_NUMBER;
	answers_each(a, all) {
		const char *text = gift_plain(p->g, a->text);
		const char *number = read_quantity(p, text);
		if (!number) {
			gift_lose(p, a->whole, "not understood as a number");
		} else if (a->weight >= 100 && !q->number) {
			q->number = number;
			gift_explain(p, NULL, feedback_of(p, a, TEXT_BLOCKS));
		} else if (a->weight <= 0 && !strstr(number, "..") &&
		    !strstr(number, "±") && a->has_feedback) {
			add_wrong(p, a, number);
		} else {
			gift_lose(p, a->whole,
			    "another number that is right, or nearly");
		}
	}
	if (tilde < s.len)
		gift_lose(p, str_from(s, tilde),
		    "feedback for every other answer");
	if (!q->number)
		q->kind = ASK_NOTHING;
}

const char *
gift_blank(struct gift *g, struct str answers)
{
	g_autoptr(GArray) all = split_answers(answers, "=");
	g_autoptr(GString) blank = g_string_new(NULL);

	if (!answers.len || answers.p[0] != '=' ||
	    gift_find_arrow(answers) < answers.len ||
	    gift_find(answers, '~') < answers.len)
		return NULL;
	answers_each(a, all) {
		const char *text = typed(g, a->text);
		if (a->weight < 100 || a->feedback.len || !text[0] ||
		    strpbrk(text, "*|"))
			return NULL;
		g_string_append_printf(blank, "%s%s", blank->len ? " | " : "",
		    text);
	}
	return arena_str(g->im->arena, (struct str){ blank->str, blank->len });
}

void
gift_read_answers(struct piece *p, struct str s)
{
	bool is_true;

	if (!s.len) {
		p->q->kind = ASK_NOTHING;
		import_lost(p->g->im, &p->q->lost, p->q->at,
		    (struct str){ NULL, 0 },
		    "an essay has no answer: it is a text now");
	} else if (s.p[0] == '#') {
		read_number(p, str_from(s, 1));
	} else if (gift_find(s, '~') < s.len) {
		read_options(p, s);
	} else if (gift_find(s, '=') < s.len && gift_find_arrow(s) < s.len) {
		read_pairs(p, s);
	} else if (is_truth(s, &is_true)) {
		read_truth(p, s, is_true);
	} else {
		read_texts(p, s);
	}
}
