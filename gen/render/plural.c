#include "render/plural.h"

#include "base/str.h"

/* No quiz has more questions. Some languages have a form for whole millions,
 * which is then no form that a translation has to have. */
enum {
	NUMBERS_MOST = 200
};

const char *const plural_names[PLURAL_COUNT + 1] = {
	[PLURAL_ZERO] = "zero",
	[PLURAL_ONE] = "one",
	[PLURAL_TWO] = "two",
	[PLURAL_FEW] = "few",
	[PLURAL_MANY] = "many",
	[PLURAL_OTHER] = "other",
};

enum plural
plural_one_other(unsigned long long n)
{
	return n == 1 ? PLURAL_ONE : PLURAL_OTHER;
}

static enum plural
only_other(unsigned long long n)
{
	(void)n;
	return PLURAL_OTHER;
}

static enum plural
zero_is_one(unsigned long long n)
{
	return n <= 1 ? PLURAL_ONE : PLURAL_OTHER;
}

static enum plural
millions(unsigned long long n)
{
	if (n == 1)
		return PLURAL_ONE;
	return n != 0 && n % 1000000 == 0 ? PLURAL_MANY : PLURAL_OTHER;
}

static enum plural
zero_is_one_millions(unsigned long long n)
{
	return n == 0 ? PLURAL_ONE : millions(n);
}

static bool
is_few_slavic(unsigned long long n)
{
	unsigned long long last = n % 10, two = n % 100;

	return last >= 2 && last <= 4 && (two < 12 || two > 14);
}

static enum plural
east_slavic(unsigned long long n)
{
	return n % 10 == 1 && n % 100 != 11 ? PLURAL_ONE
	    : is_few_slavic(n)              ? PLURAL_FEW
					    : PLURAL_MANY;
}

/* Croatian, Serbian, Bosnian. */
static enum plural
south_slavic(unsigned long long n)
{
	enum plural form = east_slavic(n);

	return form == PLURAL_MANY ? PLURAL_OTHER : form;
}

static enum plural
polish(unsigned long long n)
{
	return n == 1          ? PLURAL_ONE
	    : is_few_slavic(n) ? PLURAL_FEW
			       : PLURAL_MANY;
}

static enum plural
czech(unsigned long long n)
{
	return n == 1          ? PLURAL_ONE
	    : n >= 2 && n <= 4 ? PLURAL_FEW
			       : PLURAL_OTHER;
}

static enum plural
arabic(unsigned long long n)
{
	unsigned long long two = n % 100;

	return n == 0               ? PLURAL_ZERO
	    : n == 1                ? PLURAL_ONE
	    : n == 2                ? PLURAL_TWO
	    : two >= 3 && two <= 10 ? PLURAL_FEW
	    : two >= 11             ? PLURAL_MANY
				    : PLURAL_OTHER;
}

static enum plural
hebrew(unsigned long long n)
{
	return n == 1 ? PLURAL_ONE : n == 2 ? PLURAL_TWO : PLURAL_OTHER;
}

static const struct {
	const char *lang;
	plural_rule *rule;
} rules[] = {
	{ "ar", arabic },
	{ "be", east_slavic },
	{ "bs", south_slavic },
	{ "ca", millions },
	{ "cs", czech },
	{ "es", millions },
	{ "fa", zero_is_one },
	{ "fr", zero_is_one_millions },
	{ "he", hebrew },
	{ "hi", zero_is_one },
	{ "hr", south_slavic },
	{ "id", only_other },
	{ "it", millions },
	{ "ja", only_other },
	{ "ko", only_other },
	{ "ms", only_other },
	{ "pl", polish },
	{ "pt", zero_is_one_millions },
	{ "pt-PT", millions },
	{ "ru", east_slavic },
	{ "sk", czech },
	{ "sr", south_slavic },
	{ "th", only_other },
	{ "uk", east_slavic },
	{ "vi", only_other },
	{ "zh", only_other },
};

plural_rule *
plural_rule_of(const char *lang)
{
	struct str tag = str_of(lang);

	while (tag.len) {
		for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
			if (str_is_nocase(tag, rules[i].lang))
				return rules[i].rule;
		while (tag.len && tag.p[--tag.len] != '-')
			;
	}
	return plural_one_other;
}

enum plural_use
plural_use_of(plural_rule *rule, enum plural category)
{
	unsigned n_numbers = 0;

	for (unsigned n = 0; n < NUMBERS_MOST; n++)
		n_numbers += rule(n) == category;
	return n_numbers == 0 ? PLURAL_NEVER
	    : n_numbers == 1  ? PLURAL_SINGLE
			      : PLURAL_SEVERAL;
}
