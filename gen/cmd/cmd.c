#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	SHOWN_MOST = 50,
	THREADS_MOST = 64
};

const struct command *const commands[] = { &command_build, &command_check,
	&command_help, &command_id, &command_import, &command_list,
	&command_lock, &command_version, &command_writer_test, NULL };

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static unsigned
processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > THREADS_MOST ? THREADS_MOST : (unsigned)n;
}

/* One argument list being read. */
struct reading {
	int argc, at;
	char **argv;
	bool has_failed;
};

/* The value of "-j4", "-j 4", "--out=x" or "--out x" if argv[at] is this
 * option, else NULL. */
static const char *
value_of(struct reading *r, const char *brief, const char *full)
{
	const char *arg = r->argv[r->at];
	size_t len = strlen(full);
	const char *value = NULL;

	if (brief && strncmp(arg, brief, 2) == 0 && arg[1] != '-')
		value = arg + 2;
	else if (strncmp(arg, full, len) == 0 && arg[len] == '=')
		return arg + len + 1;
	else if (strcmp(arg, full) == 0)
		value = "";
	if (!value || value[0])
		return value;
	if (r->at + 1 < r->argc)
		return r->argv[++r->at];
	fprintf(stderr, "ergen: %s needs a value\n", arg);
	r->has_failed = true;
	return NULL;
}

static bool
read_flag(struct options *o, const char *arg)
{
	struct {
		const char *name;
		bool *flag;
	} flags[] = { { "--drafts", &o->with_drafts },
		{ "--no-exec", &o->runs_nothing },
		{ "--coverage", &o->shows_coverage },
		{ "--strict", &o->is_strict }, { "--all", &o->shows_all },
		{ "--dry-run", &o->is_dry_run }, { "--quiet", &o->is_quiet },
		{ "--times", &o->shows_times }, { "--json", &o->is_json },
		{ "-q", &o->is_quiet } };

	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
		if (strcmp(arg, flags[i].name) == 0) {
			*flags[i].flag = true;
			return true;
		}
	}
	return false;
}

static bool
read_threads(struct options *o, const char *value)
{
	char *end;
	long n = strtol(value, &end, 10);

	if (*end == '\0' && n >= 1 && n <= THREADS_MOST) {
		o->n_threads = (unsigned)n;
		return true;
	}
	fprintf(stderr, "ergen: -j wants a number from 1 to %d\n",
	    THREADS_MOST);
	return false;
}

static bool
read_format(struct options *o, const char *value)
{
	for (int i = 0; diag_format_names[i]; i++) {
		if (strcmp(diag_format_names[i], value) == 0) {
			o->diagnostics = (enum diag_format)i;
			return true;
		}
	}
	fprintf(stderr,
	    "ergen: --diagnostics wants text, json, github or sarif\n");
	return false;
}

static bool
read_option(struct options *o, struct reading *r)
{
	static const char *const known[] = { "--out", "--only", "--jobs",
		"--coverage", "--drafts", "--no-exec", "--strict", "--all",
		"--dry-run", "--json", "--options", "--quiet", "--since",
		"--times", "--diagnostics", NULL };
	const char *arg = r->argv[r->at], *value;

	if (read_flag(o, arg))
		return true;
	if ((value = value_of(r, "-o", "--out"))) {
		o->out = value;
		return true;
	}
	if (!r->has_failed && (value = value_of(r, NULL, "--only"))) {
		o->only = value;
		return true;
	}
	if (!r->has_failed && (value = value_of(r, NULL, "--options"))) {
		o->writer_options = value;
		return true;
	}
	if (!r->has_failed && (value = value_of(r, "-j", "--jobs")))
		return read_threads(o, value);
	if (!r->has_failed && (value = value_of(r, NULL, "--since"))) {
		o->since = value;
		return true;
	}
	if (!r->has_failed && (value = value_of(r, NULL, "--diagnostics")))
		return read_format(o, value);
	if (r->has_failed)
		return false;
	fprintf(stderr, "ergen: unknown option '%s'\n", arg);
	const char *near = nearest(arg, known);
	if (near)
		fprintf(stderr, "help: did you mean '%s'?\n", near);
	return false;
}

bool
options_parse(struct options *o, int argc, char **argv, struct arena *a)
{
	struct reading r = { argc, 0, argv, false };
	const char **args = arena_array(a, (size_t)argc + 1, const char *);

	*o = (struct options){ .course = ".", .n_threads = processors() };
	o->args = args;
	for (bool is_end = false; r.at < argc; r.at++) {
		const char *arg = argv[r.at];
		if (is_end || arg[0] != '-' || !arg[1])
			args[o->n_args++] = arg;
		else if (strcmp(arg, "--") == 0)
			is_end = true;
		else if (!read_option(o, &r))
			return false;
	}
	return true;
}

int
finish_diagnostics(struct diag *d, const struct options *o)
{
	enum diag_level worst = diag_worst(d);

	diag_print_as(d, o->diagnostics, o->course, stderr,
	    o->shows_all ? 0 : SHOWN_MOST);
	if (worst == DIAG_FATAL)
		return EXIT_MACHINE;
	if (worst == DIAG_ERROR || (o->is_strict && worst == DIAG_WARNING))
		return EXIT_SOURCES;
	return EXIT_OK;
}
