#include "port/html_tree.h"

#include "port/html_rules.h"
#include "port/html_tags.h"

#include <glib.h>

struct step {
	const GumboNode *node;
	unsigned next; /* child */
};

static bool
is_element(const GumboNode *node)
{
	return node->type == GUMBO_NODE_ELEMENT ||
	    node->type == GUMBO_NODE_TEMPLATE;
}

void
html_tree_each(const GumboNode *root, html_tree_visit *enter,
    html_tree_visit *leave, void *ctx)
{
	g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(struct step));
	struct step first = { root, 0 };

	enter(root, ctx);
	g_array_append_val(open, first);
	while (open->len > 0) {
		struct step *top = &g_array_index(open, struct step,
		    open->len - 1);
		const GumboVector *all = &top->node->v.element.children;
		if (top->next == all->length) {
			if (leave)
				leave(top->node, ctx);
			g_array_set_size(open, open->len - 1);
			continue;
		}
		struct step child = { all->data[top->next++], 0 };
		if (!is_element(child.node))
			continue;
		enter(child.node, ctx);
		g_array_append_val(open, child);
	}
}

struct looking {
	const struct html_clean *how;
	struct str fragment;
	GHashTable *used; /* offsets of the tags that the tree is made of */
	bool has_ended_ours; /* the next tag has */
	size_t n_forms; /* whose end tag the parser does not tell */
};

static void
tell(const struct looking *k, enum html_mend how, const char *tag, size_t at)
{
	k->how->mended(how, tag, at, k->how->ctx);
}

static bool
is_ours(const struct looking *k, size_t at)
{
	return k->how->is_ours && k->how->is_ours(at, k->how->ctx);
}

/* In lower case, of "<b …>" or "</b>"; "" for none. */
static void
tag_name(const struct looking *k, GumboStringPiece tag,
    char name[HTML_TAG_NAME_SIZE])
{
	struct html_tag t = { 0 };
	struct str text = { tag.data, tag.length };

	name[0] = '\0';
	if (tag.data >= k->fragment.p &&
	    tag.data < k->fragment.p + k->fragment.len &&
	    html_next_tag(&t, text))
		g_strlcpy(name, t.name, HTML_TAG_NAME_SIZE);
}

static size_t
offset_of(const struct looking *k, GumboStringPiece tag)
{
	return (size_t)(tag.data - k->fragment.p);
}

static void
use(const struct looking *k, size_t at)
{
	g_hash_table_add(k->used, GSIZE_TO_POINTER(at));
}

/* Its end tag stands in the source; what ends with its parent has the
 * parent's. */
static bool
has_end_of(const struct looking *k, const GumboNode *node, const char *name)
{
	char end[HTML_TAG_NAME_SIZE];

	if (node->parse_flags & GUMBO_INSERTION_CONVERTED_FROM_END_TAG)
		return false;
	tag_name(k, node->v.element.original_end_tag, end);
	return !strcmp(name, end);
}

static bool
needs_end(const GumboElement *e, const char *name)
{
	struct str tag = { e->original_tag.data, e->original_tag.length };

	if (e->tag_namespace != GUMBO_NAMESPACE_HTML)
		return !str_ends(tag, "/>");
	return !html_is_void(name) && !html_end_is_optional(name) &&
	    e->tag != GUMBO_TAG_IMAGE && e->tag != GUMBO_TAG_IMG;
}

static void
look_at_ends(struct looking *k, const GumboNode *node, const char *name)
{
	const GumboElement *e = &node->v.element;
	size_t start = offset_of(k, e->original_tag);
	bool has_end = has_end_of(k, node, name);

	if (e->tag == GUMBO_TAG_FORM &&
	    !(node->parse_flags & GUMBO_INSERTION_IMPLICIT_END_TAG)) {
		k->n_forms++;
		return;
	}
	size_t end = has_end ? offset_of(k, e->original_end_tag) : 0;
	g_autofree char *tag = NULL;

	if (is_ours(k, start)) {
		if (has_end && !is_ours(k, end)) {
			tag = g_strdup_printf("</%s>", name);
			tell(k, HTML_STRAY_END, tag, end);
		}
		k->has_ended_ours = !has_end &&
		    (e->tag == GUMBO_TAG_P || e->tag == GUMBO_TAG_A);
	} else if (needs_end(e, name) && (!has_end || is_ours(k, end))) {
		tag = g_strdup_printf("<%s>", name);
		tell(k, HTML_UNCLOSED, tag, start);
	}
}

/* A <tr> that nobody wrote, around the <td> of a table. */
static bool
is_implied_row(const GumboNode *node)
{
	const GumboElement *e = &node->v.element;

	return e->tag == GUMBO_TAG_TR && !e->original_tag.data &&
	    e->children.length > 0;
}

static void
look_inside_row(const struct looking *k, const GumboElement *row)
{
	const GumboNode *cell = row->children.data[0];
	char name[HTML_TAG_NAME_SIZE];

	if (cell->type != GUMBO_NODE_ELEMENT)
		return;
	tag_name(k, cell->v.element.original_tag, name);
	g_autofree char *tag = g_strdup_printf("<%s>", name);
	if (name[0] && !is_ours(k, offset_of(k, cell->v.element.original_tag)))
		tell(k, HTML_WRAPPED, tag,
		    offset_of(k, cell->v.element.original_tag));
}

static size_t
start_of(const GumboNode *node)
{
	bool is_text = node->type != GUMBO_NODE_ELEMENT &&
	    node->type != GUMBO_NODE_TEMPLATE;

	return is_text ? node->v.text.start_pos.offset
		       : node->v.element.start_pos.offset;
}

/* Stands in front of a table that it was written in. */
static void
look_for_moved(const struct looking *k, const GumboNode *node, const char *name)
{
	const GumboVector *all = &node->parent->v.element.children;
	size_t i = node->index_within_parent + 1;
	const GumboNode *next = i < all->length ? all->data[i] : NULL;

	if (!next || next->type != GUMBO_NODE_ELEMENT ||
	    next->v.element.tag != GUMBO_TAG_TABLE ||
	    start_of(next) > start_of(node) || is_ours(k, start_of(node)))
		return;
	g_autofree char *tag = *name ? g_strdup_printf("<%s>", name)
				     : g_strdup("text");
	tell(k, HTML_MOVED, tag, start_of(node));
}

static const struct family {
	const char *child;
	const char *parents; /* a space on each side of each */
	const char *help;
} families[] = { { "<dd>", " dl div ", "<dl>" }, { "<dt>", " dl div ", "<dl>" },
	{ "<figcaption>", " figure ", "<figure>" },
	{ "<legend>", " fieldset ", "<fieldset>" },
	{ "<li>", " ul ol menu ", "<ul> or <ol>" },
	{ "<rp>", " ruby rtc ", "<ruby>" }, { "<rt>", " ruby rtc ", "<ruby>" },
	{ "<summary>", " details ", "<details>" } };

static const struct family *
family_of(struct str tag)
{
	for (size_t i = 0; i < G_N_ELEMENTS(families); i++)
		if (str_is(tag, families[i].child))
			return &families[i];
	return NULL;
}

const char *
html_parents(struct str tag)
{
	const struct family *f = family_of(tag);

	return f ? f->help : NULL;
}

static void
look_at_parent(const struct looking *k, const GumboNode *node, const char *name)
{
	g_autofree char *tag = g_strdup_printf("<%s>", name);
	const struct family *f = family_of(str_of(tag));

	if (!f || node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML)
		return;
	const GumboElement *parent = &node->parent->v.element;
	g_autofree char *key = g_strdup_printf(" %s ",
	    gumbo_normalized_tagname(parent->tag));
	if (!strstr(f->parents, key))
		tell(k, HTML_ORPHAN, tag, start_of(node));
}

static bool
is_clone(const GumboNode *node)
{
	return node->parse_flags &
	    (GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT |
		GUMBO_INSERTION_ADOPTION_AGENCY_CLONED);
}

static void
look_at_text(const struct looking *k, const GumboNode *node)
{
	if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA)
		look_for_moved(k, node, "");
}

static void
look_at_start(const GumboNode *node, void *ctx)
{
	struct looking *k = ctx;
	const GumboElement *e = &node->v.element;
	char name[HTML_TAG_NAME_SIZE];

	tag_name(k, e->original_tag, name);
	bool is_written = name[0];
	if (!is_written)
		g_strlcpy(name, gumbo_normalized_tagname(e->tag),
		    HTML_TAG_NAME_SIZE);
	if (has_end_of(k, node, name))
		use(k, offset_of(k, e->original_end_tag));
	if (is_implied_row(node))
		look_inside_row(k, e);
	for (unsigned i = 0; i < e->children.length; i++)
		look_at_text(k, e->children.data[i]);
	if (!is_written || is_clone(node))
		return;
	size_t start = offset_of(k, e->original_tag);
	use(k, start);
	if (k->has_ended_ours && !is_ours(k, start)) {
		g_autofree char *tag = g_strdup_printf("<%s>", name);
		tell(k, HTML_ENDS_OURS, tag, start);
		k->has_ended_ours = false;
	}
	if (!is_ours(k, start))
		look_at_parent(k, node, name);
	look_for_moved(k, node, name);
}

static void
look_at_end(const GumboNode *node, void *ctx)
{
	struct looking *k = ctx;
	char name[HTML_TAG_NAME_SIZE];

	tag_name(k, node->v.element.original_tag, name);
	if (name[0] && !is_clone(node))
		look_at_ends(k, node, name);
}

/* Tags that are no part of the tree were left out. */
static void
look_for_unused(struct looking *k)
{
	struct html_tag t = { 0 };

	while (html_next_tag(&t, k->fragment)) {
		if (g_hash_table_contains(k->used, GSIZE_TO_POINTER(t.start)) ||
		    is_ours(k, t.start))
			continue;
		if (t.is_end && !strcmp(t.name, "form") && k->n_forms > 0) {
			k->n_forms--;
			continue;
		}
		g_autofree char *tag = g_strdup_printf("<%s%s>",
		    t.is_end ? "/" : "", t.name);
		tell(k, t.is_end ? HTML_STRAY_END : HTML_LEFT_OUT, tag,
		    t.start);
	}
}

void
html_tree_mended(const GumboNode *root, struct str fragment,
    const struct html_clean *how)
{
	struct looking k = { how, fragment, g_hash_table_new(NULL, NULL), false,
		0 };

	html_tree_each(root, look_at_start, look_at_end, &k);
	look_for_unused(&k);
	g_hash_table_destroy(k.used);
}
