/* Phase 4, first half: which pages there are, where, and in which order. */
#include "base/slug.h"
#include "book/source.h"

#include <limits.h>

/* What every file system takes as a name. */
enum {
	NAME_BYTES = 255
};

/* Bytes of source a minute: 220 words of 6. */
enum {
	READING_SPEED = 1320
};

/* An entry of a folder: a page of its own, or a folder below. */
struct entry {
	long order; /* front matter's, else the prefix, else LONG_MAX */
	const char *name;
	struct source *source;
	struct folder *folder;
};

struct paging {
	struct making *m;
	GPtrArray *sources; /* in reading order */
};

static long
order_of(const struct source *s, long prefix)
{
	if (s && s->front.has_order)
		return s->front.order;
	return prefix >= 0 ? prefix : LONG_MAX;
}

static int
by_order(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return strcmp(x->name, y->name);
}

static GArray *
entries_of(const struct folder *f)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct entry));

	for (size_t i = 0; i < f->sources->len; i++) {
		struct source *s = f->sources->pdata[i];
		struct entry e = { order_of(s, s->prefix), s->rel, s, NULL };
		if (s != f->index && !s->is_skipped &&
		    s->kind != SOURCE_GLOSSARY &&
		    !(s->kind == SOURCE_QUIZ && s->lesson))
			g_array_append_val(all, e);
	}
	for (size_t i = 0; i < f->folders->len; i++) {
		struct folder *sub = f->folders->pdata[i];
		struct source *index = sub->index && !sub->index->is_skipped
		    ? sub->index
		    : NULL;
		struct entry e = { order_of(index, sub->prefix), sub->rel, NULL,
			sub };
		g_array_append_val(all, e);
	}
	if (all->len > 1)
		qsort(all->data, all->len, sizeof(struct entry), by_order);
	return all;
}

static bool
has_pages(const struct folder *f)
{
	for (size_t i = 0; i < f->sources->len; i++)
		if (!((const struct source *)f->sources->pdata[i])->is_skipped)
			return true;
	for (size_t i = 0; i < f->folders->len; i++)
		if (has_pages(f->folders->pdata[i]))
			return true;
	return false;
}

static const char *
address_of(struct arena *a, const struct source *s)
{
	const char *name;

	if (s->kind == SOURCE_INDEX) {
		name = "index";
	} else if (s->front.slug) {
		name = s->front.slug;
	} else {
		g_autofree char *stem = g_strdelimit(g_strdup(s->stem), ".",
		    '-');
		name = slug_heading(a, str_of(stem));
		if (!name[0])
			name = "page";
	}
	if (s->kind == SOURCE_QUIZ && s->lesson && !s->front.slug)
		return arena_printf(a, "%s-quiz", s->lesson->ref->address);
	if (s->kind == SOURCE_QUIZ && !s->front.slug)
		name = arena_printf(a, "%s-quiz", name);
	return s->folder->address[0]
	    ? arena_printf(a, "%s/%s", s->folder->address, name)
	    : arena_strdup(a, name);
}

static struct page_ref *
add_page(struct paging *p, struct source *s)
{
	struct arena *a = p->m->arena;
	struct page_ref *r = arena_obj(a, struct page_ref);

	s->ref = r;
	r->no = p->sources->len;
	r->title = s->front.title;
	r->summary = s->front.summary ? s->front.summary : "";
	r->address = address_of(a, s);
	switch (s->kind) {
	case SOURCE_INDEX:
		r->kind = s->folder != p->m->top ? PAGE_MODULE : PAGE_HOME;
		break;
	case SOURCE_LESSON: r->kind = PAGE_LESSON; break;
	case SOURCE_QUIZ: r->kind = PAGE_QUIZ; break;
	case SOURCE_GLOSSARY: r->kind = PAGE_GLOSSARY; break;
	}
	for (size_t i = 0; i < s->n_quizzes; i++)
		r->n_questions += s->quizzes[i]->n_asked;
	r->lang = s->front.lang ? s->front.lang : p->m->book.site->lang;
	r->minutes = (unsigned)(s->origin.text.len / READING_SPEED) + 1;
	g_ptr_array_add(p->sources, s);
	return r;
}

static const char *
title_of_folder(struct arena *a, const struct folder *f)
{
	char *title = arena_strdup(a, f->name);

	g_strdelimit(title, "-_", ' ');
	title[0] = g_ascii_toupper(title[0]);
	return title;
}

/* A page, and directly behind it its quiz. */
static struct page_ref *
add_with_quiz(struct paging *p, struct source *s)
{
	struct page_ref *ref = add_page(p, s);

	if (s->quiz && !s->quiz->is_skipped) {
		struct page_ref *quiz = add_page(p, s->quiz);
		quiz->partner = ref;
		ref->partner = quiz;
	}
	return ref;
}

/* The entries of a folder in reading order; its own page is there already. */
static void
add_folder(struct paging *p, const struct folder *f,
    const struct map_entry **map, size_t *n_map)
{
	g_autoptr(GArray) all = entries_of(f);
	g_autoptr(GArray)
	    out = g_array_new(FALSE, FALSE, sizeof(struct map_entry));

	for (size_t i = 0; i < all->len; i++) {
		const struct entry *e = &g_array_index(all, struct entry, i);
		struct map_entry m = { 0 };
		if (e->source) {
			m.page = add_with_quiz(p, e->source);
			m.title = m.page->title;
		} else if (has_pages(e->folder)) {
			struct source *index = e->folder->index;
			if (index && !index->is_skipped)
				m.page = add_with_quiz(p, index);
			m.title = m.page
			    ? m.page->title
			    : title_of_folder(p->m->arena, e->folder);
			add_folder(p, e->folder, &m.entries, &m.n_entries);
		} else {
			continue;
		}
		g_array_append_val(out, m);
	}
	*map = arena_array_of(p->m->arena, out);
	*n_map = out->len;
}

static const struct map_entry *
find_entry(const struct map_entry *map, size_t n, const struct page_ref *ref)
{
	for (size_t i = 0; i < n; i++) {
		if (map[i].page == ref)
			return &map[i];
		const struct map_entry *below = find_entry(map[i].entries,
		    map[i].n_entries, ref);
		if (below)
			return below;
	}
	return NULL;
}

/* Which top-level entry of the map holds each page. */
static void
mark_nav(struct page *pages, const struct map_entry *e, unsigned nav)
{
	if (e->page) {
		pages[e->page->no].nav = nav;
		if (e->page->partner)
			pages[e->page->partner->no].nav = nav;
	}
	for (size_t i = 0; i < e->n_entries; i++)
		mark_nav(pages, &e->entries[i], nav);
}

static void
fill_crumbs(struct making *m, const struct source *s, struct page *page)
{
	const struct page_ref *chain[34];
	size_t n = 0;

	if (s->lesson && s->lesson->ref)
		chain[n++] = s->lesson->ref;
	for (const struct folder *f = s->folder; f && n < G_N_ELEMENTS(chain);
	     f = f->parent)
		if (f->index && f->index->ref && f->index != s &&
		    f->index != s->lesson)
			chain[n++] = f->index->ref;
	const struct page_ref **crumbs = arena_array(m->arena, n,
	    const struct page_ref *);
	for (size_t i = 0; i < n; i++)
		crumbs[i] = chain[n - 1 - i];
	page->crumbs = crumbs;
	page->n_crumbs = n;
}

/* "old/place", "/old/place.html" and "old/" are ways to write an old address.
 * NULL: it cannot be one. */
static const char *
alias_address(struct arena *a, const char *alias)
{
	struct str s = str_of(alias);

	if (str_starts(s, "/"))
		s = str_from(s, 1);
	if (s.len == 0 || str_starts(s, "../") || strstr(alias, "/../") ||
	    strstr(alias, "//") || str_starts(s, "./") ||
	    strpbrk(alias, "?#\\:"))
		return NULL;
	if (str_ends(s, "/"))
		return arena_printf(a, "%.*sindex.html", STR_ARG(s));
	if (str_ends(s, ".html"))
		return arena_str(a, s);
	return arena_printf(a, "%.*s.html", STR_ARG(s));
}

/* A translation often has the aliases of the original: they are in its own
 * folder. */
static const char *
in_language(const struct making *m, const char *address)
{
	const char *folder = m->top->address;
	size_t len = strlen(folder);

	return len &&
		!(strncmp(address, folder, len) == 0 && address[len] == '/')
	    ? arena_printf(m->arena, "%s/%s", folder, address)
	    : address;
}

static struct loc
alias_loc(const struct source *s, size_t i)
{
	const struct yaml *list = s->front.yaml
	    ? yaml_get(s->front.yaml, "aliases")
	    : NULL;

	if (!list)
		return (struct loc){ &s->origin, 1, 1 };
	return list->kind == YAML_LIST && i < list->n_items ? list->items[i].at
							    : list->at;
}

static void
fill_aliases(struct making *m, const struct source *s, struct page *page,
    struct diag *d)
{
	const char **all = arena_array(m->arena, s->front.n_aliases,
	    const char *);

	for (size_t i = 0; i < s->front.n_aliases; i++) {
		const char *address = alias_address(m->arena,
		    s->front.aliases[i]);
		if (address) {
			all[page->n_aliases++] = in_language(m, address);
			continue;
		}
		diag_at(d, DIAG_ALIAS_BAD, alias_loc(s, i), "%s",
		    s->front.aliases[i]);
		diag_help(d,
		    "write it from the site's root: 'old/place' or 'old/place.html'");
	}
	page->aliases = all;
}

static void
fill_page(struct making *m, const struct source *s, struct page *page)
{
	const struct book *b = &m->book;

	page->self = s->ref;
	page->lang = s->front.lang ? s->front.lang : b->site->lang;
	page->is_rtl = lang_is_rtl(page->lang);
	page->tags = s->front.tags;
	page->n_tags = s->front.n_tags;
	page->doc = s->doc;
	page->quizzes = (const struct quiz *const *)s->quizzes;
	page->n_quizzes = s->n_quizzes;
	page->nav = UINT_MAX;
	page->date = s->front.date;
	fill_crumbs(m, s, page);
	if (s->ref->kind == PAGE_HOME) {
		page->map = b->map;
		page->n_map = b->n_map;
	} else if (s->ref->kind == PAGE_MODULE) {
		const struct map_entry *e = find_entry(b->map, b->n_map,
		    s->ref);
		page->map = e ? e->entries : NULL;
		page->n_map = e ? e->n_entries : 0;
	}
}

/* A course without content/index.md has a home page all the same. */
static void
add_home(struct paging *p)
{
	struct making *m = p->m;
	struct source *s = m->top->index;

	if (!s || s->is_skipped) {
		s = arena_obj(m->arena, struct source);
		s->origin.path = m->book.site->origin->path;
		s->origin.text = STR_LIT("");
		s->kind = SOURCE_INDEX;
		s->rel = "index.md";
		s->folder = m->top;
		s->front.title = m->book.site->title;
		s->doc = arena_obj(m->arena, struct doc);
		s->doc->origin = &s->origin;
		s->doc->body = arena_obj(m->arena, struct node);
		m->top->index = s;
	}
	add_with_quiz(p, s);
}

static void
pair_quizzes(struct making *m, struct diag *d)
{
	for (size_t i = 0; i < m->sources->len; i++) {
		struct source *s = m->sources->pdata[i];
		if (s->kind != SOURCE_QUIZ || s->is_skipped)
			continue;
		size_t len = strlen(s->rel) - strlen(".quiz.md");
		g_autofree char *rel = g_strdup_printf("%.*s.md", (int)len,
		    s->rel);
		struct source *lesson = g_hash_table_lookup(m->by_rel, rel);
		if (lesson && !lesson->is_skipped) {
			s->lesson = lesson;
			lesson->quiz = s;
		} else if (lesson) {
			/* A draft, or unreadable: the quiz waits for it. */
			s->is_skipped = true;
			if (lesson->front.is_draft)
				diag_drop(d, &s->origin);
		} else if (!s->front.n_from) {
			diag_at(d, DIAG_PAGE_ORPHAN,
			    (struct loc){ &s->origin, 1, 1 }, NULL);
			diag_help(d, "its lesson would be %s/%s",
			    m->book.site->content, rel);
		}
	}
}

/* has_slug: its address can be given in front matter. */
static void
check_address(GHashTable *seen, const char *address, struct loc at,
    bool has_slug, struct diag *d)
{
	static const char *const reserved[] = { "404.html", "assets",
		"downloads", "tags.html", "a-z.html", "tips.html", "print.html",
		"objectives.html", "robots.txt", "feed.xml", "sitemap.xml",
		"cname", "llms.txt", "llms-full.txt", NULL };
	char *folded = g_utf8_casefold(address, -1);
	const struct origin *other = g_hash_table_lookup(seen, folded);

	if (other) {
		diag_at(d, DIAG_PAGE_CLASH, at, "%s", address);
		diag_help(d, "%s has it too; rename one%s", other->path,
		    has_slug ? ", or give it a 'slug'" : "");
	}
	const char *slash = strrchr(address, '/');
	if (strlen(slash ? slash + 1 : address) > NAME_BYTES) {
		diag_at(d, DIAG_PAGE_NAME, at, "%s", address);
		diag_help(d, "%d bytes are allowed%s", NAME_BYTES,
		    has_slug ? "; a 'slug' shortens it" : "");
	}
	size_t len = strcspn(folded, "/");
	for (size_t k = 0; reserved[k]; k++) {
		if (strlen(reserved[k]) != len ||
		    strncmp(folded, reserved[k], len) != 0)
			continue;
		diag_at(d, DIAG_PAGE_RESERVED, at, "%s", address);
		diag_help(d, "rename it%s",
		    has_slug ? ", or give it a 'slug'" : "");
	}
	g_hash_table_insert(seen, folded, (struct origin *)(uintptr_t)at.in);
}

void
pages_check_addresses(struct making *m, struct diag *d)
{
	g_autoptr(GHashTable)
	    seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (size_t i = 0; i < m->page_sources->len; i++) {
		const struct source *s = m->page_sources->pdata[i];
		g_autofree char *file = g_strconcat(s->ref->address, ".html",
		    NULL);
		check_address(seen, file, (struct loc){ &s->origin, 1, 1 },
		    true, d);
	}
	for (size_t i = 0; i < m->page_sources->len; i++) {
		const struct source *s = m->page_sources->pdata[i];
		const struct page *p = &m->book.pages[i];
		for (size_t k = 0; k < p->n_aliases; k++)
			check_address(seen, p->aliases[k], alias_loc(s, k),
			    false, d);
	}
	for (size_t i = 0; i < m->files->len; i++) {
		const struct file *f = m->files->pdata[i];
		if (f->asset)
			check_address(seen, f->asset->address,
			    (struct loc){ &f->origin, 0, 0 }, false, d);
	}
}

/* A module's slug is its folder's name in addresses. */
static void
name_folders(struct making *m, struct folder *f)
{
	const struct source *index = f->index;

	if (f != m->top && f->parent && index && !index->is_skipped &&
	    index->front.slug)
		f->address = f->parent->address[0]
		    ? arena_printf(m->arena, "%s/%s", f->parent->address,
			  index->front.slug)
		    : index->front.slug;
	else if (f->parent && f->parent->address[0])
		f->address = arena_printf(m->arena, "%s/%s", f->parent->address,
		    f->slug);
	else if (f->parent)
		f->address = f->slug;
	for (size_t i = 0; i < f->folders->len; i++)
		name_folders(m, f->folders->pdata[i]);
}

void
pages_make(struct making *m, struct diag *d)
{
	struct paging p = { m, g_ptr_array_new() };
	struct book *b = &m->book;

	name_folders(m, m->folders->pdata[0]);
	pair_quizzes(m, d);
	add_home(&p);
	add_folder(&p, m->top, &b->map, &b->n_map);
	if (m->glossary && !m->glossary->is_skipped)
		add_with_quiz(&p, m->glossary);
	m->page_sources = p.sources;
	struct page *pages = arena_array(m->arena, p.sources->len, struct page);
	b->pages = pages;
	b->n_pages = p.sources->len;
	for (size_t i = 0; i < b->n_pages; i++) {
		const struct source *s = p.sources->pdata[i];
		fill_page(m, s, &pages[i]);
		fill_aliases(m, s, &pages[i], d);
		if (i)
			pages[i].prev = pages[i - 1].self;
		if (i)
			pages[i - 1].next = pages[i].self;
		if (s->kind == SOURCE_GLOSSARY)
			b->glossary = &pages[i];
		b->n_lessons += s->ref->kind == PAGE_LESSON;
		for (size_t k = 0; k < s->n_quizzes; k++)
			b->n_questions += s->quizzes[k]->n_questions;
	}
	for (size_t i = 0; i < b->n_map; i++)
		mark_nav(pages, &b->map[i], (unsigned)i);
}
