#include "port/zstd.h"

#include <zstd.h>

/* False: damaged, or too much. */
static bool
unpack(ZSTD_DStream *stream, struct str packed, size_t most, GString *to)
{
	char piece[16384];
	ZSTD_inBuffer in = { packed.p, packed.len, 0 };
	size_t wants = 1;

	while (in.pos < in.size || wants > 0) {
		ZSTD_outBuffer out = { piece, sizeof(piece), 0 };
		const size_t before = in.pos;
		wants = ZSTD_decompressStream(stream, &out, &in);
		if (ZSTD_isError(wants) || out.pos > most - to->len)
			return false;
		g_string_append_len(to, piece, (gssize)out.pos);
		if (out.pos == 0 && in.pos == before)
			/* It ends too early, or something stands behind. */
			return wants == 0 && in.pos == in.size;
	}
	return true;
}

bool
zstd_unpack(struct str packed, size_t most, struct arena *a, struct str *out)
{
	g_autoptr(GString) to = g_string_new(NULL);
	ZSTD_DStream *stream = ZSTD_createDStream();

	if (!stream)
		g_error("out of memory");
	const bool ok = packed.len && unpack(stream, packed, most, to);
	ZSTD_freeDStream(stream);
	if (ok)
		*out = arena_take(a, to);
	return ok;
}
