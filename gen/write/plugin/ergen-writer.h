/*
 * ergen-writer.h: an output format of ergen as a shared object.
 *
 * SPDX-License-Identifier: MIT
 *
 * A shared object that site.yaml names,
 *
 *	outputs:
 *	  outline: {plugin: ./outline.so, options: {depth: 2}}
 *
 * exports one function, ergen_writer_v1(). It returns a description of the
 * writer, whose hooks ergen then calls. docs/writing-a-writer.md tells the
 * whole story, and docs/examples/outline.c is a small one that works. This
 * header needs nothing but C99 or C++11, and the object links with nothing of
 * ergen's:
 *
 *	cc -shared -fPIC -o outline.so outline.c
 *
 * Versions. Within one ERGEN_WRITER_ABI, tables only grow at their end and
 * enumerators are only added. Every table begins with its `abi` and its `size`
 * as its maker knows it. ergen takes what is missing from an older writer's
 * table as zero, and does not look at what it does not know of a newer one. A
 * writer that uses a service which came later asks ERGEN_HAS() first; an older
 * ergen answers a field that it does not know with nothing.
 *
 * Text. All text is UTF-8. A struct ergen_str is a pointer and a length, in
 * bytes; there need not be a NUL behind it. Its p is NULL if there is no such
 * thing at all, and not NULL if the text is empty. Whatever a service returns
 * stays where it is until the hook returns that has asked for it.
 *
 * Threads. Hooks run one after the other, except that render is called by
 * several threads at once, and emit is too with ERGEN_ANY. These must not
 * change the state or anything else that they share. One object may serve
 * several outputs and languages at once: keep nothing in global variables.
 *
 * Failure. A hook that returns false, and every report of an error, ends the
 * build, and what was built before stays as it was. C++ exceptions must not
 * leave a hook.
 */
#ifndef ERGEN_WRITER_PLUGIN_H
#define ERGEN_WRITER_PLUGIN_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ERGEN_WRITER_ABI 1

#if defined(__GNUC__)
#define ERGEN_EXPORT __attribute__((visibility("default")))
#else
#define ERGEN_EXPORT
#endif

/* Whether ergen has this service: ERGEN_HAS(host, copy). Those that this header
 * declares for ABI 1 without a remark are always there. */
#define ERGEN_HAS(host, service) \
	((host)->size >=         \
	    offsetof(struct ergen_host, service) + sizeof((host)->service))

struct ergen_str {
	const char *p;
	size_t len;
};

/* Handles. What is behind them is ergen's own; the services below tell. They
 * are valid from the first hook to the last, except calls and the sink of a
 * piece, which are valid until the hook returns that they were given to. */
struct ergen_call; /* one call of a hook */
struct ergen_sink; /* text that grows */
struct ergen_book;
struct ergen_page;
struct ergen_node; /* of a document tree */
struct ergen_quiz;
struct ergen_question;
struct ergen_asset; /* a picture or another file of the course */

/* ---- what is asked for ---------------------------------------------------
 *
 * docs/book.schema.json says what the members of the same names mean. */

enum ergen_site_text {
	ERGEN_SITE_ID = 1,
	ERGEN_SITE_SLUG,
	ERGEN_SITE_TITLE,
	ERGEN_SITE_SUBTITLE,
	ERGEN_SITE_DESCRIPTION,
	ERGEN_SITE_AUTHORS, /* one a line */
	ERGEN_SITE_PUBLISHER,
	ERGEN_SITE_LICENSE,
	ERGEN_SITE_LANG, /* BCP 47 */
	ERGEN_SITE_DIR, /* "ltr" or "rtl" */
	ERGEN_SITE_URL,
	ERGEN_SITE_REPO_URL
};

enum ergen_book_number {
	ERGEN_BOOK_TIME = 1, /* of the build, in seconds since 1970 */
	ERGEN_BOOK_LESSONS,
	ERGEN_BOOK_QUESTIONS
};

enum ergen_asset_text {
	ERGEN_ASSET_PATH = 1, /* relative to content/: "images/hub.svg" */
	ERGEN_ASSET_ADDRESS, /* as links to it are spelled */
	ERGEN_ASSET_FILE, /* absolute, to be read */
	ERGEN_ASSET_MEDIA_TYPE
};

enum ergen_asset_number {
	ERGEN_ASSET_SIZE = 1, /* in bytes */
	ERGEN_ASSET_WIDTH, /* of an image, in CSS pixels; or 0 */
	ERGEN_ASSET_HEIGHT
};

enum ergen_page_text {
	ERGEN_PAGE_KIND = 1, /* "home", "module", "lesson", "quiz", … */
	ERGEN_PAGE_ADDRESS, /* without extension: "hybrid/expressroute" */
	ERGEN_PAGE_TITLE,
	ERGEN_PAGE_SUMMARY,
	ERGEN_PAGE_LANG,
	ERGEN_PAGE_DATE, /* "2026-11-22" */
	ERGEN_PAGE_SOURCE, /* "content/hybrid/expressroute.md" */
	ERGEN_PAGE_PREV, /* addresses of other pages */
	ERGEN_PAGE_NEXT,
	ERGEN_PAGE_PARTNER, /* the quiz of a lesson, the lesson of a quiz */
	ERGEN_PAGE_TEXT, /* its body without markup */
	ERGEN_PAGE_HTML, /* its body, with the footnotes behind it */
	ERGEN_PAGE_JSON /* all of it, with its quizzes: see the schema */
};

enum ergen_node_text {
	ERGEN_NODE_TYPE = 1, /* "paragraph", as in the schema: "type" */
	ERGEN_NODE_TEXT, /* of all that is below it, or what it says itself */
	ERGEN_NODE_ADDRESS, /* link, image: "hybrid/peering.html#cost" */
	ERGEN_NODE_URL, /* link, image: as it stands in the source */
	ERGEN_NODE_TITLE, /* link, image, callout */
	ERGEN_NODE_ID, /* heading */
	ERGEN_NODE_INFO, /* code_block: its language, and what follows */
	ERGEN_NODE_KIND, /* callout: "note", "tip", … */
	ERGEN_NODE_MATHML, /* math */
	ERGEN_NODE_QUIZ /* quiz: the id of what stands here */
};

enum ergen_node_number {
	ERGEN_NODE_LINE = 1, /* in its source, from 1 */
	ERGEN_NODE_LEVEL, /* heading: 1 to 6 */
	ERGEN_NODE_ORDERED, /* list: 1 if it is numbered */
	ERGEN_NODE_START, /* list: its first number */
	ERGEN_NODE_TIGHT, /* list: 1 if its items are close together */
	ERGEN_NODE_CHECKED, /* item with a box: 0 open, 1 checked */
	ERGEN_NODE_HEAD, /* cell: 1 in the head of the table */
	ERGEN_NODE_ALIGN, /* cell: 0 none, 1 left, 2 centre, 3 right */
	ERGEN_NODE_NUMBER, /* footnote_ref, blank: from 1 */
	ERGEN_NODE_DISPLAY /* math: 1 on lines of its own */
};

enum ergen_quiz_text {
	ERGEN_QUIZ_ID = 1,
	ERGEN_QUIZ_TITLE
};

enum ergen_quiz_number {
	ERGEN_QUIZ_PASS = 1, /* per cent that are enough */
	ERGEN_QUIZ_ASKED, /* questions that one sitting shows */
	ERGEN_QUIZ_MOCK /* 1: a mock exam, of the questions of others */
};

enum ergen_question_text {
	ERGEN_QUESTION_ID = 1, /* unique in the course, for ever */
	ERGEN_QUESTION_KIND, /* "one", "many", "truth", … */
	ERGEN_QUESTION_ANCHOR,
	ERGEN_QUESTION_OBJECTIVE,
	ERGEN_QUESTION_TITLE, /* also a tree, of inlines */
	ERGEN_QUESTION_TITLE_HTML,
	ERGEN_QUESTION_STEM, /* also a tree, of blocks; may be missing */
	ERGEN_QUESTION_STEM_HTML,
	ERGEN_QUESTION_EXPLANATION, /* the same */
	ERGEN_QUESTION_EXPLANATION_HTML,
	ERGEN_QUESTION_JSON /* all of it, with the answers of every kind */
};

enum ergen_question_number {
	ERGEN_QUESTION_LINE = 1,
	ERGEN_QUESTION_POINTS,
	ERGEN_QUESTION_DIFFICULTY /* 0: none is given */
};

enum ergen_option_text {
	ERGEN_OPTION_TEXT = 1,
	ERGEN_OPTION_HTML,
	ERGEN_OPTION_FEEDBACK,
	ERGEN_OPTION_FEEDBACK_HTML
};

/* ---- what is said -------------------------------------------------------- */

enum ergen_severity {
	ERGEN_NOTE = 1,
	ERGEN_WARNING,
	ERGEN_ERROR
};

/* Where something is the matter: in a question, or in a page and there, if
 * they are not 0, at a line and a column (in bytes, from 1). Without either,
 * and for NULL, it is the output in site.yaml. */
struct ergen_place {
	const struct ergen_page *page;
	const struct ergen_question *question;
	uint32_t line, col;
};

/* ---- what ergen does for a writer ---------------------------------------- */

struct ergen_host {
	uint32_t abi, size;
	const char *generator; /* "ergen 0.1.0" */

	/* A new sink, empty. It lives until close has returned if open, finish
	 * or, with ERGEN_READING, emit asks for it; else until the hook
	 * returns. A sink belongs to one thread at a time. */
	struct ergen_sink *(*sink)(struct ergen_call *call);
	void (*put)(struct ergen_sink *to, const char *bytes, size_t len);
	/* All that was put into it. Valid until something more is. */
	struct ergen_str (*contents)(const struct ergen_sink *sink);
	/* Zeroed memory that is never freed by hand; aligned to 8 bytes. It
	 * lives as long as a new sink would. Without memory ergen ends. */
	void *(*alloc)(struct ergen_call *call, size_t size);

	/* Writes out/NAME/path. For open, emit and finish only. The path has
	 * "/" between its parts and does not lead out of the folder; no two
	 * files have the same. False: what is wrong has been reported, and
	 * the build fails. */
	bool (*file)(struct ergen_call *call, const char *path,
	    const char *bytes, size_t len);
	/* The same with a copy of an asset. */
	bool (*copy)(struct ergen_call *call, const char *path,
	    const struct ergen_asset *asset);
	/* Tells the author something: enum ergen_severity, a short name for it
	 * or NULL, one sentence, and where; the place may be NULL. */
	void (*report)(struct ergen_call *call, uint32_t severity,
	    const char *code, const char *message,
	    const struct ergen_place *where);
	/* The value of an option, or its default. */
	struct ergen_str (*option)(struct ergen_call *call, const char *key);

	/* Enumerators are those above. What is asked of a thing that does not
	 * have it is NULL, or -1 for a number; so is what lies beyond the last
	 * of several things, which count from 0. */
	struct ergen_str (*site_text)(struct ergen_call *call, uint32_t what);
	int64_t (*book_number)(const struct ergen_book *book, uint32_t what);
	/* All that docs/book.schema.json has besides the pages. */
	struct ergen_str (
	    *book_json)(struct ergen_call *call, const struct ergen_book *book);

	/* By path: in the order of their names. */
	size_t (*n_assets)(const struct ergen_book *book);
	const struct ergen_asset *(
	    *asset)(const struct ergen_book *book, size_t i);
	const struct ergen_asset *(
	    *find_asset)(const struct ergen_book *book, const char *path);
	struct ergen_str (*asset_text)(struct ergen_call *call,
	    const struct ergen_asset *asset, uint32_t what);
	int64_t (*asset_number)(const struct ergen_asset *asset, uint32_t what);

	/* In reading order. */
	size_t (*n_pages)(const struct ergen_book *book);
	const struct ergen_page *(
	    *page)(const struct ergen_book *book, size_t i);
	struct ergen_str (*page_text)(struct ergen_call *call,
	    const struct ergen_page *page, uint32_t what);
	/* The tree of its body: a node with blocks below it. Types of nodes
	 * may be added: show the text of one that you do not know. */
	const struct ergen_node *(*page_body)(const struct ergen_page *page);
	size_t (*n_footnotes)(const struct ergen_page *page);
	const struct ergen_node *(
	    *footnote)(const struct ergen_page *page, size_t i);
	size_t (*n_quizzes)(const struct ergen_page *page);
	const struct ergen_quiz *(
	    *quiz)(const struct ergen_page *page, size_t i);

	/* NULL: there is none. */
	const struct ergen_node *(*node_child)(const struct ergen_node *node);
	const struct ergen_node *(*node_next)(const struct ergen_node *node);
	struct ergen_str (*node_text)(struct ergen_call *call,
	    const struct ergen_node *node, uint32_t what);
	int64_t (*node_number)(const struct ergen_node *node, uint32_t what);
	/* The file of the course that a link or an image leads to. */
	const struct ergen_asset *(*node_asset)(const struct ergen_node *node);

	struct ergen_str (*quiz_text)(struct ergen_call *call,
	    const struct ergen_quiz *quiz, uint32_t what);
	int64_t (*quiz_number)(const struct ergen_quiz *quiz, uint32_t what);
	/* Its own, in the order of the source. A mock exam has none. */
	size_t (*n_questions)(const struct ergen_quiz *quiz);
	const struct ergen_question *(
	    *question)(const struct ergen_quiz *quiz, size_t i);

	struct ergen_str (*question_text)(struct ergen_call *call,
	    const struct ergen_question *question, uint32_t what);
	int64_t (*question_number)(const struct ergen_question *question,
	    uint32_t what);
	/* ERGEN_QUESTION_TITLE, _STEM or _EXPLANATION as a tree. What a cloze
	 * question asks for are its nodes of type "blank". */
	const struct ergen_node *(
	    *question_tree)(const struct ergen_question *question,
	    uint32_t what);
	/* Of the kinds "one", "many" and "truth"; others have none. */
	size_t (*n_options)(const struct ergen_question *question);
	struct ergen_str (*option_text)(struct ergen_call *call,
	    const struct ergen_question *question, size_t i, uint32_t what);
	bool (*option_is_correct)(const struct ergen_question *question,
	    size_t i);
};

/* ---- what a writer is ---------------------------------------------------- */

enum ergen_order {
	ERGEN_READING, /* emit in reading order, one page at a time */
	ERGEN_ANY /* emit in any order, several at a time */
};

enum ergen_level {
	ERGEN_FULL, /* shown as it is; as is all that is not named */
	ERGEN_ROUGH, /* simplified */
	ERGEN_NONE /* left out */
};

/* How a kind of question or a type of node is shown. */
struct ergen_support {
	const char *name; /* "match", "table" */
	uint32_t level; /* enum ergen_level */
	const char *how; /* "as a list"; or NULL */
};

/* A key that is accepted below `options` in site.yaml; its value is text. */
struct ergen_option {
	const char *key;
	const char *fallback; /* its value if not given; NULL: none */
	const char *help; /* one line, for people; or NULL */
};

/*
 * Hooks may be NULL, but for emit or finish, as without both nothing would be
 * written, and for emit if there is render. All but close say whether they
 * have succeeded.
 *
 *	check   by `ergen check` as by `ergen build`, before anything is
 *		written: what this format cannot take
 *	open    before the first page; the state is zeroed
 *	render  each page, in any order, by several threads: puts what it makes
 *		into the piece; the same bytes of the same page every time
 *	emit    each page with its piece, in the order asked for
 *	finish  after the last page, if nothing has failed
 *	close   once after open was called, whatever has happened since; a
 *		check that fails is not followed by it
 *
 * A course in several languages is checked, opened, …, closed once for each,
 * with a state of its own.
 */
struct ergen_writer {
	uint32_t abi; /* ERGEN_WRITER_ABI */
	uint32_t size; /* sizeof(struct ergen_writer) */
	const char *summary; /* one line: what it writes */
	uint32_t order; /* enum ergen_order */
	uint32_t n_supports, n_options;
	const struct ergen_support *supports;
	const struct ergen_option *options;
	size_t state_size; /* bytes that open, …, close get; aligned as by
			      malloc() */
	bool (*check)(const struct ergen_host *host, struct ergen_call *call,
	    const struct ergen_book *book);
	bool (*open)(const struct ergen_host *host, struct ergen_call *call,
	    const struct ergen_book *book, void *state);
	bool (*render)(const struct ergen_host *host, struct ergen_call *call,
	    const struct ergen_page *page, const void *state,
	    struct ergen_sink *piece);
	bool (*emit)(const struct ergen_host *host, struct ergen_call *call,
	    const struct ergen_page *page, void *state, struct ergen_str piece);
	bool (*finish)(const struct ergen_host *host, struct ergen_call *call,
	    const struct ergen_book *book, void *state);
	void (*close)(const struct ergen_host *host, struct ergen_call *call,
	    void *state);
};

/* The one symbol that the object exports. What it returns must stay as it is
 * for as long as the program runs. */
ERGEN_EXPORT const struct ergen_writer *ergen_writer_v1(void);

#ifdef __cplusplus
}
#endif

#endif
