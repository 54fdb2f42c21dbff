#include "port/html_rules.h"

#include "base/lang.h"
#include "port/html.h"

#include <glib.h>

#include <stdlib.h>

/* All lists are sorted by strcmp(). */

/* https://html.spec.whatwg.org/multipage/#toc-semantics without everything
 * that runs, loads or asks. */
static const char *const safe_html[] = { "a", "abbr", "address", "article",
	"aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite",
	"code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl",
	"dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4",
	"h5", "h6", "header", "hgroup", "hr", "i", "img", "ins", "kbd", "li",
	"mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
	"section", "small", "span", "strong", "sub", "summary", "sup", "table",
	"tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
	"wbr" };

/* https://www.w3.org/TR/SVG11/eltindex.html without scripts, foreign content,
 * animations (they can set an href), filters and remote images. */
static const char *const safe_svg[] = { "a", "circle", "clipPath", "defs",
	"desc", "ellipse", "g", "line", "linearGradient", "marker", "mask",
	"metadata", "path", "pattern", "polygon", "polyline", "radialGradient",
	"rect", "stop", "svg", "switch", "symbol", "text", "textPath", "title",
	"tspan", "use" };

/* https://www.w3.org/TR/mathml-core/ without maction and annotation-xml. */
static const char *const safe_mathml[] = { "annotation", "math", "merror",
	"mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded",
	"mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt",
	"mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
	"munder", "munderover", "none", "semantics" };

/* What stands inside these is no text for readers. */
static const char *const dropped[] = { "annotation-xml", "applet", "audio",
	"base", "canvas", "datalist", "embed", "foreignObject", "frame",
	"iframe", "input", "link", "meta", "noembed", "noframes", "noscript",
	"object", "param", "script", "select", "source", "style", "template",
	"textarea", "title", "track", "video" };

/* Elements that swallow what follows them as plain text, so that their end
 * tag could not be told from ours. */
static const char *const swallowing[] = { "noembed", "noframes", "noscript",
	"plaintext", "xmp" };

static const char *const void_elements[] = { "area", "base", "basefont",
	"bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
	"keygen", "link", "meta", "param", "source", "track", "wbr" };

static const char *const booleans[] = { "allowfullscreen", "async", "autofocus",
	"autoplay", "checked", "controls", "default", "defer", "disabled",
	"formnovalidate", "hidden", "inert", "ismap", "itemscope", "loop",
	"multiple", "muted", "nomodule", "novalidate", "open", "playsinline",
	"readonly", "required", "reversed", "selected" };

/* ---- values: what no browser understands no checker of books lets pass */

static bool
is_integer(struct str s)
{
	const size_t from = s.len && (s.p[0] == '-' || s.p[0] == '+');

	for (size_t i = from; i < s.len; i++)
		if (!g_ascii_isdigit(s.p[i]))
			return false;
	return s.len > from && s.len < 10;
}

static bool
is_count(struct str s)
{
	return is_integer(s) && g_ascii_isdigit(s.p[0]) && !str_is(s, "0");
}

static bool
is_id(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (g_ascii_isspace(s.p[i]))
			return false;
	return s.len > 0;
}

static bool
is_one_of(struct str s, const char *words)
{
	g_auto(GStrv) all = g_strsplit(words, " ", -1);
	bool is_found = false;

	for (size_t i = 0; all[i]; i++)
		is_found = is_found || str_is_nocase(s, all[i]);
	return is_found;
}

static bool
is_direction(struct str s)
{
	return is_one_of(s, "ltr rtl auto");
}

static bool
is_scope(struct str s)
{
	return is_one_of(s, "col row colgroup rowgroup");
}

static bool
is_numbering(struct str s)
{
	return is_one_of(s, "1 a i");
}

/* "": of no language that is known. */
static bool
is_lang(struct str s)
{
	return s.len == 0 || lang_is_tag(s);
}

static const struct safe_attribute {
	const char *name;
	const char *only; /* on these elements, a space on each side; or NULL */
	bool (*is_good)(struct str value); /* or NULL: any */
} safe_attributes[] = { { "abbr", " th ", NULL }, { "alt", NULL, NULL },
	{ "cite", " blockquote del ins q ", NULL }, { "class", NULL, NULL },
	{ "colspan", " td th ", is_count },
	{ "datetime", " del ins time ", NULL }, { "decoding", " img ", NULL },
	{ "dir", NULL, is_direction }, { "epub:type", NULL, NULL },
	{ "headers", " td th ", NULL }, { "height", " img ", NULL },
	{ "hidden", NULL, NULL }, { "href", " a ", NULL },
	{ "id", NULL, is_id }, { "lang", NULL, is_lang },
	{ "loading", " img ", NULL }, { "open", " details ", NULL },
	{ "reversed", " ol ", NULL }, { "role", NULL, NULL },
	{ "rowspan", " td th ", is_count }, { "scope", " th ", is_scope },
	{ "span", " col colgroup ", is_count }, { "src", " img ", NULL },
	{ "start", " ol ", is_integer }, { "tabindex", NULL, is_integer },
	{ "title", NULL, NULL }, { "type", " ol ", is_numbering },
	{ "value", " li ", is_integer }, { "width", " img ", NULL },
	{ "xml:lang", NULL, is_lang } };

static int
compare_names(const void *name, const void *entry)
{
	return strcmp(name, *(const char *const *)entry);
}

static bool
list_has(const char *const *list, size_t n, const char *name)
{
	return bsearch(name, list, n, sizeof(*list), compare_names);
}

#define IN(list, name) list_has((list), G_N_ELEMENTS(list), (name))

static bool
is_safe_element(enum html_vocabulary v, const char *name)
{
	switch (v) {
	case HTML_ELEMENTS: return IN(safe_html, name);
	case SVG_ELEMENTS: return IN(safe_svg, name);
	case MATHML_ELEMENTS: return IN(safe_mathml, name);
	}
	return false;
}

enum html_verdict
html_judge(enum html_vocabulary v, const char *name)
{
	if (is_safe_element(v, name))
		return HTML_KEEP;
	/* Unknown SVG draws something that would end up as stray text. */
	if (v == SVG_ELEMENTS || IN(dropped, name))
		return HTML_DROP;
	return HTML_UNWRAP;
}

enum html_verdict
html_judge_trusted(enum html_vocabulary v, const char *name)
{
	if (v == HTML_ELEMENTS && IN(swallowing, name))
		return HTML_UNWRAP;
	return HTML_KEEP;
}

/* Of pictures and formulas. There are some three hundred attributes; what could
 * do harm is little: handlers, style sheets and addresses. */
static const char *const harmful[] = { "autofocus", "download", "ping", "style",
	"target", "xml:base" };

static int
compare_attributes(const void *name, const void *entry)
{
	return strcmp(name, ((const struct safe_attribute *)entry)->name);
}

bool
html_attribute_is_safe(enum html_vocabulary v, const char *element,
    const char *name)
{
	if (v != HTML_ELEMENTS)
		return strncmp(name, "on", 2) != 0 && !IN(harmful, name);
	if (g_str_has_prefix(name, "aria-"))
		return true;
	const struct safe_attribute *a = bsearch(name, safe_attributes,
	    G_N_ELEMENTS(safe_attributes), sizeof(*a), compare_attributes);
	if (!a || !a->only)
		return a;
	char key[80];
	g_snprintf(key, sizeof(key), " %s ", element);
	return strstr(a->only, key);
}

/* https://html.spec.whatwg.org/multipage/obsolete.html#non-conforming-features
 */
bool
html_is_look(const char *refused)
{
	static const char *const looks[] = { "align=", "bgcolor=", "border=",
		"cellpadding=", "cellspacing=", "clear=", "color=", "compact=",
		"face=", "height=", "hspace=", "noshade=", "nowrap=", "rel=",
		"rules=", "size=", "target=", "valign=", "vspace=", "width=" };

	return IN(looks, refused);
}

/* What stands in front of the colon, or nothing: then it is relative. Browsers
 * skip white space in front and line ends and tabs anywhere:
 * https://url.spec.whatwg.org/#concept-basic-url-parser */
void
html_url_scheme(struct str url, char scheme[16])
{
	size_t n = 0;
	scheme[0] = '\0';
	for (size_t i = 0; i < url.len; i++) {
		char c = url.p[i];
		if (c == '\t' || c == '\n' || c == '\r')
			continue;
		if (n == 0 && (unsigned char)c <= ' ')
			continue;
		if (c == ':') {
			scheme[n] = '\0';
			return;
		}
		if (!is_alnum(c) && !strchr("+-.", c))
			break;
		if (n < 15)
			scheme[n++] = g_ascii_tolower(c);
	}
	scheme[0] = '\0';
}

bool
html_value_is_good(const char *name, struct str value)
{
	const struct safe_attribute *known = bsearch(name, safe_attributes,
	    G_N_ELEMENTS(safe_attributes), sizeof(*safe_attributes),
	    compare_attributes);

	return !known || !known->is_good || known->is_good(value);
}

bool
html_url_is_safe(struct str url)
{
	static const char *const schemes[] = { "", "doi", "ftp", "http",
		"https", "irc", "ircs", "magnet", "mailto", "news", "tel",
		"urn" };
	char scheme[16];
	html_url_scheme(url, scheme);
	/* Without a scheme but with a colon in front of everything: ":x". */
	return IN(schemes, scheme);
}

/* Is the value for readers only, or a name? */
static bool
is_words(const char *name)
{
	static const char *const words[] = { "alttext", "class", "id", "lang",
		"title", "xlink:title", "xml:lang" };

	return IN(words, name) || g_str_has_prefix(name, "aria-") ||
	    g_str_has_prefix(name, "data-");
}

static bool
starts_nocase(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);

	return s.len >= len && str_is_nocase(str_upto(s, len), prefix);
}

/* Presentation attributes are CSS: https://www.w3.org/TR/css-images-4/.
 * fill="url(#gradient)" is a reference into the picture itself; a backslash
 * could spell such a function in a way that is not seen here. */
static bool
has_address(struct str value)
{
	static const char *const functions[] = { "image(", "image-set(",
		"cross-fade(", "src(", "@import" };

	if (str_find(value, '\\') < value.len)
		return true;
	for (size_t i = 0; i < value.len; i++) {
		struct str rest = str_from(value, i);
		for (size_t k = 0; k < G_N_ELEMENTS(functions); k++)
			if (starts_nocase(rest, functions[k]))
				return true;
		if (!starts_nocase(rest, "url("))
			continue;
		size_t k = 4;
		while (k < rest.len &&
		    (is_space(rest.p[k]) || strchr("\f\"'", rest.p[k])))
			k++;
		if (k == rest.len || rest.p[k] != '#')
			return true;
	}
	return false;
}

bool
html_foreign_value_is_safe(const char *element, const char *name,
    struct str value)
{
	if (!strcmp(element, "a") &&
	    (!strcmp(name, "href") || !strcmp(name, "xlink:href")))
		return html_url_is_safe(value);
	if (!strcmp(name, "href") || !strcmp(name, "xlink:href") ||
	    !strcmp(name, "src"))
		return str_starts(value, "#");
	return is_words(name) || !has_address(value);
}

/* ---- nesting */

/* So many elements may be open at the same time; and so many of those that are
 * closed by what follows, so that most people never write their end tags. A
 * parser may see a comment elsewhere than this does, so those count as well,
 * up to where the time begins to be felt. */
#define MOST_OPEN 500
#define MOST_IMPLIED 5000
#define MOST_ANYWHERE 20000

static const char *const implied_ends[] = { "colgroup", "dd", "dt", "li",
	"optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th",
	"thead", "tr" };

struct depth {
	size_t n_open, n_implied, n_foreign;
};

static void
count_tag(struct depth *d, const char *name, bool is_end, bool is_closed)
{
	if (html_is_void(name) || (is_closed && d->n_foreign > 0))
		return;
	size_t *counters[] = { IN(implied_ends, name) ? &d->n_implied
						      : &d->n_open,
		!strcmp(name, "svg") || !strcmp(name, "math") ? &d->n_foreign
							      : NULL };
	for (size_t i = 0; i < G_N_ELEMENTS(counters); i++) {
		if (!counters[i])
			continue;
		if (!is_end)
			++*counters[i];
		else if (*counters[i] > 0)
			--*counters[i];
	}
}

size_t
html_too_deep(struct str fragment)
{
	struct depth d = { 0 }, anywhere = { 0 };
	size_t comment_end = 0, close = 0; /* close: the next ">" */

	for (size_t i = 0; i < fragment.len; i++) {
		struct str rest = str_from(fragment, i);
		if (i >= comment_end && str_starts(rest, "<!--")) {
			const char *end = g_strstr_len(rest.p, (gssize)rest.len,
			    "-->");
			comment_end = end ? (size_t)(end - fragment.p)
					  : fragment.len;
			continue;
		}
		bool is_end = str_starts(rest, "</");
		rest = str_from(rest, is_end ? 2 : 1);
		if (fragment.p[i] != '<' || rest.len == 0 ||
		    !g_ascii_isalpha(*rest.p))
			continue;
		char name[16];
		size_t n = 0;
		for (; n < rest.len && n < 15 && is_alnum(rest.p[n]); n++)
			name[n] = g_ascii_tolower(rest.p[n]);
		name[n] = '\0';
		if (close <= i)
			close = i + 1 +
			    str_find(str_from(fragment, i + 1), '>');
		bool is_closed = fragment.p[close - 1] == '/';
		count_tag(&anywhere, name, is_end, is_closed);
		if (i >= comment_end)
			count_tag(&d, name, is_end, is_closed);
		if (d.n_open > MOST_OPEN || d.n_implied > MOST_IMPLIED ||
		    anywhere.n_open + anywhere.n_implied > MOST_ANYWHERE)
			return i;
	}
	return fragment.len;
}

bool
html_end_is_optional(const char *name)
{
	return IN(implied_ends, name) || !strcmp(name, "body") ||
	    !strcmp(name, "caption") || !strcmp(name, "head") ||
	    !strcmp(name, "html");
}

bool
html_is_void(const char *name)
{
	return IN(void_elements, name);
}

bool
html_is_boolean(const char *name)
{
	return IN(booleans, name);
}
