/* The answer key: what is right, in words and in the chapter's letters. */
#include "render/paper.h"
#include "write/epub/epub.h"
/* One quiz of the key while it is written. */
struct key {
	const struct quiz *quiz;
	const struct page *page;
	const struct view *view;
	const struct html_policy *p;
	unsigned level; /* of the answers' headings */
};

void
put_answer_id(GString *out, const struct question *q)
{
	g_string_append(out, "a-");
	g_string_append(out, q->anchor + strlen("q-"));
}

/* --- words around answers ------------------------------------------------ */

/* A word whose %1 and %2 are markup. */
static void
put_around(GString *out, const struct html_policy *p, enum word word,
    const char *a, const char *b)
{
	g_autoptr(GString) text = g_string_new(NULL);

	words_format(text, p->words, word, "\x01", "\x02");
	for (const char *at = text->str; *at;) {
		size_t len = strcspn(at, "\x01\x02");
		html_text(out, (struct str){ at, len });
		at += len;
		if (*at)
			g_string_append(out, *at++ == '\x01' ? a : b);
	}
}

/* What has to be typed runs its own way, whatever language is around it. */
static void
put_typed(GString *out, const char *text, bool is_exact)
{
	g_string_append(out, is_exact ? "<code>" : "<bdi>");
	html_textz(out, text);
	g_string_append(out, is_exact ? "</code>" : "</bdi>");
}

static void
put_all_typed(GString *out, const struct accepted *texts, size_t n,
    const char *between)
{
	for (size_t i = 0; i < n; i++) {
		g_string_append(out, i ? between : "");
		put_typed(out, texts[i].text, texts[i].is_exact);
	}
}

/* The first spelling, and the others beside it. */
static void
put_spellings(GString *out, const struct accepted *texts, size_t n,
    const struct html_policy *p)
{
	g_autoptr(GString) others = g_string_new(NULL);

	put_all_typed(out, texts, MIN(n, 1), "");
	if (n < 2)
		return;
	put_all_typed(others, texts + 1, n - 1, ", ");
	g_string_append(out, " <span class=\"also\">");
	put_around(out, p, WORD_ALSO_RIGHT, others->str, "");
	g_string_append(out, "</span>");
}

static void
put_quantity(GString *out, const char *number, const char *unit)
{
	put_typed(out, number, false);
	if (unit[0]) {
		g_string_append(out, "\xc2\xa0");
		html_textz(out, unit);
	}
}

static void
put_number(GString *out, const struct number *n, const struct html_policy *p)
{
	g_autoptr(GString) low = g_string_new(NULL);
	g_autoptr(GString) high = g_string_new(NULL);
	const bool is_range = !n->value;

	put_typed(low, is_range ? n->low : n->from, false);
	put_quantity(high, is_range ? n->high : n->to, n->unit);
	if (is_range) {
		put_around(out, p, WORD_FROM_TO, low->str, high->str);
		return;
	}
	put_quantity(out, n->value, n->unit);
	if (strcmp(n->from, n->to) == 0)
		return;
	g_string_append(out, "<br/>\n<span class=\"also\">");
	put_around(out, p, WORD_MORE_RIGHT, low->str, high->str);
	g_string_append(out, "</span>");
}

/* --- what is right -------------------------------------------------------- */

/* An item of a list with the letter that it has in the chapter. */
static void
put_lettered(GString *out, size_t place)
{
	g_string_append_printf(out, "<li value=\"%zu\">", place + 1);
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
		put_lettered(out, i);
		html_tight(out, text, p);
		g_string_append(out, "</li>\n");
	}
	if (is_open)
		g_string_append(out, "</ol>\n");
}

static void
put_order(GString *out, const struct question *q, const struct html_policy *p)
{
	g_string_append(out, "<ol type=\"A\" class=\"opts picks\">\n");
	for (size_t i = 0; i < q->n_pairs; i++) {
		put_lettered(out, paper_place(q, i));
		put_shown(out, q, i, p);
		g_string_append(out, "</li>\n");
	}
	g_string_append(out, "</ol>\n");
}

static void
put_pair(GString *out, const struct node *left, const struct node *right,
    const struct html_policy *p)
{
	g_string_append(out, "<li>");
	html_inlines(out, left, p);
	g_string_append(out, " – <b>");
	html_inlines(out, right, p);
	g_string_append(out, "</b></li>\n");
}

static void
put_match(GString *out, const struct question *q, const struct html_policy *p)
{
	g_string_append(out, "<ol class=\"picks\">\n");
	for (size_t i = 0; i < q->n_pairs; i++)
		if (q->pairs[i].left)
			put_pair(out, q->pairs[i].left, q->pairs[i].right, p);
	g_string_append(out, "</ol>\n");
}

static void
put_matrix(GString *out, const struct question *q, const struct html_policy *p)
{
	g_string_append(out, "<ul class=\"picks\">\n");
	for (size_t i = 0; i < q->n_statements; i++)
		put_pair(out, q->statements[i].text,
		    q->columns[q->statements[i].column], p);
	g_string_append(out, "</ul>\n");
}

static void
put_cloze(GString *out, const struct question *q, const struct html_policy *p)
{
	g_string_append(out, "<ol class=\"picks\">\n");
	for (size_t i = 0; i < q->n_blanks; i++) {
		const struct blank *b = &q->blanks[i];
		g_string_append_printf(out, "<li value=\"%u\">", b->number);
		put_spellings(out, b->texts, b->n_texts, p);
		g_string_append(out, "</li>\n");
	}
	g_string_append(out, "</ol>\n");
}

/* What stands behind "Answer:" or, of more than a phrase, below it. */
static void
put_right_text(GString *out, const struct question *q,
    const struct html_policy *p)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY:
	case QUESTION_TRUTH: put_options(out, q, false, p); break;
	case QUESTION_TEXT:
		put_spellings(out, q->accepted, q->n_accepted, p);
		break;
	case QUESTION_NUMBER: put_number(out, &q->quantity, p); break;
	case QUESTION_ORDER: put_order(out, q, p); break;
	case QUESTION_MATCH: put_match(out, q, p); break;
	case QUESTION_MATRIX: put_matrix(out, q, p); break;
	case QUESTION_CLOZE: put_cloze(out, q, p); break;
	case QUESTION_KIND_COUNT: break;
	}
}

/* "Answer: B." and its text, "Answer: A, C." and a list, or "Answer:" and what
 * was to be written. */
static void
put_right(GString *out, const struct question *q, const struct html_policy *p)
{
	const bool is_typed = q->kind == QUESTION_TEXT ||
	    q->kind == QUESTION_NUMBER;
	const struct option *only = paper_only_right(q);
	g_autoptr(GString) label = g_string_new(NULL);
	g_autoptr(GString) letters = g_string_new(NULL);

	words_format(label, p->words, WORD_ANSWER, NULL, NULL);
	paper_right(letters, q);
	if (only) {
		g_string_append_printf(label, " %s.", letters->str);
		put_labelled(out, "right", label->str, only->content, p);
		return;
	}
	if (q->n_options && !letters->len) {
		g_string_append_c(label, ' ');
		words_format(label, p->words, WORD_NONE_RIGHT, NULL, NULL);
	}
	g_string_append(out,
	    is_typed ? "<p class=\"right\"><b class=\"label\">"
		     : "<div class=\"right\"><p><b class=\"label\">");
	html_textz(out, label->str);
	/* Beside words from right to left, "1 B, 2 A" would read "1 A, 2 B". */
	if (letters->len)
		g_string_append_printf(out, " <bdi dir=\"ltr\">%s</bdi>.",
		    letters->str);
	g_string_append(out, is_typed ? "</b> " : "</b></p>\n");
	put_right_text(out, q, p);
	g_string_append(out, is_typed ? "</p>\n" : "</div>\n");
}

/* --- what explains it ----------------------------------------------------- */

static void
put_known_wrong(GString *out, const struct question *q,
    const struct html_policy *p)
{
	for (size_t i = 0; i < q->n_wrong; i++) {
		const struct known_wrong *wrong = &q->wrong[i];
		g_autoptr(GString) texts = g_string_new(NULL);
		put_all_typed(texts, wrong->texts, wrong->n_texts, " / ");
		g_string_append(out, "<p class=\"fb\"><b class=\"label\">");
		put_around(out, p, WORD_IF_YOU_WROTE, texts->str, "");
		g_string_append(out, "</b> ");
		html_inlines(out, wrong->feedback, p);
		g_string_append(out, "</p>\n");
	}
}

/* html_inlines() drops an address that this book has not. */
static void
put_source(GString *out, const struct question *q, const struct html_policy *p)
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

	g_string_append(out, "<p class=\"more\"><b class=\"label\">");
	html_word(out, p->words, WORD_READ_MORE, NULL, NULL);
	g_string_append(out, "</b> ");
	html_inlines(out, &parent, p);
	g_string_append(out, "</p>\n");
}

struct finding {
	const struct question *q;
	struct notes *notes;
};

/* Of a question's trees those that only the chapter shows. */
static bool
is_left_out(const struct question *q, const struct node *tree)
{
	bool is_out = tree == q->stem;

	for (size_t i = 0; i < q->n_hints; i++)
		is_out |= tree == q->hints[i];
	for (size_t i = 0; i < q->n_options; i++)
		is_out |= tree == q->options[i].content &&
		    !q->options[i].is_correct;
	for (size_t i = 0; i < q->n_pairs; i++)
		is_out |= tree == q->pairs[i].right && !q->pairs[i].left;
	return is_out;
}

static void
find_in_key(const struct node *tree, bool is_answer, void *ctx)
{
	const struct finding *f = ctx;

	if (is_answer || !is_left_out(f->q, tree))
		notes_find(f->notes, tree);
}

static void
put_notes(GString *out, const struct question *q, const struct html_policy *p)
{
	struct finding f = { q, notes_new(q->doc) };

	question_each_tree(q, find_in_key, &f);
	notes_write_here(out, f.notes, p);
	notes_free(f.notes);
}

/* --- the key -------------------------------------------------------------- */

static void
put_way_back(GString *out, const struct key *k, const struct quiz_part *part)
{
	g_autoptr(GString) file = g_string_new(NULL);
	char no[12];

	name_of_page(file, k->page->self);
	g_string_append(out, "<p class=\"to-question\"><a href=\"");
	name_other(out, k->view->from, file->str);
	g_string_append_printf(out, "#%s\">", part->question->anchor);
	g_snprintf(no, sizeof(no), "%u", part->number);
	html_word(out, k->p->words, WORD_BACK_TO_QUESTION, no, NULL);
	g_string_append(out, "</a></p>\n");
}

/*
 * One element of less than 5,000 characters: some readers show the target of
 * a link as a popup if it is so.
 * https://github.com/kobolabs/epub-spec#footnotesendnotes-are-fully-supported-across-kobo-platforms
 */
static void
put_answer(GString *out, const struct key *k, const struct quiz_part *part)
{
	const struct question *q = part->question;
	g_autofree char *prefix = g_strdup_printf("A%s-", q->anchor);

	g_string_append(out, "<div class=\"ans\" id=\"");
	put_answer_id(out, q);
	g_string_append(out, "\">\n");
	/* Several documents meet here, and each has ids of its own. */
	size_t from = out->len;
	g_string_append_printf(out, "<h%u>", k->level);
	put_question_title(out, k->quiz, part, true, k->p);
	g_string_append_printf(out, "</h%u>\n", k->level);
	put_right(out, q, k->p);
	if (q->explanation)
		html_blocks(out, q->explanation, k->p);
	put_options(out, q, true, k->p);
	put_known_wrong(out, q, k->p);
	put_source(out, q, k->p);
	put_notes(out, q, k->p);
	if (q->doc->has_raw_html || q->doc->has_drawn)
		raw_mend(out, from);
	xhtml_mend(out, from, prefix, lang_is_rtl(k->page->lang));
	put_way_back(out, k, part);
	g_string_append(out, "</div>\n");
}

/* A mock exam's questions have their answers with their own quizzes. */
static void
put_answers(GString *out, const struct key *k)
{
	const struct quiz *quiz = k->quiz;
	size_t n = quiz->is_mock ? quiz->n_drawn : quiz->n_parts;

	for (size_t i = 0; i < n; i++) {
		const struct quiz_part *part = quiz->is_mock ? &quiz->drawn[i]
							     : &quiz->parts[i];
		if (part->question && part->question->quiz == k->quiz)
			put_answer(out, k, part);
	}
}

static void
put_quiz(GString *out, const struct key *k, bool with_lang)
{
	/* Quizzes may share an id, questions never do. */
	const char *id = k->quiz->questions[0].anchor;
	const char *title = k->quiz->title && k->quiz->title[0]
	    ? k->quiz->title
	    : k->page->self->title;

	g_string_append_printf(out, "<section aria-labelledby=\"K-%s\"", id);
	if (with_lang) {
		g_string_append(out, " lang=\"");
		html_attr(out, str_of(k->page->lang));
		g_string_append(out, "\" xml:lang=\"");
		html_attr(out, str_of(k->page->lang));
		g_string_append_c(out, '"');
		g_string_append(out, dir_of(k->page->lang, k->view->site));
	}
	g_string_append_printf(out, ">\n<h%u id=\"K-%s\">", k->level - 1, id);
	html_textz(out, title);
	g_string_append_printf(out, "</h%u>\n", k->level - 1);
	put_answers(out, k);
	g_string_append(out, "</section>\n");
}

void
answers_write(GString *out, const struct brief *in, const struct page *page)
{
	struct view v = view_of_file(in, EPUB_ANSWERS);
	v.doc = page->doc;
	v.is_prefixed = true;
	const struct html_policy p = view_policy(&v);
	const bool with_lang = strcmp(page->lang, in->site->lang) != 0;

	for (size_t i = 0; i < page->n_quizzes; i++) {
		const struct key k = { page->quizzes[i], page, &v, &p, 3 };
		if (k.quiz->n_questions)
			put_quiz(out, &k, with_lang);
	}
}

void
answers_write_here(GString *out, const struct page *page,
    const struct view *here)
{
	struct view v = *here;
	size_t n = 0;

	for (size_t i = 0; i < page->n_quizzes; i++)
		n += page->quizzes[i]->n_questions != 0;
	if (n == 0)
		return;
	v.is_prefixed = true;
	const struct html_policy p = view_policy(&v);
	g_string_append(out,
	    "<section class=\"key\" aria-labelledby=\"Answers\">\n"
	    "<h2 id=\"Answers\">");
	html_word(out, p.words, WORD_ANSWER_KEY, NULL, NULL);
	g_string_append(out, "</h2>\n");
	for (size_t i = 0; i < page->n_quizzes; i++) {
		struct key k = { page->quizzes[i], page, &v, &p, 3 };
		/* One quiz needs no name; two have one each. */
		if (n == 1) {
			put_answers(out, &k);
		} else if (k.quiz->n_questions) {
			k.level = 4;
			put_quiz(out, &k, false);
		}
	}
	g_string_append(out, "</section>\n");
}
