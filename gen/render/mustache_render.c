/* Drawing a compiled template: nothing is allocated but the text. */
#include "base/text.h"
#include "render/html.h"
#include "render/mustache_tags.h"

/* So many partials and blocks in one rendering. A template that holds itself
 * twice would otherwise double its work on every one of the levels. */
enum {
	DESCENTS_MOST = 1 << 18
};

/* What a line of a partial begins with, from the outermost on. */
struct indent {
	struct str text;
	const struct indent *outer;
};

/* The blocks within a {{<parent}} that is being drawn. */
struct args {
	const struct template *t;
	const struct tag *parent;
	const struct args *outer;
};

struct scope {
	const struct template *t;
	const struct indent *indent;
	const struct args *args;
	/* What led here: a partial or a block; NULL: nothing. */
	const struct scope *outer;
	const struct tag *by; /* of outer */
};

struct render {
	GString *out;
	const struct value *stack[TEMPLATE_DEPTH_MOST + 1];
	size_t n_stack, depth, n_descents;
	struct diag *d;
	bool is_cut; /* a bound was reached, and reported */
};

static void
render_tags(struct render *r, const struct scope *s, size_t from, size_t end);

static const struct value *
member_find(const struct value *map, struct str name)
{
	if (map->kind != VALUE_MAP)
		return NULL;
	for (size_t i = 0; i < map->n_members; i++) {
		const char *z = map->members[i].name;
		if (strncmp(z, name.p, name.len) == 0 && z[name.len] == '\0')
			return &map->members[i].value;
	}
	return NULL;
}

/* The first part is looked for from the innermost context outwards, the others
 * only within what the part before has given. NULL: not found. */
static const struct value *
lookup(const struct render *r, const struct tag *g)
{
	const struct value *found = NULL;

	if (g->n_parts == 0)
		return r->stack[r->n_stack - 1];
	for (size_t i = r->n_stack; i > 0 && !found; i--)
		found = member_find(r->stack[i - 1], g->parts[0]);
	for (size_t i = 1; i < g->n_parts && found; i++)
		found = member_find(found, g->parts[i]);
	return found;
}

static bool
is_true(const struct value *v)
{
	if (!v)
		return false;
	switch (v->kind) {
	case VALUE_NONE: return false;
	case VALUE_TEXT:
	case VALUE_HTML: return v->text.len > 0;
	case VALUE_LIST: return v->n_items > 0;
	case VALUE_TRUE:
	case VALUE_MAP: break;
	}
	return true;
}

static void
put(GString *out, struct str s)
{
	text_add(out, s.p, s.len);
}

static void
put_indent(GString *out, const struct indent *in)
{
	if (!in)
		return;
	put_indent(out, in->outer);
	put(out, in->text);
}

static void
put_value(GString *out, const struct value *v, bool escape)
{
	if (!v || (v->kind != VALUE_TEXT && v->kind != VALUE_HTML))
		return;
	if (escape && v->kind == VALUE_TEXT)
		html_attr(out, v->text);
	else
		put(out, v->text);
}

/* A template that holds itself gets here by the same tags again and again. */
static bool
is_repeated(const struct scope *from, const struct scope *at)
{
	for (const struct scope *s = from; s != at; s = s->outer)
		if (s->by == at->by)
			return true;
	return false;
}

/* A tag of this scope is not descended into. */
static void
cut(struct render *r, const struct scope *s, const struct tag *g)
{
	if (r->is_cut)
		return;
	r->is_cut = true;
	template_report(s->t, g->offset, r->d);
	if (r->depth == TEMPLATE_DEPTH_MOST)
		diag_help(r->d,
		    "while a page is drawn, tags may be nested %d levels deep; does a template hold itself without end?",
		    TEMPLATE_DEPTH_MOST);
	else
		diag_help(r->d,
		    "one page may be drawn of %d partials and blocks",
		    DESCENTS_MOST);
	for (const struct scope *at = s; at->outer; at = at->outer)
		if (!is_repeated(s, at))
			template_report_from(at->outer->t, at->by, r->d);
}

/* Draws what a tag leads to: of s from one tag to another. */
static void
descend(struct render *r, const struct scope *s, size_t from, size_t end)
{
	if (r->n_descents++ >= DESCENTS_MOST ||
	    r->depth == TEMPLATE_DEPTH_MOST) {
		cut(r, s->outer, s->by);
		return;
	}
	r->depth++;
	render_tags(r, s, from, end);
	r->depth--;
}

/* Draws what a section encloses. */
static void
render_inside(struct render *r, const struct scope *s, size_t at)
{
	const struct tag *g = &s->t->tags[at];

	if (r->depth == TEMPLATE_DEPTH_MOST) {
		cut(r, s, g);
		return;
	}
	r->depth++;
	render_tags(r, s, at + 1, g->end);
	r->depth--;
}

static void
render_section(struct render *r, const struct scope *s, size_t at)
{
	const struct tag *g = &s->t->tags[at];
	const struct value *v = lookup(r, g);

	if (!is_true(v))
		return;
	if (r->depth == TEMPLATE_DEPTH_MOST) {
		cut(r, s, g);
		return;
	}
	const struct value *items = v->kind == VALUE_LIST ? v->items : v;
	size_t n = v->kind == VALUE_LIST ? v->n_items : 1;
	r->n_stack++;
	for (size_t i = 0; i < n; i++) {
		r->stack[r->n_stack - 1] = &items[i];
		render_inside(r, s, at);
	}
	r->n_stack--;
}

static void
render_inverted(struct render *r, const struct scope *s, size_t at)
{
	if (!is_true(lookup(r, &s->t->tags[at])))
		render_inside(r, s, at);
}

static const struct template *
target_of(const struct render *r, const struct scope *s, const struct tag *g)
{
	if (!g->is_dynamic)
		return g->target;
	const struct value *v = lookup(r, g);
	if (!v || v->kind != VALUE_TEXT)
		return NULL;
	return templates_find_str(s->t->set, v->text);
}

static void
render_partial(struct render *r, const struct scope *s, const struct tag *g)
{
	const struct template *t = target_of(r, s, g);
	const struct indent in = { g->indent, s->indent };
	const struct args args = { s->t, g, s->args };

	if (!t)
		return;
	/* In the middle of a line a partial is not indented, not even as far
	 * as the lines around it. */
	const struct scope inner = { t, g->is_standalone ? &in : NULL,
		g->kind == TAG_PARENT ? &args : s->args, s, g };
	descend(r, &inner, 0, t->n_tags);
}

static const struct tag *
argument_in(const struct args *args, struct str name)
{
	const struct tag *tags = args->t->tags;
	size_t i = (size_t)(args->parent - tags) + 1;

	for (; i < args->parent->end; i = tags[i].end)
		if (tags[i].kind == TAG_BLOCK && str_eq(tags[i].text, name))
			return &tags[i];
	return NULL;
}

/* What is drawn in place of a block. The outermost argument wins: the last
 * template to inherit has the last word. Its text belongs to the template that
 * wrote it, whose own parameters are those further out. */
static const struct tag *
block_body(const struct scope *s, const struct tag *g, struct scope *inner)
{
	const struct tag *body = g;

	for (const struct args *a = s->args; a; a = a->outer) {
		const struct tag *found = argument_in(a, g->text);
		if (!found)
			continue;
		body = found;
		inner->t = a->t;
		inner->args = a->outer;
	}
	return body;
}

static void
render_block(struct render *r, const struct scope *s, const struct tag *g)
{
	const struct indent in = { g->indent, s->indent };
	struct scope inner = { s->t, s->indent, s->args, s, g };
	const struct tag *body = block_body(s, g, &inner);
	size_t inside = (size_t)(body - inner.t->tags) + 1;
	size_t before = r->out->len;

	if (g->is_hanging || g->is_standalone)
		inner.indent = &in;
	else if (body != g)
		inner.indent = NULL;
	bool is_phrase = g->is_standalone && !body->is_hanging;
	if (is_phrase)
		put_indent(r->out, &in);
	size_t begin = r->out->len;
	descend(r, &inner, inside, body->end);
	if (r->out->len == begin)
		g_string_truncate(r->out, before);
	else if (g->is_standalone && r->out->str[r->out->len - 1] != '\n')
		g_string_append_c(r->out, '\n');
}

static void
render_tags(struct render *r, const struct scope *s, size_t from, size_t end)
{
	for (size_t i = from; i < end; i = s->t->tags[i].end) {
		const struct tag *g = &s->t->tags[i];
		switch (g->kind) {
		case TAG_TEXT:
			if (g->is_line_start)
				put_indent(r->out, s->indent);
			put(r->out, g->text);
			break;
		case TAG_VALUE: put_value(r->out, lookup(r, g), true); break;
		case TAG_RAW: put_value(r->out, lookup(r, g), false); break;
		case TAG_SECTION: render_section(r, s, i); break;
		case TAG_INVERTED: render_inverted(r, s, i); break;
		case TAG_PARTIAL:
		case TAG_PARENT: render_partial(r, s, g); break;
		case TAG_BLOCK: render_block(r, s, g); break;
		}
	}
}

bool
template_render(GString *out, const struct template *t,
    const struct value *data, struct diag *d)
{
	struct render r = { .out = out,
		.stack = { data },
		.n_stack = 1,
		.d = d };
	const struct scope s = { .t = t };

	render_tags(&r, &s, 0, t->n_tags);
	return !r.is_cut;
}
