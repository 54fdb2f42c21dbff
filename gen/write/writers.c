#include "write/writer.h"

const struct writer *const writers[] = {
#define WRITER(name) &writer_##name,
#include "write/writers.def"
#undef WRITER
	NULL
};

const struct writer *
writer_find(const char *name)
{
	for (size_t i = 0; writers[i]; i++)
		if (strcmp(writers[i]->name, name) == 0)
			return writers[i];
	return NULL;
}

struct part *
piece_add(struct piece *p)
{
	struct part *more = arena_array(p->arena, p->n_parts + 1, struct part);

	if (p->n_parts)
		memcpy(more, p->parts, p->n_parts * sizeof(struct part));
	p->parts = more;
	return &more[p->n_parts++];
}
