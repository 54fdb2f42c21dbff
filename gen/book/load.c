/* Phases 2 and 3: from names on disk to parsed sources. */
#include "base/fs.h"
#include "base/par.h"
#include "book/question.h"
#include "book/source.h"
#include "book/terms.h"
#include "doc/md.h"
#include "doc/typography.h"

#include <errno.h>
#include <stdlib.h>

/* The end of the year 9999: dates have four digits. */
#define TIME_MOST 253402300799LL

static bool
read_source(struct source *s, const struct making *m, struct arena *a,
    struct diag *d)
{
	const char *path = arena_printf(a, "%s/%s", m->root, s->origin.path);
	struct loc at = { &s->origin, 0, 0 };
	struct diag *own = diag_new();
	struct str text = { "", 0 };
	bool ok = true;

	if (s->size > m->book.site->source_limit) {
		diag_at(d, DIAG_SOURCE_SIZE, at, "%zu bytes", s->size);
		diag_help(d,
		    "split it, or raise limits: {source_kib: %zu} in site.yaml",
		    s->size / 1024 + 1);
		ok = false;
	} else if (!fs_read(path, a, &text, own)) {
		source_unreadable(&s->origin, own, d);
		ok = false;
	}
	diag_free(own);
	s->origin.text = text;
	return ok;
}

/* In a quiz file with a title in front matter, a heading of level 1 above
 * options is a question and no title. */
static bool
is_question(const struct source *s, const struct node *heading)
{
	if (s->kind != SOURCE_QUIZ || !s->front.title)
		return false;
	for (const struct node *n = heading->next; n && n->kind != NODE_HEADING;
	     n = n->next)
		if (question_is_answer_list(n))
			return true;
	return false;
}

/* The text of a heading, as its document keeps it. */
static const char *
text_of(const struct source *s, const struct node *heading)
{
	for (size_t i = 0; i < s->doc->n_headings; i++)
		if (s->doc->headings[i].node == heading)
			return s->doc->headings[i].text;
	return "";
}

static void
report_second(const struct source *s, const struct node *n, struct diag *d)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, n);
	diag_at(d, DIAG_TITLE_TWO, node_loc(&s->origin, n), "%s", text->str);
	diag_help(d, "the page is called '%s'", s->front.title);
}

static bool
has_markup(const struct node *heading)
{
	node_each(n, heading)
		if (n->kind != NODE_TEXT)
			return true;
	return false;
}

/* Takes the first heading of level 1 out of the body: it is the title. */
static void
take_heading(struct source *s, struct diag *d)
{
	bool has_one = false;

	for (struct node **at = &s->doc->body->child; *at;) {
		struct node *n = *at;
		bool is_title = n->kind == NODE_HEADING &&
		    n->heading.level == 1 && !is_question(s, n);
		if (!is_title || has_one) {
			if (is_title)
				report_second(s, n, d);
			at = &n->next;
			continue;
		}
		has_one = true;
		s->title_id = n->heading.id;
		if (!s->front.title)
			s->front.title = text_of(s, n);
		if (strcmp(text_of(s, n), s->front.title) != 0)
			report_second(s, n, d);
		else if (has_markup(n))
			s->doc->title = n;
		*at = n->next;
		n->next = NULL;
	}
}

static void
take_title(struct source *s, struct diag *d)
{
	take_heading(s, d);
	if (s->front.title && s->front.title[0])
		return;
	s->front.title = s->kind == SOURCE_INDEX && s->folder->parent
	    ? s->folder->name
	    : s->stem;
	/* What was not understood may hold one. */
	if (s->doc->is_refused || s->is_broken)
		return;
	diag_at(d, DIAG_TITLE_MISSING, (struct loc){ &s->origin, 1, 1 }, NULL);
	diag_help(d, "begin the page with '# Title'");
}

struct setting_of_type {
	const char *lang;
	struct arena *arena;
};

static void
set_type(const struct node *tree, bool is_answer, void *ctx)
{
	const struct setting_of_type *t = ctx;

	(void)is_answer;
	/* Still ours to write to: phase 3. */
	typography_apply((struct node *)(uintptr_t)tree, t->lang, t->arena);
}

static const char *
set_title(const char *title, const struct setting_of_type *t)
{
	struct node text = { .kind = NODE_TEXT, .text = str_of(title) };
	struct node tree = { .kind = NODE_DOC, .child = &text };

	typography_apply(&tree, t->lang, t->arena);
	return arena_str(t->arena, text.text);
}

void
source_parse(struct source *s, const struct making *m,
    const struct load_options *options, struct arena *a, struct arena *scratch,
    struct diag *d)
{
	const struct site *site = m->book.site;
	struct callout_rules rules = { site->callouts, site->n_callouts };
	struct front_cut cut;

	s->is_skipped = true;
	if (!read_source(s, m, a, d))
		return;
	front_init(&s->front);
	s->is_broken = !front_cut(&s->origin, &cut, d) ||
	    (cut.has_front &&
		!front_parse(&s->origin, cut.yaml, cut.yaml_line,
		    s->kind == SOURCE_QUIZ, a, &s->front, d));
	if (s->front.is_draft && !options->with_drafts)
		return;
	s->is_skipped = false;
	s->truth = options->truth[0] ? options->truth : NULL;
	s->doc = md_parse(&s->origin, cut.body_at, cut.body_line, &rules, a,
	    scratch, d);
	take_title(s, d);
	if (s->doc->is_refused)
		return;
	quiz_extract(s, site, a, d);
	if (s->kind == SOURCE_GLOSSARY)
		terms_read(s, a, d);
	if (!options->only_ids)
		source_check(s, d);
	/* Last, so that ids and answers are what the author wrote. */
	struct setting_of_type t = { s->front.lang ? s->front.lang : site->lang,
		a };
	if (site->has_typography) {
		source_each_tree(s, set_type, &t);
		s->front.title = set_title(s->front.title, &t);
	}
}

struct parse_run {
	struct making *m;
	const struct load_options *options;
	/* By worker: what one thread allocates and another one frees makes both
	 * wait for malloc() from then on. */
	struct diag **diags;
	struct arena **arenas, **scratch;
};

static void
parse_one(size_t item, unsigned worker, void *ctx)
{
	struct parse_run *r = ctx;

	source_parse(r->m->sources->pdata[item], r->m, r->options,
	    r->arenas[worker], r->scratch[worker], r->diags[worker]);
}

static void
parse_all(struct making *m, const struct load_options *options, struct diag *d)
{
	unsigned n = options->n_threads;
	g_autofree struct diag **diags = g_new0(struct diag *, n);
	g_autofree struct arena **arenas = g_new0(struct arena *, n);
	g_autofree struct arena **scratch = g_new0(struct arena *, n);
	struct parse_run r = { m, options, diags, arenas, scratch };

	for (unsigned i = 0; i < n; i++) {
		arenas[i] = arena_new();
		scratch[i] = arena_new();
		diags[i] = diag_new();
		g_ptr_array_add(m->arenas, arenas[i]);
	}
	par_run(m->sources->len, n, parse_one, &r);
	for (size_t i = 0; i < m->sources->len; i++) {
		const struct source *s = m->sources->pdata[i];
		m->book.source_bytes += s->origin.text.len;
	}
	for (unsigned i = 0; i < n; i++) {
		m->book.tree_bytes += arena_used(arenas[i]);
		arena_free(scratch[i]);
		diag_merge(d, diags[i]);
		diag_free(diags[i]);
	}
	m->book.tree_bytes -= m->book.source_bytes;
}

/* T: what the sources say, never the clock. */
static long long
build_time(struct making *m, long long newest, struct diag *d)
{
	const char *epoch = g_getenv("SOURCE_DATE_EPOCH");

	m->is_time_given = epoch && epoch[0];
	if (m->is_time_given) {
		char *end;
		errno = 0;
		long long t = strtoll(epoch, &end, 10);
		if (!*end && g_ascii_isdigit(epoch[0]) && errno == 0 &&
		    t <= TIME_MOST)
			return t;
		diag_at(d, DIAG_TIME_BAD, (struct loc){ NULL, 0, 0 }, "%s",
		    epoch);
		diag_help(d, "seconds since 1970: $(git log -1 --format=%%ct)");
	}
	if (m->book.site->mtime > newest)
		newest = m->book.site->mtime;
	for (size_t i = 0; i < m->sources->len; i++) {
		const struct source *s = m->sources->pdata[i];
		if (s->mtime > newest)
			newest = s->mtime;
	}
	return newest;
}

struct book *
book_load(const struct site *site, const struct load_options *options,
    struct diag *d)
{
	struct making *m = g_new0(struct making, 1);

	m->arena = arena_new();
	m->book.site = site;
	m->runs_programs = options->runs_programs;
	m->only_ids = options->only_ids;
	m->root = site->dir;
	m->content = arena_printf(m->arena, "%s/%s", site->dir, site->content);
	m->arenas = g_ptr_array_new_with_free_func((GDestroyNotify)arena_free);
	m->folders = g_ptr_array_new();
	m->sources = g_ptr_array_new();
	m->files = g_ptr_array_new();
	m->by_rel = g_hash_table_new(g_str_hash, g_str_equal);
	m->files_by_rel = g_hash_table_new(g_str_hash, g_str_equal);
	m->folders_by_rel = g_hash_table_new(g_str_hash, g_str_equal);
	scan_content(m, d);
	parse_all(m, options, d);
	m->book.time = build_time(m, options->mtime, d);
	m->book.is_locking = options->is_locking;
	m->book.since = options->since;
	m->book.lock = lock_read(site->dir, site->lang_dir, m->arena, d);
	return &m->book;
}

void
book_free(struct book *b)
{
	if (!b)
		return;
	struct making *m = book_making(b);
	for (size_t i = 0; i < m->folders->len; i++) {
		struct folder *f = m->folders->pdata[i];
		g_ptr_array_free(f->folders, TRUE);
		g_ptr_array_free(f->sources, TRUE);
	}
	g_ptr_array_free(m->folders, TRUE);
	g_ptr_array_free(m->sources, TRUE);
	g_ptr_array_free(m->files, TRUE);
	if (m->page_sources)
		g_ptr_array_free(m->page_sources, TRUE);
	g_hash_table_destroy(m->by_rel);
	g_hash_table_destroy(m->files_by_rel);
	g_hash_table_destroy(m->folders_by_rel);
	g_ptr_array_free(m->arenas, TRUE);
	arena_free(m->arena);
	g_free(m);
}
