/*
 * Questions as text for Moodle: out/<slug>.gift.txt. What Moodle reads is its
 * manual's, and where that is silent, its question/format/gift/format.php.
 * https://docs.moodle.org/en/GIFT_format
 *
 * All texts are HTML, but for what is typed or chosen from a menu. A question
 * is written without empty lines, since these part questions, and no line
 * begins with a text of the author's, since "//" begins a comment.
 */
#include "base/text.h"
#include "write/lms.h"

static const struct writer_option options[] = {
	LMS_FILE_OPTION_ROWS,
	{ NULL, NULL, NULL },
};

/* --- escapes ------------------------------------------------------------ */

/* A line end is written as "\n"; what else is control is left out. */
static void
put(GString *to, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.p[i];
		if (c == '\n')
			text_addz(to, "\\n");
		else if (strchr("\\~=#{}:", c) && c)
			g_string_append_printf(to, "\\%c", c);
		else if ((unsigned char)c >= ' ')
			g_string_append_c(to, c);
	}
}

/* HTML behind the question's own "[html]". A bracket could be taken for another
 * mark, and a per cent sign for a weight. */
static void
put_html(GString *to, struct str html)
{
	if (html.len && strchr("[%", html.p[0]))
		text_addz(to, "[html]");
	put(to, html);
}

static void
put_feedback(GString *to, struct str html)
{
	if (html.len == 0)
		return;
	g_string_append_c(to, '#');
	put_html(to, html);
}

/* What is to be typed is plain text. There is no way to write "->", which would
 * make a match of the question: any letters may stand inside of it. */
static void
put_typed(GString *to, const char *text)
{
	g_autoptr(GString) pattern = g_string_new(NULL);

	lms_pattern(pattern, text);
	(void)g_string_replace(pattern, "->", "-*>", 0);
	if (pattern->str[0] == '[')
		text_addz(to, "[plain]");
	put(to, (struct str){ pattern->str, pattern->len });
}

/* --- kinds -------------------------------------------------------------- */

static void
put_truth(GString *to, const struct lms *w, const struct question *q)
{
	const bool is_true = lms_is_true(w, q);
	const struct lms_text wrong = lms_label(w, q->doc,
	    lms_truth(w, q, !is_true)->feedback);
	const struct lms_text right = lms_label(w, q->doc,
	    lms_truth(w, q, is_true)->feedback);

	text_addz(to, is_true ? "\tTRUE" : "\tFALSE");
	if (wrong.html.len || right.html.len) {
		g_string_append_c(to, '#');
		put_html(to, wrong.html);
	}
	put_feedback(to, right.html);
	g_string_append_c(to, '\n');
}

static void
put_choices(GString *to, const struct lms *w, const struct question *q)
{
	size_t n;
	const struct lms_choice *all = lms_choices(w, q, &n);

	for (size_t i = 0; i < n; i++) {
		if (q->kind == QUESTION_MANY)
			g_string_append_printf(to, "\t~%%%s%%", all[i].weight);
		else
			text_addz(to, all[i].is_right ? "\t=" : "\t~");
		put_html(to, all[i].text.html);
		put_feedback(to, all[i].feedback.html);
		g_string_append_c(to, '\n');
	}
}

static void
put_accepted(GString *to, const struct accepted *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		text_addz(to, texts[i].text[0] == '%' ? "\t=%100%" : "\t=");
		put_typed(to, texts[i].text);
		g_string_append_c(to, '\n');
	}
}

/* Known wrong answers count nothing. */
static void
put_wrong(GString *to, const struct lms *w, const struct question *q)
{
	for (size_t i = 0; i < q->n_wrong; i++) {
		const struct known_wrong *wrong = &q->wrong[i];
		const struct lms_text why = lms_inlines(w, q->doc,
		    wrong->feedback);
		for (size_t k = 0; k < wrong->n_texts; k++) {
			text_addz(to, "\t=%0%");
			put_typed(to, wrong->texts[k].text);
			put_feedback(to, why.html);
			g_string_append_c(to, '\n');
		}
	}
}

static void
put_number(GString *to, const struct lms *w, const struct question *q)
{
	const struct number *n = &q->quantity;
	const char *tolerance = lms_tolerance(w, q);

	text_addz(to, "#\n\t=");
	if (!n->value)
		g_string_append_printf(to, "%s..%s", n->from, n->to);
	else if (strcmp(tolerance, "0") == 0)
		text_addz(to, n->value);
	else
		g_string_append_printf(to, "%s:%s", n->value, tolerance);
	g_string_append_c(to, '\n');
}

static void
put_pairs(GString *to, const struct lms *w, const struct question *q)
{
	size_t n;
	const struct lms_pair *all = lms_pairs(w, q, &n);

	for (size_t i = 0; i < n; i++) {
		g_autoptr(GString) right = g_string_new(NULL);
		/* Moodle removes what looks like a tag. */
		html_textz(right, all[i].right);
		text_addz(to, "\t=");
		put_html(to, all[i].left.html);
		text_addz(to, " -> ");
		put(to, (struct str){ right->str, right->len });
		g_string_append_c(to, '\n');
	}
}

static void
put_answers(GString *to, const struct lms *w, const struct question *q)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY: put_choices(to, w, q); break;
	case QUESTION_TRUTH: put_truth(to, w, q); break;
	case QUESTION_TEXT:
		put_accepted(to, q->accepted, q->n_accepted);
		put_wrong(to, w, q);
		break;
	case QUESTION_NUMBER:
		put_number(to, w, q);
		put_wrong(to, w, q);
		break;
	case QUESTION_CLOZE:
		if (q->n_blanks == 1) {
			put_accepted(to, q->blanks[0].texts,
			    q->blanks[0].n_texts);
			break;
		}
		put_pairs(to, w, q);
		break;
	case QUESTION_ORDER:
	case QUESTION_MATCH:
	case QUESTION_MATRIX: put_pairs(to, w, q); break;
	case QUESTION_KIND_COUNT: break;
	}
}

/* --- questions ---------------------------------------------------------- */

/* "[tag:x]". A bracket is escaped; the others are what Moodle leaves no tag
 * with. */
static void
put_mark(GString *to, const char *kind, const char *text)
{
	g_string_append_printf(to, " [%s:", kind);
	for (const char *p = text; *p; p++)
		if (*p == ']')
			text_addz(to, "\\]");
		else
			g_string_append_c(to, strchr("<>`", *p) ? '-' : *p);
	g_string_append_c(to, ']');
}

static void
put_name(GString *to, const struct lms *w, const struct question *q)
{
	text_addz(to, "::");
	put(to, str_of(lms_file_name(w, q)));
	text_addz(to, "::[html]");
}

static void
put_question(GString *to, const struct lms *w, const struct question *q)
{
	const char *const *tags = lms_tags(w, q);
	const struct lms_text why = lms_explanation(w, q);

	text_addz(to, "//");
	put_mark(to, "id", lms_idnumber(w, q));
	for (size_t i = 0; tags[i]; i++)
		put_mark(to, "tag", tags[i]);
	g_string_append_c(to, '\n');
	put_name(to, w, q);
	put(to, lms_asked(w, q, true).html);
	text_addz(to, q->kind == QUESTION_NUMBER ? "{" : "{\n");
	put_answers(to, w, q);
	if (why.html.len) {
		text_addz(to, "\t####");
		put_html(to, why.html);
		g_string_append_c(to, '\n');
	}
	text_addz(to, "}\n\n");
}

/* Text between questions is a description. */
static void
put_text(GString *to, const struct lms *w, const struct quiz *quiz,
    const struct node *text)
{
	const struct lms_text said = lms_blocks(w, w->page->doc, text);

	if (said.html.len == 0)
		return;
	text_addz(to, "::");
	put(to, str_of(lms_line(w, quiz->title)));
	text_addz(to, "::[html]");
	put(to, said.html);
	text_addz(to, "\n\n");
}

/* --- hooks -------------------------------------------------------------- */

static void
gift_check(const struct book *b, const struct brief *in, struct diag *d)
{
	(void)b;
	lms_file_check(in, d);
}

static bool
gift_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct lms w = { .in = in, .page = p->page, .arena = p->arena };
	g_autoptr(GString) text = g_string_new(NULL);

	(void)state;
	for (size_t i = 0; i < p->page->n_quizzes; i++) {
		const struct quiz *quiz = p->page->quizzes[i];
		for (size_t k = 0; k < quiz->n_parts; k++) {
			const struct quiz_part *part = &quiz->parts[k];
			if (!lms_takes(quiz, part))
				continue;
			if (part->text)
				put_text(text, &w, quiz, part->text);
			else
				put_question(text, &w, part->question);
		}
	}
	lms_file_add(p, &w, text);
	return true;
}

/* No escapes here, but a backslash is one. */
static void
put_category(GString *to, const char *category)
{
	g_autoptr(GString) path = g_string_new(category);

	(void)g_string_replace(path, "\\", "\\\\", 0);
	g_string_append_printf(to, "$CATEGORY: %s\n\n", path->str);
}

static bool
gift_emit(struct job *j, const struct piece *p)
{
	return lms_file_emit(j, p, put_category);
}

static bool
gift_finish(struct job *j)
{
	return lms_file_finish(j, "");
}

/* --- what is lost ------------------------------------------------------- */

static const char *
loses_blanks(const struct question *q)
{
	return q->n_blanks > 1 ? "words are chosen for the blanks, not typed"
			       : NULL;
}

static bool
have_arrow(const struct accepted *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(texts[i].text, "->"))
			return true;
	return false;
}

static bool
has_arrow(const struct question *q)
{
	bool has = have_arrow(q->accepted, q->n_accepted) ||
	    (q->n_blanks == 1 &&
		have_arrow(q->blanks[0].texts, q->blanks[0].n_texts));

	for (size_t i = 0; i < q->n_wrong; i++)
		has = has || have_arrow(q->wrong[i].texts, q->wrong[i].n_texts);
	return has;
}

static bool
has_exact(const struct question *q)
{
	return lms_is_exact(q) && q->n_blanks < 2;
}

static const struct rendition renditions[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = { .how = "multiple choice, one answer" },
	[QUESTION_MANY] = { .how = "multiple choice, several answers",
	    .loses = lms_loses_shares },
	[QUESTION_TRUTH] = { .how = "true/false" },
	[QUESTION_TEXT] = { .how = "short answer" },
	[QUESTION_NUMBER] = { .how = "numerical", .loses = lms_loses_digits },
	[QUESTION_ORDER] = { .how = "matching",
	    .lost = "a place is chosen for each item" },
	[QUESTION_MATCH] = { .how = "matching", .loses = lms_loses_sides },
	[QUESTION_MATRIX] = { .how = "matching",
	    .lost = "a column is chosen for each statement" },
	[QUESTION_CLOZE] = { .how = "short answer, or matching",
	    .loses = loses_blanks },
};

static const struct construct constructs[] = {
	{ "hints are folded into the question", lms_has_hints },
	{ "pictures stay on the website; without 'url' their text is shown",
	    lms_has_pictures },
	{ "counts 1 point", lms_has_points },
	{ "a part of what is right brings a part of the points",
	    lms_has_parts },
	{ "the order of its options may change", lms_has_order },
	{ "case does not matter", has_exact },
	{ "any letters may stand inside of '->'", has_arrow },
	{ NULL, NULL },
};

const struct writer writer_gift = {
	.name = "gift",
	.summary = "questions for Moodle, as text",
	.renditions = renditions,
	.constructs = constructs,
	.suffix = ".gift.txt",
	.options = options,
	.order = EMIT_READING,
	.state_size = sizeof(struct lms_file),
	.check = gift_check,
	.open = lms_file_open,
	.render = gift_render,
	.emit = gift_emit,
	.finish = gift_finish,
	.close = lms_file_close,
};
