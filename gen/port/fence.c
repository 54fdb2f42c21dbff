#include "port/fence.h"

#if defined(__linux__) && __has_include(<linux/landlock.h>)

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Younger than some headers that know the rest. */
enum {
	RIGHT_REFER = 1 << 13, /* version 2 */
	RIGHT_TRUNCATE = 1 << 14 /* version 3 */
};

static int
version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
}

/* All that changes files. */
static uint64_t
rights_of(int abi)
{
	return LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
	    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
	    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM |
	    (abi >= 2 ? RIGHT_REFER : 0) | (abi >= 3 ? RIGHT_TRUNCATE : 0);
}

static bool
allow(int rules, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr below = { .allowed_access = rights };

	below.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (below.parent_fd < 0)
		return false;
	const bool ok = syscall(SYS_landlock_add_rule, rules,
			    LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
	close(below.parent_fd);
	return ok;
}

bool
fence_is_there(void)
{
	return version() >= 1;
}

bool
fence_thread(const char *folder)
{
	const int abi = version();

	if (abi < 1)
		return false;
	const uint64_t rights = rights_of(abi);
	const struct landlock_ruleset_attr all = {
		.handled_access_fs = rights
	};
	const int rules = (int)syscall(SYS_landlock_create_ruleset, &all,
	    sizeof(all), 0);
	if (rules < 0)
		return false;
	const uint64_t device = LANDLOCK_ACCESS_FS_WRITE_FILE |
	    (abi >= 3 ? RIGHT_TRUNCATE : 0);
	/* A system without /dev has nothing there to write to. */
	(void)allow(rules, "/dev", device);
	const bool ok = allow(rules, folder, rights) &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return ok;
}

#else

bool
fence_is_there(void)
{
	return false;
}

bool
fence_thread(const char *folder)
{
	(void)folder;
	return false;
}

#endif
