#include "render/paper.h"
#include "write/epub/epub.h"
/* Ids of ours have a full stop or a capital letter, which anchors of headings
 * and questions never have. */
#define ID_TITLE "Title"

/* html_policy.quiz */
static void
put_quiz(GString *out, const struct quiz *quiz, const struct html_policy *p)
{
	const struct view *v = p->ctx;
	unsigned level = paper_level(v->doc, quiz);
	/* A book has room for all of them, but an exam is a sitting. */
	const struct quiz_part *parts = quiz->is_mock ? quiz->drawn
						      : quiz->parts;
	size_t n = quiz->is_mock ? quiz->n_drawn : quiz->n_parts;

	g_string_append(out, "<div class=\"quiz\">\n");
	for (size_t i = 0; i < n; i++) {
		const struct quiz_part *part = &parts[i];
		if (part->text) {
			html_blocks(out, part->text, p);
			level = paper_level_behind(part->text, level);
		}
		if (part->question)
			question_write(out, quiz, part, level + 1, p);
	}
	g_string_append(out, "</div>\n");
}

static void
find_notes(struct notes *n, const struct page *page)
{
	if (page->doc->title)
		notes_find(n, page->doc->title);
	notes_find(n, page->doc->body);
	for (size_t i = 0; i < page->n_quizzes; i++) {
		const struct quiz *quiz = page->quizzes[i];
		for (size_t k = 0; k < quiz->n_parts; k++)
			notes_find(n, quiz->parts[k].text);
		for (size_t k = 0; k < quiz->n_questions; k++)
			question_find_notes(n, &quiz->questions[k]);
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
chapter_write(GString *out, const struct lists *lists, const struct brief *in,
    const struct page *page)
{
	g_autoptr(GString) name = g_string_new(NULL);

	name_of_page(name, page->self);
	struct view v = view_of_file(in, name->str);
	v.doc = page->doc;
	struct html_policy p = view_policy(&v);
	p.with_ids = true;
	p.with_notes = true;
	p.quiz = put_quiz;
	const bool is_glossary = page->self->kind == PAGE_GLOSSARY;
	const char *type = is_glossary      ? "glossary"
	    : page->self->kind == PAGE_QUIZ ? "qna"
					    : "chapter";

	xhtml_begin(out, &v, page->self->title, page->lang,
	    is_glossary ? "backmatter" : "bodymatter");
	size_t from = out->len;
	g_string_append_printf(out,
	    "<section epub:type=\"%s\" role=\"doc-%s\" aria-labelledby=\"" ID_TITLE
	    "\">\n<h1 id=\"" ID_TITLE "\">",
	    type, type);
	if (page->doc->title)
		html_inlines(out, page->doc->title, &p);
	else
		html_textz(out, page->self->title);
	g_string_append(out, "</h1>\n");
	if (is_glossary)
		glossary_write(out, page, &p);
	else
		html_blocks(out, page->doc->body, &p);
	if (!page->doc->body->child && page->n_map)
		put_map(out, page->map, page->n_map, &v);
	struct notes *notes = notes_new(page->doc);
	find_notes(notes, page);
	notes_anchor(notes, out, from);
	notes_write(out, notes, &p);
	notes_free(notes);
	const bool is_rtl = lang_is_rtl(page->lang);
	if (page->doc->has_raw_html || page->doc->has_drawn)
		raw_mend(out, from);
	if (page->doc->has_raw_html || is_rtl)
		xhtml_mend(out, from, NULL, is_rtl);
	structure_level(out, from);
	structure_list(out, from, lists, &v, page->lang);
	/* It mends what it writes. */
	if (v.answers == ANSWERS_CHAPTER)
		answers_write_here(out, page, &v);
	g_string_append(out, "</section>\n");
	xhtml_end(out);
}
