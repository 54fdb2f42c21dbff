#include "render/form_own.h"

/* A word whose %1 is a number that only CSS knows. */
static void
counted(const struct form *f, enum word id, const char *class,
    const char *total)
{
	g_autoptr(GString) text = g_string_new(NULL);

	words_format(text, f->p->words, id, "\x01", total);
	struct str s = { text->str, text->len };
	size_t at = str_find(s, '\x01');
	html_text(f->out, str_upto(s, at));
	g_string_append_printf(f->out, "<b class=\"%s\"></b>", class);
	html_text(f->out, str_from(s, at + 1));
}

static void
put_hints(const struct form *f)
{
	for (size_t i = 0; i < f->q->n_hints; i++) {
		g_autofree char *no = g_strdup_printf("%zu", i + 1);
		put(f, "<details class=\"hint\"><summary>");
		html_word(f->out, f->p->words,
		    f->q->n_hints > 1 ? WORD_HINT_N : WORD_HINT, f->number, no);
		put(f, "</summary>");
		html_blocks(f->out, f->q->hints[i], f->p);
		put(f, "</details>\n");
	}
}

static void
put_how(const struct form *f, enum word how)
{
	g_string_append_printf(f->out, "<p class=\"how\" id=\"%s.m\">",
	    f->q->anchor);
	word(f, how);
	put(f, "</p>\n");
}

static void
put_check(const struct form *f)
{
	const char *id = f->q->anchor;

	if (f->quiz->mode == MODE_PRACTICE) {
		g_string_append_printf(f->out,
		    "<div class=\"ck\" hidden><input type=\"checkbox\" class=\"c\" id=\"%s.c\">"
		    "<label for=\"%s.c\">",
		    id, id);
		word(f, WORD_CHECK);
		put(f, "</label></div>\n");
	}
	put(f, "<div class=\"res\" hidden><p class=\"ok\" hidden>");
	word(f, WORD_CORRECT);
	put(f, "</p><p class=\"no\" hidden>");
	word(f, WORD_NOT_CORRECT);
	put(f, "</p><p class=\"na\" hidden>");
	word(f, WORD_NOT_ANSWERED);
	put(f, "</p></div>\n");
}

/* What to do, where the fields do not say it. */
static bool
how_word(const struct question *q, enum word *how)
{
	switch (q->kind) {
	case QUESTION_MANY:
		*how = q->allows_none ? WORD_ALL_OR_NONE : WORD_CHOOSE_ALL;
		return true;
	case QUESTION_ORDER: *how = WORD_IN_ORDER; return true;
	case QUESTION_MATCH: *how = WORD_IN_PAIRS; return true;
	case QUESTION_MATRIX: *how = WORD_IN_ROWS; return true;
	case QUESTION_CLOZE: *how = WORD_FILL_IN; return true;
	case QUESTION_ONE:
	case QUESTION_TRUTH:
	case QUESTION_TEXT:
	case QUESTION_NUMBER:
	case QUESTION_KIND_COUNT: break;
	}
	return false;
}

/* "2 points" */
static void
put_worth(const struct form *f)
{
	char points[12];

	if (!f->quiz->n_points)
		return;
	g_snprintf(points, sizeof(points), "%u", f->q->worth);
	put(f, " <span class=\"pts\">");
	html_word(f->out, f->p->words, WORD_POINTS_COUNT, points, NULL);
	put(f, "</span>");
}

/* The classes are what the rules of form.css go by: qc or qf how it is
 * answered, w2 what a right answer or part counts, se that parts count. */
static void
open_question(const struct form *f, bool has_stem, bool has_how)
{
	const struct question *q = f->q;

	put(f, "<fieldset class=\"q ");
	put(f, q->n_options ? "qc" : "qf");
	if (q->points != 1)
		g_string_append_printf(f->out, " w%u", q->points);
	put(f, q->is_scored_each && question_n_parts(q) > 1 ? " se" : "");
	put(f, "\" id=\"");
	put(f, q->anchor);
	if (has_stem || has_how)
		g_string_append_printf(f->out,
		    "\" aria-describedby=\"%s%s%s%s%s",
		    has_stem ? q->anchor : "", has_stem ? ".s" : "",
		    has_stem && has_how ? " " : "", has_how ? q->anchor : "",
		    has_how ? ".m" : "");
	put(f, "\">\n<legend><b class=\"n\">");
	word(f, WORD_QUESTION_OF);
	put_worth(f);
	put(f, "</b> <span class=\"qt\">");
	html_inlines(f->out, q->heading, f->p);
	put(f, "</span></legend>\n");
}

/* The legend holds phrasing only, so the stem stands below it and describes
 * the group; but not if the fields are in it. */
static void
put_question(const struct form *f)
{
	const struct question *q = f->q;
	bool is_cloze = q->kind == QUESTION_CLOZE;
	enum word how;
	bool has_how = how_word(q, &how);

	open_question(f, q->stem && !is_cloze, has_how);
	if (has_how && is_cloze)
		put_how(f, how);
	if (q->stem) {
		g_string_append_printf(f->out,
		    "<div class=\"stem\" id=\"%s.s\">", q->anchor);
		if (is_cloze)
			form_cloze(f);
		else
			html_blocks(f->out, q->stem, f->p);
		put(f, "</div>\n");
	}
	if (has_how && !is_cloze)
		put_how(f, how);
	form_fields(f);
	form_notes(f, false);
	put_hints(f);
	put_check(f);
	form_key(f);
	put(f, "</fieldset>\n");
}

/* The one live region: digits come from counters, words stand in the page. A
 * space that appears together with an element stands inside of it. */
static void
put_summary(const struct form *f)
{
	const struct quiz *quiz = f->quiz;
	bool has_points = quiz->n_points > 0;
	char pass[12], points[12];

	g_snprintf(pass, sizeof(pass), "%u", quiz->pass_count);
	g_snprintf(points, sizeof(points), "%u", quiz->n_points);
	put(f,
	    "<p class=\"sum\" role=\"status\" aria-atomic=\"true\" hidden><span>");
	counted(f, WORD_ANSWERED_OF, "n-a", f->total);
	put(f, "</span><span class=\"sc\" hidden> ");
	counted(f, WORD_CORRECT_OF, "n-r", f->total);
	if (has_points) {
		put(f, "</span><span class=\"sc\" hidden> ");
		counted(f, WORD_POINTS_OF, "n-p", points);
	}
	put(f, "</span><span class=\"mark\"> ");
	html_word(f->out, f->p->words,
	    has_points ? WORD_PASS_MARK_POINTS : WORD_PASS_MARK, pass,
	    has_points ? points : f->total);
	g_string_append_printf(f->out,
	    "</span><span class=\"pass\" hidden> <b class=\"%s%s\"></b></span>"
	    "<span class=\"full\" hidden> ",
	    has_points ? "pp" : "p", pass);
	word(f, WORD_EVERY_CORRECT);
	put(f, "</span></p>\n");
}

/* Unlike the quiz's id, a question's is there once in a page. */
static const char *
id_of(const struct quiz *quiz)
{
	for (size_t i = 0; i < quiz->n_drawn; i++)
		if (quiz->drawn[i].question)
			return quiz->drawn[i].question->anchor;
	return quiz->id;
}

static void
put_switch(const struct form *f, const char *classes, const char *class,
    const char *suffix, enum word label)
{
	const char *id = id_of(f->quiz);

	g_string_append_printf(f->out,
	    "<span class=\"%s\" hidden><input type=\"checkbox\" class=\"%s\""
	    " id=\"Q-%s.%s\"><label for=\"Q-%s.%s\">",
	    classes, class, id, suffix, id, suffix);
	word(f, label);
	put(f, "</label></span>\n");
}

static void
put_actions(const struct form *f)
{
	put(f, "<div class=\"act\" hidden>\n");
	put_switch(f, "ck", "all", "all", WORD_CHECK_ALL);
	put_switch(f, "ck pkw", "pk", "print", WORD_PRINT_ANSWERS);
	put(f, "<button type=\"reset\">");
	word(f, WORD_START_AGAIN);
	put(f, "</button></div>\n<p class=\"privacy\">");
	word(f, WORD_QUIZ_PRIVACY);
	put(f, "</p>\n");
}

/* A question that was not drawn keeps its address: links and cards lead to
 * it. */
static void
put_undrawn(const struct form *f)
{
	const struct quiz *quiz = f->quiz;
	g_autoptr(GHashTable) drawn = g_hash_table_new(NULL, NULL);

	if (quiz->n_drawn == quiz->n_parts || quiz->is_mock)
		return;
	for (size_t i = 0; i < quiz->n_drawn; i++)
		g_hash_table_add(drawn,
		    (struct question *)(uintptr_t)quiz->drawn[i].question);
	for (size_t i = 0; i < quiz->n_questions; i++)
		if (!g_hash_table_contains(drawn, &quiz->questions[i]))
			g_string_append_printf(f->out,
			    "<span id=\"%s\"></span>",
			    quiz->questions[i].anchor);
	put(f, "\n<p class=\"some\">");
	g_autofree char *all = g_strdup_printf("%zu", quiz->n_questions);
	html_word(f->out, f->p->words, WORD_DRAWN, f->total, all);
	put(f, "</p>\n");
}

/* A question of another page has notes and raw links of that page. */
static void
put_part(struct form *f, const struct quiz_part *part)
{
	const struct html_policy *p = f->p;
	struct html_policy other = *p;

	if (part->text)
		html_blocks(f->out, part->text, p);
	f->q = part->question;
	if (!f->q)
		return;
	if (f->q->quiz != f->quiz) {
		other.with_notes = false;
		other.raw_links = f->q->doc->raw_links;
		other.n_raw_links = f->q->doc->n_raw_links;
		f->p = &other;
	}
	g_snprintf(f->number, sizeof(f->number), "%u", part->number);
	put_question(f);
	f->p = p;
}

void
form_quiz(GString *out, const struct quiz *quiz, const struct html_policy *p)
{
	struct form f = { .out = out, .quiz = quiz, .p = p };

	g_snprintf(f.total, sizeof(f.total), "%zu", quiz->n_asked);
	/* method="dialog" with a disabled default button: Enter does nothing.
	 * No autocomplete="off": going back keeps the answers. */
	g_string_append_printf(out,
	    "<form class=\"quiz%s\" method=\"dialog\" novalidate aria-label=\"",
	    quiz->mode == MODE_EXAM ? " exam" : "");
	html_attr(out, str_of(quiz->title));
	put(&f, "\">\n<button type=\"submit\" disabled hidden>");
	word(&f, WORD_NOTHING_TO_SEND);
	put(&f, "</button>\n");
	put_undrawn(&f);
	for (size_t i = 0; i < quiz->n_drawn; i++)
		put_part(&f, &quiz->drawn[i]);
	put_summary(&f);
	put_actions(&f);
	put(&f, "</form>\n");
}

static void
css_string(GString *out, const struct words *w, enum word id,
    const char *number)
{
	g_autoptr(GString) text = g_string_new(NULL);

	words_format(text, w, id, number, NULL);
	g_string_append_c(out, '"');
	for (size_t i = 0; i < text->len; i++) {
		if (text->str[i] == '"' || text->str[i] == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, text->str[i]);
	}
	g_string_append_c(out, '"');
}

/* "Passed" and "Not passed" as counter styles, since only a counter knows. */
static void
put_pass(GString *out, bool is_points, unsigned pass_count,
    const struct words *w)
{
	const char *p = is_points ? "pp" : "p";
	char n[12];

	g_snprintf(n, sizeof(n), "%u", pass_count);
	g_string_append_printf(out,
	    "@counter-style %sass%s{system:cyclic;symbols:", p, n);
	css_string(out, w, is_points ? WORD_PASSED_POINTS : WORD_PASSED, n);
	g_string_append_printf(out,
	    ";range:%s infinite;suffix:\"\";fallback:%sfail%s}\n"
	    "@counter-style %sfail%s{system:cyclic;symbols:",
	    n, p, n, p, n);
	css_string(out, w, is_points ? WORD_NOT_PASSED_POINTS : WORD_NOT_PASSED,
	    n);
	g_string_append_printf(out,
	    ";suffix:\"\"}\n.%s%s::before{content:counter(%s,%sass%s)}\n", p, n,
	    is_points ? "pts" : "right", p, n);
}

void
form_css_add(GString *out, GHashTable *seen, const struct quiz *quiz,
    const struct words *w)
{
	bool is_points = quiz->n_points > 0;
	guint pass = quiz->pass_count * 2 + is_points;

	if (g_hash_table_add(seen, GUINT_TO_POINTER(pass + 1000)))
		put_pass(out, is_points, quiz->pass_count, w);
	for (size_t i = 0; i < quiz->n_questions; i++) {
		unsigned points = quiz->questions[i].points;
		if (points != 1 &&
		    g_hash_table_add(seen, GUINT_TO_POINTER(points)))
			g_string_append_printf(out, ".w%u{--w:%u;--p:%u}\n",
			    points, points, points);
	}
}
