#include "cmd/explain.h"

const struct explanation explanations[] = {
#define SECTION(id, text) { id, text },
#include "cmd/explanations.def"
#undef SECTION
	{ NULL, NULL },
};

const struct explanation *
explanation_find(const char *id)
{
	for (const struct explanation *e = explanations; e->id; e++)
		if (strcmp(e->id, id) == 0)
			return e;
	return NULL;
}

const char *
explanation_level(enum diag_id id)
{
	static const char *const names[] = { "none", "note", "warning", "error",
		"error of the machine" };

	return names[diag_default_level(id)];
}
