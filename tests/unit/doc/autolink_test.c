#include "tree.h"

void test_doc_autolink(void);

/* The address that is found first, "" for none. */
static void
expect_link(const char *text, const char *url)
{
	struct parsed p;

	parse(&p, str_of(text));
	g_assert_cmpstr(p.doc->n_links ? p.doc->links[0]->url : "", ==, url);
	release(&p);
}

static void
test_extent(void)
{
	/* https://github.github.com/gfm/#autolinks-extension- */
	static const struct {
		const char *text, *url;
	} cases[] = {
		{ "www.commonmark.org", "http://www.commonmark.org" },
		{ "Visit www.commonmark.org/help for more.",
		    "http://www.commonmark.org/help" },
		{ "Visit www.commonmark.org.", "http://www.commonmark.org" },
		{ "www.google.com/search?q=Markup+(business)",
		    "http://www.google.com/search?q=Markup+(business)" },
		{ "(www.google.com/search?q=Markup+(business))",
		    "http://www.google.com/search?q=Markup+(business)" },
		{ "www.google.com/search?q=(business))+ok",
		    "http://www.google.com/search?q=(business))+ok" },
		{ "www.google.com/search?q=commonmark&amp;hl;",
		    "http://www.google.com/search?q=commonmark" },
		{ "www.commonmark.org/he<lp", "http://www.commonmark.org/he" },
		{ "http://commonmark.org", "http://commonmark.org" },
		{ "(Visit https://encrypted.google.com/search?q=Markup+(business))",
		    "https://encrypted.google.com/search?q=Markup+(business)" },
		{ "https://a.example/\xc3\xa9?", "https://a.example/\xc3\xa9" },
		{ "xhttp://a.example", "" },
		{ "http://localhost:80/a", "http://localhost:80/a" },
		{ "HTTPS://A.example", "HTTPS://A.example" },
		{ "\"https://a.example\"", "https://a.example" },
		{ "https://a.example/b;", "https://a.example/b" },
		{ "https://a@b.example", "https://a@b.example" },
		{ "[see https://a.example]", "" },
		{ "[b] https://a.example", "https://a.example" },
		{ "https://-", "" },
		{ "a@b.example", "" },
		{ "ftp://a.example", "" },
		{ "http://a_b.example", "" },
		{ "http://", "" },
		{ "www.", "" },
		{ "`http://a.example`", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		expect_link(cases[i].text, cases[i].url);
}

static void
test_split(void)
{
	expect_tree("a http://b.c, www.d.e x",
	    "p('a ' a:http://b.c('http://b.c') ', ' "
	    "a:http://www.d.e('www.d.e') ' x')");
}

/* A link in a link is no HTML. */
static void
test_in_links(void)
{
	expect_tree("[http://b.c](d)", "p(a:d('http://b.c'))");
	expect_tree("[*http://b.c*](d)", "p(a:d(em('http://b.c')))");
	expect_tree("![http://b.c](d)", "p(img:d('http://b.c'))");
}

void
test_doc_autolink(void)
{
	g_test_add_func("/doc/autolink/extent", test_extent);
	g_test_add_func("/doc/autolink/split", test_split);
	g_test_add_func("/doc/autolink/in_links", test_in_links);
}
