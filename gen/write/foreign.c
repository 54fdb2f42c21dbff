#include "write/foreign.h"

#include "write/tree_json.h"

enum {
	MESSAGE_MOST = 500 /* bytes of a message that are shown */
};

bool
foreign_is_plain(const char *path)
{
	for (const char *p = path; *p; p++)
		if (g_ascii_iscntrl(*p))
			return false;
	return g_utf8_validate(path, -1, NULL);
}

char *
foreign_path(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);
	g_autoptr(GString) tidy = g_string_new(NULL);

	if (path[0] == '/')
		return NULL;
	for (size_t i = 0; parts[i]; i++) {
		if (strcmp(parts[i], "..") == 0)
			return NULL;
		if (!parts[i][0] || strcmp(parts[i], ".") == 0)
			continue;
		g_string_append_printf(tidy, "%s%s", tidy->len ? "/" : "",
		    parts[i]);
	}
	return tidy->len ? g_strdup(tidy->str) : NULL;
}

char *
foreign_line(const char *text, size_t most)
{
	g_autofree char *line = g_strndup(text, most);
	char *clean = g_utf8_make_valid(g_strdelimit(line, "\n\t", ' '), -1);

	for (char *p = clean; *p; p = g_utf8_next_char(p))
		if (g_unichar_iscntrl(g_utf8_get_char(p)))
			memset(p, '?', (size_t)(g_utf8_next_char(p) - p));
	return clean;
}

enum diag_id
foreign_severity(const char *severity)
{
	if (severity && strcmp(severity, "note") == 0)
		return DIAG_WRITER_NOTE;
	if (severity && strcmp(severity, "warning") == 0)
		return DIAG_WRITER_WARNING;
	return DIAG_WRITER_ERROR;
}

void
foreign_say(const struct output *o, enum diag_id id, struct loc at,
    const char *message, const char *code, struct diag *d)
{
	g_autofree char *text = foreign_line(message, MESSAGE_MOST);
	g_autofree char *mark = foreign_line(code ? code : "", MESSAGE_MOST);

	diag_at(d, id, at, "%s: %s%s%s%s", o->name, text, mark[0] ? " (" : "",
	    mark, mark[0] ? ")" : "");
}

void
foreign_supports_init(struct foreign_supports *s, size_t most, struct arena *a)
{
	*s = (struct foreign_supports){
		.renditions = arena_array(a, QUESTION_KIND_COUNT,
		    struct rendition),
		.nodes = arena_array(a, most + 1, struct simplified),
	};
	for (int i = 0; i < QUESTION_KIND_COUNT; i++)
		s->renditions[i].how = "its own way";
}

void
foreign_supports_add(struct foreign_supports *s, const char *name,
    const char *how)
{
	int kind = 0;

	while (kind < QUESTION_KIND_COUNT &&
	    strcmp(question_kind_names[kind], name) != 0)
		kind++;
	if (kind < QUESTION_KIND_COUNT)
		s->renditions[kind].lost = how;
	else if (how && tree_has_type(name))
		s->nodes[s->n_nodes++] = (struct simplified){ name, how };
}
