#include "import/look.h"
#include "import/text.h"

/* One space for each run of them, none at the ends. */
static char *
squeeze(const char *z)
{
	g_autoptr(GString) s = g_string_new(NULL);

	for (const char *p = z; *p; p++)
		if (!is_space(*p))
			g_string_append_c(s, *p);
		else if (s->len && s->str[s->len - 1] != ' ')
			g_string_append_c(s, ' ');
	return g_strchomp(g_strdup(s->str));
}

/* What would be taken for a formula, or names another site. */
static bool
is_meant(const char *z)
{
	return strstr(z, "\\(") || strstr(z, "\\[") || strstr(z, "$$") ||
	    strstr(z, "[$");
}

static void
check_same(const char *text, enum text_use use)
{
	struct arena *a = arena_new();
	g_autoptr(GString) markdown = g_string_new(NULL);
	g_autofree char *want = squeeze(text);

	text_plain(markdown, str_of(text), use);
	/* A heading is a line of its own. */
	if (use == TEXT_LINE)
		g_string_prepend(markdown, "# ");
	if (use == TEXT_CELL) {
		g_string_prepend(markdown, "| | |\n| --- | --- |\n| ");
		g_string_append(markdown, " | x |");
	}
	g_autofree char *got = squeeze(look_text(a, markdown->str));
	g_autofree char *cell = g_strconcat(want, want[0] ? " x" : "x", NULL);
	g_assert_cmpstr(got, ==, use == TEXT_CELL ? cell : want);
	arena_free(a);
}

/* Plain text says in Markdown what it says, whatever signs it has. */
static void
test_plain(void)
{
	static const char signs[] = " \n ab1.)*_`[]()<>&#!|~$\\-+=:/'\"%{}^@;";
	unsigned long long state = 42;
	char text[13];

	for (unsigned i = 0; i < 30000; i++) {
		for (size_t k = 0; k < sizeof(text) - 1; k++) {
			state = state * 6364136223846793005ULL +
			    1442695040888963407ULL;
			text[k] = signs[(state >> 33) % (sizeof(signs) - 1)];
		}
		text[12] = '\0';
		if (is_meant(text))
			continue;
		check_same(text, TEXT_BLOCKS);
		g_strdelimit(text, "\n", ' ');
		check_same(text, TEXT_LINE);
		check_same(text, TEXT_CELL);
	}
}

static void
check_guard(const char *from, const char *to, bool is_cloze)
{
	g_autoptr(GString) s = g_string_new(NULL);

	text_guard(s, str_of(from), is_cloze);
	g_assert_cmpstr(s->str, ==, to);
}

static void
test_guard(void)
{
	check_guard("a\n\n# b #\nc", "a\n\n**b**\n\nc", false);
	check_guard("a\n---\nb", "**a**\n\nb", false);
	check_guard("- a\n---", "- a\n\n***", false);
	check_guard("```\n# a\n- [x] b", "```\n# a\n- [x] b\n```", false);
	check_guard("- [x] a\n1. [ ] b", "- \\[x] a\n1. \\[ ] b", false);
	check_guard("Answer: 5", "*Answer:* 5", false);
	check_guard("<!-- q: x --> y", "<!-- import: q: x -->\n\ny", false);
	check_guard("a <!-- b", "a \\<!-- b", false);
	check_guard("<pre>\nx", "<pre>\nx\n</pre>", false);
	check_guard("**a** `**b**` __c__", "*a* `**b**` _c_", true);
	check_guard("# a", "*a*", true);
}

void test_import_text(void);

void
test_import_text(void)
{
	g_test_add_func("/import/text/plain", test_plain);
	g_test_add_func("/import/text/guard", test_guard);
}
