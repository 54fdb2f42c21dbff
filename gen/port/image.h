/*
 * What an image file is, from its bytes: kind, size, and whether an SVG is
 * more than a drawing. Nothing is decoded. Keeps nothing, may run in any
 * thread, takes time in proportion to the bytes, and nothing in them can do
 * harm.
 */
#ifndef ERGEN_PORT_IMAGE_H
#define ERGEN_PORT_IMAGE_H

#include "base/str.h"

enum {
	IMAGE_SIZE_MOST = 100000
};

enum image_kind {
	IMAGE_NONE,
	IMAGE_PNG,
	IMAGE_JPEG,
	IMAGE_GIF,
	IMAGE_WEBP,
	IMAGE_AVIF,
	IMAGE_SVG
};

struct image {
	enum image_kind kind;
	/* As a browser shows it, in CSS pixels, 1 to IMAGE_SIZE_MOST: turned as
	 * EXIF or AVIF say; of an SVG the view box if it names no absolute
	 * size. Both are 0 if the file does not say. */
	unsigned width, height;
	/* Of an SVG: it has a script, a handler, foreign content, or needs what
	 * is not in the file. Plain links for readers are none of these. True
	 * as well if that could not be made out, as in a broken one. */
	bool has_script;
};

/* False: it begins as one of these kinds but is broken or cut off, so that a
 * browser shows nothing or a part; *out has what was known up to there. Bytes
 * of another kind, or none, are no failure but IMAGE_NONE. */
bool image_probe(struct str bytes, struct image *out);
/* NULL for IMAGE_NONE. */
const char *image_media_type(enum image_kind kind);

#endif
