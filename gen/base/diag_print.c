#include "base/diag_print.h"

#include "base/json.h"

enum {
	EXCERPT_MOST = 200, /* bytes of a source line that are shown */
	TAB_WIDTH = 8
};

const char *const diag_format_names[] = {
	[FORMAT_TEXT] = "text",
	[FORMAT_JSON] = "json",
	[FORMAT_GITHUB] = "github",
	[FORMAT_SARIF] = "sarif",
	NULL,
};

static const char *
level_name(enum diag_level level)
{
	static const char *const names[] = { "none", "note", "warning", "error",
		"error" };

	return names[level];
}

/* Empty if there is none: other programs count lines, too. */
static struct str
source_line(struct loc at)
{
	struct str rest = at.in->text, line = { "", 0 };
	unsigned n = 0;

	/* A byte order mark is no part of the first line. */
	if (str_starts(rest, "\xef\xbb\xbf"))
		rest = str_from(rest, 3);
	for (; n < at.line && rest.len; n++)
		line = str_line(&rest);
	return n == at.line ? line : STR_LIT("");
}

/* ---- text */

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

/* "path:line:col", as far as it is known. */
static char *
place_text(const char *path, struct loc at)
{
	if (at.line && at.col)
		return g_strdup_printf("%s:%u:%u", path, at.line, at.col);
	if (at.line)
		return g_strdup_printf("%s:%u", path, at.line);
	return g_strdup(path);
}

static void
print_text(const struct diag_item *it, enum diag_level level, FILE *to)
{
	char name[40];
	g_autofree char *place = it->at.in ? place_text(it->at.in->path, it->at)
					   : g_strdup("ergen");

	fprintf(to, "%s: %s: %s", place, level_name(level), diag_text(it->id));
	if (it->detail[0])
		fprintf(to, level == DIAG_FATAL ? ": %s" : ": '%s'",
		    it->detail);
	fprintf(to, " [%s]\n", diag_name(it->id, name));
	if (it->at.in && it->at.line)
		print_excerpt(it->at, to);
	if (it->help[0])
		fprintf(to, "help: %s\n", it->help);
	for (size_t i = 0; i < it->n_steps; i++) {
		const struct diag_step *s = &it->steps[i];
		g_autofree char *at = place_text(s->at.in->path, s->at);
		fprintf(to, "%s %s\n", s->text, at);
	}
}

enum {
	N_LEVELS = DIAG_FATAL + 1
};

/* How many of each level are shown: what stops a build before what does not.
 */
static void
share_out(struct diag *d, const struct diag_item *items, size_t n, size_t most,
    size_t shown[N_LEVELS])
{
	memset(shown, 0, N_LEVELS * sizeof(*shown));
	for (size_t i = 0; i < n; i++)
		shown[diag_level_of(d, items[i].id)]++;
	for (int level = N_LEVELS; most && level-- > 0;) {
		shown[level] = MIN(shown[level], most);
		most -= shown[level];
		if (most == 0)
			memset(shown, 0, (size_t)level * sizeof(*shown));
	}
}

void
diag_print(struct diag *d, FILE *to, size_t most)
{
	size_t n, left[N_LEVELS];
	const struct diag_item *items = diag_sorted(d, &n);

	share_out(d, items, n, most, left);
	for (size_t i = 0; i < n; i++) {
		const enum diag_level level = diag_level_of(d, items[i].id);
		if (left[level] == 0)
			continue;
		left[level]--;
		print_text(&items[i], level, to);
	}
	if (most && n > most)
		fprintf(to, "and %zu more; --all shows them\n", n - most);
}

/* ---- what the formats for programs share */

/* Names of files are bytes. */
static void
add_text(struct json *j, const char *key, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	json_add(j, key, valid);
}

/* "link target does not exist: 'x.md'", and the help below. */
static char *
message_of(const struct diag_item *it, enum diag_level level)
{
	GString *s = g_string_new(diag_text(it->id));

	if (it->detail[0])
		g_string_append_printf(s,
		    level == DIAG_FATAL ? ": %s" : ": '%s'", it->detail);
	if (it->help[0])
		g_string_append_printf(s, "\nhelp: %s", it->help);
	char *valid = g_utf8_make_valid(s->str, (gssize)s->len);
	g_string_free(s, TRUE);
	return valid;
}

/* The source as seen from outside of the course. */
static char *
outer_path(const char *course, struct loc at)
{
	struct str dir = str_of(course);

	while (str_starts(dir, "./"))
		dir = str_from(dir, 2);
	if (dir.len == 0 || str_is(dir, "."))
		return g_strdup(at.in->path);
	return g_build_filename(dir.p, at.in->path, NULL);
}

/* The column in characters instead of bytes, from 1; 0 is unknown. */
static unsigned
character_column(struct loc at)
{
	struct str line = at.col ? source_line(at) : STR_LIT("");
	unsigned col = at.col ? 1 : 0;

	/* Up to the end of the line, then a byte counts as a character. */
	for (size_t i = 0; i + 1 < at.col && i < line.len; i++)
		col += (line.p[i] & 0xc0) != 0x80;
	if (at.col > line.len + 1)
		col += at.col - 1 - (unsigned)line.len;
	return col;
}

/* ---- JSON, a line each */

static void
add_or_null(struct json *j, const char *key, const char *text)
{
	if (text && text[0])
		add_text(j, key, text);
	else
		json_add(j, key, NULL);
}

static void
add_number_or_null(struct json *j, const char *key, unsigned n)
{
	if (n)
		json_add_int(j, key, n);
	else
		json_add(j, key, NULL);
}

static void
add_steps(struct json *j, const struct diag_item *it)
{
	json_key(j, "from");
	json_open(j, '[');
	for (size_t i = 0; i < it->n_steps; i++) {
		const struct diag_step *s = &it->steps[i];
		json_open(j, '{');
		add_text(j, "text", s->text);
		add_text(j, "path", s->at.in->path);
		add_number_or_null(j, "line", s->at.line);
		add_number_or_null(j, "col", s->at.line ? s->at.col : 0);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
add_line(GString *out, const struct diag_item *it, enum diag_level level)
{
	struct json j = { .out = out };
	char name[40];

	json_open(&j, '{');
	json_add(&j, "level", level_name(level));
	json_add(&j, "id", diag_name(it->id, name));
	add_or_null(&j, "path", it->at.in ? it->at.in->path : NULL);
	add_number_or_null(&j, "line", it->at.in ? it->at.line : 0);
	add_number_or_null(&j, "col",
	    it->at.in && it->at.line ? it->at.col : 0);
	json_add(&j, "text", diag_text(it->id));
	add_or_null(&j, "detail", it->detail);
	add_or_null(&j, "help", it->help);
	add_steps(&j, it);
	json_close(&j, '}');
	g_string_append_c(out, '\n');
}

/* ---- GitHub */

/* What ends a command or a property is written like a byte of an address:
 * https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
static void
add_escaped(GString *out, const char *text, const char *special)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	for (const char *p = valid; *p; p++) {
		if (strchr(special, *p))
			g_string_append_printf(out, "%%%02X", (unsigned)*p);
		else
			g_string_append_c(out, *p);
	}
}

static void
add_command(GString *out, const struct diag_item *it, enum diag_level level,
    const char *course)
{
	static const char value[] = "%\r\n:,", data[] = "%\r\n";
	g_autofree char *message = message_of(it, level);
	char name[40];

	g_string_append_printf(out, "::%s ",
	    level == DIAG_NOTE ? "notice" : level_name(level));
	if (it->at.in) {
		g_autofree char *path = outer_path(course, it->at);
		g_string_append(out, "file=");
		add_escaped(out, path, value);
		g_string_append_c(out, ',');
	}
	if (it->at.in && it->at.line) {
		g_string_append_printf(out, "line=%u,", it->at.line);
		if (it->at.col)
			g_string_append_printf(out, "col=%u,",
			    character_column(it->at));
	}
	g_string_append_printf(out, "title=%s::", diag_name(it->id, name));
	add_escaped(out, message, data);
	for (size_t i = 0; i < it->n_steps; i++) {
		const struct diag_step *s = &it->steps[i];
		g_autofree char *path = outer_path(course, s->at);
		g_autofree char *place = place_text(path, s->at);
		g_autofree char *step = g_strdup_printf("\n%s %s", s->text,
		    place);
		add_escaped(out, step, data);
	}
	g_string_append_c(out, '\n');
}

/* ---- SARIF; numbers of sections are those of the specification */

static void
add_message(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_open(j, '{');
	json_add(j, "text", text);
	json_close(j, '}');
}

/* 3.49: a rule for each id, in the order of the ids. */
static void
add_rules(struct json *j)
{
	char name[40];

	json_key(j, "rules");
	json_open(j, '[');
	for (int i = 0; i < DIAG_ID_COUNT; i++) {
		enum diag_id id = (enum diag_id)i;
		json_open(j, '{');
		json_add(j, "id", diag_name(id, name));
		add_message(j, "shortDescription", diag_text(id));
		json_key(j, "defaultConfiguration");
		json_open(j, '{');
		json_add(j, "level", level_name(diag_default_level(id)));
		json_close(j, '}');
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* What is in a location, 3.28; a place in its file is optional. */
static void
add_location(struct json *j, struct loc at, const char *course)
{
	g_autofree char *path = outer_path(course, at);
	g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
	g_autofree char *uri = g_strconcat(path[0] == '/' ? "file://" : "",
	    escaped, NULL);

	json_key(j, "physicalLocation");
	json_open(j, '{');
	json_key(j, "artifactLocation");
	json_open(j, '{');
	json_add(j, "uri", uri);
	json_close(j, '}');
	if (at.line) {
		json_key(j, "region");
		json_open(j, '{');
		json_add_int(j, "startLine", at.line);
		if (at.col)
			json_add_int(j, "startColumn", character_column(at));
		json_close(j, '}');
	}
	json_close(j, '}');
}

/* 3.27.12, and 3.27.22 for what led there. */
static void
add_locations(struct json *j, const struct diag_item *it, const char *course)
{
	json_key(j, "locations");
	json_open(j, '[');
	json_open(j, '{');
	add_location(j, it->at, course);
	json_close(j, '}');
	json_close(j, ']');
	if (it->n_steps == 0)
		return;
	json_key(j, "relatedLocations");
	json_open(j, '[');
	for (size_t i = 0; i < it->n_steps; i++) {
		json_open(j, '{');
		add_location(j, it->steps[i].at, course);
		add_message(j, "message", it->steps[i].text);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
add_result(struct json *j, const struct diag_item *it, enum diag_level level,
    const char *course)
{
	g_autofree char *message = message_of(it, level);
	char name[40];

	json_open(j, '{');
	json_add(j, "ruleId", diag_name(it->id, name));
	json_add_int(j, "ruleIndex", it->id);
	json_add(j, "level", level_name(level));
	add_message(j, "message", message);
	if (it->at.in)
		add_locations(j, it, course);
	json_close(j, '}');
}

static void
add_log(GString *out, const struct diag *d, const struct diag_item *items,
    size_t n, const char *course)
{
	struct json j = { .out = out };

	json_open(&j, '{');
	json_add(&j, "$schema",
	    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
	json_add(&j, "version", "2.1.0");
	json_key(&j, "runs");
	json_open(&j, '[');
	json_open(&j, '{');
	json_key(&j, "tool");
	json_open(&j, '{');
	json_key(&j, "driver");
	json_open(&j, '{');
	json_add(&j, "name", "ergen");
	json_add(&j, "version", ERGEN_VERSION);
	add_rules(&j);
	json_close(&j, '}');
	json_close(&j, '}');
	json_add(&j, "columnKind", "unicodeCodePoints");
	json_key(&j, "results");
	json_open(&j, '[');
	for (size_t i = 0; i < n; i++)
		add_result(&j, &items[i], diag_level_of(d, items[i].id),
		    course);
	json_close(&j, ']');
	json_close(&j, '}');
	json_close(&j, ']');
	json_close(&j, '}');
	g_string_append_c(out, '\n');
}

void
diag_print_as(struct diag *d, enum diag_format format, const char *course,
    FILE *to, size_t most)
{
	g_autoptr(GString) out = g_string_new(NULL);
	size_t n;
	const struct diag_item *items = diag_sorted(d, &n);

	switch (format) {
	case FORMAT_TEXT: diag_print(d, to, most); return;
	case FORMAT_JSON:
		for (size_t i = 0; i < n; i++)
			add_line(out, &items[i], diag_level_of(d, items[i].id));
		break;
	case FORMAT_GITHUB:
		for (size_t i = 0; i < n && (!most || i < most); i++)
			add_command(out, &items[i],
			    diag_level_of(d, items[i].id), course);
		if (most && n > most)
			g_string_append_printf(out,
			    "::notice ::and %zu more; --all shows them\n",
			    n - most);
		break;
	case FORMAT_SARIF: add_log(out, d, items, n, course); break;
	}
	fwrite(out->str, 1, out->len, to);
}
