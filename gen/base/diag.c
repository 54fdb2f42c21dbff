#include "base/diag.h"

#include "base/arena.h"

#include <errno.h>

/* The source line of a diagnostic is shown up to this many bytes. */
enum {
	EXCERPT_MOST = 200,
	TAB_WIDTH = 8
};

struct item {
	enum diag_id id;
	struct loc at;
	const char *detail, *help; /* "" if none; in the arena */
};

struct diag {
	struct arena *arena;
	GArray *items; /* struct item */
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
	d->items = g_array_new(FALSE, FALSE, sizeof(struct item));
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

static const char *
keep_va(struct diag *d, const char *fmt, va_list ap)
{
	if (!fmt)
		return "";
	g_autofree char *text = g_strdup_vprintf(fmt, ap);
	return arena_strdup(d->arena, text);
}

void
diag_at(struct diag *d, enum diag_id id, struct loc at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct item it = { id, at, keep_va(d, fmt, ap), "" };
	va_end(ap);
	g_array_append_val(d->items, it);
}

void
diag_help(struct diag *d, const char *fmt, ...)
{
	va_list ap;

	g_return_if_fail(d->items->len > 0);
	va_start(ap, fmt);
	g_array_index(d->items, struct item, d->items->len - 1)
	    .help = keep_va(d, fmt, ap);
	va_end(ap);
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
	struct item it = { DIAG_MACHINE, { NULL, 0, 0 }, keep_va(d, fmt, ap),
		"" };
	va_end(ap);
	g_array_append_val(d->items, it);
	return false;
}

void
diag_merge(struct diag *into, struct diag *from)
{
	for (size_t i = 0; i < from->items->len; i++) {
		struct item it = g_array_index(from->items, struct item, i);
		it.detail = arena_strdup(into->arena, it.detail);
		it.help = arena_strdup(into->arena, it.help);
		g_array_append_val(into->items, it);
	}
	g_array_set_size(from->items, 0);
	arena_reset(from->arena);
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
		const struct item *it = &g_array_index(d->items, struct item,
		    i);
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
		n += d->levels[g_array_index(d->items, struct item, i).id] ==
		    level;
	return n;
}

static int
compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	const char *px = x->at.in ? x->at.in->path : "";
	const char *py = y->at.in ? y->at.in->path : "";
	int c = strcmp(px, py);

	if (c == 0)
		c = (x->at.line > y->at.line) - (x->at.line < y->at.line);
	if (c == 0)
		c = (x->at.col > y->at.col) - (x->at.col < y->at.col);
	if (c == 0)
		c = (x->id > y->id) - (x->id < y->id);
	if (c == 0)
		c = strcmp(x->detail, y->detail);
	return c ? c : strcmp(x->help, y->help);
}

static struct str
source_line(struct loc at)
{
	struct str rest = at.in->text, line = { "", 0 };

	/* A byte order mark is no part of the first line. */
	if (str_starts(rest, "\xef\xbb\xbf"))
		rest = str_from(rest, 3);
	for (unsigned n = 0; n < at.line && rest.len; n++)
		line = str_line(&rest);
	return line;
}

/* A wide character takes two columns of a terminal, a combining one none. */
static unsigned
columns_of(gunichar c, unsigned col)
{
	if (c == '\t')
		return TAB_WIDTH - col % TAB_WIDTH;
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

static void
print_excerpt(struct loc at, FILE *to)
{
	struct str line = source_line(at);
	g_autoptr(GString) shown = g_string_new(NULL);
	unsigned col = 0, caret = 0;
	size_t i = 0;

	if (line.len == 0 || at.col > EXCERPT_MOST)
		return;
	while (i < line.len && i < EXCERPT_MOST) {
		gunichar c = g_utf8_get_char_validated(line.p + i,
		    (gssize)(line.len - i));
		bool is_bad = c == (gunichar)-1 || c == (gunichar)-2;
		size_t len = is_bad ? 1 : (size_t)g_unichar_to_utf8(c, NULL);
		if (i + 1 <= at.col)
			caret = col;
		if (c == '\t') {
			unsigned width = columns_of(c, col);
			g_string_append_printf(shown, "%*s", (int)width, "");
			col += width;
		} else if (is_bad || c < 0x20 || (c >= 0x7f && c < 0xa0)) {
			g_string_append(shown, "\xef\xbf\xbd");
			col++;
		} else {
			g_string_append_len(shown, line.p + i, (gssize)len);
			col += columns_of(c, col);
		}
		i += len;
	}
	if (at.col > line.len)
		caret = col;
	fprintf(to, "%5u | %s%s\n", at.line, shown->str,
	    i < line.len ? "…" : "");
	if (at.col)
		fprintf(to, "      | %*s^\n", (int)caret, "");
}

static void
print_item(const struct item *it, enum diag_level level, FILE *to)
{
	static const char *const names[] = { "", "note", "warning", "error",
		"error" };
	char name[40];

	if (it->at.in && it->at.line && it->at.col)
		fprintf(to, "%s:%u:%u: ", it->at.in->path, it->at.line,
		    it->at.col);
	else if (it->at.in && it->at.line)
		fprintf(to, "%s:%u: ", it->at.in->path, it->at.line);
	else
		fprintf(to, "%s: ", it->at.in ? it->at.in->path : "ergen");
	fprintf(to, "%s: %s", names[level], known[it->id].text);
	if (it->detail[0])
		fprintf(to, level == DIAG_FATAL ? ": %s" : ": '%s'",
		    it->detail);
	fprintf(to, " [%s]\n", diag_name(it->id, name));
	if (it->at.in && it->at.line)
		print_excerpt(it->at, to);
	if (it->help[0])
		fprintf(to, "help: %s\n", it->help);
}

void
diag_print(struct diag *d, FILE *to, size_t most)
{
	GArray *a = d->items;
	size_t shown = 0, hidden = 0;

	if (a->len > 1)
		qsort(a->data, a->len, sizeof(struct item), compare);
	for (size_t i = 0; i < a->len; i++) {
		const struct item *it = &g_array_index(a, struct item, i);
		if (i && compare(it, it - 1) == 0)
			continue;
		if (most && shown == most) {
			hidden++;
			continue;
		}
		print_item(it, d->levels[it->id], to);
		shown++;
	}
	if (hidden)
		fprintf(to, "and %zu more; --all shows them\n", hidden);
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
