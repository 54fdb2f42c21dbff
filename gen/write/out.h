/*
 * Where a build puts its files until all of them exist.
 *
 * Everything goes below a fresh sibling of out/ on the same file system.
 * out_publish() exchanges the two folders in one step: a reader sees the old
 * result or the new one, and a failed build leaves out/ as it was. Files whose
 * bytes have not changed are hard links to the old ones and keep their time.
 *
 * Errors stick: the first is reported, later calls do nothing, and
 * out_publish() fails. The functions that make files may be called from
 * several threads. Two files of one name are an error.
 */
#ifndef ERGEN_OUT_H
#define ERGEN_OUT_H

#include "base/arena.h"
#include "base/diag.h"

struct out;

/* One build of a course at a time, from the first source read: whoever read
 * last publishes last. Waits for another build. *fd is for out_unlock(), and
 * is -1 if there is no such folder. */
bool out_lock(const char *course_dir, int *fd,
    struct diag *d) G_GNUC_WARN_UNUSED_RESULT;
void out_unlock(int fd);
/* NULL if dir cannot be written to or is not ours; d says why. */
struct out *out_begin(const char *dir, struct diag *d);
/* path is relative to out/, e.g. "site/index.html". False once an error has
 * happened. */
bool out_file(struct out *o, const char *path, struct str bytes);
/* The same, but nothing has happened if there is such a file: *is_taken. */
bool
out_file_new(struct out *o, const char *path, struct str bytes, bool *is_taken);
/* A copy of src, which must still have this fs_hash(). */
bool
out_copy(struct out *o, const char *path, const char *src, const char *hash);
/* A second name for a file of this build, made when it is published. */
bool out_link(struct out *o, const char *path, const char *existing);
/* True if the last build made this file and it is still there as it was. */
bool out_has_old(struct out *o, const char *path);
/* Files of the last build below path (a file or a folder) stay as they are,
 * but for those below `except`, which may be NULL, and those that this build
 * has made. */
bool out_keep(struct out *o, const char *path, const char *except);
/* The absolute path of a new and empty folder for work on this build's files,
 * on the same file system; it goes with the end of the build. To be freed.
 * NULL: reported. */
char *out_scratch(struct out *o, const char *name);
/* Ends the build: publishes, or removes what was staged. Both free o. */
bool out_publish(struct out *o, bool *has_changed) G_GNUC_WARN_UNUSED_RESULT;
void out_abort(struct out *o);
/* The size of a file of this build, or -1. */
long long out_size(const struct out *o, const char *path);
/* Files and bytes below a folder "site/" of this build. */
void out_total(const struct out *o, const char *prefix, size_t *n_files,
    long long *bytes);

#endif
