#include "port/html_tags.h"

#include <glib.h>

/* What stands in these is text. */
static const char *const text_elements[] = { "iframe", "noembed", "noframes",
	"plaintext", "script", "style", "textarea", "title", "xmp" };

static bool
is_text_element(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(text_elements); i++)
		if (strcmp(name, text_elements[i]) == 0)
			return true;
	return false;
}

static size_t
find(struct str s, size_t from, const char *text)
{
	const char *at = from < s.len
	    ? g_strstr_len(s.p + from, (gssize)(s.len - from), text)
	    : NULL;

	return at ? (size_t)(at - s.p) : s.len;
}

/* Where the comment, or what counts as one, that begins at i ends. */
static size_t
skip_comment(struct str s, size_t i, bool is_foreign)
{
	struct str rest = str_from(s, i);

	if (is_foreign && str_starts(rest, "<![CDATA["))
		return MIN(find(s, i, "]]>") + 3, s.len);
	if (!str_starts(rest, "<!--"))
		return MIN(find(s, i, ">") + 1, s.len);
	if (str_starts(rest, "<!-->"))
		return i + 5;
	if (str_starts(rest, "<!--->"))
		return i + 6;
	for (i = find(s, i + 4, "--"); i < s.len; i = find(s, i + 1, "--")) {
		rest = str_from(s, i + 2);
		if (str_starts(rest, ">") || str_starts(rest, "!>"))
			return i + 2 + str_find(rest, '>') + 1;
	}
	return s.len;
}

static size_t
skip_space(struct str s, size_t i)
{
	while (i < s.len && (is_space(s.p[i]) || s.p[i] == '\f'))
		i++;
	return i;
}

static bool
ends_name(char c)
{
	return is_space(c) || c == '\f' || c == '/' || c == '>';
}

/* Behind the "=" of an attribute. */
static size_t
skip_value(struct str s, size_t i)
{
	i = skip_space(s, i);
	if (i < s.len && (s.p[i] == '"' || s.p[i] == '\''))
		return i + 1 + str_find(str_from(s, i + 1), s.p[i]) + 1;
	while (
	    i < s.len && !is_space(s.p[i]) && s.p[i] != '\f' && s.p[i] != '>')
		i++;
	return i;
}

/* Where the tag whose name ends at i ends; more than s.len: it does not. */
static size_t
skip_attributes(struct html_tag *t, struct str s, size_t i)
{
	t->is_closed = false;
	t->n_attributes = 0;
	while (i < s.len && s.p[i] != '>') {
		t->is_closed = s.p[i] == '/';
		if (ends_name(s.p[i])) {
			i++;
			continue;
		}
		t->n_attributes++;
		/* A "=" here begins a name. */
		for (i++; i < s.len && !ends_name(s.p[i]) && s.p[i] != '=';)
			i++;
		size_t k = skip_space(s, i);
		if (k < s.len && s.p[k] == '=')
			i = skip_value(s, k + 1);
	}
	return i < s.len ? i + 1 : s.len + 1;
}

/* At the "<" of a tag, which t then is. False: it is cut off. */
static bool
read_tag(struct html_tag *t, struct str s, size_t i)
{
	size_t n = 0;

	t->start = i;
	t->is_end = s.p[i + 1] == '/';
	for (i += t->is_end ? 2 : 1; i < s.len && !ends_name(s.p[i]); i++)
		if (n < HTML_TAG_NAME_SIZE - 1)
			t->name[n++] = g_ascii_tolower(s.p[i]);
	t->name[n] = '\0';
	t->end = skip_attributes(t, s, i);
	if (t->end > s.len)
		return false;
	bool is_root = strcmp(t->name, "svg") == 0 ||
	    strcmp(t->name, "math") == 0;
	if (is_root && t->is_end)
		t->n_foreign -= t->n_foreign > 0;
	else if (is_root && !t->is_closed)
		t->n_foreign++;
	t->is_text = !t->is_end && t->n_foreign == 0 &&
	    is_text_element(t->name);
	return true;
}

/* Behind <script>: where </script> begins. */
static size_t
skip_text(const struct html_tag *t, struct str s)
{
	size_t len = strlen(t->name);

	for (size_t i = t->end; i + 2 + len < s.len; i++) {
		struct str name = str_upto(str_from(s, i + 2), len);
		if (s.p[i] == '<' && s.p[i + 1] == '/' &&
		    str_is_nocase(name, t->name) && ends_name(s.p[i + 2 + len]))
			return i;
	}
	return s.len;
}

bool
html_next_tag(struct html_tag *t, struct str s)
{
	size_t i = t->is_text ? skip_text(t, s) : t->end;

	while (i + 1 < s.len) {
		if (s.p[i] != '<') {
			i++;
			continue;
		}
		bool is_end = s.p[i + 1] == '/';
		char c = i + 1 + is_end < s.len ? s.p[i + 1 + is_end] : '\0';
		if (g_ascii_isalpha(c))
			return read_tag(t, s, i);
		if (is_end || c == '!' || c == '?')
			i = skip_comment(s, i, t->n_foreign > 0);
		else
			i++;
	}
	return false;
}
