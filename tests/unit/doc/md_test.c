#include "tree.h"

void test_doc_md(void);

static void
test_blocks(void)
{
	static const struct {
		const char *text, *tree;
	} cases[] = {
		{ "", "" },
		{ "a", "p('a')" },
		{ "a\nb  \nc", "p('a' soft 'b' br 'c')" },
		{ "a\r\nb\r\n", "p('a' soft 'b')" },
		{ "# A *b*\n", "h1#a-b('A ' em('b'))" },
		{ "A\n=\n", "h1#a('A')" },
		{ "## x\n## x\n## x-1\n## x\n",
		    "h2#x('x') h2#x-1('x') h2#x-1-1('x-1') h2#x-2('x')" },
		{ "> a\n", "quote(p('a'))" },
		{ "***\n", "hr" },
		{ "```c x\na\n```\n", "pre:c x'a\n'" },
		{ "    a\n", "pre:'a\n'" },
		{ "- a\n- b\n", "list(item(p('a')) item(p('b')))" },
		{ "3. a\n", "list(item(p('a')))" },
		{ "|a|b|\n|:-|-|\n|c|",
		    "table(row(cell('a') cell('b')) row(cell('c') cell))" },
		{ "<div>\n", "html'<div>\n'" },
		{ "<!-- ordinary -->\n", "" },
		{ "<!-- quiz -->\n", "comment:quiz" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		expect_tree(cases[i].text, cases[i].tree);
}

static void
test_inlines(void)
{
	static const struct {
		const char *text, *tree;
	} cases[] = {
		{ "*a* **b** ~~c~~ `d`",
		    "p(em('a') ' ' strong('b') ' ' del('c') ' ' code'd')" },
		{ "a ~b", "p('a ~b')" },
		/* Emphasis looks past "~", and not only if there are two. */
		{ "*~ b*", "p('*~ b*')" },
		{ "*~ b* ~", "p('*~ b* ~')" },
		{ "[a](b \"c\") ![d](e)", "p(a:b('a') ' ' img:e('d'))" },
		{ "[a]\n\n[a]: b", "p(a:b('a'))" },
		{ "a\\*b &amp; c &#x41;", "p('a*b & c A')" },
		/* No characters, and no UTF-8 as cmark writes them. */
		{ "a&#xFFFE;b&#65535; [c&#xffff;](d&#xfffe; \"&#xFFFE;\")",
		    "p('ab ' a:d('c'))" },
		{ "```a&#xFFFE;b\n```", "pre:ab''" },
		{ "a <b>c</b>", "p('a ' raw'<b>' 'c' raw'</b>')" },
		{ "a <!-- c --> d", "p('a ' ' d')" },
		{ "a[^x] b[^y] c[^x]\n\n[^y]: Y\n\n[^x]: X\n",
		    "p('a' ref1 ' b' ref2 ' c' ref1)" },
		{ "a\\[^x]", "p('a[^x]')" },
		{ "a [^b c\nd] e", "p('a [^b c' soft 'd] e')" },
		{ "\xc3\xa9[^#|:-:|\xef\xbb\xbf\n|https://^2]",
		    "p('\xc3\xa9[^#|:-:|\xef\xbb\xbf' soft '|https://^2]')" },
		{ "`[^a`\n[^b](c)", "p(code'[^a' soft a:c('^b'))" },
		{ "https://a.example",
		    "p('' a:https://a.example("
		    "'https://a.example'))" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		expect_tree(cases[i].text, cases[i].tree);
}

static void
test_math(void)
{
	static const struct {
		const char *text, *tree;
	} cases[] = {
		{ "a $b_1 * c_2 * d$ e", "p('a ' math'b_1 * c_2 * d' ' e')" },
		{ "$`a_1`$ $`b$c`$", "p(math'a_1' ' ' math'b$c')" },
		{ "$` a `$ $``$", "p(math'a' ' $``$')" },
		{ "$$a_1$$ b", "p(display'a_1' ' b')" },
		{ "a\n$$\nb \\\\\n  c\n$$", "p('a' soft display'b \\\\\nc')" },
		{ "$$\na\n$$ b *c*", "p('$$' soft 'a' soft '$$ b ' em('c'))" },
		{ "```math\na_1\n```", "p(display'a_1')" },
		{ "```mathematica\na\n```", "pre:mathematica'a\n'" },
		{ "$20 and $30", "p('$20 and $30')" },
		{ "$20, US$30", "p('$20, US$30')" },
		{ "$ a$ $b $", "p('$ a$ $b $')" },
		{ "\\$a$ $b\\$", "p('$a$ $b$')" },
		{ "$a\\$b$", "p(math'a\\$b')" },
		{ "$a\nb$", "p('$a' soft 'b$')" },
		{ "`$a$` $b `c$`", "p(code'$a$' ' $b ' code'c$')" },
		{ "$a `b$`", "p('$a ' code'b$')" },
		{ "$$$a$$$ $$ $", "p('$$$a$$$ $$ $')" },
		{ "*a $b* c$*", "p(em('a ' math'b* c'))" },
		{ "[$a$](b)", "p(a:b(math'a'))" },
		{ "# $a_1$ b", "h1#a_1-b(math'a_1' ' b')" },
		{ "|$a$|$b\\|c$|\n|-|-|",
		    "table(row(cell(math'a') cell(math'b|c')))" },
		{ "$<b>&amp;$", "p(math'<b>&amp;')" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		expect_tree(cases[i].text, cases[i].tree);
}

/* The box is what stands at the item's start in the source, nothing else. */
static void
test_boxes(void)
{
	static const struct {
		const char *text, *tree;
	} cases[] = {
		{ "- [ ] a", "list(item[](p('a')))" },
		{ "- [x] a", "list(item[x](p('a')))" },
		{ "* [X] a", "list(item[x](p('a')))" },
		{ "1. [x] a", "list(item[x](p('a')))" },
		{ "12) [ ] a", "list(item[](p('a')))" },
		{ "- [ ] a [x] b", "list(item[](p('a [x] b')))" },
		{ "- [x] a [ ] b", "list(item[x](p('a [ ] b')))" },
		{ "- a [x]", "list(item(p('a [x]')))" },
		{ "-\t[x]\ta", "list(item[x](p('a')))" },
		{ "> - [x] a", "quote(list(item[x](p('a'))))" },
		{ "- - [x] a", "list(item(list(item[x](p('a')))))" },
		{ "- [ ] a\n  - [x] b",
		    "list(item[](p('a') list(item[x](p('b')))))" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		expect_tree(cases[i].text, cases[i].tree);
}

/* Lines and columns are those of the source, whatever stands before. */
static void
test_places(void)
{
	struct origin in = { "a.md",
		STR_LIT("front\n\xc3\xa9 *b*\n\n> - [c](d)\n") };
	const struct callout_rules rules = { NULL, 0 };
	struct arena *a = arena_new(), *scratch = arena_new();
	struct diag *d = diag_new();
	struct doc *doc = md_parse(&in, 6, 2, &rules, a, scratch, d);
	const struct node *p = doc->body->child, *em = p->child->next;

	g_assert_cmpuint(p->line, ==, 2);
	g_assert_cmpuint(p->col, ==, 1);
	g_assert_cmpint(em->kind, ==, NODE_EMPH);
	g_assert_cmpuint(em->line, ==, 2);
	g_assert_cmpuint(em->col, ==, 4);
	g_assert_cmpuint(doc->n_links, ==, 1);
	g_assert_cmpuint(doc->links[0]->at.line, ==, 4);
	g_assert_cmpuint(doc->links[0]->at.col, ==, 5);
	g_assert_true(str_is(doc_line(doc, 4), "> - [c](d)"));
	diag_free(d);
	arena_free(a);
	arena_free(scratch);
}

/* CommonMark ends a line at a lone carriage return as well; the box must
 * still be read from the right line. */
static void
test_carriage_return(void)
{
	expect_tree("a\rb\n\n- [ ] c\n- [x] d\n",
	    "p('a' soft 'b') list(item[](p('c')) item[x](p('d')))");
}

static void
test_byte_order_mark(void)
{
	struct parsed p;
	const struct callout_rules rules = { NULL, 0 };

	parse(&p, STR_LIT("\xef\xbb\xbf# A\n"));
	struct doc *doc = md_parse(&p.in, 3, 1, &rules, p.a, p.scratch, p.d);
	g_assert_cmpint(doc->body->child->kind, ==, NODE_HEADING);
	g_assert_false(doc->body->child->heading.is_setext);
	release(&p);
}

static void
test_headings(void)
{
	struct parsed p;

	parse(&p, STR_LIT("# A `b` *c*\n\nD\n---\n"));
	g_assert_cmpuint(p.doc->n_headings, ==, 2);
	g_assert_cmpstr(p.doc->headings[0].text, ==, "A b c");
	g_assert_cmpstr(p.doc->headings[0].id, ==, "a-b-c");
	g_assert_false(p.doc->headings[0].node->heading.is_setext);
	g_assert_true(p.doc->headings[1].node->heading.is_setext);
	g_assert_cmpuint(p.doc->headings[1].level, ==, 2);
	release(&p);
}

static void
test_nesting(void)
{
	g_autoptr(GString) s = g_string_new(NULL);

	for (int i = 0; i < 200; i++)
		g_string_append(s, i % 2 ? "**a " : "*a ");
	for (int i = 200; i--;)
		g_string_append(s, i % 2 ? "b**" : "b*");
	struct parsed p;
	parse(&p, (struct str){ s->str, s->len });
	g_assert_nonnull(strstr(p.said, "[source-nesting]"));
	g_assert_cmpuint(diag_count(p.d, DIAG_ERROR), ==, 1);
	release(&p);
}

void
test_doc_md(void)
{
	g_test_add_func("/doc/md/blocks", test_blocks);
	g_test_add_func("/doc/md/inlines", test_inlines);
	g_test_add_func("/doc/md/math", test_math);
	g_test_add_func("/doc/md/boxes", test_boxes);
	g_test_add_func("/doc/md/places", test_places);
	g_test_add_func("/doc/md/carriage_return", test_carriage_return);
	g_test_add_func("/doc/md/byte_order_mark", test_byte_order_mark);
	g_test_add_func("/doc/md/headings", test_headings);
	g_test_add_func("/doc/md/nesting", test_nesting);
}
