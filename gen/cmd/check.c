/* `ergen check`: phases 1 to 4. */
#include "cmd/course.h"

#include <stdio.h>

static int
check(const struct options *o)
{
	struct course c = { 0 };
	bool ok = course_configure(&c, o) && course_load(&c, o) &&
	    course_link_and_check(&c, o);
	int status = finish_diagnostics(c.diag, o);

	if (ok && !o->is_quiet)
		printf("%zu lessons, %zu questions: no errors\n",
		    c.book->n_lessons, c.book->n_questions);
	course_release(&c);
	return c.is_misused ? EXIT_USAGE : status;
}

const struct command command_check = {
	.name = "check",
	.summary = "say what is wrong with the course, write nothing",
	.usage = "[COURSE] [options]",
	.help = "  -j, --jobs N      work with N threads\n"
		"      --only NAMES  what only these outputs cannot take\n"
		"      --drafts      drafts too\n"
		"      --no-exec     run no program that site.yaml names\n"
		"      --strict      warnings count as errors\n"
		"      --all         show more than 50 diagnostics\n"
		"      --diagnostics FORMAT  text, json, github or sarif\n"
		"  -q, --quiet       only diagnostics\n",
	.run = check,
};
