/* The note types that Anki itself has. */
#include "import/anki.h"

static const char *const fields[] = { "Front", "Back" };
static const char *const cloze_fields[] = { "Text", "Back Extra" };
static const char *const ergen_fields[] = { "Question", "Options", "Answer",
	"Explanation", "Hint", "Context", "Source", "Id", "Reserved1",
	"Reserved2", "Reserved3" };

static const struct anki_template forward[] = {
	{ "{{Front}}", "<hr id=answer>{{Back}}" },
	{ "{{Back}}", "<hr id=answer>{{Front}}" },
};
static const struct anki_template typed[] = {
	{ "{{Front}}{{type:Back}}", "<hr id=answer>" },
};
static const struct anki_template cloze[] = {
	{ "{{cloze:Text}}", "{{cloze:Text}}{{Back Extra}}" },
};

/* More fields than the type has are named by their number. */
static const char *const *
names_of(struct import *im, const char *const *known, size_t n_known, size_t n)
{
	const char **names = arena_array(im->arena, n + 1, const char *);

	for (size_t i = 0; i < n; i++)
		names[i] = i < n_known
		    ? known[i]
		    : arena_printf(im->arena, "Field %zu", i + 1);
	return names;
}

const struct anki_type *
anki_known_type(struct import *im, const char *name, size_t n_fields)
{
	struct anki_type *t = arena_obj(im->arena, struct anki_type);
	g_autofree char *low = g_utf8_strdown(name, -1);
	const char *const *known = fields;
	size_t n_known = G_N_ELEMENTS(fields);

	t->name = arena_strdup(im->arena, name);
	t->templates = forward;
	t->n_templates = strstr(low, "revers") ? 2 : 1;
	if (strstr(low, "cloze")) {
		t->is_cloze = true;
		t->templates = cloze;
		t->n_templates = 1;
		known = cloze_fields;
	} else if (strstr(low, "type in") || strstr(low, "typed")) {
		t->templates = typed;
		t->n_templates = 1;
	}
	if (g_str_has_prefix(name, "ergen ")) {
		known = ergen_fields;
		n_known = G_N_ELEMENTS(ergen_fields);
	}
	t->n_fields = MAX(n_fields, n_known);
	t->fields = names_of(im, known, n_known, t->n_fields);
	return t;
}
