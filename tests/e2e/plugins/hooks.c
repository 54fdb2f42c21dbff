/* A writer that fails where it is told to, and writes down what was called.
 * What it says of itself is chosen when it is compiled. */
#include <ergen-writer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ABI
#define ABI ERGEN_WRITER_ABI
#endif
#ifndef SIZE
#define SIZE sizeof(struct ergen_writer)
#endif
#ifndef ORDER
#define ORDER ERGEN_READING
#endif

struct state {
	char zero[64];
	struct ergen_sink *all;
	char *heap; /* close must free it */
};

__attribute__((constructor)) static void
loaded(void)
{
	const char *path = getenv("LOADED");
	FILE *f = path ? fopen(path, "w") : NULL;

	if (f)
		fclose(f);
}

static bool
is_option(const struct ergen_host *host, struct ergen_call *call,
    const char *key, const char *value)
{
	const struct ergen_str s = host->option(call, key);

	return s.p && s.len == strlen(value) && memcmp(s.p, value, s.len) == 0;
}

/* Not from render: it runs in parallel. */
static void
note(const struct ergen_host *host, struct ergen_call *call, const char *hook)
{
	const struct ergen_str path = host->option(call, "log");
	char name[4096];
	FILE *f;

	if (!path.p || path.len >= sizeof(name))
		return;
	memcpy(name, path.p, path.len);
	name[path.len] = 0;
	f = fopen(name, "a");
	if (f) {
		fprintf(f, "%s\n", hook);
		fclose(f);
	}
}

/* What the options want this hook to do wrong. */
static bool
behave(const struct ergen_host *host, struct ergen_call *call, const char *hook,
    const struct ergen_page *page)
{
	const struct ergen_place place = { page, NULL, page ? 1 : 0, 0 };

	if (!is_option(host, call, "fail", hook))
		return true;
	if (is_option(host, call, "how", "error"))
		host->report(call, ERGEN_ERROR, "E1", "an\nerror", &place);
	else if (is_option(host, call, "how", "warning"))
		host->report(call, ERGEN_WARNING, NULL, "a warning", &place);
	else if (is_option(host, call, "how", "note"))
		host->report(call, ERGEN_NOTE, "", "a note", NULL);
	else if (is_option(host, call, "how", "outside"))
		host->file(call, "a/../../x", "x", 1);
	else if (is_option(host, call, "how", "odd"))
		host->file(call, "a\x1b[1mb\n", "x", 1);
	else if (is_option(host, call, "how", "bytes"))
		host->file(call, "a\xffz", "x", 1);
	else if (is_option(host, call, "how", "absolute"))
		host->file(call, "/x", "x", 1);
	else if (is_option(host, call, "how", "twice"))
		return host->file(call, "twice", "x", 1) &&
		    host->file(call, ".//twice", "y", 1);
	else
		return false;
	return true;
}

static bool
check(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_book *book)
{
	(void)book;
	note(host, call, "check");
	host->put(host->sink(call), "freed", 5);
	return behave(host, call, "check", NULL);
}

static bool
begin(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_book *book, void *state)
{
	static const char zero[64];
	struct state *s = state;

	(void)book;
	note(host, call, "open");
	s->heap = malloc(100);
	s->all = host->sink(call);
	return memcmp(s->zero, zero, sizeof(zero)) == 0 &&
	    behave(host, call, "open", NULL);
}

static bool
render(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_page *page, const void *state, struct ergen_sink *piece)
{
	const struct state *s = state;
	struct ergen_sink *more = host->sink(call);
	const struct ergen_str html = host->page_text(call, page,
	    ERGEN_PAGE_HTML);
	char *copy = host->alloc(call, html.len + 1);

	memcpy(copy, html.p, html.len);
	host->put(more, copy, strlen(copy));
	const struct ergen_str all = host->contents(more);
	host->put(piece, all.p, all.len);
	return s->heap && behave(host, call, "render", page);
}

static bool
emit(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_page *page, void *state, struct ergen_str piece)
{
	struct state *s = state;
	const struct ergen_str address = host->page_text(call, page,
	    ERGEN_PAGE_ADDRESS);
	struct ergen_sink *path = host->sink(call);

	host->put(path, "./pages//", 9);
	host->put(path, address.p, address.len);
	host->put(path, "", 1);
	if (ORDER == ERGEN_READING)
		host->put(s->all, piece.p, piece.len);
	return host->file(call, host->contents(path).p, piece.p, piece.len) &&
	    behave(host, call, "emit", page);
}

static bool
finish(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_book *book, void *state)
{
	struct state *s = state;
	const struct ergen_str all = host->contents(s->all);

	note(host, call, "finish");
#ifdef GLOBAL
	/* What a writer should not have. */
	static char n_builds = '0';
	n_builds++;
	if (!host->file(call, "builds", &n_builds, 1))
		return false;
#endif
	for (size_t i = 0; i < host->n_assets(book); i++) {
		char path[100];
		snprintf(path, sizeof(path), "assets/%zu", i);
		if (!host->copy(call, path, host->asset(book, i)))
			return false;
	}
	return host->file(call, "all", all.p, all.len) &&
	    behave(host, call, "finish", NULL);
}

static void
end(const struct ergen_host *host, struct ergen_call *call, void *state)
{
	struct state *s = state;

	note(host, call, "close");
	free(s->heap);
	(void)behave(host, call, "close", NULL);
}

static const struct ergen_option options[] = {
	{ "fail", NULL, "a hook" },
	{ "how", "false", "what it does" },
	{ "log", NULL, NULL },
};

/* As a header of years to come may have it. */
struct later {
	struct ergen_writer now;
	void (*unknown)(void);
};

static const struct later writer = {
	.now = {
		.abi = ABI,
		.size = SIZE,
		.order = ORDER,
		.options = options,
		.n_options = sizeof(options) / sizeof(*options),
		.state_size = sizeof(struct state),
		.check = check,
		.open = begin,
		.render = render,
#ifndef NO_EMIT
		.emit = emit,
#endif
		.finish = finish,
		.close = end,
	},
	.unknown = abort,
};

#ifndef SYMBOL
#define SYMBOL ergen_writer_v1
#endif

ERGEN_EXPORT const struct ergen_writer *SYMBOL(void);

const struct ergen_writer *
SYMBOL(void)
{
#ifdef MISSING
	void missing(void);
	missing();
#endif
#ifdef NOTHING
	return writer.now.abi ? NULL : &writer.now;
#else
	return &writer.now;
#endif
}
