/* Raw HTML is well-formed when it comes here; browsers put up with the rest,
 * but a reading system may refuse the whole file. */
#include "base/text.h"
#include "write/epub/epub.h"

/* Whether the tag at p may have this id. Those of lists are given later; those
 * of notes and titles are what links of ours lead to, and no author's. */
static bool
is_good_id(const char *p, struct str id)
{
	static const struct {
		const char *begin, *tag;
	} ours[] = { { "List-", NULL }, { "Page-", NULL },
		{ "Fn-", "<aside epub:type=\"footnote\"" },
		{ "Fnr-", "<a class=\"ref\"" }, { "Title", "<h1 id=" },
		{ "Tq-", "<h" } };

	for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
		if (str_starts(id, ours[i].begin))
			return ours[i].tag && g_str_has_prefix(p, ours[i].tag);
	return true;
}

/* Whether an attribute of the tag at p may stand in a book. */
static bool
is_good_attribute(const char *p, struct str name, struct str value,
    GHashTable *ids)
{
	if (str_is(name, "id")) {
		/* The first of its name is the one that links lead to. */
		char *id = g_strndup(value.p, value.len);
		if (is_good_id(p, value))
			return g_hash_table_add(ids, id);
		g_free(id);
		return false;
	}
	if (str_is(name, "cite"))
		return g_strstr_len(value.p, (gssize)value.len, "://");
	if (!str_is(name, "width") && !str_is(name, "height"))
		return true;
	for (size_t i = 0; i < value.len; i++)
		if (!g_ascii_isdigit(value.p[i]))
			return false;
	return true;
}

/* Copies a tag without such attributes. The spaces of an address are encoded,
 * too: they are those of a mailto:, all others have been before. */
static void
put_sound(GString *out, const char *p, const char *end, GHashTable *ids)
{
	const bool is_image = g_str_has_prefix(p, "<img ");
	const char *rest = p;

	for (const char *at = p; (at = memchr(at, ' ', (size_t)(end - at)));) {
		const char *equals = memchr(at, '=', (size_t)(end - at));
		const char *close = equals && equals[1] == '"'
		    ? memchr(equals + 2, '"', (size_t)(end - equals - 2))
		    : NULL;
		if (!close)
			break;
		const struct str name = { at + 1, (size_t)(equals - at - 1) };
		const struct str value = { equals + 2,
			(size_t)(close - equals - 2) };
		const bool is_address = str_is(name, "href") ||
		    str_is(name, "cite");
		const bool is_size = str_is(name, "width") ||
		    str_is(name, "height");
		if (is_size && !is_image) {
			at = close + 1; /* a drawing's may have units */
			continue;
		}
		text_add(out, rest, (size_t)(at - rest));
		rest = at = close + 1;
		if (!is_good_attribute(p, name, value, ids))
			continue;
		text_add(out, name.p - 1, name.len + 3);
		for (size_t i = 0; i < value.len; i++)
			if (value.p[i] == ' ' && is_address)
				g_string_append(out, "%20");
			else
				g_string_append_c(out, value.p[i]);
		g_string_append_c(out, '"');
	}
	text_add(out, rest, (size_t)(end - rest));
}

/* Behind `<a …>` of a drawing: what it is called, which readers without a
 * pointer need and EPUBCheck 4 asks for. */
static void
put_link_title(GString *out, const char *tag, const char *end)
{
	const char *close = strstr(end, "</a>");

	if (!close || g_strstr_len(tag, end - tag, " xlink:title=\"") ||
	    g_strstr_len(end, close - end, "<title"))
		return;
	g_autoptr(GString) title = g_string_new(NULL);
	for (const char *p = end; p < close;) {
		const char *open = memchr(p, '<', (size_t)(close - p));
		text_add(title, p, (size_t)((open ? open : close) - p));
		const char *behind = open ? strchr(open, '>') : NULL;
		p = behind ? behind + 1 : close;
	}
	const char *href = g_strstr_len(tag, end - tag, "href=\"");
	g_strstrip(title->str);
	if (!title->str[0] && href) {
		href += strlen("href=\"");
		g_string_assign(title, "");
		text_add(title, href, strcspn(href, "\""));
	}
	if (title->str[0])
		g_string_append_printf(out, "<title>%s</title>", title->str);
}

void
raw_mend(GString *out, size_t at)
{
	g_autofree char *whole = g_strndup(out->str + at, out->len - at);
	g_autoptr(GHashTable)
	    ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *p = whole;
	bool is_drawing = false;

	g_string_truncate(out, at);
	for (;;) {
		/* Both signs stand escaped in text and values. */
		const char *tag = strchr(p, '<');
		const char *end = tag ? strchr(tag, '>') : NULL;
		if (!end)
			break;
		text_add(out, p, (size_t)(tag - p));
		put_sound(out, tag, end + 1, ids);
		if (g_str_has_prefix(tag, "<svg"))
			is_drawing = true;
		else if (g_str_has_prefix(tag, "</svg"))
			is_drawing = false;
		else if (is_drawing && g_str_has_prefix(tag, "<a "))
			put_link_title(out, tag, end + 1);
		p = end + 1;
	}
	text_addz(out, p);
}
