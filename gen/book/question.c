#include "book/question.h"

#include "book/answer.h"
#include "book/id.h"
#include "doc/comment.h"

#include <stdlib.h>

/* A question while its blocks are sorted. */
struct sorting {
	struct question_maker *k;
	struct question *q;
	const struct node *end;
	struct node *stem, *explanation; /* containers being filled */
	struct node **stem_tail, **explanation_tail;
	GArray *options; /* struct option */
	GPtrArray *hints;
	bool has_answers; /* an answer list has been seen */
	bool may_go_on; /* so far only feedback followed it */
	bool explains; /* what comes now is the explanation all the same */
	bool is_bullets;
	bool allows_none;
	const char *type; /* type=, or NULL */
	struct answer_rules rules;
	GArray *wrong; /* struct known_wrong */
};

static const char *const keys[] = { "case", "difficulty", "none", "objective",
	"points", "score", "source", "tags", "tol", "type", "was", NULL };

static struct loc
loc_of(const struct sorting *s, const struct node *n)
{
	return node_loc(s->k->doc->origin, n);
}

bool
question_is_answer_list(const struct node *n)
{
	if (n->kind != NODE_LIST)
		return false;
	node_each(item, n)
		if (item->item.box != BOX_NONE)
			return true;
	return false;
}

static void
append(struct node ***tail, struct node *n)
{
	n->next = NULL;
	**tail = n;
	*tail = &n->next;
}

static void
read_tags(struct sorting *s, const char *value)
{
	g_auto(GStrv) words = g_strsplit_set(value, " ,", -1);
	size_t n = 0;

	for (size_t i = 0; words[i]; i++)
		n += words[i][0] != '\0';
	const char **tags = arena_array(s->k->arena, n, const char *);
	n = 0;
	for (size_t i = 0; words[i]; i++)
		if (words[i][0])
			tags[n++] = arena_strdup(s->k->arena, words[i]);
	s->q->tags = tags;
	s->q->n_tags = n;
}

static unsigned
read_number(struct sorting *s, struct loc at, const char *key,
    const char *value, unsigned most)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	if (*end || !g_ascii_isdigit(value[0]) || n < 1 || n > most) {
		diag_at(s->k->diag, DIAG_QUESTION_VALUE, at, "%s=%s", key,
		    value);
		diag_help(s->k->diag, "a number from 1 to %u", most);
		return 1;
	}
	return (unsigned)n;
}

/* True if value is one of the words; b may be NULL. */
static bool
read_word(struct sorting *s, struct loc at, const char *key, const char *value,
    const char *a, const char *b)
{
	if (strcmp(value, a) == 0 || (b && strcmp(value, b) == 0))
		return true;
	diag_at(s->k->diag, DIAG_QUESTION_VALUE, at, "%s=%s", key, value);
	diag_help(s->k->diag, "%s=%s%s%s", key, a, b ? " or " : "", b ? b : "");
	return false;
}

static void
read_type(struct sorting *s, struct loc at, const char *value)
{
	static const char *const types[] = { "one", "many", "text", "number",
		"order", "match", "matrix", "cloze", NULL };

	for (size_t i = 0; types[i]; i++)
		if (strcmp(types[i], value) == 0)
			s->type = types[i];
	if (s->type) {
		s->rules.wants_text = strcmp(value, "text") == 0;
		s->rules.wants_number = strcmp(value, "number") == 0;
		return;
	}
	diag_at(s->k->diag, DIAG_QUESTION_TYPE, at, "type=%s", value);
	const char *near = nearest(value, types);
	if (near)
		diag_help(s->k->diag, "did you mean 'type=%s'?", near);
}

static bool
is_type(const struct sorting *s, const char *type)
{
	return s->type && strcmp(s->type, type) == 0;
}

/* "1%" of tol=1%. */
static void
read_tolerance(struct sorting *s, struct loc at, const char *value)
{
	char *end;
	double percent = g_ascii_strtod(value, &end);

	if (end != value && strcmp(end, "%") == 0 && percent >= 0 &&
	    g_ascii_isdigit(value[0])) {
		s->rules.percent = arena_str(s->k->arena,
		    (struct str){ value, (size_t)(end - value) });
		return;
	}
	diag_at(s->k->diag, DIAG_QUESTION_VALUE, at, "tol=%s", value);
	diag_help(s->k->diag, "a part of the value: tol=1%%");
}

static void
read_key(struct sorting *s, struct loc at, const char *key, const char *value)
{
	struct question *q = s->q;

	if (strcmp(key, "points") == 0) {
		q->points = read_number(s, at, key, value, 100);
	} else if (strcmp(key, "difficulty") == 0) {
		q->difficulty = read_number(s, at, key, value, 5);
	} else if (strcmp(key, "tags") == 0) {
		read_tags(s, value);
	} else if (strcmp(key, "objective") == 0) {
		q->objective = value;
	} else if (strcmp(key, "source") == 0) {
		struct link *l = arena_obj(s->k->arena, struct link);
		l->url = value;
		l->at = at;
		q->source = l;
	} else if (strcmp(key, "type") == 0) {
		read_type(s, at, value);
	} else if (strcmp(key, "none") == 0) {
		s->allows_none = read_word(s, at, key, value, "ok", NULL);
	} else if (strcmp(key, "score") == 0) {
		q->is_scored_each = read_word(s, at, key, value, "all",
					"each") &&
		    strcmp(value, "each") == 0;
	} else if (strcmp(key, "case") == 0) {
		s->rules.is_exact = read_word(s, at, key, value, "exact", NULL);
	} else if (strcmp(key, "tol") == 0) {
		read_tolerance(s, at, value);
	} else {
		const char *near = nearest(key, keys);
		bool is_known = near && strcmp(near, key) == 0;
		if (is_known)
			return;
		diag_at(s->k->diag, DIAG_QUESTION_KEY, at, "%s", key);
		if (near)
			diag_help(s->k->diag, "did you mean '%s'?", near);
	}
}

static void
read_comment(struct sorting *s, const struct node *n)
{
	const struct comment *c = n->comment;
	struct loc at = loc_of(s, n);

	if (c->value && c->value[0]) {
		if (id_is_valid(str_of(c->value))) {
			s->q->key = c->value;
		} else {
			diag_at(s->k->diag, DIAG_ID_BAD, at, "%s", c->value);
			diag_help(s->k->diag,
			    "ids are made of a-z, 0-9 and single hyphens");
		}
		s->q->at = at;
	}
	for (size_t i = 0; i < c->n_keys; i++)
		read_key(s, at, c->keys[i], c->values[i]);
}

/* Columns that a line is indented by; len is set to the bytes. */
static unsigned
indent_of(struct str line, size_t *len)
{
	unsigned col = 0;

	for (*len = 0; *len < line.len; ++*len) {
		if (line.p[*len] == '\t')
			col += 4 - col % 4;
		else if (line.p[*len] == ' ')
			col++;
		else
			break;
	}
	return col;
}

/* Where the box of an item stands, in columns from 0; *behind: the text after
 * the box on its line. */
static unsigned
box_column(struct str line, struct str *behind)
{
	size_t box = str_find(line, '['), blank;

	*behind = str_trim(str_from(line, box + 3));
	struct str before = str_upto(line, box);
	unsigned col = indent_of(before, &blank);
	return col + (unsigned)(box - blank);
}

/* A line that neither is indented to the option's text nor begins with ">"
 * was taken into the option by Markdown's lazy continuation. */
static void
check_lazy_lines(struct sorting *s, const struct node *item, unsigned end_line)
{
	const struct doc *doc = s->k->doc;
	struct str behind;
	unsigned text_col = box_column(doc_line(doc, item->line), &behind);

	if (behind.len == 0) {
		diag_at(s->k->diag, DIAG_OPTION_EMPTY, loc_of(s, item), NULL);
		diag_help(s->k->diag,
		    "put the first words on this line, a code block below them");
		return;
	}
	bool was_blank = false;
	for (unsigned no = item->line + 1; no < end_line && no <= doc->n_lines;
	     no++) {
		struct str line = doc_line(doc, no);
		size_t blank;
		unsigned col = indent_of(line, &blank);
		bool is_blank = blank == line.len;
		bool is_ours = is_blank || col >= text_col ||
		    line.p[blank] == '>';
		/* Behind an empty line, or a comment, something else begins. */
		if (!is_ours &&
		    (was_blank || str_starts(str_from(line, blank), "<!--")))
			return;
		was_blank = is_blank;
		if (is_ours)
			continue;
		diag_at(s->k->diag, DIAG_OPTION_LAZY_LINE,
		    (struct loc){ doc->origin, no, (unsigned)blank + 1 }, NULL);
		diag_help(s->k->diag,
		    "put an empty line before the explanation, or indent the line to the option's text");
		return;
	}
}

static void
add_feedback(struct sorting *s, struct option *o, struct node *quote)
{
	struct node *box = (struct node *)(uintptr_t)o->feedback;

	if (!box) {
		o->feedback = box = node_new(s->k->arena, NODE_DOC, quote);
		box->child = quote->child;
		return;
	}
	struct node *last = box->child;
	while (last && last->next)
		last = last->next;
	if (last)
		last->next = quote->child;
	else
		box->child = quote->child;
}

static void
add_option(struct sorting *s, struct node *item, unsigned end_line)
{
	struct option o = { .at = loc_of(s, item),
		.is_correct = item->item.box == BOX_CHECKED };
	struct node *content = node_new(s->k->arena, NODE_DOC, item);
	struct node **tail = &content->child, *next;

	if (item->item.box == BOX_NONE) {
		diag_at(s->k->diag, DIAG_OPTION_NO_BOX, o.at, NULL);
		diag_help(s->k->diag, "begin it with '- [ ] ' or '- [x] '");
	} else {
		check_lazy_lines(s, item, end_line);
	}
	for (struct node *n = item->child; n; n = next) {
		next = n->next;
		if (n->kind == NODE_QUOTE)
			add_feedback(s, &o, n);
		else
			append(&tail, n);
	}
	o.content = content;
	g_array_append_val(s->options, o);
}

static unsigned
line_after(const struct sorting *s, const struct node *n)
{
	if (n)
		return n->line;
	return s->end ? s->end->line : (unsigned)s->k->doc->n_lines + 1;
}

/* True if this is the first answer; a second one is reported. */
static bool
begin_answers(struct sorting *s, const struct node *at, enum diag_id id)
{
	bool is_first = !s->has_answers || (s->may_go_on && s->options->len);

	s->has_answers = true;
	if (is_first)
		return true;
	diag_at(s->k->diag, id, loc_of(s, at), NULL);
	if (id == DIAG_QUESTION_TWO_LISTS)
		diag_help(s->k->diag,
		    "a question has one list of options; give the other lists no boxes");
	return false;
}

static void
add_options(struct sorting *s, const struct node *list, struct node *after)
{
	if (!begin_answers(s, list, DIAG_QUESTION_TWO_LISTS))
		return;
	s->may_go_on = true;
	s->is_bullets = !list->list.is_ordered;
	for (struct node *item = list->child; item; item = item->next)
		add_option(s, item,
		    item->next ? item->next->line : line_after(s, after));
}

/* A list or table that type= makes the answer. False: it is none. */
static bool
add_typed_block(struct sorting *s, const struct node *n)
{
	struct question *q = s->q;
	bool is_order = is_type(s, "order") && n->kind == NODE_LIST &&
	    n->list.is_ordered;
	bool is_match = is_type(s, "match") && n->kind == NODE_TABLE;
	bool is_matrix = is_type(s, "matrix") && n->kind == NODE_TABLE;

	if ((!is_order && !is_match && !is_matrix) || s->has_answers)
		return false;
	s->has_answers = true;
	if (is_order)
		answer_read_order(s->k, n, q);
	else if (is_match)
		answer_read_match(s->k, n, q);
	else
		answer_read_matrix(s->k, n, q);
	return true;
}

/* "Answer: …" and "Feedback: …" paragraphs. False: an ordinary one. */
static bool
add_typed_answer(struct sorting *s, struct node *n)
{
	enum answer_word word = answer_word_of(s->k, n);
	struct known_wrong wrong;

	switch (word) {
	case ANSWER_NONE: return false;
	case ANSWER_RIGHT:
		s->may_go_on = false;
		if (begin_answers(s, n, DIAG_ANSWER_TWO))
			answer_read(s->k, n, &s->rules, s->q);
		return true;
	case ANSWER_WRONG: break;
	}
	if (s->q->kind != QUESTION_TEXT && s->q->kind != QUESTION_NUMBER) {
		diag_at(s->k->diag, DIAG_ANSWER_NOT_ALONE, loc_of(s, n), NULL);
		diag_help(s->k->diag, "'Feedback:' stands behind 'Answer:'");
	} else if (answer_read_wrong(s->k, n, &s->rules, &wrong)) {
		g_array_append_val(s->wrong, wrong);
	}
	return true;
}

/* "<details>", "<summary>…</summary>" and "</details>" alone. */
static bool
is_details(struct str html)
{
	struct str t = str_trim(html);

	if (str_is_nocase(t, "</details>"))
		return true;
	if (!str_starts(t, "<details"))
		return false;
	t = str_trim(str_from(t, str_find(t, '>') + 1));
	if (t.len == 0)
		return true;
	return str_starts(t, "<summary") && str_ends(t, "</summary>");
}

/* A quote that follows the last option's last line immediately. */
static bool
is_outdented_feedback(const struct sorting *s, const struct node *n)
{
	struct str before = doc_line(s->k->doc, n->line - 1);

	return n->kind == NODE_QUOTE && s->may_go_on && s->options->len &&
	    str_trim(before).len > 0;
}

void
question_check_html(const struct question_maker *k, const struct node *n)
{
	struct str rest = n->text;
	unsigned line = n->line;

	if (n->kind != NODE_HTML_BLOCK || str_starts(str_trim(rest), "<pre"))
		return;
	for (; rest.len; line++) {
		struct str s = str_line(&rest);
		if (!str_starts(s, "#"))
			continue;
		diag_at(k->diag, DIAG_HTML_SWALLOWS,
		    (struct loc){ k->doc->origin, line, 1 }, NULL);
		diag_help(k->diag, "put an empty line before it");
		return;
	}
}

/* Before the answers a block asks, behind them it explains. */
static void
append_block(struct sorting *s, struct node *n)
{
	append(s->has_answers || s->explains ? &s->explanation_tail
					     : &s->stem_tail,
	    n);
	s->may_go_on = false;
}

static void
sort_html(struct sorting *s, struct node *n)
{
	question_check_html(s->k, n);
	if (is_details(n->text)) {
		/* A cloze has no other place where its explanation begins. */
		s->explains = s->explains || is_type(s, "cloze");
		return;
	}
	if (str_starts(str_trim(n->text), "<details")) {
		diag_at(s->k->diag, DIAG_DETAILS_RAW, loc_of(s, n), NULL);
		diag_help(s->k->diag,
		    "put empty lines behind <details> and before </details>");
	}
	append_block(s, n);
}

static void
sort_block(struct sorting *s, struct node *n, struct node *next)
{
	if (n->kind == NODE_COMMENT) {
		if (strcmp(n->comment->word, "q") != 0)
			return;
		diag_at(s->k->diag, DIAG_COMMENT_BAD, loc_of(s, n), "q");
		diag_help(s->k->diag,
		    "it stands alone on the line below the question's heading");
	} else if (question_is_answer_list(n)) {
		add_options(s, n, next);
	} else if (add_typed_block(s, n) || add_typed_answer(s, n)) {
		s->may_go_on = false;
	} else if (n->kind == NODE_HTML_BLOCK) {
		sort_html(s, n);
	} else if (is_outdented_feedback(s, n)) {
		add_feedback(s,
		    &g_array_index(s->options, struct option,
			s->options->len - 1),
		    n);
	} else if (!s->has_answers && n->kind == NODE_CALLOUT &&
	    strcmp(n->callout->marker, "tip") == 0) {
		struct node *hint = node_new(s->k->arena, NODE_DOC, n);
		hint->child = n->child;
		g_ptr_array_add(s->hints, hint);
	} else {
		append_block(s, n);
	}
}

static bool
says(const struct option *o, const char *word)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, o->content);
	struct str t = str_trim((struct str){ text->str, text->len });
	if (str_ends(t, "."))
		t.len--;
	return str_is_nocase(t, word);
}

static bool
is_truth(const struct question *q)
{
	const struct option *o = q->options;

	return q->n_options == 2 &&
	    ((says(&o[0], "true") && says(&o[1], "false")) ||
		(says(&o[0], "false") && says(&o[1], "true")));
}

static void
decide_choice(struct sorting *s)
{
	struct question *q = s->q;
	size_t n_right = 0;
	bool wants_many = is_type(s, "many");

	for (size_t i = 0; i < q->n_options; i++)
		n_right += q->options[i].is_correct;
	q->kind = n_right > 1 || wants_many ? QUESTION_MANY
	    : is_truth(q)                   ? QUESTION_TRUTH
					    : QUESTION_ONE;
	if (n_right == 0 && !(wants_many && s->allows_none)) {
		diag_at(s->k->diag, DIAG_QUESTION_NO_RIGHT,
		    loc_of(s, q->heading), "%s", q->title);
		diag_help(s->k->diag,
		    "mark the right option with [x]; if none is right: <!-- q: …; type=many; none=ok -->");
	} else if (n_right > 1 && is_type(s, "one")) {
		diag_at(s->k->diag, DIAG_QUESTION_VALUE, q->at, "type=one");
		diag_help(s->k->diag, "%zu options are marked as right",
		    n_right);
	} else if (q->n_options == 1) {
		diag_at(s->k->diag, DIAG_QUESTION_ONE_OPTION,
		    loc_of(s, q->heading), "%s", q->title);
	}
}

/* What type= asks for and the blocks do not hold. */
static const char *
missing_help(const struct sorting *s)
{
	if (is_type(s, "order"))
		return "type=order wants a numbered list in the right order";
	if (is_type(s, "match"))
		return "type=match wants a table of two columns";
	if (is_type(s, "matrix"))
		return "type=matrix wants a table whose cells hold x";
	if (is_type(s, "text") || is_type(s, "number"))
		return "a typed answer is a paragraph 'Answer: …'";
	return "add a list of '- [ ] wrong' and '- [x] right', or a paragraph 'Answer: …', or <!-- text --> below a heading that is only text";
}

static void
decide_kind(struct sorting *s)
{
	struct question *q = s->q;

	if (!q->stem && !q->title[0])
		diag_at(s->k->diag, DIAG_QUESTION_EMPTY, loc_of(s, q->heading),
		    NULL);
	if (is_type(s, "cloze") && !s->has_answers) {
		q->kind = QUESTION_CLOZE;
		answer_read_cloze(s->k, q->stem ? s->stem : NULL,
		    s->rules.is_exact, q);
	} else if (!s->has_answers) {
		diag_at(s->k->diag, DIAG_QUESTION_NO_ANSWER,
		    loc_of(s, q->heading), "%s", q->title);
		diag_help(s->k->diag, "%s", missing_help(s));
	} else if (q->n_options) {
		if (s->type && !is_type(s, "one") && !is_type(s, "many")) {
			diag_at(s->k->diag, DIAG_QUESTION_VALUE, q->at,
			    "type=%s", s->type);
			diag_help(s->k->diag,
			    "a list with boxes is type=one or type=many");
		}
		decide_choice(s);
	}
}

static void
close_question(struct sorting *s)
{
	struct question *q = s->q;
	struct arena *a = s->k->arena;

	q->options = arena_array_of(a, s->options);
	q->n_options = s->options->len;
	q->n_hints = s->hints->len;
	const struct node **hints = arena_array(a, q->n_hints,
	    const struct node *);
	for (size_t i = 0; i < q->n_hints; i++)
		hints[i] = s->hints->pdata[i];
	q->hints = hints;
	q->stem = s->stem->child ? s->stem : NULL;
	q->explanation = s->explanation->child ? s->explanation : NULL;
	q->wrong = arena_array_of(a, s->wrong);
	q->n_wrong = s->wrong->len;
	g_array_free(s->options, TRUE);
	g_array_free(s->wrong, TRUE);
	g_ptr_array_free(s->hints, TRUE);
}

void
question_derive_key(struct question_maker *k, struct question *q, bool longer)
{
	g_autoptr(GString) whole = g_string_new(q->title);

	if (q->stem)
		node_text(whole, q->stem);
	for (size_t i = 0; i < q->n_options; i++)
		node_text(whole, q->options[i].content);
	struct str text = { whole->str, whole->len };
	q->key = longer ? id_derive_longer(k->arena, str_of(q->title), text)
			: id_derive(k->arena, str_of(q->title), text);
	q->is_derived = true;
}

void
question_make(struct question_maker *k, struct node *heading,
    struct node *blocks, const struct node *end, struct question *q)
{
	g_autoptr(GString) title = g_string_new(NULL);
	struct sorting s = { .k = k, .q = q, .end = end };
	struct node *next;

	node_text(title, heading);
	q->at = node_loc(k->doc->origin, heading);
	q->heading = heading;
	q->title = arena_str(k->arena,
	    str_trim((struct str){ title->str, title->len }));
	q->points = 1;
	q->doc = k->doc;
	s.stem = node_new(k->arena, NODE_DOC, heading);
	s.explanation = node_new(k->arena, NODE_DOC, heading);
	s.stem_tail = &s.stem->child;
	s.explanation_tail = &s.explanation->child;
	s.options = g_array_new(FALSE, FALSE, sizeof(struct option));
	s.wrong = g_array_new(FALSE, FALSE, sizeof(struct known_wrong));
	s.hints = g_ptr_array_new();
	struct node *n = blocks ? blocks->child : NULL;
	if (n && n->kind == NODE_COMMENT &&
	    strcmp(n->comment->word, "q") == 0 &&
	    (heading->heading.is_setext || n->line == heading->line + 1)) {
		read_comment(&s, n);
		n = n->next;
	}
	for (; n; n = next) {
		next = n->next;
		sort_block(&s, n, next);
	}
	close_question(&s);
	decide_kind(&s);
	if (!q->key)
		question_derive_key(k, q, false);
	q->is_bullets = s.is_bullets;
	q->allows_none = s.allows_none && q->kind == QUESTION_MANY;
	q->worth = q->points * (q->is_scored_each ? question_n_parts(q) : 1);
}

/* An order that is not the right one, if there is any other. */
static void
shuffle_wrong(const char *seed, unsigned *order, size_t n)
{
	bool is_right = n > 1;

	id_shuffle(seed, order, n);
	for (size_t i = 0; is_right && i < n; i++)
		is_right = order[i] == i;
	if (!is_right)
		return;
	for (size_t i = 0; i < n; i++)
		order[i] = (unsigned)((i + 1) % n);
}

/* Of sides that say the same only the first is there to be chosen. */
static void
keep_first_sides(struct question *q, unsigned *order)
{
	q->n_shown = 0;
	for (size_t i = 0; i < q->n_pairs; i++)
		if (q->pairs[order[i]].same == order[i])
			order[q->n_shown++] = order[i];
}

void
question_arrange(struct question_maker *k, struct question *q,
    enum shuffle shuffle)
{
	size_t n = q->n_pairs ? q->n_pairs : q->n_options;
	unsigned *order = arena_array(k->arena, n, unsigned);
	bool may_move = q->is_bullets && q->kind != QUESTION_TRUTH &&
	    (shuffle == SHUFFLE_OPTIONS || shuffle == SHUFFLE_ALL);

	/* As the author has them would give the answer away. */
	if (q->n_pairs)
		shuffle_wrong(q->id, order, n);
	else if (may_move)
		id_shuffle(q->id, order, n);
	else
		for (size_t i = 0; i < n; i++)
			order[i] = (unsigned)i;
	q->shown = order;
	q->n_shown = n;
	if (q->kind == QUESTION_MATCH)
		keep_first_sides(q, order);
}
