#include "write/qti12/item.h"

#include "base/fs.h"
#include "base/text.h"

enum {
	/* Canvas takes digits for the answers' own numbers, and finds feedback
	 * by them. */
	FIRST_ANSWER = 1001,
	FIRST_MATCH = 5001
};

const char *
item_ident(const struct lms *w, const char *kind, const char *a, const char *b)
{
	const struct site *site = w->in->site;
	g_autofree char *all = g_strjoin("\n", site->id ? site->id : site->slug,
	    site->lang_dir ? site->lang_dir : "", kind, a, b, NULL);
	char hex[33];

	fs_hash(str_of(all), hex);
	return arena_printf(w->arena, "g%s", hex);
}

/* --- elements ----------------------------------------------------------- */

static void
put(const struct items *x, const char *z)
{
	text_addz(x->to, z);
}

static void
put_fact(const struct items *x, const char *label, const char *value)
{
	g_string_append_printf(x->to,
	    "<qtimetadatafield><fieldlabel>%s</fieldlabel><fieldentry>", label);
	html_textz(x->to, value);
	put(x, "</fieldentry></qtimetadatafield>\n");
}

static void
put_html(const struct items *x, const struct lms_text *t)
{
	put(x, "<material><mattext texttype=\"text/html\">");
	html_text(x->to, t->html);
	put(x, "</mattext></material>");
	x->pictures(t, x->ctx);
}

static void
put_plain(const struct items *x, const char *text)
{
	put(x, "<material><mattext texttype=\"text/plain\">");
	html_textz(x->to, text);
	put(x, "</mattext></material>");
}

static void
put_equal(const struct items *x, const char *response, const char *value)
{
	g_string_append_printf(x->to, "<varequal respident=\"%s\">", response);
	html_textz(x->to, value);
	put(x, "</varequal>");
}

static void
put_bound(const struct items *x, const char *name, const char *value)
{
	g_string_append_printf(x->to, "<%s respident=\"response1\">%s</%s>",
	    name, value, name);
}

/* What is shown when this has been answered; ident: of the feedback. */
static void
put_shown(const struct items *x, const char *answer, const char *ident)
{
	put(x, "<respcondition continue=\"Yes\"><conditionvar>");
	if (answer)
		put_equal(x, "response1", answer);
	else
		put(x, "<other/>");
	g_string_append_printf(x->to,
	    "</conditionvar><displayfeedback feedbacktype=\"Response\" linkrefid=\"%s\"/></respcondition>\n",
	    ident);
}

static void
put_feedback(const struct items *x, const char *ident, const struct lms_text *t)
{
	g_string_append_printf(x->to, "<itemfeedback ident=\"%s\"><flow_mat>",
	    ident);
	put_html(x, t);
	put(x, "</flow_mat></itemfeedback>\n");
}

static void
begin_right(const struct items *x)
{
	put(x, "<respcondition continue=\"No\"><conditionvar>");
}

static void
end_right(const struct items *x)
{
	put(x,
	    "</conditionvar><setvar action=\"Set\" varname=\"SCORE\">100</setvar></respcondition>\n");
}

static void
begin_presentation(const struct items *x, const struct question *q)
{
	const struct lms_text asked = lms_asked(x->w, q, false);

	put(x, "<presentation>\n");
	put_html(x, &asked);
	put(x, "\n");
}

/* What is said to any answer, and to any wrong one. */
struct said {
	struct lms_text general, incorrect;
};

static void
begin_scores(const struct items *x, const struct said *said)
{
	put(x,
	    "<resprocessing>\n<outcomes><decvar maxvalue=\"100\" minvalue=\"0\" varname=\"SCORE\" vartype=\"Decimal\"/></outcomes>\n");
	if (said->general.html.len)
		put_shown(x, NULL, "general_fb");
}

static void
end_scores(const struct items *x, const struct said *said)
{
	if (said->incorrect.html.len)
		put_shown(x, NULL, "general_incorrect_fb");
	put(x, "</resprocessing>\n");
}

/* --- options ------------------------------------------------------------ */

static const char *
number_of(const struct items *x, int first, size_t i)
{
	return arena_printf(x->w->arena, "%zu", (size_t)first + i);
}

/* Canvas knows true and false by these words, in every language. */
static void
put_option(const struct items *x, const struct question *q,
    const struct lms_choice *c, size_t i)
{
	g_string_append_printf(x->to, "<response_label ident=\"%s\">",
	    number_of(x, FIRST_ANSWER, i));
	if (q->kind == QUESTION_TRUTH)
		put_plain(x,
		    lms_is_true(x->w, q) == c->is_right ? "True" : "False");
	else
		put_html(x, &c->text);
	put(x, "</response_label>\n");
}

/* All that is right, and nothing else. */
static void
put_right_set(const struct items *x, const struct lms_choice *all, size_t n)
{
	put(x, "<and>");
	for (size_t i = 0; i < n; i++) {
		put(x, all[i].is_right ? "" : "<not>");
		put_equal(x, "response1", number_of(x, FIRST_ANSWER, i));
		put(x, all[i].is_right ? "" : "</not>");
	}
	put(x, "</and>");
}

static void
put_right_one(const struct items *x, const struct lms_choice *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].is_right)
			put_equal(x, "response1",
			    number_of(x, FIRST_ANSWER, i));
}

static const char *
feedback_of(const struct items *x, size_t i)
{
	return arena_printf(x->w->arena, "%zu_fb", (size_t)FIRST_ANSWER + i);
}

static void
put_choices(const struct items *x, const struct question *q,
    const struct said *said)
{
	const bool is_many = q->kind == QUESTION_MANY;
	size_t n;
	const struct lms_choice *all = lms_choices(x->w, q, &n);

	begin_presentation(x, q);
	g_string_append_printf(x->to,
	    "<response_lid ident=\"response1\" rcardinality=\"%s\"><render_choice>\n",
	    is_many ? "Multiple" : "Single");
	for (size_t i = 0; i < n; i++)
		put_option(x, q, &all[i], i);
	put(x, "</render_choice></response_lid>\n</presentation>\n");
	begin_scores(x, said);
	for (size_t i = 0; i < n; i++)
		if (all[i].feedback.html.len)
			put_shown(x, number_of(x, FIRST_ANSWER, i),
			    feedback_of(x, i));
	begin_right(x);
	(is_many ? put_right_set : put_right_one)(x, all, n);
	end_right(x);
	end_scores(x, said);
	for (size_t i = 0; i < n; i++)
		if (all[i].feedback.html.len)
			put_feedback(x, feedback_of(x, i), &all[i].feedback);
}

/* --- what is typed ------------------------------------------------------ */

static void
put_right_texts(const struct items *x, const struct question *q)
{
	begin_right(x);
	for (size_t i = 0; i < q->n_accepted; i++)
		put_equal(x, "response1", q->accepted[i].text);
	end_right(x);
}

static void
put_right_number(const struct items *x, const struct question *q)
{
	const struct number *n = &q->quantity;

	begin_right(x);
	if (n->value) {
		put(x, "<or>");
		put_equal(x, "response1", n->value);
		put(x, "<and>");
	}
	put_bound(x, "vargte", n->from);
	put_bound(x, "varlte", n->to);
	put(x, n->value ? "</and></or>" : "");
	end_right(x);
}

static void
put_typed(const struct items *x, const struct question *q,
    const struct said *said)
{
	const bool is_number = q->kind == QUESTION_NUMBER;

	begin_presentation(x, q);
	put(x, "<response_str ident=\"response1\" rcardinality=\"Single\">");
	put(x,
	    is_number
		? "<render_fib fibtype=\"Decimal\"><response_label ident=\"answer1\"/>"
		: "<render_fib><response_label ident=\"answer1\" rshuffle=\"No\"/>");
	put(x, "</render_fib></response_str>\n</presentation>\n");
	begin_scores(x, said);
	(is_number ? put_right_number : put_right_texts)(x, q);
	end_scores(x, said);
}

/* --- several responses -------------------------------------------------- */

/* One that is right brings its share of 100. */
static void
put_share(const struct items *x, const char *response, const char *value,
    size_t n)
{
	const unsigned share = (unsigned)(10000 / n);

	put(x, "<respcondition><conditionvar>");
	put_equal(x, response, value);
	g_string_append_printf(x->to,
	    "</conditionvar><setvar varname=\"SCORE\" action=\"Add\">%u.%02u</setvar></respcondition>\n",
	    share / 100, share % 100);
}

/* The first pair with this right side: the same is to be chosen only once. */
static size_t
first_with(const struct lms_pair *all, size_t i)
{
	size_t k = 0;

	while (strcmp(all[k].right, all[i].right) != 0)
		k++;
	return k;
}

static const char *
response_of(const struct items *x, size_t i)
{
	return arena_printf(x->w->arena, "response_%zu",
	    (size_t)FIRST_ANSWER + i);
}

/* Canvas writes all that may be chosen again for each left side. */
static void
put_left(const struct items *x, const struct lms_pair *all, size_t n, size_t i)
{
	g_string_append_printf(x->to, "<response_lid ident=\"%s\">\n",
	    response_of(x, i));
	put_html(x, &all[i].left);
	put(x, "\n<render_choice>\n");
	for (size_t k = 0; k < n; k++) {
		if (first_with(all, k) != k)
			continue;
		g_string_append_printf(x->to, "<response_label ident=\"%s\">",
		    number_of(x, FIRST_MATCH, k));
		put_plain(x, all[k].right);
		put(x, "</response_label>\n");
	}
	put(x, "</render_choice></response_lid>\n");
}

static void
put_pairs(const struct items *x, const struct question *q,
    const struct said *said)
{
	size_t n, n_left = 0;
	const struct lms_pair *all = lms_pairs(x->w, q, &n);

	begin_presentation(x, q);
	/* Those without a left side come last. */
	while (n_left < n && all[n_left].left.html.len)
		n_left++;
	for (size_t i = 0; i < n_left; i++)
		put_left(x, all, n, i);
	put(x, "</presentation>\n");
	begin_scores(x, said);
	for (size_t i = 0; i < n_left; i++)
		put_share(x, response_of(x, i),
		    number_of(x, FIRST_MATCH, first_with(all, i)), n_left);
	end_scores(x, said);
}

void
item_blank(GString *out, const struct node *n, const struct html_policy *p)
{
	(void)p;
	g_string_append_printf(out, "[blank%u]", n->blank->number);
}

/* Every spelling of a blank is right; that the first is named as such is how
 * Canvas has it. */
static void
put_blanks(const struct items *x, const struct question *q,
    const struct said *said)
{
	size_t answer = 0;

	begin_presentation(x, q);
	for (size_t i = 0; i < q->n_blanks; i++) {
		const struct blank *b = &q->blanks[i];
		g_string_append_printf(x->to,
		    "<response_lid ident=\"response_blank%u\"><material><mattext>blank%u</mattext></material><render_choice>\n",
		    b->number, b->number);
		for (size_t k = 0; k < b->n_texts; k++) {
			g_string_append_printf(x->to,
			    "<response_label ident=\"%s\">",
			    number_of(x, FIRST_ANSWER, answer++));
			put_plain(x, b->texts[k].text);
			put(x, "</response_label>\n");
		}
		put(x, "</render_choice></response_lid>\n");
	}
	put(x, "</presentation>\n");
	begin_scores(x, said);
	answer = 0;
	for (size_t i = 0; i < q->n_blanks; i++) {
		put_share(x,
		    arena_printf(x->w->arena, "response_blank%u",
			q->blanks[i].number),
		    number_of(x, FIRST_ANSWER, answer), q->n_blanks);
		answer += q->blanks[i].n_texts;
	}
	end_scores(x, said);
}

/* --- items -------------------------------------------------------------- */

static const char *
type_of(enum question_kind kind)
{
	static const char *const types[QUESTION_KIND_COUNT] = {
		[QUESTION_ONE] = "multiple_choice_question",
		[QUESTION_MANY] = "multiple_answers_question",
		[QUESTION_TRUTH] = "true_false_question",
		[QUESTION_TEXT] = "short_answer_question",
		[QUESTION_NUMBER] = "numerical_question",
		[QUESTION_ORDER] = "matching_question",
		[QUESTION_MATCH] = "matching_question",
		[QUESTION_MATRIX] = "matching_question",
		[QUESTION_CLOZE] = "fill_in_multiple_blanks_question",
	};

	return types[kind];
}

static void
begin_item(const struct items *x, const char *ident, const char *title,
    const char *type)
{
	g_string_append_printf(x->to, "<item ident=\"%s\" title=\"", ident);
	html_attr(x->to, str_of(title));
	put(x, "\">\n<itemmetadata><qtimetadata>\n");
	put_fact(x, "question_type", type);
}

/* The question itself is known by its id, in whatever quiz it is asked. */
void
item_put(const struct items *x, const struct quiz *quiz,
    const struct question *q)
{
	const struct lms *w = x->w;
	const char *title = lms_line(w, q->title);
	const struct said said = { lms_explanation(w, q), lms_wrong(w, q) };

	begin_item(x, item_ident(w, "item", quiz->id, q->id),
	    *title ? title : q->id, type_of(q->kind));
	put_fact(x, "points_possible", arena_printf(w->arena, "%u", q->worth));
	put_fact(x, "assessment_question_identifierref",
	    item_ident(w, "question", q->id, NULL));
	put(x, "</qtimetadata></itemmetadata>\n");
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: put_choices(x, q, &said); break;
	case QUESTION_TEXT:
	case QUESTION_NUMBER: put_typed(x, q, &said); break;
	case QUESTION_ORDER:
	case QUESTION_MATCH:
	case QUESTION_MATRIX: put_pairs(x, q, &said); break;
	case QUESTION_CLOZE: put_blanks(x, q, &said); break;
	case QUESTION_KIND_COUNT: break;
	}
	if (said.general.html.len)
		put_feedback(x, "general_fb", &said.general);
	if (said.incorrect.html.len)
		put_feedback(x, "general_incorrect_fb", &said.incorrect);
	put(x, "</item>\n");
}

void
item_put_text(const struct items *x, const struct quiz *quiz,
    const struct node *text, size_t number)
{
	const struct lms *w = x->w;
	const struct lms_text said = lms_blocks(w, w->page->doc, text);

	if (said.html.len == 0)
		return;
	begin_item(x,
	    item_ident(w, "text", quiz->id,
		arena_printf(w->arena, "%zu", number)),
	    lms_line(w, quiz->title), "text_only_question");
	put_fact(x, "points_possible", "0");
	put(x, "</qtimetadata></itemmetadata>\n<presentation>");
	put_html(x, &said);
	put(x, "</presentation>\n</item>\n");
}
