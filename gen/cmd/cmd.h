/*
 * The commands of the program and what they share. A command takes its
 * arguments, returns the exit status, and prints results to standard output,
 * diagnostics to standard error.
 */
#ifndef ERGEN_CMD_H
#define ERGEN_CMD_H

#include "base/arena.h"
#include "base/diag_print.h"

#include <stdio.h>

enum exit_status {
	EXIT_OK, /* nothing above warnings (--strict: above notes) */
	EXIT_SOURCES, /* faults in the sources */
	EXIT_USAGE, /* wrong usage */
	EXIT_MACHINE /* I/O, a missing program, … */
};

struct options {
	const char *course; /* folder with site.yaml; "." */
	const char *out; /* NULL: course/out */
	const char *only; /* names of writers, parted by commas; or NULL */
	const char *since; /* a package or a commit; or NULL */
	/* What is no option: the command's own arguments, then the course. */
	const char *const *args;
	size_t n_args;
	unsigned n_threads;
	enum diag_format diagnostics;
	bool shows_coverage; /* --coverage */
	bool runs_nothing; /* --no-exec */
	bool only_ids; /* `ergen id` */
	bool is_locking; /* `ergen lock` */
	bool asks_writers; /* runs those that site.yaml names */
	bool with_drafts, is_strict, shows_all, is_dry_run, is_quiet;
	bool shows_times;
	const char *writer_options; /* --options: YAML; or NULL */
	bool is_json; /* --json: results as JSON */
};

struct command {
	const char *name, *summary;
	const char *usage; /* behind the name */
	const char *help; /* the options, a line each */
	size_t n_own; /* arguments before the course, at most */
	bool has_no_course;
	int (*run)(const struct options *o);
};

extern const struct command command_build, command_check, command_id,
    command_import, command_list, command_lock, command_version, command_help,
    command_writer_test;
extern const struct command *const commands[]; /* up to a NULL */
const struct command *command_find(const char *name);

/* What `ergen help` prints. */
void help_overview(FILE *to);
/* False: said on standard error what is wrong. argv: behind the command. */
bool options_parse(struct options *o, int argc, char **argv, struct arena *a);
/* Prints what there is to say and tells the exit status. */
int finish_diagnostics(struct diag *d, const struct options *o);

#endif
