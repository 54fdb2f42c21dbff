#include "base/fs.h"

#include "base/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>

enum {
	READ_TRIES = 4
};

static bool
read_all(int fd, char *to, size_t len, size_t *got)
{
	*got = 0;
	while (*got < len) {
		ssize_t n = sys()->read(fd, to + *got, len - *got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		*got += (size_t)n;
	}
	return true;
}

enum fs_kind
fs_look(const char *path, long long *mtime, struct diag *d)
{
	struct stat st;

	if (sys()->stat(path, &st) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return FS_NONE;
		diag_errno(d, path);
		return FS_FAILED;
	}
	if (mtime)
		*mtime = st.st_mtime;
	return S_ISDIR(st.st_mode) ? FS_FOLDER
	    : S_ISREG(st.st_mode)  ? FS_FILE
				   : FS_OTHER;
}

/* The file as it is at one moment: *is_whole is false if that was missed. */
static bool
read_once(int fd, struct arena *a, struct str *out, bool *is_whole)
{
	struct stat st, after;

	if (sys()->fstat(fd, &st) != 0)
		return false;
	/* One byte more than expected tells a file that grows. */
	size_t want = (size_t)st.st_size + 1;
	char *p = arena_bytes(a, want + 1);
	if (!read_all(fd, p, want, &out->len) || sys()->fstat(fd, &after) != 0)
		return false;
	p[out->len] = '\0';
	out->p = p;
	*is_whole = out->len == (size_t)st.st_size &&
	    after.st_size == st.st_size &&
	    after.st_mtim.tv_sec == st.st_mtim.tv_sec &&
	    after.st_mtim.tv_nsec == st.st_mtim.tv_nsec;
	return true;
}

/* Opened anew each time: others may have put a new file in its place. */
static bool
read_path(const char *path, struct arena *a, struct str *out, bool *is_whole,
    struct diag *d)
{
	int fd = sys()->open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

	if (fd < 0)
		return diag_errno(d, path);
	bool ok = read_once(fd, a, out, is_whole) || diag_errno(d, path);
	int error = errno;
	(void)sys()->close(fd);
	errno = error;
	return ok;
}

static bool
report_change(struct diag *d, const char *path)
{
	diag_machine(d, "%s changes during the build", path);
	diag_help(d, "build again when nobody writes to it any more");
	errno = EAGAIN;
	return false;
}

bool
fs_read(const char *path, struct arena *a, struct str *out, struct diag *d)
{
	bool is_whole = false;

	for (int i = 0; !is_whole && i < READ_TRIES; i++)
		if (!read_path(path, a, out, &is_whole, d))
			return false;
	return is_whole || report_change(d, path);
}

bool
fs_read_same(const char *path, const char *hash, struct arena *a,
    struct str *out, struct diag *d)
{
	char now[33];

	if (!fs_read(path, a, out, d))
		return false;
	fs_hash(*out, now);
	return strcmp(now, hash) == 0 || report_change(d, path);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* False at a failure, with errno; the end is none. */
static bool
read_names(DIR *dir, GPtrArray *names)
{
	for (;;) {
		errno = 0;
		const struct dirent *e = sys()->readdir(dir);
		if (!e)
			return errno == 0;
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			g_ptr_array_add(names, g_strdup(e->d_name));
	}
}

GPtrArray *
fs_list(const char *path, struct diag *d)
{
	DIR *dir = sys()->opendir(path);

	if (!dir) {
		diag_errno(d, path);
		return NULL;
	}
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	bool ok = read_names(dir, names) || diag_errno(d, path);
	int error = errno;
	(void)closedir(dir);
	errno = error;
	if (ok) {
		g_ptr_array_sort(names, by_name);
		return names;
	}
	g_ptr_array_unref(names);
	return NULL;
}

static bool
write_all(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t n = sys()->write(fd, bytes.p, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

bool
fs_create(const char *path, struct str bytes, struct diag *d)
{
	int fd = sys()->open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    0666);

	if (fd < 0)
		return diag_errno(d, path);
	if (!write_all(fd, bytes)) {
		diag_errno(d, path);
		(void)sys()->close(fd);
		return false;
	}
	if (sys()->close(fd) != 0)
		return diag_errno(d, path);
	return true;
}

bool
fs_replace(const char *path, struct str bytes, struct diag *d)
{
	g_autofree char *temp = g_strconcat(path, ".ergen-new", NULL);
	struct stat st;

	if (sys()->stat(path, &st) != 0)
		return diag_errno(d, path);
	if (sys()->unlink(temp) != 0 && errno != ENOENT)
		return diag_errno(d, temp);
	if (!fs_create(temp, bytes, d))
		return false;
	if (sys()->chmod(temp, st.st_mode & 07777) != 0 ||
	    sys()->rename(temp, path) != 0) {
		diag_errno(d, path);
		(void)sys()->unlink(temp);
		return false;
	}
	return true;
}

bool
fs_mkdirs(const char *path, struct diag *d)
{
	g_autofree char *copy = g_strdup(path);

	for (char *p = copy + 1;; p++) {
		char c = *p;
		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (sys()->mkdir(copy, 0777) != 0 && errno != EEXIST)
			return diag_errno(d, copy);
		*p = c;
		if (c == '\0')
			return true;
	}
}

static bool
remove_at(int parent, const char *name, const char *path, struct diag *d);

static bool
remove_entries(int fd, const char *path, struct diag *d)
{
	DIR *dir = sys()->fdopendir(fd);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	if (!dir) {
		diag_errno(d, path);
		(void)sys()->close(fd);
		return false;
	}
	bool ok = read_names(dir, names) || diag_errno(d, path);
	for (size_t i = 0; ok && i < names->len; i++) {
		const char *name = names->pdata[i];
		g_autofree char *below = g_strconcat(path, "/", name, NULL);
		ok = remove_at(dirfd(dir), name, below, d);
	}
	(void)closedir(dir);
	return ok;
}

/* Programs leave folders behind that nobody may write to: caches of packages
 * often are so. */
static bool
unlock(int parent, const char *name)
{
	struct stat st;

	return fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISDIR(st.st_mode) || (st.st_mode & S_IRWXU) == S_IRWXU ||
	    fchmodat(parent, name, S_IRWXU, 0) == 0;
}

static bool
remove_at(int parent, const char *name, const char *path, struct diag *d)
{
	if (sys()->unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return true;
	if (errno != EISDIR && errno != EPERM)
		return diag_errno(d, path);
	if (!unlock(parent, name))
		return diag_errno(d, path);
	int fd = sys()->openat(parent, name,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || diag_errno(d, path);
	if (!remove_entries(fd, path, d))
		return false;
	if (sys()->unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
		return diag_errno(d, path);
	return true;
}

bool
fs_remove_tree(const char *path, struct diag *d)
{
	return remove_at(AT_FDCWD, path, path, d);
}

char *
fs_real(const char *path)
{
	g_autofree char *whole = g_canonicalize_filename(path, NULL);
	char *real = realpath(whole, NULL);

	if (!real && strcmp(whole, "/") != 0) {
		/* Not there yet: the folder above it may be. */
		g_autofree char *above = g_path_get_dirname(whole);
		g_autofree char *name = g_path_get_basename(whole);
		g_autofree char *real_above = fs_real(above);
		return g_build_filename(real_above, name, NULL);
	}
	char *copy = g_strdup(real ? real : whole);
	free(real);
	return copy;
}

bool
fs_contains(const char *folder, const char *path)
{
	size_t len = strlen(folder);

	if (strcmp(folder, "/") == 0)
		return true;
	return strncmp(folder, path, len) == 0 &&
	    (path[len] == '/' || path[len] == '\0');
}

void
fs_hash(struct str bytes, char hex[33])
{
	static const char digits[] = "0123456789abcdef";
	XXH128_canonical_t c;

	XXH128_canonicalFromHash(&c, XXH3_128bits(bytes.p, bytes.len));
	for (size_t i = 0; i < sizeof(c.digest); i++) {
		hex[2 * i] = digits[c.digest[i] >> 4];
		hex[2 * i + 1] = digits[c.digest[i] & 15];
	}
	hex[2 * sizeof(c.digest)] = '\0';
}
