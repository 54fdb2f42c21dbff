/*
 * Moodle's GIFT: https://docs.moodle.org/en/GIFT_format. Where that page says
 * little, Moodle's own reader decides what a file means: an empty line ends a
 * question, escaped signs mean themselves, the last "####" begins the general
 * feedback.
 */
#include "import/bank.h"
#include "import/markup.h"
#include "import/moodle.h"

enum format {
	FORMAT_MOODLE, /* text with line ends, in which HTML is HTML */
	FORMAT_HTML,
	FORMAT_PLAIN,
	FORMAT_MARKDOWN
};

struct gift {
	struct import *im;
	const struct origin *in;
	struct bank *bank;
	/* Of the comments before a question. */
	const char *id;
	struct items tags, notes;
};

/* A question being read. */
struct piece {
	struct gift *g;
	struct ask_one *q;
	struct str source; /* all of it, as the file has it */
	/* The same with spaces in place of comments and line ends as LF, so
	 * that an offset in one is an offset in the other. */
	struct str text;
	enum format format; /* of the question, and of what names none */
};

/* ---- signs */

/* The offset of the first c that is not escaped, or s.len. */
static size_t
find_sign(struct str s, char c)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == c)
			return i;
	}
	return s.len;
}

static size_t
find_arrow(struct str s)
{
	for (size_t i = 0; i + 1 < s.len; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '-' && s.p[i + 1] == '>')
			return i;
	}
	return s.len;
}

/* The last "####", or s.len. */
static size_t
find_general(struct str s)
{
	for (size_t i = s.len; i >= 4; i--)
		if (memcmp(s.p + i - 4, "####", 4) == 0 &&
		    (i == 4 || s.p[i - 5] != '\\'))
			return i - 4;
	return s.len;
}

/* What escapes mean. */
static void
unescape(GString *to, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char next = i + 1 < s.len ? s.p[i + 1] : '\0';
		if (s.p[i] != '\\' || !next || !strchr("\\~=#{}:n", next)) {
			g_string_append_c(to, s.p[i]);
			continue;
		}
		g_string_append_c(to, next == 'n' ? '\n' : next);
		i++;
	}
}

static const char *
plain(struct gift *g, struct str s)
{
	g_autoptr(GString) to = g_string_new(NULL);

	unescape(to, str_trim(s));
	return arena_str(g->im->arena,
	    str_trim((struct str){ to->str, to->len }));
}

static struct loc
loc_of(struct piece *p, struct str part)
{
	const size_t at = (size_t)(part.p - p->text.p);

	return import_loc(p->g->im, p->g->in,
	    (size_t)(p->source.p - p->g->in->text.p) + at);
}

/* ---- texts */

static bool
take_format(struct str *s, enum format *format)
{
	static const char *const names[] = { "[moodle]", "[html]", "[plain]",
		"[markdown]" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (!str_starts(*s, names[i]))
			continue;
		*s = str_from(*s, strlen(names[i]));
		*format = (enum format)i;
		return true;
	}
	return false;
}

/* Markdown of a text, in the arena. */
static const char *
rich(struct piece *p, struct str s, enum text_use use)
{
	enum format format = p->format;
	struct str t = str_trim(s);

	(void)take_format(&t, &format);
	g_autoptr(GString) raw = g_string_new(NULL);
	g_autoptr(GString) to = g_string_new(NULL);
	unescape(raw, t);
	const struct str r = { raw->str, raw->len };
	const struct markup m = { .im = p->g->im,
		.lost = &p->q->lost,
		.at = p->q->at,
		.use = use };
	switch (format) {
	case FORMAT_HTML: return markup_read(&m, r);
	case FORMAT_MOODLE: return moodle_text(&m, r);
	case FORMAT_PLAIN: text_plain(to, r, use); break;
	case FORMAT_MARKDOWN:
		if (use == TEXT_BLOCKS)
			text_guard(to, r, p->q->kind == ASK_CLOZE);
		else
			text_guard_line(to, r, use == TEXT_CELL);
		break;
	}
	return arena_str(p->g->im->arena, (struct str){ to->str, to->len });
}

static const char *
non_empty(const char *text)
{
	return text[0] ? text : NULL;
}

/* Adds to what explains the answer. */
static void
explain(struct piece *p, const char *answer, const char *text)
{
	g_autoptr(GString) to = g_string_new(p->q->explanation);

	if (!text || !text[0])
		return;
	text_block(to);
	if (answer) {
		g_string_append_c(to, '*');
		text_inline(to, str_of(answer), false);
		g_string_append(to, "*: ");
	}
	g_string_append(to, text);
	p->q->explanation = arena_str(p->g->im->arena,
	    (struct str){ to->str, to->len });
}

static void G_GNUC_PRINTF(3, 4)
    lose(struct piece *p, struct str part, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	import_lost(p->g->im, &p->q->lost, loc_of(p, part), part, "%s", what);
}

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
	const size_t at = find_sign(a.text, '#');
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

#define answers_each(a, all)                                 \
	for (const struct answer *a =                        \
		 (const struct answer *)(void *)(all)->data; \
	     a < (const struct answer *)(void *)(all)->data + (all)->len; a++)

static const char *
feedback_of(struct piece *p, const struct answer *a, enum text_use use)
{
	return a->has_feedback ? non_empty(rich(p, a->feedback, use)) : NULL;
}

/* ---- the kinds */

/* All who are right count alike, and so do all that are wrong: this is what
 * "all of it, or nothing" loses least of. */
static bool
is_even(const GArray *all)
{
	double right = 0, wrong = 0;

	answers_each(a, all)
	{
		double *same = a->weight > 0 ? &right : &wrong;
		if (*same != 0 && *same != a->weight)
			return false;
		*same = a->weight;
	}
	return true;
}

static void
read_options(struct piece *p, struct str s)
{
	g_autoptr(GArray) all = split_answers(s, "=~");
	struct ask_one *q = p->q;
	size_t n_full = 0, n_part = 0, n_right = 0;

	answers_each(a, all)
	{
		n_full += a->sign == '=' || a->weight >= 100;
		n_part += a->sign == '~' && a->weight > 0 && a->weight < 100;
	}
	const bool is_one = find_sign(s, '=') < s.len;
	q->kind = ASK_CHOICE;
	q->is_many = !is_one || n_full > 1;
	answers_each(a, all)
	{
		const bool is_right = is_one
		    ? a->sign == '=' || a->weight >= 100
		    : a->weight > 0;
		const char *text = rich(p, a->text, TEXT_BLOCKS);
		n_right += is_right;
		if (!text[0])
			lose(p, a->whole, "an option without text");
		items_add(p->g->im, &q->options, text,
		    feedback_of(p, a, TEXT_BLOCKS), is_right);
	}
	if (n_right == 0)
		lose(p, s, "no option is right");
	if (is_one && n_full > 1)
		lose(p, s,
		    "each of several options is right by itself; now all of them are to be chosen");
	else if (is_one ? n_part > 0 : !is_even(all))
		lose(p, s, "the weights of the options");
}

/* "T", "FALSE" … in front of any feedback. */
static bool
is_truth(struct str s, bool *is_true)
{
	const struct str word = str_trim(str_upto(s, find_sign(s, '#')));

	*is_true = str_is(word, "T") || str_is(word, "TRUE");
	return *is_true || str_is(word, "F") || str_is(word, "FALSE");
}

static void
read_truth(struct piece *p, struct str s, bool is_true)
{
	const struct answer a = read_answer('\0', s);
	struct str wrong = a.feedback, right = { NULL, 0 };
	const size_t at = find_sign(wrong, '#');
	const char *texts[2] = { NULL, NULL };

	if (at < wrong.len) {
		right = str_from(wrong, at + 1);
		wrong = str_upto(wrong, at);
	}
	p->q->kind = ASK_CHOICE;
	texts[is_true ? 0 : 1] = non_empty(rich(p, right, TEXT_BLOCKS));
	texts[is_true ? 1 : 0] = non_empty(rich(p, wrong, TEXT_BLOCKS));
	items_add(p->g->im, &p->q->options, "True", texts[0], is_true);
	items_add(p->g->im, &p->q->options, "False", texts[1], !is_true);
}

static void
read_pairs(struct piece *p, struct str s)
{
	g_autoptr(GArray) all = split_answers(s, "=");

	p->q->kind = ASK_MATCH;
	answers_each(a, all)
	{
		const size_t at = find_arrow(a->whole);
		const struct str left = str_upto(a->whole, at);
		const struct str right = str_from(a->whole, at + 2);
		if (at == a->whole.len || !str_trim(right).len) {
			lose(p, a->whole, "a pair without '->'");
			continue;
		}
		g_autoptr(GString) text = g_string_new(NULL);
		text_plain(text, str_of(plain(p->g, right)), TEXT_CELL);
		items_add(p->g->im, &p->q->options,
		    arena_str(p->g->im->arena,
			(struct str){ text->str, text->len }),
		    non_empty(rich(p, left, TEXT_CELL)), false);
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
		lose(p, a->whole, "an answer that is worth %g %%", a->weight);
}

static void
read_texts(struct piece *p, struct str s)
{
	g_autoptr(GArray) all = split_answers(s, "=");
	struct ask_one *q = p->q;
	bool has_joker = false;

	q->kind = ASK_TEXT;
	answers_each(a, all)
	{
		const char *text = plain(p->g, a->text);
		const char *joker = strchr(text, '*');
		const bool is_escaped = joker && joker > text &&
		    joker[-1] == '\\';
		if (strcmp(text, "*") == 0) {
			lose(p, a->whole, "feedback for every other answer");
			continue;
		}
		has_joker = has_joker || (joker && !is_escaped);
		if (a->weight < 100)
			add_wrong(p, a, text);
		else if (text[0])
			items_add(p->g->im, &q->accepted, text, NULL, false);
		if (a->weight >= 100)
			explain(p, all->len > 1 ? text : NULL,
			    feedback_of(p, a, TEXT_BLOCKS));
	}
	if (has_joker)
		lose(p, s, "'*' stands for any text; here it is a star");
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
	const size_t tilde = find_sign(s, '~');
	g_autoptr(GArray) all = split_answers(str_upto(s, tilde), "=");
	struct ask_one *q = p->q;

	q->kind = ASK_NUMBER;
	answers_each(a, all)
	{
		const char *text = plain(p->g, a->text);
		const char *number = read_quantity(p, text);
		if (!number) {
			lose(p, a->whole, "not understood as a number");
		} else if (a->weight >= 100 && !q->number) {
			q->number = number;
			explain(p, NULL, feedback_of(p, a, TEXT_BLOCKS));
		} else if (a->weight <= 0 && !strstr(number, "..") &&
		    !strstr(number, "±") && a->has_feedback) {
			add_wrong(p, a, number);
		} else {
			lose(p, a->whole,
			    "another number that is right, or nearly");
		}
	}
	if (tilde < s.len)
		lose(p, str_from(s, tilde), "feedback for every other answer");
	if (!q->number)
		q->kind = ASK_NOTHING;
}

/* One word that is missing in a text, to be typed: a blank. */
static bool
read_blank(struct piece *p, struct str before, struct str answers,
    struct str behind)
{
	g_autoptr(GArray) all = split_answers(answers, "=");
	g_autoptr(GString) blank = g_string_new(NULL);
	g_autoptr(GString) whole = g_string_new(NULL);

	answers_each(a, all)
	{
		const char *text = plain(p->g, a->text);
		if (a->weight < 100 || a->feedback.len || !text[0] ||
		    strpbrk(text, "*|<>"))
			return false;
		g_string_append(blank, blank->len ? " | " : "");
		text_inline(blank, str_of(text), false);
	}
	if (!blank->len)
		return false;
	p->q->kind = ASK_CLOZE;
	g_string_append(whole, rich(p, before, TEXT_BLOCKS));
	const bool is_glued = before.len && !is_space(before.p[before.len - 1]);
	const char last = whole->len ? whole->str[whole->len - 1] : ' ';
	g_string_append_printf(whole, "%s**%s**",
	    is_glued && !g_ascii_isalnum(last) ? "" : " ", blank->str);
	g_string_append_printf(whole, "%s%s",
	    behind.len && is_space(behind.p[0]) ? " " : "",
	    rich(p, behind, TEXT_LINE));
	p->q->stem = arena_str(p->g->im->arena,
	    str_trim((struct str){ whole->str, whole->len }));
	return true;
}

static void
read_kind(struct piece *p, struct str s)
{
	bool is_true;

	if (!s.len) {
		p->q->kind = ASK_NOTHING;
		import_lost(p->g->im, &p->q->lost, p->q->at,
		    (struct str){ NULL, 0 },
		    "an essay has no answer: it is a text now");
	} else if (s.p[0] == '#') {
		read_number(p, str_from(s, 1));
	} else if (find_sign(s, '~') < s.len) {
		read_options(p, s);
	} else if (find_sign(s, '=') < s.len && find_arrow(s) < s.len) {
		read_pairs(p, s);
	} else if (is_truth(s, &is_true)) {
		read_truth(p, s, is_true);
	} else {
		read_texts(p, s);
	}
}

/* ---- questions */

/* A question that our syntax would refuse keeps its text. */
static void
check(struct piece *p)
{
	struct ask_one *q = p->q;
	const char *why = NULL;
	size_t n_pairs = 0;

	items_each(o, &q->options) n_pairs += o->more != NULL;
	if (q->kind == ASK_CHOICE && q->options.n < 2)
		why = "a choice needs two options";
	else if (q->kind == ASK_TEXT && !q->accepted.n)
		why = "no answer is right";
	else if (q->kind == ASK_MATCH && (q->options.n < 2 || !n_pairs))
		why = "a matching needs two pairs";
	if (!why)
		return;
	import_lost(p->g->im, &q->lost, q->at, p->source, "%s", why);
	q->kind = ASK_NOTHING;
	q->options = q->accepted = q->wrong = (struct items){ NULL, NULL, 0 };
}

static void
read_stem(struct piece *p, struct str before, struct str behind)
{
	g_autoptr(GString) stem = g_string_new(NULL);

	g_string_append_len(stem, before.p, (gssize)before.len);
	if (behind.len) {
		g_string_append(stem, "_____");
		g_string_append_len(stem, behind.p, (gssize)behind.len);
	}
	p->q->stem = non_empty(
	    rich(p, (struct str){ stem->str, stem->len }, TEXT_BLOCKS));
}

static void
read_body(struct piece *p, struct str text)
{
	const size_t open = find_sign(text, '{');
	const size_t close = find_sign(text, '}');
	const bool has_answer = open < text.len && close < text.len &&
	    open < close;
	struct str before = str_upto(text, open);
	struct str behind = has_answer ? str_from(text, close + 1)
				       : (struct str){ NULL, 0 };

	if (!has_answer && (open < text.len || close < text.len)) {
		p->q->kind = ASK_NOTHING;
		read_stem(p, text, behind);
		import_lost(p->g->im, &p->q->lost, loc_of(p, text), p->source,
		    "a brace has no partner");
		diag_help(p->g->im->diag,
		    "an empty line ends a question; a brace that is text is \\{");
		return;
	}
	behind = str_trim(behind).len ? behind : (struct str){ NULL, 0 };
	struct str answers = has_answer
	    ? str_trim(str_upto(str_from(text, open + 1), close - open - 1))
	    : behind;
	const size_t general = find_general(answers);
	(void)take_format(&before, &p->format);
	if (!has_answer)
		p->q->kind = ASK_NOTHING;
	struct str rest = str_trim(str_upto(answers, general));
	const bool is_blank = has_answer && behind.len && rest.len &&
	    rest.p[0] == '=' && find_arrow(rest) == rest.len &&
	    find_sign(rest, '~') == rest.len &&
	    read_blank(p, before, rest, behind);
	if (!is_blank)
		read_stem(p, before, behind);
	if (has_answer && !is_blank)
		read_kind(p, rest);
	if (general < answers.len)
		explain(p, NULL,
		    rich(p, str_from(answers, general + 4), TEXT_BLOCKS));
	check(p);
}

/* "::title::" in front. */
static const char *
take_title(struct gift *g, struct str *text)
{
	struct str s = *text;

	if (!str_starts(s, "::"))
		return NULL;
	s = str_from(s, 2);
	for (size_t i = 0; i + 1 < s.len; i++) {
		if (s.p[i] == '\\') {
			i++;
		} else if (s.p[i] == ':' && s.p[i + 1] == ':') {
			*text = str_trim(str_from(s, i + 2));
			return non_empty(plain(g, str_upto(s, i)));
		}
	}
	return NULL;
}

static void
read_question(struct gift *g, struct str source, struct str text)
{
	struct piece p = { .g = g, .source = source, .text = text };
	struct str body = str_trim(text);
	struct loc at = loc_of(&p, body);

	p.q = bank_add(g->im, g->bank, ASK_NOTHING, at);
	p.q->id = g->id;
	p.q->tags = g->tags;
	items_each(n, &g->notes)
	    items_add(g->im, &p.q->lost, n->text, n->more, false);
	p.q->title = take_title(g, &body);
	read_body(&p, body);
	g->id = NULL;
	g->tags = g->notes = (struct items){ NULL, NULL, 0 };
}

/* ---- the file */

/* "[id:x]" and "[tag:x]" of a comment; true if it says nothing else. */
static bool
read_marks(struct gift *g, struct str s)
{
	static const char *const names[] = { "[id:", "[tag:" };
	bool is_known = str_starts(s, "question:");

	for (size_t i = 0; i < s.len; i++) {
		for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
			const struct str rest = str_from(s, i);
			if (!str_starts(rest, names[k]))
				continue;
			const struct str value = str_from(rest,
			    strlen(names[k]));
			const size_t end = find_sign(value, ']');
			const char *text = plain(g, str_upto(value, end));
			if (end == value.len || !text[0])
				continue;
			if (k == 0)
				g->id = text;
			else
				items_add(g->im, &g->tags, text, NULL, false);
			is_known = true;
		}
	}
	return is_known;
}

static void
read_comment(struct gift *g, struct str line)
{
	const struct str s = str_trim(str_from(line, 2));

	if (s.len && !read_marks(g, s))
		items_add(g->im, &g->notes, "a comment",
		    arena_str(g->im->arena, s), false);
}

/* "$CATEGORY: $course$/top/Networking/VPN" */
static void
read_category(struct gift *g, struct str line)
{
	g_autoptr(GString) name = g_string_new(NULL);
	struct str rest = str_from(line, strlen("$CATEGORY:"));
	bool is_first = true;

	rest = str_trim(rest);
	while (rest.len) {
		size_t at = str_find(rest, '/');
		/* Two slashes are one that belongs to a name. */
		while (at + 1 < rest.len && rest.p[at + 1] == '/')
			at += 2 + str_find(str_from(rest, at + 2), '/');
		const struct str part = str_trim(str_upto(rest, at));
		rest = str_from(rest, at + 1);
		const bool is_root = is_first &&
		    ((str_starts(part, "$") && str_ends(part, "$")) ||
			str_is(part, "top"));
		if (is_root || !part.len)
			continue;
		is_first = false;
		g_string_append(name, name->len ? " / " : "");
		for (size_t i = 0; i < part.len; i++)
			if (part.p[i] != '/' || i == 0 || part.p[i - 1] != '/')
				g_string_append_c(name, part.p[i]);
	}
	g->bank = import_bank(g->im,
	    name->len ? name->str : import_stem(g->im, g->in), g->in);
}

static bool
is_comment(struct str line)
{
	return str_starts(str_trim(line), "//");
}

/* The lines up to an empty one, or a category. */
static struct str
take_piece(struct str *rest)
{
	const char *begin = rest->p;
	size_t len = 0;

	while (rest->len) {
		struct str next = *rest;
		const struct str line = str_trim(str_line(&next));
		if (line.len == 0 || str_starts(line, "$CATEGORY:"))
			break;
		*rest = next;
		len = (size_t)(rest->p - begin);
	}
	return (struct str){ begin, len };
}

/* Comments out, as many bytes as before. */
static struct str
without_comments(struct gift *g, struct str source, bool *is_empty)
{
	char *text = arena_str(g->im->arena, source);
	struct str rest = source;

	*is_empty = true;
	while (rest.len) {
		const size_t at = source.len - rest.len;
		const struct str line = str_line(&rest);
		for (size_t i = at; i < source.len - rest.len; i++)
			if (text[i] == '\r')
				text[i] = ' ';
		if (is_comment(line)) {
			read_comment(g, str_trim(line));
			memset(text + at, ' ', line.len);
		} else if (str_trim(line).len) {
			*is_empty = false;
		}
	}
	return (struct str){ text, source.len };
}

static bool
read_gift(struct import *im, const struct origin *in)
{
	struct gift g = { .im = im, .in = in };
	struct str rest = in->text;

	g.bank = import_bank(im, import_stem(im, in), in);
	while (rest.len) {
		struct str next = rest;
		const struct str line = str_trim(str_line(&next));
		if (line.len == 0 || str_starts(line, "$CATEGORY:")) {
			if (line.len)
				read_category(&g, line);
			rest = next;
			continue;
		}
		const struct str source = take_piece(&rest);
		bool is_empty;
		const struct str text = without_comments(&g, source, &is_empty);
		if (!is_empty)
			read_question(&g, source, text);
	}
	items_each(n, &g.notes)
	    items_add(im, &g.bank->lost, n->text, n->more, false);
	return true;
}

const struct importer import_gift = {
	.name = "gift",
	.summary = "Moodle's text format for questions",
	.read = read_gift,
};
