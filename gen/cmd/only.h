/*
 * What --only means for out/: files of the outputs that it leaves out stay as
 * the last build made them.
 */
#ifndef ERGEN_ONLY_H
#define ERGEN_ONLY_H

#include "cmd/course.h"
#include "write/out.h"

/* Before anything is written: which outputs will be there. */
void only_find_present(struct course *c, struct out *out);
/* After the chosen writers are done: keep what belongs to the others. */
bool only_keep_others(const struct course *c, struct out *out);

#endif
