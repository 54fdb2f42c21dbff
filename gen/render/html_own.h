/* What the html*.c files share; only they see it. */
#ifndef ERGEN_HTML_OWN_H
#define ERGEN_HTML_OWN_H

#include "base/text.h"
#include "render/html.h"

enum {
	HEADING_MOST = 6
};

struct writing {
	GString *out;
	const struct html_policy *p;
	bool saw_raw;
	unsigned n_images; /* so far */
	/* Of the raw HTML, which is cleaned later, that has the first image:
	 * NODE_HTML_BLOCK, NODE_HTML_INLINE, or NODE_DOC for none. */
	enum node_kind first_image;
	bool is_settling_inlines;
	bool is_in_link;
	bool is_captioned; /* the image shows its title below */
	bool draws_blanks; /* they are written as tokens first */
	GPtrArray *blanks; /* const struct node *: those that are; or NULL */
	/* Levels of the source of the headings that the next one could stand
	 * below, the outermost first. */
	unsigned levels[HEADING_MOST];
	unsigned n_levels;
};

static inline void
writing_put(struct writing *w, const char *z)
{
	text_addz(w->out, z);
}

/* html_inline.c */
void writing_attr(struct writing *w, const char *name, const char *value);
/* The end of a tag without content. */
const char *writing_void_end(const struct writing *w);
void writing_inline(struct writing *w, const struct node *n);
void writing_inlines(struct writing *w, const struct node *parent);
/* Raw HTML as it stands: writing_settle() cleans it. */
void writing_raw(struct writing *w, const struct node *n);
void writing_draw_blanks(struct writing *w, size_t from);

/* html_raw.c */
void writing_clean(struct writing *w, struct str raw, enum html_trust trust);
/* What was written from `from` on is made well-formed if raw HTML is in it;
 * _inlines: of one block. */
void writing_settle(struct writing *w, size_t from);
void writing_settle_inlines(struct writing *w, size_t from);
/* Inlines of one block, blocks of a container: raw tags that are left open end
 * with it. */
void writing_contained_inlines(struct writing *w, const struct node *parent);
void writing_contained_blocks(struct writing *w, const struct node *parent,
    bool is_tight);

/* html.c */
void
writing_blocks(struct writing *w, const struct node *parent, bool is_tight);

#endif
