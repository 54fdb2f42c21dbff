#include "course.h"

void test_book_link(void);

/* "page address#anchor", "asset path", "url address", or the diagnostics. */
static char *
resolve(const char *markdown)
{
	g_autofree char *text = g_strconcat("# A\n\n## Part one\n\n", markdown,
	    "\n", NULL);
	const struct course_file files[] = { { "content/m/a.md", text },
		{ "content/m/b.md", "# B\n\n## Sub\n" },
		{ "content/m/index.md", "# M\n" },
		{ "content/30-c d.md", "# C\n" }, { "content/m/p.png", "x" },
		{ "README.md", "x" } };
	struct course c;

	course_load(&c, files, G_N_ELEMENTS(files),
	    "repo_url: https://example.org/r\ndiagnostics: {}\n");
	const struct doc *doc = course_page(&c, "m/a")->doc;
	const struct link *l = doc->n_links ? doc->links[0]
	    : doc->n_raw_links              ? doc->raw_links[0]
					    : NULL;
	char *got = NULL;
	if (!l || l->to.kind == TARGET_NONE) {
		g_autofree char *said = course_said(&c);
		got = g_strdup(said + strcspn(said, " ") + 1);
		got[strcspn(got, ";")] = '\0';
	} else if (l->to.kind == TARGET_PAGE) {
		got = g_strdup_printf("page %s%s%s", l->to.page->address,
		    l->to.anchor ? "#" : "", l->to.anchor ? l->to.anchor : "");
	} else if (l->to.kind == TARGET_ASSET) {
		got = g_strdup_printf("asset %s", l->to.asset->path);
	} else {
		got = g_strdup_printf("url %s", l->to.url);
	}
	course_release(&c);
	return got;
}

static void
test_targets(void)
{
	static const struct {
		const char *markdown, *want;
	} cases[] = {
		{ "[x](b.md)", "page m/b" },
		{ "[x](./b.md)", "page m/b" },
		{ "[x](b.md#sub)", "page m/b#sub" },
		{ "[x](b.md#b)", "page m/b" },
		{ "[x](#part-one)", "page m/a#part-one" },
		{ "[x](../m/b.md)", "page m/b" },
		{ "[x](/m/b.md)", "page m/b" },
		{ "[x](.)", "page m/index" },
		{ "[x](/m/)", "page m/index" },
		{ "[x](../30-c%20d.md)", "page c-d" },
		{ "[x](<../30-c d.md>)", "page c-d" },
		{ "[x](p.png)", "asset m/p.png" },
		{ "![x](p.png)", "asset m/p.png" },
		{ "<b><a href=\"b.md\">x</a></b>", "page m/b" },
		{ "[x](https://example.org/?a#b)",
		    "url https://example.org/?a#b" },
		{ "[x](mailto:a@example.org)", "url mailto:a@example.org" },
		{ "[x](../../README.md)",
		    "url https://example.org/r/blob/HEAD/README.md" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = resolve(cases[i].markdown);
		g_assert_cmpstr(got, ==, cases[i].want);
	}
}

static void
test_faults(void)
{
	static const struct {
		const char *markdown, *want;
	} cases[] = {
		{ "![x](p.pgn)", "image-missing" },
		{ "[x](p.png) [x](javascript:x)", "asset m/p.png" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = resolve(cases[i].markdown);
		g_assert_nonnull(got);
		g_assert_cmpstr(got, ==, cases[i].want);
	}
}

/* Where each dead link is reported. */
static void
test_places(void)
{
	static const struct course_file files[] = {
		{ "content/a.md",
		    "# A\n\n[a](x.md) [b](#x) [c](../../x)\n\n"
		    "[d](data:x) <a href=\"x.md\">e</a>\n\n- [ ] [f](x.md)\n" },
	};
	struct course c;

	course_load(&c, files, 1, "");
	g_autofree char *said = course_said(&c);
	g_assert_cmpstr(said, ==,
	    "content/a.md:3:1 link-broken; content/a.md:3:11 link-anchor; "
	    "content/a.md:3:19 link-leaves; content/a.md:5:1 link-scheme; "
	    "content/a.md:5:16 link-broken; content/a.md:7:7 link-broken");
	course_release(&c);
}

void
test_book_link(void)
{
	g_test_add_func("/book/link/targets", test_targets);
	g_test_add_func("/book/link/faults", test_faults);
	g_test_add_func("/book/link/places", test_places);
}
