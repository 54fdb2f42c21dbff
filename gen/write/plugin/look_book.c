/* Services that look at site, book, assets and pages. */
#include "base/fs.h"
#include "write/book_json.h"
#include "write/plugin/plugin_own.h"

static const struct book *
book_of(const struct ergen_book *handle)
{
	return (const struct book *)handle;
}

static const struct asset *
asset_of(const struct ergen_asset *handle)
{
	return (const struct asset *)handle;
}

static const struct ergen_asset *
asset_handle(const struct asset *a)
{
	return (const struct ergen_asset *)a;
}

/* --- the site ----------------------------------------------------------- */

static struct ergen_str
authors(struct ergen_call *c, const struct site *s)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (size_t i = 0; i < s->n_authors; i++)
		g_string_append_printf(all, "%s%s", i ? "\n" : "",
		    s->authors[i]);
	return plugin_take(c, all);
}

struct ergen_str
look_site_text(struct ergen_call *c, uint32_t what)
{
	const struct site *s = c->in->site;

	/* A number: a later header has more. */
	switch (what) {
	case ERGEN_SITE_ID: return plugin_str(s->id);
	case ERGEN_SITE_SLUG: return plugin_str(s->slug);
	case ERGEN_SITE_TITLE: return plugin_str(s->title);
	case ERGEN_SITE_SUBTITLE: return plugin_str(s->subtitle);
	case ERGEN_SITE_DESCRIPTION: return plugin_str(s->description);
	case ERGEN_SITE_AUTHORS: return authors(c, s);
	case ERGEN_SITE_PUBLISHER: return plugin_str(s->publisher);
	case ERGEN_SITE_LICENSE: return plugin_str(s->license);
	case ERGEN_SITE_LANG: return plugin_str(s->lang);
	case ERGEN_SITE_DIR: return plugin_str(s->is_rtl ? "rtl" : "ltr");
	case ERGEN_SITE_URL: return plugin_str(s->url);
	case ERGEN_SITE_REPO_URL: return plugin_str(s->repo_url);
	default: return plugin_str(NULL);
	}
}

/* --- the book ----------------------------------------------------------- */

int64_t
look_book_number(const struct ergen_book *book, uint32_t what)
{
	const struct book *b = book_of(book);

	switch (what) {
	case ERGEN_BOOK_TIME: return b->time;
	case ERGEN_BOOK_LESSONS: return (int64_t)b->n_lessons;
	case ERGEN_BOOK_QUESTIONS: return (int64_t)b->n_questions;
	default: return -1;
	}
}

struct ergen_str
look_book_json(struct ergen_call *c, const struct ergen_book *book)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct json j = { .out = text };

	json_open(&j, '{');
	book_json_head(&j, book_of(book), true);
	json_close(&j, '}');
	return plugin_take(c, text);
}

size_t
look_n_assets(const struct ergen_book *book)
{
	return book_of(book)->n_assets;
}

const struct ergen_asset *
look_asset(const struct ergen_book *book, size_t i)
{
	const struct book *b = book_of(book);

	return i < b->n_assets ? asset_handle(b->assets[i]) : NULL;
}

const struct ergen_asset *
look_find_asset(const struct ergen_book *book, const char *path)
{
	const struct book *b = book_of(book);
	size_t from = 0, to = b->n_assets;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const int order = strcmp(path, b->assets[middle]->path);
		if (order == 0)
			return asset_handle(b->assets[middle]);
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

struct ergen_str
look_asset_text(struct ergen_call *c, const struct ergen_asset *asset,
    uint32_t what)
{
	const struct asset *a = asset_of(asset);

	switch (what) {
	case ERGEN_ASSET_PATH: return plugin_str(a->path);
	case ERGEN_ASSET_ADDRESS: return plugin_str(a->address);
	case ERGEN_ASSET_FILE: {
		g_autofree char *file = fs_real(a->src);
		return plugin_str(arena_strdup(c->texts, file));
	}
	case ERGEN_ASSET_MEDIA_TYPE: return plugin_str(a->media_type);
	default: return plugin_str(NULL);
	}
}

int64_t
look_asset_number(const struct ergen_asset *asset, uint32_t what)
{
	const struct asset *a = asset_of(asset);

	switch (what) {
	case ERGEN_ASSET_SIZE: return (int64_t)a->size;
	case ERGEN_ASSET_WIDTH: return a->width;
	case ERGEN_ASSET_HEIGHT: return a->height;
	default: return -1;
	}
}

/* --- pages -------------------------------------------------------------- */

size_t
look_n_pages(const struct ergen_book *book)
{
	return book_of(book)->n_pages;
}

const struct ergen_page *
look_page(const struct ergen_book *book, size_t i)
{
	const struct book *b = book_of(book);

	return i < b->n_pages ? (const struct ergen_page *)&b->pages[i] : NULL;
}

static struct ergen_str
address_of(const struct page_ref *p)
{
	return plugin_str(p ? p->address : NULL);
}

static struct ergen_str
page_html(struct ergen_call *c, const struct page *page)
{
	const struct doc *doc = page->doc;
	const struct html_policy p = book_json_policy(c->in, doc);
	g_autoptr(GString) html = g_string_new(NULL);

	html_blocks(html, doc->body, &p);
	html_footnotes(html, doc->footnotes, doc->n_footnotes, &p);
	return plugin_take(c, html);
}

static struct ergen_str
page_json(struct ergen_call *c, const struct page *page)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct json j = { .out = text };

	book_json_page(&j, page, c->in, BOOK_CONTENT | BOOK_QUESTIONS);
	return plugin_take(c, text);
}

struct ergen_str
look_page_text(struct ergen_call *c, const struct ergen_page *handle,
    uint32_t what)
{
	const struct page *p = plugin_page(handle);

	switch (what) {
	case ERGEN_PAGE_KIND:
		return plugin_str(book_json_page_kind(p->self->kind));
	case ERGEN_PAGE_ADDRESS: return plugin_str(p->self->address);
	case ERGEN_PAGE_TITLE: return plugin_str(p->self->title);
	case ERGEN_PAGE_SUMMARY: return plugin_str(p->self->summary);
	case ERGEN_PAGE_LANG: return plugin_str(p->lang);
	case ERGEN_PAGE_DATE: return plugin_str(p->date);
	case ERGEN_PAGE_SOURCE: return plugin_str(p->doc->origin->path);
	case ERGEN_PAGE_PREV: return address_of(p->prev);
	case ERGEN_PAGE_NEXT: return address_of(p->next);
	case ERGEN_PAGE_PARTNER: return address_of(p->self->partner);
	case ERGEN_PAGE_TEXT: return plugin_plain(c, p->doc->body);
	case ERGEN_PAGE_HTML: return page_html(c, p);
	case ERGEN_PAGE_JSON: return page_json(c, p);
	default: return plugin_str(NULL);
	}
}

const struct ergen_node *
look_page_body(const struct ergen_page *page)
{
	return (const struct ergen_node *)plugin_page(page)->doc->body;
}

size_t
look_n_footnotes(const struct ergen_page *page)
{
	return plugin_page(page)->doc->n_footnotes;
}

const struct ergen_node *
look_footnote(const struct ergen_page *page, size_t i)
{
	const struct doc *doc = plugin_page(page)->doc;

	return i < doc->n_footnotes
	    ? (const struct ergen_node *)doc->footnotes[i].body
	    : NULL;
}

size_t
look_n_quizzes(const struct ergen_page *page)
{
	return plugin_page(page)->n_quizzes;
}

const struct ergen_quiz *
look_quiz(const struct ergen_page *page, size_t i)
{
	const struct page *p = plugin_page(page);

	return i < p->n_quizzes ? (const struct ergen_quiz *)p->quizzes[i]
				: NULL;
}
