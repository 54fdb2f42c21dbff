/* Formats of the author's own: an entry of `outputs` that names a program or a
 * shared object. */
#ifndef ERGEN_OWN_H
#define ERGEN_OWN_H

#include "write/writer.h"

/* A writer in the arena; NULL: d says why there is none. With asks the program
 * is run, or the object loaded, to say what it is. Without it the writer is
 * good for nothing but to know what the last build has left of it. */
const struct writer *own_writer(const struct output *o, const struct site *site,
    bool asks, struct arena *a, struct diag *d);

#endif
