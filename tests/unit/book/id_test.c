#include "book/id.h"

void test_book_id(void);

static void
test_valid(void)
{
	static const char *const good[] = { "a", "0", "l2", "a-b", "a-b-3" };
	static const char *const bad[] = { "", "-", "a-", "-a", "a--b", "A",
		"a_b", "a b", "a.b", "\xc3\xa9" };

	for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(id_is_valid(str_of(good[i])));
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(id_is_valid(str_of(bad[i])));
}

static void
test_derive(void)
{
	struct arena *a = arena_new();
	struct str none = STR_LIT(""), whole = STR_LIT("whole");
	struct str lengthy = STR_LIT(
	    "A very long question title that goes on and on and on");

	g_assert_cmpstr(id_derive(a, STR_LIT("Link layer?"), whole), ==,
	    "link-layer");
	const char *long_one = id_derive(a, lengthy, whole);
	g_assert_true(id_is_valid(str_of(long_one)));
	g_assert_cmpuint(strlen(long_one), <=, 40 + 7);
	g_assert_cmpstr(long_one, ==, id_derive(a, lengthy, whole));
	g_assert_cmpstr(long_one, !=, id_derive(a, lengthy, none));
	/* Nothing of the Latin alphabet in it. */
	const char *other = id_derive(a, STR_LIT("\xe6\x97\xa5"), whole);
	g_assert_true(id_is_valid(str_of(other)));
	g_assert_true(g_str_has_prefix(other, "q-"));
	g_assert_true(
	    g_str_has_prefix(id_derive_longer(a, STR_LIT("Link layer?"), whole),
		"link-layer-"));
	arena_free(a);
}

/* For ever: the same seed, the same order. */
static void
test_shuffle(void)
{
	unsigned order[6], again[6], seen = 0;

	id_shuffle("er/l2", order, 6);
	id_shuffle("er/l2", again, 6);
	for (size_t i = 0; i < 6; i++) {
		g_assert_cmpuint(order[i], ==, again[i]);
		g_assert_cmpuint(order[i], <, 6);
		seen |= 1u << order[i];
	}
	g_assert_cmpuint(seen, ==, 0x3f);
	id_shuffle("x", order, 0);
	id_shuffle("x", order, 1);
	g_assert_cmpuint(order[0], ==, 0);
}

void
test_book_id(void)
{
	g_test_add_func("/book/id/valid", test_valid);
	g_test_add_func("/book/id/derive", test_derive);
	g_test_add_func("/book/id/shuffle", test_shuffle);
}
