/*
 * The words that ergen itself puts into pages, books and cards: "Question 1 of
 * 8", "Correct." … render/words.def is the closed list with the English text.
 */
#ifndef ERGEN_WORDS_H
#define ERGEN_WORDS_H

#include "base/str.h"

#include <glib.h>

enum word {
#define W(id, english) WORD_##id,
#include "render/words.def"
#undef W
	WORD_COUNT
};

struct words {
	const char *text[WORD_COUNT]; /* never NULL */
};

/* English. */
extern const struct words words_default;

/* The word with %1 and %2 replaced; a and b may be NULL if it has none. Not
 * escaped for any format. */
void words_format(GString *out, const struct words *w, enum word word,
    const char *a, const char *b);

#endif
