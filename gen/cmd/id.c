/* `ergen id`: writes the ids that questions lack into the sources. */
#include "base/fs.h"
#include "cmd/course.h"

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
	size_t at = 0;

	while (line-- && at < text.len)
		at += str_find(str_from(text, at), '\n') + 1;
	return at < text.len ? at : text.len;
}

static struct str
line_at(struct str text, size_t at)
{
	struct str rest = str_from(text, at);

	return str_upto(rest, str_find(rest, '\n'));
}

/* "<!-- q; type=many -->" gets its id in place; without a comment a line is
 * added. Nothing else changes, line ends neither. */
static void
add_id(GString *out, struct str text, size_t *from, const struct addition *add)
{
	size_t at = offset_behind(text, add->line);
	struct str next = line_at(text, at);
	struct str heading = str_upto(text, at);
	bool is_crlf = str_ends(heading, "\r\n");
	const char *key = add->question->key;

	g_string_append_len(out, text.p + *from, (gssize)(at - *from));
	*from = at;
	const char *q = g_strstr_len(next.p, (gssize)next.len, "<!--");
	struct str behind = q
	    ? str_trim(str_from(next, (size_t)(q - next.p) + 4))
	    : next;
	if (q && str_trim(str_upto(next, (size_t)(q - next.p))).len == 0 &&
	    behind.len && behind.p[0] == 'q' &&
	    (behind.len == 1 || !is_alnum(behind.p[1]))) {
		size_t end = (size_t)(behind.p - text.p) + 1;
		struct str rest = str_from(text, end);
		g_string_append_len(out, text.p + at, (gssize)(end - at));
		g_string_append_printf(out, ": %s", key);
		/* An empty "q:" has its colon already. */
		*from = end + (rest.len && rest.p[0] == ':');
		return;
	}
	if (at > 0 && text.p[at - 1] != '\n')
		g_string_append(out, is_crlf ? "\r\n" : "\n");
	g_string_append_printf(out, "<!-- q: %s -->%s", key,
	    is_crlf ? "\r\n" : "\n");
}

static bool
write_ids(const struct course *c, const struct options *o,
    const struct addition *all, size_t n)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct str source = all->in->text;
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		printf("%s:%u: %s <!-- q: %s -->\n", all[i].in->path,
		    all[i].line, o->is_dry_run ? "would add" : "added",
		    all[i].question->key);
		add_id(text, source, &from, &all[i]);
	}
	g_string_append_len(text, source.p + from, (gssize)(source.len - from));
	if (o->is_dry_run)
		return true;
	g_autofree char *path = g_build_filename(o->course, all->in->path,
	    NULL);
	return fs_replace(path, (struct str){ text->str, text->len }, c->diag);
}

static int
id(const struct options *o)
{
	struct course c = { 0 };
	size_t n_written = 0;
	bool ok = course_configure(&c, o) && course_load(&c, o);

	if (ok) {
		book_link(c.book, c.diag);
		ok = diag_worst(c.diag) < DIAG_ERROR;
	}
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
		if (ok)
			printf("%zu %s %s\n", n_written,
			    n_written == 1 ? "id" : "ids",
			    o->is_dry_run ? "missing" : "written");
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
	.help = "      --dry-run     only say what would be written\n"
		"      --drafts      drafts too\n"
		"      --diagnostics FORMAT  text, json, github or sarif\n",
	.run = id,
};
