#include "port/html_ids.h"

struct html_ids {
	const char *prefix;
	GHashTable *numbers; /* from 1, by id; never walked */
};

struct html_ids *
html_ids_new(const char *prefix)
{
	struct html_ids *ids = g_new(struct html_ids, 1);

	ids->prefix = prefix;
	ids->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	return ids;
}

void
html_ids_free(struct html_ids *ids)
{
	if (!ids)
		return;
	g_hash_table_destroy(ids->numbers);
	g_free(ids);
}

void
html_ids_add(struct html_ids *ids, const char *id)
{
	guint n = g_hash_table_size(ids->numbers) + 1;

	if (id[0] && !g_hash_table_contains(ids->numbers, id))
		g_hash_table_insert(ids->numbers, g_strdup(id),
		    GUINT_TO_POINTER(n));
}

/* False: there is no such id; nothing is put. */
static bool
put(const struct html_ids *ids, GString *to, const char *before, const char *id)
{
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(ids->numbers, id));

	if (n)
		g_string_append_printf(to, "%s%s%u", before, ids->prefix, n);
	return n;
}

/* What holds ids, parted by white space: WAI-ARIA's, those of table cells, and
 * of MathML. */
static bool
is_reference(enum html_vocabulary v, const char *name)
{
	static const char *const names[] = { "aria-activedescendant",
		"aria-controls", "aria-describedby", "aria-details",
		"aria-errormessage", "aria-flowto", "aria-labelledby",
		"aria-owns" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return v == MATHML_ELEMENTS ? strcmp(name, "xref") == 0
	    : v == HTML_ELEMENTS    ? strcmp(name, "headers") == 0
				    : false;
}

static bool
rename_list(const struct html_ids *ids, GString *value)
{
	g_auto(GStrv) words = g_strsplit_set(value->str, " \t\n\r\f", -1);

	g_string_truncate(value, 0);
	for (size_t i = 0; words[i]; i++)
		if (words[i][0])
			put(ids, value, value->len ? " " : "", words[i]);
	return value->len > 0;
}

/* Of SVG's presentation attributes: fill="url(#a) red". Quotes go away, since
 * names of ours need none. https://www.w3.org/TR/css-values-3/#urls */
static bool
rename_urls(const struct html_ids *ids, GString *value)
{
	g_autofree char *all = g_strdup(value->str);
	const char *p = all;

	g_string_truncate(value, 0);
	while (*p) {
		if (g_ascii_strncasecmp(p, "url(", 4) != 0) {
			g_string_append_c(value, *p++);
			continue;
		}
		const char *from = p + 4 + strspn(p + 4, " \t\n\"'#");
		size_t len = strcspn(from, " \t\n\"')");
		g_autofree char *id = g_strndup(from, len);
		const char *end = strchr(from + len, ')');
		if (!end || !put(ids, value, "url(#", id))
			return false;
		g_string_append_c(value, ')');
		p = end + 1;
	}
	return true;
}

bool
html_ids_rename(const struct html_ids *ids, enum html_vocabulary v,
    const char *element, const char *name, GString *value)
{
	bool is_href = strcmp(name, "href") == 0 ||
	    strcmp(name, "xlink:href") == 0;

	if (strcmp(name, "id") == 0 || (is_href && value->str[0] == '#')) {
		g_autofree char *id = g_strdup(value->str + is_href);
		g_string_truncate(value, 0);
		if (put(ids, value, is_href ? "#" : "", id))
			return true;
		g_string_append_printf(value, "#%s", id);
		return is_href && strcmp(element, "a") == 0;
	}
	if (is_reference(v, name))
		return rename_list(ids, value);
	if (v == SVG_ELEMENTS && strstr(value->str, "#"))
		return rename_urls(ids, value);
	return true;
}
