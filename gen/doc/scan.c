#include "doc/scan.h"

/* How many bytes from the start are ASCII for sure: by eight, most text is. */
static size_t
count_ascii(struct str s)
{
	size_t n = 0;

	for (unsigned long long eight; n + 8 <= s.len; n += 8) {
		memcpy(&eight, s.p + n, 8);
		if (eight & 0x8080808080808080ULL)
			break;
	}
	return n;
}

static bool
are_bytes_fine(struct str s)
{
	if (str_find(s, '\0') < s.len)
		return false;
	/* Only lines with more than ASCII are looked at byte by byte. */
	for (s = str_from(s, count_ascii(s)); s.len;
	     s = str_from(s, count_ascii(s))) {
		const struct str line = str_upto(s, str_find(s, '\n'));
		if (!g_utf8_validate(line.p, (gssize)line.len, NULL))
			return false;
		s = str_from(s, line.len + 1);
	}
	return true;
}

static bool
scan_bytes(const struct origin *in, struct str line, unsigned no,
    struct diag *d)
{
	const char *end;
	size_t nul = str_find(line, '\0');

	if (nul < line.len) {
		diag_at(d, DIAG_SOURCE_NUL,
		    (struct loc){ in, no, (unsigned)nul + 1 }, NULL);
		return false;
	}
	size_t ascii = count_ascii(line);
	if (!g_utf8_validate(line.p + ascii, (gssize)(line.len - ascii),
		&end)) {
		unsigned col = (unsigned)(end - line.p);
		diag_at(d, DIAG_SOURCE_UTF8, (struct loc){ in, no, col + 1 },
		    "byte 0x%02x", (unsigned char)line.p[col]);
		diag_help(d, "save the file in UTF-8");
		return false;
	}
	return true;
}

bool
scan_is_text(const struct origin *in, struct diag *d)
{
	struct str rest = in->text;

	for (unsigned no = 1; rest.len; no++) {
		struct str line = str_upto(rest, str_find(rest, '\n'));
		if (!scan_bytes(in, line, no, d))
			return false;
		rest = str_from(rest, MIN(line.len + 1, rest.len));
	}
	return true;
}

/* How many quotes and lists a line could open: markers in front of it. */
static unsigned
count_markers(struct str line)
{
	unsigned n = 0;

	for (size_t i = 0; i < line.len; i++) {
		char c = line.p[i];
		bool is_bullet = (c == '-' || c == '+' || c == '*' ||
				     c == '.' || c == ')') &&
		    i + 1 < line.len && is_space(line.p[i + 1]);
		if (c == '>' || is_bullet)
			n++;
		else if (!is_space(c) && !(c >= '0' && c <= '9'))
			break;
	}
	return n;
}

/* The columns of a table's delimiter row, or 0 if the line is none. */
static unsigned
count_columns(struct str line)
{
	unsigned bars = 0, dashes = 0;
	struct str t = str_trim(line);

	for (size_t i = 0; i < t.len; i++) {
		char c = t.p[i];
		if (c == '|')
			bars++;
		else if (c == '-')
			dashes++;
		else if (c != ':' && c != '>' && !is_space(c))
			return 0;
	}
	if (!bars || !dashes)
		return 0;
	return bars + 1 - (t.p[0] == '|') - (t.p[t.len - 1] == '|');
}

/* What is counted over a whole source. */
struct totals {
	const struct origin *in;
	struct diag *diag;
	unsigned columns, table_line; /* of the table we are in */
	size_t cells, all_cells, markers, declarations, brackets;
	size_t paragraph, definition; /* bytes of this one; of the longest
					 that may define links */
	bool defines; /* this paragraph may */
	bool ok;
};

static void
refuse(struct totals *t, enum diag_id id, unsigned no, size_t most)
{
	diag_at(t->diag, id, (struct loc){ t->in, no, 1 }, "%zu are allowed",
	    most);
	t->ok = false;
}

static void
scan_table(struct totals *t, struct str line, unsigned no)
{
	unsigned here = count_columns(line);

	if (here > t->columns) {
		t->columns = here;
		t->table_line = no;
		t->cells = 0;
	} else if (str_trim(line).len == 0) {
		t->columns = 0;
	}
	t->cells += t->columns;
	t->all_cells += t->columns;
	if (t->columns <= SCAN_COLUMNS_MOST && t->cells <= SCAN_CELLS_MOST &&
	    t->all_cells <= SCAN_CELLS_TOTAL)
		return;
	diag_at(t->diag, DIAG_SOURCE_TABLE,
	    (struct loc){ t->in, t->table_line, 1 },
	    "%d columns and %d cells are allowed", SCAN_COLUMNS_MOST,
	    SCAN_CELLS_MOST);
	t->ok = false;
	t->columns = 0;
	t->cells = t->all_cells = 0;
}

static void
scan_brackets(struct totals *t, struct str line)
{
	static const bool
	    is_special[256] = { ['['] = true, [']'] = true, ['<'] = true };

	for (size_t i = 0; i + 1 < line.len; i++) {
		char c = line.p[i], next = line.p[i + 1];
		if (!is_special[(unsigned char)c])
			continue;
		t->brackets += c == '[';
		t->declarations += c == '<' &&
		    (next == '?' ||
			(next == '!' && i + 2 < line.len &&
			    line.p[i + 2] != '-'));
		t->defines = t->defines || (c == ']' && next == ':');
	}
}

static void
scan_markup(struct totals *t, struct str line)
{
	/* Few lines have one, and memchr() looks at many bytes at once. */
	if (line.len &&
	    (memchr(line.p, '[', line.len) || memchr(line.p, ']', line.len) ||
		memchr(line.p, '<', line.len)))
		scan_brackets(t, line);
	t->paragraph = str_trim(line).len ? t->paragraph + line.len + 1 : 0;
	if (t->paragraph == 0)
		t->defines = false;
	if (t->defines && t->paragraph > t->definition)
		t->definition = t->paragraph;
}

static void
scan_line(struct totals *t, struct str line, unsigned no)
{
	if (line.len > SCAN_LINE_MOST) {
		diag_at(t->diag, DIAG_SOURCE_LINE, (struct loc){ t->in, no, 1 },
		    "%zu bytes, %d are allowed", line.len, SCAN_LINE_MOST);
		t->ok = false;
		return;
	}
	unsigned markers = count_markers(line);
	bool was_fine = t->markers <= SCAN_MARKERS_TOTAL;
	t->markers += markers;
	if (markers > SCAN_NESTING_MOST)
		refuse(t, DIAG_SOURCE_NESTING, no, SCAN_NESTING_MOST);
	else if (was_fine && t->markers > SCAN_MARKERS_TOTAL)
		refuse(t, DIAG_SOURCE_NESTING, no, SCAN_MARKERS_TOTAL);
	scan_table(t, line, no);
	was_fine = t->declarations <= SCAN_DECLARATIONS_MOST;
	scan_markup(t, line);
	if (was_fine && t->declarations > SCAN_DECLARATIONS_MOST)
		refuse(t, DIAG_SOURCE_MARKUP, no, SCAN_DECLARATIONS_MOST);
}

bool
scan_text(const struct origin *in, struct str text, unsigned first_line,
    struct diag *d)
{
	struct totals t = { .in = in, .diag = d, .ok = true };
	/* Which line it is matters only if there is one. */
	const bool is_fine = are_bytes_fine(text);

	for (unsigned no = first_line; text.len; no++) {
		struct str line = str_line(&text);
		if (!is_fine && !scan_bytes(in, line, no, d))
			return false;
		scan_line(&t, line, no);
	}
	if (t.definition && t.brackets > SCAN_EXPANDED_MOST / t.definition) {
		diag_at(d, DIAG_SOURCE_EXPANDS,
		    (struct loc){ in, first_line, 1 }, NULL);
		diag_help(d, "shorten the definitions, or split the file");
		t.ok = false;
	}
	return t.ok;
}
