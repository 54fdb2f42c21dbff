#include "port/image.h"

#include "port/svg.h"

#include <stdint.h>

/* ---- bytes */

static bool
has(struct str s, size_t at, size_t len)
{
	return at <= s.len && len <= s.len - at;
}

static bool
has_bytes(struct str s, size_t at, const char *bytes, size_t len)
{
	return has(s, at, len) && memcmp(s.p + at, bytes, len) == 0;
}

/* What lies behind the end reads as 0, so no offset can do harm. */
static unsigned
byte(struct str s, size_t at)
{
	return at < s.len ? (unsigned char)s.p[at] : 0;
}

static uint64_t
big(struct str s, size_t at, size_t len)
{
	uint64_t n = 0;

	for (size_t i = 0; i < len; i++)
		n = n << 8 | byte(s, at + i);
	return n;
}

static uint64_t
little(struct str s, size_t at, size_t len)
{
	uint64_t n = 0;

	for (size_t i = len; i > 0; i--)
		n = n << 8 | byte(s, at + i - 1);
	return n;
}

/* The offset of the first such bytes at or behind `at`, or s.len. */
static size_t
find(struct str s, size_t at, const char *bytes, size_t len)
{
	const char *found = has(s, at, len)
	    ? memmem(s.p + at, s.len - at, bytes, len)
	    : NULL;

	return found ? (size_t)(found - s.p) : s.len;
}

static void
set_size(struct image *out, uint64_t width, uint64_t height)
{
	bool is_sane = width > 0 && height > 0 && width <= IMAGE_SIZE_MOST &&
	    height <= IMAGE_SIZE_MOST;

	out->width = is_sane ? (unsigned)width : 0;
	out->height = is_sane ? (unsigned)height : 0;
}

/* ---- PNG: https://www.w3.org/TR/png-3/#5DataRep */

static bool
probe_png(struct str s, struct image *out)
{
	size_t at = 8;
	bool has_data = false;

	if (!has_bytes(s, at, "\0\0\0\rIHDR", 8))
		return false;
	if (!has(s, at, 8 + 13 + 4))
		return false;
	uint64_t width = big(s, at + 8, 4), height = big(s, at + 12, 4);
	set_size(out, width, height);
	if (width == 0 || height == 0)
		return false;
	/* Length, type, data, checksum. */
	while (has(s, at, 12)) {
		size_t len = (size_t)big(s, at, 4);
		if (!has(s, at + 12, len))
			return false;
		if (has_bytes(s, at + 4, "IEND", 4))
			return has_data;
		if (has_bytes(s, at + 4, "IDAT", 4))
			has_data = true;
		at += 12 + len;
	}
	return false;
}

/* ---- JPEG: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */

/* 1 to 8, or 0 if the segment does not say. A TIFF file inside:
 * https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.5 and 4.6 */
static unsigned
exif_orientation(struct str segment)
{
	if (!has_bytes(segment, 0, "Exif\0", 6))
		return 0;
	struct str tiff = str_from(segment, 6);
	bool is_big = has_bytes(tiff, 0, "MM\0*", 4);
	if (!is_big && !has_bytes(tiff, 0, "II*\0", 4))
		return 0;
	uint64_t (*number)(struct str, size_t, size_t) = is_big ? big : little;
	size_t at = (size_t)number(tiff, 4, 4);
	if (!has(tiff, at, 2))
		return 0;
	size_t n = (size_t)number(tiff, at, 2);
	at += 2;
	/* Tag, type, count, value: one short number, kind 3. */
	for (size_t i = 0; i < n && has(tiff, at, 12); i++, at += 12) {
		if (number(tiff, at, 2) != 0x0112)
			continue;
		uint64_t value = number(tiff, at + 8, 2);
		return number(tiff, at + 2, 2) == 3 && value <= 8
		    ? (unsigned)value
		    : 0;
	}
	return 0;
}

/* The offset behind the next marker, or 0. As decoders do it, what stands in
 * front of it is skipped. */
static size_t
next_marker(struct str s, size_t at, unsigned *marker)
{
	while (at < s.len) {
		at += str_find(str_from(s, at), '\xff');
		while (byte(s, at) == 0xff)
			at++;
		if (at < s.len && byte(s, at) != 0) {
			*marker = byte(s, at);
			return at + 1;
		}
	}
	return 0;
}

/* Frame headers, without the tables and the extension among their codes. */
static bool
is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
	    marker != 0xc8 && marker != 0xcc;
}

static bool
is_alone(unsigned marker)
{
	return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

static bool
probe_jpeg(struct str s, struct image *out)
{
	size_t at = 2;
	unsigned marker = 0, orientation = 0;
	uint64_t width = 0, height = 0;

	while (marker != 0xda) {
		at = next_marker(s, at, &marker);
		if (!at || marker == 0xd9)
			return false;
		if (is_alone(marker))
			continue;
		size_t len = (size_t)big(s, at, 2);
		if (len < 2 || !has(s, at, len))
			return false;
		struct str segment = str_upto(str_from(s, at + 2), len - 2);
		if (marker == 0xe1 && !orientation)
			orientation = exif_orientation(segment);
		if (is_frame(marker) && !width) {
			height = big(segment, 1, 2);
			width = big(segment, 3, 2);
		}
		if (orientation >= 5)
			set_size(out, height, width);
		else
			set_size(out, width, height);
		at += len;
	}
	/* A height of 0 is allowed: it follows behind the first scan. In the
	 * scans 0xff is always escaped, so this is the true end. */
	return width > 0 && find(s, at, "\xff\xd9", 2) < s.len;
}

/* ---- GIF: https://www.w3.org/Graphics/GIF/spec-gif89a.txt */

static size_t
colour_table_size(unsigned flags)
{
	return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* Behind a row of sub-blocks, the last of which is empty. */
static size_t
skip_sub_blocks(struct str s, size_t at)
{
	while (byte(s, at) != 0)
		at += 1 + byte(s, at);
	return at + 1;
}

static bool
probe_gif(struct str s, struct image *out)
{
	bool has_frame = false;
	size_t at = 13 + colour_table_size(byte(s, 10));

	if (!has(s, 0, 13))
		return false;
	set_size(out, little(s, 6, 2), little(s, 8, 2));
	while (at < s.len) {
		switch (byte(s, at)) {
		case 0x21: at = skip_sub_blocks(s, at + 2); break;
		case 0x2c:
			at += 10 + colour_table_size(byte(s, at + 9));
			at = skip_sub_blocks(s, at + 1);
			/* Unless the end of its last block is missing. */
			has_frame = has_frame || at <= s.len;
			break;
		default:
			/* The trailer, or what browsers take for it. */
			return has_frame;
		}
	}
	/* Some programs write no trailer. */
	return has_frame && at == s.len;
}

/* ---- WebP: https://www.rfc-editor.org/rfc/rfc9649.html */

static bool
probe_webp(struct str s, struct image *out)
{
	size_t at = 20;

	if (!has(s, 8, (size_t)little(s, 4, 4)) ||
	    !has(s, at, (size_t)little(s, 16, 4)))
		return false;
	struct str chunk = str_upto(str_from(s, at), (size_t)little(s, 16, 4));
	if (has_bytes(s, 12, "VP8X", 4)) {
		set_size(out, little(chunk, 4, 3) + 1, little(chunk, 7, 3) + 1);
		return chunk.len >= 10;
	}
	if (has_bytes(s, 12, "VP8L", 4)) {
		uint64_t bits = little(chunk, 1, 4);
		if (chunk.len < 5 || byte(chunk, 0) != 0x2f)
			return false;
		set_size(out, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
		return true;
	}
	/* RFC 6386, 9.1: a key frame, its start code, 14 bits for each side. */
	if (!has_bytes(s, 12, "VP8 ", 4) || chunk.len < 10 ||
	    (byte(chunk, 0) & 1) || !has_bytes(chunk, 3, "\x9d\x01\x2a", 3))
		return false;
	set_size(out, little(chunk, 6, 2) & 0x3fff,
	    little(chunk, 8, 2) & 0x3fff);
	return out->width > 0;
}

/* ---- AVIF: https://aomediacodec.github.io/av1-avif/ on top of ISO/IEC
 * 14496-12 (boxes) and 23008-12 (items and their properties) */

struct box {
	struct str type, body;
};

/* Takes the first box off. */
static bool
next_box(struct str *rest, struct box *b)
{
	uint64_t size = big(*rest, 0, 4);
	size_t head = 8;

	if (size == 1) {
		size = big(*rest, 8, 8);
		head = 16;
	} else if (size == 0) {
		size = rest->len;
	}
	if (rest->len < head || size < head || size > rest->len)
		return false;
	b->type = (struct str){ rest->p + 4, 4 };
	b->body = str_from(str_upto(*rest, (size_t)size), head);
	*rest = str_from(*rest, (size_t)size);
	return true;
}

/* The body of the first box of this type, or an empty one. */
static struct str
find_box(struct str boxes, const char *type)
{
	struct box b;

	while (next_box(&boxes, &b))
		if (str_is(b.type, type))
			return b.body;
	return (struct str){ NULL, 0 };
}

/* Numbers counted from 1. */
static bool
nth_box(struct str boxes, uint64_t n, struct box *b)
{
	bool found = n > 0;

	for (; found && n > 0; n--)
		found = next_box(&boxes, b);
	return found;
}

/* The indices of an item's properties, out of an ItemPropertyAssociationBox:
 * one byte each, or two. */
static struct str
find_indices(struct str ipma, uint64_t item)
{
	size_t id_len = byte(ipma, 0) < 1 ? 2 : 4;
	size_t index_len = byte(ipma, 3) & 1 ? 2 : 1;
	uint64_t n = big(ipma, 4, 4);
	size_t at = 8;

	for (uint64_t i = 0; i < n && has(ipma, at, id_len + 1); i++) {
		size_t len = byte(ipma, at + id_len) * index_len;
		if (big(ipma, at, id_len) == item)
			return str_upto(str_from(ipma, at + id_len + 1), len);
		at += id_len + 1 + len;
	}
	return (struct str){ NULL, 0 };
}

/* The first bit of an index says only whether the property is essential. */
static void
apply_properties(struct str ipco, struct str indices, size_t index_len,
    struct image *out)
{
	uint64_t width = 0, height = 0;
	bool is_turned = false, is_cropped = false;
	struct box b;

	for (size_t i = 0; has(indices, i, index_len); i += index_len) {
		uint64_t index = big(indices, i, index_len) &
		    (index_len == 2 ? 0x7fff : 0x7f);
		if (!nth_box(ipco, index, &b))
			continue;
		if (str_is(b.type, "ispe")) {
			width = big(b.body, 4, 4);
			height = big(b.body, 8, 4);
		} else if (str_is(b.type, "irot")) {
			is_turned = byte(b.body, 0) & 1;
		} else if (str_is(b.type, "clap")) {
			/* Fractions of both sides and offsets: not worth it. */
			is_cropped = true;
		}
	}
	if (!is_cropped)
		set_size(out, is_turned ? height : width,
		    is_turned ? width : height);
}

static bool
is_avif(struct str s)
{
	struct box ftyp;

	if (!has_bytes(s, 4, "ftyp", 4))
		return false;
	if (!next_box(&s, &ftyp))
		return has_bytes(s, 8, "avif", 4) || has_bytes(s, 8, "avis", 4);
	for (size_t at = 0; has(ftyp.body, at, 4); at += 4)
		if (at != 4 &&
		    (has_bytes(ftyp.body, at, "avif", 4) ||
			has_bytes(ftyp.body, at, "avis", 4)))
			return true;
	return false;
}

static bool
probe_avif(struct str s, struct image *out)
{
	/* A sequence may have tracks only, which are not looked into. */
	bool has_content = false;
	struct str meta = { NULL, 0 };
	struct box b;

	while (s.len > 0) {
		if (!next_box(&s, &b))
			return false;
		if (str_is(b.type, "meta") && meta.len == 0)
			meta = str_from(b.body, 4);
		if (str_is(b.type, "meta") || str_is(b.type, "moov"))
			has_content = true;
	}
	struct str pitm = find_box(meta, "pitm");
	struct str iprp = find_box(meta, "iprp");
	struct str ipma = find_box(iprp, "ipma");
	if (pitm.len > 0 && ipma.len > 0) {
		uint64_t item = big(pitm, 4, byte(pitm, 0) < 1 ? 2 : 4);
		apply_properties(find_box(iprp, "ipco"),
		    find_indices(ipma, item), byte(ipma, 3) & 1 ? 2 : 1, out);
	}
	return has_content;
}

/* ---- all of them */

static enum image_kind
kind_by_magic(struct str s)
{
	if (has_bytes(s, 0, "\x89PNG\r\n\x1a\n", 8))
		return IMAGE_PNG;
	if (has_bytes(s, 0, "\xff\xd8\xff", 3))
		return IMAGE_JPEG;
	if (has_bytes(s, 0, "GIF87a", 6) || has_bytes(s, 0, "GIF89a", 6))
		return IMAGE_GIF;
	if (has_bytes(s, 0, "RIFF", 4) && has_bytes(s, 8, "WEBP", 4))
		return IMAGE_WEBP;
	if (is_avif(s))
		return IMAGE_AVIF;
	return IMAGE_NONE;
}

bool
image_probe(struct str bytes, struct image *out)
{
	*out = (struct image){ .kind = kind_by_magic(bytes) };
	switch (out->kind) {
	case IMAGE_PNG: return probe_png(bytes, out);
	case IMAGE_JPEG: return probe_jpeg(bytes, out);
	case IMAGE_GIF: return probe_gif(bytes, out);
	case IMAGE_WEBP: return probe_webp(bytes, out);
	case IMAGE_AVIF: return probe_avif(bytes, out);
	case IMAGE_SVG:
	case IMAGE_NONE: break;
	}
	return svg_probe(bytes, out);
}

const char *
image_media_type(enum image_kind kind)
{
	switch (kind) {
	case IMAGE_NONE: return NULL;
	case IMAGE_PNG: return "image/png";
	case IMAGE_JPEG: return "image/jpeg";
	case IMAGE_GIF: return "image/gif";
	case IMAGE_WEBP: return "image/webp";
	case IMAGE_AVIF: return "image/avif";
	case IMAGE_SVG: return "image/svg+xml";
	}
	return NULL;
}
