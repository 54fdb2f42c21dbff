#include "base/diag_print.h"

#include <stdio.h>
#include <stdlib.h>

void test_base_diag_print(void);

/* Inlined, gcc 12 takes the stream's buffer for a dangling pointer. */
static char *printed(struct diag *d, enum diag_format format,
    const char *course, size_t most) G_GNUC_NO_INLINE;

static char *
printed(struct diag *d, enum diag_format format, const char *course,
    size_t most)
{
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	diag_print_as(d, format, course, to, most);
	fclose(to);
	return text;
}

static void
test_json(void)
{
	struct origin in = { "a \"b\".md", STR_LIT("one\n") };
	struct diag *d = diag_new();

	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &in, 1, 3 }, "x\xff");
	diag_help(d, "a\nb");
	diag_at(d, DIAG_TITLE_MISSING, (struct loc){ &in, 0, 0 }, NULL);
	diag_machine(d, "no zip");
	g_autofree char *text = printed(d, FORMAT_JSON, "sub", 1);
	g_assert_cmpstr(text, ==,
	    "{\"level\":\"error\",\"id\":\"machine\",\"path\":null,\"line\":null,\"col\":null,"
	    "\"text\":\"the build cannot go on\",\"detail\":\"no zip\",\"help\":null,\"from\":[]}\n"
	    "{\"level\":\"warning\",\"id\":\"title-missing\",\"path\":\"a \\\"b\\\".md\",\"line\":null,\"col\":null,"
	    "\"text\":\"the page has no title\",\"detail\":null,\"help\":null,\"from\":[]}\n"
	    "{\"level\":\"error\",\"id\":\"link-broken\",\"path\":\"a \\\"b\\\".md\",\"line\":1,\"col\":3,"
	    "\"text\":\"link target does not exist\",\"detail\":\"x\xef\xbf\xbd\",\"help\":\"a\\nb\",\"from\":[]}\n");
	diag_free(d);
}

/* Programs may name places that are not there. */
static void
test_beyond(void)
{
	struct origin in = { "a.md", STR_LIT("\u00fc\n") };
	struct diag *d = diag_new();

	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &in, 1, 4294967294u }, "x");
	g_autofree char *text = printed(d, FORMAT_JSON, "", 0);
	g_assert_nonnull(strstr(text, "\"line\":1,\"col\":4294967294,"));
	diag_free(d);
}

static void
test_github(void)
{
	struct origin in = { "a,b:c%.md", STR_LIT("\xc3\xa9x\n") };
	struct diag *d = diag_new();

	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &in, 1, 3 }, "%s",
	    "100%: a,b");
	diag_help(d, "c");
	diag_at(d, DIAG_SITE_NO_ID, (struct loc){ &in, 2, 0 }, NULL);
	diag_machine(d, "no zip");
	g_autofree char *here = printed(d, FORMAT_GITHUB, ".", 0);
	g_assert_cmpstr(here, ==,
	    "::error title=machine::the build cannot go on: no zip\n"
	    "::error file=a%2Cb%3Ac%25.md,line=1,col=2,title=link-broken::link target does not exist: '100%25: a,b'%0Ahelp: c\n"
	    "::notice file=a%2Cb%3Ac%25.md,line=2,title=site-no-id::without an 'id' neither book nor deck is written\n");
	g_autofree char *below = printed(d, FORMAT_GITHUB, "./x/", 2);
	g_assert_nonnull(strstr(below, " file=x/a%2Cb%3Ac%25.md,"));
	g_assert_true(g_str_has_suffix(below,
	    "\n::notice ::and 1 more; --all shows them\n"));
	diag_free(d);
}

/* What led to a place, in all formats; the reports are the same but for that.
 */
static void
test_steps(void)
{
	struct origin in = { "a.md", STR_LIT("x\ny\n") };
	struct origin page = { "b c.md", STR_LIT("") };
	struct diag *d = diag_new();

	for (int i = 0; i < 2; i++) {
		diag_at(d, DIAG_TEMPLATE_BAD, (struct loc){ &in, 2, 1 }, "y");
		diag_from(d, "included from", (struct loc){ &in, 1, 1 });
		diag_from(d, "on page", (struct loc){ &page, 0, 0 });
		if (i == 0)
			diag_from(d, "and", (struct loc){ &in, 2, 0 });
	}
	g_autofree char *text = printed(d, FORMAT_TEXT, ".", 0);
	g_assert_cmpstr(text, ==,
	    "a.md:2:1: error: template is not understood: 'y' [template-bad]\n"
	    "    2 | y\n      | ^\n"
	    "included from a.md:1:1\non page b c.md\n");
	g_autofree char *json = printed(d, FORMAT_JSON, ".", 0);
	g_assert_true(g_str_has_suffix(json,
	    ",\"from\":[{\"text\":\"included from\",\"path\":\"a.md\",\"line\":1,\"col\":1},"
	    "{\"text\":\"on page\",\"path\":\"b c.md\",\"line\":null,\"col\":null}]}\n"));
	g_autofree char *github = printed(d, FORMAT_GITHUB, "x", 0);
	g_assert_true(g_str_has_suffix(github,
	    "%0Aincluded from x/a.md:1:1%0Aon page x/b c.md\n"));
	g_autofree char *sarif = printed(d, FORMAT_SARIF, "x", 0);
	g_assert_nonnull(strstr(sarif,
	    "\"relatedLocations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"x/a.md\"},\"region\":{\"startLine\":1,\"startColumn\":1}},\"message\":{\"text\":\"included from\"}},"
	    "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"x/b%20c.md\"}},\"message\":{\"text\":\"on page\"}}]"));
	diag_free(d);
}

static void
test_sarif(void)
{
	struct origin in = { "a b.md", STR_LIT("\xc3\xa9x\n") };
	struct diag *d = diag_new();

	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &in, 1, 5 }, "x");
	diag_machine(d, "no zip");
	g_autofree char *text = printed(d, FORMAT_SARIF, "/c", 1);
	g_assert_nonnull(strstr(text, "\"version\":\"2.1.0\",\"runs\":[{"));
	g_autofree char *results = g_strdup_printf(
	    "\"results\":[{\"ruleId\":\"machine\",\"ruleIndex\":%d,\"level\":\"error\","
	    "\"message\":{\"text\":\"the build cannot go on: no zip\"}},"
	    "{\"ruleId\":\"link-broken\",\"ruleIndex\":%d,\"level\":\"error\","
	    "\"message\":{\"text\":\"link target does not exist: 'x'\"},"
	    "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"file:///c/a%%20b.md\"},"
	    "\"region\":{\"startLine\":1,\"startColumn\":4}}}]}]}]}\n",
	    DIAG_MACHINE, DIAG_LINK_BROKEN);
	g_assert_true(g_str_has_suffix(text, results));
	diag_free(d);
}

static void
test_nothing(void)
{
	struct diag *d = diag_new();

	for (int i = 0; diag_format_names[i]; i++) {
		g_autofree char *text = printed(d, (enum diag_format)i, ".", 0);
		if (i == FORMAT_SARIF)
			g_assert_true(
			    g_str_has_suffix(text, "\"results\":[]}]}\n"));
		else
			g_assert_cmpstr(text, ==, "");
	}
	diag_free(d);
}

void
test_base_diag_print(void)
{
	g_test_add_func("/base/diag_print/json", test_json);
	g_test_add_func("/base/diag_print/beyond", test_beyond);
	g_test_add_func("/base/diag_print/github", test_github);
	g_test_add_func("/base/diag_print/steps", test_steps);
	g_test_add_func("/base/diag_print/sarif", test_sarif);
	g_test_add_func("/base/diag_print/nothing", test_nothing);
}
