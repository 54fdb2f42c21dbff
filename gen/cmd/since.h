/* --since: an earlier state of the deck. */
#ifndef ERGEN_SINCE_H
#define ERGEN_SINCE_H

#include "cmd/course.h"

/* Finds what `--since` names, for each language; nothing without it. False:
 * said on standard error, or reported. */
bool since_find(struct course *c, const struct options *o);

#endif
