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
	GThread *thread;
};

static void *
work(void *arg)
{
	const struct worker *w = arg;
	struct run *r = w->run;

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
		w[i] = (struct worker){ &r, i, NULL };
	for (unsigned i = 1; i < n_threads; i++)
		w[i].thread = g_thread_new("ergen", work, &w[i]);
	if (n_threads > 0)
		work(&w[0]);
	for (unsigned i = 1; i < n_threads; i++)
		g_thread_join(w[i].thread);
}
