#include "write/foreign.h"

#include <glib.h>

static void
expect_path(const char *path, const char *expected)
{
	g_autofree char *inner = foreign_path(path);

	g_assert_cmpstr(inner, ==, expected);
}

static void
test_path(void)
{
	expect_path("a", "a");
	expect_path("a/b.c", "a/b.c");
	expect_path("./a//b/", "a/b");
	expect_path("..a/b..", "..a/b..");
	expect_path("", NULL);
	expect_path(".", NULL);
	expect_path("/a", NULL);
	expect_path("..", NULL);
	expect_path("a/../b", NULL);
	expect_path("a/..", NULL);
}

static void
test_plain(void)
{
	g_assert_true(foreign_is_plain("a b/ä.html"));
	g_assert_false(foreign_is_plain("a\nb"));
	g_assert_false(foreign_is_plain("a\x7f"));
	g_assert_false(foreign_is_plain("a\xff"));
}

static void
expect_line(const char *text, size_t most, const char *expected)
{
	g_autofree char *line = foreign_line(text, most);

	g_assert_cmpstr(line, ==, expected);
}

static void
test_line(void)
{
	expect_line("as it is: ä", 100, "as it is: ä");
	expect_line("two\nlines\tand more", 100, "two lines and more");
	expect_line("\x1b[1m \xc2\x9b", 100, "?[1m ??");
	expect_line("cut here", 3, "cut");
	/* A letter of two bytes that is cut through. */
	expect_line("aä", 2, "a\xef\xbf\xbd");
}

static void
test_supports(void)
{
	struct arena *a = arena_new();
	struct foreign_supports s;

	foreign_supports_init(&s, 4, a);
	foreign_supports_add(&s, "match", "as a list");
	foreign_supports_add(&s, "table", "left out");
	foreign_supports_add(&s, "image", NULL);
	foreign_supports_add(&s, "of a later ergen", "left out");
	g_assert_cmpstr(s.renditions[QUESTION_MATCH].lost, ==, "as a list");
	g_assert_null(s.renditions[QUESTION_ONE].lost);
	g_assert_nonnull(s.renditions[QUESTION_ONE].how);
	g_assert_cmpuint(s.n_nodes, ==, 1);
	g_assert_cmpstr(s.nodes[0].type, ==, "table");
	g_assert_null(s.nodes[1].type);
	arena_free(a);
}

void test_write_foreign(void);

void
test_write_foreign(void)
{
	g_test_add_func("/write/foreign/path", test_path);
	g_test_add_func("/write/foreign/plain", test_plain);
	g_test_add_func("/write/foreign/line", test_line);
	g_test_add_func("/write/foreign/supports", test_supports);
}
