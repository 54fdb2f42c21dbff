#ifdef __linux__
#include <sched.h>
#endif

#include "base/par.h"

#include <glib.h>

#include <stdatomic.h>

struct run {
	atomic_size_t next;
	size_t n_items;
	par_task *task;
	void *ctx;
};

struct worker {
	struct run *run;
	unsigned no;
	int starter; /* the processor that it was started on; below 0: unknown
		      */
	GThread *thread;
};

#ifdef __linux__

static int
processor(void)
{
	return sched_getcpu();
}

/* A new thread often begins on its starter's processor, and until the system
 * sees that another one is idle, much of a short build is over. So it goes to
 * another at once; and then wherever the system wants it. */
static void
spread(const struct worker *w)
{
	cpu_set_t all, other;
	unsigned n = w->no;

	if (processor() != w->starter ||
	    sched_getaffinity(0, sizeof(all), &all) != 0)
		return;
	CPU_ZERO(&other);
	for (int i = 0; n > 0 && i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &all) && i != w->starter && --n == 0)
			CPU_SET(i, &other);
	if (sched_setaffinity(0, sizeof(other), &other) == 0)
		(void)sched_setaffinity(0, sizeof(all), &all);
}

#else

static int
processor(void)
{
	return -1;
}

static void
spread(const struct worker *w)
{
	(void)w;
}

#endif

static void *
work(void *arg)
{
	const struct worker *w = arg;
	struct run *r = w->run;

	if (w->no > 0)
		spread(w);
	for (;;) {
		size_t i = atomic_fetch_add(&r->next, 1);
		if (i >= r->n_items)
			return NULL;
		r->task(i, w->no, r->ctx);
	}
}

void
par_run(size_t n_items, unsigned n_threads, par_task *task, void *ctx)
{
	struct run r = { 0, n_items, task, ctx };
	g_autofree struct worker *w = g_new0(struct worker, n_threads);

	if (n_items < n_threads)
		n_threads = (unsigned)n_items;
	for (unsigned i = 0; i < n_threads; i++)
		w[i] = (struct worker){ &r, i, processor(), NULL };
	for (unsigned i = 1; i < n_threads; i++)
		w[i].thread = g_thread_new("ergen", work, &w[i]);
	if (n_threads > 0)
		work(&w[0]);
	for (unsigned i = 1; i < n_threads; i++)
		g_thread_join(w[i].thread);
}
