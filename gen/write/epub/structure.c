/* What a finished document needs to be found its way in: headings without
 * gaps, and places for the lists of tables, figures and pages. */
#include "base/text.h"
#include "write/epub/epub.h"

/* p is at "<h2 …" or "</h2>". */
static bool
is_heading(const char *p)
{
	return p[0] == 'h' && p[1] >= '1' && p[1] <= '6' &&
	    (p[2] == ' ' || p[2] == '>');
}

void
structure_level(GString *out, size_t from)
{
	/* Of the headings that the next one could stand below: their levels
	 * as they were and as they are now. */
	char was[6], is[6];
	size_t n = 0;

	for (char *p = out->str + from; (p = strchr(p, '<')); p++) {
		if (p[1] == '/' && is_heading(p + 2) && n)
			p[3] = is[n - 1];
		if (!is_heading(p + 1))
			continue;
		while (n && was[n - 1] >= p[2])
			n--;
		was[n] = p[2];
		is[n] = n ? (char)(is[n - 1] + 1) : '1';
		p[2] = is[n++];
	}
}

/* With a name a section is a landmark, and landmarks of one name cannot be
 * told apart; the title inside says the same. */
void
structure_unname(GString *out)
{
	static const char notice[] = "role=\"doc-notice\" aria-label=\"";

	for (char *p = out->str; (p = strstr(p, notice));) {
		char *label = p + strlen("role=\"doc-notice\"");
		const char *end = strchr(p + strlen(notice), '"');
		size_t at = (size_t)(label - out->str);
		if (!end)
			return;
		g_string_erase(out, (gssize)at, end + 1 - label);
		p = out->str + at;
	}
}

/* Text without its tags. */
static void
put_plain(GString *out, const char *p, const char *end)
{
	while (p < end) {
		const char *tag = memchr(p, '<', (size_t)(end - p));
		text_add(out, p, (size_t)((tag ? tag : end) - p));
		const char *close = tag ? strchr(tag, '>') : NULL;
		p = close ? close + 1 : end;
	}
}

struct lister {
	const struct lists *to;
	const struct view *view;
	const char *lang; /* of the page */
	unsigned n;
};

/* The id of the tag at p, empty for none. */
static struct str
id_of(const char *p)
{
	const char *id = g_strstr_len(p, strchr(p, '>') - p, " id=\"");

	if (!id)
		return (struct str){ "", 0 };
	id += strlen(" id=\"");
	return (struct str){ id, strcspn(id, "\"") };
}

/* An entry of a list, that leads to the next id, or to one that is there. */
static void
put_entry(struct lister *l, GString *list, struct str id, const char *text,
    const char *end)
{
	g_string_append_printf(list, "<li><a href=\"%s#", l->view->from);
	if (id.len)
		text_add(list, id.p, id.len);
	else
		g_string_append_printf(list, "List-%u", ++l->n);
	g_string_append_c(list, '"');
	put_lang(list, l->lang, l->view->site);
	g_string_append_c(list, '>');
	put_plain(list, text, end);
	g_string_append(list, "</a></li>\n");
}

/* True if what begins at p, a "<", belongs into a list, and wants an id; it is
 * there now. */
static bool
take_table(struct lister *l, const char *p)
{
	const char *text, *end;

	if (!g_str_has_prefix(p, "<caption>"))
		return false;
	text = p + strlen("<caption>");
	end = strstr(text, "</caption>");
	if (!end || end == text)
		return false;
	put_entry(l, l->to->tables, (struct str){ "", 0 }, text, end);
	return true;
}

/* Pictures and drawings are called by their captions. A listing is neither. */
static bool
take_figure(struct lister *l, const char *p)
{
	if (!g_str_has_prefix(p, "<figure") || !strchr(" >", p[7]) ||
	    g_str_has_prefix(p, "<figure class=\"code\""))
		return false;
	const char *close = strstr(p, "</figure>");
	const char *text = close ? g_strstr_len(p, close - p, "<figcaption")
				 : NULL;
	text = text ? strchr(text, '>') : NULL;
	const char *end = text ? strstr(text, "</figcaption>") : NULL;
	if (!end || end == text + 1)
		return false;
	const struct str given = id_of(p);
	put_entry(l, l->to->figures, given, text + 1, end);
	return given.len == 0;
}

/* A page of the print edition begins at p: the tag says so to readers that know
 * its role, https://www.w3.org/TR/dpub-aria-1.1/#doc-pagebreak, and to others.
 * Its label is the page's number. */
static bool
take_page(struct lister *l, GString *out, const char *p)
{
	static const char *const labels[] = { " aria-label=\"", " title=\"" };
	const char *end = strchr(p, '>');
	const char *label = NULL;

	if (!g_strstr_len(p, end - p, " role=\"doc-pagebreak\""))
		return false;
	for (size_t i = 0; !label && i < G_N_ELEMENTS(labels); i++) {
		label = g_strstr_len(p, end - p, labels[i]);
		label = label ? label + strlen(labels[i]) : NULL;
	}
	if (!label || *label == '"')
		return false;
	const struct str given = id_of(p);
	put_entry(l, l->to->pages, given, label, strchr(label, '"'));
	text_addz(out, " epub:type=\"pagebreak\"");
	return given.len == 0;
}

void
structure_list(GString *out, size_t from, const struct lists *to,
    const struct view *v, const char *lang)
{
	struct lister l = { to, v, lang, 0 };
	const char *text = out->str + from;

	if (!strstr(text, "<caption>") && !strstr(text, "<figure") &&
	    !strstr(text, "\"doc-pagebreak\""))
		return;
	g_autofree char *whole = g_strndup(text, out->len - from);
	const char *p = whole;
	g_string_truncate(out, from);
	for (const char *tag; (tag = strchr(p, '<'));) {
		size_t name = strcspn(tag, " >");
		text_add(out, p, (size_t)(tag - p) + name);
		p = tag + name;
		if (take_table(&l, tag) || take_figure(&l, tag) ||
		    take_page(&l, out, tag))
			g_string_append_printf(out, " id=\"List-%u\"", l.n);
	}
	text_addz(out, p);
}
