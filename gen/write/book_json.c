#include "write/book_json.h"

#include "base/fs.h"

enum {
	FORMAT_VERSION = 1
};

void
book_json_strings(struct json *j, const char *key, const char *const *all,
    size_t n)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		json_strz(j, all[i]);
	json_close(j, ']');
}

const char *
book_json_page_kind(enum page_kind kind)
{
	static const char *const names[] = { "home", "module", "lesson", "quiz",
		"glossary", "reference" };

	return names[kind];
}

static void
put_site(struct json *j, const struct site *s)
{
	json_key(j, "site");
	json_open(j, '{');
	json_add(j, "id", s->id);
	json_add(j, "slug", s->slug);
	json_add(j, "title", s->title);
	json_add(j, "subtitle", s->subtitle);
	json_add(j, "description", s->description);
	book_json_strings(j, "authors", s->authors, s->n_authors);
	json_add(j, "publisher", s->publisher);
	json_add(j, "license", s->license);
	json_add(j, "lang", s->lang);
	json_add(j, "dir", s->is_rtl ? "rtl" : "ltr");
	json_add(j, "url", s->url);
	json_add(j, "repo_url", s->repo_url);
	json_close(j, '}');
}

static void
put_map(struct json *j, const struct map_entry *map, size_t n)
{
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, '{');
		json_add(j, "title", map[i].title);
		json_add(j, "page", map[i].page ? map[i].page->address : NULL);
		json_key(j, "entries");
		put_map(j, map[i].entries, map[i].n_entries);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_assets(struct json *j, const struct book *b, bool with_files)
{
	json_key(j, "assets");
	json_open(j, '[');
	for (size_t i = 0; i < b->n_assets; i++) {
		const struct asset *a = b->assets[i];
		json_open(j, '{');
		json_add(j, "path", a->path);
		json_add(j, "address", a->address);
		json_add(j, "media_type", a->media_type);
		json_add_int(j, "size", (long long)a->size);
		json_add(j, "hash", a->hash);
		if (with_files) {
			g_autofree char *file = fs_real(a->src);
			json_add(j, "file", file);
		}
		json_close(j, '}');
	}
	json_close(j, ']');
}

void
book_json_head(struct json *j, const struct book *b, bool with_files)
{
	json_add(j, "format", "ergen-book");
	json_add_int(j, "version", FORMAT_VERSION);
	json_add(j, "generator", "ergen " ERGEN_VERSION);
	json_add_int(j, "time", b->time);
	put_site(j, b->site);
	json_key(j, "map");
	put_map(j, b->map, b->n_map);
	put_assets(j, b, with_files);
}

/* --- pages -------------------------------------------------------------- */

static const char *
address_of(const struct page_ref *r)
{
	return r ? r->address : NULL;
}

static void
put_headings(struct json *j, const struct doc *doc)
{
	json_key(j, "headings");
	json_open(j, '[');
	for (size_t i = 0; i < doc->n_headings; i++) {
		json_open(j, '{');
		json_add_int(j, "level", doc->headings[i].level);
		json_add(j, "id", doc->headings[i].id);
		json_add(j, "text", doc->headings[i].text);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* The same shape with nothing in it. */
static void
put_no_content(struct json *j)
{
	json_open(j, '{');
	json_key(j, "blocks");
	json_open(j, '[');
	json_close(j, ']');
	json_add(j, "text", "");
	json_add(j, "html", "");
	json_close(j, '}');
}

static void
put_body(struct json *j, const struct page *page, const struct html_policy *p,
    bool is_wanted)
{
	json_key(j, "content");
	if (is_wanted)
		tree_content(j, page->doc->body, p);
	else
		put_no_content(j);
	json_key(j, "footnotes");
	json_open(j, '[');
	for (size_t i = 0; is_wanted && i < page->doc->n_footnotes; i++)
		tree_content(j, page->doc->footnotes[i].body, p);
	json_close(j, ']');
}

struct html_policy
book_json_policy(const struct brief *in, const struct doc *doc)
{
	return (struct html_policy){ .markup = MARKUP_HTML,
		.words = in->theme->words,
		.address = tree_address,
		.with_ids = true,
		.with_notes = true,
		.trust = in->site->raw_html == RAW_HTML_ALLOW ? HTML_ALLOW
							      : HTML_SAFE,
		.raw_links = doc->raw_links,
		.n_raw_links = doc->n_raw_links };
}

void
book_json_page(struct json *j, const struct page *page, const struct brief *in,
    unsigned parts)
{
	const struct page_ref *self = page->self;
	const struct html_policy p = book_json_policy(in, page->doc);

	json_open(j, '{');
	json_add(j, "kind", book_json_page_kind(self->kind));
	json_add(j, "address", self->address);
	json_add(j, "title", self->title);
	json_add(j, "summary", self->summary);
	json_add(j, "lang", page->lang);
	book_json_strings(j, "tags", page->tags, page->n_tags);
	book_json_strings(j, "aliases", page->aliases, page->n_aliases);
	json_add(j, "source", page->doc->origin->path);
	json_add(j, "prev", address_of(page->prev));
	json_add(j, "next", address_of(page->next));
	json_add(j, "partner", address_of(self->partner));
	json_key(j, "crumbs");
	json_open(j, '[');
	for (size_t i = 0; i < page->n_crumbs; i++)
		json_strz(j, page->crumbs[i]->address);
	json_close(j, ']');
	put_headings(j, page->doc);
	put_body(j, page, &p, parts & BOOK_CONTENT);
	json_key(j, "quizzes");
	json_open(j, '[');
	for (size_t i = 0; parts & BOOK_QUESTIONS && i < page->n_quizzes; i++)
		book_json_quiz(j, page->quizzes[i], &p);
	json_close(j, ']');
	json_close(j, '}');
}
