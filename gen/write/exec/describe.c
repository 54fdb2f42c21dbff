/* The handshake: what a program says of itself when called with --describe. */
#include "base/fs.h"
#include "book/schema.h"
#include "port/parse_json.h"
#include "write/book_json.h"
#include "write/exec/exec_own.h"
#include "write/foreign.h"

enum {
	DESCRIBE_SECONDS = 20,
	LINE_MOST = 120 /* bytes of its own words in a line of ours */
};

struct describing {
	struct exec *exec;
	struct writer *writer;
	struct arena *arena;
	struct diag *diag;
	const struct yaml *answer;
};

static bool
is_text(const struct yaml *y)
{
	return y && y->kind == YAML_SCALAR;
}

/* One line of it, for a table. */
static const char *
short_text(const struct describing *s, const struct yaml *y)
{
	const char *line = schema_line(y, s->arena);
	const char *end = line;

	while (*end && end - line < LINE_MOST)
		end = g_utf8_next_char(end);
	return arena_str(s->arena, (struct str){ line, (size_t)(end - line) });
}

static bool
refuse(const struct describing *s, const char *what)
{
	diag_at(s->diag, DIAG_WRITER_ANSWER, s->exec->output->at,
	    "%s --describe: %s", s->exec->output->command[0], what);
	return false;
}

static bool
speaks(const struct yaml *protocol)
{
	if (is_text(protocol))
		return str_is(protocol->text, G_STRINGIFY(1));
	for (size_t i = 0; protocol->kind == YAML_LIST && i < protocol->n_items;
	     i++)
		if (is_text(&protocol->items[i]) &&
		    str_is(protocol->items[i].text, G_STRINGIFY(1)))
			return true;
	return false;
}

static bool
read_protocol(struct describing *s)
{
	const struct yaml *protocol = yaml_get(s->answer, "protocol");

	if (!protocol)
		return refuse(s, "no \"protocol\"");
	if (speaks(protocol))
		return true;
	refuse(s, "it speaks another protocol");
	diag_help(s->diag, "this ergen speaks protocol %d", EXEC_PROTOCOL);
	return false;
}

/* "needs": ["content", "questions"]; without it, everything. */
static void
read_needs(struct describing *s)
{
	const struct yaml *needs = yaml_get(s->answer, "needs");

	s->exec->parts = BOOK_CONTENT | BOOK_QUESTIONS;
	if (!needs || needs->kind != YAML_LIST)
		return;
	s->exec->parts = 0;
	for (size_t i = 0; i < needs->n_items; i++) {
		const struct yaml *one = &needs->items[i];
		if (is_text(one) && str_is(one->text, "content"))
			s->exec->parts |= BOOK_CONTENT;
		if (is_text(one) && str_is(one->text, "questions"))
			s->exec->parts |= BOOK_QUESTIONS;
	}
}

/* "full", "rough", "none", or {"level": …, "how": …}. NULL: nothing is lost. */
static const char *
loss_of(const struct describing *s, const struct yaml *y)
{
	const struct yaml *level = y->kind == YAML_MAP ? yaml_get(y, "level")
						       : y;
	const struct yaml *how = yaml_get(y, "how");

	if (!is_text(level) || str_is(level->text, "full"))
		return NULL;
	if (is_text(how) && how->text.len)
		return short_text(s, how);
	return str_is(level->text, "none") ? "left out" : "simplified";
}

static void
read_supports(struct describing *s)
{
	const struct yaml *supports = yaml_get(s->answer, "supports");
	const size_t n = supports && supports->kind == YAML_MAP
	    ? supports->n_items
	    : 0;
	struct foreign_supports all;

	foreign_supports_init(&all, n, s->arena);
	for (size_t i = 0; i < n; i++)
		foreign_supports_add(&all, supports->keys[i].name,
		    loss_of(s, &supports->items[i]));
	s->writer->renditions = all.renditions;
	s->writer->nodes = all.nodes;
}

/* For `ergen list writers`: what the schema says of each. */
static void
name_options(struct describing *s, const struct yaml *schema)
{
	const struct yaml *known = schema ? yaml_get(schema, "properties")
					  : NULL;
	const size_t n = known && known->kind == YAML_MAP ? known->n_items : 0;
	struct writer_option *all = arena_array(s->arena, n + 1,
	    struct writer_option);

	for (size_t i = 0; i < n; i++) {
		const struct yaml *help = yaml_get(&known->items[i],
		    "description");
		const struct yaml *value = yaml_get(&known->items[i],
		    "default");
		all[i].key = known->keys[i].name;
		all[i].fallback = is_text(value) ? value->text.p : "";
		all[i].help = is_text(help) ? short_text(s, help) : "";
	}
	s->writer->options = all;
}

static bool
read_options(struct describing *s)
{
	const struct yaml *schema = yaml_get(s->answer, "options");
	g_autoptr(GString) json = g_string_new(NULL);
	const bool ok = exec_options(json,
	    schema && schema->kind == YAML_MAP ? schema : NULL, s->exec->output,
	    s->diag);

	s->exec->options = arena_take(s->arena, json);
	name_options(s, schema);
	return ok;
}

static bool
read_answer(struct describing *s)
{
	const struct yaml *summary = yaml_get(s->answer, "summary");
	const struct yaml *stream = yaml_get(s->answer, "stream");

	if (!read_protocol(s))
		return false;
	s->writer->summary = is_text(summary) ? short_text(s, summary)
					      : s->exec->output->command[0];
	s->exec->streams = is_text(stream) && str_is(stream->text, "true");
	read_needs(s);
	read_supports(s);
	return read_options(s);
}

static const char *const *
with_describe(const char *const *argv, struct arena *a)
{
	size_t n = 0;

	while (argv[n])
		n++;
	const char **all = arena_array(a, n + 2, const char *);
	memcpy(all, argv, n * sizeof(*all));
	all[n] = "--describe";
	return all;
}

/* It has nothing to write yet, but a shell may want a file for its own use. */
static bool
ask(const struct exec *e, struct arena *a, struct proc_result *r,
    struct diag *d)
{
	GError *error = NULL;
	g_autofree char *temp = g_dir_make_tmp("ergen-XXXXXX", &error);

	if (!temp) {
		diag_machine(d, "%s", error->message);
		g_error_free(error);
		return false;
	}
	const struct proc p = { .argv = with_describe(e->output->command, a),
		.dir = e->dir,
		.env = exec_env(temp, a),
		.input = str_of(""),
		.seconds = MIN(DESCRIBE_SECONDS, e->output->seconds),
		.output_most = EXEC_ANSWER_MOST,
		.error_most = EXEC_WORDS_MOST,
		.writable = temp,
		.file_most = EXEC_ANSWER_MOST };
	proc_run(&p, a, r);
	if (!fs_remove_tree(temp, d))
		return false;
	if (r->end == PROC_OK)
		return true;
	g_autofree char *what = g_strconcat(e->output->name, " --describe",
	    NULL);
	exec_report(e->output, what, r, p.seconds, d);
	return false;
}

bool
exec_describe(struct exec *e, struct writer *w, struct arena *a, struct diag *d)
{
	struct describing s = { e, w, a, d, NULL };
	struct proc_result r;
	const char *why;

	if (!ask(e, a, &r, d))
		return false;
	s.answer = parse_json(r.out, a, &why);
	if (!s.answer) {
		refuse(&s, why);
		diag_help(d,
		    "one line of JSON is expected: {\"protocol\": [1]}");
		return false;
	}
	if (s.answer->kind != YAML_MAP)
		return refuse(&s, "no object");
	return read_answer(&s);
}
