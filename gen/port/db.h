/*
 * An SQLite database in memory, built in one transaction and serialized: the
 * same statements give the same bytes. Errors stick: the first is reported as
 * the machine's fault and everything after it does nothing. db_read() is for
 * what comes from elsewhere.
 */
#ifndef ERGEN_DB_H
#define ERGEN_DB_H

#include "base/diag.h"

struct db;
struct db_insert;

struct db *db_new(struct diag *d);
/* NULL is allowed. */
void db_free(struct db *db);
bool db_exec(struct db *db, const char *sql);
/* A prepared INSERT; belongs to db. */
struct db_insert *db_prepare(struct db *db, const char *sql);
/* Parameters count from 1. Text is borrowed until db_step(). */
void db_int(struct db_insert *i, int param, long long value);
void db_text(struct db_insert *i, int param, struct str text);
bool db_step(struct db_insert *i);
/* Reads a database that somebody else may have made: calls take with each row,
 * its columns as text. False: it is none, not sound, or does not come to an
 * end; nothing is reported. The texts live until take returns. */
typedef void db_row(const struct str *columns, void *ctx);
bool db_read(struct str image, const char *sql, db_row *take, void *ctx);
/* The file's bytes; they live until db_free(). */
bool db_serialize(struct db *db, struct str *bytes);

#endif
