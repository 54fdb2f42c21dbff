/* Phase 2: what lies below content/. */
#include "base/fs.h"
#include "base/slug.h"
#include "base/sys.h"
#include "book/source.h"

#include <errno.h>
#include <stdlib.h>

enum {
	FOLDER_DEPTH_MOST = 32,
	/* Symbolic links between folders can multiply them without end. */
	ENTRIES_MOST = 200000
};

/* "30-expressroute" is number 30 and "expressroute"; a number alone is a
 * name. */
static struct str
split_prefix(struct str name, long *prefix)
{
	size_t i = 0;

	*prefix = -1;
	while (i < name.len && name.p[i] >= '0' && name.p[i] <= '9')
		i++;
	if (i == 0 || i > 9 || i + 1 >= name.len || !strchr("-_. ", name.p[i]))
		return name;
	*prefix = strtol(name.p, NULL, 10);
	return str_from(name, i + 1);
}

static struct origin *
origin_of(struct making *m, const char *rel)
{
	struct origin *o = arena_obj(m->arena, struct origin);

	o->path = arena_printf(m->arena, "%s/%s", m->book.site->content, rel);
	o->text = STR_LIT("");
	return o;
}

static const char *
join(struct making *m, const char *a, const char *b)
{
	return a[0] ? arena_printf(m->arena, "%s/%s", a, b)
		    : arena_strdup(m->arena, b);
}

static const char *
normalize(struct making *m, const char *name)
{
	g_autofree char *nfc = g_utf8_normalize(name, -1, G_NORMALIZE_NFC);

	return nfc ? arena_strdup(m->arena, nfc) : NULL;
}

static struct folder *
add_folder(struct making *m, struct folder *parent, const char *rel,
    const char *name)
{
	struct folder *f = arena_obj(m->arena, struct folder);
	const char *bare = arena_str(m->arena,
	    split_prefix(str_of(name), &f->prefix));

	f->rel = rel;
	f->name = bare;
	f->parent = parent;
	f->folders = g_ptr_array_new();
	f->sources = g_ptr_array_new();
	g_ptr_array_add(m->folders, f);
	g_hash_table_insert(m->folders_by_rel, (char *)(uintptr_t)rel, f);
	if (!parent) {
		f->address = "";
		return f;
	}
	char *slug = slug_heading(m->arena, str_of(bare));
	f->slug = slug[0] ? slug : "folder";
	f->address = f->slug;
	g_ptr_array_add(parent->folders, f);
	return f;
}

/* Whether a path is in the folder of that name. */
static bool
is_below(const char *rel, const char *folder)
{
	size_t len = strlen(folder);

	return g_ascii_strncasecmp(rel, folder, len) == 0 && rel[len] == '/';
}

bool
is_of_language(const struct making *m, const char *rel)
{
	const struct site *site = m->book.site;

	if (site->lang_dir)
		return is_below(rel, site->lang_dir);
	for (size_t i = 0; i < site->n_translations; i++)
		if (is_below(rel, site->translations[i]))
			return false;
	return true;
}

/* The folder that holds the home page. */
static bool
is_top(const struct making *m, const struct folder *f)
{
	const char *dir = m->book.site->lang_dir;

	return dir ? g_ascii_strcasecmp(f->rel, dir) == 0 : !f->parent;
}

/* A translation begins in its own folder. */
static void
enter_language(struct making *m, struct diag *d)
{
	const char *dir = m->book.site->lang_dir;

	for (guint i = 0; dir && i < m->folders->len; i++) {
		struct folder *f = m->folders->pdata[i];
		if (is_top(m, f)) {
			m->top = f;
			return;
		}
	}
	if (!dir)
		return;
	diag_at(d, DIAG_SITE_TYPE, m->book.site->lang_at, "%s", dir);
	diag_help(d, "the translation would be in the folder %s/%s",
	    m->book.site->content, dir);
}

static void
add_source(struct making *m, struct folder *folder, const char *rel,
    const char *name, const struct stat *st)
{
	struct source *s = arena_obj(m->arena, struct source);
	struct str stem = str_of(name);

	if (!is_of_language(m, rel))
		return;

	stem.len -= strlen(".md");
	s->kind = str_is(stem, "index") ? SOURCE_INDEX : SOURCE_LESSON;
	if (str_ends(stem, ".quiz") && stem.len > strlen(".quiz")) {
		s->kind = SOURCE_QUIZ;
		stem.len -= strlen(".quiz");
	}
	stem = split_prefix(stem, &s->prefix);
	s->origin = *origin_of(m, rel);
	s->rel = rel;
	s->stem = arena_str(m->arena, stem);
	s->folder = folder;
	s->mtime = st->st_mtime;
	s->size = (size_t)st->st_size;
	if (s->kind == SOURCE_LESSON && is_top(m, folder) &&
	    strcmp(s->stem, "glossary") == 0 && !m->glossary) {
		s->kind = SOURCE_GLOSSARY;
		m->glossary = s;
	}
	if (s->kind == SOURCE_INDEX)
		folder->index = s;
	g_ptr_array_add(folder->sources, s);
	g_ptr_array_add(m->sources, s);
	g_hash_table_insert(m->by_rel, (char *)(uintptr_t)rel, s);
}

static void
add_file(struct making *m, struct folder *folder, const char *rel,
    const char *src, long long mtime)
{
	struct file *f = arena_obj(m->arena, struct file);

	f->rel = rel;
	f->src = src;
	f->folder = folder;
	f->mtime = mtime;
	f->origin = *origin_of(m, rel);
	g_ptr_array_add(m->files, f);
	g_hash_table_insert(m->files_by_rel, (char *)(uintptr_t)rel, f);
}

void
source_unreadable(const struct origin *in, struct diag *why, struct diag *d)
{
	int error = errno;

	if (error != EACCES && error != ENOENT && error != ENOTDIR &&
	    error != ELOOP && error != EISDIR) {
		diag_merge(d, why);
		return;
	}
	diag_at(d, DIAG_SOURCE_UNREADABLE, (struct loc){ in, 0, 0 }, "%s",
	    g_strerror(error));
}

static void
report(struct making *m, const char *rel, enum diag_id id, struct diag *d,
    const char *detail)
{
	diag_at(d, id, (struct loc){ origin_of(m, rel), 0, 0 },
	    detail ? "%s" : NULL, detail);
}

/* A link may point to another place of the course, but not out of it. */
static bool
stays_inside(const struct making *m, const char *path)
{
	g_autofree char *real = realpath(path, NULL);
	g_autofree char *root = realpath(m->root, NULL);
	size_t len = root ? strlen(root) : 0;

	return real && root && strncmp(real, root, len) == 0 &&
	    (real[len] == '/' || real[len] == '\0');
}

/* A symbolic link may make a folder its own ancestor. */
static bool
is_loop(const struct folder *f, const struct stat *st)
{
	for (; f; f = f->parent)
		if (f->device == st->st_dev && f->inode == st->st_ino)
			return true;
	return false;
}

static void scan_folder(struct making *m, struct folder *f, const char *path,
    unsigned depth, struct diag *d);

static void
scan_entry(struct making *m, struct folder *f, const char *dir,
    const char *name, unsigned depth, struct diag *d)
{
	size_t n = m->sources->len + m->files->len + m->folders->len;
	if (n >= ENTRIES_MOST) {
		if (!m->is_too_many)
			report(m, f->rel, DIAG_SOURCE_COUNT, d, NULL);
		m->is_too_many = true;
		return;
	}
	const char *path = arena_printf(m->arena, "%s/%s", dir, name);
	const char *nfc = normalize(m, name);
	const char *rel = join(m, f->rel, nfc ? nfc : "?");
	struct stat st;

	if (!nfc) {
		report(m, rel, DIAG_SOURCE_UNREADABLE, d,
		    "the name is not UTF-8");
	} else if (sys()->lstat(path, &st) != 0) {
		struct diag *why = diag_new();
		diag_errno(why, path);
		source_unreadable(origin_of(m, rel), why, d);
		diag_free(why);
	} else if (S_ISLNK(st.st_mode) &&
	    (!stays_inside(m, path) || sys()->stat(path, &st) != 0)) {
		report(m, rel, DIAG_SOURCE_LEAVES, d, NULL);
		diag_help(d, "copy the file into the course");
	} else if (S_ISDIR(st.st_mode)) {
		if (depth >= FOLDER_DEPTH_MOST || is_loop(f, &st)) {
			report(m, rel, DIAG_SOURCE_NESTING, d, NULL);
			return;
		}
		struct folder *below = add_folder(m, f, rel, nfc);
		below->device = st.st_dev;
		below->inode = st.st_ino;
		scan_folder(m, below, path, depth + 1, d);
	} else if (!S_ISREG(st.st_mode)) {
		report(m, rel, DIAG_SOURCE_TYPE, d, NULL);
	} else if (g_str_has_suffix(nfc, ".md") && strlen(nfc) > 3) {
		add_source(m, f, rel, nfc, &st);
	} else {
		add_file(m, f, rel, path, st.st_mtime);
	}
}

static void
scan_folder(struct making *m, struct folder *f, const char *path,
    unsigned depth, struct diag *d)
{
	struct diag *own = diag_new();
	g_autoptr(GPtrArray) names = fs_list(path, own);

	if (!names)
		source_unreadable(origin_of(m, f->rel), own, d);
	for (size_t i = 0; names && i < names->len; i++) {
		const char *name = names->pdata[i];
		if (name[0] != '.' && name[0] != '_')
			scan_entry(m, f, path, name, depth, d);
	}
	diag_free(own);
}

void
scan_content(struct making *m, struct diag *d)
{
	struct stat st;
	enum fs_kind kind = fs_look(m->content, NULL, d);

	if (kind == FS_FAILED)
		return;
	if (kind != FS_FOLDER) {
		diag_at(d, DIAG_CONTENT_MISSING,
		    (struct loc){ m->book.site->origin, 0, 0 }, "%s",
		    m->book.site->content);
		diag_help(d,
		    "lessons are Markdown files in the folder '%s' beside site.yaml",
		    m->book.site->content);
		return;
	}
	if (sys()->stat(m->content, &st) != 0) {
		diag_errno(d, m->content);
		return;
	}
	m->top = add_folder(m, NULL, "", "");
	m->top->device = st.st_dev;
	m->top->inode = st.st_ino;
	if (!stays_inside(m, m->content)) {
		report(m, "", DIAG_SOURCE_LEAVES, d, NULL);
		return;
	}
	scan_folder(m, m->top, m->content, 0, d);
	enter_language(m, d);
}
