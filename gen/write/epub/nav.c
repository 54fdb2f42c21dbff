/* The two tables of contents: nav.xhtml, and toc.ncx for readers that know
 * only EPUB 2. */
#include "write/epub/epub.h"

enum {
	NAV_DEEPEST = 2, /* modules, lessons, quizzes */
	NCX_DEEPEST = 1 /* Kindles show two levels */
};

struct entry {
	const char *title, *name; /* name: of the file */
	const char *lang;
	unsigned depth;
};

struct listing {
	GArray *entries; /* struct entry, in the order of the spine */
	struct arena *arena;
};

static void
add_entry(struct listing *l, const char *title, const struct page_ref *page,
    unsigned depth)
{
	g_autoptr(GString) name = g_string_new(NULL);

	name_of_page(name, page);
	const struct entry e = { title[0] ? title : page->address,
		arena_take(l->arena, name).p, page->lang, depth };
	g_array_append_val(l->entries, e);
}

static const struct page_ref *
first_page(const struct map_entry *e)
{
	const struct page_ref *page = e->page;

	for (size_t i = 0; !page && i < e->n_entries; i++)
		page = first_page(&e->entries[i]);
	return page;
}

static void
add_map(struct listing *l, const struct map_entry *map, size_t n,
    unsigned depth)
{
	for (size_t i = 0; i < n; i++) {
		/* A folder without a page leads to the first one in it. */
		const struct page_ref *page = first_page(&map[i]);
		if (!page)
			continue;
		add_entry(l, map[i].title, page, depth);
		if (map[i].page && page->partner)
			add_entry(l, page->partner->title, page->partner,
			    depth + 1);
		add_map(l, map[i].entries, map[i].n_entries, depth + 1);
	}
}

static GArray *
list_entries(const struct job *j, const struct epub *e)
{
	const struct book *b = j->book;
	struct listing l = { g_array_new(FALSE, FALSE, sizeof(struct entry)),
		j->arena };

	if (b->n_pages && b->pages[0].self->kind == PAGE_HOME)
		add_entry(&l, b->pages[0].self->title, b->pages[0].self, 0);
	add_map(&l, b->map, b->n_map, 0);
	if (b->glossary)
		add_entry(&l, b->glossary->self->title, b->glossary->self, 0);
	if (e->has_index) {
		const struct entry index = {
			j->in.theme->words->text[WORD_INDEX], EPUB_INDEX,
			b->site->lang, 0
		};
		g_array_append_val(l.entries, index);
	}
	if (e->answers->len) {
		const struct entry key = {
			j->in.theme->words->text[WORD_ANSWER_KEY], EPUB_ANSWERS,
			b->site->lang, 0
		};
		g_array_append_val(l.entries, key);
	}
	return l.entries;
}

/* Entries below the deepest level stand on it. */
static unsigned
depth_of(const GArray *entries, size_t i, unsigned deepest)
{
	return MIN(g_array_index(entries, struct entry, i).depth, deepest);
}

static void
put_toc(GString *out, const GArray *entries, const struct site *site)
{
	unsigned depth = 0;

	g_string_append(out, "<ol>\n");
	for (size_t i = 0; i < entries->len; i++) {
		const struct entry *e = &g_array_index(entries, struct entry,
		    i);
		unsigned next = i + 1 < entries->len
		    ? depth_of(entries, i + 1, NAV_DEEPEST)
		    : 0;
		depth = depth_of(entries, i, NAV_DEEPEST);
		g_string_append_printf(out, "<li><a href=\"%s\"", e->name);
		put_lang(out, e->lang, site);
		g_string_append_c(out, '>');
		html_textz(out, e->title);
		g_string_append(out, "</a>");
		if (next > depth)
			g_string_append(out, "\n<ol>\n");
		else
			g_string_append(out, "</li>\n");
		for (unsigned k = next; k < depth; k++)
			g_string_append(out, "</ol></li>\n");
	}
	g_string_append(out, "</ol>");
}

static void
put_landmark(GString *out, const struct words *w, const char *type,
    const char *name, enum word word)
{
	g_string_append_printf(out, "<li><a epub:type=\"%s\" href=\"%s\">",
	    type, name);
	html_word(out, w, word, NULL, NULL);
	g_string_append(out, "</a></li>\n");
}

static void
put_landmarks(GString *out, const struct job *j, const struct epub *e,
    const GArray *entries)
{
	const struct words *w = j->in.theme->words;

	g_string_append(out,
	    "<nav epub:type=\"landmarks\" aria-labelledby=\"landmarks\" hidden=\"hidden\">\n"
	    "<h2 id=\"landmarks\">");
	html_word(out, w, WORD_LANDMARKS, NULL, NULL);
	g_string_append(out, "</h2>\n<ol>\n");
	put_landmark(out, w, "cover", EPUB_COVER_PAGE, WORD_COVER);
	put_landmark(out, w, "titlepage", EPUB_TITLE_PAGE, WORD_TITLE_PAGE);
	put_landmark(out, w, "toc", "#toc", WORD_CONTENTS);
	if (entries->len)
		put_landmark(out, w, "bodymatter",
		    g_array_index(entries, struct entry, 0).name,
		    WORD_START_COURSE);
	if (j->book->glossary) {
		g_autoptr(GString) name = g_string_new(NULL);
		name_of_page(name, j->book->glossary->self);
		put_landmark(out, w, "glossary", name->str, WORD_GLOSSARY);
	}
	if (e->has_index)
		put_landmark(out, w, "index", EPUB_INDEX, WORD_INDEX);
	if (e->answers->len)
		put_landmark(out, w, "appendix", EPUB_ANSWERS, WORD_ANSWER_KEY);
	g_string_append(out, "</ol>\n</nav>\n");
}

static void
put_list(GString *out, const GString *list, const char *type,
    const char *attributes, const struct words *w, enum word title)
{
	if (list->len == 0)
		return;
	g_string_append_printf(out,
	    "<nav epub:type=\"%s\" aria-labelledby=\"%s%s\">\n<h2 id=\"%s\">",
	    type, type, attributes, type);
	html_word(out, w, title, NULL, NULL);
	g_string_append(out, "</h2>\n<ol>\n");
	g_string_append_len(out, list->str, (gssize)list->len);
	g_string_append(out, "</ol>\n</nav>\n");
}

static bool
add_nav(struct job *j, struct epub *e, const GArray *entries)
{
	const struct words *w = j->in.theme->words;
	const struct view v = view_of_file(&j->in, EPUB_NAV);
	g_autoptr(GString) out = g_string_new(NULL);

	xhtml_begin(out, &v, w->text[WORD_CONTENTS], j->in.site->lang,
	    "frontmatter");
	g_string_append(out,
	    "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"contents\">\n"
	    "<h1 id=\"contents\">");
	html_word(out, w, WORD_CONTENTS, NULL, NULL);
	g_string_append(out, "</h1>\n");
	put_toc(out, entries, j->in.site);
	g_string_append(out, "\n</nav>\n");
	put_list(out, e->lists.tables, "lot", "\" class=\"list", w,
	    WORD_TABLES);
	put_list(out, e->lists.figures, "loi", "\" class=\"list", w,
	    WORD_FIGURES);
	put_list(out, e->lists.pages, "page-list",
	    "\" role=\"doc-pagelist\" hidden=\"hidden", w, WORD_PAGES);
	put_landmarks(out, j, e, entries);
	xhtml_end(out);
	return epub_add_text(e, EPUB_NAV, out);
}

/* Points that lead to one place have one number. */
static void
put_points(GString *out, const GArray *entries)
{
	const char *last = "";
	unsigned order = 0;

	for (size_t i = 0; i < entries->len; i++) {
		const struct entry *e = &g_array_index(entries, struct entry,
		    i);
		unsigned depth = depth_of(entries, i, NCX_DEEPEST);
		unsigned next = i + 1 < entries->len
		    ? depth_of(entries, i + 1, NCX_DEEPEST)
		    : 0;
		order += strcmp(e->name, last) != 0;
		last = e->name;
		g_string_append_printf(out,
		    "<navPoint id=\"n%zu\" playOrder=\"%u\"><navLabel><text>",
		    i + 1, order);
		html_textz(out, e->title);
		g_string_append_printf(out,
		    "</text></navLabel><content src=\"%s\"/>", e->name);
		g_string_append(out, next > depth ? "\n" : "</navPoint>\n");
		for (unsigned k = next; k < depth; k++)
			g_string_append(out, "</navPoint>\n");
	}
}

static bool
add_ncx(struct job *j, struct epub *e, const GArray *entries)
{
	g_autoptr(GString) out = g_string_new(NULL);
	unsigned depth = 1;

	for (size_t i = 0; i < entries->len; i++)
		depth = MAX(depth, depth_of(entries, i, NCX_DEEPEST) + 1);
	g_string_append(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"");
	html_attr(out, str_of(j->in.site->lang));
	g_string_append_printf(out,
	    "\">\n<head>\n<meta name=\"dtb:uid\" content=\"%s\"/>\n"
	    "<meta name=\"dtb:depth\" content=\"%u\"/>\n"
	    "<meta name=\"dtb:totalPageCount\" content=\"0\"/>\n"
	    "<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n"
	    "</head>\n<docTitle><text>",
	    e->uid, depth);
	html_textz(out, j->in.site->title);
	g_string_append(out, "</text></docTitle>\n<navMap>\n");
	put_points(out, entries);
	g_string_append(out, "</navMap>\n</ncx>\n");
	return epub_add_text(e, EPUB_NCX, out);
}

bool
nav_add(struct job *j, struct epub *e)
{
	g_autoptr(GArray) entries = list_entries(j, e);

	return add_nav(j, e, entries) && add_ncx(j, e, entries);
}
