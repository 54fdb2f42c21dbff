#include "doc/autolink.h"

static const char *
scheme_at(struct str s)
{
	static const char *const starts[] = { "https://", "http://", "www.",
		NULL };

	for (size_t i = 0; starts[i]; i++)
		if (str_starts(s, starts[i]))
			return starts[i];
	return NULL;
}

/* A link may begin at the start, behind white space or one of * _ ~ (. */
static bool
may_begin(struct str text, size_t i)
{
	return i == 0 || is_space(text.p[i - 1]) ||
	    strchr("*_~(", text.p[i - 1]) != NULL;
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
		if (strchr("?!.,:*_~'\"", c)) {
			len--;
		} else if (c == ')' && close > open) {
			close--;
			len--;
		} else if (c == ';') {
			size_t i = len - 1;
			while (i > 0 && is_alnum(s.p[i - 1]))
				i--;
			if (i == 0 || s.p[i - 1] != '&' || i == len - 1)
				break;
			len = i - 1;
		} else {
			break;
		}
	}
	return len;
}

/* Segments of letters, digits, "-", "_" parted by dots, at least one dot; no
 * "_" in the last two. */
static bool
is_domain(struct str s)
{
	size_t i = 0, dots = 0;
	bool has_last = false, has_before = false, any = false;

	for (; i < s.len; i++) {
		char c = s.p[i];
		if (c == '.') {
			if (!any)
				return false;
			dots++;
			has_before = has_last;
			has_last = any = false;
		} else if (c == '_') {
			has_last = any = true;
		} else if (is_alnum(c) || c == '-' || (c & 0x80)) {
			any = true;
		} else {
			break;
		}
	}
	return dots > 0 && !has_last && !has_before;
}

static size_t
link_length(struct str s)
{
	const char *start = scheme_at(s);
	size_t skip = strcmp(start, "www.") == 0 ? 0 : strlen(start);
	size_t len = 0;

	/* First what is cheap: most of what fails has no domain. */
	if (!is_domain(str_from(s, skip)))
		return 0;
	while (len < s.len && !is_space(s.p[len]) && s.p[len] != '<')
		len++;
	len = trim_end(str_upto(s, len));
	if (len <= strlen(start) ||
	    !is_domain(str_from(str_upto(s, len), skip)))
		return 0;
	return len;
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
	n->link->url = str_starts(shown, "www.")
	    ? arena_printf(a, "http://%.*s", STR_ARG(shown))
	    : arena_str(a, shown);
	n->link->at = node_loc(in, n);
	g_ptr_array_add(links, n->link);
	return n;
}

struct node *
autolink_split(struct node *text, const struct origin *in, GPtrArray *links,
    struct arena *a)
{
	struct str s = text->text;

	for (size_t i = 0; i < s.len; i++) {
		if ((s.p[i] != 'h' && s.p[i] != 'w') || !may_begin(s, i) ||
		    !scheme_at(str_from(s, i)))
			continue;
		size_t len = link_length(str_from(s, i));
		if (len == 0)
			continue;
		struct node *link = new_link(text, i, len, in, links, a);
		struct node *rest = NULL;
		if (i + len < s.len) {
			rest = node_new(a, NODE_TEXT, text);
			if (rest->col)
				rest->col = (text->col + (unsigned)(i + len)) &
				    0xffffff;
			rest->text = str_from(s, i + len);
		}
		link->next = rest ? rest : text->next;
		if (rest)
			rest->next = text->next;
		text->next = link;
		text->text = str_upto(s, i);
		return rest ? autolink_split(rest, in, links, a) : link;
	}
	return text;
}
