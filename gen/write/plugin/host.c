/* The services: those that write, and the table of all. */
#include "base/fs.h"
#include "write/book_json.h"
#include "write/foreign.h"
#include "write/plugin/plugin_own.h"

enum {
	LINE_MOST = 500 /* bytes of what it names, in a line of ours */
};

/* --- text --------------------------------------------------------------- */

static void
free_text(gpointer text)
{
	g_string_free(text, TRUE);
}

GPtrArray *
plugin_sinks_new(void)
{
	return g_ptr_array_new_with_free_func(free_text);
}

struct ergen_sink *
plugin_sink(struct ergen_call *c)
{
	struct ergen_sink *sink = arena_obj(c->kept, struct ergen_sink);

	sink->text = g_string_new(NULL);
	g_ptr_array_add(c->sinks, sink->text);
	return sink;
}

static void
put(struct ergen_sink *to, const char *bytes, size_t len)
{
	if (len)
		g_string_append_len(to->text, bytes, (gssize)len);
}

static struct ergen_str
contents(const struct ergen_sink *sink)
{
	return (struct ergen_str){ sink->text->str, sink->text->len };
}

static void *
alloc(struct ergen_call *c, size_t size)
{
	return arena_alloc(c->kept, 1, size);
}

struct ergen_str
plugin_str(const char *z)
{
	return (struct ergen_str){ z, z ? strlen(z) : 0 };
}

struct ergen_str
plugin_take(struct ergen_call *c, GString *text)
{
	const struct str s = arena_take(c->texts, text);

	return (struct ergen_str){ s.p, s.len };
}

struct ergen_str
plugin_plain(struct ergen_call *c, const struct node *tree)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (!tree)
		return plugin_str(NULL);
	node_text(text, tree);
	const struct str s = str_trim((struct str){ text->str, text->len });
	return (struct ergen_str){ arena_str(c->texts, s), s.len };
}

struct ergen_str
plugin_html(struct ergen_call *c, const struct node *tree,
    const struct doc *doc, bool is_phrase)
{
	const struct html_policy p = book_json_policy(c->in, doc);
	g_autoptr(GString) html = g_string_new(NULL);

	if (!tree)
		return plugin_str(NULL);
	if (is_phrase)
		html_inlines(html, tree, &p);
	else
		html_blocks(html, tree, &p);
	return plugin_take(c, html);
}

/* --- files -------------------------------------------------------------- */

static bool G_GNUC_PRINTF(2, 3) fail(struct ergen_call *c, const char *fmt, ...)
{
	const struct output *o = c->plugin->output;
	va_list args;

	va_start(args, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, args);
	va_end(args);
	g_autofree char *line = foreign_line(what, LINE_MOST);
	diag_at(c->diag, DIAG_WRITER_FAILED, o->at, "%s: %s", o->name, line);
	c->has_failed = true;
	return false;
}

/* Its name below out/; to be freed. NULL: reported. */
static char *
target(struct ergen_call *c, const char *path)
{
	g_autofree char *inner = foreign_path(path);

	if (!c->job) {
		fail(c, "its %s hook must not write a file: %s", c->hook, path);
		return NULL;
	}
	if (!foreign_is_plain(path)) {
		fail(c, "writes a file whose name is no plain text: %s", path);
		return NULL;
	}
	if (!inner) {
		fail(c, "writes outside of its folder: %s", path);
		return NULL;
	}
	g_autofree char *product = writer_product(c->job->writer, c->in->site);
	return g_build_filename(product, inner, NULL);
}

static bool
write_file(struct ergen_call *c, const char *to, struct str bytes)
{
	bool is_taken;

	if (out_file_new(c->job->out, to, bytes, &is_taken))
		return true;
	if (is_taken)
		return fail(c, "writes a file twice: %s", to);
	/* Of what else can go wrong `out` has told. */
	c->has_failed = true;
	return false;
}

static bool
file(struct ergen_call *c, const char *path, const char *bytes, size_t len)
{
	g_autofree char *to = target(c, path);

	return to && write_file(c, to, (struct str){ bytes, len });
}

static bool
copy(struct ergen_call *c, const char *path, const struct ergen_asset *handle)
{
	const struct asset *asset = (const struct asset *)handle;
	g_autofree char *to = target(c, path);
	struct arena *a = arena_new();
	struct str bytes;
	bool ok = to != NULL;

	if (ok && !fs_read_same(asset->src, asset->hash, a, &bytes, c->diag)) {
		c->has_failed = true;
		ok = false;
	}
	ok = ok && write_file(c, to, bytes);
	arena_free(a);
	return ok;
}

/* --- reports and options ------------------------------------------------ */

static struct loc
place_of(const struct ergen_call *c, const struct ergen_place *where)
{
	if (where && where->question) {
		const struct question *q = plugin_question(where->question);
		return where->line
		    ? (struct loc){ q->at.in, where->line, where->col }
		    : q->at;
	}
	if (where && where->page)
		return (struct loc){ plugin_page(where->page)->doc->origin,
			where->line, where->line ? where->col : 0 };
	return c->plugin->output->at;
}

static void
report(struct ergen_call *c, uint32_t severity, const char *code,
    const char *message, const struct ergen_place *where)
{
	const enum diag_id id = severity == ERGEN_NOTE ? DIAG_WRITER_NOTE
	    : severity == ERGEN_WARNING                ? DIAG_WRITER_WARNING
						       : DIAG_WRITER_ERROR;

	foreign_say(c->plugin->output, id, place_of(c, where), message, code,
	    c->diag);
	if (diag_level_of(c->diag, id) >= DIAG_ERROR)
		c->has_failed = true;
}

static struct ergen_str
option(struct ergen_call *c, const char *key)
{
	const struct plugin *p = c->plugin;

	for (size_t i = 0; p->options[i].key; i++)
		if (strcmp(p->options[i].key, key) == 0)
			return plugin_str(p->values[i]);
	return plugin_str(NULL);
}

/* --- all of them -------------------------------------------------------- */

const struct ergen_host plugin_host = {
	.abi = ERGEN_WRITER_ABI,
	.size = sizeof(struct ergen_host),
	.generator = "ergen " ERGEN_VERSION,
	.sink = plugin_sink,
	.put = put,
	.contents = contents,
	.alloc = alloc,
	.file = file,
	.copy = copy,
	.report = report,
	.option = option,
	.site_text = look_site_text,
	.book_number = look_book_number,
	.book_json = look_book_json,
	.n_assets = look_n_assets,
	.asset = look_asset,
	.find_asset = look_find_asset,
	.asset_text = look_asset_text,
	.asset_number = look_asset_number,
	.n_pages = look_n_pages,
	.page = look_page,
	.page_text = look_page_text,
	.page_body = look_page_body,
	.n_footnotes = look_n_footnotes,
	.footnote = look_footnote,
	.n_quizzes = look_n_quizzes,
	.quiz = look_quiz,
	.node_child = look_node_child,
	.node_next = look_node_next,
	.node_text = look_node_text,
	.node_number = look_node_number,
	.node_asset = look_node_asset,
	.quiz_text = look_quiz_text,
	.quiz_number = look_quiz_number,
	.n_questions = look_n_questions,
	.question = look_question,
	.question_text = look_question_text,
	.question_number = look_question_number,
	.question_tree = look_question_tree,
	.n_options = look_n_options,
	.option_text = look_option_text,
	.option_is_correct = look_option_is_correct,
};
