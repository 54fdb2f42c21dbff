#include "write/run.h"

#include "base/par.h"
#include "write/check.h"

/* Not GMutex: ThreadSanitizer sees only what goes through pthreads. */
#include <pthread.h>

/* At most so many pages are rendered ahead of the one that is emitted next. */
enum {
	WINDOW_PAGES = 64,
	WINDOW_BYTES = 32 * 1024 * 1024
};

/* One writer's pages on their way. */
struct lane {
	struct job *job;
	pthread_mutex_t lock; /* of what follows */
	struct piece *slots[WINDOW_PAGES];
	size_t next; /* page to be emitted */
	bool is_busy; /* a thread is emitting */
};

struct running {
	const struct run *run;
	struct lane *lanes;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t moved;
	size_t taken; /* pages handed out */
	size_t bytes; /* rendered, not yet emitted in order */
	bool has_failed;
	GPtrArray
	    *pieces; /* at rest: nothing but their arena and diag counts */
	struct diag *diag;
};

/* --- options ------------------------------------------------------------ */

static void
read_setting(const struct writer *w, const struct setting *s,
    const char **values, struct diag *d)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();

	for (size_t i = 0; w->options && w->options[i].key; i++) {
		if (strcmp(w->options[i].key, s->key) == 0) {
			values[i] = s->value;
			return;
		}
		g_ptr_array_add(keys, (char *)(uintptr_t)w->options[i].key);
	}
	g_ptr_array_add(keys, NULL);
	diag_at(d, DIAG_SITE_KEY, s->at, "outputs.%s.%s", w->name, s->key);
	const char *near = nearest(s->key, (const char *const *)keys->pdata);
	if (near)
		diag_help(d, "did you mean '%s'?", near);
}

static const char *const *
read_options(const struct writer *w, const struct site *site, struct arena *a,
    struct diag *d)
{
	const struct output *o = site_output(site, w->name);
	size_t n = 0;

	while (w->options && w->options[n].key)
		n++;
	const char **values = arena_array(a, n + 1, const char *);
	for (size_t i = 0; i < n; i++)
		values[i] = w->options[i].fallback;
	for (size_t i = 0; o && i < o->n_settings; i++)
		read_setting(w, &o->settings[i], values, d);
	return values;
}

void
run_init(struct run *r, const struct writer *const *chosen,
    const struct site *site, const struct theme *theme, struct arena *a,
    struct diag *d)
{
	size_t n = 0;

	while (chosen[n])
		n++;
	r->n_jobs = n;
	r->jobs = arena_array(a, n, struct job);
	r->present = chosen;
	for (size_t i = 0; i < n; i++) {
		struct job *j = &r->jobs[i];
		j->writer = chosen[i];
		j->in.writer = chosen[i];
		j->in.site = site;
		j->in.theme = theme;
		j->in.options = read_options(chosen[i], site, a, d);
		j->state = arena_alloc(a, 1, chosen[i]->state_size + 1);
	}
}

void
run_check(struct run *r, const struct book *b, struct diag *d)
{
	code_check(b, d);
	for (size_t i = 0; i < r->n_jobs; i++)
		if (r->jobs[i].writer->check)
			r->jobs[i].writer->check(b, &r->jobs[i].in, d);
}

/* --- pages -------------------------------------------------------------- */

static void
fail(struct running *r)
{
	pthread_mutex_lock(&r->lock);
	r->has_failed = true;
	pthread_cond_broadcast(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

static bool
has_failed(struct running *r)
{
	pthread_mutex_lock(&r->lock);
	bool failed = r->has_failed;
	pthread_mutex_unlock(&r->lock);
	return failed;
}

static void
piece_free(struct piece *p)
{
	arena_free(p->arena);
	diag_free(p->diag);
	g_free(p);
}

static struct piece *
piece_new(struct running *r, const struct page *page)
{
	struct piece *p = NULL;

	pthread_mutex_lock(&r->lock);
	if (r->pieces->len)
		p = g_ptr_array_steal_index_fast(r->pieces, r->pieces->len - 1);
	pthread_mutex_unlock(&r->lock);
	if (!p) {
		p = g_new0(struct piece, 1);
		p->arena = arena_new();
		p->diag = diag_new();
	}
	p->page = page;
	return p;
}

/* Its own reports join the others, and it rests. */
static void
piece_done(struct running *r, struct piece *p)
{
	pthread_mutex_lock(&r->lock);
	diag_merge(r->diag, p->diag);
	arena_reset(p->arena);
	p->parts = NULL;
	p->n_parts = 0;
	g_ptr_array_add(r->pieces, p);
	pthread_mutex_unlock(&r->lock);
}

/* Emits what stands next in line, as far as it is there. One thread at a time
 * does so for a lane; the others only leave their piece. */
static void
emit_in_order(struct running *r, struct lane *l, size_t page, struct piece *p)
{
	pthread_mutex_lock(&l->lock);
	l->slots[page % WINDOW_PAGES] = p;
	while (!l->is_busy && l->slots[l->next % WINDOW_PAGES]) {
		struct piece *ready = l->slots[l->next % WINDOW_PAGES];
		l->slots[l->next % WINDOW_PAGES] = NULL;
		l->is_busy = true;
		pthread_mutex_unlock(&l->lock);
		size_t bytes = arena_used(ready->arena);
		const struct writer *w = l->job->writer;
		if (!has_failed(r) && w->emit && !w->emit(l->job, ready))
			fail(r);
		piece_done(r, ready);
		pthread_mutex_lock(&l->lock);
		l->is_busy = false;
		__atomic_store_n(&l->next, l->next + 1, __ATOMIC_RELAXED);
		pthread_mutex_lock(&r->lock);
		r->bytes -= bytes;
		pthread_cond_broadcast(&r->moved);
		pthread_mutex_unlock(&r->lock);
	}
	pthread_mutex_unlock(&l->lock);
}

static bool
write_page(struct running *r, struct lane *l, size_t i)
{
	const struct writer *w = l->job->writer;
	struct piece *p = piece_new(r, &r->run->book->pages[i]);
	bool ok = !w->render || w->render(&l->job->in, l->job->state, p);

	if (w->order == EMIT_ANY) {
		ok = ok && (!w->emit || w->emit(l->job, p));
		piece_done(r, p);
		return ok;
	}
	pthread_mutex_lock(&r->lock);
	r->bytes += arena_used(p->arena);
	pthread_mutex_unlock(&r->lock);
	if (!ok)
		fail(r);
	emit_in_order(r, l, i, p);
	return ok;
}

/* The slowest lane in reading order. */
static size_t
oldest_page(struct running *r)
{
	size_t oldest = SIZE_MAX;

	for (size_t i = 0; i < r->run->n_jobs; i++) {
		struct lane *l = &r->lanes[i];
		if (l->job->writer->order != EMIT_READING)
			continue;
		/* A number that lags behind only makes us wait. */
		size_t next = __atomic_load_n(&l->next, __ATOMIC_RELAXED);
		if (next < oldest)
			oldest = next;
	}
	return oldest;
}

/* The next page to render, once the window has room for it. */
static bool
take_page(struct running *r, size_t *page)
{
	bool has_page;

	pthread_mutex_lock(&r->lock);
	for (;;) {
		has_page = !r->has_failed && r->taken < r->run->book->n_pages;
		if (!has_page)
			break;
		size_t oldest = oldest_page(r);
		bool is_near = oldest == SIZE_MAX ||
		    r->taken < oldest + WINDOW_PAGES;
		/* The page that all wait for is never held up. */
		if (is_near && (r->bytes < WINDOW_BYTES || r->taken <= oldest))
			break;
		pthread_cond_wait(&r->moved, &r->lock);
	}
	*page = r->taken;
	r->taken += has_page;
	pthread_mutex_unlock(&r->lock);
	return has_page;
}

static void
work(size_t item, unsigned worker, void *ctx)
{
	struct running *r = ctx;
	size_t page;

	(void)item;
	(void)worker;
	while (take_page(r, &page))
		for (size_t i = 0; i < r->run->n_jobs; i++)
			if (!write_page(r, &r->lanes[i], page))
				fail(r);
}

static bool
write_pages(const struct run *run, struct diag *d)
{
	struct running r = { .run = run, .diag = diag_new() };

	r.lanes = g_new0(struct lane, run->n_jobs);
	r.pieces = g_ptr_array_new_with_free_func((GDestroyNotify)piece_free);
	pthread_mutex_init(&r.lock, NULL);
	pthread_cond_init(&r.moved, NULL);
	for (size_t i = 0; i < run->n_jobs; i++) {
		r.lanes[i].job = &run->jobs[i];
		pthread_mutex_init(&r.lanes[i].lock, NULL);
	}
	par_run(run->n_threads, run->n_threads, work, &r);
	for (size_t i = 0; i < run->n_jobs; i++) {
		for (size_t k = 0; k < WINDOW_PAGES; k++)
			if (r.lanes[i].slots[k])
				piece_done(&r, r.lanes[i].slots[k]);
		pthread_mutex_destroy(&r.lanes[i].lock);
	}
	/* Workers report to a sink of their own: d is in use by `out`. */
	diag_merge(d, r.diag);
	diag_free(r.diag);
	g_ptr_array_free(r.pieces, TRUE);
	pthread_mutex_destroy(&r.lock);
	pthread_cond_destroy(&r.moved);
	g_free(r.lanes);
	return !r.has_failed;
}

static void
finish_one(size_t item, unsigned worker, void *ctx)
{
	const struct run *r = ctx;
	struct job *j = &r->jobs[item];

	(void)worker;
	j->has_failed = j->writer->finish && !j->writer->finish(j);
}

/* Jobs share nothing but `out`, which is made for it. */
static bool
finish_all(struct run *r)
{
	bool ok = true;

	par_run(r->n_jobs, r->n_threads, finish_one, r);
	for (size_t i = 0; i < r->n_jobs; i++)
		ok = ok && !r->jobs[i].has_failed;
	return ok;
}

bool
run_write(struct run *r, const struct book *b, struct out *o, struct diag *d)
{
	bool ok = true;

	r->book = b;
	for (size_t i = 0; i < r->n_jobs; i++) {
		r->jobs[i].book = b;
		r->jobs[i].out = o;
		r->jobs[i].present = r->present;
		r->jobs[i].diag = diag_new();
		/* Jobs emit at the same time: none shares its arena. */
		r->jobs[i].arena = arena_new();
	}
	for (size_t i = 0; ok && i < r->n_jobs; i++)
		if (r->jobs[i].writer->open)
			ok = r->jobs[i].writer->open(&r->jobs[i]);
	ok = ok && write_pages(r, d);
	ok = ok && finish_all(r);
	for (size_t i = 0; i < r->n_jobs; i++) {
		if (r->jobs[i].writer->close)
			r->jobs[i].writer->close(&r->jobs[i]);
		diag_merge(d, r->jobs[i].diag);
		diag_free(r->jobs[i].diag);
		r->jobs[i].diag = NULL;
		arena_free(r->jobs[i].arena);
		r->jobs[i].arena = NULL;
	}
	return ok;
}
