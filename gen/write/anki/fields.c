#include "write/anki/fields.h"

#include "base/text.h"
#include "write/anki/cloze.h"
#include "write/anki/field.h"
#include "write/away.h"

enum note_kind
note_kind_of(enum question_kind kind)
{
	switch (kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: return NOTE_CHOICE;
	case QUESTION_TEXT:
	case QUESTION_NUMBER: return NOTE_TYPE_IN;
	case QUESTION_ORDER:
	case QUESTION_MATCH:
	case QUESTION_MATRIX: return NOTE_BASIC;
	case QUESTION_CLOZE: return NOTE_CLOZE;
	case QUESTION_KIND_COUNT: break;
	}
	g_assert_not_reached();
}

enum note_kind
note_kind_of_card(enum card_kind kind)
{
	switch (kind) {
	case CARD_CELL:
	case CARD_CALLOUT: return NOTE_BASIC;
	case CARD_CLOZE: return NOTE_CLOZE;
	case CARD_TERM: return NOTE_BOTH_WAYS;
	case CARD_KIND_COUNT: break;
	}
	g_assert_not_reached();
}

static void
put(const struct field *f, const char *z)
{
	text_addz(f->to, z);
}

static void
put_word(const struct field *f, enum word word, const char *a, const char *b)
{
	html_word(f->to, f->p->words, word, a, b);
}

/* Footnotes. Each field carries those that it refers to, so that none shows
 * up before its time or without its reference. */

static void
mark_notes(const struct field *f, const struct node *tree)
{
	if (f->used)
		away_mark_notes(f->used, f->doc, tree);
}

static void
mark_notes_of_blanks(const struct field *f, const struct node *parent)
{
	node_each(n, parent) {
		if (n->kind == NODE_BLANK)
			mark_notes(f, n);
		else
			mark_notes_of_blanks(f, n);
	}
}

void
field_blocks(const struct field *f, const struct node *tree)
{
	html_blocks(f->to, tree, f->p);
	mark_notes(f, tree);
}

void
field_inlines(const struct field *f, const struct node *tree)
{
	html_inlines(f->to, tree, f->p);
	mark_notes(f, tree);
}

void
field_tight(const struct field *f, const struct node *tree)
{
	html_tight(f->to, tree, f->p);
	mark_notes(f, tree);
}

void
field_how(const struct field *f, enum word word, const char *a)
{
	put(f, "<p class=\"erg-how\">");
	put_word(f, word, a, NULL);
	put(f, "</p>\n");
}

/* The question. */

static void
put_how(const struct field *f)
{
	const struct question *q = f->q;

	switch (q->kind) {
	case QUESTION_ONE: field_how(f, WORD_CHOOSE_ONE, NULL); break;
	case QUESTION_MANY:
		field_how(f,
		    q->allows_none ? WORD_ALL_OR_NONE : WORD_CHOOSE_ALL, NULL);
		break;
	case QUESTION_NUMBER:
		if (q->quantity.unit[0])
			field_how(f, WORD_YOUR_ANSWER_IN, q->quantity.unit);
		break;
	/* These offer something, and how to answer stands above it. */
	case QUESTION_ORDER:
	case QUESTION_MATCH:
	case QUESTION_MATRIX: answer_offer(f); break;
	case QUESTION_TRUTH:
	case QUESTION_TEXT:
	case QUESTION_CLOZE:
	case QUESTION_KIND_COUNT: break;
	}
}

static void
make_question(const struct field *f)
{
	if (f->q->stem)
		field_blocks(f, f->q->stem);
	/* A stem may hold nothing that shows, a comment for instance; without
	 * a first field the card would be blank. */
	if (str_trim((struct str){ f->to->str, f->to->len }).len == 0) {
		g_string_assign(f->to, "<p>");
		field_inlines(f, f->q->heading);
		put(f, "</p>\n");
	}
	put_how(f);
}

static void
make_options(const struct field *f)
{
	if (note_kind_of(f->q->kind) == NOTE_CHOICE)
		answer_offer(f);
}

/* The answer. */

/* What Anki compares with what was typed, character by character. It removes
 * tags and resolves references first.
 * https://docs.ankiweb.net/templates/fields.html#checking-your-answer */
static void
put_typed(const struct field *f)
{
	const struct number *n = &f->q->quantity;

	if (f->q->kind == QUESTION_TEXT) {
		html_textz(f->to, f->q->accepted[0].text);
	} else if (n->value) {
		put(f, n->value);
	} else {
		/* A dash beside a minus would be hard to read. */
		const bool is_wide = n->low[0] == '-' || n->high[0] == '-';
		put(f, n->low);
		put(f, is_wide ? " – " : "–");
		put(f, n->high);
	}
}

static void
make_answer(const struct field *f)
{
	if (note_kind_of(f->q->kind) == NOTE_TYPE_IN)
		put_typed(f);
	else
		answer_right(f);
}

/* The explanation. */

/* Direction is the answer's own, whatever the card's. */
static void
put_spellings(GString *to, const struct accepted *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *tag = texts[i].is_exact ? "code" : "b";
		g_string_append_printf(to, "%s<%s dir=\"auto\">", i ? ", " : "",
		    tag);
		html_textz(to, texts[i].text);
		g_string_append_printf(to, "</%s>", tag);
	}
}

/* A word with spellings, which have markup, for its %1. */
static void
put_word_of(const struct field *f, enum word word, const struct accepted *texts,
    size_t n)
{
	g_autoptr(GString) text = g_string_new(NULL);

	put_spellings(text, texts, n);
	html_word_around(f->to, f->p->words, word, text->str, "");
}

static void
put_also_right(const struct field *f, const struct accepted *texts, size_t n)
{
	if (n < 2)
		return;
	put(f, "<p>");
	put_spellings(f->to, texts, 1);
	put(f, " ");
	put_word_of(f, WORD_ALSO_RIGHT, texts + 1, n - 1);
	put(f, "</p>\n");
}

static void
put_interval(const struct field *f)
{
	const struct number *n = &f->q->quantity;

	if (strcmp(n->from, n->to) == 0)
		return;
	g_autofree char *from = g_strdup_printf("<bdi dir=\"ltr\">%s</bdi>",
	    n->from);
	g_autofree char *to = g_strdup_printf("<bdi dir=\"ltr\">%s</bdi>",
	    n->to);
	put(f, "<p>");
	html_word_around(f->to, f->p->words, WORD_MORE_RIGHT, from, to);
	put(f, "</p>\n");
}

static void
put_known_wrong(const struct field *f)
{
	for (size_t i = 0; i < f->q->n_wrong; i++) {
		const struct known_wrong *wrong = &f->q->wrong[i];
		put(f, "<p>");
		put_word_of(f, WORD_IF_YOU_WROTE, wrong->texts, wrong->n_texts);
		put(f, " ");
		field_inlines(f, wrong->feedback);
		put(f, "</p>\n");
	}
}

static void
put_also_right_of_blanks(const struct field *f, const struct blank *blanks,
    size_t n, const struct node *text)
{
	for (size_t i = 0; i < n; i++)
		put_also_right(f, blanks[i].texts, blanks[i].n_texts);
	if (text)
		mark_notes_of_blanks(f, text);
}

static void
make_explanation(const struct field *f)
{
	const struct question *q = f->q;

	switch (q->kind) {
	case QUESTION_TEXT:
		put_also_right(f, q->accepted, q->n_accepted);
		put_known_wrong(f);
		break;
	case QUESTION_NUMBER:
		put_interval(f);
		put_known_wrong(f);
		break;
	case QUESTION_CLOZE:
		put_also_right_of_blanks(f, q->blanks, q->n_blanks, q->stem);
		break;
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH:
	case QUESTION_ORDER:
	case QUESTION_MATCH:
	case QUESTION_MATRIX:
	case QUESTION_KIND_COUNT: break;
	}
	if (q->explanation)
		field_blocks(f, q->explanation);
	away_read_more(f->to, q, f->p);
}

static void
make_hint(const struct field *f)
{
	for (size_t i = 0; i < f->q->n_hints; i++)
		field_blocks(f, f->q->hints[i]);
}

/* Cards besides questions. */

/* Its own text: notes go where the field's are. */
static char *
inlines(const struct field *f, const struct node *tree)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct field own = *f;

	own.to = text;
	field_inlines(&own, tree);
	return g_strdup(text->str);
}

/* "Row, column?" */
static void
put_cell_asked(const struct field *f)
{
	g_autofree char *row = inlines(f, f->card->front);
	g_autofree char *column = inlines(f, f->card->column);

	put(f, "<p>");
	html_word_around(f->to, f->p->words, WORD_CELL_ASKED, row, column);
	put(f, "</p>\n");
}

static void
make_card_question(const struct field *f)
{
	switch (f->card->kind) {
	case CARD_CELL: put_cell_asked(f); break;
	case CARD_TERM:
		put(f, "<p>");
		field_inlines(f, f->card->front);
		put(f, "</p>\n");
		break;
	case CARD_CALLOUT:
		put(f, "<p>");
		html_textz(f->to, f->card->text);
		put(f, "</p>\n");
		break;
	case CARD_CLOZE: field_blocks(f, f->card->back); break;
	case CARD_KIND_COUNT: break;
	}
}

static void
make_card_answer(const struct field *f)
{
	if (f->card->kind == CARD_CELL) {
		put(f, "<p>");
		field_inlines(f, f->card->back);
		put(f, "</p>\n");
	} else if (f->card->kind != CARD_CLOZE) {
		field_blocks(f, f->card->back);
	}
}

static void
make_card_explanation(const struct field *f)
{
	put_also_right_of_blanks(f, f->card->blanks, f->card->n_blanks,
	    f->card->kind == CARD_CLOZE ? f->card->back : NULL);
}

void
field_make(GString *to, enum note_field field, struct asked asked,
    const struct html_policy *p)
{
	static void (*const of_questions[FIELD_COUNT])(const struct field *) = {
		[FIELD_QUESTION] = make_question,
		[FIELD_OPTIONS] = make_options,
		[FIELD_ANSWER] = make_answer,
		[FIELD_EXPLANATION] = make_explanation,
		[FIELD_HINT] = make_hint,
	};
	static void (*const of_cards[FIELD_COUNT])(const struct field *) = {
		[FIELD_QUESTION] = make_card_question,
		[FIELD_ANSWER] = make_card_answer,
		[FIELD_EXPLANATION] = make_card_explanation,
	};
	const struct doc *doc = asked.question ? asked.question->doc
					       : asked.card->doc;
	g_autofree bool *used = doc->n_footnotes
	    ? g_new0(bool, doc->n_footnotes)
	    : NULL;
	struct html_policy own = *p;
	const struct field f = { to, asked.question, asked.card, doc, &own,
		used };
	void (*make)(const struct field *) = asked.question
	    ? of_questions[field]
	    : of_cards[field];

	own.blank = cloze_blank;
	if (make)
		make(&f);
	away_put_notes(to, doc, used, &own);
}
