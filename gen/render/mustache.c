#include "render/mustache.h"

#include "render/mustache_tags.h"

struct templates {
	struct arena *arena;
	GPtrArray *all; /* struct template, in the order they came */
};

struct templates *
templates_new(void)
{
	struct templates *t = g_new0(struct templates, 1);

	t->arena = arena_new();
	t->all = g_ptr_array_new();
	return t;
}

void
templates_free(struct templates *t)
{
	if (!t)
		return;
	g_ptr_array_free(t->all, TRUE);
	arena_free(t->arena);
	g_free(t);
}

void
templates_add(struct templates *t, const char *name,
    const struct origin *origin, struct diag *d)
{
	struct template *new = arena_obj(t->arena, struct template);

	new->name = arena_strdup(t->arena, name);
	new->origin = origin;
	new->set = t;
	template_compile(new, t->arena, d);
	for (size_t i = 0; i < t->all->len; i++) {
		const struct template *old = t->all->pdata[i];
		if (strcmp(old->name, name) == 0) {
			t->all->pdata[i] = new;
			return;
		}
	}
	g_ptr_array_add(t->all, new);
}

/* A theme has a few dozen templates, and names are looked up once, but for
 * dynamic ones; so there is no table. */
static struct template *
find(const struct templates *t, struct str name)
{
	for (size_t i = 0; i < t->all->len; i++) {
		struct template *it = t->all->pdata[i];
		if (str_is(name, it->name))
			return it;
	}
	return NULL;
}

const struct template *
templates_find_str(const struct templates *t, struct str name)
{
	return find(t, name);
}

const struct template *
templates_find(const struct templates *t, const char *name)
{
	return find(t, str_of(name));
}

static void
report_unknown(const struct templates *set, const struct template *t,
    const struct tag *g, struct diag *d)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *name = g_strndup(g->text.p, g->text.len);

	for (size_t i = 0; i < set->all->len; i++) {
		const struct template *it = set->all->pdata[i];
		g_ptr_array_add(names, it->name);
	}
	g_ptr_array_add(names, NULL);
	template_fault(t->origin, g->offset, d);
	const char *near = nearest(name, (const char *const *)names->pdata);
	if (near)
		diag_help(d, "there is no such template; did you mean '%s'?",
		    near);
	else
		diag_help(d, "there is no such template");
}

static void
link_targets(const struct templates *set, const struct template *t,
    struct diag *d)
{
	for (size_t i = 0; i < t->n_tags; i++) {
		struct tag *g = &t->tags[i];
		if (g->kind != TAG_PARTIAL && g->kind != TAG_PARENT)
			continue;
		if (g->is_dynamic)
			continue;
		g->target = find(set, g->text);
		if (!g->target)
			report_unknown(set, t, g, d);
	}
}

/* Follows the partials that no section and no block decides over: a circle of
 * those never ends. One that depends on data is how trees are drawn. */
static void
find_cycles(struct template *t, struct diag *d)
{
	size_t i = 0;

	t->state = TEMPLATE_OPEN;
	while (i < t->n_tags) {
		const struct tag *g = &t->tags[i];
		struct template *target = g->target;
		i = g->end;
		if (!target)
			continue;
		if (target->state == TEMPLATE_OPEN) {
			template_fault(t->origin, g->offset, d);
			diag_help(d,
			    "the template '%s' would hold itself without end",
			    target->name);
		} else if (target->state == TEMPLATE_NEW) {
			find_cycles(target, d);
		}
	}
	t->state = TEMPLATE_DONE;
}

void
templates_link(struct templates *t, struct diag *d)
{
	for (size_t i = 0; i < t->all->len; i++)
		link_targets(t, t->all->pdata[i], d);
	for (size_t i = 0; i < t->all->len; i++) {
		struct template *it = t->all->pdata[i];
		if (it->state == TEMPLATE_NEW)
			find_cycles(it, d);
	}
}

struct value
value_text(const char *z)
{
	if (!z || !z[0])
		return (struct value){ .kind = VALUE_NONE };
	return (struct value){ .kind = VALUE_TEXT, .text = str_of(z) };
}

struct value
value_html(struct str s)
{
	if (s.len == 0)
		return (struct value){ .kind = VALUE_NONE };
	return (struct value){ .kind = VALUE_HTML, .text = s };
}

struct value
value_bool(bool b)
{
	return (struct value){ .kind = b ? VALUE_TRUE : VALUE_NONE };
}

struct value
value_map(const struct member *members, size_t n)
{
	return (struct value){ .kind = VALUE_MAP,
		.members = members,
		.n_members = n };
}

struct value
value_list(const struct value *items, size_t n)
{
	return (
	    struct value){ .kind = VALUE_LIST, .items = items, .n_items = n };
}
