/*
 * Which form a counted word takes: "1 question", "2 questions". The rules are
 * those of Unicode's CLDR for whole numbers:
 * https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
 */
#ifndef ERGEN_PLURAL_H
#define ERGEN_PLURAL_H

#include <stdbool.h>
#include <stddef.h>

enum plural {
	PLURAL_ZERO,
	PLURAL_ONE,
	PLURAL_TWO,
	PLURAL_FEW,
	PLURAL_MANY,
	PLURAL_OTHER,
	PLURAL_COUNT
};

/* "zero", "one" … by category; NULL ends. */
extern const char *const plural_names[PLURAL_COUNT + 1];

typedef enum plural plural_rule(unsigned long long n);

/* 1 and everything else, as in English. */
enum plural plural_one_other(unsigned long long n);
/* By language tag; plural_one_other() for a language that is not known. */
plural_rule *plural_rule_of(const char *lang);
/* How a language uses a category in numbers that courses have: not at all,
 * for a single number, or for several. */
enum plural_use {
	PLURAL_NEVER,
	PLURAL_SINGLE,
	PLURAL_SEVERAL
};
enum plural_use plural_use_of(plural_rule *rule, enum plural category);

#endif
