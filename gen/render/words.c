#include "render/words.h"

const struct words words_default = {
	.text = {
#define W(id, english) [WORD_##id] = english,
#define P(id, n, one, other) [WORD_##id] = other,
#include "render/words.def"
#undef W
#undef P
	},
	.forms = {
#define W(id, english)
#define P(id, n, one, other) [WORD_##id] = { [PLURAL_ONE] = one },
#include "render/words.def"
#undef W
#undef P
	},
	.plural = plural_one_other,
};

static const unsigned char count_at[WORD_COUNT] = {
#define W(id, english)
#define P(id, n, one, other) [WORD_##id] = n,
#include "render/words.def"
#undef W
#undef P
};

unsigned
word_count_at(enum word word)
{
	return count_at[word];
}

const char *
word_name(enum word word, char buf[40])
{
	static const char *const ids[WORD_COUNT] = {
#define W(id, english) #id,
#define P(id, n, one, other) #id,
#include "render/words.def"
#undef W
#undef P
	};
	size_t len = strlen(ids[word]);

	g_assert(len < 40);
	for (size_t i = 0; i <= len; i++)
		buf[i] = g_ascii_tolower(ids[word][i]);
	return buf;
}

static void
put(GString *out, const char *text, const char *const *args, size_t n_args)
{
	for (;;) {
		const char *percent = strchr(text, '%');
		if (!percent)
			break;
		g_string_append_len(out, text, percent - text);
		size_t i = (size_t)(percent[1] - '1');
		text = percent + 2;
		if (i < n_args) {
			g_string_append(out, args[i] ? args[i] : "");
		} else {
			g_string_append_c(out, '%');
			text = percent + 1;
		}
	}
	g_string_append(out, text);
}

void
words_format(GString *out, const struct words *w, enum word word, const char *a,
    const char *b)
{
	const char *const args[] = { a, b };
	const char *text = w->text[word];

	if (count_at[word]) {
		const char *n = args[count_at[word] - 1];
		/* A placeholder may stand there instead. */
		if (n && g_ascii_isdigit(n[0])) {
			enum plural form = w->plural(
			    g_ascii_strtoull(n, NULL, 10));
			if (w->forms[word][form])
				text = w->forms[word][form];
		}
	}
	put(out, text, args, G_N_ELEMENTS(args));
}

void
words_count(GString *out, const struct words *w, enum word word, size_t n)
{
	char number[24];

	g_snprintf(number, sizeof(number), "%zu", n);
	words_format(out, w, word, number, NULL);
}

/* "07" of a date as the number 7, or 0. */
static unsigned
two_digits(const char *p)
{
	if (!g_ascii_isdigit(p[0]) || !g_ascii_isdigit(p[1]))
		return 0;
	return (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
}

void
words_date(GString *out, const struct words *w, const char *date)
{
	bool is_date = strlen(date) == 10 && date[4] == '-' && date[7] == '-';
	unsigned month = is_date ? two_digits(date + 5) : 0;
	unsigned day = is_date ? two_digits(date + 8) : 0;

	if (month < 1 || month > 12 || day < 1) {
		g_string_append(out, date);
		return;
	}
	g_autofree char *year = g_strndup(date, 4);
	g_autofree char *number = g_strdup_printf("%u", day);
	const char *const args[] = { number, w->text[WORD_MONTH_01 + month - 1],
		year };
	put(out, w->text[WORD_DATE], args, G_N_ELEMENTS(args));
}
