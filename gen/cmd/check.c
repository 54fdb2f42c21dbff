/* `ergen check`: phases 1 to 4. */
#include "cmd/course.h"

#include <stdio.h>

/* Which objectives have no lesson, or no question. */
static void
put_coverage(const struct book *b)
{
	size_t n_bare = 0;

	if (b->n_objectives == 0) {
		printf("no objectives: there is no %s/objectives.yaml\n",
		    b->site->content);
		return;
	}
	printf("%-12s  %6s  %7s  %9s\n", "objective", "weight", "lessons",
	    "questions");
	for (size_t i = 0; i < b->n_objectives; i++) {
		const struct objective *o = &b->objectives[i];
		bool is_bare = o->n_lessons == 0 || o->n_questions == 0;
		n_bare += is_bare;
		printf("%-12s  %6u  %7zu  %9zu  %s%s\n", o->id, o->weight,
		    o->n_lessons, o->n_questions, o->text,
		    is_bare ? "  <- not covered" : "");
	}
	printf("%zu of %zu objectives have a lesson and a question\n",
	    b->n_objectives - n_bare, b->n_objectives);
}

static int
check(const struct options *o)
{
	struct course c = { 0 };
	struct options own = *o;

	own.asks_writers = true;
	bool ok = course_configure(&c, &own) && course_load(&c, &own) &&
	    course_link_and_check(&c, &own);
	int status = finish_diagnostics(c.diag, o);

	if (ok && o->shows_coverage)
		put_coverage(c.book);
	if (ok && !o->is_quiet)
		printf("%zu lesson%s, %zu question%s: no errors\n",
		    c.book->n_lessons, c.book->n_lessons == 1 ? "" : "s",
		    c.book->n_questions, c.book->n_questions == 1 ? "" : "s");
	course_release(&c);
	return c.is_misused ? EXIT_USAGE : status;
}

const struct command command_check = {
	.name = "check",
	.summary = "say what is wrong with the course, write nothing",
	.usage = "[COURSE] [options]",
	.help =
	    "  -j, --jobs N      work with N threads\n"
	    "      --only NAMES  what only these outputs cannot take\n"
	    "      --coverage    which objectives have lessons and questions\n"
	    "      --since WHAT  whether learners get what has changed since WHAT: an\n"
	    "                    earlier .apkg, or a commit of git with ergen.lock\n"
	    "      --drafts      drafts too\n"
	    "      --no-exec     run no other program\n"
	    "      --strict      warnings count as errors\n"
	    "      --all         show more than 50 diagnostics\n"
	    "      --diagnostics FORMAT  text, json, github or sarif\n"
	    "  -q, --quiet       only diagnostics\n",
	.run = check,
};
