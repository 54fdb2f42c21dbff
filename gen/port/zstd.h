/* Unpacking Zstandard (RFC 8878), by libzstd. */
#ifndef ERGEN_PORT_ZSTD_H
#define ERGEN_PORT_ZSTD_H

#include "base/arena.h"

/* The bytes, in the arena. False: not of this format, damaged, or more than
 * most bytes. */
bool
zstd_unpack(struct str packed, size_t most, struct arena *a, struct str *out);

#endif
