#include "base/arena.h"

#include <stdint.h>

/* Chunks double up to this size, so that small tasks stay small. */
enum {
	CHUNK_FIRST = 16 * 1024,
	CHUNK_MOST = 1024 * 1024
};

struct chunk {
	struct chunk *next;
	size_t size;
	max_align_t bytes[];
};

struct arena {
	struct chunk *chunks; /* the current one first */
	struct chunk *spare; /* kept by arena_reset() */
	char *at, *end; /* free part of the current chunk */
	size_t next_size, used;
};

struct arena *
arena_new(void)
{
	struct arena *a = g_new0(struct arena, 1);

	a->next_size = CHUNK_FIRST;
	return a;
}

static void
chunks_free(struct chunk *c)
{
	while (c) {
		struct chunk *next = c->next;
		g_free(c);
		c = next;
	}
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	chunks_free(a->chunks);
	chunks_free(a->spare);
	g_free(a);
}

#ifdef ARENA_DEBUG

void
arena_reset(struct arena *a)
{
	chunks_free(a->chunks);
	a->chunks = NULL;
	a->used = 0;
}

static void *
take(struct arena *a, size_t size)
{
	struct chunk *c = g_malloc(sizeof(*c) + size);

	c->next = a->chunks;
	a->chunks = c;
	a->used += size;
	return c->bytes;
}

#else

void
arena_reset(struct arena *a)
{
	while (a->chunks) {
		struct chunk *c = a->chunks;
		a->chunks = c->next;
		c->next = a->spare;
		a->spare = c;
	}
	a->at = a->end = NULL;
	a->used = 0;
}

static void
grow(struct arena *a, size_t size)
{
	struct chunk *c = a->spare;

	if (c && c->size >= size) {
		a->spare = c->next;
	} else {
		size_t want = size > a->next_size ? size : a->next_size;
		c = g_malloc(sizeof(*c) + want);
		c->size = want;
		if (a->next_size < CHUNK_MOST)
			a->next_size *= 2;
	}
	c->next = a->chunks;
	a->chunks = c;
	a->at = (char *)c->bytes;
	a->end = a->at + c->size;
}

static void *
take(struct arena *a, size_t size)
{
	if ((size_t)(a->end - a->at) < size)
		grow(a, size);
	void *p = a->at;
	a->at += size;
	a->used += size;
	return p;
}

#endif

size_t
arena_used(const struct arena *a)
{
	return a->used;
}

void *
arena_alloc(struct arena *a, size_t n, size_t size)
{
	size_t whole;
	if (__builtin_mul_overflow(n, size, &whole) || whole > SIZE_MAX / 2)
		g_error("arena: %zu objects of %zu bytes", n, size);
#ifndef ARENA_DEBUG
	size_t skew = (size_t)((uintptr_t)a->at & 7);
	if (skew && (size_t)(a->end - a->at) >= 8 - skew)
		a->at += 8 - skew;
	else if (skew)
		a->at = a->end = NULL;
#endif
	void *p = take(a, whole);
	if (whole > 0)
		memset(p, 0, whole);
	return p;
}

char *
arena_bytes(struct arena *a, size_t len)
{
	return take(a, len);
}

char *
arena_str(struct arena *a, struct str s)
{
	char *p = take(a, s.len + 1);

	if (s.len)
		memcpy(p, s.p, s.len);
	p[s.len] = '\0';
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_str(a, str_of(s));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	char text[256]; /* enough for most */
	va_list ap;

	va_start(ap, fmt);
	const int len = g_vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (len >= 0 && (size_t)len < sizeof(text))
		return arena_str(a, (struct str){ text, (size_t)len });
	va_start(ap, fmt);
	g_autofree char *whole = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	return arena_strdup(a, whole);
}

void *
arena_array_of(struct arena *a, const GArray *from)
{
	if (from->len == 0)
		return NULL;
	/* GLib's own accessor takes a pointer that is not const. */
	size_t size = g_array_get_element_size((GArray *)(uintptr_t)from);
	void *p = arena_alloc(a, from->len, size);
	memcpy(p, from->data, from->len * size);
	return p;
}

struct str
arena_take(struct arena *a, GString *s)
{
	struct str r = { arena_str(a, (struct str){ s->str, s->len }), s->len };

	g_string_truncate(s, 0);
	return r;
}
