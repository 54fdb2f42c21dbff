#include "examples.h"
#include "plain.h"
#include "tree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

/*
 * Our trees beside cmark-gfm's own HTML, for all examples of the CommonMark
 * specification (https://spec.commonmark.org/, if a copy is installed), for
 * those of tests/spec/ and for this repository's course.
 *
 * The library runs with all extensions, also the one for bare links that
 * md.c never attaches. In its tree, expected_html() changes what our source
 * format reads otherwise; single examples that differ stand in the table
 * below, each with its reason.
 */

void test_doc_spec(void);

/* What ergen makes of an example on purpose. */
struct difference {
	const char *markdown, *html, *reason;
};

static const struct difference differences[] = {
	{ "> - [ ] a\n> - [x] b\n",
	    "<blockquote>\n<ul>\n"
	    "<li><input type=\"checkbox\" disabled=\"\" /> a</li>\n"
	    "<li><input type=\"checkbox\" checked=\"\" disabled=\"\" /> b</li>\n"
	    "</ul>\n</blockquote>\n",
	    "a box is what stands in the source, in a quote as well" },
	{ "https:// www. http://. https://-\n",
	    "<p>https:// www. http://. https://-</p>\n",
	    "\"www.\" is the end of a sentence, not a host" },
	{ "https://a.example/b&amp;c\n",
	    "<p><a href=\"https://a.example/b&amp;c\">"
	    "https://a.example/b&amp;c</a></p>\n",
	    "bare links stand in text, where entities are resolved" },
	{ "https://a.example/b\\_c\n",
	    "<p><a href=\"https://a.example/b_c\">https://a.example/b_c"
	    "</a></p>\n",
	    "bare links stand in text, where escapes are resolved" },
	{ "https://a.example/*b*\n",
	    "<p><a href=\"https://a.example/\">https://a.example/</a>"
	    "<em>b</em></p>\n",
	    "bare links stand in text, which ends at emphasis" },
};

static const struct difference *
find_difference(struct str markdown)
{
	for (size_t i = 0; i < G_N_ELEMENTS(differences); i++)
		if (differences[i].markdown &&
		    str_is(markdown, differences[i].markdown))
			return &differences[i];
	return NULL;
}

static bool
is_comment(cmark_node *n)
{
	cmark_node_type type = cmark_node_get_type(n);

	if (type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_HTML_INLINE)
		return false;
	return str_starts(str_trim(str_of(cmark_node_get_literal(n))), "<!--");
}

/* Comments are for the author, or mean something: they are not written. */
static void
drop_comments(cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(iter);
		if (event == CMARK_EVENT_ENTER && is_comment(n))
			cmark_node_free(n);
	}
	cmark_iter_free(iter);
}

/* Of bare links those to mail addresses and ftp: text, as the manual says.
 * With angle brackets they are links. */
static void
drop_bare(cmark_node *root, struct str source)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(iter);
		if (event != CMARK_EVENT_EXIT ||
		    cmark_node_get_type(n) != CMARK_NODE_LINK)
			continue;
		const char *url = cmark_node_get_url(n);
		cmark_node *text = cmark_node_first_child(n);
		bool is_mail = g_str_has_prefix(url, "mailto:");
		if (!text || (!is_mail && !g_str_has_prefix(url, "ftp:")) ||
		    cmark_node_get_type(text) != CMARK_NODE_TEXT ||
		    strcmp(url + (is_mail ? strlen("mailto:") : 0),
			cmark_node_get_literal(text)) != 0)
			continue;
		g_autofree char *angle = g_strdup_printf("<%s>",
		    cmark_node_get_literal(text));
		if (g_strstr_len(source.p, (gssize)source.len, angle))
			continue;
		cmark_node_insert_before(n, text);
		cmark_node_free(n);
	}
	cmark_iter_free(iter);
}

static bool
is_break(cmark_node *n)
{
	cmark_node_type type = cmark_node_get_type(n);

	return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
}

/* The text of the inlines up to the first break. */
static GString *
first_line(cmark_node *n)
{
	GString *line = g_string_new(NULL);

	for (; n && !is_break(n); n = cmark_node_next(n)) {
		if (cmark_node_first_child(n)) {
			GString *inner = first_line(cmark_node_first_child(n));
			g_string_append(line, inner->str);
			g_string_free(inner, TRUE);
		} else if (cmark_node_get_literal(n)) {
			g_string_append(line, cmark_node_get_literal(n));
		}
	}
	return line;
}

static bool
is_marker(cmark_node *para)
{
	static const char *const markers[] = { "[!NOTE]", "[!TIP]",
		"[!IMPORTANT]", "[!WARNING]", "[!CAUTION]" };
	cmark_node *n = cmark_node_first_child(para);
	g_autoptr(GString) line = first_line(n);

	for (; n && !is_break(n); n = cmark_node_next(n))
		if (cmark_node_get_type(n) != CMARK_NODE_TEXT)
			return false;
	if (!n && !cmark_node_next(para))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(markers); i++)
		if (g_ascii_strcasecmp(line->str, markers[i]) == 0)
			return true;
	return false;
}

/* Frees the inlines up to the first break, and this. */
static void
drop_line(cmark_node *para)
{
	bool was_break = false;

	for (cmark_node *n = cmark_node_first_child(para), *next;
	     n && !was_break; n = next) {
		next = cmark_node_next(n);
		was_break = is_break(n);
		cmark_node_free(n);
	}
}

/* The bold title behind a marker, with what parts it from the text. */
static void
drop_title(cmark_node *para)
{
	cmark_node *strong = cmark_node_first_child(para);
	cmark_node *next = strong ? cmark_node_next(strong) : NULL;

	if (!strong || cmark_node_get_type(strong) != CMARK_NODE_STRONG)
		return;
	g_autoptr(GString) title = first_line(cmark_node_first_child(strong));
	if (!next || is_break(next)) {
		drop_line(para);
	} else if (g_str_has_prefix(title->str, "Exam t")) {
		cmark_node_free(strong);
		const char *text = cmark_node_get_literal(next);
		g_autofree char *rest = g_strdup(text + strspn(text, " :"));
		cmark_node_set_literal(next, rest);
	}
}

/* An alert's marker and title are no text. */
static void
drop_marker(cmark_node *quote)
{
	cmark_node *para = cmark_node_first_child(quote);

	if (!para || cmark_node_get_type(para) != CMARK_NODE_PARAGRAPH ||
	    !is_marker(para))
		return;
	drop_line(para);
	drop_title(para);
	if (!cmark_node_first_child(para))
		cmark_node_free(para);
}

static cmark_node *
their_tree(cmark_parser *p, struct str text)
{
	static const char *const names[] = { "table", "tasklist",
		"strikethrough", "autolink" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		cmark_parser_attach_syntax_extension(p,
		    cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(p, text.p, text.len);
	return cmark_parser_finish(p);
}

/* Leaves of footnotes what plain.h writes. */
static char *
plain_footnotes(const char *html)
{
	static const struct {
		const char *pattern, *by;
	} steps[] = {
		{ "(\\s<a [^>]*class=\"footnote-backref\".*?</a>)+", "" },
		{ "<sup class=\"footnote-ref\"><a [^>]*>(.*?)</a></sup>",
		    "<sup>\\1</sup>" },
		{ "<section class=\"footnotes\"[^>]*>",
		    "<section class=\"footnotes\">" },
		{ "<li id=\"fn[^>]*>", "<li>" },
	};
	char *text = g_strdup(html);

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		GRegex *r = g_regex_new(steps[i].pattern, 0, 0, NULL);
		char *next = g_regex_replace(r, text, -1, 0, steps[i].by, 0,
		    NULL);
		g_regex_unref(r);
		g_free(text);
		text = next;
	}
	return text;
}

static char *
expected_html(struct str text)
{
	const int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE;

	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *p = cmark_parser_new(options);
	cmark_node *root = their_tree(p, text), *n, *next;
	drop_comments(root);
	drop_bare(root, text);
	for (n = cmark_node_first_child(root); n; n = next) {
		next = cmark_node_next(n);
		if (cmark_node_get_type(n) == CMARK_NODE_BLOCK_QUOTE)
			drop_marker(n);
	}
	char *html = cmark_render_html(root, options,
	    cmark_parser_get_syntax_extensions(p));
	char *plain = plain_footnotes(html);
	free(html);
	cmark_node_free(root);
	cmark_parser_free(p);
	return plain;
}

static void
compare(const char *path, size_t no, struct str text)
{
	const struct difference *other = find_difference(text);
	g_autoptr(GString) ours = g_string_new(NULL);
	struct parsed p;

	parse(&p, text);
	plain_doc(ours, p.doc);
	g_autofree char *theirs = expected_html(text);
	const char *want = other ? other->html : theirs;
	if (strcmp(ours->str, want) != 0) {
		g_test_message("%s: example %zu\n%.*s\n-- ergen\n%s"
			       "-- expected\n%s",
		    path, no, STR_ARG(text), ours->str, want);
		g_test_fail();
	}
	/* A difference that is none any more must leave the table. */
	if (other && strcmp(theirs, other->html) == 0) {
		g_test_message("%s: example %zu: cmark-gfm agrees", path, no);
		g_test_fail();
	}
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
		g_assert_cmpuint(each_example(path, text, compare), >=, 600);
	else
		g_test_skip("the package commonmark-spec is not installed");
}

/* Its licence keeps it out of this repository, and no package has it: who
 * wants to compare puts test/spec.txt of cmark-gfm there. */
static void
test_gfm(void)
{
	g_autofree char *path = in_build("spec/gfm.txt");
	struct str text;
	g_autofree char *bytes = read_text(path, &text);

	if (bytes)
		g_assert_cmpuint(each_example(path, text, compare), >=, 600);
	else
		g_test_skip("there is no copy of the GFM specification");
}

static void
test_own(void)
{
	g_assert_cmpuint(each_of_ours(compare), >=, 150);
}

static void
test_course(void)
{
	g_assert_cmpuint(each_source("content", compare), >=, 5);
}

void
test_doc_spec(void)
{
	g_test_add_func("/doc/spec/commonmark", test_commonmark);
	g_test_add_func("/doc/spec/gfm", test_gfm);
	g_test_add_func("/doc/spec/own", test_own);
	g_test_add_func("/doc/spec/course", test_course);
}
