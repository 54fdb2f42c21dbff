#include "write/anki/identity.h"

#include <glib.h>

/*
 * Nothing here may ever be changed, except names and note_type_mod; the header
 * says why. The ids of the types are the base below + 1000 for each; those of
 * fields and templates begin anew with every type.
 */
#define TYPE_ID(n) (1735689600000 + (n)*1000)

const struct note_type note_types[NOTE_KIND_COUNT] = {
	[NOTE_CHOICE] = {
		.key = "choice",
		.name = "ergen Choice",
		.id = TYPE_ID(1),
		.templates = { "Choose" },
		.n_templates = 1,
	},
	[NOTE_BASIC] = {
		.key = "basic",
		.name = "ergen Basic",
		.id = TYPE_ID(2),
		.templates = { "Forward" },
		.n_templates = 1,
	},
	[NOTE_BOTH_WAYS] = {
		.key = "both",
		.name = "ergen Basic (both ways)",
		.id = TYPE_ID(3),
		.templates = { "Forward", "Backward" },
		.n_templates = 2,
	},
	[NOTE_CLOZE] = {
		.key = "cloze",
		.name = "ergen Cloze",
		.id = TYPE_ID(4),
		.is_cloze = true,
		.templates = { "Cloze" },
		.n_templates = 1,
	},
	[NOTE_TYPE_IN] = {
		.key = "type",
		.name = "ergen Type",
		.id = TYPE_ID(5),
		.templates = { "Type" },
		.n_templates = 1,
	},
};

const char *const field_names[FIELD_COUNT] = {
	[FIELD_QUESTION] = "Question",
	[FIELD_OPTIONS] = "Options",
	[FIELD_ANSWER] = "Answer",
	[FIELD_EXPLANATION] = "Explanation",
	[FIELD_HINT] = "Hint",
	[FIELD_CONTEXT] = "Context",
	[FIELD_SOURCE] = "Source",
	[FIELD_ID] = "Id",
	[FIELD_RESERVED_1] = "Reserved1",
	[FIELD_RESERVED_2] = "Reserved2",
	[FIELD_RESERVED_3] = "Reserved3",
};

/* 2026-11-23, in the morning */
const long long note_type_mod = 1795413493;

long long
field_id(const struct note_type *t, unsigned field)
{
	return 7000000000000 + (t->id - TYPE_ID(0)) + field;
}

long long
template_id(const struct note_type *t, unsigned ord)
{
	return 8000000000000 + (t->id - TYPE_ID(0)) + ord;
}

void
note_guid(const char *course_id, const char *question_id,
    const struct note_type *t, char guid[GUID_LEN + 1])
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned char hash[32];
	gsize len = sizeof(hash);
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	/* The NUL at the end of both parts counts. */
	g_checksum_update(sum, (const guchar *)course_id,
	    (gssize)strlen(course_id) + 1);
	g_checksum_update(sum, (const guchar *)question_id,
	    (gssize)strlen(question_id) + 1);
	g_checksum_update(sum, (const guchar *)t->key, (gssize)strlen(t->key));
	g_checksum_get_digest(sum, hash, &len);
	/* 16 digits of 5 bits are exactly 10 bytes. */
	for (unsigned i = 0; i < GUID_LEN; i++) {
		const unsigned bit = i * 5, byte = bit / 8;
		const unsigned two = (unsigned)hash[byte] << 8 | hash[byte + 1];
		guid[i] = digits[two >> (11 - bit % 8) & 31];
	}
	guid[GUID_LEN] = '\0';
}
