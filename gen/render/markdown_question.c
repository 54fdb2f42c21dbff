#include "render/markdown_question.h"

#include "render/markdown_own.h"
#include "render/paper.h"

#define GAP "________" /* for a letter or a word */

/* Lists of ours have marks that markdown_blocks() does not begin with, so that
 * they part from lists in front of them and behind. */
#define MARK "* "
#define MARK_INDENT "  "

/* --- words -------------------------------------------------------------- */

/* A word whose %1 and %2 are markup. */
static void
put_around(GString *out, const struct words *w, enum word word, const char *a,
    const char *b)
{
	g_autoptr(GString) text = g_string_new(NULL);

	words_format(text, w, word, "\x01", "\x02");
	for (const char *at = text->str; *at;) {
		const size_t len = strcspn(at, "\x01\x02");
		markdown_escape(out, (struct str){ at, len }, 0);
		at += len;
		if (*at)
			g_string_append(out, *at++ == '\x01' ? a : b);
	}
}

void
markdown_word(GString *out, const struct words *w, enum word word,
    const char *a, const char *b)
{
	g_autoptr(GString) text = g_string_new(NULL);

	words_format(text, w, word, a, b);
	markdown_text(out, (struct str){ text->str, text->len });
}

/* What is to be done: "*Choose one answer.*" */
static void
put_how(GString *out, enum word word, const struct markdown_policy *p)
{
	g_string_append_c(out, '*');
	markdown_word(out, p->words, word, NULL, NULL);
	g_string_append(out, "*\n\n");
}

/* --- blocks of ours ------------------------------------------------------ */

static bool
is_phrase(const struct node *tree)
{
	return !tree->child || tree->child->kind >= NODE_TEXT ||
	    (tree->child->kind == NODE_PARAGRAPH && !tree->child->next);
}

static void
put_tree(GString *out, const struct node *tree, const struct markdown_policy *p)
{
	if (tree->child && tree->child->kind >= NODE_TEXT) {
		markdown_inlines(out, tree, p);
		g_string_append_c(out, '\n');
	} else {
		markdown_blocks(out, tree, p);
	}
}

/* "**label** content": in one paragraph if content begins with one. */
static void
put_labelled(GString *out, const char *label, const struct node *content,
    const struct markdown_policy *p)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const struct node *first = content->child;

	put_tree(text, content, p);
	const bool is_text = first &&
	    (first->kind == NODE_PARAGRAPH || first->kind >= NODE_TEXT) &&
	    !g_str_has_prefix(text->str, "```math\n");
	g_string_append_printf(out, "**%s**%s%s", label,
	    is_text         ? " "
		: text->len ? "\n\n"
			    : "\n",
	    text->str);
}

static void
put_item(GString *out, size_t i, const struct node *content,
    const struct markdown_policy *p)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) label = g_string_new(NULL);

	paper_letter(label, i);
	g_string_append_c(label, '.');
	put_labelled(text, label->str, content, p);
	markdown_nest(out, MARK, MARK_INDENT,
	    (struct str){ text->str, text->len });
}

/* All that may be chosen, or what is right of it. */
static void
put_letters(GString *out, const struct question *q, bool only_right,
    const struct markdown_policy *p)
{
	bool is_tight = true, has_any = false;

	for (size_t i = 0; i < q->n_shown; i++)
		is_tight = is_tight && is_phrase(paper_offered(q, i));
	for (size_t i = 0; i < q->n_shown; i++) {
		if (only_right && !q->options[q->shown[i]].is_correct)
			continue;
		if (has_any && !is_tight)
			g_string_append_c(out, '\n');
		has_any = true;
		put_item(out, i, paper_offered(q, i), p);
	}
}

/* --- what is asked -------------------------------------------------------- */

static void
put_line(GString *out, const char *unit, const struct markdown_policy *p)
{
	markdown_word(out, p->words,
	    unit[0] ? WORD_YOUR_ANSWER_IN : WORD_YOUR_ANSWER, unit, NULL);
	g_string_append(out, ": " GAP GAP "\n");
}

/* Left sides, each with a gap for the letter of what goes with it. */
static void
put_lefts(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	unsigned no = 0;

	for (size_t i = 0; i < q->n_pairs; i++) {
		if (!q->pairs[i].left)
			continue;
		g_string_append_printf(out, "%u) ____ ", ++no);
		markdown_inlines(out, q->pairs[i].left, p);
		g_string_append_c(out, '\n');
	}
	g_string_append_c(out, '\n');
}

static void
put_matrix(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	g_string_append(out, "| ");
	if (q->corner && q->corner->child)
		markdown_cell(out, q->corner, p);
	else
		markdown_word(out, p->words, WORD_STATEMENT, NULL, NULL);
	for (size_t i = 0; i < q->n_columns; i++) {
		g_string_append(out, " | ");
		markdown_cell(out, q->columns[i], p);
	}
	g_string_append(out, " |\n| --- |");
	for (size_t i = 0; i < q->n_columns; i++)
		g_string_append(out, " :-: |");
	g_string_append_c(out, '\n');
	for (size_t i = 0; i < q->n_statements; i++) {
		g_string_append(out, "| ");
		markdown_cell(out, q->statements[i].text, p);
		g_string_append(out, " |");
		for (size_t k = 0; k < q->n_columns; k++)
			g_string_append(out, " ☐ |");
		g_string_append_c(out, '\n');
	}
}

static void
put_task(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_TRUTH:
		put_how(out, WORD_CHOOSE_ONE, p);
		put_letters(out, q, false, p);
		break;
	case QUESTION_MANY:
		put_how(out,
		    q->allows_none ? WORD_ALL_OR_NONE : WORD_CHOOSE_ALL, p);
		put_letters(out, q, false, p);
		break;
	case QUESTION_TEXT: put_line(out, "", p); break;
	case QUESTION_NUMBER: put_line(out, q->quantity.unit, p); break;
	case QUESTION_ORDER:
		put_how(out, WORD_IN_ORDER_LETTERS, p);
		put_letters(out, q, false, p);
		g_string_append_c(out, '\n');
		put_line(out, "", p);
		break;
	case QUESTION_MATCH:
		put_how(out, WORD_IN_PAIRS_LETTERS, p);
		put_lefts(out, q, p);
		put_how(out, WORD_CHOICES, p);
		put_letters(out, q, false, p);
		break;
	case QUESTION_MATRIX:
		put_how(out, WORD_IN_ROWS_TICK, p);
		put_matrix(out, q, p);
		break;
	case QUESTION_CLOZE: /* its gaps stand in the stem */
	case QUESTION_KIND_COUNT: break;
	}
}

/* markdown_policy.blank. Behind a no-break space a row of "_" is text. */
static void
put_blank(GString *out, const struct node *n, const struct markdown_policy *p)
{
	(void)p;
	g_string_append_printf(out, "(%u)\xc2\xa0" GAP, n->blank->number);
}

static void
put_hints(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	for (size_t i = 0; i < q->n_hints; i++) {
		g_autoptr(GString) label = g_string_new(NULL);
		markdown_word(label, p->words, WORD_HINT_SHORT, NULL, NULL);
		if (q->n_hints > 1)
			g_string_append_printf(label, " %zu", i + 1);
		g_string_append_c(label, ':');
		g_string_append_c(out, '\n');
		put_labelled(out, label->str, q->hints[i], p);
	}
}

void
markdown_question_title(GString *out, const struct quiz *quiz,
    const struct quiz_part *part, bool is_answer,
    const struct markdown_policy *p)
{
	const struct question *q = part->question;
	char no[12];

	g_snprintf(no, sizeof(no), "%u", part->number);
	markdown_word(out, p->words, WORD_QUESTION, no, NULL);
	if (quiz->n_points) {
		g_snprintf(no, sizeof(no), "%u", q->worth);
		g_string_append(out, " (");
		markdown_word(out, p->words, WORD_POINTS_COUNT, no, NULL);
		g_string_append_c(out, ')');
	}
	if (!q->stem && !is_answer)
		return;
	g_string_append(out, ": ");
	markdown_inlines(out, q->heading, p);
}

void
markdown_question(GString *out, const struct question *q, bool with_hints,
    const struct markdown_policy *p)
{
	struct markdown_policy with_gaps = *p;
	const bool is_cloze = q->kind == QUESTION_CLOZE;

	with_gaps.blank = put_blank;
	if (is_cloze)
		put_how(out, WORD_FILL_IN, p);
	put_tree(out, q->stem ? q->stem : q->heading, &with_gaps);
	if (!is_cloze)
		g_string_append_c(out, '\n');
	put_task(out, q, p);
	if (with_hints)
		put_hints(out, q, p);
}

/* --- what is right -------------------------------------------------------- */

static void
put_typed(GString *out, const struct accepted *a)
{
	if (a->is_exact)
		markdown_code(out, str_of(a->text));
	else
		markdown_textz(out, a->text);
}

static void
put_all_typed(GString *out, const struct accepted *texts, size_t n,
    const char *between)
{
	for (size_t i = 0; i < n; i++) {
		g_string_append(out, i ? between : "");
		put_typed(out, &texts[i]);
	}
}

/* The first spelling, and the others beside it. */
static void
put_spellings(GString *out, const struct accepted *texts, size_t n,
    const struct markdown_policy *p)
{
	g_autoptr(GString) others = g_string_new(NULL);

	put_all_typed(out, texts, MIN(n, 1), "");
	if (n < 2)
		return;
	put_all_typed(others, texts + 1, n - 1, ", ");
	g_string_append_c(out, ' ');
	put_around(out, p->words, WORD_ALSO_RIGHT, others->str, "");
}

static void
put_quantity(GString *out, const char *number, const char *unit)
{
	g_string_append(out, number);
	if (!unit[0])
		return;
	g_string_append(out, "\xc2\xa0");
	markdown_textz(out, unit);
}

static void
put_number(GString *out, const struct number *n,
    const struct markdown_policy *p)
{
	const bool is_range = !n->value;
	g_autoptr(GString) high = g_string_new(NULL);

	put_quantity(high, is_range ? n->high : n->to, n->unit);
	if (is_range) {
		put_around(out, p->words, WORD_FROM_TO, n->low, high->str);
		return;
	}
	put_quantity(out, n->value, n->unit);
	if (strcmp(n->from, n->to) == 0)
		return;
	g_string_append(out, ". ");
	put_around(out, p->words, WORD_MORE_RIGHT, n->from, high->str);
}

static void
put_pair(GString *out, const char *mark, const struct node *left,
    const struct node *right, const struct markdown_policy *p)
{
	g_string_append(out, mark);
	markdown_inlines(out, left, p);
	g_string_append(out, " – ");
	markdown_inlines(out, right, p);
	g_string_append_c(out, '\n');
}

static void
put_order(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	bool is_tight = true;

	for (size_t i = 0; i < q->n_pairs; i++)
		is_tight = is_tight && is_phrase(q->pairs[i].left);
	for (size_t i = 0; i < q->n_pairs; i++) {
		g_string_append(out, i && !is_tight ? "\n" : "");
		put_item(out, paper_place(q, i), q->pairs[i].left, p);
	}
}

static void
put_match(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	unsigned no = 0;

	for (size_t i = 0; i < q->n_pairs; i++) {
		if (!q->pairs[i].left)
			continue;
		g_autofree char *mark = g_strdup_printf("%u) ", ++no);
		put_pair(out, mark, q->pairs[i].left, q->pairs[i].right, p);
	}
}

static void
put_statements(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	for (size_t i = 0; i < q->n_statements; i++)
		put_pair(out, MARK, q->statements[i].text,
		    q->columns[q->statements[i].column], p);
}

static void
put_blanks(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	for (size_t i = 0; i < q->n_blanks; i++) {
		const struct blank *b = &q->blanks[i];
		g_string_append_printf(out, "%u) ", b->number);
		put_spellings(out, b->texts, b->n_texts, p);
		g_string_append_c(out, '\n');
	}
}

static void
put_right_text(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: put_letters(out, q, true, p); break;
	case QUESTION_TEXT:
		put_spellings(out, q->accepted, q->n_accepted, p);
		g_string_append_c(out, '\n');
		break;
	case QUESTION_NUMBER:
		put_number(out, &q->quantity, p);
		g_string_append_c(out, '\n');
		break;
	case QUESTION_ORDER: put_order(out, q, p); break;
	case QUESTION_MATCH: put_match(out, q, p); break;
	case QUESTION_MATRIX: put_statements(out, q, p); break;
	case QUESTION_CLOZE: put_blanks(out, q, p); break;
	case QUESTION_KIND_COUNT: break;
	}
}

/* "**Answer: B.** Text", "**Answer: A, C.**" and a list, or "**Answer:**" and
 * what was to be written. */
static void
put_right(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	const struct option *only = paper_only_right(q);
	const bool is_typed = q->kind == QUESTION_TEXT ||
	    q->kind == QUESTION_NUMBER;
	g_autoptr(GString) label = g_string_new(NULL);
	g_autoptr(GString) letters = g_string_new(NULL);

	markdown_word(label, p->words, WORD_ANSWER, NULL, NULL);
	paper_right(letters, q);
	if (letters->len)
		g_string_append_printf(label, " %s.", letters->str);
	if (only) {
		put_labelled(out, label->str, only->content, p);
		return;
	}
	if (q->n_options && !letters->len) {
		g_string_append_c(label, ' ');
		markdown_word(label, p->words, WORD_NONE_RIGHT, NULL, NULL);
	}
	g_string_append_printf(out, "**%s**%s", label->str,
	    is_typed                            ? " "
		: q->n_options && !letters->len ? "\n"
						: "\n\n");
	put_right_text(out, q, p);
}

/* --- what explains it ----------------------------------------------------- */

static void
put_feedback(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[q->shown[i]];
		g_autoptr(GString) label = g_string_new(NULL);
		if (!o->feedback)
			continue;
		paper_letter(label, i);
		g_string_append_c(label, ':');
		g_string_append_c(out, '\n');
		put_labelled(out, label->str, o->feedback, p);
	}
	for (size_t i = 0; i < q->n_wrong; i++) {
		const struct known_wrong *wrong = &q->wrong[i];
		g_autoptr(GString) texts = g_string_new(NULL);
		g_autoptr(GString) label = g_string_new(NULL);
		put_all_typed(texts, wrong->texts, wrong->n_texts, " / ");
		put_around(label, p->words, WORD_IF_YOU_WROTE, texts->str, "");
		g_string_append_c(out, '\n');
		put_labelled(out, label->str, wrong->feedback, p);
	}
}

static void
put_source(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	if (!q->source)
		return;
	struct node text = { .kind = NODE_TEXT,
		.text = str_of(paper_source(q->source)) };
	/* Trees are not const; this one is only read. */
	struct node link = { .kind = NODE_LINK,
		.child = &text,
		.link = (struct link *)(uintptr_t)q->source };
	const struct node parent = { .kind = NODE_PARAGRAPH, .child = &link };
	g_autoptr(GString) label = g_string_new(NULL);

	markdown_word(label, p->words, WORD_READ_MORE, NULL, NULL);
	g_string_append_c(out, '\n');
	put_labelled(out, label->str, &parent, p);
}

void
markdown_answer(GString *out, const struct question *q,
    const struct markdown_policy *p)
{
	put_right(out, q, p);
	if (q->explanation) {
		g_string_append_c(out, '\n');
		markdown_blocks(out, q->explanation, p);
	}
	put_feedback(out, q, p);
	put_source(out, q, p);
}
