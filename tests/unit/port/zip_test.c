#include "port/zip.h"

#include <minizip/unzip.h>
#include <stdio.h>
#include <unistd.h>

/* Offsets in a local file header, APPNOTE 4.3.7. */
enum {
	AT_FLAGS = 6,
	AT_METHOD = 8,
	AT_TIME = 10,
	AT_DATE = 12,
	AT_NAME_LEN = 26,
	AT_EXTRA_LEN = 28,
	AT_NAME = 30
};

static const char mimetype[] = "application/epub+zip";
static const char text[] =
    "to be compressed, to be compressed, to be compressed, to be compressed";

static unsigned
u16(struct str s, size_t at)
{
	g_assert_cmpuint(at + 2, <=, s.len);
	return (unsigned char)s.p[at] |
	    (unsigned)(unsigned char)s.p[at + 1] << 8;
}

/* An archive of three entries; release both. */
static struct zip *
make(struct str *archive, struct diag *d)
{
	struct arena *a = arena_new();
	struct zip *z = zip_new(d);
	struct zip_entry e;

	zip_pack(&e, str_of(mimetype), ZIP_STORED, a);
	g_assert_true(zip_add(z, "mimetype", &e));
	zip_pack(&e, str_of(text), ZIP_DEFLATED, a);
	g_assert_true(zip_add(z, "OEBPS/a.txt", &e));
	zip_pack(&e, str_of(""), ZIP_DEFLATED, a);
	g_assert_true(zip_add(z, "ä.txt", &e));
	g_assert_true(zip_finish(z, archive));
	arena_free(a);
	return z;
}

static void
test_first_entry(void)
{
	struct diag *d = diag_new();
	struct str s;
	struct zip *z = make(&s, d);

	g_assert_cmpmem(s.p, 4, "PK\3\4", 4);
	g_assert_cmpuint(u16(s, AT_FLAGS), ==, 0);
	g_assert_cmpuint(u16(s, AT_METHOD), ==, 0);
	g_assert_cmpuint(u16(s, AT_TIME), ==, 0);
	g_assert_cmpuint(u16(s, AT_DATE), ==, 0x21);
	g_assert_cmpuint(u16(s, AT_NAME_LEN), ==, 8);
	g_assert_cmpuint(u16(s, AT_EXTRA_LEN), ==, 0);
	g_assert_cmpmem(s.p + AT_NAME, 28, "mimetypeapplication/epub+zip", 28);
	zip_free(z);
	g_assert_cmpuint(diag_worst(d), ==, DIAG_NONE);
	diag_free(d);
}

static void
expect_entry(unzFile u, const char *name, struct str bytes, unsigned method,
    unsigned flags)
{
	unz_file_info info;
	char found[64], buf[256];

	g_assert_cmpint(unzGetCurrentFileInfo(u, &info, found, sizeof(found),
			    NULL, 0, NULL, 0),
	    ==, UNZ_OK);
	g_assert_cmpstr(found, ==, name);
	g_assert_cmpuint(info.compression_method, ==, method);
	g_assert_cmpuint(info.flag, ==, flags);
	g_assert_cmpuint(info.dosDate, ==, 0x210000);
	g_assert_cmpuint(info.size_file_extra, ==, 0);
	/* Unix may read what unzip makes of it. */
	g_assert_cmpuint(info.external_fa >> 16 & 0400, ==, 0400);
	g_assert_cmpint(unzOpenCurrentFile(u), ==, UNZ_OK);
	int n = unzReadCurrentFile(u, buf, sizeof(buf));
	g_assert_cmpint(n, >=, 0);
	g_assert_true(str_eq((struct str){ buf, (size_t)n }, bytes));
	/* This one compares the checksum. */
	g_assert_cmpint(unzCloseCurrentFile(u), ==, UNZ_OK);
}

static void
test_read_back(void)
{
	struct diag *d = diag_new();
	struct str s;
	struct zip *z = make(&s, d);
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("ergen-XXXXXX.zip", &path, NULL);

	g_assert_cmpint(fd, >=, 0);
	g_assert_true(g_file_set_contents(path, s.p, (gssize)s.len, NULL));
	unzFile u = unzOpen(path);
	g_assert_nonnull(u);
	expect_entry(u, "mimetype", str_of(mimetype), 0, 0);
	g_assert_cmpint(unzGoToNextFile(u), ==, UNZ_OK);
	expect_entry(u, "OEBPS/a.txt", str_of(text), 8, 0);
	g_assert_cmpint(unzGoToNextFile(u), ==, UNZ_OK);
	expect_entry(u, "ä.txt", str_of(""), 0, 1 << 11);
	g_assert_cmpint(unzGoToNextFile(u), ==, UNZ_END_OF_LIST_OF_FILE);
	unzClose(u);
	remove(path);
	close(fd);
	zip_free(z);
	diag_free(d);
}

static void
test_pack(void)
{
	struct arena *a = arena_new();
	struct zip_entry e;

	zip_pack(&e, str_of(text), ZIP_DEFLATED, a);
	g_assert_true(e.is_deflated);
	g_assert_cmpuint(e.raw_size, ==, sizeof(text) - 1);
	g_assert_cmpuint(e.bytes.len, <, e.raw_size);
	/* zlib.crc32() of Python gave these. */
	g_assert_cmphex(e.crc, ==, 0xb57b5a98);
	g_assert_true(e.is_deflated);
	g_assert_cmpuint(e.bytes.len, <, e.raw_size);
	zip_pack(&e, str_of(text), ZIP_STORED, a);
	g_assert_false(e.is_deflated);
	g_assert_true(str_eq(e.bytes, str_of(text)));
	g_assert_cmphex(e.crc, ==, 0xb57b5a98);
	/* What would grow is stored. */
	zip_pack(&e, STR_LIT("x"), ZIP_DEFLATED, a);
	g_assert_false(e.is_deflated);
	g_assert_cmphex(e.crc, ==, 0x8cdc1683);
	arena_free(a);
}

static void
test_same_bytes(void)
{
	struct diag *d = diag_new();
	struct str s, t;
	struct zip *y = make(&s, d);
	struct zip *z = make(&t, d);

	g_assert_true(str_eq(s, t));
	zip_free(y);
	zip_free(z);
	diag_free(d);
}

static void
test_too_long_name(void)
{
	struct diag *d = diag_new();
	struct arena *a = arena_new();
	struct zip *z = zip_new(d);
	struct zip_entry e;
	struct str archive;
	g_autofree char *name = g_strnfill(70000, 'n');

	zip_pack(&e, STR_LIT("x"), ZIP_STORED, a);
	g_assert_false(zip_add(z, name, &e));
	g_assert_cmpuint(diag_worst(d), ==, DIAG_FATAL);
	/* It sticks, and is said once. */
	g_assert_false(zip_add(z, "good", &e));
	g_assert_false(zip_finish(z, &archive));
	g_assert_cmpuint(diag_count(d, DIAG_FATAL), ==, 1);
	zip_free(z);
	zip_free(NULL);
	arena_free(a);
	diag_free(d);
}

/* zip_read() of our own archive, and of what is none. */
static void
test_read(void)
{
	struct diag *d = diag_new();
	struct arena *a = arena_new();
	struct str archive, bytes;
	struct zip *z = make(&archive, d);

	g_assert_true(zip_read(archive, "OEBPS/a.txt", 1000, a, &bytes));
	g_assert_true(str_is(bytes, text));
	g_assert_true(zip_read(archive, "ä.txt", 0, a, &bytes));
	g_assert_cmpuint(bytes.len, ==, 0);
	g_assert_true(zip_read(archive, "mimetype", 1000, a, &bytes));
	g_assert_true(str_is(bytes, mimetype));
	g_assert_false(zip_read(archive, "OEBPS/b.txt", 1000, a, &bytes));
	g_assert_false(zip_read(archive, "mimetype", 19, a, &bytes));
	g_assert_false(zip_read(str_of("no archive"), "a", 9, a, &bytes));
	g_assert_false(zip_read(str_of(""), "a", 9, a, &bytes));
	/* With any byte another one, and cut off anywhere: no worse. Within the
	 * record at the end, of 22 bytes, minizip does not mind. */
	for (size_t i = 0; i < archive.len; i++) {
		g_autofree char *copy = g_memdup2(archive.p, archive.len);
		copy[i] = (char)(copy[i] ^ 0x55);
		(void)zip_read((struct str){ copy, archive.len }, "OEBPS/a.txt",
		    1000, a, &bytes);
		g_autofree char *start = g_memdup2(archive.p, i);
		const bool is_read = zip_read((struct str){ start, i },
		    "OEBPS/a.txt", 1000, a, &bytes);
		g_assert_true(!is_read || i + 22 > archive.len);
	}
	zip_free(z);
	arena_free(a);
	diag_free(d);
}

void test_port_zip(void);

void
test_port_zip(void)
{
	g_test_add_func("/port/zip/first-entry", test_first_entry);
	g_test_add_func("/port/zip/read-back", test_read_back);
	g_test_add_func("/port/zip/read", test_read);
	g_test_add_func("/port/zip/pack", test_pack);
	g_test_add_func("/port/zip/same-bytes", test_same_bytes);
	g_test_add_func("/port/zip/too-long-name", test_too_long_name);
}
