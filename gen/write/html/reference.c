/* Pages that are made of all others: index, tags, tips, the one to print. */
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

struct index_entry {
	const char *text, *sort;
	const struct page_ref *page;
	const char *anchor; /* or NULL: the page itself */
	unsigned no; /* keeps the reading order among equals */
	const struct page_ref *const *uses; /* of a term or tag: where */
	size_t n_uses;
};

/* What a text is sorted by: "`az` commands" is found below A, Ä with A. */
static const char *
sort_key(struct arena *a, const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	g_autofree char *plain = g_str_to_ascii(folded, "C");
	const char *sort = plain[0] == '?' ? folded : plain;

	while (*sort && !g_ascii_isalnum(*sort) && (unsigned char)*sort < 0x80)
		sort++;
	if (!*sort)
		sort = folded;
	/* What begins with no letter stands together, in front. */
	return g_unichar_isalpha(g_utf8_get_char(sort))
	    ? arena_strdup(a, sort)
	    : arena_printf(a, "\x01%s", sort);
}

static void
add_entry(GArray *all, struct arena *a, const char *text,
    const struct page_ref *page, const char *anchor)
{
	/* A heading of signs alone has no id. */
	bool is_page = !anchor || !anchor[0];

	if (!text[0])
		return;
	struct index_entry e = { text, sort_key(a, text), page,
		is_page ? NULL : anchor, all->len, NULL, 0 };
	g_array_append_val(all, e);
}

static bool
is_question(const struct page *p, const struct node *heading)
{
	for (size_t i = 0; i < p->n_quizzes; i++)
		for (size_t k = 0; k < p->quizzes[i]->n_questions; k++)
			if (p->quizzes[i]->questions[k].heading == heading)
				return true;
	return false;
}

static void
add_headings(GArray *all, struct arena *a, const struct page *p)
{
	for (size_t i = 0; i < p->doc->n_headings; i++) {
		const struct heading *h = &p->doc->headings[i];
		/* The title is there as the page. */
		if (h->level > 1 && !is_question(p, h->node))
			add_entry(all, a, h->text, p->self, h->id);
	}
}

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
				add_entry(all, a, q->title, p->self, q->anchor);
		}
	}
}

static void
add_terms(GArray *all, struct arena *a, const struct page *p)
{
	for (size_t i = 0; i < p->n_terms; i++) {
		const struct term *t = &p->terms[i];
		add_entry(all, a, t->name, p->self, t->id);
		struct index_entry *e = &g_array_index(all, struct index_entry,
		    all->len - 1);
		e->uses = t->uses;
		e->n_uses = t->n_uses;
	}
}

static void
add_page_entries(GArray *all, struct arena *a, const struct page *p,
    bool with_questions)
{
	switch (p->self->kind) {
	case PAGE_LESSON:
	case PAGE_MODULE:
		add_entry(all, a, p->self->title, p->self, NULL);
		add_headings(all, a, p);
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

static int
by_sort(gconstpointer a, gconstpointer b)
{
	const struct index_entry *x = a, *y = b;
	int order = strcmp(x->sort, y->sort);

	return order ? order : (x->no > y->no) - (x->no < y->no);
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

/* struct index_entry: each tag once, sorted. */
static GArray *
find_tags(const struct book *b, struct arena *a)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct index_entry));
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; i < b->n_pages; i++)
		for (size_t k = 0; k < b->pages[i].n_tags; k++)
			g_ptr_array_add(names,
			    (char *)(uintptr_t)b->pages[i].tags[k]);
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++)
		if (i == 0 || strcmp(names->pdata[i - 1], names->pdata[i]) != 0)
			add_entry(all, a, names->pdata[i], NULL, NULL);
	g_array_sort(all, by_sort);
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
		struct index_entry e = g_array_index(tags, struct index_entry,
		    i);
		const struct page_ref **uses = arena_array(m->arena, b->n_pages,
		    const struct page_ref *);
		for (size_t k = 0; k < b->n_pages; k++)
			if (has_tag(&b->pages[k], e.text))
				uses[e.n_uses++] = b->pages[k].self;
		e.uses = uses;
		e.page = page;
		e.anchor = tag_id(m->arena, e.text);
		e.no = all->len;
		g_array_append_val(all, e);
	}
}

static void
put_entry(struct making_page *m, const struct index_entry *e)
{
	g_string_append(m->text, "<li>");
	put_page_link(m, e->page, e->anchor, e->text);
	if (e->anchor) {
		g_string_append(m->text, " <span>");
		html_textz(m->text, e->page->title);
		for (size_t i = 0; i < e->n_uses && i < TERM_USES_MOST; i++) {
			g_string_append(m->text, i ? ", " : ": ");
			put_page_link(m, e->uses[i], NULL, e->uses[i]->title);
		}
		g_string_append(m->text,
		    e->n_uses > TERM_USES_MOST ? " …</span>" : "</span>");
	}
	g_string_append(m->text, "</li>\n");
}

static void
put_entries(struct making_page *m, const GArray *all)
{
	g_autofree const char **sorts = g_new(const char *, all->len + 1);
	char last[8] = "", letter[8];

	for (guint i = 0; i < all->len; i++)
		sorts[i] = g_array_index(all, struct index_entry, i).sort;
	letters_put(m->text, sorts, all->len, m->policy.words);
	for (guint i = 0; i < all->len; i++) {
		letter_of(sorts[i], letter);
		if (strcmp(letter, last) != 0) {
			g_string_append(m->text, i ? "</ul>\n" : "");
			g_string_append(m->text, "<h2 id=\"Letter-");
			html_attr(m->text, str_of(letter));
			g_string_append(m->text, "\">");
			html_textz(m->text, letter);
			g_string_append(m->text, "</h2>\n<ul class=\"a-z\">\n");
			g_strlcpy(last, letter, sizeof(last));
		}
		put_entry(m, &g_array_index(all, struct index_entry, i));
	}
	g_string_append(m->text, all->len ? "</ul>\n" : "");
}

static bool
write_index(struct job *j, const struct website *w)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct index_entry));
	struct making_page m;

	begin(&m, j, w, known[REFERENCE_INDEX].address, WORD_INDEX);
	for (size_t i = 0; i < j->book->n_pages; i++)
		add_page_entries(all, m.arena, &j->book->pages[i],
		    j->book->n_questions <= QUESTIONS_MOST);
	add_tags(all, &m);
	g_array_sort(all, by_sort);
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
		const char *tag = g_array_index(tags, struct index_entry, i)
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
