#include "book/site.h"

#include "base/fs.h"
#include "base/lang.h"
#include "base/slug.h"
#include "book/id.h"
#include "book/outputs.h"
#include "book/schema.h"
#include "port/yaml.h"

#include <errno.h>
#include <sys/stat.h>

enum {
	FILE_MOST = 1024 * 1024, /* bytes of site.yaml */
	SLUG_MOST = 60,
	KIB = 1024
};

/* site.yaml as the table reads it; what needs more than that stays YAML. */
struct site_file {
	struct site site;
	int source_kib;
	const struct yaml *callouts, *levels, *outputs, *blocks, *contributors,
	    *sort_names;
};

static const char *const raw_html_words[] = {
	[RAW_HTML_SAFE] = "safe",
	[RAW_HTML_ALLOW] = "allow",
	[RAW_HTML_NONE] = "none",
	NULL,
};
static const char *const level_words[] = { "note", "warning", "error", NULL };

static const struct callout_kind default_callouts[] = {
	{ "Exam tip", "tip" },
	{ "Exam trap", "trap" },
};

static bool
is_url(struct str s)
{
	size_t scheme = str_starts(s, "https://") ? 8
	    : str_starts(s, "http://")            ? 7
						  : 0;

	if (!scheme || scheme >= s.len || !is_alnum(s.p[scheme]))
		return false;
	/* https://www.rfc-editor.org/rfc/rfc3986#section-2 */
	for (size_t i = 0; i < s.len; i++)
		if (!g_ascii_isgraph(s.p[i]) || strchr("\"<>\\^`{|}", s.p[i]))
			return false;
	return true;
}

/* An address that others are appended to. */
static bool
is_base_url(struct str s)
{
	return is_url(s) && str_find(s, '?') == s.len &&
	    str_find(s, '#') == s.len;
}

/* Relative, and still inside the course when all is said. */
static bool
is_inner_path(struct str s)
{
	bool has_name = false;

	if (str_starts(s, "/"))
		return false;
	while (s.len) {
		struct str part = str_upto(s, str_find(s, '/'));
		if (str_is(part, ".."))
			return false;
		has_name = has_name || (part.len && !str_is(part, "."));
		s = str_from(s, part.len + 1);
	}
	return has_name;
}

/* https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
static bool
is_host(struct str s)
{
	bool has_dot = false, is_start = true;

	for (size_t i = 0; i < s.len; i++) {
		bool is_dot = s.p[i] == '.';
		if (!g_ascii_isalnum(s.p[i]) && s.p[i] != '-' && !is_dot)
			return false;
		if (is_dot && is_start)
			return false;
		has_dot = has_dot || is_dot;
		is_start = is_dot;
	}
	return has_dot && !is_start;
}

static bool
is_filled(struct str s)
{
	return s.len > 0;
}

static bool
is_slug(struct str s)
{
	return id_is_valid(s) && s.len <= SLUG_MOST;
}

#define IN_SITE(field) offsetof(struct site_file, site.field)
#define IN_FILE(field) offsetof(struct site_file, field)

static const struct schema_text base_url = { .name = "address",
	.is_valid = is_base_url,
	.expects = "an address that begins with https:// or http://",
	.pattern = "^\\s*https?://[A-Za-z0-9][^?#\\s]*\\s*$" };
static const struct schema_text short_slug = { .name = "slug",
	.is_valid = is_slug,
	.expects =
	    "at most 60 lower-case letters and digits, parts joined by single hyphens",
	.pattern = "^\\s*(?=[a-z0-9-]{1,60}\\s*$)[a-z0-9]+(-[a-z0-9]+)*\\s*$" };
static const struct schema_text host_name = { .name = "domain",
	.is_valid = is_host,
	.expects = "a domain such as learn.example.org",
	.pattern = "^\\s*[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+\\s*$" };
static const struct schema_text inner_folder = { .name = "folder",
	.is_valid = is_inner_path,
	.expects = "a folder inside the course, relative to it",
	.pattern = "^\\s*[^/\\s]" };
/* The same as schema_filled; the manual says more. */
static const struct schema_text theme_name = { .name = "name or path",
	.is_valid = is_filled,
	.pattern = "\\S" };

static const struct schema_key quiz_keys[] = {
	{ .name = "pass",
	    .type = SCHEMA_INT,
	    .at = IN_SITE(pass),
	    .most = 100,
	    .fallback = "70",
	    .help =
		"Per cent of the questions that pass a quiz, rounded up: 70 % of 8 questions are 6. Of the points, if questions have some." },
	{ .name = "shuffle",
	    .type = SCHEMA_WORD,
	    .at = IN_SITE(shuffle),
	    .words = shuffle_words,
	    .fallback = "options",
	    .help =
		"What changes its order at build time, in every output alike: the options, the questions between two headings, or both." },
	{ .name = "mode",
	    .type = SCHEMA_WORD,
	    .at = IN_SITE(mode),
	    .words = quiz_mode_words,
	    .fallback = "practice",
	    .help =
		"`practice`: each question can be checked at once; `exam`: only all together. For the website." },
	{ 0 },
};

static const struct schema_key limit_keys[] = {
	{ .name = "source_kib",
	    .type = SCHEMA_INT,
	    .at = IN_FILE(source_kib),
	    .least = 1,
	    .most = 64 * 1024,
	    .fallback = "1024",
	    .help = "Size of the largest source file, in KiB." },
	{ 0 },
};

static const struct schema_key series_keys[] = {
	{ .name = "name",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(series),
	    .fallback = "",
	    .help = "Series that the book belongs to. In the book." },
	{ .name = "number",
	    .type = SCHEMA_INT,
	    .at = IN_SITE(series_number),
	    .most = 10000,
	    .help = "Its place in the series." },
	{ 0 },
};

const struct schema_key site_keys[] = {
	{ .name = "id",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(id),
	    .text = &schema_id,
	    .help =
		"Identity of deck and book: lower-case letters and digits, parts joined by single hyphens. Needed for epub and anki. **Never change it.**" },
	{ .name = "title",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(title),
	    .text = &schema_filled,
	    .otherwise = "required",
	    .help = "Title of the course." },
	{ .name = "subtitle",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(subtitle),
	    .fallback = "",
	    .help = "Second line of the title, on home page, book and cover." },
	{ .name = "description",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(description),
	    .fallback = "",
	    .help =
		"A sentence or two: home page, book, and the deck's description." },
	{ .name = "authors",
	    .type = SCHEMA_LIST,
	    .at = IN_SITE(authors),
	    .n_at = IN_SITE(n_authors),
	    .help = "Who wrote it. One text is a list of one." },
	{ .name = "contributors",
	    .type = SCHEMA_MAP,
	    .at = IN_FILE(contributors),
	    .help =
		"Who else had a part in it: `{Ana Lima: translator}`. Also `editor`, `illustrator`, `reviewer`. In the book." },
	{ .name = "sort_names",
	    .type = SCHEMA_MAP,
	    .at = IN_FILE(sort_names),
	    .otherwise = "the last word first",
	    .help =
		"How shelves sort a name: `{Gabriel García Márquez: 'García Márquez, Gabriel'}`. In the book." },
	{ .name = "publisher",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(publisher),
	    .fallback = "",
	    .help = "In the book." },
	{ .name = "lang",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(lang),
	    .fallback = "en",
	    .text = &schema_lang,
	    .help =
		"Language of the course, such as `de` or `pt-BR`. The direction of writing follows from it. The words of buttons and labels are the theme's for that language, else English." },
	{ .name = "translations",
	    .type = SCHEMA_LIST,
	    .at = IN_SITE(translations),
	    .n_at = IN_SITE(n_translations),
	    .help =
		"Languages that the course is translated into: `[de]`, in content/de. [More](manual.md#a-course-in-several-languages)." },
	{ .name = "url",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(url),
	    .text = &base_url,
	    .help =
		"Where the site will stand, with `https://` or `http://`. Cards link there; the book's links to files too; pages name it as canonical address. Nothing else needs it." },
	{ .name = "repo_url",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(repo_url),
	    .text = &base_url,
	    .help =
		"The repository. A link to a file outside of the content folder becomes `repo_url/blob/HEAD/…`; each page links to `repo_url/edit/HEAD/…`." },
	{ .name = "license",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(license),
	    .fallback = "",
	    .help = "Licence of the content: footer, book." },
	{ .name = "subjects",
	    .type = SCHEMA_LIST,
	    .at = IN_SITE(subjects),
	    .n_at = IN_SITE(n_subjects),
	    .help = "What it is about, for libraries and shops. In the book." },
	{ .name = "series",
	    .type = SCHEMA_GROUP,
	    .keys = series_keys,
	    .help = "The series that the book belongs to." },
	{ .name = "cname",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(cname),
	    .text = &host_name,
	    .help =
		"A domain of your own for GitHub Pages: `learn.example.org`; written to site/CNAME." },
	{ .name = "slug",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(slug),
	    .text = &short_slug,
	    .otherwise = "from the title, else `id`",
	    .help =
		"Names the files out/SLUG.epub and so on; at most 60 characters." },
	{ .name = "content",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(content),
	    .fallback = "content",
	    .text = &inner_folder,
	    .help = "Folder of the sources, inside the course." },
	{ .name = "theme",
	    .type = SCHEMA_TEXT,
	    .at = IN_SITE(theme),
	    .fallback = "default",
	    .text = &theme_name,
	    .help =
		"Looked for in the course's themes/, then as a path, then beside the program. See [templates.md](templates.md)." },
	{ .name = "raw_html",
	    .type = SCHEMA_WORD,
	    .at = IN_SITE(raw_html),
	    .words = raw_html_words,
	    .fallback = "safe",
	    .help =
		"Which HTML may stand in Markdown; see [syntax.md](syntax.md#raw-html)." },
	{ .name = "typography",
	    .type = SCHEMA_BOOL,
	    .at = IN_SITE(has_typography),
	    .fallback = "false",
	    .help =
		"Straight quotes, `--`, `---` and `...` become the quotes of the page's language, dashes and an ellipsis. Not in code." },
	{ .name = "quiz",
	    .type = SCHEMA_GROUP,
	    .keys = quiz_keys,
	    .help = "Defaults of all quizzes." },
	{ .name = "callouts",
	    .type = SCHEMA_MAP,
	    .at = IN_FILE(callouts),
	    .otherwise = "`Exam tip: tip`, `Exam trap: trap`",
	    .help =
		"Callout titles that have a kind of their own; yours are added. A kind is made of lower-case letters and hyphens." },
	{ .name = "blocks",
	    .type = SCHEMA_MAP,
	    .at = IN_FILE(blocks),
	    .help =
		"Code blocks that a program draws: `{dot: [dot, -Tsvg]}`. [More](manual.md#blocks-drawn-by-programs)." },
	{ .name = "diagnostics",
	    .type = SCHEMA_MAP,
	    .at = IN_FILE(levels),
	    .help =
		"Levels of single messages: `{question-no-id: error}`. Values: `note`, `warning`, `error`. Errors cannot be lowered." },
	{ .name = "limits",
	    .type = SCHEMA_GROUP,
	    .keys = limit_keys,
	    .help = "What is refused as too large." },
	{ .name = "outputs",
	    .type = SCHEMA_MAP,
	    .at = IN_FILE(outputs),
	    .otherwise = "html, epub, anki",
	    .help =
		"The outputs to write, each with its settings: `{html: {}, epub: {cover: cover.png}}`. Without `id`, the default is html alone, and a note says so." },
	{ 0 },
};

/* Scripts and languages that are written from right to left; a script in the
 * tag decides. https://www.w3.org/International/questions/qa-scripts */
static const char *const rtl_scripts[] = { "Adlm", "Arab", "Hebr", "Mand",
	"Nkoo", "Rohg", "Samr", "Syrc", "Thaa", NULL };
static const char *const rtl_languages[] = { "ar", "arc", "ckb", "dv", "fa",
	"he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi", "ji", NULL };

static bool
is_one_of(struct str s, const char *const *words)
{
	for (size_t i = 0; words[i]; i++)
		if (str_is_nocase(s, words[i]))
			return true;
	return false;
}

bool
lang_is_rtl(const char *tag)
{
	struct str rest = str_of(tag);
	struct str lang = str_upto(rest, str_find(rest, '-'));

	rest = str_from(rest, lang.len + 1);
	while (rest.len) {
		struct str part = str_upto(rest, str_find(rest, '-'));
		/* Behind a singleton begin extensions. */
		if (part.len == 1)
			break;
		if (part.len == 4 && g_ascii_isalpha(part.p[0]))
			return is_one_of(part, rtl_scripts);
		rest = str_from(rest, part.len + 1);
	}
	return is_one_of(lang, rtl_languages);
}

/* "./a//b/" as "a/b". */
static const char *
tidy_path(const char *path, struct arena *a)
{
	g_autoptr(GString) tidy = g_string_new(NULL);
	struct str s = str_of(path);

	while (s.len) {
		struct str part = str_upto(s, str_find(s, '/'));
		if (part.len && !str_is(part, "."))
			g_string_append_printf(tidy, "%s%.*s",
			    tidy->len ? "/" : "", STR_ARG(part));
		s = str_from(s, part.len + 1);
	}
	return arena_take(a, tidy).p;
}

static bool
is_kind(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (g_ascii_isdigit(s.p[i]))
			return false;
	return id_is_valid(s);
}

/* The defaults first, then the author's own; a title that is there already
 * gets another kind. */
static void
read_callouts(struct site_file *f, struct arena *a, struct diag *d)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct callout_kind));
	size_t n = f->callouts ? f->callouts->n_items : 0;

	g_array_append_vals(all, default_callouts,
	    G_N_ELEMENTS(default_callouts));
	for (size_t i = 0; i < n; i++) {
		const struct yaml *kind = &f->callouts->items[i];
		const char *title = f->callouts->keys[i].name;
		size_t at = 0;
		if (kind->kind != YAML_SCALAR || !is_kind(kind->text)) {
			schema_wrong(DIAG_SITE_TYPE, "callouts", kind,
			    "a kind: lower-case letters, parts joined by single hyphens",
			    d);
			continue;
		}
		struct callout_kind own = { title, kind->text.p };
		while (at < all->len &&
		    strcmp(g_array_index(all, struct callout_kind, at).title,
			title) != 0)
			at++;
		if (at < all->len)
			g_array_index(all, struct callout_kind, at) = own;
		else
			g_array_append_val(all, own);
	}
	f->site.callouts = arena_array_of(a, all);
	f->site.n_callouts = all->len;
}

static void
report_unknown_diagnostic(const struct yaml_key *key, struct diag *d)
{
	char names[DIAG_ID_COUNT][40];
	const char *candidates[DIAG_ID_COUNT + 1] = { NULL };

	for (int i = 0; i < DIAG_ID_COUNT; i++)
		candidates[i] = diag_name((enum diag_id)i, names[i]);
	diag_at(d, DIAG_SITE_KEY, key->at, "diagnostics.%s", key->name);
	const char *near = nearest(key->name, candidates);
	if (near)
		diag_help(d, "did you mean '%s'?", near);
}

/* DIAG_NONE if the value is no level. */
static enum diag_level
level_of(const struct yaml *y)
{
	for (size_t i = 0; y->kind == YAML_SCALAR && level_words[i]; i++)
		if (str_is(y->text, level_words[i]))
			return (enum diag_level)(DIAG_NOTE + i);
	return DIAG_NONE;
}

static void
read_levels(struct site_file *f, struct arena *a, struct diag *d)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct level_setting));
	size_t n = f->levels ? f->levels->n_items : 0;

	for (size_t i = 0; i < n; i++) {
		const struct yaml_key *key = &f->levels->keys[i];
		const struct yaml *value = &f->levels->items[i];
		struct level_setting l = { diag_find(str_of(key->name)),
			level_of(value) };
		if (l.id == DIAG_ID_COUNT) {
			report_unknown_diagnostic(key, d);
		} else if (l.level == DIAG_NONE) {
			schema_wrong(DIAG_SITE_TYPE, key->name, value,
			    "note, warning or error", d);
		} else if (diag_default_level(l.id) >= DIAG_ERROR &&
		    l.level < diag_default_level(l.id)) {
			schema_wrong(DIAG_SITE_TYPE, key->name, value,
			    "error: an error cannot be lowered", d);
		} else {
			g_array_append_val(all, l);
		}
	}
	f->site.levels = arena_array_of(a, all);
	f->site.n_levels = all->len;
}

static void
read_blocks(struct site_file *f, struct arena *a, struct diag *d)
{
	size_t n = f->blocks ? f->blocks->n_items : 0;
	struct block_command *all = arena_array(a, n, struct block_command);

	for (size_t i = 0; i < n; i++) {
		const struct yaml *value = &f->blocks->items[i];
		struct block_command c = { f->blocks->keys[i].name,
			f->blocks->keys[i].at, argv_read(value, a) };
		if (c.argv)
			all[f->site.n_blocks++] = c;
		else
			schema_wrong(DIAG_SITE_TYPE, c.lang, value,
			    "a program and its arguments as a list: [dot, -Tsvg]",
			    d);
	}
	f->site.blocks = all;
}

static void
read_people(struct site_file *f, struct arena *a, struct diag *d)
{
	if (f->contributors)
		f->site.contributors = settings_read(f->contributors,
		    &f->site.n_contributors, a, d);
	if (f->sort_names)
		f->site.sort_names = settings_read(f->sort_names,
		    &f->site.n_sort_names, a, d);
}

/* Deck and book keep their identity by the id. A bad one has been reported. */
static void
check_id(const struct site_file *f, const struct yaml *root, struct diag *d)
{
	const struct site *site = &f->site;
	const struct yaml *given = yaml_get(root, "id");

	if (site->id || (given && !yaml_is_null(given)))
		return;
	if (!f->outputs) {
		diag_at(d, DIAG_SITE_NO_ID, (struct loc){ site->origin, 0, 0 },
		    NULL);
		diag_help(d, "add a line such as 'id: %s', and never change it",
		    site->slug);
		return;
	}
	for (size_t i = 0; i < site->n_outputs; i++) {
		const struct output *out = &site->outputs[i];
		if (strcmp(out->name, "epub") != 0 &&
		    strcmp(out->name, "anki") != 0 &&
		    strcmp(out->name, "anki-text") != 0 &&
		    strcmp(out->name, "crowdanki") != 0)
			continue;
		diag_at(d, DIAG_SITE_REQUIRED, out->at, "id");
		diag_help(d,
		    "output %s needs a line such as 'id: %s', which never changes",
		    out->name, site->slug);
	}
}

static void
check_title(struct site *site, const struct yaml *root, struct diag *d)
{
	const struct yaml *given = yaml_get(root, "title");

	if (site->title)
		return;
	site->title = "";
	if (given && !yaml_is_null(given))
		return;
	diag_at(d, DIAG_SITE_REQUIRED, (struct loc){ site->origin, 1, 0 },
	    "title");
	diag_help(d, "add a line such as 'title: My course'");
}

/* A tag that is none would become a folder's name and a lang attribute. */
static void
check_translations(struct site *site, struct diag *d)
{
	size_t n = 0;

	for (size_t i = 0; i < site->n_translations; i++) {
		const char *lang = site->translations[i];
		if (lang_is_tag(str_of(lang)) &&
		    g_ascii_strcasecmp(lang, site->lang) != 0) {
			n++;
			continue;
		}
		diag_at(d, DIAG_SITE_TYPE, site->translations_at, "%s", lang);
		diag_help(d,
		    "a language tag such as 'de' or 'pt-BR', other than 'lang'");
	}
	/* Nothing is built; then there is nothing to look for. */
	if (n < site->n_translations)
		site->n_translations = 0;
}

static void
fill(struct site_file *f, const struct yaml *root, struct arena *a,
    struct diag *d)
{
	struct site *site = &f->site;

	check_title(site, root, d);
	if (!site->slug)
		site->slug = slug_ascii(a, str_of(site->title), SLUG_MOST);
	/* Of a title in another script nothing is left. */
	if (!site->slug[0])
		site->slug = site->id ? site->id : "course";
	if (site->url && !str_ends(str_of(site->url), "/"))
		site->url = arena_printf(a, "%s/", site->url);
	if (site->repo_url) {
		struct str s = str_of(site->repo_url);
		while (str_ends(s, "/"))
			s.len--;
		site->repo_url = arena_str(a, s);
	}
	site->is_rtl = lang_is_rtl(site->lang);
	check_translations(site, d);
	site->content = tidy_path(site->content, a);
	site->source_limit = (size_t)f->source_kib * KIB;
	read_callouts(f, a, d);
	read_levels(f, a, d);
	read_blocks(f, a, d);
	read_people(f, a, d);
	if (f->outputs)
		outputs_read(f->outputs, site, a, d);
	else
		outputs_default(site, a);
	check_id(f, root, d);
}

/* The text of site.yaml without a byte order mark, and its time. */
static bool
read_file(const char *dir, struct arena *a, struct origin *origin,
    long long *mtime, struct diag *d)
{
	g_autofree char *path = g_build_filename(dir, origin->path, NULL);
	struct loc at = { origin, 0, 0 };
	struct stat st;

	if (stat(path, &st) != 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			return diag_errno(d, path);
		diag_at(d, DIAG_SITE_MISSING, at, "%s", path);
		diag_help(d,
		    "a course is a folder with a file site.yaml; one line is enough for it: 'title: My course'");
		return false;
	}
	if (st.st_size > FILE_MOST) {
		diag_at(d, DIAG_SITE_BAD, at, "larger than 1 MiB");
		return false;
	}
	*mtime = (long long)st.st_mtime;
	if (!fs_read(path, a, &origin->text, d))
		return false;
	if (str_starts(origin->text, "\xef\xbb\xbf"))
		origin->text = str_from(origin->text, 3);
	return true;
}

bool
site_load(const char *dir, struct arena *a, struct site *site, struct diag *d)
{
	static const struct schema schema = { .keys = site_keys,
		.key_id = DIAG_SITE_KEY,
		.type_id = DIAG_SITE_TYPE };
	struct origin *origin = arena_obj(a, struct origin);
	struct site_file f = { .site = { .origin = origin,
				   .dir = arena_strdup(a, dir) } };

	origin->path = "site.yaml";
	origin->text = STR_LIT("");
	if (!read_file(dir, a, origin, &f.site.mtime, d))
		return false;
	const struct yaml *root = yaml_parse(origin, origin->text, 1,
	    DIAG_SITE_BAD, a, d);
	if (!root)
		return false;
	if (root->kind != YAML_MAP) {
		diag_at(d, DIAG_SITE_BAD, root->at, "no keys");
		diag_help(d, "a line such as 'title: My course' was expected");
		return false;
	}
	schema_read(&schema, root, &f, a, d);
	const struct yaml *theme = yaml_get(root, "theme");
	if (theme)
		f.site.theme_at = theme->at;
	const struct yaml *lang = yaml_get(root, "lang");
	if (lang)
		f.site.lang_at = lang->at;
	const struct yaml *others = yaml_get(root, "translations");
	if (others)
		f.site.translations_at = others->at;
	fill(&f, root, a, d);
	*site = f.site;
	return true;
}

const struct output *
site_output(const struct site *site, const char *name)
{
	for (size_t i = 0; i < site->n_outputs; i++)
		if (strcmp(site->outputs[i].name, name) == 0)
			return &site->outputs[i];
	return NULL;
}
