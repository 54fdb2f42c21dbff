/*
 * Options of a program: `options` in site.yaml against the JSON Schema that it
 * describes them with. Of JSON Schema only what has a use here: properties,
 * required, type, enum, default, minimum, maximum, items. Whatever else it
 * says is the program's own to check.
 */
#include "base/json.h"
#include "book/schema.h"
#include "write/exec/exec_own.h"

struct options {
	const struct output *output;
	struct diag *diag;
	bool has_failed;
};

static bool
put_value(struct json *j, const struct yaml *value, const struct yaml *schema);

/* https://www.rfc-editor.org/rfc/rfc8259#section-6 */
static bool
is_number(struct str s, bool is_whole)
{
	size_t i = 0, start;

	i += s.len > 0 && s.p[0] == '-';
	for (start = i; i < s.len && g_ascii_isdigit(s.p[i]);)
		i++;
	if (i == start || (s.p[start] == '0' && i > start + 1))
		return false;
	if (is_whole || i == s.len)
		return i == s.len;
	if (s.p[i] == '.') {
		for (start = ++i; i < s.len && g_ascii_isdigit(s.p[i]);)
			i++;
		if (i == start)
			return false;
	}
	if (i < s.len && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		i += i < s.len && (s.p[i] == '+' || s.p[i] == '-');
		for (start = i; i < s.len && g_ascii_isdigit(s.p[i]);)
			i++;
		if (i == start)
			return false;
	}
	return i == s.len;
}

static bool
is_truth(struct str s)
{
	return str_is(s, "true") || str_is(s, "false");
}

static bool
put_list(struct json *j, const struct yaml *list, const struct yaml *schema)
{
	const struct yaml *items = schema ? yaml_get(schema, "items") : NULL;
	bool ok = true;

	json_open(j, '[');
	for (size_t i = 0; i < list->n_items; i++)
		ok = put_value(j, &list->items[i], items) && ok;
	json_close(j, ']');
	return ok;
}

static bool
put_map(struct json *j, const struct yaml *map)
{
	bool ok = true;

	json_open(j, '{');
	for (size_t i = 0; i < map->n_items; i++) {
		json_key(j, map->keys[i].name);
		ok = put_value(j, &map->items[i], NULL) && ok;
	}
	json_close(j, '}');
	return ok;
}

/* As YAML's core schema has it:
 * https://yaml.org/spec/1.2.2/#103-core-schema */
static void
put_untyped(struct json *j, const struct yaml *value)
{
	if (!value->is_quoted && yaml_is_null(value))
		json_strz(j, NULL);
	else if (!value->is_quoted &&
	    (is_truth(value->text) || is_number(value->text, false)))
		json_raw(j, value->text);
	else
		json_str(j, value->text);
}

static const char *
type_of(const struct yaml *schema)
{
	const struct yaml *type = schema ? yaml_get(schema, "type") : NULL;

	return type && type->kind == YAML_SCALAR ? type->text.p : "";
}

static bool
put_scalar(struct json *j, const struct yaml *value, const char *type)
{
	if (strcmp(type, "string") == 0) {
		json_str(j, value->text);
		return true;
	}
	const bool fits = strcmp(type, "boolean") == 0 ? is_truth(value->text)
	    : strcmp(type, "integer") == 0 ? is_number(value->text, true)
	    : strcmp(type, "number") == 0  ? is_number(value->text, false)
					   : false;
	if (fits)
		json_raw(j, value->text);
	else
		put_untyped(j, value);
	return fits || !type[0];
}

/* Writes something in any case, so that the text stays JSON. */
static bool
put_value(struct json *j, const struct yaml *value, const struct yaml *schema)
{
	const char *type = type_of(schema);

	switch (value->kind) {
	case YAML_LIST:
		return put_list(j, value, schema) &&
		    (!type[0] || strcmp(type, "array") == 0);
	case YAML_MAP:
		return put_map(j, value) &&
		    (!type[0] || strcmp(type, "object") == 0);
	case YAML_SCALAR: break;
	}
	return put_scalar(j, value, type);
}

/* --- what a value may be ------------------------------------------------ */

static bool
is_in_list(const struct yaml *list, struct str text)
{
	for (size_t i = 0; i < list->n_items; i++)
		if (list->items[i].kind == YAML_SCALAR &&
		    str_eq(list->items[i].text, text))
			return true;
	return false;
}

static bool
is_in_range(const struct yaml *value, const struct yaml *schema)
{
	const struct yaml *least = yaml_get(schema, "minimum");
	const struct yaml *most = yaml_get(schema, "maximum");
	const char *type = type_of(schema);

	if (strcmp(type, "integer") != 0 && strcmp(type, "number") != 0)
		return true;
	const double x = g_ascii_strtod(value->text.p, NULL);
	return (!least || x >= g_ascii_strtod(least->text.p, NULL)) &&
	    (!most || x <= g_ascii_strtod(most->text.p, NULL));
}

static bool
is_allowed(const struct yaml *value, const struct yaml *schema)
{
	const struct yaml *words = schema ? yaml_get(schema, "enum") : NULL;

	if (!schema || value->kind != YAML_SCALAR)
		return true;
	if (words && words->kind == YAML_LIST &&
	    !is_in_list(words, value->text))
		return false;
	return is_in_range(value, schema);
}

static void
expect_words(GString *s, const struct yaml *words)
{
	for (size_t i = 0; i < words->n_items; i++)
		if (words->items[i].kind == YAML_SCALAR)
			g_string_append_printf(s, "%s%s",
			    i == 0                        ? ""
				: i + 1 == words->n_items ? " or "
							  : ", ",
			    words->items[i].text.p);
}

/* "an integer from 1 to 6", "a, b or c" */
static char *
expects(const struct yaml *schema)
{
	static const char *const names[][2] = { { "string", "text" },
		{ "integer", "a whole number" }, { "number", "a number" },
		{ "boolean", "true or false" }, { "array", "a list" },
		{ "object", "a map" } };
	const struct yaml *words = yaml_get(schema, "enum");
	const struct yaml *least = yaml_get(schema, "minimum");
	const struct yaml *most = yaml_get(schema, "maximum");
	GString *s = g_string_new(NULL);

	if (words && words->kind == YAML_LIST) {
		expect_words(s, words);
		return g_string_free(s, FALSE);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(names[i][0], type_of(schema)) == 0)
			g_string_append(s, names[i][1]);
	if (least && least->kind == YAML_SCALAR)
		g_string_append_printf(s, " from %s", least->text.p);
	if (most && most->kind == YAML_SCALAR)
		g_string_append_printf(s, " to %s", most->text.p);
	return g_string_free(s, FALSE);
}

/* --- all of them -------------------------------------------------------- */

static void
report_unknown(struct options *o, const struct yaml_key *key,
    const struct yaml *known)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; known && i < known->n_items; i++)
		g_ptr_array_add(names, (char *)(uintptr_t)known->keys[i].name);
	g_ptr_array_add(names, NULL);
	diag_at(o->diag, DIAG_SITE_KEY, key->at, "outputs.%s.options.%s",
	    o->output->name, key->name);
	const char *near = nearest(key->name,
	    (const char *const *)names->pdata);
	if (near)
		diag_help(o->diag, "did you mean '%s'?", near);
	o->has_failed = true;
}

static void
put_given(struct options *o, struct json *j, const struct yaml *value,
    const struct yaml *schema, const char *name)
{
	if (put_value(j, value, schema) && is_allowed(value, schema))
		return;
	g_autofree char *expected = expects(schema);
	schema_wrong(DIAG_SITE_TYPE, name, value, expected, o->diag);
	o->has_failed = true;
}

static void
check_required(struct options *o, const struct yaml *required)
{
	const struct yaml *given = o->output->options;

	for (size_t i = 0; i < required->n_items; i++) {
		const struct yaml *name = &required->items[i];
		if (name->kind != YAML_SCALAR ||
		    (given && yaml_get(given, name->text.p)))
			continue;
		diag_at(o->diag, DIAG_SITE_REQUIRED, o->output->at,
		    "outputs.%s.options.%s", o->output->name, name->text.p);
		o->has_failed = true;
	}
}

/* In the order of the schema, then those that it says nothing of. */
static void
put_known(struct options *o, struct json *j, const struct yaml *known)
{
	const struct yaml *given = o->output->options;

	for (size_t i = 0; i < known->n_items; i++) {
		const struct yaml *schema = &known->items[i];
		const char *name = known->keys[i].name;
		const struct yaml *value = given ? yaml_get(given, name) : NULL;
		const bool is_given = value && !yaml_is_null(value);
		const struct yaml *otherwise = yaml_get(schema, "default");
		if (!is_given && !otherwise)
			continue;
		json_key(j, name);
		if (is_given)
			put_given(o, j, value, schema, name);
		else
			(void)put_value(j, otherwise, NULL);
	}
}

bool
exec_options(GString *json, const struct yaml *schema, const struct output *out,
    struct diag *d)
{
	struct options o = { out, d, false };
	struct json j = { .out = json };
	const struct yaml *given = out->options;
	const struct yaml *known = schema ? yaml_get(schema, "properties")
					  : NULL;
	const struct yaml *required = schema ? yaml_get(schema, "required")
					     : NULL;

	if (known && known->kind != YAML_MAP)
		known = NULL;
	json_open(&j, '{');
	if (required && required->kind == YAML_LIST)
		check_required(&o, required);
	if (known)
		put_known(&o, &j, known);
	for (size_t i = 0; given && i < given->n_items; i++) {
		if (known && yaml_get(known, given->keys[i].name))
			continue;
		if (schema) {
			report_unknown(&o, &given->keys[i], known);
			continue;
		}
		json_key(&j, given->keys[i].name);
		(void)put_value(&j, &given->items[i], NULL);
	}
	json_close(&j, '}');
	return !o.has_failed;
}
