#include "base/slug.h"

void test_base_slug(void);

static void
test_heading(void)
{
	/* As github.com makes them. */
	static const struct {
		const char *text, *slug;
	} cases[] = {
		{ "", "" },
		{ "One two", "one-two" },
		{ "  One  two ", "one--two" },
		{ "a_b-c", "a_b-c" },
		{ "What's new?", "whats-new" },
		{ "C++ & C#", "c--c" },
		{ "1. First", "1-first" },
		{ "az network vnet.create", "az-network-vnetcreate" },
		{ "\xc3\x9c"
		  "ber Gr\xc3\xb6\xc3\x9f"
		  "e",
		    "\xc3\xbc"
		    "ber-gr\xc3\xb6\xc3\x9f"
		    "e" },
		{ "\xe6\x97\xa5\xe6\x9c\xac \xe8\xaa\x9e",
		    "\xe6\x97\xa5\xe6\x9c\xac-\xe8\xaa\x9e" },
		{ "\xf0\x9f\x9a\x80 Go", "-go" },
		{ "???", "" },
		{ "a\xe2\x80\x94"
		  "b",
		    "ab" },
	};
	struct arena *a = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(slug_heading(a, str_of(cases[i].text)), ==,
		    cases[i].slug);
	arena_free(a);
}

static void
test_ascii(void)
{
	static const struct {
		const char *text;
		size_t most;
		const char *slug;
	} cases[] = {
		{ "", 10, "" },
		{ "?!", 10, "" },
		{ "Provider link layer", 40, "provider-link-layer" },
		{ "--A--b--", 40, "a-b" },
		{ "Don't", 40, "dont" },
		{ "\xc3\x9c"
		  "ber \xc3\xa9t\xc3\xa9",
		    40, "uber-ete" },
		{ "Gr\xc3\xb6\xc3\x9f"
		  "e \xc3\x98re \xc5\x81\xc3\xb3"
		  "d\xc5\xba \xc3\x86on",
		    40, "grosse-ore-lodz-aeon" },
		{ "aaa\xc3\x9f", 4, "aaas" },
		{ "aaaa bbbb cccc", 12, "aaaa-bbbb" },
		{ "aaaa bbbb cccc", 9, "aaaa-bbbb" },
		{ "aaaabbbbcccc", 5, "aaaab" },
		{ "\xe6\x97\xa5\xe6\x9c\xac", 10, "" },
	};
	struct arena *a = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(slug_ascii(a, str_of(cases[i].text),
				    cases[i].most),
		    ==, cases[i].slug);
	arena_free(a);
}

void
test_base_slug(void)
{
	g_test_add_func("/base/slug/heading", test_heading);
	g_test_add_func("/base/slug/ascii", test_ascii);
}
