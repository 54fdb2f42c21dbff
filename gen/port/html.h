/*
 * Raw HTML made well-formed, by gumbo: a fragment in, XHTML out that is also
 * good HTML. Markup of our own inside the fragment comes through unchanged in
 * meaning. Keeps nothing and may run in any thread.
 *
 * The tree is made as browsers make it
 * (https://html.spec.whatwg.org/multipage/parsing.html), so what is written
 * has the meaning that an author sees on GitHub. Comments and control
 * characters are dropped. port/html_rules.h says what is refused.
 */
#ifndef ERGEN_PORT_HTML_H
#define ERGEN_PORT_HTML_H

#include "base/str.h"

#include <glib.h>

enum html_trust {
	HTML_SAFE, /* elements and attributes of a list; no script, style,
		      handlers, frames, objects, forms, javascript: */
	HTML_ALLOW /* all but what cannot be written as XML */
};

/* Places are offsets into the fragment.
 *
 * Called for what was left out; name: "<script>", "onclick=", "javascript:",
 * "nesting" for what is deeper than 200 elements, "attributes" for a tag that
 * has more than 1,000. May be NULL. The text inside a refused element stays,
 * unless it is none for readers (script, style, iframe, object, …). */
typedef void html_refused(const char *name, size_t at, void *ctx);
/* Called with the value of href and src; may append another address to `to`
 * and return true, or return false to keep it. May be NULL. */
typedef bool
html_relink(GString *to, const char *url, bool is_image, size_t at, void *ctx);

/* An <img> that has a src. */
struct html_image {
	const char *url; /* before relink */
	const char *width, *height; /* as written, or NULL */
	bool has_alt, has_loading;
	size_t at;
};

/* May append further attributes, each with a space in front. May be NULL. */
typedef void
html_image(GString *attributes, const struct html_image *image, void *ctx);

/* What the parser has mended. */
enum html_mend {
	HTML_UNCLOSED, /* <b>: has no end tag where it could end */
	HTML_STRAY_END, /* </b>: ends nothing */
	HTML_LEFT_OUT, /* <tr>: nothing may be made of it here */
	HTML_MOVED, /* <p>, or text: put in front of the table it stands in */
	HTML_WRAPPED, /* <td>: a <tr> is put around it */
	HTML_ORPHAN, /* <li>: not in what it belongs to, and kept */
	HTML_ENDS_OURS /* <div>: ends the paragraph, or link, around it */
};

/* tag: "<b>", "</b>", or "text". End tags that HTML lets one leave out
 * (https://html.spec.whatwg.org/multipage/syntax.html#optional-tags) are none
 * of this. May be NULL. */
typedef void
html_mended(enum html_mend how, const char *tag, size_t at, void *ctx);
/* Did ergen write the tag at that place? Of its own, whose ends all are there,
 * nothing is told. NULL: it wrote none. */
typedef bool html_is_ours(size_t at, void *ctx);

/* A refused name such as "align=" that only says how something looks, or how a
 * link opens: nothing is lost without it. */
bool html_is_look(const char *refused);
/* What an element such as "<li>" has to stand in: "<ul> or <ol>"; or NULL. */
const char *html_parents(struct str tag);

struct html_clean {
	enum html_trust trust;
	bool as_xml; /* void elements closed: <br/> */
	/* Not NULL: ids become this and a number, and what refers to them
	 * inside the fragment follows. For what is put into a page that has
	 * ids of its own. */
	const char *ids;
	html_refused *refused;
	html_relink *relink;
	html_image *image;
	html_mended *mended;
	html_is_ours *is_ours;
	void *ctx;
};

void
html_clean(GString *out, struct str fragment, const struct html_clean *how);

/* For who wants to make something else of HTML: the tree, as browsers make it,
 * in the order of the source. Names of elements are in lower case. */
struct html_attributes;
struct html_events {
	/* false: pass over what is inside; close is not called then */
	bool (*open)(const char *name, const struct html_attributes *a,
	    void *ctx);
	void (*close)(const char *name, void *ctx);
	/* Characters, with references resolved; valid UTF-8. */
	void (*text)(const char *text, void *ctx);
};

/* Elements deeper than 200 are not told, their texts are. A fragment that is
 * far deeper than that is one text. */
void html_walk(struct str fragment, const struct html_events *e, void *ctx);
/* The value, or NULL. */
const char *html_attribute(const struct html_attributes *a, const char *name);

#endif
