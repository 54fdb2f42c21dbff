#include "book/outputs.h"

#include "book/schema.h"

const char *const *
argv_read(const struct yaml *y, struct arena *a)
{
	size_t n = y->kind == YAML_LIST ? y->n_items : 1;
	const char **argv = arena_array(a, n + 1, const char *);

	for (size_t i = 0; i < n; i++) {
		const struct yaml *one = y->kind == YAML_LIST ? &y->items[i]
							      : y;
		if (one->kind != YAML_SCALAR || (i == 0 && one->text.len == 0))
			return NULL;
		argv[i] = one->text.p;
	}
	return n ? argv : NULL;
}

const struct setting *
settings_read(const struct yaml *map, size_t *n_settings, struct arena *a,
    struct diag *d)
{
	struct setting *all = arena_array(a, map->n_items, struct setting);
	size_t n = 0;

	for (size_t i = 0; i < map->n_items; i++) {
		const struct yaml *value = &map->items[i];
		if (value->kind != YAML_SCALAR)
			schema_wrong(DIAG_SITE_TYPE, map->keys[i].name, value,
			    "text, a number, true or false", d);
		else if (!yaml_is_null(value))
			all[n++] = (struct setting){ map->keys[i].name,
				value->text.p, map->keys[i].at };
	}
	*n_settings = n;
	return all;
}

static int
compare_outputs(const void *x, const void *y)
{
	const struct output *a = x, *b = y;

	return strcmp(a->name, b->name);
}

static void
set_outputs(struct site *site, struct arena *a, const GArray *all)
{
	struct output *outputs = arena_array_of(a, all);

	if (all->len > 1)
		qsort(outputs, all->len, sizeof(*outputs), compare_outputs);
	site->outputs = outputs;
	site->n_outputs = all->len;
}

void
outputs_default(struct site *site, struct arena *a)
{
	static const char *const names[] = { "html", "epub", "anki" };
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct output));

	for (size_t i = 0; i < (site->id ? G_N_ELEMENTS(names) : 1); i++) {
		struct output out = { .name = names[i],
			.at = { site->origin, 0, 0 } };
		g_array_append_val(all, out);
	}
	set_outputs(site, a, all);
}

/* What an output of the author's own takes. */
struct own_output {
	const char *const *command;
	size_t n_command;
	const char *plugin;
	const struct yaml *options;
	int seconds, output_mib;
};

#define IN_OWN(field) offsetof(struct own_output, field)

static bool
is_filled(struct str s)
{
	return s.len > 0;
}

static const struct schema_text plugin_path = { .name = "path",
	.is_valid = is_filled,
	.pattern = "\\S" };

const struct schema_key own_output_keys[] = {
	{ .name = "command",
	    .type = SCHEMA_LIST,
	    .at = IN_OWN(command),
	    .n_at = IN_OWN(n_command),
	    .help =
		"A program and its arguments, run in the course's folder without a shell: `[./writers/slides.py]`." },
	{ .name = "plugin",
	    .type = SCHEMA_TEXT,
	    .at = IN_OWN(plugin),
	    .text = &plugin_path,
	    .help =
		"A shared object instead, relative to the course's folder: `./writers/slides.so`." },
	{ .name = "options",
	    .type = SCHEMA_MAP,
	    .at = IN_OWN(options),
	    .help = "Options of its own; it says which it takes." },
	{ .name = "seconds",
	    .type = SCHEMA_INT,
	    .at = IN_OWN(seconds),
	    .least = 1,
	    .most = 3600,
	    .fallback = "60",
	    .help = "How long a build waits for the program, in all." },
	{ .name = "output_mib",
	    .type = SCHEMA_INT,
	    .at = IN_OWN(output_mib),
	    .least = 1,
	    .most = 4096,
	    .fallback = "256",
	    .help = "Size of all files that it may write, in MiB." },
	{ 0 },
};

static bool
is_own(const struct yaml *value)
{
	return yaml_get(value, "command") || yaml_get(value, "plugin");
}

static void
read_own(struct output *out, const struct yaml *value, struct arena *a,
    struct diag *d)
{
	static const struct schema schema = { .keys = own_output_keys,
		.key_id = DIAG_SITE_KEY,
		.type_id = DIAG_SITE_TYPE };
	const struct yaml *command = yaml_get(value, "command");
	struct own_output own;

	schema_read(&schema, value, &own, a, d);
	/* Read again: arguments stay as they are written. */
	out->command = command && own.n_command ? argv_read(command, a) : NULL;
	out->plugin = own.plugin;
	out->options = own.options;
	out->seconds = (unsigned)own.seconds;
	out->output_mib = (unsigned)own.output_mib;
	out->is_own = true;
	if (out->command && out->plugin) {
		schema_wrong(DIAG_SITE_TYPE, out->name, value,
		    "either a command or a plugin", d);
		out->command = NULL;
		out->plugin = NULL;
	} else if (command && !out->command && own.n_command)
		schema_wrong(DIAG_SITE_TYPE, "command", command,
		    "a program and its arguments as a list: [./writers/slides.py]",
		    d);
	else if (!out->command && !out->plugin)
		diag_at(d, DIAG_SITE_REQUIRED, out->at, "command");
}

void
outputs_read(const struct yaml *map, struct site *site, struct arena *a,
    struct diag *d)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct output));

	for (size_t i = 0; i < map->n_items; i++) {
		const struct yaml *value = &map->items[i];
		struct output out = { .name = map->keys[i].name,
			.at = map->keys[i].at };
		if (value->kind == YAML_MAP && is_own(value))
			read_own(&out, value, a, d);
		else if (value->kind == YAML_MAP)
			out.settings = settings_read(value, &out.n_settings, a,
			    d);
		else if (!yaml_is_null(value))
			schema_wrong(DIAG_SITE_TYPE, out.name, value,
			    "settings as a map: {} for none", d);
		g_array_append_val(all, out);
	}
	set_outputs(site, a, all);
}
