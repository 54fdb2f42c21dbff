/* docs/diagnostics.md and diag.def name the same messages, in the same words.
 */
#include "cmd/explain.h"

#include <stdio.h>

void test_cmd_explain(void);

static void
test_all_there(void)
{
	char name[40];

	for (int i = 0; i < DIAG_ID_COUNT; i++)
		if (!explanation_find(diag_name((enum diag_id)i, name))) {
			g_test_message("docs/diagnostics.md lacks %s", name);
			g_test_fail();
		}
	g_assert_null(explanation_find("no-such"));
}

static void
test_none_besides(void)
{
	for (const struct explanation *e = explanations; e->id; e++) {
		if (diag_find(str_of(e->id)) == DIAG_ID_COUNT) {
			g_test_message("there is no message %s", e->id);
			g_test_fail();
		}
		if (e > explanations)
			g_assert_cmpstr(e[-1].id, <, e->id);
	}
}

static void
test_first_line(void)
{
	for (const struct explanation *e = explanations; e->id; e++) {
		enum diag_id id = diag_find(str_of(e->id));
		if (id == DIAG_ID_COUNT)
			continue;
		g_autofree char *want = g_strdup_printf("*%s*: %s.",
		    explanation_level(id), diag_text(id));
		struct str text = str_of(e->text);
		g_autoptr(GString) got = g_string_new(NULL);
		for (size_t i = 0; i < str_find(text, '\n'); i++)
			if (text.p[i] != '`')
				g_string_append_c(got, text.p[i]);
		g_assert_cmpstr(got->str, ==, want);
		/* Something is said besides. */
		g_assert_cmpuint(text.len, >, got->len + 20);
		g_assert_true(str_ends(text, "\n"));
		g_assert_false(str_ends(text, "\n\n"));
	}
}

void
test_cmd_explain(void)
{
	g_test_add_func("/cmd/explain/all_there", test_all_there);
	g_test_add_func("/cmd/explain/none_besides", test_none_besides);
	g_test_add_func("/cmd/explain/first_line", test_first_line);
}
