#include "write/anki/package.h"

#include "base/fs.h"
#include "port/db.h"
#include "port/zip.h"
#include "write/anki/cards.h"
#include "write/anki/cloze.h"

struct medium {
	const char *name, *hash, *src;
};

struct package {
	struct db *db;
	struct db_insert *notes, *cards, *col;
	long long time, n_notes, n_cards;
	bool is_used[NOTE_KIND_COUNT];
	GHashTable *guids, *media_names; /* sets of text in the arena */
	GArray *media; /* struct medium */
	struct zip *zip;
	struct arena *arena; /* its own: emit runs in any thread */
	struct diag *diag;
};

/* Anki creates these with indices; without them it imports just as well, and
 * the file is much smaller. sfld is an integer on purpose: numbers sort as
 * numbers. */
static const char schema[] =
    "CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL,"
    " mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,"
    " dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL,"
    " conf text NOT NULL, models text NOT NULL, decks text NOT NULL,"
    " dconf text NOT NULL, tags text NOT NULL);"
    "CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL,"
    " mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,"
    " tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL,"
    " csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);"
    "CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL,"
    " did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,"
    " usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL,"
    " due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,"
    " reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,"
    " odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL,"
    " data text NOT NULL);"
    "CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL,"
    " usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL,"
    " lastIvl integer NOT NULL, factor integer NOT NULL,"
    " time integer NOT NULL, type integer NOT NULL);"
    "CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL,"
    " type integer NOT NULL)";

static const char insert_note[] =
    "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, 0, 0, '')";
/* type, queue, ivl … data are those of a card that was never seen. */
static const char insert_card[] =
    "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, -1, 0, 0, ?6, 0, 0, 0, 0, "
    "0, 0, 0, 0, '')";
static const char insert_col[] =
    "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')";

static const char conf[] =
    "{\"nextPos\":1,\"schedVer\":2,\"sched2021\":true,\"curDeck\":1,"
    "\"activeDecks\":[1],\"newSpread\":0,\"collapseTime\":1200,\"timeLim\":0,"
    "\"estTimes\":true,\"dueCounts\":true,\"curModel\":null,"
    "\"sortType\":\"noteFld\",\"sortBackwards\":false,\"addToCur\":true,"
    "\"dayLearnFirst\":false}";

/* Anki's own preset: without it an import "with deck presets" fails. */
static const char dconf[] =
    "{\"1\":{\"id\":1,\"mod\":0,\"name\":\"Default\",\"usn\":0,"
    "\"maxTaken\":60,\"autoplay\":true,\"timer\":0,\"replayq\":true,"
    "\"new\":{\"bury\":false,\"delays\":[1.0,10.0],\"initialFactor\":2500,"
    "\"ints\":[1,4,0],\"order\":1,\"perDay\":20},"
    "\"rev\":{\"bury\":false,\"ease4\":1.3,\"ivlFct\":1.0,\"maxIvl\":36500,"
    "\"perDay\":200,\"hardFactor\":1.2},"
    "\"lapse\":{\"delays\":[10.0],\"leechAction\":1,\"leechFails\":8,"
    "\"minInt\":1,\"mult\":0.0},\"dyn\":false}}";

/* JSON, as far as it is needed here. */

static void
json_text(GString *to, const char *text)
{
	g_string_append_c(to, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\')
			g_string_append_printf(to, "\\%c", *p);
		else if ((unsigned char)*p < 0x20)
			g_string_append_printf(to, "\\u%04x", (unsigned)*p);
		else
			g_string_append_c(to, *p);
	}
	g_string_append_c(to, '"');
}

/* "," and the key. Numbers and constants follow as they are. */
static void
json_key(GString *to, const char *key)
{
	const char last = to->str[to->len - 1];

	if (last != '{' && last != '[')
		g_string_append_c(to, ',');
	json_text(to, key);
	g_string_append_c(to, ':');
}

static void
json_member(GString *to, const char *key, const char *text)
{
	json_key(to, key);
	json_text(to, text);
}

static void
json_number(GString *to, const char *key, long long number)
{
	json_key(to, key);
	g_string_append_printf(to, "%lld", number);
}

/* A member whose key is a number, as text: the form of all three maps. */
static void
json_object(GString *to, long long key)
{
	g_autofree char *text = g_strdup_printf("%lld", key);

	json_key(to, text);
	g_string_append_c(to, '{');
}

static void
append_fields(GString *to, const struct note_type *type)
{
	json_key(to, "flds");
	g_string_append_c(to, '[');
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		g_string_append(to, i ? ",{" : "{");
		json_member(to, "name", field_names[i]);
		json_number(to, "ord", i);
		json_number(to, "id", field_id(type, i));
		g_string_append(to,
		    ",\"sticky\":false,\"rtl\":false,\"font\":\"Arial\","
		    "\"size\":20");
		/* Not for learners' eyes. */
		if (i >= FIELD_ID)
			g_string_append(to,
			    ",\"collapsed\":true,\"excludeFromSearch\":true");
		g_string_append_c(to, '}');
	}
	g_string_append_c(to, ']');
}

static void
append_templates(GString *to, enum note_kind kind)
{
	const struct note_type *type = &note_types[kind];

	json_key(to, "tmpls");
	g_string_append_c(to, '[');
	for (unsigned i = 0; i < type->n_templates; i++) {
		g_string_append(to, i ? ",{" : "{");
		json_member(to, "name", type->templates[i]);
		json_number(to, "ord", i);
		json_number(to, "id", template_id(type, i));
		json_member(to, "qfmt", card_texts[kind][i].front);
		json_member(to, "afmt", card_texts[kind][i].back);
		g_string_append(to,
		    ",\"bqfmt\":\"\",\"bafmt\":\"\",\"did\":null,"
		    "\"bfont\":\"\",\"bsize\":0}");
	}
	g_string_append_c(to, ']');
}

static void
append_type(GString *to, enum note_kind kind)
{
	const struct note_type *type = &note_types[kind];
	g_autoptr(GString) css = g_string_new(NULL);

	for (unsigned i = 0; i < CARD_CSS_PARTS; i++)
		g_string_append(css, card_css[i]);
	json_object(to, type->id);
	json_number(to, "id", type->id);
	json_member(to, "name", type->name);
	json_number(to, "type", type->is_cloze ? 1 : 0);
	json_number(to, "mod", note_type_mod);
	json_number(to, "sortf", FIELD_QUESTION);
	json_member(to, "css", css->str);
	append_fields(to, type);
	append_templates(to, kind);
	g_string_append(to,
	    ",\"usn\":-1,\"did\":null,\"latexPre\":\"\",\"latexPost\":\"\","
	    "\"latexsvg\":false,\"req\":[],\"tags\":[],\"vers\":[]}");
}

static void
append_deck(GString *to, const struct deck *deck, long long time)
{
	json_object(to, deck->id);
	json_number(to, "id", deck->id);
	json_member(to, "name", deck->name);
	json_member(to, "desc", deck->desc);
	json_number(to, "mod", time);
	g_string_append(to,
	    ",\"usn\":-1,\"conf\":1,\"dyn\":0,\"collapsed\":false,"
	    "\"browserCollapsed\":false,\"extendNew\":0,\"extendRev\":0,"
	    "\"lrnToday\":[0,0],\"revToday\":[0,0],\"newToday\":[0,0],"
	    "\"timeToday\":[0,0]}");
}

static void
append_decks(GString *to, const struct decks *decks, long long time)
{
	const struct deck standard = { .name = "Default", .desc = "", .id = 1 };
	bool has_default = false;

	g_string_append_c(to, '{');
	for (size_t i = 0; i < decks->n; i++)
		has_default |= deck_names_equal(decks->all[i].name,
		    standard.name);
	/* Two of one name would be made to differ by an underscore. */
	if (!has_default)
		append_deck(to, &standard, time);
	for (size_t i = 0; i < decks->n; i++)
		append_deck(to, &decks->all[i], time);
	g_string_append_c(to, '}');
}

struct package *
package_new(long long time, struct diag *d)
{
	struct package *p = g_new0(struct package, 1);

	p->time = time;
	p->arena = arena_new();
	p->diag = d;
	p->guids = g_hash_table_new(g_str_hash, g_str_equal);
	p->media_names = g_hash_table_new(g_str_hash, g_str_equal);
	p->media = g_array_new(FALSE, FALSE, sizeof(struct medium));
	p->db = db_new(d);
	db_exec(p->db, schema);
	p->notes = db_prepare(p->db, insert_note);
	p->cards = db_prepare(p->db, insert_card);
	p->col = db_prepare(p->db, insert_col);
	return p;
}

void
package_free(struct package *p)
{
	if (!p)
		return;
	zip_free(p->zip);
	db_free(p->db);
	g_array_free(p->media, TRUE);
	g_hash_table_destroy(p->media_names);
	g_hash_table_destroy(p->guids);
	arena_free(p->arena);
	g_free(p);
}

static bool
add_card(struct package *p, const struct note *note, long long nid,
    unsigned ord, const struct deck *deck)
{
	db_int(p->cards, 1, p->time * 1000 + ++p->n_cards);
	db_int(p->cards, 2, nid);
	db_int(p->cards, 3, deck->id);
	db_int(p->cards, 4, ord);
	db_int(p->cards, 5, note->mod);
	/* The place among the new cards: one for all of a note. */
	db_int(p->cards, 6, p->n_notes);
	return db_step(p->cards);
}

/* Anki makes no cards of its own on import: there is a row for each template,
 * and for each blank of a cloze. */
static bool
add_cards(struct package *p, const struct note *note, long long nid,
    const struct deck *deck)
{
	const struct note_type *type = &note_types[note->kind];
	struct str rest = note_first_field(note);
	unsigned number;

	if (!type->is_cloze) {
		for (unsigned ord = 0; ord < type->n_templates; ord++)
			if (!add_card(p, note, nid, ord, deck))
				return false;
		return true;
	}
	while ((number = cloze_next(&rest)) > 0)
		if (!add_card(p, note, nid, number - 1, deck))
			return false;
	return true;
}

bool
package_note(struct package *p, const struct note *note,
    const struct deck *deck)
{
	if (g_hash_table_contains(p->guids, note->guid) ||
	    note_n_cards(note) == 0)
		return true;
	g_hash_table_add(p->guids, arena_strdup(p->arena, note->guid));
	p->is_used[note->kind] = true;
	const long long id = p->time * 1000 + ++p->n_notes;
	db_int(p->notes, 1, id);
	db_text(p->notes, 2, str_of(note->guid));
	db_int(p->notes, 3, note_types[note->kind].id);
	db_int(p->notes, 4, note->mod);
	db_text(p->notes, 5, note->tags);
	db_text(p->notes, 6, note->fields);
	db_text(p->notes, 7, note->sort);
	return db_step(p->notes) && add_cards(p, note, id, deck);
}

void
package_skip(struct package *p)
{
	p->n_notes++;
}

void
package_medium(struct package *p, const char *name, struct str hash_and_src)
{
	if (g_hash_table_contains(p->media_names, name))
		return;
	const struct medium m = {
		.name = arena_strdup(p->arena, name),
		.hash = arena_str(p->arena, str_upto(hash_and_src, 32)),
		.src = arena_str(p->arena, str_from(hash_and_src, 32)),
	};
	g_hash_table_add(p->media_names, (gpointer)(uintptr_t)m.name);
	g_array_append_val(p->media, m);
}

static bool
add_collection(struct package *p, const struct decks *decks)
{
	g_autoptr(GString) deck_map = g_string_new(NULL);
	g_autoptr(GString) type_map = g_string_new("{");

	append_decks(deck_map, decks, p->time);
	for (unsigned i = 0; i < NOTE_KIND_COUNT; i++)
		if (p->is_used[i])
			append_type(type_map, (enum note_kind)i);
	g_string_append_c(type_map, '}');
	db_int(p->col, 1, p->time);
	db_int(p->col, 2, p->time * 1000);
	db_text(p->col, 3, str_of(conf));
	db_text(p->col, 4, (struct str){ type_map->str, type_map->len });
	db_text(p->col, 5, (struct str){ deck_map->str, deck_map->len });
	db_text(p->col, 6, str_of(dconf));
	return db_step(p->col);
}

static bool
add_entry(struct package *p, const char *name, struct str bytes,
    struct arena *scratch)
{
	struct zip_entry e;

	zip_pack(&e, bytes, ZIP_DEFLATED, scratch);
	const bool is_added = zip_add(p->zip, name, &e);
	arena_reset(scratch);
	return is_added;
}

static bool
add_media(struct package *p, struct arena *scratch)
{
	g_autoptr(GString) map = g_string_new("{");

	for (guint i = 0; i < p->media->len; i++) {
		g_autofree char *no = g_strdup_printf("%u", i);
		json_member(map, no,
		    g_array_index(p->media, struct medium, i).name);
	}
	g_string_append_c(map, '}');
	if (!add_entry(p, "media", (struct str){ map->str, map->len }, scratch))
		return false;
	for (guint i = 0; i < p->media->len; i++) {
		const struct medium *m = &g_array_index(p->media, struct medium,
		    i);
		g_autofree char *no = g_strdup_printf("%u", i);
		struct str bytes;
		if (!fs_read_same(m->src, m->hash, scratch, &bytes, p->diag) ||
		    !add_entry(p, no, bytes, scratch))
			return false;
	}
	return true;
}

bool
package_finish(struct package *p, const struct decks *decks,
    struct str *archive)
{
	struct str database;

	if (!add_collection(p, decks) || !db_serialize(p->db, &database))
		return false;
	p->zip = zip_new(p->diag);
	struct arena *scratch = arena_new();
	const bool is_full = add_entry(p, "collection.anki2", database,
				 scratch) &&
	    add_media(p, scratch);
	arena_free(scratch);
	return is_full && zip_finish(p->zip, archive);
}

size_t
package_n_cards(const struct package *p)
{
	return (size_t)p->n_cards;
}
