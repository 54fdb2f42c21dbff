/* `ergen list writers`: the formats, and what each does with questions. */
#include "base/fs.h"
#include "base/json.h"
#include "cmd/course.h"
#include "write/own.h"

#include <stdio.h>

/* What `ergen list` lists. */
static const char *const subjects[] = { "writers", NULL };

/* ergen's own, then those of the course if there is one; up to a NULL. */
static const struct writer *const *
find_writers(struct course *c, const struct options *o)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_autofree char *path = g_build_filename(o->course, "site.yaml", NULL);
	/* It needs no course, but one that is named must be there. */
	const bool has_course = strcmp(o->course, ".") != 0 ||
	    fs_look(path, NULL, c->diag) != FS_NONE;

	for (size_t i = 0; writers[i]; i++)
		g_ptr_array_add(all, (struct writer *)(uintptr_t)writers[i]);
	if (has_course && site_load(o->course, c->arena, &c->site, c->diag))
		for (size_t i = 0; i < c->site.n_outputs; i++) {
			const struct output *out = &c->site.outputs[i];
			const struct writer *w = out->is_own
			    ? own_writer(out, &c->site, !o->runs_nothing,
				  c->arena, c->diag)
			    : NULL;
			if (w && w->renditions)
				g_ptr_array_add(all,
				    (struct writer *)(uintptr_t)w);
		}
	g_ptr_array_add(all, NULL);
	const struct writer **list = arena_array(c->arena, all->len,
	    const struct writer *);
	memcpy(list, all->pdata, all->len * sizeof(*list));
	return list;
}

/* --- text --------------------------------------------------------------- */

static void
print_kinds(const struct writer *w)
{
	for (int i = 0; i < QUESTION_KIND_COUNT; i++) {
		const struct rendition *r = &w->renditions[i];
		/* A format of the author's own tells what it loses only. */
		const bool is_told = w->data && r->lost;
		printf("  %-14s  %s", question_kind_titles[i],
		    is_told ? r->lost : r->how);
		if (r->lost && !is_told)
			printf("; %s", r->lost);
		else if (r->loses)
			printf("; may be simplified");
		printf("\n");
	}
	for (const struct construct *k = w->constructs; k && k->lost; k++)
		printf("  any of them     at times: %s\n", k->lost);
	for (const struct simplified *s = w->nodes; s && s->type; s++)
		printf("  %-14s  %s\n", s->type, s->how);
}

static void
print_text(const struct writer *const *all)
{
	for (; *all; all++) {
		const struct writer *w = *all;
		printf("%s: %s (out/%s%s%s)\n", w->name, w->summary,
		    w->suffix ? "SLUG" : "", w->suffix ? w->suffix : w->folder,
		    w->suffix ? "" : "/");
		print_kinds(w);
		for (const struct writer_option *k = w->options; k && k->key;
		     k++)
			printf("  %s: %s\n", k->key, k->help);
		if (all[1])
			printf("\n");
	}
}

/* --- JSON --------------------------------------------------------------- */

static void
put_kinds(struct json *j, const struct writer *w)
{
	json_key(j, "questions");
	json_open(j, '{');
	for (int i = 0; i < QUESTION_KIND_COUNT; i++) {
		const struct rendition *r = &w->renditions[i];
		json_key(j, question_kind_names[i]);
		json_open(j, '{');
		json_add(j, "how", r->how);
		json_add(j, "simplified",
		    r->lost        ? "always"
			: r->loses ? "sometimes"
				   : "never");
		json_add(j, "lost", r->lost);
		json_close(j, '}');
	}
	json_close(j, '}');
	json_key(j, "in_questions");
	json_open(j, '[');
	for (const struct construct *k = w->constructs; k && k->lost; k++)
		json_strz(j, k->lost);
	json_close(j, ']');
	json_key(j, "constructs");
	json_open(j, '{');
	for (const struct simplified *s = w->nodes; s && s->type; s++)
		json_add(j, s->type, s->how);
	json_close(j, '}');
}

static void
put_options(struct json *j, const struct writer *w)
{
	json_key(j, "options");
	json_open(j, '{');
	for (const struct writer_option *k = w->options; k && k->key; k++) {
		json_key(j, k->key);
		json_open(j, '{');
		json_add(j, "default", k->fallback);
		json_add(j, "help", k->help);
		json_close(j, '}');
	}
	json_close(j, '}');
}

static void
print_json(const struct writer *const *all)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct json j = { .out = text };

	json_open(&j, '[');
	for (; *all; all++) {
		const struct writer *w = *all;
		json_open(&j, '{');
		json_add(&j, "name", w->name);
		json_add(&j, "summary", w->summary);
		json_add_bool(&j, "own", w->data != NULL);
		json_add(&j, "suffix", w->suffix);
		json_add(&j, "folder", w->folder);
		put_kinds(&j, w);
		put_options(&j, w);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	printf("%s\n", text->str);
}

static bool
knows(const struct options *o)
{
	if (o->n_args && strcmp(o->args[0], subjects[0]) == 0)
		return true;
	if (!o->n_args) {
		fprintf(stderr, "usage: ergen list %s\n", command_list.usage);
		return false;
	}
	fprintf(stderr, "ergen: there is no list of '%s'\n", o->args[0]);
	const char *near = nearest(o->args[0], subjects);
	fprintf(stderr, "help: %s '%s'\n",
	    near ? "did you mean" : "there is one of",
	    near ? near : subjects[0]);
	return false;
}

static int
list(const struct options *o)
{
	struct course c = { .arena = arena_new(), .diag = diag_new() };
	int status = EXIT_USAGE;

	if (knows(o)) {
		const struct writer *const *all = find_writers(&c, o);
		status = finish_diagnostics(c.diag, o);
		if (o->is_json)
			print_json(all);
		else
			print_text(all);
	}
	course_release(&c);
	return status;
}

const struct command command_list = {
	.name = "list",
	.summary = "list the formats, and what each does with questions",
	.usage = "writers [COURSE] [options]",
	.help = "      --json        as JSON\n"
		"      --no-exec     run no program that site.yaml names\n",
	.n_own = 1,
	.run = list,
};
