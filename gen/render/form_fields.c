#include "render/form_own.h"
#include "render/paper.h"
#include "render/pattern.h"

enum {
	FIELD_LEAST = 8, /* characters that a blank is wide */
	FIELD_MOST = 30
};

/* The id of a part of the question; a dot, since no id of a question has one:
 * "q-er--l2.1". */
static void
put_id(const struct form *f, size_t part)
{
	g_string_append_printf(f->out, "%s.%zu", f->q->anchor, part);
}

static void
put_verdict(const struct form *f)
{
	put(f, " <span class=\"v ok\" hidden>");
	word(f, WORD_RIGHT);
	put(f, "</span><span class=\"v no\" hidden>");
	word(f, WORD_WRONG);
	put(f, "</span>");
}

/* What a field is called by. */
static void
put_name(const struct form *f, const struct node *inlines)
{
	struct html_policy p = *f->p;

	p.with_math_words = true;
	html_inlines(f->out, inlines, &p);
}

/* A label holds phrasing only: the first paragraph. Returns what is left. */
static struct node
put_phrase(const struct form *f, const struct node *content)
{
	const struct node *first = content->child;
	bool is_phrase = first && first->kind == NODE_PARAGRAPH;

	if (is_phrase)
		put_name(f, first);
	return (struct node){ .kind = NODE_DOC,
		.child = is_phrase ? first->next : content->child };
}

static void
put_more(const struct form *f, const struct node *rest)
{
	if (!rest->child)
		return;
	put(f, "<div class=\"rest\">");
	html_blocks(f->out, rest, f->p);
	put(f, "</div>");
}

/* --- choice ------------------------------------------------------------- */

static void
put_box(const struct form *f, size_t part, bool is_right)
{
	const struct question *q = f->q;

	put(f, "<div class=\"opt\"><input type=\"");
	put(f, q->kind == QUESTION_MANY ? "checkbox" : "radio");
	put(f, "\" name=\"");
	put(f, q->anchor);
	put(f, "\" id=\"");
	put_id(f, part);
	put(f, is_right ? "\" class=\"k\"><label for=\"" : "\"><label for=\"");
	put_id(f, part);
	put(f, "\">");
}

static void
end_label(const struct form *f, bool is_right)
{
	put(f, " <span class=\"v\" hidden>");
	word(f, is_right ? WORD_CORRECT_ANSWER : WORD_INCORRECT);
	put(f, "</span></label>");
}

static void
put_option(const struct form *f, size_t shown)
{
	const struct option *o = &f->q->options[f->q->shown[shown]];

	put_box(f, shown + 1, o->is_correct);
	const struct node rest = put_phrase(f, o->content);
	end_label(f, o->is_correct);
	put_more(f, &rest);
	if (o->feedback) {
		put(f, "<div class=\"fb\" hidden>");
		html_blocks(f->out, o->feedback, f->p);
		put(f, "</div>");
	}
	put(f, "</div>\n");
}

static void
put_choice(const struct form *f)
{
	const struct question *q = f->q;
	bool has_right = false;

	for (size_t i = 0; i < q->n_options; i++) {
		put_option(f, i);
		has_right = has_right || q->options[i].is_correct;
	}
	if (!q->allows_none)
		return;
	/* Choosing nothing would be no answer. */
	put_box(f, q->n_options + 1, !has_right);
	word(f, WORD_NONE_OF_THESE);
	end_label(f, !has_right);
	put(f, "</div>\n");
}

/* --- typed -------------------------------------------------------------- */

/* The text field itself; what is right is a pattern. aria-invalid, or else
 * Chromium tells what it thinks of the text while it is typed. */
static void
put_field(const struct form *f, size_t part, const GString *pattern)
{
	put(f, "<input type=\"text\" class=\"t\" id=\"");
	put_id(f, part);
	put(f, "\" placeholder=\" \" pattern=\"");
	html_attr(f->out, (struct str){ pattern->str, pattern->len });
	put(f,
	    "\" aria-invalid=\"false\" autocapitalize=\"off\" spellcheck=\"false\"");
}

/* "Your answer in °C" */
static void
put_unit_label(const struct form *f)
{
	g_autoptr(GString) unit = g_string_new("<bdi>");

	html_textz(unit, f->q->quantity.unit);
	g_string_append(unit, "</bdi>");
	html_word_around(f->out, f->p->words, WORD_YOUR_ANSWER_IN, unit->str,
	    NULL);
}

static void
put_typed(const struct form *f)
{
	const struct question *q = f->q;
	g_autoptr(GString) pattern = g_string_new(NULL);
	bool is_number = q->kind == QUESTION_NUMBER;

	if (is_number)
		pattern_number(pattern, q->quantity.from, q->quantity.to);
	else
		pattern_texts(pattern, q->accepted, q->n_accepted);
	put(f, "<div class=\"t-row\"><label for=\"");
	put_id(f, 1);
	put(f, "\">");
	if (is_number && q->quantity.unit[0])
		put_unit_label(f);
	else
		word(f, WORD_YOUR_ANSWER);
	put(f, "</label> ");
	put_field(f, 1, pattern);
	/* Such keypads often have no minus. */
	if (is_number && q->quantity.from[0] != '-')
		put(f, " inputmode=\"decimal\"");
	put(f, "></div>\n");
}

/* All as wide as the longest answer needs. */
static size_t
field_width(const struct question *q)
{
	size_t most = 0;

	for (size_t i = 0; i < q->n_blanks; i++)
		for (size_t k = 0; k < q->blanks[i].n_texts; k++)
			most = MAX(most,
			    (size_t)g_utf8_strlen(q->blanks[i].texts[k].text,
				-1));
	return CLAMP(most + 2, FIELD_LEAST, FIELD_MOST);
}

/* html_policy.blank */
static void
put_blank(GString *out, const struct node *n, const struct html_policy *p)
{
	const struct form *f = p->question;
	const struct blank *b = n->blank;
	g_autoptr(GString) pattern = g_string_new(NULL);
	char no[12];

	(void)out;
	pattern_texts(pattern, b->texts, b->n_texts);
	g_snprintf(no, sizeof(no), "%u", b->number);
	put(f, "<span class=\"b\"><label for=\"");
	put_id(f, b->number);
	g_string_append_printf(f->out, "\">(%s)</label> ", no);
	put_field(f, b->number, pattern);
	g_string_append_printf(f->out, " size=\"%zu\" aria-label=\"",
	    field_width(f->q));
	html_word(f->out, f->p->words, WORD_BLANK, no, NULL);
	put(f, "\">");
	put_verdict(f);
	put(f, "</span>");
}

void
form_cloze(const struct form *f)
{
	struct html_policy p = *f->p;

	p.blank = put_blank;
	p.question = f;
	html_blocks(f->out, f->q->stem, &p);
}

/* --- order, match ------------------------------------------------------- */

static bool
is_textual(const struct node *parent)
{
	node_each(n, parent)
		switch ((enum node_kind)n->kind) {
		case NODE_TEXT:
		case NODE_SOFTBREAK:
		case NODE_CODE: break;
		case NODE_EMPH:
		case NODE_STRONG:
			if (!is_textual(n))
				return false;
			break;
		default: return false;
		}
	return true;
}

bool
form_is_textual(const struct question *q)
{
	for (size_t i = 0; i < q->n_pairs; i++)
		if (!is_textual(q->pairs[i].right))
			return false;
	return true;
}

static void
open_select(const struct form *f, size_t part)
{
	put_verdict(f);
	put(f, "</label><select id=\"");
	put_id(f, part);
	put(f, "\"><option value=\"\">–</option>");
}

static void
put_order(const struct form *f)
{
	const struct question *q = f->q;

	for (size_t i = 0; i < q->n_shown; i++) {
		const struct pairing *item = &q->pairs[q->shown[i]];
		put(f, "<div class=\"r\"><label for=\"");
		put_id(f, i + 1);
		put(f, "\">");
		const struct node rest = put_phrase(f, item->left);
		/* A listing alone has no words to be called by. */
		if (rest.child == item->left->child)
			paper_letter(f->out, i);
		open_select(f, i + 1);
		for (size_t k = 0; k < q->n_pairs; k++)
			g_string_append_printf(f->out, "<option%s>%zu</option>",
			    q->pairs[k].same == item->same ? " class=\"k\""
							   : "",
			    k + 1);
		put(f, "</select>");
		put_more(f, &rest);
		put(f, "</div>\n");
	}
}

/* What to choose from: beside the rows if it is more than text, else only on
 * paper, where nobody can open a menu. */
static void
put_choices(const struct form *f, bool is_textual)
{
	const struct question *q = f->q;

	if (is_textual) {
		put(f, "<div class=\"po\" hidden><p>");
		word(f, WORD_CHOICES);
		put(f, "</p><ul>\n");
	} else {
		put(f, "<ol class=\"letters\" type=\"A\">\n");
	}
	for (size_t i = 0; i < q->n_shown; i++) {
		put(f, "<li>");
		html_inlines(f->out, q->pairs[q->shown[i]].right, f->p);
		put(f, "</li>\n");
	}
	put(f, is_textual ? "</ul></div>\n" : "</ol>\n");
}

static void
put_choice_text(const struct form *f, size_t shown, bool is_textual)
{
	if (!is_textual) {
		paper_letter(f->out, shown);
		return;
	}
	g_autoptr(GString) text = g_string_new(NULL);
	node_text(text, f->q->pairs[f->q->shown[shown]].right);
	html_text(f->out, str_trim((struct str){ text->str, text->len }));
}

static void
put_match(const struct form *f)
{
	const struct question *q = f->q;
	bool is_textual = form_is_textual(q);
	size_t part = 0;

	if (!is_textual)
		put_choices(f, false);
	for (size_t i = 0; i < q->n_pairs; i++) {
		if (!q->pairs[i].left)
			continue;
		put(f, "<div class=\"r\"><label for=\"");
		put_id(f, ++part);
		put(f, "\">");
		put_name(f, q->pairs[i].left);
		open_select(f, part);
		for (size_t k = 0; k < q->n_shown; k++) {
			put(f,
			    q->shown[k] == q->pairs[i].same
				? "<option class=\"k\">"
				: "<option>");
			put_choice_text(f, k, is_textual);
			put(f, "</option>");
		}
		put(f, "</select></div>\n");
	}
	if (is_textual)
		put_choices(f, true);
}

/* --- matrix ------------------------------------------------------------- */

static void
put_cell(const struct form *f, size_t row, size_t column)
{
	const char *anchor = f->q->anchor;

	/* `required`: only so can a rule say that a row has no answer. */
	g_string_append_printf(f->out,
	    "<td><label><input type=\"radio\" class=\"m%s\" name=\"%s.r%zu\""
	    " id=\"%s.r%zu.%zu\" aria-labelledby=\"%s.r%zu %s.h%zu\""
	    " required aria-invalid=\"false\"></label></td>",
	    f->q->statements[row].column == column ? " k" : "", anchor, row + 1,
	    anchor, row + 1, column + 1, anchor, row + 1, anchor, column + 1);
}

static void
put_matrix(const struct form *f)
{
	const struct question *q = f->q;

	put(f,
	    "<div class=\"scroll\" tabindex=\"0\"><table class=\"mx\">\n<thead><tr>");
	put(f, q->corner->child ? "<th scope=\"col\">" : "<td>");
	put_name(f, q->corner);
	put(f, q->corner->child ? "</th>" : "</td>");
	for (size_t i = 0; i < q->n_columns; i++) {
		g_string_append_printf(f->out,
		    "<th scope=\"col\" id=\"%s.h%zu\">", q->anchor, i + 1);
		put_name(f, q->columns[i]);
		put(f, "</th>");
	}
	put(f, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < q->n_statements; i++) {
		g_string_append_printf(f->out,
		    "<tr class=\"r\"><th scope=\"row\"><span id=\"%s.r%zu\">",
		    q->anchor, i + 1);
		put_name(f, q->statements[i].text);
		put(f, "</span>");
		put_verdict(f);
		put(f, "</th>");
		for (size_t k = 0; k < q->n_columns; k++)
			put_cell(f, i, k);
		put(f, "</tr>\n");
	}
	put(f, "</tbody>\n</table></div>\n");
}

/* ------------------------------------------------------------------------ */

void
form_fields(const struct form *f)
{
	switch (f->q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: put_choice(f); break;
	case QUESTION_TEXT:
	case QUESTION_NUMBER: put_typed(f); break;
	case QUESTION_ORDER: put_order(f); break;
	case QUESTION_MATCH: put_match(f); break;
	case QUESTION_MATRIX: put_matrix(f); break;
	case QUESTION_CLOZE: /* in its stem */
	case QUESTION_KIND_COUNT: break;
	}
}
