/*
 * The cover that is drawn where the author has none: title, subtitle and
 * authors above a pattern. As PNG, which shelves and converters want, if it
 * can be painted here; else as SVG.
 */
#include "base/fs.h"
#include "port/paint.h"
#include "write/epub/epub.h"

/* The drawing's measures, in its own units. */
enum {
	WIDTH = 1600,
	HEIGHT = 2400,
	MARGIN = 130,
	TILE = 400,
	TILES_TOP = 1200, /* the pattern's upper end */
	MOST_LINES = 5
};

/* In the order of a theme's. */
struct palette {
	unsigned ground, text, soft; /* behind, title, the rest */
	unsigned shapes[COVER_COLOURS - 3];
};

static const struct palette palettes[] = {
	{ 0x10243a, 0xfbf5e6, 0xb9c9d6,
	    { 0x1b3d5c, 0x2e7f8c, 0xe3a857, 0xf1e3c6 } },
	{ 0x17302a, 0xf8f4e4, 0xb5cabf,
	    { 0x23493e, 0x4f8a6b, 0xe9b44c, 0xefe6cd } },
	{ 0x2c1f3d, 0xfaf3ea, 0xc9bcd8,
	    { 0x43305d, 0x7d5ba6, 0xf0a07c, 0xf4e1d2 } },
	{ 0x1f2a44, 0xf7f5ef, 0xb9c0d4,
	    { 0x31426b, 0x5b83b8, 0xe07a5f, 0xf2e2d2 } },
	{ 0x33201c, 0xfbf3e7, 0xd8c3b4,
	    { 0x54332b, 0xa8593b, 0xe6b35a, 0xf3e4cc } },
	{ 0x14303a, 0xf5f6ef, 0xb3c9cd,
	    { 0x1f4a57, 0x3f8f8a, 0xf2c14e, 0xf0e9d6 } },
};

/* On one of the two: paint may be NULL, and then out is not. */
struct drawing {
	struct paint *paint;
	GString *out; /* SVG */
	const struct site *site;
	struct palette colours;
	unsigned y; /* where the next text may begin */
};

/* --- text in SVG: reading systems have fonts of their own, so it is set with
 * room to spare, and every line begins at the margin, since not all of them
 * know text-anchor --------------------------------------------------------- */

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
    unsigned colour, const char *font)
{
	const bool is_rtl = d->site->is_rtl;

	g_string_append_printf(d->out,
	    "<text x=\"%d\" y=\"%u\" font-size=\"%u\" fill=\"#%06x\" %s%s>",
	    is_rtl ? WIDTH - MARGIN : MARGIN, d->y, size, colour, font,
	    is_rtl ? " direction=\"rtl\"" : "");
	html_text(d->out, s);
	g_string_append(d->out, is_cut ? "…</text>\n" : "</text>\n");
}

/* How one kind of text is set. */
struct style {
	const char *font; /* attributes of SVG */
	const char *painted; /* the same for paint_text() */
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
put_lines(struct drawing *d, const char *text, const struct style *style,
    unsigned bottom, unsigned colour)
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

/* --- the whole ------------------------------------------------------------ */

static void
put_text(struct drawing *d, const char *text, const struct style *style,
    unsigned bottom, unsigned colour)
{
	if (!text[0])
		return;
	if (!d->paint) {
		put_lines(d, text, style, bottom, colour);
		return;
	}
	const struct paint_text t = { .text = text,
		.font = style->painted,
		.sizes = style->sizes,
		.most_lines = style->most_lines,
		.x = MARGIN,
		.y = (int)d->y,
		.width = WIDTH - 2 * MARGIN,
		.height = (int)bottom - (int)d->y,
		.colour = colour };
	d->y += (unsigned)paint_text(d->paint, &t);
}

static void
put_rect(struct drawing *d, int x, int y, int width, int height,
    unsigned colour)
{
	if (d->paint)
		paint_rect(d->paint, x, y, width, height, colour);
	else
		g_string_append_printf(d->out,
		    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
		    x, y, width, height, colour);
}

#define SERIF \
	"font-family=\"Charter, 'Bitstream Charter', 'Noto Serif', Georgia, serif\" font-weight=\"bold\""
#define SANS "font-family=\"'Noto Sans', 'Helvetica Neue', Arial, sans-serif\""

/* Kinds of letters that look well on a cover, then what there is. */
#define PAINTED_SERIF \
	"Charter,Bitstream Charter,Source Serif 4,Noto Serif,Georgia,Liberation Serif,serif bold"
#define PAINTED_SANS \
	"Noto Sans,Source Sans 3,Open Sans,Helvetica Neue,Arial,Liberation Sans,sans-serif"

static const struct style title_style = { SERIF, PAINTED_SERIF,
	(const unsigned[]){ 196, 172, 150, 132, 116, 100, 84, 72, 60, 0 }, 112,
	MOST_LINES };
static const struct style subtitle_style = { SANS, PAINTED_SANS,
	(const unsigned[]){ 68, 60, 52, 44, 0 }, 98, 3 };
static const struct style authors_style = { SANS, PAINTED_SANS,
	(const unsigned[]){ 56, 48, 40, 0 }, 98, 2 };

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
	    d->colours.text);
	d->y += 64;
	put_text(d, site->subtitle, &subtitle_style, TILES_TOP - 170,
	    d->colours.soft);
	d->y = TILES_TOP - 150;
	put_text(d, authors->str, &authors_style, TILES_TOP, d->colours.soft);
}

/* A quarter of a disc around one corner of the tile. */
static void
put_quarter(struct drawing *d, int x, int y, unsigned corner, int r,
    unsigned colour)
{
	/* Clockwise, as paint_disc() counts: where the disc is as seen from
	 * the upper left corner, the upper right one, the two lower ones. */
	static const unsigned quarters[] = { 0, 1, 3, 2 };
	const bool is_right = corner & 1, is_low = corner & 2;
	const int cx = is_right ? x + TILE : x, cy = is_low ? y + TILE : y;
	const int dx = is_right ? -r : r, dy = is_low ? -r : r;

	if (d->paint)
		paint_disc(d->paint, cx, cy, r, quarters[corner], 1, colour);
	else
		g_string_append_printf(d->out,
		    "<path d=\"M%d %dh%da%d %d 0 0 %d %d %dz\" fill=\"#%06x\"/>\n",
		    cx, cy, dx, r, r, is_right == is_low, -dx, dy, colour);
}

static void
put_circle(struct drawing *d, int x, int y, int r, unsigned colour)
{
	if (d->paint)
		paint_disc(d->paint, x, y, r, 0, 4, colour);
	else
		g_string_append_printf(d->out,
		    "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"#%06x\"/>\n",
		    x, y, r, colour);
}

static void
put_tile(struct drawing *d, int x, int y, unsigned dice)
{
	const unsigned *shapes = d->colours.shapes;
	const unsigned kind = dice & 7, corner = (dice >> 3) & 3;
	const unsigned ground = (dice >> 5) & 1;
	unsigned front = shapes[2 - ground + ((dice >> 6) & 1)];

	/* A little more than the tile, or seams show between two. */
	put_rect(d, x, y, TILE + 1, TILE + 1, shapes[ground]);
	if (front == shapes[ground])
		front = shapes[3];
	if (kind < 4) {
		put_quarter(d, x, y, corner, TILE, front);
	} else if (kind < 6) {
		put_quarter(d, x, y, corner, TILE, front);
		put_quarter(d, x, y, corner, TILE / 2, shapes[!ground]);
	} else if (kind == 6) {
		put_circle(d, x + TILE / 2, y + TILE / 2, TILE / 4, front);
	}
}

static struct palette
palette_of(const struct theme *theme)
{
	struct palette p = { theme->cover[0], theme->cover[1], theme->cover[2],
		{ 0 } };

	memcpy(p.shapes, theme->cover + 3, sizeof(p.shapes));
	return p;
}

/* The same course always gets the same pattern, and the same colours if its
 * theme names none. */
static void
draw(struct drawing *d, const struct theme *theme)
{
	const struct site *site = d->site;
	char hex[33];

	fs_hash(str_of(site->id ? site->id : site->slug), hex);
	const unsigned first = (unsigned)g_ascii_xdigit_value(hex[0]) * 16 +
	    (unsigned)g_ascii_xdigit_value(hex[1]);
	d->colours = theme->has_cover
	    ? palette_of(theme)
	    : palettes[first % G_N_ELEMENTS(palettes)];
	put_rect(d, 0, 0, WIDTH, HEIGHT, d->colours.ground);
	for (int i = 0; i < 12; i++) {
		const char *two = hex + 2 + 2 * i;
		unsigned dice = (unsigned)(g_ascii_xdigit_value(two[0]) * 16 +
		    g_ascii_xdigit_value(two[1]));
		put_tile(d, i % 4 * TILE, TILES_TOP + i / 4 * TILE, dice);
	}
	put_rect(d, site->is_rtl ? WIDTH - MARGIN - 160 : MARGIN, 170, 160, 14,
	    d->colours.shapes[2]);
	put_texts(d);
}

static struct str
draw_svg(const struct brief *in, struct arena *a)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct drawing d = { .out = out, .site = in->site };

	g_string_append_printf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
	    " width=\"%d\" height=\"%d\">\n",
	    WIDTH, HEIGHT, WIDTH, HEIGHT);
	draw(&d, in->theme);
	g_string_append(out, "</svg>\n");
	return arena_take(a, out);
}

struct str
cover_draw(const struct brief *in, struct arena *a)
{
	const struct site *site = in->site;
	struct paint *paint = paint_new(WIDTH, HEIGHT, site->lang,
	    site->is_rtl);
	struct drawing d = { .paint = paint, .site = site };
	struct str png;
	bool is_painted = false;

	if (paint) {
		draw(&d, in->theme);
		is_painted = paint_png(paint, a, &png);
	}
	paint_free(paint);
	return is_painted ? png : draw_svg(in, a);
}
