#include "doc/autolink.h"

/* The rules are those of GitHub's own program, which links more than its
 * specification says: behind any character but a letter, and without a dot in
 * the name of the host (http://localhost).
 * https://github.com/github/cmark-gfm/blob/master/extensions/autolink.c */

/* The length of the scheme that a link begins with, 0 for none. */
static size_t
scheme_length(struct str s)
{
	static const char *const schemes[] = { "https://", "http://" };

	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t len = strlen(schemes[i]);
		if (s.len > len && str_is_nocase(str_upto(s, len), schemes[i]))
			return len;
	}
	return 0;
}

static bool
may_begin(struct str text, size_t i, bool has_scheme)
{
	if (i == 0)
		return true;
	if (has_scheme)
		return !g_ascii_isalpha(text.p[i - 1]);
	return is_space(text.p[i - 1]) || strchr("*_~(", text.p[i - 1]) != NULL;
}

/* Behind what ends in something like an entity ("&hl;") or in another ";". */
static size_t
trim_semicolon(struct str s)
{
	size_t i = s.len - 1;

	while (i > 0 && g_ascii_isalpha(s.p[i - 1]))
		i--;
	bool is_entity = i > 0 && i < s.len - 1 && s.p[i - 1] == '&';
	return is_entity ? i - 1 : s.len - 1;
}

/* Trailing punctuation is no part of a link, nor is a ")" without "(", nor
 * something that looks like an entity. */
static size_t
trim_end(struct str s)
{
	size_t len = s.len, open = 0, close = 0;

	for (size_t i = 0; i < len; i++) {
		open += s.p[i] == '(';
		close += s.p[i] == ')';
	}
	while (len) {
		char c = s.p[len - 1];
		if (c == ';') {
			len = trim_semicolon(str_upto(s, len));
		} else if (c == ')' && close > open) {
			close--;
			len--;
		} else if (strchr("?!.,:*_~'\"", c)) {
			len--;
		} else {
			break;
		}
	}
	return len;
}

static bool
is_host_char(char c)
{
	return is_alnum(c) || c == '-' || (c & 0x80);
}

/* Segments of letters, digits, "-", "_" parted by dots; no "_" in the last
 * two. */
static bool
is_domain(struct str s, bool needs_dot)
{
	bool has_last = false, has_before = false;
	size_t i = 0, dots = 0;

	for (; i < s.len; i++) {
		if (s.p[i] == '.') {
			dots++;
			has_before = has_last;
			has_last = false;
		} else if (s.p[i] == '_') {
			has_last = true;
		} else if (!is_host_char(s.p[i])) {
			break;
		}
	}
	/* "www." alone is not the name of a host. */
	bool is_complete = !needs_dot ||
	    (dots && (dots > 1 || s.p[i - 1] != '.'));
	return is_complete && !has_last && !has_before;
}

/* The length of the link at text[i], 0 for none. */
static size_t
link_length(struct str text, size_t i)
{
	struct str s = str_from(text, i);
	size_t scheme = scheme_length(s), len = 0;

	if ((!scheme && !str_starts(s, "www.")) ||
	    !may_begin(text, i, scheme > 0))
		return 0;
	/* First what is cheap: most of what fails has no domain. */
	if ((scheme && (!is_host_char(s.p[scheme]) || s.p[scheme] == '-')) ||
	    !is_domain(str_from(s, scheme), !scheme))
		return 0;
	while (len < s.len && !is_space(s.p[len]) && s.p[len] != '<')
		len++;
	return trim_end(str_upto(s, len));
}

static struct node *
new_link(struct node *text, size_t offset, size_t len, const struct origin *in,
    GPtrArray *links, struct arena *a)
{
	struct str shown = str_upto(str_from(text->text, offset), len);
	struct node *n = node_new(a, NODE_LINK, text);
	struct node *inner = node_new(a, NODE_TEXT, text);

	if (n->col)
		n->col = inner->col = (text->col + (unsigned)offset) & 0xffffff;
	inner->text = shown;
	n->child = inner;
	n->link = arena_obj(a, struct link);
	n->link->url = !scheme_length(shown)
	    ? arena_printf(a, "http://%.*s", STR_ARG(shown))
	    : arena_str(a, shown);
	n->link->at = node_loc(in, n);
	g_ptr_array_add(links, n->link);
	return n;
}

/* Puts a link over a part of text; returns what is left behind it, or the
 * link if that is nothing. */
static struct node *
split(struct node *text, size_t i, size_t len, const struct origin *in,
    GPtrArray *links, struct arena *a)
{
	struct node *link = new_link(text, i, len, in, links, a);
	struct node *rest = link;

	link->next = text->next;
	if (i + len < text->text.len) {
		rest = node_new(a, NODE_TEXT, text);
		if (rest->col)
			rest->col = (text->col + (unsigned)(i + len)) &
			    0xffffff;
		rest->text = str_from(text->text, i + len);
		rest->next = text->next;
		link->next = rest;
	}
	text->next = link;
	text->text = str_upto(text->text, i);
	return rest;
}

struct node *
autolink_split(struct node *text, const struct origin *in, GPtrArray *links,
    struct arena *a)
{
	const struct str whole = text->text;
	size_t from = 0, n_open = 0; /* brackets */

	for (size_t i = 0; i < whole.len; i++) {
		char c = whole.p[i];
		n_open += c == '[';
		n_open -= c == ']' && n_open;
		/* In brackets it might have become a link's text. */
		if (!strchr("hHw", c) || n_open)
			continue;
		size_t len = link_length(whole, i);
		if (len == 0)
			continue;
		text = split(text, i - from, len, in, links, a);
		from = i + len;
		if (text->kind == NODE_LINK)
			break;
		i = from - 1;
	}
	return text;
}
