/*
 * Questions in Markdown whose options are task lists. Three dialects:
 *
 * tasks: plain banks. Every heading with a list of boxes below it, before the
 * next heading, is a question; quotes below an option are feedback, what
 * stands behind the list explains.
 *
 * quizdown (https://github.com/bonartm/quizdown-js): the same, but a numbered
 * list is choose one, a bulleted one choose all that apply, and a numbered
 * list without boxes an ordering; a quote before the options is a hint.
 *
 * mkdocs-quiz (https://github.com/ewels/mkdocs-quiz): a page of text, with
 * questions between <quiz> and </quiz>; [[words]] are blanks.
 */
#include "import/bank.h"
#include "import/look.h"
#include "import/media.h"
#include "import/text.h"

#include <stdlib.h>

enum {
	TITLE_MOST = 120 /* bytes of a heading that is a title */
};

enum dialect {
	DIALECT_TASKS,
	DIALECT_QUIZDOWN,
	DIALECT_MKDOCS
};

struct tasks {
	struct import *im;
	const struct origin *in;
	struct bank *bank;
	enum dialect dialect;
	struct str rest; /* lines to come */
	bool in_fence;
	size_t fence_len;
	char fence;
	/* of the front matter */
	bool shuffles_questions, keeps_answers;
	unsigned long draw;
};

/* A question's lines on their way into its parts. */
struct parts {
	struct tasks *t;
	struct ask_one *q;
	GString *stem, *explanation, *hint;
	GString *option, *feedback; /* of the option being read */
	bool has_option, is_right;
	bool is_ordered, is_sequence;
	bool is_done; /* the answers are over */
	bool is_gap; /* the last line was empty */
	size_t indent; /* of the option's text */
	size_t n_right;
	bool has_own_options, in_own_options; /* quizdown */
};

/* ---- lines */

static size_t
indent_of(struct str line)
{
	size_t n = 0;

	for (size_t i = 0; i < line.len; i++)
		if (line.p[i] == ' ')
			n++;
		else if (line.p[i] == '\t')
			n += 4 - n % 4;
		else
			break;
	return n;
}

static struct str
trim_start(struct str s)
{
	while (s.len && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_from(s, 1);
	return s;
}

/* True if the line stands in a fence, or begins or ends one. */
static bool
follow_fence(struct tasks *t, struct str line)
{
	const struct str s = trim_start(line);
	const char c = s.len ? s.p[0] : '\0';
	size_t n = 0;

	while (n < s.len && s.p[n] == c)
		n++;
	if (t->in_fence) {
		if (c == t->fence && n >= t->fence_len &&
		    str_trim(str_from(s, n)).len == 0)
			t->in_fence = false;
		return true;
	}
	if ((c != '`' && c != '~') || n < 3 ||
	    (c == '`' && memchr(s.p + n, '`', s.len - n)))
		return false;
	t->in_fence = true;
	t->fence = c;
	t->fence_len = n;
	return true;
}

/* "### Title ###": its text; false if it is no heading. */
static bool
read_heading(struct str line, struct str *title)
{
	struct str s = trim_start(line);
	size_t n = 0;

	while (n < s.len && s.p[n] == '#')
		n++;
	if (indent_of(line) > 3 || n == 0 || n > 6 ||
	    (n < s.len && !is_space(s.p[n])))
		return false;
	s = str_trim(str_from(s, n));
	size_t end = s.len;
	while (end && s.p[end - 1] == '#')
		end--;
	if (end < s.len && (end == 0 || is_space(s.p[end - 1])))
		s = str_trim(str_upto(s, end));
	*title = s;
	return true;
}

/* An item of a list: what follows its mark, and the box in front of that. */
struct mark {
	struct str text;
	size_t indent; /* of the text */
	bool is_ordered, has_box, is_checked;
};

static bool
read_mark(struct str line, struct mark *m)
{
	struct str s = trim_start(line);
	size_t n = 0;

	*m = (struct mark){ .is_ordered = false };
	if (!text_is_item(s))
		return false;
	m->is_ordered = g_ascii_isdigit(s.p[0]);
	while (n < s.len && s.p[n] != ' ')
		n++;
	while (n < s.len && s.p[n] == ' ')
		n++;
	s = str_from(s, n);
	m->indent = indent_of(line) + n;
	if (str_starts(s, "[]")) {
		m->has_box = true;
		m->text = str_trim(str_from(s, 2));
		return true;
	}
	m->has_box = s.len >= 3 && s.p[0] == '[' && s.p[2] == ']' &&
	    strchr(" xX", s.p[1]) && (s.len == 3 || is_space(s.p[3]));
	m->is_checked = m->has_box && s.p[1] != ' ';
	m->text = str_trim(m->has_box ? str_from(s, 3) : s);
	return true;
}

static void
add_line(GString *to, struct str line)
{
	g_string_append_len(to, line.p, (gssize)line.len);
	g_string_append_c(to, '\n');
}

/* At most n columns of white space less. */
static struct str
outdent(struct str line, size_t n)
{
	while (n && line.len && (line.p[0] == ' ' || line.p[0] == '\t')) {
		n -= line.p[0] == '\t' ? MIN(n, 4) : 1;
		line = str_from(line, 1);
	}
	return line;
}

/* ---- parts */

static const char *
finish_text(struct parts *p, GString *raw)
{
	g_autoptr(GString) plain = g_string_new(NULL);
	g_autoptr(GString) to = g_string_new(NULL);

	text_dedent(plain, (struct str){ raw->str, raw->len });
	text_guard(to, (struct str){ plain->str, plain->len },
	    p->q->kind == ASK_CLOZE);
	g_string_truncate(raw, 0);
	if (!to->len)
		return NULL;
	return media_of_markdown(p->t->im, p->t->in, &p->q->lost, p->q->at,
	    (struct str){ to->str, to->len });
}

static void
close_option(struct parts *p)
{
	if (!p->has_option)
		return;
	const char *text = finish_text(p, p->option);
	items_add(p->t->im, &p->q->options, text ? text : "",
	    finish_text(p, p->feedback), p->is_right);
	p->n_right += p->is_right;
	p->has_option = false;
}

static void
open_option(struct parts *p, const struct mark *m)
{
	close_option(p);
	p->has_option = true;
	p->is_right = m->is_checked;
	p->is_ordered = m->is_ordered;
	p->indent = m->indent;
	add_line(p->option, m->text);
}

/* A quote below an option is what is said to it. */
static bool
take_feedback(struct parts *p, struct str line)
{
	const struct str s = trim_start(line);
	const bool is_glued = !p->is_gap || indent_of(line) >= 2;

	if (!p->has_option || !str_starts(s, ">") || !is_glued)
		return false;
	struct str text = str_from(s, 1);
	if (str_starts(text, " "))
		text = str_from(text, 1);
	add_line(p->feedback, text);
	return true;
}

/* Quizdown shows a quote before the options only when asked for. */
static bool
take_hint(struct parts *p, struct str line)
{
	struct str s = trim_start(line);

	if (p->t->dialect != DIALECT_QUIZDOWN || p->has_option || p->is_done ||
	    !str_starts(s, ">"))
		return false;
	s = trim_start(str_from(s, 1));
	if (p->hint->len == 0 && g_ascii_strncasecmp(s.p, "hint:", 5) == 0 &&
	    s.len > 5)
		s = trim_start(str_from(s, 5));
	add_line(p->hint, s);
	return true;
}

static void
take_line(struct parts *p, struct str line)
{
	const bool was_fence = p->t->in_fence;
	const bool is_fence = follow_fence(p->t, line) || was_fence;
	const bool is_empty = str_trim(line).len == 0;
	struct mark m;

	if (is_empty && !is_fence) {
		p->is_gap = true;
		if (p->has_option)
			add_line(p->feedback->len ? p->feedback : p->option,
			    line);
		else
			add_line(p->is_done ? p->explanation : p->stem, line);
		return;
	}
	/* With boxes it is an option; in a sequence without. */
	const bool is_mark = !is_fence && !p->is_done && read_mark(line, &m) &&
	    (!p->has_option || indent_of(line) < p->indent) &&
	    (m.has_box ||
		(p->t->dialect == DIALECT_QUIZDOWN && m.is_ordered &&
		    (p->is_sequence || !p->q->options.n)));
	if (is_mark && (!p->is_sequence || !m.has_box)) {
		p->is_sequence = !m.has_box;
		open_option(p, &m);
	} else if (!is_fence &&
	    (take_feedback(p, line) || take_hint(p, line))) {
		/* It is kept. */
	} else if (p->has_option &&
	    (indent_of(line) >= 2 || (!p->is_gap && !is_fence) || was_fence)) {
		add_line(p->feedback->len ? p->feedback : p->option,
		    outdent(line, p->indent));
	} else {
		p->is_done = p->is_done || p->has_option;
		close_option(p);
		add_line(p->is_done ? p->explanation : p->stem, line);
	}
	p->is_gap = false;
}

/* ---- questions */

static void
parts_begin(struct parts *p, struct tasks *t, struct loc at)
{
	*p = (struct parts){ .t = t };
	p->q = bank_add(t->im, t->bank, ASK_NOTHING, at);
	p->stem = g_string_new(NULL);
	p->explanation = g_string_new(NULL);
	p->hint = g_string_new(NULL);
	p->option = g_string_new(NULL);
	p->feedback = g_string_new(NULL);
	t->in_fence = false;
}

static void
decide_kind(struct parts *p)
{
	struct ask_one *q = p->q;
	const struct str none = { NULL, 0 };

	if (p->is_sequence) {
		q->kind = ASK_ORDER;
		items_each(o, &q->options)
			if (o->more)
				import_lost(p->t->im, &q->lost, q->at,
				    str_of(o->more),
				    "a comment on an item of a sequence");
		return;
	}
	if (!q->options.n)
		return;
	q->kind = ASK_CHOICE;
	if (p->t->dialect == DIALECT_QUIZDOWN && !p->is_ordered)
		q->is_many = true;
	if (p->n_right > 1 && p->t->dialect == DIALECT_QUIZDOWN &&
	    p->is_ordered)
		import_lost(p->t->im, &q->lost, q->at, none,
		    "a numbered list is choose one, yet %zu options are right",
		    p->n_right);
	q->is_many = q->is_many || p->n_right > 1 || p->n_right == 0;
	if (p->n_right == 0)
		import_lost(p->t->im, &q->lost, q->at, none,
		    "no option is right");
	if (q->options.n < 2)
		import_lost(p->t->im, &q->lost, q->at, none,
		    "there is only one option");
}

/* A heading that is all of the question, or too long for one, asks. */
static void
put_title(struct parts *p, struct str title)
{
	struct arena *a = p->t->im->arena;
	struct ask_one *q = p->q;
	const char *line = media_of_markdown(p->t->im, p->t->in, &q->lost,
	    q->at, title);

	if (!q->stem)
		q->stem = line;
	else if (title.len > TITLE_MOST)
		q->stem = arena_printf(a, "%s\n\n%s", line, q->stem);
	else {
		q->heading = line;
		q->title = look_text(a, line);
	}
}

/* title: of the heading, Markdown. */
static void
parts_end(struct parts *p, struct str title)
{
	struct ask_one *q = p->q;
	close_option(p);
	decide_kind(p);
	q->stem = finish_text(p, p->stem);
	q->explanation = finish_text(p, p->explanation);
	if (p->hint->len)
		items_add(p->t->im, &q->hints, finish_text(p, p->hint), NULL,
		    false);
	if (title.len)
		put_title(p, title);
	g_string_free(p->stem, TRUE);
	g_string_free(p->explanation, TRUE);
	g_string_free(p->hint, TRUE);
	g_string_free(p->option, TRUE);
	g_string_free(p->feedback, TRUE);
}

/* ---- banks with headings */

/* "shuffleQuestions: true" of quizdown's front matter. */
static void
take_option(struct tasks *t, struct str line, struct loc at)
{
	const size_t colon = str_find(line, ':');
	struct arena *a = t->im->arena;
	g_autofree char *key = g_strndup(line.p, MIN(colon, line.len));
	g_autofree char *value = g_strndup(str_from(line, colon + 1).p,
	    str_from(line, colon + 1).len);

	g_strstrip(value);
	if (g_ascii_strcasecmp(key, "shuffleQuestions") == 0 ||
	    g_ascii_strcasecmp(key, "shuffle_questions") == 0) {
		t->shuffles_questions = strcmp(value, "true") == 0;
	} else if (g_ascii_strcasecmp(key, "shuffleAnswers") == 0 ||
	    g_ascii_strcasecmp(key, "shuffle_answers") == 0) {
		t->keeps_answers = strcmp(value, "false") == 0;
	} else if (g_ascii_strcasecmp(key, "nQuestions") == 0 ||
	    g_ascii_strcasecmp(key, "n_questions") == 0) {
		t->draw = strspn(value, "0123456789") == strlen(value)
		    ? strtoul(value, NULL, 10)
		    : 0;
	} else if (strcmp(key, "title") == 0 && value[0]) {
		t->bank->title = arena_strdup(a, value);
	} else if (str_trim(line).len && line.p[0] != '#') {
		import_lost(t->im, &t->bank->lost, at, line,
		    "an option of the file");
	}
}

static struct loc
loc_of(struct tasks *t, struct str line)
{
	return import_loc(t->im, t->in, (size_t)(line.p - t->in->text.p));
}

static void
read_front(struct tasks *t)
{
	struct str rest = t->rest;

	if (!str_is(str_trim(str_line(&rest)), "---"))
		return;
	for (struct str look = rest; look.len;) {
		if (!str_is(str_trim(str_line(&look)), "---"))
			continue;
		while (rest.len > look.len) {
			const struct str line = str_line(&rest);
			if (!str_is(str_trim(line), "---"))
				take_option(t, line, loc_of(t, line));
		}
		t->rest = look;
		return;
	}
}

static void
put_front(struct tasks *t)
{
	struct bank *b = t->bank;
	size_t n = 0;

	for (const struct ask_one *q = b->first; q; q = q->next)
		n += q->kind != ASK_NOTHING;
	if (t->draw > 0 && t->draw <= n)
		items_add(t->im, &b->front, "draw",
		    arena_printf(t->im->arena, "%lu", t->draw), false);
	if (t->shuffles_questions || t->keeps_answers)
		items_add(t->im, &b->front, "shuffle",
		    !t->shuffles_questions ? "none"
			: t->keeps_answers ? "questions"
					   : "all",
		    false);
}

/* A question's own options stand between two lines of "---". */
static bool
take_own_option(struct parts *p, struct str line)
{
	if (str_trim(line).len == 0 || p->t->dialect != DIALECT_QUIZDOWN)
		return false;
	if (str_is(str_trim(line), "---") && !p->has_own_options &&
	    str_trim((struct str){ p->stem->str, p->stem->len }).len == 0 &&
	    !p->q->options.n && !p->has_option) {
		p->has_own_options = p->in_own_options = true;
		return true;
	}
	if (!p->in_own_options)
		return false;
	if (str_is(str_trim(line), "---"))
		p->in_own_options = false;
	else if (g_ascii_strncasecmp(line.p, "shuffleAnswers: false",
		     strlen("shuffleAnswers: false")) == 0)
		p->q->keeps_order = true;
	else
		import_lost(p->t->im, &p->q->lost, loc_of(p->t, line), line,
		    "an option of the question");
	return true;
}

/* The first section that asks nothing introduces the others. */
static bool
is_intro(const struct tasks *t, const struct ask_one *q)
{
	return q->kind == ASK_NOTHING && t->bank->first == q;
}

/* title: of its heading, as Markdown; empty in front of all headings. */
static void
keep_intro(struct tasks *t, const struct ask_one *q, struct str title)
{
	struct arena *a = t->im->arena;
	struct bank *b = t->bank;
	g_autoptr(GString) all = g_string_new(b->intro);
	const bool is_all = title.len && !q->title && title.len <= TITLE_MOST;

	if (title.len && !b->title && !b->intro) {
		b->title = look_text(a, arena_str(a, title));
	} else if (title.len) {
		text_block(all);
		g_string_append_printf(all, "## %.*s\n", STR_ARG(title));
	}
	if (q->stem && !(is_all && !q->heading)) {
		text_block(all);
		g_string_append(all, q->stem);
	}
	b->intro = all->len ? arena_str(a, (struct str){ all->str, all->len })
			    : NULL;
	items_each(l, &q->lost)
		items_add(t->im, &b->lost, l->text, l->more, false);
	b->first = b->last = NULL;
	b->n = 0;
}

static bool
read_bank(struct tasks *t)
{
	struct str title = { NULL, 0 };
	struct parts p;

	read_front(t);
	parts_begin(&p, t, loc_of(t, t->rest));
	while (t->rest.len) {
		const struct str line = str_line(&t->rest);
		struct str next;
		if (!t->in_fence && read_heading(line, &next)) {
			const struct loc at = loc_of(t, line);
			parts_end(&p, title);
			if (is_intro(t, p.q))
				keep_intro(t, p.q, title);
			parts_begin(&p, t, at);
			title = next;
		} else if (!take_own_option(&p, line)) {
			take_line(&p, line);
		}
	}
	parts_end(&p, title);
	if (is_intro(t, p.q))
		keep_intro(t, p.q, title);
	put_front(t);
	return true;
}

/* ---- mkdocs-quiz */

/* "[[word]]" outside of code: marks in their places, to become bold. */
static bool
mark_blanks(GString *to, struct str s)
{
	bool has_any = false;
	char code = '\0';

	for (size_t i = 0; i < s.len; i++) {
		const struct str rest = str_from(s, i);
		const char *end = str_starts(rest, "[[") && !code
		    ? g_strstr_len(rest.p, (gssize)rest.len, "]]")
		    : NULL;
		if (s.p[i] == '`')
			code = code ? '\0' : '`';
		const struct str word = end ? str_trim((struct str){ rest.p + 2,
						  (size_t)(end - rest.p) - 2 })
					    : (struct str){ NULL, 0 };
		if (!word.len || memchr(word.p, '\n', word.len)) {
			g_string_append_c(to, s.p[i]);
			continue;
		}
		g_string_append_c(to, '\001');
		text_inline(to, word, false);
		g_string_append_c(to, '\001');
		i += (size_t)(end - rest.p) + 1;
		has_any = true;
	}
	return has_any;
}

/* Text with blanks, "---", and what explains it. */
static void
end_blanks(struct parts *p, GString *marked)
{
	char *rule = strstr(marked->str, "\n---\n");
	g_autoptr(GString) stem = g_string_new(NULL);

	p->q->kind = ASK_CLOZE;
	g_string_assign(p->stem, marked->str);
	if (rule) {
		const size_t at = (size_t)(rule - marked->str);
		g_string_assign(p->explanation, rule + strlen("\n---\n"));
		g_string_truncate(p->stem, at);
	}
	const char *text = finish_text(p, p->stem);
	g_string_append(stem, text ? text : "");
	(void)g_string_replace(stem, "\001", "**", 0);
	p->q->stem = arena_str(p->t->im->arena,
	    (struct str){ stem->str, stem->len });
	g_string_truncate(p->stem, 0);
}

static void
end_quiz(struct parts *p)
{
	g_autoptr(GString) plain = g_string_new(NULL);
	g_autoptr(GString) marked = g_string_new(NULL);

	text_dedent(plain, (struct str){ p->stem->str, p->stem->len });
	if (!p->has_option && !p->q->options.n &&
	    mark_blanks(marked, (struct str){ plain->str, plain->len }))
		end_blanks(p, marked);
	const char *stem = p->q->stem;
	parts_end(p, (struct str){ NULL, 0 });
	if (stem)
		p->q->stem = stem;
	if (p->q->kind == ASK_NOTHING)
		import_lost(p->t->im, &p->q->lost, p->q->at,
		    (struct str){ NULL, 0 }, "a quiz without options");
}

/* The lines up to "</quiz>". False: there is none. */
static bool
read_quiz(struct tasks *t, struct loc at, struct str first)
{
	struct parts p;

	parts_begin(&p, t, at);
	if (first.len)
		take_line(&p, first);
	while (t->rest.len) {
		const struct str line = str_line(&t->rest);
		if (str_is(str_trim(line), "</quiz>") && !t->in_fence) {
			end_quiz(&p);
			return true;
		}
		take_line(&p, line);
	}
	end_quiz(&p);
	return import_bad(t->im, at, "<quiz> without </quiz>");
}

static bool
read_page(struct tasks *t)
{
	g_autoptr(GString) page = g_string_new(NULL);
	bool ok = true;

	read_front(t);
	while (t->rest.len) {
		const struct str line = str_line(&t->rest);
		const struct str s = str_trim(line);
		struct str title;
		const bool is_fence = follow_fence(t, line);
		if (!is_fence && str_starts(s, "<?quiz?>")) {
			ok = import_bad(t->im, loc_of(t, line),
			    "a quiz of mkdocs-quiz 0.x");
			diag_help(t->im->diag,
			    "`mkdocs-quiz migrate` makes the form of today of it");
		} else if (!is_fence && str_starts(s, "<quiz>")) {
			ok = read_quiz(t, loc_of(t, line),
				 str_from(s, strlen("<quiz>"))) &&
			    ok;
			t->in_fence = false;
		} else if (!is_fence && !t->bank->title &&
		    read_heading(line, &title) && str_starts(s, "# ")) {
			t->bank->title = look_text(t->im->arena,
			    arena_str(t->im->arena, title));
		} else {
			add_line(page, line);
		}
	}
	const struct str text = str_trim((struct str){ page->str, page->len });
	if (text.len)
		t->bank->intro = media_of_markdown(t->im, t->in, &t->bank->lost,
		    (struct loc){ t->in, 1, 1 }, text);
	put_front(t);
	return ok;
}

/* ---- the formats */

static bool
read_dialect(struct import *im, const struct origin *in, enum dialect dialect)
{
	struct tasks t = { .im = im,
		.in = in,
		.dialect = dialect,
		.rest = in->text };

	t.bank = import_bank(im, import_stem(im, in), in);
	return dialect == DIALECT_MKDOCS ? read_page(&t) : read_bank(&t);
}

static bool
read_tasks(struct import *im, const struct origin *in)
{
	return read_dialect(im, in, DIALECT_TASKS);
}

static bool
read_quizdown(struct import *im, const struct origin *in)
{
	return read_dialect(im, in, DIALECT_QUIZDOWN);
}

static bool
read_mkdocs(struct import *im, const struct origin *in)
{
	return read_dialect(im, in, DIALECT_MKDOCS);
}

const struct importer import_tasks = {
	.name = "tasks",
	.summary = "Markdown: headings with task lists below them",
	.read = read_tasks,
};

const struct importer import_quizdown = {
	.name = "quizdown",
	.summary = "quizdown-js",
	.read = read_quizdown,
};

const struct importer import_mkdocs_quiz = {
	.name = "mkdocs-quiz",
	.summary = "pages for MkDocs with <quiz>",
	.read = read_mkdocs,
};
