/* An HTML block that begins with "<!--": the rest of it is the input. */
#include "doc/comment.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct diag *d = diag_new();
	char *copy = g_malloc(size + 4);

	memcpy(copy, "<!--", 4);
	if (size)
		memcpy(copy + 4, data, size);
	struct origin in = { "a.md", { copy, size + 4 } };
	const struct comment *c = comment_parse(in.text,
	    (struct loc){ &in, 1, 1 }, a, d);
	/* Understood, or an ordinary comment, or reported: never two. */
	if (c && diag_worst(d) != DIAG_NONE)
		abort();
	for (size_t i = 0; c && i < c->n_keys; i++)
		if (!c->keys[i][0] || !comment_get(c, c->keys[i]))
			abort();
	FILE *to = fopen("/dev/null", "w");
	if (to) {
		diag_print(d, to, 0);
		fclose(to);
	}
	g_free(copy);
	diag_free(d);
	arena_free(a);
	return 0;
}
