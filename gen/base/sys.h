/*
 * The system calls that can fail a build, behind a table, so that a test can
 * let any one of them fail. Each is the POSIX function of its name and sets
 * errno; https://pubs.opengroup.org/onlinepubs/9699919799/ describes them.
 */
#ifndef ERGEN_SYS_H
#define ERGEN_SYS_H

#include <dirent.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

struct sys {
	int (*open)(const char *path, int flags, mode_t mode);
	int (*openat)(int dir, const char *path, int flags);
	int (*close)(int fd);
	ssize_t (*read)(int fd, void *to, size_t len);
	ssize_t (*write)(int fd, const void *from, size_t len);
	int (*stat)(const char *path, struct stat *st);
	int (*lstat)(const char *path, struct stat *st);
	int (*fstat)(int fd, struct stat *st);
	int (*mkdir)(const char *path, mode_t mode);
	char *(*mkdtemp)(char *pattern);
	int (*unlink)(const char *path);
	int (*unlinkat)(int dir, const char *path, int flags);
	int (*link)(const char *from, const char *to);
	int (*rename)(const char *from, const char *to);
	/* Both paths change places in one step; ENOSYS or EINVAL if the
	 * system cannot do that. */
	int (*exchange)(const char *a, const char *b);
	int (*chmod)(const char *path, mode_t mode);
	int (*flock)(int fd, int operation);
	DIR *(*opendir)(const char *path);
	DIR *(*fdopendir)(int fd);
	/* NULL at the end, and with errno set on failure: clear it first. */
	struct dirent *(*readdir)(DIR *dir);
};

/* The table in use; every call goes through it. */
const struct sys *sys(void);
/* For tests, before any thread is started. NULL: the system itself. */
void sys_use(const struct sys *table);
extern const struct sys sys_real;

#endif
