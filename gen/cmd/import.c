/* `ergen import`: questions of other programs as quiz files of ours. */
#include "base/fs.h"
#include "cmd/cmd.h"
#include "doc/scan.h"
#include "import/files.h"

#include <stdio.h>

static bool
check_usage(const struct options *o, const struct importer **format)
{
	const char *names[32] = { 0 };

	for (size_t i = 0; importers[i] && i + 1 < G_N_ELEMENTS(names); i++)
		names[i] = importers[i]->name;
	*format = o->n_args ? importer_find(o->args[0]) : NULL;
	if (o->n_args && !*format) {
		fprintf(stderr, "ergen: there is no format '%s' to import\n",
		    o->args[0]);
		const char *near = nearest(o->args[0], names);
		if (near)
			fprintf(stderr, "help: did you mean '%s'?\n", near);
		else
			fprintf(stderr,
			    "help: `ergen help import` names them\n");
		return false;
	}
	if (o->n_args >= 2 && o->out)
		return true;
	if (o->n_args >= 2)
		fprintf(stderr,
		    "ergen: import needs a folder to write to: -o content\n");
	fprintf(stderr, "usage: ergen import %s\n", command_import.usage);
	return false;
}

/* A text must be one before anybody reads it. */
static bool
check_text(struct import *im, const struct origin *in)
{
	const char *end;
	const char *nul = memchr(in->text.p, '\0', in->text.len);

	if (nul)
		return import_bad(im,
		    import_loc(im, in, (size_t)(nul - in->text.p)),
		    "a NUL byte: is this a text?");
	if (g_utf8_validate(in->text.p, (gssize)in->text.len, &end))
		return true;
	return import_bad(im, import_loc(im, in, (size_t)(end - in->text.p)),
	    "not valid UTF-8");
}

static bool
read_file(struct import *im, const struct importer *format, const char *path)
{
	struct origin *in = arena_obj(im->arena, struct origin);
	static const char bom[] = "\xef\xbb\xbf";

	in->path = path;
	if (!fs_read(path, im->arena, &in->text, im->diag))
		return false;
	if (format->is_binary)
		return format->read(im, in);
	if (str_starts(in->text, bom))
		in->text = str_from(in->text, strlen(bom));
	return check_text(im, in) && format->read(im, in);
}

/* What no course may hold, a line of a megabyte for instance. */
static bool
check_printed(struct import *im, const GArray *files, const char *folder)
{
	bool ok = true;

	for (guint i = 0; i < files->len; i++) {
		const struct printed *f = &g_array_index(files, struct printed,
		    i);
		struct origin *in = arena_obj(im->arena, struct origin);
		g_autofree char *path = g_build_filename(folder, f->name, NULL);
		in->path = arena_strdup(im->arena, path);
		in->text = f->bytes;
		ok = scan_text(in, in->text, 1, im->diag) && ok;
	}
	return ok;
}

static void
report(const struct import *im, const GArray *files, const char *folder)
{
	size_t n = 0;

	for (guint i = 0; i < files->len; i++) {
		const struct printed *f = &g_array_index(files, struct printed,
		    i);
		g_autofree char *path = g_build_filename(folder, f->name, NULL);
		const bool is_quiz = g_str_has_suffix(f->name, ".quiz.md");
		if (f->n_questions)
			printf("%s: %zu %s%s\n", path, f->n_questions,
			    is_quiz ? "question" : "card",
			    f->n_questions == 1 ? "" : "s");
		else
			printf("%s\n", path);
		n += f->n_questions;
	}
	for (guint i = 0; i < im->media->len; i++) {
		g_autofree char *path = g_build_filename(folder,
		    g_array_index(im->media, struct medium, i).name, NULL);
		printf("%s\n", path);
	}
	printf("%zu imported", n);
	if (im->n_lost)
		printf(
		    "; %zu %s not carried over as such, and kept in comments",
		    im->n_lost, im->n_lost == 1 ? "thing was" : "things were");
	printf("\n");
}

static bool
import_all(struct import *im, const struct importer *format,
    const struct options *o)
{
	g_autoptr(GArray)
	    files = g_array_new(FALSE, FALSE, sizeof(struct printed));
	bool ok = true;

	for (size_t i = 1; i < o->n_args; i++)
		ok = read_file(im, format, o->args[i]) && ok;
	if (!ok || diag_worst(im->diag) >= DIAG_ERROR)
		return false;
	print_banks(im, files);
	if (o->is_strict && diag_worst(im->diag) >= DIAG_WARNING)
		return false;
	if (!check_printed(im, files, o->out) ||
	    !files_write(im, files, o->out, o->is_dry_run))
		return false;
	if (!o->is_quiet)
		report(im, files, o->out);
	return true;
}

static int
import(const struct options *o)
{
	const struct importer *format;

	if (!check_usage(o, &format))
		return EXIT_USAGE;
	struct arena *a = arena_new();
	struct diag *d = diag_new();
	struct import *im = import_new(a, d);
	(void)import_all(im, format, o);
	const int status = finish_diagnostics(d, o);
	import_free(im);
	diag_free(d);
	arena_free(a);
	return status;
}

const struct command command_import = {
	.name = "import",
	.summary = "make quiz files of another program's questions",
	.usage = "FORMAT FILE… -o FOLDER [options]",
	.help =
	    "FORMAT is one of\n"
	    "  anki-text     notes of Anki as text\n"
	    "  apkg          decks of Anki\n"
	    "  gift          Moodle's GIFT\n"
	    "  mdbook-quiz   quizzes of mdbook-quiz, in TOML\n"
	    "  mkdocs-quiz   pages for MkDocs with <quiz>\n"
	    "  quizdown      Markdown for quizdown-js\n"
	    "  tasks         other Markdown: headings with task lists below them\n"
	    "\n"
	    "  -o, --out FOLDER  where to write, such as content; nothing is overwritten\n"
	    "      --dry-run     write nothing, only say what would be written\n"
	    "      --strict      write nothing if something cannot be carried over\n"
	    "  -q, --quiet       do not list what was written\n"
	    "      --all         show all messages, not the first 50\n"
	    "      --diagnostics FORMAT  text, json, github or sarif\n",
	.n_own = SIZE_MAX,
	.has_no_course = true,
	.run = import,
};
