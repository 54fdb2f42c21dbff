#include "write/anki/update.h"

#include "base/fs.h"
#include "port/db.h"
#include "port/zip.h"

/* The database of a package that learners import in one go. */
#define DATABASE_MOST ((size_t)1 << 30)

struct known {
	const char *hash;
	long long mod;
};

struct update {
	const struct since *since;
	struct arena *arena;
	GHashTable *known; /* struct known by guid */
	/* What learners have of a note type may be older than ours, and comes
	 * with a note only. */
	bool needs_type[NOTE_KIND_COUNT];
	struct package *package;
	size_t n_new, n_changed, n_met;
};

/* --- what learners have ------------------------------------------------- */

static void
add_known(struct update *u, const char *guid, const char *hash, long long mod)
{
	struct known *k = arena_obj(u->arena, struct known);

	*k = (struct known){ hash, mod };
	g_hash_table_insert(u->known, arena_strdup(u->arena, guid), k);
}

/* The lock does not know when the note types were last changed; if all of its
 * notes are older than that, it may have been afterwards. */
static void
take_lock(struct update *u, const struct lock *lock, const struct brief *in)
{
	long long newest = 0;

	for (size_t i = 0; i < lock->n_notes; i++) {
		const struct lock_note *old = &lock->notes[i];
		char guid[GUID_LEN + 1];
		const enum note_kind kind = note_kind_of_key(old->kind);
		if (kind == NOTE_KIND_COUNT)
			continue;
		newest = MAX(newest, old->mod);
		note_guid(in->site->id, old->was ? old->was : old->id,
		    &note_types[kind], guid);
		add_known(u, guid,
		    old->is_retired ? note_removed(old, in, u->arena).hash
				    : old->hash,
		    old->mod);
	}
	for (unsigned i = 0; i < NOTE_KIND_COUNT; i++)
		u->needs_type[i] = newest < note_type_mod;
}

static long long
number_of(struct str s)
{
	g_autofree char *text = g_strndup(s.p, s.len);

	return g_ascii_strtoll(text, NULL, 10);
}

static enum note_kind
kind_of(struct str id)
{
	enum note_kind kind = 0;

	while (kind < NOTE_KIND_COUNT && note_types[kind].id != number_of(id))
		kind++;
	return kind;
}

/* guid, mid, mod, tags, flds */
static void
take_row(const struct str *columns, void *ctx)
{
	struct update *u = ctx;
	const enum note_kind kind = kind_of(columns[1]);
	const char *guid = arena_str(u->arena, columns[0]);

	if (kind < NOTE_KIND_COUNT)
		add_known(u, guid,
		    note_hash(kind, columns[4], columns[3], u->arena),
		    number_of(columns[2]));
}

/* id, mod */
static void
take_type(const struct str *columns, void *ctx)
{
	struct update *u = ctx;
	const enum note_kind kind = kind_of(columns[0]);

	if (kind < NOTE_KIND_COUNT)
		u->needs_type[kind] = number_of(columns[1]) < note_type_mod;
}

static bool
refuse(const struct since *since, struct diag *d, const char *help)
{
	diag_at(d, DIAG_SINCE_BAD, (struct loc){ NULL, 0, 0 }, "%s",
	    since->name);
	diag_help(d, "%s", help);
	return false;
}

static bool
take_package(struct update *u, struct diag *d)
{
	struct arena *scratch = arena_new();
	struct str archive, database;
	bool is_good = fs_read(u->since->package, scratch, &archive, d);

	if (is_good &&
	    !(zip_read(archive, "collection.anki2", DATABASE_MOST, scratch,
		  &database) &&
		db_read(database,
		    "SELECT guid, mid, mod, tags, flds FROM notes", take_row,
		    u) &&
		db_read(database,
		    "SELECT json_extract(value, '$.id'),"
		    " json_extract(value, '$.mod')"
		    " FROM col, json_each(col.models)",
		    take_type, u)))
		is_good = refuse(u->since, d,
		    "it must be an .apkg that ergen has made");
	arena_free(scratch);
	return is_good;
}

/* NULL: reported. */
static struct update *
load(const struct since *since, const struct brief *in, struct diag *d)
{
	struct update *u = g_new0(struct update, 1);

	u->since = since;
	u->arena = arena_new();
	u->known = g_hash_table_new(g_str_hash, g_str_equal);
	if (since->lock)
		take_lock(u, since->lock, in);
	else if (!take_package(u, d)) {
		update_free(u);
		return NULL;
	}
	return u;
}

struct update *
update_new(const struct book *b, const struct brief *in, struct diag *d)
{
	struct update *u = b->since ? load(b->since, in, d) : NULL;

	if (u)
		u->package = package_new(b->time, d);
	return u;
}

void
update_free(struct update *u)
{
	if (!u)
		return;
	package_free(u->package);
	g_hash_table_destroy(u->known);
	arena_free(u->arena);
	g_free(u);
}

enum news
update_look(const struct update *u, const struct note *n)
{
	const struct known *k = u ? g_hash_table_lookup(u->known, n->guid)
				  : NULL;

	if (!u)
		return NEWS_NONE;
	if (!k)
		return NEWS_NEW;
	return strcmp(k->hash, n->hash) == 0 ? NEWS_NONE : NEWS_CHANGED;
}

/* --- what they would not get -------------------------------------------- */

struct checking {
	struct update *update;
	size_t n_met, n_late;
	struct loc at; /* of the first that is late */
};

static void
check_note(const struct note *n, void *ctx)
{
	struct checking *c = ctx;
	const struct known *k = g_hash_table_lookup(c->update->known, n->guid);

	c->n_met += k != NULL;
	if (!k || n->mod > k->mod || update_look(c->update, n) != NEWS_CHANGED)
		return;
	if (c->n_late++ == 0)
		c->at = n->at;
}

void
update_check(const struct book *b, const struct brief *in, struct diag *d)
{
	struct checking c = { .update = b->since ? load(b->since, in, d)
						 : NULL };

	if (!c.update)
		return;
	notes_of_book(in, b, check_note, &c);
	if (c.n_met == 0 && g_hash_table_size(c.update->known) > 0)
		(void)refuse(b->since, d,
		    "no note of it is in this course: is it of another 'id'?");
	if (c.n_late > 0) {
		diag_at(d, DIAG_SINCE_LATE, c.at, "%zu", c.n_late);
		diag_help(d,
		    "Anki takes a note only if its time has grown: set SOURCE_DATE_EPOCH to now, or keep a lock with `ergen lock`");
	}
	update_free(c.update);
}

/* --- the package -------------------------------------------------------- */

/* What comes for its type's sake alone must need nothing else. */
static bool
can_carry(const struct note *n)
{
	return !g_strstr_len(n->fields.p, (gssize)n->fields.len, " src=\"");
}

/* With the time that learners have, so that nothing else of it counts. */
static bool
carry_type(struct update *u, const struct note *n, const struct deck *deck)
{
	const struct known *k = g_hash_table_lookup(u->known, n->guid);
	struct note same = *n;

	if (!k || !u->needs_type[n->kind] || !can_carry(n)) {
		package_skip(u->package);
		return true;
	}
	same.mod = k->mod;
	u->needs_type[n->kind] = false;
	return package_note(u->package, &same, deck);
}

bool
update_note(struct update *u, const struct note *n, const struct deck *deck,
    enum news news)
{
	if (!u)
		return true;
	u->n_new += news == NEWS_NEW;
	u->n_changed += news == NEWS_CHANGED;
	u->n_met += news != NEWS_NEW;
	if (news == NEWS_NONE)
		return carry_type(u, n, deck);
	u->needs_type[n->kind] = false;
	return package_note(u->package, n, deck);
}

void
update_medium(struct update *u, const char *name, struct str hash_and_src)
{
	if (u)
		package_medium(u->package, name, hash_and_src);
}

bool
update_finish(struct update *u, struct job *j, const struct decks *decks)
{
	struct str archive;

	if (!u)
		return true;
	const size_t n_gone = g_hash_table_size(u->known) - u->n_met;
	const char *path = arena_printf(j->arena, "%s-update.apkg",
	    j->in.site->slug);
	if (u->n_new + u->n_changed == 0) {
		g_snprintf(j->remark, REMARK_MOST,
		    "nothing has changed since %s, so there is no %s",
		    u->since->name, path);
		return true;
	}
	g_snprintf(j->remark, REMARK_MOST,
	    "%s: %zu changed, %zu new since %s; %zu gone, which learners keep",
	    path, u->n_changed, u->n_new, u->since->name, n_gone);
	return package_finish(u->package, decks, &archive) &&
	    out_file(j->out, path, archive);
}
