#include "write/own.h"

#include "book/id.h"
#include "write/exec/exec.h"
#include "write/plugin/plugin.h"

/* Its files go to out/NAME/, beside those of others. */
static bool
has_good_name(const struct output *o, struct diag *d)
{
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
	if (!has_good_name(o, d) || (!o->command && !o->plugin))
		return NULL;
	if (!asks)
		return silent_writer(o, a);
	return o->command ? exec_writer(o, site->dir, a, d)
			  : plugin_writer(o, site->dir, a, d);
}
