/* Files that Markdown of other tools refers to. */
#ifndef ERGEN_IMPORT_MEDIA_H
#define ERGEN_IMPORT_MEDIA_H

#include "import/bank.h"

/* The text with its pictures taken along: those that stand beside the source,
 * or below its folder, become media. Other pictures, and links to other files,
 * give way to their text, and are lost; addresses on the web stay. In the
 * arena. */
const char *media_of_markdown(struct import *im, const struct origin *in,
    struct items *lost, struct loc at, struct str markdown);

#endif
