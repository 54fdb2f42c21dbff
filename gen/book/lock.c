#include "book/lock.h"

#include "base/fs.h"

#include <stdlib.h>

static const char first_line[] =
    "# Written by `ergen lock`. Keep it in the repository; do not edit it.";
static const char version[] = "ergen-lock 1";

enum column {
	COLUMN_ID,
	COLUMN_KIND,
	COLUMN_STATE,
	COLUMN_HASH,
	COLUMN_TIME,
	COLUMN_DECK,
	COLUMN_COUNT
};

struct reading {
	struct arena *arena;
	struct diag *diag;
	struct lock *lock;
	GArray *notes; /* struct lock_note */
	unsigned line;
};

static int
compare(const void *a, const void *b)
{
	const struct lock_note *x = a, *y = b;
	const int order = strcmp(x->id, y->id);

	return order ? order : strcmp(x->kind, y->kind);
}

/* --- reading ------------------------------------------------------------ */

static bool
refuse(const struct reading *r, const char *what)
{
	diag_at(r->diag, DIAG_LOCK_BAD,
	    (struct loc){ &r->lock->origin, r->line, r->line ? 1 : 0 }, "%s",
	    what);
	diag_help(r->diag,
	    "take the last good version from your repository; only `ergen lock` writes it");
	return false;
}

static const char *
unescape(const struct reading *r, struct str s)
{
	g_autofree char *text = g_strndup(s.p, s.len);
	g_autofree char *plain = g_uri_unescape_string(text, NULL);

	return arena_strdup(r->arena, plain ? plain : text);
}

/* "3=text" or "-3=text". */
static bool
read_blank(const struct reading *r, struct str column, GArray *blanks)
{
	struct lock_blank b = { .is_gone = str_starts(column, "-") };
	struct str rest = str_from(column, b.is_gone);
	const size_t at = str_find(rest, '=');

	if (at == 0 || at > 4 || at == rest.len)
		return refuse(r, "a blank without number");
	for (size_t i = 0; i < at; i++) {
		if (!g_ascii_isdigit(rest.p[i]))
			return refuse(r, "a blank without number");
		b.number = b.number * 10 + (unsigned)(rest.p[i] - '0');
	}
	if (b.number == 0)
		return refuse(r, "a blank without number");
	b.text = unescape(r, str_from(rest, at + 1));
	g_array_append_val(blanks, b);
	return true;
}

static struct str
next_column(struct str *rest)
{
	const struct str column = str_upto(*rest, str_find(*rest, '\t'));

	*rest = str_from(*rest, column.len + 1);
	return column;
}

static bool
read_more(const struct reading *r, struct str rest, struct lock_note *n)
{
	g_autoptr(GArray)
	    blanks = g_array_new(FALSE, FALSE, sizeof(struct lock_blank));

	while (rest.len) {
		const struct str column = next_column(&rest);
		if (str_starts(column, "was="))
			n->was = unescape(r, str_from(column, 4));
		else if (!read_blank(r, column, blanks))
			return false;
	}
	n->blanks = arena_array_of(r->arena, blanks);
	n->n_blanks = blanks->len;
	return true;
}

static bool
read_note(struct reading *r, struct str rest)
{
	struct str columns[COLUMN_COUNT];
	struct lock_note n = { .line = r->line };

	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		columns[i] = next_column(&rest);
		if (columns[i].len == 0)
			return refuse(r, "a column is missing");
	}
	n.id = unescape(r, columns[COLUMN_ID]);
	n.kind = arena_str(r->arena, columns[COLUMN_KIND]);
	n.is_retired = str_is(columns[COLUMN_STATE], "retired");
	if (!n.is_retired && !str_is(columns[COLUMN_STATE], "live"))
		return refuse(r, "neither live nor retired");
	n.hash = arena_str(r->arena, columns[COLUMN_HASH]);
	n.deck = unescape(r, columns[COLUMN_DECK]);
	char *end;
	const char *time = arena_str(r->arena, columns[COLUMN_TIME]);
	n.mod = strtoll(time, &end, 10);
	if (*end || n.mod <= 0)
		return refuse(r, "this is no time");
	if (!read_more(r, rest, &n))
		return false;
	g_array_append_val(r->notes, n);
	return true;
}

/* "ergen-lock 1", and the course's id. */
static bool
read_version(struct reading *r, struct str line)
{
	if (!str_is(next_column(&line), version))
		return refuse(r, "it is of another version");
	if (line.len)
		r->lock->course = arena_str(r->arena, line);
	return true;
}

static bool
read_lines(struct reading *r, struct str text)
{
	bool has_version = false;

	if (!g_utf8_validate(text.p, (gssize)text.len, NULL))
		return refuse(r, "it is not UTF-8");
	while (text.len) {
		const struct str line = str_line(&text);
		r->line++;
		if (line.len == 0 || line.p[0] == '#')
			continue;
		if (!(has_version ? read_note(r, line) : read_version(r, line)))
			return false;
		has_version = true;
	}
	return has_version || refuse(r, "it is of another version");
}

/* A merge may have left a note twice. */
static bool
is_unique(struct reading *r)
{
	for (guint i = 1; i < r->notes->len; i++) {
		const struct lock_note *n = &g_array_index(r->notes,
		    struct lock_note, i);
		if (compare(n - 1, n) != 0)
			continue;
		r->line = n->line;
		return refuse(r, "the note stands there twice");
	}
	return true;
}

const char *
lock_name(const char *lang, struct arena *a)
{
	return lang ? arena_printf(a, "ergen.%s.lock", lang) : LOCK_NAME;
}

const struct lock *
lock_parse(const char *name, struct str text, struct arena *a, struct diag *d)
{
	struct reading r = { .arena = a, .diag = d };

	r.lock = arena_obj(a, struct lock);
	r.lock->origin = (struct origin){ name, text };
	r.notes = g_array_new(FALSE, FALSE, sizeof(struct lock_note));
	bool is_good = read_lines(&r, text);
	if (is_good) {
		g_array_sort(r.notes, compare);
		is_good = is_unique(&r);
	}
	r.lock->n_notes = r.notes->len;
	r.lock->notes = arena_array_of(a, r.notes);
	g_array_free(r.notes, TRUE);
	return is_good ? r.lock : NULL;
}

const struct lock *
lock_read(const char *dir, const char *lang, struct arena *a, struct diag *d)
{
	const char *name = lock_name(lang, a);
	g_autofree char *path = g_build_filename(dir, name, NULL);
	struct str text;

	if (fs_look(path, NULL, d) != FS_FILE || !fs_read(path, a, &text, d))
		return NULL;
	return lock_parse(name, text, a, d);
}

const struct lock_note *
lock_find(const struct lock *l, const char *id, const char *kind)
{
	const struct lock_note wanted = { .id = id, .kind = kind };

	if (!l || l->n_notes == 0)
		return NULL;
	return bsearch(&wanted, l->notes, l->n_notes, sizeof(wanted), compare);
}

/* --- writing ------------------------------------------------------------ */

/* Tabs and line ends part columns and lines. */
static void
put(GString *to, const char *text)
{
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == '%' || *p == 0x7f)
			g_string_append_printf(to, "%%%02x", (unsigned)*p);
		else
			g_string_append_c(to, *p);
}

static void
put_note(GString *to, const struct lock_note *n)
{
	put(to, n->id);
	g_string_append_printf(to, "\t%s\t%s\t%s\t%lld\t", n->kind,
	    n->is_retired ? "retired" : "live", n->hash, n->mod);
	put(to, n->deck);
	if (n->was) {
		g_string_append(to, "\twas=");
		put(to, n->was);
	}
	for (size_t i = 0; i < n->n_blanks; i++) {
		const struct lock_blank *b = &n->blanks[i];
		g_string_append_printf(to, "\t%s%u=", b->is_gone ? "-" : "",
		    b->number);
		put(to, b->text);
	}
	g_string_append_c(to, '\n');
}

void
lock_write(GString *to, const char *course, struct lock_note *notes, size_t n)
{
	if (n > 1)
		qsort(notes, n, sizeof(*notes), compare);
	g_string_append_printf(to, "%s\n%s\t%s\n", first_line, version, course);
	for (size_t i = 0; i < n; i++)
		put_note(to, &notes[i]);
}

/* --- blanks ------------------------------------------------------------- */

/* The number of an old blank with this text that has not been taken yet. */
static unsigned
number_of(const struct lock_note *old, const char *text, bool *is_taken)
{
	for (unsigned gone = 0; gone < 2; gone++)
		for (size_t i = 0; old && i < old->n_blanks; i++) {
			const struct lock_blank *b = &old->blanks[i];
			if (is_taken[i] || b->is_gone != (gone == 1) ||
			    strcmp(b->text, text) != 0)
				continue;
			is_taken[i] = true;
			return b->number;
		}
	return 0;
}

/* The next old blank that nobody has taken: it has been reworded. */
static unsigned
next_left(const struct lock_note *old, bool *is_taken)
{
	for (size_t i = 0; i < old->n_blanks; i++)
		if (!is_taken[i] && !old->blanks[i].is_gone) {
			is_taken[i] = true;
			return old->blanks[i].number;
		}
	return 0;
}

void
lock_number_blanks(const struct lock_note *old, const char *const *texts,
    size_t n, unsigned *numbers)
{
	const size_t n_old = old ? old->n_blanks : 0;
	g_autofree bool *is_taken = g_new0(bool, n_old + 1);
	size_t n_new = 0, n_left = 0;
	unsigned last = 0;

	for (size_t i = 0; i < n; i++) {
		numbers[i] = number_of(old, texts[i], is_taken);
		n_new += numbers[i] == 0;
	}
	for (size_t i = 0; i < n_old; i++) {
		n_left += !is_taken[i] && !old->blanks[i].is_gone;
		if (old->blanks[i].number > last)
			last = old->blanks[i].number;
	}
	for (size_t i = 0; i < n; i++)
		if (numbers[i] == 0)
			numbers[i] = n_old && n_new == n_left
			    ? next_left(old, is_taken)
			    : ++last;
}
