#include "write/out.h"

#include "base/fs.h"
#include "base/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define STAGING ".ergen-staging-"
#define STAMP ".ergen"
#define SCRATCH ".scratch"
#define STAMP_HEAD "ergen manifest 1\n"

enum {
	FOLDER_LOCKS = 16,
	STAGING_TRIES = 16
};

/* A file of this build or of the last one. */
struct entry {
	const char *path;
	char hash[33];
	long long size;
	bool is_same; /* a hard link to the last build's */
};

struct later {
	const char *path, *existing;
};

struct out {
	char *dir; /* what becomes the output */
	char *staging;
	int staging_fd; /* held for its lock */
	bool is_in_place; /* dir cannot be renamed */
	struct arena *arena;
	struct diag *diag;
	GHashTable *files, *old; /* struct entry by path */
	GHashTable *folders; /* made already */
	GArray *links; /* struct later */
	struct timespec stamp_time; /* of the last build's stamp */
	pthread_mutex_t lock; /* of all of the above */
	pthread_mutex_t folder_locks[FOLDER_LOCKS];
	bool has_failed;
};

static bool
fail(struct out *o, const char *path)
{
	pthread_mutex_lock(&o->lock);
	if (!o->has_failed)
		diag_errno(o->diag, path);
	o->has_failed = true;
	pthread_mutex_unlock(&o->lock);
	return false;
}

/* A task's own sink joins the build's, if nothing has failed before; freed. */
static bool
settle(struct out *o, struct diag *own, bool ok)
{
	pthread_mutex_lock(&o->lock);
	if (!ok && !o->has_failed)
		diag_merge(o->diag, own);
	o->has_failed = o->has_failed || !ok;
	pthread_mutex_unlock(&o->lock);
	diag_free(own);
	return ok;
}

/* --- the last build ----------------------------------------------------- */

static bool
leads_out(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);

	return path[0] == '/' ||
	    g_strv_contains((const char *const *)parts, "..");
}

static bool
read_manifest(struct out *o, struct str text)
{
	if (!str_starts(text, STAMP_HEAD))
		return false;
	text = str_from(text, strlen(STAMP_HEAD));
	while (text.len) {
		struct str line = str_upto(text, str_find(text, '\n'));
		text = str_from(text, line.len + 1);
		if (line.len < 35)
			return false;
		struct entry *e = arena_obj(o->arena, struct entry);
		memcpy(e->hash, line.p, 32);
		line = str_from(line, 33);
		size_t space = str_find(line, ' ');
		e->size = strtoll(line.p, NULL, 10);
		e->path = arena_str(o->arena, str_from(line, space + 1));
		/* What it names may be deleted: nothing outside of out/. */
		if (leads_out(e->path))
			return false;
		g_hash_table_insert(o->old, (char *)(uintptr_t)e->path, e);
	}
	return true;
}

static bool
is_staging(const char *name)
{
	return g_str_has_prefix(name, STAGING);
}

/* Leftovers of dead builds do not count. False for *ok: reported. */
static bool
is_empty_folder(const char *path, struct diag *d, bool *ok)
{
	g_autoptr(GPtrArray) names = fs_list(path, d);
	size_t n = 0;

	*ok = names != NULL;
	for (size_t i = 0; names && i < names->len; i++)
		n += !is_staging(names->pdata[i]);
	return n == 0;
}

/* Only a folder that ergen made, or an empty one, may be replaced. */
static bool
read_old(struct out *o)
{
	g_autofree char *stamp = g_build_filename(o->dir, STAMP, NULL);
	struct stat st;
	struct str text;

	if (sys()->stat(o->dir, &st) != 0)
		return errno == ENOENT || diag_errno(o->diag, o->dir);
	if (!S_ISDIR(st.st_mode))
		return diag_machine(o->diag, "%s is not a folder", o->dir);
	if (sys()->stat(stamp, &st) != 0) {
		bool ok;
		if (errno != ENOENT)
			return diag_errno(o->diag, stamp);
		if (is_empty_folder(o->dir, o->diag, &ok) || !ok)
			return ok;
		diag_machine(o->diag, "%s was not made by ergen", o->dir);
		diag_help(o->diag,
		    "there is no %s in it; move the folder away, or choose another with --out",
		    STAMP);
		return false;
	}
	o->stamp_time = st.st_mtim;
	if (!fs_read(stamp, o->arena, &text, o->diag))
		return false;
	if (!read_manifest(o, text)) {
		/* A stamp of another version: build all of it anew. */
		g_hash_table_remove_all(o->old);
	}
	return true;
}

/* --- staging ------------------------------------------------------------ */

/* Folders of builds that died. One of a living build is locked. */
static bool
remove_leftovers(struct out *o, const char *parent)
{
	g_autoptr(GPtrArray) names = fs_list(parent, o->diag);
	bool ok = names != NULL;

	for (size_t i = 0; ok && i < names->len; i++) {
		if (!is_staging(names->pdata[i]))
			continue;
		g_autofree char *path = g_build_filename(parent,
		    names->pdata[i], NULL);
		int fd = sys()->open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC,
		    0);
		if (fd < 0)
			continue;
		if (sys()->flock(fd, LOCK_EX | LOCK_NB) == 0)
			ok = fs_remove_tree(path, o->diag);
		(void)sys()->close(fd);
	}
	return ok;
}

/* A mount point or a symbolic link cannot be exchanged with a folder. */
static bool
cannot_be_renamed(const char *dir, const char *parent)
{
	struct stat st, above;

	if (sys()->lstat(dir, &st) != 0)
		return false;
	if (S_ISLNK(st.st_mode))
		return true;
	return sys()->stat(parent, &above) == 0 && st.st_dev != above.st_dev;
}

enum take {
	TAKE_FAILED,
	TAKE_AGAIN,
	TAKE_DONE
};

/* Until it is locked, another course's build may take the new folder for a
 * leftover and remove it. */
static enum take
take_staging(struct out *o, const char *path)
{
	struct stat st;

	o->staging_fd = sys()->open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC,
	    0);
	if (o->staging_fd < 0)
		return errno == ENOENT ? TAKE_AGAIN : TAKE_FAILED;
	if (sys()->flock(o->staging_fd, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? TAKE_AGAIN : TAKE_FAILED;
	if (sys()->fstat(o->staging_fd, &st) != 0)
		return TAKE_FAILED;
	if (st.st_nlink == 0)
		return TAKE_AGAIN;
	/* mkdtemp() gives nobody else a right; the output is for all. */
	mode_t mask = umask(0);
	umask(mask);
	return sys()->chmod(path, 0777 & ~mask) == 0 ? TAKE_DONE : TAKE_FAILED;
}

static bool
make_staging(struct out *o)
{
	g_autofree char *parent = g_path_get_dirname(o->dir);
	enum take taken = TAKE_AGAIN;

	if (!fs_mkdirs(parent, o->diag))
		return false;
	o->is_in_place = cannot_be_renamed(o->dir, parent);
	const char *place = o->is_in_place ? o->dir : parent;
	if (!remove_leftovers(o, place))
		return false;
	for (int i = 0; taken == TAKE_AGAIN && i < STAGING_TRIES; i++) {
		char *path = g_build_filename(place, STAGING "XXXXXX", NULL);
		if (o->staging_fd >= 0)
			(void)sys()->close(o->staging_fd);
		g_free(o->staging);
		o->staging_fd = -1;
		o->staging = NULL;
		if (!sys()->mkdtemp(path)) {
			const bool is_refused = errno == EACCES ||
			    errno == EROFS;
			diag_errno(o->diag, path);
			if (is_refused)
				diag_help(o->diag,
				    "choose another folder with --out");
			g_free(path);
			return false;
		}
		o->staging = path;
		taken = take_staging(o, path);
	}
	return taken == TAKE_DONE || diag_errno(o->diag, o->staging);
}

static void
out_free(struct out *o)
{
	if (o->staging_fd >= 0)
		(void)sys()->close(o->staging_fd);
	g_hash_table_destroy(o->files);
	g_hash_table_destroy(o->old);
	g_hash_table_destroy(o->folders);
	g_array_free(o->links, TRUE);
	pthread_mutex_destroy(&o->lock);
	for (size_t i = 0; i < FOLDER_LOCKS; i++)
		pthread_mutex_destroy(&o->folder_locks[i]);
	arena_free(o->arena);
	g_free(o->dir);
	g_free(o->staging);
	g_free(o);
}

void
out_abort(struct out *o)
{
	if (!o)
		return;
	/* What cannot be removed now goes with the next build. */
	if (o->staging && !fs_remove_tree(o->staging, o->diag))
		o->has_failed = true;
	out_free(o);
}

bool
out_lock(const char *course_dir, int *fd, struct diag *d)
{
	*fd = sys()->open(course_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (*fd < 0)
		return errno == ENOENT || errno == ENOTDIR ||
		    diag_errno(d, course_dir);
	if (sys()->flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (errno != EWOULDBLOCK)
		return diag_errno(d, course_dir);
	fprintf(stderr, "ergen: waiting for another build of this course\n");
	while (sys()->flock(*fd, LOCK_EX) != 0)
		if (errno != EINTR)
			return diag_errno(d, course_dir);
	return true;
}

void
out_unlock(int fd)
{
	if (fd >= 0)
		(void)sys()->close(fd);
}

struct out *
out_begin(const char *dir, struct diag *d)
{
	struct out *o = g_new0(struct out, 1);

	o->dir = g_canonicalize_filename(dir, NULL);
	o->diag = d;
	o->staging_fd = -1;
	o->arena = arena_new();
	o->files = g_hash_table_new(g_str_hash, g_str_equal);
	o->old = g_hash_table_new(g_str_hash, g_str_equal);
	o->folders = g_hash_table_new(g_str_hash, g_str_equal);
	o->links = g_array_new(FALSE, FALSE, sizeof(struct later));
	pthread_mutex_init(&o->lock, NULL);
	for (size_t i = 0; i < FOLDER_LOCKS; i++)
		pthread_mutex_init(&o->folder_locks[i], NULL);
	if (read_old(o) && make_staging(o))
		return o;
	out_abort(o);
	return NULL;
}

/* --- files -------------------------------------------------------------- */

/* NULL: the name is taken, or the build has failed already. With is_taken the
 * former is the caller's to report. */
static struct entry *
add_entry(struct out *o, const char *path, bool *is_taken)
{
	struct entry *e = NULL;
	bool is_there;

	pthread_mutex_lock(&o->lock);
	is_there = g_hash_table_contains(o->files, path);
	if (is_taken)
		*is_taken = is_there;
	else if (!o->has_failed && is_there) {
		diag_machine(o->diag, "two files would be called %s", path);
		o->has_failed = true;
	}
	if (!o->has_failed && !is_there) {
		e = arena_obj(o->arena, struct entry);
		e->path = arena_strdup(o->arena, path);
		g_hash_table_insert(o->files, (char *)(uintptr_t)e->path, e);
	}
	pthread_mutex_unlock(&o->lock);
	return e;
}

/* The folder of a path below staging; its lock is held on return. Two threads
 * that make files in one folder at the same time are slower than one. */
static pthread_mutex_t *
enter_folder(struct out *o, const char *path)
{
	const char *slash = strrchr(path, '/');
	g_autofree char *folder = slash
	    ? g_strndup(path, (size_t)(slash - path))
	    : g_strdup("");
	pthread_mutex_t
	    *m = &o->folder_locks[g_str_hash(folder) % FOLDER_LOCKS];
	bool is_new;

	pthread_mutex_lock(m);
	pthread_mutex_lock(&o->lock);
	is_new = folder[0] && !g_hash_table_contains(o->folders, folder);
	if (is_new)
		g_hash_table_add(o->folders, arena_strdup(o->arena, folder));
	pthread_mutex_unlock(&o->lock);
	if (!is_new)
		return m;
	g_autofree char *whole = g_build_filename(o->staging, folder, NULL);
	struct diag *own = diag_new();
	settle(o, own, fs_mkdirs(whole, own));
	return m;
}

static bool
is_older(const struct timespec *a, const struct timespec *b)
{
	if (a->tv_sec != b->tv_sec)
		return a->tv_sec < b->tv_sec;
	return a->tv_nsec <= b->tv_nsec;
}

/* Nobody has touched the last build's file since its stamp was written. */
static bool
link_old(struct out *o, const char *path, const char *to, long long size)
{
	g_autofree char *from = g_build_filename(o->dir, path, NULL);
	struct stat st;

	return sys()->lstat(from, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size == size && is_older(&st.st_mtim, &o->stamp_time) &&
	    sys()->link(from, to) == 0;
}

static bool
make_file(struct out *o, const char *path, struct str bytes, bool *is_taken)
{
	struct entry *e = add_entry(o, path, is_taken);
	bool ok = true;

	if (!e)
		return false;
	fs_hash(bytes, e->hash);
	e->size = (long long)bytes.len;
	const struct entry *old = g_hash_table_lookup(o->old, path);
	g_autofree char *to = g_build_filename(o->staging, path, NULL);
	pthread_mutex_t *folder = enter_folder(o, path);
	if (old && old->size == e->size && strcmp(old->hash, e->hash) == 0)
		e->is_same = link_old(o, path, to, e->size);
	if (!e->is_same) {
		struct diag *own = diag_new();
		ok = settle(o, own, fs_create(to, bytes, own));
	}
	pthread_mutex_unlock(folder);
	return ok;
}

bool
out_file(struct out *o, const char *path, struct str bytes)
{
	return make_file(o, path, bytes, NULL);
}

bool
out_file_new(struct out *o, const char *path, struct str bytes, bool *is_taken)
{
	return make_file(o, path, bytes, is_taken);
}

bool
out_copy(struct out *o, const char *path, const char *src, const char *hash)
{
	struct arena *a = arena_new();
	struct diag *own = diag_new();
	struct str bytes;
	bool ok = settle(o, own, fs_read_same(src, hash, a, &bytes, own)) &&
	    out_file(o, path, bytes);

	arena_free(a);
	return ok;
}

bool
out_link(struct out *o, const char *path, const char *existing)
{
	struct later l;

	pthread_mutex_lock(&o->lock);
	l.path = arena_strdup(o->arena, path);
	l.existing = arena_strdup(o->arena, existing);
	g_array_append_val(o->links, l);
	const bool is_good = !o->has_failed;
	pthread_mutex_unlock(&o->lock);
	return is_good;
}

char *
out_scratch(struct out *o, const char *name)
{
	char *path = g_build_filename(o->staging, SCRATCH, name, NULL);
	struct diag *own = diag_new();

	if (settle(o, own, fs_mkdirs(path, own)))
		return path;
	g_free(path);
	return NULL;
}

static bool
remove_scratch(struct out *o)
{
	g_autofree char *path = g_build_filename(o->staging, SCRATCH, NULL);

	return fs_remove_tree(path, o->diag);
}

static int
by_path(const void *a, const void *b)
{
	return strcmp((*(const struct entry *const *)a)->path,
	    (*(const struct entry *const *)b)->path);
}

static GPtrArray *
sorted(GHashTable *files)
{
	GPtrArray *all = g_ptr_array_new();
	GHashTableIter it;
	void *e;

	g_hash_table_iter_init(&it, files);
	while (g_hash_table_iter_next(&it, NULL, &e))
		g_ptr_array_add(all, e);
	g_ptr_array_sort(all, by_path);
	return all;
}

static bool
is_below(const char *path, const char *folder)
{
	size_t len = folder ? strlen(folder) : 0;

	return folder && strncmp(path, folder, len) == 0 &&
	    (path[len] == '/' || path[len] == '\0');
}

bool
out_has_old(struct out *o, const char *path)
{
	const struct entry *old = g_hash_table_lookup(o->old, path);
	g_autofree char *whole = g_build_filename(o->dir, path, NULL);
	struct stat st;

	return old && sys()->lstat(whole, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size == old->size && is_older(&st.st_mtim, &o->stamp_time);
}

static bool
has_new(struct out *o, const char *path)
{
	pthread_mutex_lock(&o->lock);
	const bool has = g_hash_table_contains(o->files, path);
	pthread_mutex_unlock(&o->lock);
	return has;
}

static bool
keep_file(struct out *o, const struct entry *old)
{
	struct entry *e = add_entry(o, old->path, NULL);

	if (!e)
		return false;
	memcpy(e->hash, old->hash, sizeof(e->hash));
	e->size = old->size;
	g_autofree char *to = g_build_filename(o->staging, old->path, NULL);
	pthread_mutex_t *folder = enter_folder(o, old->path);
	e->is_same = link_old(o, old->path, to, e->size);
	pthread_mutex_unlock(folder);
	return e->is_same || fail(o, to);
}

bool
out_keep(struct out *o, const char *path, const char *except)
{
	g_autoptr(GPtrArray) all = sorted(o->old);

	for (size_t i = 0; i < all->len; i++) {
		const struct entry *old = all->pdata[i];
		if (is_below(old->path, path) && !is_below(old->path, except) &&
		    !has_new(o, old->path) && out_has_old(o, old->path) &&
		    !keep_file(o, old))
			return false;
	}
	return !o->has_failed;
}

/* --- publishing --------------------------------------------------------- */

/* Both names still are one file, as the last build left them. */
static bool
is_link_of_old(struct out *o, const struct later *l)
{
	g_autofree char *a = g_build_filename(o->dir, l->path, NULL);
	g_autofree char *b = g_build_filename(o->dir, l->existing, NULL);
	struct stat x, y;

	return g_hash_table_contains(o->old, l->path) &&
	    sys()->lstat(a, &x) == 0 && sys()->lstat(b, &y) == 0 &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static bool
make_links(struct out *o)
{
	for (size_t i = 0; i < o->links->len; i++) {
		const struct later *l = &g_array_index(o->links, struct later,
		    i);
		const struct entry *e = g_hash_table_lookup(o->files,
		    l->existing);
		if (!e)
			continue;
		struct entry *n = add_entry(o, l->path, NULL);
		if (!n)
			return false;
		memcpy(n->hash, e->hash, sizeof(n->hash));
		n->size = e->size;
		n->is_same = e->is_same && is_link_of_old(o, l);
		g_autofree char *from = g_build_filename(o->staging,
		    l->existing, NULL);
		g_autofree char *to = g_build_filename(o->staging, l->path,
		    NULL);
		pthread_mutex_t *folder = enter_folder(o, l->path);
		bool ok = sys()->link(from, to) == 0;
		pthread_mutex_unlock(folder);
		if (!ok)
			return fail(o, to);
	}
	return !o->has_failed;
}

static bool
is_unchanged(struct out *o, const GPtrArray *all)
{
	if (all->len != g_hash_table_size(o->old))
		return false;
	for (size_t i = 0; i < all->len; i++)
		if (!((const struct entry *)all->pdata[i])->is_same)
			return false;
	return true;
}

static bool
write_manifest(struct out *o, const GPtrArray *all)
{
	g_autoptr(GString) text = g_string_new(STAMP_HEAD);
	g_autofree char *path = g_build_filename(o->staging, STAMP, NULL);

	for (size_t i = 0; i < all->len; i++) {
		const struct entry *e = all->pdata[i];
		g_string_append_printf(text, "%s %lld %s\n", e->hash, e->size,
		    e->path);
	}
	return fs_create(path, (struct str){ text->str, text->len }, o->diag);
}

/* One step where the system can do it, else two with a short gap. */
static bool
exchange(struct out *o)
{
	struct stat st;

	if (sys()->lstat(o->dir, &st) != 0)
		return (errno == ENOENT || fail(o, o->dir)) &&
		    (sys()->rename(o->staging, o->dir) == 0 || fail(o, o->dir));
	if (sys()->exchange(o->staging, o->dir) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return fail(o, o->dir);
	g_autofree char *aside = g_strconcat(o->staging, "-old", NULL);
	if (sys()->rename(o->dir, aside) != 0)
		return fail(o, o->dir);
	if (sys()->rename(o->staging, o->dir) != 0) {
		fail(o, o->dir);
		(void)sys()->rename(aside, o->dir);
		return false;
	}
	if (sys()->rename(aside, o->staging) != 0)
		return fail(o, aside);
	return true;
}

/* Where a file is to be there may be a folder now, and the other way round. */
static bool
clear_way(struct out *o, const char *to)
{
	g_autofree char *path = g_strdup(to);
	struct stat st;

	for (char *p = path + strlen(o->dir) + 1;; p++) {
		const char c = *p;
		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (sys()->lstat(path, &st) != 0)
			return errno == ENOENT || fail(o, path);
		if (c == '\0')
			return !S_ISDIR(st.st_mode) ||
			    fs_remove_tree(path, o->diag);
		if (!S_ISDIR(st.st_mode) && sys()->unlink(path) != 0)
			return fail(o, path);
		*p = c;
	}
}

static bool
move_into_place(struct out *o, const char *path)
{
	g_autofree char *from = g_build_filename(o->staging, path, NULL);
	g_autofree char *to = g_build_filename(o->dir, path, NULL);
	g_autofree char *folder = g_path_get_dirname(to);

	return clear_way(o, to) && fs_mkdirs(folder, o->diag) &&
	    (sys()->rename(from, to) == 0 || fail(o, to));
}

/* A file of the last build, and the folders that are empty without it. */
static bool
remove_gone(struct out *o, const char *path)
{
	g_autofree char *at = g_build_filename(o->dir, path, NULL);

	/* EISDIR, ENOTDIR: the name is taken by what has been moved there. */
	if (sys()->unlink(at) != 0 && errno != ENOENT && errno != EISDIR &&
	    errno != ENOTDIR)
		return fail(o, at);
	for (;;) {
		char *slash = strrchr(at, '/');
		*slash = '\0';
		if (strcmp(at, o->dir) == 0 ||
		    sys()->unlinkat(AT_FDCWD, at, AT_REMOVEDIR) != 0)
			return true;
	}
}

/* File by file, what is gone last: not atomic, and the author is told. */
static bool
replace_in_place(struct out *o, const GPtrArray *all)
{
	g_autoptr(GPtrArray) old = sorted(o->old);

	fprintf(stderr,
	    "ergen: %s is a link or a mount point: its files are replaced one by one\n",
	    o->dir);
	for (size_t i = 0; i < all->len; i++) {
		const struct entry *e = all->pdata[i];
		if (!e->is_same && !move_into_place(o, e->path))
			return false;
	}
	if (!move_into_place(o, STAMP))
		return false;
	for (size_t i = 0; i < old->len; i++) {
		const struct entry *e = old->pdata[i];
		if (!g_hash_table_contains(o->files, e->path) &&
		    !remove_gone(o, e->path))
			return false;
	}
	return true;
}

bool
out_publish(struct out *o, bool *has_changed)
{
	bool ok = make_links(o) && remove_scratch(o);
	g_autoptr(GPtrArray) all = sorted(o->files);

	*has_changed = !is_unchanged(o, all);
	if (ok && *has_changed) {
		ok = write_manifest(o, all);
		if (ok)
			ok = o->is_in_place ? replace_in_place(o, all)
					    : exchange(o);
	}
	/* Now this is the old tree, or what was staged in vain. */
	struct stat st;
	if (sys()->lstat(o->staging, &st) == 0)
		ok = fs_remove_tree(o->staging, o->diag) && ok;
	out_free(o);
	return ok;
}

long long
out_size(const struct out *o, const char *path)
{
	const struct entry *e = g_hash_table_lookup(o->files, path);

	return e ? e->size : -1;
}

void
out_total(const struct out *o, const char *prefix, size_t *n_files,
    long long *bytes)
{
	g_autoptr(GPtrArray) all = sorted(o->files);

	*n_files = 0;
	*bytes = 0;
	for (size_t i = 0; i < all->len; i++) {
		const struct entry *e = all->pdata[i];
		if (!g_str_has_prefix(e->path, prefix))
			continue;
		++*n_files;
		*bytes += e->size;
	}
}
