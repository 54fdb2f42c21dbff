#include "base/str.h"

#include <glib.h>

void test_base_str(void);

static void
test_compare(void)
{
	static const struct {
		const char *s, *z;
		bool is, is_nocase, starts, ends;
	} cases[] = {
		{ "", "", true, true, true, true },
		{ "abc", "", false, false, true, true },
		{ "", "a", false, false, false, false },
		{ "abc", "abc", true, true, true, true },
		{ "aBc", "AbC", false, true, false, false },
		{ "abc", "ab", false, false, true, false },
		{ "abc", "bc", false, false, false, true },
		/* Only ASCII folds: U+00C4 and U+00E4 differ. */
		{ "\xc3\x84", "\xc3\xa4", false, false, false, false },
		{ "[x]", "{X}", false, false, false, false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct str s = str_of(cases[i].s);
		const char *z = cases[i].z;
		g_assert_cmpint(str_is(s, z), ==, cases[i].is);
		g_assert_cmpint(str_eq(s, str_of(z)), ==, cases[i].is);
		g_assert_cmpint(str_is_nocase(s, z), ==, cases[i].is_nocase);
		g_assert_cmpint(str_starts(s, z), ==, cases[i].starts);
		g_assert_cmpint(str_ends(s, z), ==, cases[i].ends);
	}
	g_assert_true(str_eq((struct str){ NULL, 0 }, STR_LIT("")));
	g_assert_cmpuint(str_of(NULL).len, ==, 0);
}

static void
test_trim(void)
{
	static const struct {
		const char *s, *trimmed;
	} cases[] = {
		{ "", "" },
		{ " \t\r\n\f\v", "" },
		{ "a", "a" },
		{ " a b\t\n", "a b" },
		/* No-break space is text. */
		{ "\xc2\xa0", "\xc2\xa0" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_true(
		    str_is(str_trim(str_of(cases[i].s)), cases[i].trimmed));
}

static void
test_parts(void)
{
	struct str s = STR_LIT("a=b=c");

	g_assert_cmpuint(str_find(s, '='), ==, 1);
	g_assert_cmpuint(str_find(s, 'x'), ==, 5);
	g_assert_cmpuint(str_find((struct str){ NULL, 0 }, 'x'), ==, 0);
	g_assert_true(str_has(s, "b=", 1) && str_has(s, "=b", 0));
	g_assert_true(str_has(s, "a=b=c", 3) && str_has(s, "c", 0));
	g_assert_false(str_has(s, "b=b", 1) || str_has(s, "=c=", 0));
	g_assert_false(str_has(s, "za", 1) || str_has(s, "a=b=c!", 0));
	g_assert_false(str_has((struct str){ NULL, 0 }, "a", 0));
	g_assert_true(str_is(str_from(s, 2), "b=c"));
	g_assert_true(str_is(str_from(s, 5), ""));
	g_assert_true(str_is(str_from(s, 99), ""));
	g_assert_true(str_is(str_upto(s, 1), "a"));
	g_assert_true(str_is(str_upto(s, 99), "a=b=c"));
}

static void
test_classes(void)
{
	for (int c = 0; c < 256; c++) {
		g_assert_cmpint(is_alnum((char)c), ==,
		    g_ascii_isalnum((char)c));
		g_assert_cmpint(is_space((char)c), ==,
		    c == ' ' || (c >= '\t' && c <= '\r'));
	}
}

void
test_base_str(void)
{
	g_test_add_func("/base/str/compare", test_compare);
	g_test_add_func("/base/str/trim", test_trim);
	g_test_add_func("/base/str/parts", test_parts);
	g_test_add_func("/base/str/classes", test_classes);
}
