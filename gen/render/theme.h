/*
 * A theme: a folder with theme.yaml, templates/NAME.mustache, assets/ (copied
 * into the site as they are) and epub.css. Loaded once, then read-only.
 */
#ifndef ERGEN_THEME_H
#define ERGEN_THEME_H

#include "base/arena.h"
#include "base/diag.h"
#include "render/mustache.h"
#include "render/words.h"

struct theme_file {
	const char *path; /* below assets/ */
	struct str bytes;
};

struct theme {
	const char *dir;
	struct templates *templates;
	const struct words *words;
	const struct theme_file *assets; /* sorted by path */
	size_t n_assets;
	struct str epub_css;
	long long mtime; /* the newest of its files */
};

/* name is "default" or a path relative to the course folder; at: where the
 * author named it. NULL if there is no such theme; d says so. Free with
 * theme_free(). */
struct theme *theme_load(const char *name, struct loc at,
    const char *course_dir, struct arena *a, struct diag *d);
void theme_free(struct theme *t);

#endif
