/*
 * site.yaml with its defaults filled in. Plain const data in the arena that
 * site_load() was given.
 */
#ifndef ERGEN_SITE_H
#define ERGEN_SITE_H

#include "base/arena.h"
#include "base/diag.h"
#include "doc/doc.h"
#include "port/yaml.h"

enum shuffle {
	SHUFFLE_NONE,
	SHUFFLE_OPTIONS,
	SHUFFLE_QUESTIONS,
	SHUFFLE_ALL
};

enum quiz_mode {
	MODE_PRACTICE,
	MODE_EXAM
};

enum raw_html {
	RAW_HTML_SAFE,
	RAW_HTML_ALLOW,
	RAW_HTML_NONE
};

struct setting {
	const char *key, *value; /* scalars only */
	struct loc at;
};

/* One entry below `outputs:`. */
struct output {
	const char *name;
	struct loc at;
	const struct setting *settings; /* of a format of ergen's own */
	size_t n_settings;
	/* The author's own format: a program, up to a NULL, or a shared object;
	 * the other is NULL. Both are if neither is usable, which has been
	 * reported. */
	bool is_own;
	const char *const *command;
	const char *plugin;
	const struct yaml *options; /* a map; or NULL */
	unsigned seconds, output_mib; /* limits of a program */
};

/* `blocks`: code of this language is handed to a program. */
struct block_command {
	const char *lang;
	struct loc at;
	const char *const *argv; /* up to a NULL */
};

struct level_setting {
	enum diag_id id;
	enum diag_level level;
};

struct site {
	const struct origin *origin; /* site.yaml itself */
	const char *dir; /* the course folder, as given */
	const char *id; /* NULL if not given */
	const char *title; /* never NULL */
	const char *subtitle, *description, *publisher; /* "" if none */
	const char *lang; /* BCP 47, "en" */
	bool is_rtl; /* follows from lang */
	const char *url; /* ends with "/", or NULL */
	const char *repo_url; /* without "/" at its end, or NULL */
	const char *license; /* "" if none */
	/* Languages that the course is translated into: each is a folder of
	 * that name below content/. */
	const char *const *translations;
	size_t n_translations;
	struct loc translations_at; /* of the list; line 0: none */
	/* Of the site as one translation sees it: its folder; else NULL. */
	const char *lang_dir;
	const char *cname; /* domain for GitHub Pages, or NULL */
	const char *slug; /* names the files out/<slug>.* */
	const char *content; /* folder of the sources: "content" */
	const char *theme; /* "default", or a path */
	struct loc theme_at; /* where site.yaml names it, or nowhere */
	struct loc lang_at; /* likewise */
	const char *const *authors;
	size_t n_authors;
	/* Who else had a part in it: names and what they did. */
	const struct setting *contributors;
	size_t n_contributors;
	/* How names are sorted, by name. */
	const struct setting *sort_names;
	size_t n_sort_names;
	const char *const *subjects;
	size_t n_subjects;
	const char *series; /* "" if none */
	int series_number; /* SCHEMA_ABSENT if none */
	enum raw_html raw_html;
	bool has_typography; /* quotes and dashes as the language prints them */
	int pass; /* per cent */
	enum shuffle shuffle;
	enum quiz_mode mode;
	const struct callout_kind *callouts;
	size_t n_callouts;
	const struct level_setting *levels;
	size_t n_levels;
	const struct block_command *blocks;
	size_t n_blocks;
	const struct output *outputs; /* sorted by name */
	size_t n_outputs;
	size_t source_limit; /* bytes */
	long long mtime; /* of site.yaml, seconds since the epoch */
};

/* dir/site.yaml. False if there is nothing to build on: the diagnostics say
 * why. */
bool site_load(const char *dir, struct arena *a, struct site *site,
    struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a language is written from right to left. */
bool lang_is_rtl(const char *tag);
/* "outputs:" of this name, or NULL. */
const struct output *site_output(const struct site *site, const char *name);

#endif
