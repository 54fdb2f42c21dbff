#include "write/anki/cards.h"
#include "write/anki/identity.h"

#include <glib.h>

/*
 * A second copy of what never changes. If a case here fails, the code is
 * wrong: learners' collections hold these values. Names are the exception.
 */

static void
expect_guid(const char *course, const char *question, enum note_kind kind,
    const char *expected)
{
	char guid[GUID_LEN + 1];

	note_guid(course, question, &note_types[kind], guid);
	g_assert_cmpstr(guid, ==, expected);
}

/* Made with Python: base64.b32encode(hashlib.sha256(b"course\0question\0key")
 * .digest()[:10]).lower(). */
static void
test_guid(void)
{
	expect_guid("az-104-networking", "er/l2", NOTE_CHOICE,
	    "fhewqgrpogtwks34");
	expect_guid("az-104-networking", "er/l2", NOTE_BASIC,
	    "lf25gg32zartmhyl");
	expect_guid("c", "q", NOTE_TYPE_IN, "yf32m65y5gsp2vee");
	expect_guid("kurs-ä", "q/1", NOTE_CLOZE, "7kfaue2rtffnwyx2");
}

static void
test_types(void)
{
	static const struct {
		const char *key;
		long long id;
		bool is_cloze;
		unsigned n_templates;
	} expected[] = {
		{ "choice", 1735689601000, false, 1 },
		{ "basic", 1735689602000, false, 1 },
		{ "both", 1735689603000, false, 2 },
		{ "cloze", 1735689604000, true, 1 },
		{ "type", 1735689605000, false, 1 },
	};

	g_assert_cmpuint(NOTE_KIND_COUNT, ==, G_N_ELEMENTS(expected));
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		const struct note_type *t = &note_types[i];
		g_assert_cmpstr(t->key, ==, expected[i].key);
		g_assert_cmpint(t->id, ==, expected[i].id);
		g_assert_cmpint(t->is_cloze, ==, expected[i].is_cloze);
		g_assert_cmpuint(t->n_templates, ==, expected[i].n_templates);
		g_assert_true(g_str_has_prefix(t->name, "ergen "));
	}
}

static void
test_fields(void)
{
	/* A reserved field may have got a name of its own. */
	static const char *const expected[] = { "Question", "Options", "Answer",
		"Explanation", "Hint", "Context", "Source", "Id" };
	const struct note_type *basic = &note_types[NOTE_BASIC];

	g_assert_cmpuint(FIELD_COUNT, ==, 11);
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
		g_assert_cmpstr(field_names[i], ==, expected[i]);
	g_assert_cmpint(field_id(basic, FIELD_QUESTION), ==, 7000000002000);
	g_assert_cmpint(field_id(basic, FIELD_RESERVED_3), ==, 7000000002010);
	g_assert_cmpint(field_id(&note_types[NOTE_TYPE_IN], FIELD_ID), ==,
	    7000000005007);
	g_assert_cmpint(template_id(basic, 0), ==, 8000000002000);
	g_assert_cmpint(template_id(&note_types[NOTE_BOTH_WAYS], 1), ==,
	    8000000003001);
}

/* Every template that a type counts has both sides, and no other has any. */
static void
test_templates(void)
{
	for (size_t i = 0; i < NOTE_KIND_COUNT; i++)
		for (unsigned k = 0; k < TEMPLATES_MOST; k++) {
			const bool is_there = k < note_types[i].n_templates;
			const struct card_text *t = &card_texts[i][k];
			g_assert_cmpint(!!note_types[i].templates[k], ==,
			    is_there);
			g_assert_cmpint(!!t->front, ==, is_there);
			g_assert_cmpint(!!t->back, ==, is_there);
		}
}

/* Anki takes new templates only with a newer time. Whoever changes cards.c or
 * a name changes both values here: the time of the change, then the hash. */
static void
test_mod_follows_templates(void)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (unsigned i = 0; i < CARD_CSS_PARTS; i++)
		g_checksum_update(sum, (const guchar *)card_css[i], -1);
	for (size_t i = 0; i < NOTE_KIND_COUNT; i++) {
		const struct note_type *t = &note_types[i];
		g_checksum_update(sum, (const guchar *)t->name, -1);
		for (unsigned k = 0; k < t->n_templates; k++) {
			g_checksum_update(sum, (const guchar *)t->templates[k],
			    -1);
			g_checksum_update(sum,
			    (const guchar *)card_texts[i][k].front, -1);
			g_checksum_update(sum,
			    (const guchar *)card_texts[i][k].back, -1);
		}
	}
	for (size_t i = 0; i < FIELD_COUNT; i++)
		g_checksum_update(sum, (const guchar *)field_names[i], -1);
	g_assert_cmpint(note_type_mod, ==, 1795413493);
	g_assert_cmpstr(g_checksum_get_string(sum), ==,
	    "89e7de1d80ecdc4eeba44d6375a28ac3705062a0265d8a1d4f3dddc4de3b03e8");
}

void test_write_identity(void);

void
test_write_identity(void)
{
	g_test_add_func("/write/identity/guid", test_guid);
	g_test_add_func("/write/identity/types", test_types);
	g_test_add_func("/write/identity/fields", test_fields);
	g_test_add_func("/write/identity/templates", test_templates);
	g_test_add_func("/write/identity/mod", test_mod_follows_templates);
}
