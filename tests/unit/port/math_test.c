#include "port/math.h"

#include <glib/gstdio.h>

void test_port_math(void);

#define OPEN "<math xmlns=\"http://www.w3.org/1998/Math/MathML\""

static struct math_formula
inline_of(const char *tex)
{
	return (struct math_formula){ str_of(tex), false };
}

/* The installed program, or NULL: the test is skipped. */
static const char *
program_or_skip(struct arena *a)
{
	const char *program = math_program(a);

	if (!program)
		g_test_skip("blahtexml is not installed");
	return program;
}

static void
assert_math(const struct math_result *r, const char *expected)
{
	g_assert_cmpstr(r->error, ==, NULL);
	g_assert_cmpstr(r->mathml.p, ==, expected);
	g_assert_cmpuint(r->mathml.len, ==, strlen(expected));
}

static void
assert_error(const struct math_result *r, const char *expected)
{
	g_assert_cmpuint(r->mathml.len, ==, 0);
	g_assert_cmpstr(r->error, ==, expected);
}

static struct math_result
convert_one(const char *program, const char *tex, struct arena *a)
{
	const struct math_formula f = inline_of(tex);
	struct math_result r;

	g_assert_true(math_convert(program, &f, &r, 1, a));
	return r;
}

/* Names only, of what an XML parser (GLib's) finds in it. */
static void
count_element(GMarkupParseContext *context, const char *name,
    const char **names, const char **values, void *count, GError **error)
{
	(void)context;
	(void)names;
	(void)values;
	(void)error;
	g_assert_true(*name == 'm' && strlen(name) < 11);
	++*(unsigned *)count;
}

static void
assert_well_formed(struct str xml)
{
	static const GMarkupParser parser = { .start_element = count_element };
	unsigned n = 0;
	GError *error = NULL;
	GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0,
	    &n, NULL);

	g_markup_parse_context_parse(context, xml.p, (gssize)xml.len, &error);
	g_assert_no_error(error);
	g_markup_parse_context_end_parse(context, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(n, >, 0);
	g_assert_true(str_starts(xml, OPEN));
	g_assert_null(strpbrk(xml.p, "\n\r\t"));
	g_markup_parse_context_free(context);
}

static void
test_plain(void)
{
	struct arena *a = arena_new();
	const char *program = program_or_skip(a);
	const struct math_formula formulas[] = { inline_of("\\frac{a}{b}"),
		{ STR_LIT(" \\sum_i\n\"i\" "), true }, inline_of("\\foo"),
		{ STR_LIT("x"), true }, inline_of("") };
	struct math_result r[G_N_ELEMENTS(formulas)], again[5];

	if (program) {
		g_assert_true(math_convert(program, formulas, r, 5, a));
		assert_math(&r[0],
		    OPEN " alttext=\"\\frac{a}{b}\"><mfrac><mi>a</mi>"
			 "<mi>b</mi></mfrac></math>");
		g_assert_nonnull(r[1].error);
		assert_error(&r[2], "Unrecognised command \"\\foo\"");
		assert_math(&r[3],
		    OPEN " display=\"block\" alttext=\"x\"><mstyle "
			 "displaystyle=\"true\"><mi>x</mi></mstyle></math>");
		assert_math(&r[4], OPEN " alttext=\"\"></math>");
		g_assert_true(math_convert(program, formulas, again, 5, a));
		for (int i = 0; i < 5; i++)
			g_assert_true(str_eq(r[i].mathml, again[i].mathml));
	}
	g_assert_true(math_convert("/no/such", NULL, NULL, 0, a));
	arena_free(a);
}

static void
test_letters(void)
{
	struct arena *a = arena_new();
	const char *program = program_or_skip(a);
	struct math_result r;

	if (program) {
		r = convert_one(program, "\\mathbb{RA}\\mathcal{B}", a);
		g_assert_nonnull(strstr(r.mathml.p, "<mi>ℝ</mi>"));
		g_assert_nonnull(strstr(r.mathml.p, "<mi>𝔸</mi>"));
		g_assert_nonnull(strstr(r.mathml.p, "<mi>ℬ</mi>"));
		g_assert_null(strstr(r.mathml.p, "mathvariant"));
		r = convert_one(program,
		    "\\mathbf{z1}\\mathfrak{g}\\boldsymbol{\\omega}", a);
		g_assert_nonnull(strstr(r.mathml.p, "<mi>𝐳</mi>"));
		g_assert_nonnull(strstr(r.mathml.p, "<mn>𝟏</mn>"));
		g_assert_nonnull(strstr(r.mathml.p, "<mi>𝔤</mi>"));
		g_assert_nonnull(strstr(r.mathml.p, "<mi>𝝎</mi>"));
		r = convert_one(program, "\\textbf{no}\\mathrm{d}", a);
		g_assert_nonnull(strstr(r.mathml.p,
		    "<mtext mathvariant=\"bold\">no</mtext>"));
		g_assert_nonnull(
		    strstr(r.mathml.p, "<mi mathvariant=\"normal\">d</mi>"));
	}
	arena_free(a);
}

/* Each between two that must come out as ever. */
static void
test_hostile(void)
{
	static const char *const hostile[] = { "]]>", "\"", "<script>", "a&b",
		"\\text{</f></m><script>&lt;\"'}", "\\text{]]> \"> <}",
		"\\input{/etc/passwd}", "{", "}", "\\", "\\newcommand{\\x}{y}",
		"\x01", "\xff", "\x7f", "\xef\xbf\xbf", "\xe2\x80\xa8",
		"&#1;&lt;&foo;", "<!--", "<?x?>", "<![CDATA[", "%", "#1", "$",
		"\\text{ü\n\t  ñ}", "\\color{red}x", "\\color{\"onclick=\"}x",
		"\\newcommand{\\a}{\\a\\a}\\a" };
	const size_t n = 2 * G_N_ELEMENTS(hostile) + 1;
	struct arena *a = arena_new();
	const char *program = program_or_skip(a);
	struct math_formula *f = arena_array(a, n, struct math_formula);
	struct math_result *r = arena_array(a, n, struct math_result);

	for (size_t i = 0; i < n; i++)
		f[i] = inline_of(i % 2 ? hostile[i / 2] : "x");
	if (program)
		g_assert_true(math_convert(program, f, r, n, a));
	for (size_t i = 0; program && i < n; i++) {
		if (i % 2 == 0)
			assert_math(&r[i],
			    OPEN " alttext=\"x\"><mi>x</mi></math>");
		else if (!r[i].error)
			assert_well_formed(r[i].mathml);
		else
			g_assert_cmpuint(r[i].mathml.len, ==, 0);
	}
	if (program) {
		struct math_result one = convert_one(program, hostile[4], a);
		g_assert_nonnull(one.error);
		one = convert_one(program, "\\text{<script>\"'}", a);
		g_assert_nonnull(strstr(one.mathml.p,
		    "<mtext>&lt;script&gt;&quot;'</mtext>"));
	}
	arena_free(a);
}

/* A NUL inside, 100 KB, deep ones, and more than the program can hold, which
 * makes it break off in the middle of the answer. */
static void
test_large(void)
{
	struct arena *a = arena_new();
	const char *program = program_or_skip(a);
	g_autofree char *huge = g_strnfill(100000, 'x');
	g_autofree char *many = g_strnfill(3000, 'x');
	g_autofree char *braces = g_strnfill(16384, '{');
	GString *deep = g_string_new(NULL), *name = g_string_new("\\");

	for (int i = 0; i < 500; i++)
		g_string_append(deep, "x_{");
	for (int i = 0; i < 500; i++)
		g_string_append_c(deep, '}');
	for (int i = 0; i < 2000; i++)
		g_string_append(name, "abc");
	const struct math_formula f[] = { inline_of("x"), inline_of(huge),
		inline_of(many), inline_of("x"), inline_of(braces),
		inline_of(deep->str), { STR_LIT("a\0b"), false },
		inline_of(name->str), inline_of("x") };
	struct math_result r[G_N_ELEMENTS(f)];

	if (program) {
		g_assert_true(math_convert(program, f, r, G_N_ELEMENTS(f), a));
		for (size_t i = 0; i < G_N_ELEMENTS(f); i++)
			if (f[i].tex.len == 1)
				assert_math(&r[i],
				    OPEN " alttext=\"x\"><mi>x</mi></math>");
			else
				g_assert_nonnull(r[i].error);
		assert_error(&r[2],
		    "There are too many nodes in the MathML tree");
		g_assert_cmpuint(strlen(r[7].error), <=, 203);
		g_assert_true(g_str_has_suffix(r[7].error, "…"));
	}
	g_string_free(deep, TRUE);
	g_string_free(name, TRUE);
	arena_free(a);
}

/* ---- programs that are not what they should be */

/* Answers each formula with an <mi>x</mi>; script is what happens then. */
#define ANSWER                                                                \
	"sed -e 's/^<?xml.*/<?xml version=\"1.0\" encoding=\"UTF-8\"?>/' -e " \
	"'s,\\(<f n=\"[0-9]*\"\\) b:[a-z]*=\"[^\"]*\"/>,\\1>" OPEN            \
	"><mi>x</mi></math></f>,g'"

struct fake {
	char *dir, *path;
};

static void
fake_init(struct fake *f, const char *script)
{
	g_autofree char *text = g_strconcat("#!/bin/sh\n", script, "\n", NULL);

	f->dir = g_dir_make_tmp("ergen-math-XXXXXX", NULL);
	f->path = g_build_filename(f->dir, "blahtexml", NULL);
	g_assert_true(g_file_set_contents(f->path, text, -1, NULL));
	g_assert_cmpint(g_chmod(f->path, 0755), ==, 0);
}

static void
fake_release(struct fake *f)
{
	g_unlink(f->path);
	g_rmdir(f->dir);
	g_free(f->path);
	g_free(f->dir);
}

/* Three formulas: "a", "bad", "c". */
static void
run_fake(const char *script, struct math_result r[3], struct arena *a)
{
	const struct math_formula f[] = { inline_of("a"), inline_of("bad"),
		inline_of("c") };
	struct fake fake;

	fake_init(&fake, script);
	g_assert_true(math_convert(fake.path, f, r, 3, a));
	fake_release(&fake);
}

/* In the place of the second <mi>x</mi> of each run; as sed writes it. */
static void
run_fake_content(const char *content, struct math_result r[3], struct arena *a)
{
	g_autofree char *script = g_strdup_printf(ANSWER
	    " | sed 's|<mi>x</mi>|%s|2'",
	    content);

	run_fake(script, r, a);
	assert_math(&r[0], OPEN " alttext=\"a\"><mi>x</mi></math>");
	assert_math(&r[2], OPEN " alttext=\"c\"><mi>x</mi></math>");
}

static void
test_fake_answers(void)
{
	static const char *const refused[] = { "<script>x</script>", "<mi>x",
		"<mi><mi>x</mi></mi>", "x", "<mi onclick=\"x\">x</mi>",
		"<mi mathcolor=\"url(x)\">x</mi>", "<mi>\\&x;</mi>",
		"<mi>x</mo>", "<mfrac><mi>x</mi></mfrac>", "<!-- -->", "<mi",
		"<mi width=\"1\" width=\"1\">x</mi>", "<![CDATA[x]]>",
		"<mi\\n>x</mi>", "<mspace>x</mspace>", "<mrow>", "</mrow>",
		"<semantics><mi>x</mi></semantics>", "<mi width=\"\">x</mi>",
		"<mi width=1>x</mi>", "</math><math>" };
	struct arena *a = arena_new();
	struct math_result r[3];

	run_fake(ANSWER, r, a);
	assert_math(&r[1], OPEN " alttext=\"bad\"><mi>x</mi></math>");
	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
		run_fake_content(refused[i], r, a);
		assert_error(&r[1],
		    "blahtexml gives no MathML that can be used");
	}
	run_fake_content("<mi>\\&amp;\\&quot;></mi>", r, a);
	assert_math(&r[1],
	    OPEN " alttext=\"bad\"><mi>&amp;&quot;&gt;</mi></math>");
	run_fake_content("<error c=\"d\">ä\\&lt;\\&#xA;b</error>", r, a);
	assert_error(&r[1], "ä< b");
	/* These spoil the whole run; alone there is no second <mi>. */
	run_fake_content("<mi>x</mi>\x01", r, a);
	g_assert_cmpstr(r[1].error, ==, NULL);
	run_fake_content("</math></f><f>", r, a);
	g_assert_cmpstr(r[1].error, ==, NULL);
	arena_free(a);
}

static void
test_fake_failures(void)
{
	/* Each of these in every run; nothing can be believed. */
	static const char *const scripts[] = { "exit 0", "cat; exit 0",
		"exit 127", "kill -9 $$", ANSWER " | head -c 150",
		ANSWER " | sed 's/<f n=\"[0-9]*\"/<f/g'",
		ANSWER " | sed 's/<f n=\"/<f n=\"1/g'",
		ANSWER " | sed 's|</m>$||'", ANSWER "; echo more",
		ANSWER " | sed 's|</m>$|<f n=\"9\"></f></m>|'" };
	struct arena *a = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
		struct math_result r[3];
		run_fake(scripts[i], r, a);
		for (int k = 0; k < 3; k++) {
			g_assert_nonnull(r[k].error);
			g_assert_cmpuint(r[k].mathml.len, ==, 0);
		}
	}
	/* The program cannot be run at all. */
	const struct math_formula f[] = { inline_of("a"), inline_of("\x01") };
	struct math_result r[2];
	g_assert_false(math_convert("/no/such", f, r, 2, a));
	g_assert_true(g_str_has_prefix(r[0].error, "blahtexml could not be"));
	g_assert_nonnull(r[1].error);
	arena_free(a);
}

/* It dies of one formula among 300: only that one is lost. */
static void
test_fake_halves(void)
{
	enum {
		N = 300,
		BAD = 211
	};
	struct arena *a = arena_new();
	struct math_formula f[N];
	struct math_result r[N];
	struct fake fake;

	for (size_t i = 0; i < N; i++)
		f[i] = inline_of(i == BAD ? "bad" : "good");
	fake_init(&fake,
	    "in=$(cat)\ncase $in in *'\"bad\"'*) kill -SEGV $$;; esac\n"
	    "printf '%s\\n' \"$in\" | " ANSWER);
	g_assert_true(math_convert(fake.path, f, r, N, a));
	for (size_t i = 0; i < N; i++)
		if (i == BAD)
			assert_error(&r[i], "blahtexml ended with signal 11");
		else
			assert_math(&r[i],
			    OPEN " alttext=\"good\"><mi>x</mi></math>");
	/* And of all of them: it gives up in the end. */
	for (size_t i = 0; i < N; i++)
		f[i] = inline_of("bad");
	g_assert_true(math_convert(fake.path, f, r, N, a));
	for (size_t i = 0; i < N; i++)
		g_assert_nonnull(r[i].error);
	assert_error(&r[N - 1], "blahtexml has failed too often");
	fake_release(&fake);
	arena_free(a);
}

void
test_port_math(void)
{
	g_test_add_func("/port/math/plain", test_plain);
	g_test_add_func("/port/math/letters", test_letters);
	g_test_add_func("/port/math/hostile", test_hostile);
	g_test_add_func("/port/math/large", test_large);
	g_test_add_func("/port/math/fake_answers", test_fake_answers);
	g_test_add_func("/port/math/fake_failures", test_fake_failures);
	g_test_add_func("/port/math/fake_halves", test_fake_halves);
}
