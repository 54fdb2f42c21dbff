/* What the templates of a page get. docs/templates.md lists it. */
#ifndef ERGEN_HTML_DATA_H
#define ERGEN_HTML_DATA_H

#include "render/mustache.h"
#include "write/writer.h"

struct download {
	const char *label, *file;
};

/* A page that ergen writes of its own accord. */
struct reference_link {
	const char *address; /* without extension, from the site's root */
	enum word title;
};

/* The same for all pages; in the writer's arena. */
struct site_data {
	struct value site, words;
	const struct download *downloads;
	size_t n_downloads;
	const struct reference_link *reference; /* set by reference_find() */
	size_t n_reference;
	const char *feed; /* its address, or NULL */
	const char *prefix; /* "de/" of a translation, else "" */
	const char *quiz_css; /* its address */
};

/* The id of a tag's heading on the page of tags. */
const char *tag_id(struct arena *a, const char *tag);

void site_data_fill(struct site_data *out, const struct brief *in,
    const struct writer *const *present, struct arena *a);

/* The parts of a page that are markup already. */
struct page_markup {
	struct str nav, body, notes;
	struct str heading; /* empty: the title is plain text */
};

/* The data of a page; in the arena. */
struct value page_data(const struct page *page, const struct brief *in,
    const struct site_data *site, const struct page_markup *markup,
    struct arena *a);

#endif
