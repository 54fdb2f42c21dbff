/* What is doubtful in a source by itself, at the end of phase 3; and, at the
 * end of phase 4, what only shows when the whole book is there. */
#include "book/habit.h"
#include "book/source.h"

enum {
	QUIZ_LONG = 200, /* a browser is still quick with these */
	QUIZ_MOST = 1000
};

static void
check_alt(const struct source *s, const struct node *parent, struct diag *d)
{
	node_each(n, parent) {
		if (n->kind == NODE_IMAGE) {
			g_autoptr(GString) alt = g_string_new(NULL);
			node_text(alt, n);
			if (str_trim((struct str){ alt->str, alt->len }).len)
				continue;
			s->doc->has_mute_image = true;
			diag_at(d, DIAG_IMAGE_NO_ALT, node_loc(&s->origin, n),
			    "%s", n->link->url);
			diag_help(d, "say what it shows: ![description](%s)",
			    n->link->url);
		} else {
			check_alt(s, n, d);
		}
	}
}

struct alt_check {
	const struct source *source;
	struct diag *diag;
};

static void
check_tree(const struct node *tree, bool is_answer, void *ctx)
{
	const struct alt_check *c = ctx;

	(void)is_answer;
	check_alt(c->source, tree, c->diag);
}

/* Comments that quizzes have left over: they stand in the wrong place. */
static void
check_comments(const struct source *s, const struct node *parent,
    struct diag *d)
{
	node_each(n, parent) {
		if (n->kind != NODE_COMMENT) {
			if (n->child && n->kind < NODE_PARAGRAPH)
				check_comments(s, n, d);
			continue;
		}
		bool is_q = strcmp(n->comment->word, "q") == 0 &&
		    (n->comment->value || n->comment->n_keys);
		if (!is_q && strcmp(n->comment->word, "quiz") != 0)
			continue;
		diag_at(d, DIAG_COMMENT_BAD, node_loc(&s->origin, n), "%s",
		    n->comment->word);
		diag_help(d,
		    is_q
			? "it marks a question: in a quiz file, or below a heading with <!-- quiz -->"
			: "it stands alone on the line below a heading at top level");
	}
}

/* n questions stand above the quiz on its page. Said once of each limit: of
 * the quiz that goes over it. */
static void
check_length(const struct source *s, const struct quiz *q, size_t n,
    struct diag *d)
{
	size_t all = n + q->n_asked;
	bool is_most = n <= QUIZ_MOST && all > QUIZ_MOST;

	if (!is_most && !(n <= QUIZ_LONG && all > QUIZ_LONG))
		return;
	diag_at(d, is_most ? DIAG_QUIZ_TOO_LONG : DIAG_QUIZ_SIZE, q->at,
	    "%zu questions", all);
	diag_help(d,
	    s->kind == SOURCE_QUIZ
		? "'draw: 50' shows some of them"
		: "they count together on one page; move some to a quiz file");
}

void
source_check(const struct source *s, struct diag *d)
{
	struct alt_check alt = { s, d };

	source_each_tree(s, check_tree, &alt);
	check_comments(s, s->doc->body, d);
	for (size_t i = 0; i < s->doc->n_headings; i++)
		/* In a quiz it would be a question that asks nothing. */
		if (!s->doc->headings[i].text[0] && s->kind != SOURCE_QUIZ)
			diag_at(d, DIAG_HEADING_EMPTY,
			    node_loc(&s->origin, s->doc->headings[i].node),
			    NULL);
	for (size_t i = 0; i < s->n_quizzes; i++)
		habits_check(s->quizzes[i], d);
}

static void
check_id(const struct quiz *quiz, const struct question *q, GHashTable *ids,
    struct diag *d)
{
	const struct question *other = g_hash_table_lookup(ids, q->id);

	/* Two of one quiz have been reported already. */
	if (other &&
	    (other < quiz->questions ||
		other >= quiz->questions + quiz->n_questions)) {
		diag_at(d, DIAG_ID_DUPLICATE, q->at, "%s", q->id);
		diag_help(d, "%s:%u has it too; ids are unique in the course",
		    other->at.in->path, other->at.line);
	}
	g_hash_table_insert(ids, (char *)(uintptr_t)q->id,
	    (struct question *)(uintptr_t)q);
}

static void
check_quizzes(const struct source *s, GHashTable *ids, struct diag *d)
{
	size_t n_asked = 0;

	for (size_t i = 0; i < s->n_quizzes; i++) {
		const struct quiz *q = s->quizzes[i];
		for (size_t j = 0; j < q->n_questions; j++)
			check_id(q, &q->questions[j], ids, d);
		check_length(s, q, n_asked, d);
		n_asked += q->n_asked;
	}
}

/* The old id is free, and one question's alone: it stands for the history that
 * learners have. */
static void
check_old_ids(const struct source *s, GHashTable *ids, struct diag *d)
{
	for (size_t i = 0; i < s->n_quizzes; i++)
		for (size_t j = 0; j < s->quizzes[i]->n_questions; j++) {
			const struct question *q = &s->quizzes[i]->questions[j];
			const struct question *other = q->was
			    ? g_hash_table_lookup(ids, q->was)
			    : NULL;
			if (other) {
				diag_at(d, DIAG_ID_DUPLICATE, q->at, "was=%s",
				    q->was);
				diag_help(d, "%s:%u has it", other->at.in->path,
				    other->at.line);
			} else if (q->was) {
				g_hash_table_insert(ids,
				    (char *)(uintptr_t)q->was,
				    (struct question *)(uintptr_t)q);
			}
		}
}

void
book_check(struct book *b, struct diag *d)
{
	struct making *m = book_making(b);
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);

	if (!m->top)
		return;
	bool has_any = false;
	for (size_t i = 0; i < m->sources->len; i++)
		has_any = has_any ||
		    !((const struct source *)m->sources->pdata[i])->is_skipped;
	if (!has_any && diag_worst(d) < DIAG_ERROR) {
		diag_at(d, DIAG_CONTENT_EMPTY,
		    (struct loc){ b->site->origin, 0, 0 }, "%s",
		    b->site->content);
		diag_help(d, "write one: %s/first-lesson.md", b->site->content);
	}
	for (size_t i = 0; i < m->page_sources->len; i++)
		check_quizzes(m->page_sources->pdata[i], ids, d);
	for (size_t i = 0; i < m->page_sources->len; i++)
		check_old_ids(m->page_sources->pdata[i], ids, d);
	for (size_t i = 0; i < m->files->len; i++) {
		const struct file *f = m->files->pdata[i];
		if (!f->asset && !f->is_ours && is_of_language(m, f->rel))
			diag_at(d, DIAG_ASSET_ORPHAN,
			    (struct loc){ &f->origin, 0, 0 }, NULL);
	}
}
