/*
 * Patterns for tests/e2e/pattern_test.mjs: reads requests, one a line, and
 * prints a pattern for each, one a line.
 *
 *     number LOW HIGH
 *     text TEXT…      any case, any white space
 *     exact TEXT…
 *
 * Spaces part the words; inside of one, bytes may be written as \ooo.
 */
#include "render/pattern.h"

#include <stdio.h>

static void
answer(GString *out, char **words, size_t n)
{
	bool is_exact = strcmp(words[0], "exact") == 0;
	g_autofree struct accepted *texts = g_new0(struct accepted, n);

	if (strcmp(words[0], "number") == 0 && n == 3) {
		pattern_number(out, words[1], words[2]);
		return;
	}
	for (size_t i = 1; i < n; i++)
		texts[i - 1] = (struct accepted){ words[i], is_exact };
	pattern_texts(out, texts, n - 1);
}

int
main(void)
{
	g_autofree char *line = NULL;
	size_t size = 0;
	ssize_t len;

	while ((len = getline(&line, &size, stdin)) > 0) {
		g_autoptr(GString) out = g_string_new(NULL);
		line[len - 1] = '\0';
		char **words = g_strsplit(line, " ", -1);
		for (char **w = words; *w; w++) {
			char *plain = g_strcompress(*w);
			g_free(*w);
			*w = plain;
		}
		answer(out, words, g_strv_length(words));
		puts(out->str);
		g_strfreev(words);
	}
	return 0;
}
