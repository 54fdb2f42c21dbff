#include "course.h"

/*
 * tests/spec/quiz.md: how quizzes are written, for readers, and at the same
 * time examples to be run. An example stands between two fences of eight grave
 * accents; the line "." parts the source from what becomes of it. The source
 * is a quiz file, what stands below its title, or several files, each below a
 * line "==> PATH". Below the point stand diagnostics, and if none of them is an
 * error the questions.
 *
 * With ERGEN_SPEC=write the results are written into the file: look at the
 * difference before you commit it.
 */

void test_book_quiz_spec(void);

static const char path[] = "tests/spec/quiz.md";
static const char fence[] = "````````";
/* What stands above the source of an example that is no whole file. */
static const char head[] = "---\nquiz-id: t\n---\n# Quiz\n\n";

enum {
	HEAD_LINES = 5,
	LEAST = 60 /* examples */
};

/* --- questions as text -------------------------------------------------- */

static void
put_text(GString *out, const struct node *tree)
{
	g_autoptr(GString) s = g_string_new(NULL);

	node_text(s, tree);
	g_string_append(out, g_strstrip(s->str));
}

static void
put_tree(GString *out, const char *name, const struct node *tree)
{
	if (!tree)
		return;
	g_string_append_printf(out, "  %s: ", name);
	put_text(out, tree);
	g_string_append_c(out, '\n');
}

static void
put_texts(GString *out, const struct accepted *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *quote = texts[i].is_exact ? "`" : "";
		g_string_append_printf(out, "%s%s%s%s", i ? " | " : "", quote,
		    texts[i].text, quote);
	}
}

static void
put_options(GString *out, const struct question *q)
{
	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[i];
		put_tree(out, o->is_correct ? "right" : "wrong", o->content);
		put_tree(out, "  feedback", o->feedback);
	}
	if (q->allows_none)
		g_string_append(out, "  none may be right\n");
}

static void
put_typed(GString *out, const struct question *q)
{
	if (q->kind == QUESTION_TEXT) {
		g_string_append(out, "  accepts: ");
		put_texts(out, q->accepted, q->n_accepted);
		g_string_append_c(out, '\n');
	} else if (q->kind == QUESTION_NUMBER) {
		const struct number *n = &q->quantity;
		bool is_one = strcmp(n->from, n->to) == 0;
		g_string_append_printf(out, "  accepts: %s%s%s%s%s\n", n->from,
		    is_one ? "" : " to ", is_one ? "" : n->to,
		    n->unit[0] ? " " : "", n->unit);
	}
	for (size_t i = 0; i < q->n_wrong; i++) {
		g_string_append(out, "  knows: ");
		put_texts(out, q->wrong[i].texts, q->wrong[i].n_texts);
		g_string_append(out, " -- ");
		put_text(out, q->wrong[i].feedback);
		g_string_append_c(out, '\n');
	}
}

static void
put_pairs(GString *out, const struct question *q)
{
	for (size_t i = 0; i < q->n_pairs; i++) {
		const struct pairing *p = &q->pairs[i];
		g_string_append(out, "  ");
		if (q->kind == QUESTION_ORDER)
			g_string_append_printf(out, "%zu. ", i + 1);
		if (p->left)
			put_text(out, p->left);
		if (q->kind == QUESTION_MATCH)
			g_string_append(out, p->left ? " = " : "misleads: ");
		if (p->right)
			put_text(out, p->right);
		g_string_append_c(out, '\n');
	}
	for (size_t i = 0; i < q->n_statements; i++) {
		g_string_append(out, "  ");
		put_text(out, q->statements[i].text);
		g_string_append(out, ": ");
		put_text(out, q->columns[q->statements[i].column]);
		g_string_append_c(out, '\n');
	}
	for (size_t i = 0; i < q->n_blanks; i++) {
		g_string_append_printf(out,
		    "  blank %u: ", q->blanks[i].number);
		put_texts(out, q->blanks[i].texts, q->blanks[i].n_texts);
		g_string_append_c(out, '\n');
	}
}

static void
put_source(GString *out, const struct link *l)
{
	if (l && l->to.kind == TARGET_PAGE)
		g_string_append_printf(out, "  source: page %s%s%s\n",
		    l->to.page->address, l->to.anchor ? "#" : "",
		    l->to.anchor ? l->to.anchor : "");
	else if (l)
		g_string_append_printf(out, "  source: %s %s\n",
		    l->to.kind == TARGET_NONE ? "text" : "address", l->url);
}

static void
put_question(GString *out, const struct question *q)
{
	g_string_append_printf(out, "%s %s: %s\n", question_kind_names[q->kind],
	    q->id, q->title);
	put_tree(out, "asks", q->stem);
	for (size_t i = 0; i < q->n_hints; i++)
		put_tree(out, "hint", q->hints[i]);
	put_options(out, q);
	put_typed(out, q);
	put_pairs(out, q);
	put_tree(out, "explains", q->explanation);
	if (q->points != 1 || q->worth != 1)
		g_string_append_printf(out, "  points: %u\n", q->worth);
	if (q->difficulty)
		g_string_append_printf(out, "  difficulty: %u\n",
		    q->difficulty);
	for (size_t i = 0; i < q->n_tags; i++)
		g_string_append_printf(out, "  tag: %s\n", q->tags[i]);
	if (q->objective)
		g_string_append_printf(out, "  objective: %s\n", q->objective);
	put_source(out, q->source);
}

/* The line of a quiz that has something to tell about itself. */
static void
put_sitting(GString *out, const struct quiz *q)
{
	bool is_draw = q->n_drawn < q->n_parts || q->is_mock;

	if (!is_draw && !q->n_points && q->mode == MODE_PRACTICE)
		return;
	g_string_append_printf(out, "%s %s: asks %zu",
	    q->is_mock ? "mock exam" : "quiz", q->id, q->n_asked);
	if (q->n_points)
		g_string_append_printf(out, ", %u points, %u to pass",
		    q->n_points, q->pass_count);
	if (q->mode == MODE_EXAM)
		g_string_append(out, ", checked together");
	g_string_append_c(out, '\n');
	for (size_t i = 0; is_draw && i < q->n_drawn; i++)
		if (q->drawn[i].question)
			g_string_append_printf(out, "  %u: %s\n",
			    q->drawn[i].number, q->drawn[i].question->id);
}

static void
put_quiz(GString *out, const struct quiz *q)
{
	put_sitting(out, q);
	for (size_t i = 0; i < q->n_parts; i++) {
		const struct quiz_part *part = &q->parts[i];
		if (part->text) {
			g_string_append(out, "text: ");
			put_text(out, part->text);
			g_string_append_c(out, '\n');
		} else if (part->question->quiz == q) {
			put_question(out, part->question);
		}
	}
}

/* "line:col: id" for each, with the path in front if there are more files. */
static void
put_said(GString *out, const struct course *c, const char *file, unsigned above)
{
	g_autofree char *said = course_said(c);
	g_auto(GStrv) all = g_strsplit(said, "; ", -1);

	for (size_t i = 0; all[i] && all[i][0]; i++) {
		char *place = all[i], *id = strchr(place, ' ');
		*id++ = '\0';
		char *line = file && g_str_has_prefix(place, file)
		    ? place + strlen(file) + 1
		    : NULL;
		unsigned long no = line ? strtoul(line, NULL, 10) : 0;
		if (no > above) {
			g_string_append_printf(out, "%lu%s: %s\n", no - above,
			    strchr(line, ':'), id);
		} else if (line) {
			g_string_append_printf(out, "the quiz: %s\n", id);
		} else {
			g_string_append_printf(out, "%s: %s\n", place, id);
		}
	}
}

/* --- examples ----------------------------------------------------------- */

static size_t
split_files(char *source, struct course_file *files, size_t most)
{
	size_t n = 0;

	for (char *at = source; at && n < most; n++) {
		char *name = at + strlen("==> ");
		char *text = strchr(name, '\n');
		*text++ = '\0';
		at = strstr(text, "\n==> ");
		if (at)
			*at++ = '\0';
		files[n] = (struct course_file){ name, text };
	}
	return n;
}

/* What becomes of a source. */
static char *
outcome(const char *source)
{
	static const char quiz_file[] = "content/a.quiz.md";
	GString *out = g_string_new(NULL);
	bool is_course = g_str_has_prefix(source, "==> ");
	bool is_file = g_str_has_prefix(source, "---\n");
	g_autofree char *text = g_strconcat(is_course || is_file ? "" : head,
	    source, NULL);
	struct course_file files[12] = { { "content/a.md", "# A\n\n## B\n" },
		{ quiz_file, text } };
	struct course c;

	course_load(&c, files,
	    is_course ? split_files(text, files, G_N_ELEMENTS(files)) : 2, "");
	put_said(out, &c, is_course ? NULL : quiz_file,
	    is_file ? 0 : HEAD_LINES);
	for (size_t i = 0; diag_worst(c.d) < DIAG_ERROR && i < c.book->n_pages;
	     i++)
		for (size_t j = 0; j < c.book->pages[i].n_quizzes; j++)
			put_quiz(out, c.book->pages[i].quizzes[j]);
	course_release(&c);
	return g_string_free(out, FALSE);
}

struct run {
	size_t n;
	GString *file; /* as it would be written */
	GString *source, *want;
	bool is_write;
};

static void
end_example(struct run *r, unsigned line)
{
	g_autofree char *got = outcome(r->source->str);

	r->n++;
	if (r->is_write) {
		g_string_append(r->file, got);
		return;
	}
	if (strcmp(got, r->want->str) == 0)
		return;
	g_test_message("%s:%u: example %zu\n%s-- found\n%s-- expected\n%s",
	    path, line, r->n, r->source->str, got, r->want->str);
	g_test_fail();
}

static void
run_examples(struct run *r, struct str file)
{
	enum {
		PROSE,
		SOURCE,
		RESULT
	} now = PROSE;

	for (unsigned line = 1, first = 0; file.len; line++) {
		struct str s = str_line(&file);
		bool is_fence = str_starts(s, fence);
		GString *to = now == SOURCE ? r->source : r->want;
		if (now == PROSE && is_fence) {
			first = line;
			g_string_truncate(r->source, 0);
			g_string_truncate(r->want, 0);
		} else if (is_fence) {
			g_assert_cmpint(now, ==, RESULT);
			end_example(r, first);
		} else if (now == RESULT ||
		    (now == SOURCE && !str_is(s, "."))) {
			g_string_append_printf(to, "%.*s\n", STR_ARG(s));
		}
		if (now != RESULT || is_fence)
			g_string_append_printf(r->file, "%.*s\n", STR_ARG(s));
		now = is_fence ? (now == PROSE ? SOURCE : PROSE)
		    : now == SOURCE && str_is(s, ".") ? RESULT
						      : now;
	}
	g_assert_cmpint(now, ==, PROSE);
}

static void
test_examples(void)
{
	g_autofree char *bytes = NULL;
	size_t len;
	struct run r = { .file = g_string_new(NULL),
		.source = g_string_new(NULL),
		.want = g_string_new(NULL),
		.is_write = g_strcmp0(g_getenv("ERGEN_SPEC"), "write") == 0 };

	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	run_examples(&r, (struct str){ bytes, len });
	g_assert_cmpuint(r.n, >=, LEAST);
	if (r.is_write)
		g_assert_true(g_file_set_contents(path, r.file->str,
		    (gssize)r.file->len, NULL));
	g_string_free(r.file, TRUE);
	g_string_free(r.source, TRUE);
	g_string_free(r.want, TRUE);
}

void
test_book_quiz_spec(void)
{
	g_test_add_func("/book/quiz_spec/examples", test_examples);
}
