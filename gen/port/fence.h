/*
 * A folder that a program cannot write outside of, where the system knows such
 * a thing: Linux since 5.13, unless it is switched off.
 * https://docs.kernel.org/userspace-api/landlock.html
 */
#ifndef ERGEN_FENCE_H
#define ERGEN_FENCE_H

#include <stdbool.h>

/* From now on this thread, and the programs it starts, can change files below
 * folder only, and write to /dev/null and its like. There is no way back.
 * False: nothing has changed. */
bool fence_thread(const char *folder);
/* Whether fence_thread() would have an effect. */
bool fence_is_there(void);

#endif
