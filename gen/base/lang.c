#include "base/lang.h"

#include <glib.h>

enum {
	TAG_MOST = 100 /* none that means something is as long */
};

/* The part that is next, and what follows it. */
struct parts {
	struct str part, rest;
	bool is_end;
};

static void
step(struct parts *p)
{
	const size_t len = str_find(p->rest, '-');

	p->is_end = p->rest.len == 0;
	p->part = str_upto(p->rest, len);
	p->rest = str_from(p->rest, len + (len < p->rest.len));
}

static bool
is_made_of(struct str s, size_t least, size_t most, bool (*is)(char))
{
	if (s.len < least || s.len > most)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is(s.p[i]))
			return false;
	return true;
}

static bool
is_letter(char c)
{
	return g_ascii_isalpha(c);
}

static bool
is_digit(char c)
{
	return g_ascii_isdigit(c);
}

static bool
is_either(char c)
{
	return g_ascii_isalnum(c);
}

static bool
is_variant(struct str s)
{
	return is_made_of(s, 5, 8, is_either) ||
	    (s.len == 4 && is_digit(s.p[0]) && is_made_of(s, 4, 4, is_either));
}

/* A singleton and what belongs to it; "x" has all that follows. */
static bool
take_extension(struct parts *p)
{
	const bool is_private = str_is_nocase(p->part, "x");
	const size_t least = is_private ? 1 : 2;
	size_t n = 0;

	if (!is_made_of(p->part, 1, 1, is_either))
		return false;
	for (step(p); !p->is_end; step(p), n++)
		if (!is_made_of(p->part, least, 8, is_either))
			break;
	return n > 0 && (!is_private || p->is_end);
}

/* No variant and no singleton may stand twice. `first` begins what has been
 * seen so far, up to the part. */
static bool
is_repeated(const struct parts *p, const char *first)
{
	struct parts seen = { .rest = { first, (size_t)(p->part.p - first) } };

	for (step(&seen); !seen.is_end; step(&seen))
		if (seen.part.len == p->part.len &&
		    g_ascii_strncasecmp(seen.part.p, p->part.p, p->part.len) ==
			0)
			return true;
	return false;
}

bool
lang_is_tag(struct str s)
{
	struct parts p = { .rest = s };

	/* An empty part at the end would not be seen. */
	if (s.len > TAG_MOST || str_ends(s, "-"))
		return false;
	step(&p);
	if (p.is_end || !is_made_of(p.part, 2, 3, is_letter))
		return false;
	step(&p);
	for (int i = 0; i < 3 && is_made_of(p.part, 3, 3, is_letter); i++)
		step(&p);
	if (is_made_of(p.part, 4, 4, is_letter))
		step(&p);
	if (is_made_of(p.part, 2, 2, is_letter) ||
	    is_made_of(p.part, 3, 3, is_digit))
		step(&p);
	const char *first = p.part.p;
	while (!p.is_end && is_variant(p.part)) {
		if (is_repeated(&p, first))
			return false;
		step(&p);
	}
	first = p.part.p;
	while (!p.is_end)
		if ((p.part.len == 1 && is_repeated(&p, first)) ||
		    !take_extension(&p))
			return false;
	return true;
}
