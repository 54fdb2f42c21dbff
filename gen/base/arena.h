/*
 * Memory that is released as a whole.
 *
 * What lives exactly as long as a book, or as one task, is allocated here and
 * is never freed piece by piece. Allocation cannot fail: without memory the
 * process ends with a message. An arena belongs to one thread at a time.
 *
 * With -DARENA_DEBUG every object is its own malloc(), so that the address
 * sanitizer sees overruns and use after arena_reset().
 */
#ifndef ERGEN_ARENA_H
#define ERGEN_ARENA_H

#include "base/str.h"

#include <glib.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);
/* Forget every object, keep the memory. */
void arena_reset(struct arena *a);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *a);

/* Zeroed, aligned for any type up to 8 bytes; n * size must not overflow. */
void *arena_alloc(struct arena *a, size_t n, size_t size);
/* Not zeroed and not aligned: for text. */
char *arena_bytes(struct arena *a, size_t len);
/* The copies are NUL-terminated. */
char *arena_str(struct arena *a, struct str s);
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
/* The elements of a GArray, or NULL for none. */
void *arena_array_of(struct arena *a, const GArray *from);
/* Takes the text of s, which is then empty and reusable. */
struct str arena_take(struct arena *a, GString *s);

#define arena_obj(a, type) ((type *)arena_alloc((a), 1, sizeof(type)))
#define arena_array(a, n, type) ((type *)arena_alloc((a), (n), sizeof(type)))

#endif
