/* `ergen build`: the walk from site.yaml to out/, phase by phase. */
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

/* Phases 5 to 7. */
static bool
write_book(struct course *c, const struct options *o, struct summary *summary)
{
	g_autofree char *dir = out_dir(o);
	struct out *out = out_begin(dir, o->course, c->diag);
	bool ok = out != NULL;

	if (!ok)
		return false;
	c->run.n_threads = o->n_threads;
	only_find_present(c, out);
	/* 5 render, 6 emit */
	ok = run_write(&c->run, c->book, out, c->diag) &&
	    only_keep_others(c, out);
	summary_take(summary, c, dir, out);
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
build(const struct options *o)
{
	struct course c = { 0 };
	struct summary summary = { .start = g_get_monotonic_time() };
	bool ok = course_configure(&c, o) /* 1 */
	    && summary_end(&summary, END_CONFIGURE) &&
	    course_load(&c, o) /* 2 scan, 3 parse */
	    && summary_end(&summary, END_PARSE) &&
	    course_link_and_check(&c, o) /* 4 */
	    && summary_end(&summary, END_CHECK) &&
	    write_book(&c, o, &summary); /* 5 to 7 */
	int status = finish_diagnostics(c.diag, o);

	if (ok && !o->is_quiet)
		summary_print(&summary);
	if (ok && o->shows_times)
		summary_print_times(&summary);
	course_release(&c);
	if (c.is_misused)
		return EXIT_USAGE;
	return ok || status != EXIT_OK ? status : EXIT_MACHINE;
}

const struct command command_build = {
	.name = "build",
	.summary = "build the course into out/",
	.usage = "[COURSE] [options]",
	.help = "  -o, --out DIR     write there instead of COURSE/out\n"
		"  -j, --jobs N      work with N threads\n"
		"      --only NAMES  only these outputs: html,epub\n"
		"      --drafts      drafts too\n"
		"      --strict      warnings count as errors\n"
		"      --all         show more than 50 diagnostics\n"
		"      --diagnostics FORMAT  text, json, github or sarif\n"
		"  -q, --quiet       no summary\n",
	.run = build,
};
