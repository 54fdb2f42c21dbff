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

void
test_render_words(void)
{
	g_test_add_func("/render/words/format", format);
	g_test_add_func("/render/words/percent-signs", percent_signs);
	g_test_add_func("/render/words/nothing-to-put-in", nothing_to_put_in);
	g_test_add_func("/render/words/english", english);
}
