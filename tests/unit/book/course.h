/* A course in a temporary folder, loaded and linked. */
#ifndef ERGEN_TEST_COURSE_H
#define ERGEN_TEST_COURSE_H

#include "base/fs.h"
#include "book/book.h"

#include <stdio.h>
#include <stdlib.h>

struct course_file {
	const char *path, *text;
};

struct course {
	struct arena *a;
	struct diag *d;
	char *dir;
	struct site site;
	struct book *book;
	char *said;
};

static inline void
course_write(struct course *c, const char *path, const char *text)
{
	g_autofree char *full = g_build_filename(c->dir, path, NULL);
	g_autofree char *folder = g_path_get_dirname(full);

	g_assert_true(fs_mkdirs(folder, c->d));
	g_assert_true(fs_create(full, str_of(text), c->d));
}

static inline void
course_load(struct course *c, const struct course_file *files, size_t n,
    const char *more)
{
	const struct load_options options = { .n_threads = 2 };
	g_autofree char *site = g_strdup_printf("id: t\ntitle: T\n%s", more);
	size_t size;

	*c = (struct course){ .a = arena_new(), .d = diag_new() };
	c->dir = g_dir_make_tmp("ergen-unit-XXXXXX", NULL);
	course_write(c, "site.yaml", site);
	for (size_t i = 0; i < n; i++)
		course_write(c, files[i].path, files[i].text);
	g_assert_true(site_load(c->dir, c->a, &c->site, c->d));
	c->book = book_load(&c->site, &options, c->d);
	book_link(&c->book, 1, c->d);
	book_check(c->book, c->d);
	FILE *to = open_memstream(&c->said, &size);
	diag_print(c->d, to, 0);
	fclose(to);
}

/* One lesson and its quiz; body begins in line 6. */
static inline void
course_quiz(struct course *c, const char *body)
{
	g_autofree char *quiz = g_strconcat("---\nquiz-id: t\n---\n# Quiz\n\n",
	    body, NULL);
	const struct course_file files[] = { { "content/a.md", "# A\n" },
		{ "content/a.quiz.md", quiz } };

	course_load(c, files, 2, "");
}

static inline const struct page *
course_page(const struct course *c, const char *address)
{
	for (size_t i = 0; i < c->book->n_pages; i++)
		if (strcmp(c->book->pages[i].self->address, address) == 0)
			return &c->book->pages[i];
	g_test_message("there is no page %s", address);
	g_test_fail();
	return &c->book->pages[0];
}

/* "path:line:col id" of every diagnostic, parted by "; ". */
static inline char *
course_said(const struct course *c)
{
	g_auto(GStrv) lines = g_strsplit(c->said, "\n", -1);
	GString *s = g_string_new(NULL);

	for (size_t i = 0; lines[i]; i++) {
		const char *id = strstr(lines[i], " [");
		const char *level = strstr(lines[i], ": ");
		if (!id || !level || lines[i][0] == ' ' ||
		    !g_str_has_suffix(lines[i], "]"))
			continue;
		g_string_append_printf(s, "%s%.*s %.*s", s->len ? "; " : "",
		    (int)(level - lines[i]), lines[i], (int)strlen(id) - 3,
		    id + 2);
	}
	return g_string_free(s, FALSE);
}

static inline void
course_release(struct course *c)
{
	struct diag *d = diag_new();

	g_assert_true(fs_remove_tree(c->dir, d));
	diag_free(d);
	book_free(c->book);
	free(c->said);
	g_free(c->dir);
	diag_free(c->d);
	arena_free(c->a);
}

#endif
