#include "base/uuid.h"

#include <glib.h>

/* Name-based identifiers need a name space; this one was drawn once, for the
 * ids of ergen's courses, and must never change: readers keep places and notes
 * of a book by it, and add-ons of Anki find decks. */
static const unsigned char name_space[16] = { 0xe7, 0x5d, 0x65, 0x90, 0x6d,
	0xb2, 0x45, 0xf4, 0xa9, 0x47, 0xf4, 0xed, 0xc4, 0x58, 0x23, 0xc8 };

void
uuid_of_name(struct str name, char uuid[UUID_LEN + 1])
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
	unsigned char h[20];
	size_t len = sizeof(h);

	g_checksum_update(sum, name_space, sizeof(name_space));
	g_checksum_update(sum, (const unsigned char *)name.p, (gssize)name.len);
	g_checksum_get_digest(sum, h, &len);
	h[6] = (unsigned char)((h[6] & 0x0f) | 0x50); /* version 5 */
	h[8] = (unsigned char)((h[8] & 0x3f) | 0x80); /* variant */
	g_snprintf(uuid, UUID_LEN + 1,
	    "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
	    h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[8], h[9], h[10],
	    h[11], h[12], h[13], h[14], h[15]);
}
