#include "book/question.h"

#include "book/answer.h"
#include "book/id.h"
#include "book/lazy.h"
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
	bool is_type_bad; /* it has been reported */
	struct answer_rules rules;
	GArray *wrong; /* struct known_wrong */
	/* Which keys were given; the kind decides whether they fit. */
	bool has_case;
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
	s->is_type_bad = true;
	diag_at(s->k->diag, DIAG_QUESTION_TYPE, at, "type=%s", value);
	const char *near = nearest(value, types);
	if (near)
		diag_help(s->k->diag, "did you mean 'type=%s'?", near);
	else
		diag_help(s->k->diag,
		    "one, many, text, number, order, match, matrix or cloze; true or false needs none");
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
	struct str rest = str_of(value), number;

	if (number_take(&rest, &number) && str_is(rest, "%") &&
	    number.p[0] != '-') {
		s->rules.percent = arena_str(s->k->arena, number);
		return;
	}
	diag_at(s->k->diag, DIAG_QUESTION_VALUE, at, "tol=%s", value);
	diag_help(s->k->diag,
	    "a part of the value: tol=1%%; in its unit it stands in the answer: ± 0.5");
}

/* "l2" of the same quiz, or "er/l2". */
static void
read_was(struct sorting *s, struct loc at, const char *value)
{
	const struct str id = str_of(value);
	const size_t slash = str_find(id, '/');

	if (id_is_valid(str_upto(id, slash)) &&
	    (slash == id.len || id_is_valid(str_from(id, slash + 1)))) {
		s->q->was = value;
		return;
	}
	diag_at(s->k->diag, DIAG_ID_BAD, at, "was=%s", value);
	diag_help(s->k->diag, "the id that the question had: was=l2, or er/l2");
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
		s->has_case = true;
		s->rules.is_exact = read_word(s, at, key, value, "exact", NULL);
	} else if (strcmp(key, "tol") == 0) {
		read_tolerance(s, at, value);
	} else if (strcmp(key, "was") == 0) {
		read_was(s, at, value);
	} else {
		const char *near = nearest(key, keys);
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
	for (size_t i = 0; i < c->n_keys; i++) {
		read_key(s, at, c->keys[i], c->values[i]);
		if (comment_get(c, c->keys[i]) == c->values[i])
			continue;
		diag_at(s->k->diag, DIAG_QUESTION_VALUE, at, "%s=%s",
		    c->keys[i], c->values[i]);
		diag_help(s->k->diag, "the key stands twice");
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
		lazy_check_option(s->k, item, end_line);
	}
	for (struct node *n = item->child; n; n = next) {
		next = n->next;
		if (question_is_answer_list(n)) {
			diag_at(s->k->diag, DIAG_QUESTION_TWO_LISTS,
			    loc_of(s, n), NULL);
			diag_help(s->k->diag,
			    "it is indented below an option: begin all options in the same column");
		}
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
	if (id == DIAG_QUESTION_TWO_LISTS && !s->options->len)
		id = DIAG_ANSWER_TWO;
	diag_at(s->k->diag, id, loc_of(s, at), NULL);
	diag_help(s->k->diag,
	    id == DIAG_QUESTION_TWO_LISTS
		? "a question has one list of options; give the other lists no boxes"
		: "a question has one answer; is a heading missing between two questions?");
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

/* No empty line stands before it. */
static bool
follows_at_once(const struct sorting *s, const struct node *n)
{
	return str_trim(doc_line(s->k->doc, n->line - 1)).len > 0;
}

/* What type= says that the answer is. */
static bool
is_typed_block(const struct sorting *s, const struct node *n)
{
	if (n->kind == NODE_LIST)
		return is_type(s, "order") && n->list.is_ordered;
	return n->kind == NODE_TABLE &&
	    (is_type(s, "match") || is_type(s, "matrix"));
}

/* A list or table that type= makes the answer. False: it is none, or stands
 * behind the answer and explains. */
static bool
add_typed_block(struct sorting *s, const struct node *n, struct node *after)
{
	struct question *q = s->q;

	if (!is_typed_block(s, n))
		return false;
	if (s->has_answers) {
		/* "3)" directly below "2." begins another list. */
		if (n->kind != NODE_LIST || !follows_at_once(s, n))
			return false;
		diag_at(s->k->diag, DIAG_ANSWER_TWO, loc_of(s, n), NULL);
		diag_help(s->k->diag,
		    "number all items alike, or put an empty line before the explanation");
		return true;
	}
	s->has_answers = true;
	if (n->kind == NODE_LIST)
		answer_read_order(s->k, n, line_after(s, after), q);
	else if (is_type(s, "match"))
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
	} else if (answer_read_wrong(s->k, n, &s->rules, s->q, &wrong)) {
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

/* It follows the last option's last line immediately. */
static bool
is_glued(const struct sorting *s, const struct node *n)
{
	return s->may_go_on && s->options->len && follows_at_once(s, n);
}

bool
question_check_html(const struct question_maker *k, const struct node *n)
{
	struct str rest = n->text;
	unsigned line = n->line;

	if (n->kind != NODE_HTML_BLOCK || str_starts(str_trim(rest), "<pre"))
		return false;
	for (; rest.len; line++) {
		struct str s = str_line(&rest);
		if (!str_starts(s, "#"))
			continue;
		diag_at(k->diag, DIAG_HTML_SWALLOWS,
		    (struct loc){ k->doc->origin, line, 1 }, NULL);
		diag_help(k->diag, "put an empty line before it");
		return true;
	}
	return false;
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
	/* Half of a <details> would be reported once more, as unbalanced. */
	if (question_check_html(s->k, n))
		return;
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

void
question_misplaced(const struct question_maker *k, const struct node *n)
{
	const char *word = n->comment->word;

	if (strcmp(word, "q") != 0 && strcmp(word, "text") != 0 &&
	    strcmp(word, "quiz") != 0)
		return;
	diag_at(k->diag, DIAG_COMMENT_BAD, node_loc(k->doc->origin, n), "%s",
	    word);
	diag_help(k->diag,
	    strcmp(word, "q") == 0
		? "it stands alone on the line below the question's heading"
		: strcmp(word, "text") == 0
		? "it stands below a heading that is only text, in place of <!-- q: … -->"
		: "it marks a section of a lesson; below a question stands <!-- q: … -->");
}

static bool
is_card_mark(const struct node *n)
{
	return strcmp(n->comment->word, "cards") == 0 ||
	    strcmp(n->comment->word, "card") == 0;
}

/* A question is a card, or none; nothing in it becomes another. */
static void
read_card_mark(struct sorting *s, const struct node *n)
{
	const struct comment *c = n->comment;

	if (c->value && strcmp(c->value, "none") == 0 && c->n_keys == 0 &&
	    strcmp(c->word, "cards") == 0) {
		s->q->has_no_card = true;
		return;
	}
	diag_at(s->k->diag, DIAG_COMMENT_BAD, loc_of(s, n), "%s", c->word);
	diag_help(s->k->diag,
	    "a question is a card already; only <!-- cards: none --> may stand here");
}

static void
sort_block(struct sorting *s, struct node *n, struct node *next)
{
	if (n->kind == NODE_COMMENT && is_card_mark(n)) {
		read_card_mark(s, n);
	} else if (n->kind == NODE_COMMENT) {
		question_misplaced(s->k, n);
	} else if (question_is_answer_list(n)) {
		add_options(s, n, next);
	} else if (add_typed_block(s, n, next) || add_typed_answer(s, n)) {
		s->may_go_on = false;
	} else if (n->kind == NODE_HTML_BLOCK) {
		sort_html(s, n);
	} else if (n->kind == NODE_QUOTE && is_glued(s, n)) {
		add_feedback(s,
		    &g_array_index(s->options, struct option,
			s->options->len - 1),
		    n);
	} else if (n->kind == NODE_LIST && is_glued(s, n)) {
		/* Another mark, such as "*", begins another list. */
		diag_at(s->k->diag, DIAG_OPTION_NO_BOX, loc_of(s, n), NULL);
		diag_help(s->k->diag,
		    "begin it with '- [ ] ', or put an empty line before the explanation");
	} else if (!s->has_answers && !s->explains && n->kind == NODE_CALLOUT &&
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
says_both(const struct option *o, const char *a, const char *b)
{
	return (says(&o[0], a) && says(&o[1], b)) ||
	    (says(&o[0], b) && says(&o[1], a));
}

static bool
is_truth(const struct question *q, const char *const *words)
{
	return q->n_options == 2 &&
	    (says_both(q->options, "true", "false") ||
		(words && says_both(q->options, words[0], words[1])));
}

static void
decide_choice(struct sorting *s)
{
	struct question *q = s->q;
	size_t n_right = 0;
	bool wants_many = is_type(s, "many");

	answer_check_options(s->k, q);
	for (size_t i = 0; i < q->n_options; i++)
		n_right += q->options[i].is_correct;
	q->kind = n_right > 1 || wants_many ? QUESTION_MANY
	    : is_truth(q, s->k->truth)      ? QUESTION_TRUTH
					    : QUESTION_ONE;
	if (n_right == 0 &&
	    !((wants_many || s->is_type_bad) && s->allows_none)) {
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

static bool
has_block(const struct node *stem, enum node_kind kind)
{
	if (stem)
		node_each(n, stem)
			if (n->kind == kind &&
			    (kind != NODE_LIST || n->list.is_ordered))
				return true;
	return false;
}

/* What type= asks for and the blocks do not hold. */
static const char *
missing_help(const struct sorting *s)
{
	if (is_type(s, "order"))
		return "type=order wants a numbered list in the right order, without boxes";
	if (is_type(s, "match"))
		return "type=match wants a table of two columns";
	if (is_type(s, "matrix"))
		return "type=matrix wants a table whose cells hold x";
	if (is_type(s, "text") || is_type(s, "number"))
		return "a typed answer is a paragraph 'Answer: …'";
	if (has_block(s->q->stem, NODE_TABLE))
		return "a table is an answer with type=match or type=matrix";
	if (has_block(s->q->stem, NODE_LIST))
		return "a numbered list is an answer with type=order; options begin with '- [ ] ' or '- [x] '";
	return "add a list of '- [ ] wrong' and '- [x] right', or a paragraph 'Answer: …', or <!-- text --> below a heading that is only text";
}

static void refuse(const struct sorting *s, const char *help,
    const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
refuse(const struct sorting *s, const char *help, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *what = g_strdup_vprintf(format, args);
	va_end(args);
	diag_at(s->k->diag, DIAG_QUESTION_VALUE, s->q->at, "%s", what);
	diag_help(s->k->diag, "%s", help);
}

/* Keys that say something which this kind of question does not have. */
static void
check_keys(const struct sorting *s)
{
	const struct question *q = s->q;
	bool is_typed = q->kind == QUESTION_TEXT || q->kind == QUESTION_NUMBER;

	if (s->is_type_bad)
		return;
	if (s->type && q->n_options && !is_type(s, "one") &&
	    !is_type(s, "many"))
		refuse(s, "a list with boxes is type=one or type=many",
		    "type=%s", s->type);
	if (s->type && is_typed && !is_type(s, "text") && !is_type(s, "number"))
		refuse(s, "a paragraph 'Answer: …' is type=text or type=number",
		    "type=%s", s->type);
	if (s->has_case && q->kind != QUESTION_TEXT && !q->n_blanks)
		refuse(s, "only a text that is typed, or a blank, has a case",
		    "case=exact");
	/* Of a text and a range it has been said already. */
	if (s->rules.percent && !is_typed)
		refuse(s, "only a number has a tolerance", "tol=%s%%",
		    s->rules.percent);
	if (s->allows_none && q->kind != QUESTION_MANY)
		refuse(s, "it goes with options and type=many", "none=ok");
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
		if (!q->n_blanks)
			return;
	} else if (!s->has_answers && s->is_type_bad) {
		/* What was meant for the answer is not known. */
		return;
	} else if (!s->has_answers) {
		diag_at(s->k->diag, DIAG_QUESTION_NO_ANSWER,
		    loc_of(s, q->heading), "%s", q->title);
		diag_help(s->k->diag, "%s", missing_help(s));
		return;
	} else if (q->n_options) {
		decide_choice(s);
	}
	/* A list or table that was refused has left nothing. */
	if (q->n_options || q->n_pairs || q->n_statements || q->n_blanks ||
	    q->kind == QUESTION_TEXT || q->kind == QUESTION_NUMBER)
		check_keys(s);
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
	if (blocks)
		answer_check_tables(k, blocks);
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
