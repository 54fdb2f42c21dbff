/* Pages that are made of all others: index, tags, tips, the one to print. */
#include "write/a_to_z.h"
#include "write/html/glossary.h"
#include "write/html/website.h"

enum {
	/* Lessons on the page that is to be printed; of a longer course each
	 * top-level entry of the map has one. */
	PRINT_MOST = 60,
	/* Questions in the index; more would hide what is looked for. */
	QUESTIONS_MOST = 1000
};

static const struct reference_link known[REFERENCE_COUNT] = {
	[REFERENCE_GLOSSARY] = { "glossary", WORD_GLOSSARY },
	[REFERENCE_INDEX] = { "a-z", WORD_INDEX },
	[REFERENCE_TIPS] = { "tips", WORD_TIPS },
	[REFERENCE_TAGS] = { "tags", WORD_TAGS },
	[REFERENCE_OBJECTIVES] = { "objectives", WORD_OBJECTIVES },
	[REFERENCE_PRINT] = { "print", WORD_ALL_LESSONS },
};

/* A callout with a title of the author's: "Exam tip". */
static bool
is_tip(const struct node *n, const struct site *site)
{
	if (n->kind != NODE_CALLOUT)
		return false;
	for (size_t i = 0; i < site->n_callouts; i++)
		if (strcmp(site->callouts[i].kind, n->callout->kind) == 0 &&
		    n->callout->title &&
		    g_ascii_strcasecmp(site->callouts[i].title,
			n->callout->title) == 0)
			return true;
	return false;
}

static bool
has_tips(const struct page *p, const struct site *site)
{
	node_each(n, p->doc->body)
		if (is_tip(n, site))
			return true;
	return false;
}

/* "de/" if this is a translation; its home page is in that folder. */
static const char *
prefix_of(const struct book *b, struct arena *a)
{
	const char *home = b->n_pages ? b->pages[0].self->address : "";
	struct str folder = str_of(home);

	folder.len -= MIN(folder.len, strlen("index"));
	return b->site->lang_dir ? arena_str(a, folder) : "";
}

/* Of which of its pages ergen writes which for this course. */
static void
find_pages(bool has[REFERENCE_COUNT], const struct book *b)
{
	has[REFERENCE_GLOSSARY] = b->glossary != NULL;
	has[REFERENCE_INDEX] = b->n_lessons > 0;
	has[REFERENCE_PRINT] = b->n_lessons > 0;
	has[REFERENCE_OBJECTIVES] = b->n_objectives > 0;
	has[REFERENCE_TAGS] = has[REFERENCE_TIPS] = false;
	for (size_t i = 0; i < b->n_pages; i++) {
		const struct page *p = &b->pages[i];
		has[REFERENCE_TAGS] = has[REFERENCE_TAGS] || p->n_tags > 0;
		has[REFERENCE_TIPS] = has[REFERENCE_TIPS] ||
		    (p->self->kind == PAGE_LESSON && has_tips(p, b->site));
	}
}

static void
find_counterparts(struct website *w, const struct book *b, struct arena *a)
{
	const struct page_ref **refs[REFERENCE_COUNT];
	bool has[REFERENCE_COUNT];

	for (size_t i = 0; i < REFERENCE_COUNT; i++)
		w->others[i].refs = refs[i] = arena_array(a, b->n_translations,
		    const struct page_ref *);
	for (size_t k = 0; k < b->n_translations; k++) {
		const struct book *other = b->translations[k];
		find_pages(has, other);
		for (size_t i = 0; i < REFERENCE_COUNT; i++) {
			struct page_ref *r = arena_obj(a, struct page_ref);
			r->kind = PAGE_REFERENCE;
			r->lang = other->site->lang;
			r->address = arena_printf(a, "%s%s",
			    prefix_of(other, a), known[i].address);
			if (has[i])
				refs[i][w->others[i].n++] = r;
		}
	}
}

void
reference_find(struct website *w, const struct book *b, struct arena *a)
{
	struct reference_link *links = arena_array(a, REFERENCE_COUNT,
	    struct reference_link);
	size_t n = 0;

	w->site.prefix = prefix_of(b, a);
	w->site.quiz_css = b->site->lang_dir
	    ? arena_printf(a, "assets/quiz-%s.css", b->site->lang)
	    : "assets/quiz.css";
	find_pages(w->has, b);
	find_counterparts(w, b, a);
	for (size_t i = 0; i < b->n_pages; i++)
		if (b->pages[i].date && b->site->url)
			w->site.feed = arena_printf(a, "%sfeed.xml",
			    w->site.prefix);
	for (size_t i = 0; i < REFERENCE_COUNT; i++)
		if (w->has[i]) {
			links[n].title = known[i].title;
			links[n++].address = arena_printf(a, "%s%s",
			    w->site.prefix, known[i].address);
		}
	w->site.reference = links;
	w->site.n_reference = n;
}

/* --- a page of ours ----------------------------------------------------- */

struct making_page {
	struct job *job;
	const struct website *website;
	struct arena *arena; /* of one page */
	struct page page;
	struct page_ref self;
	const struct page_ref *home;
	struct doc doc;
	struct origin origin;
	struct node body;
	struct place at;
	struct html_policy policy;
	GString *text; /* its body */
};

static void
begin(struct making_page *m, struct job *j, const struct website *w,
    const char *name, enum word title)
{
	const struct site *site = j->in.site;
	const char *address;

	*m = (struct making_page){ .job = j,
		.website = w,
		.arena = arena_new(),
		.text = g_string_sized_new(4096) };
	address = arena_printf(m->arena, "%s%s", w->site.prefix, name);
	m->self = (struct page_ref){ .kind = PAGE_REFERENCE,
		.address = address,
		.title = j->in.theme->words->text[title],
		.summary = "" };
	m->body.kind = NODE_DOC;
	m->origin.text = STR_LIT("");
	m->doc.body = &m->body;
	m->doc.origin = &m->origin;
	m->page = (struct page){ .self = &m->self,
		.lang = site->lang,
		.is_rtl = site->is_rtl,
		.doc = &m->doc,
		.nav = UINT_MAX,
		.crumbs = &m->home,
		.n_crumbs = 1 };
	for (size_t i = 0; i < REFERENCE_COUNT; i++)
		if (strcmp(known[i].address, name) == 0) {
			m->page.translations = w->others[i].refs;
			m->page.n_translations = w->others[i].n;
		}
	m->home = j->book->pages[0].self;
	m->at = (struct place){ &m->page, nav_root(address) };
	m->policy = website_policy(&j->in, &m->at);
	/* What stands here stands elsewhere with its ids. */
	m->policy.with_ids = m->policy.with_notes = false;
	m->policy.quiz = NULL;
}

static bool
end(struct making_page *m)
{
	g_autoptr(GString) page = g_string_sized_new(m->text->len + 8192);
	struct page_markup markup = {
		.body = { m->text->str, m->text->len },
	};

	bool ok = website_page(page, m->website, &m->job->in, &m->page, &markup,
	    m->arena, m->job->diag);
	g_autofree char *path = g_strdup_printf("site/%s.html",
	    m->self.address);
	ok = ok &&
	    out_file(m->job->out, path, (struct str){ page->str, page->len });
	g_string_free(m->text, TRUE);
	arena_free(m->arena);
	return ok;
}

/* Another document's text: its raw HTML has links of its own. */
static void
of_page(struct making_page *m, const struct page *p)
{
	m->policy.raw_links = p->doc->raw_links;
	m->policy.n_raw_links = p->doc->n_raw_links;
}

static void
put_href(struct making_page *m, const struct page_ref *page, const char *anchor)
{
	g_string_append(m->text, m->at.root);
	g_string_append_uri_escaped(m->text, page->address, "/", FALSE);
	g_string_append(m->text, ".html");
	if (anchor) {
		g_string_append_c(m->text, '#');
		g_string_append_uri_escaped(m->text, anchor, NULL, TRUE);
	}
}

static void
put_page_link(struct making_page *m, const struct page_ref *page,
    const char *anchor, const char *text)
{
	g_string_append(m->text, "<a href=\"");
	put_href(m, page, anchor);
	g_string_append(m->text, "\">");
	html_textz(m->text, text);
	g_string_append(m->text, "</a>");
}

/* --- index -------------------------------------------------------------- */

/* Of the questions to draw from only some stand on the page. */
static bool
is_drawn(const struct question *q)
{
	for (size_t i = 0; i < q->quiz->n_drawn; i++)
		if (q->quiz->drawn[i].question == q)
			return true;
	return false;
}

static void
add_questions(GArray *all, struct arena *a, const struct page *p)
{
	for (size_t i = 0; i < p->n_quizzes; i++) {
		const struct quiz *quiz = p->quizzes[i];
		for (size_t k = 0; k < quiz->n_questions; k++) {
			const struct question *q = &quiz->questions[k];
			if (is_drawn(q))
				index_add(all, q->title,
				    index_sort_key(a, q->title), p->self,
				    q->anchor);
		}
	}
}

static void
add_terms(GArray *all, struct arena *a, const struct page *p)
{
	for (size_t i = 0; i < p->n_terms; i++) {
		const struct term *t = &p->terms[i];
		index_add(all, t->name, index_sort_key(a, t->name), p->self,
		    t->id);
		index_add_uses(all, t->uses, t->n_uses);
	}
}

static void
add_page_entries(GArray *all, struct arena *a, const struct page *p,
    bool with_questions)
{
	switch (p->self->kind) {
	case PAGE_LESSON:
	case PAGE_MODULE:
		index_add_page(all, p, a);
		if (with_questions)
			add_questions(all, a, p);
		break;
	case PAGE_GLOSSARY: add_terms(all, a, p); break;
	case PAGE_QUIZ:
		if (with_questions)
			add_questions(all, a, p);
		break;
	case PAGE_HOME:
	case PAGE_REFERENCE: break;
	}
}

/* --- tags --------------------------------------------------------------- */

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
has_tag(const struct page *p, const char *tag)
{
	for (size_t i = 0; i < p->n_tags; i++)
		if (strcmp(p->tags[i], tag) == 0)
			return true;
	return false;
}

/* struct index_place without a page: each tag once, sorted. */
static GArray *
find_tags(const struct book *b, struct arena *a)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct index_place));
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; i < b->n_pages; i++)
		for (size_t k = 0; k < b->pages[i].n_tags; k++)
			g_ptr_array_add(names,
			    (char *)(uintptr_t)b->pages[i].tags[k]);
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++)
		if (i == 0 || strcmp(names->pdata[i - 1], names->pdata[i]) != 0)
			index_add(all, names->pdata[i],
			    index_sort_key(a, names->pdata[i]), NULL, NULL);
	index_sort(all);
	return all;
}

/* The page of tags as others link to it. */
static const struct page_ref *
page_of_tags(const struct making_page *m)
{
	struct page_ref *r = arena_obj(m->arena, struct page_ref);

	r->kind = PAGE_REFERENCE;
	r->address = arena_printf(m->arena, "%s%s", m->website->site.prefix,
	    known[REFERENCE_TAGS].address);
	r->title = m->policy.words->text[WORD_TAGS];
	return r;
}

static void
add_tags(GArray *all, const struct making_page *m)
{
	const struct book *b = m->job->book;
	g_autoptr(GArray) tags = find_tags(b, m->arena);
	const struct page_ref *page = page_of_tags(m);

	for (guint i = 0; i < tags->len; i++) {
		const struct index_place *tag = &g_array_index(tags,
		    struct index_place, i);
		const struct page_ref **uses = arena_array(m->arena, b->n_pages,
		    const struct page_ref *);
		size_t n = 0;
		for (size_t k = 0; k < b->n_pages; k++)
			if (has_tag(&b->pages[k], tag->text))
				uses[n++] = b->pages[k].self;
		index_add(all, tag->text, tag->sort, page,
		    tag_id(m->arena, tag->text));
		index_add_uses(all, uses, n);
	}
}

/* The text leads to the first place, which is named behind it, and so are the
 * others; these are links. */
static void
put_entry(struct making_page *m, const struct index_place *places, size_t n)
{
	const struct index_place *first = &places[0];
	/* They stand there for the others. */
	const bool is_list = first->page->kind == PAGE_GLOSSARY ||
	    first->page->kind == PAGE_REFERENCE;
	const char *before = is_list ? ": " : ", ";
	bool has_more = first->has_more;

	g_string_append(m->text, "<li>");
	put_page_link(m, first->page, first->anchor, first->text);
	const bool is_title = index_is_title(places, n);
	if (is_title && n == 1) {
		g_string_append(m->text, "</li>\n");
		return;
	}
	g_string_append(m->text, " <span>");
	if (is_title)
		before = "";
	else
		html_textz(m->text, index_label(first, m->job->book));
	for (size_t i = 1; i < n; i++) {
		has_more |= places[i].has_more;
		if (index_is_repeated(places, i))
			continue;
		g_string_append(m->text, before);
		put_page_link(m, places[i].page, places[i].anchor,
		    index_label(&places[i], m->job->book));
		before = ", ";
	}
	g_string_append(m->text,
	    has_more ? " …</span></li>\n" : "</span></li>\n");
}

static void
put_entries(struct making_page *m, const GArray *all)
{
	const struct index_place *places = (const struct index_place *)(void *)
					       all->data;
	g_autofree const char **sorts = g_new(const char *, all->len + 1);
	char last[8] = "", letter[8];

	for (size_t i = 0; i < all->len; i++)
		sorts[i] = places[i].sort;
	letters_put(m->text, sorts, all->len, m->policy.words);
	for (size_t i = 0, n; i < all->len; i += n) {
		index_letter(sorts[i], letter);
		if (strcmp(letter, last) != 0) {
			g_string_append(m->text, i ? "</ul>\n" : "");
			g_string_append(m->text, "<h2 id=\"Letter-");
			html_attr(m->text, str_of(letter));
			g_string_append(m->text, "\">");
			html_textz(m->text, letter);
			g_string_append(m->text, "</h2>\n<ul class=\"a-z\">\n");
			g_strlcpy(last, letter, sizeof(last));
		}
		n = index_entry(&places[i], all->len - i);
		put_entry(m, &places[i], n);
	}
	g_string_append(m->text, all->len ? "</ul>\n" : "");
}

static bool
write_index(struct job *j, const struct website *w)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct index_place));
	struct making_page m;

	begin(&m, j, w, known[REFERENCE_INDEX].address, WORD_INDEX);
	for (size_t i = 0; i < j->book->n_pages; i++)
		add_page_entries(all, m.arena, &j->book->pages[i],
		    j->book->n_questions <= QUESTIONS_MOST);
	add_tags(all, &m);
	index_sort(all);
	put_entries(&m, all);
	return end(&m);
}

static bool
write_tags(struct job *j, const struct website *w)
{
	const struct book *b = j->book;
	struct making_page m;

	begin(&m, j, w, known[REFERENCE_TAGS].address, WORD_TAGS);
	g_autoptr(GArray) tags = find_tags(b, m.arena);
	for (guint i = 0; i < tags->len; i++) {
		const char *tag = g_array_index(tags, struct index_place, i)
				      .text;
		g_string_append(m.text, "<h2 id=\"");
		html_attr(m.text, str_of(tag_id(m.arena, tag)));
		g_string_append(m.text, "\">");
		html_textz(m.text, tag);
		g_string_append(m.text, "</h2>\n<ul>\n");
		for (size_t k = 0; k < b->n_pages; k++) {
			if (!has_tag(&b->pages[k], tag))
				continue;
			g_string_append(m.text, "<li>");
			put_page_link(&m, b->pages[k].self, NULL,
			    b->pages[k].self->title);
			g_string_append(m.text, "</li>\n");
		}
		g_string_append(m.text, "</ul>\n");
	}
	return end(&m);
}

/* --- tips --------------------------------------------------------------- */

static void
put_tips(struct making_page *m, const struct page *p, const struct site *site)
{
	const struct node *heading = NULL;

	of_page(m, p);
	g_string_append(m->text, "<h2>");
	put_page_link(m, p->self, NULL, p->self->title);
	g_string_append(m->text, "</h2>\n");
	node_each(n, p->doc->body) {
		struct node one = *n;
		struct node box = { .kind = NODE_DOC, .child = &one };
		if (n->kind == NODE_HEADING)
			heading = n;
		if (!is_tip(n, site))
			continue;
		one.next = NULL;
		html_blocks(m->text, &box, &m->policy);
		if (!heading || !heading->heading.id[0])
			continue;
		g_autoptr(GString) title = g_string_new(NULL);
		node_text(title, heading);
		g_string_append(m->text, "<p class=\"from\">");
		put_page_link(m, p->self, heading->heading.id, title->str);
		g_string_append(m->text, "</p>\n");
	}
}

static bool
write_tips(struct job *j, const struct website *w)
{
	struct making_page m;

	begin(&m, j, w, known[REFERENCE_TIPS].address, WORD_TIPS);
	m.policy.heading_over = 2;
	for (size_t i = 0; i < j->book->n_pages; i++) {
		const struct page *p = &j->book->pages[i];
		if (p->self->kind == PAGE_LESSON && has_tips(p, j->in.site))
			put_tips(&m, p, j->in.site);
	}
	return end(&m);
}

/* --- objectives --------------------------------------------------------- */

static void
put_covered(struct making_page *m, enum word label, size_t n)
{
	if (n)
		return;
	g_string_append(m->text, "<p class=\"none\"><b>");
	html_word(m->text, m->policy.words, label, NULL, NULL);
	g_string_append(m->text, ":</b> ");
	html_word(m->text, m->policy.words, WORD_OBJECTIVE_NONE, NULL, NULL);
	g_string_append(m->text, "</p>\n");
}

static void
put_objective(struct making_page *m, const struct objective *o)
{
	g_string_append(m->text, "<h2>");
	html_textz(m->text, o->text[0] ? o->text : o->id);
	g_string_append(m->text, "</h2>\n<p class=\"uses\">");
	html_textz(m->text, o->id);
	if (o->weight)
		g_string_append_printf(m->text, " · %u\u202f%%", o->weight);
	g_string_append(m->text, "</p>\n");
	put_covered(m, WORD_OBJECTIVE_LESSONS, o->n_lessons);
	put_covered(m, WORD_OBJECTIVE_QUESTIONS, o->n_questions);
	if (o->n_lessons + o->n_questions)
		g_string_append(m->text, "<ul>\n");
	for (size_t i = 0; i < o->n_lessons; i++) {
		g_string_append(m->text, "<li>");
		put_page_link(m, o->lessons[i], NULL, o->lessons[i]->title);
		g_string_append(m->text, "</li>\n");
	}
	for (size_t i = 0; i < o->n_questions; i++) {
		const struct question *q = o->questions[i];
		g_string_append(m->text, "<li>");
		put_page_link(m, q->quiz->page, is_drawn(q) ? q->anchor : NULL,
		    q->title);
		g_string_append(m->text, " <span>");
		html_textz(m->text, q->quiz->page->title);
		g_string_append(m->text, "</span></li>\n");
	}
	if (o->n_lessons + o->n_questions)
		g_string_append(m->text, "</ul>\n");
}

static bool
write_objectives(struct job *j, const struct website *w)
{
	struct making_page m;

	begin(&m, j, w, known[REFERENCE_OBJECTIVES].address, WORD_OBJECTIVES);
	for (size_t i = 0; i < j->book->n_objectives; i++)
		put_objective(&m, &j->book->objectives[i]);
	return end(&m);
}

/* --- print -------------------------------------------------------------- */

static void
put_lesson(struct making_page *m, const struct page *p)
{
	bool has_note = false;

	of_page(m, p);
	g_string_append(m->text, "<article>\n<h2>");
	put_page_link(m, p->self, NULL, p->self->title);
	g_string_append(m->text, "</h2>\n");
	html_blocks(m->text, p->doc->body, &m->policy);
	for (size_t i = 0; i < p->doc->n_footnotes; i++) {
		if (!p->doc->footnotes[i].is_shown)
			continue;
		g_string_append(m->text,
		    has_note ? "" : "<ol class=\"notes\">\n");
		has_note = true;
		html_note(m->text, &p->doc->footnotes[i], &m->policy);
	}
	g_string_append(m->text, has_note ? "</ol>\n" : "");
	g_string_append(m->text, "</article>\n");
}

static bool
is_printed(const struct page *p)
{
	return p->self->kind == PAGE_LESSON || p->self->kind == PAGE_MODULE;
}

/* The pages of one entry of the map; UINT_MAX: of all. */
static bool
write_lessons(struct job *j, const struct website *w, const char *address,
    const char *title, unsigned nav)
{
	struct making_page m;

	begin(&m, j, w, address, WORD_ALL_LESSONS);
	if (title)
		m.self.title = title;
	m.policy.heading_over = 2;
	for (size_t i = 0; i < j->book->n_pages; i++) {
		const struct page *p = &j->book->pages[i];
		if (is_printed(p) && (nav == UINT_MAX || p->nav == nav))
			put_lesson(&m, p);
	}
	return end(&m);
}

static bool
write_print(struct job *j, const struct website *w)
{
	const struct book *b = j->book;
	const char *address = known[REFERENCE_PRINT].address;
	struct making_page m;
	bool ok = true;

	if (b->n_lessons <= PRINT_MOST)
		return write_lessons(j, w, address, NULL, UINT_MAX);
	begin(&m, j, w, address, WORD_ALL_LESSONS);
	g_string_append(m.text, "<ol>\n");
	for (size_t i = 0; i < b->n_map; i++) {
		g_string_append_printf(m.text,
		    "<li><a href=\"print-%zu.html\">", i + 1);
		html_textz(m.text, b->map[i].title);
		g_string_append(m.text, "</a></li>\n");
	}
	g_string_append(m.text, "</ol>\n");
	ok = end(&m);
	for (size_t i = 0; ok && i < b->n_map; i++) {
		g_autofree char *one = g_strdup_printf("print-%zu", i + 1);
		ok = write_lessons(j, w, one, b->map[i].title, (unsigned)i);
	}
	return ok;
}

/* --- 404 ---------------------------------------------------------------- */

/* It is shown at any address: its links begin at the server's root, as far as
 * that is known. */
static bool
write_not_found(struct job *j, const struct website *w)
{
	const char *url = j->in.site->url;
	const char *host = url ? strstr(url, "://") : NULL;
	const char *path = host ? strchr(host + 3, '/') : NULL;
	struct making_page m;

	begin(&m, j, w, "404", WORD_NOT_FOUND);
	m.page.root = path;
	g_string_append(m.text, "<p>");
	html_word(m.text, m.policy.words, WORD_NOT_FOUND_HELP, NULL, NULL);
	g_string_append_printf(m.text,
	    "</p>\n<ul>\n<li><a href=\"%sindex.html\">", path ? path : "");
	html_word(m.text, m.policy.words, WORD_HOME, NULL, NULL);
	g_string_append_printf(m.text, "</a></li>\n<li><a href=\"%sa-z.html\">",
	    path ? path : "");
	html_word(m.text, m.policy.words, WORD_INDEX, NULL, NULL);
	g_string_append(m.text, "</a></li>\n</ul>\n");
	return end(&m);
}

bool
reference_write(struct job *j, const struct website *w)
{
	return (!w->has[REFERENCE_INDEX] || write_index(j, w)) &&
	    (!w->has[REFERENCE_TAGS] || write_tags(j, w)) &&
	    (!w->has[REFERENCE_TIPS] || write_tips(j, w)) &&
	    (!w->has[REFERENCE_OBJECTIVES] || write_objectives(j, w)) &&
	    (!w->has[REFERENCE_PRINT] || write_print(j, w)) &&
	    (j->in.site->lang_dir || write_not_found(j, w));
}
