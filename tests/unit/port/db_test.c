#include "port/db.h"

#include <sqlite3.h>

static void
fill(struct db *db)
{
	db_exec(db,
	    "CREATE TABLE t (id integer PRIMARY KEY, n integer, x text)");
	struct db_insert *i = db_prepare(db, "INSERT INTO t VALUES (?1,?2,?3)");
	for (int k = 1; k <= 100; k++) {
		/* Text need not end with NUL. */
		struct str x = str_upto(STR_LIT("grün and more"), k % 6);
		db_int(i, 1, k);
		db_int(i, 2, 1700000000000 + k);
		db_text(i, 3, x);
		g_assert_true(db_step(i));
	}
	db_int(i, 1, 101);
	db_text(i, 3, (struct str){ NULL, 0 });
	g_assert_true(db_step(i));
}

static void
expect(sqlite3 *handle, const char *sql, const char *value)
{
	sqlite3_stmt *s = NULL;

	g_assert_cmpint(sqlite3_prepare_v2(handle, sql, -1, &s, NULL), ==,
	    SQLITE_OK);
	g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
	g_assert_cmpstr((const char *)sqlite3_column_text(s, 0), ==, value);
	sqlite3_finalize(s);
}

static void
test_read_back(void)
{
	struct diag *d = diag_new();
	struct db *db = db_new(d);
	struct str bytes = { 0 };
	sqlite3 *handle = NULL;

	fill(db);
	g_assert_true(db_serialize(db, &bytes));
	g_assert_cmpuint(diag_worst(d), ==, DIAG_NONE);
	g_assert_cmpmem(bytes.p, 16, "SQLite format 3", 16);
	/* Neither a change counter nor a version of the library. */
	for (size_t i = 92; i < 100; i++)
		g_assert_cmpint(bytes.p[i], ==, 0);
	g_assert_cmpint(sqlite3_open(":memory:", &handle), ==, SQLITE_OK);
	unsigned char *copy = sqlite3_malloc64(bytes.len);
	memcpy(copy, bytes.p, bytes.len);
	db_free(db);
	g_assert_cmpint(sqlite3_deserialize(handle, "main", copy,
			    (sqlite3_int64)bytes.len, (sqlite3_int64)bytes.len,
			    SQLITE_DESERIALIZE_FREEONCLOSE),
	    ==, SQLITE_OK);
	expect(handle, "PRAGMA integrity_check", "ok");
	expect(handle, "PRAGMA page_size", "16384");
	expect(handle, "PRAGMA encoding", "UTF-8");
	expect(handle, "SELECT count(*) FROM t", "101");
	expect(handle, "SELECT n FROM t WHERE id = 7", "1700000000007");
	expect(handle, "SELECT x FROM t WHERE id = 5", "grün");
	expect(handle, "SELECT typeof(x) FROM t WHERE id = 101", "text");
	/* Values of the row before are gone. */
	expect(handle, "SELECT typeof(n) FROM t WHERE id = 101", "null");
	sqlite3_close(handle);
	diag_free(d);
}

static void
test_same_bytes(void)
{
	struct diag *d = diag_new();
	struct db *x = db_new(d), *y = db_new(d);
	struct str a, b;

	fill(x);
	fill(y);
	g_assert_true(db_serialize(x, &a));
	g_assert_true(db_serialize(y, &b));
	g_assert_true(str_eq(a, b));
	db_free(x);
	db_free(y);
	diag_free(d);
}

/* What is left of deleted rows would be other bytes with another SQLite. */
static void
test_secure_delete(void)
{
	struct diag *d = diag_new();
	struct db *db = db_new(d);
	struct str s;

	fill(db);
	db_exec(db, "INSERT INTO t VALUES (500, 1, 'leftover')");
	db_exec(db, "DELETE FROM t WHERE id = 500");
	g_assert_true(db_serialize(db, &s));
	g_assert_null(memmem(s.p, s.len, "leftover", 8));
	db_free(db);
	diag_free(d);
}

static void
test_errors_stick(void)
{
	struct diag *d = diag_new();
	struct db *db = db_new(d);
	struct str bytes;

	g_assert_true(db_exec(db, "CREATE TABLE t (x integer PRIMARY KEY)"));
	g_assert_false(db_exec(db, "CREATE TABLE"));
	g_assert_cmpuint(diag_count(d, DIAG_FATAL), ==, 1);
	struct db_insert *i = db_prepare(db, "INSERT INTO t VALUES (?1)");
	db_int(i, 1, 1);
	db_text(i, 1, STR_LIT("x"));
	g_assert_false(db_step(i));
	g_assert_false(db_exec(db, "SELECT 1"));
	g_assert_false(db_serialize(db, &bytes));
	g_assert_cmpuint(diag_count(d, DIAG_FATAL), ==, 1);
	db_free(db);
	db_free(NULL);
	diag_free(d);
}

static void
test_step_fails(void)
{
	struct diag *d = diag_new();
	struct db *db = db_new(d);

	db_exec(db, "CREATE TABLE t (x integer PRIMARY KEY)");
	struct db_insert *i = db_prepare(db, "INSERT INTO t VALUES (?1)");
	db_int(i, 1, 1);
	g_assert_true(db_step(i));
	db_int(i, 1, 1);
	g_assert_false(db_step(i));
	g_assert_cmpuint(diag_count(d, DIAG_FATAL), ==, 1);
	db_free(db);
	diag_free(d);
}

static void
take_row(const struct str *columns, void *ctx)
{
	g_string_append_printf(ctx, "%.*s,%.*s;", STR_ARG(columns[0]),
	    STR_ARG(columns[1]));
}

static void
test_read(void)
{
	static const char sql[] = "SELECT x, y FROM t ORDER BY x";
	struct diag *d = diag_new();
	struct db *db = db_new(d);
	g_autoptr(GString) rows = g_string_new(NULL);
	struct str image;

	db_exec(db,
	    "CREATE TABLE t (x integer PRIMARY KEY, y);"
	    "INSERT INTO t VALUES (2, 'b'), (1, NULL)");
	g_assert_true(db_serialize(db, &image));
	g_assert_true(db_read(image, sql, take_row, rows));
	g_assert_cmpstr(rows->str, ==, "1,;2,b;");
	g_assert_false(db_read(image, "SELECT z FROM t", take_row, rows));
	g_assert_false(db_read(image, "", take_row, rows));
	g_assert_false(
	    db_read(str_of("no database at all"), sql, take_row, rows));
	g_assert_false(db_read(str_of(""), sql, take_row, rows));
	g_assert_false(db_read(str_upto(image, 200), sql, take_row, rows));
	/* Nobody else's image is written to. */
	g_assert_false(
	    db_read(image, "DELETE FROM t RETURNING x, y", take_row, rows));
	db_free(db);
	diag_free(d);
}

/* A view that goes on for ever is broken off, and the collation of Anki's
 * tables is known. */
static void
test_read_foreign(void)
{
	static const char endless[] =
	    "CREATE VIEW t AS WITH RECURSIVE n(x) AS"
	    " (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x AS y FROM n"
	    " WHERE x < 0";
	static const char sorted[] =
	    "CREATE TABLE t (x text COLLATE nocase, y text);"
	    "INSERT INTO t VALUES ('b', 1), ('a', 2)";
	g_autoptr(GString) rows = g_string_new(NULL);
	const char *const schemas[] = { endless, sorted };

	for (size_t i = 0; i < G_N_ELEMENTS(schemas); i++) {
		struct diag *d = diag_new();
		struct db *db = db_new(d);
		struct str image;
		db_exec(db, schemas[i]);
		g_assert_true(db_serialize(db, &image));
		g_assert_cmpint(db_read(image,
				    "SELECT x, y FROM t "
				    "ORDER BY x COLLATE unicase",
				    take_row, rows),
		    ==, i == 1);
		db_free(db);
		diag_free(d);
	}
	g_assert_nonnull(strchr(rows->str, 'a'));
}

void test_port_db(void);

void
test_port_db(void)
{
	g_test_add_func("/port/db/read-back", test_read_back);
	g_test_add_func("/port/db/same-bytes", test_same_bytes);
	g_test_add_func("/port/db/secure-delete", test_secure_delete);
	g_test_add_func("/port/db/errors-stick", test_errors_stick);
	g_test_add_func("/port/db/step-fails", test_step_fails);
	g_test_add_func("/port/db/read", test_read);
	g_test_add_func("/port/db/read-foreign", test_read_foreign);
}
