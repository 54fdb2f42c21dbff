#include "port/image.h"

#include <glib.h>

#define NS "xmlns=\"http://www.w3.org/2000/svg\""
#define LINK "xmlns:xlink=\"http://www.w3.org/1999/xlink\""

/* ---- samples */

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define PNG_REST "\x08\2\0\0\0CRC!\0\0\0\3IDATxyzCRC!\0\0\0\0IENDCRC!"
#define PNG PNG_HEAD "\0\0\1\x40\0\0\0\xf0" PNG_REST

/* Start and JFIF; a frame of 320 × 240; a table, and a scan with an escaped
 * 0xff and a restart marker; the end. */
#define JPEG_HEAD "\xff\xd8\xff\xe0\0\x04JF"
#define JPEG_FRAME "\xff\xff\xc2\0\x0b\x08\0\xf0\1\x40\1\1\x11\0"
#define JPEG_REST                                                      \
	"\xff\xc4\0\5\0\xff\xd9\xff\xff\xff\xda\0\3\1ab\xff\0\xff\xd0" \
	"cd\xff\xd9"
#define JPEG JPEG_HEAD JPEG_FRAME JPEG_REST
/* Two entries of TIFF, the second is the orientation. */
#define EXIF_BIG(value)                     \
	"\xff\xe1\0\x2e"                    \
	"Exif\0\0MM\0*\0\0\0\x08\0\2"       \
	"\1\x0f\0\2\0\0\0\4"                \
	"ABC\0"                             \
	"\1\x12\0\3\0\0\0\1\0" value "\0\0" \
	"\0\0\0\0"
#define EXIF_LITTLE(value)                  \
	"\xff\xe1\0\x2e"                    \
	"Exif\0\0II*\0\x08\0\0\0\2\0"       \
	"\x0f\1\2\0\4\0\0\0"                \
	"ABC\0"                             \
	"\x12\1\3\0\1\0\0\0" value "\0\0\0" \
	"\0\0\0\0"

/* A colour table of two, an extension, a frame with a table of four. */
#define GIF                                                 \
	"GIF89a\x40\1\xf0\0\x80\0\0rgbRGB!\xf9\4\0\0\0\0\0" \
	",\0\0\0\0\x40\1\xf0\0\x81rgbrgbrgbrgb\2\3abc\1d\0;"

#define WEBP_LOSSY \
	"RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\x10\0\0\x9d\1*\x40\x41\xf0\0"
#define WEBP_LOSSLESS "RIFF\x12\0\0\0WEBPVP8L\6\0\0\0/\x3f\xc1\x3b\0z"
#define WEBP_MORE "RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\1\0\xef\0\0"

/* The second item is the image; its properties are the third, 320 × 240, and
 * whatever there is as fourth. */
#define AVIF_BOXES(fourth)                                   \
	"\0\0\0\x14"                                         \
	"ftypmif1\0\0\0\0avif"                               \
	"\0\0\0\x0cmdatabcd"                                 \
	"\0\0\0\x83meta\0\0\0\0"                             \
	"\0\0\0\x0epitm\0\0\0\0\0\2"                         \
	"\0\0\0\x69iprp"                                     \
	"\0\0\0\x46ipco"                                     \
	"\0\0\0\x14ispe\0\0\0\0\0\0\0\1\0\0\0\1"             \
	"\0\0\0\x0cpixi\0\0\0\0"                             \
	"\0\0\0\x14ispe\0\0\0\0\0\0\1\x40\0\0\0\xf0"         \
	"\0\0\0\x0a" fourth "\0\0\0\x1bipma\0\0\0\0\0\0\0\2" \
	"\0\1\1\1\0\2\4\x84\x83\2\0"
#define AVIF AVIF_BOXES("imir\0\0")

#define SVG                                                                  \
	"\xef\xbb\xbf<?xml version=\"1.0\" encoding='UTF-8'?>\n"             \
	"<!-- <html> -->\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" " \
	"\"a>b\" [<!ENTITY a \"b>\"> <!-- ]> -->\n]>\n"                      \
	"<svg " NS " width='320' height=\"2.5in\"\n>"                        \
	"<style><![CDATA[ a > b { fill: url(#c) } ]]></style><g>&a;"         \
	"<path d='M0 0'/><text>x &lt; &#228;</text></g ></svg>"

#define BYTES(s)                 \
	{                        \
		s, sizeof(s) - 1 \
	}

static const struct {
	const char *name;
	struct str bytes;
	enum image_kind kind;
} samples[] = {
	{ "PNG", BYTES(PNG), IMAGE_PNG },
	{ "JPEG", BYTES(JPEG), IMAGE_JPEG },
	{ "JPEG with EXIF",
	    BYTES(JPEG_HEAD EXIF_BIG("\1") JPEG_FRAME JPEG_REST), IMAGE_JPEG },
	{ "GIF", BYTES(GIF), IMAGE_GIF },
	{ "WebP, lossy", BYTES(WEBP_LOSSY), IMAGE_WEBP },
	{ "WebP, lossless", BYTES(WEBP_LOSSLESS), IMAGE_WEBP },
	{ "WebP, extended", BYTES(WEBP_MORE), IMAGE_WEBP },
	{ "AVIF", BYTES(AVIF), IMAGE_AVIF },
	{ "SVG", BYTES(SVG), IMAGE_SVG },
};

/* ---- */

/* In a block of its own, so that the sanitizer sees one byte too many. */
static bool
probe(struct str s, struct image *out)
{
	g_autofree char *copy = g_memdup2(s.p, s.len);

	return image_probe((struct str){ copy, s.len }, out);
}

static void
expect_at(int line, struct str bytes, enum image_kind kind, unsigned width,
    unsigned height)
{
	struct image i;

	if (!probe(bytes, &i) || i.kind != kind || i.width != width ||
	    i.height != height)
		g_test_fail_printf("line %d: kind %d, %u × %u", line,
		    (int)i.kind, i.width, i.height);
}

#define EXPECT(bytes, kind, width, height) \
	expect_at(__LINE__, STR_LIT(bytes), kind, width, height)

static void
expect_broken_at(int line, struct str bytes, enum image_kind kind)
{
	struct image i;

	if (probe(bytes, &i) || i.kind != kind)
		g_test_fail_printf("line %d: kind %d", line, (int)i.kind);
}

#define EXPECT_BROKEN(bytes, kind) \
	expect_broken_at(__LINE__, STR_LIT(bytes), kind)

static void
test_samples(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		struct image image;
		g_test_message("%s", samples[i].name);
		g_assert_true(probe(samples[i].bytes, &image));
		g_assert_cmpint(image.kind, ==, samples[i].kind);
		g_assert_cmpuint(image.width, ==, 320);
		g_assert_cmpuint(image.height, ==, 240);
		g_assert_false(image.has_script);
	}
}

static void
test_cut_off(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		for (size_t n = 0; n < samples[i].bytes.len; n++) {
			struct image image;
			bool good = probe(str_upto(samples[i].bytes, n),
			    &image);
			/* GIF may end without its trailer. */
			if (samples[i].kind == IMAGE_GIF &&
			    n + 1 == samples[i].bytes.len)
				continue;
			/* Either nothing was known yet, or it was missed. */
			if (good != (image.kind == IMAGE_NONE) ||
			    (!good && image.kind != samples[i].kind))
				g_test_fail_printf("%s: %zu bytes",
				    samples[i].name, n);
		}
	}
}

static void
mutate(GRand *r, GString *s)
{
	static const char bytes[] = "\0\1\xff\x7f\x80<>&'\"]; ";

	for (int n = g_rand_int_range(r, 1, 5); n > 0 && s->len > 0; n--) {
		gssize at = g_rand_int_range(r, 0, (int)s->len);
		int c = bytes[g_rand_int_range(r, 0, sizeof(bytes) - 1)];
		switch (g_rand_int_range(r, 0, 4)) {
		case 0: s->str[at] = (char)c; break;
		case 1: s->str[at] = (char)g_rand_int(r); break;
		case 2: g_string_insert_c(s, at, (char)c); break;
		case 3: g_string_erase(s, at, 1); break;
		}
	}
}

static void
test_mutations(void)
{
	GRand *r = g_rand_new_with_seed(1);

	for (size_t i = 0; i < 2000 * G_N_ELEMENTS(samples); i++) {
		struct str from = samples[i % G_N_ELEMENTS(samples)].bytes;
		GString *s = g_string_new_len(from.p, (gssize)from.len);
		struct image image;
		mutate(r, s);
		bool good = probe((struct str){ s->str, s->len }, &image);
		g_assert_true(good || image.kind != IMAGE_NONE);
		g_assert_cmpuint(image.width, <=, IMAGE_SIZE_MOST);
		g_assert_cmpuint(image.height, <=, IMAGE_SIZE_MOST);
		g_assert_true(!image.width == !image.height);
		g_string_free(s, true);
	}
	g_rand_free(r);
}

static void
test_none(void)
{
	EXPECT("", IMAGE_NONE, 0, 0);
	EXPECT("# Text", IMAGE_NONE, 0, 0);
	EXPECT("\x1f\x8b\x08", IMAGE_NONE, 0, 0);
	EXPECT("BM\0\0\0\0", IMAGE_NONE, 0, 0);
	EXPECT("RIFF\4\0\0\0WAVE", IMAGE_NONE, 0, 0);
	EXPECT("\0\0\0\x14"
	       "ftypheic\0\0\0\0mif1",
	    IMAGE_NONE, 0, 0);
	EXPECT("<!DOCTYPE html><html><svg " NS "/></html>", IMAGE_NONE, 0, 0);
	EXPECT("<?xml version='1.0'?><rss><svg/></rss>", IMAGE_NONE, 0, 0);
	EXPECT("<svgs/>", IMAGE_NONE, 0, 0);
	g_assert_null(image_media_type(IMAGE_NONE));
	g_assert_cmpstr(image_media_type(IMAGE_SVG), ==, "image/svg+xml");
	g_assert_cmpstr(image_media_type(IMAGE_JPEG), ==, "image/jpeg");
}

static void
test_png(void)
{
	EXPECT(PNG_HEAD "\0\1\x86\xa0\0\0\0\1" PNG_REST, IMAGE_PNG, 100000, 1);
	EXPECT(PNG_HEAD "\0\1\x86\xa1\0\0\0\1" PNG_REST, IMAGE_PNG, 0, 0);
	EXPECT_BROKEN(PNG_HEAD "\0\0\0\0\0\0\0\1" PNG_REST, IMAGE_PNG);
	/* Without data; a chunk longer than the file. */
	EXPECT_BROKEN(PNG_HEAD
	    "\0\0\1\x40\0\0\0\xf0\x08\2\0\0\0CRC!\0\0\0\0IENDCRC!",
	    IMAGE_PNG);
	EXPECT_BROKEN(PNG_HEAD
	    "\0\0\1\x40\0\0\0\xf0\x08\2\0\0\0CRC!\xff\xff\xff\xffIDATCRC!",
	    IMAGE_PNG);
}

static void
test_jpeg(void)
{
#define TURNED(exif) JPEG_HEAD exif JPEG_FRAME JPEG_REST
	EXPECT(TURNED(EXIF_BIG("\4")), IMAGE_JPEG, 320, 240);
	EXPECT(TURNED(EXIF_BIG("\5")), IMAGE_JPEG, 240, 320);
	EXPECT(TURNED(EXIF_BIG("\6")), IMAGE_JPEG, 240, 320);
	EXPECT(TURNED(EXIF_BIG("\x08")), IMAGE_JPEG, 240, 320);
	EXPECT(TURNED(EXIF_BIG("\x09")), IMAGE_JPEG, 320, 240);
	EXPECT(TURNED(EXIF_LITTLE("\4")), IMAGE_JPEG, 320, 240);
	EXPECT(TURNED(EXIF_LITTLE("\5")), IMAGE_JPEG, 240, 320);
	EXPECT(TURNED(EXIF_LITTLE("\x08")), IMAGE_JPEG, 240, 320);
	EXPECT(TURNED(EXIF_LITTLE("\x09")), IMAGE_JPEG, 320, 240);
	/* Of two the first; behind the frame as well. */
	EXPECT(TURNED(EXIF_BIG("\1") EXIF_BIG("\6")), IMAGE_JPEG, 320, 240);
	EXPECT(JPEG_HEAD JPEG_FRAME EXIF_BIG("\6") JPEG_REST, IMAGE_JPEG, 240,
	    320);
	/* An offset beyond the segment is the same as none. */
	EXPECT(TURNED("\xff\xe1\0\x10"
		      "Exif\0\0MM\0*\xff\xff\xff\xff"),
	    IMAGE_JPEG, 320, 240);
#undef TURNED
	/* Rubbish between segments, which decoders skip. */
	EXPECT(JPEG_HEAD "ab\xff\0c" JPEG_FRAME JPEG_REST, IMAGE_JPEG, 320,
	    240);
	/* Its height comes later. */
	EXPECT("\xff\xd8\xff\xc0\0\x0b\x08\0\0\1\x40\1\1\x11\0" JPEG_REST,
	    IMAGE_JPEG, 0, 0);
	EXPECT_BROKEN("\xff\xd8\xff\xc0\0\x0b\x08\0\1\0\0\1\1\x11\0" JPEG_REST,
	    IMAGE_JPEG);
	/* No frame; the end before the scan; a segment without a length. */
	EXPECT_BROKEN(JPEG_HEAD JPEG_REST, IMAGE_JPEG);
	EXPECT_BROKEN(JPEG_HEAD JPEG_FRAME "\xff\xd9" JPEG_REST, IMAGE_JPEG);
	EXPECT_BROKEN(JPEG_HEAD "\xff\xe2\0\1" JPEG_FRAME JPEG_REST,
	    IMAGE_JPEG);
}

static void
test_gif(void)
{
	EXPECT("GIF87a\2\0\3\0\0\0\0,\0\0\0\0\2\0\3\0\0\2\1a\0;", IMAGE_GIF, 2,
	    3);
	EXPECT("GIF87a\0\0\0\0\0\0\0,\0\0\0\0\2\0\3\0\0\2\1a\0;", IMAGE_GIF, 0,
	    0);
	/* Without a trailer. */
	EXPECT("GIF87a\2\0\3\0\0\0\0,\0\0\0\0\2\0\3\0\0\2\1a\0", IMAGE_GIF, 2,
	    3);
	/* No frame; only a part of one. */
	EXPECT_BROKEN("GIF87a\2\0\3\0\0\0\0;", IMAGE_GIF);
	EXPECT_BROKEN("GIF87a\2\0\3\0\0\0\0", IMAGE_GIF);
	EXPECT_BROKEN("GIF87a\2\0\3\0\0\0\0,\0\0\0\0\2\0\3\0\0\2\1a",
	    IMAGE_GIF);
	EXPECT_BROKEN("GIF87a\2\0\3\0\0\0\0!\xff\xff", IMAGE_GIF);
}

static void
test_webp(void)
{
	EXPECT("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x9f\x86\1\0\0\0",
	    IMAGE_WEBP, 100000, 1);
	EXPECT("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\xff\xff\xff\0\0\0",
	    IMAGE_WEBP, 0, 0);
	EXPECT_BROKEN("RIFF\x16\0\0\0WEBPVP9 \x0a\0\0\0abcdefghij", IMAGE_WEBP);
	/* No start code; no key frame; a chunk that is too short, too long. */
	EXPECT_BROKEN(
	    "RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\x10\0\0\x9d\2*\x40\1\xf0\0",
	    IMAGE_WEBP);
	EXPECT_BROKEN(
	    "RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\x11\0\0\x9d\1*\x40\1\xf0\0",
	    IMAGE_WEBP);
	EXPECT_BROKEN("RIFF\x12\0\0\0WEBPVP8L\4\0\0\0/\x3f\xc1\x3b\0z",
	    IMAGE_WEBP);
	EXPECT_BROKEN("RIFF\x12\0\0\0WEBPVP8L\xff\xff\xff\xff/\x3f\xc1\x3b\0z",
	    IMAGE_WEBP);
}

static void
test_avif(void)
{
	EXPECT(AVIF_BOXES("irot\0\0"), IMAGE_AVIF, 320, 240);
	EXPECT(AVIF_BOXES("irot\1\0"), IMAGE_AVIF, 240, 320);
	EXPECT(AVIF_BOXES("irot\2\0"), IMAGE_AVIF, 320, 240);
	EXPECT(AVIF_BOXES("irot\3\0"), IMAGE_AVIF, 240, 320);
	EXPECT(AVIF_BOXES("clap\0\0"), IMAGE_AVIF, 0, 0);
	/* The last box up to the end; one with a long length; no item. */
	EXPECT(AVIF "\0\0\0\0free", IMAGE_AVIF, 320, 240);
	EXPECT(AVIF "\0\0\0\1free\0\0\0\0\0\0\0\x11.", IMAGE_AVIF, 320, 240);
	EXPECT("\0\0\0\x10"
	       "ftypavif\0\0\0\0\0\0\0\x0cmeta\0\0\0\0",
	    IMAGE_AVIF, 0, 0);
	EXPECT_BROKEN(AVIF "\0\0\0\1free\0\0\0\0\0\0\0\x12.", IMAGE_AVIF);
	EXPECT_BROKEN(AVIF "\0\0\0\1free\xff\xff\xff\xff\xff\xff\xff\xff.",
	    IMAGE_AVIF);
	EXPECT_BROKEN(AVIF "\0\0\0\7free", IMAGE_AVIF);
	EXPECT_BROKEN("\0\0\0\x10"
		      "ftypavif\0\0\0\0",
	    IMAGE_AVIF);
}

static void
test_svg_size(void)
{
	static const struct {
		const char *attributes;
		unsigned width, height;
	} cases[] = { { "", 0, 0 }, { "width='20' height='30'", 20, 30 },
		{ "width=' 20PX ' height='+3e1px'", 20, 30 },
		{ "width='3pt' height='2pc'", 4, 32 },
		{ "width='2.54cm' height='25.4mm'", 96, 96 },
		{ "width='101.6Q' height='.5in'", 96, 48 },
		{ "width='9.5' height='9.4'", 10, 9 },
		{ "width='&#50;0' height='30'", 20, 30 },
		{ "width='100000' height='1'", 100000, 1 },
		{ "width='100001' height='1'", 0, 0 },
		{ "width='1e999' height='1'", 0, 0 },
		{ "width='0' height='1'", 0, 0 },
		{ "width='-5' height='1'", 0, 0 },
		{ "width='0x10' height='1'", 0, 0 },
		{ "width='inf' height='nan'", 0, 0 },
		{ "width='2em' height='2ex'", 0, 0 },
		{ "width='1.5e' height='5'", 0, 0 },
		{ "width='100%' height='100%'", 0, 0 },
		{ "width='100%' height='100%' viewBox='0 0 24 12'", 24, 12 },
		{ "viewBox='-1,-2 , 24.4\n12'", 24, 12 },
		{ "width='48' viewBox='0 0 24 12'", 48, 24 },
		{ "height='6' viewBox='0 0 24 12'", 12, 6 },
		{ "width='48'", 0, 0 }, { "viewBox='0 0 24'", 0, 0 },
		{ "viewBox='0 0 24 12 1'", 0, 0 },
		{ "viewBox='0 0 0 12'", 0, 0 },
		{ "viewBox='0 0 1e-320 1e308' width='1'", 0, 0 },
		{ "viewbox='0 0 24 12'", 0, 0 },
		{ "x:width='5' data-width='5' height='5'", 0, 0 } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *s = g_strdup_printf("<svg " NS " %s/>\n",
		    cases[i].attributes);
		struct image image;
		g_test_message("%s", cases[i].attributes);
		g_assert_true(probe(str_of(s), &image));
		g_assert_cmpint(image.kind, ==, IMAGE_SVG);
		g_assert_cmpuint(image.width, ==, cases[i].width);
		g_assert_cmpuint(image.height, ==, cases[i].height);
	}
}

static void
test_svg_root(void)
{
	EXPECT("<?xml version='1.0'?><x:svg xmlns:x="
	       "'http://www.w3.org/2000/svg' width='2' height='3'></x:svg>",
	    IMAGE_SVG, 2, 3);
	EXPECT("<!DOCTYPE svg [<!ENTITY n 'http://www.w3.org/2000/svg'>]>"
	       "<svg xmlns='&n;'/> <!-- end --> <?end?>",
	    IMAGE_SVG, 0, 0);
	/* A browser takes none of these for a picture. */
	EXPECT_BROKEN("<svg width='2' height='2'/>", IMAGE_SVG);
	EXPECT_BROKEN("<x:svg " NS "/>", IMAGE_SVG);
	EXPECT_BROKEN("<svg xmlns='http://www.w3.org/1999/xhtml'/>", IMAGE_SVG);
	EXPECT_BROKEN("\n<?xml version='1.0'?><svg " NS "/>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS "/><svg " NS "/>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS "/>x", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS "><g></svg>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS "><g></h></svg>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS " a/>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS " a=b/>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS " a=''b=''/>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS " a='<'/>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS ">&nbsp;</svg>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS ">a & b</svg>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS ">&#0;</svg>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS ">&#x110000;</svg>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS ">\33$B</svg>", IMAGE_SVG);
	EXPECT_BROKEN("<svg " NS ">\0</svg>", IMAGE_SVG);
}

static GString *
utf16(const char *text, bool is_big, bool has_mark)
{
	GString *s = g_string_new(NULL);

	if (has_mark)
		g_string_append_len(s, is_big ? "\xfe\xff" : "\xff\xfe", 2);
	for (; *text; text++) {
		/* "~" is to be a character beyond ASCII. */
		char high = *text == '~' ? '<' : '\0';
		g_string_append_c(s, is_big ? high : *text);
		g_string_append_c(s, is_big ? *text : high);
	}
	return s;
}

static void
test_svg_utf16(void)
{
	for (int i = 0; i < 4; i++) {
		GString
		    *s = utf16("<?xml version='1.0' encoding='UTF-16'?><svg "
			       "width='2' height='3' " NS ">~</svg>",
			i & 1, i & 2);
		struct image image;
		g_assert_true(probe((struct str){ s->str, s->len }, &image));
		g_assert_cmpint(image.kind, ==, IMAGE_SVG);
		g_assert_cmpuint(image.width, ==, 2);
		g_assert_cmpuint(image.height, ==, 3);
		g_assert_false(image.has_script);
		g_assert_false(
		    probe((struct str){ s->str, s->len - 1 }, &image));
		g_string_free(s, true);
	}
	GString *s = utf16("<svg " NS "><script/></svg>", true, true);
	struct image image;
	g_assert_true(probe((struct str){ s->str, s->len }, &image));
	g_assert_true(image.has_script);
	g_string_free(s, true);
}

static void
expect_scripts(const char *const *cases, const char *format, bool has_script)
{
	for (; *cases; cases++) {
		char **parts = g_strsplit(format, "@", 2);
		g_autofree char *s = g_strconcat(parts[0], *cases, parts[1],
		    NULL);
		struct image image;
		g_strfreev(parts);
		g_test_message("%s", s);
		g_assert_true(probe(str_of(s), &image));
		g_assert_cmpint(image.kind, ==, IMAGE_SVG);
		g_assert_cmpint(image.has_script, ==, has_script);
	}
}

#define INSIDE "<svg " NS " " LINK ">@</svg>"
#define IN_STYLE "<svg " NS "><style>@</style></svg>"

static void
test_svg_drawing(void)
{
	static const char *const inside[] = { "", "script onload='' onclick",
		"<!-- <script/> -->", "<![CDATA[<script/>]]>",
		"<use href='#a'/><use xlink:href=' #a'/><use href=''/>",
		"<a href='https://a.example/'/><a xlink:href='b.html'/>",
		"<image href='data:image/png;base64,AAAA'/>",
		"<image href='DATA:image/JPEG,x'/>",
		"<path fill='url(#a)' style='fill: URL( \"#a\" )'/>",
		"<path data-latex='\\frac url(x)' aria-label='\\a'/>",
		"<set attributeName='fill' to='red'/>", "<metadata/>",
		"<g x:onload=''/>", NULL };
	static const char *const style[] = { "", "a > b { fill: url(#a) }",
		"@font-face { src: url(data:font/woff2;base64,AA) }",
		"<!-- \\ --><![CDATA[ a { fill: red } ]]>", NULL };

	expect_scripts(inside, INSIDE, false);
	expect_scripts(style, IN_STYLE, false);
}

static void
test_svg_script(void)
{
	static const char *const inside[] = { "<script/>", "<x:script/>",
		"<SCRIPT></SCRIPT>", "<g onclick='f()'/>", "<g\nONload=''/>",
		"<foreignObject/>", "<x:iframe src='#'/>",
		"<a href='javascript:f()'/>", "<a href='&#106;avascript:f()'/>",
		"<a xlink:href='data:text/html,x'/>", "<use href='b.svg#c'/>",
		"<image xlink:href='b.png'/>", "<image href='//a.example'/>",
		"<image href='data:image/svg+xml,x'/>",
		"<image href='data:image/pngx,x'/>", "<g xml:base='http://a'/>",
		"<g fill='url(http://a)'/>", "<g fill='u&#114;l(a.svg#b)'/>",
		"<g fill='\\75rl(a)'/>", "<g style='x: url( \"\\23\" )'/>",
		"<g style='x: url(#a) url(b)'/>",
		"<set attributeName=' onload' to='f()'/>",
		"<animate attributeName='xlink:href' values='a'/>",
		"<!-- --><g><script/></g>", NULL };
	static const char *const style[] = { "@IMPORT 'a.css';",
		"a { b: url(c.png) }", "a { b: <!-- -->u<![CDATA[rl(]]>c) }",
		"a { b: &#x75;rl(c) }", "a { b: image-set('c' 1x) }", "<g/>\\",
		NULL };
	static const char *const prolog[] = { "<?xml-stylesheet href='a.xsl'?>",
		"<?xml version='1.0' encoding='Shift_JIS'?>",
		"<!DOCTYPE svg [<!ENTITY a '&#60;script/>'>]>",
		"<!DOCTYPE svg [<!ENTITY a '<script/>'>]>",
		"<!DOCTYPE svg [<!ENTITY a SYSTEM 'b'>]>",
		"<!DOCTYPE svg [<!ENTITY % a 'b'> %a; ]>",
		"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'f()'>]>", NULL };
	static const char *const unknown[] = { "<use href='&a;'/>",
		"<g fill='&a;'/>", "<style>&a;</style>", NULL };

	expect_scripts(inside, INSIDE, true);
	expect_scripts(style, IN_STYLE, true);
	expect_scripts(prolog, "@<svg " NS "/>", true);
	expect_scripts(unknown,
	    "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg " NS ">@</svg>", true);
}

/* Each of these took very long if anything were looked at twice. */
static void
test_svg_long(void)
{
	static const char *const repeated[] = { "<g>", "<", "<!--", "&", "\"",
		"<g a='", " a='url('", "url(", "]]", "<!DOCTYPE svg [" };

	for (size_t i = 0; i < G_N_ELEMENTS(repeated); i++) {
		GString *s = g_string_new("<svg " NS "><style>");
		struct image image;
		while (s->len < 1 << 20)
			g_string_append(s, repeated[i]);
		g_assert_false(probe((struct str){ s->str, s->len }, &image));
		g_assert_cmpint(image.kind, ==, IMAGE_SVG);
		g_assert_true(image.has_script);
		g_string_free(s, true);
	}
}

void test_port_image(void);

void
test_port_image(void)
{
	g_test_add_func("/port/image/samples", test_samples);
	g_test_add_func("/port/image/cut-off", test_cut_off);
	g_test_add_func("/port/image/mutations", test_mutations);
	g_test_add_func("/port/image/none", test_none);
	g_test_add_func("/port/image/png", test_png);
	g_test_add_func("/port/image/jpeg", test_jpeg);
	g_test_add_func("/port/image/gif", test_gif);
	g_test_add_func("/port/image/webp", test_webp);
	g_test_add_func("/port/image/avif", test_avif);
	g_test_add_func("/port/image/svg-size", test_svg_size);
	g_test_add_func("/port/image/svg-root", test_svg_root);
	g_test_add_func("/port/image/svg-utf16", test_svg_utf16);
	g_test_add_func("/port/image/svg-drawing", test_svg_drawing);
	g_test_add_func("/port/image/svg-script", test_svg_script);
	g_test_add_func("/port/image/svg-long", test_svg_long);
}
