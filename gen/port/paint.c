#include "port/paint.h"

#include "port/png.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

/* Their enumerators that we need. */
enum {
	FORMAT_RGB24 = 1, /* cairo_format_t: a pixel is 0x00RRGGBB */
	ANTIALIAS_GRAY = 2,
	HINT_STYLE_NONE = 1,
	HINT_METRICS_OFF = 1,
	DIRECTION_LTR = 0,
	DIRECTION_RTL = 1,
	ALIGN_LEFT = 0,
	ALIGN_RIGHT = 2,
	WRAP_WORD = 0,
	WRAP_WORD_CHAR = 2,
	ELLIPSIZE_NONE = 0,
	ELLIPSIZE_END = 3,
	SCALE = 1024 /* PANGO_SCALE */
};

enum {
	/* The picture is made in bands, since new memory costs more time than
	 * what is drawn there. */
	BAND = 120,
	COLOURS_MOST = 256
};

#ifdef __APPLE__
#define LIBRARY "libpangocairo-1.0.0.dylib"
#else
#define LIBRARY "libpangocairo-1.0.so.0"
#endif

struct library {
#define F(type, name, parameters) type(*name) parameters;
#include "port/paint.def"
#undef F
};

/* ---- the library */

static const struct {
	const char *name;
	size_t at;
} functions[] = {
#define F(type, name, parameters) { #name, offsetof(struct library, name) },
#include "port/paint.def"
#undef F
};

/* It stays loaded: types that it has registered cannot be taken back. */
static bool
open_library(struct library *lib)
{
	void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

	if (!handle)
		return false;
	bool is_whole = true;
	for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
		/* What it needs itself is found through it. */
		void *f = dlsym(handle, functions[i].name);
		is_whole = is_whole && f;
		memcpy((char *)lib + functions[i].at, &f, sizeof(f));
	}
	dlclose(handle);
	return is_whole;
}

/* ---- what is to be painted */

enum shape_kind {
	SHAPE_RECT,
	SHAPE_DISC,
	SHAPE_TEXT
};

struct shape {
	enum shape_kind kind;
	int x, y, width,
	    height; /* of a disc its middle, and twice the radius */
	unsigned from_quarter, n_quarters;
	void *layout;
	unsigned colour;
};

struct paint {
	struct library lib;
	unsigned width, height;
	bool is_rtl;
	void *fonts, *context;
	GArray *shapes;
	bool has_failed;
};

static bool
has_fonts(const struct library *lib, void *fonts)
{
	void **families = NULL;
	int n = 0;

	/* Without any, Pango ends the process. */
	lib->pango_font_map_list_families(fonts, &families, &n);
	g_free(families);
	return n > 0;
}

/* Outlines as they are, in grey: nothing that depends on a screen. */
static void
set_options(struct paint *p)
{
	const struct library *lib = &p->lib;
	void *options = lib->cairo_font_options_create();

	lib->cairo_font_options_set_antialias(options, ANTIALIAS_GRAY);
	lib->cairo_font_options_set_hint_style(options, HINT_STYLE_NONE);
	lib->cairo_font_options_set_hint_metrics(options, HINT_METRICS_OFF);
	lib->pango_cairo_context_set_font_options(p->context, options);
	lib->cairo_font_options_destroy(options);
}

struct paint *
paint_new(unsigned width, unsigned height, const char *lang, bool is_rtl)
{
	struct library lib;

	if (!open_library(&lib))
		return NULL;
	void *fonts = lib.pango_cairo_font_map_new();
	if (!has_fonts(&lib, fonts)) {
		lib.g_object_unref(fonts);
		return NULL;
	}
	struct paint *p = g_new(struct paint, 1);
	*p = (struct paint){
		.lib = lib,
		.width = width,
		.height = height,
		.is_rtl = is_rtl,
		.fonts = fonts,
		.context = lib.pango_font_map_create_context(fonts),
		.shapes = g_array_new(FALSE, FALSE, sizeof(struct shape)),
	};
	lib.pango_context_set_base_dir(p->context,
	    is_rtl ? DIRECTION_RTL : DIRECTION_LTR);
	lib.pango_context_set_language(p->context,
	    lib.pango_language_from_string(lang));
	set_options(p);
	return p;
}

void
paint_free(struct paint *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->shapes->len; i++) {
		struct shape *s = &g_array_index(p->shapes, struct shape, i);
		if (s->layout)
			p->lib.g_object_unref(s->layout);
	}
	g_array_free(p->shapes, TRUE);
	p->lib.g_object_unref(p->context);
	p->lib.g_object_unref(p->fonts);
	g_free(p);
}

void
paint_rect(struct paint *p, int x, int y, int width, int height,
    unsigned colour)
{
	const struct shape s = { .kind = SHAPE_RECT,
		.x = x,
		.y = y,
		.width = width,
		.height = height,
		.colour = colour };

	g_array_append_val(p->shapes, s);
}

void
paint_disc(struct paint *p, int x, int y, int r, unsigned from_quarter,
    unsigned n_quarters, unsigned colour)
{
	const struct shape s = { .kind = SHAPE_DISC,
		.x = x,
		.y = y,
		.width = 2 * r,
		.height = 2 * r,
		.from_quarter = from_quarter,
		.n_quarters = n_quarters,
		.colour = colour };

	g_array_append_val(p->shapes, s);
}

/* ---- text */

static void
set_size(const struct paint *p, void *layout, const struct paint_text *t,
    unsigned size)
{
	const struct library *lib = &p->lib;
	void *font = lib->pango_font_description_from_string(t->font);

	lib->pango_font_description_set_absolute_size(font,
	    (double)size * SCALE);
	lib->pango_layout_set_font_description(layout, font);
	lib->pango_font_description_free(font);
}

/* No word is cut, and nothing stands out of the box. */
static bool
fits(const struct paint *p, void *layout, const struct paint_text *t)
{
	int width, height;

	p->lib.pango_layout_get_size(layout, &width, &height);
	return width <= t->width * SCALE && height <= t->height * SCALE &&
	    p->lib.pango_layout_get_line_count(layout) <= (int)t->most_lines;
}

/* As many lines as there are, in the narrowest width that is enough. */
static int
balance(const struct paint *p, void *layout, const struct paint_text *t)
{
	const struct library *lib = &p->lib;
	const int n = lib->pango_layout_get_line_count(layout);
	int least = t->width / 2, most = t->width;

	while (most - least > t->width / 32) {
		int width, height, middle = (least + most) / 2;
		lib->pango_layout_set_width(layout, middle * SCALE);
		lib->pango_layout_get_size(layout, &width, &height);
		if (lib->pango_layout_get_line_count(layout) <= n &&
		    width <= middle * SCALE)
			most = middle;
		else
			least = middle;
	}
	return most;
}

static void
cut(const struct paint *p, void *layout, const struct paint_text *t)
{
	const struct library *lib = &p->lib;
	int width, height;

	lib->pango_layout_set_wrap(layout, WRAP_WORD_CHAR);
	lib->pango_layout_set_ellipsize(layout, ELLIPSIZE_END);
	/* Less than 0: lines; more: as many as have room, one at least. */
	lib->pango_layout_set_height(layout, -(int)t->most_lines);
	lib->pango_layout_get_size(layout, &width, &height);
	if (height > t->height * SCALE)
		lib->pango_layout_set_height(layout, t->height * SCALE);
}

int
paint_text(struct paint *p, const struct paint_text *t)
{
	const struct library *lib = &p->lib;
	void *layout = lib->pango_layout_new(p->context);
	bool is_good = false;
	int width = t->width, height;

	/* With a direction of its own a line begins at the side of its first
	 * letter; all lines begin at one side. */
	lib->pango_layout_set_auto_dir(layout, FALSE);
	lib->pango_layout_set_alignment(layout,
	    p->is_rtl ? ALIGN_RIGHT : ALIGN_LEFT);
	lib->pango_layout_set_wrap(layout, WRAP_WORD);
	lib->pango_layout_set_width(layout, width * SCALE);
	lib->pango_layout_set_text(layout, t->text, -1);
	for (size_t i = 0; t->sizes[i] && !is_good; i++) {
		set_size(p, layout, t, t->sizes[i]);
		is_good = fits(p, layout, t);
	}
	if (is_good)
		width = balance(p, layout, t);
	else
		cut(p, layout, t);
	lib->pango_layout_set_width(layout, width * SCALE);
	p->has_failed |= lib->pango_layout_get_unknown_glyphs_count(layout) > 0;
	lib->pango_layout_get_size(layout, &(int){ 0 }, &height);
	height /= SCALE;
	const struct shape s = { .kind = SHAPE_TEXT,
		.x = p->is_rtl ? t->x + t->width - width : t->x,
		.y = t->y,
		.width = width,
		.height = height,
		.layout = layout,
		.colour = t->colour };
	g_array_append_val(p->shapes, s);
	return height;
}

/* ---- the picture */

static void
draw(const struct library *lib, void *cairo, const struct shape *s)
{
	const double quarter = G_PI / 2;

	lib->cairo_set_source_rgb(cairo, (s->colour >> 16) / 255.0,
	    (s->colour >> 8 & 255) / 255.0, (s->colour & 255) / 255.0);
	switch (s->kind) {
	case SHAPE_RECT:
		lib->cairo_rectangle(cairo, s->x, s->y, s->width, s->height);
		lib->cairo_fill(cairo);
		break;
	case SHAPE_DISC:
		lib->cairo_move_to(cairo, s->x, s->y);
		lib->cairo_arc(cairo, s->x, s->y, s->width / 2,
		    s->from_quarter * quarter,
		    (s->from_quarter + s->n_quarters) * quarter);
		lib->cairo_close_path(cairo);
		lib->cairo_fill(cairo);
		break;
	case SHAPE_TEXT:
		lib->cairo_move_to(cairo, s->x, s->y);
		lib->pango_cairo_show_layout(cairo, s->layout);
		break;
	}
}

/* The colours of the picture. Those that differ in the last bits only, at the
 * edges of letters, are one; the first of them stands for it. */
struct colours {
	unsigned of[COLOURS_MOST];
	size_t n;
	uint16_t known[1 << 15]; /* by 5 bits of each channel: place + 1 */
};

static unsigned
distance(unsigned a, unsigned b)
{
	unsigned sum = 0;

	for (int shift = 0; shift <= 16; shift += 8) {
		int d = (int)(a >> shift & 255) - (int)(b >> shift & 255);
		sum += (unsigned)(d * d);
	}
	return sum;
}

static unsigned char
place_of(struct colours *c, unsigned colour)
{
	uint16_t *known = &c->known[(colour >> 9 & 0x7c00) |
	    (colour >> 6 & 0x3e0) | (colour >> 3 & 0x1f)];

	if (!*known && c->n < COLOURS_MOST) {
		c->of[c->n++] = colour;
		*known = (uint16_t)c->n;
	} else if (!*known) {
		size_t best = 0;
		for (size_t i = 1; i < c->n; i++)
			if (distance(c->of[i], colour) <
			    distance(c->of[best], colour))
				best = i;
		*known = (uint16_t)(best + 1);
	}
	return (unsigned char)(*known - 1);
}

static void
put_row(char *row, const uint32_t *pixels, unsigned width, struct colours *c)
{
	uint32_t last = pixels[0];
	unsigned char place = place_of(c, last & 0xffffff);

	row[0] = 0; /* no filter */
	for (unsigned x = 0; x < width; x++) {
		if (pixels[x] != last) {
			last = pixels[x];
			place = place_of(c, last & 0xffffff);
		}
		row[x + 1] = (char)place;
	}
}

/* Rows from `top` on, as many as there are in a band. */
static void
put_band(const struct paint *p, void *surface, unsigned top, char *rows,
    struct colours *c)
{
	const struct library *lib = &p->lib;
	const int bottom = (int)(top + BAND);
	void *cairo = lib->cairo_create(surface);

	lib->cairo_translate(cairo, 0, -(double)top);
	for (size_t i = 0; i < p->shapes->len; i++) {
		const struct shape *s = &g_array_index(p->shapes, struct shape,
		    i);
		/* Letters may reach out of their lines; a disc's place is its
		 * middle. */
		if (s->y - s->height < bottom &&
		    s->y + 2 * s->height > (int)top)
			draw(lib, cairo, s);
	}
	lib->cairo_destroy(cairo);
	lib->cairo_surface_flush(surface);
	const unsigned char *pixels = lib->cairo_image_surface_get_data(
	    surface);
	const int stride = lib->cairo_image_surface_get_stride(surface);
	for (unsigned y = 0; y < MIN(BAND, p->height - top); y++)
		put_row(rows + (size_t)(top + y) * (p->width + 1),
		    (const uint32_t *)(const void *)(pixels + y * stride),
		    p->width, c);
}

bool
paint_png(struct paint *p, struct arena *a, struct str *png)
{
	const struct library *lib = &p->lib;
	const size_t size = (size_t)p->height * (p->width + 1);
	g_autofree struct colours *c = g_new0(struct colours, 1);
	g_autofree char *rows = g_malloc(size);

	if (p->has_failed)
		return false;
	void *surface = lib->cairo_image_surface_create(FORMAT_RGB24,
	    (int)p->width, BAND);
	/* Plain colours come first, so that they are kept as they are. */
	for (size_t i = 0; i < p->shapes->len; i++)
		place_of(c, g_array_index(p->shapes, struct shape, i).colour);
	bool is_good = lib->cairo_surface_status(surface) == 0;
	for (unsigned top = 0; is_good && top < p->height; top += BAND) {
		put_band(p, surface, top, rows, c);
		is_good = lib->cairo_surface_status(surface) == 0;
	}
	lib->cairo_surface_destroy(surface);
	if (!is_good)
		return false;
	*png = png_write(&(struct png){ .width = p->width,
			     .height = p->height,
			     .colours = c->of,
			     .n_colours = c->n,
			     .rows = { rows, size } },
	    a);
	return true;
}
