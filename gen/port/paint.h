/*
 * Pictures of plain shapes and text as PNG, by Pango and cairo, if they are
 * installed. They are opened when a picture is painted: linked, they would
 * make every start of the program several times as long.
 *
 * Text is set in the fonts of the machine, in any script and direction. So the
 * bytes are the same on one machine, but not on two.
 *
 * Measures are pixels; the origin is the upper left corner. Colours are
 * 0xRRGGBB. A struct paint belongs to one thread at a time.
 */
#ifndef ERGEN_PAINT_H
#define ERGEN_PAINT_H

#include "base/arena.h"

struct paint;

/* NULL: no libraries, or no fonts. lang: BCP 47. */
struct paint *
paint_new(unsigned width, unsigned height, const char *lang, bool is_rtl);
/* NULL is allowed. */
void paint_free(struct paint *p);

void paint_rect(struct paint *p, int x, int y, int width, int height,
    unsigned colour);
/* A part of a disc: quarters clockwise, from the one that begins at the right
 * and goes down; 4 of them are the whole. */
void paint_disc(struct paint *p, int x, int y, int r, unsigned from_quarter,
    unsigned n_quarters, unsigned colour);

struct paint_text {
	const char *text;
	const char *font; /* families and weight: "Charter, serif bold" */
	const unsigned *sizes; /* from the largest, up to a 0 */
	unsigned most_lines;
	int x, y, width, height; /* the box that it must not leave */
	unsigned colour;
};

/* Text in the largest size in which it fits, in lines of about one length,
 * from the top of its box and from the side where its direction begins. If
 * none fits it is cut in the smallest, with an ellipsis. How high it is. */
int paint_text(struct paint *p, const struct paint_text *t);

/* False: nothing good came of it; a letter has no font, for one. Else the file
 * is in the arena. */
bool paint_png(struct paint *p, struct arena *a, struct str *png);

#endif
