#include "write/html/nav.h"

#include "render/html.h"

#include <limits.h>

/* With more lessons than this, only the current module is unfolded: a page
 * would otherwise carry the whole course, and the site its square. */
enum {
	WHOLE_TREE_MOST = 120,
	DEPTH_MOST = 32
};

/* Where a page's link stands in the text: behind its href. */
struct mark {
	unsigned page;
	size_t offset;
};

struct nav {
	struct str html;
	const struct mark *marks; /* by page, ascending */
	size_t n_marks;
};

struct navs {
	/* By module (n_map means none) and depth; html.p NULL: not needed. */
	struct nav *all;
	size_t n_map, n_depths;
};

struct making_nav {
	GString *out;
	GArray *marks;
	const char *root;
	unsigned current; /* top-level entry that is unfolded */
	bool is_whole;
};

static size_t
depth_of(const char *address)
{
	size_t n = 0;

	for (; *address; address++)
		n += *address == '/';
	return n;
}

const char *
nav_root(const char *address)
{
	static const char all[] =
	    "../../../../../../../../../../../../../../../"
	    "../../../../../../../../../../../../../../../"
	    "../../";
	size_t depth = depth_of(address);

	g_assert(depth <= DEPTH_MOST);
	return all + 3 * (DEPTH_MOST - depth);
}

static void
put_link(struct making_nav *n, const struct page_ref *page, const char *title)
{
	struct mark m = { .page = page->no };

	g_string_append(n->out, "<a href=\"");
	g_string_append(n->out, n->root);
	g_string_append_uri_escaped(n->out, page->address, "/", FALSE);
	g_string_append(n->out, ".html\"");
	m.offset = n->out->len;
	g_array_append_val(n->marks, m);
	g_string_append_c(n->out, '>');
	html_textz(n->out, title);
	g_string_append(n->out, "</a>");
}

static void put_entries(struct making_nav *n, const struct map_entry *map,
    size_t n_map, unsigned level);

static void
put_lesson(struct making_nav *n, const struct map_entry *e)
{
	const struct page_ref *quiz = e->page->partner;

	put_link(n, e->page, e->title);
	if (!quiz)
		return;
	g_string_append(n->out, "<ol><li>");
	put_link(n, quiz, quiz->title);
	g_string_append(n->out, "</li></ol>");
}

static void
put_module(struct making_nav *n, const struct map_entry *e, bool is_open,
    unsigned level)
{
	g_string_append(n->out,
	    is_open ? "<details open><summary>" : "<details><summary>");
	html_textz(n->out, e->title);
	g_string_append(n->out, "</summary><ol>\n");
	if (e->page) {
		g_string_append(n->out, "<li class=\"intro\">");
		put_lesson(n, e);
		g_string_append(n->out, "</li>\n");
	}
	put_entries(n, e->entries, e->n_entries, level + 1);
	g_string_append(n->out, "</ol></details>");
}

static const struct page_ref *
first_page(const struct map_entry *e)
{
	const struct page_ref *p = e->page;

	for (size_t i = 0; !p && i < e->n_entries; i++)
		p = first_page(&e->entries[i]);
	return p;
}

static void
put_entries(struct making_nav *n, const struct map_entry *map, size_t n_map,
    unsigned level)
{
	for (size_t i = 0; i < n_map; i++) {
		const struct map_entry *e = &map[i];
		bool is_current = level > 0 || i == n->current;
		bool is_module = e->n_entries > 0 || !e->page ||
		    e->page->kind == PAGE_MODULE;
		g_string_append(n->out, "<li>");
		if (!is_module)
			put_lesson(n, e);
		else if (n->is_whole || is_current)
			put_module(n, e, is_current, level);
		else
			put_link(n, first_page(e), e->title);
		g_string_append(n->out, "</li>\n");
	}
}

static int
by_page(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return (x->page > y->page) - (x->page < y->page);
}

static void
make(struct nav *nav, const struct book *b, const struct page *page,
    struct arena *a)
{
	struct making_nav n = { .out = g_string_new("<ol class=\"tree\">\n"),
		.marks = g_array_new(FALSE, FALSE, sizeof(struct mark)),
		.root = nav_root(page->self->address),
		.current = page->nav,
		.is_whole = b->n_lessons <= WHOLE_TREE_MOST };

	put_entries(&n, b->map, b->n_map, 0);
	g_string_append(n.out, "</ol>\n");
	if (n.marks->len > 1)
		qsort(n.marks->data, n.marks->len, sizeof(struct mark),
		    by_page);
	nav->html = arena_take(a, n.out);
	nav->marks = arena_array_of(a, n.marks);
	nav->n_marks = n.marks->len;
	g_string_free(n.out, TRUE);
	g_array_free(n.marks, TRUE);
}

static struct nav *
nav_of(const struct navs *n, const struct page *page)
{
	size_t module = page->nav == UINT_MAX ? n->n_map : page->nav;

	return &n->all[module * n->n_depths + depth_of(page->self->address)];
}

struct navs *
navs_make(const struct book *b, struct arena *a)
{
	struct navs *n = arena_obj(a, struct navs);

	n->n_map = b->n_map;
	for (size_t i = 0; i < b->n_pages; i++) {
		size_t depth = depth_of(b->pages[i].self->address);
		if (depth + 1 > n->n_depths)
			n->n_depths = depth + 1;
	}
	n->all = arena_array(a, (n->n_map + 1) * n->n_depths, struct nav);
	for (size_t i = 0; i < b->n_pages; i++) {
		struct nav *nav = nav_of(n, &b->pages[i]);
		if (!nav->html.p)
			make(nav, b, &b->pages[i], a);
	}
	return n;
}

/* The 404 page is shown at any address: its tree begins at the server's
 * root. */
static void
put_rooted(GString *out, const struct nav *nav, const char *root)
{
	static const char start[] = "<a href=\"";
	const char *at = nav->html.p, *next;

	while ((next = strstr(at, start)) != NULL) {
		next += strlen(start);
		g_string_append_len(out, at, next - at);
		g_string_append(out, root);
		at = next;
	}
	g_string_append(out, at);
}

void
navs_put(GString *out, const struct navs *n, const struct page *page)
{
	const struct nav *nav = nav_of(n, page);
	struct mark key = { .page = page->self->no };
	const struct mark *m = nav->n_marks
	    ? bsearch(&key, nav->marks, nav->n_marks, sizeof(key), by_page)
	    : NULL;
	size_t at = m ? m->offset : 0;

	if (page->root) {
		put_rooted(out, nav, page->root);
		return;
	}
	g_string_append_len(out, nav->html.p, (gssize)at);
	if (m)
		g_string_append(out, " aria-current=\"page\"");
	g_string_append_len(out, nav->html.p + at,
	    (gssize)(nav->html.len - at));
}
