/* `ergen id`: writes the ids that questions lack into the sources. */
#include "base/fs.h"
#include "cmd/course.h"
#include "cmd/edit.h"

#include <stdio.h>

/* A line to be added to one source. */
struct addition {
	const struct origin *in;
	unsigned line; /* behind this one */
	const struct question *question;
};

static int
by_place(const void *a, const void *b)
{
	const struct addition *x = a, *y = b;
	int c = strcmp(x->in->path, y->in->path);

	return c ? c : (x->line > y->line) - (x->line < y->line);
}

static GArray *
find_missing(const struct book *b)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct addition));

	for (size_t i = 0; i < b->n_pages; i++) {
		const struct page *p = &b->pages[i];
		for (size_t k = 0; k < p->n_quizzes; k++) {
			const struct quiz *q = p->quizzes[k];
			for (size_t n = 0; n < q->n_questions; n++) {
				const struct question *one = &q->questions[n];
				struct addition add = { one->at.in,
					one->heading->line, one };
				if (one->is_derived)
					g_array_append_val(all, add);
			}
		}
	}
	if (all->len > 1)
		qsort(all->data, all->len, sizeof(struct addition), by_place);
	return all;
}

/* Offset of the line behind `line`. */
static size_t
offset_behind(struct str text, unsigned line)
{
	struct str rest = text;

	while (line-- && rest.len)
		(void)str_line(&rest);
	return text.len - rest.len;
}

/* The end of the line that ends at `at`. */
static const char *
line_end_of(struct str text, size_t at)
{
	struct str upto = str_upto(text, at);

	if (str_ends(upto, "\r\n"))
		return "\r\n";
	return str_ends(upto, "\r") ? "\r" : "\n";
}

/* The offset behind the "q" of a comment in the line at `at`, or 0. */
static size_t
offset_of_word(struct str text, size_t at)
{
	struct str next = str_from(text, at);

	while (next.len && (next.p[0] == ' ' || next.p[0] == '\t'))
		next = str_from(next, 1);
	if (!str_starts(next, "<!--"))
		return 0;
	next = str_trim(str_from(next, strlen("<!--")));
	if (!str_starts(next, "q") || (next.len > 1 && is_alnum(next.p[1])))
		return 0;
	return (size_t)(next.p - text.p) + 1;
}

/* "<!-- q; type=many -->" gets its id in place; without a comment a line is
 * added. Nothing else changes, line ends neither. */
static struct edit
edit_for(struct str text, const struct addition *add)
{
	size_t at = offset_behind(text, add->line);
	size_t word = offset_of_word(text, at);
	const char *key = add->question->key, *end = line_end_of(text, at);
	bool is_open = at > 0 && text.p[at - 1] != '\n' &&
	    text.p[at - 1] != '\r';

	if (!word)
		return (struct edit){ at, at,
			g_strdup_printf("%s<!-- q: %s -->%s",
			    is_open ? end : "", key, is_open ? "" : end) };
	/* An empty "q:" has its colon already. */
	struct str rest = str_trim(str_from(text, word));
	size_t to = str_starts(rest, ":") ? (size_t)(rest.p - text.p) + 1
					  : word;
	return (struct edit){ word, to, g_strdup_printf(": %s", key) };
}

static void
edit_release(void *data)
{
	struct edit *e = data;

	g_free(e->text);
}

static bool
write_ids(const struct course *c, const struct options *o,
    const struct addition *all, size_t n)
{
	const char *name = all->in->path;
	struct str source = all->in->text;
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GArray)
	    edits = g_array_new(FALSE, FALSE, sizeof(struct edit));

	g_array_set_clear_func(edits, edit_release);
	for (size_t i = 0; i < n; i++) {
		struct edit e = edit_for(source, &all[i]);
		g_array_append_val(edits, e);
	}
	const struct edit *e = (const struct edit *)(void *)edits->data;
	if (o->is_dry_run) {
		edit_diff(text, name, source, e, n);
		fwrite(text->str, 1, text->len, stdout);
		return true;
	}
	edit_apply(text, source, e, n);
	g_autofree char *path = g_build_filename(o->course, name, NULL);
	if (!fs_replace(path, (struct str){ text->str, text->len }, c->diag))
		return false;
	for (size_t i = 0; i < n; i++)
		printf("%s:%u: added <!-- q: %s -->\n", name, all[i].line,
		    all[i].question->key);
	return true;
}

static int
id(const struct options *o)
{
	struct course c = { 0 };
	size_t n_written = 0;
	struct options own = *o;

	/* Nobody will see what programs draw, or has asked what is doubtful. */
	own.only_ids = true;
	bool ok = course_configure(&c, &own) && course_load(&c, &own);

	ok = ok && course_link(&c) && diag_worst(c.diag) < DIAG_ERROR;
	if (ok) {
		g_autoptr(GArray) all = find_missing(c.book);
		const struct addition *a = (const struct addition *)(void *)
					       all->data;
		for (size_t i = 0, k; ok && i < all->len; i = k) {
			for (k = i + 1; k < all->len && a[k].in == a[i].in;)
				k++;
			ok = write_ids(&c, o, a + i, k - i);
			n_written += k - i;
		}
		if (ok && !o->is_dry_run)
			printf("%zu %s written\n", n_written,
			    n_written == 1 ? "id" : "ids");
	}
	/* What was missing is there now: nothing to say. */
	if (ok) {
		diag_free(c.diag);
		c.diag = diag_new();
	}
	int status = finish_diagnostics(c.diag, o);
	course_release(&c);
	return status;
}

const struct command command_id = {
	.name = "id",
	.summary = "write missing question ids into the sources",
	.usage = "[COURSE] [options]",
	.help =
	    "      --dry-run     only show what would be written, as a diff\n"
	    "      --drafts      drafts too\n"
	    "      --diagnostics FORMAT  text, json, github or sarif\n",
	.run = id,
};
