#include "cmd/since.h"

#include "base/fs.h"
#include "port/proc.h"

#include <stdio.h>

enum {
	GIT_SECONDS = 60,
	LOCK_MOST = 1 << 28, /* bytes */
	ERROR_MOST = 4096
};

static bool
misuse(struct course *c)
{
	c->is_misused = true;
	return false;
}

static bool
has_deck(const struct course *c)
{
	for (size_t i = 0; c->chosen[i]; i++)
		if (c->chosen[i]->lock)
			return true;
	return false;
}

/* The lock as the commit has it. Git finds the course in the commit, whatever
 * folder of the repository it is. */
static bool
read_commit(struct course *c, const struct course *language,
    const struct options *o, struct since *since)
{
	const char *name = lock_name(language->site.lang_dir, c->arena);
	const char *object = arena_printf(c->arena, "%s:./%s", o->since, name);
	const char *const argv[] = { "git", "cat-file", "blob", object, NULL };
	const struct proc p = { .argv = argv,
		.dir = o->course,
		.env = proc_env(c->arena),
		.seconds = GIT_SECONDS,
		.output_most = LOCK_MOST,
		.error_most = ERROR_MOST };
	struct proc_result r;

	proc_run(&p, c->arena, &r);
	if (r.end == PROC_OK) {
		since->lock = lock_parse(object, r.out, c->arena, c->diag);
		return since->lock != NULL;
	}
	fprintf(stderr,
	    "ergen: --since: there is no file '%s', and git knows no commit of that name with %s\n",
	    o->since, name);
	struct str said = r.err;
	const struct str first = str_line(&said);
	if (r.end == PROC_MISSING)
		fprintf(stderr, "help: there is no git\n");
	else if (first.len)
		fprintf(stderr, "help: git says: %.*s\n", STR_ARG(first));
	return misuse(c);
}

static bool
take_file(struct course *c, const struct options *o, struct since *since)
{
	since->package = o->since;
	if (c->n_translations == 0)
		return true;
	fprintf(stderr,
	    "ergen: --since: each language has a deck of its own, and '%s' is one of them\n"
	    "help: name a commit that has their locks\n",
	    o->since);
	return misuse(c);
}

static bool
find(struct course *c, struct course *language, const struct options *o)
{
	struct since *since = arena_obj(c->arena, struct since);

	since->name = o->since;
	language->since = since;
	switch (fs_look(o->since, NULL, c->diag)) {
	case FS_NONE:
	case FS_FOLDER: break;
	case FS_FAILED: return false;
	case FS_FILE:
	case FS_OTHER: return take_file(c, o, since);
	}
	if (!o->runs_nothing)
		return read_commit(c, language, o, since);
	/* What git does is partly the repository's to say. */
	fprintf(stderr,
	    "ergen: --since: there is no file '%s', and with --no-exec git is not asked for a commit\n",
	    o->since);
	return misuse(c);
}

bool
since_find(struct course *c, const struct options *o)
{
	if (!o->since)
		return true;
	if (o->since[0] == '-' || !o->since[0]) {
		fprintf(stderr, "ergen: --since wants a package or a commit\n");
		return misuse(c);
	}
	if (!has_deck(c)) {
		fprintf(stderr,
		    "ergen: --since: this build has no output 'anki'\n");
		return misuse(c);
	}
	for (size_t i = 0; i < c->n_translations; i++)
		if (!find(c, &c->translations[i], o))
			return false;
	return find(c, c, o);
}
