#include "doc/scan.h"

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
	if (!g_utf8_validate(line.p, (gssize)line.len, &end)) {
		unsigned col = (unsigned)(end - line.p);
		diag_at(d, DIAG_SOURCE_UTF8, (struct loc){ in, no, col + 1 },
		    "byte 0x%02x", (unsigned char)line.p[col]);
		diag_help(d, "save the file in UTF-8");
		return false;
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

bool
scan_text(const struct origin *in, struct str text, unsigned first_line,
    struct diag *d)
{
	unsigned no = first_line, columns = 0, table_line = 0;
	size_t cells = 0;
	bool ok = true;

	for (; text.len; no++) {
		struct str line = str_line(&text);
		if (!scan_bytes(in, line, no, d))
			return false;
		if (line.len > SCAN_LINE_MOST) {
			diag_at(d, DIAG_SOURCE_LINE, (struct loc){ in, no, 1 },
			    "%zu bytes, %d are allowed", line.len,
			    SCAN_LINE_MOST);
			ok = false;
			continue;
		}
		if (count_markers(line) > SCAN_NESTING_MOST) {
			diag_at(d, DIAG_SOURCE_NESTING,
			    (struct loc){ in, no, 1 }, "%d are allowed",
			    SCAN_NESTING_MOST);
			ok = false;
		}
		unsigned here = count_columns(line);
		if (here > columns) {
			columns = here;
			table_line = no;
			cells = 0;
		} else if (str_trim(line).len == 0) {
			columns = 0;
		}
		cells += columns;
		if (columns > SCAN_COLUMNS_MOST ||
		    (columns > 0 && cells > SCAN_CELLS_MOST)) {
			diag_at(d, DIAG_SOURCE_TABLE,
			    (struct loc){ in, table_line, 1 },
			    "%d columns and %d cells are allowed",
			    SCAN_COLUMNS_MOST, SCAN_CELLS_MOST);
			ok = false;
			columns = 0;
			cells = 0;
		}
	}
	return ok;
}
