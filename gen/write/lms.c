#include "write/lms.h"

#include "base/decimal.h"
#include "base/text.h"
#include "write/away.h"

/* --- texts -------------------------------------------------------------- */

/* A text in the making. */
struct writing {
	const struct lms *w;
	const struct doc *doc;
	struct html_policy p;
	GString *to;
	GPtrArray *pictures; /* const struct asset * */
	bool *used; /* by footnote */
};

static bool
address(GString *out, const struct link *l, const void *ctx)
{
	const struct writing *t = ctx;
	const struct asset *asset = l->to.asset;

	if (!l->is_image || !t->w->pictures || l->to.kind != TARGET_ASSET)
		return away_address(out, l, t->w->in->site, t->doc);
	g_string_append_printf(out, "%s%s", t->w->pictures,
	    away_name(asset, t->w->arena));
	/* A pointer array cannot say that what it points to is only read. */
	if (!g_ptr_array_find(t->pictures, asset, NULL))
		g_ptr_array_add(t->pictures, (gpointer)(uintptr_t)asset);
	return true;
}

static void
put_gap(GString *out, const struct node *n, const struct html_policy *p)
{
	const struct question *q = p->question;

	if (q->n_blanks > 1)
		g_string_append_printf(out, "(%u) ", n->blank->number);
	g_string_append(out, "_____");
}

/* Ends with end_text(). t must not move in between. */
static void
begin_text(struct writing *t, const struct lms *w, const struct doc *doc)
{
	*t = (struct writing){ .w = w,
		.doc = doc,
		.to = g_string_new(NULL),
		.pictures = g_ptr_array_new(),
		.used = g_new0(bool, doc->n_footnotes + 1) };
	t->p = (struct html_policy){ .markup = MARKUP_HTML,
		.words = w->in->theme->words,
		.address = address,
		.ctx = t,
		.with_tex = true,
		/* The platform's pages are not the author's. */
		.trust = HTML_SAFE,
		.raw_links = doc->raw_links,
		.n_raw_links = doc->n_raw_links };
}

/* Text from right to left says so, since the platform speaks a language of its
 * own. */
static void
put_wrapped(GString *to, struct str html, const struct page *page)
{
	if (page->is_rtl && html.len) {
		g_string_append(to, "<div dir=\"rtl\" lang=\"");
		html_attr(to, str_of(page->lang));
		g_string_append(to, "\">");
	}
	text_add(to, html.p, html.len);
	if (page->is_rtl && html.len)
		g_string_append(to, "</div>");
}

static struct lms_text
end_text(struct writing *t)
{
	struct arena *a = t->w->arena;
	g_autoptr(GString) all = g_string_new(NULL);
	struct lms_text text = { .n_pictures = t->pictures->len };
	const struct asset **pictures = arena_array(a, t->pictures->len + 1,
	    const struct asset *);

	away_put_notes(t->to, t->doc, t->used, &t->p);
	/* What notes show has come to the pictures as well. */
	text.n_pictures = t->pictures->len;
	if (text.n_pictures)
		memcpy(pictures, t->pictures->pdata,
		    text.n_pictures * sizeof(*pictures));
	text.pictures = pictures;
	away_settle(t->to);
	put_wrapped(all, str_trim((struct str){ t->to->str, t->to->len }),
	    t->w->page);
	text.html = arena_take(a, all);
	g_string_free(t->to, TRUE);
	g_ptr_array_free(t->pictures, TRUE);
	g_free(t->used);
	return text;
}

typedef void html_writer(GString *out, const struct node *parent,
    const struct html_policy *p);

static void
put_tree(struct writing *t, const struct node *tree, html_writer *put)
{
	put(t->to, tree, &t->p);
	away_mark_notes(t->used, t->doc, tree);
}

static struct lms_text
make_text(const struct lms *w, const struct doc *doc, const struct node *tree,
    html_writer *put)
{
	struct writing t;

	if (!tree)
		return (struct lms_text){ .html = STR_LIT("") };
	begin_text(&t, w, doc);
	put_tree(&t, tree, put);
	return end_text(&t);
}

struct lms_text
lms_blocks(const struct lms *w, const struct doc *doc, const struct node *tree)
{
	return make_text(w, doc, tree, html_blocks);
}

struct lms_text
lms_label(const struct lms *w, const struct doc *doc, const struct node *tree)
{
	return make_text(w, doc, tree, html_tight);
}

struct lms_text
lms_inlines(const struct lms *w, const struct doc *doc, const struct node *tree)
{
	return make_text(w, doc, tree, html_inlines);
}

static void
put_how(struct writing *t, enum word word, const char *a)
{
	g_string_append(t->to, "<p class=\"erg-how\">");
	html_word(t->to, t->p.words, word, a, NULL);
	g_string_append(t->to, "</p>\n");
}

static void
put_hints(struct writing *t, const struct question *q)
{
	for (size_t i = 0; i < q->n_hints; i++) {
		g_string_append(t->to, "<details class=\"erg-hint\"><summary>");
		html_word(t->to, t->p.words, WORD_HINT_SHORT, NULL, NULL);
		g_string_append(t->to, "</summary>\n");
		put_tree(t, q->hints[i], html_blocks);
		g_string_append(t->to, "</details>\n");
	}
}

static bool
is_blank(const GString *text)
{
	return str_trim((struct str){ text->str, text->len }).len == 0;
}

/* Blanks are the format's own, so this happens to what stands around them. */
static void
hide(GString *html, const char *hidden)
{
	for (const char *p = hidden; p && *p; p++) {
		const char one[] = { *p, '\0' };
		g_autofree char *reference = g_strdup_printf("&#%d;", *p);
		(void)g_string_replace(html, one, reference, 0);
	}
}

/* Blanks are drawn last, in place of these. */
#define BLANK_MARK '\x01'

static void
mark_blank(GString *out, const struct node *n, const struct html_policy *p)
{
	/* put_cloze() has put an array there that is its own. */
	GPtrArray *blanks = (GPtrArray *)(uintptr_t)p->question;

	g_ptr_array_add(blanks, (gpointer)(uintptr_t)n);
	g_string_append_c(out, BLANK_MARK);
}

static void
put_cloze(struct writing *t, const struct question *q)
{
	g_autoptr(GPtrArray) blanks = g_ptr_array_new();
	void (*draw)(GString *, const struct node *,
	    const struct html_policy *) = t->w->blank ? t->w->blank : put_gap;
	guint i = 0;

	t->p.blank = mark_blank;
	t->p.question = blanks;
	put_tree(t, q->stem, html_blocks);
	hide(t->to, t->w->hidden);
	g_autofree char *text = g_strdup(t->to->str);
	g_string_truncate(t->to, 0);
	t->p.blank = NULL;
	t->p.question = q;
	for (const char *p = text; *p; p++)
		if (*p == BLANK_MARK && i < blanks->len)
			draw(t->to, blanks->pdata[i++], &t->p);
		else if (*p != BLANK_MARK)
			g_string_append_c(t->to, *p);
}

struct lms_text
lms_asked(const struct lms *w, const struct question *q, bool with_hints)
{
	struct writing t;

	begin_text(&t, w, q->doc);
	if (q->kind == QUESTION_CLOZE)
		put_cloze(&t, q);
	else if (q->stem)
		put_tree(&t, q->stem, html_blocks);
	/* A stem may hold nothing that shows, a comment for instance. */
	if (is_blank(t.to)) {
		g_string_assign(t.to, "<p>");
		put_tree(&t, q->heading, html_inlines);
		g_string_append(t.to, "</p>\n");
	}
	if (q->kind == QUESTION_ORDER)
		put_how(&t, WORD_IN_ORDER, NULL);
	else if (q->kind == QUESTION_NUMBER && q->quantity.unit[0])
		put_how(&t, WORD_YOUR_ANSWER_IN, q->quantity.unit);
	if (with_hints)
		put_hints(&t, q);
	return end_text(&t);
}

struct lms_text
lms_explanation(const struct lms *w, const struct question *q)
{
	struct writing t;

	begin_text(&t, w, q->doc);
	if (q->explanation)
		put_tree(&t, q->explanation, html_blocks);
	away_read_more(t.to, q, &t.p);
	return end_text(&t);
}

static void
put_known_wrong(struct writing *t, const struct known_wrong *wrong)
{
	g_autoptr(GString) texts = g_string_new(NULL);

	for (size_t i = 0; i < wrong->n_texts; i++)
		g_string_append_printf(texts, "%s%s", i ? ", " : "",
		    wrong->texts[i].text);
	g_string_append(t->to, "<p>");
	html_word(t->to, t->p.words, WORD_IF_YOU_WROTE, texts->str, NULL);
	g_string_append_c(t->to, ' ');
	put_tree(t, wrong->feedback, html_inlines);
	g_string_append(t->to, "</p>\n");
}

struct lms_text
lms_wrong(const struct lms *w, const struct question *q)
{
	struct writing t;

	begin_text(&t, w, q->doc);
	for (size_t i = 0; i < q->n_wrong; i++)
		put_known_wrong(&t, &q->wrong[i]);
	for (size_t i = 0; i < q->n_hints; i++) {
		g_string_append(t.to, "<p><strong>");
		html_word(t.to, t.p.words, WORD_HINT_SHORT, NULL, NULL);
		g_string_append(t.to, "</strong></p>\n");
		put_tree(&t, q->hints[i], html_blocks);
	}
	return end_text(&t);
}

const char *
lms_line(const struct lms *w, const char *text)
{
	g_autoptr(GString) line = g_string_new(NULL);
	bool has_gap = false;

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		const gunichar c = g_utf8_get_char(p);
		if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
			has_gap = true;
			continue;
		}
		if (has_gap && line->len)
			g_string_append_c(line, ' ');
		has_gap = false;
		g_string_append_unichar(line, c);
	}
	return arena_strdup(w->arena, line->str);
}

void
lms_pattern(GString *to, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '*')
			g_string_append_c(to, '\\');
		g_string_append_c(to, *p);
	}
}

/* --- options ------------------------------------------------------------ */

const char *
lms_share(size_t i, size_t n)
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
		return lms_share(i, n);
	/* Where all has to be right, what is wrong takes away everything. */
	if (!q->is_scored_each)
		return "-100";
	return arena_printf(w->arena, "-%s", n > 20 ? "5" : lms_share(i, n));
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
	if (q->allows_none) {
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

static const char *
plain(const struct lms *w, const struct node *tree)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, tree);
	return lms_line(w, text->str);
}

static void
add_pair(GArray *all, struct lms_text left, const char *right)
{
	const struct lms_pair pair = { left, right };

	g_array_append_val(all, pair);
}

static void
add_distractor(GArray *all, const char *right)
{
	add_pair(all, (struct lms_text){ .html = STR_LIT("") }, right);
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

enum lms_level
lms_level_of(const char *name)
{
	enum lms_level level = LMS_NONE;

	for (unsigned i = 0; lms_levels[i]; i++)
		if (strcmp(lms_levels[i], name) == 0)
			level = (enum lms_level)i;
	return level;
}

const char *const *
lms_category(const struct lms *w, enum lms_level level)
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
	const char *const *levels = lms_category(w, level);
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

/* --- what is lost ------------------------------------------------------- */

bool
lms_has_hints(const struct question *q)
{
	return q->n_hints > 0;
}

static bool
has_image(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind == NODE_IMAGE || has_image(n))
			return true;
	return false;
}

static void
look_for_image(const struct node *tree, bool is_answer, void *ctx)
{
	bool *has = ctx;

	(void)is_answer;
	*has = *has || has_image(tree);
}

bool
lms_has_pictures(const struct question *q)
{
	bool has = false;

	question_each_tree(q, look_for_image, &has);
	return has;
}

bool
lms_has_points(const struct question *q)
{
	return q->worth != 1;
}

bool
lms_has_order(const struct question *q)
{
	return !q->is_bullets &&
	    (q->kind == QUESTION_ONE || q->kind == QUESTION_MANY);
}

static size_t
count_exact(const struct accepted *texts, size_t n)
{
	size_t n_exact = 0;

	for (size_t i = 0; i < n; i++)
		n_exact += texts[i].is_exact;
	return n_exact;
}

bool
lms_is_exact(const struct question *q)
{
	size_t n_exact = count_exact(q->accepted, q->n_accepted);

	for (size_t i = 0; i < q->n_blanks; i++)
		n_exact += count_exact(q->blanks[i].texts,
		    q->blanks[i].n_texts);
	return n_exact > 0;
}

static bool
is_half(size_t part, size_t n)
{
	return part > 0 && part < n;
}

bool
lms_is_half_exact(const struct question *q)
{
	bool is_mixed = is_half(count_exact(q->accepted, q->n_accepted),
	    q->n_accepted);

	for (size_t i = 0; i < q->n_blanks; i++) {
		const struct blank *b = &q->blanks[i];
		is_mixed = is_mixed ||
		    is_half(count_exact(b->texts, b->n_texts), b->n_texts);
	}
	return is_mixed;
}

static size_t
count_right(const struct question *q)
{
	size_t n_right = 0;

	for (size_t i = 0; i < q->n_options; i++)
		n_right += q->options[i].is_correct;
	return n_right;
}

bool
lms_has_parts(const struct question *q)
{
	const size_t n = q->kind == QUESTION_MANY ? count_right(q)
						  : question_n_parts(q);

	return !q->is_scored_each && n > 1;
}

const char *
lms_loses_shares(const struct question *q)
{
	if (count_right(q) > 20)
		return "of its right options only 20 count";
	return q->is_scored_each
	    ? "what is rightly left out brings nothing: only what is ticked counts"
	    : NULL;
}

const char *
lms_loses_digits(const struct question *q)
{
	enum {
		DIGITS = 15 /* a double keeps so many */
	};

	return strlen(q->quantity.from) > DIGITS ||
		strlen(q->quantity.to) > DIGITS
	    ? "the number is rounded to 15 digits"
	    : NULL;
}

static bool
has_markup(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind != NODE_TEXT && n->kind != NODE_SOFTBREAK)
			return true;
	return false;
}

const char *
lms_loses_sides(const struct question *q)
{
	for (size_t i = 0; i < q->n_pairs; i++)
		if (has_markup(q->pairs[i].right))
			return "what is chosen is plain text";
	return NULL;
}
