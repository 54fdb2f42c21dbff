#include "render/words.h"

void test_render_words(void);

static void
check(const char *text, const char *a, const char *b, const char *expected)
{
	struct words w = words_default;
	g_autoptr(GString) out = g_string_new("> ");
	g_autofree char *all = g_strconcat("> ", expected, NULL);

	w.text[WORD_QUESTION_OF] = text;
	words_format(out, &w, WORD_QUESTION_OF, a, b);
	g_assert_cmpstr(out->str, ==, all);
}

static void
format(void)
{
	check("Frage %1 von %2.", "3", "8", "Frage 3 von 8.");
	check("%2/%1", "3", "8", "8/3");
	check("%1%1%2", "a", "b", "aab");
	check("none", NULL, NULL, "none");
	check("", "a", "b", "");
	/* What is put in is not read again, and not escaped. */
	check("%1 %2", "%2", "<&>", "%2 <&>");
}

static void
percent_signs(void)
{
	check("100 %", "a", "b", "100 %");
	check("100 % %1", "a", "b", "100 % a");
	check("%", "a", "b", "%");
	check("%%1", "a", "b", "%a");
	check("%3 %0 %12", "a", "b", "%3 %0 a2");
}

/* A translation may hold a number where the English word has none. */
static void
nothing_to_put_in(void)
{
	check("[%1|%2]", NULL, NULL, "[|]");
	check("[%1|%2]", "a", NULL, "[a|]");
}

static void
english(void)
{
	g_autoptr(GString) out = g_string_new("");

	for (int i = 0; i < WORD_COUNT; i++)
		if (!words_default.text[i] || !words_default.text[i][0])
			g_test_fail_printf("word %d has no text", i);
	words_format(out, &words_default, WORD_QUESTION_OF, "1", "8");
	g_assert_cmpstr(out->str, ==, "Question 1 of 8.");
	g_assert_cmpstr(words_default.text[WORD_QUIZ], ==, "Quiz");
}

/* The samples of
 * https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
 */
static const struct {
	const char *langs;
	enum plural category;
	const char *numbers;
} samples[] = {
	{ "en de nl sv tr en-GB de-CH eo", PLURAL_ONE, "1" },
	{ "en de nl sv tr en-GB de-CH eo", PLURAL_OTHER,
	    "0 2 16 100 101 1000 1000000" },
	{ "es it pt-PT pt-pt", PLURAL_ONE, "1" },
	{ "es it pt-PT", PLURAL_MANY, "1000000" },
	{ "es it pt-PT", PLURAL_OTHER, "0 2 16 100 1000 10000 1000001" },
	{ "fr pt pt-BR fr-CA", PLURAL_ONE, "0 1" },
	{ "fr pt", PLURAL_MANY, "1000000" },
	{ "fr pt", PLURAL_OTHER, "2 17 100 1000 100000" },
	{ "pl", PLURAL_ONE, "1" },
	{ "pl", PLURAL_FEW, "2 3 4 22 23 24 32 42 102 1002" },
	{ "pl", PLURAL_MANY, "0 5 12 13 14 19 21 31 100 112 1000 1000000" },
	{ "ru uk", PLURAL_ONE, "1 21 31 41 101 1001" },
	{ "ru uk", PLURAL_FEW, "2 3 4 22 23 24 32 42 102 1002" },
	{ "ru uk", PLURAL_MANY, "0 5 11 12 14 19 100 111 112 1000 1000000" },
	{ "hr sr", PLURAL_ONE, "1 21 101" },
	{ "hr sr", PLURAL_FEW, "2 22 104" },
	{ "hr sr", PLURAL_OTHER, "0 5 11 12 19 100 1000" },
	{ "cs sk", PLURAL_ONE, "1" },
	{ "cs sk", PLURAL_FEW, "2 3 4" },
	{ "cs sk", PLURAL_OTHER, "0 5 19 21 22 100 1000" },
	{ "ar ar-EG", PLURAL_ZERO, "0" },
	{ "ar", PLURAL_ONE, "1" },
	{ "ar", PLURAL_TWO, "2" },
	{ "ar", PLURAL_FEW, "3 10 103 110 1003" },
	{ "ar", PLURAL_MANY, "11 26 99 111 1011" },
	{ "ar", PLURAL_OTHER, "100 101 102 200 202 1000 10000" },
	{ "he", PLURAL_ONE, "1" },
	{ "he", PLURAL_TWO, "2" },
	{ "he", PLURAL_OTHER, "0 3 17 20 100 102" },
	{ "ja zh ko zh-Hant-TW vi", PLURAL_OTHER, "0 1 2 15 100 1000000" },
};

static void
plural_rules(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		g_auto(GStrv) langs = g_strsplit(samples[i].langs, " ", -1);
		g_auto(GStrv) numbers = g_strsplit(samples[i].numbers, " ", -1);
		for (char **lang = langs; *lang; lang++)
			for (char **n = numbers; *n; n++) {
				enum plural got = plural_rule_of(*lang)(
				    g_ascii_strtoull(*n, NULL, 10));
				if (got != samples[i].category)
					g_test_fail_printf("%s: %s is %s",
					    *lang, *n, plural_names[got]);
			}
	}
}

static void
plural_uses(void)
{
	plural_rule *ar = plural_rule_of("ar"), *fr = plural_rule_of("fr");

	g_assert_cmpint(plural_use_of(ar, PLURAL_TWO), ==, PLURAL_SINGLE);
	g_assert_cmpint(plural_use_of(ar, PLURAL_FEW), ==, PLURAL_SEVERAL);
	g_assert_cmpint(plural_use_of(fr, PLURAL_ONE), ==, PLURAL_SEVERAL);
	/* Only of whole millions. */
	g_assert_cmpint(plural_use_of(fr, PLURAL_MANY), ==, PLURAL_NEVER);
}

static void
check_count(const struct words *w, enum word word, size_t n,
    const char *expected)
{
	g_autoptr(GString) out = g_string_new("");

	words_count(out, w, word, n);
	g_assert_cmpstr(out->str, ==, expected);
}

static void
counts(void)
{
	struct words w = words_default;
	g_autoptr(GString) out = g_string_new("");

	check_count(&w, WORD_QUESTIONS_COUNT, 1, "1 question");
	check_count(&w, WORD_QUESTIONS_COUNT, 0, "0 questions");
	check_count(&w, WORD_QUESTIONS_COUNT, 21, "21 questions");
	w.plural = plural_rule_of("pl");
	w.text[WORD_QUESTIONS_COUNT] = "%1 many";
	w.forms[WORD_QUESTIONS_COUNT][PLURAL_FEW] = "%1 few";
	check_count(&w, WORD_QUESTIONS_COUNT, 1, "1 question");
	check_count(&w, WORD_QUESTIONS_COUNT, 24, "24 few");
	check_count(&w, WORD_QUESTIONS_COUNT, 5, "5 many");
	/* The second number decides; what is no number, does not. */
	words_format(out, &words_default, WORD_DRAWN, "2", "1");
	words_format(out, &words_default, WORD_DRAWN, "1", "2");
	words_format(out, &words_default, WORD_POINTS_COUNT, "\x01", NULL);
	g_assert_cmpstr(out->str, ==,
	    "2 of 1 question.1 of 2 questions.\x01 points");
}

static void
check_date(const struct words *w, const char *date, const char *expected)
{
	g_autoptr(GString) out = g_string_new("");

	words_date(out, w, date);
	g_assert_cmpstr(out->str, ==, expected);
}

static void
dates(void)
{
	struct words w = words_default;

	check_date(&w, "2026-11-22", "22 November 2026");
	check_date(&w, "0999-01-01", "1 January 0999");
	check_date(&w, "2026-12-31", "31 December 2026");
	/* What is no date is not touched. */
	check_date(&w, "2026-13-01", "2026-13-01");
	check_date(&w, "2026-00-01", "2026-00-01");
	check_date(&w, "2026-11-2", "2026-11-2");
	check_date(&w, "2026-1a-02", "2026-1a-02");
	check_date(&w, "", "");
	w.text[WORD_DATE] = "%2 %1, %3";
	check_date(&w, "2026-07-04", "July 4, 2026");
}

static void
names(void)
{
	char name[40];

	g_assert_cmpstr(word_name(WORD_QUESTION_OF, name), ==, "question_of");
	g_assert_cmpuint(word_count_at(WORD_QUESTION_OF), ==, 0);
	g_assert_cmpuint(word_count_at(WORD_POINTS_COUNT), ==, 1);
	g_assert_cmpuint(word_count_at(WORD_DRAWN), ==, 2);
}

void
test_render_words(void)
{
	g_test_add_func("/render/words/format", format);
	g_test_add_func("/render/words/percent-signs", percent_signs);
	g_test_add_func("/render/words/nothing-to-put-in", nothing_to_put_in);
	g_test_add_func("/render/words/english", english);
	g_test_add_func("/render/words/plural-rules", plural_rules);
	g_test_add_func("/render/words/plural-uses", plural_uses);
	g_test_add_func("/render/words/counts", counts);
	g_test_add_func("/render/words/dates", dates);
	g_test_add_func("/render/words/names", names);
}
