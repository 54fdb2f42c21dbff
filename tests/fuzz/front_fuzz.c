/* Front matter: cut and read, and the YAML alone with both tables. */
#include "book/front.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
parse(const struct origin *in, struct str yaml, unsigned line, bool is_quiz,
    struct arena *a, struct diag *d)
{
	struct front f;
	bool ok = front_parse(in, yaml, line, is_quiz, a, &f, d);

	if (!ok && diag_worst(d) < DIAG_ERROR)
		abort();
	if (ok && !f.yaml)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct diag *d = diag_new();
	char *copy = g_malloc(size ? size : 1);
	struct front_cut cut;

	if (size)
		memcpy(copy, data, size);
	struct origin in = { "a.md", { copy, size } };
	if (front_cut(&in, &cut, d) && cut.has_front)
		parse(&in, cut.yaml, cut.yaml_line, true, a, d);
	parse(&in, in.text, 1, size & 1, a, d);
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
