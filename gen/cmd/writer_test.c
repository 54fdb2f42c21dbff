/* `ergen writer-test COMMAND`: tries a program, or a shared object, that writes
 * a format. */
#include "base/fs.h"
#include "cmd/course.h"
#include "port/fence.h"
#include "port/yaml.h"
#include "write/exec/exec.h"
#include "write/plugin/plugin.h"

#include <stdio.h>
#include <unistd.h>

#define NAME "test" /* of the output */

enum {
	N_THREADS = 8 /* for shared objects */
};

struct trial {
	const struct options *options;
	struct arena *arena;
	struct output output;
	const char *fixture; /* a course with every construct and question */
	char *folder; /* holds what the runs have made */
	size_t n_good, n_bad;
	bool has_failed; /* the machine has */
};

static void
tell(struct trial *t, bool is_good, const char *what)
{
	printf("%s  %s\n", is_good ? "ok   " : "FAULT", what);
	fflush(stdout);
	if (is_good)
		t->n_good++;
	else
		t->n_bad++;
}

/* --- the fixture -------------------------------------------------------- */

/* Beside the program: where it was installed to, or where it was built. */
static const char *
find_fixture(struct arena *a)
{
	static const char *const places[] = { "../share/ergen/fixture",
		"../tests/e2e/full", "../../tests/e2e/full" };
	g_autofree char *exe = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *bin = exe ? g_path_get_dirname(exe) : NULL;

	for (size_t i = 0; bin && i < G_N_ELEMENTS(places); i++) {
		const char *path = arena_printf(a, "%s/%s", bin, places[i]);
		if (access(path, R_OK) == 0)
			return path;
	}
	return NULL;
}

/* --options, as they would stand in site.yaml. */
static bool
read_options(struct trial *t, struct diag *d)
{
	struct origin *in = arena_obj(t->arena, struct origin);

	if (!t->options->writer_options)
		return true;
	in->path = "--options";
	in->text = str_of(t->options->writer_options);
	t->output.options = yaml_parse(in, in->text, 1, DIAG_SITE_BAD, t->arena,
	    d);
	if (t->output.options && t->output.options->kind != YAML_MAP) {
		diag_at(d, DIAG_SITE_BAD, t->output.options->at, "no keys");
		return false;
	}
	return t->output.options != NULL;
}

/* --- runs --------------------------------------------------------------- */

/* What only an author of courses wants to hear is not said again and again. */
static bool
print_errors(struct trial *t, struct diag *d)
{
	const enum diag_level worst = diag_worst(d);

	if (worst >= DIAG_ERROR)
		diag_print_as(d, t->options->diagnostics, NULL, stdout, 20);
	t->has_failed = t->has_failed || worst == DIAG_FATAL;
	return worst < DIAG_ERROR;
}

static bool
write_course(struct course *c, unsigned n_threads, const char *dir)
{
	struct out *out = out_begin(dir, c->diag);
	bool has_changed;

	if (!out)
		return false;
	c->run.n_threads = n_threads;
	if (run_write(&c->run, c->book, out, c->diag) &&
	    diag_worst(c->diag) < DIAG_ERROR)
		return out_publish(out, &has_changed);
	out_abort(out);
	return false;
}

/* What is tried; NULL: d says why it is none. */
static const struct writer *
find_writer(const struct trial *t, struct arena *a, struct diag *d)
{
	return t->output.plugin ? plugin_writer(&t->output, ".", a, d)
				: exec_writer(&t->output, ".", a, d);
}

/* The fixture through the writer, into a new folder. is_later: programs
 * only. */
static bool
run_one(struct trial *t, bool is_later, unsigned n_threads, const char *dir)
{
	struct course c = { .arena = arena_new(), .diag = diag_new() };
	struct options o = { .course = t->fixture, .runs_nothing = true };
	const struct writer *list[2] = { NULL };

	o.n_threads = 1;
	list[0] = find_writer(t, c.arena, c.diag);
	if (list[0] && is_later)
		list[0] = exec_writer_later(list[0], c.arena);
	bool ok = list[0] && site_load(t->fixture, c.arena, &c.site, c.diag);
	c.writers = c.chosen = list;
	ok = ok && course_prepare(&c) && course_load(&c, &o) &&
	    course_link_and_check(&c, &o) && write_course(&c, n_threads, dir);
	ok = print_errors(t, c.diag) && ok;
	course_release(&c);
	return ok;
}

static char *
folder_for(const struct trial *t, const char *name)
{
	return g_build_filename(t->folder, name, NULL);
}

/* The stamp of a result has the names and hashes of all its files. */
static bool
is_same(struct trial *t, const char *a, const char *b)
{
	g_autofree char *one = g_build_filename(t->folder, a, ".ergen", NULL);
	g_autofree char *two = g_build_filename(t->folder, b, ".ergen", NULL);
	struct diag *d = diag_new();
	struct str x, y;
	const bool ok = fs_read(one, t->arena, &x, d) &&
	    fs_read(two, t->arena, &y, d) && str_eq(x, y);

	diag_free(d);
	return ok;
}

static bool
has_written(struct trial *t, const char *name)
{
	g_autofree char *path = g_build_filename(t->folder, name, NAME, NULL);

	return access(path, R_OK) == 0;
}

static bool
describes_itself(struct trial *t)
{
	struct diag *d = diag_new();
	const bool ok = read_options(t, d) &&
	    find_writer(t, t->arena, d) != NULL;

	print_errors(t, d);
	diag_free(d);
	tell(t, ok,
	    t->output.plugin ? "it says what it is (ergen_writer_v1)"
			     : "it says what it is (--describe)");
	return ok;
}

/* A program never sees threads. An object never sees what a later ergen adds:
 * it lies behind the end of the tables that it knows. */
static void
try_more(struct trial *t)
{
	g_autofree char *more = folder_for(t, "more");

	if (t->output.plugin)
		tell(t,
		    run_one(t, false, N_THREADS, more) &&
			is_same(t, "first", "more"),
		    "it writes the same bytes when several threads call it");
	else
		tell(t, run_one(t, true, 1, more),
		    "it bears what a later ergen may add: properties, records, types of nodes");
}

static void
try_all(struct trial *t)
{
	g_autofree char *first = folder_for(t, "first");
	g_autofree char *second = folder_for(t, "second");

	if (!describes_itself(t))
		return;
	const bool ok = run_one(t, false, 1, first);
	tell(t, ok, "it writes a course that has everything once");
	if (!ok)
		return;
	tell(t, has_written(t, "first"), "it writes at least one file");
	if (!has_written(t, "first"))
		return;
	tell(t, run_one(t, false, 1, second) && is_same(t, "first", "second"),
	    "it writes the same bytes a second time");
	try_more(t);
}

/* One word that ends like this is no program. */
static bool
is_object(const struct options *o)
{
	return o->n_args == 1 && g_str_has_suffix(o->args[0], ".so");
}

static int
writer_test(const struct options *o)
{
	struct trial t = { .options = o, .arena = arena_new() };
	struct diag *d = diag_new();
	int status = EXIT_MACHINE;

	if (o->n_args == 0) {
		fprintf(stderr, "usage: ergen writer-test %s\n",
		    command_writer_test.usage);
		return EXIT_USAGE;
	}
	t.output = (struct output){ .name = NAME,
		.is_own = true,
		.command = is_object(o) ? NULL : o->args,
		.plugin = is_object(o) ? o->args[0] : NULL,
		.seconds = 60,
		.output_mib = 256 };
	t.fixture = find_fixture(t.arena);
	t.folder = g_dir_make_tmp("ergen-XXXXXX", NULL);
	if (!t.fixture || !t.folder) {
		fprintf(stderr, "ergen: %s\n",
		    t.folder ? "the fixture course is not installed"
			     : "there is no room for temporary files");
	} else {
		try_all(&t);
		printf("%zu good, %zu at fault%s\n", t.n_good, t.n_bad,
		    t.output.plugin || fence_is_there()
			? ""
			: "; this system cannot keep it inside its folder");
		status = t.has_failed ? EXIT_MACHINE
		    : t.n_bad         ? EXIT_SOURCES
				      : EXIT_OK;
		if (!fs_remove_tree(t.folder, d))
			status = finish_diagnostics(d, o);
	}
	g_free(t.folder);
	diag_free(d);
	arena_free(t.arena);
	return status;
}

const struct command command_writer_test = {
	.name = "writer-test",
	.summary = "try a program or shared object that writes a format",
	.usage = "[options] [--] COMMAND [ARGUMENT…] | OBJECT.so",
	.help =
	    "      --options YAML  its options, as in site.yaml: '{size: 2}'\n",
	.n_own = SIZE_MAX,
	.has_no_course = true,
	.run = writer_test,
};
