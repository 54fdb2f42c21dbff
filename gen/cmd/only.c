#include "cmd/only.h"

static bool
is_chosen(const struct course *c, const struct writer *w)
{
	for (size_t i = 0; c->chosen[i]; i++)
		if (c->chosen[i] == w)
			return true;
	return false;
}

/* "course.epub" */
static char *
product(const struct course *c, const struct writer *w)
{
	return g_strconcat(c->site.slug, w->suffix, NULL);
}

void
only_find_present(struct course *c, struct out *out)
{
	const struct writer **all = arena_array(c->arena, c->site.n_outputs + 1,
	    const struct writer *);
	size_t n = 0;

	for (size_t i = 0; i < c->site.n_outputs; i++) {
		const struct writer *w = writer_find(c->site.outputs[i].name);
		if (!w)
			continue;
		g_autofree char *path = w->suffix ? product(c, w) : NULL;
		if (is_chosen(c, w) || (path && out_has_old(out, path)))
			all[n++] = w;
	}
	c->run.present = all;
}

/* The site stays, but its downloads are the files of this build. */
static bool
keep_site(const struct course *c, struct out *out)
{
	/* One site holds all languages. */
	bool ok = c->site.lang_dir || out_keep(out, "site", "site/downloads");

	for (size_t i = 0; ok && c->run.present[i]; i++) {
		const struct writer *w = c->run.present[i];
		if (!w->is_offered)
			continue;
		g_autofree char *file = product(c, w);
		g_autofree char *path = g_strconcat("site/downloads/", file,
		    NULL);
		if (out_has_old(out, path))
			ok = out_link(out, path, file);
	}
	return ok;
}

bool
only_keep_others(const struct course *c, struct out *out)
{
	for (size_t i = 0; i < c->site.n_outputs; i++) {
		const struct writer *w = writer_find(c->site.outputs[i].name);
		if (!w || is_chosen(c, w))
			continue;
		g_autofree char *path = w->suffix ? product(c, w) : NULL;
		if (path ? !out_keep(out, path, NULL) : !keep_site(c, out))
			return false;
	}
	return true;
}
