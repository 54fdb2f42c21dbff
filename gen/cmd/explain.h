/* The sections of docs/diagnostics.md, which the Makefile builds in. */
#ifndef ERGEN_EXPLAIN_H
#define ERGEN_EXPLAIN_H

#include "base/diag.h"

struct explanation {
	const char *id; /* the section's heading; NULL ends */
	const char *text; /* Markdown; its first line is level and message */
};

extern const struct explanation explanations[];
/* NULL if there is no section of this name. */
const struct explanation *explanation_find(const char *id);
/* "error", as the documentation writes the level of a message. */
const char *explanation_level(enum diag_id id);

#endif
