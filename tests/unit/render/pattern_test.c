/*
 * PCRE2, by GRegex, is the judge: close enough to a browser's. What a browser
 * alone can tell is left to tests/e2e/pattern_test.mjs.
 */
#include "base/decimal.h"
#include "render/pattern.h"

void test_render_pattern(void);

static GRegex *
compile(const char *pattern)
{
	g_autofree char *whole = g_strdup_printf("^(?:%s)$", pattern);
	GRegex *regex = g_regex_new(whole, G_REGEX_DOLLAR_ENDONLY, 0, NULL);

	if (!regex)
		g_test_message("does not compile: %s", pattern);
	g_assert_nonnull(regex);
	return regex;
}

static GRegex *
number(const char *low, const char *high)
{
	g_autoptr(GString) pattern = g_string_new(NULL);

	pattern_number(pattern, low, high);
	return compile(pattern->str);
}

static void
expect(const GRegex *regex, const char *input, bool is_right)
{
	if (g_regex_match(regex, input, 0, NULL) == is_right)
		return;
	g_test_message("'%s' is %s: %s", input,
	    is_right ? "refused" : "accepted", g_regex_get_pattern(regex));
	g_test_fail();
}

static void
expect_number(const char *low, const char *high, const char *input)
{
	g_autoptr(GRegex) regex = number(low, high);

	expect(regex, input,
	    decimal_compare(low, input) <= 0 &&
		decimal_compare(input, high) <= 0);
}

/* --- numbers ------------------------------------------------------------ */

static const char *const bounds[] = { "-1205.5", "-100", "-99.9", "-10.01",
	"-9", "-2.25", "-1", "-0.75", "-0.1", "-0.05", "0", "0.001", "0.1",
	"0.19", "0.5", "1", "1.2", "1.25", "9.99", "10", "10.05", "21.1",
	"22.1", "99", "100", "101", "999.5", "1000", "1205.5", "2100" };

static const char *const inputs[] = { "-2000", "-1205.51", "-1205.5", "-1205",
	"-1000", "-100.0", "-99.91", "-99.9", "-99.8999", "-10.011", "-10.01",
	"-10", "-9.5", "-9", "-8", "-2.251", "-2.25", "-2.2", "-1.0", "-0.99",
	"-0.750", "-0.7499", "-0.1", "-0.09", "-0.051", "-0.05", "-0.0", "-0",
	"0", "00", "0.0", "0.0009", "0.001", "0.0010", "0.09", "0.1", "0.11",
	"0.1899", "0.19", "0.2", "0.49", "0.5", "0.50", "0.501", "0.9999", "1",
	"01", "1.0", "1.19", "1.2", "1.20", "1.21", "1.25", "1.2501", "1.3",
	"2", "5.000", "9", "9.9", "9.98", "9.99", "9.991", "10", "10.04",
	"10.05", "10.0500", "10.06", "20", "21.0", "21.1", "21.099", "22",
	"22.1", "22.11", "22.2", "98.9", "99", "099.0", "99.5", "100", "100.1",
	"101", "101.1", "110", "999", "999.49", "999.5", "999.6", "1000",
	"1000.0001", "1205", "1205.4", "1205.50", "1205.6", "1206", "2000",
	"2099.9", "2100.0", "2100.1", "3000", "10000" };

static void
test_every_pair(void)
{
	for (size_t l = 0; l < G_N_ELEMENTS(bounds); l++)
		for (size_t h = l; h < G_N_ELEMENTS(bounds); h++) {
			g_autoptr(GRegex) regex = number(bounds[l], bounds[h]);
			for (size_t i = 0; i < G_N_ELEMENTS(inputs); i++)
				expect(regex, inputs[i],
				    decimal_compare(bounds[l], inputs[i]) <=
					    0 &&
					decimal_compare(inputs[i], bounds[h]) <=
					    0);
		}
}

static void
test_spellings(void)
{
	static const char *const right[] = { "1.5", "1,5", "+1.5", " 1.5\t",
		"001.50", "-0.5", "\u22120.5", "-.5", ".5", ",5", "0", "-0",
		"+0", "1.", "2", "2,000", "2." };
	static const char *const wrong[] = { "", " ", ".", ",", "-", "+", "-.",
		"abc", "1e0", "0x1", "1 000", "1.5.0", "1,5,0", "--1", "+-1",
		"-+1", "- 0.5", "1.5 min", "1/2", "2.01", "-0.51", "1\n1" };
	g_autoptr(GRegex) regex = number("-0.5", "2");

	for (size_t i = 0; i < G_N_ELEMENTS(right); i++)
		expect(regex, right[i], true);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		expect(regex, wrong[i], false);
}

/* Bounds without a digit before or behind the point, of one sign or none. */
static void
test_nothing_but_a_point(void)
{
	static const char *const pairs[][2] = { { "0", "0" }, { "0", "0.5" },
		{ "0", "100" }, { "-3", "0" }, { "1", "9" }, { "-7", "-7" } };

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autoptr(GRegex) regex = number(pairs[i][0], pairs[i][1]);
		expect(regex, ".", false);
		expect(regex, "-.", false);
		expect(regex, "", false);
		expect(regex, "-", false);
	}
}

static void
test_long(void)
{
	static const char low[] = "340282366920938463463374607431768211455.5";
	static const char high[] = "340282366920938463463374607431768211456";

	expect_number(low, high, high);
	expect_number(low, high, low);
	expect_number(low, high, "340282366920938463463374607431768211455.49");
	expect_number(low, high, "340282366920938463463374607431768211456.01");
	expect_number(low, high, "340282366920938463463374607431768211457");
	expect_number(low, high, "34028236692093846346337460743176821145");
	expect_number("0", high, "340282366920938463463374607431768211456.0");
	expect_number("0", high, "340282366920938463463374607431768211456.1");
	expect_number("0", high, "99999999999999999999999999999999999999");
	expect_number("18446744073709551615", high, "18446744073709551614.9");
	expect_number("18446744073709551615", high, "18446744073709551616");
}

/* The longest pattern that digits can make, and what is refused. */
static void
test_length(void)
{
	g_autoptr(GString) pattern = g_string_new(NULL);
	g_autofree char *fives = g_strnfill(PATTERN_DIGITS, '5');
	g_autofree char *low = g_strconcat("1", fives + 1, NULL);
	g_autofree char *longer = g_strconcat("1", fives, NULL);

	pattern_number(pattern, low, fives);
	g_assert_cmpuint(pattern->len, <, 60 * PATTERN_DIGITS);
	g_autoptr(GRegex) nothing = number("2", "1");
	expect(nothing, "1", false);
	expect(nothing, "2", false);
	expect(nothing, "", false);
	g_autoptr(GRegex) too_long = number("1", longer);
	expect(too_long, "1", false);
}

/* --- texts -------------------------------------------------------------- */

static GRegex *
text(const char *accepted, bool is_exact)
{
	g_autoptr(GString) pattern = g_string_new(NULL);
	const struct accepted a = { accepted, is_exact };

	pattern_texts(pattern, &a, 1);
	return compile(pattern->str);
}

struct text_case {
	const char *accepted, *input;
	bool is_right;
};

static void
expect_texts(const struct text_case *cases, size_t n, bool is_exact)
{
	for (size_t i = 0; i < n; i++) {
		g_autoptr(GRegex) regex = text(cases[i].accepted, is_exact);
		expect(regex, cases[i].input, cases[i].is_right);
	}
}

static void
test_caseless(void)
{
	static const struct text_case cases[] = {
		{ "Gateway Subnet", "Gateway Subnet", true },
		{ "Gateway Subnet", "gatewaysubnet", true },
		{ "Gateway Subnet", " GATE WAY\tsubnet ", true },
		{ "Gateway Subnet", "Gateway-Subnet", false },
		{ "Gateway Subnet", "Gateway", false },
		{ "Gateway Subnet", "Gateway Subnets", false },
		{ "a.b", "axb", false },
		{ "C++ (v2) / [x]{1}|^$", "c++(V2)/[X]{1} | ^$", true },
		{ "\\d", "1", false },
		{ "\\d", "\\D", true },
		{ "straße", "STRAßE", true },
		{ "straße", "STRASSE", false },
		{ "École", "éCOLE", true },
		{ "E\u0301cole", "école", true },
		{ "ΟΔΟΣ", "οδος", true },
		{ "οδος", "ΟΔΟΣ", true },
		{ "οδοσ", "οδος", true },
		{ "ǆ", "ǅ", true },
		{ "İ", "i", true },
		{ "ı", "I", true },
		{ "ı", "i", false },
		{ "i", "ı", false },
		{ "ſ", "S", true },
		{ "s", "ſ", false },
		{ "日 本", "日本", true },
	};

	expect_texts(cases, G_N_ELEMENTS(cases), false);
}

static void
test_exact(void)
{
	static const struct text_case cases[] = {
		{ "az group list", "az group list", true },
		{ "az group list", "  az group list\t", true },
		{ " az group list ", "az group list", true },
		{ "az group list", "az  group list", false },
		{ "az group list", "azgroup list", false },
		{ "az group list", "Az group list", false },
		{ "a\tb", "a\tb", true },
		{ "a\tb", "a b", false },
		{ "\x01", "\x01", true },
		{ "-&&-", "-&&-", true },
	};

	expect_texts(cases, G_N_ELEMENTS(cases), true);
}

static void
test_several(void)
{
	static const struct accepted texts[] = { { "\u00A0 ", false },
		{ "Two", false }, { "", true }, { "2", true }, { "II", true },
		{ " ", true } };
	g_autoptr(GString) pattern = g_string_new(NULL);

	pattern_texts(pattern, texts, G_N_ELEMENTS(texts));
	g_autoptr(GRegex) regex = compile(pattern->str);
	expect(regex, "two", true);
	expect(regex, " T wo", true);
	expect(regex, "2", true);
	expect(regex, "II ", true);
	expect(regex, "ii", false);
	expect(regex, "", false);
	expect(regex, " ", false);
	expect(regex, "Two2", false);
}

static void
test_no_text(void)
{
	static const struct accepted blank = { " \t", false };
	g_autoptr(GString) none = g_string_new(NULL);
	g_autoptr(GString) white = g_string_new(NULL);

	pattern_texts(none, NULL, 0);
	pattern_texts(white, &blank, 1);
	g_assert_cmpstr(none->str, ==, white->str);
	g_autoptr(GRegex) regex = compile(none->str);
	expect(regex, "", false);
	expect(regex, " ", false);
	expect(regex, "x", false);
}

void
test_render_pattern(void)
{
	g_test_add_func("/render/pattern/every_pair", test_every_pair);
	g_test_add_func("/render/pattern/spellings", test_spellings);
	g_test_add_func("/render/pattern/nothing_but_a_point",
	    test_nothing_but_a_point);
	g_test_add_func("/render/pattern/long", test_long);
	g_test_add_func("/render/pattern/length", test_length);
	g_test_add_func("/render/pattern/caseless", test_caseless);
	g_test_add_func("/render/pattern/exact", test_exact);
	g_test_add_func("/render/pattern/several", test_several);
	g_test_add_func("/render/pattern/no_text", test_no_text);
}
