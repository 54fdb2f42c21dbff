#include "base/fs.h"
#include "port/image.h"
#include "write/epub/epub.h"

#include <errno.h>

/* The drawing's measures, in its own units. */
enum {
	WIDTH = 1600,
	HEIGHT = 2400,
	MARGIN = 130,
	TILE = 400,
	TILES_TOP = 1200, /* the pattern's upper end */
	MOST_LINES = 5
};

/* The author's cover. */

static const char *
cover_option(const struct brief *in)
{
	const char *value = writer_option(in, OPTION_COVER);

	return value && value[0] ? value : NULL;
}

/* What an ending says that a file is. */
static enum image_kind
kind_by_name(const char *path)
{
	static const struct {
		const char *ending;
		enum image_kind kind;
	} known[] = { { "png", IMAGE_PNG }, { "jpg", IMAGE_JPEG },
		{ "jpeg", IMAGE_JPEG }, { "gif", IMAGE_GIF },
		{ "svg", IMAGE_SVG }, { "webp", IMAGE_WEBP },
		{ "avif", IMAGE_AVIF } };
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < G_N_ELEMENTS(known); i++)
		if (g_ascii_strcasecmp(dot + 1, known[i].ending) == 0)
			return known[i].kind;
	return IMAGE_NONE;
}

static void
check_bytes(const char *cover, struct loc at, struct str bytes, struct diag *d)
{
	struct image image;
	const bool is_whole = image_probe(bytes, &image);
	const enum image_kind named = kind_by_name(cover);
	const bool is_drawing = image.kind == IMAGE_SVG;

	if (image.kind != IMAGE_PNG && image.kind != IMAGE_JPEG &&
	    !is_drawing) {
		diag_at(d, DIAG_EPUB_IMAGE, at, "%s", cover);
		diag_help(d, "a cover is PNG, JPEG or SVG");
	} else if (!is_whole) {
		diag_at(d, DIAG_EPUB_IMAGE, at, "%s", cover);
		diag_help(d, "it is broken or cut off");
	} else if (named != IMAGE_NONE && named != image.kind) {
		diag_at(d, DIAG_EPUB_IMAGE, at, "%s", cover);
		diag_help(d, "its name does not say that it is %s",
		    strchr(image_media_type(image.kind), '/') + 1);
	} else {
		image_check_size(at, cover, bytes.len,
		    is_drawing ? 0 : image.width, is_drawing ? 0 : image.height,
		    d);
	}
}

void
cover_check(const struct brief *in, struct diag *d)
{
	const char *cover = cover_option(in);
	const char *type;

	if (!cover)
		return;
	g_autofree char *path = g_build_filename(in->site->dir, cover, NULL);
	struct loc at = option_place(in, "cover");
	struct arena *once = arena_new();
	struct str bytes;
	if (image_read_type(path, &type)) {
		if (fs_read(path, once, &bytes, d))
			check_bytes(cover, at, bytes, d);
	} else if (errno == ENOENT || errno == ENOTDIR || errno == EISDIR) {
		diag_at(d, DIAG_IMAGE_MISSING, at, "%s", cover);
		diag_help(d, "the path is relative to the folder of %s",
		    in->site->origin->path);
	} else {
		diag_errno(d, path);
	}
	arena_free(once);
}

/* The drawn cover. Reading systems have fonts of their own, so the text is
 * set with room to spare, and every line begins at the margin: not all of
 * them know text-anchor. */

struct palette {
	const char *ground, *text, *soft; /* behind, title, the rest */
	const char *shapes[4];
};

static const struct palette palettes[] = {
	{ "#10243a", "#fbf5e6", "#b9c9d6",
	    { "#1b3d5c", "#2e7f8c", "#e3a857", "#f1e3c6" } },
	{ "#17302a", "#f8f4e4", "#b5cabf",
	    { "#23493e", "#4f8a6b", "#e9b44c", "#efe6cd" } },
	{ "#2c1f3d", "#faf3ea", "#c9bcd8",
	    { "#43305d", "#7d5ba6", "#f0a07c", "#f4e1d2" } },
	{ "#1f2a44", "#f7f5ef", "#b9c0d4",
	    { "#31426b", "#5b83b8", "#e07a5f", "#f2e2d2" } },
	{ "#33201c", "#fbf3e7", "#d8c3b4",
	    { "#54332b", "#a8593b", "#e6b35a", "#f3e4cc" } },
	{ "#14303a", "#f5f6ef", "#b3c9cd",
	    { "#1f4a57", "#3f8f8a", "#f2c14e", "#f0e9d6" } },
};

struct drawing {
	GString *out;
	const struct site *site;
	const struct palette *colours;
	unsigned y; /* the base line of the last line */
};

/* Roughly how wide a character is, in thousandths of the font's size. */
static unsigned
char_width(gunichar c)
{
	if (g_unichar_iszerowidth(c))
		return 0;
	if (g_unichar_iswide(c))
		return 1000;
	if (c < 0x80 && strchr(" ijl.,;:!'|()[]-ftrI", (int)c))
		return 350;
	if (c == 'm' || c == 'w' || c == 'M' || c == 'W')
		return 950;
	if (g_unichar_isupper(c))
		return 740;
	return 580;
}

/* A text in lines that are at most `width` wide. */
struct lines {
	struct str of[MOST_LINES];
	size_t n; /* those beyond MOST_LINES are counted only */
	unsigned width;
	bool is_cut; /* a word was too long for a line */
};

/* The length of the first line of s. */
static size_t
line_length(struct lines *l, struct str s)
{
	const char *end = s.p + s.len;
	size_t last_break = 0;
	unsigned width = 0;

	for (const char *p = s.p; p < end;
	     p += g_utf8_skip[(unsigned char)*p]) {
		gunichar c = g_utf8_get_char(p);
		size_t at = (size_t)(p - s.p);
		if (at && (c == ' ' || g_unichar_iswide(c)))
			last_break = at;
		width += char_width(c);
		if (width > l->width && at) {
			l->is_cut |= last_break == 0;
			return last_break ? last_break : at;
		}
		if (c == '-')
			last_break = at + 1;
	}
	return s.len;
}

static void
break_lines(struct lines *l, struct str s)
{
	for (s = str_trim(s); s.len; l->n++) {
		size_t len = line_length(l, s);
		if (l->n < MOST_LINES)
			l->of[l->n] = str_trim(str_upto(s, len));
		s = str_trim(str_from(s, len));
	}
}

static void
put_line(struct drawing *d, struct str s, bool is_cut, unsigned size,
    const char *colour, const char *font)
{
	const bool is_rtl = d->site->is_rtl;

	g_string_append_printf(d->out,
	    "<text x=\"%d\" y=\"%u\" font-size=\"%u\" fill=\"%s\" %s%s>",
	    is_rtl ? WIDTH - MARGIN : MARGIN, d->y, size, colour, font,
	    is_rtl ? " direction=\"rtl\"" : "");
	html_text(d->out, s);
	g_string_append(d->out, is_cut ? "…</text>\n" : "</text>\n");
}

/* How one kind of text is set. */
struct style {
	const char *font;
	const unsigned *sizes; /* from the largest, up to a 0 */
	unsigned wider; /* than char_width() thinks, in per cent */
	unsigned most_lines;
};

/* Lines of about the same length: the narrowest that are not more lines. */
static void
balance_lines(struct lines *l, struct str s)
{
	const unsigned most = l->width;

	for (unsigned width = most; width > most / 2; width -= most / 24) {
		struct lines narrower = { .width = width };
		break_lines(&narrower, s);
		if (narrower.is_cut || narrower.n > l->n)
			return;
		*l = narrower;
	}
}

static unsigned
leading(unsigned size)
{
	return size + size / 5;
}

/* Text in the largest size in which it stays above `bottom`. */
static void
put_text(struct drawing *d, const char *text, const struct style *style,
    unsigned bottom, const char *colour)
{
	struct lines lines = { .n = 0 };
	unsigned size = 0;

	for (size_t i = 0; style->sizes[i]; i++) {
		size = style->sizes[i];
		lines = (struct lines){ .width = (WIDTH - 2 * MARGIN) * 1000u /
			    size * 100 / style->wider };
		break_lines(&lines, str_of(text));
		if (!lines.is_cut && lines.n <= style->most_lines &&
		    d->y + lines.n * leading(size) <= bottom)
			break;
	}
	balance_lines(&lines, str_of(text));
	for (size_t i = 0; i < MIN(lines.n, style->most_lines); i++) {
		d->y += leading(size);
		if (d->y > bottom)
			return;
		bool is_cut = i + 1 == style->most_lines && lines.n > i + 1;
		put_line(d, lines.of[i], is_cut, size, colour, style->font);
	}
}

#define SERIF \
	"font-family=\"Charter, 'Bitstream Charter', 'Noto Serif', Georgia, serif\" font-weight=\"bold\""
#define SANS "font-family=\"'Noto Sans', 'Helvetica Neue', Arial, sans-serif\""

static const struct style title_style = { SERIF,
	(const unsigned[]){ 196, 172, 150, 132, 116, 100, 84, 72, 60, 0 }, 112,
	MOST_LINES };
static const struct style subtitle_style = { SANS,
	(const unsigned[]){ 68, 60, 52, 44, 0 }, 98, 3 };
static const struct style authors_style = { SANS,
	(const unsigned[]){ 56, 48, 40, 0 }, 98, 1 };

static void
put_texts(struct drawing *d)
{
	const struct site *site = d->site;
	g_autoptr(GString) authors = g_string_new(NULL);

	for (size_t i = 0; i < site->n_authors; i++)
		g_string_append_printf(authors, "%s%s", i ? ", " : "",
		    site->authors[i]);
	d->y = 240;
	put_text(d, site->title, &title_style,
	    site->subtitle[0] ? TILES_TOP - 430 : TILES_TOP - 230,
	    d->colours->text);
	d->y += 64;
	put_text(d, site->subtitle, &subtitle_style, TILES_TOP - 170,
	    d->colours->soft);
	d->y = TILES_TOP - 150;
	put_text(d, authors->str, &authors_style, TILES_TOP, d->colours->soft);
}

/* A quarter of a disc around one corner of the tile. */
static void
put_quarter(struct drawing *d, int x, int y, unsigned corner, int r,
    const char *colour)
{
	const bool is_right = corner & 1, is_low = corner & 2;
	const int cx = is_right ? x + TILE : x, cy = is_low ? y + TILE : y;
	const int dx = is_right ? -r : r, dy = is_low ? -r : r;

	g_string_append_printf(d->out,
	    "<path d=\"M%d %dh%da%d %d 0 0 %d %d %dz\" fill=\"%s\"/>\n", cx, cy,
	    dx, r, r, is_right == is_low, -dx, dy, colour);
}

static void
put_tile(struct drawing *d, int x, int y, unsigned dice)
{
	const char *const *shapes = d->colours->shapes;
	const unsigned kind = dice & 7, corner = (dice >> 3) & 3;
	const unsigned ground = (dice >> 5) & 1;
	const char *front = shapes[2 - ground + ((dice >> 6) & 1)];

	/* A little more than the tile, or seams show between two. */
	g_string_append_printf(d->out,
	    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
	    x, y, TILE + 1, TILE + 1, shapes[ground]);
	if (front == shapes[ground])
		front = shapes[3];
	if (kind < 4) {
		put_quarter(d, x, y, corner, TILE, front);
	} else if (kind < 6) {
		put_quarter(d, x, y, corner, TILE, front);
		put_quarter(d, x, y, corner, TILE / 2, shapes[!ground]);
	} else if (kind == 6) {
		g_string_append_printf(d->out,
		    "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>\n",
		    x + TILE / 2, y + TILE / 2, TILE / 4, front);
	}
}

/* The same course always gets the same pattern and colours. */
static void
draw_cover(GString *out, const struct site *site)
{
	char hex[33];

	fs_hash(str_of(site->id ? site->id : site->slug), hex);
	const unsigned first = (unsigned)g_ascii_xdigit_value(hex[0]) * 16 +
	    (unsigned)g_ascii_xdigit_value(hex[1]);
	struct drawing d = { out, site,
		&palettes[first % G_N_ELEMENTS(palettes)], 0 };

	g_string_append_printf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
	    " width=\"%d\" height=\"%d\">\n"
	    "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
	    WIDTH, HEIGHT, WIDTH, HEIGHT, WIDTH, HEIGHT, d.colours->ground);
	for (int i = 0; i < 12; i++) {
		const char *two = hex + 2 + 2 * i;
		unsigned dice = (unsigned)(g_ascii_xdigit_value(two[0]) * 16 +
		    g_ascii_xdigit_value(two[1]));
		put_tile(&d, i % 4 * TILE, TILES_TOP + i / 4 * TILE, dice);
	}
	g_string_append_printf(out,
	    "<rect x=\"%d\" y=\"170\" width=\"160\" height=\"14\" fill=\"%s\"/>\n",
	    site->is_rtl ? WIDTH - MARGIN - 160 : MARGIN, d.colours->shapes[2]);
	put_texts(&d);
	g_string_append(out, "</svg>\n");
}

static bool
add_page(struct job *j, struct epub *e)
{
	const struct site *site = j->in.site;
	const struct view v = view_of_file(&j->in, EPUB_COVER_PAGE);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) word = g_string_new(NULL);

	words_format(word, v.words, WORD_COVER, NULL, NULL);
	xhtml_begin(out, &v, word->str, site->lang, "cover");
	g_string_append(out, "<section class=\"cover\" aria-label=\"");
	html_attr(out, (struct str){ word->str, word->len });
	g_string_append(out, "\"><img src=\"");
	name_relative(out, v.from, e->cover);
	g_string_append(out, "\" role=\"doc-cover\" alt=\"");
	html_attr(out, str_of(site->title));
	for (size_t i = 0; i < site->n_authors; i++) {
		g_string_append(out, i ? ", " : ". ");
		html_attr(out, str_of(site->authors[i]));
	}
	g_string_append(out, "\"/></section>\n");
	xhtml_end(out);
	return epub_add_text(e, v.from, out);
}

bool
cover_add(struct job *j, struct epub *e)
{
	const char *cover = cover_option(&j->in);
	struct str bytes;

	e->cover = "cover.svg";
	e->cover_type = "image/svg+xml";
	if (!cover) {
		g_autoptr(GString) drawn = g_string_new(NULL);
		draw_cover(drawn, j->in.site);
		return epub_add_text(e, e->cover, drawn) && add_page(j, e);
	}
	g_autofree char *path = g_build_filename(j->in.site->dir, cover, NULL);
	if (!fs_read(path, j->arena, &bytes, j->diag))
		return false;
	const char *type = image_type(bytes);
	if (type && strcmp(type, "image/png") == 0)
		e->cover = "cover.png";
	else if (type && strcmp(type, "image/jpeg") == 0)
		e->cover = "cover.jpg";
	if (type)
		e->cover_type = type;
	return epub_add_image(e, e->cover, bytes, e->cover_type) &&
	    add_page(j, e);
}
