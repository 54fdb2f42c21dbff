/* The hooks: a program is started, fed page by page, and heard at the end. */
#include "base/fs.h"
#include "base/json.h"
#include "book/id.h"
#include "port/proc.h"
#include "write/book_json.h"
#include "write/exec/exec_own.h"
#include "write/foreign.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>

#define OUT_FOLDER                                                \
	"out" /* in the scratch folder: what the program is given \
	       */
#define TEMP_FOLDER "tmp"

enum {
	PAGE_BYTES = 64 * 1024, /* of a page as JSON, at first */
	DEPTH_MOST = 32 /* folders in what it writes */
};

struct state {
	struct proc_talk *talk;
	struct proc_result result;
	char *scratch; /* holds the next two, and nothing else */
	char *folder, *temp;
	bool has_pages;
	bool has_ended; /* result is known */
};

static const struct exec *
exec_of(const struct job *j)
{
	return j->writer->data;
}

/* --- what went wrong ---------------------------------------------------- */

static char *
end_of(const struct proc_result *r, unsigned seconds, const struct output *o)
{
	switch (r->end) {
	case PROC_TIMEOUT:
		return g_strdup_printf("does not end within %u s", seconds);
	case PROC_FLOOD:
		return g_strdup_printf("answers more than %d bytes",
		    EXEC_ANSWER_MOST);
	case PROC_MISSING:
	case PROC_MACHINE: return g_strdup(g_strerror(r->error));
	case PROC_SIGNALLED:
		if (r->status == SIGXFSZ)
			return g_strdup_printf(
			    "writes a file of more than %u MiB", o->output_mib);
		return g_strdup_printf("killed by signal %d", r->status);
	case PROC_FAILED: return g_strdup_printf("exit status %d", r->status);
	case PROC_OK: break;
	}
	return g_strdup("ends without {\"done\": true}");
}

/* What it said last. */
static char *
last_words(const struct proc_result *r)
{
	g_autofree char *text = g_utf8_make_valid(r->err.p, (gssize)r->err.len);

	return g_strdup(g_strstrip(text));
}

/* NULL: the system's own words say it. */
static const char *
missing_help(const char *program, int error)
{
	if (error == ENOEXEC)
		return "its first line must name what runs it: #!/bin/sh";
	if (error == EACCES)
		return "make it executable: chmod +x";
	if (error == ENOENT && !strchr(program, '/'))
		return "it is looked for in PATH; what stands in the course begins with ./";
	if (error == ENOENT)
		return "a path is one from the course's folder; if it is there, what its first line names is not (or that has a Windows line end)";
	return NULL;
}

void
exec_report(const struct output *o, const char *what,
    const struct proc_result *r, unsigned seconds, struct diag *d)
{
	const bool is_missing = r->end == PROC_MISSING ||
	    r->end == PROC_MACHINE;
	g_autofree char *why = end_of(r, seconds, o);
	g_autofree char *words = last_words(r);

	diag_at(d, is_missing ? DIAG_WRITER_MISSING : DIAG_WRITER_FAILED, o->at,
	    "%s: %s", is_missing ? o->command[0] : what, why);
	const char *help = is_missing ? missing_help(o->command[0], r->error)
				      : NULL;
	if (words[0])
		diag_help(d, "%s", words);
	else if (help)
		diag_help(d, "%s", help);
	else if (r->end == PROC_TIMEOUT && seconds == o->seconds)
		diag_help(d, "'seconds' below the output gives it more");
}

static bool
fail(const struct job *j, const char *what, const char *detail)
{
	const struct output *o = exec_of(j)->output;
	g_autofree char *words = last_words(
	    &((const struct state *)j->state)->result);

	diag_at(j->diag, DIAG_WRITER_FAILED, o->at, "%s: %s%s", o->name, what,
	    detail);
	if (words[0])
		diag_help(j->diag, "%s", words);
	return false;
}

/* --- the request -------------------------------------------------------- */

static void
put_head(struct json *j, const struct job *job, const struct exec *e)
{
	const struct state *s = job->state;
	g_autofree char *product = writer_product(job->writer, job->in.site);

	json_open(j, '{');
	if (e->streams)
		json_add(j, "type", "begin");
	json_add_int(j, "protocol", EXEC_PROTOCOL);
	json_key(j, "output");
	json_open(j, '{');
	json_add(j, "name", e->output->name);
	json_add(j, "folder", s->folder);
	json_add(j, "product", product);
	json_key(j, "options");
	json_raw(j, e->options);
	json_close(j, '}');
	if (e->is_later)
		json_add(j, "later", "unknown");
	book_json_head(j, job->book, true);
}

/* False: it is over, and has ended badly. */
static bool end_program(struct job *j);

static bool
feed(struct job *j, struct str bytes)
{
	struct state *s = j->state;

	if (s->has_ended || proc_feed(s->talk, bytes))
		return true;
	return end_program(j);
}

static bool
feed_head(struct job *j)
{
	const struct exec *e = exec_of(j);
	g_autoptr(GString) text = g_string_new(NULL);
	struct json json = { .out = text };

	put_head(&json, j, e);
	if (e->streams) {
		json_close(&json, '}');
	} else {
		json_key(&json, "pages");
		json_open(&json, '[');
	}
	g_string_append_c(text, '\n');
	if (e->streams && e->is_later)
		g_string_append(text, "{\"type\":\"later\"}\n");
	return feed(j, (struct str){ text->str, text->len });
}

const char *const *
exec_env(const char *temp, struct arena *a)
{
	const char *const *usual = proc_env(a);
	size_t n = 0, k = 0;

	while (usual[n])
		n++;
	const char **env = arena_array(a, n + 2, const char *);
	for (size_t i = 0; i < n; i++)
		if (!g_str_has_prefix(usual[i], "TMPDIR="))
			env[k++] = usual[i];
	env[k] = arena_printf(a, "TMPDIR=%s", temp);
	return env;
}

/* With its folder, for programs that would rather not look into the JSON for
 * it. */
static const char *const *
environment(const struct state *s, struct arena *a)
{
	const char *const *usual = exec_env(s->temp, a);
	size_t n = 0;

	while (usual[n])
		n++;
	const char **env = arena_array(a, n + 2, const char *);
	memcpy(env, usual, n * sizeof(*env));
	env[n] = arena_printf(a, "ERGEN_FOLDER=%s", s->folder);
	return env;
}

static bool
make_folders(struct job *j)
{
	struct state *s = j->state;
	g_autofree char *product = writer_product(j->writer, j->in.site);

	s->scratch = out_scratch(j->out, product);
	if (!s->scratch)
		return false;
	s->folder = g_build_filename(s->scratch, OUT_FOLDER, NULL);
	s->temp = g_build_filename(s->scratch, TEMP_FOLDER, NULL);
	return fs_mkdirs(s->folder, j->diag) && fs_mkdirs(s->temp, j->diag);
}

static bool
exec_open(struct job *j)
{
	const struct exec *e = exec_of(j);
	struct state *s = j->state;

	if (!make_folders(j))
		return false;
	const struct proc p = { .argv = e->output->command,
		.dir = e->dir,
		.env = environment(s, j->arena),
		.seconds = e->output->seconds,
		.output_most = EXEC_ANSWER_MOST,
		.error_most = EXEC_WORDS_MOST,
		.writable = s->scratch,
		.file_most = (size_t)e->output->output_mib * 1024 * 1024 };
	s->talk = proc_start(&p, j->arena, &s->result);
	if (s->talk)
		return feed_head(j);
	exec_report(e->output, e->output->name, &s->result, e->output->seconds,
	    j->diag);
	return false;
}

/* What protocol 1 promises to survive: an unknown property of each page, and a
 * node of an unknown type before all others. */
static void
make_later(GString *text)
{
	static const char blocks[] = "\"content\":{\"blocks\":[";
	char *start = strstr(text->str, blocks);

	if (!start)
		return;
	gssize at = start - text->str + (gssize)strlen(blocks);
	const bool is_last = text->str[at] == ']';
	g_string_insert(text, at,
	    is_last
		? "{\"type\":\"later\",\"line\":1,\"fallback\":\"later\"}"
		: "{\"type\":\"later\",\"line\":1,\"fallback\":\"later\"},");
	g_string_insert(text, start - text->str, "\"later\":[1,null],");
}

static bool
exec_render(const struct brief *in, const void *state, struct piece *piece)
{
	const struct exec *e = in->writer->data;
	g_autoptr(GString) text = g_string_sized_new(PAGE_BYTES);
	struct json j = { .out = text };

	(void)state;
	if (e->streams) {
		json_open(&j, '{');
		json_add(&j, "type", "page");
		json_key(&j, "page");
	}
	book_json_page(&j, piece->page, in, e->parts);
	if (e->is_later)
		make_later(text);
	if (e->streams) {
		json_close(&j, '}');
		g_string_append_c(text, '\n');
	}
	piece_add(piece)->bytes = arena_take(piece->arena, text);
	return true;
}

static bool
exec_emit(struct job *j, const struct piece *piece)
{
	struct state *s = j->state;
	const bool needs_comma = !exec_of(j)->streams && s->has_pages;

	s->has_pages = true;
	return (!needs_comma || feed(j, STR_LIT(",\n"))) &&
	    feed(j, piece->parts[0].bytes);
}

/* --- its files ---------------------------------------------------------- */

struct gathering {
	struct job *job;
	GHashTable *found; /* path -> itself */
	long long bytes;
};

static bool gather(struct gathering *g, const char *below, int depth);

static bool
gather_one(struct gathering *g, const char *path, int depth)
{
	const struct state *s = g->job->state;
	g_autofree char *whole = g_build_filename(s->folder, path, NULL);
	struct stat st;

	if (!foreign_is_plain(path))
		return fail(g->job, "wrote a file whose name is no plain text",
		    "");
	if (lstat(whole, &st) != 0)
		return diag_errno(g->job->diag, whole);
	if (S_ISDIR(st.st_mode))
		return gather(g, path, depth + 1);
	if (!S_ISREG(st.st_mode))
		return fail(g->job, "wrote something that is no file: ", path);
	g->bytes += st.st_size;
	g_hash_table_add(g->found, g_strdup(path));
	return true;
}

static bool
gather(struct gathering *g, const char *below, int depth)
{
	const struct state *s = g->job->state;
	g_autofree char *folder = g_build_filename(s->folder, below, NULL);
	g_autoptr(GPtrArray) names = fs_list(folder, g->job->diag);
	bool ok = names != NULL;

	if (ok && depth > DEPTH_MOST)
		return fail(g->job, "wrote folders that are nested too deep",
		    "");
	for (size_t i = 0; ok && i < names->len; i++) {
		g_autofree char *path = below[0]
		    ? g_build_filename(below, names->pdata[i], NULL)
		    : g_strdup(names->pdata[i]);
		ok = gather_one(g, path, depth);
	}
	return ok;
}

/* Reads it before it counts: a program that has been killed writes no more. */
static bool
publish(struct job *j, const char *path)
{
	const struct state *s = j->state;
	g_autofree char *product = writer_product(j->writer, j->in.site);
	g_autofree char *from = g_build_filename(s->folder, path, NULL);
	g_autofree char *to = g_build_filename(product, path, NULL);
	struct arena *a = arena_new();
	struct str bytes;
	const bool ok = fs_read(from, a, &bytes, j->diag) &&
	    out_file(j->out, to, bytes);

	arena_free(a);
	return ok;
}

/* What it names must be there, and what is there must be named. */
static bool
publish_all(struct gathering *g, const GPtrArray *named)
{
	GHashTableIter it;
	void *left;
	bool ok = true;

	for (size_t i = 0; ok && i < named->len; i++) {
		g_autofree char *path = foreign_path(named->pdata[i]);
		if (!path)
			return fail(g->job,
			    "writes outside of its folder: ", named->pdata[i]);
		if (!g_hash_table_contains(g->found, path))
			return fail(g->job,
			    "did not write what it names: ", path);
	}
	/* Twice named is written once. */
	for (size_t i = 0; ok && i < named->len; i++) {
		g_autofree char *path = foreign_path(named->pdata[i]);
		if (g_hash_table_remove(g->found, path))
			ok = publish(g->job, path);
	}
	g_hash_table_iter_init(&it, g->found);
	if (ok && g_hash_table_iter_next(&it, &left, NULL))
		return fail(g->job,
		    "wrote a file that its answer does not name: ", left);
	return ok;
}

/* Its folder is there still, and no way to another one; beside it there is only
 * that for its own use. */
static bool
kept_inside(struct job *j)
{
	const struct state *s = j->state;
	struct stat st;

	if (lstat(s->folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return fail(j, "has removed or replaced its folder", "");
	g_autoptr(GPtrArray) names = fs_list(s->scratch, j->diag);
	for (size_t i = 0; names && i < names->len; i++)
		if (strcmp(names->pdata[i], OUT_FOLDER) != 0 &&
		    strcmp(names->pdata[i], TEMP_FOLDER) != 0)
			return fail(j, "writes outside of its folder: ../",
			    names->pdata[i]);
	return names != NULL;
}

static bool
take_files(struct job *j, const GPtrArray *named)
{
	const struct output *o = exec_of(j)->output;
	struct gathering g = { .job = j };
	g_autofree char *most = g_strdup_printf("%u MiB", o->output_mib);

	g.found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bool ok = kept_inside(j) && gather(&g, "", 0);
	if (ok && g.bytes > (long long)o->output_mib * 1024 * 1024)
		ok = fail(j, "writes more than ", most);
	ok = ok && publish_all(&g, named);
	g_hash_table_destroy(g.found);
	return ok;
}

/* --- the end ------------------------------------------------------------ */

static bool
end_program(struct job *j)
{
	struct state *s = j->state;
	const struct output *o = exec_of(j)->output;

	if (s->has_ended)
		return true;
	proc_end(s->talk, j->arena, &s->result);
	s->talk = NULL;
	s->has_ended = true;
	if (s->result.end == PROC_OK)
		return true;
	/* What it said before may tell more than its exit status. */
	struct exec_reply r = { 0 };
	if (s->result.end == PROC_FAILED)
		exec_reply_read(&r, s->result.out, j);
	exec_reply_clear(&r);
	exec_report(o, o->name, &s->result, o->seconds, j->diag);
	return false;
}

static bool
exec_finish(struct job *j)
{
	struct state *s = j->state;
	struct exec_reply r;

	if (!feed(j,
		exec_of(j)->streams ? STR_LIT("{\"type\":\"end\"}\n")
				    : STR_LIT("\n]}\n")) ||
	    !end_program(j))
		return false;
	exec_reply_read(&r, s->result.out, j);
	bool ok = !r.has_errors;
	if (ok && !r.is_done) {
		exec_report(exec_of(j)->output, j->writer->name, &s->result, 0,
		    j->diag);
		ok = false;
	}
	ok = ok && take_files(j, r.files);
	exec_reply_clear(&r);
	return ok;
}

static void
exec_close(struct job *j)
{
	struct state *s = j->state;

	proc_kill(s->talk);
	g_free(s->scratch);
	g_free(s->folder);
	g_free(s->temp);
	*s = (struct state){ 0 };
}

const struct writer *
exec_writer(const struct output *o, const char *dir, struct arena *a,
    struct diag *d)
{
	struct exec *e = arena_obj(a, struct exec);
	struct writer *w = arena_obj(a, struct writer);

	*e = (struct exec){ .output = o, .dir = dir };
	*w = (struct writer){ .name = o->name,
		.folder = o->name,
		.order = EMIT_READING,
		.state_size = sizeof(struct state),
		.open = exec_open,
		.render = exec_render,
		.emit = exec_emit,
		.finish = exec_finish,
		.close = exec_close,
		.data = e };
	return exec_describe(e, w, a, d) ? w : NULL;
}

const struct writer *
exec_writer_later(const struct writer *w, struct arena *a)
{
	struct exec *e = arena_obj(a, struct exec);
	struct writer *later = arena_obj(a, struct writer);

	*e = *(const struct exec *)w->data;
	e->is_later = true;
	*later = *w;
	later->data = e;
	return later;
}
