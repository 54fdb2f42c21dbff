#include "base/diag.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

void test_base_diag(void);

/* Inlined, gcc 12 takes the stream's buffer for a dangling pointer. */
static char *printed(struct diag *d, size_t most) G_GNUC_NO_INLINE;

static char *
printed(struct diag *d, size_t most)
{
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	diag_print(d, to, most);
	fclose(to);
	return text;
}

static void
test_format(void)
{
	struct origin in = { "a.md", STR_LIT("one\ntwo three\n") };
	struct diag *d = diag_new();

	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &in, 2, 5 }, "%s", "x.md");
	diag_help(d, "did you mean '%s'?", "y.md");
	g_autofree char *text = printed(d, 0);
	g_assert_cmpstr(text, ==,
	    "a.md:2:5: error: link target does not exist: 'x.md' [link-broken]\n"
	    "    2 | two three\n"
	    "      |     ^\n"
	    "help: did you mean 'y.md'?\n");
	diag_free(d);
}

/* Where the caret stands under a line, or -1. */
static int
caret_of(const char *line, unsigned col)
{
	struct origin in = { "a.md", str_of(line) };
	struct diag *d = diag_new();

	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &in, 1, col }, NULL);
	g_autofree char *text = printed(d, 0);
	diag_free(d);
	const char *last = strstr(text, "      | ");
	const char *caret = last ? strchr(last, '^') : NULL;
	return caret ? (int)(caret - last - (int)strlen("      | ")) : -1;
}

/* What a source or a program says must not move the terminal's cursor. */
static void
test_control(void)
{
	struct origin in = { "a.md", STR_LIT("") };
	struct diag *d = diag_new();

	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &in, 0, 0 }, "%s",
	    "x\033[2J\007y\177\xc2\x9bz \xc3\xa9");
	diag_help(d, "%s", "one\n\ttwo\r");
	g_autofree char *text = printed(d, 0);
	g_assert_cmpstr(text, ==,
	    "a.md: error: link target does not exist: 'x?[2J?y???z \xc3\xa9' [link-broken]\n"
	    "help: one\n\ttwo?\n");
	diag_free(d);
}

static void
test_caret(void)
{
	static const struct {
		const char *line;
		unsigned col;
		int caret;
	} cases[] = {
		{ "abc", 1, 0 },
		{ "abc", 3, 2 },
		{ "abc", 4, 3 }, /* the end of the line */
		{ "\tx", 2, 8 },
		{ "ab\tx", 4, 8 },
		{ "\xc3\xa9x", 3, 1 },
		{ "\xe6\x97\xa5x", 4, 2 }, /* wide */
		{ "e\xcc\x81x", 4, 1 }, /* a combining mark takes no column */
		{ "\xffx", 2, 1 }, /* what is no UTF-8 takes one */
		{ "\x01x", 2, 1 },
		{ "abc\r\nd", 4, 3 },
		{ "", 1, -1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(caret_of(cases[i].line, cases[i].col), ==,
		    cases[i].caret);
}

static void
test_order(void)
{
	struct origin a = { "a.md", STR_LIT("") }, b = { "b.md", STR_LIT("") };
	struct diag *d = diag_new(), *other = diag_new();

	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &b, 1, 1 }, NULL);
	diag_at(d, DIAG_LINK_BROKEN, (struct loc){ &a, 10, 1 }, NULL);
	diag_at(other, DIAG_LINK_BROKEN, (struct loc){ &a, 9, 2 }, NULL);
	diag_at(other, DIAG_LINK_BROKEN, (struct loc){ &a, 9, 1 }, "b");
	diag_at(other, DIAG_LINK_BROKEN, (struct loc){ &a, 9, 1 }, "a");
	diag_at(other, DIAG_LINK_BROKEN, (struct loc){ &a, 9, 1 }, "a");
	diag_at(other, DIAG_TITLE_MISSING, (struct loc){ &a, 0, 0 }, NULL);
	diag_merge(d, other);
	g_assert_cmpint(diag_worst(other), ==, DIAG_NONE);
	diag_free(other);
	g_autofree char *all = printed(d, 0);
	g_assert_cmpstr(all, ==,
	    "a.md: warning: the page has no title [title-missing]\n"
	    "a.md:9:1: error: link target does not exist: 'a' [link-broken]\n"
	    "a.md:9:1: error: link target does not exist: 'b' [link-broken]\n"
	    "a.md:9:2: error: link target does not exist [link-broken]\n"
	    "a.md:10:1: error: link target does not exist [link-broken]\n"
	    "b.md:1:1: error: link target does not exist [link-broken]\n");
	g_autofree char *some = printed(d, 4);
	g_assert_true(g_str_has_suffix(some,
	    "[link-broken]\nand 2 more; --all shows them\n"));
	diag_free(d);
}

static void
test_levels(void)
{
	struct diag *d = diag_new();
	struct loc nowhere = { NULL, 0, 0 };

	g_assert_cmpint(diag_worst(d), ==, DIAG_NONE);
	diag_at(d, DIAG_TITLE_MISSING, nowhere, NULL);
	g_assert_cmpint(diag_worst(d), ==, DIAG_WARNING);
	g_assert_true(diag_set_level(d, DIAG_TITLE_MISSING, DIAG_ERROR));
	g_assert_cmpint(diag_worst(d), ==, DIAG_ERROR);
	g_assert_true(diag_set_level(d, DIAG_TITLE_MISSING, DIAG_NOTE));
	g_assert_cmpuint(diag_count(d, DIAG_NOTE), ==, 1);
	g_assert_false(diag_set_level(d, DIAG_LINK_BROKEN, DIAG_WARNING));
	errno = ENOENT;
	g_assert_false(diag_errno(d, "/x"));
	g_assert_false(diag_machine(d, "no %s", "zip"));
	g_assert_cmpint(diag_worst(d), ==, DIAG_FATAL);
	g_autofree char *text = printed(d, 0);
	g_assert_nonnull(strstr(text,
	    "ergen: error: input or output failed: /x: No such file or directory [io]\n"));
	g_assert_nonnull(strstr(text, ": no zip [machine]\n"));
	diag_free(d);
}

static void
test_names(void)
{
	char buf[40];

	for (int i = 0; i < DIAG_ID_COUNT; i++) {
		const char *name = diag_name((enum diag_id)i, buf);
		g_assert_cmpint(diag_find(str_of(name)), ==, i);
		g_assert_cmpuint(strspn(name,
				     "abcdefghijklmnopqrstuvwxyz0123456789-"),
		    ==, strlen(name));
		g_assert_cmpuint(strlen(diag_text((enum diag_id)i)), >, 0);
		g_assert_cmpint(diag_default_level((enum diag_id)i), !=,
		    DIAG_NONE);
	}
	g_assert_cmpint(diag_find(STR_LIT("no-such")), ==, DIAG_ID_COUNT);
	g_assert_cmpstr(diag_name(DIAG_LINK_BROKEN, buf), ==, "link-broken");
}

static void
test_nearest(void)
{
	static const char *const words[] = { "title", "subtitle", "theme",
		"lang", "url", NULL };
	static const struct {
		const char *word, *near;
	} cases[] = {
		{ "title", "title" },
		{ "titel", "title" },
		{ "subtitel", "subtitle" },
		{ "language", NULL },
		{ "lnag", "lang" },
		{ "x", NULL },
		{ "quiz", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(nearest(cases[i].word, words), ==,
		    cases[i].near);
}

void
test_base_diag(void)
{
	g_test_add_func("/base/diag/format", test_format);
	g_test_add_func("/base/diag/control", test_control);
	g_test_add_func("/base/diag/caret", test_caret);
	g_test_add_func("/base/diag/order", test_order);
	g_test_add_func("/base/diag/levels", test_levels);
	g_test_add_func("/base/diag/names", test_names);
	g_test_add_func("/base/diag/nearest", test_nearest);
}
