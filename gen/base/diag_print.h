/*
 * Diagnostics for people and for programs. All formats say the same, in the
 * same order; what is no UTF-8 is replaced in all but the text.
 */
#ifndef ERGEN_DIAG_PRINT_H
#define ERGEN_DIAG_PRINT_H

#include "base/diag.h"

enum diag_format {
	FORMAT_TEXT,
	FORMAT_JSON, /* one object a line; always all */
	/* Commands that GitHub's runner shows beside the source:
	 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
	 */
	FORMAT_GITHUB,
	/* One log; always all:
	 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
	FORMAT_SARIF
};

/* "text", "json", …; NULL ends. */
extern const char *const diag_format_names[];

/* course: the folder that paths are relative to, as the user named it. Other
 * tools look for sources from their own folder on, so github and sarif put
 * it in front. */
void diag_print_as(struct diag *d, enum diag_format format, const char *course,
    FILE *to, size_t most);

#endif
