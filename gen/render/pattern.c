#include "render/pattern.h"

#include "base/decimal.h"
#include "base/text.h"

/* Valid under u and v; neither has a shorter word for it. */
#define NOTHING "[^\\s\\S]"

/* --- numbers ------------------------------------------------------------ */

/*
 * The pattern follows the digits from the first to the last. As long as those
 * read so far are the lower bound's, the next one may not be smaller than its
 * next one (is_low), likewise with the upper bound (is_high); a number that has
 * left both goes on as it likes. Where the bounds part there is one way along
 * each and one between them; from then on each way only loses what leaves it.
 * So the length of the pattern is proportional to the number of digits.
 */
struct range {
	GString *out;
	struct decimal low, high; /* without signs; low <= high */
};

/* Where in the number we are. */
struct state {
	ptrdiff_t power; /* of the next digit */
	bool is_low, is_high;
	/* Only zeros so far. They are matched at the beginning, as many as
	 * there are, and so are not written by what comes here. */
	bool is_leading;
};

static void put_rest(const struct range *r, struct state s);

/* Is d, without the digits above 10^power, zero? */
static bool
is_zero_from(const struct decimal *d, ptrdiff_t power)
{
	for (ptrdiff_t i = -(ptrdiff_t)d->fraction.len; i <= power; i++)
		if (decimal_digit(d, i))
			return false;
	return true;
}

static void
put_digits(GString *out, int from, int to)
{
	if (from == to)
		g_string_append_printf(out, "%d", from);
	else if (from == 0 && to == 9)
		text_addz(out, "\\d");
	else
		g_string_append_printf(out, "[%d-%d]", from, to);
}

/* One way on: a digit of this range, then the rest. */
struct way {
	int from, to; /* none if from > to */
	bool is_low, is_high;
};

static void
put_way(const struct range *r, const struct way *w, struct state s)
{
	s.is_leading = s.is_leading && w->to == 0;
	if (!s.is_leading)
		put_digits(r->out, w->from, w->to);
	s.power--;
	s.is_low = w->is_low;
	s.is_high = w->is_high;
	put_rest(r, s);
}

static void
put_ways(const struct range *r, struct state s, bool is_optional)
{
	int from = s.is_low ? decimal_digit(&r->low, s.power) : 0;
	int to = s.is_high ? decimal_digit(&r->high, s.power) : 9;
	/* After the lower bound's digit, not everything may follow. */
	bool has_low = s.is_low &&
	    ((s.is_leading && from == 0) ||
		!is_zero_from(&r->low, s.power - 1));
	/* The bounds have not parted yet. */
	bool is_one = has_low && s.is_high && from == to;
	const struct way ways[] = {
		{ from, has_low ? from : -1, true, is_one },
		{ from + has_low, to - s.is_high, false, false },
		{ to, s.is_high && !is_one ? to : -1, false, true },
	};
	size_t n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
		n += ways[i].from <= ways[i].to;
	bool is_group = n > 1 || is_optional;
	const char *before = is_group ? "(?:" : "";
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		if (ways[i].from > ways[i].to)
			continue;
		text_addz(r->out, before);
		put_way(r, &ways[i], s);
		before = "|";
	}
	text_addz(r->out, is_group ? ")" : "");
	text_addz(r->out, is_optional ? "?" : "");
}

static void
put_fraction(const struct range *r, struct state s)
{
	if (!s.is_low && !s.is_high)
		text_addz(r->out, "\\d*");
	else if (!s.is_low && is_zero_from(&r->high, s.power))
		text_addz(r->out, "0*");
	else
		/* A number may end here unless the lower bound goes on. */
		put_ways(r, s, !s.is_low);
}

/* k digits, or up to as many behind leading zeros. */
static void
put_any(GString *out, ptrdiff_t k, bool is_leading)
{
	if (k > 0)
		text_addz(out, "\\d");
	if (is_leading && k > 0)
		g_string_append_printf(out, "{0,%td}", k);
	else if (k > 1)
		g_string_append_printf(out, "{%td}", k);
}

static void
put_rest(const struct range *r, struct state s)
{
	bool is_low = s.is_low && !is_zero_from(&r->low, s.power);

	if (s.power >= 0 && (is_low || s.is_high)) {
		put_ways(r, s, false);
		return;
	}
	s.is_low = is_low;
	if (s.power >= -1) {
		put_any(r->out, s.power + 1, s.is_leading);
		s.power = -1;
		s.is_leading = false;
		text_addz(r->out, is_low ? "[.,]" : "(?:[.,]");
		put_fraction(r, s);
		text_addz(r->out, is_low ? "" : ")?");
	} else {
		put_fraction(r, s);
	}
}

/* The digits of |x| for low <= |x| <= high. */
static void
put_range(GString *out, struct decimal low, struct decimal high)
{
	const struct range r = { out, low, high };

	/* There is a digit, on this or that side of the separator. */
	text_addz(out, "(?=[.,]?\\d)0*");
	put_rest(&r,
	    (struct state){ .power = (ptrdiff_t)high.whole.len - 1,
		.is_low = true,
		.is_high = true,
		.is_leading = true });
}

static bool
is_too_long(const struct decimal *d)
{
	return d->whole.len + d->fraction.len > PATTERN_DIGITS;
}

void
pattern_number(GString *out, const char *low, const char *high)
{
	struct decimal l = decimal_split(low), h = decimal_split(high);
	const struct decimal zero = decimal_split("0");
	/* -0 is 0. */
	bool has_minus = decimal_compare(low, "0") <= 0;
	bool has_plus = decimal_compare(high, "0") >= 0;

	if (decimal_compare(low, high) > 0 || is_too_long(&l) ||
	    is_too_long(&h)) {
		text_addz(out, NOTHING);
		return;
	}
	text_addz(out, "\\s*");
	text_addz(out, has_minus && has_plus ? "(?:" : "");
	if (has_minus) {
		text_addz(out, "[\\-−]");
		put_range(out, has_plus ? zero : h, l);
	}
	text_addz(out, has_minus && has_plus ? "|" : "");
	if (has_plus) {
		text_addz(out, "\\+?");
		put_range(out, has_minus ? zero : l, h);
	}
	text_addz(out, has_minus && has_plus ? ")" : "");
	text_addz(out, "\\s*");
}

/* --- texts -------------------------------------------------------------- */

/* What \s matches: https://tc39.es/ecma262/#sec-white-space and line ends. */
static bool
is_white(gunichar c)
{
	return g_unichar_isspace(c) || c == '\v' || c == 0xFEFF;
}

/* One character as itself. Escaping another character than these is an error
 * under the flags u and v. A control character would not always survive the
 * way through an attribute. */
static void
put_char(GString *out, gunichar c)
{
	if (g_unichar_iscntrl(c)) {
		g_string_append_printf(out, "\\x%02x", c);
		return;
	}
	if (c < 0x80 && strchr("^$\\.*+?()[]{}|/", (char)c))
		g_string_append_c(out, '\\');
	g_string_append_unichar(out, c);
}

/* A character in any case. Whatever has a case is not among the characters
 * that mean something in a class. */
static void
put_caseless(GString *out, gunichar c)
{
	/* Small sigma has two forms, and capital sigma stands for both. */
	const gunichar final_sigma = 0x3C2;
	const gunichar all[] = { c, g_unichar_toupper(c), g_unichar_tolower(c),
		g_unichar_totitle(c),
		g_unichar_toupper(c) == g_unichar_toupper(final_sigma)
		    ? final_sigma
		    : c };
	gunichar variants[G_N_ELEMENTS(all)];
	size_t n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		size_t k = 0;
		while (k < n && variants[k] != all[i])
			k++;
		if (k == n)
			variants[n++] = all[i];
	}
	if (n == 1) {
		put_char(out, c);
		return;
	}
	g_string_append_c(out, '[');
	for (size_t i = 0; i < n; i++)
		g_string_append_unichar(out, variants[i]);
	g_string_append_c(out, ']');
}

/* Appends nothing for a text of white space. */
static void
put_text(GString *out, const struct accepted *accepted)
{
	g_autofree char *text = g_utf8_normalize(accepted->text, -1,
	    G_NORMALIZE_NFC);
	size_t from = out->len, end = out->len;

	for (const char *p = text ? text : ""; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool is_space = is_white(c), is_first = out->len == from;
		if (is_space && (is_first || !accepted->is_exact))
			continue;
		if (accepted->is_exact) {
			put_char(out, c);
		} else {
			text_addz(out, is_first ? "" : "\\s*");
			put_caseless(out, c);
		}
		if (!is_space)
			end = out->len;
	}
	g_string_truncate(out, end);
}

void
pattern_texts(GString *out, const struct accepted *texts, size_t n)
{
	size_t from = out->len;

	for (size_t i = 0; i < n; i++) {
		size_t before = out->len;
		text_addz(out, before == from ? "\\s*(?:" : "|");
		size_t start = out->len;
		put_text(out, &texts[i]);
		if (out->len == start)
			g_string_truncate(out, before);
	}
	text_addz(out, out->len == from ? NOTHING : ")\\s*");
}
