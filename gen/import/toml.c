#include "import/toml.h"

enum {
	DEPTH_MOST = 64
};

struct reader {
	struct import *im;
	const struct origin *in;
	struct str s;
	size_t i; /* where it reads */
	bool has_failed;
	unsigned depth;
};

static char
peek(const struct reader *r)
{
	return r->i < r->s.len ? r->s.p[r->i] : '\0';
}

static bool
is_next(const struct reader *r, const char *z)
{
	return str_starts(str_from(r->s, r->i), z);
}

static bool
fail(struct reader *r, const char *what)
{
	if (!r->has_failed)
		import_bad(r->im, import_loc(r->im, r->in, r->i), "%s", what);
	r->has_failed = true;
	r->i = r->s.len;
	return false;
}

static void
skip_spaces(struct reader *r)
{
	while (peek(r) == ' ' || peek(r) == '\t')
		r->i++;
}

/* Also line ends and comments. */
static void
skip_gaps(struct reader *r)
{
	for (;;) {
		if (r->i < r->s.len && is_space(peek(r)))
			r->i++;
		else if (peek(r) == '#')
			r->i += str_find(str_from(r->s, r->i), '\n');
		else
			return;
	}
}

/* ---- tree */

struct toml *
toml_get(const struct toml *table, const char *key)
{
	if (!table || table->kind != TOML_TABLE)
		return NULL;
	for (struct toml *t = table->first; t; t = t->next)
		if (strcmp(t->key, key) == 0)
			return t;
	return NULL;
}

const char *
toml_text(const struct toml *table, const char *key)
{
	const struct toml *t = toml_get(table, key);

	return t && t->kind == TOML_TEXT ? t->text : NULL;
}

static struct toml *
add(struct reader *r, struct toml *parent, enum toml_kind kind, const char *key)
{
	struct toml *t = arena_obj(r->im->arena, struct toml);

	t->kind = kind;
	t->key = key;
	t->at = t->end = r->i;
	if (!parent)
		return t;
	if (parent->last)
		parent->last->next = t;
	else
		parent->first = t;
	parent->last = t;
	return t;
}

/* The table of this name in another; of a list of tables, the last one. */
static struct toml *
enter(struct reader *r, struct toml *table, const char *key)
{
	struct toml *t = toml_get(table, key);

	if (!t)
		return add(r, table, TOML_TABLE, key);
	if (t->kind == TOML_LIST && !t->is_closed && t->last)
		t = t->last;
	if (t->kind == TOML_TABLE && !t->is_closed)
		return t;
	fail(r, "the key has a value already");
	return NULL;
}

/* ---- strings */

static void
take_hex(struct reader *r, GString *to, unsigned n)
{
	gunichar c = 0;

	for (unsigned i = 0; i < n; i++) {
		const int digit = g_ascii_xdigit_value(peek(r));
		if (digit < 0) {
			fail(r, "an escape that TOML does not have");
			return;
		}
		c = c * 16 + (gunichar)digit;
		r->i++;
	}
	if (c && g_unichar_validate(c))
		g_string_append_unichar(to, c);
	else
		fail(r, "an escape that is no character");
}

/* Behind a backslash. */
static void
take_escape(struct reader *r, GString *to, bool is_long)
{
	static const char signs[] = "btnfre\"\\",
			  meant[] = "\b\t\n\f\r\033\"\\";
	const char c = peek(r);
	const char *at = c ? strchr(signs, c) : NULL;

	if (is_long && is_space(c)) {
		while (r->i < r->s.len && is_space(peek(r)))
			r->i++;
		return;
	}
	r->i++;
	if (at)
		g_string_append_c(to, meant[at - signs]);
	else if (c == 'u' || c == 'U')
		take_hex(r, to, c == 'u' ? 4 : 8);
	else
		fail(r, "an escape that TOML does not have");
}

/* At a quotation mark. */
static const char *
take_string(struct reader *r)
{
	const char quote = peek(r);
	const char *three = quote == '"' ? "\"\"\"" : "'''";
	const bool is_long = is_next(r, three);
	g_autoptr(GString) to = g_string_new(NULL);

	r->i += is_long ? 3 : 1;
	if (is_long && is_next(r, "\r\n"))
		r->i += 2;
	else if (is_long && peek(r) == '\n')
		r->i++;
	for (;;) {
		const char c = peek(r);
		if (r->i >= r->s.len || (!is_long && c == '\n')) {
			fail(r, "the text has no end");
			return "";
		}
		if (is_long ? is_next(r, three) : c == quote)
			break;
		r->i++;
		if (c == '\\' && quote == '"')
			take_escape(r, to, is_long);
		else if (c != '\r' || peek(r) != '\n')
			g_string_append_c(to, c);
	}
	r->i += is_long ? 3 : 1;
	/* Up to two marks may stand in front of the end. */
	for (int k = 0; k < 2 && is_long && peek(r) == quote; k++, r->i++)
		g_string_append_c(to, quote);
	return arena_str(r->im->arena, (struct str){ to->str, to->len });
}

/* ---- keys and values */

static const char *
take_key(struct reader *r)
{
	const size_t from = r->i;

	if (peek(r) == '"' || peek(r) == '\'')
		return take_string(r);
	while (is_alnum(peek(r)) || peek(r) == '_' || peek(r) == '-')
		r->i++;
	if (r->i == from) {
		fail(r, "a key is missing");
		return "";
	}
	return arena_str(r->im->arena,
	    str_upto(str_from(r->s, from), r->i - from));
}

/* "a.b.c": the table that has the last key, which *key is. */
static struct toml *
take_path(struct reader *r, struct toml *table, const char **key)
{
	for (;;) {
		skip_spaces(r);
		*key = take_key(r);
		skip_spaces(r);
		if (r->has_failed || !table)
			return NULL;
		if (peek(r) != '.')
			return table;
		r->i++;
		table = enter(r, table, *key);
	}
}

static void take_value(struct reader *r, struct toml *parent, const char *key);

static void
take_pair(struct reader *r, struct toml *table)
{
	const char *key;
	const size_t from = r->i;

	table = take_path(r, table, &key);
	if (!table)
		return;
	if (peek(r) != '=') {
		fail(r, "'=' is missing behind the key");
		return;
	}
	if (toml_get(table, key)) {
		r->i = from;
		fail(r, "the key has a value already");
		return;
	}
	r->i++;
	skip_spaces(r);
	take_value(r, table, key);
}

static void
take_list(struct reader *r, struct toml *list)
{
	r->i++;
	for (;;) {
		skip_gaps(r);
		if (peek(r) == ']')
			break;
		take_value(r, list, NULL);
		skip_gaps(r);
		if (peek(r) == ',')
			r->i++;
		else if (peek(r) != ']')
			fail(r, "the list has no end");
		if (r->has_failed)
			return;
	}
	r->i++;
}

static void
take_inline(struct reader *r, struct toml *table)
{
	r->i++;
	for (;;) {
		skip_gaps(r);
		if (peek(r) == '}')
			break;
		take_pair(r, table);
		skip_gaps(r);
		if (peek(r) == ',')
			r->i++;
		else if (peek(r) != '}')
			fail(r, "the table has no end");
		if (r->has_failed)
			return;
	}
	r->i++;
}

static void
take_word(struct reader *r, struct toml *t)
{
	const size_t from = r->i;

	while (r->i < r->s.len && !strchr(",]}#\r\n", peek(r)))
		r->i++;
	const struct str word = str_trim(
	    str_upto(str_from(r->s, from), r->i - from));
	if (str_is(word, "true") || str_is(word, "false"))
		t->kind = TOML_BOOL;
	else if (!word.len ||
	    !(g_ascii_isdigit(word.p[0]) || strchr("+-", word.p[0]) ||
		str_is(word, "inf") || str_is(word, "nan"))) {
		r->i = from;
		fail(r,
		    "not understood as a value; a text stands in quotation marks");
	}
	t->text = arena_str(r->im->arena, word);
}

static void
take_value(struct reader *r, struct toml *parent, const char *key)
{
	struct toml *t = add(r, parent, TOML_OTHER, key);
	const char c = peek(r);

	if (++r->depth > DEPTH_MOST)
		fail(r, "the nesting is too deep");
	if (c == '"' || c == '\'') {
		t->kind = TOML_TEXT;
		t->text = take_string(r);
	} else if (c == '[') {
		t->kind = TOML_LIST;
		take_list(r, t);
	} else if (c == '{') {
		t->kind = TOML_TABLE;
		take_inline(r, t);
	} else {
		take_word(r, t);
	}
	t->is_closed = true;
	t->end = r->i;
	r->depth--;
}

/* "[a.b]" and "[[a.b]]" */
static struct toml *
take_header(struct reader *r, struct toml *root)
{
	const bool is_list = is_next(r, "[[");
	const char *close = is_list ? "]]" : "]";
	const char *key;
	const size_t at = r->i;

	r->i += is_list ? 2 : 1;
	struct toml *table = take_path(r, root, &key);
	if (!table)
		return NULL;
	if (!is_next(r, close)) {
		fail(r, "']' is missing");
		return NULL;
	}
	r->i += strlen(close);
	if (!is_list)
		return enter(r, table, key);
	struct toml *list = toml_get(table, key);
	if (!list)
		list = add(r, table, TOML_LIST, key);
	if (list->kind != TOML_LIST || list->is_closed) {
		fail(r, "the key has a value already");
		return NULL;
	}
	struct toml *t = add(r, list, TOML_TABLE, NULL);
	t->at = at;
	return t;
}

struct toml *
toml_read(struct import *im, const struct origin *in)
{
	struct reader r = { .im = im, .in = in, .s = in->text };
	struct toml *root = add(&r, NULL, TOML_TABLE, NULL), *table = root;

	for (;;) {
		skip_gaps(&r);
		if (r.i >= r.s.len || !table)
			break;
		struct toml *now = table;
		if (peek(&r) == '[')
			table = now = take_header(&r, root);
		else
			take_pair(&r, table);
		if (now)
			now->end = r.i;
		skip_spaces(&r);
		if (r.i < r.s.len && !strchr("#\r\n", peek(&r)))
			fail(&r, "something stands behind the value");
	}
	return r.has_failed ? NULL : root;
}
