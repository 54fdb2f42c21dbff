#include "book/id.h"

#include "base/fs.h"
#include "base/slug.h"

#include <stdlib.h>

enum {
	TITLE_MOST = 40,
	SUFFIX_LEN = 6
};

bool
id_is_valid(struct str id)
{
	bool was_word = false;

	for (size_t i = 0; i < id.len; i++) {
		char c = id.p[i];
		bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (!is_word && !(c == '-' && was_word))
			return false;
		was_word = is_word;
	}
	return was_word;
}

char *
id_derive_longer(struct arena *a, struct str title, struct str whole)
{
	char hex[33];
	char *slug = slug_ascii(a, title, TITLE_MOST);

	fs_hash(whole, hex);
	return arena_printf(a, "%s%s%.*s", slug[0] ? slug : "q", "-",
	    SUFFIX_LEN, hex);
}

char *
id_derive(struct arena *a, struct str title, struct str whole)
{
	char *slug = slug_ascii(a, title, title.len + 1);

	if (slug[0] && strlen(slug) <= TITLE_MOST)
		return slug;
	return id_derive_longer(a, title, whole);
}

/* SplitMix64: small, fast, and fixed for ever by this text.
 * https://prng.di.unimi.it/splitmix64.c describes it. */
static unsigned long long
next_random(unsigned long long *state)
{
	unsigned long long z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

void
id_shuffle(const char *seed, unsigned *order, size_t n)
{
	char hex[33], half[17];

	fs_hash(str_of(seed), hex);
	g_strlcpy(half, hex, sizeof(half));
	unsigned long long state = strtoull(half, NULL, 16);
	for (size_t i = 0; i < n; i++)
		order[i] = (unsigned)i;
	for (size_t i = n; i > 1; i--) {
		size_t j = next_random(&state) % i;
		unsigned swap = order[i - 1];
		order[i - 1] = order[j];
		order[j] = swap;
	}
}
