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

void
lms_file_add(struct piece *p, const char *category, GString *text)
{
	if (text->len == 0)
		return;
	struct part *part = piece_add(p);
	part->path = category;
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
