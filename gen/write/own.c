#include "write/own.h"

#include "book/id.h"
#include "write/exec/exec.h"
#include "write/plugin/plugin.h"

/* A translation goes to out/NAME-LANG/: writer_product(). */
static bool
is_of_translation(const char *name, const struct site *site, struct diag *d,
    struct loc at)
{
	for (size_t i = 0; i < site->n_outputs; i++)
		for (size_t k = 0; k < site->n_translations; k++) {
			const struct output *other = &site->outputs[i];
			const char *lang = site->translations[k];
			g_autofree char *product = g_strconcat(other->name, "-",
			    lang, NULL);
			if (!other->is_own || strcmp(product, name) != 0)
				continue;
			diag_at(d, DIAG_OUTPUT_NAME, at, "%s", name);
			diag_help(d,
			    "the translation of '%s' into '%s' is called that",
			    other->name, lang);
			return true;
		}
	return false;
}

/* Its files go to out/NAME/, beside those of others. */
static bool
has_good_name(const struct output *o, const struct site *site, struct diag *d)
{
	if (is_of_translation(o->name, site, d, o->at))
		return false;
	if (writer_find(o->name)) {
		diag_at(d, DIAG_OUTPUT_NAME, o->at, "%s", o->name);
		diag_help(d, "ergen has a format of this name");
		return false;
	}
	if (id_is_valid(str_of(o->name)) && strcmp(o->name, SITE_FOLDER) != 0)
		return true;
	diag_at(d, DIAG_OUTPUT_NAME, o->at, "%s", o->name);
	diag_help(d,
	    "it names a folder in out/: lower-case letters and digits, parts joined by single hyphens, and not '%s'",
	    SITE_FOLDER);
	return false;
}

static const struct writer *
silent_writer(const struct output *o, struct arena *a)
{
	struct writer *w = arena_obj(a, struct writer);

	w->name = w->folder = o->name;
	return w;
}

const struct writer *
own_writer(const struct output *o, const struct site *site, bool asks,
    struct arena *a, struct diag *d)
{
	if (!has_good_name(o, site, d) || (!o->command && !o->plugin))
		return NULL;
	if (!asks)
		return silent_writer(o, a);
	return o->command ? exec_writer(o, site->dir, a, d)
			  : plugin_writer(o, site->dir, a, d);
}
