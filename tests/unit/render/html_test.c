#include "doc/md.h"
#include "render/html.h"

void test_render_html(void);

static bool
no_address(GString *out, const struct link *l, const void *ctx)
{
	(void)out;
	(void)l;
	(void)ctx;
	return false;
}

static void
expect_html(const char *text, bool with_tex, const char *html)
{
	const struct html_policy policy = { .markup = MARKUP_HTML,
		.words = &words_default,
		.address = no_address,
		.with_tex = with_tex };
	const struct callout_rules rules = { NULL, 0 };
	struct origin in = { "a.md", str_of(text) };
	struct arena *a = arena_new(), *scratch = arena_new();
	struct diag *d = diag_new();
	g_autoptr(GString) out = g_string_new(NULL);
	struct doc *doc = md_parse(&in, 0, 1, &rules, a, scratch, d);

	html_blocks(out, doc->body, &policy);
	g_assert_cmpstr(out->str, ==, html);
	diag_free(d);
	arena_free(a);
	arena_free(scratch);
}

static void
test_math_as_code(void)
{
	expect_html("$a_1 < b_2$ $$c$$\n", false,
	    "<p><code class=\"math inline\">a_1 &lt; b_2</code> "
	    "<code class=\"math display\">c</code></p>\n");
	expect_html("```math\na & b\n```\n", false,
	    "<p><code class=\"math display\">a &amp; b</code></p>\n");
}

/* Two closing braces would end a cloze. */
static void
test_math_for_anki(void)
{
	expect_html("$a < b$ $$\\frac{1}{x^{2}}$$ $\\{{c}\\}$\n", true,
	    "<p>\\(a &lt; b\\) \\[\\frac{1}{x^{2} }\\] "
	    "\\(\\{ {c}\\}\\)</p>\n");
}

/* https://www.w3.org/TR/xml/#charsets */
static void
test_what_xml_forbids(void)
{
	g_autoptr(GString) out = g_string_new(NULL);

	html_textz(out,
	    "a\x01\x0b\x1f"
	    "b\xef\xbf\xbe"
	    "c\xef\xbf\xbf"
	    "\xef\xbf\xbd\xef\xbb\xbf");
	g_assert_cmpstr(out->str, ==, "abc\xef\xbf\xbd\xef\xbb\xbf");
	g_string_truncate(out, 0);
	html_cdata(out, str_of("a < b &amp; ]]> \x01]\x02]>\xef\xbf\xbe\n"));
	g_assert_cmpstr(out->str, ==,
	    "<![CDATA[a < b &amp; ]]]]><![CDATA[> ]]]]><![CDATA[>\n]]>");
	g_string_truncate(out, 0);
	html_attr(out, str_of("\xef\xbf\xbe\"\xef\xbf"));
	g_assert_cmpstr(out->str, ==, "&quot;\xef\xbf");
}

void
test_render_html(void)
{
	g_test_add_func("/render/html/what_xml_forbids", test_what_xml_forbids);
	g_test_add_func("/render/html/math_as_code", test_math_as_code);
	g_test_add_func("/render/html/math_for_anki", test_math_for_anki);
}
