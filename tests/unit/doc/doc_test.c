#include "tree.h"

void test_doc_doc(void);

static void
test_text(void)
{
	static const struct {
		const char *source, *text;
	} cases[] = {
		{ "", "" },
		{ "a *b* `c`", "a b c" },
		{ "a\nb", "a b" },
		{ "a\n\nb", "a b" },
		{ "[a](b) ![c](d)", "a c" },
		{ "- a\n- b", "a b" },
		{ "|a|b|\n|-|-|\n|c|d|", "a b c d" },
		{ "a<br>b", "ab" },
		{ "a[^1]\n\n[^1]: n", "a" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		struct parsed p;
		parse(&p, str_of(cases[i].source));
		node_text(out, p.doc->body);
		g_assert_cmpstr(g_strstrip(out->str), ==, cases[i].text);
		release(&p);
	}
}

static void
test_lines(void)
{
	struct parsed p;

	parse(&p, STR_LIT("a\r\n\nlast"));
	g_assert_true(str_is(doc_line(p.doc, 1), "a"));
	g_assert_true(str_is(doc_line(p.doc, 2), ""));
	g_assert_true(str_is(doc_line(p.doc, 3), "last"));
	g_assert_true(str_is(doc_line(p.doc, 0), ""));
	g_assert_true(str_is(doc_line(p.doc, 4), ""));
	release(&p);
}

static void
test_size(void)
{
	g_assert_cmpuint(sizeof(struct node), <=, 48);
}

void
test_doc_doc(void)
{
	g_test_add_func("/doc/doc/text", test_text);
	g_test_add_func("/doc/doc/lines", test_lines);
	g_test_add_func("/doc/doc/size", test_size);
}
