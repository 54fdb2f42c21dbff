#include "write/html/data.h"

#include "render/html.h"
#include "write/html/nav.h"

enum {
	MEMBERS_MOST = 64,
};

/* A map that is being filled. */
struct map {
	struct member members[MEMBERS_MOST];
	size_t n;
};

static void
add(struct map *m, const char *name, struct value v)
{
	g_assert(m->n < MEMBERS_MOST);
	m->members[m->n].name = name;
	m->members[m->n++].value = v;
}

static void
add_text(struct map *m, const char *name, const char *text)
{
	add(m, name, value_text(text));
}

static struct value
close_map(const struct map *m, struct arena *a)
{
	struct member *own = arena_array(a, m->n, struct member);

	memcpy(own, m->members, m->n * sizeof(struct member));
	return value_map(own, m->n);
}

static struct value
words_data(const struct words *words, struct arena *a)
{
	struct member *all = arena_array(a, WORD_COUNT, struct member);

	for (size_t i = 0; i < WORD_COUNT; i++) {
		char name[40];
		all[i].name = arena_strdup(a, word_name(i, name));
		all[i].value = value_text(words->text[i]);
	}
	return value_map(all, WORD_COUNT);
}

void
site_data_fill(struct site_data *out, const struct brief *in,
    const struct writer *const *present, struct arena *a)
{
	const struct site *s = in->site;
	struct map m = { .n = 0 };
	struct value *authors = arena_array(a, s->n_authors, struct value);
	struct download *downloads;
	size_t n = 0;

	for (size_t i = 0; i < s->n_authors; i++) {
		struct map author = { .n = 0 };
		add_text(&author, "name", s->authors[i]);
		authors[i] = close_map(&author, a);
	}
	add_text(&m, "title", s->title);
	add_text(&m, "subtitle", s->subtitle);
	add_text(&m, "description", s->description);
	add_text(&m, "license", s->license);
	add(&m, "authors", value_list(authors, s->n_authors));
	out->site = close_map(&m, a);
	out->words = words_data(in->theme->words, a);
	for (size_t i = 0; present[i]; i++)
		n += present[i]->is_offered;
	out->n_downloads = n;
	out->downloads = downloads = arena_array(a, n, struct download);
	n = 0;
	for (size_t i = 0; present[i]; i++) {
		if (!present[i]->is_offered)
			continue;
		downloads[n].label = in->theme->words->text[present[i]->label];
		g_autofree char *file = writer_product(present[i], s);
		downloads[n++].file = arena_strdup(a, file);
	}
}

/* --- a page ------------------------------------------------------------- */

struct filling {
	const struct page *page;
	const struct brief *in;
	const char *root;
	struct arena *a;
	bool has_code; /* a listing stands on the page */
};

static const char *
href(const struct filling *f, const struct page_ref *r)
{
	g_autofree char *path = g_uri_escape_string(r->address, "/", FALSE);

	return arena_printf(f->a, "%s%s.html", f->root, path);
}

static const char *
word_text(const struct filling *f, enum word word, size_t n)
{
	g_autoptr(GString) s = g_string_new(NULL);

	words_count(s, f->in->theme->words, word, n);
	return arena_str(f->a, (struct str){ s->str, s->len });
}

static struct value
link_data(const struct filling *f, const struct page_ref *r)
{
	static const char *const kinds[] = { "home", "module", "lesson", "quiz",
		"glossary", "reference" };
	struct map m = { .n = 0 };

	if (!r)
		return (struct value){ .kind = VALUE_NONE };
	add_text(&m, "title", r->title);
	add_text(&m, "href", href(f, r));
	add_text(&m, "kind", kinds[r->kind]);
	add_text(&m, "summary", r->summary);
	if (r->n_questions) {
		add_text(&m, "count",
		    arena_printf(f->a, "%zu", r->n_questions));
		add_text(&m, "questions_text",
		    word_text(f, WORD_QUESTIONS_COUNT, r->n_questions));
	}
	return close_map(&m, f->a);
}

const char *
tag_id(struct arena *a, const char *tag)
{
	char *id = arena_printf(a, "Tag-%s", tag);

	/* https://html.spec.whatwg.org/#the-id-attribute: no white space */
	return g_strdelimit(id, " \t\n\r\f", '-');
}

static struct value
tags_data(const struct filling *f, const struct site_data *site)
{
	const struct page *p = f->page;
	struct value *all = arena_array(f->a, p->n_tags, struct value);

	for (size_t i = 0; i < p->n_tags; i++) {
		g_autofree char *id = g_uri_escape_string(tag_id(f->a,
							      p->tags[i]),
		    NULL, TRUE);
		struct map m = { .n = 0 };
		add_text(&m, "name", p->tags[i]);
		add_text(&m, "href",
		    arena_printf(f->a, "%s%stags.html#%s", f->root,
			site->prefix, id));
		all[i] = close_map(&m, f->a);
	}
	return value_list(all, p->n_tags);
}

static struct value
crumbs_data(const struct filling *f)
{
	const struct page *p = f->page;
	struct value *all = arena_array(f->a, p->n_crumbs, struct value);

	for (size_t i = 0; i < p->n_crumbs; i++)
		all[i] = link_data(f, p->crumbs[i]);
	return value_list(all, p->n_crumbs);
}

static struct value
toc_entry(const struct filling *f, const struct node *h, struct value items)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct map m = { .n = 0 };

	node_text(text, h);
	add_text(&m, "title",
	    arena_str(f->a, str_trim((struct str){ text->str, text->len })));
	add_text(&m, "href", arena_printf(f->a, "#%s", h->heading.id));
	add(&m, "has_items", value_bool(items.n_items > 0));
	add(&m, "items", items);
	return close_map(&m, f->a);
}

static const struct node *
next_heading(const struct node *n)
{
	while (n && (n->kind != NODE_HEADING || !n->heading.id[0]))
		n = n->next;
	return n;
}

/* Two levels: headings up to 2, and those of level 3 below each. */
static struct value
toc_data(const struct filling *f)
{
	g_autoptr(GArray) top = g_array_new(FALSE, FALSE, sizeof(struct value));
	const struct node *n = next_heading(f->page->doc->body->child);

	while (n) {
		const struct node *h = n;
		g_autoptr(GArray)
		    below = g_array_new(FALSE, FALSE, sizeof(struct value));
		for (n = next_heading(n->next); n && n->heading.level > 2;
		     n = next_heading(n->next)) {
			struct value v = toc_entry(f, n,
			    (struct value){ .kind = VALUE_NONE });
			if (n->heading.level == 3)
				g_array_append_val(below, v);
		}
		struct value v = toc_entry(f, h,
		    value_list(arena_array_of(f->a, below), below->len));
		g_array_append_val(top, v);
	}
	return value_list(arena_array_of(f->a, top), top->len);
}

static size_t
count_lessons(const struct map_entry *map, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += (map[i].page && map[i].page->kind == PAGE_LESSON) +
		    count_lessons(map[i].entries, map[i].n_entries);
	return count;
}

/* "3 lessons" of a module, "7 min" of a lesson. */
static const char *
extent(const struct filling *f, const struct map_entry *e)
{
	size_t n = count_lessons(e->entries, e->n_entries);

	if (n)
		return word_text(f, WORD_LESSONS_COUNT, n);
	return e->page ? word_text(f, WORD_MINUTES, e->page->minutes) : NULL;
}

static struct value
map_data(const struct filling *f, const struct map_entry *map, size_t n)
{
	struct value *all = arena_array(f->a, n, struct value);

	for (size_t i = 0; i < n; i++) {
		const struct map_entry *e = &map[i];
		struct map m = { .n = 0 };
		add_text(&m, "title", e->title);
		/* Given in any case: a name that is missing here would be
		 * looked up in the entry around this one. */
		add_text(&m, "href", e->page ? href(f, e->page) : NULL);
		add_text(&m, "summary", e->page ? e->page->summary : NULL);
		add(&m, "quiz",
		    link_data(f, e->page ? e->page->partner : NULL));
		add_text(&m, "extent", extent(f, e));
		add(&m, "has_lessons", value_bool(e->n_entries > 0));
		add(&m, "lessons", map_data(f, e->entries, e->n_entries));
		all[i] = close_map(&m, f->a);
	}
	return value_list(all, n);
}

static struct value
downloads_data(const struct filling *f, const struct site_data *site)
{
	struct value *all = arena_array(f->a, site->n_downloads, struct value);

	for (size_t i = 0; i < site->n_downloads; i++) {
		const struct download *d = &site->downloads[i];
		struct map m = { .n = 0 };
		add_text(&m, "label", d->label);
		add_text(&m, "file", d->file);
		add_text(&m, "href",
		    arena_printf(f->a, "%sdownloads/%s", f->root, d->file));
		all[i] = close_map(&m, f->a);
	}
	return value_list(all, site->n_downloads);
}

static struct value
reference_data(const struct filling *f, const struct site_data *site)
{
	struct value *all = arena_array(f->a, site->n_reference, struct value);

	for (size_t i = 0; i < site->n_reference; i++) {
		const struct reference_link *r = &site->reference[i];
		struct map m = { .n = 0 };
		add_text(&m, "title", f->in->theme->words->text[r->title]);
		add_text(&m, "href",
		    arena_printf(f->a, "%s%s.html", f->root, r->address));
		add(&m, "is_current",
		    value_bool(
			strcmp(r->address, f->page->self->address) == 0));
		all[i] = close_map(&m, f->a);
	}
	return value_list(all, site->n_reference);
}

static void
add_kind(struct map *m, const struct filling *f, const struct site_data *site)
{
	const struct page *p = f->page;
	enum page_kind kind = p->self->kind;
	bool is_exam = p->n_quizzes && p->quizzes[0]->mode == MODE_EXAM;

	add(m, "is_home", value_bool(kind == PAGE_HOME));
	add(m, "is_module", value_bool(kind == PAGE_MODULE));
	add(m, "is_lesson", value_bool(kind == PAGE_LESSON));
	add(m, "is_quiz", value_bool(kind == PAGE_QUIZ));
	add(m, "is_glossary", value_bool(kind == PAGE_GLOSSARY));
	add(m, "is_reference", value_bool(kind == PAGE_REFERENCE));
	add(m, "has_quiz", value_bool(p->n_quizzes > 0));
	add(m, "has_code", value_bool(f->has_code));
	add(m, "is_exam", value_bool(is_exam));
	add(m, "is_practice", value_bool(p->n_quizzes && !is_exam));
	if (kind != PAGE_QUIZ)
		add(m, "quiz", link_data(f, p->self->partner));
	else
		add(m, "lesson", link_data(f, p->self->partner));
	add(m, "has_downloads",
	    value_bool(kind == PAGE_HOME && site->n_downloads > 0));
	if (kind == PAGE_HOME)
		add(m, "downloads", downloads_data(f, site));
	add(m, "has_map", value_bool(p->n_map > 0));
	add(m, "map", map_data(f, p->map, p->n_map));
	add(m, "has_reference", value_bool(site->n_reference > 0));
	add(m, "reference", reference_data(f, site));
}

/* What a language calls itself. */
static const char *
name_of_language(const char *tag)
{
	static const char *const names[][2] = { { "ar", "العربية" },
		{ "cs", "Čeština" }, { "da", "Dansk" }, { "de", "Deutsch" },
		{ "el", "Ελληνικά" }, { "en", "English" }, { "es", "Español" },
		{ "fa", "فارسی" }, { "fi", "Suomi" }, { "fr", "Français" },
		{ "he", "עברית" }, { "hi", "हिन्दी" }, { "hu", "Magyar" },
		{ "id", "Bahasa Indonesia" }, { "it", "Italiano" },
		{ "ja", "日本語" }, { "ko", "한국어" },
		{ "nb", "Norsk bokmål" }, { "nl", "Nederlands" },
		{ "pl", "Polski" }, { "pt", "Português" }, { "ro", "Română" },
		{ "ru", "Русский" }, { "sv", "Svenska" }, { "tr", "Türkçe" },
		{ "uk", "Українська" }, { "vi", "Tiếng Việt" },
		{ "zh", "中文" } };
	size_t len = strcspn(tag, "-");

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strlen(names[i][0]) == len &&
		    g_ascii_strncasecmp(names[i][0], tag, len) == 0)
			return names[i][1];
	return tag;
}

static struct value
translations_data(const struct filling *f)
{
	const struct page *p = f->page;
	struct value *all = arena_array(f->a, p->n_translations, struct value);

	for (size_t i = 0; i < p->n_translations; i++) {
		const struct page_ref *r = p->translations[i];
		g_autofree char *path = g_uri_escape_string(r->address, "/",
		    FALSE);
		struct map m = { .n = 0 };
		add_text(&m, "lang", r->lang);
		add_text(&m, "name", name_of_language(r->lang));
		add_text(&m, "href", href(f, r));
		add_text(&m, "url",
		    f->in->site->url ? arena_printf(f->a, "%s%s.html",
					   f->in->site->url, path)
				     : NULL);
		all[i] = close_map(&m, f->a);
	}
	return value_list(all, p->n_translations);
}

/* Where a forge lets one edit a file; GitHub's way, which GitLab follows. */
static const char *
edit_url(const struct filling *f)
{
	const char *repo = f->in->site->repo_url;
	const char *path = f->page->doc->origin->path;

	if (!repo || !path || !g_str_has_suffix(path, ".md"))
		return NULL;
	g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
	return arena_printf(f->a, "%s/edit/HEAD/%s", repo, escaped);
}

static const char *
date_text(const struct filling *f)
{
	g_autoptr(GString) s = g_string_new(NULL);

	if (!f->page->date)
		return NULL;
	words_date(s, f->in->theme->words, f->page->date);
	return arena_str(f->a, (struct str){ s->str, s->len });
}

static struct str
heading_of(const struct filling *f, const struct page_markup *markup)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (markup->heading.len)
		return markup->heading;
	html_textz(text, f->page->self->title);
	return arena_take(f->a, text);
}

struct value
page_data(const struct page *page, const struct brief *in,
    const struct site_data *site, const struct page_markup *markup,
    struct arena *a)
{
	struct filling f = { page, in,
		page->root ? page->root : nav_root(page->self->address), a,
		g_strstr_len(markup->body.p, (gssize)markup->body.len,
		    "<pre") != NULL };
	const struct page_ref *self = page->self;
	bool is_home = self->kind == PAGE_HOME;
	struct map m = { .n = 0 };
	struct value toc = toc_data(&f);

	add_text(&m, "lang", page->lang);
	add_text(&m, "dir", page->is_rtl ? "rtl" : "ltr");
	add_text(&m, "root", f.root);
	add_text(&m, "title", self->title);
	add(&m, "heading", value_html(heading_of(&f, markup)));
	add_text(&m, "page_title",
	    is_home ? in->site->title
		    : arena_printf(a, "%s – %s", self->title, in->site->title));
	add(&m, "has_own_title",
	    value_bool(is_home && strcmp(self->title, in->site->title) != 0));
	add_text(&m, "summary", self->summary);
	if (in->site->url && !page->root) {
		g_autofree char *path = g_uri_escape_string(self->address, "/",
		    FALSE);
		add_text(&m, "canonical",
		    arena_printf(a, "%s%s.html", in->site->url, path));
	}
	add_text(&m, "date", page->date);
	add(&m, "has_tags", value_bool(page->n_tags > 0));
	add(&m, "tags", tags_data(&f, site));
	add_text(&m, "date_text", date_text(&f));
	add_text(&m, "edit_url", edit_url(&f));
	add_text(&m, "home",
	    arena_printf(a, "%s%sindex.html", f.root, site->prefix));
	add_text(&m, "quiz_css",
	    arena_printf(a, "%s%s", f.root, site->quiz_css));
	add(&m, "has_translations", value_bool(page->n_translations > 0));
	add(&m, "translations", translations_data(&f));
	add_text(&m, "feed",
	    site->feed ? arena_printf(a, "%s%s", f.root, site->feed) : NULL);
	add(&m, "site", site->site);
	add(&m, "words", site->words);
	add(&m, "nav", value_html(markup->nav));
	add(&m, "crumbs", crumbs_data(&f));
	add(&m, "prev", link_data(&f, page->prev));
	add(&m, "next", link_data(&f, page->next));
	add(&m, "toc", toc);
	add(&m, "has_toc", value_bool(toc.n_items > 1));
	add(&m, "body", value_html(markup->body));
	add(&m, "notes", value_html(markup->notes));
	if (self->kind == PAGE_LESSON)
		add_text(&m, "reading_time",
		    word_text(&f, WORD_MINUTES, self->minutes));
	add_text(&m, "generator", "ergen " ERGEN_VERSION);
	add_kind(&m, &f, site);
	return close_map(&m, a);
}
