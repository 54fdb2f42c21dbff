#include "render/markdown_page.h"

#include "render/markdown_question.h"
#include "render/paper.h"

#include <assert.h>

const char *const markdown_answers_names[] = {
	[MARKDOWN_ANSWERS_BOOK] = "book",
	[MARKDOWN_ANSWERS_CHAPTER] = "chapter",
	[MARKDOWN_ANSWERS_NONE] = "none",
	NULL,
};

enum markdown_answers
markdown_answers_of(const char *name)
{
	size_t i = 0;

	while (markdown_answers_names[i] &&
	    strcmp(markdown_answers_names[i], name) != 0)
		i++;
	assert(markdown_answers_names[i]);
	return (enum markdown_answers)i;
}

/* The text of one document on its way: a policy with what that one needs. */
struct view {
	const struct markdown_page *m;
	const struct page_ref *page; /* that the document belongs to */
	struct markdown_policy p;
	char note_prefix[16];
};

static bool
view_address(GString *out, const struct link *l, const void *ctx)
{
	const struct view *v = ctx;

	return v->m->address(out, l, v->m->ctx);
}

static bool
view_anchor(GString *out, const char *id, const void *ctx)
{
	const struct view *v = ctx;

	return v->m->anchor && v->m->anchor(out, v->page, id, v->m->ctx);
}

static void put_quiz(GString *out, const struct quiz *quiz,
    const struct markdown_policy *p);

/* v must stay where it is. */
static void
view_init(struct view *v, const struct markdown_page *m,
    const struct page_ref *page, const struct doc *doc)
{
	*v = (struct view){ .m = m, .page = page };
	g_snprintf(v->note_prefix, sizeof(v->note_prefix), "%u-", page->no);
	v->p = (struct markdown_policy){ .words = m->words,
		.address = view_address,
		.anchor = view_anchor,
		.ctx = v,
		.heading_least = 2,
		.heading_shift = m->level - 1,
		.with_alerts = true,
		.with_notes = true,
		.note_prefix = v->note_prefix,
		.raw_links = doc->raw_links,
		.n_raw_links = doc->n_raw_links,
		.quiz = put_quiz };
}

/* --- headings ------------------------------------------------------------ */

static void
open_heading(GString *out, unsigned level)
{
	for (unsigned i = 0; i < MIN(level, 6); i++)
		g_string_append_c(out, '#');
	g_string_append_c(out, ' ');
}

static void
close_heading(GString *out, const struct markdown_page *m,
    const struct page_ref *page, const char *id)
{
	g_autoptr(GString) name = g_string_new(NULL);

	if (m->anchor && page && m->anchor(name, page, id, m->ctx))
		g_string_append_printf(out, " <a id=\"%s\"></a>", name->str);
	g_string_append(out, "\n\n");
}

/* "A-er--l2" of "q-er--l2"; headings have no capitals in theirs. */
static char *
answer_id(const struct question *q)
{
	return g_strconcat("A-", q->anchor + strlen("q-"), NULL);
}

/* "[Answer to question 3](#…)" */
static void
put_way(GString *out, const struct markdown_page *m, enum word word,
    const struct quiz_part *part, const char *id)
{
	g_autoptr(GString) name = g_string_new("#");
	char no[12];

	if (!m->anchor ||
	    !m->anchor(name, part->question->quiz->page, id, m->ctx))
		return;
	g_snprintf(no, sizeof(no), "%u", part->number);
	g_string_append(out, "\n[");
	markdown_word(out, m->words, word, no, NULL);
	g_string_append(out, "](");
	markdown_destination(out, (struct str){ name->str, name->len }, NULL);
	g_string_append(out, ")\n");
}

/* --- questions ----------------------------------------------------------- */

static void
put_question(GString *out, const struct markdown_page *m,
    const struct quiz *quiz, const struct quiz_part *part, unsigned level)
{
	const struct question *q = part->question;
	const bool is_own = q->quiz == quiz;
	struct view v;

	/* A mock exam shows another document's question. */
	view_init(&v, m, q->quiz->page, q->doc);
	open_heading(out, level + m->level - 1);
	markdown_question_title(out, quiz, part, false, &v.p);
	close_heading(out, m, is_own ? v.page : NULL, q->anchor);
	markdown_question(out, q, m->with_hints, &v.p);
	if (m->answers == MARKDOWN_ANSWERS_NONE)
		return;
	g_autofree char *id = answer_id(q);
	put_way(out, m, WORD_ANSWER_TO, part, id);
}

/* Paper has room for all of them, but an exam is a sitting. */
static const struct quiz_part *
parts_of(const struct quiz *quiz, size_t *n)
{
	*n = quiz->is_mock ? quiz->n_drawn : quiz->n_parts;
	return quiz->is_mock ? quiz->drawn : quiz->parts;
}

/* markdown_policy.quiz */
static void
put_quiz(GString *out, const struct quiz *quiz, const struct markdown_policy *p)
{
	const struct view *v = p->ctx;
	unsigned level = paper_level(v->m->page->doc, quiz);
	size_t n;
	const struct quiz_part *parts = parts_of(quiz, &n);

	for (size_t i = 0; i < n; i++) {
		g_string_append(out, i ? "\n" : "");
		if (parts[i].text) {
			markdown_blocks(out, parts[i].text, p);
			level = paper_level_behind(parts[i].text, level);
		}
		if (parts[i].question)
			put_question(out, v->m, quiz, &parts[i], level + 1);
	}
}

/* --- answers -------------------------------------------------------------- */

static void
put_answer(GString *out, const struct markdown_page *m, const struct quiz *quiz,
    const struct quiz_part *part)
{
	const struct question *q = part->question;
	g_autofree char *id = answer_id(q);
	struct view v;

	view_init(&v, m, q->quiz->page, q->doc);
	g_string_append_c(out, '\n');
	open_heading(out, m->level + 1);
	markdown_question_title(out, quiz, part, true, &v.p);
	close_heading(out, m, v.page, id);
	markdown_answer(out, q, &v.p);
	put_way(out, m, WORD_BACK_TO_QUESTION, part, q->anchor);
}

/* A mock exam's questions have their answers with their own quizzes. */
void
markdown_page_answers(GString *out, const struct markdown_page *m)
{
	for (size_t i = 0; i < m->page->n_quizzes; i++) {
		const struct quiz *quiz = m->page->quizzes[i];
		const bool is_titled = quiz->title && quiz->title[0];
		if (quiz->n_questions == 0)
			continue;
		g_string_append_c(out, '\n');
		open_heading(out, m->level);
		markdown_textz(out,
		    is_titled ? quiz->title : m->page->self->title);
		g_string_append_c(out, '\n');
		for (size_t k = 0; k < quiz->n_parts; k++)
			if (quiz->parts[k].question &&
			    quiz->parts[k].question->quiz == quiz)
				put_answer(out, m, quiz, &quiz->parts[k]);
	}
}

/* --- the page ------------------------------------------------------------- */

static void
put_notes(GString *out, const struct view *v)
{
	const struct doc *doc = v->m->page->doc;

	for (size_t i = 0; i < doc->n_footnotes; i++) {
		const struct footnote *f = &doc->footnotes[i];
		if (!f->is_shown && v->m->answers == MARKDOWN_ANSWERS_NONE)
			continue;
		g_string_append(out, out->len ? "\n" : "");
		markdown_note(out, f, &v->p);
	}
}

void
markdown_page(GString *out, const struct markdown_page *m)
{
	struct view v;
	size_t n = 0;

	view_init(&v, m, m->page->self, m->page->doc);
	markdown_blocks(out, m->page->doc->body, &v.p);
	put_notes(out, &v);
	for (size_t i = 0; i < m->page->n_quizzes; i++)
		n += m->page->quizzes[i]->n_questions != 0;
	if (n == 0 || m->answers != MARKDOWN_ANSWERS_CHAPTER)
		return;
	struct markdown_page key = *m;
	key.level = m->level + 2;
	g_string_append_c(out, '\n');
	open_heading(out, m->level + 1);
	markdown_word(out, m->words, WORD_ANSWER_KEY, NULL, NULL);
	g_string_append_c(out, '\n');
	markdown_page_answers(out, &key);
}
