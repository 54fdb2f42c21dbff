/* Numbers as ergen reads them. What people write instead: loose_number.c. */
#include "book/number.h"

#include "base/decimal.h"

bool
number_take(struct str *s, struct str *number)
{
	size_t i = 0, digits;

	if (i < s->len && s->p[i] == '-')
		i++;
	digits = i;
	while (i < s->len && g_ascii_isdigit(s->p[i]))
		i++;
	if (i == digits)
		return false;
	if (i + 1 < s->len && s->p[i] == '.' && g_ascii_isdigit(s->p[i + 1])) {
		i++;
		while (i < s->len && g_ascii_isdigit(s->p[i]))
			i++;
	}
	*number = str_upto(*s, i);
	*s = str_from(*s, i);
	return true;
}

/* Letters, "%", "°" and the like; no digit, no bar, and no half of "+-". */
bool
number_is_unit(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (g_ascii_isdigit(s.p[i]) || strchr("|.,;:+", s.p[i]))
			return false;
	return true;
}

/* What may stand directly behind a number: a sign, or a unit that everybody
 * knows. "802.1X" and "3-tier" are words. */
static bool
is_glued_unit(struct str s)
{
	static const char *const units[] = { "A", "B", "C", "F", "GB", "GHz",
		"Gbit", "Gbps", "GiB", "Hz", "K", "KB", "KiB", "MB", "MHz",
		"Mbit", "Mbps", "MiB", "PB", "Pa", "TB", "TiB", "V", "W", "bar",
		"bit", "bps", "cm", "d", "dB", "g", "h", "kB", "kHz", "kW",
		"kbit", "kbps", "kg", "km", "l", "m", "mA", "mV", "mg", "min",
		"ml", "mm", "ms", "ns", "s", "us", NULL };

	if (s.len == 0 || s.p[0] == ' ' || s.p[0] == '%' ||
	    (unsigned char)s.p[0] >= 0x80)
		return true;
	for (size_t i = 0; units[i]; i++)
		if (str_is(str_trim(s), units[i]))
			return true;
	return false;
}

/* NUM [± NUM] [unit] or NUM..NUM [unit], and nothing else. */
static bool
parse_number(struct str s, struct arena *a, struct number *out)
{
	struct str first, second;

	*out = (struct number){ .unit = "" };
	s = str_trim(s);
	if (!number_take(&s, &first))
		return false;
	if (str_starts(s, "..")) {
		s = str_from(s, 2);
		if (!number_take(&s, &second))
			return false;
		out->low = arena_str(a, first);
		out->high = arena_str(a, second);
	} else {
		struct str rest = str_trim(s);
		out->value = arena_str(a, first);
		if (str_starts(rest, "±")) {
			s = str_trim(str_from(rest, strlen("±")));
			if (!number_take(&s, &second) || second.p[0] == '-')
				return false;
			out->tolerance = arena_str(a, second);
		}
	}
	struct str unit = str_trim(s);
	out->unit = arena_str(a, unit);
	return number_is_unit(unit) && is_glued_unit(s);
}

/* The interval of all right numbers. Every number has few enough digits. */
static void
find_interval(struct number *n, struct arena *a)
{
	const char *by = n->tolerance ? n->tolerance : NULL;

	if (n->low) {
		n->from = decimal_add(a, n->low, "0");
		n->to = decimal_add(a, n->high, "0");
		return;
	}
	if (n->percent)
		by = decimal_percent(a, n->value, n->percent);
	n->from = decimal_sub(a, n->value, by ? by : "0");
	n->to = decimal_add(a, n->value, by ? by : "0");
}

static bool
is_long(const char *number)
{
	return number && strlen(number) > NUMBER_LONG;
}

void
number_check(const struct question_maker *k, struct loc at, struct number *n)
{
	if (is_long(n->value) || is_long(n->tolerance) || is_long(n->low) ||
	    is_long(n->high) || is_long(n->percent)) {
		diag_at(k->diag, DIAG_ANSWER_NUMBER, at, NULL);
		diag_help(k->diag, "it has more than %d digits", NUMBER_LONG);
		return;
	}
	if (n->low && n->percent) {
		diag_at(k->diag, DIAG_QUESTION_VALUE, at, "tol=%s%%",
		    n->percent);
		diag_help(k->diag, "a range has its tolerance already");
	} else if (n->tolerance && n->percent) {
		diag_at(k->diag, DIAG_QUESTION_VALUE, at, "tol=%s%%",
		    n->percent);
		diag_help(k->diag, "the answer says ± %s", n->tolerance);
	}
	if (n->low && decimal_compare(n->low, n->high) > 0) {
		diag_at(k->diag, DIAG_ANSWER_RANGE, at, "%s..%s", n->low,
		    n->high);
		diag_help(k->diag, "write %s..%s", n->high, n->low);
		return;
	}
	find_interval(n, k->arena);
}

bool
number_read(const struct question_maker *k, const struct node *paragraph,
    struct number *out)
{
	const struct node *n = paragraph->child;

	return !n->next &&
	    parse_number(str_from(n->text, strlen("Answer:")), k->arena, out);
}

bool
number_holds(const struct number *n, const char *text)
{
	struct str s = str_of(text), number;

	if (!n->from || strlen(text) > NUMBER_LONG ||
	    !number_take(&s, &number) || s.len)
		return false;
	return decimal_compare(n->from, text) <= 0 &&
	    decimal_compare(text, n->to) <= 0;
}
