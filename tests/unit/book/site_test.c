#include "book/site.h"

#include <stdio.h>
#include <unistd.h>

struct fixture {
	char *dir;
	struct arena *a;
	struct diag *d;
	struct site site;
	bool ok;
	char *said;
};

/* yaml NULL: there is no site.yaml. */
static void
load_bytes(struct fixture *f, struct str yaml)
{
	size_t size;

	*f = (struct fixture){ .dir = g_dir_make_tmp("ergen-XXXXXX", NULL),
		.a = arena_new(),
		.d = diag_new() };
	g_autofree char *path = g_build_filename(f->dir, "site.yaml", NULL);
	if (yaml.p)
		g_assert_true(
		    g_file_set_contents(path, yaml.p, (gssize)yaml.len, NULL));
	f->ok = site_load(f->dir, f->a, &f->site, f->d);
	FILE *to = open_memstream(&f->said, &size);
	diag_print(f->d, to, 0);
	fclose(to);
	if (yaml.p)
		unlink(path);
	rmdir(f->dir);
}

static void
load(struct fixture *f, const char *yaml)
{
	load_bytes(f, str_of(yaml));
}

static void
release(struct fixture *f)
{
	g_free(f->dir);
	free(f->said);
	diag_free(f->d);
	arena_free(f->a);
}

static void
test_defaults(void)
{
	struct fixture f;

	load(&f,
	    "\xef\xbb\xbftitle: \xc3\x9c"
	    "ber Netze\n");
	g_assert_true(f.ok);
	g_assert_cmpuint(diag_count(f.d, DIAG_NOTE), ==, 1);
	g_assert_cmpint(diag_worst(f.d), ==, DIAG_NOTE);
	g_assert_nonnull(strstr(f.said, "[site-no-id]\n"));
	g_assert_nonnull(strstr(f.said, "'id: uber-netze'"));
	g_assert_cmpstr(f.site.dir, ==, f.dir);
	g_assert_cmpstr(f.site.origin->path, ==, "site.yaml");
	g_assert_null(f.site.id);
	g_assert_cmpstr(f.site.title, ==,
	    "\xc3\x9c"
	    "ber Netze");
	g_assert_cmpstr(f.site.subtitle, ==, "");
	g_assert_cmpstr(f.site.description, ==, "");
	g_assert_cmpstr(f.site.publisher, ==, "");
	g_assert_cmpstr(f.site.license, ==, "");
	g_assert_cmpstr(f.site.lang, ==, "en");
	g_assert_false(f.site.is_rtl);
	g_assert_null(f.site.url);
	g_assert_null(f.site.repo_url);
	g_assert_cmpstr(f.site.slug, ==, "uber-netze");
	g_assert_cmpstr(f.site.content, ==, "content");
	g_assert_cmpstr(f.site.theme, ==, "default");
	g_assert_cmpuint(f.site.n_authors, ==, 0);
	g_assert_cmpint(f.site.raw_html, ==, RAW_HTML_SAFE);
	g_assert_cmpint(f.site.pass, ==, 70);
	g_assert_cmpint(f.site.shuffle, ==, SHUFFLE_OPTIONS);
	g_assert_cmpint(f.site.mode, ==, MODE_PRACTICE);
	g_assert_cmpuint(f.site.source_limit, ==, 1024 * 1024);
	g_assert_cmpint(f.site.mtime, >, 1600000000);
	g_assert_cmpuint(f.site.n_levels, ==, 0);
	g_assert_cmpuint(f.site.n_callouts, ==, 2);
	g_assert_cmpstr(f.site.callouts[1].title, ==, "Exam trap");
	g_assert_cmpstr(f.site.callouts[1].kind, ==, "trap");
	g_assert_cmpuint(f.site.n_outputs, ==, 1);
	g_assert_nonnull(site_output(&f.site, "html"));
	g_assert_null(site_output(&f.site, "epub"));
	release(&f);
}

static void
test_full(void)
{
	struct fixture f;

	load(&f,
	    "id: az-104\n"
	    "title: AZ-104 Networking\n"
	    "subtitle: For the exam\n"
	    "description: >\n  All of\n  it.\n"
	    "publisher: P\n"
	    "slug: az\n"
	    "authors: [Ada, Bob]\n"
	    "lang: de-AT\n"
	    "url: https://example.org/az\n"
	    "repo_url: https://example.org/repo//\n"
	    "license: CC-BY-4.0\n"
	    "content: ./src//text/\n"
	    "theme: ../mine\n"
	    "raw_html: none\n"
	    "quiz: {pass: 80, shuffle: all, mode: exam}\n"
	    "callouts: {Exam tip: hint, Merke: note-well}\n"
	    "diagnostics: {question-no-id: error, asset-orphan: note}\n"
	    "limits: {source_kib: 2}\n"
	    "outputs:\n"
	    "  slides: {}\n"
	    "  html: ~\n"
	    "  anki: {deck: 'A::B', new: 20, quiet: }\n");
	g_assert_true(f.ok);
	g_assert_cmpstr(f.said, ==, "");
	g_assert_cmpstr(f.site.id, ==, "az-104");
	g_assert_cmpstr(f.site.description, ==, "All of it.");
	g_assert_cmpstr(f.site.slug, ==, "az");
	g_assert_cmpuint(f.site.n_authors, ==, 2);
	if (f.site.n_authors == 2)
		g_assert_cmpstr(f.site.authors[1], ==, "Bob");
	g_assert_cmpstr(f.site.lang, ==, "de-AT");
	g_assert_cmpstr(f.site.url, ==, "https://example.org/az/");
	g_assert_cmpstr(f.site.repo_url, ==, "https://example.org/repo");
	g_assert_cmpstr(f.site.content, ==, "src/text");
	g_assert_cmpstr(f.site.theme, ==, "../mine");
	g_assert_cmpint(f.site.raw_html, ==, RAW_HTML_NONE);
	g_assert_cmpint(f.site.pass, ==, 80);
	g_assert_cmpint(f.site.shuffle, ==, SHUFFLE_ALL);
	g_assert_cmpint(f.site.mode, ==, MODE_EXAM);
	g_assert_cmpuint(f.site.source_limit, ==, 2048);
	g_assert_cmpuint(f.site.n_callouts, ==, 3);
	if (f.site.n_callouts == 3) {
		g_assert_cmpstr(f.site.callouts[0].kind, ==, "hint");
		g_assert_cmpstr(f.site.callouts[1].kind, ==, "trap");
		g_assert_cmpstr(f.site.callouts[2].title, ==, "Merke");
	}
	g_assert_cmpuint(f.site.n_levels, ==, 2);
	if (f.site.n_levels == 2) {
		g_assert_cmpint(f.site.levels[0].id, ==, DIAG_QUESTION_NO_ID);
		g_assert_cmpint(f.site.levels[0].level, ==, DIAG_ERROR);
		g_assert_cmpint(f.site.levels[1].level, ==, DIAG_NOTE);
	}
	release(&f);
}

static void
test_outputs(void)
{
	struct fixture f;

	load(&f,
	    "title: T\nid: t\n"
	    "outputs:\n"
	    "  slides: {}\n"
	    "  html:\n"
	    "  anki: {deck: 'A::B', new: 20, quiet: }\n");
	g_assert_cmpstr(f.said, ==, "");
	g_assert_cmpuint(f.site.n_outputs, ==, 3);
	if (f.site.n_outputs == 3) {
		const struct output *anki = site_output(&f.site, "anki");
		g_assert_true(anki == &f.site.outputs[0]);
		g_assert_cmpstr(f.site.outputs[1].name, ==, "html");
		g_assert_cmpstr(f.site.outputs[2].name, ==, "slides");
		g_assert_cmpuint(anki->at.line, ==, 6);
		g_assert_cmpuint(anki->at.col, ==, 3);
		g_assert_cmpuint(anki->n_settings, ==, 2);
		g_assert_cmpstr(anki->settings[0].value, ==, "A::B");
		g_assert_cmpstr(anki->settings[1].key, ==, "new");
		g_assert_cmpstr(anki->settings[1].value, ==, "20");
		g_assert_cmpuint(anki->settings[1].at.col, ==, 24);
	}
	release(&f);
	load(&f, "title: T\nid: t\n");
	g_assert_cmpstr(f.said, ==, "");
	g_assert_cmpuint(f.site.n_outputs, ==, 3);
	g_assert_nonnull(site_output(&f.site, "html"));
	g_assert_nonnull(site_output(&f.site, "epub"));
	g_assert_nonnull(site_output(&f.site, "anki"));
	release(&f);
	load(&f, "title: T\noutputs: {}\n");
	g_assert_cmpstr(f.said, ==, "");
	g_assert_cmpuint(f.site.n_outputs, ==, 0);
	release(&f);
}

static void
test_id_needed(void)
{
	struct fixture f;

	load(&f, "title: T\noutputs:\n  html:\n  epub:\n  anki:\n");
	g_assert_true(f.ok);
	g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 2);
	g_assert_nonnull(strstr(f.said, "site.yaml:4:3: error: "));
	g_assert_nonnull(strstr(f.said, "site.yaml:5:3: error: "));
	g_assert_nonnull(strstr(f.said, "'id' [site-required]"));
	release(&f);
	/* A bad id is one fault, not two. */
	load(&f, "title: T\nid: Big\noutputs: {epub: {}}\n");
	g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 1);
	g_assert_nonnull(strstr(f.said, "site.yaml:2:5: error: "));
	g_assert_null(f.site.id);
	release(&f);
}

static void
test_wrong(void)
{
	static const struct {
		const char *lines, *place, *said;
	} cases[] = {
		{ "titel: x", "2:1", "help: did you mean 'title'?" },
		{ "quiz: {shufle: all}", "2:8", "'quiz.shufle' [site-key]" },
		{ "quiz: {shufle: all}", "2:8", "did you mean 'shuffle'?" },
		{ "quiz: [1]", "2:7", "'quiz: a list' [site-type]" },
		{ "quiz: {pass: 101}", "2:14", "'quiz.pass: 101' [site-type]" },
		{ "quiz: {pass: seventy}", "2:14", "from 0 to 100" },
		{ "limits: {source_kib: 0}", "2:22", "a whole number" },
		{ "raw_html: yes", "2:11", "safe, allow or none" },
		{ "id: a_b", "2:5", "lower-case letters" },
		{ "id: -a", "2:5", "lower-case letters" },
		{ "slug: A", "2:7", "lower-case letters" },
		{ "lang: x", "2:7", "a language tag" },
		{ "url: example.org", "2:6", "an address" },
		{ "url: ftp://example.org", "2:6", "an address" },
		{ "url: https://", "2:6", "an address" },
		{ "url: https:///x", "2:6", "an address" },
		{ "url: 'https://a.b/\"'", "2:6", "an address" },
		{ "url: https://a.b/?c", "2:6", "an address" },
		{ "content: /etc", "2:10", "a folder inside the course" },
		{ "content: ..", "2:10", "a folder inside the course" },
		{ "content: a/../../b", "2:10", "a folder inside the course" },
		{ "content: .", "2:10", "a folder inside the course" },
		{ "content: ''", "2:10", "a folder inside the course" },
		{ "theme: ''", "2:8", "expected text" },
		{ "callouts: {X: Big}", "2:15", "a kind" },
		{ "callouts: {X: a2}", "2:15", "a kind" },
		{ "callouts: {X: }", "2:15", "a kind" },
		{ "callouts: {X: [a]}", "2:15", "a kind" },
		{ "diagnostics: {link-borken: error}", "2:15",
		    "'diagnostics.link-borken' [site-key]" },
		{ "diagnostics: {link-borken: error}", "2:15",
		    "did you mean 'link-broken'?" },
		{ "diagnostics: {asset-orphan: fatal}", "2:29",
		    "note, warning or error" },
		{ "diagnostics: {link-broken: note}", "2:28",
		    "cannot be lowered" },
		{ "diagnostics: {io: note}", "2:19", "cannot be lowered" },
		{ "outputs: [html]", "2:10", "'outputs: a list' [site-type]" },
		{ "outputs: {html: 1}", "2:17", "settings as a map" },
		{ "outputs: {html: {a: [b]}}", "2:21", "'a: a list'" },
		{ "outputs: {html: {a: {b: c}}}", "2:21", "'a: a map'" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture f;
		g_autofree char *yaml = g_strdup_printf("title: T\n%s\n",
		    cases[i].lines);
		g_autofree char *place = g_strdup_printf("site.yaml:%s: error:",
		    cases[i].place);
		load(&f, yaml);
		g_assert_true(f.ok);
		g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 1);
		if (!strstr(f.said, place) || !strstr(f.said, cases[i].said))
			g_test_message("%s: %s", cases[i].lines, f.said);
		g_assert_nonnull(strstr(f.said, place));
		g_assert_nonnull(strstr(f.said, cases[i].said));
		release(&f);
	}
}

static void
test_title(void)
{
	static const char *const yamls[] = { "", "title:\n", "lang: en\n" };
	struct fixture f;

	for (size_t i = 0; i < G_N_ELEMENTS(yamls); i++) {
		load(&f, yamls[i]);
		g_assert_true(f.ok);
		g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 1);
		g_assert_nonnull(strstr(f.said,
		    "site.yaml:1: error: a key is missing in site.yaml: "
		    "'title' [site-required]\n"));
		g_assert_cmpstr(f.site.title, ==, "");
		g_assert_cmpstr(f.site.slug, ==, "course");
		release(&f);
	}
	load(&f, "title: '  '\n");
	g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 1);
	g_assert_nonnull(strstr(f.said, "[site-type]"));
	g_assert_cmpstr(f.site.title, ==, "");
	release(&f);
}

static void
test_unusable(void)
{
	static const char latin1[] = "title: x\nsubtitle: \xfc"
				     "ber\n";
	static const char nul[] = "title: x\nsub\0title: y\n";
	struct fixture f;

	load(&f, NULL);
	g_assert_false(f.ok);
	g_assert_true(g_str_has_prefix(f.said,
	    "site.yaml: error: there is no site.yaml: "));
	g_assert_nonnull(strstr(f.said, "help: "));
	g_assert_nonnull(strstr(f.said, "title: My course"));
	release(&f);
	load(&f, "- a\n");
	g_assert_false(f.ok);
	g_assert_nonnull(strstr(f.said, "site.yaml:1:1: error: "));
	g_assert_nonnull(strstr(f.said, "[site-bad]"));
	release(&f);
	load(&f, "title: a: b\n");
	g_assert_false(f.ok);
	g_assert_nonnull(strstr(f.said, "[site-bad]"));
	release(&f);
	load_bytes(&f, (struct str){ latin1, sizeof(latin1) - 1 });
	g_assert_false(f.ok);
	g_assert_nonnull(strstr(f.said, "site.yaml:2:11: error: "));
	release(&f);
	load_bytes(&f, (struct str){ nul, sizeof(nul) - 1 });
	g_assert_false(f.ok);
	g_assert_nonnull(strstr(f.said, "site.yaml:2:4: error: "));
	release(&f);
}

static void
test_direction(void)
{
	static const struct {
		const char *lang;
		bool is_rtl;
	} cases[] = { { "ar", true }, { "he-IL", true }, { "FA", true },
		{ "ur", true }, { "ug-CN", true }, { "az-Arab", true },
		{ "pa-arab-PK", true }, { "ar-Latn", false }, { "arn", false },
		{ "de", false }, { "en-u-nu-arab", false },
		{ "zh-Hant", false }, { "yi", true } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture f;
		g_autofree char
		    *yaml = g_strdup_printf("id: t\ntitle: T\nlang: %s\n",
			cases[i].lang);
		load(&f, yaml);
		g_assert_cmpstr(f.said, ==, "");
		if (f.site.is_rtl != cases[i].is_rtl)
			g_test_message("%s", cases[i].lang);
		g_assert_cmpint(f.site.is_rtl, ==, cases[i].is_rtl);
		release(&f);
	}
}

void test_book_site(void);

void
test_book_site(void)
{
	g_test_add_func("/book/site/defaults", test_defaults);
	g_test_add_func("/book/site/full", test_full);
	g_test_add_func("/book/site/outputs", test_outputs);
	g_test_add_func("/book/site/id_needed", test_id_needed);
	g_test_add_func("/book/site/wrong", test_wrong);
	g_test_add_func("/book/site/title", test_title);
	g_test_add_func("/book/site/unusable", test_unusable);
	g_test_add_func("/book/site/direction", test_direction);
}
