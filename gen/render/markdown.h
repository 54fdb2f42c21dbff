/*
 * Trees as Markdown, appended to a GString: CommonMark
 * (https://spec.commonmark.org/) with GitHub's tables, task lists,
 * strikethrough, footnotes, alerts and math (https://github.github.com/gfm/).
 * Read again it is the same tree, but for what Markdown cannot say;
 * tests/unit/render/markdown_test.c lists that.
 *
 * Pure, as render/html.h is, and with a policy like that one's. Nothing fails.
 */
#ifndef ERGEN_RENDER_MARKDOWN_H
#define ERGEN_RENDER_MARKDOWN_H

#include "doc/doc.h"
#include "render/words.h"

struct markdown_policy {
	const struct words *words;
	/* Appends the address of a link or image, not yet escaped. False: it
	 * has none here; a link then shows its text only, an image its
	 * alternative text. */
	bool (*address)(GString *out, const struct link *l, const void *ctx);
	/* Appends the id that links lead to a heading by; id is the heading's
	 * own. False, or no function: nothing leads there. */
	bool (*anchor)(GString *out, const char *id, const void *ctx);
	const void *ctx;
	unsigned heading_least; /* a level above it becomes this one; 0: none */
	unsigned heading_shift; /* then levels deeper; never beyond 6 */
	/* Callouts are GitHub's alerts, which must stand at top level; else
	 * they are quotes that begin with a bold title. */
	bool with_alerts;
	/* Footnotes are [^1]; else the number in brackets. */
	bool with_notes;
	/* In front of the number: "a-" for [^a-1], where several documents
	 * meet in one file. NULL: nothing. */
	const char *note_prefix;
	/* Where the links of raw HTML lead. */
	struct link *const *raw_links;
	size_t n_raw_links;
	/* Writes a NODE_QUIZ, as blocks; NULL: nothing. */
	void (*quiz)(GString *out, const struct quiz *quiz,
	    const struct markdown_policy *p);
	/* Writes a NODE_BLANK; NULL: bold, as it stands in the source. */
	void (*blank)(GString *out, const struct node *n,
	    const struct markdown_policy *p);
};

/* The children of parent, each block ended by a line end, with an empty line
 * between two. */
void markdown_blocks(GString *out, const struct node *parent,
    const struct markdown_policy *p);
/* Inlines as one line without its end: of a heading, or of a paragraph that
 * may stand alone. */
void markdown_inlines(GString *out, const struct node *parent,
    const struct markdown_policy *p);
/* The same for a cell of a table. */
void markdown_cell(GString *out, const struct node *parent,
    const struct markdown_policy *p);
/* The definition of a footnote, as a block. */
void markdown_note(GString *out, const struct footnote *note,
    const struct markdown_policy *p);

/* Plain text, so that it means nothing but itself wherever a line of text may
 * stand, also at the beginning of one and in a cell. Line ends become
 * spaces. */
void markdown_text(GString *out, struct str s);
static inline void
markdown_textz(GString *out, const char *z)
{
	markdown_text(out, str_of(z));
}
/* Text as a code span. */
void markdown_code(GString *out, struct str s);
/* Text as a fenced code block; info: the word behind the fence, or "". */
void markdown_fence(GString *out, struct str text, const char *info);
/* Where a link leads, as what stands between its parentheses. */
void markdown_destination(GString *out, struct str address, const char *title);
/* Blocks inside of an item or quote: `first` in front of their first line,
 * `rest` in front of all others. No text gives `first` alone. */
void markdown_nest(GString *out, const char *first, const char *rest,
    struct str blocks);

#endif
