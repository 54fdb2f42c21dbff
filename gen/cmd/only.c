#include "cmd/only.h"

static bool
is_chosen(const struct course *c, const struct writer *w)
{
	for (size_t i = 0; c->chosen[i]; i++)
		if (c->chosen[i] == w)
			return true;
	return false;
}

void
only_find_present(struct course *c, struct out *out)
{
	const struct writer **all = arena_array(c->arena, c->site.n_outputs + 1,
	    const struct writer *);
	size_t n = 0;

	for (size_t i = 0; c->writers[i]; i++) {
		const struct writer *w = c->writers[i];
		g_autofree char *path = writer_product(w, &c->site);
		if (is_chosen(c, w) || out_has_old(out, path))
			all[n++] = w;
	}
	c->run.present = all;
}

/* The site stays, but its downloads are the files of this build. */
static bool
keep_site(const struct course *c, struct out *out)
{
	/* One site holds all languages. */
	bool ok = c->site.lang_dir ||
	    out_keep(out, SITE_FOLDER, SITE_FOLDER "/downloads");

	for (size_t i = 0; ok && c->run.present[i]; i++) {
		const struct writer *w = c->run.present[i];
		if (!w->is_offered)
			continue;
		g_autofree char *file = writer_product(w, &c->site);
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
	for (size_t i = 0; c->writers[i]; i++) {
		const struct writer *w = c->writers[i];
		if (is_chosen(c, w))
			continue;
		g_autofree char *path = writer_product(w, &c->site);
		if (strcmp(path, SITE_FOLDER) == 0 ? !keep_site(c, out)
						   : !out_keep(out, path, NULL))
			return false;
		g_autofree char *more = writer_more(w, &c->site);
		if (more && !out_keep(out, more, NULL))
			return false;
	}
	return true;
}
