/*
 * The outline of a course as a text: what the headings say, and what is asked.
 *
 *	cc -shared -fPIC -o outline.so outline.c
 *
 *	outputs:
 *	  outline: {plugin: ./outline.so, options: {depth: 2}}
 *
 * The file is out/outline/outline.txt.
 */
#include <ergen-writer.h>
#include <string.h>

/* Lives from open to close. */
struct outline {
	struct ergen_sink *text;
};

static void
put_line(const struct ergen_host *host, struct ergen_sink *to, int64_t depth,
    const char *mark, struct ergen_str text)
{
	for (; depth > 0; depth--)
		host->put(to, "    ", 4);
	host->put(to, mark, strlen(mark));
	host->put(to, text.p, text.len);
	host->put(to, "\n", 1);
}

/* The title is a heading of level 1, too. */
static void
put_headings(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_page *page, int64_t most, struct ergen_sink *to)
{
	const struct ergen_node *n = host->node_child(host->page_body(page));

	for (; n; n = host->node_next(n)) {
		int64_t level = host->node_number(n, ERGEN_NODE_LEVEL);
		if (level > 1 && level <= most)
			put_line(host, to, level - 1, "",
			    host->node_text(call, n, ERGEN_NODE_TEXT));
	}
}

static void
put_questions(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_quiz *quiz, struct ergen_sink *to)
{
	size_t n = host->n_questions(quiz);

	for (size_t i = 0; i < n; i++)
		put_line(host, to, 1, "? ",
		    host->question_text(call, host->question(quiz, i),
			ERGEN_QUESTION_TITLE));
}

/* A digit from 1 to 6; else 0. */
static int
depth_of(const struct ergen_host *host, struct ergen_call *call)
{
	struct ergen_str depth = host->option(call, "depth");

	return depth.len == 1 && depth.p[0] >= '1' && depth.p[0] <= '6'
	    ? depth.p[0] - '0'
	    : 0;
}

static bool
check_options(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_book *book)
{
	(void)book;
	if (depth_of(host, call) == 0)
		host->report(call, ERGEN_ERROR, "depth",
		    "depth is a level from 1 to 6", NULL);
	return true;
}

static bool
open_outline(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_book *book, void *state)
{
	struct outline *o = state;

	(void)book;
	o->text = host->sink(call);
	return true;
}

/* Several threads are in here at once: each has a page and a piece. */
static bool
render_page(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_page *page, const void *state, struct ergen_sink *piece)
{
	(void)state;
	put_line(host, piece, 0, "",
	    host->page_text(call, page, ERGEN_PAGE_TITLE));
	put_headings(host, call, page, depth_of(host, call), piece);
	for (size_t i = 0; i < host->n_quizzes(page); i++)
		put_questions(host, call, host->quiz(page, i), piece);
	return true;
}

static bool
emit_page(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_page *page, void *state, struct ergen_str piece)
{
	struct outline *o = state;

	(void)call;
	(void)page;
	host->put(o->text, piece.p, piece.len);
	return true;
}

static bool
write_outline(const struct ergen_host *host, struct ergen_call *call,
    const struct ergen_book *book, void *state)
{
	struct outline *o = state;
	struct ergen_str all = host->contents(o->text);

	(void)book;
	return host->file(call, "outline.txt", all.p, all.len);
}

static const struct ergen_option options[] = {
	{ "depth", "2", "headings down to this level" },
};

static const struct ergen_support supports[] = {
	{ "image", ERGEN_NONE, NULL },
	{ "table", ERGEN_NONE, NULL },
};

static const struct ergen_writer outline = {
	.abi = ERGEN_WRITER_ABI,
	.size = sizeof(struct ergen_writer),
	.summary = "titles, headings and questions as a text",
	.order = ERGEN_READING,
	.supports = supports,
	.n_supports = sizeof(supports) / sizeof(*supports),
	.options = options,
	.n_options = sizeof(options) / sizeof(*options),
	.state_size = sizeof(struct outline),
	.check = check_options,
	.open = open_outline,
	.render = render_page,
	.emit = emit_page,
	.finish = write_outline,
};

const struct ergen_writer *
ergen_writer_v1(void)
{
	return &outline;
}
