#include "book/lock.h"

#include <glib/gstdio.h>

/* Numbers as text: "1 3 2". */
static char *
numbered(const char *const *olds, const unsigned *old_numbers, size_t n_old,
    unsigned gone, const char *const *texts, size_t n)
{
	g_autofree struct lock_blank *blanks = g_new0(struct lock_blank,
	    n_old + 1);
	g_autofree unsigned *numbers = g_new0(unsigned, n + 1);
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < n_old; i++)
		blanks[i] = (struct lock_blank){ old_numbers[i],
			old_numbers[i] == gone, olds[i] };
	const struct lock_note old = { .blanks = blanks, .n_blanks = n_old };
	lock_number_blanks(n_old ? &old : NULL, texts, n, numbers);
	for (size_t i = 0; i < n; i++)
		g_string_append_printf(out, "%s%u", i ? " " : "", numbers[i]);
	return g_string_free(out, FALSE);
}

static void
expect(const char *expected, unsigned gone, const char *old, const char *now)
{
	static const unsigned numbers[] = { 1, 2, 3, 4, 5, 6 };
	g_auto(GStrv) a = g_strsplit(old, " ", -1);
	g_auto(GStrv) b = g_strsplit(now, " ", -1);
	g_autofree char *found = numbered((const char *const *)a, numbers,
	    g_strv_length(a), gone, (const char *const *)b, g_strv_length(b));

	g_assert_cmpstr(found, ==, expected);
}

static void
test_blanks(void)
{
	expect("1 2 3", 0, "", "a b c");
	expect("1 2 3", 0, "a b c", "a b c");
	expect("3 1 2", 0, "a b c", "c a b");
	/* A new one in front, and two. */
	expect("4 1 2 3", 0, "a b c", "new a b c");
	expect("2 1 3", 0, "a", "new a newer");
	/* As many new as missing: reworded, in order. */
	expect("1 2", 0, "a b", "a beta");
	expect("1 2", 0, "a b", "alpha beta");
	expect("1 3 2", 0, "a b c", "alpha c beta");
	/* One is missing. */
	expect("2", 0, "a b", "b");
	/* The number of one that has gone is taken for ever, by its text. */
	expect("1 2", 3, "a b c", "a new");
	expect("1 2 4", 3, "a b c", "a b new");
	expect("1 3 2", 3, "a b c", "a c b");
	/* Two of one text, in order. */
	expect("1 2", 0, "a a", "a a");
	expect("1 2 3", 0, "a a", "a a a");
}

static void
test_round_trip(void)
{
	const struct lock_blank blanks[] = { { 1, false, "a=b\tc%" },
		{ 12, true, "" } };
	struct lock_note notes[] = {
		{ .id = "b/x",
		    .kind = "type",
		    .hash = "1",
		    .deck = "D\nE",
		    .mod = 1700000000,
		    .was = "a/x" },
		{ .id = "b/x",
		    .kind = "cloze",
		    .hash = "2",
		    .deck = "Dä",
		    .mod = 1,
		    .is_retired = true,
		    .blanks = blanks,
		    .n_blanks = 2 },
	};
	g_autofree char *dir = g_dir_make_tmp("ergen-lock-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "ergen.de.lock", NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) again = g_string_new(NULL);
	struct arena *a = arena_new();
	struct diag *d = diag_new();

	lock_write(text, "bridges", notes, G_N_ELEMENTS(notes));
	g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
	g_assert_null(lock_read(dir, NULL, a, d));
	const struct lock *l = lock_read(dir, "de", a, d);
	g_assert_cmpint(diag_worst(d), ==, DIAG_NONE);
	g_assert_nonnull(l);
	g_assert_cmpuint(l->n_notes, ==, 2);
	const struct lock_note *n = lock_find(l, "b/x", "cloze");
	g_assert_nonnull(n);
	g_assert_true(n->is_retired);
	g_assert_cmpuint(n->n_blanks, ==, 2);
	g_assert_cmpstr(n->blanks[0].text, ==, "a=b\tc%");
	g_assert_true(n->blanks[1].is_gone);
	g_assert_cmpuint(n->blanks[1].number, ==, 12);
	n = lock_find(l, "b/x", "type");
	g_assert_cmpstr(n->was, ==, "a/x");
	g_assert_cmpstr(n->deck, ==, "D\nE");
	g_assert_null(lock_find(l, "b/x", "basic"));
	g_assert_null(lock_find(NULL, "b/x", "type"));
	struct lock_note copy[] = { l->notes[1], l->notes[0] };
	lock_write(again, l->course, copy, 2);
	g_assert_cmpstr(again->str, ==, text->str);
	(void)g_unlink(path);
	(void)g_rmdir(dir);
	diag_free(d);
	arena_free(a);
}

static void
expect_refused(const char *text, const char *detail)
{
	g_autofree char *dir = g_dir_make_tmp("ergen-lock-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, LOCK_NAME, NULL);
	struct arena *a = arena_new();
	struct diag *d = diag_new();
	size_t n;

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_assert_null(lock_read(dir, NULL, a, d));
	const struct diag_item *items = diag_sorted(d, &n);
	g_assert_cmpuint(n, ==, 1);
	g_assert_cmpint(items[0].id, ==, DIAG_LOCK_BAD);
	g_assert_cmpstr(items[0].detail, ==, detail);
	(void)g_unlink(path);
	(void)g_rmdir(dir);
	diag_free(d);
	arena_free(a);
}

#define FIRST "ergen-lock 1\n"

static void
test_refused(void)
{
	expect_refused("", "it is of another version");
	expect_refused("# x\n<<<<<<< HEAD\n", "it is of another version");
	expect_refused("ergen-lock 2\n", "it is of another version");
	expect_refused(FIRST "a\tb\tlive\t1\t2\n", "a column is missing");
	expect_refused(FIRST "a\tb\tlive\t\t2\tD\n", "a column is missing");
	expect_refused(FIRST "a\tb\tdead\t1\t2\tD\n",
	    "neither live nor retired");
	expect_refused(FIRST "a\tb\tlive\t1\t0\tD\n", "this is no time");
	expect_refused(FIRST "a\tb\tlive\t1\t2x\tD\n", "this is no time");
	expect_refused(FIRST "a\tb\tlive\t1\t2\tD\tx\n",
	    "a blank without number");
	expect_refused(FIRST "a\tb\tlive\t1\t2\tD\t0=x\n",
	    "a blank without number");
	expect_refused(FIRST "a\tb\tlive\t1\t2\tD\t99999=x\n",
	    "a blank without number");
	expect_refused(FIRST "a\tb\tlive\t1\t2\tD\na\tb\tlive\t1\t2\tD\n",
	    "the note stands there twice");
	expect_refused("\xff\n", "it is not UTF-8");
}

void test_book_lock(void);

void
test_book_lock(void)
{
	g_test_add_func("/book/lock/blanks", test_blanks);
	g_test_add_func("/book/lock/round-trip", test_round_trip);
	g_test_add_func("/book/lock/refused", test_refused);
}
