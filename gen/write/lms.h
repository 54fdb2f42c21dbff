/*
 * Questions for learning platforms such as Moodle and Canvas: what their
 * formats have in common. Texts are HTML that needs nothing beside it: without
 * classes for colours, with TeX between \( \) and \[ \], links to the web, its
 * own footnotes. All of it is made in the arena of the page at work.
 */
#ifndef ERGEN_LMS_H
#define ERGEN_LMS_H

#include "render/html.h"
#include "write/writer.h"

struct lms {
	const struct brief *in;
	const struct page *page;
	struct arena *arena;
	/* What stands in front of the names of pictures that come with the
	 * questions; NULL: they come from the website, or not at all. */
	const char *pictures;
	/* Draws a blank of a question's text; NULL: as a gap, with a number if
	 * there are several. */
	void (*blank)(GString *out, const struct node *n,
	    const struct html_policy *p);
	/* In questions with blanks these characters are references, since the
	 * format takes them for its own; or NULL. */
	const char *hidden;
};

struct lms_text {
	struct str html; /* empty: there is nothing to say */
	/* Files that it shows, in the order of first use. */
	const struct asset *const *pictures;
	size_t n_pictures;
};

/* What is asked: the stem, or the title; how to answer it, where a platform
 * would not say so; and the hints if they are to be unfolded there. */
struct lms_text
lms_asked(const struct lms *w, const struct question *q, bool with_hints);
/* What is said after all: explanation, and where to read on. */
struct lms_text lms_explanation(const struct lms *w, const struct question *q);
/* What is said to a wrong answer, for platforms that cannot tell one from
 * another: what is known of some, all together, and the hints. */
struct lms_text lms_wrong(const struct lms *w, const struct question *q);
/* A container of blocks, a label without <p> if it is one paragraph; inlines.
 * The tree may be NULL. */
struct lms_text
lms_blocks(const struct lms *w, const struct doc *doc, const struct node *tree);
struct lms_text
lms_label(const struct lms *w, const struct doc *doc, const struct node *tree);
struct lms_text lms_inlines(const struct lms *w, const struct doc *doc,
    const struct node *tree);

/* ONE, MANY, TRUTH: an option as it is shown. */
struct lms_choice {
	struct lms_text text, feedback;
	bool is_right;
	const char *weight; /* per cent of the points: "100", "-33.33333" */
};

/* In the order in which they are shown; "None of these" is the last one of MANY
 * that allows it, and of any that has a single option. */
const struct lms_choice *
lms_choices(const struct lms *w, const struct question *q, size_t *n);
/* TRUTH: is the right one "True"? */
bool lms_is_true(const struct lms *w, const struct question *q);
/* TRUTH: the option that says so. */
const struct option *
lms_truth(const struct lms *w, const struct question *q, bool is_true);

/* What is to be chosen for what: MATCH, MATRIX, ORDER (places) and CLOZE (the
 * words of all blanks). */
struct lms_pair {
	struct lms_text left; /* empty: the right side is there to mislead */
	const char *right; /* without markup */
};

const struct lms_pair *
lms_pairs(const struct lms *w, const struct question *q, size_t *n);

/* NUMBER: how much above and below the value is right; "0" if nothing. */
const char *lms_tolerance(const struct lms *w, const struct question *q);

/* The course, its modules and the lesson that a page's questions belong to, as
 * far down as level says, parted by slashes as Moodle writes it; "" for none.
 */
enum lms_level {
	LMS_NONE,
	LMS_COURSE,
	LMS_MODULE,
	LMS_LESSON
};

extern const char *const lms_levels[]; /* "none" …, up to a NULL */
const char *lms_path(const struct lms *w, enum lms_level level);

/* Is this part of a quiz written with it? A mock exam has the questions of
 * others, which are at home there. */
bool lms_takes(const struct quiz *quiz, const struct quiz_part *part);

/* Its own tags, and those of difficulty and objective; up to a NULL. */
const char *const *lms_tags(const struct lms *w, const struct question *q);

/* The question's id, shortened if it is longer than Moodle stores. */
const char *lms_idnumber(const struct lms *w, const struct question *q);

/* What is to be typed, as Moodle takes it: a star stands for any letters there,
 * and one that means itself has a backslash. */
void lms_pattern(GString *to, const char *text);

/* One line without control characters. */
const char *lms_line(const struct lms *w, const char *text);

/* A format that is one file of questions below categories. Each part of a
 * piece is a run of them, its path the category. All but lms_file_finish() and
 * lms_file_emit() are hooks; the state is a struct lms_file. */
struct lms_file {
	GString *text;
	const char *category; /* the last one, or NULL */
	struct arena *arena;
};

/* The options that such a format has before its own. */
enum lms_file_option {
	LMS_FILE_CATEGORIES,
	LMS_FILE_NAME,
	LMS_FILE_OPTIONS
};

#define LMS_FILE_OPTION_ROWS                                                                    \
	[LMS_FILE_CATEGORIES] = { "categories", "lesson",                                       \
		"a category for every 'lesson' or 'module', one for the 'course', or 'none'" }, \
	[LMS_FILE_NAME] = { "name", "title",                                                    \
		"what a question is listed by: its 'title' or its 'id'" }

/* Of their values; for the check hook. */
void lms_file_check(const struct brief *in, struct diag *d);
/* What a question is listed by. */
const char *lms_file_name(const struct lms *w, const struct question *q);
bool lms_file_open(struct job *j);
void lms_file_close(struct job *j);
/* put: appends what makes it the category of all that follows. */
bool lms_file_emit(struct job *j, const struct piece *p,
    void (*put)(GString *to, const char *category));
bool lms_file_finish(struct job *j, const char *end);
/* For render: the text becomes a part below its category, unless it is
 * empty. */
void lms_file_add(struct piece *p, const struct lms *w, GString *text);

/* For renditions and constructs. */
bool lms_has_hints(const struct question *q);
bool lms_has_pictures(const struct question *q);
/* A program of `blocks` has drawn something in it. */
bool lms_has_drawings(const struct question *q);
bool lms_has_points(const struct question *q);
/* Its options keep their order, which not every format can say. */
bool lms_has_order(const struct question *q);
/* All has to be right at once, and a platform counts what is right of it. */
bool lms_has_parts(const struct question *q);
/* Case matters in some spellings; in some that are right for one thing, and
 * not in others. */
bool lms_is_exact(const struct question *q);
bool lms_is_half_exact(const struct question *q);
const char *lms_loses_shares(const struct question *q);
const char *lms_loses_digits(const struct question *q);
const char *lms_loses_sides(const struct question *q);

#endif
