#include "import/look.h"

#include "doc/md.h"

const struct doc *
look_parse(struct arena *a, const char *markdown)
{
	struct origin *in = arena_obj(a, struct origin);
	const struct callout_rules rules = { 0 };
	struct arena *scratch = arena_new();
	struct diag *d = diag_new();

	in->path = "";
	in->text = str_of(markdown);
	const struct doc *doc = md_parse(in, 0, 1, &rules, a, scratch, d);
	arena_free(scratch);
	diag_free(d);
	return doc;
}

const char *
look_text(struct arena *a, const char *markdown)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (markdown)
		node_text(text, look_parse(a, markdown)->body);
	return arena_str(a, str_trim((struct str){ text->str, text->len }));
}
