#include "base/par.h"

#include <glib.h>

void test_base_par(void);

struct tally {
	int items[1000]; /* how often each was done; atomic */
	int n_threads;
	int bad_worker; /* atomic */
};

static void
count(size_t item, unsigned worker, void *ctx)
{
	struct tally *t = ctx;

	g_atomic_int_inc(&t->items[item]);
	if (worker >= (unsigned)t->n_threads)
		g_atomic_int_inc(&t->bad_worker);
}

/* Every item exactly once, whatever the number of threads. */
static void
test_once(void)
{
	static const size_t sizes[] = { 0, 1, 2, 1000 };

	for (int n = 1; n <= 5; n++) {
		for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
			struct tally t = { .n_threads = n };
			par_run(sizes[k], (unsigned)n, count, &t);
			for (size_t i = 0; i < 1000; i++)
				g_assert_cmpint(t.items[i], ==, i < sizes[k]);
			g_assert_cmpint(t.bad_worker, ==, 0);
		}
	}
}

static void
note_thread(size_t item, unsigned worker, void *ctx)
{
	GThread **seen = ctx;

	(void)worker;
	seen[item] = g_thread_self();
}

static void
test_one_thread(void)
{
	GThread *seen[3] = { NULL };

	par_run(3, 1, note_thread, seen);
	for (size_t i = 0; i < 3; i++)
		g_assert_true(seen[i] == g_thread_self());
}

void
test_base_par(void)
{
	g_test_add_func("/base/par/once", test_once);
	g_test_add_func("/base/par/one_thread", test_one_thread);
}
