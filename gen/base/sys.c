#include "base/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static int
real_open(const char *path, int flags, mode_t mode)
{
	return open(path, flags, mode);
}

static int
real_openat(int dir, const char *path, int flags)
{
	return openat(dir, path, flags);
}

static int
real_exchange(const char *a, const char *b)
{
#ifdef RENAME_EXCHANGE
	return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
#else
	(void)a;
	(void)b;
	errno = ENOSYS;
	return -1;
#endif
}

const struct sys sys_real = {
	.open = real_open,
	.openat = real_openat,
	.close = close,
	.read = read,
	.write = write,
	.stat = stat,
	.lstat = lstat,
	.fstat = fstat,
	.mkdir = mkdir,
	.mkdtemp = mkdtemp,
	.unlink = unlink,
	.unlinkat = unlinkat,
	.link = link,
	.rename = rename,
	.exchange = real_exchange,
	.chmod = chmod,
	.flock = flock,
	.opendir = opendir,
	.fdopendir = fdopendir,
	.readdir = readdir,
};

/* The one global that changes, and only under a test. */
static const struct sys *in_use = &sys_real;

const struct sys *
sys(void)
{
	return in_use;
}

void
sys_use(const struct sys *table)
{
	in_use = table ? table : &sys_real;
}
