/*
 * The words that ergen itself puts into pages, books and cards: "Question 1 of
 * 8", "Correct." … render/words.def is the closed list with the English text;
 * themes translate it.
 */
#ifndef ERGEN_WORDS_H
#define ERGEN_WORDS_H

#include "base/arena.h"
#include "base/diag.h"
#include "render/plural.h"

enum word {
#define W(id, english) WORD_##id,
#define P(id, n, one, other) WORD_##id,
#include "render/words.def"
#undef W
#undef P
	WORD_COUNT
};

struct words {
	/* Never NULL. Of a word with a count the form for most numbers. */
	const char *text[WORD_COUNT];
	/* Of a word with a count; where it is NULL, text is good enough. */
	const char *forms[WORD_COUNT][PLURAL_COUNT];
	plural_rule *plural;
};

/* English. */
extern const struct words words_default;

/* "question_of" for WORD_QUESTION_OF, as templates and translations call it;
 * buf is filled and returned. */
const char *word_name(enum word word, char buf[40]);
/* 2 if the number at %2 chooses the form; 0: the word has no count. */
unsigned word_count_at(enum word word);

/* The word with %1 and %2 replaced; a and b may be NULL if it has none. The
 * number in them chooses the form of a word with a count. Not escaped for any
 * format. */
void words_format(GString *out, const struct words *w, enum word word,
    const char *a, const char *b);
/* The same of a word that has nothing but a count. */
void words_count(GString *out, const struct words *w, enum word word, size_t n);
/* "2026-11-22" as the language writes it; other text as it is. */
void words_date(GString *out, const struct words *w, const char *date);

/* A translation in the making: one or more files over the English words. */
struct translation {
	struct words words;
	bool has[WORD_COUNT]; /* some file has the word, right or wrong */
	size_t n_files;
};

void translation_begin(struct translation *t, const char *lang);
/* One file, a map from names to texts, over what t has. Its faults are
 * reported, and leave the word as it was. The texts are a's. */
void translation_read(struct translation *t, const struct origin *in,
    struct arena *a, struct diag *d);
/* Reports what has no translation; at: where the author chose the language. */
void translation_end(const struct translation *t, const char *lang,
    struct loc at, struct diag *d);

#endif
