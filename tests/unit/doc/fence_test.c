#include "doc/fence.h"

void test_doc_fence(void);

/* "lang|title|2,4-6|bad" */
static void
expect(const char *info, const char *parsed)
{
	struct arena *a = arena_new();
	g_autoptr(GString) got = g_string_new(NULL);
	struct fence f;

	fence_parse(str_of(info), a, &f);
	g_string_append_printf(got, "%.*s|%s|", STR_ARG(f.lang),
	    f.title ? f.title : "-");
	for (size_t i = 0; i < f.n_lines; i++)
		g_string_append_printf(got, i ? ",%u-%u" : "%u-%u",
		    f.lines[i].from, f.lines[i].to);
	g_string_append_printf(got, "|%.*s", STR_ARG(f.bad));
	g_assert_cmpstr(got->str, ==, parsed);
	arena_free(a);
}

static void
test_lang(void)
{
	expect("", "|-||");
	expect("  ", "|-||");
	expect(" bash ", "bash|-||");
	expect("c++", "c++|-||");
	expect("c{1}", "c|-|1-1|");
	expect("c,hl=1", "c|-|1-1|");
	expect("{1}", "|-|1-1|");
	expect("title=a", "|a||");
}

static void
test_title(void)
{
	expect("sh title=\"a b.sh\"", "sh|a b.sh||");
	expect("sh\ttitle='a \"b\"' {1}", "sh|a \"b\"|1-1|");
	expect("sh title=a.sh,hl=2", "sh|a.sh|2-2|");
	expect("sh title=\"\"", "sh|-||");
	expect("sh title=\"a", "sh|-||title=\"a");
	expect("sh title= x", "sh|-||title=");
}

static void
test_lines(void)
{
	expect("c {2,4-6}", "c|-|2-2,4-6|");
	expect("c hl=2,4-6 title=x", "c|x|2-2,4-6|");
	expect("c hl_lines=\"2 4-6\"", "c|-|2-2,4-6|");
	expect("c {9, 1-3, 2-5, 6}", "c|-|1-6,9-9|");
	expect("c {1} hl=3", "c|-|1-1,3-3|");
}

static void
test_bad(void)
{
	expect("c linenos {1}", "c|-|1-1|linenos");
	expect("c foo=\"a b\" x", "c|-||foo=\"a b\"");
	expect("c {0}", "c|-||{0}");
	expect("c {3-2}", "c|-||{3-2}");
	expect("c {1-}", "c|-||{1-}");
	expect("c {a}", "c|-||{a}");
	expect("c {}", "c|-||{}");
	expect("c {1", "c|-||{1");
	expect("c {99999999999999999999}", "c|-||{99999999999999999999}");
	expect("{.python}", "|-||{.python}");
	expect("c hl=", "c|-||hl=");
	expect("c }", "c|-||}");
}

static void
test_marks(void)
{
	struct arena *a = arena_new();
	g_autoptr(GString) marked = g_string_new(NULL);
	struct fence f;

	fence_parse(STR_LIT("c {2,4-6,9}"), a, &f);
	for (unsigned line = 0; line < 12; line++)
		if (fence_marks(&f, line))
			g_string_append_printf(marked, " %u", line);
	g_assert_cmpstr(marked->str, ==, " 2 4 5 6 9");
	fence_parse(STR_LIT("c"), a, &f);
	g_assert_false(fence_marks(&f, 1));
	arena_free(a);
}

static void
test_closes(void)
{
	g_assert_true(fence_closes(str_of("```"), '`', 3));
	g_assert_true(fence_closes(str_of(" > > ````\t "), '`', 3));
	g_assert_true(fence_closes(str_of("\t~~~\r"), '~', 3));
	g_assert_false(fence_closes(str_of("``"), '`', 3));
	g_assert_false(fence_closes(str_of("~~~"), '`', 3));
	g_assert_false(fence_closes(str_of("``` text"), '`', 3));
	g_assert_false(fence_closes(str_of("- ```"), '`', 3));
	g_assert_false(fence_closes(str_of(""), '`', 3));
}

void
test_doc_fence(void)
{
	g_test_add_func("/doc/fence/lang", test_lang);
	g_test_add_func("/doc/fence/title", test_title);
	g_test_add_func("/doc/fence/lines", test_lines);
	g_test_add_func("/doc/fence/bad", test_bad);
	g_test_add_func("/doc/fence/marks", test_marks);
	g_test_add_func("/doc/fence/closes", test_closes);
}
