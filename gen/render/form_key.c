#include "render/form_own.h"

/* --- the right answer, by kind ------------------------------------------ */

static void
put_label(const struct form *f)
{
	put(f, "<p><b>");
	word(f, WORD_ANSWER);
	put(f, "</b> ");
}

static void
put_right_options(const struct form *f, const struct html_policy *p)
{
	const struct question *q = f->q;
	const struct option *only = NULL;
	size_t n = 0;

	for (size_t i = 0; i < q->n_options; i++)
		if (q->options[i].is_correct) {
			only = &q->options[i];
			n++;
		}
	put_label(f);
	if (n == 0)
		word(f, WORD_NONE_RIGHT);
	else if (n == 1 && node_is_phrase(only->content))
		html_tight(f->out, only->content, p);
	put(f, "</p>\n");
	if (n == 0 || (n == 1 && node_is_phrase(only->content)))
		return;
	put(f, "<ul>\n");
	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[q->shown[i]];
		if (!o->is_correct)
			continue;
		put(f, "<li>");
		html_tight(f->out, o->content, p);
		put(f, "</li>\n");
	}
	put(f, "</ul>\n");
}

static void
put_text(GString *out, const struct accepted *a)
{
	/* Direction is the answer's own, whatever the page's. */
	g_string_append(out, a->is_exact ? "<code>" : "<bdi>");
	html_textz(out, a->text);
	g_string_append(out, a->is_exact ? "</code>" : "</bdi>");
}

/* "a (also right: b; c)". */
static void
put_texts(const struct form *f, const struct accepted *texts, size_t n)
{
	g_autoptr(GString) others = g_string_new(NULL);

	put_text(f->out, &texts[0]);
	if (n < 2)
		return;
	for (size_t i = 1; i < n; i++) {
		g_string_append(others, i > 1 ? "; " : "");
		put_text(others, &texts[i]);
	}
	put(f, " ");
	html_word_around(f->out, f->p->words, WORD_ALSO_RIGHT, others->str,
	    NULL);
}

static void
put_right_text(const struct form *f)
{
	put_label(f);
	put_texts(f, f->q->accepted, f->q->n_accepted);
	put(f, "</p>\n");
}

/* "from a to b"; a number runs from left to right whatever the page does. */
static void
put_interval(const struct form *f, enum word word, const char *from,
    const char *to)
{
	g_autofree char *a = g_strdup_printf("<bdi dir=\"ltr\">%s</bdi>", from);
	g_autofree char *b = g_strdup_printf("<bdi dir=\"ltr\">%s</bdi>", to);

	html_word_around(f->out, f->p->words, word, a, b);
}

static void
put_right_number(const struct form *f)
{
	const struct number *n = &f->q->quantity;
	bool is_percent = strcmp(n->unit, "%") == 0;

	put_label(f);
	if (n->low)
		put_interval(f, WORD_FROM_TO, n->low, n->high);
	else
		g_string_append_printf(f->out, "<bdi dir=\"ltr\">%s%s%s</bdi>",
		    n->value, n->tolerance ? " ± " : "",
		    n->tolerance ? n->tolerance : "");
	if (n->unit[0])
		put(f, is_percent ? "\u202f" : " ");
	if (n->unit[0]) {
		put(f, "<bdi>");
		html_textz(f->out, n->unit);
		put(f, "</bdi>");
	}
	if (n->percent)
		g_string_append_printf(f->out, " ± %s\u202f%%", n->percent);
	put(f, ".");
	if (!n->low && strcmp(n->from, n->to) != 0) {
		put(f, " ");
		put_interval(f, WORD_MORE_RIGHT, n->from, n->to);
	}
	put(f, "</p>\n");
}

static void
put_right_order(const struct form *f, const struct html_policy *p)
{
	put_label(f);
	put(f, "</p>\n<ol>\n");
	for (size_t i = 0; i < f->q->n_pairs; i++) {
		put(f, "<li>");
		html_tight(f->out, f->q->pairs[i].left, p);
		put(f, "</li>\n");
	}
	put(f, "</ol>\n");
}

static void
open_row(const struct form *f, const struct node *head,
    const struct html_policy *p)
{
	put(f, "<tr><th scope=\"row\">");
	html_inlines(f->out, head, p);
	put(f, "</th><td>");
}

static void
put_right_pairs(const struct form *f, const struct html_policy *p)
{
	const struct question *q = f->q;

	put_label(f);
	put(f,
	    "</p>\n<div class=\"scroll\" tabindex=\"0\"><table class=\"key-t\">\n");
	for (size_t i = 0; i < q->n_pairs; i++) {
		if (!q->pairs[i].left)
			continue;
		open_row(f, q->pairs[i].left, p);
		html_inlines(f->out, q->pairs[i].right, p);
		put(f, "</td></tr>\n");
	}
	for (size_t i = 0; i < q->n_statements; i++) {
		open_row(f, q->statements[i].text, p);
		html_inlines(f->out, q->columns[q->statements[i].column], p);
		put(f, "</td></tr>\n");
	}
	put(f, "</table></div>\n");
}

static void
put_right_blanks(const struct form *f)
{
	put_label(f);
	put(f, "</p>\n<ol>\n");
	for (size_t i = 0; i < f->q->n_blanks; i++) {
		const struct blank *b = &f->q->blanks[i];
		put(f, "<li>");
		put_texts(f, b->texts, b->n_texts);
		put(f, "</li>\n");
	}
	put(f, "</ol>\n");
}

static void
put_right(const struct form *f)
{
	/* Most of it stands on the page already, with its ids. */
	struct html_policy again = *f->p;

	again.with_ids = again.with_notes = false;
	switch (f->q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: put_right_options(f, &again); break;
	case QUESTION_TEXT: put_right_text(f); break;
	case QUESTION_NUMBER: put_right_number(f); break;
	case QUESTION_ORDER: put_right_order(f, &again); break;
	case QUESTION_MATCH:
	case QUESTION_MATRIX: put_right_pairs(f, &again); break;
	case QUESTION_CLOZE: put_right_blanks(f); break;
	case QUESTION_KIND_COUNT: break;
	}
}

/* No rule can tell which wrong text was typed, so all that are known stand
 * there; a right answer hides them. */
static void
put_known_wrong(const struct form *f)
{
	const struct question *q = f->q;

	for (size_t i = 0; i < q->n_wrong; i++) {
		const struct known_wrong *w = &q->wrong[i];
		g_autoptr(GString) texts = g_string_new(NULL);
		for (size_t k = 0; k < w->n_texts; k++) {
			g_string_append(texts, k ? " / " : "");
			g_string_append(texts, w->texts[k].text);
		}
		put(f, "<p class=\"kw\">");
		html_word(f->out, f->p->words, WORD_IF_YOU_WROTE, texts->str,
		    NULL);
		put(f, " ");
		html_inlines(f->out, w->feedback, f->p);
		put(f, "</p>\n");
	}
}

/* --- notes -------------------------------------------------------------- */

struct search {
	const struct footnote *note;
	bool of_answer, is_found;
};

static bool
refers_to(const struct node *parent, const struct footnote *note)
{
	node_each(n, parent)
		if ((n->kind == NODE_FOOTNOTE_REF && n->footnote == note) ||
		    refers_to(n, note))
			return true;
	return false;
}

static void
look_at(const struct node *tree, bool is_answer, void *ctx)
{
	struct search *s = ctx;

	if (is_answer == s->of_answer && !s->is_found)
		s->is_found = refers_to(tree, s->note);
}

void
form_notes(const struct form *f, bool of_answer)
{
	const struct doc *doc = f->q->doc;
	bool is_ours = f->q->quiz == f->quiz, has_any = false;

	for (size_t i = 0; i < doc->n_footnotes; i++) {
		const struct footnote *note = &doc->footnotes[i];
		struct search s = { note, of_answer, false };
		if (is_ours && (note->is_shown || !of_answer))
			continue;
		question_each_tree(f->q, look_at, &s);
		if (!s.is_found)
			continue;
		put(f, has_any ? "" : "<ol class=\"notes\">\n");
		has_any = true;
		html_note(f->out, note, f->p);
	}
	if (has_any)
		put(f, "</ol>\n");
}

/* --- where to read on --------------------------------------------------- */

static void
put_source(const struct form *f)
{
	const struct link *l = f->q->source;
	g_autoptr(GString) address = g_string_new(NULL);

	if (!l)
		return;
	bool has_address = f->p->address(address, l, f->p->ctx);
	put(f, "<p class=\"src\">");
	word(f, WORD_READ_MORE);
	put(f, " ");
	if (has_address) {
		put(f, "<a href=\"");
		html_attr(f->out, (struct str){ address->str, address->len });
		put(f, "\">");
	}
	html_textz(f->out, l->to.page ? l->to.page->title : l->url);
	put(f, has_address ? "</a></p>\n" : "</p>\n");
}

void
form_key(const struct form *f)
{
	put(f, "<details class=\"key\"><summary>");
	word(f, WORD_ANSWER_TO);
	put(f, "</summary><div class=\"exp\">");
	put_right(f);
	put_known_wrong(f);
	if (f->q->explanation)
		html_blocks(f->out, f->q->explanation, f->p);
	put_source(f);
	form_notes(f, true);
	put(f, "</div></details>\n");
}
