#include "course.h"

#include <sys/stat.h>
#include <unistd.h>

void test_book_scan(void);

/* What is said about a course with one more entry below content/. */
static char *
said_about(int (*make)(const char *path), const char *name)
{
	const struct load_options options = { .n_threads = 1 };
	struct course c;

	course_load(&c, &(struct course_file){ "content/m/a.md", "# A\n" }, 1,
	    "");
	g_autofree char *path = g_build_filename(c.dir, "content", "m", name,
	    NULL);
	g_assert_cmpint(make(path), ==, 0);
	book_free(c.book);
	free(c.said);
	c.book = book_load(&c.site, &options, c.d);
	size_t size;
	FILE *to = open_memstream(&c.said, &size);
	diag_print(c.d, to, 0);
	fclose(to);
	char *said = course_said(&c);
	course_release(&c);
	return said;
}

static int
make_fifo(const char *path)
{
	return mkfifo(path, 0600);
}

static int
link_out(const char *path)
{
	return symlink("/etc/passwd", path);
}

static int
link_up(const char *path)
{
	return symlink("../../..", path);
}

static int
link_loop(const char *path)
{
	return symlink(".", path);
}

static int
link_nowhere(const char *path)
{
	return symlink("nowhere", path);
}

static int
link_inside(const char *path)
{
	return symlink("a.md", path);
}

static int
make_folder(const char *path)
{
	return mkdir(path, 0700);
}

static void
test_entries(void)
{
	static const struct {
		int (*make)(const char *path);
		const char *name, *said;
	} cases[] = {
		{ make_fifo, "f.md", "content/m/f.md source-type" },
		{ link_out, "l.md", "content/m/l.md source-leaves" },
		{ link_up, "l", "content/m/l source-leaves" },
		{ link_nowhere, "l.md", "content/m/l.md source-leaves" },
		{ link_loop, "l", "content/m/l source-nesting" },
		{ link_inside, "l.md", "" },
		{ make_fifo, ".f", "" },
		{ make_fifo, "_f", "" },
		/* A folder may be named like a page. */
		{ make_folder, "x.md", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *said = said_about(cases[i].make,
		    cases[i].name);
		g_assert_cmpstr(said, ==, cases[i].said);
	}
}

void
test_book_scan(void)
{
	g_test_add_func("/book/scan/entries", test_entries);
}
