/* Services that look at quizzes and their questions. */
#include "write/book_json.h"
#include "write/plugin/plugin_own.h"

static const struct quiz *
quiz_of(const struct ergen_quiz *handle)
{
	return (const struct quiz *)handle;
}

/* --- quizzes ------------------------------------------------------------ */

struct ergen_str
look_quiz_text(struct ergen_call *c, const struct ergen_quiz *quiz,
    uint32_t what)
{
	const struct quiz *q = quiz_of(quiz);

	(void)c;
	switch (what) {
	case ERGEN_QUIZ_ID: return plugin_str(q->id);
	case ERGEN_QUIZ_TITLE: return plugin_str(q->title);
	default: return plugin_str(NULL);
	}
}

int64_t
look_quiz_number(const struct ergen_quiz *quiz, uint32_t what)
{
	const struct quiz *q = quiz_of(quiz);

	switch (what) {
	case ERGEN_QUIZ_PASS: return q->pass;
	case ERGEN_QUIZ_ASKED: return (int64_t)q->n_asked;
	case ERGEN_QUIZ_MOCK: return q->is_mock;
	default: return -1;
	}
}

size_t
look_n_questions(const struct ergen_quiz *quiz)
{
	return quiz_of(quiz)->n_questions;
}

const struct ergen_question *
look_question(const struct ergen_quiz *quiz, size_t i)
{
	const struct quiz *q = quiz_of(quiz);

	return i < q->n_questions
	    ? (const struct ergen_question *)&q->questions[i]
	    : NULL;
}

/* --- questions ---------------------------------------------------------- */

/* Its number among what its quiz could show. */
static unsigned
number_of(const struct question *q)
{
	for (size_t i = 0; i < q->quiz->n_parts; i++)
		if (q->quiz->parts[i].question == q)
			return q->quiz->parts[i].number;
	return 0;
}

static struct ergen_str
question_json(struct ergen_call *c, const struct question *q)
{
	const struct html_policy p = book_json_policy(c->in, q->doc);
	g_autoptr(GString) text = g_string_new(NULL);
	struct json j = { .out = text };

	book_json_question(&j, q, number_of(q), &p);
	return plugin_take(c, text);
}

struct ergen_str
look_question_text(struct ergen_call *c, const struct ergen_question *question,
    uint32_t what)
{
	const struct question *q = plugin_question(question);

	switch (what) {
	case ERGEN_QUESTION_ID: return plugin_str(q->id);
	case ERGEN_QUESTION_KIND:
		return plugin_str(question_kind_names[q->kind]);
	case ERGEN_QUESTION_ANCHOR: return plugin_str(q->anchor);
	case ERGEN_QUESTION_OBJECTIVE: return plugin_str(q->objective);
	case ERGEN_QUESTION_TITLE: return plugin_plain(c, q->heading);
	case ERGEN_QUESTION_TITLE_HTML:
		return plugin_html(c, q->heading, q->doc, true);
	case ERGEN_QUESTION_STEM: return plugin_plain(c, q->stem);
	case ERGEN_QUESTION_STEM_HTML:
		return plugin_html(c, q->stem, q->doc, false);
	case ERGEN_QUESTION_EXPLANATION: return plugin_plain(c, q->explanation);
	case ERGEN_QUESTION_EXPLANATION_HTML:
		return plugin_html(c, q->explanation, q->doc, false);
	case ERGEN_QUESTION_JSON: return question_json(c, q);
	default: return plugin_str(NULL);
	}
}

int64_t
look_question_number(const struct ergen_question *question, uint32_t what)
{
	const struct question *q = plugin_question(question);

	switch (what) {
	case ERGEN_QUESTION_LINE: return q->at.line;
	case ERGEN_QUESTION_POINTS: return q->points;
	case ERGEN_QUESTION_DIFFICULTY: return q->difficulty;
	default: return -1;
	}
}

const struct ergen_node *
look_question_tree(const struct ergen_question *question, uint32_t what)
{
	const struct question *q = plugin_question(question);

	switch (what) {
	case ERGEN_QUESTION_TITLE: return (const struct ergen_node *)q->heading;
	case ERGEN_QUESTION_STEM: return (const struct ergen_node *)q->stem;
	case ERGEN_QUESTION_EXPLANATION:
		return (const struct ergen_node *)q->explanation;
	default: return NULL;
	}
}

/* --- options ------------------------------------------------------------ */

size_t
look_n_options(const struct ergen_question *question)
{
	return plugin_question(question)->n_options;
}

struct ergen_str
look_option_text(struct ergen_call *c, const struct ergen_question *question,
    size_t i, uint32_t what)
{
	const struct question *q = plugin_question(question);

	if (i >= q->n_options)
		return plugin_str(NULL);
	const struct option *o = &q->options[i];
	switch (what) {
	case ERGEN_OPTION_TEXT: return plugin_plain(c, o->content);
	case ERGEN_OPTION_HTML:
		return plugin_html(c, o->content, q->doc, false);
	case ERGEN_OPTION_FEEDBACK: return plugin_plain(c, o->feedback);
	case ERGEN_OPTION_FEEDBACK_HTML:
		return plugin_html(c, o->feedback, q->doc, false);
	default: return plugin_str(NULL);
	}
}

bool
look_option_is_correct(const struct ergen_question *question, size_t i)
{
	const struct question *q = plugin_question(question);

	return i < q->n_options && q->options[i].is_correct;
}
