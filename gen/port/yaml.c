#include "port/yaml.h"

#include <yaml.h>

#include <stdint.h>

/* Deeper nesting is refused before libyaml's scanner, which is quadratic in
 * it, gets far. */
enum {
	DEPTH_MOST = 64
};

/* A place in the text, counted in all ways that matter. */
struct cursor {
	size_t index; /* characters: what libyaml counts */
	size_t offset, line_at; /* bytes: here, and where the line began */
	unsigned line;
};

struct reader {
	yaml_parser_t parser;
	const struct origin *in;
	struct str text;
	struct cursor start, seen;
	enum diag_id bad_id;
	bool is_bad; /* something has been reported */
	struct arena *a;
	struct diag *d;
};

/* What authors run into most. */
static const struct {
	const char *problem, *help;
} hints[] = {
	{ "found unexpected end of stream", "these quotes are not closed" },
	{ "mapping values are not allowed in this context",
	    "text that contains ': ' must stand in quotes" },
	{ "found character that cannot start any token",
	    "indent by spaces; text that begins with @, ` or % must stand in quotes" },
	{ "found a tab character that violates indentation",
	    "indent by spaces, not by tabs" },
	{ "found unexpected ':'", "a space must follow the ':' of a key" },
	{ "did not find expected alphabetic or numeric character",
	    "text that begins with * or & must stand in quotes" },
};

static void
step(struct reader *r)
{
	struct cursor *c = &r->seen;
	const char *p = r->text.p + c->offset;

	c->index++;
	c->offset += (size_t)g_utf8_skip[(unsigned char)*p];
	if (c->offset > r->text.len)
		c->offset = r->text.len;
	if (*p == '\n') {
		c->line++;
		c->line_at = c->offset;
	}
}

static struct loc
here(const struct reader *r)
{
	const struct cursor *c = &r->seen;

	return (struct loc){ r->in, c->line,
		(unsigned)(c->offset - c->line_at) + 1 };
}

/* libyaml's own line and column are of no use: it ends lines at U+0085 and
 * U+2028 too, and its columns are characters. Marks mostly come in order, so
 * the cursor makes all of them together one walk over the text. */
static struct loc
locate(struct reader *r, yaml_mark_t mark)
{
	if (mark.index < r->seen.index)
		r->seen = r->start;
	while (r->seen.index < mark.index && r->seen.offset < r->text.len)
		step(r);
	return here(r);
}

static struct loc
locate_byte(struct reader *r, size_t offset)
{
	r->seen = r->start;
	while (r->seen.offset < offset && r->seen.offset < r->text.len)
		step(r);
	return here(r);
}

static void
refuse(struct reader *r, yaml_mark_t mark, const char *what, const char *help)
{
	diag_at(r->d, r->bad_id, locate(r, mark), "%s", what);
	if (help)
		diag_help(r->d, "%s", help);
	r->is_bad = true;
}

static void
explain_problem(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;

	for (size_t i = 0; i < G_N_ELEMENTS(hints); i++)
		if (p->problem && strcmp(p->problem, hints[i].problem) == 0) {
			diag_help(r->d, "%s", hints[i].help);
			return;
		}
	if (p->context && p->error != YAML_READER_ERROR)
		diag_help(r->d, "%s that begins in line %u", p->context,
		    locate(r, p->context_mark).line);
}

/* False: libyaml does not understand the text; reported. */
static bool
next_event(struct reader *r, yaml_event_t *e)
{
	yaml_parser_t *p = &r->parser;

	if (yaml_parser_parse(p, e))
		return true;
	/* That quotes are not closed is seen at the end only. */
	bool is_at_end = p->context && p->problem &&
	    strcmp(p->problem, "found unexpected end of stream") == 0;
	struct loc at = p->error == YAML_READER_ERROR
	    ? locate_byte(r, p->problem_offset)
	    : locate(r, is_at_end ? p->context_mark : p->problem_mark);
	diag_at(r->d, r->bad_id, at, "%s",
	    p->problem ? p->problem : "out of memory");
	explain_problem(r);
	r->is_bad = true;
	return false;
}

/* Escapes can smuggle in what no XML document may contain.
 * https://www.w3.org/TR/xml/#charsets */
static bool
is_xml_text(struct str s)
{
	const char *end = s.p + s.len;

	for (const char *p = s.p; p < end; p += g_utf8_skip[(guchar)*p]) {
		gunichar c = g_utf8_get_char(p);
		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
			return false;
		if (c == 0xfffe || c == 0xffff)
			return false;
	}
	return true;
}

static struct str
take_text(struct reader *r, const yaml_event_t *e)
{
	struct str s = { (const char *)e->data.scalar.value,
		e->data.scalar.length };

	if (!is_xml_text(s)) {
		refuse(r, e->start_mark,
		    "the text contains a control character", NULL);
		s.len = 0;
	}
	return (struct str){ arena_str(r->a, s), s.len };
}

static void
check_properties(struct reader *r, const yaml_event_t *e, const void *anchor,
    const void *tag)
{
	if (anchor)
		refuse(r, e->start_mark, "anchors are not supported",
		    "text that begins with & must stand in quotes");
	if (tag)
		refuse(r, e->start_mark, "tags are not supported",
		    "text that begins with ! must stand in quotes");
}

static bool read_value(struct reader *r, const yaml_event_t *e, unsigned depth,
    struct yaml *to);

static bool
read_list(struct reader *r, unsigned depth, struct yaml *to)
{
	g_autoptr(GArray)
	    items = g_array_new(FALSE, FALSE, sizeof(struct yaml));
	yaml_event_t e;

	for (;;) {
		if (!next_event(r, &e))
			return false;
		if (e.type == YAML_SEQUENCE_END_EVENT)
			break;
		struct yaml item;
		bool ok = read_value(r, &e, depth, &item);
		yaml_event_delete(&e);
		if (!ok)
			return false;
		g_array_append_val(items, item);
	}
	yaml_event_delete(&e);
	to->items = arena_array_of(r->a, items);
	to->n_items = items->len;
	return true;
}

/* Reports a key that the map already has. */
static void
check_duplicate(struct reader *r, GHashTable *lines, const struct yaml_key *k)
{
	unsigned first = GPOINTER_TO_UINT(g_hash_table_lookup(lines, k->name));

	if (first) {
		diag_at(r->d, r->bad_id, k->at, "the key %s is given twice",
		    k->name);
		diag_help(r->d, "it was first given in line %u", first);
		r->is_bad = true;
		return;
	}
	/* The table only reads the name, which the arena keeps. */
	g_hash_table_insert(lines, (char *)(uintptr_t)k->name,
	    GUINT_TO_POINTER(k->at.line));
}

/* e is the event that follows the last value. */
static bool
read_key(struct reader *r, const yaml_event_t *e, unsigned depth,
    GHashTable *lines, struct yaml_key *key)
{
	struct yaml y;

	if (!read_value(r, e, depth, &y))
		return false;
	*key = (struct yaml_key){ "", y.at };
	if (y.kind != YAML_SCALAR) {
		refuse(r, e->start_mark, "a key must be plain text",
		    "text that begins with { or [ must stand in quotes");
		return true;
	}
	key->name = y.text.p;
	check_duplicate(r, lines, key);
	return true;
}

static bool
read_pair(struct reader *r, const yaml_event_t *e, unsigned depth,
    GHashTable *lines, struct yaml_key *key, struct yaml *value)
{
	yaml_event_t of_value;

	if (!read_key(r, e, depth, lines, key) || !next_event(r, &of_value))
		return false;
	bool ok = read_value(r, &of_value, depth, value);
	yaml_event_delete(&of_value);
	return ok;
}

static bool
read_map(struct reader *r, unsigned depth, struct yaml *to)
{
	g_autoptr(GArray)
	    keys = g_array_new(FALSE, FALSE, sizeof(struct yaml_key));
	g_autoptr(GArray)
	    values = g_array_new(FALSE, FALSE, sizeof(struct yaml));
	g_autoptr(GHashTable) lines = g_hash_table_new(g_str_hash, g_str_equal);
	yaml_event_t e;

	for (;;) {
		if (!next_event(r, &e))
			return false;
		if (e.type == YAML_MAPPING_END_EVENT)
			break;
		struct yaml_key key;
		struct yaml value;
		bool ok = read_pair(r, &e, depth, lines, &key, &value);
		yaml_event_delete(&e);
		if (!ok)
			return false;
		g_array_append_val(keys, key);
		g_array_append_val(values, value);
	}
	yaml_event_delete(&e);
	to->keys = arena_array_of(r->a, keys);
	to->items = arena_array_of(r->a, values);
	to->n_items = keys->len;
	return true;
}

static bool
is_too_deep(struct reader *r, const yaml_event_t *e, unsigned depth)
{
	if (depth < DEPTH_MOST)
		return false;
	refuse(r, e->start_mark, "the nesting is too deep", NULL);
	return true;
}

/* e begins the value; depth is that of what holds it. False: there is no
 * sense in reading on; reported. */
static bool
read_value(struct reader *r, const yaml_event_t *e, unsigned depth,
    struct yaml *to)
{
	*to = (struct yaml){ .at = locate(r, e->start_mark),
		.text = STR_LIT("") };
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		check_properties(r, e, e->data.scalar.anchor,
		    e->data.scalar.tag);
		to->kind = YAML_SCALAR;
		to->text = take_text(r, e);
		to->is_quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
		return true;
	case YAML_SEQUENCE_START_EVENT:
		check_properties(r, e, e->data.sequence_start.anchor,
		    e->data.sequence_start.tag);
		to->kind = YAML_LIST;
		return !is_too_deep(r, e, depth) && read_list(r, depth + 1, to);
	case YAML_MAPPING_START_EVENT:
		check_properties(r, e, e->data.mapping_start.anchor,
		    e->data.mapping_start.tag);
		to->kind = YAML_MAP;
		return !is_too_deep(r, e, depth) && read_map(r, depth + 1, to);
	case YAML_ALIAS_EVENT:
		to->kind = YAML_SCALAR;
		refuse(r, e->start_mark, "aliases are not supported",
		    "text that begins with * must stand in quotes");
		return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: break;
	}
	g_assert_not_reached(); /* libyaml's grammar */
}

/* The one document of the stream; *root stays an empty map if it has none. */
static void
read_stream(struct reader *r, struct yaml *root)
{
	bool is_done = false, has_root = false;

	while (!is_done) {
		yaml_event_t e;
		if (!next_event(r, &e))
			return;
		switch (e.type) {
		case YAML_STREAM_START_EVENT:
		case YAML_DOCUMENT_END_EVENT: break;
		case YAML_STREAM_END_EVENT: is_done = true; break;
		case YAML_DOCUMENT_START_EVENT:
			if (has_root) {
				refuse(r, e.start_mark,
				    "a second document begins here", NULL);
				is_done = true;
			}
			break;
		case YAML_NO_EVENT:
		case YAML_ALIAS_EVENT:
		case YAML_SCALAR_EVENT:
		case YAML_SEQUENCE_START_EVENT:
		case YAML_SEQUENCE_END_EVENT:
		case YAML_MAPPING_START_EVENT:
		case YAML_MAPPING_END_EVENT:
			has_root = true;
			is_done = !read_value(r, &e, 0, root);
			break;
		}
		yaml_event_delete(&e);
	}
}

const struct yaml *
yaml_parse(const struct origin *in, struct str text, unsigned first_line,
    enum diag_id bad_id, struct arena *a, struct diag *d)
{
	struct reader r = { .in = in,
		.text = text,
		.bad_id = bad_id,
		.a = a,
		.d = d,
		.start = { .line = first_line } };
	struct yaml *root = arena_obj(a, struct yaml);

	r.seen = r.start;
	*root = (struct yaml){ .kind = YAML_MAP,
		.at = here(&r),
		.text = STR_LIT("") };
	if (!yaml_parser_initialize(&r.parser))
		g_error("out of memory");
	/* Given, so that a UTF-16 byte order mark is an error like others. */
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.p,
	    text.len);
	read_stream(&r, root);
	yaml_parser_delete(&r.parser);
	if (r.is_bad)
		return NULL;
	if (yaml_is_null(root))
		*root = (struct yaml){ .kind = YAML_MAP,
			.at = root->at,
			.text = STR_LIT("") };
	return root;
}

const struct yaml *
yaml_get(const struct yaml *map, const char *key)
{
	if (map->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < map->n_items; i++)
		if (strcmp(map->keys[i].name, key) == 0)
			return &map->items[i];
	return NULL;
}

bool
yaml_is_null(const struct yaml *y)
{
	static const char *const spellings[] = { "", "~", "null", "Null",
		"NULL" };

	if (y->kind != YAML_SCALAR || y->is_quoted)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++)
		if (str_is(y->text, spellings[i]))
			return true;
	return false;
}
