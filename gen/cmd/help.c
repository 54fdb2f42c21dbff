/* `ergen help` and `ergen version`. */
#include "cmd/cmd.h"
#include "cmd/explain.h"

#include <stdint.h>
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
	    "`ergen help COMMAND` tells more, `ergen help ID` explains a message: [ID].\n"
	    "Exit status: 0 done, 1 faults in the sources, 2 wrong usage, 3 the machine.\n");
}

static int
explain(const struct explanation *e)
{
	enum diag_id id = diag_find(str_of(e->id));
	struct str text = str_of(e->text);

	/* The first line says what the program knows itself. */
	printf("%s: %s: %s\n%s", e->id, explanation_level(id), diag_text(id),
	    text.p + str_find(text, '\n') + 1);
	return EXIT_OK;
}

static int
nothing_of_that_name(const char *name)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	/* The array only carries the names; nothing writes to them. */
	for (size_t i = 0; commands[i]; i++)
		g_ptr_array_add(names, (char *)(uintptr_t)commands[i]->name);
	for (size_t i = 0; explanations[i].id; i++)
		g_ptr_array_add(names, (char *)(uintptr_t)explanations[i].id);
	g_ptr_array_add(names, NULL);
	fprintf(stderr, "ergen: there is no command and no message '%s'\n",
	    name);
	const char *near = nearest(name, (const char *const *)names->pdata);
	if (near)
		fprintf(stderr, "help: did you mean '%s'?\n", near);
	return EXIT_USAGE;
}

static int
help(const struct options *o)
{
	if (o->n_args == 0) {
		help_overview(stdout);
		return EXIT_OK;
	}
	const struct command *c = command_find(o->args[0]);
	const struct explanation *e = explanation_find(o->args[0]);
	if (!c)
		return e && diag_find(str_of(e->id)) != DIAG_ID_COUNT
		    ? explain(e)
		    : nothing_of_that_name(o->args[0]);
	printf("usage: ergen %s %s\n\n%s\n", c->name, c->usage, c->summary);
	if (c->help[0])
		printf("\n%s", c->help);
	return EXIT_OK;
}

const struct command command_help = {
	.name = "help",
	.summary = "tell more about a command or a message",
	.usage = "[COMMAND or ID]",
	.help = "",
	.n_own = 1,
	.has_no_course = true,
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
	.has_no_course = true,
	.run = version,
};
