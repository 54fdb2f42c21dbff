/*
 * The book as one JSON document: what other programs read, and what the tests
 * compare. docs/book.schema.json is its contract.
 */
#include "write/book_json.h"

struct state {
	GString *text; /* of the whole document; from open to close */
	bool has_pages;
};

static bool
json_begin(struct job *job)
{
	struct state *s = job->state;

	s->text = g_string_new(NULL);
	struct json j = { .out = s->text };
	json_open(&j, '{');
	book_json_head(&j, job->book, false);
	json_key(&j, "pages");
	json_open(&j, '[');
	g_string_append_c(s->text, '\n');
	return true;
}

static bool
json_render(const struct brief *in, const void *state, struct piece *piece)
{
	g_autoptr(GString) text = g_string_sized_new(64 * 1024);
	struct json j = { .out = text };

	(void)state;
	book_json_page(&j, piece->page, in, BOOK_CONTENT | BOOK_QUESTIONS);
	piece_add(piece)->bytes = arena_take(piece->arena, text);
	return true;
}

static bool
json_emit(struct job *job, const struct piece *piece)
{
	struct state *s = job->state;

	if (s->has_pages)
		g_string_append(s->text, ",\n");
	s->has_pages = true;
	g_string_append_len(s->text, piece->parts[0].bytes.p,
	    (gssize)piece->parts[0].bytes.len);
	return true;
}

static bool
json_finish(struct job *job)
{
	struct state *s = job->state;
	g_autofree char *path = writer_product(job->writer, job->in.site);

	g_string_append(s->text, "\n]}\n");
	return out_file(job->out, path,
	    (struct str){ s->text->str, s->text->len });
}

static void
json_end(struct job *job)
{
	struct state *s = job->state;

	if (s->text)
		g_string_free(s->text, TRUE);
	s->text = NULL;
}

static const struct rendition renditions[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = { "all of it", NULL },
	[QUESTION_MANY] = { "all of it", NULL },
	[QUESTION_TRUTH] = { "all of it", NULL },
	[QUESTION_TEXT] = { "all of it", NULL },
	[QUESTION_NUMBER] = { "all of it", NULL },
	[QUESTION_ORDER] = { "all of it", NULL },
	[QUESTION_MATCH] = { "all of it", NULL },
	[QUESTION_MATRIX] = { "all of it", NULL },
	[QUESTION_CLOZE] = { "all of it", NULL },
};

const struct writer writer_json = {
	.name = "json",
	.summary = "the whole book as one JSON document",
	.renditions = renditions,
	.suffix = ".json",
	.order = EMIT_READING,
	.state_size = sizeof(struct state),
	.open = json_begin,
	.render = json_render,
	.emit = json_emit,
	.finish = json_finish,
	.close = json_end,
};
