/*
 * The entry of a fuzzer without libFuzzer: feeds it every file named, and
 * every file of the folders named, and prints TAP. A crash ends the program,
 * hence each file is announced before it is read.
 * https://llvm.org/docs/LibFuzzer.html#fuzz-target
 */
#include <glib.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The files that a word of the command line stands for. */
static void
add(GPtrArray *paths, const char *word)
{
	g_autoptr(GDir) dir = g_dir_open(word, 0, NULL);
	const char *name;

	if (!dir)
		g_ptr_array_add(paths, g_strdup(word));
	while (dir && (name = g_dir_read_name(dir)))
		g_ptr_array_add(paths, g_build_filename(word, name, NULL));
}

static bool
replay(const char *path)
{
	g_autofree char *bytes = NULL;
	g_autofree uint8_t *data = NULL;
	size_t size;

	if (!g_file_get_contents(path, &bytes, &size, NULL))
		return false;
	/* Without the NUL that GLib adds: a read of it shall be seen. */
	data = g_malloc(size ? size : 1);
	if (size)
		memcpy(data, bytes, size);
	return LLVMFuzzerTestOneInput(data, size) == 0;
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	bool is_good = true;

	for (int i = 1; i < argc; i++)
		add(paths, argv[i]);
	g_ptr_array_sort(paths, compare);
	printf("1..%u\n", paths->len);
	for (unsigned i = 0; i < paths->len; i++) {
		const char *path = paths->pdata[i];
		printf("# %s\n", path);
		fflush(stdout);
		bool is_ok = replay(path);
		printf("%sok %u - %s\n", is_ok ? "" : "not ", i + 1, path);
		is_good = is_good && is_ok;
	}
	return is_good ? 0 : 1;
}
