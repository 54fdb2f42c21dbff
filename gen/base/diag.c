#include "base/diag.h"

#include "base/arena.h"

#include <errno.h>

struct diag {
	struct arena *arena;
	GArray *items; /* struct diag_item */
	enum diag_level levels[DIAG_ID_COUNT];
};

static const struct {
	enum diag_level level;
	const char *name, *text;
} known[DIAG_ID_COUNT] = {
#define D(id, level, text) { DIAG_##level, #id, text },
#include "base/diag.def"
#undef D
};

struct diag *
diag_new(void)
{
	struct diag *d = g_new0(struct diag, 1);

	d->arena = arena_new();
	d->items = g_array_new(FALSE, FALSE, sizeof(struct diag_item));
	for (size_t i = 0; i < DIAG_ID_COUNT; i++)
		d->levels[i] = known[i].level;
	return d;
}

void
diag_free(struct diag *d)
{
	if (!d)
		return;
	g_array_free(d->items, TRUE);
	arena_free(d->arena);
	g_free(d);
}

/* Control characters, also those of two bytes from U+0080 to U+009F, would be
 * orders to a terminal. */
static void
disarm(char *text)
{
	for (char *p = text; *p; p++) {
		const unsigned char next = (unsigned char)p[1];
		if (g_ascii_iscntrl(*p) && *p != '\n' && *p != '\t')
			*p = '?';
		else if (*p == '\xc2' && next >= 0x80 && next < 0xa0)
			*p = p[1] = '?';
	}
}

static const char *
keep_va(struct diag *d, const char *fmt, va_list ap)
{
	if (!fmt)
		return "";
	g_autofree char *text = g_strdup_vprintf(fmt, ap);
	disarm(text);
	return arena_strdup(d->arena, text);
}

void
diag_at(struct diag *d, enum diag_id id, struct loc at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct diag_item it = { .id = id,
		.at = at,
		.detail = keep_va(d, fmt, ap),
		.help = "" };
	va_end(ap);
	g_array_append_val(d->items, it);
}

static struct diag_item *
last(struct diag *d)
{
	return &g_array_index(d->items, struct diag_item, d->items->len - 1);
}

void
diag_help(struct diag *d, const char *fmt, ...)
{
	va_list ap;

	g_return_if_fail(d->items->len > 0);
	va_start(ap, fmt);
	last(d)->help = keep_va(d, fmt, ap);
	va_end(ap);
}

static struct diag_step *
copy_steps(struct diag *into, const struct diag_item *it, size_t n_more)
{
	struct diag_step *all = arena_array(into->arena, it->n_steps + n_more,
	    struct diag_step);

	for (size_t i = 0; i < it->n_steps; i++)
		all[i] = (struct diag_step){ arena_strdup(into->arena,
						 it->steps[i].text),
			it->steps[i].at };
	return all;
}

void
diag_from(struct diag *d, const char *text, struct loc at)
{
	g_return_if_fail(d->items->len > 0);
	struct diag_item *it = last(d);
	struct diag_step *all = copy_steps(d, it, 1);
	all[it->n_steps++] = (struct diag_step){ arena_strdup(d->arena, text),
		at };
	it->steps = all;
}

bool
diag_errno(struct diag *d, const char *path)
{
	int error = errno;

	diag_at(d, DIAG_IO, (struct loc){ NULL, 0, 0 }, "%s: %s", path,
	    g_strerror(error));
	errno = error;
	return false;
}

bool
diag_machine(struct diag *d, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct diag_item it = { .id = DIAG_MACHINE,
		.detail = keep_va(d, fmt, ap),
		.help = "" };
	va_end(ap);
	g_array_append_val(d->items, it);
	return false;
}

void
diag_merge(struct diag *into, struct diag *from)
{
	for (size_t i = 0; i < from->items->len; i++) {
		struct diag_item it = g_array_index(from->items,
		    struct diag_item, i);
		it.detail = arena_strdup(into->arena, it.detail);
		it.help = arena_strdup(into->arena, it.help);
		it.steps = copy_steps(into, &it, 0);
		g_array_append_val(into->items, it);
	}
	g_array_set_size(from->items, 0);
	arena_reset(from->arena);
}

void
diag_drop(struct diag *d, const struct origin *in)
{
	struct diag_item *items = (struct diag_item *)(void *)d->items->data;
	guint n_kept = 0;

	for (guint i = 0; i < d->items->len; i++)
		if (items[i].at.in != in)
			items[n_kept++] = items[i];
	g_array_set_size(d->items, n_kept);
}

bool
diag_set_level(struct diag *d, enum diag_id id, enum diag_level level)
{
	if (known[id].level >= DIAG_ERROR && level < known[id].level)
		return false;
	d->levels[id] = level;
	return true;
}

enum diag_level
diag_worst(const struct diag *d)
{
	enum diag_level worst = DIAG_NONE;

	for (size_t i = 0; i < d->items->len; i++) {
		const struct diag_item *it = &g_array_index(d->items,
		    struct diag_item, i);
		if (d->levels[it->id] > worst)
			worst = d->levels[it->id];
	}
	return worst;
}

size_t
diag_count(const struct diag *d, enum diag_level level)
{
	size_t n = 0;

	for (size_t i = 0; i < d->items->len; i++)
		n += d->levels[g_array_index(d->items, struct diag_item, i)
				   .id] == level;
	return n;
}

static int
compare_places(struct loc x, struct loc y)
{
	int c = strcmp(x.in ? x.in->path : "", y.in ? y.in->path : "");

	if (c == 0)
		c = (x.line > y.line) - (x.line < y.line);
	return c ? c : (x.col > y.col) - (x.col < y.col);
}

/* All that is said, but for what led there. */
static int
compare_reports(const struct diag_item *x, const struct diag_item *y)
{
	int c = compare_places(x->at, y->at);

	if (c == 0)
		c = (x->id > y->id) - (x->id < y->id);
	if (c == 0)
		c = strcmp(x->detail, y->detail);
	return c ? c : strcmp(x->help, y->help);
}

/* Of equal reports the one with the shortest way comes first, and is kept. */
static int
compare(const void *a, const void *b)
{
	const struct diag_item *x = a, *y = b;
	int c = compare_reports(x, y);

	if (c == 0)
		c = (x->n_steps > y->n_steps) - (x->n_steps < y->n_steps);
	for (size_t i = 0; c == 0 && i < x->n_steps; i++) {
		c = compare_places(x->steps[i].at, y->steps[i].at);
		if (c == 0)
			c = strcmp(x->steps[i].text, y->steps[i].text);
	}
	return c;
}

enum diag_level
diag_level_of(const struct diag *d, enum diag_id id)
{
	return d->levels[id];
}

const struct diag_item *
diag_sorted(struct diag *d, size_t *n)
{
	struct diag_item *items = (struct diag_item *)(void *)d->items->data;
	size_t n_kept = 0;

	if (d->items->len > 1)
		qsort(items, d->items->len, sizeof(*items), compare);
	for (size_t i = 0; i < d->items->len; i++)
		if (n_kept == 0 ||
		    compare_reports(&items[i], &items[n_kept - 1]) != 0)
			items[n_kept++] = items[i];
	g_array_set_size(d->items, (guint)n_kept);
	*n = n_kept;
	return items;
}

const char *
diag_name(enum diag_id id, char buf[40])
{
	const char *from = known[id].name;
	size_t i = 0;

	for (; from[i] && i < 39; i++)
		buf[i] = from[i] == '_' ? '-' : g_ascii_tolower(from[i]);
	buf[i] = '\0';
	return buf;
}

enum diag_level
diag_default_level(enum diag_id id)
{
	return known[id].level;
}

const char *
diag_text(enum diag_id id)
{
	return known[id].text;
}

enum diag_id
diag_find(struct str name)
{
	char buf[40];

	for (int i = 0; i < DIAG_ID_COUNT; i++)
		if (str_is(name, diag_name((enum diag_id)i, buf)))
			return (enum diag_id)i;
	return DIAG_ID_COUNT;
}

/* Levenshtein's distance, at most `most` + 1; words are short. */
static size_t
distance(const char *a, const char *b, size_t most)
{
	enum {
		LEN_MOST = 63
	};
	size_t la = strlen(a), lb = strlen(b), row[LEN_MOST + 1];

	if (la > LEN_MOST || lb > LEN_MOST)
		return most + 1;
	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			diagonal = row[j];
			row[j] = best;
		}
	}
	return row[lb];
}

const char *
nearest(const char *word, const char *const *candidates)
{
	size_t best = strlen(word) / 3 + 1;
	const char *found = NULL;

	for (size_t i = 0; candidates[i]; i++) {
		size_t n = distance(word, candidates[i], best);
		if (n < best || (n == best && !found)) {
			best = n;
			found = candidates[i];
		}
	}
	return found;
}
