#include "base/decimal.h"

#include <assert.h>

/* --- taking apart and putting together ---------------------------------- */

static struct str
digits_at(const char *s)
{
	struct str digits = { s, strspn(s, "0123456789") };

	assert(digits.len > 0);
	return digits;
}

struct decimal
decimal_split(const char *text)
{
	struct decimal d = { .is_negative = text[0] == '-' };

	d.whole = digits_at(text + d.is_negative);
	const char *end = d.whole.p + d.whole.len;
	d.fraction = (struct str){ end, 0 };
	if (*end == '.') {
		d.fraction = digits_at(end + 1);
		end = d.fraction.p + d.fraction.len;
	}
	assert(*end == '\0');
	(void)end;
	while (d.whole.len && d.whole.p[0] == '0')
		d.whole = str_from(d.whole, 1);
	while (d.fraction.len && d.fraction.p[d.fraction.len - 1] == '0')
		d.fraction.len--;
	if (d.whole.len == 0 && d.fraction.len == 0)
		d.is_negative = false;
	return d;
}

int
decimal_digit(const struct decimal *d, ptrdiff_t power)
{
	ptrdiff_t n_whole = (ptrdiff_t)d->whole.len;
	ptrdiff_t n_fraction = (ptrdiff_t)d->fraction.len;

	if (power >= n_whole || power < -n_fraction)
		return 0;
	return power >= 0 ? d->whole.p[n_whole - 1 - power] - '0'
			  : d->fraction.p[-1 - power] - '0';
}

/* A result while its digits are found, from the lowest power up. */
struct draft {
	char *text; /* n_whole digits, a point, n_fraction digits */
	ptrdiff_t n_whole, n_fraction; /* each at least 1 */
};

static struct draft
draft_new(size_t n_whole, size_t n_fraction)
{
	struct draft r = { .n_whole = (ptrdiff_t)n_whole + 1,
		.n_fraction = (ptrdiff_t)n_fraction + 1 };
	size_t len = n_whole + n_fraction + 3;

	r.text = g_malloc(len + 1);
	memset(r.text, '0', len);
	r.text[r.n_whole] = '.';
	r.text[len] = '\0';
	return r;
}

static void
draft_set(struct draft *r, ptrdiff_t power, int digit)
{
	ptrdiff_t at = power >= 0 ? r->n_whole - 1 - power : r->n_whole - power;

	r->text[at] = (char)('0' + digit);
}

static char *
draft_finish(struct draft *r, bool is_negative, struct arena *a)
{
	struct decimal d = decimal_split(r->text);
	bool is_zero = d.whole.len == 0 && d.fraction.len == 0;
	char *text = arena_printf(a, "%s%.*s%s%.*s",
	    is_negative && !is_zero ? "-" : "",
	    STR_ARG(d.whole.len ? d.whole : STR_LIT("0")),
	    d.fraction.len ? "." : "", STR_ARG(d.fraction));

	g_free(r->text);
	return text;
}

/* --- comparing ---------------------------------------------------------- */

static int
compare_bytes(struct str x, struct str y)
{
	int order = memcmp(x.p, y.p, MIN(x.len, y.len));

	return order ? order : (x.len > y.len) - (x.len < y.len);
}

/* |x| beside |y|: no part has a needless zero, so lengths tell. */
static int
compare_sizes(const struct decimal *x, const struct decimal *y)
{
	if (x->whole.len != y->whole.len)
		return x->whole.len > y->whole.len ? 1 : -1;
	int order = compare_bytes(x->whole, y->whole);
	return order ? order : compare_bytes(x->fraction, y->fraction);
}

int
decimal_compare(const char *x, const char *y)
{
	struct decimal dx = decimal_split(x), dy = decimal_split(y);

	if (dx.is_negative != dy.is_negative)
		return dx.is_negative ? -1 : 1;
	return dx.is_negative ? compare_sizes(&dy, &dx)
			      : compare_sizes(&dx, &dy);
}

/* --- arithmetic --------------------------------------------------------- */

static char *
add(struct arena *a, struct decimal x, struct decimal y)
{
	bool is_swapped = compare_sizes(&x, &y) < 0;
	const struct decimal *big = is_swapped ? &y : &x;
	const struct decimal *small = is_swapped ? &x : &y;
	int sign = x.is_negative == y.is_negative ? 1 : -1, carry = 0;
	struct draft r = draft_new(big->whole.len,
	    MAX(x.fraction.len, y.fraction.len));

	for (ptrdiff_t power = -r.n_fraction; power < r.n_whole; power++) {
		int sum = decimal_digit(big, power) +
		    sign * decimal_digit(small, power) + carry;
		carry = sum > 9 ? 1 : sum < 0 ? -1 : 0;
		draft_set(&r, power, sum - 10 * carry);
	}
	assert(carry == 0);
	return draft_finish(&r, big->is_negative, a);
}

char *
decimal_add(struct arena *a, const char *x, const char *y)
{
	return add(a, decimal_split(x), decimal_split(y));
}

char *
decimal_sub(struct arena *a, const char *x, const char *y)
{
	struct decimal minus_y = decimal_split(y);

	minus_y.is_negative = !minus_y.is_negative;
	return add(a, decimal_split(x), minus_y);
}

char *
decimal_percent(struct arena *a, const char *x, const char *percent)
{
	struct decimal dx = decimal_split(x), dp = decimal_split(percent);
	struct draft r = draft_new(dx.whole.len + dp.whole.len,
	    dx.fraction.len + dp.fraction.len + 2);
	size_t sum = 0;

	/* By hand, column after column; a column holds the products of all
	 * digits whose powers add up to its own, and two for the hundred. */
	for (ptrdiff_t power = -r.n_fraction; power < r.n_whole; power++) {
		for (ptrdiff_t i = -(ptrdiff_t)dx.fraction.len;
		     i < (ptrdiff_t)dx.whole.len; i++)
			sum += (size_t)(decimal_digit(&dx, i) *
			    decimal_digit(&dp, power + 2 - i));
		draft_set(&r, power, (int)(sum % 10));
		sum /= 10;
	}
	assert(sum == 0);
	return draft_finish(&r, dp.is_negative, a);
}
