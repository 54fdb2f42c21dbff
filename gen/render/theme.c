#include "render/theme.h"

#include "base/fs.h"

struct loading {
	struct theme *theme;
	struct arena *arena;
	struct diag *diag;
	GArray *assets; /* struct theme_file */
};

/* The folder that the program was installed to, or built in. */
static char *
program_folder(void)
{
	g_autofree char *exe = g_file_read_link("/proc/self/exe", NULL);

	return exe ? g_path_get_dirname(exe) : NULL;
}

/* NULL: there is none, or *ok is false and it has been reported why. */
static char *
find_theme(const char *name, const char *course_dir, struct diag *d, bool *ok)
{
	g_autofree char *bin = program_folder();
	char *places[5] = { 0 };
	char *found = NULL;
	size_t n = 0;

	places[n++] = g_build_filename(course_dir, "themes", name, NULL);
	places[n++] = g_path_is_absolute(name)
	    ? g_strdup(name)
	    : g_build_filename(course_dir, name, NULL);
	if (bin && !strchr(name, '/')) {
		places[n++] = g_build_filename(bin, "..", "share", "ergen",
		    "themes", name, NULL);
		places[n++] = g_build_filename(bin, "..", "themes", name, NULL);
		places[n++] = g_build_filename(bin, "..", "..", "themes", name,
		    NULL);
	}
	for (size_t i = 0; i < n; i++) {
		g_autofree char *templates = g_build_filename(places[i],
		    "templates", NULL);
		if (!found && *ok) {
			enum fs_kind kind = fs_look(templates, NULL, d);
			*ok = kind != FS_FAILED;
			found = kind == FS_FOLDER ? g_strdup(places[i]) : NULL;
		}
		g_free(places[i]);
	}
	return found;
}

static bool
read_file(struct loading *l, const char *path, struct str *bytes)
{
	long long mtime = 0;

	if (fs_look(path, &mtime, l->diag) == FS_FAILED)
		return false;
	if (mtime > l->theme->mtime)
		l->theme->mtime = mtime;
	return fs_read(path, l->arena, bytes, l->diag);
}

static bool
load_templates(struct loading *l)
{
	g_autofree char *dir = g_build_filename(l->theme->dir, "templates",
	    NULL);
	g_autoptr(GPtrArray) names = fs_list(dir, l->diag);

	if (!names)
		return false;
	for (size_t i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *path = g_build_filename(dir, name, NULL);
		struct str text;
		if (name[0] == '.' || !g_str_has_suffix(name, ".mustache"))
			continue;
		if (!read_file(l, path, &text))
			return false;
		struct origin *o = arena_obj(l->arena, struct origin);
		o->path = arena_strdup(l->arena, path);
		o->text = text;
		templates_add(l->theme->templates,
		    arena_str(l->arena,
			(struct str){ name,
			    strlen(name) - strlen(".mustache") }),
		    o, l->diag);
	}
	templates_link(l->theme->templates, l->diag);
	if (!templates_find(l->theme->templates, "page")) {
		struct origin *o = arena_obj(l->arena, struct origin);
		o->path = arena_strdup(l->arena, l->theme->dir);
		diag_at(l->diag, DIAG_THEME_BAD, (struct loc){ o, 0, 0 },
		    "templates/page.mustache is missing");
	}
	return true;
}

static bool
load_assets(struct loading *l, const char *dir, const char *rel)
{
	/* A theme may have none. */
	enum fs_kind kind = fs_look(dir, NULL, l->diag);
	if (kind != FS_FOLDER)
		return kind == FS_NONE;
	g_autoptr(GPtrArray) names = fs_list(dir, l->diag);
	if (!names)
		return false;
	for (size_t i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *path = g_build_filename(dir, name, NULL);
		if (name[0] == '.')
			continue;
		const char *below = rel[0]
		    ? arena_printf(l->arena, "%s/%s", rel, name)
		    : arena_strdup(l->arena, name);
		enum fs_kind below_kind = fs_look(path, NULL, l->diag);
		if (below_kind == FS_FAILED)
			return false;
		if (below_kind == FS_FOLDER) {
			if (!load_assets(l, path, below))
				return false;
			continue;
		}
		struct theme_file f = { .path = below };
		if (!read_file(l, path, &f.bytes))
			return false;
		g_array_append_val(l->assets, f);
	}
	return true;
}

static bool
load(struct loading *l)
{
	g_autofree char *assets = g_build_filename(l->theme->dir, "assets",
	    NULL);
	g_autofree char *css = g_build_filename(l->theme->dir, "epub.css",
	    NULL);

	if (!load_templates(l) || !load_assets(l, assets, ""))
		return false;
	l->theme->assets = arena_array_of(l->arena, l->assets);
	l->theme->n_assets = l->assets->len;
	l->theme->epub_css = STR_LIT("");
	enum fs_kind kind = fs_look(css, NULL, l->diag);
	return kind == FS_NONE ||
	    (kind != FS_FAILED && read_file(l, css, &l->theme->epub_css));
}

struct theme *
theme_load(const char *name, struct loc at, const char *course_dir,
    struct arena *a, struct diag *d)
{
	bool ok = true;
	g_autofree char *dir = find_theme(name, course_dir, d, &ok);

	if (!ok)
		return NULL;
	if (!dir) {
		diag_at(d, DIAG_THEME_MISSING, at, "%s", name);
		diag_help(d,
		    "a theme is a folder with templates/, in themes/ of the course or named by its path");
		return NULL;
	}
	struct theme *t = arena_obj(a, struct theme);
	struct loading l = { t, a, d, NULL };
	/* As the author would write it. */
	t->dir = arena_strdup(a, g_str_has_prefix(dir, "./") ? dir + 2 : dir);
	t->words = &words_default;
	t->templates = templates_new();
	l.assets = g_array_new(FALSE, FALSE, sizeof(struct theme_file));
	ok = load(&l);
	g_array_free(l.assets, TRUE);
	if (ok)
		return t;
	theme_free(t);
	return NULL;
}

void
theme_free(struct theme *t)
{
	if (t)
		templates_free(t->templates);
}
