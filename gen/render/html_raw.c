/* Raw HTML of the author: cleaned together with what it encloses. */
#include "book/book.h"
#include "port/image.h"
#include "render/html_own.h"

#include <stdlib.h>

static const struct link *
raw_link(const struct html_policy *p, const char *url, bool is_image)
{
	for (size_t i = 0; i < p->n_raw_links; i++) {
		const struct link *l = p->raw_links[i];
		if (l->is_image == is_image && strcmp(l->url, url) == 0)
			return l;
	}
	return NULL;
}

static bool
relink(GString *to, const char *url, bool is_image, size_t at, void *ctx)
{
	const struct writing *w = ctx;
	const struct link *l = raw_link(w->p, url, is_image);

	(void)at;
	return l && w->p->address(to, l, w->p->ctx);
}

/* Of width and height the other one, so that the shape is kept; 0: none. */
static unsigned
scaled(const char *given, unsigned this, unsigned other)
{
	char *end;
	unsigned long n = strtoul(given, &end, 10);

	if (end == given || *end || n == 0 || n > IMAGE_SIZE_MOST)
		return 0;
	return (unsigned)MAX((n * other + this / 2) / this, 1u);
}

/* What an image of Markdown has. */
static void
complete_image(GString *out, const struct html_image *image, void *ctx)
{
	struct writing *w = ctx;
	const struct link *l = raw_link(w->p, image->url, true);

	if (!w->p->with_sizes || !l || l->to.kind != TARGET_ASSET)
		return;
	const struct asset *a = l->to.asset;
	bool has_size = a->width && a->height;
	unsigned width = image->height && has_size
	    ? scaled(image->height, a->height, a->width)
	    : a->width;
	unsigned height = image->width && has_size
	    ? scaled(image->width, a->width, a->height)
	    : a->height;
	if (has_size && !image->width && width)
		g_string_append_printf(out, " width=\"%u\"", width);
	if (has_size && !image->height && height)
		g_string_append_printf(out, " height=\"%u\"", height);
	if (image->has_loading)
		return;
	/* What is settled with its paragraph is settled with the page again. */
	bool is_first = w->first_image ==
	    (w->is_settling_inlines ? NODE_HTML_INLINE : NODE_HTML_BLOCK);
	g_string_append(out,
	    is_first ? " loading=\"eager\"" : " loading=\"lazy\"");
	if (is_first)
		w->first_image = NODE_DOC;
}

void
writing_clean(struct writing *w, struct str raw, enum html_trust trust)
{
	struct html_clean how = { .trust = trust,
		.as_xml = w->p->markup == MARKUP_XHTML,
		.relink = relink,
		.image = complete_image,
		.ctx = w };

	html_clean(w->out, raw, &how);
}

/* What was written from `from` on is made well-formed if raw HTML is in it. */
void
writing_settle(struct writing *w, size_t from)
{
	if (!w->saw_raw)
		return;
	g_autofree char *raw = g_strndup(w->out->str + from,
	    w->out->len - from);
	g_string_truncate(w->out, from);
	writing_clean(w, str_of(raw), w->p->trust);
	w->saw_raw = false;
}

void
writing_settle_inlines(struct writing *w, size_t from)
{
	w->is_settling_inlines = true;
	writing_settle(w, from);
	w->is_settling_inlines = false;
}

/* Inlines of one block: raw tags that are left open end with it. */
void
writing_contained_inlines(struct writing *w, const struct node *parent)
{
	bool saw_before = w->saw_raw;
	size_t from = w->out->len;

	w->saw_raw = false;
	writing_inlines(w, parent);
	writing_settle_inlines(w, from);
	w->saw_raw = saw_before;
}

/* Blocks of a container: so do those. */
void
writing_contained_blocks(struct writing *w, const struct node *parent,
    bool is_tight)
{
	bool saw_before = w->saw_raw;
	size_t from = w->out->len;

	w->saw_raw = false;
	writing_blocks(w, parent, is_tight);
	writing_settle(w, from);
	w->saw_raw = saw_before;
}
