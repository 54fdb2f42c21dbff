/*
 * Writes PNG files of at most 256 colours, https://www.w3.org/TR/png-3/. The
 * same picture gives the same bytes. Keeps nothing, any thread.
 */
#ifndef ERGEN_PNG_H
#define ERGEN_PNG_H

#include "base/arena.h"

struct png {
	unsigned width, height;
	const unsigned *colours; /* 0xRRGGBB */
	size_t n_colours; /* 1 to 256 */
	/* A row is width + 1 bytes: a 0, then the place of each pixel's colour
	 * among them. */
	struct str rows;
};

/* In the arena. */
struct str png_write(const struct png *png, struct arena *a);

#endif
