#include "import/media.h"

#include "base/fs.h"
#include "port/html.h"

struct scanner {
	struct import *im;
	const struct origin *in;
	struct items *lost;
	struct loc at;
	GString *to;
};

/* "[text](address "title")" in s, from its bracket on. */
struct link_text {
	struct str text, address;
	size_t len; /* of all of it */
};

static size_t
skip_code(struct str s, size_t i)
{
	size_t n = 0;

	while (i + n < s.len && s.p[i + n] == '`')
		n++;
	for (size_t k = i + n; k + n <= s.len; k++) {
		size_t run = 0;
		while (k + run < s.len && s.p[k + run] == '`')
			run++;
		if (run == n)
			return k + n;
		k += run;
	}
	return i + n;
}

/* The offset behind the bracket that closes the one at i, or 0. */
static size_t
close_bracket(struct str s, size_t i)
{
	unsigned depth = 0;

	while (i < s.len) {
		const char c = s.p[i];
		if (c == '`') {
			i = skip_code(s, i);
			continue;
		}
		if (c == '\\')
			i++;
		else if (c == '[')
			depth++;
		else if (c == ']' && --depth == 0)
			return i + 1;
		i++;
	}
	return 0;
}

static bool
read_link(struct str s, struct link_text *l)
{
	const size_t end = close_bracket(s, 0);
	unsigned depth = 0;

	if (!end || end >= s.len || s.p[end] != '(')
		return false;
	l->text = str_upto(str_from(s, 1), end - 2);
	size_t i = end + 1;
	const size_t begin = i;
	const bool is_angled = i < s.len && s.p[i] == '<';
	for (; i < s.len; i++) {
		const char c = s.p[i];
		if (c == '\n' || (!is_angled && is_space(c)) ||
		    (is_angled && c == '>'))
			break;
		depth += !is_angled && c == '(';
		if (!is_angled && c == ')' && depth-- == 0)
			break;
	}
	l->address = str_upto(str_from(s, begin + is_angled),
	    i - begin - is_angled);
	i += is_angled;
	/* A title, if there is one, is lost with the link. */
	const size_t close = str_find(str_from(s, i), ')');
	l->len = i + close + 1;
	return i + close < s.len;
}

static bool
is_of_web(struct str address)
{
	g_autofree char *z = g_strndup(address.p, address.len);

	return strstr(z, "://") || g_str_has_prefix(z, "mailto:") ||
	    g_str_has_prefix(z, "//");
}

/* The medium for a file beside the source, or NULL. */
static const char *
take_file(struct scanner *s, struct str address)
{
	g_autofree char *raw = g_strndup(address.p, address.len);
	g_autofree char *name = g_uri_unescape_string(raw, NULL);
	g_autofree char *folder = g_path_get_dirname(s->in->path);
	g_autofree char *path = g_build_filename(folder, name ? name : raw,
	    NULL);
	g_autofree char *real = fs_real(path);
	g_autofree char *above = fs_real(folder);
	struct str bytes;

	/* Not what a link, or "..", leads to elsewhere. */
	if (!fs_contains(above, real) ||
	    !g_file_test(real, G_FILE_TEST_IS_REGULAR) ||
	    !fs_read(real, s->im->arena, &bytes, s->im->diag))
		return NULL;
	return import_medium(s->im, path, bytes);
}

/* Appends a link as it may stand in the course. */
static void
put_link(struct scanner *s, const struct link_text *l, struct str whole,
    bool is_image)
{
	const char *file = NULL;

	if (is_of_web(l->address)) {
		g_string_append_len(s->to, whole.p, (gssize)whole.len);
		return;
	}
	if (is_image)
		file = take_file(s, l->address);
	if (file) {
		g_autofree char *base = g_path_get_basename(file);
		g_string_append_printf(s->to, "![%.*s](%s)",
		    l->text.len ? (int)l->text.len : (int)strlen(base),
		    l->text.len ? l->text.p : base, file);
		return;
	}
	import_lost(s->im, s->lost, s->at, whole,
	    is_image ? "a picture that is not beside the file"
		     : "a link to something else than the web");
	g_string_append_len(s->to, l->text.p, (gssize)l->text.len);
}

struct image {
	char *src, *alt;
};

static bool
open_image(const char *name, const struct html_attributes *a, void *ctx)
{
	struct image *image = ctx;

	if (strcmp(name, "img") == 0 && !image->src) {
		image->src = g_strdup(html_attribute(a, "src"));
		image->alt = g_strdup(html_attribute(a, "alt"));
	}
	return true;
}

static void
close_nothing(const char *name, void *ctx)
{
	(void)name;
	(void)ctx;
}

/* "<img …>" of raw HTML; its length, or 0 for one that may stay. */
static size_t
take_image(struct scanner *s, struct str rest)
{
	static const struct html_events events = { open_image, close_nothing,
		close_nothing };
	const size_t end = str_find(rest, '>');
	struct image image = { NULL, NULL };

	if (end == rest.len || g_ascii_strncasecmp(rest.p, "<img", 4) != 0)
		return 0;
	html_walk(str_upto(rest, end + 1), &events, &image);
	const struct str src = str_of(image.src ? image.src : "");
	const bool is_local = src.len && !is_of_web(src);
	if (is_local) {
		const struct link_text l = { str_of(image.alt), src, 0 };
		put_link(s, &l, str_upto(rest, end + 1), true);
	}
	g_free(image.src);
	g_free(image.alt);
	return is_local ? end + 1 : 0;
}

/* One line, or several without a fence. */
static void
put_running(struct scanner *s, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		const struct str rest = str_from(text, i);
		const bool is_image = str_starts(rest, "![");
		struct link_text l;
		size_t n = rest.p[0] == '<' ? take_image(s, rest) : 0;
		if (n) {
			i += n;
			continue;
		}
		n = 1;
		if (rest.p[0] == '`') {
			n = skip_code(text, i) - i;
		} else if (rest.p[0] == '\\' && rest.len > 1) {
			n = 2;
		} else if ((is_image || rest.p[0] == '[') &&
		    read_link(str_from(rest, is_image), &l)) {
			put_link(s, &l, str_upto(rest, l.len + is_image),
			    is_image);
			i += l.len + is_image;
			continue;
		}
		g_string_append_len(s->to, rest.p, (gssize)MIN(n, rest.len));
		i += n;
	}
}

const char *
media_of_markdown(struct import *im, const struct origin *in,
    struct items *lost, struct loc at, struct str markdown)
{
	struct scanner s = { im, in, lost, at, g_string_new(NULL) };
	struct str rest = markdown;
	char fence = '\0';

	while (rest.len) {
		const struct str line = str_line(&rest);
		struct str t = line;
		while (t.len && (t.p[0] == ' ' || t.p[0] == '>'))
			t = str_from(t, 1);
		const bool is_fence = str_starts(t, "```") ||
		    str_starts(t, "~~~");
		if (is_fence && (!fence || fence == t.p[0]))
			fence = fence ? '\0' : t.p[0];
		if (fence || is_fence)
			g_string_append_len(s.to, line.p, (gssize)line.len);
		else
			put_running(&s, line);
		if (rest.len)
			g_string_append_c(s.to, '\n');
	}
	const char *result = arena_str(im->arena,
	    (struct str){ s.to->str, s.to->len });
	g_string_free(s.to, TRUE);
	return result;
}
