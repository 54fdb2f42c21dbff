/*
 * For programs that read: llms.txt, a list of the website's pages, and
 * llms-full.txt, all their text, at the website's root. Questions are there
 * without anything that tells their answers, unless the author wants it.
 * https://llmstxt.org/
 */
#include "render/markdown_page.h"
#include "render/markdown_question.h"
#include "write/writer.h"

enum {
	OPTION_ANSWERS
};

struct lists {
	GString *list, *full, *key;
	const char *root; /* of the website: its URL, or as seen from here */
	enum markdown_answers answers;
};

static void
put_page_address(GString *out, const struct lists *l,
    const struct page_ref *page, const char *anchor)
{
	g_string_append(out, l->root);
	g_string_append_uri_escaped(out, page->address, "/", TRUE);
	g_string_append(out, ".html");
	if (anchor)
		g_string_append_printf(out, "#%s", anchor);
}

static bool
address(GString *out, const struct link *l, const void *ctx)
{
	const struct lists *s = ctx;

	switch (l->to.kind) {
	case TARGET_NONE: return false;
	case TARGET_URL: g_string_append(out, l->to.url); return true;
	case TARGET_ASSET:
		g_string_append(out, s->root);
		g_string_append_uri_escaped(out, l->to.asset->address, "/",
		    TRUE);
		return true;
	case TARGET_PAGE:
	case TARGET_TRANSLATION:
		put_page_address(out, s, l->to.page, l->to.anchor);
		return true;
	}
	return false;
}

/* --- llms.txt ------------------------------------------------------------- */

static void
put_link(GString *out, const struct lists *l, const struct page_ref *page)
{
	g_autoptr(GString) to = g_string_new(NULL);

	put_page_address(to, l, page, NULL);
	g_string_append(out, "- [");
	markdown_textz(out, page->title);
	g_string_append(out, "](");
	markdown_destination(out, (struct str){ to->str, to->len }, NULL);
	g_string_append_c(out, ')');
	if (page->summary[0]) {
		g_string_append(out, ": ");
		markdown_textz(out, page->summary);
	}
	g_string_append_c(out, '\n');
}

static void
put_entries(GString *out, const struct lists *l, const struct map_entry *map,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (map[i].page)
			put_link(out, l, map[i].page);
		put_entries(out, l, map[i].entries, map[i].n_entries);
	}
}

static void
put_section(GString *out, const char *title)
{
	g_string_append(out, "\n## ");
	markdown_textz(out, title);
	g_string_append(out, "\n\n");
}

/* Lessons without a module first, then a section for each module. */
static void
put_map(GString *out, const struct lists *l, const struct book *b,
    const struct words *w)
{
	bool has_any = false;

	for (size_t i = 0; i < b->n_map; i++) {
		if (b->map[i].n_entries)
			continue;
		if (!has_any)
			put_section(out, w->text[WORD_LESSONS]);
		has_any = true;
		put_entries(out, l, &b->map[i], 1);
	}
	for (size_t i = 0; i < b->n_map; i++) {
		if (!b->map[i].n_entries)
			continue;
		put_section(out, b->map[i].title);
		put_entries(out, l, &b->map[i], 1);
	}
}

/* What may be left out if there is little room; the name is the format's. */
static void
put_optional(GString *out, const struct lists *l, const struct book *b)
{
	bool has_any = false;

	for (size_t i = 0; i < b->n_pages; i++) {
		const struct page_ref *page = b->pages[i].self;
		/* A quiz without a lesson stands among the lessons. */
		if ((page->kind != PAGE_QUIZ || !page->partner) &&
		    page->kind != PAGE_GLOSSARY)
			continue;
		if (!has_any)
			put_section(out, "Optional");
		has_any = true;
		put_link(out, l, page);
	}
}

/* Title and summary, of both files. */
static void
put_head(GString *out, const struct site *s)
{
	const char *summary = s->description[0] ? s->description : s->subtitle;

	g_string_append(out, "# ");
	markdown_textz(out, s->title);
	g_string_append_c(out, '\n');
	if (summary[0]) {
		g_string_append(out, "\n> ");
		markdown_textz(out, summary);
		g_string_append_c(out, '\n');
	}
}

static void
put_list(const struct lists *l, const struct book *b, const struct words *w)
{
	const struct site *s = b->site;

	put_head(l->list, s);
	g_string_append(l->list, "\n[llms-full.txt](");
	/* It stands beside this one. */
	if (s->url && s->lang_dir) {
		g_autofree char *low = g_ascii_strdown(s->lang_dir, -1);
		g_string_append_printf(l->list, "%s%s/", s->url, low);
	} else if (s->url) {
		g_string_append(l->list, s->url);
	}
	g_string_append(l->list, "llms-full.txt)\n");
	put_map(l->list, l, b, w);
	put_optional(l->list, l, b);
}

/* --- hooks ---------------------------------------------------------------- */

static void
llms_check(const struct book *b, const struct brief *in, struct diag *d)
{
	(void)b;
	writer_check_option(in, OPTION_ANSWERS, markdown_answers_names, d);
}

static bool
llms_open(struct job *j)
{
	struct lists *l = j->state;
	const struct site *s = j->in.site;

	l->list = g_string_new(NULL);
	l->full = g_string_new(NULL);
	l->key = g_string_new(NULL);
	l->root = s->url ? s->url : s->lang_dir ? "../" : "";
	l->answers = markdown_answers_of(writer_option(&j->in, OPTION_ANSWERS));
	put_list(l, j->book, j->in.theme->words);
	put_head(l->full, s);
	return true;
}

static bool
llms_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct lists *l = state;
	const struct page_ref *self = p->page->self;
	struct markdown_page m = { .page = p->page,
		.words = in->theme->words,
		.address = address,
		.ctx = l,
		.level = 1,
		.answers = l->answers,
		.with_hints = l->answers != MARKDOWN_ANSWERS_NONE };
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) body = g_string_new(NULL);

	markdown_page(body, &m);
	if (body->len) {
		g_autoptr(GString) to = g_string_new(NULL);
		put_page_address(to, l, self, NULL);
		/* The file's own title is the home page's. */
		if (self->kind != PAGE_HOME) {
			g_string_append(text, "\n# ");
			markdown_textz(text, self->title);
			g_string_append_c(text, '\n');
		}
		if (in->site->url) {
			g_string_append_printf(text, "\n<%s>\n\n", to->str);
		} else {
			g_string_append(text, "\n[");
			markdown_textz(text, to->str);
			g_string_append_printf(text, "](%s)\n\n", to->str);
		}
		g_string_append(text, body->str);
	}
	piece_add(p)->bytes = arena_take(p->arena, text);
	g_string_truncate(text, 0);
	m.level = 2;
	if (l->answers == MARKDOWN_ANSWERS_BOOK)
		markdown_page_answers(text, &m);
	piece_add(p)->bytes = arena_take(p->arena, text);
	return true;
}

static bool
llms_emit(struct job *j, const struct piece *p)
{
	struct lists *l = j->state;

	g_string_append_len(l->full, p->parts[0].bytes.p,
	    (gssize)p->parts[0].bytes.len);
	g_string_append_len(l->key, p->parts[1].bytes.p,
	    (gssize)p->parts[1].bytes.len);
	return true;
}

static bool
llms_finish(struct job *j)
{
	const struct lists *l = j->state;
	g_autofree char *list = writer_product(j->writer, j->in.site);
	g_autofree char *full = writer_more(j->writer, j->in.site);

	if (l->key->len) {
		g_string_append(l->full, "\n# ");
		markdown_word(l->full, j->in.theme->words, WORD_ANSWER_KEY,
		    NULL, NULL);
		g_string_append_c(l->full, '\n');
		g_string_append(l->full, l->key->str);
	}
	return out_file(j->out, list,
		   (struct str){ l->list->str, l->list->len }) &&
	    out_file(j->out, full, (struct str){ l->full->str, l->full->len });
}

static void
llms_close(struct job *j)
{
	struct lists *l = j->state;

	if (l->list)
		g_string_free(l->list, TRUE);
	if (l->full)
		g_string_free(l->full, TRUE);
	if (l->key)
		g_string_free(l->key, TRUE);
	*l = (struct lists){ 0 };
}

static const struct writer_option options[] = {
	[OPTION_ANSWERS] = { "answers", "none",
	    "whether llms-full.txt has the answers: 'none', at the end of each 'chapter', or of the 'book'" },
	{ NULL, NULL, NULL },
};

const struct writer writer_llms = {
	.name = "llms",
	.summary = "llms.txt and llms-full.txt, for programs that read",
	.folder = SITE_FOLDER,
	.file = "llms.txt",
	.more = "llms-full.txt",
	.renditions = paper_renditions,
	.options = options,
	.order = EMIT_READING,
	.state_size = sizeof(struct lists),
	.check = llms_check,
	.open = llms_open,
	.render = llms_render,
	.emit = llms_emit,
	.finish = llms_finish,
	.close = llms_close,
};
