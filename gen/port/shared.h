/*
 * Shared objects of the course: the door to dlopen(). One that is loaded stays
 * so until the program ends, since its functions and texts may be in use.
 */
#ifndef ERGEN_SHARED_H
#define ERGEN_SHARED_H

#include "base/arena.h"

/* The function that a shared object exports as `symbol`, to be cast. path has
 * a slash: nothing is searched for. NULL: *why says what is the matter with it
 * ("does not exist"), *more what the system says, or "". Both live as long as
 * the arena. */
typedef void shared_function(void);
shared_function *shared_load(const char *path, const char *symbol,
    struct arena *a, const char **why, const char **more);

#endif
