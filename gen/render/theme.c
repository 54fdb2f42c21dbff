#include "render/theme.h"

#include "base/fs.h"
#include "doc/scan.h"
#include "render/theme_find.h"

struct loading {
	struct theme *theme;
	const struct site *site;
	struct arena *arena;
	struct diag *diag;
	GArray *assets; /* struct theme_file */
	/* Paths below assets/: 1 for a file, 2 for a folder; not walked. */
	GHashTable *taken;
};

enum {
	TAKEN_NOT,
	TAKEN_FILE,
	TAKEN_FOLDER
};

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

/* NULL: reported. */
static const struct origin *
read_source(struct loading *l, const char *path)
{
	struct origin *o = arena_obj(l->arena, struct origin);

	o->path = arena_strdup(l->arena, path);
	return read_file(l, path, &o->text) ? o : NULL;
}

/* The names in a folder of a layer that end like this, or an empty array if
 * there is no such folder. NULL: reported. */
static GPtrArray *
list(const char *dir, const char *suffix, struct diag *d)
{
	enum fs_kind kind = fs_look(dir, NULL, d);

	if (kind != FS_FOLDER)
		return kind == FS_FAILED ? NULL : g_ptr_array_new();
	GPtrArray *names = fs_list(dir, d);
	for (guint i = names ? names->len : 0; i > 0; i--) {
		const char *name = names->pdata[i - 1];
		if (name[0] == '.' || !g_str_has_suffix(name, suffix))
			g_ptr_array_remove_index(names, i - 1);
	}
	return names;
}

/* --- templates ----------------------------------------------------------- */

static bool
load_templates(struct loading *l, const char *layer)
{
	g_autofree char *dir = g_build_filename(layer, "templates", NULL);
	g_autoptr(GPtrArray) names = list(dir, ".mustache", l->diag);

	for (size_t i = 0; names && i < names->len; i++) {
		struct str name = str_of(names->pdata[i]);
		g_autofree char *path = g_build_filename(dir, name.p, NULL);
		const char *called = arena_str(l->arena,
		    str_upto(name, name.len - strlen(".mustache")));
		/* A more specific layer has it. */
		if (templates_find(l->theme->templates, called))
			continue;
		const struct origin *o = read_source(l, path);
		if (!o)
			return false;
		if (scan_is_text(o, l->diag))
			templates_add(l->theme->templates, called, o);
	}
	return names != NULL;
}

/* In the course's own folder: it is there to replace another, or a part of one
 * that does. */
static void
check_use(struct loading *l, const char *called, const char *path)
{
	const struct templates *set = l->theme->templates;
	const struct template *t = templates_find(set, called);
	g_autoptr(GPtrArray) others = templates_names(set);

	if (!t || template_is_used(t))
		return;
	for (guint i = 0; i + 1 < others->len; i++)
		if (strcmp(others->pdata[i], called) == 0)
			g_ptr_array_remove_index(others, i);
	struct origin *o = arena_obj(l->arena, struct origin);
	o->path = arena_strdup(l->arena, path);
	diag_at(l->diag, DIAG_TEMPLATE_UNUSED, (struct loc){ o, 0, 0 }, NULL);
	const char *near = nearest(called, (const char *const *)others->pdata);
	if (near)
		diag_help(l->diag, "did you mean '%s'?", near);
}

static void
check_own(struct loading *l)
{
	g_autofree char *dir = g_build_filename(l->theme->layers[0],
	    "templates", NULL);
	bool has_own = l->theme->layers[0] != l->theme->dir;
	g_autoptr(GPtrArray) names = has_own ? list(dir, ".mustache", l->diag)
					     : NULL;

	for (guint i = 0; names && i < names->len; i++) {
		struct str name = str_of(names->pdata[i]);
		g_autofree char *path = g_build_filename(dir, name.p, NULL);
		g_autofree char *called = g_strndup(name.p,
		    name.len - strlen(".mustache"));
		check_use(l, called, path);
	}
}

static void
check_templates(struct loading *l)
{
	templates_link(l->theme->templates, "page", l->diag);
	check_own(l);
	if (templates_find(l->theme->templates, "page"))
		return;
	struct origin *o = arena_obj(l->arena, struct origin);
	o->path = l->theme->dir;
	diag_at(l->diag, DIAG_THEME_BAD, (struct loc){ o, 0, 0 },
	    "templates/page.mustache is missing");
}

/* --- assets -------------------------------------------------------------- */

static bool load_assets(struct loading *l, const char *dir, const char *rel);

/* A link must not put files of the machine into the site. */
static bool
is_inside(const struct loading *l, const char *path)
{
	g_autofree char *real = fs_real(path);
	g_autofree char *course = fs_real(l->site->dir);
	bool ok = fs_contains(course, real);

	for (size_t i = 0; !ok && i < l->theme->n_layers; i++) {
		g_autofree char *layer = fs_real(l->theme->layers[i]);
		ok = fs_contains(layer, real);
	}
	return ok;
}

static bool
load_asset(struct loading *l, const char *path, const char *rel)
{
	enum fs_kind kind = fs_look(path, NULL, l->diag);
	guint taken = GPOINTER_TO_UINT(g_hash_table_lookup(l->taken, rel));
	struct theme_file f = { .path = rel };

	if (kind == FS_FAILED)
		return false;
	bool is_taken = strcmp(rel, "quiz.css") == 0;
	if (is_taken || !is_inside(l, path)) {
		struct origin *o = arena_obj(l->arena, struct origin);
		o->path = arena_strdup(l->arena, path);
		diag_at(l->diag,
		    is_taken ? DIAG_PAGE_RESERVED : DIAG_SOURCE_LEAVES,
		    (struct loc){ o, 0, 0 }, NULL);
		return true;
	}
	if (taken && (taken == TAKEN_FILE || kind != FS_FOLDER))
		return true;
	g_hash_table_insert(l->taken, (char *)(uintptr_t)rel,
	    GUINT_TO_POINTER(kind == FS_FOLDER ? TAKEN_FOLDER : TAKEN_FILE));
	if (kind == FS_FOLDER)
		return load_assets(l, path, rel);
	if (!read_file(l, path, &f.bytes))
		return false;
	g_array_append_val(l->assets, f);
	return true;
}

static bool
load_assets(struct loading *l, const char *dir, const char *rel)
{
	g_autoptr(GPtrArray) names = list(dir, "", l->diag);

	for (size_t i = 0; names && i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *path = g_build_filename(dir, name, NULL);
		const char *below = rel[0]
		    ? arena_printf(l->arena, "%s/%s", rel, name)
		    : arena_strdup(l->arena, name);
		if (!load_asset(l, path, below))
			return false;
	}
	return names != NULL;
}

static int
by_path(const void *a, const void *b)
{
	const struct theme_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* --- words --------------------------------------------------------------- */

/* The files of a layer for a language: "pt" before "pt-BR", which lies over
 * it. Tags are compared without case. */
static bool
read_words(struct loading *l, const char *layer, struct str tag,
    struct translation *t)
{
	g_autofree char *dir = g_build_filename(layer, "i18n", NULL);
	struct str shorter = tag;

	while (shorter.len && shorter.p[--shorter.len] != '-')
		;
	if (shorter.len && !read_words(l, layer, shorter, t))
		return false;
	g_autoptr(GPtrArray) names = list(dir, ".yaml", l->diag);
	for (size_t i = 0; names && i < names->len; i++) {
		struct str name = str_of(names->pdata[i]);
		g_autofree char *path = g_build_filename(dir, name.p, NULL);
		name = str_upto(name, name.len - strlen(".yaml"));
		if (tag.len != name.len ||
		    g_ascii_strncasecmp(tag.p, name.p, tag.len) != 0)
			continue;
		const struct origin *o = read_source(l, path);
		if (!o)
			return false;
		translation_read(t, o, l->arena, l->diag);
	}
	return names != NULL;
}

static bool
load_words(struct loading *l)
{
	const char *lang = l->site->lang;
	struct str tag = str_of(lang);
	struct translation *t = arena_obj(l->arena, struct translation);

	translation_begin(t, lang);
	for (size_t i = l->theme->n_layers; i > 0; i--)
		if (!read_words(l, l->theme->layers[i - 1], tag, t))
			return false;
	if (!str_is_nocase(str_upto(tag, str_find(tag, '-')), "en"))
		translation_end(t, lang, l->site->lang_at, l->diag);
	l->theme->words = &t->words;
	return true;
}

/* --- all of it ----------------------------------------------------------- */

static bool
load_layer(struct loading *l, const char *layer)
{
	g_autofree char *assets = g_build_filename(layer, "assets", NULL);
	g_autofree char *css = g_build_filename(layer, "epub.css", NULL);

	if (!load_templates(l, layer) || !load_assets(l, assets, ""))
		return false;
	enum fs_kind kind = fs_look(css, NULL, l->diag);
	/* An empty one counts: it takes away what is below. */
	if (kind == FS_FILE && !l->theme->epub_css.p)
		return read_file(l, css, &l->theme->epub_css);
	return kind != FS_FAILED;
}

static bool
load(struct loading *l)
{
	struct theme *t = l->theme;

	for (size_t i = 0; i < t->n_layers; i++)
		if (!load_layer(l, t->layers[i]))
			return false;
	if (!t->epub_css.p)
		t->epub_css = STR_LIT("");
	check_templates(l);
	g_array_sort(l->assets, by_path);
	t->assets = arena_array_of(l->arena, l->assets);
	t->n_assets = l->assets->len;
	return load_words(l);
}

struct theme *
theme_load(const struct site *site, struct arena *a, struct diag *d)
{
	struct theme *t = arena_obj(a, struct theme);
	struct loading l = { t, site, a, d, NULL, NULL };

	if (!theme_find(t, site, a, d))
		return NULL;
	t->templates = templates_new();
	l.assets = g_array_new(FALSE, FALSE, sizeof(struct theme_file));
	l.taken = g_hash_table_new(g_str_hash, g_str_equal);
	bool ok = load(&l);
	g_hash_table_destroy(l.taken);
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
