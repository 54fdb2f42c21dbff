/*
 * What a question gives to choose from, on both sides of a card: without a
 * sign of what is right on the front, and with it on the back.
 */
#include "base/text.h"
#include "write/anki/field.h"

static void
put(const struct field *f, const char *z)
{
	text_addz(f->to, z);
}

/* As the lists of type "A" count: A … Z, AA … */
static void
put_letter(const struct field *f, size_t i)
{
	char text[16];
	size_t at = sizeof(text);

	text[--at] = '\0';
	for (size_t n = i + 1; n > 0; n = (n - 1) / 26)
		text[--at] = (char)('A' + (n - 1) % 26);
	put(f, &text[at]);
}

/* Where the right side of a pair is shown, or one that says the same. */
static size_t
place_of(const struct question *q, unsigned pair)
{
	size_t i = 0;

	while (
	    i < q->n_shown && q->pairs[q->shown[i]].same != q->pairs[pair].same)
		i++;
	return i;
}

/* One, many, true or false. */

static void
offer_options(const struct field *f)
{
	put(f, "<ol class=\"erg-opts\" type=\"A\">\n");
	for (size_t i = 0; i < f->q->n_options; i++) {
		put(f, "<li>");
		field_tight(f, f->q->options[f->q->shown[i]].content);
		put(f, "</li>\n");
	}
	put(f, "</ol>\n");
}

/* Colour is never the only sign: each option says in words what it is. */
static void
put_verdict(const struct field *f, const struct option *o)
{
	const bool is_phrase = node_is_phrase(o->content);

	put(f,
	    is_phrase ? " <span class=\"erg-mark\">"
		      : " <div class=\"erg-mark\">");
	html_word(f->to, f->p->words,
	    o->is_correct ? WORD_CORRECT_ANSWER : WORD_INCORRECT, NULL, NULL);
	put(f, is_phrase ? "</span>" : "</div>");
}

static bool
has_right_option(const struct question *q)
{
	for (size_t i = 0; i < q->n_options; i++)
		if (q->options[i].is_correct)
			return true;
	return false;
}

static void
right_options(const struct field *f)
{
	if (!has_right_option(f->q)) {
		put(f, "<p class=\"ok\">");
		html_word(f->to, f->p->words, WORD_NONE_RIGHT, NULL, NULL);
		put(f, "</p>\n");
	}
	put(f, "<ol class=\"erg-opts\" type=\"A\">\n");
	for (size_t i = 0; i < f->q->n_options; i++) {
		const struct option *o = &f->q->options[f->q->shown[i]];
		put(f,
		    o->is_correct ? "<li class=\"ok\">" : "<li class=\"no\">");
		field_tight(f, o->content);
		put_verdict(f, o);
		if (o->feedback) {
			put(f, "\n<div class=\"erg-why\">");
			field_blocks(f, o->feedback);
			put(f, "</div>");
		}
		put(f, "</li>\n");
	}
	put(f, "</ol>\n");
}

/* Order. */

static void
offer_items(const struct field *f)
{
	field_how(f, WORD_IN_ORDER_LETTERS, NULL);
	put(f, "<ol class=\"erg-opts\" type=\"A\">\n");
	for (size_t i = 0; i < f->q->n_shown; i++) {
		put(f, "<li>");
		field_tight(f, f->q->pairs[f->q->shown[i]].left);
		put(f, "</li>\n");
	}
	put(f, "</ol>\n");
}

/* The letter of the item in a place. Of items that are equal the first in the
 * right order has the first letter. */
static size_t
letter_of(const struct question *q, unsigned item)
{
	const unsigned same = q->pairs[item].same;
	size_t before = 0;

	for (unsigned i = 0; i < item; i++)
		before += q->pairs[i].same == same;
	for (size_t i = 0; i < q->n_shown; i++)
		if (q->pairs[q->shown[i]].same == same && before-- == 0)
			return i;
	return 0;
}

static void
right_items(const struct field *f)
{
	put(f, "<p class=\"ok\">");
	for (unsigned i = 0; i < f->q->n_pairs; i++) {
		put(f, i ? " " : "");
		put_letter(f, letter_of(f->q, i));
	}
	put(f, "</p>\n<ol class=\"erg-opts\">\n");
	for (size_t i = 0; i < f->q->n_pairs; i++) {
		put(f, "<li>");
		field_tight(f, f->q->pairs[i].left);
		put(f, "</li>\n");
	}
	put(f, "</ol>\n");
}

/* Match. */

static void
offer_pairs(const struct field *f)
{
	const struct question *q = f->q;

	field_how(f, WORD_IN_PAIRS_LETTERS, NULL);
	put(f, "<div class=\"erg-two\">\n<ol>\n");
	for (size_t i = 0; i < q->n_pairs; i++) {
		if (!q->pairs[i].left)
			continue;
		put(f, "<li>");
		field_inlines(f, q->pairs[i].left);
		put(f, "</li>\n");
	}
	put(f, "</ol>\n<ol class=\"erg-opts\" type=\"A\">\n");
	for (size_t i = 0; i < q->n_shown; i++) {
		put(f, "<li>");
		field_inlines(f, q->pairs[q->shown[i]].right);
		put(f, "</li>\n");
	}
	put(f, "</ol>\n</div>\n");
}

static void
right_pairs(const struct field *f)
{
	const struct question *q = f->q;
	unsigned number = 0;

	put(f, "<div class=\"scroll\"><table class=\"erg-pairs\">\n");
	for (unsigned i = 0; i < q->n_pairs; i++) {
		if (!q->pairs[i].left)
			continue;
		g_string_append_printf(f->to, "<tr><th>%u</th><td>", ++number);
		field_inlines(f, q->pairs[i].left);
		put(f, "</td><th class=\"ok\">");
		put_letter(f, place_of(q, i));
		put(f, "</th><td>");
		field_inlines(f, q->pairs[i].right);
		put(f, "</td></tr>\n");
	}
	put(f, "</table></div>\n");
}

/* Matrix. */

static void
put_matrix(const struct field *f, bool is_answered)
{
	const struct question *q = f->q;

	put(f,
	    "<div class=\"scroll\"><table class=\"erg-matrix\">\n"
	    "<tr><th scope=\"col\">");
	html_word(f->to, f->p->words, WORD_STATEMENT, NULL, NULL);
	put(f, "</th>");
	for (size_t i = 0; i < q->n_columns; i++) {
		put(f, "<th scope=\"col\">");
		field_inlines(f, q->columns[i]);
		put(f, "</th>");
	}
	put(f, "</tr>\n");
	for (size_t i = 0; i < q->n_statements; i++) {
		put(f, "<tr><td>");
		field_inlines(f, q->statements[i].text);
		put(f, "</td>");
		for (size_t k = 0; k < q->n_columns; k++)
			put(f,
			    is_answered && k == q->statements[i].column
				? "<td class=\"ok\">✓</td>"
				: "<td></td>");
		put(f, "</tr>\n");
	}
	put(f, "</table></div>\n");
}

static void
offer_matrix(const struct field *f)
{
	field_how(f, WORD_IN_ROWS, NULL);
	put_matrix(f, false);
}

void
answer_offer(const struct field *f)
{
	switch (f->q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: offer_options(f); break;
	case QUESTION_ORDER: offer_items(f); break;
	case QUESTION_MATCH: offer_pairs(f); break;
	case QUESTION_MATRIX: offer_matrix(f); break;
	case QUESTION_TEXT:
	case QUESTION_NUMBER:
	case QUESTION_CLOZE:
	case QUESTION_KIND_COUNT: break;
	}
}

void
answer_right(const struct field *f)
{
	switch (f->q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: right_options(f); break;
	case QUESTION_ORDER: right_items(f); break;
	case QUESTION_MATCH: right_pairs(f); break;
	case QUESTION_MATRIX: put_matrix(f, true); break;
	case QUESTION_TEXT:
	case QUESTION_NUMBER:
	case QUESTION_CLOZE:
	case QUESTION_KIND_COUNT: break;
	}
}
