/* How a chapter asks: paper has no fields, so there are letters, numbers,
 * boxes to tick and lines to write on. */
#include "write/epub/epub.h"

#define GAP "________" /* for a letter or a word */
#define LINE GAP GAP "____" /* so that a phone has room for it */

static void
put_points(GString *out, const struct question *q, const struct html_policy *p)
{
	char no[12];

	g_snprintf(no, sizeof(no), "%u", q->worth);
	g_string_append(out, " <span class=\"points\">(");
	html_word(out, p->words, WORD_POINTS_COUNT, no, NULL);
	g_string_append(out, ")</span>");
}

void
put_question_title(GString *out, const struct quiz *quiz,
    const struct quiz_part *part, bool with_title, const struct html_policy *p)
{
	char no[12];

	g_snprintf(no, sizeof(no), "%u", part->number);
	g_string_append(out, "<span class=\"n\">");
	html_word(out, p->words, WORD_QUESTION, no, NULL);
	if (quiz->n_points)
		put_points(out, part->question, p);
	if (with_title) {
		g_string_append(out, ":</span> ");
		html_inlines(out, part->question->heading, p);
	} else {
		g_string_append(out, "</span>");
	}
}

static void
put_how(GString *out, enum word word, const struct html_policy *p)
{
	g_string_append(out, "<p class=\"how\">");
	html_word(out, p->words, word, NULL, NULL);
	g_string_append(out, "</p>\n");
}

void
put_shown(GString *out, const struct question *q, size_t i,
    const struct html_policy *p)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: html_tight(out, q->options[i].content, p); break;
	case QUESTION_ORDER: html_tight(out, q->pairs[i].left, p); break;
	case QUESTION_MATCH: html_inlines(out, q->pairs[i].right, p); break;
	case QUESTION_TEXT:
	case QUESTION_NUMBER:
	case QUESTION_MATRIX:
	case QUESTION_CLOZE:
	case QUESTION_KIND_COUNT: break;
	}
}

/* Whatever is to choose from or to be put in order. */
static void
put_letters(GString *out, const struct question *q, const struct html_policy *p)
{
	g_string_append(out, "<ol type=\"A\" class=\"opts\">\n");
	for (size_t i = 0; i < q->n_shown; i++) {
		g_string_append(out, "<li>");
		put_shown(out, q, q->shown[i], p);
		g_string_append(out, "</li>\n");
	}
	g_string_append(out, "</ol>\n");
}

/* A line to write on. It is of characters, since an empty element with a
 * border vanishes in some reading systems; nobody wants them read aloud. */
static void
put_gap(GString *out, const char *line)
{
	g_string_append_printf(out,
	    "<span class=\"gap\" aria-hidden=\"true\">%s</span>", line);
}

static void
put_line(GString *out, const char *unit, const struct html_policy *p)
{
	g_string_append(out, "<p class=\"write\"><b class=\"label\">");
	html_word(out, p->words,
	    unit[0] ? WORD_YOUR_ANSWER_IN : WORD_YOUR_ANSWER, unit, NULL);
	g_string_append(out, ":</b> ");
	put_gap(out, LINE);
	g_string_append(out, "</p>\n");
}

/* The left sides of MATCH, each behind a line for its letter. */
static void
put_lefts(GString *out, const struct question *q, const struct html_policy *p)
{
	g_string_append(out, "<ol class=\"lefts\">\n");
	for (size_t i = 0; i < q->n_pairs; i++) {
		if (!q->pairs[i].left)
			continue;
		g_string_append(out, "<li>");
		put_gap(out, "____");
		g_string_append_c(out, ' ');
		html_inlines(out, q->pairs[i].left, p);
		g_string_append(out, "</li>\n");
	}
	g_string_append(out, "</ol>\n");
}

/* Who hears the table hears a box by the name of its column. */
static void
put_box(GString *out, const struct node *column)
{
	g_autoptr(GString) name = g_string_new(NULL);

	node_text(name, column);
	g_string_append(out, "<td class=\"ac\"><span class=\"tick\"");
	if (name->len) {
		g_string_append(out, " role=\"img\" aria-label=\"");
		html_attr(out, (struct str){ name->str, name->len });
		g_string_append_c(out, '"');
	}
	/* U+FE0E: as text, not as a coloured picture. */
	g_string_append(out, ">☐\xef\xb8\x8e</span></td>");
}

static void
put_matrix(GString *out, const struct question *q, const struct html_policy *p)
{
	g_string_append(out,
	    "<div class=\"scroll\"><table class=\"matrix\">\n<thead>\n"
	    "<tr><th scope=\"col\">");
	html_word(out, p->words, WORD_STATEMENT, NULL, NULL);
	g_string_append(out, "</th>");
	for (size_t i = 0; i < q->n_columns; i++) {
		g_string_append(out, "<th scope=\"col\" class=\"ac\">");
		html_inlines(out, q->columns[i], p);
		g_string_append(out, "</th>");
	}
	g_string_append(out, "</tr>\n</thead>\n<tbody>\n");
	for (size_t i = 0; i < q->n_statements; i++) {
		g_string_append(out, "<tr><th scope=\"row\">");
		html_inlines(out, q->statements[i].text, p);
		g_string_append(out, "</th>");
		for (size_t k = 0; k < q->n_columns; k++)
			put_box(out, q->columns[k]);
		g_string_append(out, "</tr>\n");
	}
	g_string_append(out, "</tbody>\n</table></div>\n");
}

static void
put_task(GString *out, const struct question *q, const struct html_policy *p)
{
	switch (q->kind) {
	case QUESTION_ONE:
		put_how(out, WORD_CHOOSE_ONE, p);
		put_letters(out, q, p);
		break;
	case QUESTION_MANY:
		put_how(out,
		    q->allows_none ? WORD_ALL_OR_NONE : WORD_CHOOSE_ALL, p);
		put_letters(out, q, p);
		break;
	case QUESTION_TRUTH: put_letters(out, q, p); break;
	case QUESTION_TEXT: put_line(out, "", p); break;
	case QUESTION_NUMBER: put_line(out, q->quantity.unit, p); break;
	case QUESTION_ORDER:
		put_how(out, WORD_IN_ORDER_LETTERS, p);
		put_letters(out, q, p);
		put_line(out, "", p);
		break;
	case QUESTION_MATCH:
		put_how(out, WORD_IN_PAIRS_LETTERS, p);
		put_lefts(out, q, p);
		put_how(out, WORD_CHOICES, p);
		put_letters(out, q, p);
		break;
	case QUESTION_MATRIX:
		put_how(out, WORD_IN_ROWS_TICK, p);
		put_matrix(out, q, p);
		break;
	case QUESTION_CLOZE: /* Its blanks stand in the stem. */
	case QUESTION_KIND_COUNT: break;
	}
}

/* html_policy.blank */
static void
put_blank(GString *out, const struct node *n, const struct html_policy *p)
{
	char no[12];

	g_snprintf(no, sizeof(no), "%u", n->blank->number);
	g_string_append(out,
	    "<span class=\"blank\" role=\"img\" aria-label=\"");
	html_word(out, p->words, WORD_BLANK, no, NULL);
	g_string_append_printf(out, "\">(%s)\xc2\xa0" GAP "</span>", no);
}

/* What asks. Without a stem it is the title. */
static void
put_stem(GString *out, const struct question *q, const struct html_policy *p)
{
	struct html_policy with_blanks = *p;

	if (!q->stem) {
		g_string_append(out, "<p>");
		html_inlines(out, q->heading, p);
		g_string_append(out, "</p>\n");
		return;
	}
	if (q->kind == QUESTION_CLOZE) {
		put_how(out, WORD_FILL_IN, p);
		with_blanks.blank = put_blank;
	}
	html_blocks(out, q->stem, &with_blanks);
}

static void
put_hints(GString *out, const struct question *q, const struct html_policy *p)
{
	for (size_t i = 0; i < q->n_hints; i++) {
		g_autoptr(GString) label = g_string_new(NULL);
		words_format(label, p->words, WORD_HINT_SHORT, NULL, NULL);
		if (q->n_hints > 1)
			g_string_append_printf(label, " %zu", i + 1);
		g_string_append_c(label, ':');
		put_labelled(out, "hint", label->str, q->hints[i], p);
	}
}

/* From behind the heading's tag on. */
static void
put_content(GString *out, const struct quiz *quiz, const struct quiz_part *part,
    unsigned h, const struct html_policy *p)
{
	const struct question *q = part->question;

	put_question_title(out, quiz, part, q->stem, p);
	g_string_append_printf(out, "</h%u>\n", h);
	put_stem(out, q, p);
	put_task(out, q, p);
	put_hints(out, q, p);
}

static void
find_asking(const struct node *tree, bool is_answer, void *notes)
{
	if (!is_answer)
		notes_find(notes, tree);
}

void
question_find_notes(struct notes *n, const struct question *q)
{
	question_each_tree(q, find_asking, n);
}

/* A mock exam shows another document's question: its notes stand below it,
 * and its ids may be here already. */
static void
put_borrowed(GString *out, const struct quiz *quiz,
    const struct quiz_part *part, unsigned h, const struct view *here)
{
	const struct question *q = part->question;
	struct view v = *here;
	g_autofree char *prefix = g_strdup_printf("B%s-", q->anchor);
	struct notes *n = notes_new(q->doc);
	size_t from = out->len;

	v.doc = q->doc;
	v.is_prefixed = true;
	const struct html_policy p = view_policy(&v);
	put_content(out, quiz, part, h, &p);
	question_find_notes(n, q);
	notes_write_here(out, n, &p);
	notes_free(n);
	if (q->doc->has_raw_html || q->doc->has_drawn)
		raw_mend(out, from);
	xhtml_mend(out, from, prefix, false);
}

static void
put_way_to_answer(GString *out, const struct quiz_part *part,
    const struct html_policy *p)
{
	const struct view *v = p->ctx;
	g_autoptr(GString) key = g_string_new(NULL);
	char no[12];

	if (v->answers == ANSWERS_NONE)
		return;
	if (v->answers == ANSWERS_BOOK)
		g_string_append(key, EPUB_ANSWERS);
	else
		name_of_page(key, part->question->quiz->page);
	g_string_append(out, "<p class=\"to-answer\"><a href=\"");
	name_other(out, v->from, key->str);
	g_string_append_c(out, '#');
	put_answer_id(out, part->question);
	g_string_append(out, "\">");
	g_snprintf(no, sizeof(no), "%u", part->number);
	html_word(out, p->words, WORD_ANSWER_TO, no, NULL);
	g_string_append(out, "</a></p>\n");
}

void
question_write(GString *out, const struct quiz *quiz,
    const struct quiz_part *part, unsigned level, const struct html_policy *p)
{
	const struct question *q = part->question;
	unsigned h = MIN(level, 6u);

	g_string_append_printf(out,
	    "<section class=\"q\" id=\"%s\" aria-labelledby=\"T%s\">\n"
	    "<h%u id=\"T%s\">",
	    q->anchor, q->anchor, h, q->anchor);
	if (q->quiz == quiz)
		put_content(out, quiz, part, h, p);
	else
		put_borrowed(out, quiz, part, h, p->ctx);
	put_way_to_answer(out, part, p);
	g_string_append(out, "</section>\n");
}
