#include "write/writer.h"

const struct writer *const writers[] = {
#define WRITER(name) &writer_##name,
#include "write/writers.def"
#undef WRITER
	NULL
};

const struct rendition paper_renditions[] = {
	[QUESTION_ONE] = { .how = "options with letters" },
	[QUESTION_MANY] = { .how = "options with letters" },
	[QUESTION_TRUTH] = { .how = "two options with letters" },
	[QUESTION_TEXT] = { .how = "a line to write on" },
	[QUESTION_NUMBER] = { .how = "a line to write on, with the unit" },
	[QUESTION_ORDER] = { .how =
				 "items with letters, a line for their order" },
	[QUESTION_MATCH] = { .how =
				 "numbers to write letters of a word bank at" },
	[QUESTION_MATRIX] = { .how = "a table of boxes to tick" },
	[QUESTION_CLOZE] = { .how = "numbered lines in the text" },
};

const struct writer *
writer_find(const char *name)
{
	for (size_t i = 0; writers[i]; i++)
		if (strcmp(writers[i]->name, name) == 0)
			return writers[i];
	return NULL;
}

/* A file at the root of the website, or of its part in this language. */
static char *
in_website(const char *file, const struct site *site)
{
	g_autofree char *low = site->lang_dir
	    ? g_ascii_strdown(site->lang_dir, -1)
	    : NULL;

	return low ? g_strconcat(SITE_FOLDER "/", low, "/", file, NULL)
		   : g_strconcat(SITE_FOLDER "/", file, NULL);
}

char *
writer_more(const struct writer *w, const struct site *site)
{
	if (!w->more)
		return NULL;
	return w->suffix ? g_strconcat(site->slug, w->more, NULL)
			 : in_website(w->more, site);
}

char *
writer_product(const struct writer *w, const struct site *site)
{
	if (w->file)
		return in_website(w->file, site);
	if (w->suffix)
		return g_strconcat(site->slug, w->suffix, NULL);
	if (site->lang_dir && strcmp(w->folder, SITE_FOLDER) != 0)
		return g_strconcat(w->folder, "-", site->lang_dir, NULL);
	return g_strdup(w->folder);
}

/* Where site.yaml gives the option, or at least the format. */
static struct loc
place_of(const struct brief *in, const char *key)
{
	const struct output *o = site_output(in->site, in->writer->name);

	for (size_t i = 0; o && i < o->n_settings; i++)
		if (strcmp(o->settings[i].key, key) == 0)
			return o->settings[i].at;
	return o ? o->at : (struct loc){ in->site->origin, 0, 0 };
}

void
writer_check_option(const struct brief *in, size_t i,
    const char *const *allowed, struct diag *d)
{
	const char *key = in->writer->options[i].key;
	const char *value = writer_option(in, i);
	g_autoptr(GString) help = g_string_new(NULL);

	if (g_strv_contains(allowed, value))
		return;
	for (size_t k = 0; allowed[k]; k++)
		g_string_append_printf(help, "%s'%s'",
		    k == 0               ? ""
			: allowed[k + 1] ? ", "
					 : " or ",
		    allowed[k]);
	diag_at(d, DIAG_SITE_TYPE, place_of(in, key), "%s", value);
	diag_help(d, "'%s' is %s", key, help->str);
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
