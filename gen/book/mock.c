/* Mock exams: quizzes that take the questions of others. */
#include "book/sitting.h"
#include "book/source.h"

struct loc
sitting_place(const struct source *s, const char *key, long item)
{
	const struct yaml *value = s->front.yaml ? yaml_get(s->front.yaml, key)
						 : NULL;

	if (!value)
		return (struct loc){ &s->origin, 1, 1 };
	if (item >= 0 && value->kind == YAML_LIST &&
	    (size_t)item < value->n_items)
		return value->items[item].at;
	return value->at;
}

/* A name of this source and of no other. */
static bool
is_alone(const struct source *s, const char *name)
{
	for (size_t i = 0; i < s->n_quizzes; i++)
		if (strcmp(s->quizzes[i]->id, name) == 0)
			return true;
	return strcmp(s->ref->address, name) == 0;
}

/* The names that an entry of `from` may use for a source with questions: its
 * address, its lesson's, its path, a folder that it is in, or its quiz-id. */
static bool
is_named(const struct source *s, const char *pattern)
{
	const char *lesson = s->lesson ? s->lesson->ref->address : NULL;

	if (is_alone(s, pattern) ||
	    g_pattern_match_simple(pattern, s->ref->address) ||
	    g_pattern_match_simple(pattern, s->rel) ||
	    (lesson && g_pattern_match_simple(pattern, lesson)))
		return true;
	for (const struct folder *f = s->folder; f && f->address[0];
	     f = f->parent)
		if (strcmp(f->address, pattern) == 0)
			return true;
	return false;
}

/* What authors write as well: a leading or trailing slash, the file's ending,
 * the name with its number. Returns a new string. */
static char *
pattern_of(const struct making *m, const char *entry)
{
	struct str s = str_of(entry);

	while (str_starts(s, "./") || str_starts(s, "/"))
		s = str_from(s, str_starts(s, "/") ? 1 : 2);
	while (str_ends(s, "/"))
		s.len--;
	g_autofree char *rel = g_strndup(s.p, s.len);
	const struct source *file = g_hash_table_lookup(m->by_rel, rel);
	const struct folder *folder = g_hash_table_lookup(m->folders_by_rel,
	    rel);
	if (file && file->ref)
		return g_strdup(file->ref->address);
	return g_strdup(folder ? folder->address : rel);
}

static void
help_with_name(const struct making *m, const char *pattern, struct diag *d)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; i < m->page_sources->len; i++) {
		const struct source *s = m->page_sources->pdata[i];
		for (size_t k = 0; k < s->n_quizzes; k++)
			g_ptr_array_add(names,
			    (char *)(uintptr_t)s->quizzes[k]->id);
		if (s->n_quizzes)
			g_ptr_array_add(names,
			    (char *)(uintptr_t)s->ref->address);
		if (s->lesson)
			g_ptr_array_add(names,
			    (char *)(uintptr_t)s->lesson->ref->address);
	}
	for (size_t i = 0; i < m->folders->len; i++) {
		const struct folder *f = m->folders->pdata[i];
		if (f->address[0])
			g_ptr_array_add(names, (char *)(uintptr_t)f->address);
	}
	g_ptr_array_add(names, NULL);
	const char *near = nearest(pattern, (const char *const *)names->pdata);
	if (near)
		diag_help(d, "did you mean '%s'?", near);
	else
		diag_help(d,
		    "name a quiz-id, a lesson, a folder, or a pattern such as 'hybrid/*'");
}

static void
add_questions(GArray *parts, GHashTable *seen, const struct quiz *from)
{
	for (size_t i = 0; i < from->n_parts; i++) {
		struct quiz_part part = { .question = from->parts[i].question };
		if (part.question &&
		    g_hash_table_add(seen,
			(struct question *)(uintptr_t)part.question))
			g_array_append_val(parts, part);
	}
}

/* Adds what one entry names; a pattern passes mock exams by. */
static void
add_entry(const struct making *m, const struct source *mock, size_t entry,
    GArray *parts, GHashTable *seen, struct diag *d)
{
	const char *given = mock->front.from[entry];
	g_autofree char *pattern = pattern_of(m, given);
	struct loc at = sitting_place(mock, "from", (long)entry);
	size_t n_found = 0;
	const struct source *other_mock = NULL;

	for (size_t i = 0; i < m->page_sources->len; i++) {
		const struct source *s = m->page_sources->pdata[i];
		if (s->n_quizzes == 0 || !is_named(s, pattern))
			continue;
		if (s->front.n_from) {
			other_mock = s;
			continue;
		}
		for (size_t k = 0; k < s->n_quizzes; k++)
			add_questions(parts, seen, s->quizzes[k]);
		n_found++;
	}
	if (n_found)
		return;
	diag_at(d, DIAG_QUIZ_FROM, at, "%s", given);
	if (!other_mock)
		help_with_name(m, pattern, d);
	else if (!is_alone(other_mock, pattern))
		diag_help(d,
		    "only mock exams are there; name the quizzes that they are made of");
	else
		diag_help(d,
		    other_mock == mock
			? "that is this mock exam itself"
			: "that is a mock exam; name the quizzes that it is made of");
}

static void
make_mock(const struct making *m, struct source *s, struct diag *d)
{
	struct quiz *q = s->quizzes[0];
	g_autoptr(GArray)
	    parts = g_array_new(FALSE, FALSE, sizeof(struct quiz_part));
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	/* What stands in the file itself: an introduction, headings. */
	g_array_append_vals(parts, q->parts, (guint)q->n_parts);
	for (size_t i = 0; i < s->front.n_from; i++)
		add_entry(m, s, i, parts, seen, d);
	q->n_parts = parts->len;
	sitting_make(q, arena_array_of(m->arena, parts), s->front.draw,
	    sitting_place(s, "draw", -1), m->arena, d);
	s->ref->n_questions = q->n_asked;
}

void
mocks_make(struct making *m, struct diag *d)
{
	for (size_t i = 0; i < m->page_sources->len; i++) {
		struct source *s = m->page_sources->pdata[i];
		for (size_t k = 0; k < s->n_quizzes; k++)
			s->quizzes[k]->page = s->ref;
		if (s->kind == SOURCE_QUIZ && s->front.n_from && s->n_quizzes)
			make_mock(m, s, d);
	}
}
