#include "port/svg.h"

#include "base/text.h"
#include "port/html_rules.h"

#include <glib.h>

/* https://www.w3.org/TR/xml/ as far as it takes to find the tags, and to be
 * sure that there are no others. */

enum {
	/* Browsers give up somewhere near. */
	NESTING_MOST = 1000,
	LENGTH_MOST = 100,
	REFERENCE_MOST = 40,
	PROLOG_SPACE_MOST = 1024
};

struct svg {
	struct image *out;
	struct str rest;
	struct str whole;
	GArray *open; /* struct str: names of the elements */
	bool is_broken; /* but it may go on */
	bool has_root; /* has been seen */
	bool has_namespace;
	bool has_entities; /* declared in the document type */
	bool has_unknown; /* one of these was met since this was cleared */
	GString *value; /* of an attribute, without references */
	GString *text; /* of the style element that is open */
	guint style_depth; /* where that is in `open`, from 1; 0: none */
	double width, height; /* 0: not given */
	double box_width, box_height;
};

/* The offset of the first one, or s.len. */
static size_t
find(struct str s, const char *text)
{
	const char *found = s.len ? memmem(s.p, s.len, text, strlen(text))
				  : NULL;

	return found ? (size_t)(found - s.p) : s.len;
}

static struct str
str_of_text(const GString *s)
{
	return (struct str){ s->str, s->len };
}

static bool
str_in(struct str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is_nocase(s, list[i]))
			return true;
	return false;
}

#define STR_IN(s, list) str_in((s), (list), G_N_ELEMENTS(list))

/* The name without its prefix. */
static struct str
local_name(struct str name)
{
	size_t colon = str_find(name, ':');

	return colon < name.len ? str_from(name, colon + 1) : name;
}

static bool
starts_nocase(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);

	return s.len >= len && str_is_nocase(str_upto(s, len), prefix);
}

static void
svg_skip_space(struct svg *s)
{
	while (s->rest.len && is_space(s->rest.p[0]))
		s->rest = str_from(s->rest, 1);
}

/* What stands in front of `end`; the rest begins behind it. */
static bool
svg_take(struct svg *s, const char *end, struct str *out)
{
	size_t at = find(s->rest, end);

	if (at == s->rest.len)
		return false;
	*out = str_upto(s->rest, at);
	s->rest = str_from(s->rest, at + strlen(end));
	return true;
}

static struct str
svg_name(struct svg *s)
{
	size_t n = 0;

	while (n < s->rest.len && !is_space(s->rest.p[n]) &&
	    !strchr("<>/=\"'&[", s->rest.p[n]))
		n++;
	struct str name = str_upto(s->rest, n);
	s->rest = str_from(s->rest, n);
	return name;
}

/* ---- references */

static bool
add_character(GString *to, struct str digits)
{
	unsigned base = 10;
	gunichar c = 0;

	if (str_starts(digits, "x")) {
		base = 16;
		digits = str_from(digits, 1);
	}
	if (digits.len == 0)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = g_ascii_xdigit_value(digits.p[i]);
		if (digit < 0 || (unsigned)digit >= base)
			return false;
		c = c * base + (unsigned)digit;
		if (c > 0x10ffff)
			return false;
	}
	if (c < ' ' ? c != '\t' && c != '\n' && c != '\r'
		    : !g_unichar_validate(c))
		return false;
	g_string_append_unichar(to, c);
	return true;
}

static bool
add_reference(struct svg *s, GString *to, struct str name)
{
	static const struct {
		const char *name;
		char c;
	} known[] = { { "amp", '&' }, { "apos", '\'' }, { "gt", '>' },
		{ "lt", '<' }, { "quot", '"' } };

	if (str_starts(name, "#"))
		return add_character(to, str_from(name, 1));
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (str_is(name, known[i].name)) {
			g_string_append_c(to, known[i].c);
			return true;
		}
	}
	s->has_unknown = true;
	return s->has_entities && name.len > 0;
}

/* Appends the raw text with what its references stand for. */
static bool
add_text(struct svg *s, GString *to, struct str raw)
{
	while (raw.len > 0) {
		size_t n = str_find(raw, '&');
		text_add(to, raw.p, n);
		raw = str_from(raw, n);
		if (raw.len == 0)
			break;
		struct str name = str_upto(str_from(raw, 1), REFERENCE_MOST);
		size_t end = str_find(name, ';');
		if (end == name.len ||
		    !add_reference(s, to, str_upto(name, end)))
			return false;
		raw = str_from(raw, end + 2);
	}
	return true;
}

/* ---- what is more than a drawing */

/* Only of the file itself: url(#id) and url(data:…). A backslash could spell
 * anything: https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point */
static bool
css_is_harmless(struct str css)
{
	for (size_t i = 0; i < css.len; i++) {
		struct str rest = str_from(css, i);
		if (css.p[i] == '\\' || starts_nocase(rest, "@import") ||
		    starts_nocase(rest, "image-set("))
			return false;
		if (!starts_nocase(rest, "url("))
			continue;
		for (i += 4; i < css.len &&
		     (is_space(css.p[i]) || strchr("\"'", css.p[i]));)
			i++;
		rest = str_from(css, i);
		if (!str_starts(rest, "#") && !starts_nocase(rest, "data:"))
			return false;
		/* A backslash may be the very next. */
		i--;
	}
	return true;
}

/* A part of the file, a pixel image inside the address, or on <a> a link that
 * a reader would have to follow. */
static bool
address_is_harmless(struct str element, struct str url)
{
	static const char *const pixels[] = { "avif", "bmp", "gif", "jpeg",
		"jpg", "png", "webp" };

	if (url.len == 0 || url.p[0] == '#')
		return true;
	if (starts_nocase(url, "data:image/")) {
		struct str type = str_from(url, strlen("data:image/"));
		size_t comma = str_find(str_upto(type, LENGTH_MOST), ',');
		type = str_upto(type, comma);
		return STR_IN(str_upto(type, str_find(type, ';')), pixels);
	}
	return str_is(element, "a") && html_url_is_safe(url);
}

static bool
element_is_harmless(struct str name)
{
	/* Also what works under the name of XHTML. */
	static const char *const refused[] = { "audio", "base", "embed",
		"foreignObject", "form", "frame", "handler", "iframe", "img",
		"listener", "meta", "object", "script", "video" };

	return !STR_IN(local_name(name), refused);
}

/* s->value is the attribute's. */
static bool
attribute_is_harmless(const struct svg *s, struct str element, struct str name)
{
	static const char *const refused[] = { "action", "formaction", "ping",
		"poster", "srcdoc", "srcset" };
	static const char *const css[] = { "by", "clip-path", "color-profile",
		"cursor", "fill", "filter", "from", "marker", "marker-end",
		"marker-mid", "marker-start", "mask", "stroke", "style", "to",
		"values" };
	struct str value = str_trim(str_of_text(s->value));
	struct str local = local_name(name);

	/* Handlers have no prefix; "on:click" has. */
	if (starts_nocase(name, "on") && local.len == name.len)
		return false;
	if (STR_IN(local, refused) || str_is_nocase(name, "xml:base"))
		return false;
	if (str_is_nocase(local, "href") || str_is_nocase(local, "src"))
		return !s->has_unknown &&
		    address_is_harmless(local_name(element), value);
	/* Animations can set what they could not say themselves. */
	if (str_is_nocase(name, "attributeName"))
		return !s->has_unknown && !starts_nocase(value, "on") &&
		    !str_is_nocase(local_name(value), "href");
	return !STR_IN(name, css) ||
	    (!s->has_unknown && css_is_harmless(value));
}

/* ---- size */

/* Takes a number off, in the syntax of
 * https://www.w3.org/TR/css-values-4/#numbers; false if there is none. The
 * bytes must end in a NUL. */
static bool
take_number(struct str *s, double *out)
{
	struct str digits = str_from(*s,
	    str_starts(*s, "+") || str_starts(*s, "-") ? 1 : 0);
	char *end;

	/* strtod() takes more: spaces, "inf", "nan" and "0x1p3". */
	if (digits.len == 0 ||
	    (!g_ascii_isdigit(digits.p[0]) && digits.p[0] != '.') ||
	    starts_nocase(digits, "0x"))
		return false;
	*out = g_ascii_strtod(s->p, &end);
	if (end == s->p)
		return false;
	*s = str_from(*s, (size_t)(end - s->p));
	return true;
}

/* In CSS pixels; 0 if it says nothing without what is around the image. */
static double
length_of(struct str s)
{
	static const struct {
		const char *name;
		double pixels;
	} units[] = { { "", 1 }, { "px", 1 }, { "pt", 96 / 72.0 }, { "pc", 16 },
		{ "in", 96 }, { "cm", 96 / 2.54 }, { "mm", 96 / 25.4 },
		{ "q", 96 / 101.6 } };
	double n;

	while (s.len && is_space(s.p[0]))
		s = str_from(s, 1);
	if (s.len > LENGTH_MOST || !take_number(&s, &n) || n <= 0)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
		if (str_is_nocase(str_trim(s), units[i].name))
			return n * units[i].pixels;
	return 0;
}

static void
read_view_box(struct svg *s, struct str value)
{
	double n[4] = { 0 };

	if (value.len > 4 * LENGTH_MOST)
		return;
	for (size_t i = 0; i < 4; i++) {
		while (value.len && (is_space(value.p[0]) || value.p[0] == ','))
			value = str_from(value, 1);
		if (!take_number(&value, &n[i]))
			return;
	}
	if (str_trim(value).len == 0 && n[2] > 0 && n[3] > 0) {
		s->box_width = n[2];
		s->box_height = n[3];
	}
}

static unsigned
round_size(double n)
{
	return n + 0.5 >= 1 && n <= IMAGE_SIZE_MOST ? (unsigned)(n + 0.5) : 0;
}

/* https://www.w3.org/TR/css-images-3/#default-sizing: one side and the shape
 * give the other. */
static void
size_svg(const struct svg *s)
{
	double width = s->width, height = s->height;

	if (s->box_width > 0 && width <= 0)
		width = height > 0 ? height / s->box_height * s->box_width
				   : s->box_width;
	if (s->box_width > 0 && height <= 0)
		height = width / s->box_width * s->box_height;
	if (round_size(width) && round_size(height)) {
		s->out->width = round_size(width);
		s->out->height = round_size(height);
	}
}

/* s->value is the attribute's. */
static void
read_root_attribute(struct svg *s, struct str element, struct str name)
{
	struct str value = str_of_text(s->value);
	size_t colon = str_find(element, ':');
	bool is_declaration = colon == element.len
	    ? str_is(name, "xmlns")
	    : str_starts(name, "xmlns:") &&
		str_eq(str_from(name, 6), str_upto(element, colon));

	if (is_declaration &&
	    (s->has_unknown || str_is(value, "http://www.w3.org/2000/svg")))
		s->has_namespace = true;
	if (s->has_unknown)
		return;
	if (str_is(name, "width"))
		s->width = length_of(value);
	else if (str_is(name, "height"))
		s->height = length_of(value);
	else if (str_is(name, "viewBox"))
		read_view_box(s, value);
}

/* ---- markup */

static bool
take_attribute(struct svg *s, struct str element)
{
	struct str name = svg_name(s), raw;
	char quote[2] = { 0 };

	svg_skip_space(s);
	if (name.len == 0 || !str_starts(s->rest, "="))
		return false;
	s->rest = str_from(s->rest, 1);
	svg_skip_space(s);
	if (!str_starts(s->rest, "\"") && !str_starts(s->rest, "'"))
		return false;
	quote[0] = s->rest.p[0];
	s->rest = str_from(s->rest, 1);
	g_string_truncate(s->value, 0);
	s->has_unknown = false;
	if (!svg_take(s, quote, &raw) || str_find(raw, '<') < raw.len ||
	    !add_text(s, s->value, raw))
		return false;
	if (!attribute_is_harmless(s, element, name))
		s->out->has_script = true;
	if (s->open->len == 0)
		read_root_attribute(s, element, name);
	return true;
}

static bool
take_start_tag(struct svg *s)
{
	struct str name = svg_name(s);

	if (s->open->len == 0) {
		if (s->has_root || !str_is(local_name(name), "svg"))
			return false;
		s->has_root = true;
		s->out->kind = IMAGE_SVG;
	}
	if (name.len == 0 || s->open->len >= NESTING_MOST)
		return false;
	if (!element_is_harmless(name))
		s->out->has_script = true;
	for (;;) {
		bool has_space = s->rest.len && is_space(s->rest.p[0]);
		svg_skip_space(s);
		if (str_starts(s->rest, ">") || str_starts(s->rest, "/>"))
			break;
		if (!has_space || !take_attribute(s, name))
			return false;
	}
	if (s->open->len == 0) {
		size_svg(s);
		if (!s->has_namespace)
			return false;
	}
	bool is_empty = s->rest.p[0] == '/';
	s->rest = str_from(s->rest, is_empty ? 2 : 1);
	if (is_empty)
		return true;
	g_array_append_val(s->open, name);
	if (!s->style_depth && str_is_nocase(local_name(name), "style")) {
		s->style_depth = s->open->len;
		g_string_truncate(s->text, 0);
	}
	return true;
}

static bool
take_end_tag(struct svg *s)
{
	struct str name = svg_name(s);
	guint depth = s->open->len;

	svg_skip_space(s);
	if (depth == 0 || !str_starts(s->rest, ">") ||
	    !str_eq(name, g_array_index(s->open, struct str, depth - 1)))
		return false;
	s->rest = str_from(s->rest, 1);
	if (s->style_depth == depth) {
		if (!css_is_harmless(str_of_text(s->text)))
			s->out->has_script = true;
		s->style_depth = 0;
	}
	g_array_set_size(s->open, depth - 1);
	return true;
}

/* Of an XML declaration. In others, bytes that look like ASCII may be parts of
 * other characters. */
static bool
encoding_is_plain(struct str declaration)
{
	static const char *const plain[] = { "ascii", "iso-8859-", "latin1",
		"us-ascii", "utf-16", "utf-8", "utf8", "windows-125" };
	struct str name = str_from(declaration, find(declaration, "encoding"));

	while (name.len && name.p[0] != '"' && name.p[0] != '\'')
		name = str_from(name, 1);
	if (name.len == 0)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(plain); i++)
		if (starts_nocase(str_from(name, 1), plain[i]))
			return true;
	return false;
}

static bool
take_instruction(struct svg *s)
{
	bool is_first = s->rest.p == s->whole.p + 2;
	struct str content;

	if (!svg_take(s, "?>", &content))
		return false;
	size_t n = 0;
	while (n < content.len && !is_space(content.p[n]))
		n++;
	struct str target = str_upto(content, n);
	if (str_is_nocase(target, "xml")) {
		s->is_broken = s->is_broken || !is_first;
		if (!encoding_is_plain(content))
			s->out->has_script = true;
	}
	/* Style sheets of other files, and programs as such: XSLT. */
	if (str_is(target, "xml-stylesheet"))
		s->out->has_script = true;
	return true;
}

/* Inside of the brackets of a document type. */
static bool
take_declaration(struct svg *s)
{
	struct str start = s->rest;
	bool is_entity = str_starts(start, "!ENTITY");

	while (s->rest.len && s->rest.p[0] != '>') {
		struct str quoted;
		const char *quote = s->rest.p[0] == '"' ? "\""
		    : s->rest.p[0] == '\''              ? "'"
							: NULL;
		s->rest = str_from(s->rest, 1);
		if (quote && !svg_take(s, quote, &quoted))
			return false;
	}
	struct str d = str_upto(start, start.len - s->rest.len);
	if (is_entity)
		s->has_entities = true;
	/* Entities that are more than a few characters of text, and default
	 * values of attributes. */
	if (is_entity ? str_find(d, '<') < d.len || str_find(d, '&') < d.len ||
		    str_find(d, '%') < d.len || find(d, "SYSTEM") < d.len ||
		    find(d, "PUBLIC") < d.len
		      : !str_starts(d, "!ELEMENT"))
		s->out->has_script = true;
	s->rest = str_from(s->rest, 1);
	return true;
}

static bool
take_subset(struct svg *s)
{
	struct str skipped;

	for (;;) {
		svg_skip_space(s);
		if (s->rest.len == 0)
			return false;
		char c = s->rest.p[0];
		s->rest = str_from(s->rest, 1);
		if (c == ']')
			return true;
		if (c == '%') {
			/* The text of an entity, as declarations. */
			s->out->has_script = true;
			if (!svg_take(s, ";", &skipped))
				return false;
		} else if (c != '<') {
			return false;
		} else if (str_starts(s->rest, "!--")) {
			s->rest = str_from(s->rest, 3);
			if (!svg_take(s, "-->", &skipped))
				return false;
		} else if (str_starts(s->rest, "?")) {
			s->rest = str_from(s->rest, 1);
			if (!take_instruction(s))
				return false;
		} else if (!take_declaration(s)) {
			return false;
		}
	}
}

/* The file that it may name is not read by browsers. */
static bool
take_document_type(struct svg *s)
{
	struct str skipped;

	svg_skip_space(s);
	if (s->has_root)
		return false;
	if (str_is(local_name(svg_name(s)), "svg"))
		s->out->kind = IMAGE_SVG;
	while (s->rest.len) {
		char c = s->rest.p[0];
		s->rest = str_from(s->rest, 1);
		if (c == '>')
			return true;
		if (((c == '"' || c == '\'') &&
			!svg_take(s, c == '"' ? "\"" : "'", &skipped)) ||
		    (c == '[' && !take_subset(s)))
			return false;
	}
	return false;
}

/* Behind "<". */
static bool
take_markup(struct svg *s)
{
	struct str content;

	if (str_starts(s->rest, "!--")) {
		s->rest = str_from(s->rest, 3);
		return svg_take(s, "-->", &content);
	}
	if (str_starts(s->rest, "![CDATA[")) {
		s->rest = str_from(s->rest, 8);
		if (s->open->len == 0 || !svg_take(s, "]]>", &content))
			return false;
		if (s->style_depth)
			text_add(s->text, content.p, content.len);
		return true;
	}
	if (str_starts(s->rest, "!DOCTYPE")) {
		s->rest = str_from(s->rest, 8);
		return take_document_type(s);
	}
	if (!str_starts(s->rest, "?") && !str_starts(s->rest, "/"))
		return take_start_tag(s);
	bool is_end = s->rest.p[0] == '/';
	s->rest = str_from(s->rest, 1);
	return is_end ? take_end_tag(s) : take_instruction(s);
}

static bool
take_text(struct svg *s)
{
	struct str raw = str_upto(s->rest, str_find(s->rest, '<'));

	s->rest = str_from(s->rest, raw.len);
	if (s->open->len == 0)
		return str_trim(raw).len == 0;
	if (!s->style_depth)
		g_string_truncate(s->text, 0);
	s->has_unknown = false;
	if (!add_text(s, s->text, raw))
		return false;
	if (s->style_depth && s->has_unknown)
		s->out->has_script = true;
	return true;
}

/* One pass over the characters that no XML has, whatever its encoding: among
 * them the escapes of ISO-2022, which could give the others a new meaning. */
static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] < ' ' && !is_space(s.p[i]))
			return true;
	return str_find(s, '\f') < s.len || str_find(s, '\v') < s.len;
}

/* Complete, as far as it can be told without knowing every rule of XML. */
static bool
scan(struct svg *s)
{
	while (s->rest.len) {
		if (s->rest.p[0] == '<') {
			s->rest = str_from(s->rest, 1);
			if (!take_markup(s))
				return false;
		} else if (!take_text(s)) {
			return false;
		}
	}
	return s->has_root && s->open->len == 0;
}

static bool
probe_utf8(struct str bytes, struct image *out)
{
	struct svg s = { .out = out, .rest = bytes, .whole = bytes };

	if (!str_starts(str_trim(str_upto(bytes, PROLOG_SPACE_MOST)), "<"))
		return true;
	s.open = g_array_new(false, false, sizeof(struct str));
	s.value = g_string_new(NULL);
	s.text = g_string_new(NULL);
	bool is_good = scan(&s) && !s.is_broken && !has_control(bytes);
	g_array_unref(s.open);
	g_string_free(s.value, true);
	g_string_free(s.text, true);
	if (out->kind == IMAGE_NONE) {
		*out = (struct image){ 0 };
		return true;
	}
	if (!is_good)
		out->has_script = true;
	return is_good;
}

/* The markup is ASCII in any encoding; which of the other characters there
 * are makes no difference here. */
static bool
probe_utf16(struct str bytes, size_t high, struct image *out)
{
	g_autoptr(GString) narrow = g_string_sized_new(bytes.len / 2 + 1);

	for (size_t i = 0; i + 1 < bytes.len; i += 2) {
		char c = bytes.p[i + 1 - high];
		bool is_ascii = bytes.p[i + high] == '\0' && c >= 0;
		/* The byte order mark. */
		if (i > 0 || bytes.p[high] != '\xfe')
			g_string_append_c(narrow, is_ascii ? c : '\xff');
	}
	bool is_good = probe_utf8(str_of_text(narrow), out);
	return is_good && (out->kind == IMAGE_NONE || bytes.len % 2 == 0);
}

bool
svg_probe(struct str s, struct image *out)
{
	if (s.len >= 2 &&
	    (!memcmp(s.p, "\xfe\xff", 2) || !memcmp(s.p, "\0<", 2)))
		return probe_utf16(s, 0, out);
	if (s.len >= 2 &&
	    (!memcmp(s.p, "\xff\xfe", 2) || !memcmp(s.p, "<\0", 2)))
		return probe_utf16(s, 1, out);
	return probe_utf8(str_from(s, str_starts(s, "\xef\xbb\xbf") ? 3 : 0),
	    out);
}
