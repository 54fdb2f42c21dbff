/*
 * Options of a program: `options` in site.yaml against the JSON Schema that it
 * describes them with. Of JSON Schema only what has a use here: properties,
 * type, enum, minimum, maximum and items at any depth; required, default and
 * unknown names among the options themselves. Whatever else it says is the
 * program's own to check.
 */
#include "base/json.h"
#include "book/schema.h"
#include "write/exec/exec_own.h"

struct options {
	const struct output *output;
	struct diag *diag;
	bool has_failed;
};

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

/* Whether the schema names that type, alone or in a list. */
static bool
has_type(const struct yaml *schema, const char *name)
{
	const struct yaml *type = schema ? yaml_get(schema, "type") : NULL;

	for (size_t i = 0; type && type->kind == YAML_LIST && i < type->n_items;
	     i++)
		if (type->items[i].kind == YAML_SCALAR &&
		    str_is(type->items[i].text, name))
			return true;
	return type && type->kind == YAML_SCALAR && str_is(type->text, name);
}

/* Those of https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.1
 * and how they are called here. */
static const char *const types[][2] = { { "string", "text" },
	{ "boolean", "true or false" }, { "array", "a list" },
	{ "object", "a map" }, { "null", "nothing" },
	{ "integer", "a whole number" }, { "number", "a number" } };

static bool
is_typed(const struct yaml *schema)
{
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (has_type(schema, types[i][0]))
			return true;
	return false;
}

/* --- values that are no lists or maps ----------------------------------- */

/* Numbers and truth values are what JSON has; YAML's other spellings of them
 * are text, as in all of site.yaml. */
static void
put_untyped(struct json *j, const struct yaml *value)
{
	if (yaml_is_null(value))
		json_strz(j, NULL);
	else if (!value->is_quoted &&
	    (is_truth(value->text) || is_number(value->text, false)))
		json_raw(j, value->text);
	else
		json_str(j, value->text);
}

/* False, and nothing is written: it is of no type that the schema has. */
static bool
put_typed(struct json *j, const struct yaml *value, const struct yaml *schema)
{
	const struct str text = value->text;
	const bool takes_text = has_type(schema, "string");

	if (has_type(schema, "null") && yaml_is_null(value))
		json_strz(j, NULL);
	else if (takes_text && value->is_quoted)
		json_str(j, text);
	else if ((has_type(schema, "boolean") && is_truth(text)) ||
	    (has_type(schema, "integer") && is_number(text, true)) ||
	    (has_type(schema, "number") && is_number(text, false)))
		json_raw(j, text);
	else if (takes_text)
		json_str(j, text);
	else
		return false;
	return true;
}

static bool
is_same_number(const struct yaml *a, const struct yaml *b)
{
	return !a->is_quoted && !b->is_quoted && is_number(a->text, false) &&
	    is_number(b->text, false) &&
	    g_ascii_strtod(a->text.p, NULL) == g_ascii_strtod(b->text.p, NULL);
}

/* The one of them that is meant: 2.50 is 2.5, and without quotes 1.10 may also
 * be a text. NULL: none. */
static const struct yaml *
find_word(const struct yaml *words, const struct yaml *value)
{
	for (size_t i = 0; i < words->n_items; i++)
		if (words->items[i].kind == YAML_SCALAR &&
		    str_eq(words->items[i].text, value->text))
			return &words->items[i];
	for (size_t i = 0; i < words->n_items; i++)
		if (words->items[i].kind == YAML_SCALAR &&
		    is_same_number(&words->items[i], value))
			return &words->items[i];
	return NULL;
}

/* NULL: there is none, or it makes no sense. */
static const struct yaml *
limit_of(const struct yaml *schema, const char *name)
{
	const struct yaml *limit = yaml_get(schema, name);

	return limit && limit->kind == YAML_SCALAR &&
		is_number(limit->text, false)
	    ? limit
	    : NULL;
}

static bool
is_in_range(const struct yaml *value, const struct yaml *schema)
{
	const struct yaml *least = limit_of(schema, "minimum");
	const struct yaml *most = limit_of(schema, "maximum");
	const bool is_counted = has_type(schema, "integer") ||
	    has_type(schema, "number") ||
	    (!is_typed(schema) && !value->is_quoted);

	if (!is_counted || !is_number(value->text, false))
		return true;
	const double x = g_ascii_strtod(value->text.p, NULL);
	return (!least || x >= g_ascii_strtod(least->text.p, NULL)) &&
	    (!most || x <= g_ascii_strtod(most->text.p, NULL));
}

/* Writes something in any case, so that the text stays JSON. */
static bool
put_scalar(struct json *j, const struct yaml *value, const struct yaml *schema)
{
	const struct yaml *words = schema ? yaml_get(schema, "enum") : NULL;

	if (words && words->kind == YAML_LIST) {
		const struct yaml *word = find_word(words, value);
		put_untyped(j, word ? word : value);
		return word != NULL;
	}
	if (is_typed(schema) && put_typed(j, value, schema))
		return is_in_range(value, schema);
	put_untyped(j, value);
	return !is_typed(schema) && (!schema || is_in_range(value, schema));
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

/* "a whole number from 1 to 6", "a, b or c" */
static char *
expects(const struct yaml *schema)
{
	const struct yaml *words = yaml_get(schema, "enum");
	const struct yaml *least = limit_of(schema, "minimum");
	const struct yaml *most = limit_of(schema, "maximum");
	GString *s = g_string_new(NULL);

	if (words && words->kind == YAML_LIST) {
		expect_words(s, words);
		return g_string_free(s, FALSE);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (has_type(schema, types[i][0]))
			g_string_append_printf(s, "%s%s", s->len ? " or " : "",
			    types[i][1]);
	if (s->len == 0)
		g_string_append(s, "a number");
	if (least)
		g_string_append_printf(s, " from %s", least->text.p);
	if (most)
		g_string_append_printf(s, least ? " to %s" : " of at most %s",
		    most->text.p);
	return g_string_free(s, FALSE);
}

/* --- values of all sorts ------------------------------------------------ */

static void put_value(struct options *o, struct json *j,
    const struct yaml *value, const struct yaml *schema, const char *name);

static void
put_list(struct options *o, struct json *j, const struct yaml *list,
    const struct yaml *schema, const char *name)
{
	const struct yaml *items = schema ? yaml_get(schema, "items") : NULL;

	json_open(j, '[');
	for (size_t i = 0; i < list->n_items; i++)
		put_value(o, j, &list->items[i], items, name);
	json_close(j, ']');
}

static void
put_map(struct options *o, struct json *j, const struct yaml *map,
    const struct yaml *schema)
{
	const struct yaml *known = schema ? yaml_get(schema, "properties")
					  : NULL;

	json_open(j, '{');
	for (size_t i = 0; i < map->n_items; i++) {
		const char *name = map->keys[i].name;
		json_key(j, name);
		put_value(o, j, &map->items[i],
		    known ? yaml_get(known, name) : NULL, name);
	}
	json_close(j, '}');
}

/* By the schema, if there is one; what is against it is reported. */
static void
put_value(struct options *o, struct json *j, const struct yaml *value,
    const struct yaml *schema, const char *name)
{
	bool fits = true;

	switch (value->kind) {
	case YAML_LIST:
		fits = !is_typed(schema) || has_type(schema, "array");
		put_list(o, j, value, fits ? schema : NULL, name);
		break;
	case YAML_MAP:
		fits = !is_typed(schema) || has_type(schema, "object");
		put_map(o, j, value, fits ? schema : NULL);
		break;
	case YAML_SCALAR: fits = put_scalar(j, value, schema); break;
	}
	if (fits)
		return;
	g_autofree char *expected = expects(schema);
	schema_wrong(DIAG_SITE_TYPE, name, value, expected, o->diag);
	o->has_failed = true;
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

/* A default will do: schemas that programs make of their types often call
 * required what has one. */
static void
check_required(struct options *o, const struct yaml *required,
    const struct yaml *known)
{
	const struct yaml *all = o->output->options;

	for (size_t i = 0; i < required->n_items; i++) {
		const struct yaml *name = &required->items[i];
		if (name->kind != YAML_SCALAR)
			continue;
		const struct yaml *given = all ? yaml_get(all, name->text.p)
					       : NULL;
		const struct yaml *schema = known
		    ? yaml_get(known, name->text.p)
		    : NULL;
		if ((given && !yaml_is_null(given)) ||
		    (schema && yaml_get(schema, "default")))
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
			put_value(o, j, value, schema, name);
		else
			put_value(o, j, otherwise, NULL, name);
	}
}

/* Silence is no leave, other than in JSON Schema: names are misspelled more
 * often than left open. */
static bool
takes_more(const struct yaml *more)
{
	return more &&
	    !(more->kind == YAML_SCALAR && !str_is(more->text, "true"));
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
	const struct yaml *more = schema
	    ? yaml_get(schema, "additionalProperties")
	    : NULL;

	if (known && known->kind != YAML_MAP)
		known = NULL;
	json_open(&j, '{');
	if (required && required->kind == YAML_LIST)
		check_required(&o, required, known);
	if (known)
		put_known(&o, &j, known);
	for (size_t i = 0; given && i < given->n_items; i++) {
		if (known && yaml_get(known, given->keys[i].name))
			continue;
		if (schema && !takes_more(more)) {
			report_unknown(&o, &given->keys[i], known);
			continue;
		}
		json_key(&j, given->keys[i].name);
		put_value(&o, &j, &given->items[i], more, given->keys[i].name);
	}
	json_close(&j, '}');
	return !o.has_failed;
}
