/* Phases 1 to 4, which `build`, `check` and `id` share. */
#ifndef ERGEN_COURSE_H
#define ERGEN_COURSE_H

#include "book/book.h"
#include "cmd/cmd.h"
#include "render/theme.h"
#include "write/run.h"

struct course {
	struct arena *arena;
	struct diag *diag;
	struct site site;
	struct theme *theme;
	struct book *book;
	/* The writers of site.yaml, and those of this build; up to a NULL. */
	const struct writer **writers, **chosen;
	struct run run;
	const struct since *since; /* or NULL */
	bool is_misused; /* an option asks for what there is not; said */
	/* The same in other languages; they share diag, and have none of their
	 * own. */
	struct course *translations;
	size_t n_translations;
};

/* The second half of the first phase, for who brings site and writers. */
bool course_prepare(struct course *c);
/* Each is one phase and returns false if the next must not start. */
bool course_configure(struct course *c, const struct options *o);
bool course_load(struct course *c, const struct options *o);
/* The first half of phase 4. */
bool course_link(struct course *c);
bool course_link_and_check(struct course *c, const struct options *o);
/* False after errors; with --strict after warnings. */
bool course_may_go_on(const struct course *c, const struct options *o);
/* NULL inside is allowed. */
void course_release(struct course *c);

#endif
