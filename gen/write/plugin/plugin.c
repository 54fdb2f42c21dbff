/* The hooks: each calls the one of the shared object. */
#include "write/plugin/plugin_own.h"

struct state {
	void *own; /* the object's own: state_size bytes */
	GPtrArray *sinks; /* that live until close */
	bool is_open;
};

static const struct plugin *
plugin_of(const struct brief *in)
{
	return in->writer->data;
}

/* A call by the thread that has the job to itself. */
static struct ergen_call
call_of_job(struct job *j, const char *hook)
{
	const struct state *s = j->state;

	return (struct ergen_call){ .plugin = plugin_of(&j->in),
		.in = &j->in,
		.hook = hook,
		.job = j,
		.diag = j->diag,
		.texts = arena_new(),
		.kept = j->arena,
		.sinks = s->sinks };
}

/* Whether the hook has succeeded; if not, that has been reported. */
static bool
has_succeeded(const struct ergen_call *c, bool result)
{
	if (!result && !c->has_failed)
		diag_at(c->diag, DIAG_WRITER_FAILED, c->plugin->output->at,
		    "%s: its %s hook returns false", c->plugin->output->name,
		    c->hook);
	return result && !c->has_failed;
}

static void
plugin_check(const struct book *b, const struct brief *in, struct diag *d)
{
	const struct plugin *p = plugin_of(in);
	struct ergen_call c = { .plugin = p,
		.in = in,
		.hook = "check",
		.diag = d,
		.texts = arena_new(),
		.sinks = plugin_sinks_new() };

	c.kept = c.texts;
	(void)has_succeeded(&c,
	    p->own.check(&plugin_host, &c, (const struct ergen_book *)b));
	g_ptr_array_free(c.sinks, TRUE);
	arena_free(c.texts);
}

static bool
plugin_open(struct job *j)
{
	const struct plugin *p = plugin_of(&j->in);
	struct state *s = j->state;

	s->sinks = plugin_sinks_new();
	s->own = g_malloc0(p->own.state_size);
	s->is_open = true;
	if (!p->own.open)
		return true;
	struct ergen_call c = call_of_job(j, "open");
	const bool ok = has_succeeded(&c,
	    p->own.open(&plugin_host, &c, (const struct ergen_book *)j->book,
		s->own));
	arena_free(c.texts);
	return ok;
}

static bool
plugin_render(const struct brief *in, const void *state, struct piece *piece)
{
	const struct plugin *p = plugin_of(in);
	const struct state *s = state;
	struct ergen_call c = { .plugin = p,
		.in = in,
		.hook = "render",
		.diag = piece->diag,
		.texts = piece->arena,
		.kept = piece->arena,
		.sinks = plugin_sinks_new() };
	struct ergen_sink *sink = plugin_sink(&c);
	const bool ok = has_succeeded(&c,
	    p->own.render(&plugin_host, &c,
		(const struct ergen_page *)piece->page, s->own, sink));

	piece_add(piece)->bytes = arena_take(piece->arena, sink->text);
	g_ptr_array_free(c.sinks, TRUE);
	return ok;
}

/* With EMIT_ANY the job is not this thread's alone, but the piece is. */
static bool
plugin_emit(struct job *j, const struct piece *piece)
{
	const struct plugin *p = plugin_of(&j->in);
	const struct state *s = j->state;
	const bool is_alone = j->writer->order == EMIT_READING;
	const struct str bytes = piece->n_parts ? piece->parts[0].bytes
						: STR_LIT("");
	struct ergen_call c = { .plugin = p,
		.in = &j->in,
		.hook = "emit",
		.job = j,
		.diag = piece->diag,
		.texts = piece->arena,
		.kept = is_alone ? j->arena : piece->arena,
		.sinks = is_alone ? s->sinks : plugin_sinks_new() };
	const bool ok = has_succeeded(&c,
	    p->own.emit(&plugin_host, &c,
		(const struct ergen_page *)piece->page, s->own,
		(struct ergen_str){ bytes.p, bytes.len }));

	if (!is_alone)
		g_ptr_array_free(c.sinks, TRUE);
	return ok;
}

static bool
plugin_finish(struct job *j)
{
	const struct plugin *p = plugin_of(&j->in);
	struct state *s = j->state;
	struct ergen_call c = call_of_job(j, "finish");
	const bool ok = has_succeeded(&c,
	    p->own.finish(&plugin_host, &c, (const struct ergen_book *)j->book,
		s->own));

	arena_free(c.texts);
	return ok;
}

static void
plugin_close(struct job *j)
{
	const struct plugin *p = plugin_of(&j->in);
	struct state *s = j->state;

	if (!s->is_open)
		return;
	if (p->own.close) {
		struct ergen_call c = call_of_job(j, "close");
		/* What it does now must not change what is published. */
		c.job = NULL;
		p->own.close(&plugin_host, &c, s->own);
		arena_free(c.texts);
	}
	g_ptr_array_free(s->sinks, TRUE);
	g_free(s->own);
	*s = (struct state){ 0 };
}

const struct writer *
plugin_writer(const struct output *o, const char *dir, struct arena *a,
    struct diag *d)
{
	struct plugin *p = arena_obj(a, struct plugin);
	struct writer *w = arena_obj(a, struct writer);

	p->output = o;
	*w = (struct writer){ .name = o->name,
		.folder = o->name,
		.state_size = sizeof(struct state),
		.data = p };
	if (!plugin_load(p, w, dir, a, d))
		return NULL;
	w->check = p->own.check ? plugin_check : NULL;
	w->open = plugin_open;
	w->render = p->own.render ? plugin_render : NULL;
	w->emit = p->own.emit ? plugin_emit : NULL;
	w->finish = p->own.finish ? plugin_finish : NULL;
	w->close = plugin_close;
	return w;
}
