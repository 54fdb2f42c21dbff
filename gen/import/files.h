/* What was imported, onto disk: all of it or nothing. */
#ifndef ERGEN_IMPORT_FILES_H
#define ERGEN_IMPORT_FILES_H

#include "import/print.h"

/* Writes files (struct printed) and the media below folder, which is made if
 * need be. Nothing is overwritten: a file that is there already is reported,
 * and then nothing is written at all. False: reported. A stub whose file is
 * there is taken out of files. is_dry_run: only looks. */
bool files_write(struct import *im, GArray *files, const char *folder,
    bool is_dry_run);

#endif
