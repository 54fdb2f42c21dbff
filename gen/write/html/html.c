/* The website: a file a page, and the theme's assets. */
#include "render/form.h"
#include "write/html/glossary.h"
#include "write/html/website.h"

static bool
address(GString *out, const struct link *l, const void *ctx)
{
	const struct place *at = ctx;

	switch (l->to.kind) {
	case TARGET_NONE: return false;
	case TARGET_URL: g_string_append(out, l->to.url); return true;
	case TARGET_ASSET:
		g_string_append(out, at->root);
		g_string_append_uri_escaped(out, l->to.asset->address, "/",
		    FALSE);
		return true;
	case TARGET_PAGE:
	case TARGET_TRANSLATION: break;
	}
	if (l->to.page != at->page->self || !l->to.anchor) {
		g_string_append(out, at->root);
		g_string_append_uri_escaped(out, l->to.page->address, "/",
		    FALSE);
		g_string_append(out, ".html");
	}
	if (l->to.anchor) {
		g_string_append_c(out, '#');
		g_string_append(out, l->to.anchor);
	}
	return true;
}

/* Draws a page without its text. False: a template had no end, reported. */
static bool
try_page(const struct website *w, const struct brief *in,
    const struct page *page, struct arena *a, struct diag *d)
{
	struct page_markup markup = { .body = STR_LIT("") };
	struct value data = page_data(page, in, &w->site, &markup, a);
	g_autoptr(GString) out = g_string_new(NULL);
	bool ok = template_render(out, w->page, &data, d);

	if (!ok)
		diag_from(d, "on page",
		    (struct loc){ page->doc->origin, 0, 0 });
	return ok;
}

/* A template that holds itself may have an end on one page and none on
 * another. So a page of each kind is tried, and all with a map, which is a
 * tree; should another one show more, render reports it. */
static void
html_check(const struct book *b, const struct brief *in, struct diag *d)
{
	static const struct writer *const none[] = { NULL };
	bool is_tried[PAGE_REFERENCE] = { false };
	struct arena *all = arena_new(), *one = arena_new();
	struct website w = { .page = templates_find(in->theme->templates,
				 "page") };
	bool ok = w.page != NULL;

	reference_find(&w, b, all);
	site_data_fill(&w.site, in, none, all);
	for (size_t i = 0; ok && i < b->n_pages; i++) {
		const struct page *page = &b->pages[i];
		if (is_tried[page->self->kind] && page->n_map == 0)
			continue;
		is_tried[page->self->kind] = true;
		ok = try_page(&w, in, page, one, d);
		arena_reset(one);
	}
	arena_free(one);
	arena_free(all);
}

static bool
html_open(struct job *j)
{
	struct website *s = j->state;

	reference_find(s, j->book, j->arena);
	site_data_fill(&s->site, &j->in, j->present, j->arena);
	s->navs = navs_make(j->book, j->arena);
	s->page = templates_find(j->in.theme->templates, "page");
	/* Now, since the other formats need their memory at the end. */
	return reference_write(j, s) && feeds_write(j, s);
}

/* A page at an old address leads on: by itself at once, and by a link. */
static void
add_redirects(struct piece *p, const char *url)
{
	const struct page *page = p->page;
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < page->n_aliases; i++) {
		struct part *part = piece_add(p);
		const size_t root = strlen(nav_root(page->aliases[i]));
		g_autoptr(GString)
		    to = g_string_new(nav_root(page->aliases[i]));
		g_string_append_uri_escaped(to, page->self->address, "/",
		    FALSE);
		g_string_append(to, ".html");
		g_string_append(text, "<!DOCTYPE html>\n<html lang=\"");
		html_attr(text, str_of(page->lang));
		g_string_append_printf(text,
		    "\">\n<head>\n<meta charset=\"utf-8\">\n"
		    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n"
		    "<meta http-equiv=\"refresh\" content=\"0; url=%s\">\n"
		    "<meta name=\"robots\" content=\"noindex\">\n<title>",
		    to->str);
		html_textz(text, page->self->title);
		g_string_append_printf(text,
		    "</title>\n<link rel=\"canonical\" href=\"%s%s\">\n</head>\n"
		    "<body>\n<h1><a href=\"%s\">",
		    url ? url : "", url ? to->str + root : to->str, to->str);
		html_textz(text, page->self->title);
		g_string_append(text, "</a></h1>\n</body>\n</html>\n");
		part->path = arena_printf(p->arena, "site/%s",
		    page->aliases[i]);
		part->bytes = arena_take(p->arena, text);
	}
}

struct html_policy
website_policy(const struct brief *in, const struct place *at)
{
	const struct page *page = at->page;

	return (struct html_policy){ .markup = MARKUP_HTML,
		.words = in->theme->words,
		.address = address,
		.ctx = at,
		.heading_over = 1,
		.with_ids = true,
		.with_self_links = true,
		.with_colours = true,
		.with_sizes = true,
		.with_tabindex = true,
		.with_notes = true,
		.trust = in->site->raw_html == RAW_HTML_ALLOW ? HTML_ALLOW
							      : HTML_SAFE,
		.raw_links = page->doc->raw_links,
		.n_raw_links = page->doc->n_raw_links,
		.quiz = form_quiz };
}

bool
website_page(GString *out, const struct website *w, const struct brief *in,
    const struct page *page, struct page_markup *markup, struct arena *a,
    struct diag *d)
{
	g_autoptr(GString) nav = g_string_new(NULL);

	navs_put(nav, w->navs, page);
	markup->nav = arena_take(a, nav);
	struct value data = page_data(page, in, &w->site, markup, a);
	return template_render(out, w->page, &data, d);
}

static bool
html_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct website *s = state;
	const struct page *page = p->page;
	struct place at = { page, nav_root(page->self->address) };
	struct html_policy policy = website_policy(in, &at);
	g_autoptr(GString) text = g_string_sized_new(64 * 1024);
	struct page_markup m = { .body = STR_LIT("") };

	if (page->doc->title)
		html_inlines(text, page->doc->title, &policy);
	m.heading = arena_take(p->arena, text);
	if (page->self->kind == PAGE_GLOSSARY)
		glossary_put(text, page, &policy, at.root);
	else
		html_blocks(text, page->doc->body, &policy);
	m.body = arena_take(p->arena, text);
	html_footnotes(text, page->doc->footnotes, page->doc->n_footnotes,
	    &policy);
	m.notes = arena_take(p->arena, text);
	if (!website_page(text, s, in, page, &m, p->arena, p->diag))
		return false;
	struct part *part = piece_add(p);
	part->path = arena_printf(p->arena, "site/%s.html",
	    page->self->address);
	part->bytes = arena_take(p->arena, text);
	add_redirects(p, in->site->url);
	return true;
}

static bool
html_emit(struct job *j, const struct piece *p)
{
	bool ok = true;

	for (size_t i = 0; ok && i < p->n_parts; i++)
		ok = out_file(j->out, p->parts[i].path, p->parts[i].bytes);
	return ok;
}

/* The rules for pass marks and points of the course, each once. */
static bool
write_quiz_css(struct job *j)
{
	g_autoptr(GString) css = g_string_new(NULL);
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (size_t i = 0; i < j->book->n_pages; i++) {
		const struct page *p = &j->book->pages[i];
		for (size_t k = 0; k < p->n_quizzes; k++)
			form_css_add(css, seen, p->quizzes[k],
			    j->in.theme->words);
	}
	const struct website *w = j->state;
	g_autofree char *path = g_strconcat("site/", w->site.quiz_css, NULL);
	return out_file(j->out, path, (struct str){ css->str, css->len });
}

/* The theme's files, and what GitHub Pages looks for; all languages share
 * them. */
static bool
write_common(struct job *j)
{
	const struct theme *t = j->in.theme;
	bool ok = out_file(j->out, "site/.nojekyll", STR_LIT(""));

	for (size_t i = 0; ok && i < t->n_assets; i++) {
		g_autofree char *path = g_strconcat("site/assets/",
		    t->assets[i].path, NULL);
		ok = out_file(j->out, path, t->assets[i].bytes);
	}
	if (ok && j->in.site->cname) {
		g_autofree char *line = g_strconcat(j->in.site->cname, "\n",
		    NULL);
		ok = out_file(j->out, "site/CNAME", str_of(line));
	}
	return ok;
}

static bool
html_finish(struct job *j)
{
	const struct website *s = j->state;
	bool is_main = !j->in.site->lang_dir;
	bool ok = write_quiz_css(j) && (!is_main || write_common(j));

	for (size_t i = 0; ok && i < j->book->n_assets; i++) {
		const struct asset *a = j->book->assets[i];
		g_autofree char *path = g_strconcat("site/", a->address, NULL);
		/* Languages may share a picture. */
		if (is_main || out_size(j->out, path) < 0)
			ok = out_copy(j->out, path, a->src, a->hash);
	}
	for (size_t i = 0; ok && i < s->site.n_downloads; i++) {
		const char *file = s->site.downloads[i].file;
		g_autofree char *path = g_strconcat("site/downloads/", file,
		    NULL);
		ok = out_link(j->out, path, file);
	}
	return ok;
}

static const char *
loses_wrong(const struct question *q)
{
	return q->n_wrong
	    ? "what is said to known wrong answers stands together: no script tells which was typed"
	    : NULL;
}

static const struct rendition renditions[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = { "radio buttons", NULL },
	[QUESTION_MANY] = { "check boxes", NULL },
	[QUESTION_TRUTH] = { "two radio buttons", NULL },
	[QUESTION_TEXT] = { "a field", loses_wrong },
	[QUESTION_NUMBER] = { "a field", loses_wrong },
	[QUESTION_ORDER] = { "a menu of places for each item", NULL },
	[QUESTION_MATCH] = { "a menu of choices for each row", NULL },
	[QUESTION_MATRIX] = { "a table of radio buttons", NULL },
	[QUESTION_CLOZE] = { "fields in the text", NULL },
};

const struct writer writer_html = {
	.name = "html",
	.summary = "a static website without JavaScript",
	.folder = SITE_FOLDER,
	.renditions = renditions,
	.order = EMIT_ANY,
	.state_size = sizeof(struct website),
	.check = html_check,
	.open = html_open,
	.render = html_render,
	.emit = html_emit,
	.finish = html_finish,
};
