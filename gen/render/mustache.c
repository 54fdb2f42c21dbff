#include "render/mustache.h"

#include "render/mustache_tags.h"

enum {
	EXCERPT_MOST = 60
};

struct fault {
	const struct template *t;
	size_t offset; /* of the tag in the source */
	const char *help;
};

struct templates {
	struct arena *arena;
	GPtrArray *all; /* struct template, in the order they came */
	GArray *faults; /* struct fault; until they are reported */
	const struct template *outermost; /* or NULL; by templates_link() */
	bool has_dynamic; /* a name comes from the data: it may be any */
};

struct templates *
templates_new(void)
{
	struct templates *t = g_new0(struct templates, 1);

	t->arena = arena_new();
	t->all = g_ptr_array_new();
	t->faults = g_array_new(FALSE, FALSE, sizeof(struct fault));
	return t;
}

void
templates_free(struct templates *t)
{
	if (!t)
		return;
	g_ptr_array_free(t->all, TRUE);
	g_array_free(t->faults, TRUE);
	arena_free(t->arena);
	g_free(t);
}

void
templates_add(struct templates *t, const char *name,
    const struct origin *origin)
{
	struct template *new = arena_obj(t->arena, struct template);

	new->name = arena_strdup(t->arena, name);
	new->origin = origin;
	new->set = t;
	template_compile(new, t->arena);
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

GPtrArray *
templates_names(const struct templates *t)
{
	GPtrArray *names = g_ptr_array_new();

	for (size_t i = 0; i < t->all->len; i++) {
		const struct template *it = t->all->pdata[i];
		g_ptr_array_add(names, it->name);
	}
	g_ptr_array_add(names, NULL);
	return names;
}

bool
template_is_used(const struct template *t)
{
	const struct templates *set = t->set;

	while (t->includer)
		t = t->includer;
	return t == set->outermost || set->has_dynamic;
}

/* --- faults ------------------------------------------------------------- */

void
template_fault(const struct template *t, size_t offset, const char *help, ...)
{
	struct templates *set = t->set;
	va_list ap;

	va_start(ap, help);
	g_autofree char *text = g_strdup_vprintf(help, ap);
	va_end(ap);
	struct fault f = { t, offset, arena_strdup(set->arena, text) };
	g_array_append_val(set->faults, f);
}

static struct loc
place_of(const struct template *t, size_t offset)
{
	struct loc at = { t->origin, 1, 1 };

	for (size_t i = 0; i < offset; i++) {
		at.col++;
		if (t->origin->text.p[i] == '\n') {
			at.line++;
			at.col = 1;
		}
	}
	return at;
}

void
template_report(const struct template *t, size_t offset, struct diag *d)
{
	struct str tag = str_from(t->origin->text, offset);

	tag = str_trim(str_upto(tag, str_find(tag, '\n')));
	for (size_t i = 0; i + 2 < tag.len; i++)
		if (memcmp(tag.p + i, "}}", 2) == 0 && tag.p[i + 2] != '}')
			tag.len = i + 2;
	if (tag.len > EXCERPT_MOST) {
		tag.len = EXCERPT_MOST;
		/* Not in the middle of a character. */
		while (
		    tag.len && ((unsigned char)tag.p[tag.len] & 0xc0) == 0x80)
			tag.len--;
	}
	diag_at(d, DIAG_TEMPLATE_BAD, place_of(t, offset), "%.*s",
	    STR_ARG(tag));
}

void
template_report_from(const struct template *t, const struct tag *by,
    struct diag *d)
{
	diag_from(d, "included from", place_of(t, by->offset));
}

static void
report_faults(struct templates *set, struct diag *d)
{
	for (size_t i = 0; i < set->faults->len; i++) {
		const struct fault *f = &g_array_index(set->faults,
		    struct fault, i);
		template_report(f->t, f->offset, d);
		diag_help(d, "%s", f->help);
		for (const struct template *t = f->t; t->includer;
		     t = t->includer)
			template_report_from(t->includer, t->included_by, d);
	}
	g_array_set_size(set->faults, 0);
}

/* --- what includes what --------------------------------------------------- */

static void
fault_unknown(const struct template *t, const struct tag *g)
{
	const struct templates *set = t->set;
	g_autoptr(GPtrArray) names = templates_names(set);
	g_autofree char *name = g_strndup(g->text.p, g->text.len);
	const char *near = nearest(name, (const char *const *)names->pdata);
	if (near)
		template_fault(t, g->offset,
		    "there is no such template; did you mean '%s'?", near);
	else
		template_fault(t, g->offset, "there is no such template");
}

static void
link_targets(const struct template *t)
{
	for (size_t i = 0; i < t->n_tags; i++) {
		struct tag *g = &t->tags[i];
		if (g->kind != TAG_PARTIAL && g->kind != TAG_PARENT)
			continue;
		if (g->is_dynamic)
			t->set->has_dynamic = true;
		else
			g->target = find(t->set, g->text);
		if (!g->is_dynamic && !g->target)
			fault_unknown(t, g);
	}
}

/* Follows the partials that no section and no block decides over: a circle of
 * those never ends. One that depends on data is how trees are drawn. */
static void
find_cycles(struct template *t)
{
	size_t i = 0;

	t->state = TEMPLATE_OPEN;
	while (i < t->n_tags) {
		struct tag *g = &t->tags[i];
		struct template *target = g->target;
		i = g->end;
		if (!target)
			continue;
		if (target->state == TEMPLATE_OPEN) {
			template_fault(t, g->offset,
			    "the template '%s' would hold itself without end",
			    target->name);
			g->target = NULL;
		} else if (target->state == TEMPLATE_NEW) {
			find_cycles(target);
		}
	}
	t->state = TEMPLATE_DONE;
}

/* Breadth first, so that each is reached on the shortest way. */
static void
find_includers(struct template *root)
{
	g_autoptr(GPtrArray) queue = g_ptr_array_new();

	root->is_reached = true;
	g_ptr_array_add(queue, root);
	for (size_t k = 0; k < queue->len; k++) {
		const struct template *t = queue->pdata[k];
		for (size_t i = 0; i < t->n_tags; i++) {
			struct template *target = t->tags[i].target;
			if (!target || target->is_reached)
				continue;
			target->is_reached = true;
			target->includer = t;
			target->included_by = &t->tags[i];
			g_ptr_array_add(queue, target);
		}
	}
}

void
templates_link(struct templates *set, const char *outermost, struct diag *d)
{
	struct template *first = find(set, str_of(outermost));
	struct template *const *all = (struct template *const *)set->all->pdata;
	size_t n = set->all->len;

	for (size_t i = 0; i < n; i++)
		link_targets(all[i]);
	set->outermost = first;
	if (first)
		find_includers(first);
	/* What has a dynamic name, or none that is drawn. */
	for (size_t i = 0; i < n; i++)
		if (!all[i]->is_reached)
			find_includers(all[i]);
	for (size_t i = 0; i < n; i++)
		if (all[i]->state == TEMPLATE_NEW)
			find_cycles(all[i]);
	report_faults(set, d);
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
