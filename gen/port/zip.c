#include "port/zip.h"

#include <assert.h>
#include <libdeflate.h>
#include <limits.h>
#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <stdio.h>
#include <zlib.h>

/* Sizes and offsets of the plain format have 32 bits; beyond that it needs
 * zip64 and its extra fields, which EPUB readers and Anki may not know.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.9.2 */
#define ZIP_MOST ((size_t)0xfffffffe)
/* Bit 11: the name is UTF-8 (APPNOTE 4.4.4). */
#define FLAG_UTF8 (1u << 11)
/* 1980-01-01 00:00, the oldest date that the format has. */
#define OLDEST ((1u << 21) | (1u << 16))
/* Made on Unix, by version 2.0 of the format; an ordinary readable file. */
#define MADE_BY ((3u << 8) | 20)
#define FILE_MODE (0100644uL << 16)
/* What minizip is told and has no use for: it compresses nothing here. */
#define LEVEL_NONE 0

struct zip {
	zipFile file; /* NULL before the first entry and after the end */
	GString *bytes;
	size_t at; /* where minizip writes next */
	struct diag *diag;
	bool has_failed;
};

/* What minizip takes for a file is the string of the archive. */

static voidpf
sink_open(voidpf opaque, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return opaque;
}

static uLong
sink_write(voidpf opaque, voidpf stream, const void *buf, uLong size)
{
	struct zip *z = stream;
	(void)opaque;
	if (size > ZIP_MOST - z->at)
		return 0;
	g_string_overwrite_len(z->bytes, z->at, buf, (gssize)size);
	z->at += size;
	return size;
}

static ZPOS64_T
sink_tell(voidpf opaque, voidpf stream)
{
	const struct zip *z = stream;
	(void)opaque;
	return z->at;
}

static long
sink_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
	struct zip *z = stream;
	(void)opaque;
	size_t from = 0;
	if (origin == ZLIB_FILEFUNC_SEEK_CUR)
		from = z->at;
	else if (origin == ZLIB_FILEFUNC_SEEK_END)
		from = z->bytes->len;
	if (offset > z->bytes->len - from)
		return -1;
	z->at = from + (size_t)offset;
	return 0;
}

static int
sink_done(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

/* libdeflate's levels go from 1 to 12. The next ones take up to twice the time
 * and make what we have 5 to 15 % smaller. */
#define LEVEL_FAST 1

/* To make one takes as long as to compress a page or two. */
static GPrivate own_compressor = G_PRIVATE_INIT(
    (GDestroyNotify)libdeflate_free_compressor);

/* The thread's own. */
static struct libdeflate_compressor *
compressor(void)
{
	struct libdeflate_compressor *c = g_private_get(&own_compressor);

	if (!c) {
		c = libdeflate_alloc_compressor(LEVEL_FAST);
		if (!c)
			g_error("out of memory");
		g_private_set(&own_compressor, c);
	}
	return c;
}

void
zip_pack(struct zip_entry *e, struct str raw, enum zip_method method,
    struct arena *a)
{
	*e = (struct zip_entry){ .raw_size = raw.len };
	e->crc = libdeflate_crc32(0, raw.p, raw.len);
	if (method != ZIP_STORED && raw.len > 0) {
		struct libdeflate_compressor *c = compressor();
		/* Room for less than raw: what does not fit is stored. */
		g_autofree char *packed = g_malloc(raw.len);
		size_t n = libdeflate_deflate_compress(c, raw.p, raw.len,
		    packed, raw.len - 1);
		if (n > 0) {
			e->bytes = (struct str){
				arena_str(a, (struct str){ packed, n }), n
			};
			e->is_deflated = true;
			return;
		}
	}
	e->bytes = (struct str){ arena_str(a, raw), raw.len };
}

struct str
zip_zlib(struct str raw, struct arena *a)
{
	struct libdeflate_compressor *c = compressor();
	size_t most = libdeflate_zlib_compress_bound(c, raw.len);
	g_autofree char *packed = g_malloc(most);
	size_t n = libdeflate_zlib_compress(c, raw.p, raw.len, packed, most);
	assert(n > 0);
	return (struct str){ arena_str(a, (struct str){ packed, n }), n };
}

uint32_t
zip_crc(uint32_t crc, struct str bytes)
{
	return libdeflate_crc32(crc, bytes.p, bytes.len);
}

struct zip *
zip_new(struct diag *d)
{
	struct zip *z = g_new0(struct zip, 1);
	z->diag = d;
	z->bytes = g_string_new(NULL);
	/* Nothing is ever read back from a new archive. */
	zlib_filefunc64_def sink = {
		.zopen64_file = sink_open,
		.zwrite_file = sink_write,
		.ztell64_file = sink_tell,
		.zseek64_file = sink_seek,
		.zclose_file = sink_done,
		.zerror_file = sink_done,
		.opaque = z,
	};
	z->file = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &sink);
	if (!z->file)
		g_error("out of memory");
	return z;
}

static bool
fail(struct zip *z, const char *name)
{
	z->has_failed = true;
	return diag_machine(z->diag,
	    "the archive cannot take '%s': over 4 GiB, or 65,535 entries",
	    name);
}

bool
zip_add(struct zip *z, const char *name, const struct zip_entry *e)
{
	assert(z->file && "zip_finish() was called");
	if (z->has_failed)
		return false;
	if (e->bytes.len > ZIP_MOST || e->raw_size > ZIP_MOST ||
	    strlen(name) > UINT16_MAX)
		return fail(z, name);
	const zip_fileinfo info = {
		.dosDate = OLDEST,
		.external_fa = FILE_MODE,
	};
	/* The first entry of an EPUB must have neither flags nor extra field,
	 * so a plain name makes no claim about its encoding. */
	const uLong flags = g_str_is_ascii(name) ? 0 : FLAG_UTF8;
	if (zipOpenNewFileInZip4_64(z->file, name, &info, NULL, 0, NULL, 0,
		NULL, e->is_deflated ? Z_DEFLATED : 0, LEVEL_NONE, 1,
		-MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY,
		flags, 0) != ZIP_OK)
		return fail(z, name);
	if (zipWriteInFileInZip(z->file, e->bytes.p, (unsigned)e->bytes.len) !=
		ZIP_OK ||
	    zipCloseFileInZipRaw64(z->file, e->raw_size, e->crc) != ZIP_OK)
		return fail(z, name);
	return true;
}

bool
zip_finish(struct zip *z, struct str *archive)
{
	assert(z->file && "zip_finish() was called");
	const int status = zipClose(z->file, NULL);
	z->file = NULL;
	if (z->has_failed)
		return false;
	if (status != ZIP_OK)
		return fail(z, "its own directory");
	*archive = (struct str){ z->bytes->str, z->bytes->len };
	return true;
}

void
zip_free(struct zip *z)
{
	if (!z)
		return;
	if (z->file)
		zipClose(z->file, NULL);
	g_string_free(z->bytes, TRUE);
	g_free(z);
}

/* --- reading ------------------------------------------------------------ */

/* What minizip takes for a file is a range of bytes. */
struct tape {
	struct str bytes;
	size_t at;
};

static voidpf
tape_open(voidpf opaque, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return opaque;
}

static uLong
tape_read(voidpf opaque, voidpf stream, void *buf, uLong size)
{
	struct tape *t = stream;
	const uLong n = MIN(size, t->bytes.len - t->at);

	(void)opaque;
	if (n > 0)
		memcpy(buf, t->bytes.p + t->at, n);
	t->at += n;
	return n;
}

static ZPOS64_T
tape_tell(voidpf opaque, voidpf stream)
{
	const struct tape *t = stream;

	(void)opaque;
	return t->at;
}

static long
tape_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
	struct tape *t = stream;
	size_t from = 0;

	(void)opaque;
	if (origin == ZLIB_FILEFUNC_SEEK_CUR)
		from = t->at;
	else if (origin == ZLIB_FILEFUNC_SEEK_END)
		from = t->bytes.len;
	if (offset > t->bytes.len - from)
		return -1;
	t->at = from + (size_t)offset;
	return 0;
}

/* The entry that the archive stands at. */
static bool
read_entry(unzFile file, size_t most, struct arena *a, struct str *bytes)
{
	unz_file_info64 info;

	if (unzGetCurrentFileInfo64(file, &info, NULL, 0, NULL, 0, NULL, 0) !=
		UNZ_OK ||
	    info.uncompressed_size > MIN(most, INT_MAX) ||
	    unzOpenCurrentFile(file) != UNZ_OK)
		return false;
	const size_t len = (size_t)info.uncompressed_size;
	char *to = arena_array(a, len + 1, char);
	const int n = unzReadCurrentFile(file, to, (unsigned)len);
	/* Closing it compares the checksum. */
	const bool is_sound = unzCloseCurrentFile(file) == UNZ_OK;
	*bytes = (struct str){ to, len };
	return is_sound && n >= 0 && (size_t)n == len;
}

bool
zip_read(struct str archive, const char *name, size_t most, struct arena *a,
    struct str *bytes)
{
	struct tape tape = { archive, 0 };
	zlib_filefunc64_def source = {
		.zopen64_file = tape_open,
		.zread_file = tape_read,
		.ztell64_file = tape_tell,
		.zseek64_file = tape_seek,
		.zclose_file = sink_done,
		.zerror_file = sink_done,
		.opaque = &tape,
	};
	unzFile file = unzOpen2_64("", &source);
	bool is_read;

	if (!file)
		return false;
	is_read = unzLocateFile(file, name, 1) == UNZ_OK &&
	    read_entry(file, most, a, bytes);
	unzClose(file);
	return is_read;
}
