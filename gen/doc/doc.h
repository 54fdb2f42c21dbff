/*
 * The document tree: a lesson's body, a question's stem, an option's text.
 *
 * doc/md.c builds it in an arena; book/ takes it apart into questions and
 * resolves its links; from the end of phase 4 on it is read-only, as the const
 * pointers say. Nothing here knows Markdown or HTML. A node has no parent
 * pointer: who walks downwards knows where he came from.
 *
 * All strings are UTF-8 without NUL and live as long as the tree.
 */
#ifndef ERGEN_DOC_H
#define ERGEN_DOC_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdint.h>

enum node_kind {
	/* containers of blocks */
	NODE_DOC, /* also: any run of blocks that stands on its own */
	NODE_QUOTE,
	NODE_CALLOUT,
	NODE_LIST, /* of NODE_ITEM */
	NODE_ITEM,
	NODE_TABLE, /* of NODE_ROW of NODE_CELL; the first row is the head */
	NODE_ROW,
	NODE_CELL, /* of inlines */
	NODE_FOOTNOTE, /* a definition; in doc->footnotes, not in the body */
	/* blocks of inlines, and leaves */
	NODE_PARAGRAPH,
	NODE_HEADING,
	NODE_CODE_BLOCK,
	NODE_HTML_BLOCK,
	NODE_RULE,
	NODE_COMMENT, /* one that means something */
	NODE_QUIZ, /* where a quiz stands in a page */
	/* inlines */
	NODE_TEXT,
	NODE_SOFTBREAK,
	NODE_LINEBREAK,
	NODE_CODE,
	NODE_HTML_INLINE,
	NODE_EMPH,
	NODE_STRONG,
	NODE_BLANK, /* a bold run that a cloze question asks for */
	NODE_STRIKE,
	NODE_LINK,
	NODE_IMAGE, /* its children are the alternative text */
	NODE_FOOTNOTE_REF,
	/* TeX in a line of text. Once phase 4 has typeset it, its child is a
	 * NODE_HTML_INLINE of the same in MathML. */
	NODE_MATH,
	NODE_MATH_DISPLAY /* TeX that is drawn on lines of its own */
};

/* No enumerator: switches over the kinds are complete without it. */
#define NODE_KIND_COUNT (NODE_MATH_DISPLAY + 1)

enum align {
	ALIGN_NONE,
	ALIGN_LEFT,
	ALIGN_CENTER,
	ALIGN_RIGHT
};

/* What stood in front of an item's text in the source. */
enum box {
	BOX_NONE,
	BOX_OPEN,
	BOX_CHECKED
};

enum target_kind {
	TARGET_NONE, /* broken and reported, or not resolved yet */
	TARGET_URL, /* url as written: another site, mailto: … */
	TARGET_PAGE, /* a page of this course */
	/* A page of another language of this course: the website has it, but
	 * neither book nor deck. */
	TARGET_TRANSLATION,
	TARGET_ASSET /* a file of this course */
};

/* Where a link leads, in terms of no format. */
struct target {
	enum target_kind kind;
	/* TARGET_PAGE, TARGET_TRANSLATION; see book/page.h */
	const struct page_ref *page;
	const char *anchor; /* id of a heading or question there, or NULL */
	bool is_raw; /* the anchor is an id in raw HTML */
	const struct asset *asset; /* TARGET_ASSET; see book/book.h */
	const char *url; /* TARGET_URL */
};

/* A link or image of the source. Phase 4 fills `to`. */
struct link {
	const char *url; /* as written, entities and escapes resolved */
	const char *title; /* or NULL */
	struct loc at;
	bool is_image;
	bool is_term; /* put there by phase 4: leads to the glossary */
	struct target to;
};

/* <!-- word: value; key=value; … --> */
struct comment {
	const char *word, *value; /* value may be NULL */
	const char *const *keys, *const *values;
	size_t n_keys;
};

struct footnote {
	const struct node *body; /* a NODE_FOOTNOTE: blocks */
	const struct node *first; /* the first reference to it */
	unsigned number; /* from 1, in the order of first reference */
	/* Referred to by what a reader sees at once; else only by answers,
	 * or feedback, and then it stays with them. */
	bool is_shown;
};

struct callout {
	const char *marker; /* note tip important warning caution */
	const char *kind; /* the same, or of `callouts:` */
	const char *title; /* NULL: the kind's own name */
};

struct code_block {
	struct str text;
	const char *info; /* "" if none */
	/* What a program made of it (`blocks` of site.yaml): clean HTML or SVG
	 * that is also XML; by phase 4. Else empty. */
	struct str drawn;
	bool has_links; /* of `drawn`: in the document's raw_links */
};

/* There are as many of these as words, nearly: 40 bytes and no more. */
struct node {
	unsigned line; /* from 1 */
	unsigned col : 24, kind : 8; /* col in bytes from 1, 0 unknown */
	struct node *child, *next;
	union {
		struct {
			const char *id; /* unique in the page */
			uint8_t level; /* 1 to 6 */
			bool is_setext;
		} heading;
		struct {
			int start; /* of the first number */
			bool is_ordered, is_tight;
		} list;
		struct {
			uint8_t box; /* enum box */
		} item;
		struct {
			unsigned n_cols;
			/* A paragraph: "Table: …" above it, without the word;
			 * or NULL. */
			const struct node *caption;
		} table;
		struct {
			uint8_t align; /* enum align */
			bool is_head;
		} cell;
		struct callout *callout;
		struct code_block *code; /* CODE_BLOCK */
		struct str text; /* TEXT, CODE, HTML_BLOCK, HTML_INLINE, MATH,
		  MATH_DISPLAY */
		struct link *link; /* LINK, IMAGE */
		const struct comment *comment;
		const struct footnote *footnote; /* FOOTNOTE_REF, FOOTNOTE */
		const struct quiz *quiz; /* see book/book.h */
		const struct blank *blank; /* see book/book.h */
	};
};

struct heading {
	const struct node *node;
	const char *id, *text; /* text: without markup */
	uint8_t level;
};

/* A title that gives an alert a kind of its own. */
struct callout_kind {
	const char *title, *kind;
};

/* One parsed source. */
struct doc {
	const struct origin *origin;
	const unsigned *line_starts; /* offsets into origin->text */
	size_t n_lines;
	struct node *body; /* a NODE_DOC */
	/* The heading that is the page's title and is not in body; NULL: the
	 * title is plain text. By book/load.c. */
	struct node *title;
	struct link **links; /* in the order of the source */
	size_t n_links;
	bool is_refused; /* by scan_text(): there is no tree */
	bool has_raw_html;
	bool has_math;
	bool has_mute_image; /* one of Markdown without a description */
	bool has_drawn; /* some code_block is; by phase 4 */
	const char *const *raw_ids; /* in raw HTML of the text; by phase 4 */
	size_t n_raw_ids;
	/* Of href and src in raw HTML and in what is drawn; by phase 4. */
	struct link **raw_links;
	size_t n_raw_links;
	const struct footnote *footnotes; /* by number */
	size_t n_footnotes;
	const struct heading *headings; /* all, in the order of the source */
	size_t n_headings;
};

#define node_each(n, parent) \
	for (const struct node *n = (parent)->child; n; n = n->next)

static inline struct loc
node_loc(const struct origin *in, const struct node *n)
{
	return (struct loc){ in, n->line, n->col };
}

/* A line of the source, from 1, without its end; empty if there is none. */
struct str doc_line(const struct doc *doc, unsigned line);
/* A new node of a kind at the place of another. */
struct node *
node_new(struct arena *a, enum node_kind kind, const struct node *at);
/* The text of inlines or blocks below a node, without markup: an image gives
 * its alternative text, a break a space, blocks are parted by a space. */
void node_text(GString *out, const struct node *parent);

#endif
