/*
 * Parsing in four threads gives what one thread gives, always. cmark-gfm's
 * strikethrough extension changes a global table while it runs; doc/md.c keeps
 * documents with and without "~" apart, and here both kinds meet.
 */
#include "base/par.h"
#include "tree.h"

void test_doc_thread(void);

enum {
	PARSES = 20000,
	THREADS = 4
};

static const char *const texts[] = {
	"# A\n\nPlain *emphasis* and **strong** text, `code`.\n",
	"~~gone~~ and ~~gone again~~ *so* ~one~\n",
	"| a | b |\n| - | :-: |\n| ~~x~~ | `y` |\n",
	"| a | b |\n| - | :-: |\n| x | y |\n\n- [ ] open\n- [x] done\n",
	"> [!TIP]\n> **Exam tip** a ~~b~~ c\n",
	"> [!TIP]\n> **Exam tip** a [b](c) d https://example.com/x\n",
	"a[^1] b[^2]\n\n[^1]: one ~~two~~\n[^2]: three\n",
	"a[^1] b[^2]\n\n[^1]: one\n[^2]: three\n",
	"1. a\n   > q ~~r~~\n2. b\n\n   ```sh\n   ls ~\n   ```\n",
	"1. a\n   > q\n2. b\n\n   ```sh\n   ls\n   ```\n",
	"<!-- q: x -->\n\n<b>raw</b> ~~text~~ www.example.com\n",
	"a $b_1 * c_2*$ d $$e_f_$$ *g* $h\n",
	"a b_1 * c_2* d $e *g* `$h`\n",
	"*~ b* one\n",
	"*$ b* one\n",
	"<!-- q: x -->\n\n<b>raw</b> text :colon: www.example.com\n",
};

/* Filled before any thread starts. */
static char *expected[G_N_ELEMENTS(texts)];

struct tally {
	unsigned wrong[THREADS];
};

static char *
dumped(const char *text)
{
	GString *out = g_string_new(NULL);
	struct parsed p;

	parse(&p, str_of(text));
	dump(out, p.doc->body);
	g_string_append(out, p.said);
	release(&p);
	return g_string_free(out, FALSE);
}

static void
parse_one(size_t item, unsigned worker, void *ctx)
{
	struct tally *t = ctx;
	/* Neighbours in time are of different kinds. */
	size_t which = item % G_N_ELEMENTS(texts);
	g_autofree char *got = dumped(texts[which]);

	t->wrong[worker] += strcmp(got, expected[which]) != 0;
}

static void
test_four_threads(void)
{
	struct tally t = { { 0 } };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		expected[i] = dumped(texts[i]);
	par_run(PARSES, THREADS, parse_one, &t);
	for (unsigned i = 0; i < THREADS; i++)
		g_assert_cmpuint(t.wrong[i], ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(expected[i]);
}

void
test_doc_thread(void)
{
	g_test_add_func("/doc/thread/four", test_four_threads);
}
