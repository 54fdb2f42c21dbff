/* Which folders a theme consists of. Private to theme*.c. */
#ifndef ERGEN_THEME_FIND_H
#define ERGEN_THEME_FIND_H

#include "render/theme.h"

/* Fills dir, layers and n_layers of the theme that the site names, and takes
 * the times of the theme.yaml files. False: reported. */
bool theme_find(struct theme *t, const struct site *site, struct arena *a,
    struct diag *d);

#endif
