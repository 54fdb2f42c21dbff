/*
 * Notes of Anki as text: columns parted by tabs or commas, and lines in front
 * that say what they are. https://docs.ankiweb.net/importing/text-files.html
 */
#include "import/anki.h"

#include <stdint.h>

enum {
	COLUMNS_MOST = 1000
};

enum html_is {
	HTML_UNKNOWN,
	HTML_YES,
	HTML_NO
};

struct table {
	struct anki anki;
	const struct origin *in;
	struct str rest;
	struct bank *bank; /* for what concerns the file */
	char separator; /* '\0': not known yet */
	enum html_is html;
	const char *tags, *type, *deck; /* of all notes */
	unsigned tags_at, type_at, deck_at,
	    guid_at; /* columns from 1; 0: none */
	GPtrArray *columns; /* their names, or NULL */
	GHashTable *types; /* by name and number of fields */
};

static size_t
offset_of(const struct table *t, struct str s)
{
	return (size_t)(s.p - t->in->text.p);
}

/* ---- the lines in front */

static char
separator_of(struct str s)
{
	static const struct {
		const char *name;
		char c;
	} names[] = { { "tab", '\t' }, { "comma", ',' }, { "semicolon", ';' },
		{ "space", ' ' }, { "pipe", '|' }, { "colon", ':' } };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (str_is_nocase(s, names[i].name))
			return names[i].c;
	return s.len == 1 ? s.p[0] : '\t';
}

static unsigned
column_of(struct str s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s.len && g_ascii_isdigit(s.p[i]); i++)
		n = n > COLUMNS_MOST ? n : n * 10 + (unsigned)(s.p[i] - '0');
	return n > COLUMNS_MOST ? 0 : n;
}

static void
take_names(struct table *t, struct str s)
{
	const char separator = t->separator ? t->separator : '\t';

	t->columns = g_ptr_array_new();
	while (s.len) {
		const size_t at = str_find(s, separator);
		g_ptr_array_add(t->columns,
		    arena_str(t->anki.im->arena, str_trim(str_upto(s, at))));
		s = str_from(s, at + 1);
	}
}

static bool
take_text_header(struct table *t, const char *key, struct str value)
{
	struct arena *a = t->anki.im->arena;

	if (strcmp(key, "tags") == 0)
		t->tags = arena_str(a, value);
	else if (strcmp(key, "notetype") == 0)
		t->type = arena_str(a, value);
	else if (strcmp(key, "deck") == 0)
		t->deck = arena_str(a, value);
	else if (strcmp(key, "separator") == 0)
		t->separator = separator_of(value);
	else if (strcmp(key, "html") == 0)
		t->html = str_is_nocase(value, "true") ? HTML_YES : HTML_NO;
	else if (strcmp(key, "columns") == 0)
		take_names(t, value);
	else
		/* What to do about notes that are there already. */
		return strcmp(key, "if matches") == 0;
	return true;
}

static bool
take_column_header(struct table *t, const char *key, struct str value)
{
	const struct {
		const char *key;
		unsigned *at;
	} columns[] = { { "tags column", &t->tags_at },
		{ "notetype column", &t->type_at },
		{ "deck column", &t->deck_at },
		{ "guid column", &t->guid_at } };

	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
		if (strcmp(columns[i].key, key) != 0)
			continue;
		*columns[i].at = column_of(value);
		return true;
	}
	return false;
}

/* "#separator:tab" */
static void
take_header(struct table *t, struct str line)
{
	const size_t colon = str_find(line, ':');
	g_autofree char *key = g_ascii_strdown(line.p + 1,
	    colon ? (gssize)colon - 1 : 0);
	/* A separator may be a space. */
	struct str value = str_from(line, colon + 1);

	if (value.len > 1)
		value = str_trim(value);
	g_strstrip(key);
	if (take_text_header(t, key, value) ||
	    take_column_header(t, key, value))
		return;
	if (colon < line.len)
		import_lost(t->anki.im, &t->bank->lost,
		    import_loc(t->anki.im, t->in, offset_of(t, line)), line,
		    "a line in front of the notes");
}

static void
read_headers(struct table *t)
{
	while (str_starts(t->rest, "#")) {
		struct str next = t->rest;
		take_header(t, str_line(&next));
		t->rest = next;
	}
	if (t->separator)
		return;
	struct str look = t->rest;
	const struct str first = str_line(&look);
	t->separator = memchr(first.p, '\t', first.len) ? '\t'
	    : memchr(first.p, ';', first.len)           ? ';'
	    : memchr(first.p, ',', first.len)           ? ','
							: '\t';
}

/* ---- rows */

/* A column; in quotation marks it may hold line ends. False: the marks have no
 * end. *is_last: the row ends here. */
static bool
take_cell(struct table *t, GString *to, bool *is_last)
{
	struct str s = t->rest;
	size_t i = 0;
	bool is_quoted = str_starts(s, "\"");

	i += is_quoted;
	for (; i < s.len; i++) {
		const char c = s.p[i];
		if (is_quoted && c == '"') {
			if (i + 1 < s.len && s.p[i + 1] == '"')
				i++;
			else {
				is_quoted = false;
				continue;
			}
		} else if (!is_quoted && (c == t->separator || c == '\n')) {
			break;
		} else if (c == '\r' && i + 1 < s.len && s.p[i + 1] == '\n') {
			continue;
		}
		g_string_append_c(to, c);
	}
	*is_last = i >= s.len || s.p[i] == '\n';
	t->rest = str_from(s, i + 1);
	return !is_quoted;
}

/* HTML of a column, in the arena. */
static const char *
html_of(const struct table *t, const char *cell)
{
	const bool is_html = t->html == HTML_YES ||
	    (t->html == HTML_UNKNOWN &&
		(strstr(cell, "</") || strstr(cell, "<br") ||
		    strstr(cell, "<img") || strstr(cell, "&lt;") ||
		    strstr(cell, "&amp;") || strstr(cell, "&nbsp;")));
	g_autoptr(GString) html = g_string_new(NULL);

	if (is_html)
		return arena_strdup(t->anki.im->arena, cell);
	g_autofree char *safe = g_markup_escape_text(cell, -1);
	g_string_append(html, safe);
	(void)g_string_replace(html, "\n", "<br>", 0);
	return arena_str(t->anki.im->arena,
	    (struct str){ html->str, html->len });
}

static bool
is_special(const struct table *t, unsigned column)
{
	return column == t->tags_at || column == t->type_at ||
	    column == t->deck_at || column == t->guid_at;
}

static const char *
special(const GPtrArray *row, unsigned column, const char *otherwise)
{
	const char *cell = column && column <= row->len ? row->pdata[column - 1]
							: NULL;

	return cell && str_trim(str_of(cell)).len ? cell : otherwise;
}

/* The names that "#columns" gives to the fields. */
static const struct anki_type *
with_names(struct table *t, const struct anki_type *known)
{
	struct arena *a = t->anki.im->arena;
	struct anki_type *own = arena_obj(a, struct anki_type);
	const char **names = arena_array(a, known->n_fields + 1, const char *);
	size_t n = 0;

	*own = *known;
	for (unsigned i = 0; i < t->columns->len; i++)
		if (!is_special(t, i + 1) && n < known->n_fields)
			names[n++] = t->columns->pdata[i];
	for (; n < known->n_fields; n++)
		names[n] = known->fields[n];
	/* The templates know only their own names for the first two. */
	for (size_t i = 0; i < 2 && i < n; i++)
		names[i] = known->fields[i];
	own->fields = names;
	return own;
}

static const struct anki_type *
type_of(struct table *t, const char *name, size_t n_fields)
{
	struct arena *a = t->anki.im->arena;
	char *key = arena_printf(a, "%zu %s", n_fields, name);
	const struct anki_type *type = g_hash_table_lookup(t->types, key);

	if (type)
		return type;
	type = anki_known_type(t->anki.im, name, n_fields);
	if (t->columns && !g_str_has_prefix(name, "ergen "))
		type = with_names(t, type);
	g_hash_table_insert(t->types, key, (gpointer)(uintptr_t)type);
	return type;
}

static const char *
default_type(const struct table *t, const char *const *values, size_t n)
{
	if (t->type)
		return t->type;
	for (size_t i = 0; i < n; i++)
		if (strstr(values[i], "{{c1::"))
			return "Cloze";
	return "Basic";
}

static void
add_row(struct table *t, const GPtrArray *row, struct loc at)
{
	struct import *im = t->anki.im;
	const char **values = arena_array(im->arena, row->len + 16,
	    const char *);
	size_t n = 0;

	for (unsigned i = 0; i < row->len; i++)
		if (!is_special(t, i + 1))
			values[n++] = html_of(t, row->pdata[i]);
	const char *type = special(row, t->type_at, default_type(t, values, n));
	const char *deck = special(row, t->deck_at, t->deck);
	const char *tags = special(row, t->tags_at, "");
	const struct anki_note note = {
		.type = type_of(t, type, n),
		.values = values,
		.guid = special(row, t->guid_at, ""),
		.tags = t->tags
		    ? arena_printf(im->arena, "%s %s", tags, t->tags)
		    : tags,
		.at = at,
	};
	for (size_t i = n; i < note.type->n_fields; i++)
		values[i] = "";
	anki_add(&t->anki,
	    deck ? import_bank(im, anki_deck_name(im, str_of(deck)), t->in)
		 : t->bank,
	    &note);
}

/* One row. False: reported. */
static bool
read_row(struct table *t)
{
	struct import *im = t->anki.im;
	const struct loc at = import_loc(im, t->in, offset_of(t, t->rest));
	g_autoptr(GPtrArray) row = g_ptr_array_new();
	bool is_last = false, is_empty = true;

	while (!is_last) {
		g_autoptr(GString) cell = g_string_new(NULL);
		if (!take_cell(t, cell, &is_last))
			return import_bad(im, at,
			    "a quotation mark has no partner");
		if (row->len >= COLUMNS_MOST)
			return import_bad(im, at, "more than %d columns",
			    COLUMNS_MOST);
		is_empty = is_empty && cell->len == 0;
		g_ptr_array_add(row, arena_strdup(im->arena, cell->str));
	}
	if (!is_empty)
		add_row(t, row, at);
	return true;
}

static bool
read_anki_text(struct import *im, const struct origin *in)
{
	struct table t = { .anki = { .im = im }, .in = in, .rest = in->text };
	bool ok = true;

	t.bank = import_bank(im, import_stem(im, in), in);
	t.types = g_hash_table_new(g_str_hash, g_str_equal);
	read_headers(&t);
	while (t.rest.len && ok) {
		struct str next = t.rest;
		/* A line that begins so is a comment, here as well. */
		if (str_starts(next, "#")) {
			import_lost(im, &t.bank->lost,
			    import_loc(im, in, offset_of(&t, next)),
			    str_upto(next, str_find(next, '\n')), "a comment");
			(void)str_line(&next);
			t.rest = next;
			continue;
		}
		ok = read_row(&t);
	}
	anki_finish(&t.anki);
	if (t.columns)
		g_ptr_array_free(t.columns, TRUE);
	g_hash_table_destroy(t.types);
	return ok;
}

const struct importer import_anki_text = {
	.name = "anki-text",
	.summary = "notes of Anki as text",
	.read = read_anki_text,
};
