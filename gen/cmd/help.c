/* `ergen help` and `ergen version`. */
#include "cmd/cmd.h"

#include <stdio.h>

void
help_overview(FILE *to)
{
	fprintf(to,
	    "ergen turns a folder of Markdown lessons and quizzes into a website, an\n"
	    "EPUB and an Anki deck.\n\nusage: ergen COMMAND [COURSE] [options]\n\n");
	for (size_t i = 0; commands[i]; i++)
		fprintf(to, "  %-8s  %s\n", commands[i]->name,
		    commands[i]->summary);
	fprintf(to,
	    "\nCOURSE is the folder with site.yaml, by default the current one.\n"
	    "`ergen help COMMAND` tells more.\n"
	    "Exit status: 0 done, 1 faults in the sources, 2 wrong usage, 3 the machine.\n");
}

static int
help(const struct options *o)
{
	if (o->n_args == 0) {
		help_overview(stdout);
		return EXIT_OK;
	}
	const struct command *c = command_find(o->args[0]);
	if (!c) {
		fprintf(stderr, "ergen: there is no command '%s'\n",
		    o->args[0]);
		return EXIT_USAGE;
	}
	printf("usage: ergen %s %s\n\n%s\n", c->name, c->usage, c->summary);
	if (c->help[0])
		printf("\n%s", c->help);
	return EXIT_OK;
}

const struct command command_help = {
	.name = "help",
	.summary = "tell more about a command",
	.usage = "[COMMAND]",
	.help = "",
	.run = help,
};

static int
version(const struct options *o)
{
	(void)o;
	printf("ergen %s\n", ERGEN_VERSION);
	return EXIT_OK;
}

const struct command command_version = {
	.name = "version",
	.summary = "print the version",
	.usage = "",
	.help = "",
	.run = version,
};
