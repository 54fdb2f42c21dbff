#include "cmd/edit.h"

enum {
	CONTEXT = 3
};

/* Edits as whole lines: the bytes [from, to) of the old text, with the edits
 * among [first, end). Lines end with LF alone, as in every diff. */
struct chunk {
	size_t from, to;
	size_t first, end;
};

/* What is being written. */
struct diff {
	GString *out;
	struct str old;
	const struct edit *edits;
	unsigned n_removed, n_added; /* lines, up to the hunk */
};

/* Appends the bytes [from, to) of old with the edits, which lie in them. */
static void
apply(GString *out, struct str old, size_t from, size_t to,
    const struct edit *edits, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_string_append_len(out, old.p + from,
		    (gssize)(edits[i].from - from));
		g_string_append(out, edits[i].text);
		from = edits[i].to;
	}
	g_string_append_len(out, old.p + from, (gssize)(to - from));
}

void
edit_apply(GString *out, struct str old, const struct edit *edits, size_t n)
{
	apply(out, old, 0, old.len, edits, n);
}

static size_t
line_start(struct str s, size_t at)
{
	while (at > 0 && s.p[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_end(struct str s, size_t at)
{
	size_t end = at + str_find(str_from(s, at), '\n') + 1;

	return end < s.len ? end : s.len;
}

/* The start of the line that is n lines above. */
static size_t
lines_above(struct str s, size_t at, unsigned n)
{
	while (n-- && at > 0)
		at = line_start(s, at - 1);
	return at;
}

static size_t
lines_below(struct str s, size_t at, unsigned n)
{
	while (n-- && at < s.len)
		at = line_end(s, at);
	return at;
}

static unsigned
count_lines(struct str s)
{
	unsigned n = 0;

	for (size_t at = 0; at < s.len; at = line_end(s, at))
		n++;
	return n;
}

static GArray *
find_chunks(struct str old, const struct edit *edits, size_t n)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct chunk));

	for (size_t i = 0; i < n; i++) {
		const struct edit *e = &edits[i];
		struct chunk c = { line_start(old, e->from), e->to, i, i + 1 };
		struct str text = str_of(e->text);
		/* Whole lines in front of a line leave it alone. */
		if (c.from != e->to || !str_ends(text, "\n"))
			c.to = line_end(old, e->to);
		struct chunk *last = all->len
		    ? &g_array_index(all, struct chunk, all->len - 1)
		    : NULL;
		if (last && c.from < last->to) {
			last->to = MAX(last->to, c.to);
			last->end = c.end;
		} else {
			g_array_append_val(all, c);
		}
	}
	return all;
}

static void
put_lines(GString *out, char mark, struct str s)
{
	for (size_t at = 0, end; at < s.len; at = end) {
		end = line_end(s, at);
		g_string_append_c(out, mark);
		g_string_append_len(out, s.p + at, (gssize)(end - at));
		if (s.p[end - 1] != '\n')
			g_string_append(out,
			    "\n\\ No newline at end of file\n");
	}
}

static struct str
range(struct str s, size_t from, size_t to)
{
	return str_upto(str_from(s, from), to - from);
}

/* Chunks so near to each other that their context would meet. */
static void
put_hunk(struct diff *d, const struct chunk *chunks, size_t n)
{
	g_autoptr(GString) body = g_string_new(NULL);
	size_t start = lines_above(d->old, chunks[0].from, CONTEXT);
	size_t end = lines_below(d->old, chunks[n - 1].to, CONTEXT);
	unsigned n_before = count_lines(str_upto(d->old, start));
	unsigned n_old = count_lines(range(d->old, start, end));
	unsigned n_removed = 0, n_added = 0;
	size_t at = start;

	for (size_t i = 0; i < n; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		struct str gone = range(d->old, chunks[i].from, chunks[i].to);
		apply(text, d->old, chunks[i].from, chunks[i].to,
		    d->edits + chunks[i].first,
		    chunks[i].end - chunks[i].first);
		struct str added = { text->str, text->len };
		put_lines(body, ' ', range(d->old, at, chunks[i].from));
		put_lines(body, '-', gone);
		put_lines(body, '+', added);
		n_removed += count_lines(gone);
		n_added += count_lines(added);
		at = chunks[i].to;
	}
	put_lines(body, ' ', range(d->old, at, end));
	g_string_append_printf(d->out, "@@ -%u,%u +%u,%u @@\n", n_before + 1,
	    n_old, n_before + 1 + d->n_added - d->n_removed,
	    n_old + n_added - n_removed);
	g_string_append_len(d->out, body->str, (gssize)body->len);
	d->n_removed += n_removed;
	d->n_added += n_added;
}

void
edit_diff(GString *out, const char *path, struct str old,
    const struct edit *edits, size_t n)
{
	struct diff d = { .out = out, .old = old, .edits = edits };
	g_autoptr(GArray) all = find_chunks(old, edits, n);
	const struct chunk *chunks = (const struct chunk *)(void *)all->data;
	/* A name with spaces ends with a tab. */
	const char *tab = strchr(path, ' ') ? "\t" : "";

	g_string_append_printf(out, "--- a/%s%s\n+++ b/%s%s\n", path, tab, path,
	    tab);
	for (size_t i = 0, k; i < all->len; i = k) {
		for (k = i + 1; k < all->len; k++)
			if (count_lines(range(old, chunks[k - 1].to,
				chunks[k].from)) > 2 * CONTEXT)
				break;
		put_hunk(&d, chunks + i, k - i);
	}
}
