#include "render/words.h"

const struct words words_default = { {
#define W(id, english) [WORD_##id] = english,
#include "render/words.def"
#undef W
} };

void
words_format(GString *out, const struct words *w, enum word word, const char *a,
    const char *b)
{
	const char *from = w->text[word];

	for (;;) {
		const char *percent = strchr(from, '%');
		if (!percent)
			break;
		g_string_append_len(out, from, percent - from);
		from = percent + 2;
		/* A theme's translation may hold a number where the English
		 * word has none; there is nothing to say then. */
		if (percent[1] == '1')
			g_string_append(out, a ? a : "");
		else if (percent[1] == '2')
			g_string_append(out, b ? b : "");
		else {
			g_string_append_c(out, '%');
			from = percent + 1;
		}
	}
	g_string_append(out, from);
}
