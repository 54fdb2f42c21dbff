/*
 * The schemas for editors and the manual's lists of keys say what the tables
 * of keys say. With ERGEN_DOCS=write (`make docs`) they are written.
 */
#include "base/json.h"
#include "book/schema.h"
#include "write/writer.h"

#include <stdlib.h>

void test_cmd_schema_docs(void);

/* Of Markdown, what an editor shows: text without links and stars. */
static char *
plain(const char *markdown)
{
	GString *s = g_string_new(NULL);

	for (const char *p = markdown; *p; p++) {
		if (p[0] == ']' && p[1] == '(')
			p = strchr(p, ')');
		else if (*p != '[' && *p != '*')
			g_string_append_c(s, *p);
	}
	return g_string_free(s, FALSE);
}

/* "a": ["b", "c"] of words up to a NULL. */
static void
add_words(struct json *j, const char *key, const char *const *words)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; words[i]; i++)
		if (strcmp(words[i], "null") == 0 && strcmp(key, "enum") == 0)
			json_strz(j, NULL);
		else
			json_strz(j, words[i]);
	json_close(j, ']');
}

static void
add_type(struct json *j, const char *const *types)
{
	add_words(j, "type", types);
}

static const char *const text_types[] = { "string", "number", "boolean", "null",
	NULL };
static const char *const map_types[] = { "object", "null", NULL };

static void
close_map(struct json *j, bool is_closed)
{
	json_close(j, '}');
	if (is_closed)
		json_add_bool(j, "additionalProperties", false);
}

static void add_keys(struct json *j, const struct schema_key *keys);

static void
add_levels(struct json *j)
{
	static const char *const all[] = { "note", "warning", "error", "null",
		NULL };
	char name[40];

	json_key(j, "properties");
	json_open(j, '{');
	for (int i = 0; i < DIAG_ID_COUNT; i++) {
		enum diag_id id = (enum diag_id)i;
		enum diag_level level = diag_default_level(id);
		if (level == DIAG_FATAL)
			continue;
		json_key(j, diag_name(id, name));
		json_open(j, '{');
		json_add(j, "description", diag_text(id));
		add_words(j, "enum", level == DIAG_ERROR ? all + 2 : all);
		json_close(j, '}');
	}
	close_map(j, true);
}

static void
add_outputs(struct json *j)
{
	json_key(j, "properties");
	json_open(j, '{');
	for (size_t i = 0; writers[i]; i++) {
		const struct writer_option *o = writers[i]->options;
		json_key(j, writers[i]->name);
		json_open(j, '{');
		json_add(j, "description", writers[i]->summary);
		add_type(j, map_types);
		json_key(j, "properties");
		json_open(j, '{');
		for (; o && o->key; o++) {
			json_key(j, o->key);
			json_open(j, '{');
			json_add(j, "description", o->help);
			add_type(j, text_types);
			json_close(j, '}');
		}
		close_map(j, true);
		json_close(j, '}');
	}
	json_close(j, '}');
	/* Any other name is an output of one's own. */
	json_key(j, "additionalProperties");
	json_open(j, '{');
	json_add(j, "type", "object");
	json_key(j, "properties");
	json_open(j, '{');
	add_keys(j, own_output_keys);
	close_map(j, true);
	json_key(j, "anyOf");
	json_open(j, '[');
	for (size_t i = 0; i < 2; i++) {
		json_open(j, '{');
		add_words(j, "required",
		    (const char *const[]){ i ? "plugin" : "command", NULL });
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

/* What the owner of a map reads in it. */
static void
add_map(struct json *j, const char *name)
{
	add_type(j, map_types);
	if (strcmp(name, "diagnostics") == 0) {
		add_levels(j);
	} else if (strcmp(name, "outputs") == 0) {
		add_outputs(j);
	} else if (strcmp(name, "blocks") == 0) {
		json_key(j, "additionalProperties");
		json_open(j, '{');
		add_words(j, "type",
		    (const char *const[]){ "array", "string", NULL });
		json_key(j, "items");
		json_open(j, '{');
		json_add(j, "type", "string");
		json_close(j, '}');
		json_close(j, '}');
	} else if (strcmp(name, "contributors") == 0 ||
	    strcmp(name, "sort_names") == 0) {
		json_key(j, "additionalProperties");
		json_open(j, '{');
		add_type(j, text_types);
		json_close(j, '}');
	} else if (strcmp(name, "options") == 0) {
		/* The program says which it takes. */
	} else {
		g_assert_cmpstr(name, ==, "callouts");
		json_key(j, "additionalProperties");
		json_open(j, '{');
		json_add(j, "pattern", "^[a-z]+(-[a-z]+)*$");
		json_add(j, "type", "string");
		json_close(j, '}');
	}
}

static void
add_list(struct json *j)
{
	static const char *const types[] = { "array", "string", "number",
		"boolean", "null", NULL };
	static const char *const items[] = { "string", "number", "boolean",
		NULL };

	add_type(j, types);
	json_key(j, "items");
	json_open(j, '{');
	add_type(j, items);
	json_close(j, '}');
}

static void
add_value(struct json *j, const struct schema_key *k)
{
	static const char *const ints[] = { "integer", "null", NULL };
	static const char *const bools[] = { "boolean", "null", NULL };

	switch (k->type) {
	case SCHEMA_TEXT:
		add_type(j, text_types);
		if (k->text && k->text->pattern)
			json_add(j, "pattern", k->text->pattern);
		break;
	case SCHEMA_INT:
		add_type(j, ints);
		json_add_int(j, "minimum", k->least);
		json_add_int(j, "maximum", k->most);
		break;
	case SCHEMA_BOOL: add_type(j, bools); break;
	case SCHEMA_WORD: {
		g_autoptr(GPtrArray) words = g_ptr_array_new();
		for (size_t i = 0; k->words[i]; i++)
			g_ptr_array_add(words, (char *)(uintptr_t)k->words[i]);
		g_ptr_array_add(words, (char *)(uintptr_t) "null");
		g_ptr_array_add(words, NULL);
		add_words(j, "enum", (const char *const *)words->pdata);
		break;
	}
	case SCHEMA_LIST: add_list(j); break;
	case SCHEMA_MAP: add_map(j, k->name); break;
	case SCHEMA_GROUP:
		add_type(j, map_types);
		json_key(j, "properties");
		json_open(j, '{');
		add_keys(j, k->keys);
		close_map(j, true);
		break;
	case SCHEMA_ANY: break;
	}
}

static void
add_keys(struct json *j, const struct schema_key *keys)
{
	for (const struct schema_key *k = keys; k->name; k++) {
		g_autofree char *help = plain(k->help);
		json_key(j, k->name);
		json_open(j, '{');
		json_add(j, "description", help);
		add_value(j, k);
		if (k->fallback && k->type == SCHEMA_INT)
			json_add_int(j, "default", atoi(k->fallback));
		else if (k->fallback && k->type == SCHEMA_BOOL)
			json_add_bool(j, "default",
			    strcmp(k->fallback, "true") == 0);
		else if (k->fallback)
			json_add(j, "default", k->fallback);
		json_close(j, '}');
	}
}

/* The same with a line for each value, for the reviewer of a change. A list
 * without objects stays in its line: it holds words. */
static char *
indented(const char *compact)
{
	GString *s = g_string_new(NULL);
	int depth = 0;
	bool is_text = false, is_flat = false;

	for (const char *p = compact; *p; p++) {
		if (is_text && *p == '\\')
			g_string_append_c(s, *p++);
		else if (*p == '"')
			is_text = !is_text;
		bool is_plain = is_text || *p == '"';
		bool is_empty = *p == '{' && p[1] == '}';
		if (!is_plain && *p == '[')
			is_flat = true;
		if (!is_plain && *p == '}' && p[-1] != '{')
			g_string_append_printf(s, "\n%*s", 2 * --depth, "");
		g_string_append_c(s, *p);
		if (!is_plain && *p == ']')
			is_flat = false;
		if (!is_plain && *p == '{' && !is_empty)
			g_string_append_printf(s, "\n%*s", 2 * ++depth, "");
		else if (!is_plain && *p == ',' && !is_flat)
			g_string_append_printf(s, "\n%*s", 2 * depth, "");
		else if (!is_plain && (*p == ',' || *p == ':'))
			g_string_append_c(s, ' ');
	}
	g_string_append_c(s, '\n');
	return g_string_free(s, FALSE);
}

static char *
schema_of(const char *title, const struct schema_key *keys,
    const struct schema_key *more)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct json j = { .out = out };
	bool is_required = false;

	json_open(&j, '{');
	json_add(&j, "$schema", "https://json-schema.org/draft/2020-12/schema");
	json_add(&j, "title", title);
	json_add(&j, "type", "object");
	json_key(&j, "properties");
	json_open(&j, '{');
	add_keys(&j, keys);
	if (more)
		add_keys(&j, more);
	close_map(&j, true);
	for (const struct schema_key *k = keys; k->name; k++) {
		if (g_strcmp0(k->otherwise, "required") != 0)
			continue;
		if (!is_required) {
			json_key(&j, "required");
			json_open(&j, '[');
			is_required = true;
		}
		json_strz(&j, k->name);
	}
	if (is_required)
		json_close(&j, ']');
	json_close(&j, '}');
	return indented(out->str);
}

/* ---- the manual */

static void
add_type_cell(GString *s, const struct schema_key *k)
{
	switch (k->type) {
	case SCHEMA_TEXT:
		g_string_append(s, k->text ? k->text->name : "text");
		break;
	case SCHEMA_INT:
		g_string_append_printf(s, "%d to %d", k->least, k->most);
		break;
	case SCHEMA_BOOL: g_string_append(s, "`true`, `false`"); break;
	case SCHEMA_WORD:
		for (size_t i = 0; k->words[i]; i++)
			g_string_append_printf(s, "%s`%s`", i ? ", " : "",
			    k->words[i]);
		break;
	case SCHEMA_LIST: g_string_append(s, "list"); break;
	case SCHEMA_MAP:
	case SCHEMA_GROUP: g_string_append(s, "map"); break;
	case SCHEMA_ANY: g_string_append(s, "anything"); break;
	}
}

static void
add_rows(GString *s, const struct schema_key *keys, const char *group,
    bool with_default)
{
	for (const struct schema_key *k = keys; k->name; k++) {
		g_autofree char *name = g_strconcat(group, group[0] ? "." : "",
		    k->name, NULL);
		if (k->type == SCHEMA_GROUP) {
			add_rows(s, k->keys, name, with_default);
			continue;
		}
		g_string_append_printf(s, "| `%s` | ", name);
		add_type_cell(s, k);
		if (with_default && k->fallback)
			g_string_append_printf(s, " | %s%s%s",
			    k->fallback[0] ? "`" : "\"", k->fallback,
			    k->fallback[0] ? "`" : "\"");
		else if (with_default)
			g_string_append_printf(s, " | %s",
			    k->otherwise ? k->otherwise : "none");
		g_string_append_printf(s, " | %s |\n", k->help);
	}
}

static char *
table_of(const struct schema_key *keys, bool with_default)
{
	GString *s = g_string_new(with_default
		? "| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |\n"
		: "| Key | Type | Meaning |\n| --- | --- | --- |\n");

	add_rows(s, keys, "", with_default);
	return g_string_free(s, FALSE);
}

/* A row for each kind of question, a column for each format. A star: there are
 * questions of which the build's summary says that they were simplified. */
static char *
table_of_kinds(void)
{
	GString *s = g_string_new("| Kind |");

	for (size_t w = 0; writers[w]; w++)
		g_string_append_printf(s, " `%s` |", writers[w]->name);
	g_string_append(s, "\n| --- |");
	for (size_t w = 0; writers[w]; w++)
		g_string_append(s, " --- |");
	g_string_append_c(s, '\n');
	for (unsigned k = 0; k < QUESTION_KIND_COUNT; k++) {
		g_string_append_printf(s, "| %s |", question_kind_titles[k]);
		for (size_t w = 0; writers[w]; w++) {
			const struct rendition *r = &writers[w]->renditions[k];
			g_string_append_printf(s, " %s%s |", r->how,
			    r->loses || r->lost ? " \\*" : "");
		}
		g_string_append_c(s, '\n');
	}
	return g_string_free(s, FALSE);
}

/* The text with the table put between its two comments. */
static char *
with_table(const char *text, const char *name, const char *table)
{
	g_autofree char *begin =
	    g_strdup_printf("<!-- `make docs` writes this table: %s -->\n",
		name);
	static const char end[] = "<!-- end of table -->\n";
	const char *from = strstr(text, begin);

	g_assert_nonnull(from);
	from += strlen(begin);
	const char *to = strstr(from, end);
	g_assert_nonnull(to);
	return g_strdup_printf("%.*s\n%s\n%s", (int)(from - text), text, table,
	    to);
}

/* Tests run from the root of the repository. */
static void
is_or_write(const char *path, const char *want)
{
	g_autofree char *got = NULL;

	if (g_strcmp0(g_getenv("ERGEN_DOCS"), "write") == 0)
		g_assert_true(g_file_set_contents(path, want, -1, NULL));
	if (!g_file_get_contents(path, &got, NULL, NULL) ||
	    strcmp(got, want) != 0) {
		g_test_message("%s is not what the tables say: run `make docs`",
		    path);
		g_test_fail();
	}
}

static void
test_site(void)
{
	g_autofree char *text = schema_of("site.yaml of ergen", site_keys,
	    NULL);

	is_or_write("docs/site.schema.json", text);
}

static void
test_front(void)
{
	g_autofree char
	    *text = schema_of("Front matter of a lesson or quiz of ergen",
		front_keys, front_quiz_keys);

	is_or_write("docs/front.schema.json", text);
}

static void
test_manual(void)
{
	static const char path[] = "docs/manual.md";
	g_autofree char *text = NULL;
	g_autofree char *site = table_of(site_keys, true);
	g_autofree char *front = table_of(front_keys, false);
	g_autofree char *quiz = table_of(front_quiz_keys, false);

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_autofree char *one = with_table(text, "site.yaml", site);
	g_autofree char *two = with_table(one, "front matter", front);
	g_autofree char *three = with_table(two, "front matter of quizzes",
	    quiz);
	g_autofree char *own = table_of(own_output_keys, true);
	g_autofree char *four = with_table(three, "outputs of one's own", own);
	g_autofree char *kinds = table_of_kinds();
	g_autofree char *all = with_table(four, "kinds of questions", kinds);
	is_or_write(path, all);
}

void
test_cmd_schema_docs(void)
{
	g_test_add_func("/cmd/schema_docs/site", test_site);
	g_test_add_func("/cmd/schema_docs/front", test_front);
	g_test_add_func("/cmd/schema_docs/manual", test_manual);
}
