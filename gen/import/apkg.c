/*
 * Decks of Anki: an archive with an SQLite database, in the old form (JSON in
 * the table col) or the new one (Zstandard, tables of types, decks and
 * templates whose settings are protobuf).
 * https://github.com/ankitects/anki/tree/main/rslib/src/storage and
 * https://github.com/ankitects/anki/tree/main/proto/anki
 */
#include "import/anki.h"
#include "port/db.h"
#include "port/zip.h"
#include "port/zstd.h"

#include <stdint.h>

#define UNPACKED_MOST ((size_t)1 << 30) /* bytes of all that is unpacked */
#define FILE_MOST ((size_t)256 << 20) /* of one file in it */

struct package {
	struct anki anki;
	struct arena *arena;
	const struct origin *in;
	struct str collection; /* the database */
	size_t left; /* bytes that may still be unpacked */
	bool is_new; /* types and decks have tables */
	bool is_packed; /* the list of files and each of them, once more */
	GHashTable *media; /* name -> name in the archive */
	GHashTable *links; /* name -> link, of those taken out */
	GHashTable *types; /* id -> struct anki_type */
	GHashTable *decks; /* id -> name */
};

static struct loc
whole(const struct package *p)
{
	return (struct loc){ p->in, 0, 0 };
}

static const char *
keep(struct package *p, struct str s)
{
	g_autofree char *good = g_utf8_make_valid(s.p, (gssize)s.len);

	return arena_strdup(p->arena, good);
}

/* ---- protobuf: https://protobuf.dev/programming-guides/encoding/ */

static bool
take_varint(struct str *s, unsigned long long *value)
{
	*value = 0;
	for (unsigned i = 0; i < 10 && i < s->len; i++) {
		const unsigned char c = (unsigned char)s->p[i];
		*value |= (unsigned long long)(c & 127) << (7 * i);
		if (c < 128) {
			*s = str_from(*s, i + 1);
			return true;
		}
	}
	return false;
}

/* The next field; bytes for those that have a length. False: no more. */
static bool
take_field(struct str *s, unsigned *number, unsigned long long *value,
    struct str *bytes)
{
	unsigned long long tag;

	if (!take_varint(s, &tag))
		return false;
	*number = (unsigned)(tag >> 3);
	*bytes = (struct str){ NULL, 0 };
	*value = 0;
	switch (tag & 7) {
	case 0: return take_varint(s, value);
	case 1: *s = str_from(*s, 8); return true;
	case 5: *s = str_from(*s, 4); return true;
	case 2:
		if (!take_varint(s, value) || *value > s->len)
			return false;
		*bytes = str_upto(*s, (size_t)*value);
		*s = str_from(*s, (size_t)*value);
		return true;
	default: return false;
	}
}

static struct str
proto_text(struct str message, unsigned wanted)
{
	unsigned number;
	unsigned long long value;
	struct str bytes;

	while (take_field(&message, &number, &value, &bytes))
		if (number == wanted)
			return bytes;
	return (struct str){ "", 0 };
}

static unsigned long long
proto_int(struct str message, unsigned wanted)
{
	unsigned number;
	unsigned long long value;
	struct str bytes;

	while (take_field(&message, &number, &value, &bytes))
		if (number == wanted)
			return value;
	return 0;
}

/* ---- media */

/* A list of MediaEntry: the name is field 1; the file is named by its place. */
static void
read_new_media(struct package *p, struct str list)
{
	unsigned number, n = 0;
	unsigned long long value;
	struct str entry;

	while (take_field(&list, &number, &value, &entry)) {
		if (number != 1)
			continue;
		g_hash_table_insert(p->media,
		    (gpointer)(uintptr_t)keep(p, proto_text(entry, 1)),
		    arena_printf(p->arena, "%u", n++));
	}
}

static void
take_medium(const struct str *columns, void *ctx)
{
	struct package *p = ctx;

	/* The table never writes to its texts. */
	g_hash_table_insert(p->media, (gpointer)(uintptr_t)keep(p, columns[0]),
	    (gpointer)(uintptr_t)keep(p, columns[1]));
}

/* {"0": "a.png", …}, which SQLite reads. */
static bool
read_old_media(struct package *p, struct str json)
{
	g_auto(GStrv) parts = g_strsplit(keep(p, json), "'", -1);
	g_autofree char *text = g_strjoinv("''", parts);
	g_autofree char *sql =
	    g_strconcat("SELECT value, key FROM json_each(CASE json_valid('",
		text, "') WHEN 1 THEN '", text, "' ELSE '{}' END)", NULL);

	return db_read(p->collection, sql, take_medium, p);
}

/* What an entry of the archive holds, within what may be unpacked. */
static bool
unzip(struct package *p, const char *name, struct str *bytes)
{
	if (!zip_read(p->in->text, name, MIN(p->left, FILE_MOST), p->arena,
		bytes))
		return false;
	p->left -= bytes->len;
	return true;
}

static bool
unpack(struct package *p, struct str packed, struct str *bytes)
{
	if (!zstd_unpack(packed, MIN(p->left, FILE_MOST), p->arena, bytes))
		return false;
	p->left -= bytes->len;
	return true;
}

static bool
read_media(struct package *p)
{
	struct str list, unpacked;

	if (!unzip(p, "media", &list))
		return true;
	if (!p->is_packed)
		return read_old_media(p, list);
	if (!unpack(p, list, &unpacked))
		return false;
	read_new_media(p, unpacked);
	return true;
}

/* Takes a file out of the package, once. */
static const char *
take_file(const char *name, void *ctx)
{
	struct package *p = ctx;
	const char *known = g_hash_table_lookup(p->links, name);
	const char *entry = g_hash_table_lookup(p->media, name);
	struct str bytes, unpacked;

	if (known || !entry || !unzip(p, entry, &bytes))
		return known;
	if (p->is_packed) {
		if (!unpack(p, bytes, &unpacked))
			return NULL;
		bytes = unpacked;
	}
	const char *link = import_medium(p->anki.im, name, bytes);
	g_hash_table_insert(p->links, arena_strdup(p->arena, name),
	    (gpointer)(uintptr_t)link);
	return link;
}

/* ---- types and decks */

/* A type while its parts come, row by row. */
struct building {
	struct anki_type type; /* first: a struct anki_type * points at it */
	GPtrArray *fields;
	GArray *templates; /* struct anki_template */
};

static struct building *
type_of(struct package *p, struct str id)
{
	g_autofree char *key = g_strndup(id.p, id.len);

	return g_hash_table_lookup(p->types, key);
}

static void
building_free(void *data)
{
	struct building *b = data;

	g_ptr_array_free(b->fields, TRUE);
	g_array_free(b->templates, TRUE);
}

static void
add_type(struct package *p, struct str id, struct str name, bool is_cloze)
{
	struct building *b = arena_obj(p->arena, struct building);

	b->type.name = keep(p, name);
	b->type.is_cloze = is_cloze;
	b->fields = g_ptr_array_new();
	b->templates = g_array_new(FALSE, FALSE, sizeof(struct anki_template));
	g_hash_table_insert(p->types, (gpointer)(uintptr_t)keep(p, id), b);
}

static bool
is_one(struct str s)
{
	return str_is(s, "1");
}

static void
take_type(const struct str *columns, void *ctx)
{
	struct package *p = ctx;

	add_type(p, columns[0], columns[1],
	    p->is_new ? proto_int(columns[2], 1) == 1 : is_one(columns[2]));
}

static bool
read_types(struct package *p)
{
	return db_read(p->collection,
	    p->is_new ? "SELECT id, name, config FROM notetypes"
		      : "SELECT m.key, json_extract(m.value, '$.name'), "
			"json_extract(m.value, '$.type') "
			"FROM col, json_each(col.models) AS m",
	    take_type, p);
}

static void
take_field_name(const struct str *columns, void *ctx)
{
	struct package *p = ctx;
	struct building *b = type_of(p, columns[0]);

	if (b)
		g_ptr_array_add(b->fields,
		    (gpointer)(uintptr_t)keep(p, columns[1]));
}

static bool
read_fields(struct package *p)
{
	return db_read(p->collection,
	    p->is_new ? "SELECT ntid, name FROM fields ORDER BY ntid, ord"
		      : "SELECT m.key, json_extract(f.value, '$.name') "
			"FROM col, json_each(col.models) AS m, "
			"json_each(m.value, '$.flds') AS f",
	    take_field_name, p);
}

/* Scripts and styles of a template would be reported with every note. */
static const char *
without_scripts(struct package *p, struct building *b, struct str template)
{
	g_autofree char *text = g_strdup(keep(p, template));
	static const char *const names[] = { "script", "style" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *open = g_strconcat("<", names[i], NULL);
		g_autofree char *close = g_strconcat("</", names[i], ">", NULL);
		char *at, *end;
		while ((at = strstr(text, open))) {
			end = strstr(at, close);
			end = end ? end + strlen(close) : at + strlen(at);
			memmove(at, end, strlen(end) + 1);
			b->type.has_scripts = true;
		}
	}
	return arena_strdup(p->arena, text);
}

static void
take_template(const struct str *columns, void *ctx)
{
	struct package *p = ctx;
	struct building *b = type_of(p, columns[0]);
	const struct str front = p->is_new ? proto_text(columns[1], 1)
					   : columns[1];
	const struct str back = p->is_new ? proto_text(columns[1], 2)
					  : columns[2];

	if (!b)
		return;
	const struct anki_template t = { without_scripts(p, b, front),
		without_scripts(p, b, back) };
	g_array_append_val(b->templates, t);
}

static bool
read_templates(struct package *p)
{
	return db_read(p->collection,
	    p->is_new ? "SELECT ntid, config FROM templates ORDER BY ntid, ord"
		      : "SELECT m.key, json_extract(t.value, '$.qfmt'), "
			"json_extract(t.value, '$.afmt') "
			"FROM col, json_each(col.models) AS m, "
			"json_each(m.value, '$.tmpls') AS t",
	    take_template, p);
}

static void
take_deck(const struct str *columns, void *ctx)
{
	struct package *p = ctx;
	const char *name = anki_deck_name(p->anki.im,
	    str_of(keep(p, columns[1])));

	g_hash_table_insert(p->decks, (gpointer)(uintptr_t)keep(p, columns[0]),
	    (gpointer)(uintptr_t)name);
}

static bool
read_decks(struct package *p)
{
	return db_read(p->collection,
	    p->is_new ? "SELECT id, name FROM decks"
		      : "SELECT d.key, json_extract(d.value, '$.name') "
			"FROM col, json_each(col.decks) AS d",
	    take_deck, p);
}

/* ---- notes */

static const struct anki_type *
finish_type(struct building *b)
{
	b->type.fields = (const char *const *)b->fields->pdata;
	b->type.n_fields = b->fields->len;
	b->type.templates = (const struct anki_template *)(void *)
				b->templates->data;
	b->type.n_templates = b->templates->len;
	return &b->type;
}

/* The fields are parted by 0x1f; missing ones are empty. */
static const char *const *
split_fields(struct package *p, struct str all, size_t n)
{
	const char **values = arena_array(p->arena, n + 1, const char *);

	for (size_t i = 0; i < n; i++) {
		const size_t at = str_find(all, '\x1f');
		const bool is_last = i + 1 == n;
		values[i] = keep(p, is_last ? all : str_upto(all, at));
		all = str_from(all, at + 1);
	}
	return values;
}

/* guid, type, tags, fields, deck */
static void
take_note(const struct str *columns, void *ctx)
{
	struct package *p = ctx;
	struct building *b = type_of(p, columns[1]);
	g_autofree char *did = g_strndup(columns[4].p, columns[4].len);
	const char *deck = g_hash_table_lookup(p->decks, did);
	struct bank *bank = import_bank(p->anki.im,
	    deck && deck[0] ? deck : import_stem(p->anki.im, p->in), p->in);

	if (!b || !b->fields->len) {
		import_lost(p->anki.im, &bank->lost, whole(p),
		    str_of(keep(p, columns[3])),
		    "a note whose type is not there");
		return;
	}
	const struct anki_note n = {
		.type = finish_type(b),
		.values = split_fields(p, columns[3], b->fields->len),
		.guid = keep(p, columns[0]),
		.tags = keep(p, columns[2]),
		.at = whole(p),
	};
	if (b->type.has_scripts) {
		b->type.has_scripts = false;
		import_lost(p->anki.im, &bank->lost, whole(p),
		    (struct str){ NULL, 0 },
		    "scripts and styles of the note type '%s'", b->type.name);
	}
	anki_add(&p->anki, bank, &n);
}

static bool
read_notes(struct package *p)
{
	/* A note is where its first card is. */
	return db_read(p->collection,
	    "SELECT n.guid, n.mid, n.tags, n.flds, c.did FROM notes AS n "
	    "LEFT JOIN (SELECT nid, did, min(ord) FROM cards GROUP BY nid) "
	    "AS c ON c.nid = n.id ORDER BY n.id",
	    take_note, p);
}

/* ---- the package */

/* A database with a log beside it cannot be read from memory; what the log
 * held is not here in any case. https://www.sqlite.org/fileformat2.html */
static void
forget_log(struct package *p)
{
	/* The bytes are ours, in the arena. */
	char *bytes = (char *)(uintptr_t)p->collection.p;

	if (p->collection.len > 19 && bytes[18] == 2)
		bytes[18] = bytes[19] = 1;
}

/* The newest form that it has: for old programs a new package also holds a
 * collection that only says so. */
static bool
open_collection(struct package *p)
{
	struct str packed;

	if (unzip(p, "collection.anki21b", &packed)) {
		p->is_packed = true;
		if (!unpack(p, packed, &p->collection))
			return false;
	} else if (!unzip(p, "collection.anki21", &p->collection) &&
	    !unzip(p, "collection.anki2", &p->collection)) {
		return false;
	}
	forget_log(p);
	return true;
}

static void
take_is_new(const struct str *columns, void *ctx)
{
	struct package *p = ctx;

	p->is_new = is_one(columns[0]);
}

static bool
read_collection(struct package *p)
{
	if (!open_collection(p))
		return import_bad(p->anki.im, whole(p),
		    "no .apkg, or a damaged or far too large one");
	if (!(db_read(p->collection,
		  "SELECT count(*) FROM sqlite_master "
		  "WHERE name = 'notetypes'",
		  take_is_new, p) &&
		read_media(p) && read_types(p) && read_fields(p) &&
		read_templates(p) && read_decks(p) && read_notes(p)))
		return import_bad(p->anki.im, whole(p),
		    "the collection in it is damaged");
	anki_finish(&p->anki);
	return true;
}

static bool
read_apkg(struct import *im, const struct origin *in)
{
	struct package p = { .anki = { .im = im, .file = take_file },
		.arena = im->arena,
		.in = in,
		.left = UNPACKED_MOST };

	p.anki.ctx = &p;
	p.media = g_hash_table_new(g_str_hash, g_str_equal);
	p.links = g_hash_table_new(g_str_hash, g_str_equal);
	p.types = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    building_free);
	p.decks = g_hash_table_new(g_str_hash, g_str_equal);
	const bool ok = read_collection(&p);
	g_hash_table_destroy(p.media);
	g_hash_table_destroy(p.links);
	g_hash_table_destroy(p.types);
	g_hash_table_destroy(p.decks);
	return ok;
}

const struct importer import_apkg = {
	.name = "apkg",
	.summary = "decks of Anki",
	.read = read_apkg,
	.is_binary = true,
};
