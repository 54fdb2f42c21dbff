/*
 * What a template is compiled to; only the mustache*.c files see it.
 *
 * The tags stand in one array in the order of the source. A tag that encloses
 * others is followed by them, up to its `end`, so a walk needs no pointers. All
 * texts are ranges of the template's source.
 */
#ifndef ERGEN_MUSTACHE_TAGS_H
#define ERGEN_MUSTACHE_TAGS_H

#include "render/mustache.h"

enum tag_kind {
	TAG_TEXT, /* at most one line of what stands between tags */
	TAG_VALUE, /* {{x}} */
	TAG_RAW, /* {{{x}}} {{&x}} */
	TAG_SECTION, /* {{#x}} … {{/x}} */
	TAG_INVERTED, /* {{^x}} … {{/x}} */
	TAG_PARTIAL, /* {{>x}} */
	TAG_PARENT, /* {{<x}} … {{/x}}: of what it holds, only blocks count */
	TAG_BLOCK /* {{$x}} … {{/x}}: a parameter; within PARENT an argument */
};

struct tag {
	enum tag_kind kind;
	/* TEXT: a line begins here, so that a partial's indentation comes
	 * first. The text may be empty, when the line begins with a tag. */
	bool is_line_start;
	/* PARTIAL, PARENT, BLOCK: its lines hold nothing else, and are not in
	 * the array themselves. */
	bool is_standalone;
	/* BLOCK: the lines it holds begin behind the line of its opening tag.
	 * They have lost the indentation they have in common to `indent`, so
	 * that an argument can be indented as the default text is. */
	bool is_hanging;
	bool is_dynamic; /* PARTIAL, PARENT: the name is that of a value */
	struct str text; /* TEXT; of the others the name as it is written */
	struct str indent; /* PARTIAL, PARENT, BLOCK */
	/* The dotted name split; "." has no parts. Of all but TEXT, BLOCK and
	 * a PARTIAL or PARENT that is not dynamic. */
	const struct str *parts;
	size_t n_parts;
	size_t end; /* the index behind what it encloses */
	size_t offset; /* of the opening tag in the source */
	struct template *target; /* PARTIAL, PARENT; NULL: none */
};

struct template
{
	char *name;
	const struct origin *origin;
	struct templates *set;
	struct tag *tags;
	size_t n_tags;
	/* The nearest way to it from the outermost template: by which tag of
	 * which other it is drawn; NULL: it is outermost itself. */
	const struct template *includer;
	const struct tag *included_by;
	bool is_reached;
	/* For the search for cycles in templates_link(). */
	enum {
		TEMPLATE_NEW,
		TEMPLATE_OPEN,
		TEMPLATE_DONE
	} state;
};

/* Fills tags and n_tags from origin->text; memory and parts are of a. */
void template_compile(struct template *t, struct arena *a);
/* Notes what is wrong with the tag at an offset of the source, to be reported
 * by templates_link(), when it is known what includes the template. */
void template_fault(const struct template *t, size_t offset, const char *help,
    ...) G_GNUC_PRINTF(3, 4);
/* Reports DIAG_TEMPLATE_BAD with the tag at this offset. */
void template_report(const struct template *t, size_t offset, struct diag *d);
/* Adds to what was reported last that a tag of t led there. */
void template_report_from(const struct template *t, const struct tag *by,
    struct diag *d);
const struct template *
templates_find_str(const struct templates *t, struct str name);

#endif
