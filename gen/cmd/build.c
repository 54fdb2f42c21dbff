/* `ergen build`: the walk from site.yaml to out/, phase by phase. */
#include "base/fs.h"
#include "cmd/course.h"
#include "cmd/only.h"
#include "cmd/summary.h"
#include "write/out.h"

static char *
out_dir(const struct options *o)
{
	if (o->out)
		return g_strdup(o->out);
	return strcmp(o->course, ".") == 0
	    ? g_strdup("out")
	    : g_build_filename(o->course, "out", NULL);
}

/* A build never destroys sources, nor does it read its own output. False:
 * said on standard error. */
static bool
is_apart(const char *out, const char *sources, bool may_be_inside)
{
	g_autofree char *a = fs_real(out);
	g_autofree char *b = fs_real(sources);

	if (!fs_contains(a, b) && (may_be_inside || !fs_contains(b, a)))
		return true;
	fprintf(stderr, "ergen: cannot build into '%s': %s '%s'\n", out,
	    fs_contains(a, b) ? "it holds the sources in" : "it lies in",
	    sources);
	fprintf(stderr, "help: choose another folder with --out\n");
	return false;
}

static bool
is_apart_from_all(struct course *c, const struct options *o)
{
	g_autofree char *dir = out_dir(o);
	g_autofree char *content = g_build_filename(o->course, c->site.content,
	    NULL);
	g_autofree char *course = fs_real(o->course);

	c->is_misused = !is_apart(dir, o->course, true) ||
	    !is_apart(dir, content, false);
	for (size_t i = 0; !c->is_misused && i < c->theme->n_layers; i++) {
		const char *layer = c->theme->layers[i];
		g_autofree char *theme = fs_real(layer);
		/* The course itself may be a theme. */
		c->is_misused = !is_apart(dir, layer,
		    fs_contains(theme, course));
	}
	return !c->is_misused;
}

static bool
write_language(struct course *c, const struct options *o, struct out *out)
{
	c->run.n_threads = o->n_threads;
	only_find_present(c, out);
	return run_write(&c->run, c->book, out, c->diag);
}

/* Phases 5 to 7. */
static bool
write_book(struct course *c, const struct options *o, struct summary *summary)
{
	g_autofree char *dir = out_dir(o);
	struct out *out = out_begin(dir, c->diag);
	bool ok = out != NULL;

	if (!ok)
		return false;
	/* 5 render, 6 emit */
	ok = write_language(c, o, out);
	for (size_t i = 0; ok && i < c->n_translations; i++)
		ok = write_language(&c->translations[i], o, out);
	/* Formats of the author's own report while they write. */
	ok = ok && course_may_go_on(c, o) && only_keep_others(c, out);
	for (size_t i = 0; ok && i < c->n_translations; i++)
		ok = only_keep_others(&c->translations[i], out);
	summary_take(summary, c, dir, out);
	for (size_t i = 0; i < c->n_translations; i++)
		summary_take(summary, &c->translations[i], dir, out);
	summary_end(summary, END_WRITE);
	/* 7 publish */
	if (ok)
		ok = out_publish(out, &summary->has_changed);
	else
		out_abort(out);
	summary_end(summary, END_PUBLISH);
	return ok;
}

static int
build_locked(const struct options *o)
{
	struct course c = { 0 };
	struct summary summary = { .start = g_get_monotonic_time() };
	bool ok = course_configure(&c, o) /* 1 */
	    && is_apart_from_all(&c, o) &&
	    summary_end(&summary, END_CONFIGURE) &&
	    course_load(&c, o) /* 2 scan, 3 parse */
	    && summary_end(&summary, END_PARSE) &&
	    course_link_and_check(&c, o) /* 4 */
	    && summary_end(&summary, END_CHECK) &&
	    write_book(&c, o, &summary); /* 5 to 7 */
	int status = finish_diagnostics(c.diag, o);

	if (ok && o->is_json) {
		summary_print_json(&summary, &c);
	} else if (ok && !o->is_quiet) {
		summary_print(&summary);
		summary_print_losses(&c, o->shows_all);
	}
	if (ok && o->shows_times)
		summary_print_times(&summary);
	course_release(&c);
	if (c.is_misused)
		return EXIT_USAGE;
	return ok || status != EXIT_OK ? status : EXIT_MACHINE;
}

static int
build(const struct options *o)
{
	struct diag *d = diag_new();
	struct options own = *o;
	int fd;
	bool is_locked = out_lock(o->course, &fd, d);

	own.asks_writers = true;
	int status = is_locked ? build_locked(&own) : finish_diagnostics(d, o);

	out_unlock(fd);
	diag_free(d);
	return status;
}

const struct command command_build = {
	.name = "build",
	.summary = "build the course into out/",
	.usage = "[COURSE] [options]",
	.help =
	    "  -o, --out DIR     write there instead of COURSE/out\n"
	    "  -j, --jobs N      work with N threads\n"
	    "      --only NAMES  only these outputs: html,epub\n"
	    "      --since WHAT  also a small deck of what has changed since WHAT: an\n"
	    "                    earlier .apkg, or a commit of git with ergen.lock\n"
	    "      --drafts      drafts too\n"
	    "      --no-exec     run no other program\n"
	    "      --strict      warnings count as errors\n"
	    "      --all         show more than 50 diagnostics, and every simplified question\n"
	    "      --times       how long each phase took\n"
	    "      --diagnostics FORMAT  text, json, github or sarif\n"
	    "      --json        the summary as JSON\n"
	    "  -q, --quiet       no summary\n",
	.run = build,
};
