#include "base/fs.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void test_base_fs(void);

struct fixture {
	struct arena *a;
	struct diag *d;
	char *dir;
};

static void
setup(struct fixture *f)
{
	f->a = arena_new();
	f->d = diag_new();
	f->dir = g_dir_make_tmp("ergen-unit-XXXXXX", NULL);
	g_assert_nonnull(f->dir);
}

static void
release(struct fixture *f)
{
	g_assert_true(fs_remove_tree(f->dir, f->d));
	g_assert_cmpint(access(f->dir, F_OK), ==, -1);
	g_free(f->dir);
	diag_free(f->d);
	arena_free(f->a);
}

static const char *
below(struct fixture *f, const char *name)
{
	return arena_printf(f->a, "%s/%s", f->dir, name);
}

static void
test_same(void)
{
	struct fixture f;
	struct str got;
	char hash[33];

	setup(&f);
	fs_hash(STR_LIT("abc"), hash);
	g_assert_true(fs_create(below(&f, "x"), STR_LIT("abc"), f.d));
	g_assert_true(fs_read_same(below(&f, "x"), hash, f.a, &got, f.d));
	g_assert_true(str_is(got, "abc"));
	g_assert_true(fs_replace(below(&f, "x"), STR_LIT("abd"), f.d));
	g_assert_cmpint(diag_worst(f.d), ==, DIAG_NONE);
	g_assert_false(fs_read_same(below(&f, "x"), hash, f.a, &got, f.d));
	g_assert_cmpint(errno, ==, EAGAIN);
	g_assert_cmpuint(diag_count(f.d, DIAG_FATAL), ==, 1);
	release(&f);
}

static void
test_real(void)
{
	struct fixture f;

	setup(&f);
	g_autofree char *top = fs_real(f.dir);
	g_autofree char *want = g_build_filename(top, "a/b", NULL);
	g_assert_cmpint(symlink(".", below(&f, "here")), ==, 0);
	g_autofree char *got = fs_real(below(&f, "here/x/../a/b"));
	g_assert_cmpstr(got, ==, want);
	g_autofree char *root = fs_real("/no-such-folder");
	g_assert_cmpstr(root, ==, "/no-such-folder");
	g_assert_true(fs_contains("/", "/a"));
	g_assert_true(fs_contains("/a", "/a"));
	g_assert_true(fs_contains("/a", "/a/b"));
	g_assert_false(fs_contains("/a", "/ab"));
	g_assert_false(fs_contains("/a/b", "/a"));
	release(&f);
}

static void
test_create_and_read(void)
{
	struct fixture f;
	struct str got;
	struct str bytes = { "a\0b", 3 };

	setup(&f);
	g_assert_true(fs_create(below(&f, "x"), bytes, f.d));
	g_assert_true(fs_read(below(&f, "x"), f.a, &got, f.d));
	g_assert_true(str_eq(got, bytes));
	g_assert_cmpint(got.p[3], ==, '\0');
	g_assert_cmpint(diag_worst(f.d), ==, DIAG_NONE);
	/* It exists: nothing is overwritten. */
	g_assert_false(fs_create(below(&f, "x"), STR_LIT("no"), f.d));
	g_assert_cmpuint(diag_count(f.d, DIAG_FATAL), ==, 1);
	g_assert_true(fs_read(below(&f, "x"), f.a, &got, f.d));
	g_assert_cmpuint(got.len, ==, 3);
	g_assert_false(fs_read(below(&f, "none"), f.a, &got, f.d));
	g_assert_false(fs_read(f.dir, f.a, &got, f.d));
	g_assert_cmpuint(diag_count(f.d, DIAG_FATAL), ==, 3);
	release(&f);
}

static void
test_replace(void)
{
	struct fixture f;
	struct str got;
	struct stat st;

	setup(&f);
	g_assert_true(fs_create(below(&f, "x"), STR_LIT("old"), f.d));
	g_assert_cmpint(chmod(below(&f, "x"), 0640), ==, 0);
	g_assert_true(fs_replace(below(&f, "x"), STR_LIT("new"), f.d));
	g_assert_true(fs_read(below(&f, "x"), f.a, &got, f.d));
	g_assert_true(str_is(got, "new"));
	g_assert_cmpint(stat(below(&f, "x"), &st), ==, 0);
	g_assert_cmpint(st.st_mode & 07777, ==, 0640);
	g_assert_cmpint(access(below(&f, "x.ergen-new"), F_OK), ==, -1);
	g_assert_false(fs_replace(below(&f, "none"), STR_LIT("new"), f.d));
	g_assert_cmpint(access(below(&f, "none"), F_OK), ==, -1);
	release(&f);
}

static void
test_folders(void)
{
	struct fixture f;

	setup(&f);
	g_assert_true(fs_mkdirs(below(&f, "a/b/c"), f.d));
	g_assert_true(fs_mkdirs(below(&f, "a/b/c"), f.d));
	g_assert_true(g_file_test(below(&f, "a/b/c"), G_FILE_TEST_IS_DIR));
	g_assert_true(fs_create(below(&f, "a/b/x"), STR_LIT(""), f.d));
	g_assert_false(fs_mkdirs(below(&f, "a/b/x/y"), f.d));
	g_assert_true(fs_remove_tree(below(&f, "gone"), f.d));
	release(&f);
}

/* What a link points to outside of the tree stays. */
static void
test_remove_links(void)
{
	struct fixture f;

	setup(&f);
	g_assert_true(fs_mkdirs(below(&f, "keep"), f.d));
	g_assert_true(fs_create(below(&f, "keep/x"), STR_LIT("x"), f.d));
	g_assert_true(fs_mkdirs(below(&f, "tree"), f.d));
	g_assert_cmpint(symlink("../keep", below(&f, "tree/link")), ==, 0);
	g_assert_true(fs_remove_tree(below(&f, "tree"), f.d));
	g_assert_cmpint(access(below(&f, "tree"), F_OK), ==, -1);
	g_assert_cmpint(access(below(&f, "keep/x"), F_OK), ==, 0);
	release(&f);
}

static void
test_hash(void)
{
	char one[33], two[33];

	/* XXH3, 128 bits, of nothing, as the algorithm's authors give it. */
	fs_hash(STR_LIT(""), one);
	g_assert_cmpstr(one, ==, "99aa06d3014798d86001c324468d497f");
	fs_hash(STR_LIT("a"), one);
	fs_hash(STR_LIT("b"), two);
	g_assert_cmpstr(one, !=, two);
	g_assert_cmpuint(strlen(one), ==, 32);
}

void
test_base_fs(void)
{
	g_test_add_func("/base/fs/same", test_same);
	g_test_add_func("/base/fs/real", test_real);
	g_test_add_func("/base/fs/create_and_read", test_create_and_read);
	g_test_add_func("/base/fs/replace", test_replace);
	g_test_add_func("/base/fs/folders", test_folders);
	g_test_add_func("/base/fs/remove_links", test_remove_links);
	g_test_add_func("/base/fs/hash", test_hash);
}
