#include "write/book_json.h"

static void
put_options(struct json *j, const struct question *q,
    const struct html_policy *p)
{
	json_key(j, "options");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[i];
		json_open(j, '{');
		json_add_bool(j, "correct", o->is_correct);
		json_key(j, "content");
		tree_content(j, o->content, p);
		json_key(j, "feedback");
		tree_content(j, o->feedback, p);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_add_bool(j, "allows_none", q->allows_none);
	json_key(j, "shown");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_shown; i++)
		json_int(j, q->shown[i]);
	json_close(j, ']');
}

static void
put_texts(struct json *j, const struct accepted *texts, size_t n)
{
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, '{');
		json_add(j, "text", texts[i].text);
		json_add_bool(j, "exact", texts[i].is_exact);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_typed(struct json *j, const struct question *q, const struct html_policy *p)
{
	json_key(j, "accepted");
	put_texts(j, q->accepted, q->n_accepted);
	json_key(j, "quantity");
	if (q->kind == QUESTION_NUMBER) {
		json_open(j, '{');
		json_add(j, "value", q->quantity.value);
		json_add(j, "tolerance", q->quantity.tolerance);
		json_add(j, "percent", q->quantity.percent);
		json_add(j, "low", q->quantity.low);
		json_add(j, "high", q->quantity.high);
		json_add(j, "unit", q->quantity.unit);
		json_add(j, "from", q->quantity.from);
		json_add(j, "to", q->quantity.to);
		json_close(j, '}');
	} else {
		json_strz(j, NULL);
	}
	json_key(j, "wrong");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_wrong; i++) {
		json_open(j, '{');
		json_key(j, "texts");
		put_texts(j, q->wrong[i].texts, q->wrong[i].n_texts);
		json_key(j, "feedback");
		tree_phrase(j, q->wrong[i].feedback, p);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_pairs(struct json *j, const struct question *q, const struct html_policy *p)
{
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; q->kind == QUESTION_ORDER && i < q->n_pairs; i++)
		tree_content(j, q->pairs[i].left, p);
	json_close(j, ']');
	json_key(j, "pairs");
	json_open(j, '[');
	for (size_t i = 0; q->kind == QUESTION_MATCH && i < q->n_pairs; i++) {
		json_open(j, '{');
		json_key(j, "left");
		tree_phrase(j, q->pairs[i].left, p);
		json_key(j, "right");
		tree_phrase(j, q->pairs[i].right, p);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_key(j, "same");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_pairs; i++)
		json_int(j, q->pairs[i].same);
	json_close(j, ']');
}

static void
put_matrix(struct json *j, const struct question *q,
    const struct html_policy *p)
{
	json_key(j, "columns");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_columns; i++)
		tree_phrase(j, q->columns[i], p);
	json_close(j, ']');
	json_key(j, "statements");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_statements; i++) {
		json_open(j, '{');
		json_key(j, "content");
		tree_phrase(j, q->statements[i].text, p);
		json_add_int(j, "column", q->statements[i].column);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_key(j, "blanks");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_blanks; i++)
		put_texts(j, q->blanks[i].texts, q->blanks[i].n_texts);
	json_close(j, ']');
}

static void
put_source(struct json *j, const struct link *source)
{
	json_add(j, "source", source ? source->url : NULL);
	if (source && source->to.kind != TARGET_NONE) {
		tree_target(j, "source_target", &source->to);
	} else {
		json_key(j, "source_target");
		json_strz(j, NULL);
	}
}

void
book_json_question(struct json *j, const struct question *q, unsigned number,
    const struct html_policy *p)
{
	json_open(j, '{');
	json_add(j, "id", q->id);
	json_add_bool(j, "derived_id", q->is_derived);
	json_add(j, "anchor", q->anchor);
	json_add(j, "kind", question_kind_names[q->kind]);
	json_add_int(j, "number", number);
	json_add_int(j, "line", q->at.line);
	json_key(j, "title");
	tree_phrase(j, q->heading, p);
	json_key(j, "stem");
	tree_content(j, q->stem, p);
	put_options(j, q, p);
	put_typed(j, q, p);
	put_pairs(j, q, p);
	put_matrix(j, q, p);
	json_key(j, "hints");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_hints; i++)
		tree_content(j, q->hints[i], p);
	json_close(j, ']');
	json_key(j, "explanation");
	tree_content(j, q->explanation, p);
	json_add_int(j, "points", q->points);
	json_add(j, "score", q->is_scored_each ? "each" : "all");
	json_add_int(j, "worth", q->worth);
	json_key(j, "difficulty");
	if (q->difficulty)
		json_int(j, q->difficulty);
	else
		json_strz(j, NULL);
	book_json_strings(j, "tags", q->tags, q->n_tags);
	json_add(j, "objective", q->objective);
	put_source(j, q->source);
	json_close(j, '}');
}

/* A mock exam names the questions of others; they are written once. */
static void
put_part(struct json *j, const struct quiz *q, const struct quiz_part *part,
    const struct html_policy *p)
{
	json_open(j, '{');
	if (!part->question) {
		json_key(j, "text");
		tree_content(j, part->text, p);
	} else if (part->question->quiz == q) {
		json_key(j, "question");
		book_json_question(j, part->question, part->number, p);
	} else {
		json_add(j, "question_ref", part->question->id);
		json_add_int(j, "number", part->number);
	}
	json_close(j, '}');
}

void
book_json_quiz(struct json *j, const struct quiz *q,
    const struct html_policy *p)
{
	static const char *const shuffles[] = { "none", "options", "questions",
		"all" };

	json_open(j, '{');
	json_add(j, "id", q->id);
	json_add(j, "title", q->title);
	json_add_bool(j, "mock", q->is_mock);
	json_add_int(j, "pass", q->pass);
	json_add_int(j, "pass_count", q->pass_count);
	json_add_int(j, "points", q->n_points);
	json_add(j, "mode", q->mode == MODE_EXAM ? "exam" : "practice");
	json_add(j, "shuffle", shuffles[q->shuffle]);
	json_key(j, "parts");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_parts; i++)
		put_part(j, q, &q->parts[i], p);
	json_close(j, ']');
	json_add_int(j, "asked", (long long)q->n_asked);
	json_key(j, "drawn");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_drawn; i++)
		if (q->drawn[i].question)
			json_strz(j, q->drawn[i].question->id);
	json_close(j, ']');
	json_close(j, '}');
}
