#include "base/decimal.h"

#include <stdlib.h>

void test_base_decimal(void);

static void
test_add_sub(void)
{
	static const struct {
		const char *x, *y, *sum, *difference;
	} cases[] = {
		{ "0", "0", "0", "0" },
		{ "-0", "0.00", "0", "0" },
		{ "1", "2", "3", "-1" },
		{ "007.50", "0.5", "8", "7" },
		{ "21.6", "0.5", "22.1", "21.1" },
		{ "0.1", "0.2", "0.3", "-0.1" },
		{ "99.999", "0.001", "100", "99.998" },
		{ "-1.5", "2.25", "0.75", "-3.75" },
		{ "1.5", "-2.25", "-0.75", "3.75" },
		{ "-1.5", "-1.5", "-3", "0" },
		{ "100", "0.01", "100.01", "99.99" },
		{ "0.05", "10", "10.05", "-9.95" },
		{ "340282366920938463463374607431768211456", "1",
		    "340282366920938463463374607431768211457",
		    "340282366920938463463374607431768211455" },
		{ "9999999999999999999999999999999999999999",
		    "0.0000000000000000000000000000000000000001",
		    "9999999999999999999999999999999999999999.0000000000000000000000000000000000000001",
		    "9999999999999999999999999999999999999998.9999999999999999999999999999999999999999" },
	};
	struct arena *a = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *x = cases[i].x, *y = cases[i].y;
		g_assert_cmpstr(decimal_add(a, x, y), ==, cases[i].sum);
		g_assert_cmpstr(decimal_add(a, y, x), ==, cases[i].sum);
		g_assert_cmpstr(decimal_sub(a, x, y), ==, cases[i].difference);
	}
	arena_free(a);
}

/* What fits in a long long, beside the machine's own arithmetic. */
static void
test_machine(void)
{
	struct arena *a = arena_new();

	for (int i = -120; i <= 120; i += 7)
		for (int k = -1100; k <= 1100; k += 53) {
			g_autofree char *x = g_strdup_printf("%d", i);
			g_autofree char *y = g_strdup_printf("%d", k);
			g_autofree char *sum = g_strdup_printf("%d", i + k);
			g_autofree char *less = g_strdup_printf("%d", i - k);
			g_autofree char *product = g_strdup_printf("%d00",
			    abs(i) * k);
			g_assert_cmpstr(decimal_add(a, x, y), ==, sum);
			g_assert_cmpstr(decimal_sub(a, x, y), ==, less);
			char *part = decimal_percent(a, product, "1");
			g_assert_cmpint(atoi(part), ==, abs(i * k));
			part = decimal_percent(a, x, y);
			part = decimal_percent(a, "10000", part);
			g_assert_cmpint(atoi(part), ==, abs(i) * k);
			g_assert_true((decimal_compare(x, y) < 0) == (i < k));
			g_assert_true((decimal_compare(x, y) > 0) == (i > k));
		}
	arena_free(a);
}

static void
test_percent(void)
{
	static const struct {
		const char *x, *percent, *part;
	} cases[] = {
		{ "200", "1", "2" },
		{ "-200", "1", "2" },
		{ "0", "5", "0" },
		{ "5", "0", "0" },
		{ "21.6", "0.5", "0.108" },
		{ "3.14159", "2.5", "0.07853975" },
		{ "99", "99", "98.01" },
		{ "0.001", "0.001", "0.00000001" },
		{ "18446744073709551616", "100", "18446744073709551616" },
		{ "18446744073709551616", "1844674407370955161600",
		    "340282366920938463463374607431768211456" },
	};
	struct arena *a = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(decimal_percent(a, cases[i].x,
				    cases[i].percent),
		    ==, cases[i].part);
	arena_free(a);
}

static void
test_compare(void)
{
	/* In order; equal ones share a row. */
	static const char *const rows[][4] = {
		{ "-100", "-0100.0" },
		{ "-20.5" },
		{ "-20" },
		{ "-3.15" },
		{ "-3.149" },
		{ "-0.001" },
		{ "0", "-0", "-0.00", "000" },
		{ "0.001", "00.0010" },
		{ "0.01" },
		{ "3.149" },
		{ "3.15" },
		{ "20", "20.0", "020" },
		{ "100" },
		{ "18446744073709551615" },
		{ "18446744073709551616" },
		{ "18446744073709551616.1" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
			for (size_t x = 0; x < 4 && rows[i][x]; x++)
				for (size_t y = 0; y < 4 && rows[k][y]; y++) {
					int order = decimal_compare(rows[i][x],
					    rows[k][y]);
					g_assert_true((order < 0) == (i < k));
					g_assert_true((order > 0) == (i > k));
				}
}

static void
test_digit(void)
{
	struct decimal d = decimal_split("-0120.3040");

	g_assert_true(d.is_negative);
	g_assert_true(str_is(d.whole, "120"));
	g_assert_true(str_is(d.fraction, "304"));
	g_assert_cmpint(decimal_digit(&d, 3), ==, 0);
	g_assert_cmpint(decimal_digit(&d, 2), ==, 1);
	g_assert_cmpint(decimal_digit(&d, 1), ==, 2);
	g_assert_cmpint(decimal_digit(&d, 0), ==, 0);
	g_assert_cmpint(decimal_digit(&d, -1), ==, 3);
	g_assert_cmpint(decimal_digit(&d, -3), ==, 4);
	g_assert_cmpint(decimal_digit(&d, -4), ==, 0);
	d = decimal_split("-0.0");
	g_assert_false(d.is_negative);
	g_assert_cmpuint(d.whole.len + d.fraction.len, ==, 0);
}

void
test_base_decimal(void)
{
	g_test_add_func("/base/decimal/add_sub", test_add_sub);
	g_test_add_func("/base/decimal/machine", test_machine);
	g_test_add_func("/base/decimal/percent", test_percent);
	g_test_add_func("/base/decimal/compare", test_compare);
	g_test_add_func("/base/decimal/digit", test_digit);
}
