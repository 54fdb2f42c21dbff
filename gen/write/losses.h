/* What the formats of a build had to simplify, by question. */
#ifndef ERGEN_LOSSES_H
#define ERGEN_LOSSES_H

#include "write/writer.h"

/* Questions of one kind that one format shows less well in the same way. */
struct loss {
	const struct writer *writer;
	enum question_kind kind;
	const char *how; /* "a Basic card: …" */
	GPtrArray *questions; /* const struct question *, in reading order */
};

/* All of a book, by writer and kind; writers up to a NULL. An array of struct
 * loss that is released with g_array_unref(). */
GArray *losses_of(const struct book *b, const struct writer *const *chosen);

#endif
