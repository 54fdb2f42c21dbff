#include "../doc/examples.h"
#include "../doc/plain.h"
#include "../doc/tree.h"
#include "render/markdown.h"

/*
 * What is written as Markdown and read again is the same document: for all
 * examples of the CommonMark specification, for those of tests/spec/, for this
 * repository's course. Documents are compared as plain.h writes them. Written
 * again, the text is the same to the byte.
 */

void test_render_markdown(void);

static bool
as_written(GString *out, const struct link *l, const void *ctx)
{
	(void)ctx;
	g_string_append(out, l->url);
	return true;
}

static const struct markdown_policy policy = { .words = &words_default,
	.address = as_written,
	.with_alerts = true,
	.with_notes = true };

static void
write_doc(GString *out, const struct doc *doc)
{
	markdown_blocks(out, doc->body, &policy);
	for (size_t i = 0; i < doc->n_footnotes; i++) {
		g_string_append(out, out->len ? "\n" : "");
		markdown_note(out, &doc->footnotes[i], &policy);
	}
}

/* Examples that come back otherwise, and why. */
struct difference {
	const char *markdown, *reason;
};

static const struct difference differences[] = {
	{ "Foo *bar\nbaz*\n====\n", "a heading is one line" },
	{ "  Foo *bar\nbaz*\t\n====\n", "a heading is one line" },
	{ "Foo\nBar\n---\n", "a heading is one line" },
	{ "a\n*b\nc*\n---\n", "a heading is one line" },
};

static bool
is_listed(struct str text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(differences); i++)
		if (differences[i].markdown &&
		    str_is(text, differences[i].markdown))
			return true;
	return false;
}

static void
round_trip(const char *path, size_t no, struct str text)
{
	g_autoptr(GString) first = g_string_new(NULL);
	g_autoptr(GString) second = g_string_new(NULL);
	g_autoptr(GString) want = g_string_new(NULL);
	g_autoptr(GString) got = g_string_new(NULL);
	struct parsed p, again;

	parse(&p, text);
	write_doc(first, p.doc);
	plain_doc(want, p.doc);
	parse(&again, (struct str){ first->str, first->len });
	write_doc(second, again.doc);
	plain_doc(got, again.doc);
	const bool is_same = strcmp(want->str, got->str) == 0;
	if (is_same == is_listed(text)) {
		g_test_message("%s: example %zu %s\n%.*s\n-- written\n%s"
			       "-- read again\n%s-- not\n%s",
		    path, no, is_same ? "is the same now" : "differs",
		    STR_ARG(text), first->str, got->str, want->str);
		g_test_fail();
	}
	/* Emphasis that only tags could show is raw HTML from then on. */
	const bool has_tags = strstr(first->str, "<em>") ||
	    strstr(first->str, "<strong>");
	if (is_same && !has_tags && strcmp(first->str, second->str) != 0) {
		g_test_message("%s: example %zu, written again\n%s\n-- not\n%s",
		    path, no, second->str, first->str);
		g_test_fail();
	}
	release(&again);
	release(&p);
}

static void
test_commonmark(void)
{
	g_autofree char *path = in_build(
	    "node/node_modules/commonmark-spec/spec.txt");
	struct str text;
	g_autofree char *bytes = read_text(path, &text);

	if (bytes)
		g_assert_cmpuint(each_example(path, text, round_trip), >=, 600);
	else
		g_test_skip("the package commonmark-spec is not installed");
}

static void
test_own(void)
{
	g_assert_cmpuint(each_of_ours(round_trip), >=, 150);
}

static void
test_course(void)
{
	g_assert_cmpuint(each_source("content", round_trip), >=, 5);
}

/* What looks like markup and is none, and what stands in each other's way. */
static void
test_hostile(void)
{
	static const char *const all[] = {
		"- - +\n- 1. 2)\n",
		"- a\n  1. <!-- -->\n     b\n",
		"!<!-- -->https://a.example/[ x\n",
		"a\n<!-- -->\n",
		"https://a.example/b\\&amp;#32;c <https://a.example/&amp;amp;>\n",
		"1986\\. A great\n\\- year\n\\+ and\n\\# more\n\\> so\n",
		"a\n\\===\n",
		"a \\| b\n\\--- \\| ---\n",
		"\\| a |\n\\|---|\n",
		"1\\) a\n",
		"\\[^1\\]: x\n",
		"[^1]\\: x\n\n[^1]: note\n",
		"[^1]\\(x)\n\n[^1]: note\n",
		"\\[a\\]: b\n",
		"\\![a](b)\n",
		"&lt;b> &amp;lt; \\&amp; &#38;#35;\n",
		"a \\\\\nb\\\nc  \nd\n",
		"&#32;a&#32;\n&#9;b\n",
		"**&nbsp;a&#32;**\n",
		"`` a`b `` `c` ``` `` ``` ` `` `\n",
		"`a`<!-- x -->`b` *a*<!-- x -->*b*\n",
		"| a\\|b | `c\\|d` |\n|:-:|--:|\n| \\\\\\|  | x<br>y |\n| | *a* |\n",
		"| |\n|-|\n| $\\|\\|x$ |\n",
		"- a\n- b\n<!-- -->\n- c\n\n<!-- -->\n\n1. d\n<!-- -->\n7. e\n",
		"- ***\n- # a\n- > b\n- ```\n  c\n  ```\n- | d |\n  |---|\n-\n- - e\n",
		"10. a\n\n    b\n11. c\n    - [ ] d\n    - [x] e\n",
		"999999999. a\n1000. b\n",
		"- a\n  ***\n- b\n",
		"~~~~ a`b\n```\n~~~\n~~~~\n",
		"```\n```\n",
		"````x&amp;y\\*\n```\n````\n",
		"# a # \\#\n# \\#\n#\n## C#\n### <b>x</b>\n",
		"[a](<b c> \"d \\\"e\\\"\n&quot;\") [f](g(h)i) [j](<k(>) [l]() [m](<> 'n')\n",
		"![a [b](c) *d*](e) ![](f)\n",
		"<https://a.example/b_c*d> <me@a.example> https://a.example www.b.example\n",
		"*a **b*** **a *b*** *a*b* ***c*** _d_**e** *f*_g_\n",
		"*[a](b)*c **`d`**e ~~f~~ \\~\\~g\\~\\~\n",
		"$a_1$ $`b$c`$ $$d$$ \\$5 and \\$6, $e$\n",
		"$$\na\n- b\n$$\n",
		"```math\n\\frac{a`}{b}\n\n c\n```\n",
		"x $$a$$ y\n",
		"> [!WARNING]\n> **A *title***\n> text\n\n> [!NOTE]\n> - a\n\n> b\n",
		"> [!TIP]\n> **Exam tip:** text\n",
		"> \\[!NOTE]\n",
		"Table: *a* | b\n\n| c |\n|---|\n",
		"<div>\n\n*a*\n\n</div>\n\n<pre>\n\nb\n</pre>\n",
		"- <div>\n  a\n\n  </div>\n",
		"a<br>b <i\nx='y'>c</i>\n",
		"a[^x] b[^y] a[^x]\n\n[^x]: one\n\n    two\n\n    - three[^y]\n[^y]: ```\n    four\n    ```\n",
		"שלום *עולם*, ‏\"x\"\n\n| א |\n|---|\n| ב |\n",
		"\xe2\x80\xa8"
		"a\xc2\xa0\n*\xc3\xa9*b\xe2\x80\x94**c**\xe2\x80\x94\n",
		"snake_case_name __init__ _a_b\\_\n",
		"a\\_b\\_ \\_c 2 \\* 3\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		round_trip("hostile", i, str_of(all[i]));
}

static void
expect(void (*f)(GString *out, struct str s), const char *text,
    const char *want)
{
	g_autoptr(GString) out = g_string_new(NULL);

	f(out, str_of(text));
	g_assert_cmpstr(out->str, ==, want);
}

static void
test_text(void)
{
	expect(markdown_text, "1. a_b | *c*\n-", "1\\. a_b \\| \\*c\\* -");
	expect(markdown_text, "# <a & b> &lt;", "\\# \\<a & b> \\&lt;");
	expect(markdown_text, " C# #", "C# \\#");
	expect(markdown_code, "a`b", "``a`b``");
	expect(markdown_code, "`", "`` ` ``");
	expect(markdown_code, "a\nb", "`a b`");
}

void
test_render_markdown(void)
{
	g_test_add_func("/render/markdown/hostile", test_hostile);
	g_test_add_func("/render/markdown/text", test_text);
	g_test_add_func("/render/markdown/commonmark", test_commonmark);
	g_test_add_func("/render/markdown/own", test_own);
	g_test_add_func("/render/markdown/course", test_course);
}
