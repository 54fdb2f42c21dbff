#include "render/theme_find.h"

#include "base/fs.h"
#include "book/schema.h"

#include <stddef.h>

enum {
	CHAIN_MOST = 8 /* themes that extend each other */
};

struct finding {
	struct theme *theme;
	const struct site *site;
	struct arena *arena;
	struct diag *diag;
	const char *layers[CHAIN_MOST + 1];
	size_t n_layers;
};

/* theme.yaml */
struct manifest {
	const char *name, *version, *license;
	const char *extends; /* or NULL */
	const char *const *cover;
	size_t n_cover;
};

#define AT(field) offsetof(struct manifest, field)

static const struct schema_key manifest_keys[] = {
	{ .name = "name", .type = SCHEMA_TEXT, .at = AT(name) },
	{ .name = "version", .type = SCHEMA_TEXT, .at = AT(version) },
	{ .name = "license", .type = SCHEMA_TEXT, .at = AT(license) },
	{ .name = "extends",
	    .type = SCHEMA_TEXT,
	    .at = AT(extends),
	    .text = &schema_filled },
	{ .name = "cover",
	    .type = SCHEMA_LIST,
	    .at = AT(cover),
	    .n_at = AT(n_cover) },
	{ .name = NULL },
};

static const struct schema manifest_schema = {
	.keys = manifest_keys,
	.key_id = DIAG_THEME_KEY,
	.type_id = DIAG_THEME_BAD,
};

/* The folder that the program was installed to, or built in. */
static char *
program_folder(void)
{
	g_autofree char *exe = g_file_read_link("/proc/self/exe", NULL);

	return exe ? g_path_get_dirname(exe) : NULL;
}

/* False: a fault of the machine, reported. */
static bool
has(const char *dir, const char *name, enum fs_kind wanted, bool *is_there,
    struct diag *d)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	enum fs_kind kind = fs_look(path, NULL, d);

	*is_there = *is_there || kind == wanted;
	return kind != FS_FAILED;
}

static bool
is_theme(const char *dir, bool *is_there, struct diag *d)
{
	return has(dir, "templates", FS_FOLDER, is_there, d) &&
	    has(dir, "theme.yaml", FS_FILE, is_there, d);
}

/* NULL in *found: there is none. False: a fault of the machine, reported. */
static bool
search(const struct finding *f, const char *name, const char **found)
{
	g_autofree char *bin = program_folder();
	const char *course = f->site->dir;
	char *places[5] = { 0 };
	bool ok = true;
	size_t n = 0;

	places[n++] = g_build_filename(course, "themes", name, NULL);
	places[n++] = g_path_is_absolute(name)
	    ? g_strdup(name)
	    : g_build_filename(course, name, NULL);
	if (bin && !strchr(name, '/')) {
		places[n++] = g_build_filename(bin, "..", "share", "ergen",
		    "themes", name, NULL);
		places[n++] = g_build_filename(bin, "..", "themes", name, NULL);
		places[n++] = g_build_filename(bin, "..", "..", "themes", name,
		    NULL);
	}
	*found = NULL;
	for (size_t i = 0; i < n; i++) {
		bool is_there = false;
		ok = ok && (*found || is_theme(places[i], &is_there, f->diag));
		/* As the author would write it. */
		if (ok && is_there)
			*found = arena_strdup(f->arena,
			    g_str_has_prefix(places[i], "./") ? places[i] + 2
							      : places[i]);
		g_free(places[i]);
	}
	return ok;
}

/* "#10243a" */
static bool
read_colour(const char *text, unsigned *colour)
{
	bool is_good = text[0] == '#' && strlen(text) == 7;

	for (size_t i = 1; is_good && i < 7; i++)
		is_good = g_ascii_isxdigit(text[i]);
	if (is_good)
		*colour = (unsigned)g_ascii_strtoull(text + 1, NULL, 16);
	return is_good;
}

/* Of the layers the first that has such colours counts. */
static void
take_cover(struct finding *f, const struct manifest *m, const struct yaml *map)
{
	struct theme *t = f->theme;
	const struct yaml *cover = yaml_get(map, "cover");
	unsigned colours[COVER_COLOURS];
	bool is_good = m->n_cover == COVER_COLOURS;

	if (!cover || m->n_cover == 0)
		return;
	for (size_t i = 0; is_good && i < COVER_COLOURS; i++)
		is_good = read_colour(m->cover[i], &colours[i]);
	if (!is_good) {
		diag_at(f->diag, DIAG_THEME_BAD, cover->at, "cover");
		diag_help(f->diag, "expected %d colours such as \"#10243a\"",
		    COVER_COLOURS);
	} else if (!t->has_cover) {
		memcpy(t->cover, colours, sizeof(colours));
		t->has_cover = true;
	}
}

/* *extends: the value in theme.yaml, or NULL. */
static bool
read_manifest(struct finding *f, const char *dir, const struct yaml **extends)
{
	const char *path = arena_printf(f->arena, "%s/theme.yaml", dir);
	struct origin *in = arena_obj(f->arena, struct origin);
	struct manifest m;
	long long mtime = 0;
	enum fs_kind kind = fs_look(path, &mtime, f->diag);

	*extends = NULL;
	if (kind != FS_FILE)
		return kind != FS_FAILED;
	if (mtime > f->theme->mtime)
		f->theme->mtime = mtime;
	in->path = path;
	if (!fs_read(path, f->arena, &in->text, f->diag))
		return false;
	const struct yaml *map = yaml_parse(in, in->text, 1, DIAG_THEME_BAD,
	    f->arena, f->diag);
	if (!map)
		return false;
	if (map->kind != YAML_MAP) {
		diag_at(f->diag, DIAG_THEME_BAD, map->at, "no keys");
		diag_help(f->diag, "a line such as 'name: mine' was expected");
		return false;
	}
	schema_read(&manifest_schema, map, &m, f->arena, f->diag);
	take_cover(f, &m, map);
	if (m.extends)
		*extends = yaml_get(map, "extends");
	return true;
}

static bool
is_same(const char *a, const char *b)
{
	g_autofree char *real_a = fs_real(a);
	g_autofree char *real_b = fs_real(b);

	return strcmp(real_a, real_b) == 0;
}

/* "a > b > a" of the layers from i on. */
static void
report_cycle(const struct finding *f, size_t i, struct loc at)
{
	g_autoptr(GString) chain = g_string_new(NULL);

	for (size_t k = i; k < f->n_layers; k++)
		g_string_append_printf(chain, "%s > ", f->layers[k]);
	diag_at(f->diag, DIAG_THEME_BAD, at, "it extends itself: %s%s",
	    chain->str, f->layers[i]);
}

/* Follows `extends` from the theme of this name on. */
static bool
find_chain(struct finding *f, const char *name, struct loc at)
{
	const struct yaml *extends;
	const char *dir;

	for (;;) {
		if (!search(f, name, &dir))
			return false;
		if (!dir) {
			diag_at(f->diag, DIAG_THEME_MISSING, at, "%s", name);
			diag_help(f->diag,
			    "a theme is a folder with templates/ or theme.yaml, in themes/ of the course or named by its path");
			return false;
		}
		for (size_t i = 0; i < f->n_layers; i++)
			if (is_same(f->layers[i], dir)) {
				report_cycle(f, i, at);
				return false;
			}
		if (f->n_layers == CHAIN_MOST) {
			diag_at(f->diag, DIAG_THEME_BAD, at, "%s", name);
			diag_help(f->diag,
			    "at most %d themes can extend each other",
			    CHAIN_MOST);
			return false;
		}
		f->layers[f->n_layers++] = dir;
		if (!read_manifest(f, dir, &extends))
			return false;
		if (!extends)
			return true;
		name = schema_line(extends, f->arena);
		at = extends->at;
	}
}

/* The course's own folder theme/, unless it is the theme itself. */
static bool
find_own(struct finding *f)
{
	const char *course = f->site->dir;
	const char *dir = strcmp(course, ".") == 0
	    ? "theme"
	    : arena_printf(f->arena, "%s/theme", course);
	bool is_there = false;

	if (!has(dir, "templates", FS_FOLDER, &is_there, f->diag) ||
	    !has(dir, "assets", FS_FOLDER, &is_there, f->diag) ||
	    !has(dir, "i18n", FS_FOLDER, &is_there, f->diag) ||
	    !has(dir, "epub.css", FS_FILE, &is_there, f->diag))
		return false;
	for (size_t i = 0; i < f->n_layers; i++)
		is_there = is_there && !is_same(f->layers[i], dir);
	if (!is_there)
		return true;
	memmove(f->layers + 1, f->layers, f->n_layers * sizeof(f->layers[0]));
	f->layers[0] = dir;
	f->n_layers++;
	return true;
}

bool
theme_find(struct theme *t, const struct site *site, struct arena *a,
    struct diag *d)
{
	struct finding f = { .theme = t, .site = site, .arena = a, .diag = d };

	if (!find_chain(&f, site->theme, site->theme_at))
		return false;
	t->dir = f.layers[0];
	if (!find_own(&f))
		return false;
	const char **layers = arena_array(a, f.n_layers, const char *);
	memcpy(layers, f.layers, f.n_layers * sizeof(layers[0]));
	t->layers = layers;
	t->n_layers = f.n_layers;
	return true;
}
