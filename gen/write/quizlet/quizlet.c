/*
 * Terms and definitions as text: out/<slug>.quizlet.tsv, a line for each
 * question and card, parted by one tab. Quizlet's Import takes it as it is, and
 * so do most programs for flash cards. It is plain text: no pictures, no
 * markup, no feedback.
 * https://help.quizlet.com/hc/en-us/articles/360029977151
 */
#include "render/paper.h"
#include "render/words.h"
#include "write/lms.h"

struct quizlet {
	GString *rows;
};

/* --- text --------------------------------------------------------------- */

static void put_gapped(GString *to, const struct node *parent);

/* Below an image stands its text, below a formula what is drawn of it. */
static bool
is_whole(const struct node *n)
{
	return !n->child || n->kind == NODE_IMAGE || n->kind == NODE_MATH ||
	    n->kind == NODE_MATH_DISPLAY;
}

/* The text of one node, without those behind it. */
static void
put_one(GString *to, const struct node *n)
{
	struct node alone = *n;

	if (n->kind == NODE_BLANK) {
		g_string_append(to, "____");
	} else if (!is_whole(n)) {
		put_gapped(to, n);
	} else {
		alone.next = NULL;
		const struct node box = { .kind = NODE_PARAGRAPH,
			.child = &alone };
		node_text(to, &box);
	}
}

/* As node_text(), with gaps for blanks. */
static void
put_gapped(GString *to, const struct node *parent)
{
	node_each(n, parent) {
		if (n->kind < NODE_TEXT && to->len > 0)
			g_string_append_c(to, ' ');
		put_one(to, n);
	}
}

/* One line without tabs: each run of white space becomes a space. */
static void
put_clean(GString *to, const char *text)
{
	bool has_gap = false, is_first = true;

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		const gunichar c = g_utf8_get_char(p);
		if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
			has_gap = true;
			continue;
		}
		if (has_gap && !is_first)
			g_string_append_c(to, ' ');
		has_gap = is_first = false;
		g_string_append_unichar(to, c);
	}
}

static void
put_part(GString *to, size_t i, const struct node *tree)
{
	g_string_append(to, to->len ? "  " : "");
	paper_letter(to, i);
	g_string_append(to, ") ");
	node_text(to, tree);
}

static void
put_texts(GString *to, const struct accepted *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		g_string_append_printf(to, "%s%s", i ? " / " : "",
		    texts[i].text);
}

static void
put_blanks(GString *to, const struct blank *blanks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_string_append(to, i ? "; " : "");
		put_texts(to, blanks[i].texts, blanks[i].n_texts);
	}
}

/* --- questions ---------------------------------------------------------- */

/* What is to be answered one by one: left sides, statements. */
static void
put_given(GString *to, const struct question *q)
{
	unsigned number = 0;

	for (size_t i = 0; q->kind == QUESTION_MATCH && i < q->n_pairs; i++) {
		if (!q->pairs[i].left)
			continue;
		g_string_append_printf(to, " %u. ", ++number);
		node_text(to, q->pairs[i].left);
	}
	for (size_t i = 0; i < q->n_statements; i++) {
		g_string_append_printf(to, " %u. ", ++number);
		node_text(to, q->statements[i].text);
	}
}

static void
put_asked(GString *to, const struct question *q)
{
	put_gapped(to, q->stem ? q->stem : q->heading);
	put_given(to, q);
	for (size_t i = 0; i < q->n_shown; i++) {
		const struct node *one = paper_offered(q, i);
		if (one)
			put_part(to, i, one);
	}
	for (size_t i = 0; i < q->n_columns; i++)
		put_part(to, i, q->columns[i]);
}

static void
put_number(GString *to, const struct number *n)
{
	if (n->value)
		g_string_append(to, n->value);
	else
		g_string_append_printf(to, "%s – %s", n->low, n->high);
	if (n->tolerance)
		g_string_append_printf(to, " ± %s", n->tolerance);
	if (n->unit[0])
		g_string_append_printf(to, " %s", n->unit);
	if (n->percent)
		g_string_append_printf(to, " ± %s%%", n->percent);
}

static void
put_right_options(GString *to, const struct question *q,
    const struct words *words)
{
	for (size_t i = 0; i < q->n_options; i++)
		if (q->options[q->shown[i]].is_correct)
			put_part(to, i, q->options[q->shown[i]].content);
	if (to->len == 0)
		words_format(to, words, WORD_NONE_RIGHT, NULL, NULL);
}

static void
put_pairs(GString *to, const struct question *q)
{
	for (size_t i = 0; i < q->n_pairs; i++) {
		const struct pairing *p = &q->pairs[i];
		if (!p->left)
			continue;
		g_string_append(to, to->len ? "; " : "");
		if (q->kind == QUESTION_ORDER)
			g_string_append_printf(to, "%zu. ", i + 1);
		node_text(to, p->left);
		if (!p->right)
			continue;
		g_string_append(to, " = ");
		node_text(to, p->right);
	}
}

static void
put_statements(GString *to, const struct question *q)
{
	for (size_t i = 0; i < q->n_statements; i++) {
		g_string_append(to, i ? "; " : "");
		node_text(to, q->statements[i].text);
		g_string_append(to, " = ");
		node_text(to, q->columns[q->statements[i].column]);
	}
}

static void
put_right(GString *to, const struct question *q, const struct words *words)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: put_right_options(to, q, words); break;
	case QUESTION_TEXT: put_texts(to, q->accepted, q->n_accepted); break;
	case QUESTION_NUMBER: put_number(to, &q->quantity); break;
	case QUESTION_ORDER:
	case QUESTION_MATCH: put_pairs(to, q); break;
	case QUESTION_MATRIX: put_statements(to, q); break;
	case QUESTION_CLOZE: put_blanks(to, q->blanks, q->n_blanks); break;
	case QUESTION_KIND_COUNT: break;
	}
}

/* --- cards -------------------------------------------------------------- */

static void
put_cell_asked(GString *to, const struct card *c, const struct words *words)
{
	g_autoptr(GString) row = g_string_new(NULL);
	g_autoptr(GString) column = g_string_new(NULL);

	node_text(row, c->front);
	node_text(column, c->column);
	words_format(to, words, WORD_CELL_ASKED, row->str, column->str);
}

static void
put_card(GString *front, GString *back, const struct card *c,
    const struct words *words)
{
	switch (c->kind) {
	case CARD_CELL:
		put_cell_asked(front, c, words);
		node_text(back, c->back);
		break;
	case CARD_TERM:
		node_text(front, c->front);
		node_text(back, c->back);
		break;
	case CARD_CALLOUT:
		g_string_append(front, c->text);
		node_text(back, c->back);
		break;
	case CARD_CLOZE:
		put_gapped(front, c->back);
		put_blanks(back, c->blanks, c->n_blanks);
		break;
	case CARD_KIND_COUNT: break;
	}
}

/* --- the file ----------------------------------------------------------- */

static void
add_row(struct piece *p, const GString *front, const GString *back)
{
	g_autoptr(GString) row = g_string_new(NULL);

	put_clean(row, front->str);
	g_string_append_c(row, '\t');
	put_clean(row, back->str);
	g_string_append_c(row, '\n');
	struct part *part = piece_add(p);
	part->path = "";
	part->bytes = arena_take(p->arena, row);
	part->raw_size = part->bytes.len;
}

static void
add_question(struct piece *p, const struct question *q,
    const struct words *words)
{
	g_autoptr(GString) front = g_string_new(NULL);
	g_autoptr(GString) back = g_string_new(NULL);

	if (q->has_no_card)
		return;
	put_asked(front, q);
	put_right(back, q, words);
	add_row(p, front, back);
}

static bool
quizlet_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct page *page = p->page;

	(void)state;
	for (size_t i = 0; i < page->n_cards; i++) {
		g_autoptr(GString) front = g_string_new(NULL);
		g_autoptr(GString) back = g_string_new(NULL);
		put_card(front, back, &page->cards[i], in->theme->words);
		add_row(p, front, back);
	}
	for (size_t i = 0; i < page->n_quizzes; i++)
		for (size_t k = 0; k < page->quizzes[i]->n_questions; k++)
			add_question(p, &page->quizzes[i]->questions[k],
			    in->theme->words);
	return true;
}

static bool
quizlet_emit(struct job *j, const struct piece *p)
{
	struct quizlet *s = j->state;

	if (!s->rows)
		s->rows = g_string_new(NULL);
	for (size_t i = 0; i < p->n_parts; i++)
		g_string_append_len(s->rows, p->parts[i].bytes.p,
		    (gssize)p->parts[i].bytes.len);
	j->n_cards += p->n_parts;
	return true;
}

static bool
quizlet_finish(struct job *j)
{
	const struct quizlet *s = j->state;
	g_autofree char *path = writer_product(j->writer, j->in.site);

	return out_file(j->out, path,
	    s->rows ? (struct str){ s->rows->str, s->rows->len } : STR_LIT(""));
}

static void
quizlet_close(struct job *j)
{
	struct quizlet *s = j->state;

	if (s->rows)
		g_string_free(s->rows, TRUE);
	s->rows = NULL;
}

static const struct rendition renditions[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = { "text, options with letters", NULL },
	[QUESTION_MANY] = { "text, options with letters", NULL },
	[QUESTION_TRUTH] = { "text, options with letters", NULL },
	[QUESTION_TEXT] = { "text", NULL },
	[QUESTION_NUMBER] = { "text", NULL },
	[QUESTION_ORDER] = { "text, items with letters", NULL },
	[QUESTION_MATCH] = { "text, choices with letters", NULL },
	[QUESTION_MATRIX] = { "text", NULL },
	[QUESTION_CLOZE] = { "text with gaps", NULL },
};

static bool
has_comments(const struct question *q)
{
	bool has_any = q->explanation || q->n_wrong > 0;

	for (size_t i = 0; i < q->n_options; i++)
		has_any = has_any || q->options[i].feedback;
	return has_any;
}

static const struct construct constructs[] = {
	{ "hints are left out", lms_has_hints },
	{ "pictures are left out; their text is shown", lms_has_pictures },
	{ "what programs draw is shown as it is written", lms_has_drawings },
	{ "feedback and explanation are left out", has_comments },
	{ NULL, NULL },
};

const struct writer writer_quizlet = {
	.name = "quizlet",
	.summary = "questions and cards as terms and definitions, plain text",
	.renditions = renditions,
	.constructs = constructs,
	.suffix = ".quizlet.tsv",
	.order = EMIT_READING,
	.state_size = sizeof(struct quizlet),
	.render = quizlet_render,
	.emit = quizlet_emit,
	.finish = quizlet_finish,
	.close = quizlet_close,
};
