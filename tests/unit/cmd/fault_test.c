/*
 * Every system call of a build fails once: the build says so in one message,
 * ends with the machine's status, and leaves out/ as it was.
 */
#include "base/fs.h"
#include "base/sys.h"
#include "cmd/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

void test_cmd_fault(void);

static unsigned calls, failing; /* the failing-th call fails; 0: none */

static bool
fails(void)
{
	if (++calls != failing)
		return false;
	errno = EIO;
	return true;
}

/* fdopendir() and close() take a descriptor with them even when they fail. */
#define FAILING(type, name, params, args)                       \
	static type failing_##name params                       \
	{                                                       \
		return fails() ? (type)-1 : sys_real.name args; \
	}
FAILING(int, open, (const char *p, int f, mode_t m), (p, f, m))
FAILING(int, openat, (int d, const char *p, int f), (d, p, f))
FAILING(ssize_t, read, (int fd, void *to, size_t n), (fd, to, n))
FAILING(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n))
FAILING(int, stat, (const char *p, struct stat *st), (p, st))
FAILING(int, lstat, (const char *p, struct stat *st), (p, st))
FAILING(int, fstat, (int fd, struct stat *st), (fd, st))
FAILING(int, mkdir, (const char *p, mode_t m), (p, m))
FAILING(int, unlink, (const char *p), (p))
FAILING(int, unlinkat, (int d, const char *p, int f), (d, p, f))
FAILING(int, link, (const char *a, const char *b), (a, b))
FAILING(int, rename, (const char *a, const char *b), (a, b))
FAILING(int, exchange, (const char *a, const char *b), (a, b))
FAILING(int, chmod, (const char *p, mode_t m), (p, m))
FAILING(int, flock, (int fd, int op), (fd, op))

static int
failing_close(int fd)
{
	bool failed = fails();
	int result = sys_real.close(fd);

	if (failed)
		errno = EIO;
	return failed ? -1 : result;
}

static char *
failing_mkdtemp(char *pattern)
{
	return fails() ? NULL : sys_real.mkdtemp(pattern);
}

static DIR *
failing_opendir(const char *path)
{
	return fails() ? NULL : sys_real.opendir(path);
}

static DIR *
failing_fdopendir(int fd)
{
	return fails() ? NULL : sys_real.fdopendir(fd);
}

static struct dirent *
failing_readdir(DIR *dir)
{
	return fails() ? NULL : sys_real.readdir(dir);
}

static const struct sys failing_sys = { .open = failing_open,
	.openat = failing_openat,
	.close = failing_close,
	.read = failing_read,
	.write = failing_write,
	.stat = failing_stat,
	.lstat = failing_lstat,
	.fstat = failing_fstat,
	.mkdir = failing_mkdir,
	.mkdtemp = failing_mkdtemp,
	.unlink = failing_unlink,
	.unlinkat = failing_unlinkat,
	.link = failing_link,
	.rename = failing_rename,
	.exchange = failing_exchange,
	.chmod = failing_chmod,
	.flock = failing_flock,
	.opendir = failing_opendir,
	.fdopendir = failing_fdopendir,
	.readdir = failing_readdir };

static void
put(const char *dir, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *folder = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(folder, 0777), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
make_course(const char *dir)
{
	put(dir, "site.yaml",
	    "id: faults\ntitle: Faults\noutputs: {html: {}, epub: {}, anki: {}, json: {}}\n");
	put(dir, "themes/default/templates/page.mustache",
	    "<h1>{{title}}</h1>{{{body}}}\n");
	put(dir, "themes/default/assets/a.css", "p{}\n");
	put(dir, "themes/default/epub.css", "p{}\n");
	put(dir, "content/10-m/10-one.md", "# One\n\nText ![A](a.svg)\n");
	put(dir, "content/10-m/a.svg",
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>\n");
	put(dir, "content/10-m/10-one.quiz.md",
	    "---\nquiz-id: one\n---\n# Quiz\n\n## Q\n<!-- q: q -->\n\n- [ ] a\n- [x] b\n");
	put(dir, "content/10-m/20-two.md", "# Two\n\nText\n");
	put(dir, "content/10-m/30-three.md", "# Three\n\nText\n");
}

/* All names, sizes and bytes of a folder as one hash. */
static void
add_tree(GString *all, const char *path)
{
	struct diag *d = diag_new();
	g_autoptr(GPtrArray) names = fs_list(path, d);

	g_assert_nonnull(names);
	for (size_t i = 0; i < names->len; i++) {
		g_autofree char *below = g_build_filename(path, names->pdata[i],
		    NULL);
		g_autofree char *text = NULL;
		gsize len;
		g_string_append(all, below);
		if (g_file_test(below, G_FILE_TEST_IS_DIR)) {
			add_tree(all, below);
		} else {
			g_assert_true(
			    g_file_get_contents(below, &text, &len, NULL));
			g_string_append_len(all, text, (gssize)len);
		}
	}
	diag_free(d);
}

static char *
tree_of(const char *dir)
{
	g_autofree char *out = g_build_filename(dir, "out", NULL);
	GString *all = g_string_new(NULL);

	if (g_file_test(out, G_FILE_TEST_EXISTS))
		add_tree(all, out);
	/* Binary: compare a checksum. */
	char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all->str,
	    (gssize)all->len);
	g_string_free(all, TRUE);
	return sum;
}

/* The build's status; *messages: what it said on standard error. */
static int
build(const char *dir, unsigned n, char **messages)
{
	struct options o = { .course = dir, .n_threads = 1, .is_quiet = true };
	g_autofree char *log = g_build_filename(dir, "log", NULL);
	int saved = dup(STDERR_FILENO);
	int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	g_assert_cmpint(fd, >=, 0);
	fflush(stderr);
	g_assert_cmpint(dup2(fd, STDERR_FILENO), >=, 0);
	calls = 0;
	failing = n;
	sys_use(&failing_sys);
	int status = command_build.run(&o);
	sys_use(NULL);
	fflush(stderr);
	g_assert_cmpint(dup2(saved, STDERR_FILENO), >=, 0);
	close(saved);
	close(fd);
	g_assert_true(g_file_get_contents(log, messages, NULL, NULL));
	return status;
}

static unsigned
count_lines(const char *text)
{
	unsigned n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* first: there is no out/ yet; else a build that changes one lesson. */
static void
fail_each_call(const char *dir, bool is_first)
{
	g_autofree char *old = tree_of(dir), *fresh = NULL, *said = NULL;
	g_autofree char *aside = g_build_filename(dir, "aside", NULL);
	unsigned n_calls;

	g_assert_cmpint(build(dir, 0, &said), ==, EXIT_OK);
	n_calls = calls;
	fresh = tree_of(dir);
	g_assert_cmpstr(old, !=, fresh);
	g_assert_cmpuint(n_calls, >, 100);
	for (unsigned n = 1; n <= n_calls; n++) {
		g_autofree char *messages = NULL, *now = NULL;
		struct diag *d = diag_new();
		g_autofree char *out = g_build_filename(dir, "out", NULL);
		/* Back to the state before. */
		g_assert_true(fs_remove_tree(out, d));
		diag_free(d);
		if (!is_first) {
			g_autofree char *copy =
			    g_strdup_printf("cp -a '%s' '%s'", aside, out);
			g_assert_cmpint(system(copy), ==, 0);
		}
		int status = build(dir, n, &messages);
		now = tree_of(dir);
		g_test_message("call %u of %u: status %d, said: %s", n, n_calls,
		    status, messages);
		if (strcmp(now, fresh) == 0)
			continue; /* not needed, or already published */
		g_assert_cmpint(status, ==, EXIT_MACHINE);
		g_assert_cmpuint(count_lines(messages), ==, 1);
		g_assert_cmpstr(now, ==, old);
	}
}

static void
test_first_build(void)
{
	g_autofree char *dir = g_dir_make_tmp("ergen-fault-XXXXXX", NULL);
	struct diag *d = diag_new();

	make_course(dir);
	fail_each_call(dir, true);
	g_assert_true(fs_remove_tree(dir, d));
	diag_free(d);
}

static void
test_next_build(void)
{
	g_autofree char *dir = g_dir_make_tmp("ergen-fault-XXXXXX", NULL);
	g_autofree char *said = NULL;
	struct diag *d = diag_new();

	make_course(dir);
	g_assert_cmpint(build(dir, 0, &said), ==, EXIT_OK);
	g_autofree char *copy = g_strdup_printf("cp -a '%s/out' '%s/aside'",
	    dir, dir);
	g_assert_cmpint(system(copy), ==, 0);
	put(dir, "content/10-m/20-two.md", "# Two\n\nAnother text\n");
	fail_each_call(dir, false);
	g_assert_true(fs_remove_tree(dir, d));
	diag_free(d);
}

void
test_cmd_fault(void)
{
	g_test_add_func("/cmd/fault/first-build", test_first_build);
	g_test_add_func("/cmd/fault/next-build", test_next_build);
}
