#include "cmd/course.h"

#include "cmd/since.h"
#include "write/own.h"

#include <stdio.h>

bool
course_may_go_on(const struct course *c, const struct options *o)
{
	enum diag_level worst = diag_worst(c->diag);

	return worst < DIAG_ERROR && !(o->is_strict && worst == DIAG_WARNING);
}

static void
report_unknown_output(struct course *c, const char *name, struct loc at)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; writers[i]; i++)
		g_ptr_array_add(names, (char *)(uintptr_t)writers[i]->name);
	g_ptr_array_add(names, NULL);
	diag_at(c->diag, DIAG_OUTPUT_UNKNOWN, at, "%s", name);
	const char *near = nearest(name, (const char *const *)names->pdata);
	if (near)
		diag_help(c->diag, "did you mean '%s'?", near);
}

/* True if `only` is NULL or names this writer. */
static bool
is_wanted(const char *only, const char *name)
{
	g_auto(GStrv) names = only ? g_strsplit(only, ",", -1) : NULL;

	return !names || g_strv_contains((const char *const *)names, name);
}

/* NULL: it has been said why there is none. */
static const struct writer *
writer_of(struct course *c, const struct output *out, bool asks)
{
	const struct writer *w = out->is_own
	    ? own_writer(out, &c->site, asks, c->arena, c->diag)
	    : writer_find(out->name);

	if (!w && !out->is_own)
		report_unknown_output(c, out->name, out->at);
	return w;
}

/* A program that must not be run writes nothing; what it wrote before stays. */
static void
report_not_run(struct course *c, const struct output *out)
{
	diag_at(c->diag, DIAG_OUTPUT_NOT_RUN, out->at, "%s", out->name);
	diag_help(c->diag, "--no-exec");
}

/* The writers of site.yaml, less those that --only leaves out. */
static void
choose(struct course *c, const struct options *o)
{
	const struct site *s = &c->site;
	size_t n = 0, n_chosen = 0;

	c->writers = arena_array(c->arena, s->n_outputs + 1,
	    const struct writer *);
	c->chosen = arena_array(c->arena, s->n_outputs + 1,
	    const struct writer *);
	for (size_t i = 0; i < s->n_outputs; i++) {
		const struct output *out = &s->outputs[i];
		const bool is_chosen = is_wanted(o->only, out->name) &&
		    (!out->is_own || o->asks_writers);
		const bool is_run = is_chosen &&
		    !(out->is_own && o->runs_nothing);
		const struct writer *w = writer_of(c, out, is_run);
		if (!w)
			continue;
		c->writers[n++] = w;
		if (is_run)
			c->chosen[n_chosen++] = w;
		else if (is_chosen)
			report_not_run(c, out);
	}
}

static void
suggest_output(const struct site *s, const char *name)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; i < s->n_outputs; i++)
		g_ptr_array_add(names, (char *)(uintptr_t)s->outputs[i].name);
	g_ptr_array_add(names, NULL);
	const char *near = nearest(name, (const char *const *)names->pdata);
	if (near)
		fprintf(stderr, "help: did you mean '%s'?\n", near);
}

/* --only may name outputs of site.yaml. False: said on standard error. */
static bool
only_is_known(const struct site *s, const char *only)
{
	g_auto(GStrv) names = g_strsplit(only ? only : "", ",", -1);

	if (only && !names[0]) {
		fprintf(stderr, "ergen: --only names no output\n");
		return false;
	}
	for (size_t i = 0; names[i]; i++) {
		if (site_output(s, names[i]))
			continue;
		fprintf(stderr, "ergen: --only: %s '%s'\n",
		    writer_find(names[i]) ? "site.yaml has no output"
					  : "there is no output format",
		    names[i]);
		suggest_output(s, names[i]);
		return false;
	}
	return true;
}

/* Each language is a course of its own: its words, its book, its files. What
 * is wrong with site.yaml or theme has been said. */
static bool
configure_translations(struct course *c)
{
	size_t n = c->site.n_translations;

	c->translations = arena_array(c->arena, n, struct course);
	for (size_t i = 0; i < n; i++) {
		struct course *t = &c->translations[c->n_translations++];
		const char *lang = c->site.translations[i];
		struct diag *said = diag_new();
		t->arena = arena_new();
		t->diag = c->diag;
		t->site = c->site;
		t->site.lang = t->site.lang_dir = lang;
		t->site.lang_at = c->site.translations_at;
		t->site.is_rtl = lang_is_rtl(lang);
		g_autofree char *low = g_ascii_strdown(lang, -1);
		t->site.slug = arena_printf(t->arena, "%s-%s", c->site.slug,
		    low);
		t->writers = c->writers;
		t->chosen = c->chosen;
		t->theme = theme_load(&t->site, t->arena, said);
		diag_merge(c->diag, said);
		diag_free(said);
		if (!t->theme)
			return false;
		run_init(&t->run, t->chosen, &t->site, t->theme, t->arena,
		    t->diag);
	}
	return true;
}

bool
course_prepare(struct course *c)
{
	c->theme = theme_load(&c->site, c->arena, c->diag);
	if (!c->theme)
		return false;
	run_init(&c->run, c->chosen, &c->site, c->theme, c->arena, c->diag);
	return configure_translations(c);
}

bool
course_configure(struct course *c, const struct options *o)
{
	c->arena = arena_new();
	c->diag = diag_new();
	if (!site_load(o->course, c->arena, &c->site, c->diag))
		return false;
	for (size_t i = 0; i < c->site.n_levels; i++)
		(void)diag_set_level(c->diag, c->site.levels[i].id,
		    c->site.levels[i].level);
	if (!only_is_known(&c->site, o->only)) {
		c->is_misused = true;
		return false;
	}
	choose(c, o);
	return course_prepare(c) && since_find(c, o);
}

static bool
load(struct course *c, const struct options *o)
{
	const char *const *words = c->theme->words->text;
	struct load_options l = { o->n_threads, o->with_drafts,
		!o->runs_nothing, o->only_ids, o->is_locking, c->since,
		c->theme->mtime, { words[WORD_TRUE], words[WORD_FALSE] } };

	c->book = book_load(&c->site, &l, c->diag);
	/* After a fault of the machine nothing that follows is true. */
	return c->book && diag_worst(c->diag) < DIAG_FATAL;
}

bool
course_load(struct course *c, const struct options *o)
{
	bool ok = load(c, o);

	for (size_t i = 0; ok && i < c->n_translations; i++)
		ok = load(&c->translations[i], o);
	return ok;
}

/* An id that ergen derives from a text changes with it, and a note that has
 * been given to learners must not. */
static void
raise_missing_ids(struct course *c)
{
	static const enum diag_id ids[] = { DIAG_QUESTION_NO_ID,
		DIAG_QUIZ_NO_ID, DIAG_CARD_NO_ID };

	if (!c->book->lock && !c->book->is_locking)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
		(void)diag_set_level(c->diag, ids[i], DIAG_ERROR);
}

bool
course_link(struct course *c)
{
	g_autofree struct book **books = g_new0(struct book *,
	    c->n_translations + 1);

	books[0] = c->book;
	for (size_t i = 0; i < c->n_translations; i++)
		books[i + 1] = c->translations[i].book;
	book_link(books, c->n_translations + 1, c->diag);
	return diag_worst(c->diag) < DIAG_FATAL;
}

static void
check(struct course *c)
{
	/* A translation is called what its home page is called. */
	if (c->site.lang_dir && c->book->n_pages)
		c->site.title = c->book->pages[0].self->title;
	book_check(c->book, c->diag);
	run_check(&c->run, c->book, c->diag);
}

bool
course_link_and_check(struct course *c, const struct options *o)
{
	raise_missing_ids(c);
	for (size_t i = 0; i < c->n_translations; i++)
		raise_missing_ids(&c->translations[i]);
	/* On a broken site.yaml links would be wrong for its sake. */
	if (!course_link(c))
		return false;
	check(c);
	for (size_t i = 0; i < c->n_translations; i++)
		check(&c->translations[i]);
	return course_may_go_on(c, o);
}

void
course_release(struct course *c)
{
	for (size_t i = 0; i < c->n_translations; i++) {
		book_free(c->translations[i].book);
		theme_free(c->translations[i].theme);
		arena_free(c->translations[i].arena);
	}
	book_free(c->book);
	theme_free(c->theme);
	diag_free(c->diag);
	arena_free(c->arena);
}
