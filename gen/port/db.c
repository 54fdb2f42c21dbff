#include "port/db.h"

#include <sqlite3.h>

#include <assert.h>
#include <limits.h>
#include <stdint.h>

enum {
	HEADER_SIZE = 100,
	/* Of a query on somebody else's database. */
	STEPS = 1000, /* of SQLite's machine between two looks */
	LOOKS_MOST = 200000, /* some seconds */
	LENGTH_MOST = 1 << 28 /* bytes of a text */
};

struct db {
	sqlite3 *handle;
	GPtrArray *inserts; /* of struct db_insert */
	unsigned char *image; /* what db_serialize() gave */
	bool is_copy; /* of our own, not the database itself */
	struct diag *diag;
	bool has_failed;
};

struct db_insert {
	struct db *db;
	sqlite3_stmt *statement; /* NULL after a failure */
};

static bool
fail(struct db *db, const char *what)
{
	if (!db->has_failed) {
		db->has_failed = true;
		diag_machine(db->diag, "SQLite: %s: %s", what,
		    db->handle ? sqlite3_errmsg(db->handle) : "no memory");
	}
	return false;
}

static void
insert_free(void *p)
{
	struct db_insert *i = p;
	/* It repeats the status of the last step, which was looked at. */
	(void)sqlite3_finalize(i->statement);
	g_free(i);
}

struct db *
db_new(struct diag *d)
{
	struct db *db = g_new0(struct db, 1);
	db->diag = d;
	db->inserts = g_ptr_array_new_with_free_func(insert_free);
	/* A database of this kind hands its bytes out without a copy of them.
	 * A name without "/" in front is this connection's alone.
	 * https://www.sqlite.org/src/file/src/memdb.c */
	if (sqlite3_open_v2("deck", &db->handle,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX,
		"memdb") != SQLITE_OK) {
		fail(db, "open");
		return db;
	}
	/* Without secure_delete the unused parts of pages keep what happened
	 * to stand there, and that differs between versions of SQLite.
	 * https://www.sqlite.org/pragma.html#pragma_secure_delete
	 * A page holds several notes of the usual size. Nothing is ever taken
	 * back, so there is no journal. */
	db_exec(db,
	    "PRAGMA page_size=16384;"
	    "PRAGMA encoding='UTF-8';"
	    "PRAGMA secure_delete=ON;"
	    "PRAGMA journal_mode=OFF;"
	    "PRAGMA cache_size=-512;"
	    "BEGIN");
	return db;
}

void
db_free(struct db *db)
{
	if (!db)
		return;
	g_ptr_array_free(db->inserts, TRUE);
	if (db->is_copy)
		sqlite3_free(db->image);
	(void)sqlite3_close(db->handle);
	g_free(db);
}

bool
db_exec(struct db *db, const char *sql)
{
	if (db->has_failed)
		return false;
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return fail(db, "exec");
	return true;
}

struct db_insert *
db_prepare(struct db *db, const char *sql)
{
	struct db_insert *i = g_new0(struct db_insert, 1);
	i->db = db;
	g_ptr_array_add(db->inserts, i);
	if (!db->has_failed &&
	    sqlite3_prepare_v2(db->handle, sql, -1, &i->statement, NULL) !=
		SQLITE_OK)
		fail(db, "prepare");
	return i;
}

void
db_int(struct db_insert *i, int param, long long value)
{
	if (i->db->has_failed)
		return;
	if (sqlite3_bind_int64(i->statement, param, value) != SQLITE_OK)
		fail(i->db, "bind");
}

void
db_text(struct db_insert *i, int param, struct str text)
{
	if (i->db->has_failed)
		return;
	/* A null pointer would be bound as NULL, whatever its length. */
	if (sqlite3_bind_text64(i->statement, param, text.p ? text.p : "",
		text.len, SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK)
		fail(i->db, "bind");
}

bool
db_step(struct db_insert *i)
{
	if (i->db->has_failed)
		return false;
	if (sqlite3_step(i->statement) != SQLITE_DONE)
		fail(i->db, "insert");
	/* Forgets the borrowed text, too. */
	(void)sqlite3_reset(i->statement);
	(void)sqlite3_clear_bindings(i->statement);
	return !i->db->has_failed;
}

bool
db_serialize(struct db *db, struct str *bytes)
{
	assert(!db->image && "serialized twice");
	if (!db_exec(db, "COMMIT"))
		return false;
	sqlite3_int64 size = 0;
	db->image = sqlite3_serialize(db->handle, "main", &size,
	    SQLITE_SERIALIZE_NOCOPY);
	if (!db->image) {
		db->image = sqlite3_serialize(db->handle, "main", &size, 0);
		db->is_copy = true;
	}
	if (!db->image || size < HEADER_SIZE)
		return fail(db, "serialize");
	/* The header counts changes and names the library's version, in two
	 * fields that nobody reads. https://www.sqlite.org/fileformat2.html */
	memset(db->image + 24, 0, 4);
	memset(db->image + 92, 0, 8);
	*bytes = (struct str){ (const char *)db->image, (size_t)size };
	return true;
}

static bool
read_rows(sqlite3_stmt *statement, db_row *take, void *ctx)
{
	const int n = sqlite3_column_count(statement);
	g_autofree struct str *columns = g_new(struct str, n);
	int status;

	while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
		for (int i = 0; i < n; i++) {
			const unsigned char
			    *text = sqlite3_column_text(statement, i);
			columns[i].p = text ? (const char *)text : "";
			columns[i].len = (size_t)sqlite3_column_bytes(statement,
			    i);
		}
		take(columns, ctx);
	}
	return status == SQLITE_DONE;
}

/* A view may go on for ever. */
static int
count_looks(void *ctx)
{
	unsigned *looks = ctx;

	return ++*looks > LOOKS_MOST;
}

/* Anki's tables are sorted by this one; any order will do to read them. */
static int
compare(void *ctx, int a_len, const void *a, int b_len, const void *b)
{
	const int n = memcmp(a, b, (size_t)MIN(a_len, b_len));

	(void)ctx;
	return n ? n : a_len - b_len;
}

static bool
restrain(sqlite3 *handle, unsigned *looks)
{
	(void)sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LENGTH_MOST);
	(void)sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_progress_handler(handle, STEPS, count_looks, looks);
	return sqlite3_create_collation(handle, "unicase", SQLITE_UTF8, NULL,
		   compare) == SQLITE_OK &&
	    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) ==
	    SQLITE_OK &&
	    sqlite3_exec(handle, "PRAGMA trusted_schema=OFF", NULL, NULL,
		NULL) == SQLITE_OK;
}

bool
db_read(struct str image, const char *sql, db_row *take, void *ctx)
{
	sqlite3 *handle = NULL;
	sqlite3_stmt *statement = NULL;
	unsigned looks = 0;
	/* SQLite writes to none of it, but does not say so. */
	unsigned char *bytes = (unsigned char *)(uintptr_t)image.p;
	const bool is_read = sqlite3_open_v2(":memory:", &handle,
				 SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
				 NULL) == SQLITE_OK &&
	    sqlite3_deserialize(handle, "main", bytes, (sqlite3_int64)image.len,
		(sqlite3_int64)image.len,
		SQLITE_DESERIALIZE_READONLY) == SQLITE_OK &&
	    restrain(handle, &looks) &&
	    sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) ==
		SQLITE_OK &&
	    read_rows(statement, take, ctx);

	(void)sqlite3_finalize(statement);
	(void)sqlite3_close(handle);
	return is_read;
}
