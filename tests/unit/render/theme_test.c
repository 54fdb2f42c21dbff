/*
 * Themes: their layers, the translations that come with ergen, and that
 * docs/templates.md lists what templates get. Tests run from the root of the
 * repository.
 */
#include "base/fs.h"
#include "render/theme.h"

#include <stdlib.h>

void test_render_theme(void);

enum {
	PLAIN_CSS_MOST = 1024
};

static const char docs[] = "docs/templates.md";

/* --- a course in a folder of its own ------------------------------------- */

struct course {
	char *dir;
	struct arena *arena;
	struct diag *diag;
	struct site site;
	struct theme *theme;
};

static void
course_init(struct course *c, const char *theme, const char *lang)
{
	c->dir = g_dir_make_tmp("ergen-theme-XXXXXX", NULL);
	g_assert_nonnull(c->dir);
	c->arena = arena_new();
	c->diag = diag_new();
	c->theme = NULL;
	c->site = (struct site){ .dir = c->dir, .theme = theme, .lang = lang };
}

static void
course_write(struct course *c, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(c->dir, name, NULL);
	g_autofree char *folder = g_path_get_dirname(path);

	g_assert_true(fs_mkdirs(folder, c->diag));
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
course_load(struct course *c)
{
	c->theme = theme_load(&c->site, c->arena, c->diag);
}

static void
course_clear(struct course *c)
{
	struct diag *d = diag_new();

	g_assert_true(fs_remove_tree(c->dir, d));
	diag_free(d);
	theme_free(c->theme);
	diag_free(c->diag);
	arena_free(c->arena);
	g_free(c->dir);
}

/* "id detail" of all messages, joined by "; ". */
static char *
said(struct course *c)
{
	GString *s = g_string_new(NULL);
	size_t n;
	const struct diag_item *items = diag_sorted(c->diag, &n);
	char name[40];

	for (size_t i = 0; i < n; i++)
		g_string_append_printf(s, "%s%s %s", i ? "; " : "",
		    diag_name(items[i].id, name), items[i].detail);
	return g_string_free(s, FALSE);
}

static void
check_said(struct course *c, const char *expected)
{
	g_autofree char *got = said(c);

	g_assert_cmpstr(got, ==, expected);
}

/* --- layers -------------------------------------------------------------- */

static void
check_asset(const struct theme *t, size_t i, const char *path,
    const char *bytes)
{
	g_assert_cmpuint(i, <, t->n_assets);
	g_assert_cmpstr(t->assets[i].path, ==, path);
	g_assert_true(str_is(t->assets[i].bytes, bytes));
}

static void
layers(void)
{
	struct course c;

	course_init(&c, "mine", "en");
	course_write(&c, "theme/assets/c", "own");
	course_write(&c, "theme/theme.yaml", "not: [read");
	course_write(&c, "themes/mine/theme.yaml", "extends: themes/base\n");
	course_write(&c, "themes/mine/assets/a", "mine");
	course_write(&c, "themes/mine/epub.css", "");
	course_write(&c, "themes/base/templates/page.mustache", "{{> x}}");
	course_write(&c, "themes/base/templates/x.mustache", "x");
	course_write(&c, "themes/base/assets/a", "base");
	course_write(&c, "themes/base/assets/b/d", "base");
	course_write(&c, "themes/base/assets/c", "base");
	course_write(&c, "themes/base/epub.css", "base");
	course_load(&c);
	check_said(&c, "");
	g_assert_nonnull(c.theme);
	if (c.theme) {
		g_assert_cmpuint(c.theme->n_layers, ==, 3);
		g_assert_true(g_str_has_suffix(c.theme->layers[0], "/theme"));
		g_assert_true(c.theme->dir == c.theme->layers[1]);
		g_assert_true(g_str_has_suffix(c.theme->dir, "/mine"));
		g_assert_cmpuint(c.theme->n_assets, ==, 3);
		check_asset(c.theme, 0, "a", "mine");
		check_asset(c.theme, 1, "b/d", "base");
		check_asset(c.theme, 2, "c", "own");
		/* An empty style sheet is one. */
		g_assert_cmpuint(c.theme->epub_css.len, ==, 0);
		g_assert_nonnull(templates_find(c.theme->templates, "x"));
		g_assert_cmpint(c.theme->mtime, >, 0);
	}
	course_clear(&c);
}

/* The folder theme/ named as the theme is not a layer twice. */
static void
own_is_theme(void)
{
	struct course c;

	course_init(&c, "theme", "en");
	course_write(&c, "theme/templates/page.mustache", "");
	course_load(&c);
	check_said(&c, "");
	g_assert_nonnull(c.theme);
	if (c.theme)
		g_assert_cmpuint(c.theme->n_layers, ==, 1);
	course_clear(&c);
}

static void
chain(unsigned n, const char *expected)
{
	struct course c;

	course_init(&c, "1", "en");
	for (unsigned i = 1; i <= n; i++) {
		g_autofree char *name = g_strdup_printf("themes/%u/theme.yaml",
		    i);
		g_autofree char *text = g_strdup_printf("extends: \"%u\"\n",
		    i + 1);
		course_write(&c, name, i < n ? text : "name: last\n");
	}
	course_write(&c, "theme/templates/page.mustache", "");
	course_load(&c);
	check_said(&c, expected);
	g_assert_true((c.theme != NULL) == (expected[0] == '\0'));
	course_clear(&c);
}

static void
longest_chain(void)
{
	chain(8, "");
	chain(9, "theme-bad 9");
}

/* --- words --------------------------------------------------------------- */

static void
word_layers(void)
{
	struct course c;

	course_init(&c, "mine", "pt-BR-x-y");
	course_write(&c, "themes/mine/templates/page.mustache", "");
	course_write(&c, "themes/mine/i18n/pt.yaml",
	    "next: 1\nprevious: 1\nskip: 1\ntags: 1\n");
	course_write(&c, "themes/mine/i18n/pt-br.yaml", "next: 2\nskip: 2\n");
	course_write(&c, "themes/mine/i18n/pt-PT.yaml", "tags: 3\n");
	course_write(&c, "theme/i18n/pt.yaml", "skip: 4\n");
	course_load(&c);
	g_assert_nonnull(c.theme);
	if (c.theme) {
		const char *const *text = c.theme->words->text;
		g_assert_cmpstr(text[WORD_PREVIOUS], ==, "1");
		g_assert_cmpstr(text[WORD_NEXT], ==, "2");
		g_assert_cmpstr(text[WORD_SKIP], ==, "4");
		g_assert_cmpstr(text[WORD_TAGS], ==, "1");
		g_assert_cmpstr(text[WORD_QUIZ], ==, "Quiz");
	}
	course_clear(&c);
}

/* Each language that comes with ergen is complete and without faults. */
static void
shipped_words(void)
{
	static const char *const langs[] = { "en", "de", "pt", "ar", "de-AT",
		"en-GB" };

	for (size_t i = 0; i < G_N_ELEMENTS(langs); i++) {
		struct course c;
		g_autofree char *here = g_get_current_dir();
		g_autofree char *theme = g_build_filename(here, "themes",
		    "default", NULL);
		course_init(&c, theme, langs[i]);
		course_load(&c);
		g_test_message("%s", langs[i]);
		check_said(&c, "");
		course_clear(&c);
	}
}

/* --- the manual ---------------------------------------------------------- */

static char *
contents(const char *path)
{
	char *text = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return text ? text : g_strdup("");
}

static char *
table_of_words(void)
{
	GString *s = g_string_new("| Word | English |\n| --- | --- |\n");
	char name[40];

	for (enum word w = 0; w < WORD_COUNT; w++) {
		const char *one = words_default.forms[w][PLURAL_ONE];
		g_string_append_printf(s, "| `%s` | %s", word_name(w, name),
		    words_default.text[w]);
		if (word_count_at(w))
			g_string_append_printf(s, "; `one`: %s, by %%%u", one,
			    word_count_at(w));
		g_string_append(s, " |\n");
	}
	g_string_append_c(s, '\n');
	return g_string_free(s, FALSE);
}

/* With ERGEN_DOCS=write the list is written. */
static void
words_in_docs(void)
{
	g_autofree char *text = contents(docs);
	g_autofree char *table = table_of_words();
	char *from = strstr(text, "| Word | English |\n");
	char *to = from ? strstr(from, "\n\n") : NULL;

	g_assert_nonnull(to);
	if (!to)
		return;
	if (g_strcmp0(g_getenv("ERGEN_DOCS"), "write") == 0) {
		g_autofree char *new = g_strdup_printf("%.*s%s%s",
		    (int)(from - text), text, table, to + 2);
		g_assert_true(g_file_set_contents(docs, new, -1, NULL));
		return;
	}
	to[2] = '\0';
	g_assert_cmpstr(from, ==, table);
}

/* All that stands between the parentheses of a pattern, in a file. */
static GHashTable *
matches(const char *path, const char *pattern)
{
	GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	g_autofree char *text = contents(path);
	g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;

	g_regex_match(regex, text, 0, &match);
	for (; g_match_info_matches(match); g_match_info_next(match, NULL))
		g_hash_table_add(set, g_match_info_fetch(match, 1));
	return set;
}

static void
check_within(GHashTable *names, GHashTable *set, const char *where)
{
	g_autoptr(GList) all = g_hash_table_get_keys(names);

	for (const GList *l = all; l; l = l->next)
		if (!g_hash_table_contains(set, l->data))
			g_test_fail_printf("'%s' is not in %s",
			    (const char *)l->data, where);
}

static GHashTable *
names_in_code(void)
{
	return matches("gen/write/html/data.c",
	    "\\badd(?:_text)?\\(&?\\w+, \"(\\w+)\"");
}

/* What data.c gives to templates is documented, and nothing besides. */
static void
data_in_docs(void)
{
	g_autoptr(GHashTable) code = names_in_code();
	g_autoptr(GHashTable) named = matches(docs, "`(\\w+)`");
	/* The first column of the table of what a page gets. */
	g_autoptr(GHashTable) rows = matches(docs,
	    "(?m)^\\| `(\\w+)`(?:, `\\w+`)* \\| (?:all|home|lesson|quiz|with)");

	g_assert_cmpuint(g_hash_table_size(code), >, 50);
	g_assert_cmpuint(g_hash_table_size(rows), >, 25);
	check_within(code, named, docs);
	check_within(rows, code, "gen/write/html/data.c");
}

/* The templates that come with ergen use what there is. */
static void
names_in_templates(void)
{
	static const char *const themes[] = { "default", "plain" };
	g_autoptr(GHashTable) code = names_in_code();
	struct diag *d = diag_new();
	char name[40];

	for (enum word w = 0; w < WORD_COUNT; w++)
		g_hash_table_add(code,
		    g_strdup_printf("words.%s", word_name(w, name)));
	for (size_t i = 0; i < G_N_ELEMENTS(themes); i++) {
		g_autofree char *dir = g_build_filename("themes", themes[i],
		    "templates", NULL);
		g_autoptr(GPtrArray) files = fs_list(dir, d);
		for (size_t k = 0; files && k < files->len; k++) {
			g_autofree char *path = g_build_filename(dir,
			    files->pdata[k], NULL);
			g_autoptr(GHashTable) used = matches(path,
			    "\\{\\{[#^/{&]?(?:site\\.)?([\\w.]+)\\}");
			g_test_message("%s", path);
			check_within(used, code, "the data of a page");
		}
	}
	diag_free(d);
}

static void
plain_is_small(void)
{
	g_autofree char *css = contents("themes/plain/assets/ergen.css");

	g_assert_cmpuint(strlen(css), >, 0);
	g_assert_cmpuint(strlen(css), <=, PLAIN_CSS_MOST);
}

void
test_render_theme(void)
{
	g_test_add_func("/render/theme/layers", layers);
	g_test_add_func("/render/theme/own-is-theme", own_is_theme);
	g_test_add_func("/render/theme/longest-chain", longest_chain);
	g_test_add_func("/render/theme/word-layers", word_layers);
	g_test_add_func("/render/theme/shipped-words", shipped_words);
	g_test_add_func("/render/theme/words-in-docs", words_in_docs);
	g_test_add_func("/render/theme/data-in-docs", data_in_docs);
	g_test_add_func("/render/theme/names-in-templates", names_in_templates);
	g_test_add_func("/render/theme/plain-is-small", plain_is_small);
}
