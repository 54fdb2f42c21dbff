#include "doc/scan.h"

#include <stdio.h>
#include <stdlib.h>

void test_doc_scan(void);

/* "line:col id" of the first complaint, or "". */
static void
expect(struct str text, const char *want)
{
	struct origin in = { "a.md", text };
	struct diag *d = diag_new();
	char *said;
	size_t size;
	bool ok = scan_text(&in, text, 1, d);
	FILE *to = open_memstream(&said, &size);

	diag_print(d, to, 0);
	fclose(to);
	g_autofree char *got = g_strdup("");
	if (said[0]) {
		char *id = strstr(said, " [") + 2;
		char *place = said + strlen("a.md:");
		place[strcspn(place, " ") - 1] = '\0';
		id[strcspn(id, "]")] = '\0';
		g_free(got);
		got = g_strdup_printf("%s %s", place, id);
	}
	g_assert_cmpstr(got, ==, want);
	g_assert_cmpint(ok, ==, want[0] == '\0');
	free(said);
	diag_free(d);
}

static void
test_bytes(void)
{
	expect(STR_LIT(""), "");
	expect(STR_LIT("a\n\xc3\xa9\n\xf0\x9f\x9a\x80"), "");
	expect(STR_LIT("a\nb\0c"), "2:2 source-nul");
	expect(STR_LIT("a\nb\xff"), "2:2 source-utf8");
	expect(STR_LIT("\xc3"), "1:1 source-utf8");
	/* Overlong, surrogate, beyond Unicode. */
	expect(STR_LIT("\xc0\xaf"), "1:1 source-utf8");
	expect(STR_LIT("\xed\xa0\x80"), "1:1 source-utf8");
	expect(STR_LIT("\xf4\x90\x80\x80"), "1:1 source-utf8");
}

/* n times unit, then end. */
static void
expect_repeated(const char *start, const char *unit, size_t n, const char *end,
    const char *want)
{
	g_autoptr(GString) s = g_string_new(start);

	while (n--)
		g_string_append(s, unit);
	g_string_append(s, end);
	expect((struct str){ s->str, s->len }, want);
}

static void
test_limits(void)
{
	expect_repeated("", "x", SCAN_LINE_MOST, "\n", "");
	expect_repeated("a\n", "x", SCAN_LINE_MOST + 1, "\n",
	    "2:1 source-line");
	expect_repeated("", ">", SCAN_NESTING_MOST, " x", "");
	expect_repeated("\n", "> ", SCAN_NESTING_MOST + 1, "x",
	    "2:1 source-nesting");
	expect_repeated("", "- ", SCAN_NESTING_MOST + 1, "x",
	    "1:1 source-nesting");
	expect_repeated("", "1. ", SCAN_NESTING_MOST + 1, "x",
	    "1:1 source-nesting");
	expect_repeated("", "|-", SCAN_COLUMNS_MOST, "|\n", "");
	expect_repeated("", "|-", SCAN_COLUMNS_MOST + 1, "|\n",
	    "1:1 source-table");
	expect_repeated("> ", "-|", SCAN_COLUMNS_MOST + 1, "-\n",
	    "1:1 source-table");
	expect_repeated("|-|-|\n", "|a|b|\n", SCAN_CELLS_MOST / 2 - 1, "", "");
	expect_repeated("|-|-|\n", "|a|b|\n", SCAN_CELLS_MOST / 2, "",
	    "1:1 source-table");
}

/* Each table counts for itself, but their sum has a limit too. */
static void
test_tables(void)
{
	g_autoptr(GString) s = g_string_new(NULL);

	for (int i = 0; i < 100; i++)
		g_string_append(s, "|a|b|\n|-|-|\n|c|d|\n\n");
	expect((struct str){ s->str, s->len }, "");
}

void
test_doc_scan(void)
{
	g_test_add_func("/doc/scan/bytes", test_bytes);
	g_test_add_func("/doc/scan/limits", test_limits);
	g_test_add_func("/doc/scan/tables", test_tables);
}
