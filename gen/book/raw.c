/*
 * Phase 4: raw HTML of a source. What is refused in it, what is mended, where
 * its links lead. It is looked at as it will be cleaned when it is written
 * (render/html.c): the inlines of a block as one piece, the blocks of a quote,
 * an item or a text as one, with ergen's own tags around what the author wrote.
 * So a picture may spread over many inlines, and a <div> over many blocks.
 */
#include "book/source.h"
#include "port/html.h"

struct raw {
	struct making *m;
	const struct source *source;
	struct diag *diag;
	source_resolve *resolve;
	void *ctx;
	GPtrArray *links; /* struct link * */
};

/* Raw HTML in what is put together. */
struct part {
	size_t at, len;
	const struct node *node;
};

/* What is cleaned as one piece. */
struct run {
	struct raw *r;
	GString *html;
	GArray *parts; /* struct part */
};

static void add_inlines(struct run *run, const struct node *parent);
static void
add_blocks(struct run *run, const struct node *parent, bool is_tight);

/* ---- places */

/* The part that holds an offset, or NULL: ergen wrote what stands there. */
static const struct part *
part_at(const struct run *run, size_t at)
{
	guint low = 0, high = run->parts->len;

	while (low < high) {
		guint mid = low + (high - low) / 2;
		const struct part *p = &g_array_index(run->parts, struct part,
		    mid);
		if (at < p->at)
			high = mid;
		else if (at >= p->at + p->len)
			low = mid + 1;
		else
			return p;
	}
	return NULL;
}

/* The text of a node is a part of its source's lines, without what marks the
 * quotes and lists around it. */
static struct loc
loc_at(const struct run *run, size_t at)
{
	const struct part *p = part_at(run, at);
	const struct source *s = run->r->source;

	if (!p)
		return (struct loc){ &s->origin, 0, 0 };
	struct loc loc = node_loc(&s->origin, p->node);
	struct str text = p->node->text, rest = text;
	size_t offset = at - p->at;
	struct str line = str_line(&rest);

	if (offset <= line.len) {
		loc.col += loc.col ? (unsigned)offset : 0;
		return loc;
	}
	while (rest.len && (size_t)(rest.p - text.p) <= offset) {
		line = str_line(&rest);
		loc.line++;
	}
	struct str whole = doc_line(s->doc, loc.line);
	const char *found = memmem(whole.p, whole.len, line.p, line.len);
	loc.col = found ? (unsigned)((size_t)(found - whole.p) + offset -
			      (size_t)(line.p - text.p)) +
		1
			: 1;
	return loc;
}

static bool
is_ours(size_t at, void *ctx)
{
	return !part_at(ctx, at);
}

/* ---- what is found */

static void
refused(const char *name, size_t at, void *ctx)
{
	const struct run *run = ctx;

	if (html_is_look(name)) {
		diag_at(run->r->diag, DIAG_HTML_LOOK, loc_at(run, at), "%s",
		    name);
		diag_help(run->r->diag,
		    "nothing is lost without it; 'raw_html: allow' keeps it");
		return;
	}
	diag_at(run->r->diag, DIAG_HTML_REFUSED, loc_at(run, at), "%s", name);
	diag_help(run->r->diag,
	    "write it in Markdown, or set 'raw_html: allow' in site.yaml");
}

static void
mended(enum html_mend how, const char *tag, size_t at, void *ctx)
{
	const struct run *run = ctx;
	struct diag *d = run->r->diag;
	bool is_unbalanced = how == HTML_UNCLOSED || how == HTML_STRAY_END;

	diag_at(d, is_unbalanced ? DIAG_HTML_UNBALANCED : DIAG_HTML_MISPLACED,
	    loc_at(run, at), "%s", tag);
	switch (how) {
	case HTML_UNCLOSED:
		diag_help(d, "write </%s where it ends", tag + 1);
		break;
	case HTML_STRAY_END:
		diag_help(d, "no <%s is open here; it is left out", tag + 2);
		break;
	case HTML_LEFT_OUT: diag_help(d, "it is left out"); break;
	case HTML_MOVED:
		diag_help(d,
		    "it stands in a table but in no cell; it is put in front of the table");
		break;
	case HTML_WRAPPED:
		diag_help(d, "cells stand in rows; a <tr> is put around it");
		break;
	case HTML_ORPHAN:
		diag_help(d, "it stands in a %s", html_parents(str_of(tag)));
		break;
	case HTML_ENDS_OURS:
		diag_help(d,
		    "what is around it ends here; put it between empty lines");
		break;
	}
}

static void
add_link(struct raw *r, const char *url, bool is_image, struct loc at)
{
	struct link *l = arena_obj(r->m->arena, struct link);

	l->url = arena_strdup(r->m->arena, url);
	l->is_image = is_image;
	l->at = at;
	r->resolve(l, r->ctx);
	g_ptr_array_add(r->links, l);
}

static bool
link_found(GString *to, const char *url, bool is_image, size_t at, void *ctx)
{
	const struct run *run = ctx;

	(void)to;
	add_link(run->r, url, is_image, loc_at(run, at));
	return false;
}

static void
image_found(GString *attributes, const struct html_image *image, void *ctx)
{
	const struct run *run = ctx;

	(void)attributes;
	if (image->has_alt || !part_at(run, image->at))
		return;
	diag_at(run->r->diag, DIAG_IMAGE_NO_ALT, loc_at(run, image->at), "%s",
	    image->url);
	diag_help(run->r->diag,
	    "say what it shows: alt=\"description\"; alt=\"\" says that it is decoration");
}

/* ---- runs */

static struct run
run_begin(struct raw *r)
{
	return (struct run){ r, g_string_new(NULL),
		g_array_new(FALSE, FALSE, sizeof(struct part)) };
}

static void
run_check(struct run *run)
{
	struct html_clean how = { .trust = run->r->m->book.site->raw_html ==
			RAW_HTML_ALLOW
		    ? HTML_ALLOW
		    : HTML_SAFE,
		.as_xml = true,
		.refused = refused,
		.relink = link_found,
		.image = image_found,
		.mended = mended,
		.is_ours = is_ours,
		.ctx = run };
	g_autoptr(GString) out = g_string_new(NULL);

	if (run->parts->len)
		html_clean(out, (struct str){ run->html->str, run->html->len },
		    &how);
	g_string_truncate(run->html, 0);
	g_array_set_size(run->parts, 0);
}

static void
run_end(struct run *run)
{
	run_check(run);
	g_string_free(run->html, TRUE);
	g_array_free(run->parts, TRUE);
}

static void
add(struct run *run, const char *html)
{
	g_string_append(run->html, html);
}

static void
add_raw(struct run *run, const struct node *n)
{
	struct part p = { run->html->len, n->text.len, n };

	g_string_append_len(run->html, n->text.p, (gssize)n->text.len);
	g_array_append_val(run->parts, p);
}

static void
add_around(struct run *run, const char *tag, const struct node *n)
{
	g_string_append_printf(run->html, "<%s>", tag);
	add_inlines(run, n);
	g_string_append_printf(run->html, "</%s>", tag);
}

static void
add_inline(struct run *run, const struct node *n)
{
	switch ((enum node_kind)n->kind) {
	case NODE_HTML_INLINE: add_raw(run, n); break;
	/* Of text it matters only whether there is some. */
	case NODE_TEXT: add(run, str_trim(n->text).len ? "x" : " "); break;
	case NODE_SOFTBREAK: add(run, "\n"); break;
	case NODE_LINEBREAK: add(run, "<br>"); break;
	case NODE_CODE:
	case NODE_MATH:
	case NODE_MATH_DISPLAY: add(run, "<code>x</code>"); break;
	case NODE_EMPH: add_around(run, "em", n); break;
	case NODE_STRONG:
	case NODE_BLANK: add_around(run, "strong", n); break;
	case NODE_STRIKE: add_around(run, "del", n); break;
	case NODE_LINK: add_around(run, "a", n); break;
	/* Raw HTML in the words of an image is not written. */
	case NODE_IMAGE: add(run, "<img alt>"); break;
	case NODE_FOOTNOTE_REF: add(run, "<sup><a>x</a></sup>"); break;
	case NODE_DOC:
	case NODE_QUOTE:
	case NODE_CALLOUT:
	case NODE_LIST:
	case NODE_ITEM:
	case NODE_TABLE:
	case NODE_ROW:
	case NODE_CELL:
	case NODE_FOOTNOTE:
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_CODE_BLOCK:
	case NODE_HTML_BLOCK:
	case NODE_RULE:
	case NODE_COMMENT:
	case NODE_QUIZ: break;
	}
}

static void
add_inlines(struct run *run, const struct node *parent)
{
	node_each(n, parent)
		add_inline(run, n);
}

/* The inlines of a block are cleaned on their own. */
static void
check_inlines(struct raw *r, const struct node *parent, bool is_paragraph)
{
	struct run run = run_begin(r);

	if (is_paragraph)
		add_around(&run, "p", parent);
	else
		add_inlines(&run, parent);
	run_end(&run);
}

static void
check_table(struct raw *r, const struct node *table)
{
	if (table->table.caption)
		check_inlines(r, table->table.caption, false);
	node_each(row, table)
		node_each(cell, row)
			check_inlines(r, cell, false);
}

struct drawing {
	struct raw *r;
	const struct node *node;
};

static bool
drawn_link_found(GString *to, const char *url, bool is_image, size_t at,
    void *ctx)
{
	const struct drawing *d = ctx;
	struct raw *r = d->r;

	(void)to;
	(void)at;
	/* To an id of its own, see drawn.c. */
	if (g_str_has_prefix(url, "#" DRAWN_IDS))
		return false;
	add_link(r, url, is_image, node_loc(&r->source->origin, d->node));
	/* Still ours to write to: phase 4. */
	struct code_block *code = (struct code_block *)(uintptr_t)d->node->code;
	code->has_links = true;
	return false;
}

/* What a program drew is clean; but its links are those of the page. */
static void
check_drawn(struct raw *r, const struct node *n)
{
	struct drawing d = { r, n };
	struct html_clean how = { .trust = HTML_SAFE,
		.as_xml = true,
		.relink = drawn_link_found,
		.ctx = &d };
	g_autoptr(GString) out = g_string_new(NULL);

	html_clean(out, n->code->drawn, &how);
}

/* So are the blocks of a container. */
static void
add_container(struct run *run, const char *tag, const struct node *n,
    bool is_tight)
{
	struct run inner = run_begin(run->r);

	add_blocks(&inner, n, is_tight);
	run_end(&inner);
	g_string_append_printf(run->html, "<%s></%s>", tag, tag);
}

static void
add_block(struct run *run, const struct node *n, bool is_tight)
{
	switch ((enum node_kind)n->kind) {
	case NODE_HTML_BLOCK: add_raw(run, n); break;
	case NODE_PARAGRAPH:
		check_inlines(run->r, n, !is_tight);
		add(run, is_tight ? "x\n" : "<p>x</p>\n");
		break;
	case NODE_HEADING:
		check_inlines(run->r, n, false);
		add(run, "<h2>x</h2>\n");
		break;
	case NODE_QUOTE: add_container(run, "blockquote", n, false); break;
	case NODE_CALLOUT: add_container(run, "aside", n, false); break;
	case NODE_LIST: add_blocks(run, n, n->list.is_tight); break;
	case NODE_ITEM: add_container(run, "div", n, is_tight); break;
	case NODE_TABLE:
		check_table(run->r, n);
		add(run, "<table></table>\n");
		break;
	case NODE_CODE_BLOCK:
		if (n->code->drawn.len)
			check_drawn(run->r, n);
		add(run, "<pre>x</pre>\n");
		break;
	case NODE_RULE: add(run, "<hr>\n"); break;
	case NODE_QUIZ: run_check(run); break;
	case NODE_DOC:
	case NODE_FOOTNOTE: add_blocks(run, n, false); break;
	case NODE_ROW:
	case NODE_CELL:
	case NODE_COMMENT:
	case NODE_TEXT:
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK:
	case NODE_CODE:
	case NODE_HTML_INLINE:
	case NODE_EMPH:
	case NODE_STRONG:
	case NODE_BLANK:
	case NODE_STRIKE:
	case NODE_LINK:
	case NODE_IMAGE:
	case NODE_FOOTNOTE_REF:
	case NODE_MATH:
	case NODE_MATH_DISPLAY: add_inline(run, n); break;
	}
}

static void
add_blocks(struct run *run, const struct node *parent, bool is_tight)
{
	node_each(n, parent)
		add_block(run, n, is_tight);
}

/* ---- trees */

/* raw_html: none. */
static void
refuse_all(struct raw *r, const struct node *parent)
{
	node_each(n, parent) {
		if (n->kind == NODE_CODE_BLOCK && n->code->drawn.len) {
			check_drawn(r, n);
		} else if (n->kind == NODE_HTML_BLOCK ||
		    n->kind == NODE_HTML_INLINE) {
			diag_at(r->diag, DIAG_HTML_REFUSED,
			    node_loc(&r->source->origin, n), "%.*s",
			    STR_ARG(str_upto(str_trim(n->text), 40)));
			diag_help(r->diag, "site.yaml says 'raw_html: none'");
		} else if (n->kind != NODE_QUIZ && n->kind != NODE_MATH &&
		    n->kind != NODE_MATH_DISPLAY) {
			refuse_all(r, n);
		}
	}
}

static bool
is_phrase(const struct node *tree)
{
	return tree->child && tree->child->kind == NODE_PARAGRAPH &&
	    !tree->child->next;
}

static void
check_tree(const struct node *tree, bool is_answer, void *ctx)
{
	struct raw *r = ctx;

	(void)is_answer;
	if (r->m->book.site->raw_html == RAW_HTML_NONE) {
		refuse_all(r, tree);
		return;
	}
	struct run run = run_begin(r);
	/* An option or a cell of a question that is one phrase. */
	add_blocks(&run, tree, tree != r->source->doc->body && is_phrase(tree));
	run_end(&run);
}

void
raw_check(struct making *m, const struct source *s, struct diag *d,
    source_resolve *resolve, void *ctx)
{
	struct doc *doc = s->doc;
	struct raw r = { m, s, d, resolve, ctx, g_ptr_array_new() };

	source_each_tree(s, check_tree, &r);
	doc->n_raw_links = r.links->len;
	doc->raw_links = arena_array(m->arena, r.links->len, struct link *);
	if (r.links->len)
		memcpy(doc->raw_links, r.links->pdata,
		    r.links->len * sizeof(struct link *));
	g_ptr_array_free(r.links, TRUE);
}
