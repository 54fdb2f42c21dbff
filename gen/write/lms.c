#include "write/lms.h"

#include "base/decimal.h"
#include "base/fs.h"
#include "write/away.h"

/* --- options ------------------------------------------------------------ */

/* Part i of n in which 100 per cent are split so that Moodle takes them.
 * https://docs.moodle.org/en/Multiple_Choice_question_type */
static const char *
share_of(size_t i, size_t n)
{
	static const char *const shares[] = { "100", "50", "33.33333", "25",
		"20", "16.66667", "14.28571", "12.5", "11.11111", "10" };

	if (n <= G_N_ELEMENTS(shares))
		return shares[n - 1];
	/* Tens and fives: the only way to 100 with more parts. */
	if (n <= 20)
		return i < 20 - n ? "10" : "5";
	return i < 20 ? "5" : "0";
}

static const char *
weight_of(const struct lms *w, const struct question *q, bool is_right,
    size_t i, size_t n)
{
	if (q->kind != QUESTION_MANY)
		return is_right ? "100" : "0";
	if (is_right)
		return share_of(i, n);
	/* Where all has to be right, what is wrong takes away everything. */
	if (!q->is_scored_each)
		return "-100";
	return arena_printf(w->arena, "-%s", n > 20 ? "5" : share_of(i, n));
}

static void
weigh(const struct lms *w, const struct question *q, struct lms_choice *all,
    size_t n)
{
	size_t counts[2] = { 0, 0 }, seen[2] = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		counts[all[i].is_right]++;
	for (size_t i = 0; i < n; i++) {
		const bool is_right = all[i].is_right;
		all[i].weight = weight_of(w, q, is_right, seen[is_right]++,
		    counts[is_right]);
	}
}

const struct lms_choice *
lms_choices(const struct lms *w, const struct question *q, size_t *n)
{
	struct lms_choice *all = arena_array(w->arena, q->n_options + 1,
	    struct lms_choice);
	bool has_right = false;

	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[q->shown[i]];
		all[i] = (struct lms_choice){
			.text = lms_label(w, q->doc, o->content),
			.feedback = lms_label(w, q->doc, o->feedback),
			.is_right = o->is_correct,
		};
		has_right = has_right || o->is_correct;
	}
	*n = q->n_options;
	/* Of a single one nobody can choose. */
	if (q->allows_none || q->n_options == 1) {
		g_autoptr(GString) none = g_string_new(NULL);
		html_word(none, w->in->theme->words, WORD_NONE_OF_THESE, NULL,
		    NULL);
		all[(*n)++] = (struct lms_choice){
			.text = { .html = arena_take(w->arena, none) },
			.feedback = { .html = STR_LIT("") },
			.is_right = !has_right,
		};
	}
	weigh(w, q, all, *n);
	return all;
}

static bool
says_true(const struct lms *w, const struct option *o)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, o->content);
	struct str t = str_trim((struct str){ text->str, text->len });
	if (str_ends(t, "."))
		t.len--;
	return str_is_nocase(t, "true") ||
	    str_is_nocase(t, w->in->theme->words->text[WORD_TRUE]);
}

const struct option *
lms_truth(const struct lms *w, const struct question *q, bool is_true)
{
	return &q->options[says_true(w, &q->options[0]) == is_true ? 0 : 1];
}

bool
lms_is_true(const struct lms *w, const struct question *q)
{
	return lms_truth(w, q, true)->is_correct;
}

/* --- pairs -------------------------------------------------------------- */

/* Never empty, even of a picture that does not say what it shows: Moodle ends
 * an import there. */
static const char *
plain(const struct lms *w, const struct node *tree)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, tree);
	const char *line = lms_line(w, text->str);
	return *line ? line : "?";
}

/* A left side never is empty, even if it shows only what cannot be shown. */
static void
add_pair(GArray *all, struct lms_text left, const char *right)
{
	const struct lms_pair pair = { left, right };

	g_array_append_val(all, pair);
	if (left.html.len == 0)
		g_array_index(all, struct lms_pair, all->len - 1)
		    .left.html = STR_LIT("?");
}

static void
add_distractor(GArray *all, const char *right)
{
	const struct lms_pair pair = { { .html = STR_LIT("") }, right };

	g_array_append_val(all, pair);
}

static void
add_match(const struct lms *w, const struct question *q, GArray *all)
{
	for (size_t i = 0; i < q->n_pairs; i++) {
		const struct pairing *p = &q->pairs[i];
		const char *right = plain(w, q->pairs[p->same].right);
		if (p->left)
			add_pair(all, lms_inlines(w, q->doc, p->left), right);
	}
	for (size_t i = 0; i < q->n_pairs; i++)
		if (!q->pairs[i].left && q->pairs[i].same == i)
			add_distractor(all, plain(w, q->pairs[i].right));
}

static void
add_matrix(const struct lms *w, const struct question *q, GArray *all)
{
	g_autofree bool *is_used = g_new0(bool, q->n_columns);

	for (size_t i = 0; i < q->n_statements; i++) {
		const struct statement *s = &q->statements[i];
		is_used[s->column] = true;
		add_pair(all, lms_inlines(w, q->doc, s->text),
		    plain(w, q->columns[s->column]));
	}
	for (size_t i = 0; i < q->n_columns; i++)
		if (!is_used[i])
			add_distractor(all, plain(w, q->columns[i]));
}

/* "2", or "1, 3" for items that say the same and may change places. */
static const char *
places_of(const struct lms *w, const struct question *q, unsigned item)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < q->n_pairs; i++)
		if (q->pairs[i].same == q->pairs[item].same)
			g_string_append_printf(text, "%s%u",
			    text->len ? ", " : "", i + 1);
	return arena_strdup(w->arena, text->str);
}

/* Never in the right order. */
static void
add_order(const struct lms *w, const struct question *q, GArray *all)
{
	for (size_t i = 0; i < q->n_shown; i++)
		add_pair(all, lms_label(w, q->doc, q->pairs[q->shown[i]].left),
		    places_of(w, q, q->shown[i]));
}

static void
add_blanks(const struct lms *w, const struct question *q, GArray *all)
{
	for (size_t i = 0; i < q->n_blanks; i++) {
		const char *number = arena_printf(w->arena, "(%u)",
		    q->blanks[i].number);
		add_pair(all, (struct lms_text){ .html = str_of(number) },
		    lms_line(w, q->blanks[i].texts[0].text));
	}
}

const struct lms_pair *
lms_pairs(const struct lms *w, const struct question *q, size_t *n)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct lms_pair));

	if (q->kind == QUESTION_MATCH)
		add_match(w, q, all);
	else if (q->kind == QUESTION_MATRIX)
		add_matrix(w, q, all);
	else if (q->kind == QUESTION_ORDER)
		add_order(w, q, all);
	else
		add_blanks(w, q, all);
	*n = all->len;
	return arena_array_of(w->arena, all);
}

const char *
lms_tolerance(const struct lms *w, const struct question *q)
{
	const struct number *n = &q->quantity;

	return n->value ? decimal_sub(w->arena, n->to, n->value) : "0";
}

/* --- what is said about a question -------------------------------------- */

const char *const lms_levels[] = { "none", "course", "module", "lesson", NULL };

/* From the course down; up to a NULL. */
static const char *const *
category_of(const struct lms *w, enum lms_level level)
{
	const struct page *p = w->page;
	const struct page_ref *lesson = lesson_of(p);
	const char **all = arena_array(w->arena, p->n_crumbs + 3, const char *);
	size_t n = 0;

	if (level >= LMS_COURSE)
		all[n++] = lms_line(w, w->in->site->title);
	for (size_t i = 0; level >= LMS_MODULE && i < p->n_crumbs; i++)
		if (p->crumbs[i]->kind == PAGE_MODULE && p->crumbs[i] != lesson)
			all[n++] = lms_line(w, p->crumbs[i]->title);
	if (level >= LMS_LESSON && lesson->kind != PAGE_HOME)
		all[n++] = lms_line(w, lesson->title);
	all[n] = NULL;
	return all;
}

const char *
lms_path(const struct lms *w, enum lms_level level)
{
	const char *const *levels = category_of(w, level);
	g_autoptr(GString) path = g_string_new(NULL);

	for (size_t i = 0; levels[i]; i++) {
		g_autoptr(GString) name = g_string_new(levels[i]);
		/* In a name a slash is written twice. */
		(void)g_string_replace(name, "/", "//", 0);
		g_string_append_printf(path, "%s%s", i ? "/" : "", name->str);
	}
	return arena_strdup(w->arena, path->str);
}

bool
lms_takes(const struct quiz *quiz, const struct quiz_part *part)
{
	return part->text ? quiz->n_questions > 0
			  : part->question->quiz == quiz;
}

const char *const *
lms_tags(const struct lms *w, const struct question *q)
{
	const char **all = arena_array(w->arena, q->n_tags + 3, const char *);
	size_t n = 0;

	for (size_t i = 0; i < q->n_tags; i++)
		all[n++] = lms_line(w, q->tags[i]);
	if (q->difficulty)
		all[n++] = arena_printf(w->arena, "difficulty::%u",
		    q->difficulty);
	if (q->objective)
		all[n++] = arena_printf(w->arena, "objective::%s",
		    q->objective);
	all[n] = NULL;
	return all;
}

const char *
lms_idnumber(const struct lms *w, const struct question *q)
{
	enum {
		MOST = 100, /* characters of Moodle's column */
		HASH = 16
	};
	const struct str id = str_of(q->id);
	char hex[33];

	if (id.len <= MOST)
		return q->id;
	fs_hash(id, hex);
	return arena_printf(w->arena, "%.*s-%.*s", MOST - HASH - 1, q->id, HASH,
	    hex);
}
