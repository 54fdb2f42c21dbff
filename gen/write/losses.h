/* What the formats of a build had to simplify: by question, and by page. */
#ifndef ERGEN_LOSSES_H
#define ERGEN_LOSSES_H

#include "base/json.h"
#include "write/writer.h"

/* Questions of one kind, or pages with one construct, that a format shows less
 * well in the same way. */
struct loss {
	const struct writer *writer;
	const char *construct; /* NULL: it is about questions */
	enum question_kind kind;
	const char *how; /* "a Basic card: …" */
	GPtrArray *names; /* const char *: ids of questions or addresses of
			     pages, in reading order */
};

/* All of a book, by writer, kind and construct; writers up to a NULL. An array
 * of struct loss that is released with g_array_unref(); it lives no longer
 * than the book. */
GArray *losses_of(const struct book *b, const struct writer *const *chosen);
/* The same as a list of objects: "output", "kind" or "construct", "how",
 * "questions" or "pages". */
void losses_json(struct json *j, const GArray *all);

#endif
