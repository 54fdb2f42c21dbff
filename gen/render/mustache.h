/*
 * Mustache templates: https://mustache.github.io/mustache.5.html, with the
 * core modules of https://github.com/mustache/spec (comments, delimiters,
 * interpolation, inverted, partials, sections) and two optional ones:
 * inheritance ({{<parent}}, {{$block}}) and dynamic names ({{>*name}}). There
 * are no lambdas.
 *
 * A template is compiled once and then read-only: several threads may render
 * it at the same time. Faults of a template are the author's: diagnostics with
 * their place and the partials that lead there, when all are compiled.
 *
 * Templates may hold themselves, as for a tree of pages. How deep sections and
 * partials may be nested while rendering is bounded: at TEMPLATE_DEPTH_MOST
 * nothing more is descended into, and that is a diagnostic, too.
 */
#ifndef ERGEN_MUSTACHE_H
#define ERGEN_MUSTACHE_H

#include "base/arena.h"
#include "base/diag.h"

enum {
	/* Folders may be nested 32 deep, and the default theme needs three
	 * levels for each. */
	TEMPLATE_DEPTH_MOST = 128
};

/* What a section takes for false: NONE, empty text, an empty list. What has
 * no text, and is nothing in {{x}}: all but TEXT and HTML. */
enum value_kind {
	VALUE_NONE, /* false, and the empty string */
	VALUE_TRUE,
	VALUE_TEXT, /* {{x}} escapes & < > ", {{{x}}} and {{&x}} do not */
	VALUE_HTML, /* markup of ours: {{x}} and {{{x}}} both give it as is */
	VALUE_LIST,
	VALUE_MAP
};

struct value {
	enum value_kind kind;
	struct str text; /* TEXT, HTML */
	const struct value *items; /* LIST */
	size_t n_items;
	const struct member *members; /* MAP */
	size_t n_members;
};

struct member {
	const char *name;
	struct value value;
};

struct template;

/* A set of templates that may name each other as partials. */
struct templates;

struct templates *templates_new(void);
void templates_free(struct templates *t);
/* Compiles text under a name ("lesson", "nav"); origin->text is the source and
 * must outlive the set. A later one of the same name replaces an earlier. */
void templates_add(struct templates *t, const char *name,
    const struct origin *origin);
/* Once, after the last templates_add(), with the name of the one that a page
 * is drawn with: reports all that is wrong with them, partials that do not
 * exist, and ones that hold themselves whatever the data (these are not
 * descended into). */
void templates_link(struct templates *t, const char *outermost, struct diag *d);
/* The names of all, and a NULL; to be freed. */
GPtrArray *templates_names(const struct templates *t);
/* After templates_link(): false if the outermost one gets there by no way. */
bool template_is_used(const struct template *t);
/* NULL if there is none of this name. */
const struct template *
templates_find(const struct templates *t, const char *name);
/* False: the bounds were reached, and out is not whole; reported once. */
bool template_render(GString *out, const struct template *t,
    const struct value *data, struct diag *d);

/* For making data. Texts and the arrays of members and items are borrowed. */
struct value value_text(const char *z); /* NULL and "" give VALUE_NONE */
struct value value_html(struct str s);
struct value value_bool(bool b);
struct value value_map(const struct member *members, size_t n);
struct value value_list(const struct value *items, size_t n);

#endif
