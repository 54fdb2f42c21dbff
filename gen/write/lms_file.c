#include "base/text.h"
#include "write/lms.h"

bool
lms_file_open(struct job *j)
{
	struct lms_file *s = j->state;

	s->text = g_string_new(NULL);
	s->arena = j->arena;
	return true;
}

static const char *const names[] = { "title", "id", NULL };

void
lms_file_check(const struct brief *in, struct diag *d)
{
	writer_check_option(in, LMS_FILE_CATEGORIES, lms_levels, d);
	writer_check_option(in, LMS_FILE_NAME, names, d);
}

const char *
lms_file_name(const struct lms *w, const struct question *q)
{
	const bool is_id = strcmp(writer_option(w->in, LMS_FILE_NAME), "id") ==
	    0;
	const char *title = lms_line(w, q->title);

	return is_id || !*title ? q->id : title;
}

static enum lms_level
level_of(const char *name)
{
	unsigned i = LMS_LESSON;

	while (i > LMS_NONE && strcmp(lms_levels[i], name) != 0)
		i--;
	return (enum lms_level)i;
}

void
lms_file_add(struct piece *p, const struct lms *w, GString *text)
{
	if (text->len == 0)
		return;
	struct part *part = piece_add(p);
	part->path = lms_path(w,
	    level_of(writer_option(w->in, LMS_FILE_CATEGORIES)));
	part->bytes = arena_take(p->arena, text);
	part->raw_size = part->bytes.len;
}

bool
lms_file_emit(struct job *j, const struct piece *p,
    void (*put)(GString *to, const char *category))
{
	struct lms_file *s = j->state;

	for (size_t i = 0; i < p->n_parts; i++) {
		const char *category = p->parts[i].path;
		if (*category &&
		    (!s->category || strcmp(s->category, category) != 0)) {
			s->category = arena_strdup(s->arena, category);
			put(s->text, category);
		}
		text_add(s->text, p->parts[i].bytes.p, p->parts[i].bytes.len);
	}
	return true;
}

bool
lms_file_finish(struct job *j, const char *end)
{
	struct lms_file *s = j->state;
	g_autofree char *path = writer_product(j->writer, j->in.site);

	text_addz(s->text, end);
	return out_file(j->out, path,
	    (struct str){ s->text->str, s->text->len });
}

void
lms_file_close(struct job *j)
{
	struct lms_file *s = j->state;

	if (s->text)
		g_string_free(s->text, TRUE);
	s->text = NULL;
}
