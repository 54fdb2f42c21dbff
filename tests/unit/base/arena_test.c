#include "base/arena.h"

#include <stdint.h>

void test_base_arena(void);

/* Objects of all sizes stay apart, aligned and zeroed. */
static void
test_objects(void)
{
	enum {
		N = 3000
	};
	struct arena *a = arena_new();
	unsigned char *objects[N];

	for (size_t i = 0; i < N; i++) {
		objects[i] = arena_alloc(a, 1, i);
		g_assert_cmpuint((uintptr_t)objects[i] % 8, ==, 0);
		for (size_t k = 0; k < i; k++)
			g_assert_cmpuint(objects[i][k], ==, 0);
		memset(objects[i], (int)(i % 251) + 1, i);
		/* Unaligned text between them. */
		memset(arena_bytes(a, i % 7), 0xff, i % 7);
	}
	for (size_t i = 0; i < N; i++)
		for (size_t k = 0; k < i; k++)
			if (objects[i][k] != i % 251 + 1)
				g_error("object %zu was overwritten", i);
	g_assert_cmpuint(arena_used(a), >=, (size_t)N * (N - 1) / 2);
	arena_free(a);
}

static void
test_reset(void)
{
	struct arena *a = arena_new();

	for (int round = 0; round < 3; round++) {
		g_assert_cmpuint(arena_used(a), ==, 0);
		for (int i = 0; i < 100; i++) {
			unsigned *n = arena_array(a, 5000, unsigned);
			for (size_t k = 0; k < 5000; k++) {
				g_assert_cmpuint(n[k], ==, 0);
				n[k] = 0xffffffff;
			}
		}
		g_assert_cmpuint(arena_used(a), >=, 100 * 5000 * 4);
		arena_reset(a);
	}
	arena_free(a);
	arena_free(NULL);
}

static void
test_text(void)
{
	struct arena *a = arena_new();
	g_autoptr(GString) s = g_string_new("grown");
	char source[] = { 'a', 'b', 'c' };

	g_assert_cmpstr(arena_str(a, (struct str){ source, 2 }), ==, "ab");
	g_assert_cmpstr(arena_str(a, (struct str){ NULL, 0 }), ==, "");
	g_assert_cmpstr(arena_strdup(a, "copy"), ==, "copy");
	g_assert_cmpstr(arena_printf(a, "%s/%d", "x", 7), ==, "x/7");
	struct str taken = arena_take(a, s);
	g_assert_cmpuint(s->len, ==, 0);
	g_string_append(s, "other");
	g_assert_true(str_is(taken, "grown"));
	g_assert_cmpstr(taken.p, ==, "grown");
	arena_free(a);
}

static void
test_array_of(void)
{
	struct arena *a = arena_new();
	g_autoptr(GArray) from = g_array_new(FALSE, FALSE, sizeof(int));

	g_assert_null(arena_array_of(a, from));
	for (int i = 0; i < 1000; i++)
		g_array_append_val(from, i);
	const int *copy = arena_array_of(a, from);
	g_array_set_size(from, 0);
	for (int i = 0; i < 1000; i++)
		g_assert_cmpint(copy[i], ==, i);
	arena_free(a);
}

void
test_base_arena(void)
{
	g_test_add_func("/base/arena/objects", test_objects);
	g_test_add_func("/base/arena/reset", test_reset);
	g_test_add_func("/base/arena/text", test_text);
	g_test_add_func("/base/arena/array_of", test_array_of);
}
