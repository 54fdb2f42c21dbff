#include "port/zstd.h"

#include <zstd.h>

static struct str
packed(struct arena *a, struct str raw)
{
	const size_t most = ZSTD_compressBound(raw.len);
	char *to = arena_bytes(a, most);
	const size_t n = ZSTD_compress(to, most, raw.p, raw.len, 3);

	g_assert_false(ZSTD_isError(n));
	return (struct str){ to, n };
}

static void
test_whole(void)
{
	struct arena *a = arena_new();
	g_autoptr(GString) raw = g_string_new(NULL);
	struct str out;

	for (unsigned i = 0; i < 20000; i++)
		g_string_append_printf(raw, "%u ", i);
	const struct str bytes = { raw->str, raw->len };
	g_assert_true(zstd_unpack(packed(a, bytes), bytes.len, a, &out));
	g_assert_true(str_eq(out, bytes));
	g_assert_true(zstd_unpack(packed(a, STR_LIT("")), 0, a, &out));
	g_assert_cmpuint(out.len, ==, 0);
	arena_free(a);
}

static void
test_refused(void)
{
	struct arena *a = arena_new();
	g_autofree char *zeros = g_malloc0(1 << 20);
	const struct str bomb = packed(a, (struct str){ zeros, 1 << 20 });
	struct str out;

	g_assert_cmpuint(bomb.len, <, 200);
	g_assert_false(zstd_unpack(bomb, (1 << 20) - 1, a, &out));
	g_assert_true(zstd_unpack(bomb, 1 << 20, a, &out));
	for (size_t i = 0; i < bomb.len; i++)
		g_assert_false(
		    zstd_unpack(str_upto(bomb, i), 1 << 20, a, &out));
	g_assert_false(zstd_unpack(STR_LIT("no zstd"), 100, a, &out));
	arena_free(a);
}

void test_port_zstd(void);

void
test_port_zstd(void)
{
	g_test_add_func("/port/zstd/whole", test_whole);
	g_test_add_func("/port/zstd/refused", test_refused);
}
