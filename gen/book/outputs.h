/* What site.yaml says below `outputs:`, and how such lists are read. */
#ifndef ERGEN_OUTPUTS_H
#define ERGEN_OUTPUTS_H

#include "book/site.h"
#include "port/yaml.h"

void outputs_read(const struct yaml *map, struct site *site, struct arena *a,
    struct diag *d);
/* Without `outputs:`. */
void outputs_default(struct site *site, struct arena *a);

/* A map of scalars; what is none is reported. */
const struct setting *settings_read(const struct yaml *map, size_t *n_settings,
    struct arena *a, struct diag *d);
/* A program and its arguments, up to a NULL. NULL: an item is no text. */
const char *const *argv_read(const struct yaml *y, struct arena *a);

#endif
