/*
 * A shared object of the author's as an output format: `plugin` in site.yaml.
 * ergen-writer.h is what the two have agreed on; docs/writing-a-writer.md is
 * for people.
 */
#ifndef ERGEN_PLUGIN_H
#define ERGEN_PLUGIN_H

#include "write/writer.h"

/* Loads it and gives a writer for it, in the arena; a relative path begins at
 * dir. It stays loaded. NULL: d says why. */
const struct writer *plugin_writer(const struct output *o, const char *dir,
    struct arena *a, struct diag *d);

#endif
