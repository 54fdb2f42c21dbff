/* `ergen lock`: writes down which notes learners are about to be given. */
#include "base/fs.h"
#include "cmd/course.h"

#include <stdio.h>

static struct job *
find_deck(const struct course *c)
{
	for (size_t i = 0; i < c->run.n_jobs; i++)
		if (c->run.jobs[i].writer->lock)
			return &c->run.jobs[i];
	return NULL;
}

static bool
save(const char *path, struct str text, struct diag *d)
{
	switch (fs_look(path, NULL, d)) {
	case FS_NONE: return fs_create(path, text, d);
	case FS_FILE:
	case FS_FOLDER:
	case FS_OTHER: return fs_replace(path, text, d);
	case FS_FAILED: break;
	}
	return false;
}

static bool
lock_language(const struct course *c, const struct options *o)
{
	const struct job *j = find_deck(c);
	if (!j)
		return true;
	const char *name = lock_name(c->site.lang_dir, c->arena);
	g_autofree char *path = g_build_filename(o->course, name, NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	const struct lock_changes n = j->writer->lock(text, c->book, &j->in);

	if (!o->is_dry_run &&
	    !save(path, (struct str){ text->str, text->len }, c->diag))
		return false;
	printf("%s: %zu notes, %zu of them new, %zu changed; %zu retired", name,
	    n.n_notes, n.n_new, n.n_changed, n.n_retired);
	if (n.n_moved)
		printf("; decks renamed, with %zu that stay as they are",
		    n.n_moved);
	printf("\n");
	return true;
}

static int
lock(const struct options *o)
{
	struct course c = { 0 };
	struct options own = *o;

	own.is_locking = true;
	bool ok = course_configure(&c, &own);
	if (ok && !find_deck(&c)) {
		fprintf(stderr,
		    "ergen: site.yaml has no output 'anki': there is nothing to lock\n");
		course_release(&c);
		return EXIT_USAGE;
	}
	ok = ok && course_load(&c, &own) && course_link_and_check(&c, &own) &&
	    lock_language(&c, o);
	for (size_t i = 0; ok && i < c.n_translations; i++)
		ok = lock_language(&c.translations[i], o);
	int status = finish_diagnostics(c.diag, o);
	course_release(&c);
	return ok || status != EXIT_OK ? status : EXIT_MACHINE;
}

const struct command command_lock = {
	.name = "lock",
	.summary =
	    "write ergen.lock: the notes that a release gives to learners",
	.usage = "[COURSE] [options]",
	.help = "      --dry-run     write nothing, only say what has changed\n"
		"      --no-exec     run no other program\n"
		"      --strict      warnings count as errors\n"
		"      --diagnostics FORMAT  text, json, github or sarif\n",
	.run = lock,
};
