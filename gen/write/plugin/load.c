/* A shared object is loaded, and its description read. */
#include "book/outputs.h"
#include "book/schema.h"
#include "port/shared.h"
#include "write/foreign.h"
#include "write/plugin/plugin_own.h"

#define SYMBOL "ergen_writer_v1"

enum {
	LINE_MOST = 120, /* bytes of its own words in a line of ours */
	/* No header has ever declared a smaller one. */
	SIZE_LEAST = offsetof(struct ergen_writer, close) +
	    sizeof(((struct ergen_writer *)0)->close)
};

struct loading {
	struct plugin *plugin;
	struct writer *writer;
	struct arena *arena;
	struct diag *diag;
};

static bool
    G_GNUC_PRINTF(2, 3) refuse(const struct loading *l, const char *fmt, ...)
{
	const struct output *o = l->plugin->output;
	va_list args;

	va_start(args, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, args);
	va_end(args);
	diag_at(l->diag, DIAG_PLUGIN_BAD, o->at, "%s: %s", o->plugin, what);
	return false;
}

static const char *
line_of(const struct loading *l, const char *text)
{
	g_autofree char *line = foreign_line(text ? text : "", LINE_MOST);

	return arena_strdup(l->arena, g_strstrip(line));
}

/* --- what it is --------------------------------------------------------- */

/* Only abi and size may be read before they are known. */
static bool
read_description(struct loading *l, const struct ergen_writer *given)
{
	if (!given)
		return refuse(l, "%s() returns NULL", SYMBOL);
	if (given->abi != ERGEN_WRITER_ABI) {
		refuse(l, "is made for ABI %u", (unsigned)given->abi);
		diag_help(l->diag,
		    "this ergen has ABI %d: compile it with its ergen-writer.h",
		    ERGEN_WRITER_ABI);
		return false;
	}
	if (given->size < SIZE_LEAST)
		return refuse(l, "its struct ergen_writer has %u bytes, not %u",
		    (unsigned)given->size, (unsigned)SIZE_LEAST);
	memcpy(&l->plugin->own, given, MIN(given->size, sizeof(*given)));
	return true;
}

static bool
is_usable(const struct loading *l)
{
	const struct ergen_writer *w = &l->plugin->own;

	if (w->order > ERGEN_ANY)
		return refuse(l, "its order is unknown: %u",
		    (unsigned)w->order);
	if (!w->emit && !w->finish)
		return refuse(l, "has neither an emit nor a finish hook");
	if (w->render && !w->emit)
		return refuse(l, "has a render hook, but no emit hook");
	if ((w->n_supports && !w->supports) || (w->n_options && !w->options))
		return refuse(l, "counts what it does not have");
	return true;
}

static void
read_supports(struct loading *l)
{
	const struct ergen_writer *w = &l->plugin->own;
	struct foreign_supports all;

	foreign_supports_init(&all, w->n_supports, l->arena);
	for (size_t i = 0; i < w->n_supports; i++) {
		const struct ergen_support *s = &w->supports[i];
		const char *how = s->how && s->how[0] ? line_of(l, s->how)
		    : s->level == ERGEN_NONE          ? "left out"
						      : "simplified";
		if (s->name)
			foreign_supports_add(&all, s->name,
			    s->level == ERGEN_FULL ? NULL : how);
	}
	l->writer->renditions = all.renditions;
	l->writer->nodes = all.nodes;
}

/* --- options ------------------------------------------------------------ */

static void
report_unknown(const struct loading *l, const struct setting *s)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (const struct writer_option *o = l->plugin->options; o->key; o++)
		g_ptr_array_add(names, (char *)(uintptr_t)o->key);
	g_ptr_array_add(names, NULL);
	diag_at(l->diag, DIAG_SITE_KEY, s->at, "outputs.%s.options.%s",
	    l->plugin->output->name, s->key);
	const char *near = nearest(s->key, (const char *const *)names->pdata);
	if (near)
		diag_help(l->diag, "did you mean '%s'?", near);
}

static void
read_option_list(struct loading *l)
{
	const struct ergen_writer *w = &l->plugin->own;
	struct writer_option *all = arena_array(l->arena, w->n_options + 1,
	    struct writer_option);
	size_t n = 0;

	for (size_t i = 0; i < w->n_options; i++)
		if (w->options[i].key)
			all[n++] = (struct writer_option){ w->options[i].key,
				w->options[i].fallback,
				line_of(l, w->options[i].help) };
	l->plugin->options = l->writer->options = all;
}

static bool
read_options(struct loading *l)
{
	struct plugin *p = l->plugin;
	const size_t n_bad = diag_count(l->diag, DIAG_ERROR);
	const struct setting *given = NULL;
	size_t n_given = 0;

	read_option_list(l);
	const char **values = arena_array(l->arena, p->own.n_options + 1,
	    const char *);
	if (p->output->options)
		given = settings_read(p->output->options, &n_given, l->arena,
		    l->diag);
	for (size_t i = 0; p->options[i].key; i++)
		values[i] = p->options[i].fallback;
	for (size_t i = 0; i < n_given; i++) {
		size_t k = 0;
		while (p->options[k].key &&
		    strcmp(p->options[k].key, given[i].key) != 0)
			k++;
		if (p->options[k].key)
			values[k] = given[i].value;
		else
			report_unknown(l, &given[i]);
	}
	p->values = values;
	return diag_count(l->diag, DIAG_ERROR) == n_bad;
}

/* --- the object --------------------------------------------------------- */

typedef const struct ergen_writer *describe(void);

static describe *
load(const struct loading *l, const char *dir)
{
	const char *path = l->plugin->output->plugin;
	const char *why, *more;

	if (!strchr(path, '/')) {
		refuse(l, "has no slash");
		diag_help(l->diag, "a path is expected: './%s'", path);
		return NULL;
	}
	g_autofree char *whole = g_path_is_absolute(path)
	    ? g_strdup(path)
	    : g_build_filename(dir, path, NULL);
	shared_function *f = shared_load(whole, SYMBOL, l->arena, &why, &more);
	if (f)
		return (describe *)f;
	refuse(l, "%s", why);
	if (more[0])
		diag_help(l->diag, "%s", more);
	return NULL;
}

bool
plugin_load(struct plugin *p, struct writer *w, const char *dir,
    struct arena *a, struct diag *d)
{
	struct loading l = { p, w, a, d };
	describe *describes = load(&l, dir);

	if (!describes || !read_description(&l, describes()) || !is_usable(&l))
		return false;
	w->summary = line_of(&l, p->own.summary);
	if (!w->summary[0])
		w->summary = p->output->plugin;
	w->order = p->own.order == ERGEN_ANY ? EMIT_ANY : EMIT_READING;
	read_supports(&l);
	return read_options(&l);
}
