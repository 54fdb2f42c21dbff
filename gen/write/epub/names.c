#include "base/fs.h"
#include "write/epub/epub.h"

/* No name may be longer than 255 bytes:
 * https://www.w3.org/TR/epub-33/#sec-container-filenames */
#define NAME_MOST 200

static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/*
 * One folder or file name. Whatever is not [a-z0-9.-] is written as "_" and
 * two hexadecimal digits a byte, and "_" as "__": so names stay different, also
 * where case does not count. A name that gets too long is "_x" and its hash.
 */
static void
put_name(GString *out, struct str name)
{
	size_t from = out->len;

	for (size_t i = 0; i < name.len; i++) {
		char c = name.p[i];
		/* None may end with a full stop. */
		if (is_plain(c) || (c == '.' && i + 1 < name.len))
			g_string_append_c(out, c);
		else if (c == '_')
			g_string_append(out, "__");
		else
			g_string_append_printf(out, "_%02x", (unsigned char)c);
	}
	if (out->len - from > NAME_MOST) {
		char hex[33];
		fs_hash(name, hex);
		g_string_truncate(out, from);
		g_string_append_printf(out, "_x%s", hex);
	}
}

static void
put_address(GString *out, const char *address)
{
	struct str rest = str_of(address);

	for (;;) {
		size_t len = str_find(rest, '/');
		put_name(out, str_upto(rest, len));
		if (len == rest.len)
			return;
		g_string_append_c(out, '/');
		rest = str_from(rest, len + 1);
	}
}

void
name_of_page(GString *out, const struct page_ref *page)
{
	static const char *const ours[] = { "a-z", "answers", "cover",
		"title" };

	g_string_append(out, "text/");
	/* No name made above has "_r". */
	for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
		if (strcmp(page->address, ours[i]) == 0)
			g_string_append(out, "_r");
	put_address(out, page->address);
	g_string_append(out, ".xhtml");
}

/* Checkers and readers go by the ending, as small letters: a picture called
 * A.PNG gets another one. */
void
name_of_asset(GString *out, const struct asset *asset)
{
	static const char *const endings[][2] = { { "image/png", ".png" },
		{ "image/jpeg", ".jpg" }, { "image/gif", ".gif" },
		{ "image/svg+xml", ".svg" } };
	const char *dot = strrchr(asset->address, '.');
	g_autofree char *small = g_ascii_strdown(dot ? dot : "", -1);
	const bool is_small = dot && strcmp(dot, small) == 0;

	g_string_append(out, "assets/");
	put_address(out, asset->address);
	for (size_t i = 0; i < G_N_ELEMENTS(endings) && !is_small; i++)
		if (strcmp(asset->media_type, endings[i][0]) == 0)
			g_string_append(out, endings[i][1]);
}

void
name_relative(GString *out, const char *from, const char *to)
{
	size_t same = 0;

	for (size_t i = 0; from[i] && from[i] == to[i]; i++)
		if (from[i] == '/')
			same = i + 1;
	for (const char *p = from + same; *p; p++)
		if (*p == '/')
			g_string_append(out, "../");
	g_string_append(out, to + same);
}

void
name_other(GString *out, const char *from, const char *to)
{
	if (strcmp(from, to) != 0)
		name_relative(out, from, to);
}

static bool
is_raw(const struct view *v, const struct link *l)
{
	for (size_t i = 0; i < v->doc->n_raw_links; i++)
		if (v->doc->raw_links[i] == l)
			return true;
	return false;
}

static bool
is_hex(const char *p)
{
	return g_ascii_isxdigit(p[0]) && g_ascii_isxdigit(p[1]);
}

/* An address of another site, so that it is one by RFC 3986 too: readers are
 * told to refuse the file otherwise. What no address may hold at all is
 * percent-encoded by whoever writes the attribute. */
static bool
put_url(GString *out, const char *url)
{
	static const char *const hosted[] = { "http:", "https:" };

	if (g_str_has_prefix(url, "//"))
		g_string_append(out, "https:");
	for (size_t i = 0; i < G_N_ELEMENTS(hosted); i++) {
		size_t len = strlen(hosted[i]);
		if (g_ascii_strncasecmp(url, hosted[i], len) == 0 &&
		    (strncmp(url + len, "//", 2) != 0 || !url[len + 2] ||
			strchr("/?#:", url[len + 2])))
			return false;
	}
	bool has_host = false;
	for (const char *p = url; *p; p++) {
		if (*p == '%' && !is_hex(p + 1))
			g_string_append(out, "%25");
		else if ((*p == '[' || *p == ']') && has_host)
			g_string_append(out, *p == '[' ? "%5B" : "%5D");
		else
			g_string_append_c(out, *p);
		/* Brackets are good in an IPv6 host. */
		has_host |= p > url && *p == '/' && p[-1] != ':' &&
		    p[-1] != '/';
		has_host |= *p == '?' || *p == '#';
	}
	return true;
}

static bool
put_asset(GString *out, const struct link *l, const struct view *v)
{
	const struct asset *asset = l->to.asset;

	if (l->is_image) {
		g_autoptr(GString) name = g_string_new(NULL);
		name_of_asset(name, asset);
		name_relative(out, v->from, name->str);
		return true;
	}
	/* A book has pages and their images only; other files stay on the
	 * website. */
	if (!v->site->url)
		return false;
	g_autofree char *path = g_uri_escape_string(asset->address, "/", FALSE);
	g_string_append(out, v->site->url);
	g_string_append(out, path);
	return true;
}

static void
put_page(GString *out, const struct link *l, const struct view *v)
{
	g_autoptr(GString) name = g_string_new(NULL);

	name_of_page(name, l->to.page);
	if (l->to.anchor && !v->is_prefixed)
		name_other(out, v->from, name->str);
	else
		name_relative(out, v->from, name->str);
	if (l->to.anchor) {
		g_string_append_c(out, '#');
		g_string_append(out, l->to.anchor);
	}
}

/* The website has it. */
static bool
put_translation(GString *out, const struct link *l, const struct view *v)
{
	if (!v->site->url)
		return false;
	g_autofree char *path = g_uri_escape_string(l->to.page->address, "/",
	    FALSE);
	g_string_append_printf(out, "%s%s.html", v->site->url, path);
	if (l->to.anchor) {
		g_autofree char *id = g_uri_escape_string(l->to.anchor, NULL,
		    FALSE);
		g_string_append_printf(out, "#%s", id);
	}
	return true;
}

static bool
put_target(GString *out, const struct link *l, const struct view *v)
{
	switch (l->to.kind) {
	case TARGET_NONE: return false;
	case TARGET_URL: return !l->is_image && put_url(out, l->to.url);
	case TARGET_PAGE: put_page(out, l, v); return true;
	case TARGET_TRANSLATION: return put_translation(out, l, v);
	case TARGET_ASSET: return put_asset(out, l, v);
	}
	return false;
}

bool
view_address(GString *out, const struct link *l, const void *ctx)
{
	const struct view *v = ctx;

	if (put_target(out, l, v))
		return true;
	if (!is_raw(v, l))
		return false;
	/* In raw HTML an address that is not replaced stays as it is;
	 * xhtml_mend() takes this one out. */
	g_string_truncate(out, 0);
	g_string_append(out, NAME_NOWHERE);
	return true;
}
