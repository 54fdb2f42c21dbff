#include "book/answer.h"

#include "base/decimal.h"

enum {
	NUMBER_LONG = 40 /* characters: 2^128 has 39 */
};

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

/* The alternatives of the inlines from n on, the first text less skip bytes. */
static const struct accepted *
read_texts(const struct question_maker *k, const struct node *n, size_t skip,
    bool is_exact, size_t *count)
{
	struct splitting s = { .k = k,
		.texts = g_array_new(FALSE, FALSE, sizeof(struct accepted)),
		.now = g_string_new(NULL),
		.is_exact = is_exact };

	if (n && n->kind == NODE_TEXT) {
		split_text(&s, str_from(n->text, skip));
		split_inlines(&s, n->next);
	} else {
		split_inlines(&s, n);
	}
	end_alternative(&s);
	if (s.saw_markup) {
		g_autoptr(GString) all = g_string_new(NULL);
		for (size_t i = 0; i < s.texts->len; i++)
			g_string_append_printf(all, "%s%s", i ? " | " : "",
			    g_array_index(s.texts, struct accepted, i).text);
		diag_at(k->diag, DIAG_ANSWER_MARKUP, loc_of(k, n), "%s",
		    all->str);
		diag_help(k->diag,
		    "text that means something in Markdown stands in a code span");
	}
	/* Without any text it is the caller's to report. */
	if (s.saw_bar && s.saw_empty && s.texts->len) {
		diag_at(k->diag, DIAG_ANSWER_EMPTY, loc_of(k, n), NULL);
		diag_help(k->diag,
		    "nothing stands beside a bar; one that belongs to the answer stands in a code span");
	}
	*count = s.texts->len;
	const struct accepted *texts = arena_array_of(k->arena, s.texts);
	g_array_free(s.texts, TRUE);
	g_string_free(s.now, TRUE);
	return texts;
}

/* --- numbers ------------------------------------------------------------ */

bool
answer_take_number(struct str *s, struct str *number)
{
	size_t i = 0, digits;

	if (i < s->len && s->p[i] == '-')
		i++;
	digits = i;
	while (i < s->len && g_ascii_isdigit(s->p[i]))
		i++;
	if (i == digits)
		return false;
	if (i + 1 < s->len && s->p[i] == '.' && g_ascii_isdigit(s->p[i + 1])) {
		i++;
		while (i < s->len && g_ascii_isdigit(s->p[i]))
			i++;
	}
	*number = str_upto(*s, i);
	*s = str_from(*s, i);
	return true;
}

/* Letters, "%", "°" and the like; no digit, no bar, and no half of "+-". */
static bool
is_unit(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (g_ascii_isdigit(s.p[i]) || strchr("|.,;:+", s.p[i]))
			return false;
	return true;
}

/* NUM [± NUM] [unit] or NUM..NUM [unit], and nothing else. */
static bool
parse_number(struct str s, struct arena *a, struct number *out)
{
	struct str first, second;

	*out = (struct number){ .unit = "" };
	s = str_trim(s);
	if (!answer_take_number(&s, &first))
		return false;
	if (str_starts(s, "..")) {
		s = str_from(s, 2);
		if (!answer_take_number(&s, &second))
			return false;
		out->low = arena_str(a, first);
		out->high = arena_str(a, second);
	} else {
		struct str rest = str_trim(s);
		out->value = arena_str(a, first);
		if (str_starts(rest, "±")) {
			s = str_trim(str_from(rest, strlen("±")));
			if (!answer_take_number(&s, &second) ||
			    second.p[0] == '-')
				return false;
			out->tolerance = arena_str(a, second);
		}
	}
	struct str unit = str_trim(s);
	out->unit = arena_str(a, unit);
	return is_unit(unit);
}

/* A minus sign that no keyboard has. */
static const char long_minus[] = "−";

/* A number as people write them, at the start of a text. */
struct loose_number {
	struct str digits; /* with points and commas, without its sign */
	bool is_long_minus, is_minus;
	unsigned n_commas, n_points;
	size_t n_last; /* digits behind the last of them */
	bool is_grouped; /* between two of them stand always three */
};

/* Takes it off *s. */
static bool
take_loose_number(struct str *s, struct loose_number *out)
{
	struct str t = *s;
	size_t i = 0, from = 0;

	*out = (struct loose_number){ .is_grouped = true };
	out->is_long_minus = str_starts(t, long_minus);
	out->is_minus = out->is_long_minus || str_starts(t, "-");
	if (out->is_minus)
		t = str_from(t, out->is_long_minus ? strlen(long_minus) : 1);
	for (; i < t.len; i++) {
		if (g_ascii_isdigit(t.p[i]))
			continue;
		bool is_sign = (t.p[i] == ',' || t.p[i] == '.') &&
		    i + 1 < t.len && g_ascii_isdigit(t.p[i + 1]);
		if (!is_sign)
			break;
		if (out->n_commas + out->n_points > 0 && i - from != 3)
			out->is_grouped = false;
		out->n_commas += t.p[i] == ',';
		out->n_points += t.p[i] == '.';
		from = i + 1;
	}
	out->n_last = i - from;
	out->digits = str_upto(t, i);
	*s = str_from(t, i);
	return i > 0;
}

/* "21.6 ± min", "20..": meant as a number, and none. */
static bool
is_broken_number(const struct node *paragraph)
{
	static const char *const signs[] = { "±", "..", "+-", "+/-" };
	struct str s = str_trim(
	    str_from(paragraph->child->text, strlen("Answer:")));
	struct loose_number n;

	if (paragraph->child->next)
		return false;
	bool has_number = take_loose_number(&s, &n);
	s = str_trim(s);
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
		if (!str_starts(s, signs[i]))
			continue;
		s = str_trim(str_from(s, strlen(signs[i])));
		return has_number || take_loose_number(&s, &n);
	}
	return false;
}

/* "1,000", "12,5 km", "−5", ".5", and nothing else. */
static bool
is_like_number(struct str s, struct loose_number *n, struct str *unit)
{
	if (!take_loose_number(&s, n) || !is_unit(s))
		return false;
	*unit = s;
	/* A file's name may begin with a point. */
	if (n->digits.p[0] == '.')
		return n->n_commas == 0 && n->n_points == 1 &&
		    (s.len == 0 || s.p[0] == ' ');
	if (n->digits.p[0] == ',')
		return false;
	if (n->n_commas == 0)
		return n->is_long_minus && n->n_points <= 1;
	if (n->n_commas == 1 && n->n_points <= 1)
		return true;
	return n->is_grouped &&
	    (n->n_points == 0 ? n->n_last == 3
			      : n->n_commas == 1 || n->n_points == 1);
}

/* With a point, without grouping: what was probably meant. */
static void
warn_of_number(const struct question_maker *k, const struct node *paragraph)
{
	struct str s = str_trim(
	    str_from(paragraph->child->text, strlen("Answer:")));
	struct str unit;
	struct loose_number n;

	if (paragraph->child->next || !is_like_number(s, &n, &unit))
		return;
	unsigned n_signs = n.n_commas + n.n_points;
	/* 1,000 is a thousand, 12,5 and 1.000,5 have a decimal comma. */
	bool has_decimals = n.n_commas && n.n_points ? true
	    : n.n_commas ? n_signs == 1 && n.n_last != 3
			 : n.n_points == 1;
	g_autoptr(GString) plain = g_string_new(n.is_minus ? "-" : "");
	if (n.digits.p[0] == '.')
		g_string_append_c(plain, '0');
	for (size_t i = 0; i < n.digits.len; i++) {
		bool is_last = i + n.n_last + 1 == n.digits.len;
		if (g_ascii_isdigit(n.digits.p[i]))
			g_string_append_c(plain, n.digits.p[i]);
		else if (is_last && has_decimals)
			g_string_append_c(plain, '.');
	}
	diag_at(k->diag, DIAG_ANSWER_LIKE_NUMBER, loc_of(k, paragraph), "%.*s",
	    STR_ARG(s));
	diag_help(k->diag,
	    "write %s%.*s; or type=text says that it is meant so", plain->str,
	    STR_ARG(unit));
}

/* The interval of all right numbers. Every number has few enough digits. */
static void
find_interval(struct number *n, struct arena *a)
{
	const char *by = n->tolerance ? n->tolerance : NULL;

	if (n->low) {
		n->from = decimal_add(a, n->low, "0");
		n->to = decimal_add(a, n->high, "0");
		return;
	}
	if (n->percent)
		by = decimal_percent(a, n->value, n->percent);
	n->from = decimal_sub(a, n->value, by ? by : "0");
	n->to = decimal_add(a, n->value, by ? by : "0");
}

static bool
is_long(const char *number)
{
	return number && strlen(number) > NUMBER_LONG;
}

static void
check_number(const struct question_maker *k, struct loc at, struct number *n)
{
	if (is_long(n->value) || is_long(n->tolerance) || is_long(n->low) ||
	    is_long(n->high) || is_long(n->percent)) {
		diag_at(k->diag, DIAG_ANSWER_NUMBER, at, NULL);
		diag_help(k->diag, "it has more than %d digits", NUMBER_LONG);
		return;
	}
	if (n->low && n->percent) {
		diag_at(k->diag, DIAG_QUESTION_VALUE, at, "tol=%s%%",
		    n->percent);
		diag_help(k->diag, "a range has its tolerance already");
	} else if (n->tolerance && n->percent) {
		diag_at(k->diag, DIAG_QUESTION_VALUE, at, "tol=%s%%",
		    n->percent);
		diag_help(k->diag, "the answer says ± %s", n->tolerance);
	}
	if (n->low && decimal_compare(n->low, n->high) > 0) {
		diag_at(k->diag, DIAG_ANSWER_RANGE, at, "%s..%s", n->low,
		    n->high);
		diag_help(k->diag, "write %s..%s", n->high, n->low);
		return;
	}
	find_interval(n, k->arena);
}

static bool
is_number(const struct question_maker *k, const struct node *paragraph,
    struct number *out)
{
	const struct node *n = paragraph->child;

	return !n->next &&
	    parse_number(str_from(n->text, strlen("Answer:")), k->arena, out);
}

/* Markdown takes the backslash away, so that the bar would part. */
static void
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
		return;
	}
}

void
answer_read(const struct question_maker *k, const struct node *paragraph,
    const struct answer_rules *rules, struct question *q)
{
	const struct node *n = paragraph->child;
	struct loc at = loc_of(k, paragraph);
	bool is_num = !rules->wants_text &&
	    is_number(k, paragraph, &q->quantity);

	bool is_meant = !rules->wants_text && is_broken_number(paragraph);
	q->kind = is_num || is_meant || rules->wants_number ? QUESTION_NUMBER
							    : QUESTION_TEXT;
	if (q->kind == QUESTION_NUMBER) {
		q->quantity.percent = rules->percent;
		if (is_num) {
			check_number(k, at, &q->quantity);
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
		warn_of_number(k, paragraph);
	check_escaped_bar(k, paragraph);
	q->accepted = read_texts(k, n, strlen("Answer:"), rules->is_exact,
	    &q->n_accepted);
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
is_in_range(const struct number *n, const char *text)
{
	struct str s = str_of(text), number;

	if (!n->from || strlen(text) > NUMBER_LONG ||
	    !answer_take_number(&s, &number) || s.len)
		return false;
	return decimal_compare(n->from, text) <= 0 &&
	    decimal_compare(text, n->to) <= 0;
}

static bool
is_accepted(const struct question *q, const struct accepted *text)
{
	g_autofree char *folded = g_utf8_casefold(text->text, -1);

	if (q->kind == QUESTION_NUMBER)
		return is_in_range(&q->quantity, text->text);
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
	wrong->texts = read_texts(k, n, skip, rules->is_exact, &wrong->n_texts);
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
		b->texts = read_texts(k, n->child, 0, is_exact, &b->n_texts);
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
