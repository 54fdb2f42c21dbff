/* What texts and numbers of Moodle mean. */
#ifndef ERGEN_IMPORT_MOODLE_H
#define ERGEN_IMPORT_MOODLE_H

#include "import/markup.h"

/* Its "auto-format": HTML if there is any, and line ends count unless blocks
 * of HTML part the text. In the arena. */
const char *moodle_text(const struct markup *m, struct str text);
/* "-3", "1.5", "1e3", "+2": as ergen writes it, in the arena, or NULL. */
const char *moodle_number(struct import *im, struct str text);

#endif
