/*
 * The course as one Markdown file, out/<slug>.md, for GitHub, pandoc and
 * handouts: pages in reading order below one title, all links inside of it.
 * What pages show or link to, pictures and other files, is copied to
 * out/<slug>.files/.
 */
#include "render/markdown_page.h"
#include "render/markdown_question.h"
#include "write/away.h"
#include "write/writer.h"

enum {
	OPTION_ANSWERS,
	LEVEL_MOST = 4 /* of a page's title: sections come below */
};

/* Where a page stands in the file. */
struct place {
	unsigned level;
	const char *before; /* headings of folders without a page; or NULL */
};

struct file {
	const struct site *site;
	GString *text, *key;
	struct place *places; /* by page_ref.no */
	GHashTable *linked; /* ids that something links to */
	const char *files; /* "course.files/" */
	enum markdown_answers answers;
};

/* --- ids and addresses ---------------------------------------------------- */

/* "hybrid/expressroute:connect": unique, since neither address nor id has a
 * colon. */
static void
put_id(GString *out, const struct page_ref *page, const char *id)
{
	g_string_append_uri_escaped(out, page->address, "/", TRUE);
	if (id) {
		g_string_append_c(out, ':');
		g_string_append(out, id);
	}
}

static bool
address(GString *out, const struct link *l, const void *ctx)
{
	const struct file *f = ctx;

	switch (l->to.kind) {
	case TARGET_NONE: return false;
	case TARGET_URL: g_string_append(out, l->to.url); return true;
	case TARGET_ASSET:
		g_string_append(out, f->files);
		g_string_append_uri_escaped(out, l->to.asset->address, "/",
		    TRUE);
		return true;
	case TARGET_TRANSLATION:
		/* The website has it. */
		if (f->site->url)
			away_url(out, f->site, l->to.page->address, ".html",
			    l->to.anchor);
		return f->site->url != NULL;
	case TARGET_PAGE: break;
	}
	g_string_append_c(out, '#');
	if (l->to.is_raw)
		g_string_append(out, l->to.anchor);
	else
		put_id(out, l->to.page, l->to.anchor);
	return true;
}

/* Questions and answers link to each other, headings mostly to nothing. */
static bool
anchor(GString *out, const struct page_ref *page, const char *id,
    const void *ctx)
{
	const struct file *f = ctx;
	const size_t from = out->len;

	put_id(out, page, id);
	if (g_hash_table_contains(f->linked, out->str + from) ||
	    g_str_has_prefix(id, "A-") || g_str_has_prefix(id, "q-"))
		return true;
	g_string_truncate(out, from);
	return false;
}

static void
note_id(struct file *f, const struct page_ref *page, const char *anchor)
{
	GString *id = g_string_new(NULL);

	put_id(id, page, anchor);
	g_hash_table_add(f->linked, g_string_free(id, FALSE));
}

static void
note_link(struct file *f, const struct link *l)
{
	if (l && l->to.kind == TARGET_PAGE && l->to.anchor && !l->to.is_raw)
		note_id(f, l->to.page, l->to.anchor);
}

static void
note_links(struct file *f, const struct page *page)
{
	const struct doc *doc = page->doc;

	for (size_t i = 0; i < doc->n_links; i++)
		note_link(f, doc->links[i]);
	for (size_t i = 0; i < doc->n_raw_links; i++)
		note_link(f, doc->raw_links[i]);
	/* Lessons link to terms by themselves. */
	for (size_t i = 0; i < page->n_terms; i++)
		if (page->terms[i].n_uses > 0)
			note_id(f, page->self, page->terms[i].id);
	for (size_t i = 0; i < page->n_quizzes; i++)
		for (size_t k = 0; k < page->quizzes[i]->n_questions; k++)
			note_link(f, page->quizzes[i]->questions[k].source);
}

/* --- the head of the file ------------------------------------------------- */

static void
put_title(GString *out, unsigned level, const char *title,
    const struct page_ref *page)
{
	g_autofree char *marks = g_strnfill(level, '#');

	g_string_append_printf(out, "%s ", marks);
	markdown_textz(out, title);
	if (page) {
		g_string_append(out, " <a id=\"");
		put_id(out, page, NULL);
		g_string_append(out, "\"></a>");
	}
	g_string_append(out, "\n\n");
}

static void
put_paragraph(GString *out, const char *text)
{
	if (!text[0])
		return;
	markdown_textz(out, text);
	g_string_append(out, "\n\n");
}

static void
put_entry(GString *out, unsigned depth, const char *title,
    const struct page_ref *page)
{
	g_autofree char *indent = g_strnfill(2 * (gsize)depth, ' ');
	g_autoptr(GString) id = g_string_new("#");

	g_string_append_printf(out, "%s- %s", indent, page ? "[" : "");
	markdown_textz(out, title);
	if (page) {
		put_id(id, page, NULL);
		g_string_append(out, "](");
		markdown_destination(out, (struct str){ id->str, id->len },
		    NULL);
		g_string_append_c(out, ')');
	}
	g_string_append_c(out, '\n');
}

static void
put_map(GString *out, const struct map_entry *map, size_t n, unsigned depth)
{
	for (size_t i = 0; i < n; i++) {
		put_entry(out, depth, map[i].title, map[i].page);
		put_map(out, map[i].entries, map[i].n_entries, depth + 1);
	}
}

static void
put_head(GString *out, const struct book *b, const struct words *w)
{
	const struct site *s = b->site;
	g_autoptr(GString) authors = g_string_new(NULL);

	put_title(out, 1, s->title, b->n_pages ? b->pages[0].self : NULL);
	put_paragraph(out, s->subtitle);
	for (size_t i = 0; i < s->n_authors; i++)
		g_string_append_printf(authors, "%s%s", i ? ", " : "",
		    s->authors[i]);
	put_paragraph(out, authors->str);
	put_paragraph(out, s->description);
	put_paragraph(out, s->license);
	g_string_append(out, "## ");
	markdown_word(out, w, WORD_CONTENTS, NULL, NULL);
	g_string_append(out, "\n\n");
	put_map(out, b->map, b->n_map, 0);
	if (b->glossary)
		put_entry(out, 0, b->glossary->self->title, b->glossary->self);
}

/* --- where pages stand ---------------------------------------------------- */

struct placing {
	struct place *places;
	GString *before; /* headings that wait for the next page */
	struct arena *arena;
};

static void
place_map(struct placing *k, const struct map_entry *map, size_t n,
    unsigned level)
{
	for (size_t i = 0; i < n; i++) {
		const unsigned here = MIN(level, LEVEL_MOST);
		if (map[i].page) {
			struct place *p = &k->places[map[i].page->no];
			p->level = here;
			if (k->before->len)
				p->before = arena_take(k->arena, k->before).p;
		} else {
			put_title(k->before, here, map[i].title, NULL);
		}
		place_map(k, map[i].entries, map[i].n_entries, level + 1);
	}
}

static struct place *
place_pages(const struct book *b, struct arena *a)
{
	struct placing k = { arena_array(a, b->n_pages, struct place),
		g_string_new(NULL), a };

	place_map(&k, b->map, b->n_map, 2);
	for (size_t i = 0; i < b->n_pages; i++) {
		const struct page_ref *self = b->pages[i].self;
		struct place *p = &k.places[self->no];
		if (self->kind == PAGE_HOME)
			p->level = 1;
		else if (!p->level && self->partner)
			p->level = k.places[self->partner->no].level;
		if (!p->level)
			p->level = 2;
	}
	g_string_free(k.before, TRUE);
	return k.places;
}

/* --- hooks ---------------------------------------------------------------- */

static void
markdown_check(const struct book *b, const struct brief *in, struct diag *d)
{
	(void)b;
	writer_check_option(in, OPTION_ANSWERS, markdown_answers_names, d);
}

static bool
markdown_open(struct job *j)
{
	struct file *f = j->state;
	const struct book *b = j->book;

	f->site = j->in.site;
	f->text = g_string_new(NULL);
	f->key = g_string_new(NULL);
	f->linked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	f->answers = markdown_answers_of(writer_option(&j->in, OPTION_ANSWERS));
	g_autofree char *files = writer_more(j->writer, j->in.site);
	g_autofree char *name = g_uri_escape_string(files, "/", TRUE);
	f->files = arena_printf(j->arena, "%s/", name);
	for (size_t i = 0; i < b->n_pages; i++)
		note_links(f, &b->pages[i]);
	f->places = place_pages(b, j->arena);
	put_head(f->text, b, j->in.theme->words);
	return true;
}

static void
add_part(struct piece *p, GString *text)
{
	piece_add(p)->bytes = arena_take(p->arena, text);
}

static bool
markdown_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct file *f = state;
	const struct page *page = p->page;
	const struct place *at = &f->places[page->self->no];
	struct markdown_page m = { .page = page,
		.words = in->theme->words,
		.address = address,
		.anchor = anchor,
		.ctx = f,
		.level = at->level,
		.answers = f->answers,
		.with_hints = true };
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) body = g_string_new(NULL);

	if (page->self->kind != PAGE_HOME) {
		g_string_append(text, at->before ? at->before : "");
		put_title(text, at->level, page->self->title, page->self);
	}
	markdown_page(body, &m);
	g_string_append(text, body->str);
	add_part(p, text);
	g_string_truncate(text, 0);
	m.level = 3;
	if (f->answers == MARKDOWN_ANSWERS_BOOK)
		markdown_page_answers(text, &m);
	add_part(p, text);
	return true;
}

static bool
markdown_emit(struct job *j, const struct piece *p)
{
	struct file *f = j->state;
	const struct str text = p->parts[0].bytes, key = p->parts[1].bytes;

	if (text.len) {
		/* A page without text ends with its title's empty line. */
		if (!g_str_has_suffix(f->text->str, "\n\n"))
			g_string_append_c(f->text, '\n');
		g_string_append_len(f->text, text.p, (gssize)text.len);
	}
	g_string_append_len(f->key, key.p, (gssize)key.len);
	return true;
}

static bool
copy_files(struct job *j)
{
	g_autofree char *dir = writer_more(j->writer, j->in.site);
	bool ok = true;

	for (size_t i = 0; ok && i < j->book->n_assets; i++) {
		const struct asset *a = j->book->assets[i];
		g_autofree char *path = g_strdup_printf("%s/%s", dir,
		    a->address);
		ok = out_copy(j->out, path, a->src, a->hash);
	}
	return ok;
}

static bool
markdown_finish(struct job *j)
{
	const struct file *f = j->state;
	g_autofree char *path = writer_product(j->writer, j->in.site);

	if (f->key->len) {
		g_string_append(f->text, "\n## ");
		markdown_word(f->text, j->in.theme->words, WORD_ANSWER_KEY,
		    NULL, NULL);
		g_string_append_c(f->text, '\n');
		g_string_append(f->text, f->key->str);
	}
	return out_file(j->out, path,
		   (struct str){ f->text->str, f->text->len }) &&
	    copy_files(j);
}

static void
markdown_close(struct job *j)
{
	struct file *f = j->state;

	if (f->text)
		g_string_free(f->text, TRUE);
	if (f->key)
		g_string_free(f->key, TRUE);
	if (f->linked)
		g_hash_table_destroy(f->linked);
	*f = (struct file){ 0 };
}

static const struct writer_option options[] = {
	[OPTION_ANSWERS] = { "answers", "book",
	    "where the answers stand: at the end of the 'book', of each 'chapter', or 'none'" },
	{ NULL, NULL, NULL },
};

const struct writer writer_markdown = {
	.name = "markdown",
	.summary = "the course as one Markdown file",
	.suffix = ".md",
	.more = ".files",
	.renditions = paper_renditions,
	.options = options,
	.order = EMIT_READING,
	.state_size = sizeof(struct file),
	.check = markdown_check,
	.open = markdown_open,
	.render = markdown_render,
	.emit = markdown_emit,
	.finish = markdown_finish,
	.close = markdown_close,
};
