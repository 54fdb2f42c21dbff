#include "book/schema.h"

#include "base/lang.h"
#include "book/id.h"
#include "book/site.h"

/* So much of a wrong value is repeated in the message. */
enum {
	SHOWN_MOST = 40
};

const char *const shuffle_words[] = {
	[SHUFFLE_NONE] = "none",
	[SHUFFLE_OPTIONS] = "options",
	[SHUFFLE_QUESTIONS] = "questions",
	[SHUFFLE_ALL] = "all",
	NULL,
};
const char *const quiz_mode_words[] = {
	[MODE_PRACTICE] = "practice",
	[MODE_EXAM] = "exam",
	NULL,
};

struct reader {
	const struct schema *schema;
	void *to;
	struct arena *a;
	struct diag *d;
};

static void
put(void *to, size_t at, const void *value, size_t size)
{
	memcpy((char *)to + at, value, size);
}

static void
put_int(void *to, const struct schema_key *k, int value)
{
	G_STATIC_ASSERT(sizeof(enum shuffle) == sizeof(int));
	put(to, k->at, &value, sizeof(value));
}

static void
put_list(void *to, const struct schema_key *k, const char *const *items,
    size_t n_items)
{
	put(to, k->at, &items, sizeof(items));
	put(to, k->n_at, &n_items, sizeof(n_items));
}

/* The index of a word, or SCHEMA_ABSENT. */
static int
word_index(const char *const *words, struct str s)
{
	for (int i = 0; words[i]; i++)
		if (str_is(s, words[i]))
			return i;
	return SCHEMA_ABSENT;
}

/* [-+]?[0-9]+ between least and most. */
static bool
parse_int(struct str s, int least, int most, int *value)
{
	bool is_negative = s.len && s.p[0] == '-';
	long n = 0;

	if (s.len && (s.p[0] == '-' || s.p[0] == '+'))
		s = str_from(s, 1);
	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		n = n * 10 + (s.p[i] - '0');
		if (n > INT_MAX)
			return false;
	}
	if (is_negative)
		n = -n;
	*value = (int)n;
	return n >= least && n <= most;
}

static void
put_default(const struct schema_key *k, void *to)
{
	const struct yaml *no_map = NULL;
	int n = SCHEMA_ABSENT;
	bool is_set = false;

	switch (k->type) {
	case SCHEMA_TEXT:
		put(to, k->at, &k->fallback, sizeof(k->fallback));
		break;
	case SCHEMA_INT:
		if (k->fallback)
			parse_int(str_of(k->fallback), k->least, k->most, &n);
		put_int(to, k, n);
		break;
	case SCHEMA_BOOL:
		is_set = k->fallback && strcmp(k->fallback, "true") == 0;
		put(to, k->at, &is_set, sizeof(is_set));
		break;
	case SCHEMA_WORD:
		if (k->fallback)
			n = word_index(k->words, str_of(k->fallback));
		put_int(to, k, n);
		break;
	case SCHEMA_LIST: put_list(to, k, NULL, 0); break;
	case SCHEMA_MAP: put(to, k->at, &no_map, sizeof(no_map)); break;
	case SCHEMA_GROUP:
		for (const struct schema_key *in = k->keys; in->name; in++)
			put_default(in, to);
		break;
	case SCHEMA_ANY: break;
	}
}

void
schema_defaults(const struct schema *s, void *to)
{
	for (const struct schema_key *k = s->keys; k->name; k++)
		put_default(k, to);
	for (const struct schema_key *k = s->more; k && k->name; k++)
		put_default(k, to);
}

static char *
join_words(const char *const *words)
{
	GString *s = g_string_new(NULL);

	for (size_t i = 0; words[i]; i++)
		g_string_append_printf(s, "%s%s",
		    i == 0             ? ""
			: words[i + 1] ? ", "
				       : " or ",
		    words[i]);
	return g_string_free(s, FALSE);
}

/* Where the manual's line has an example, so has the message. */
static char *
expect_map(const struct schema_key *k)
{
	const char *from = strstr(k->help, "`{");
	const char *to = from ? strstr(from, "}`") : NULL;

	if (!to)
		return g_strdup("a map of keys and values");
	return g_strdup_printf("a map such as %.*s", (int)(to - from),
	    from + 1);
}

char *
schema_expects(const struct schema_key *k)
{
	switch (k->type) {
	case SCHEMA_TEXT:
		return g_strdup(
		    k->text && k->text->expects ? k->text->expects : "text");
	case SCHEMA_INT:
		return g_strdup_printf("a whole number from %d to %d", k->least,
		    k->most);
	case SCHEMA_BOOL: return g_strdup("true or false");
	case SCHEMA_WORD: return join_words(k->words);
	case SCHEMA_LIST: return g_strdup("a list of texts");
	case SCHEMA_MAP:
	case SCHEMA_GROUP: return expect_map(k);
	case SCHEMA_ANY: return g_strdup("anything");
	}
	g_assert_not_reached();
}

/* A value as the message shows it. */
static char *
shown_value(const struct yaml *y)
{
	if (y->kind != YAML_SCALAR)
		return g_strdup(y->kind == YAML_LIST ? "a list" : "a map");
	size_t len = y->text.len;
	if (len > SHOWN_MOST) {
		len = SHOWN_MOST;
		while ((y->text.p[len] & 0xc0) == 0x80)
			len--;
	}
	char *s = g_strndup(y->text.p, len);
	return g_strdelimit(s, "\n\r\t", ' ');
}

void
schema_wrong(enum diag_id id, const char *key, const struct yaml *value,
    const char *expected, struct diag *d)
{
	g_autofree char *shown = shown_value(value);

	diag_at(d, id, value->at, "%s: %s", key, shown);
	diag_help(d, "expected %s", expected);
}

static void
wrong(const struct reader *r, const struct schema_key *k, const char *path,
    const struct yaml *value)
{
	g_autofree char *expected = schema_expects(k);

	schema_wrong(r->schema->type_id, path, value, expected, r->d);
}

const char *
schema_line(const struct yaml *scalar, struct arena *a)
{
	char *text = arena_str(a, str_trim(scalar->text));
	char *to = text;

	for (const char *p = text; *p; p++) {
		bool is_break = *p == '\n' || *p == '\r';
		if (is_break && to > text && to[-1] == ' ')
			continue;
		*to++ = is_break ? ' ' : *p;
	}
	*to = '\0';
	return text;
}

static bool
read_text(const struct reader *r, const struct schema_key *k,
    const struct yaml *y)
{
	if (y->kind != YAML_SCALAR)
		return false;
	const char *text = schema_line(y, r->a);
	if (k->text && k->text->is_valid && !k->text->is_valid(str_of(text)))
		return false;
	put(r->to, k->at, &text, sizeof(text));
	return true;
}

static bool
read_int(const struct reader *r, const struct schema_key *k,
    const struct yaml *y)
{
	int n;

	if (y->kind != YAML_SCALAR || y->is_quoted ||
	    !parse_int(y->text, k->least, k->most, &n))
		return false;
	put_int(r->to, k, n);
	return true;
}

/* YAML 1.2: yes, no, on and off are texts. */
static bool
read_bool(const struct reader *r, const struct schema_key *k,
    const struct yaml *y)
{
	bool is_set = str_is(y->text, "true");

	if (y->kind != YAML_SCALAR || y->is_quoted ||
	    (!is_set && !str_is(y->text, "false")))
		return false;
	put(r->to, k->at, &is_set, sizeof(is_set));
	return true;
}

static bool
read_word(const struct reader *r, const struct schema_key *k,
    const struct yaml *y)
{
	int n = y->kind == YAML_SCALAR ? word_index(k->words, y->text)
				       : SCHEMA_ABSENT;

	if (n == SCHEMA_ABSENT)
		return false;
	put_int(r->to, k, n);
	return true;
}

static bool
read_list(const struct reader *r, const struct schema_key *k, const char *path,
    const struct yaml *y)
{
	size_t n = y->kind == YAML_LIST ? y->n_items : 1, n_good = 0;
	const struct yaml *items = y->kind == YAML_LIST ? y->items : y;
	const char **texts = arena_array(r->a, n, const char *);

	if (y->kind == YAML_MAP)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct yaml *item = &items[i];
		if (item->kind != YAML_SCALAR || yaml_is_null(item))
			schema_wrong(r->schema->type_id, path, item,
			    "text as item of the list", r->d);
		else
			texts[n_good++] = schema_line(item, r->a);
	}
	put_list(r->to, k, texts, n_good);
	return true;
}

static void read_keys(const struct reader *r, const struct yaml *map,
    const struct schema_key *keys, const struct schema_key *more,
    const char *group);

static void
read_value(const struct reader *r, const struct schema_key *k, const char *path,
    const struct yaml *y)
{
	bool ok = true;

	if (yaml_is_null(y))
		return;
	switch (k->type) {
	case SCHEMA_TEXT: ok = read_text(r, k, y); break;
	case SCHEMA_INT: ok = read_int(r, k, y); break;
	case SCHEMA_BOOL: ok = read_bool(r, k, y); break;
	case SCHEMA_WORD: ok = read_word(r, k, y); break;
	case SCHEMA_LIST: ok = read_list(r, k, path, y); break;
	case SCHEMA_MAP:
		ok = y->kind == YAML_MAP;
		if (ok)
			put(r->to, k->at, &y, sizeof(y));
		break;
	case SCHEMA_GROUP:
		ok = y->kind == YAML_MAP;
		if (ok)
			read_keys(r, y, k->keys, NULL, k->name);
		break;
	case SCHEMA_ANY: break;
	}
	if (!ok)
		wrong(r, k, path, y);
}

static const struct schema_key *
find(const struct schema_key *keys, const char *name)
{
	for (const struct schema_key *k = keys; k && k->name; k++)
		if (strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

static void
collect(GPtrArray *names, const struct schema_key *keys)
{
	/* The array only carries the names; nothing writes to them. */
	for (const struct schema_key *k = keys; k && k->name; k++)
		g_ptr_array_add(names, (char *)(uintptr_t)k->name);
}

static void
report_unknown(const struct reader *r, const struct schema_key *keys,
    const struct schema_key *more, struct loc at, const char *name,
    const char *path)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	collect(names, keys);
	collect(names, more);
	g_ptr_array_add(names, NULL);
	diag_at(r->d, r->schema->key_id, at, "%s", path);
	const char *near = nearest(name, (const char *const *)names->pdata);
	if (near)
		diag_help(r->d, "did you mean '%s'?", near);
}

/* group is the key that holds the map, or NULL at the top. */
static void
read_keys(const struct reader *r, const struct yaml *map,
    const struct schema_key *keys, const struct schema_key *more,
    const char *group)
{
	const char *why_not = r->schema->why_not_more;

	for (size_t i = 0; i < map->n_items; i++) {
		const struct yaml_key *key = &map->keys[i];
		g_autofree char *path = g_strdup_printf("%s%s%s",
		    group ? group : "", group ? "." : "", key->name);
		const struct schema_key *k = find(keys, key->name);
		bool is_more = !k && (k = find(more, key->name));
		if (!k) {
			report_unknown(r, keys, why_not ? NULL : more, key->at,
			    key->name, path);
		} else if (is_more && why_not) {
			diag_at(r->d, r->schema->key_id, key->at, "%s", path);
			diag_help(r->d, "%s", why_not);
		} else {
			read_value(r, k, path, &map->items[i]);
		}
	}
}

void
schema_read(const struct schema *s, const struct yaml *map, void *to,
    struct arena *a, struct diag *d)
{
	const struct reader r = { s, to, a, d };

	schema_defaults(s, to);
	read_keys(&r, map, s->keys, s->more, NULL);
}

static bool
is_filled(struct str s)
{
	return str_trim(s).len > 0;
}

const struct schema_text schema_filled = { .name = "text",
	.is_valid = is_filled,
	.pattern = "\\S" };
const struct schema_text schema_lang = { .name = "language tag",
	.is_valid = lang_is_tag,
	.expects = "a language tag such as en or pt-BR",
	.pattern = "^\\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\\s*$" };
const struct schema_text schema_id = { .name = "id",
	.is_valid = id_is_valid,
	.expects =
	    "lower-case letters and digits, parts joined by single hyphens",
	.pattern = "^\\s*[a-z0-9]+(-[a-z0-9]+)*\\s*$" };
const struct schema_text schema_slug = { .name = "slug",
	.is_valid = id_is_valid,
	.expects =
	    "lower-case letters and digits, parts joined by single hyphens",
	.pattern = "^\\s*[a-z0-9]+(-[a-z0-9]+)*\\s*$" };
