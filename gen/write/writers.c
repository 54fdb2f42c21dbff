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

char *
writer_product(const struct writer *w, const struct site *site)
{
	if (w->suffix)
		return g_strconcat(site->slug, w->suffix, NULL);
	if (site->lang_dir && strcmp(w->folder, SITE_FOLDER) != 0)
		return g_strconcat(w->folder, "-", site->lang_dir, NULL);
	return g_strdup(w->folder);
}

struct part *
piece_add(struct piece *p)
{
	const size_t n = p->n_parts;

	/* Room for twice as many whenever a power of two is full: a glossary
	 * may have thousands of notes on one page. */
	if ((n & (n - 1)) == 0) {
		struct part *more = arena_array(p->arena, n ? 2 * n : 1,
		    struct part);
		if (n)
			memcpy(more, p->parts, n * sizeof(struct part));
		p->parts = more;
	}
	return &p->parts[p->n_parts++];
}
