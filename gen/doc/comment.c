#include "doc/comment.h"

static const char *const words[] = { "q", "quiz", "text", "cards", "card",
	NULL };

static bool
is_word(const char *w)
{
	for (size_t i = 0; words[i]; i++)
		if (strcmp(w, words[i]) == 0)
			return true;
	return false;
}

/* The word that a comment begins with, before ":", ";" or the end. */
static struct str
first_word(struct str s)
{
	size_t i = 0;

	while (i < s.len && g_ascii_isalpha(s.p[i]))
		i++;
	struct str after = str_trim(str_from(s, i));
	bool is_alone = after.len == 0 || after.p[0] == ':' ||
	    after.p[0] == ';';
	return (struct str){ s.p, is_alone ? i : 0 };
}

/* A comment that is probably meant to be one of ours. */
static void
report_near_miss(struct str word, struct str rest, struct loc at,
    struct diag *d)
{
	g_autofree char *low = g_ascii_strdown(word.p, (gssize)word.len);
	const char *near = nearest(low, words);

	if (str_starts(rest, ":") && near && near[0] == low[0]) {
		diag_at(d, DIAG_COMMENT_NEAR, at, "%.*s", STR_ARG(word));
		diag_help(d, "did you mean '<!-- %s: … -->'?", near);
	}
}

/* "q l2" lacks its colon. Only for q: the other words begin sentences. */
static void
report_missing_colon(struct str s, struct loc at, struct diag *d)
{
	struct str rest = str_trim(str_from(s, 1));

	if (!str_starts(s, "q ") || str_find(rest, ' ') < rest.len)
		return;
	diag_at(d, DIAG_COMMENT_NEAR, at, "%.*s", STR_ARG(s));
	diag_help(d, "did you mean '<!-- q: %.*s -->'?", STR_ARG(rest));
}

/* Up to the next ";" outside of quotes; *rest is what follows it. */
static struct str
next_value(struct str *rest, bool *ok)
{
	struct str s = str_trim(*rest), value;

	if (str_starts(s, "\"")) {
		size_t end = str_find(str_from(s, 1), '"');
		value = str_upto(str_from(s, 1), end);
		*ok = end + 1 < s.len;
		s = str_trim(str_from(s, end + 2));
		*ok = *ok && (s.len == 0 || s.p[0] == ';');
	} else {
		value = str_trim(str_upto(s, str_find(s, ';')));
		s = str_from(s, str_find(s, ';'));
	}
	*rest = str_from(s, 1);
	return value;
}

static bool
parse_keys(struct comment *c, struct str rest, struct arena *a)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();
	g_autoptr(GPtrArray) values = g_ptr_array_new();
	bool ok = true;

	while (ok && str_trim(rest).len) {
		size_t eq = str_find(rest, '=');
		struct str key = str_trim(str_upto(rest, eq));
		bool has_value = eq < rest.len;
		rest = str_from(rest, eq + 1);
		struct str value = next_value(&rest, &ok);
		ok = ok && has_value && key.len &&
		    str_find(key, ';') == key.len &&
		    str_find(key, ' ') == key.len;
		g_ptr_array_add(keys, arena_str(a, key));
		g_ptr_array_add(values, arena_str(a, value));
	}
	c->n_keys = keys->len;
	const char **k = arena_array(a, keys->len, const char *);
	const char **v = arena_array(a, keys->len, const char *);
	for (size_t i = 0; i < keys->len; i++) {
		k[i] = keys->pdata[i];
		v[i] = values->pdata[i];
	}
	c->keys = k;
	c->values = v;
	return ok;
}

static const struct comment *
parse_inside(struct str s, struct loc at, struct arena *a, struct diag *d)
{
	struct str word = first_word(s);
	struct str rest = str_trim(str_from(s, word.len));

	if (word.len == 0) {
		report_missing_colon(s, at, d);
		return NULL;
	}
	struct comment *c = arena_obj(a, struct comment);
	c->word = arena_str(a, word);
	if (!is_word(c->word)) {
		report_near_miss(word, rest, at, d);
		return NULL;
	}
	bool ok = true;
	if (str_starts(rest, ":")) {
		rest = str_from(rest, 1);
		c->value = arena_str(a, next_value(&rest, &ok));
	} else {
		rest = str_from(rest, 1);
	}
	ok = ok && parse_keys(c, rest, a);
	for (size_t i = 0; i + 1 < s.len; i++)
		ok = ok && !(s.p[i] == '-' && s.p[i + 1] == '-');
	if (!ok) {
		diag_at(d, DIAG_COMMENT_BAD, at, "%.*s", STR_ARG(s));
		diag_help(d,
		    "write <!-- %s: value; key=value; key=\"value; more\" -->",
		    c->word);
		return NULL;
	}
	return c;
}

const struct comment *
comment_parse(struct str block, struct loc at, struct arena *a, struct diag *d)
{
	struct str s = str_from(str_trim(block), 4);
	const char *end = g_strstr_len(s.p, (gssize)s.len, "-->");

	if (!end) {
		diag_at(d, DIAG_COMMENT_UNCLOSED, at, NULL);
		diag_help(d, "close it with -->");
		return NULL;
	}
	struct str inside = str_trim((struct str){ s.p, (size_t)(end - s.p) });
	struct str behind = str_trim(
	    str_from(s, (size_t)(end - s.p) + strlen("-->")));
	if (behind.len) {
		diag_at(d, DIAG_COMMENT_BAD, at, "%.*s",
		    STR_ARG(str_upto(behind, 40)));
		diag_help(d, "nothing may stand behind --> on its line");
		return NULL;
	}
	return parse_inside(inside, at, a, d);
}

void
comment_check_inline(struct str html, struct loc at, struct diag *d)
{
	struct str s = str_trim(str_from(str_trim(html), 4));

	if (str_ends(s, "-->"))
		s = str_trim(str_upto(s, s.len - 3));
	struct str word = first_word(s);
	g_autofree char *z = g_strndup(word.p, word.len);
	/* A word alone may be anything; with ":" or ";" it is one of ours. */
	if (!is_word(z) || word.len == s.len)
		return;
	diag_at(d, DIAG_COMMENT_BAD, at, "%.*s", STR_ARG(s));
	diag_help(d, "it stands alone on the line below the heading");
}

const char *
comment_get(const struct comment *c, const char *key)
{
	for (size_t i = 0; i < c->n_keys; i++)
		if (strcmp(c->keys[i], key) == 0)
			return c->values[i];
	return NULL;
}
