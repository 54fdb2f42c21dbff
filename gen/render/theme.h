/*
 * A theme: a folder with theme.yaml, templates/NAME.mustache, assets/ (copied
 * into the site as they are), i18n/LANG.yaml and epub.css. It may extend
 * another one, and the course's own folder theme/ lies over both: of these
 * layers the most specific that has a file wins. Loaded once, then read-only.
 */
#ifndef ERGEN_THEME_H
#define ERGEN_THEME_H

#include "book/site.h"
#include "render/mustache.h"
#include "render/words.h"

struct theme_file {
	const char *path; /* below assets/ */
	struct str bytes;
};

/* Of a drawn cover: ground, title, other text, then the pattern's. */
enum {
	COVER_COLOURS = 7
};

struct theme {
	const char *dir; /* of the theme that site.yaml names */
	/* The folders of all that is read, the most specific first. */
	const char *const *layers;
	size_t n_layers;
	struct templates *templates;
	const struct words *words; /* in the site's language */
	const struct theme_file *assets; /* sorted by path */
	size_t n_assets;
	struct str epub_css;
	unsigned cover[COVER_COLOURS]; /* 0xRRGGBB, if has_cover */
	bool has_cover;
	long long mtime; /* the newest of its files */
};

/* The theme that the site names, in the site's language. NULL if there is no
 * such theme; d says so. Free with theme_free(). */
struct theme *
theme_load(const struct site *site, struct arena *a, struct diag *d);
void theme_free(struct theme *t);

#endif
