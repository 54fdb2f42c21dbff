/*
 * The sources on their way into a book: what phases 2 to 4 know and writers
 * need not. Private to gen/book.
 */
#ifndef ERGEN_SOURCE_H
#define ERGEN_SOURCE_H

#include "book/book.h"
#include "book/front.h"

enum source_kind {
	SOURCE_INDEX, /* index.md: home page or module */
	SOURCE_LESSON,
	SOURCE_QUIZ,
	SOURCE_GLOSSARY /* content/glossary.md */
};

struct source {
	struct origin origin; /* path: relative to the course */
	const char *rel; /* relative to content/, NFC: "20-a/30-b.quiz.md" */
	const char *stem; /* file name without prefix and ending: "b" */
	long prefix; /* numeric, or -1 */
	enum source_kind kind;
	struct folder *folder;
	long long mtime;
	size_t size;
	struct front front;
	bool is_skipped; /* a draft, or unreadable */
	bool is_broken; /* its front matter is not understood */
	struct doc *doc;
	const char *const *truth; /* as in struct load_options, or NULL */
	const char *title_id; /* id of the heading that is the title, or NULL */
	struct quiz **quizzes; /* its own, in order */
	size_t n_quizzes;
	struct term *terms; /* GLOSSARY: in the order of the source */
	size_t n_terms;
	struct page_ref *ref; /* set by pages_make() */
	struct source *lesson; /* of a quiz; or NULL */
	struct source *quiz; /* of a lesson; or NULL */
};

/* A folder below content/, content/ itself included. */
struct folder {
	const char *rel; /* "" for content/ */
	const char *name; /* without prefix */
	const char *slug; /* of its name */
	const char *address; /* "hybrid", "" for content/; by pages_make() */
	long prefix; /* or -1 */
	struct folder *parent;
	GPtrArray *folders, *sources; /* sorted by name */
	struct source *index; /* or NULL */
	unsigned long long device, inode; /* tell a loop of links */
};

struct file {
	const char *rel; /* relative to content/, NFC */
	const char *src; /* on disk */
	struct folder *folder;
	long long mtime;
	struct asset *asset; /* once something refers to it */
	bool is_ours; /* read by ergen itself */
	struct origin origin;
};

/* The whole of struct book that writers do not see. */
struct making {
	struct book book; /* first: a struct book * points at it */
	const char *root; /* the course folder */
	const char *content; /* root/content */
	struct arena *arena;
	GPtrArray *arenas; /* of the parse tasks */
	bool is_too_many; /* files; reported */
	bool is_time_given; /* by SOURCE_DATE_EPOCH */
	bool runs_programs, only_ids;
	struct folder *top;
	struct source *glossary; /* or NULL */
	GPtrArray *folders; /* struct folder *, all */
	GPtrArray *sources; /* struct source *, sorted by path */
	GPtrArray *files; /* struct file *, sorted by path */
	GPtrArray
	    *page_sources; /* struct source * by page number; NULL never */
	GHashTable *by_rel; /* struct source by rel; never walked */
	GHashTable *files_by_rel;
	GHashTable *folders_by_rel;
	struct making *const *others; /* languages; by book_link() */
	size_t n_others;
};

static inline struct making *
book_making(struct book *b)
{
	return (struct making *)b;
}

/* Calls f with every tree of a source: body, title, footnotes, texts and
 * questions of its quizzes; never NULL. */
void source_each_tree(const struct source *s, question_tree *f, void *ctx);
/* Finds out where a link leads. */
typedef void source_resolve(struct link *l, void *ctx);
/* Phase 4: what is wrong with raw HTML; fills doc->raw_links. */
void raw_check(struct making *m, const struct source *s, struct diag *d,
    source_resolve *resolve, void *ctx);
/* Before any link is resolved: fills doc->raw_ids of all pages. */
void raw_ids_find(struct making *m, struct diag *d);
/* What ids in drawings begin with; a capital, as no heading's does. */
#define DRAWN_IDS "D-"
/* Phase 4: formulas as MathML, and code that a program is to draw. */
void drawn_make(struct making *m, struct diag *d);
/* A translation has the sources and files of its folder, and the main language
 * all others. rel: relative to content/. */
bool is_of_language(const struct making *m, const char *rel);
/* Phase 2: every name below content/, sorted. */
void scan_content(struct making *m, struct diag *d);
/* A source that could not be read, with errno and what was reported of it: no
 * right to it, or not there any more, is the author's to mend; the rest is the
 * machine's. */
void
source_unreadable(const struct origin *in, struct diag *why, struct diag *d);
/* Phase 3 for one source. */
void source_parse(struct source *s, const struct making *m,
    const struct load_options *options, struct arena *a, struct arena *scratch,
    struct diag *d);
/* Reports what is doubtful in a parsed source. */
void source_check(const struct source *s, struct diag *d);
/* Takes the quizzes out of a parsed source: fills s->quizzes, and puts a
 * NODE_QUIZ in place of each. */
void quiz_extract(struct source *s, const struct site *site, struct arena *a,
    struct diag *d);
/* Phase 4: pages in reading order with addresses, map, breadcrumbs. */
void pages_make(struct making *m, struct diag *d);
/* Phase 4: fills the pages' translations, and notes what is not translated. */
void translations_pair(struct making *const *all, size_t n, struct diag *d);
/* Phase 4, once assets are known too: two files of one name. */
void pages_check_addresses(struct making *m, struct diag *d);

#endif
