#include "port/html_rules.h"

#include <glib.h>

void test_port_html_rules(void);

/* The lists are searched by halves: each of these stands at an end of one or
 * in its middle, where a wrong order would lose it. */
static void
test_elements(void)
{
	static const char *const html[] = { "a", "abbr", "h1", "h6", "header",
		"hgroup", "hr", "s", "samp", "tr", "u", "ul", "var", "wbr",
		"details", "summary", "ruby", "rt", "time", "thead" };
	static const char *const svg[] = { "circle", "clipPath",
		"linearGradient", "svg", "switch", "text", "textPath", "use" };
	static const char *const math[] = { "annotation", "math", "mi", "mtr",
		"munderover", "none", "semantics" };
	static const char *const dropped[] = { "annotation-xml", "audio",
		"embed", "iframe", "input", "script", "style", "textarea",
		"video" };
	static const char *const unwrapped[] = { "center", "font", "form",
		"button", "x-y", "" };

	/* A link in a picture encloses parts of it. */
	g_assert_cmpint(html_judge(SVG_ELEMENTS, "a"), ==, HTML_KEEP);
	for (size_t i = 0; i < G_N_ELEMENTS(html); i++)
		g_assert_cmpint(html_judge(HTML_ELEMENTS, html[i]), ==,
		    HTML_KEEP);
	for (size_t i = 0; i < G_N_ELEMENTS(svg); i++)
		g_assert_cmpint(html_judge(SVG_ELEMENTS, svg[i]), ==,
		    HTML_KEEP);
	for (size_t i = 0; i < G_N_ELEMENTS(math); i++)
		g_assert_cmpint(html_judge(MATHML_ELEMENTS, math[i]), ==,
		    HTML_KEEP);
	for (size_t i = 0; i < G_N_ELEMENTS(dropped); i++)
		g_assert_cmpint(html_judge(HTML_ELEMENTS, dropped[i]), ==,
		    HTML_DROP);
	for (size_t i = 0; i < G_N_ELEMENTS(unwrapped); i++)
		g_assert_cmpint(html_judge(HTML_ELEMENTS, unwrapped[i]), ==,
		    HTML_UNWRAP);
	g_assert_cmpint(html_judge(SVG_ELEMENTS, "script"), ==, HTML_DROP);
}

static void
test_attributes(void)
{
	static const struct {
		const char *element, *name;
		bool is_safe;
	} cases[] = { { "p", "class", true }, { "p", "id", true },
		{ "p", "hidden", true }, { "p", "aria-labelledby", true },
		{ "p", "epub:type", true }, { "p", "xml:lang", true },
		{ "th", "abbr", true }, { "td", "abbr", false },
		{ "ol", "type", true }, { "ul", "type", false },
		{ "a", "href", true }, { "area", "href", false },
		{ "img", "src", true }, { "img", "srcset", false },
		{ "t", "colspan", false }, { "p", "style", false },
		{ "p", "onclick", false }, { "p", "on", false },
		{ "p", "aria", false }, { "p", "", false } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s %s", cases[i].element, cases[i].name);
		g_assert_cmpint(html_attribute_is_safe(HTML_ELEMENTS,
				    cases[i].element, cases[i].name),
		    ==, cases[i].is_safe);
	}
	g_assert_true(html_attribute_is_safe(SVG_ELEMENTS, "g", "d"));
	g_assert_false(html_attribute_is_safe(SVG_ELEMENTS, "g", "onend"));
	g_assert_false(html_attribute_is_safe(SVG_ELEMENTS, "g", "style"));
}

static void
test_values(void)
{
	static const struct {
		const char *name, *value;
		bool is_good;
	} cases[] = { { "dir", "rtl", true }, { "dir", "RTL", true },
		{ "dir", "left", false }, { "lang", "pt-BR", true },
		{ "lang", "", true }, { "lang", "xx yy", false },
		{ "xml:lang", "e", false }, { "id", "a", true },
		{ "id", "", false }, { "id", "a b", false },
		{ "start", "-2", true }, { "start", "two", false },
		{ "start", "", false }, { "start", "-", false },
		{ "colspan", "2", true }, { "colspan", "0", false },
		{ "rowspan", "-1", false }, { "scope", "row", true },
		{ "scope", "rows", false }, { "type", "A", true },
		{ "type", "disc", false }, { "title", "", true },
		{ "aria-label", "x", true }, { "unknown", "", true } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s=%s", cases[i].name, cases[i].value);
		g_assert_cmpint(html_value_is_good(cases[i].name,
				    str_of(cases[i].value)),
		    ==, cases[i].is_good);
	}
}

static void
test_urls(void)
{
	static const char *const safe[] = { "", "a", "#a", "/a:b", "?a:b",
		"../a.md#b:c", "http://a.example", "HTTPS://a.example",
		"mailto:a@b.example", "tel:+1", "a b:c/d" };
	static const char *const unsafe[] = { "javascript:f()",
		"JAVASCRIPT:f()", " \tjava\nscript\r:f()", "data:text/html,x",
		"vbscript:x", "file:///etc/passwd", "x-y+z.1:q",
		"averylongschemethatnobodyhas:x" };

	for (size_t i = 0; i < G_N_ELEMENTS(safe); i++) {
		g_test_message("%s", safe[i]);
		g_assert_true(html_url_is_safe(str_of(safe[i])));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(unsafe); i++) {
		g_test_message("%s", unsafe[i]);
		g_assert_false(html_url_is_safe(str_of(unsafe[i])));
	}
}

static void
test_foreign_values(void)
{
	g_assert_true(
	    html_foreign_value_is_safe("g", "fill", STR_LIT("url(#a)")));
	g_assert_true(html_foreign_value_is_safe("g", "d", STR_LIT("M 0 0")));
	g_assert_true(html_foreign_value_is_safe("g", "href", STR_LIT("#a")));
	g_assert_false(html_foreign_value_is_safe("g", "href", STR_LIT("a#a")));
	g_assert_false(html_foreign_value_is_safe("g", "href", STR_LIT("")));
	g_assert_false(html_foreign_value_is_safe("g", "fill",
	    STR_LIT("url(#a) url( \"b\")")));
	g_assert_false(
	    html_foreign_value_is_safe("g", "fill", STR_LIT("url(")));
	g_assert_false(
	    html_foreign_value_is_safe("g", "fill", STR_LIT("u\\72l")));
	g_assert_true(
	    html_foreign_value_is_safe("a", "xlink:href", STR_LIT("b.md")));
	g_assert_false(html_foreign_value_is_safe("a", "href",
	    STR_LIT(" java\nscript:x")));
	g_assert_true(html_foreign_value_is_safe("g", "alttext",
	    STR_LIT("\\frac{1}{2}")));
}

static void
test_kinds(void)
{
	g_assert_true(html_is_void("area") && html_is_void("br") &&
	    html_is_void("wbr") && html_is_void("img"));
	g_assert_false(html_is_void("p") || html_is_void(""));
	g_assert_true(html_is_boolean("hidden") && html_is_boolean("open") &&
	    html_is_boolean("selected") && html_is_boolean("checked"));
	g_assert_false(html_is_boolean("alt") || html_is_boolean("id"));
	g_assert_cmpint(html_judge_trusted(HTML_ELEMENTS, "script"), ==,
	    HTML_KEEP);
	g_assert_cmpint(html_judge_trusted(HTML_ELEMENTS, "plaintext"), ==,
	    HTML_UNWRAP);
}

void
test_port_html_rules(void)
{
	g_test_add_func("/port/html_rules/elements", test_elements);
	g_test_add_func("/port/html_rules/attributes", test_attributes);
	g_test_add_func("/port/html_rules/values", test_values);
	g_test_add_func("/port/html_rules/urls", test_urls);
	g_test_add_func("/port/html_rules/foreign_values", test_foreign_values);
	g_test_add_func("/port/html_rules/kinds", test_kinds);
}
