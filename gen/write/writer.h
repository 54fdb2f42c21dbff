/*
 * An output format.
 *
 * A writer is sequential code; write/run.c owns threads, order and failure:
 *
 *	check   once, in phase 4: what this format cannot take
 *	open    once, before the first page
 *	render  once per page, in any order and several at a time
 *	emit    once per page: EMIT_ANY from the thread that rendered it,
 *		EMIT_READING in reading order, one at a time
 *	finish  once, after the last emit, and only if nothing has failed
 *	close   once, whatever happened; must cope with a zeroed state
 *	lock    by `ergen lock` alone, in place of all but check
 *
 * Any hook may be NULL. check is the only one that speaks to the author, but
 * for formats of the author's own; a later hook that fails has reported why
 * and returns false, and close follows directly. render is given nothing it
 * could change except its piece, sees the page and not the book, and makes the
 * same bytes of the same page every time.
 *
 * A new format is gen/write/NAME.c (or NAME/) defining writer_NAME, a line in
 * write/writers.def, and expected results in tests/golden/.
 */
#ifndef ERGEN_WRITER_H
#define ERGEN_WRITER_H

#include "base/arena.h"
#include "book/book.h"
#include "book/page.h"
#include "render/theme.h"
#include "write/out.h"

#include <stdint.h>

enum {
	REMARK_MOST = 400
};

#define SITE_FOLDER "site" /* the website, below out/ */

/* A key accepted below outputs.NAME in site.yaml. */
struct writer_option {
	const char *key, *fallback, *help;
};

enum emit_order {
	EMIT_ANY,
	EMIT_READING
};

/* What check and render may read; shared by threads, hence const. */
struct brief {
	const struct writer *writer;
	const struct site *site;
	const struct theme *theme;
	const char *const *options; /* values, as ordered in writer.options */
};

/* One writer at work on one book. */
struct job {
	const struct writer *writer;
	struct brief in;
	const struct book *book;
	struct out *out;
	struct diag *diag;
	struct arena *arena; /* until close has returned */
	void *state; /* the writer's own; zeroed, writer.state_size bytes */
	/* The writers whose products out/ will hold, up to a NULL: those of
	 * this build, and with --only those whose files stay. */
	const struct writer *const *present;
	bool has_failed; /* write/run.c's own */
	char remark[REMARK_MOST]; /* for the summary, or "" */
	size_t n_cards; /* for the summary: decks add what they wrote */
};

/* A file, an archive entry or a row, ready to be put in its place. */
struct part {
	const char *path;
	struct str bytes;
	uint32_t crc; /* of the raw bytes, where an archive wants it */
	size_t raw_size; /* before compression; bytes.len if stored */
	unsigned flags; /* the writer's own */
};

/* One page on its way: filled by render, used up by emit. parts and what they
 * point to live in arena, until emit has returned. */
struct piece {
	const struct page *page;
	struct part *parts;
	size_t n_parts;
	struct arena *arena;
	struct diag *diag;
};

/* How a format shows a kind of question. */
struct rendition {
	const char *how; /* for the manual's table: "radio buttons" */
	/* What is simplified in this one, to follow on "question: "; NULL:
	 * nothing. The hook itself may be NULL: never anything. */
	const char *(*loses)(const struct question *q);
	/* The same if it is so for every question of the kind; or NULL. */
	const char *lost;
};

/* What a format cannot carry in questions of any kind: hints, pictures. */
struct construct {
	const char *lost; /* follows on "question: " */
	bool (*is_in)(const struct question *q);
};

/* A type of node that a format does not show as it is, wherever it stands. */
struct simplified {
	const char *type; /* as docs/book.schema.json names it: "table" */
	const char *how; /* "left out" */
};

struct writer {
	const char *name, *summary;
	/* What it makes, of these one: ".epub" for out/<slug>.epub, a file or a
	 * folder; or "site" for out/site/. See writer_product(). */
	const char *suffix, *folder;
	/* Of the website's folder this file alone; else NULL. */
	const char *file;
	/* What it makes besides, another suffix or file; or NULL. See
	 * writer_more(). */
	const char *more;
	/* QUESTION_KIND_COUNT of them. Every format takes every kind: what it
	 * cannot show as such it shows as something that asks the same. */
	const struct rendition *renditions;
	const struct construct *constructs; /* up to a NULL; or NULL */
	const struct simplified *nodes; /* up to a NULL type; or NULL */
	bool is_offered; /* on the site's home page, with this label */
	enum word label;
	const struct writer_option *options; /* up to a NULL key; or NULL */
	enum emit_order order;
	size_t state_size;
	void (*check)(const struct book *b, const struct brief *in,
	    struct diag *d);
	bool (*open)(struct job *j);
	bool (*render)(const struct brief *in, const void *state,
	    struct piece *p);
	bool (*emit)(struct job *j, const struct piece *p);
	bool (*finish)(struct job *j);
	void (*close)(struct job *j);
	/* Of a format that keeps a lock (book/lock.h): appends it as the book
	 * is now, without a look at the disk. NULL: it keeps none. */
	struct lock_changes (
	    *lock)(GString *to, const struct book *b, const struct brief *in);
	const void *data; /* of a writer that site.yaml makes; else NULL */
};

#define WRITER(name) extern const struct writer writer_##name;
#include "write/writers.def"
#undef WRITER

/* Of formats that show quizzes as on paper: render/paper.h. */
extern const struct rendition paper_renditions[];

/* All formats, sorted by name, up to a NULL. */
extern const struct writer *const writers[];
const struct writer *writer_find(const char *name);
/* What it makes of this course, relative to out/: "course.epub", "site". In a
 * course of several languages all share one website, and have their own of
 * all else. To be freed. */
char *writer_product(const struct writer *w, const struct site *site);
/* The same of what it makes besides: "course.files"; NULL for nothing. */
char *writer_more(const struct writer *w, const struct site *site);
/* The value of an option, by its place in writer.options. */
static inline const char *
writer_option(const struct brief *in, size_t i)
{
	return in->options[i];
}

/* Reports option i, whose value is one of `allowed`, up to a NULL, if it is
 * another one. */
void writer_check_option(const struct brief *in, size_t i,
    const char *const *allowed, struct diag *d);

/* Appends a part. */
struct part *piece_add(struct piece *p);

#endif
