/*
 * Quizzes out of a parsed source: headings part questions, lists with boxes
 * are their options. docs/syntax.md has the rules.
 */
#include "book/answer.h"
#include "book/id.h"
#include "book/question.h"
#include "book/sitting.h"
#include "book/source.h"
#include "doc/comment.h"

/* A quiz file, or a part of a lesson, on its way into a struct quiz. */
struct builder {
	struct question_maker maker;
	struct quiz *quiz;
	GArray *questions; /* struct question */
	GArray *parts; /* struct quiz_part; question: number + 1 as a pointer */
	GHashTable *keys; /* of the questions so far */
};

static struct node *
end_of_section(struct node *heading)
{
	struct node *n = heading->next;

	while (n && n->kind != NODE_HEADING)
		n = n->next;
	return n;
}

static bool
is_word(const struct node *n, const char *word)
{
	return n && n->kind == NODE_COMMENT &&
	    strcmp(n->comment->word, word) == 0;
}

/* Moves the blocks from first up to end into a container of their own. */
static struct node *
contain(struct arena *a, struct node *first, const struct node *end)
{
	if (!first || first == end)
		return NULL;
	struct node *box = node_new(a, NODE_DOC, first), *last = first;
	box->child = first;
	while (last->next != end)
		last = last->next;
	last->next = NULL;
	return box;
}

static void
add_text(struct builder *b, struct node *first, const struct node *end)
{
	struct quiz_part part = { .text = contain(b->maker.arena, first, end) };

	if (part.text)
		g_array_append_val(b->parts, part);
}

/* Of the question that has a key already. */
static unsigned
line_of_key(const struct builder *b, const char *key)
{
	const struct question *all = (const struct question *)(const void *)
					 b->questions->data;

	for (size_t i = 0; i < b->questions->len; i++)
		if (strcmp(all[i].key, key) == 0)
			return all[i].at.line;
	g_assert_not_reached();
}

/* A derived key that is taken gets a suffix; a given one is an error. */
static void
settle_key(struct builder *b, struct question *q)
{
	struct question_maker *k = &b->maker;

	if (g_hash_table_contains(b->keys, q->key) && q->is_derived)
		question_derive_key(k, q, true);
	/* The same question a third time. */
	const char *key = q->key;
	for (unsigned n = 2;
	     q->is_derived && g_hash_table_contains(b->keys, q->key); n++)
		q->key = arena_printf(k->arena, "%s-%u", key, n);
	if (g_hash_table_contains(b->keys, q->key)) {
		diag_at(k->diag, DIAG_ID_DUPLICATE, q->at, "%s/%s", b->quiz->id,
		    q->key);
		diag_help(k->diag,
		    "line %u has it too; ids are unique in their quiz",
		    line_of_key(b, q->key));
	}
	g_hash_table_add(b->keys, (char *)(uintptr_t)q->key);
	q->id = arena_printf(k->arena, "%s/%s", b->quiz->id, q->key);
	q->anchor = arena_printf(k->arena, "q-%s--%s", b->quiz->id, q->key);
	if (q->was && !strchr(q->was, '/'))
		q->was = arena_printf(k->arena, "%s/%s", b->quiz->id, q->was);
	if (q->is_derived) {
		diag_at(k->diag, DIAG_QUESTION_NO_ID, q->at, "%s", q->title);
		diag_help(k->diag,
		    "`ergen id` writes <!-- q: %s --> below the heading",
		    q->key);
	}
}

static void
add_question(struct builder *b, struct node *heading, const struct node *end)
{
	struct question q = { 0 };
	struct node *blocks = contain(b->maker.arena, heading->next, end);

	heading->next = NULL;
	question_make(&b->maker, heading, blocks, end, &q);
	settle_key(b, &q);
	q.quiz = b->quiz;
	question_arrange(&b->maker, &q, b->quiz->shuffle);
	g_array_append_val(b->questions, q);
	struct quiz_part part = { .text = NULL,
		.question = (const struct question *)(uintptr_t)
				b->questions->len };
	g_array_append_val(b->parts, part);
}

/* Blocks that belong to no question must not look as if they did. */
static void
check_text(struct builder *b, const struct node *first, const struct node *end,
    const struct node *at)
{
	const struct question_maker *k = &b->maker;

	for (const struct node *n = first; n && n != end; n = n->next) {
		(void)question_check_html(k, n);
		if (question_is_answer_list(n) ||
		    answer_word_of(k, n) != ANSWER_NONE) {
			diag_at(k->diag, DIAG_GROUP_ANSWERS,
			    node_loc(k->doc->origin, at ? at : n), NULL);
		} else if (is_word(n, "q") && at) {
			diag_at(k->diag, DIAG_COMMENT_BAD,
			    node_loc(k->doc->origin, n), "q");
			diag_help(k->diag,
			    "the heading above is no question: it groups those below it");
		} else if (n->kind == NODE_COMMENT) {
			question_misplaced(k, n);
		}
	}
}

/* The sections from the first heading on, up to end. */
static void
add_sections(struct builder *b, struct node *n, const struct node *end)
{
	while (n && n != end) {
		struct node *next = end_of_section(n);
		bool groups = next && next != end &&
		    next->heading.level > n->heading.level;
		bool is_text = is_word(n->next, "text");
		if (n->heading.is_setext) {
			diag_at(b->maker.diag, DIAG_HEADING_SETEXT,
			    node_loc(b->maker.doc->origin, n), NULL);
			diag_help(b->maker.diag,
			    "put an empty line before the line of '-' or '=', or write '##'");
		}
		if (groups && !is_text)
			check_text(b, n->next, next, n);
		if (groups || is_text)
			add_text(b, n, next);
		else
			add_question(b, n, next);
		n = next;
	}
}

/* A mock exam that nobody has filled in. */
static bool
has_empty_from(const struct source *s)
{
	const struct yaml *from = s->front.yaml
	    ? yaml_get(s->front.yaml, "from")
	    : NULL;

	return from &&
	    (from->kind == YAML_LIST ? from->n_items == 0 : yaml_is_null(from));
}

static void
close_quiz(struct builder *b, const struct source *s)
{
	struct quiz *q = b->quiz;
	struct arena *a = b->maker.arena;

	q->n_questions = b->questions->len;
	q->questions = arena_array_of(a, b->questions);
	q->n_parts = b->parts->len;
	struct quiz_part *parts = arena_array_of(a, b->parts);
	for (size_t i = 0; i < q->n_parts; i++)
		if (parts[i].question)
			parts[i].question =
			    &q->questions[(uintptr_t)parts[i].question - 1];
	q->parts = parts;
	q->is_mock = s->front.n_from > 0;
	if (s->kind == SOURCE_QUIZ && has_empty_from(s)) {
		diag_at(b->maker.diag, DIAG_QUIZ_FROM,
		    sitting_place(s, "from", -1), NULL);
		diag_help(b->maker.diag,
		    "it names nothing: list the quizzes to take questions of, or leave 'from' out");
	} else if (q->n_questions == 0 && !q->is_mock)
		diag_at(b->maker.diag, DIAG_QUIZ_EMPTY, q->at, NULL);
	/* A mock exam goes on when the other quizzes are there. */
	if (!q->is_mock)
		sitting_make(q, parts, s->front.draw,
		    sitting_place(s, "draw", -1), a, b->maker.diag);
	g_array_free(b->questions, TRUE);
	g_array_free(b->parts, TRUE);
	g_hash_table_destroy(b->keys);
}

static const char *
quiz_id(struct builder *b, const struct source *s, const char *given,
    struct loc at)
{
	struct question_maker *k = &b->maker;

	if (given && id_is_valid(str_of(given)))
		return given;
	if (given) {
		diag_at(k->diag, DIAG_ID_BAD, at, "%s", given);
		diag_help(k->diag,
		    "ids are made of a-z, 0-9 and single hyphens");
	}
	char *id = id_derive(k->arena, str_of(s->stem), str_of(s->rel));
	if (!given) {
		diag_at(k->diag, DIAG_QUIZ_NO_ID, at, NULL);
		diag_help(k->diag,
		    "add 'quiz-id: %s' to the front matter, so that the ids stay when the file moves",
		    id);
	}
	return id;
}

static void
open_quiz(struct builder *b, struct source *s, const struct site *site,
    struct loc at, struct arena *a, struct diag *d)
{
	struct quiz *q = arena_obj(a, struct quiz);

	*b = (struct builder){ .maker = { s->doc, a, d, s->truth }, .quiz = q };
	b->questions = g_array_new(FALSE, FALSE, sizeof(struct question));
	b->parts = g_array_new(FALSE, FALSE, sizeof(struct quiz_part));
	b->keys = g_hash_table_new(g_str_hash, g_str_equal);
	q->title = s->front.title;
	q->at = at;
	q->pass = (unsigned)(s->front.pass >= 0 ? s->front.pass : site->pass);
	q->shuffle = s->front.shuffle >= 0 ? (enum shuffle)s->front.shuffle
					   : site->shuffle;
	q->mode = s->front.mode >= 0 ? (enum quiz_mode)s->front.mode
				     : site->mode;
}

static void
keep_quiz(struct source *s, struct quiz *q, struct arena *a)
{
	struct quiz **all = arena_array(a, s->n_quizzes + 1, struct quiz *);

	for (size_t i = 0; i < s->n_quizzes; i++)
		all[i] = s->quizzes[i];
	all[s->n_quizzes++] = q;
	s->quizzes = all;
}

static struct node *
quiz_node(struct arena *a, const struct node *at, const struct quiz *q,
    struct node *next)
{
	struct node *n = node_new(a, NODE_QUIZ, at);

	n->quiz = q;
	n->next = next;
	return n;
}

/* A quiz file: all of it, behind an introduction, is the quiz. */
static void
extract_file(struct source *s, const struct site *site, struct arena *a,
    struct diag *d)
{
	struct builder b;
	struct loc at = { &s->origin, 1, 1 };
	struct node **tail = &s->doc->body->child;

	open_quiz(&b, s, site, at, a, d);
	b.quiz->id = quiz_id(&b, s, s->front.quiz_id,
	    s->front.quiz_id ? s->front.quiz_id_at : at);
	while (*tail && (*tail)->kind != NODE_HEADING)
		tail = &(*tail)->next;
	check_text(&b, s->doc->body->child, *tail, NULL);
	add_sections(&b, *tail, NULL);
	*tail = NULL;
	close_quiz(&b, s);
	*tail = quiz_node(a, s->doc->body, b.quiz, NULL);
	keep_quiz(s, b.quiz, a);
}

static const char *
text_of(const struct node *heading, struct arena *a)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, heading);
	return arena_str(a, str_trim((struct str){ text->str, text->len }));
}

/* The part of a lesson below a heading with <!-- quiz -->. */
static void
extract_section(struct source *s, const struct site *site, struct node *heading,
    struct arena *a, struct diag *d)
{
	struct builder b;
	struct node *comment = heading->next, *end = comment->next;
	struct loc at = node_loc(&s->origin, comment);
	const char *given = comment->comment->value;
	struct node **tail = &heading->next;

	while (end &&
	    !(end->kind == NODE_HEADING &&
		end->heading.level <= heading->heading.level))
		end = end->next;
	*tail = comment->next;
	open_quiz(&b, s, site, at, a, d);
	b.quiz->title = text_of(heading, a);
	b.quiz->id = quiz_id(&b, s, given ? given : s->front.quiz_id, at);
	while (*tail && *tail != end && (*tail)->kind != NODE_HEADING)
		tail = &(*tail)->next;
	check_text(&b, comment->next, *tail, NULL);
	add_sections(&b, *tail, end);
	close_quiz(&b, s);
	*tail = quiz_node(a, comment, b.quiz, end);
	keep_quiz(s, b.quiz, a);
}

static void
show_notes(const struct node *parent)
{
	node_each(n, parent) {
		if (n->kind == NODE_FOOTNOTE_REF) {
			/* Still ours to write to: phase 3. */
			struct footnote *f = (struct footnote *)(uintptr_t)
						 n->footnote;
			if (f->is_shown)
				continue;
			f->is_shown = true;
			show_notes(f->body);
		} else {
			show_notes(n);
		}
	}
}

static void
show_tree(const struct node *tree, bool is_answer, void *ctx)
{
	(void)ctx;
	if (!is_answer)
		show_notes(tree);
}

/* Of a draw, what is drawn; a mock exam has its own questions in any case. */
static void
show_notes_of_quiz(const struct quiz *q)
{
	const struct quiz_part *parts = q->is_mock ? q->parts : q->drawn;
	size_t n = q->is_mock ? q->n_parts : q->n_drawn;

	for (size_t i = 0; i < n; i++) {
		if (parts[i].text)
			show_notes(parts[i].text);
		if (parts[i].question)
			question_each_tree(parts[i].question, show_tree, NULL);
	}
}

/* A note that only an answer refers to would give it away at the page's end. */
static void
sort_notes(const struct source *s)
{
	if (s->doc->n_footnotes == 0)
		return;
	show_notes(s->doc->body);
	if (s->doc->title)
		show_notes(s->doc->title);
	for (size_t i = 0; i < s->n_quizzes; i++)
		show_notes_of_quiz(s->quizzes[i]);
}

void
quiz_extract(struct source *s, const struct site *site, struct arena *a,
    struct diag *d)
{
	if (s->kind == SOURCE_QUIZ) {
		extract_file(s, site, a, d);
		sort_notes(s);
		return;
	}
	for (struct node *n = s->doc->body->child; n; n = n->next)
		if (n->kind == NODE_HEADING && is_word(n->next, "quiz"))
			extract_section(s, site, n, a, d);
	sort_notes(s);
}
