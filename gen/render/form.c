#include "render/form.h"

#include "base/text.h"

struct form {
	GString *out;
	const struct quiz *quiz;
	const struct html_policy *p;
	const struct question *q; /* the current one */
	unsigned at; /* its number */
	char number[12], total[24];
};

static void
put(const struct form *f, const char *z)
{
	text_addz(f->out, z);
}

static void
word(const struct form *f, enum word id)
{
	html_word(f->out, f->p->words, id, f->number, f->total);
}

/* A word whose %1 is a number that only CSS knows. */
static void
counted(const struct form *f, enum word id, const char *class)
{
	g_autoptr(GString) text = g_string_new(NULL);

	words_format(text, f->p->words, id, "\x01", f->total);
	struct str s = { text->str, text->len };
	size_t at = str_find(s, '\x01');
	html_text(f->out, str_upto(s, at));
	g_string_append_printf(f->out, "<b class=\"%s\"></b>", class);
	html_text(f->out, str_from(s, at + 1));
}

static void
put_option(const struct form *f, size_t shown)
{
	const struct question *q = f->q;
	const struct option *o = &q->options[q->shown[shown]];
	const struct node *rest = o->content;
	bool is_phrase = o->content->child &&
	    o->content->child->kind == NODE_PARAGRAPH;
	char no[24];

	/* A dot: no id of a question has one. */
	g_snprintf(no, sizeof(no), ".%zu\"", shown + 1);
	put(f, "<div class=\"o\"><input type=\"");
	put(f, q->kind == QUESTION_MANY ? "checkbox" : "radio");
	put(f, "\" name=\"");
	put(f, q->anchor);
	put(f, "\" id=\"");
	put(f, q->anchor);
	put(f, no);
	put(f, o->is_correct ? " class=\"k\"><label for=\"" : "><label for=\"");
	put(f, q->anchor);
	put(f, no);
	put(f, ">");
	if (is_phrase)
		html_inlines(f->out, o->content->child, f->p);
	put(f, " <span class=\"v\" hidden>");
	word(f, o->is_correct ? WORD_CORRECT_ANSWER : WORD_INCORRECT);
	put(f, "</span></label>");
	struct node after = { .kind = NODE_DOC,
		.child = is_phrase ? rest->child->next : rest->child };
	if (after.child) {
		put(f, "<div class=\"more\">");
		html_blocks(f->out, &after, f->p);
		put(f, "</div>");
	}
	if (o->feedback) {
		put(f, "<div class=\"fb\" hidden>");
		html_blocks(f->out, o->feedback, f->p);
		put(f, "</div>");
	}
	put(f, "</div>\n");
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
put_right_answers(const struct form *f)
{
	const struct question *q = f->q;
	/* The options stand on the page already, with their ids. */
	struct html_policy again = *f->p;
	const struct option *only = NULL;
	size_t n = 0;

	again.with_ids = again.with_notes = false;
	for (size_t i = 0; i < q->n_options; i++)
		if (q->options[i].is_correct) {
			only = &q->options[i];
			n++;
		}
	put(f, "<p><b>");
	word(f, WORD_ANSWER);
	put(f, "</b> ");
	if (n == 0)
		word(f, WORD_NONE_RIGHT);
	else if (n == 1 && node_is_phrase(only->content))
		html_tight(f->out, only->content, &again);
	put(f, "</p>\n");
	if (n == 0 || (n == 1 && node_is_phrase(only->content)))
		return;
	put(f, "<ul>\n");
	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[q->shown[i]];
		if (!o->is_correct)
			continue;
		put(f, "<li>");
		html_tight(f->out, o->content, &again);
		put(f, "</li>\n");
	}
	put(f, "</ul>\n");
}

static bool
refers_to(const struct node *parent, const struct footnote *note)
{
	if (!parent)
		return false;
	node_each(n, parent)
		if ((n->kind == NODE_FOOTNOTE_REF && n->footnote == note) ||
		    refers_to(n, note))
			return true;
	return false;
}

static bool
answers_refer_to(const struct question *q, const struct footnote *note)
{
	bool does = refers_to(q->explanation, note);

	for (size_t i = 0; !does && i < q->n_options; i++)
		does = refers_to(q->options[i].feedback, note);
	return does;
}

/* Notes that only the answer refers to are hidden with it. */
static void
put_hidden_notes(const struct form *f)
{
	const struct doc *doc = f->q->doc;
	bool has_any = false;

	for (size_t i = 0; i < doc->n_footnotes; i++) {
		const struct footnote *note = &doc->footnotes[i];
		if (note->is_shown || !answers_refer_to(f->q, note))
			continue;
		put(f, has_any ? "" : "<ol class=\"notes\">\n");
		has_any = true;
		html_note(f->out, note, f->p);
	}
	if (has_any)
		put(f, "</ol>\n");
}

static void
put_key(const struct form *f)
{
	put(f, "<details class=\"key\"><summary>");
	word(f, WORD_ANSWER_TO);
	put(f, "</summary><div class=\"exp\">");
	put_right_answers(f);
	if (f->q->explanation)
		html_blocks(f->out, f->q->explanation, f->p);
	put_hidden_notes(f);
	put(f, "</div></details>\n");
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

/* The legend holds phrasing only, so the stem stands below it and describes
 * the group. */
static void
put_question(struct form *f)
{
	const struct question *q = f->q;
	bool is_many = q->kind == QUESTION_MANY;

	g_snprintf(f->number, sizeof(f->number), "%u", f->at);
	g_string_append_printf(f->out, "<fieldset class=\"q qc\" id=\"%s\"",
	    q->anchor);
	if (q->stem || is_many)
		g_string_append_printf(f->out,
		    " aria-describedby=\"%s%s%s%s%s\"",
		    q->stem ? q->anchor : "", q->stem ? ".s" : "",
		    q->stem && is_many ? " " : "", is_many ? q->anchor : "",
		    is_many ? ".m" : "");
	put(f, ">\n<legend><b class=\"n\">");
	word(f, WORD_QUESTION_OF);
	put(f, "</b> <span class=\"qt\">");
	html_inlines(f->out, q->heading, f->p);
	put(f, "</span></legend>\n");
	if (q->stem) {
		g_string_append_printf(f->out,
		    "<div class=\"stem\" id=\"%s.s\">", q->anchor);
		html_blocks(f->out, q->stem, f->p);
		put(f, "</div>\n");
	}
	if (is_many) {
		g_string_append_printf(f->out, "<p class=\"how\" id=\"%s.m\">",
		    q->anchor);
		word(f, WORD_CHOOSE_ALL);
		put(f, "</p>\n");
	}
	for (size_t i = 0; i < q->n_options; i++)
		put_option(f, i);
	put_hints(f);
	put_check(f);
	put_key(f);
	put(f, "</fieldset>\n");
}

/* The one live region: digits come from counters, words stand in the page. A
 * space that appears together with an element stands inside of it. */
static void
put_summary(const struct form *f)
{
	char pass[12];

	g_snprintf(pass, sizeof(pass), "%u", f->quiz->pass_count);
	put(f,
	    "<p class=\"sum\" role=\"status\" aria-atomic=\"true\" hidden><span>");
	counted(f, WORD_ANSWERED_OF, "n-a");
	put(f, "</span><span class=\"sc\" hidden> ");
	counted(f, WORD_CORRECT_OF, "n-r");
	put(f, "</span><span class=\"mark\"> ");
	html_word(f->out, f->p->words, WORD_PASS_MARK, pass, f->total);
	g_string_append_printf(f->out,
	    "</span><span class=\"pass\" hidden> <b class=\"p%s\"></b></span>"
	    "<span class=\"full\" hidden> ",
	    pass);
	word(f, WORD_EVERY_CORRECT);
	put(f, "</span></p>\n");
}

static void
put_actions(const struct form *f)
{
	/* Unlike the quiz's id, a question's is there once in a page. */
	const char *id = f->quiz->n_questions ? f->quiz->questions[0].anchor
					      : f->quiz->id;

	g_string_append_printf(f->out,
	    "<div class=\"act\" hidden>\n<span class=\"ck\" hidden>"
	    "<input type=\"checkbox\" class=\"all\" id=\"Q-%s.all\">"
	    "<label for=\"Q-%s.all\">",
	    id, id);
	word(f, WORD_CHECK_ALL);
	g_string_append_printf(f->out,
	    "</label></span>\n<span class=\"ck pkw\" hidden>"
	    "<input type=\"checkbox\" class=\"pk\" id=\"Q-%s.print\">"
	    "<label for=\"Q-%s.print\">",
	    id, id);
	word(f, WORD_PRINT_ANSWERS);
	put(f, "</label></span>\n<button type=\"reset\">");
	word(f, WORD_START_AGAIN);
	put(f, "</button></div>\n<p class=\"privacy\">");
	word(f, WORD_QUIZ_PRIVACY);
	put(f, "</p>\n");
}

void
form_quiz(GString *out, const struct quiz *quiz, const struct html_policy *p)
{
	struct form f = { .out = out, .quiz = quiz, .p = p };

	g_snprintf(f.total, sizeof(f.total), "%zu", quiz->n_questions);
	/* method="dialog" with a disabled default button: Enter does nothing.
	 * No autocomplete="off": going back keeps the answers. */
	g_string_append_printf(out,
	    "<form class=\"quiz%s\" method=\"dialog\" novalidate aria-label=\"",
	    quiz->mode == MODE_EXAM ? " exam" : "");
	html_attr(out, str_of(quiz->title));
	put(&f, "\">\n<button type=\"submit\" disabled hidden>");
	word(&f, WORD_NOTHING_TO_SEND);
	put(&f, "</button>\n");
	for (size_t i = 0; i < quiz->n_drawn; i++) {
		if (quiz->drawn[i].text)
			html_blocks(out, quiz->drawn[i].text, p);
		f.q = quiz->drawn[i].question;
		f.at = quiz->drawn[i].number;
		if (f.q)
			put_question(&f);
	}
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

void
form_pass_css(GString *out, unsigned pass_count, const struct words *w)
{
	char n[12];

	g_snprintf(n, sizeof(n), "%u", pass_count);
	g_string_append_printf(out,
	    "@counter-style pass%s{system:cyclic;symbols:", n);
	css_string(out, w, WORD_PASSED, n);
	g_string_append_printf(out,
	    ";range:%s infinite;suffix:\"\";fallback:fail%s}\n"
	    "@counter-style fail%s{system:cyclic;symbols:",
	    n, n, n);
	css_string(out, w, WORD_NOT_PASSED, n);
	g_string_append_printf(out,
	    ";suffix:\"\"}\n.p%s::before{content:counter(right,pass%s)}\n", n,
	    n);
}
