/* The command line: argv, the command table, the exit status. */
#include "cmd/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

static int
no_such_command(const char *name)
{
	const char *names[24] = { 0 };

	for (size_t i = 0; commands[i] && i + 1 < G_N_ELEMENTS(names); i++)
		names[i] = commands[i]->name;
	fprintf(stderr, "ergen: there is no command '%s'\n", name);
	const char *near = nearest(name, names);
	if (near)
		fprintf(stderr, "help: did you mean '%s'?\n", near);
	return EXIT_USAGE;
}

/* Behind a command's own arguments stands the folder of the course. */
static bool
take_course(const struct command *c, struct options *o)
{
	if (o->n_args > c->n_own && !c->has_no_course)
		o->course = o->args[--o->n_args];
	return o->n_args <= c->n_own;
}

static bool
asks_for_help(int argc, char **argv)
{
	for (int i = 2; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

/* Without them, a file of the build would get the number of a stream, and what
 * is said would go into it. What is opened here refuses to be used. */
static void
occupy_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_PATH);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* A result that nobody got is no success. */
static int
finish_output(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "ergen: standard output: %s\n", g_strerror(errno));
	return status == EXIT_OK ? EXIT_MACHINE : status;
}

int
main(int argc, char **argv)
{
	struct options o;
	int status = EXIT_USAGE;

	occupy_streams();
	/* Output never depends on the locale. */
	setlocale(LC_ALL, "C.UTF-8");
	if (argc < 2) {
		help_overview(stderr);
		return EXIT_USAGE;
	}
	const char *name = argv[1];
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0)
		name = "version";
	const struct command *c = command_find(name);
	if (!c)
		return no_such_command(name);
	struct arena *a = arena_new();
	if (asks_for_help(argc, argv)) {
		o = (struct options){ .args = &name, .n_args = 1 };
		name = c->name;
		arena_free(a);
		return finish_output(command_help.run(&o));
	}
	if (options_parse(&o, argc - 2, argv + 2, a)) {
		if (take_course(c, &o))
			status = c->run(&o);
		else
			fprintf(stderr,
			    "ergen: too many arguments\nusage: ergen %s %s\n",
			    c->name, c->usage);
	}
	arena_free(a);
	return finish_output(status);
}
