#include "port/png.h"

#include "port/zip.h"

#include <assert.h>

enum {
	BITS = 8,
	INDEXED = 3 /* PNG 11.2.1: colour type */
};

static void
put_u32(GString *out, uint32_t n)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		g_string_append_c(out, (char)(n >> shift));
}

/* PNG 5.3: length, type, data, and the sum of the latter two. */
static void
put_chunk(GString *out, const char type[4], struct str data)
{
	const struct str name = { type, 4 };

	put_u32(out, (uint32_t)data.len);
	g_string_append_len(out, name.p, (gssize)name.len);
	g_string_append_len(out, data.p, (gssize)data.len);
	put_u32(out, zip_crc(zip_crc(0, name), data));
}

static void
put_header(GString *out, const struct png *png)
{
	const char kind[] = { BITS, INDEXED, 0, 0, 0 };
	g_autoptr(GString) data = g_string_new(NULL);

	put_u32(data, png->width);
	put_u32(data, png->height);
	g_string_append_len(data, kind, sizeof(kind));
	put_chunk(out, "IHDR", (struct str){ data->str, data->len });
}

static void
put_colours(GString *out, const struct png *png)
{
	g_autoptr(GString) data = g_string_new(NULL);

	for (size_t i = 0; i < png->n_colours; i++)
		for (int shift = 16; shift >= 0; shift -= 8)
			g_string_append_c(data,
			    (char)(png->colours[i] >> shift));
	put_chunk(out, "PLTE", (struct str){ data->str, data->len });
}

struct str
png_write(const struct png *png, struct arena *a)
{
	g_autoptr(GString) out = g_string_new(NULL);

	assert(png->n_colours > 0 && png->n_colours <= 256);
	assert(png->rows.len == (size_t)png->height * (png->width + 1));
	g_string_append_len(out, "\x89PNG\r\n\x1a\n", 8);
	put_header(out, png);
	put_colours(out, png);
	put_chunk(out, "IDAT", zip_zlib(png->rows, a));
	put_chunk(out, "IEND", (struct str){ "", 0 });
	return arena_take(a, out);
}
