/* Importers: the first byte chooses one, the rest is its file. What it made is
 * printed, and read once more as Markdown. */
#include "doc/md.h"
#include "import/print.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_again(const struct printed *f, struct arena *a)
{
	const struct callout_rules rules = { 0 };
	struct origin in = { f->name, f->bytes };
	struct arena *scratch = arena_new();
	struct diag *d = diag_new();

	if (!g_utf8_validate(f->bytes.p, (gssize)f->bytes.len, NULL))
		abort();
	(void)md_parse(&in, 0, 1, &rules, a, scratch, d);
	diag_free(d);
	arena_free(scratch);
}

static void
import(const struct importer *format, struct str text)
{
	struct arena *a = arena_new();
	struct diag *d = diag_new();
	struct import *im = import_new(a, d);
	struct origin in = { "a.txt", text };
	GArray *files = g_array_new(FALSE, FALSE, sizeof(struct printed));

	if (format->read(im, &in)) {
		print_banks(im, files);
		for (guint i = 0; i < files->len; i++)
			read_again(&g_array_index(files, struct printed, i), a);
	} else if (diag_worst(d) < DIAG_ERROR) {
		abort();
	}
	FILE *to = fopen("/dev/null", "w");
	if (to) {
		diag_print(d, to, 0);
		fclose(to);
	}
	g_array_free(files, TRUE);
	import_free(im);
	diag_free(d);
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n = 0;

	while (importers[n])
		n++;
	if (size == 0)
		return 0;
	const struct importer *format = importers[data[0] % n];
	char *copy = g_malloc(size);
	memcpy(copy, data + 1, size - 1);
	copy[size - 1] = '\0';
	const struct str text = { copy, size - 1 };
	if (format->is_binary ||
	    (g_utf8_validate(copy, (gssize)text.len, NULL) &&
		!memchr(copy, '\0', text.len)))
		import(format, text);
	g_free(copy);
	return 0;
}
