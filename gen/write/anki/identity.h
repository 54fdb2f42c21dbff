/*
 * What must stay as it is for ever.
 *
 * A learner's collection knows our notes by their guid, our note types by
 * their number, and the fields and templates of a type by theirs. Change one
 * of them in a release, and everybody who has studied with an earlier deck
 * gets every question a second time, without its history, or gets no update
 * of it ever again; nothing in the package can repair that. So all of it
 * stands in this one file, and nothing in this file is ever changed:
 *
 *  - the rule that makes a guid, and the keys of the types that it contains;
 *  - the numbers and the kinds (standard or cloze) of the note types;
 *  - number, order and ids of fields and templates. None is ever added,
 *    removed or moved. A new need takes one of the reserved fields and
 *    renames it: Anki goes by the id;
 *  - the field that sorts, which is the first.
 *
 * A new note type may be added at the end. note_type_mod alone has to change:
 * see there. tests/unit/write/identity_test.c holds all this a second time.
 */
#ifndef ERGEN_ANKI_IDENTITY_H
#define ERGEN_ANKI_IDENTITY_H

#include "base/str.h"

/* In front of the ids of cards that are no questions, so that none of them is
 * ever taken for a question: a question's id holds no colon. */
#define CARD_NAMESPACE "c:"

enum note_kind {
	NOTE_CHOICE, /* one or several of some options, true or false */
	NOTE_BASIC,
	NOTE_BOTH_WAYS,
	NOTE_CLOZE,
	NOTE_TYPE_IN,
	NOTE_KIND_COUNT
};

/* The fields are the same for every note type. */
enum note_field {
	FIELD_QUESTION, /* never empty */
	FIELD_OPTIONS,
	FIELD_ANSWER,
	FIELD_EXPLANATION,
	FIELD_HINT,
	FIELD_CONTEXT, /* course · module · lesson */
	FIELD_SOURCE, /* where the question stands on the site */
	FIELD_ID, /* the author's: "er/l2" */
	FIELD_RESERVED_1,
	FIELD_RESERVED_2,
	FIELD_RESERVED_3,
	FIELD_COUNT
};

enum {
	TEMPLATES_MOST = 2,
	GUID_LEN = 16
};

struct note_type {
	const char *key; /* part of the guid */
	const char *name; /* as learners see it; may be changed */
	long long id;
	bool is_cloze;
	const char *templates[TEMPLATES_MOST]; /* names; may be changed */
	unsigned n_templates;
};

extern const struct note_type note_types[NOTE_KIND_COUNT];
extern const char *const field_names[FIELD_COUNT];

/* When a template, the style sheet or a name was last changed, in seconds
 * since the epoch. Anki replaces its copy of a note type only if this has
 * grown, whatever else differs; and it must not lie in the future. */
extern const long long note_type_mod;

/* Numbers in JSON; all below 2^53. */
long long field_id(const struct note_type *t, unsigned field);
long long template_id(const struct note_type *t, unsigned ord);

/* base32(first 10 bytes of SHA-256(course NUL question NUL key of the type)),
 * in the alphabet of RFC 4648 in lower case: no character of it needs quoting
 * in HTML, CSV or a file name. */
void note_guid(const char *course_id, const char *question_id,
    const struct note_type *t, char guid[GUID_LEN + 1]);

#endif
