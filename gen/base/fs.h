/*
 * Files and folders. Everything here that fails has reported it, with the
 * path, as the machine's fault, and has left errno as it was.
 */
#ifndef ERGEN_FS_H
#define ERGEN_FS_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdint.h>

enum fs_kind {
	FS_NONE, /* nothing there */
	FS_FILE,
	FS_FOLDER,
	FS_OTHER, /* a device, a pipe, … */
	FS_FAILED /* reported */
};

/* What stands at a path; symbolic links are followed. *mtime in seconds, may
 * be NULL. */
enum fs_kind fs_look(const char *path, long long *mtime, struct diag *d);
/* The whole file, NUL-terminated behind its length. One that others write to
 * in the meantime is read again, and given up in the end (EAGAIN). */
bool fs_read(const char *path, struct arena *a, struct str *out,
    struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
/* The same, of a file whose fs_hash() is known: another one is a failure. */
bool fs_read_same(const char *path, const char *hash, struct arena *a,
    struct str *out, struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
/* Overwrites nothing: the file must not exist yet. */
bool fs_create(const char *path, struct str bytes,
    struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
/* Over a temporary file beside it and a rename. */
bool fs_replace(const char *path, struct str bytes,
    struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
bool fs_mkdirs(const char *path, struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
/* The names in a folder, sorted, without "." and ".."; free with
 * g_ptr_array_unref(). NULL: reported. */
GPtrArray *fs_list(const char *path, struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
/* A folder with all it holds; not there is no failure. */
bool fs_remove_tree(const char *path, struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
/* The absolute path without links, also of what does not exist yet. Free with
 * g_free(). */
char *fs_real(const char *path);
/* True if path is folder or lies below it; both as fs_real() gives them. */
bool fs_contains(const char *folder, const char *path);
/* 128 bits as 32 hexadecimal digits; of bytes, not of secrets. */
void fs_hash(struct str bytes, char hex[33]);

#endif
