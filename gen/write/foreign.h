/* What formats of the author's own have in common, be they programs
 * (write/exec/) or shared objects (write/plugin/): what they say is not
 * ergen's, and looked at before it is shown or used. */
#ifndef ERGEN_FOREIGN_H
#define ERGEN_FOREIGN_H

#include "write/writer.h"

/* Whether a file may be called so: it is shown, and stands in a line of the
 * manifest. */
bool foreign_is_plain(const char *path);
/* "./a//b" as "a/b", to be freed. NULL: it is no path inside of a folder. */
char *foreign_path(const char *path);
/* One line of a text without what would upset a terminal, cut to `most` bytes
 * or a little more. To be freed. */
char *foreign_line(const char *text, size_t most);
/* How a diagnostic of theirs is reported: DIAG_WRITER_NOTE, _WARNING, or for
 * whatever else `severity` is, _ERROR. */
enum diag_id foreign_severity(const char *severity);
/* Reports it; code may be NULL. */
void foreign_say(const struct output *o, enum diag_id id, struct loc at,
    const char *message, const char *code, struct diag *d);

/* What a format says that it shows and how, on its way into a writer. What it
 * does not name it shows as it is. */
struct foreign_supports {
	struct rendition *renditions; /* of every kind of question */
	struct simplified *nodes;
	size_t n_nodes;
};

/* For at most `most` names, in the arena. */
void
foreign_supports_init(struct foreign_supports *s, size_t most, struct arena *a);
/* name: a kind of question or a type of node; others are of a later ergen. how:
 * what is lost, NULL for nothing. */
void foreign_supports_add(struct foreign_supports *s, const char *name,
    const char *how);

#endif
