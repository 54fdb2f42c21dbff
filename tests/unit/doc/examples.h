/* What tests of Markdown go over: the specifications' examples, our own, and
 * the sources of a course. */
#ifndef ERGEN_TEST_EXAMPLES_H
#define ERGEN_TEST_EXAMPLES_H

#include "doc/doc.h"

/* Called for each; no: its number in the file. */
typedef void example(const char *path, size_t no, struct str text);

/* The files of examples write → for a tab and · for a space at an end. */
static inline void
add_line(GString *to, struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		struct str rest = str_from(line, i);
		if (str_starts(rest, "→") || str_starts(rest, "·")) {
			bool is_tab = str_starts(rest, "→");
			g_string_append_c(to, is_tab ? '\t' : ' ');
			i += strlen(is_tab ? "→" : "·") - 1;
		} else {
			g_string_append_c(to, line.p[i]);
		}
	}
	g_string_append_c(to, '\n');
}

/* Examples stand between a line of 32 grave accents, "example" and maybe
 * names of extensions, and a line of one dot. */
static inline size_t
each_example(const char *path, struct str file, example *f)
{
	static const char fence[] = "````````````````````````````````";
	g_autoptr(GString) text = g_string_new(NULL);
	bool is_inside = false;
	size_t no = 0;

	while (file.len) {
		struct str line = str_line(&file);
		if (!is_inside) {
			is_inside = str_starts(line, fence) &&
			    line.len > strlen(fence);
			g_string_truncate(text, 0);
		} else if (str_is(line, ".")) {
			f(path, ++no, (struct str){ text->str, text->len });
			is_inside = false;
		} else {
			add_line(text, line);
		}
	}
	return no;
}

/* The text of a file below the repository's root; NULL if there is none. */
static inline char *
read_text(const char *path, struct str *text)
{
	char *bytes = NULL;
	size_t len = 0;

	g_file_get_contents(path, &bytes, &len, NULL);
	*text = (struct str){ bytes, len };
	return bytes;
}

static inline char *
in_build(const char *path)
{
	const char *build = g_getenv("BUILD");

	return g_build_filename(build ? build : "build", path, NULL);
}

/* Our own examples: each begins below a line "@@ what it shows". */
static inline size_t
each_own(const char *path, struct str file, example *f)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t n = 0;

	while (file.len) {
		struct str line = str_line(&file);
		bool is_title = str_starts(line, "@@ ");
		if (!is_title)
			add_line(text, line);
		if (file.len && !is_title)
			continue;
		if (n)
			f(path, n, (struct str){ text->str, text->len });
		g_string_truncate(text, 0);
		n += is_title;
	}
	return n;
}

static inline struct str
without_front(struct str text)
{
	struct str rest = text, line = str_line(&rest);

	if (!str_is(line, "---"))
		return text;
	while (rest.len && !str_is(line = str_line(&rest), "---"))
		;
	return rest;
}

static inline size_t
each_source(const char *folder, example *f)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;
	size_t n = 0;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		struct str text;
		if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
			n += each_source(path, f);
		} else if (g_str_has_suffix(name, ".md")) {
			g_autofree char *bytes = read_text(path, &text);
			f(path, 1, without_front(text));
			n++;
		}
	}
	if (dir)
		g_dir_close(dir);
	return n;
}

/* All of tests/spec. */
static inline size_t
each_of_ours(example *f)
{
	GDir *dir = g_dir_open("tests/spec", 0, NULL);
	const char *name;
	size_t n = 0;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename("tests/spec", name,
		    NULL);
		struct str text;
		g_autofree char *bytes = read_text(path, &text);
		n += each_own(path, text, f);
	}
	g_dir_close(dir);
	return n;
}

#endif
