/* What the files of the website writer share; only they see it. */
#ifndef ERGEN_HTML_WEBSITE_H
#define ERGEN_HTML_WEBSITE_H

#include "render/html.h"
#include "write/html/data.h"
#include "write/html/nav.h"

/* The pages that ergen writes of its own accord, from the site's root. */
enum reference {
	REFERENCE_GLOSSARY, /* an author's page, but found in the same list */
	REFERENCE_INDEX,
	REFERENCE_TIPS,
	REFERENCE_TAGS,
	REFERENCE_OBJECTIVES,
	REFERENCE_PRINT,
	REFERENCE_COUNT
};

/* The same page in the other languages. */
struct counterparts {
	const struct page_ref *const *refs;
	size_t n;
};

struct website {
	struct site_data site;
	const struct navs *navs;
	const struct template *page;
	bool has[REFERENCE_COUNT];
	struct counterparts others[REFERENCE_COUNT];
};

/* What a link of one page needs to be spelled. */
struct place {
	const struct page *page;
	const char *root;
};

/* html.c: how text of this page is written; *at must outlive it. */
struct html_policy
website_policy(const struct brief *in, const struct place *at);
/* A whole page out of its parts. False: a template has no end, reported. */
bool website_page(GString *out, const struct website *w, const struct brief *in,
    const struct page *page, struct page_markup *markup, struct arena *a,
    struct diag *d);

/* reference.c: which of them this course has. */
void reference_find(struct website *w, const struct book *b, struct arena *a);
/* All of them, and 404.html. */
bool reference_write(struct job *j, const struct website *w);

/* feeds.c: sitemap.xml, feed.xml, robots.txt. */
bool feeds_write(struct job *j, const struct website *w);

#endif
