#include "port/shared.h"

#include "base/fs.h"

#include <dlfcn.h>
#include <stdio.h>

/* Every system has other words for a text file. One that cannot be read is
 * left to dlopen(), which says why. */
static bool
is_object(const char *path)
{
#ifdef __ELF__
	static const char magic[] = { 0x7f, 'E', 'L', 'F' };
	char start[sizeof(magic)];
	FILE *f = fopen(path, "rbe");
	const bool is_one = !f ||
	    (fread(start, sizeof(start), 1, f) == 1 &&
		memcmp(start, magic, sizeof(magic)) == 0);

	if (f)
		(void)fclose(f);
	return is_one;
#else
	(void)path;
	return true;
#endif
}

static void *
load(const char *path, struct arena *a, const char **why, const char **more)
{
	struct diag *unused = diag_new();
	const enum fs_kind kind = fs_look(path, NULL, unused);
	void *object = NULL;

	diag_free(unused);
	if (kind == FS_NONE) {
		*why = "does not exist";
	} else if (kind != FS_FILE || !is_object(path)) {
		*why = "is no shared object";
	} else {
		object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
		*why = "cannot be loaded";
		*more = object ? "" : arena_strdup(a, dlerror());
	}
	return object;
}

shared_function *
shared_load(const char *path, const char *symbol, struct arena *a,
    const char **why, const char **more)
{
	shared_function *function = NULL;

	*more = "";
	void *object = load(path, a, why, more);
	if (!object)
		return NULL;
	/* ISO C knows no cast between the two, POSIX makes them alike:
	 * https://pubs.opengroup.org/onlinepubs/9699919799/functions/dlsym.html
	 */
	void *address = dlsym(object, symbol);
	memcpy(&function, &address, sizeof(function));
	if (!function)
		*why = arena_printf(a, "does not export %s()", symbol);
	return function;
}
