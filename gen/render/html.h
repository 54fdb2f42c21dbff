/*
 * Trees as HTML or XHTML: fragments, appended to a GString.
 *
 * Pure: the same tree, words and policy give the same bytes. Every format has
 * a policy of its own for links and ids and knows nothing of the others'.
 */
#ifndef ERGEN_RENDER_HTML_H
#define ERGEN_RENDER_HTML_H

#include "doc/doc.h"
#include "port/html.h"
#include "render/words.h"

enum markup {
	MARKUP_HTML, /* void elements unclosed; for browsers and cards */
	MARKUP_XHTML /* well-formed XML; callouts and notes as EPUB wants */
};

struct html_policy {
	enum markup markup;
	const struct words *words;
	/* Appends the address of a link or image, not yet escaped. False: it
	 * has none here; a link then shows its text only, an image its
	 * alternative text. */
	bool (*address)(GString *out, const struct link *l, const void *ctx);
	const void *ctx;
	/* Headings get their id. */
	bool with_ids;
	/* Headings with an id link to themselves: the way to copy the address
	 * of a section. */
	bool with_self_links;
	/* The level of the heading that all of it stands below: gaps in the
	 * levels are closed. 0: they are those of the source. */
	unsigned heading_over;
	/* What may be too wide (tables, formulas and, where they do not wrap as
	 * in a book, listings) gets tabindex="0" to be scrolled by key. */
	bool with_tabindex;
	/* Footnote references become links to notes; else the number only. */
	bool with_notes;
	/* Code has spans with the classes of gen/render/highlight.h. */
	bool with_colours;
	/* Images have width, height, and all but the first loading="lazy". */
	bool with_sizes;
	/* Math stands between \( \) and \[ \], as MathJax wants it; else it
	 * is code. */
	bool with_tex;
	/* For labels: beside each MathML its TeX, which is read out instead;
	 * a browser makes no name of MathML. Class "vh" hides it. */
	bool with_math_words;
	/* What raw HTML may hold, and where its links lead. */
	enum html_trust trust;
	struct link *const *raw_links;
	size_t n_raw_links;
	/* Draws a NODE_QUIZ; NULL: nothing. */
	void (*quiz)(GString *out, const struct quiz *quiz,
	    const struct html_policy *p);
	/* Draws a NODE_BLANK; NULL: bold, as it stands in the source. */
	void (*blank)(GString *out, const struct node *n,
	    const struct html_policy *p);
	const void *question; /* for blank(), of whoever has set it */
};

/* The children of parent. */
void html_blocks(GString *out, const struct node *parent,
    const struct html_policy *p);
void html_inlines(GString *out, const struct node *parent,
    const struct html_policy *p);
/* Blocks without the <p> of a single paragraph: for labels and items. */
void html_tight(GString *out, const struct node *parent,
    const struct html_policy *p);
/* True if parent holds one paragraph and nothing else. */
bool node_is_phrase(const struct node *parent);
/* The section of footnotes that a page ends with: of n notes those that
 * is_shown says; nothing for none. */
void html_footnotes(GString *out, const struct footnote *notes, size_t n,
    const struct html_policy *p);
/* One of them, a list item with its way back; without with_notes it has
 * neither that nor an id. */
void html_note(GString *out, const struct footnote *note,
    const struct html_policy *p);

/* Escape & < > and, in attributes, ". */
void html_text(GString *out, struct str s);
void html_attr(GString *out, struct str s);
static inline void
html_textz(GString *out, const char *z)
{
	html_text(out, str_of(z));
}
/* A CDATA section of XML; more than one if the text ends them. */
void html_cdata(GString *out, struct str s);
/* A word with its %1 and %2, escaped. */
void html_word(GString *out, const struct words *w, enum word word,
    const char *a, const char *b);
/* The same; a and b are markup already, and do not choose a plural. */
void html_word_around(GString *out, const struct words *w, enum word word,
    const char *a, const char *b);

#endif
