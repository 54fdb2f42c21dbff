#include "write/epub/epub.h"

void
put_answer_id(GString *out, const struct question *q)
{
	g_string_append(out, "a-");
	g_string_append(out, q->anchor + strlen("q-"));
}

static void
put_options(GString *out, const struct question *q, bool with_feedback,
    const struct html_policy *p)
{
	bool is_open = false;

	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[q->shown[i]];
		const struct node *text = with_feedback ? o->feedback
		    : o->is_correct                     ? o->content
							: NULL;
		if (!text)
			continue;
		if (!is_open)
			g_string_append_printf(out,
			    "<ol type=\"A\" class=\"opts %s\">\n",
			    with_feedback ? "fb" : "picks");
		is_open = true;
		g_string_append_printf(out, "<li value=\"%zu\">", i + 1);
		html_tight(out, text, p);
		g_string_append(out, "</li>\n");
	}
	if (is_open)
		g_string_append(out, "</ol>\n");
}

/* "Answer: B." and its text, or "Answer: A, C." and a list. */
static void
put_right(GString *out, const struct question *q, const struct html_policy *p)
{
	g_autoptr(GString) label = g_string_new(NULL);
	const struct option *right = NULL;
	size_t n = 0;

	words_format(label, p->words, WORD_ANSWER, NULL, NULL);
	for (size_t i = 0; i < q->n_options; i++) {
		if (!q->options[q->shown[i]].is_correct)
			continue;
		right = &q->options[q->shown[i]];
		g_string_append(label, n++ ? ", " : " ");
		put_letter(label, i);
	}
	g_string_append_c(label, n ? '.' : ' ');
	if (n == 0)
		words_format(label, p->words, WORD_NONE_RIGHT, NULL, NULL);
	if (n == 1) {
		put_labelled(out, "right", label->str, right->content, p);
		return;
	}
	g_string_append(out, "<div class=\"right\"><p><b class=\"label\">");
	html_textz(out, label->str);
	g_string_append(out, "</b></p>\n");
	put_options(out, q, false, p);
	g_string_append(out, "</div>\n");
}

static void
put_notes(GString *out, const struct question *q, const struct html_policy *p)
{
	struct notes *n = notes_new(q->doc);

	notes_find(n, q->explanation);
	for (size_t i = 0; i < q->n_options; i++) {
		if (q->options[i].is_correct)
			notes_find(n, q->options[i].content);
		notes_find(n, q->options[i].feedback);
	}
	notes_write_here(out, n, p);
	notes_free(n);
}

/*
 * One element of less than 5,000 characters: some readers show the target of
 * a link as a popup if it is so.
 * https://github.com/kobolabs/epub-spec#footnotesendnotes-are-fully-supported-across-kobo-platforms
 */
static void
put_answer(GString *out, const struct quiz_part *part, const struct page *page,
    const struct html_policy *p)
{
	const struct question *q = part->question;
	const struct view *v = p->ctx;
	g_autoptr(GString) question_page = g_string_new(NULL);
	g_autofree char *prefix = g_strdup_printf("A%s-", q->anchor);
	char no[12];

	g_string_append(out, "<div class=\"ans\" id=\"");
	put_answer_id(out, q);
	g_string_append(out, "\">\n");
	/* Several documents meet here, and each has ids of its own. */
	size_t from = out->len;
	g_string_append(out, "<h3>");
	put_question_title(out, part, true, p);
	g_string_append(out, "</h3>\n");
	put_right(out, q, p);
	if (q->explanation)
		html_blocks(out, q->explanation, p);
	put_options(out, q, true, p);
	put_notes(out, q, p);
	xhtml_mend(out, from, prefix, view_has_dir(v, page->lang));
	g_string_append(out, "<p class=\"to-question\"><a href=\"");
	name_of_page(question_page, page->self);
	name_relative(out, v->from, question_page->str);
	g_string_append_printf(out, "#%s\">", q->anchor);
	g_snprintf(no, sizeof(no), "%u", part->number);
	html_word(out, p->words, WORD_BACK_TO_QUESTION, no, NULL);
	g_string_append(out, "</a></p>\n</div>\n");
}

void
answers_write(GString *out, const struct brief *in, const struct page *page)
{
	const struct view v = { EPUB_ANSWERS, in->site, in->theme->words,
		page->doc };
	struct html_policy p = view_policy(&v);

	for (size_t i = 0; i < page->n_quizzes; i++) {
		const struct quiz *quiz = page->quizzes[i];
		/* Quizzes may share an id, questions never do. */
		const char *id = quiz->n_questions ? quiz->questions[0].anchor
						   : quiz->id;
		g_string_append_printf(out, "<section aria-labelledby=\"K-%s\"",
		    id);
		if (strcmp(page->lang, in->site->lang) != 0) {
			g_string_append(out, " lang=\"");
			html_attr(out, str_of(page->lang));
			g_string_append(out, "\" xml:lang=\"");
			html_attr(out, str_of(page->lang));
			g_string_append(out, "\" dir=\"auto\"");
		}
		g_string_append_printf(out, ">\n<h2 id=\"K-%s\">", id);
		html_textz(out,
		    quiz->title && quiz->title[0] ? quiz->title
						  : page->self->title);
		g_string_append(out, "</h2>\n");
		for (size_t k = 0; k < quiz->n_parts; k++)
			if (quiz->parts[k].question)
				put_answer(out, &quiz->parts[k], page, &p);
		g_string_append(out, "</section>\n");
	}
}
