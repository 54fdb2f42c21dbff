#include "book/answer.h"

const char *const question_kind_names[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = "one",
	[QUESTION_MANY] = "many",
	[QUESTION_TRUTH] = "truth",
	[QUESTION_TEXT] = "text",
	[QUESTION_NUMBER] = "number",
	[QUESTION_ORDER] = "order",
	[QUESTION_MATCH] = "match",
	[QUESTION_MATRIX] = "matrix",
	[QUESTION_CLOZE] = "cloze",
};

const char *const question_kind_titles[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = "choose one",
	[QUESTION_MANY] = "choose many",
	[QUESTION_TRUTH] = "true or false",
	[QUESTION_TEXT] = "text",
	[QUESTION_NUMBER] = "number",
	[QUESTION_ORDER] = "ordering",
	[QUESTION_MATCH] = "matching",
	[QUESTION_MATRIX] = "matrix",
	[QUESTION_CLOZE] = "cloze",
};

static struct loc
loc_of(const struct question_maker *k, const struct node *n)
{
	return node_loc(k->doc->origin, n);
}

/* --- the two words ------------------------------------------------------ */

static enum answer_word
word_at(const struct node *n)
{
	if (!n || n->kind != NODE_TEXT)
		return ANSWER_NONE;
	return str_starts(n->text, "Answer:")  ? ANSWER_RIGHT
	    : str_starts(n->text, "Feedback:") ? ANSWER_WRONG
					       : ANSWER_NONE;
}

enum answer_word
answer_word_of(const struct question_maker *k, const struct node *paragraph)
{
	if (paragraph->kind != NODE_PARAGRAPH)
		return ANSWER_NONE;
	enum answer_word word = word_at(paragraph->child);
	for (const struct node *n = paragraph->child; n; n = n->next) {
		bool is_break = n->kind == NODE_SOFTBREAK ||
		    n->kind == NODE_LINEBREAK;
		if (!is_break ||
		    (word != ANSWER_RIGHT && word_at(n->next) == ANSWER_NONE))
			continue;
		/* What is to be typed has one line: the next explains. */
		diag_at(k->diag, DIAG_ANSWER_NOT_ALONE, loc_of(k, n->next),
		    NULL);
		diag_help(k->diag, "put an empty line before and behind it");
		break;
	}
	return word;
}

/* --- texts -------------------------------------------------------------- */

/* Alternatives on their way out of a run of inlines. */
struct splitting {
	const struct question_maker *k;
	GArray *texts; /* struct accepted */
	GString *now; /* the alternative being read */
	bool has_code; /* in it */
	bool is_exact;
	bool saw_markup;
	bool saw_bar, saw_empty; /* nothing stands beside a bar */
	bool saw_tight_bar; /* one that does not part */
	bool may_hold_bar; /* it has been reported already */
};

static void
end_alternative(struct splitting *s)
{
	struct str t = str_trim((struct str){ s->now->str, s->now->len });
	struct accepted a = { arena_str(s->k->arena, t),
		s->has_code || s->is_exact };

	if (t.len)
		g_array_append_val(s->texts, a);
	else
		s->saw_empty = true;
	g_string_truncate(s->now, 0);
	s->has_code = false;
}

/* A bar parts alternatives if a space stands on each side of it. */
static void
split_text(struct splitting *s, struct str t)
{
	for (size_t i = 0; i < t.len; i++) {
		bool is_bar = t.p[i] == '|' &&
		    (i > 0 ? t.p[i - 1] == ' '
			   : s->now->len == 0 || s->has_code) &&
		    (i + 1 < t.len ? t.p[i + 1] == ' ' : true);
		s->saw_bar = s->saw_bar || is_bar;
		s->saw_tight_bar = s->saw_tight_bar ||
		    (t.p[i] == '|' && !is_bar);
		if (is_bar)
			end_alternative(s);
		else
			g_string_append_c(s->now, t.p[i]);
	}
}

static void
split_inlines(struct splitting *s, const struct node *n)
{
	for (; n; n = n->next) {
		if (n->kind == NODE_TEXT) {
			split_text(s, n->text);
		} else if (n->kind == NODE_CODE) {
			g_string_append_len(s->now, n->text.p,
			    (gssize)n->text.len);
			s->has_code = true;
		} else if (n->kind == NODE_SOFTBREAK ||
		    n->kind == NODE_LINEBREAK) {
			g_string_append_c(s->now, ' ');
		} else {
			s->saw_markup = true;
			split_inlines(s, n->child);
		}
	}
}

static void
report_texts(const struct splitting *s, struct loc at)
{
	struct diag *d = s->k->diag;

	if (s->saw_markup) {
		g_autoptr(GString) all = g_string_new(NULL);
		for (size_t i = 0; i < s->texts->len; i++)
			g_string_append_printf(all, "%s%s", i ? " | " : "",
			    g_array_index(s->texts, struct accepted, i).text);
		diag_at(d, DIAG_ANSWER_MARKUP, at, "%s", all->str);
		diag_help(d,
		    "text that means something in Markdown stands in a code span");
	}
	/* Without any text it is the caller's to report. */
	if (s->saw_bar && s->saw_empty && s->texts->len) {
		diag_at(d, DIAG_ANSWER_EMPTY, at, NULL);
		diag_help(d,
		    "nothing stands beside a bar; one that belongs to the answer stands in a code span");
	}
	if (s->saw_tight_bar && !s->may_hold_bar) {
		diag_at(d, DIAG_ANSWER_BAR, at, NULL);
		diag_help(d,
		    "put spaces on both sides of it to part alternatives, or the answer into a code span");
	}
}

/* The alternatives of the inlines from n on, the first text less skip bytes.
 * s says how to read them. */
static const struct accepted *
read_texts(struct splitting *s, const struct node *n, size_t skip,
    size_t *count)
{
	s->texts = g_array_new(FALSE, FALSE, sizeof(struct accepted));
	s->now = g_string_new(NULL);
	if (n && n->kind == NODE_TEXT) {
		split_text(s, str_from(n->text, skip));
		split_inlines(s, n->next);
	} else {
		split_inlines(s, n);
	}
	end_alternative(s);
	if (n)
		report_texts(s, loc_of(s->k, n));
	*count = s->texts->len;
	const struct accepted *texts = arena_array_of(s->k->arena, s->texts);
	g_array_free(s->texts, TRUE);
	g_string_free(s->now, TRUE);
	return texts;
}

/* --- typed answers ------------------------------------------------------- */

/* Markdown takes the backslash away, so that the bar would part. True if one
 * was reported. */
static bool
check_escaped_bar(const struct question_maker *k, const struct node *paragraph)
{
	struct str line = doc_line(k->doc, paragraph->line);
	bool is_code = false;

	for (size_t i = 0; i < line.len; i++) {
		if (line.p[i] == '`')
			is_code = !is_code;
		if (is_code || !str_starts(str_from(line, i), "\\|"))
			continue;
		diag_at(k->diag, DIAG_ANSWER_MARKUP,
		    (struct loc){ k->doc->origin, paragraph->line,
			(unsigned)i + 1 },
		    "\\|");
		diag_help(k->diag,
		    "a bar that belongs to the answer stands in a code span");
		return true;
	}
	return false;
}

void
answer_read(const struct question_maker *k, const struct node *paragraph,
    const struct answer_rules *rules, struct question *q)
{
	const struct node *n = paragraph->child;
	struct loc at = loc_of(k, paragraph);
	bool is_num = !rules->wants_text &&
	    number_read(k, paragraph, &q->quantity);

	bool is_meant = !rules->wants_text && number_is_broken(paragraph);
	q->kind = is_num || is_meant || rules->wants_number ? QUESTION_NUMBER
							    : QUESTION_TEXT;
	if (q->kind == QUESTION_NUMBER) {
		q->quantity.percent = rules->percent;
		if (is_num) {
			number_check(k, at, &q->quantity);
			return;
		}
		diag_at(k->diag, DIAG_ANSWER_NUMBER, at, NULL);
		diag_help(k->diag,
		    "Answer: 21.6 ± 0.5 min, or Answer: -5..25, with a point and without grouping%s",
		    rules->wants_number
			? ""
			: "; with type=text it is taken as it stands");
		return;
	}
	if (rules->percent) {
		diag_at(k->diag, DIAG_QUESTION_VALUE, at, "tol=%s%%",
		    rules->percent);
		diag_help(k->diag, "the answer is no number");
	}
	q->quantity = (struct number){ .unit = "" };
	if (!rules->wants_text)
		number_warn(k, paragraph);
	bool is_said = check_escaped_bar(k, paragraph);
	struct splitting s = { .k = k,
		.is_exact = rules->is_exact,
		.may_hold_bar = is_said };
	q->accepted = read_texts(&s, n, strlen("Answer:"), &q->n_accepted);
	if (q->n_accepted == 0) {
		diag_at(k->diag, DIAG_ANSWER_EMPTY, at, NULL);
		diag_help(k->diag,
		    "Answer: what is to be typed; a bar that belongs to it stands in a code span");
	}
}

/* The last bar of a text with a space on each side, where the text begins
 * behind a code span or ends before one also at its ends; or its length. */
static size_t
find_bar(struct str s)
{
	for (size_t i = s.len; i-- > 0;)
		if (s.p[i] == '|' && (i == 0 || s.p[i - 1] == ' ') &&
		    (i + 1 == s.len || s.p[i + 1] == ' '))
			return i;
	return s.len;
}

static void
report_empty_wrong(const struct question_maker *k, const struct node *paragraph)
{
	diag_at(k->diag, DIAG_ANSWER_EMPTY, loc_of(k, paragraph), NULL);
	diag_help(k->diag, "Feedback: wrong answer | what to say to it");
}

static bool
is_accepted(const struct question *q, const struct accepted *text)
{
	g_autofree char *folded = g_utf8_casefold(text->text, -1);

	if (q->kind == QUESTION_NUMBER)
		return number_holds(&q->quantity, text->text);
	for (size_t i = 0; i < q->n_accepted; i++) {
		const struct accepted *a = &q->accepted[i];
		g_autofree char *other = g_utf8_casefold(a->text, -1);
		if (a->is_exact ? strcmp(a->text, text->text) == 0
				: strcmp(other, folded) == 0)
			return true;
	}
	return false;
}

/* Who types it would be told that it is right and wrong. */
static void
check_wrong(const struct question_maker *k, const struct node *paragraph,
    const struct question *q, const struct known_wrong *wrong)
{
	for (size_t i = 0; i < wrong->n_texts; i++) {
		if (!is_accepted(q, &wrong->texts[i]))
			continue;
		diag_at(k->diag, DIAG_ANSWER_SAME, loc_of(k, paragraph), "%s",
		    wrong->texts[i].text);
		diag_help(k->diag, "'Answer:' takes it as right");
	}
}

/* The last bar parts the answers from what is said to them. */
bool
answer_read_wrong(const struct question_maker *k, struct node *paragraph,
    const struct answer_rules *rules, const struct question *q,
    struct known_wrong *wrong)
{
	struct node *n = paragraph->child, *bar = NULL;
	size_t skip = strlen("Feedback:"), at = 0;

	for (struct node *i = n; i; i = i->next) {
		size_t from = i == n ? skip : 0;
		if (i->kind != NODE_TEXT)
			continue;
		size_t here = from + find_bar(str_from(i->text, from));
		if (here == i->text.len)
			continue;
		bar = i;
		at = here;
	}
	if (bar && !bar->next && at + 1 == bar->text.len)
		bar = NULL;
	if (!bar) {
		report_empty_wrong(k, paragraph);
		return false;
	}
	struct node *rest = node_new(k->arena, NODE_TEXT, bar);
	struct node *feedback = node_new(k->arena, NODE_PARAGRAPH, bar);
	rest->text = str_from(bar->text, at + 2);
	rest->next = bar->next;
	feedback->child = rest;
	bar->text = str_upto(bar->text, at);
	bar->next = NULL;
	struct splitting s = { .k = k, .is_exact = rules->is_exact };
	wrong->texts = read_texts(&s, n, skip, &wrong->n_texts);
	wrong->feedback = feedback;
	if (wrong->n_texts == 0)
		report_empty_wrong(k, paragraph);
	else
		check_wrong(k, paragraph, q, wrong);
	return wrong->n_texts > 0;
}

/* --- cloze -------------------------------------------------------------- */

static void
report_blank(const struct question_maker *k, const struct node *n)
{
	diag_at(k->diag, DIAG_CLOZE_BLANK, loc_of(k, n), NULL);
	diag_help(k->diag,
	    "a blank is bold: a text to be filled in, with no bold text inside");
}

static bool
has_bold(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind == NODE_STRONG || has_bold(n))
			return true;
	return false;
}

/* Bold runs become blanks; their text stays below them. */
static void
find_blanks(const struct question_maker *k, struct node *parent, bool is_exact,
    GPtrArray *all)
{
	for (struct node *n = parent->child; n; n = n->next) {
		if (n->kind == NODE_LINK && has_bold(n)) {
			diag_at(k->diag, DIAG_CLOZE_BLANK, loc_of(k, n), NULL);
			diag_help(k->diag, "a link cannot hold a blank");
			continue;
		}
		if (n->kind != NODE_STRONG) {
			find_blanks(k, n, is_exact, all);
			continue;
		}
		struct blank *b = arena_obj(k->arena, struct blank);
		if (has_bold(n)) {
			report_blank(k, n);
			continue;
		}
		struct splitting s = { .k = k, .is_exact = is_exact };
		b->texts = read_texts(&s, n->child, 0, &b->n_texts);
		if (b->n_texts == 0) {
			report_blank(k, n);
			continue;
		}
		g_ptr_array_add(all, b);
		b->number = all->len;
		n->kind = NODE_BLANK;
		n->blank = b;
	}
}

void
answer_read_cloze(const struct question_maker *k, struct node *stem,
    bool is_exact, struct question *q)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (stem)
		find_blanks(k, stem, is_exact, all);
	struct blank *blanks = arena_array(k->arena, all->len, struct blank);
	for (size_t i = 0; i < all->len; i++)
		blanks[i] = *(const struct blank *)all->pdata[i];
	q->blanks = blanks;
	q->n_blanks = all->len;
	/* Bold text that is left has been reported. */
	if (q->n_blanks == 0 && !(stem && has_bold(stem))) {
		diag_at(k->diag, DIAG_CLOZE_BLANK, loc_of(k, q->heading), "%s",
		    q->title);
		diag_help(k->diag,
		    "every bold run of the text below the heading is a blank");
	}
}
