/* Numbers as people write them, who then learn how ergen wants them. */
#include "base/decimal.h"
#include "book/number.h"

enum {
	PHONE_DIGITS = 7, /* so many behind a plus are no quantity */
	EXPONENT_MOST = 30 /* written out it has at most NUMBER_LONG digits */
};

/* A minus sign that no keyboard has. */
static const char long_minus[] = "−";
/* What stands between two numbers to make a range of them. */
static const char long_dash[] = "–";
/* What parts groups of three digits beside comma and point: spaces that may
 * not be broken, a thin one, apostrophes. https://www.bipm.org/en/si-brochure
 * (5.4.4) */
static const char *const gaps[] = { " ", "\u00a0", "\u202f", "\u2009", "'",
	"’" };

/* A number at the start of a text. */
struct loose_number {
	struct str digits; /* with points, commas and gaps, without its sign */
	bool is_long_minus, is_minus, is_plus;
	unsigned n_commas, n_points, n_gaps;
	size_t n_last; /* digits behind the last of them */
	bool is_grouped; /* between two of them stand always three */
	bool has_exponent;
	int exponent;
};

static size_t
count_digits(struct str s)
{
	size_t n = 0;

	while (n < s.len && g_ascii_isdigit(s.p[n]))
		n++;
	return n;
}

/* Bytes of a gap at the start of s that three digits follow; else 0. */
static size_t
gap_at(struct str s)
{
	for (size_t i = 0; i < G_N_ELEMENTS(gaps); i++)
		if (str_starts(s, gaps[i]) &&
		    count_digits(str_from(s, strlen(gaps[i]))) == 3)
			return strlen(gaps[i]);
	return 0;
}

/* Takes "e3" off *s, which stands behind digits. */
static void
take_exponent(struct str *s, struct loose_number *out)
{
	size_t i = 1;

	if (!str_starts(*s, "e") && !str_starts(*s, "E"))
		return;
	if (i < s->len && strchr("+-", s->p[i]))
		i++;
	size_t n = count_digits(str_from(*s, i));
	if (n == 0 || n > 4)
		return;
	for (size_t k = i; k < i + n; k++)
		out->exponent = out->exponent * 10 + (s->p[k] - '0');
	if (s->p[1] == '-')
		out->exponent = -out->exponent;
	out->has_exponent = true;
	*s = str_from(*s, i + n);
}

/* Takes the sign off *s. */
static void
take_sign(struct str *s, struct loose_number *out)
{
	out->is_long_minus = str_starts(*s, long_minus);
	out->is_minus = out->is_long_minus || str_starts(*s, "-");
	out->is_plus = str_starts(*s, "+");
	if (out->is_long_minus)
		*s = str_from(*s, strlen(long_minus));
	else if (out->is_minus || out->is_plus)
		*s = str_from(*s, 1);
}

/* Takes a number off *s. */
static bool
take_loose_number(struct str *s, struct loose_number *out)
{
	struct str t = *s;
	size_t i = 0, from = 0;

	*out = (struct loose_number){ .is_grouped = true };
	take_sign(&t, out);
	/* A number that begins with 0, or with + and a code, is dialled. */
	bool may_gap = !out->is_plus && !str_starts(t, "0");
	while (i < t.len) {
		unsigned n_signs = out->n_commas + out->n_points;
		size_t gap = 0;
		if (g_ascii_isdigit(t.p[i])) {
			i++;
			continue;
		}
		if (may_gap && i > 0 && n_signs == 0 &&
		    (out->n_gaps ? i - from == 3 : i <= 3))
			gap = gap_at(str_from(t, i));
		bool is_sign = (t.p[i] == ',' || t.p[i] == '.') &&
		    i + 1 < t.len && g_ascii_isdigit(t.p[i + 1]);
		if (!is_sign && gap == 0)
			break;
		if (n_signs > 0 && i - from != 3)
			out->is_grouped = false;
		out->n_gaps += gap > 0;
		out->n_commas += gap == 0 && t.p[i] == ',';
		out->n_points += gap == 0 && t.p[i] == '.';
		i += gap ? gap : 1;
		from = i;
	}
	out->n_last = i - from;
	out->digits = str_upto(t, i);
	t = str_from(t, i);
	if (i > 0)
		take_exponent(&t, out);
	*s = t;
	return i > 0;
}

/* Not an address, a version or a list. */
static bool
is_one_number(const struct loose_number *n)
{
	if (n->digits.p[0] == '.')
		return n->n_commas == 0 && n->n_points == 1;
	if (n->digits.p[0] == ',')
		return false;
	if (n->is_plus && n->digits.len >= PHONE_DIGITS &&
	    n->n_commas + n->n_points == 0)
		return false;
	if (n->n_gaps)
		return n->n_commas + n->n_points <= 1;
	if (n->n_commas == 0)
		return n->n_points <= 1;
	if (n->n_commas == 1 && n->n_points <= 1)
		return true;
	return n->is_grouped &&
	    (n->n_points == 0 ? n->n_last == 3
			      : n->n_commas == 1 || n->n_points == 1);
}

/* Is it written in a way that ergen does not read? */
static bool
is_odd(const struct loose_number *n)
{
	return n->digits.p[0] == '.' || n->n_commas || n->n_gaps ||
	    n->is_long_minus || n->is_plus || n->has_exponent;
}

/* Does the last point or comma of it stand before decimals? 1,000 is a
 * thousand; 12,5, 1.000,5 and 1 000,500 have a decimal comma. */
static bool
has_decimals(const struct loose_number *n)
{
	unsigned n_signs = n->n_commas + n->n_points;

	if (n_signs == 0)
		return false;
	if (n->n_gaps || (n->n_commas && n->n_points))
		return true;
	return n->n_commas ? n_signs == 1 && n->n_last != 3 : n->n_points == 1;
}

/* The point goes n places to the right, or to the left. */
static void
shift_point(GString *digits, int n)
{
	char *point = strchr(digits->str, '.');
	gssize at = point ? point - digits->str : (gssize)digits->len;

	if (point)
		g_string_erase(digits, at, 1);
	for (; at + n <= 0; at++)
		g_string_prepend_c(digits, '0');
	while (at + n > (gssize)digits->len)
		g_string_append_c(digits, '0');
	if (at + n < (gssize)digits->len)
		g_string_insert_c(digits, at + n, '.');
	while (
	    digits->len > 1 && digits->str[0] == '0' && digits->str[1] != '.')
		g_string_erase(digits, 0, 1);
}

/* What was probably meant, in ergen's spelling. A new string. */
static char *
plain_number(const struct loose_number *n)
{
	g_autoptr(GString) plain = g_string_new(NULL);

	if (n->digits.p[0] == '.')
		g_string_append_c(plain, '0');
	for (size_t i = 0; i < n->digits.len; i++) {
		bool is_last = i + n->n_last + 1 == n->digits.len;
		if (g_ascii_isdigit(n->digits.p[i]))
			g_string_append_c(plain, n->digits.p[i]);
		else if (is_last && has_decimals(n))
			g_string_append_c(plain, '.');
	}
	if (n->has_exponent)
		shift_point(plain, n->exponent);
	if (n->is_minus)
		g_string_prepend_c(plain, '-');
	return g_strdup(plain->str);
}

/* 007 is a name. */
static bool
is_padded(const struct loose_number *n)
{
	return n->digits.len > 1 && n->digits.p[0] == '0' &&
	    g_ascii_isdigit(n->digits.p[1]);
}

/* "20-25 km": neither a date, nor a number to dial, nor a version. */
static bool
is_range(const struct loose_number *a, const struct loose_number *b,
    bool is_hyphen, struct str unit)
{
	bool has_points = a->n_points || b->n_points;

	if (!is_one_number(b) || a->has_exponent || b->has_exponent ||
	    a->is_plus || b->is_plus || b->is_minus || is_padded(a) ||
	    is_padded(b))
		return false;
	if (is_hyphen && unit.len == 0 &&
	    (has_points || (a->digits.len == 3 && b->digits.len == 4)))
		return false;
	g_autofree char *low = plain_number(a);
	g_autofree char *high = plain_number(b);
	return decimal_compare(low, high) < 0;
}

/* Takes the dash of a range off *s, with the spaces beside it. */
static bool
take_dash(struct str *s, bool *is_hyphen)
{
	struct str t = str_trim(*s);

	*is_hyphen = str_starts(t, "-");
	if (!*is_hyphen && !str_starts(t, long_dash))
		return false;
	*s = str_trim(str_from(t, *is_hyphen ? 1 : strlen(long_dash)));
	return true;
}

/* What stands behind the last number must not look like a part of a name. */
static bool
is_fitting_unit(const struct loose_number *n, struct str unit)
{
	bool is_apart = unit.len == 0 || unit.p[0] == ' ';

	/* A file's name may begin with a point, a code hold an e. */
	if (n->digits.p[0] == '.' || n->has_exponent)
		return is_apart;
	return true;
}

/* "1,000", "12,5 km", "−5", ".5", "20–25", and nothing else: how it is to be
 * written, as a new string, or NULL. */
static char *
like_number(struct str s, bool *is_wide)
{
	struct loose_number a, b;
	bool is_hyphen;

	*is_wide = false;
	if (!take_loose_number(&s, &a) || !is_one_number(&a))
		return NULL;
	struct str rest = s;
	if (take_dash(&rest, &is_hyphen) && take_loose_number(&rest, &b)) {
		if (!number_is_unit(rest) || !is_range(&a, &b, is_hyphen, rest))
			return NULL;
		g_autofree char *low = plain_number(&a);
		g_autofree char *high = plain_number(&b);
		*is_wide = true;
		return g_strdup_printf("%s..%s%.*s", low, high, STR_ARG(rest));
	}
	if (!is_odd(&a) || !number_is_unit(s) || !is_fitting_unit(&a, s) ||
	    ABS(a.exponent) > EXPONENT_MOST)
		return NULL;
	g_autofree char *plain = plain_number(&a);
	return g_strdup_printf("%s%.*s", plain, STR_ARG(s));
}

static struct str
text_of(const struct node *paragraph)
{
	return str_trim(str_from(paragraph->child->text, strlen("Answer:")));
}

void
number_warn(const struct question_maker *k, const struct node *paragraph)
{
	struct str s = text_of(paragraph);
	bool is_wide = false;

	if (paragraph->child->next)
		return;
	g_autofree char *plain = like_number(s, &is_wide);
	if (!plain)
		return;
	diag_at(k->diag, DIAG_ANSWER_LIKE_NUMBER,
	    node_loc(k->doc->origin, paragraph), "%.*s", STR_ARG(s));
	diag_help(k->diag, "write %s%s; or type=text says that it is meant so",
	    plain, is_wide ? ", if all numbers between are right" : "");
}

bool
number_is_broken(const struct node *paragraph)
{
	static const char *const signs[] = { "±", "..", "+-", "+/-" };
	struct str s = text_of(paragraph);
	struct loose_number n;

	if (paragraph->child->next)
		return false;
	bool has_number = take_loose_number(&s, &n);
	s = str_trim(s);
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
		if (!str_starts(s, signs[i]))
			continue;
		s = str_trim(str_from(s, strlen(signs[i])));
		return has_number || take_loose_number(&s, &n);
	}
	return false;
}
