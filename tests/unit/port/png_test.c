#include "port/image.h"
#include "port/png.h"

#include <stdint.h>
#include <zlib.h>

static uint32_t
u32(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	    (uint32_t)b[2] << 8 | b[3];
}

/* Two rows of three pixels. */
static struct str
write_small(struct arena *a)
{
	static const unsigned colours[] = { 0x102030, 0xfffefd };
	const struct png png = { .width = 3,
		.height = 2,
		.colours = colours,
		.n_colours = G_N_ELEMENTS(colours),
		.rows = STR_LIT("\0\0\1\0\0\1\1\1") };

	return png_write(&png, a);
}

static void
test_chunks(void)
{
	static const char *const types[] = { "IHDR", "PLTE", "IDAT", "IEND" };
	struct arena *a = arena_new();
	const struct str s = write_small(a);
	const char *p = s.p + 8;

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		const uint32_t len = u32(p);
		g_assert_cmpmem(p + 4, 4, types[i], 4);
		g_assert_cmpuint(u32(p + 8 + len), ==,
		    crc32(0, (const Bytef *)p + 4, len + 4));
		if (i == 1)
			g_assert_cmpmem(p + 8, len, "\x10\x20\x30\xff\xfe\xfd",
			    6);
		if (i == 2) {
			Bytef rows[16];
			uLongf n = sizeof(rows);
			g_assert_cmpint(uncompress(rows, &n,
					    (const Bytef *)p + 8, len),
			    ==, Z_OK);
			g_assert_cmpmem(rows, (int)n, "\0\0\1\0\0\1\1\1", 8);
		}
		p += 12 + len;
	}
	g_assert_true(p == s.p + s.len);
	arena_free(a);
}

static void
test_image(void)
{
	struct arena *a = arena_new();
	struct image image;

	g_assert_true(image_probe(write_small(a), &image));
	g_assert_cmpint(image.kind, ==, IMAGE_PNG);
	g_assert_cmpuint(image.width, ==, 3);
	g_assert_cmpuint(image.height, ==, 2);
	arena_free(a);
}

void test_port_png(void);

void
test_port_png(void)
{
	g_test_add_func("/port/png/chunks", test_chunks);
	g_test_add_func("/port/png/image", test_image);
}
