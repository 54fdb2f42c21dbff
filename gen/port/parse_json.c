#include "port/parse_json.h"

#include <jansson.h>
#include <stdint.h>

enum {
	DEPTH_MOST = 64
};

static bool
fill(struct yaml *to, const json_t *from, int depth, struct arena *a);

static void
fill_text(struct yaml *to, const char *text)
{
	to->kind = YAML_SCALAR;
	to->text = str_of(text);
}

static bool
fill_list(struct yaml *to, const json_t *from, int depth, struct arena *a)
{
	const size_t n = json_array_size(from);
	struct yaml *items = arena_array(a, n, struct yaml);

	to->kind = YAML_LIST;
	to->items = items;
	to->n_items = n;
	for (size_t i = 0; i < n; i++)
		if (!fill(&items[i], json_array_get(from, i), depth, a))
			return false;
	return true;
}

static bool
fill_map(struct yaml *to, json_t *from, int depth, struct arena *a)
{
	const size_t n = json_object_size(from);
	struct yaml *items = arena_array(a, n, struct yaml);
	struct yaml_key *keys = arena_array(a, n, struct yaml_key);
	void *at = json_object_iter(from);

	to->kind = YAML_MAP;
	to->items = items;
	to->keys = keys;
	to->n_items = n;
	for (size_t i = 0; i < n; i++, at = json_object_iter_next(from, at)) {
		keys[i].name = arena_strdup(a, json_object_iter_key(at));
		if (!fill(&items[i], json_object_iter_value(at), depth, a))
			return false;
	}
	return true;
}

static bool
fill(struct yaml *to, const json_t *from, int depth, struct arena *a)
{
	if (depth > DEPTH_MOST)
		return false;
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		/* Its iterator wants more rights than it uses. */
		return fill_map(to, (json_t *)(uintptr_t)from, depth + 1, a);
	case JSON_ARRAY: return fill_list(to, from, depth + 1, a);
	case JSON_STRING:
		fill_text(to, arena_strdup(a, json_string_value(from)));
		to->is_quoted = true;
		return true;
	case JSON_INTEGER:
		fill_text(to,
		    arena_printf(a, "%" JSON_INTEGER_FORMAT,
			json_integer_value(from)));
		return true;
	case JSON_REAL: {
		char text[G_ASCII_DTOSTR_BUF_SIZE];
		g_ascii_dtostr(text, sizeof(text), json_real_value(from));
		fill_text(to, arena_strdup(a, text));
		return true;
	}
	case JSON_TRUE: fill_text(to, "true"); return true;
	case JSON_FALSE: fill_text(to, "false"); return true;
	case JSON_NULL: fill_text(to, "null"); return true;
	}
	return false;
}

const struct yaml *
parse_json(struct str text, struct arena *a, const char **why)
{
	json_error_t error;
	struct yaml *root = arena_obj(a, struct yaml);
	json_t *json = json_loadb(text.p, text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);

	*why = NULL;
	if (!json)
		*why = arena_printf(a, "%s (column %d)", error.text,
		    error.column);
	else if (!fill(root, json, 0, a))
		*why = "the nesting is too deep";
	json_decref(json);
	return *why ? NULL : root;
}
