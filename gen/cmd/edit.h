/* Changes to a text: to be made, or only to be shown. */
#ifndef ERGEN_EDIT_H
#define ERGEN_EDIT_H

#include "base/str.h"

#include <glib.h>

/* The bytes [from, to) give way to text. Edits of one text are sorted and do
 * not overlap. */
struct edit {
	size_t from, to;
	char *text; /* the edit's own */
};

/* Appends old with its edits. */
void
edit_apply(GString *out, struct str old, const struct edit *edits, size_t n);
/* Appends them as a unified diff with three lines of context, for `patch
 * -p1`. path: of the old text and of the new one.
 * https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */
void edit_diff(GString *out, const char *path, struct str old,
    const struct edit *edits, size_t n);

#endif
