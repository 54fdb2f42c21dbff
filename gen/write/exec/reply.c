/* What a program answers: JSON Lines of files, diagnostics and done. */
#include "port/parse_json.h"
#include "write/exec/exec_own.h"
#include "write/foreign.h"

enum {
	HELP_MOST = 500 /* bytes that are shown */
};

struct reading {
	struct exec_reply *reply;
	const struct job *job;
	const struct output *output;
	struct arena *arena;
	unsigned line;
	bool is_lost; /* what follows would make no sense */
};

static void
refuse(struct reading *r, const char *what)
{
	diag_at(r->job->diag, DIAG_WRITER_ANSWER, r->output->at,
	    "%s: line %u of its answer: %s", r->output->name, r->line, what);
	r->reply->has_errors = r->is_lost = true;
}

static const char *
text_of(const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	return y && y->kind == YAML_SCALAR && !yaml_is_null(y) ? y->text.p
							       : NULL;
}

static unsigned
number_of(const struct yaml *map, const char *key)
{
	const char *text = text_of(map, key);
	const gint64 n = text ? g_ascii_strtoll(text, NULL, 10) : 0;

	return n > 0 && n < UINT32_MAX ? (unsigned)n : 0;
}

/* --- diagnostics -------------------------------------------------------- */

static const struct question *
find_question(const struct book *b, const char *id)
{
	for (size_t i = 0; i < b->n_pages; i++)
		for (size_t k = 0; k < b->pages[i].n_quizzes; k++) {
			const struct quiz *q = b->pages[i].quizzes[k];
			for (size_t n = 0; n < q->n_questions; n++)
				if (strcmp(q->questions[n].id, id) == 0)
					return &q->questions[n];
		}
	return NULL;
}

static const struct origin *
find_source(const struct book *b, const char *path)
{
	for (size_t i = 0; i < b->n_pages; i++)
		if (strcmp(b->pages[i].doc->origin->path, path) == 0)
			return b->pages[i].doc->origin;
	return NULL;
}

/* A source of the book, a question, or else the output in site.yaml; elsewhere
 * is then what it has named. */
static struct loc
place_of(const struct reading *r, const struct yaml *said,
    const char **elsewhere)
{
	const struct book *b = r->job->book;
	const char *path = text_of(said, "path"),
		   *id = text_of(said, "question");
	const struct origin *in = path ? find_source(b, path) : NULL;
	const struct question *q = id ? find_question(b, id) : NULL;

	*elsewhere = in || q ? NULL : path ? path : id;
	if (in)
		return (struct loc){ in, number_of(said, "line"),
			number_of(said, "line") ? number_of(said, "col") : 0 };
	return q ? q->at : r->output->at;
}

static void
read_diagnostic(struct reading *r, const struct yaml *said)
{
	const char *message = text_of(said, "message"),
		   *code = text_of(said, "code"), *help = text_of(said, "help");
	const enum diag_id id = foreign_severity(text_of(said, "severity"));
	const char *elsewhere;
	const struct loc at = place_of(r, said, &elsewhere);

	if (!message) {
		refuse(r, "a diagnostic without a message");
		return;
	}
	if (diag_level_of(r->job->diag, id) >= DIAG_ERROR)
		r->reply->has_errors = true;
	if (elsewhere)
		message = arena_printf(r->arena, "%s: %s", elsewhere, message);
	foreign_say(r->output, id, at, message, code, r->job->diag);
	if (help) {
		g_autofree char *more = foreign_line(help, HELP_MOST);
		diag_help(r->job->diag, "%s", more);
	}
}

/* --- the answer --------------------------------------------------------- */

static void
read_record(struct reading *r, const struct yaml *record)
{
	const struct yaml *said = yaml_get(record, "diagnostic");
	const struct yaml *named = yaml_get(record, "file");
	const char *file = text_of(record, "file"),
		   *done = text_of(record, "done");

	if (file)
		g_ptr_array_add(r->reply->files, g_strdup(file));
	else if (named && !yaml_is_null(named))
		refuse(r, "a file whose name is no text");
	if (said && !yaml_is_null(said))
		read_diagnostic(r, said);
	if (done)
		r->reply->is_done = strcmp(done, "true") == 0;
	/* What else there is, is of a later protocol. */
}

void
exec_reply_read(struct exec_reply *reply, struct str text, const struct job *j)
{
	const struct exec *e = j->writer->data;
	struct reading r = { .reply = reply, .job = j, .output = e->output };

	*reply = (struct exec_reply){ .files = g_ptr_array_new_with_free_func(
					  g_free) };
	r.arena = arena_new();
	while (text.len && !r.is_lost) {
		const char *why;
		struct str line = str_trim(str_line(&text));
		r.line++;
		if (line.len == 0)
			continue;
		const struct yaml *record = parse_json(line, r.arena, &why);
		if (!record)
			refuse(&r, why);
		else if (record->kind != YAML_MAP)
			refuse(&r, "no object");
		else
			read_record(&r, record);
		arena_reset(r.arena);
	}
	arena_free(r.arena);
}

void
exec_reply_clear(struct exec_reply *r)
{
	if (r->files)
		g_ptr_array_free(r->files, TRUE);
	r->files = NULL;
}
