#include "base/text.h"
#include "write/away.h"
#include "write/lms.h"

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
