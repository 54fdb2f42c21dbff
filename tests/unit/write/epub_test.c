/* What the EPUB writer decides by itself; the book as a whole is tested from
 * outside, by tests/e2e/epub_test.py. */
#include "render/paper.h"
#include "write/epub/epub.h"

void test_write_epub(void);

static char *
page_name(const char *address)
{
	GString *out = g_string_new(NULL);
	const struct page_ref page = { .address = address };

	name_of_page(out, &page);
	return g_string_free(out, FALSE);
}

static void
test_page_names(void)
{
	static const char *const cases[][2] = {
		{ "hybrid/express-route", "text/hybrid/express-route.xhtml" },
		{ "a_b", "text/a__b.xhtml" },
		{ "Ab", "text/_41b.xhtml" },
		{ "ü", "text/_c3_bc.xhtml" },
		{ "v1./x", "text/v1_2e/x.xhtml" },
		/* Three names are taken by the book's own pages. */
		{ "answers", "text/_ranswers.xhtml" },
		{ "x/answers", "text/x/answers.xhtml" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = page_name(cases[i][0]);
		g_assert_cmpstr(name, ==, cases[i][1]);
	}
}

/* Different addresses have different names, also where case is ignored. */
static void
test_names_differ(void)
{
	static const char alphabet[] = "aA_x4/r.-";
	g_autoptr(GHashTable)
	    seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (unsigned n = 0; n < 9 * 9 * 9 * 9 * 9; n++) {
		char address[6];
		for (unsigned i = 0, rest = n; i < 5; i++, rest /= 9)
			address[i] = alphabet[rest % 9];
		address[5] = '\0';
		char *name = page_name(address);
		for (const char *p = name; *p; p++)
			g_assert_false(g_ascii_isupper(*p));
		g_assert_true(g_hash_table_add(seen, name));
	}
}

static void
test_long_names(void)
{
	g_autofree char *a = g_strnfill(300, 'a');
	g_autofree char *b = g_strnfill(301, 'a');
	g_autofree char *name_a = page_name(a);
	g_autofree char *name_b = page_name(b);

	g_assert_cmpuint(strlen(name_a), <, 100);
	g_assert_cmpstr(name_a, !=, name_b);
}

static void
test_relative(void)
{
	static const char *const cases[][3] = {
		{ "text/a.xhtml", "text/b.xhtml", "b.xhtml" },
		{ "text/h/a.xhtml", "text/b.xhtml", "../b.xhtml" },
		{ "text/h/a.xhtml", "assets/i/x.png", "../../assets/i/x.png" },
		{ "nav.xhtml", "text/a.xhtml", "text/a.xhtml" },
		{ "text/ha/a.xhtml", "text/hb/a.xhtml", "../hb/a.xhtml" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		name_relative(out, cases[i][0], cases[i][1]);
		g_assert_cmpstr(out->str, ==, cases[i][2]);
		g_string_truncate(out, 0);
		name_other(out, cases[i][0], cases[i][1]);
		g_assert_cmpstr(out->str, ==, cases[i][2]);
		g_string_truncate(out, 0);
		name_other(out, cases[i][1], cases[i][1]);
		g_assert_cmpstr(out->str, ==, "");
	}
}

static void
test_image_types(void)
{
	const struct {
		struct str head;
		const char *type;
	} cases[] = {
		{ STR_LIT("\x89PNG\r\n\x1a\n...."), "image/png" },
		{ STR_LIT("\xff\xd8\xff\xe0"), "image/jpeg" },
		{ STR_LIT("GIF89a"), "image/gif" },
		{ STR_LIT("<svg xmlns='…'/>"), "image/svg+xml" },
		{ STR_LIT("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- > -->"
			  "<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg/>"),
		    "image/svg+xml" },
		{ STR_LIT("RIFF....WEBPVP8 "), "image/webp" },
		{ STR_LIT("<!DOCTYPE html><html></html>"), NULL },
		{ STR_LIT("\x89PNG"), NULL },
		{ STR_LIT(""), NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(image_type(cases[i].head), ==, cases[i].type);
}

/* Python: uuid.uuid5(uuid.UUID('e75d6590-6db2-45f4-a947-f4edc45823c8'),
 * 'awkward') */
static void
test_uid(void)
{
	struct arena *a = arena_new();

	g_assert_cmpstr(package_uid(a, "awkward"), ==,
	    "urn:uuid:d3fbd47e-499b-5ff2-a7e3-2d01285d048e");
	arena_free(a);
}

static void
test_mend(void)
{
	g_autoptr(GString) s = g_string_new("<p id=\"x\">");

	g_string_append(s,
	    "<b id=\"y\" aria-labelledby=\"y\">id=\"z\"</b><a href=\"#y\">1</a>"
	    "<a class=\"c\" href=\"" NAME_NOWHERE "\">2</a>"
	    "<img src=\"" NAME_NOWHERE "\" alt=\"3 &amp; 4\"/><code>5</code>");
	xhtml_mend(s, strlen("<p id=\"x\">"), "p-", true);
	g_assert_cmpstr(s->str, ==,
	    "<p id=\"x\"><b id=\"p-y\" aria-labelledby=\"p-y\">id=\"z\"</b>"
	    "<a href=\"#p-y\">1</a><a class=\"c\">2</a>3 &amp; 4"
	    "<code dir=\"ltr\">5</code>");
}

static void
test_scrub(void)
{
	struct arena *a = arena_new();
	g_autoptr(GString) s = g_string_new_len("a\0b\x01\t\n\x1f", 7);
	struct zip_entry entry;

	g_string_append(s, "\xef\xbf\xbe\xef\xbf\xbd\xef\xbf\xbf");
	epub_pack(&entry, s, a);
	g_assert_cmpmem(s->str, (int)s->len, "ab\t\n\xef\xbf\xbd", 7);
	g_assert_cmpuint(entry.raw_size, ==, 7);
	/* At every place, and behind another that was taken out. */
	for (size_t i = 0; i < 40; i++) {
		const char plain[] = "0123456789 ~0123456789 ~0123456789 ~0123";
		g_string_assign(s, plain);
		s->str[i] = '\x1f';
		g_string_append(s, "\x1b");
		epub_pack(&entry, s, a);
		g_assert_cmpuint(s->len, ==, 39);
		g_assert_cmpmem(s->str, (int)i, plain, (int)i);
		g_assert_cmpstr(s->str + i, ==, plain + i + 1);
	}
	arena_free(a);
}

static void
test_letters(void)
{
	static const size_t numbers[] = { 0, 25, 26, 27, 51, 52, 701, 702 };
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		paper_letter(out, numbers[i]);
		g_string_append_c(out, ' ');
	}
	/* As <ol type="A"> counts. */
	g_assert_cmpstr(out->str, ==, "A Z AA AB AZ BA ZZ AAA ");
}

static void
test_levels(void)
{
	g_autoptr(GString) s = g_string_new(
	    "<h3>before</h3><h1>1</h1><hr/><h4 id=\"h6\">2</h4><h6>3</h6>"
	    "<h3>2</h3><p>h5</p><h2>2</h2><h3>3</h3><h6>4</h6><h5>4</h5>");

	structure_level(s, strlen("<h3>before</h3>"));
	g_assert_cmpstr(s->str, ==,
	    "<h3>before</h3><h1>1</h1><hr/><h2 id=\"h6\">2</h2><h3>3</h3>"
	    "<h2>2</h2><p>h5</p><h2>2</h2><h3>3</h3><h4>4</h4><h4>4</h4>");
}

void
test_write_epub(void)
{
	g_test_add_func("/write/epub/page_names", test_page_names);
	g_test_add_func("/write/epub/names_differ", test_names_differ);
	g_test_add_func("/write/epub/long_names", test_long_names);
	g_test_add_func("/write/epub/relative", test_relative);
	g_test_add_func("/write/epub/image_types", test_image_types);
	g_test_add_func("/write/epub/uid", test_uid);
	g_test_add_func("/write/epub/mend", test_mend);
	g_test_add_func("/write/epub/scrub", test_scrub);
	g_test_add_func("/write/epub/letters", test_letters);
	g_test_add_func("/write/epub/levels", test_levels);
}
