#include "tree.h"

void test_doc_callout(void);

static void
test_recognised(void)
{
	static const struct {
		const char *text, *tree;
	} cases[] = {
		{ "> [!TIP]\n> a", "callout:tip/tip/-(p('a'))" },
		{ "> [!note]\n>\n> a", "callout:note/note/-(p('a'))" },
		{ "> [!TIP]\n> **T**\n> a", "callout:tip/tip/T(p('a'))" },
		{ "> [!TIP]\n> **T**\n>\n> a", "callout:tip/tip/T(p('a'))" },
		{ "> [!TIP]\n> **T** a",
		    "callout:tip/tip/-(p(strong('T') ' a'))" },
		{ "> [!TIP]\n> **Exam tip** a",
		    "callout:tip/exam/Exam tip(p('a'))" },
		{ "> [!TIP]\n> **Exam tip:** a",
		    "callout:tip/exam/Exam tip(p('a'))" },
		{ "> [!a b]\n> a", "quote(p('[!a b]' soft 'a'))" },
		{ "> a [!TIP]", "quote(p('a [!TIP]'))" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		expect_tree(cases[i].text, cases[i].tree);
}

static void
test_plain_quotes(void)
{
	expect_said("> [!TIP] a\n> b",
	    "a.md:1:1: warning: this alert is shown as a plain quote: "
	    "'[!TIP]' [alert-marker]");
	expect_said("> [!TIP]\n",
	    "a.md:1:1: warning: this alert is shown as a plain quote: "
	    "'[!TIP]' [alert-marker]");
	expect_said("- a\n\n  > [!TIP]\n  > b",
	    "a.md:3:3: warning: this alert is shown as a plain quote: "
	    "'[!TIP]' [alert-marker]");
	expect_said("> [!OTHER]\n> a",
	    "a.md:1:1: warning: this alert is shown as a plain quote: "
	    "'[!OTHER]' [alert-marker]");
}

void
test_doc_callout(void)
{
	g_test_add_func("/doc/callout/recognised", test_recognised);
	g_test_add_func("/doc/callout/plain_quotes", test_plain_quotes);
}
