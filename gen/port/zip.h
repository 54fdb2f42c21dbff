/*
 * ZIP archives in memory, by minizip and libdeflate: the same input gives the
 * same bytes (fixed dates, no extra fields).
 */
#ifndef ERGEN_ZIP_H
#define ERGEN_ZIP_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdint.h>

/* Deflated or stored bytes, ready for an archive. Made in any thread. */
struct zip_entry {
	struct str bytes; /* in the arena */
	uint32_t crc; /* of the raw bytes */
	size_t raw_size;
	bool is_deflated;
};

struct zip;

enum zip_method {
	ZIP_STORED,
	ZIP_DEFLATED
};

/* Deflates raw if that makes it smaller, unless it is to be stored. */
void zip_pack(struct zip_entry *e, struct str raw, enum zip_method method,
    struct arena *a);
/* What else has such compression inside: a stream of
 * https://www.rfc-editor.org/rfc/rfc1950 in the arena, and the sum of what
 * follows on bytes whose sum is crc; 0 for none. Any thread. */
struct str zip_zlib(struct str raw, struct arena *a);
uint32_t zip_crc(uint32_t crc, struct str bytes);
struct zip *zip_new(struct diag *d);
bool zip_add(struct zip *z, const char *name, const struct zip_entry *e);
/* The whole archive; it lives until zip_free(). False: reported. */
bool zip_finish(struct zip *z, struct str *archive);
/* The entry of an archive, whoever has made that. False: it is damaged, or
 * has no such entry, or one of more than `most` bytes. Nothing is reported. */
bool zip_read(struct str archive, const char *name, size_t most,
    struct arena *a, struct str *bytes);
/* NULL is allowed. */
void zip_free(struct zip *z);

#endif
