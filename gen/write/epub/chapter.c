#include "write/epub/epub.h"

/* Ids of ours have a full stop or a capital letter, which anchors of headings
 * and questions never have. */
#define ID_TITLE "Title"

static unsigned
last_level(const struct node *blocks, unsigned level)
{
	node_each(n, blocks)
		if (n->kind == NODE_HEADING)
			level = MAX(n->heading.level, 2u);
	return level;
}

/* How deep the headings of a quiz's questions are. */
static unsigned
level_at(const struct doc *doc, const struct quiz *quiz)
{
	unsigned level = 1;

	node_each(n, doc->body) {
		if (n->kind == NODE_HEADING)
			level = MAX(n->heading.level, 2u);
		if (n->kind == NODE_QUIZ && n->quiz == quiz)
			break;
	}
	return level;
}

void
put_question_title(GString *out, const struct quiz_part *part, bool with_title,
    const struct html_policy *p)
{
	char no[12];

	g_snprintf(no, sizeof(no), "%u", part->number);
	g_string_append(out, "<span class=\"n\">");
	html_word(out, p->words, WORD_QUESTION, no, NULL);
	if (with_title) {
		g_string_append(out, ":</span> ");
		html_inlines(out, part->question->heading, p);
	} else {
		g_string_append(out, "</span>");
	}
}

static void
put_options(GString *out, const struct question *q, const struct html_policy *p)
{
	if (q->kind != QUESTION_TRUTH) {
		g_string_append(out, "<p class=\"how\">");
		html_word(out, p->words,
		    q->kind == QUESTION_MANY ? WORD_CHOOSE_ALL
					     : WORD_CHOOSE_ONE,
		    NULL, NULL);
		g_string_append(out, "</p>\n");
	}
	g_string_append(out, "<ol type=\"A\" class=\"opts\">\n");
	for (size_t i = 0; i < q->n_options; i++) {
		g_string_append(out, "<li>");
		html_tight(out, q->options[q->shown[i]].content, p);
		g_string_append(out, "</li>\n");
	}
	g_string_append(out, "</ol>\n");
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

static void
put_question(GString *out, const struct quiz_part *part, unsigned level,
    const struct html_policy *p)
{
	const struct question *q = part->question;
	const struct view *v = p->ctx;
	unsigned h = MIN(level + 1, 6u);
	char no[12];

	g_string_append_printf(out,
	    "<section class=\"q\" id=\"%s\" aria-labelledby=\"T%s\">\n"
	    "<h%u id=\"T%s\">",
	    q->anchor, q->anchor, h, q->anchor);
	/* Without a stem the title is the question, and stands below. */
	put_question_title(out, part, q->stem, p);
	g_string_append_printf(out, "</h%u>\n", h);
	if (q->stem) {
		html_blocks(out, q->stem, p);
	} else {
		g_string_append(out, "<p>");
		html_inlines(out, q->heading, p);
		g_string_append(out, "</p>\n");
	}
	put_options(out, q, p);
	put_hints(out, q, p);
	g_string_append(out, "<p class=\"to-answer\"><a href=\"");
	name_relative(out, v->from, EPUB_ANSWERS);
	g_string_append_c(out, '#');
	put_answer_id(out, q);
	g_string_append(out, "\">");
	g_snprintf(no, sizeof(no), "%u", part->number);
	html_word(out, p->words, WORD_ANSWER_TO, no, NULL);
	g_string_append(out, "</a></p>\n</section>\n");
}

/* html_policy.quiz */
static void
put_quiz(GString *out, const struct quiz *quiz, const struct html_policy *p)
{
	const struct view *v = p->ctx;
	unsigned level = level_at(v->doc, quiz);

	g_string_append(out, "<div class=\"quiz\">\n");
	for (size_t i = 0; i < quiz->n_parts; i++) {
		const struct quiz_part *part = &quiz->parts[i];
		if (part->text) {
			html_blocks(out, part->text, p);
			level = last_level(part->text, level);
		}
		if (part->question)
			put_question(out, part, level, p);
	}
	g_string_append(out, "</div>\n");
}

static void
find_notes(struct notes *n, const struct page *page)
{
	notes_find(n, page->doc->body);
	for (size_t i = 0; i < page->n_quizzes; i++) {
		const struct quiz *quiz = page->quizzes[i];
		for (size_t k = 0; k < quiz->n_parts; k++)
			notes_find(n, quiz->parts[k].text);
		for (size_t k = 0; k < quiz->n_questions; k++) {
			const struct question *q = &quiz->questions[k];
			notes_find(n, q->heading);
			notes_find(n, q->stem);
			for (size_t o = 0; o < q->n_options; o++)
				notes_find(n, q->options[o].content);
			for (size_t h = 0; h < q->n_hints; h++)
				notes_find(n, q->hints[h]);
		}
	}
}

/* A page without text of its own shows what stands below it. */
static void
put_map(GString *out, const struct map_entry *map, size_t n,
    const struct view *v)
{
	g_string_append(out, "<ul class=\"map\">\n");
	for (size_t i = 0; i < n; i++) {
		g_string_append(out, "<li>");
		if (map[i].page) {
			g_autoptr(GString) name = g_string_new(NULL);
			name_of_page(name, map[i].page);
			g_string_append(out, "<a href=\"");
			name_relative(out, v->from, name->str);
			g_string_append(out, "\">");
		}
		html_textz(out, map[i].title);
		if (map[i].page)
			g_string_append(out, "</a>");
		if (map[i].n_entries)
			put_map(out, map[i].entries, map[i].n_entries, v);
		g_string_append(out, "</li>\n");
	}
	g_string_append(out, "</ul>\n");
}

void
chapter_write(GString *out, const struct brief *in, const struct page *page)
{
	g_autoptr(GString) name = g_string_new(NULL);

	name_of_page(name, page->self);
	const struct view v = { name->str, in->site, in->theme->words,
		page->doc };
	struct html_policy p = view_policy(&v);
	p.with_ids = true;
	p.with_notes = true;
	p.quiz = put_quiz;
	const char *type = page->self->kind == PAGE_QUIZ ? "qna" : "chapter";

	xhtml_begin(out, &v, page->self->title, page->lang, "bodymatter");
	size_t from = out->len;
	g_string_append_printf(out,
	    "<section epub:type=\"%s\" role=\"doc-%s\" aria-labelledby=\"" ID_TITLE
	    "\">\n<h1 id=\"" ID_TITLE "\">",
	    type, type);
	html_textz(out, page->self->title);
	g_string_append(out, "</h1>\n");
	html_blocks(out, page->doc->body, &p);
	if (!page->doc->body->child && page->n_map)
		put_map(out, page->map, page->n_map, &v);
	struct notes *notes = notes_new(page->doc);
	find_notes(notes, page);
	notes_write(out, notes, &p);
	notes_free(notes);
	g_string_append(out, "</section>\n");
	const bool is_rtl = view_has_dir(&v, page->lang);
	if (page->doc->has_raw_html || is_rtl)
		xhtml_mend(out, from, NULL, is_rtl);
	xhtml_end(out);
}
