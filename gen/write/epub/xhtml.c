#include "base/text.h"
#include "write/epub/epub.h"

struct view
view_of_file(const struct brief *in, const char *name)
{
	static const struct doc none;

	return (struct view){ .from = name,
		.site = in->site,
		.words = in->theme->words,
		.doc = &none,
		.answers = answers_option(in) };
}

const char *
dir_of(const char *lang, const struct site *site)
{
	const bool is_rtl = lang_is_rtl(lang);

	return is_rtl == site->is_rtl ? ""
	    : is_rtl                  ? " dir=\"rtl\""
				      : " dir=\"ltr\"";
}

void
xhtml_begin(GString *out, const struct view *v, const char *title,
    const char *lang, const char *body_type)
{
	/* A page may have a language of its own. */
	const char *dir = lang_is_rtl(lang) ? " dir=\"rtl\""
					    : dir_of(lang, v->site);

	g_string_append(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
	    "<html xmlns=\"http://www.w3.org/1999/xhtml\""
	    " xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"");
	html_attr(out, str_of(lang));
	g_string_append(out, "\" xml:lang=\"");
	html_attr(out, str_of(lang));
	g_string_append_printf(out,
	    "\"%s>\n<head><meta charset=\"UTF-8\"/><title>", dir);
	/* An empty one is an error. */
	html_textz(out, title[0] ? title : v->site->title);
	g_string_append(out,
	    "</title><link rel=\"stylesheet\" type=\"text/css\" href=\"");
	name_relative(out, v->from, EPUB_CSS);
	g_string_append_printf(out, "\"/></head>\n<body epub:type=\"%s\">\n",
	    body_type);
}

void
xhtml_end(GString *out)
{
	g_string_append(out, "</body>\n</html>\n");
}

void
put_lang(GString *out, const char *lang, const struct site *site)
{
	if (strcmp(lang, site->lang) == 0)
		return;
	g_string_append(out, " lang=\"");
	html_attr(out, str_of(lang));
	g_string_append(out, "\" xml:lang=\"");
	html_attr(out, str_of(lang));
	g_string_append_c(out, '"');
}

struct html_policy
view_policy(const struct view *v)
{
	return (struct html_policy){
		.markup = MARKUP_XHTML,
		.words = v->words,
		.address = view_address,
		.ctx = v,
		.with_colours = true,
		.with_tabindex = true,
		/* A book runs nothing, whatever the site may do. */
		.trust = HTML_SAFE,
		.raw_links = v->doc->raw_links,
		.n_raw_links = v->doc->n_raw_links,
	};
}

/* The value of an attribute inside the tag p … end, or NULL. */
static const char *
find_value(const char *p, const char *end, const char *name)
{
	const size_t len = strlen(name);

	for (;;) {
		p = memchr(p, ' ', (size_t)(end - p));
		if (!p || (size_t)(end - p) < len + 3)
			return NULL;
		if (strncmp(p + 1, name, len) == 0 && p[1 + len] == '=' &&
		    p[2 + len] == '"')
			return p + len + 3;
		p++;
	}
}

static struct str
value_of(const char *p, const char *end, const char *name)
{
	const char *value = find_value(p, end, name);
	const char *quote = value ? memchr(value, '"', (size_t)(end - value))
				  : NULL;

	return quote ? (struct str){ value, (size_t)(quote - value) }
		     : (struct str){ NULL, 0 };
}

/* What an attribute at p begins with that names something: behind the quote
 * ids stand, or behind "#". 0: it names nothing. */
static size_t
naming_length(const char *p, bool *is_list)
{
	static const struct {
		const char *begin;
		bool is_list;
	} naming[] = { { " id=\"", false }, { " aria-labelledby=\"", true },
		{ " aria-describedby=\"", true }, { " headers=\"", true },
		{ " href=\"#", false }, { " xlink:href=\"#", false },
		{ "url(#", false } };

	for (size_t i = 0; i < G_N_ELEMENTS(naming); i++) {
		*is_list = naming[i].is_list;
		if (g_str_has_prefix(p, naming[i].begin))
			return strlen(naming[i].begin);
	}
	return 0;
}

/* Copies a tag with a prefix for what it names. */
static void
put_prefixed(GString *out, const char *p, const char *end, const char *prefix)
{
	const char *from = p;
	bool is_list = false;

	while (p < end) {
		bool is_next;
		/* All that names begins so. */
		bool may_name = (*p == ' ' && strchr("iahx", p[1])) ||
		    (*p == 'u' && p[1] == 'r');
		size_t len = may_name ? naming_length(p, &is_next) : 0;
		if (len)
			is_list = is_next;
		else if (*p == '"')
			is_list = false;
		bool is_named = len || (is_list && *p == ' ');
		p += len ? len : 1;
		if (is_named) {
			text_add(out, from, (size_t)(p - from));
			text_addz(out, prefix);
			from = p;
		}
	}
	text_add(out, from, (size_t)(p - from));
}

/* Many reading systems show what is folded, others never do; so it is not
 * folded. True if the tag was one of these. */
static bool
put_unfolded(GString *out, const char *p, const char *end, const char *prefix)
{
	static const struct {
		const char *tag, *class;
	} folding[] = { { "details", "unfold" }, { "summary", "summary" } };

	for (size_t i = 0; i < G_N_ELEMENTS(folding); i++) {
		const bool is_end = p[1] == '/';
		const char *name = p + 1 + is_end;
		const char *rest = name + strlen(folding[i].tag);
		if (!g_str_has_prefix(name, folding[i].tag) ||
		    !strchr(" >", *rest))
			continue;
		if (is_end) {
			g_string_append(out, "</div>");
			return true;
		}
		struct str id = value_of(p, end, "id");
		g_string_append_printf(out, "<div class=\"%s\"",
		    folding[i].class);
		if (id.p)
			g_string_append_printf(out, " id=\"%s%.*s\"",
			    prefix ? prefix : "", (int)id.len, id.p);
		g_string_append_c(out, '>');
		return true;
	}
	return false;
}

/* p is the "<" of a tag of ours and end behind its ">". */
static void
mend_tag(GString *out, const char *p, const char *end, const char *prefix,
    bool is_rtl)
{
	const bool is_image = g_str_has_prefix(p, "<img ");
	struct str to = value_of(p, end, is_image ? "src" : "href");

	if (put_unfolded(out, p, end, prefix))
		return;
	if (is_image && (!to.p || str_is(to, NAME_NOWHERE))) {
		struct str alt = value_of(p, end, "alt");
		g_string_append_len(out, alt.p ? alt.p : "", (gssize)alt.len);
	} else if (str_is(to, NAME_NOWHERE)) {
		const char *attr = to.p - strlen(" href=\"");
		g_string_append_len(out, p, attr - p);
		p = to.p + to.len + 1;
		g_string_append_len(out, p, end - p);
	} else if (is_rtl &&
	    (g_str_has_prefix(p, "<pre") || g_str_has_prefix(p, "<code"))) {
		/* A book's style sheet must not say so:
		 * https://www.w3.org/TR/epub-33/#sec-css-req */
		size_t len = strcspn(p, " >");
		g_string_append_len(out, p, (gssize)len);
		g_string_append(out, " dir=\"ltr\"");
		g_string_append_len(out, p + len, end - p - (gssize)len);
	} else if (prefix) {
		put_prefixed(out, p, end, prefix);
	} else {
		g_string_append_len(out, p, end - p);
	}
}

/* Most tags are of this kind: without an attribute, not <details>, <summary>
 * nor, from right to left, <pre> or <code>. */
static bool
needs_mending(const char *tag, const char *end)
{
	const char *name = tag + 1 + (tag[1] == '/');

	return strchr("dspc", *name) || memchr(tag, ' ', (size_t)(end - tag));
}

void
xhtml_mend(GString *out, size_t at, const char *prefix, bool is_rtl)
{
	g_autofree char *whole = g_strndup(out->str + at, out->len - at);
	const char *p = whole, *behind = whole;

	g_string_truncate(out, at);
	for (;;) {
		/* Both signs stand escaped in text and values. */
		const char *tag = strchr(behind, '<');
		const char *end = tag ? strchr(tag, '>') : NULL;
		if (!end)
			break;
		behind = end + 1;
		if (!needs_mending(tag, end))
			continue;
		g_string_append_len(out, p, tag - p);
		mend_tag(out, tag, behind, prefix, is_rtl);
		p = behind;
	}
	g_string_append(out, p);
}

unsigned
xhtml_look(const GString *out)
{
	unsigned has = 0;

	if (strstr(out->str, "<svg"))
		has |= HAS_SVG;
	if (strstr(out->str, "<math"))
		has |= HAS_MATHML;
	for (const char *p = out->str; (p = strstr(p, "<img ")); p++) {
		const char *end = strchr(p, '>');
		struct str alt = value_of(p, end ? end : p, "alt");
		has |= HAS_IMAGE;
		/* An empty one says that it is decoration. */
		if (!alt.p)
			has |= HAS_IMAGE_WITHOUT_ALT;
	}
	for (const char *p = out->str; (p = strstr(p, "<table")); p++) {
		const char *end = strstr(p, "</table>");
		has |= HAS_TABLE;
		if (!end ||
		    (!g_strstr_len(p, end - p, "<th ") &&
			!g_strstr_len(p, end - p, "<th>")))
			has |= HAS_TABLE_WITHOUT_HEAD;
	}
	return has;
}

void
put_labelled(GString *out, const char *class, const char *label,
    const struct node *content, const struct html_policy *p)
{
	bool is_phrase = node_is_phrase(content);

	g_string_append_printf(out, "<%s class=\"%s\"><b class=\"label\">",
	    is_phrase ? "p" : "div", class);
	html_textz(out, label);
	g_string_append(out, is_phrase ? "</b> " : "</b>\n");
	html_tight(out, content, p);
	g_string_append(out, is_phrase ? "</p>\n" : "</div>\n");
}
