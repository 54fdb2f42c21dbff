/* What the package says about the book: for shelves, shops and whoever wants
 * to know whether he can read it.
 * https://www.w3.org/TR/epub-33/#sec-metadata-elem
 */
#include "book/schema.h"
#include "write/epub/epub.h"

static void
put_line(GString *out, const char *open, const char *text, const char *close)
{
	if (!text[0])
		return;
	g_string_append(out, open);
	html_textz(out, text);
	g_string_append(out, close);
}

/* --- people -------------------------------------------------------------- */

/* https://id.loc.gov/vocabulary/relators.html */
static const struct {
	const char *name, *code;
} roles[] = {
	{ "editor", "edt" },
	{ "illustrator", "ill" },
	{ "reviewer", "rev" },
	{ "translator", "trl" },
};

static const char *
role_code(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
		if (strcmp(roles[i].name, name) == 0)
			return roles[i].code;
	return NULL;
}

void
people_check(const struct brief *in, struct diag *d)
{
	for (size_t i = 0; i < in->site->n_contributors; i++) {
		const struct setting *who = &in->site->contributors[i];
		if (role_code(who->value))
			continue;
		diag_at(d, DIAG_SITE_TYPE, who->at, "%s: %s", who->key,
		    who->value);
		diag_help(d,
		    "expected editor, illustrator, reviewer or translator");
	}
}

/* Some languages put the family's name first as it is. */
static bool
is_family_first(const char *lang)
{
	static const char *const langs[] = { "hu", "ja", "ko", "vi", "zh" };

	for (size_t i = 0; i < G_N_ELEMENTS(langs); i++)
		if (g_str_has_prefix(lang, langs[i]) &&
		    !g_ascii_isalpha(lang[2]))
			return true;
	return false;
}

/* Two words or three in Latin letters, each with a capital one, are a person:
 * "Ada Lovelace", "J. R. Hartley", no "Contoso Ltd." and no "The authors". */
static bool
is_person(const char *name)
{
	unsigned n_words = 0;
	bool is_start = true;

	if (g_str_has_prefix(name, "The ") || g_str_has_suffix(name, "."))
		return false;
	for (const char *p = name; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool is_letter = g_unichar_isalpha(c) &&
		    g_unichar_get_script(c) == G_UNICODE_SCRIPT_LATIN;
		if (is_start && !(is_letter && g_unichar_isupper(c)))
			return false;
		if (!is_letter && !strchr(" .-'", (int)MIN(c, 0x7f)) &&
		    c != 0x2019)
			return false;
		n_words += is_start;
		is_start = c == ' ';
	}
	return n_words == 2 || n_words == 3;
}

static const char *
sort_name(const struct site *site, const char *name, struct arena *a)
{
	for (size_t i = 0; i < site->n_sort_names; i++)
		if (strcmp(site->sort_names[i].key, name) == 0)
			return site->sort_names[i].value;
	if (is_family_first(site->lang) || !is_person(name))
		return "";
	const char *last = strrchr(name, ' ');
	return arena_printf(a, "%s, %.*s", last + 1, (int)(last - name), name);
}

/* Whoever made it, or had a part in it; id: unique among all of them. */
static void
put_person(GString *out, const char *element, size_t id, const char *name,
    const char *role, const char *sort)
{
	g_string_append_printf(out, "<dc:%s id=\"c%zu\">", element, id);
	html_textz(out, name);
	g_string_append_printf(out,
	    "</dc:%s>\n<meta refines=\"#c%zu\" property=\"role\" scheme=\"marc:relators\">%s</meta>\n",
	    element, id, role);
	if (!sort[0])
		return;
	g_string_append_printf(out,
	    "<meta refines=\"#c%zu\" property=\"file-as\">", id);
	html_textz(out, sort);
	g_string_append(out, "</meta>\n");
}

static void
put_people(GString *out, const struct site *site, struct arena *a)
{
	size_t id = 0;

	for (size_t i = 0; i < site->n_authors; i++)
		if (site->authors[i][0])
			put_person(out, "creator", ++id, site->authors[i],
			    "aut", sort_name(site, site->authors[i], a));
	for (size_t i = 0; i < site->n_contributors; i++) {
		const struct setting *who = &site->contributors[i];
		put_person(out, "contributor", ++id, who->key,
		    role_code(who->value), sort_name(site, who->key, a));
	}
}

/* --- the work ------------------------------------------------------------ */

static void
put_series(GString *out, const struct site *site)
{
	put_line(out, "<meta property=\"belongs-to-collection\" id=\"series\">",
	    site->series,
	    "</meta>\n<meta refines=\"#series\" property=\"collection-type\">series</meta>\n");
	if (site->series[0] && site->series_number != SCHEMA_ABSENT)
		g_string_append_printf(out,
		    "<meta refines=\"#series\" property=\"group-position\">%d</meta>\n",
		    site->series_number);
}

static void
put_work(GString *out, const struct job *j, const struct epub *e)
{
	const struct site *site = j->in.site;
	const char *source = writer_option(&j->in, OPTION_PAGE_SOURCE);

	put_line(out, "<dc:identifier id=\"pub-id\">", e->uid,
	    "</dc:identifier>\n");
	put_line(out, "<dc:title id=\"t1\">", site->title,
	    "</dc:title>\n<meta refines=\"#t1\" property=\"title-type\">main</meta>\n");
	put_line(out, "<dc:title id=\"t2\">", site->subtitle,
	    "</dc:title>\n<meta refines=\"#t2\" property=\"title-type\">subtitle</meta>\n");
	put_people(out, site, j->arena);
	put_line(out, "<dc:language>", site->lang, "</dc:language>\n");
	put_line(out, "<dc:publisher>", site->publisher, "</dc:publisher>\n");
	g_string_append_printf(out, "<dc:date>%.10s</dc:date>\n", e->modified);
	put_line(out, "<dc:description>", site->description,
	    "</dc:description>\n");
	for (size_t i = 0; i < site->n_subjects; i++)
		put_line(out, "<dc:subject>", site->subjects[i],
		    "</dc:subject>\n");
	put_line(out, "<dc:rights>", site->license, "</dc:rights>\n");
	put_series(out, site);
	if (e->lists.pages->len && source)
		put_line(out, "<dc:source id=\"print\">", source,
		    "</dc:source>\n<meta refines=\"#print\" property=\"source-of\">pagination</meta>\n");
	put_line(out, "<meta property=\"dcterms:modified\">", e->modified,
	    "</meta>\n");
}

/* --- accessibility ------------------------------------------------------- */

static void
put_schema(GString *out, const char *property, const char *value)
{
	g_string_append_printf(out, "<meta property=\"schema:%s\">%s</meta>\n",
	    property, value);
}

static void
put_feature(GString *out, bool is_there, const char *feature)
{
	if (is_there)
		put_schema(out, "accessibilityFeature", feature);
}

/* Pictures that may move; whether one flashes nobody has looked. */
static bool
may_flash(const struct epub *e)
{
	for (guint i = 0; i < e->images->len; i++) {
		const struct asset *a = e->images->pdata[i];
		if (strcmp(a->media_type, "image/gif") == 0 ||
		    e->image_moves[i])
			return true;
	}
	return false;
}

static void
put_sentence(GString *out, const struct words *w, enum word word)
{
	g_string_append_c(out, ' ');
	html_word(out, w, word, NULL, NULL);
}

static void
put_summary(GString *out, unsigned has, enum answers answers,
    const struct words *w)
{
	g_string_append(out, "<meta property=\"schema:accessibilitySummary\">");
	html_word(out, w, WORD_ACCESS_TEXT, NULL, NULL);
	if (has & HAS_IMAGE_WITHOUT_ALT)
		put_sentence(out, w, WORD_ACCESS_NO_ALT);
	else if (has & HAS_IMAGE)
		put_sentence(out, w, WORD_ACCESS_ALT);
	if ((has & HAS_TABLE) && !(has & HAS_TABLE_WITHOUT_HEAD))
		put_sentence(out, w, WORD_ACCESS_TABLES);
	if (has & HAS_MATHML)
		put_sentence(out, w, WORD_ACCESS_MATH);
	if (answers != ANSWERS_NONE)
		put_sentence(out, w,
		    answers == ANSWERS_CHAPTER ? WORD_ACCESS_KEY_CHAPTERS
					       : WORD_ACCESS_KEY);
	g_string_append(out, "</meta>\n");
}

/* What the book really offers, computed from it:
 * https://www.w3.org/TR/epub-a11y-11/#sec-disc-package */
static void
put_access(GString *out, const struct epub *e, unsigned has,
    enum answers answers, const struct words *w)
{
	const bool all_alt = !(has & HAS_IMAGE_WITHOUT_ALT);

	put_schema(out, "accessMode", "textual");
	if (has & (HAS_IMAGE | HAS_SVG))
		put_schema(out, "accessMode", "visual");
	put_schema(out, "accessModeSufficient",
	    all_alt ? "textual" : "textual,visual");
	put_feature(out, (has & HAS_IMAGE) && all_alt, "alternativeText");
	put_feature(out, true, "displayTransformability");
	put_feature(out, e->has_index, "index");
	put_feature(out, has & HAS_MATHML, "MathML");
	put_feature(out, e->lists.pages->len, "pageBreakMarkers");
	put_feature(out, e->lists.pages->len, "pageNavigation");
	put_feature(out, true, "readingOrder");
	put_feature(out, true, "structuralNavigation");
	put_feature(out, true, "tableOfContents");
	put_schema(out, "accessibilityHazard",
	    may_flash(e) ? "unknown" : "none");
	put_summary(out, has, answers, w);
}

/* That the book keeps to a standard nobody but its author can say. */
static void
put_conformance(GString *out, const struct brief *in)
{
	const char *level = writer_option(in, OPTION_WCAG);
	const char *by = writer_option(in, OPTION_CERTIFIED_BY);

	if (!level || !level[0])
		return;
	put_line(out,
	    "<meta property=\"dcterms:conformsTo\" id=\"conf\">EPUB Accessibility 1.1 - WCAG 2.1 Level ",
	    level, "</meta>\n");
	put_line(out, "<meta refines=\"#conf\" property=\"a11y:certifiedBy\">",
	    by ? by : "", "</meta>\n");
}

void
wcag_check(const struct brief *in, struct diag *d)
{
	static const char *const levels[] = { "A", "AA", "AAA" };
	const char *level = writer_option(in, OPTION_WCAG);
	bool is_level = !level || !level[0];

	for (size_t i = 0; !is_level && i < G_N_ELEMENTS(levels); i++)
		is_level = strcmp(level, levels[i]) == 0;
	if (is_level)
		return;
	diag_at(d, DIAG_SITE_TYPE, option_place(in, "wcag"),
	    "outputs.epub.wcag: %s", level);
	diag_help(d, "expected A, AA or AAA");
}

void
metadata_write(GString *out, const struct job *j, const struct epub *e,
    unsigned has)
{
	g_string_append(out,
	    "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
	put_work(out, j, e);
	put_access(out, e, has,
	    j->book->n_questions ? answers_option(&j->in) : ANSWERS_NONE,
	    j->in.theme->words);
	put_conformance(out, &j->in);
	/* As EPUB 2 has it; some shops and shelves look for nothing else. */
	g_string_append(out,
	    "<meta name=\"cover\" content=\"cover-image\"/>\n</metadata>\n");
}
