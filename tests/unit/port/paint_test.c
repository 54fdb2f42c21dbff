#include "port/image.h"
#include "port/paint.h"

/* What fonts make of it differs from machine to machine, so nothing here looks
 * at letters. */

/* Where it stands in every PNG of ours: behind signature, IHDR, and length. */
enum {
	PLTE = 8 + 25 + 4
};

static const unsigned sizes[] = { 60, 40, 20, 0 };

static const struct paint_text one_line = { .text = "Text",
	.font = "serif bold",
	.sizes = sizes,
	.most_lines = 3,
	.x = 10,
	.y = 10,
	.width = 280,
	.height = 250,
	.colour = 0xffffff };

/* NULL: the test is skipped. */
static struct paint *
begin(void)
{
	struct paint *p = paint_new(300, 400, "en", false);

	if (p)
		paint_rect(p, 0, 0, 300, 400, 0x102030);
	else
		g_test_skip("there is no Pango, or no font");
	return p;
}

static void
test_size(void)
{
	struct arena *a = arena_new();
	struct paint *p = begin();
	struct image image;
	struct str png;

	if (p) {
		paint_disc(p, 150, 300, 80, 0, 4, 0xff8000);
		paint_text(p, &one_line);
		g_assert_true(paint_png(p, a, &png));
		g_assert_true(image_probe(png, &image));
		g_assert_cmpint(image.kind, ==, IMAGE_PNG);
		g_assert_cmpuint(image.width, ==, 300);
		g_assert_cmpuint(image.height, ==, 400);
		/* Colours come as they are, the first first. */
		g_assert_cmpmem(png.p + PLTE, 4 + 9,
		    "PLTE\x10\x20\x30\xff\x80\x00\xff\xff\xff", 4 + 9);
	}
	paint_free(p);
	arena_free(a);
}

static void
test_same(void)
{
	struct arena *a = arena_new();
	struct str png[2];

	for (size_t i = 0; i < G_N_ELEMENTS(png); i++) {
		struct paint *p = begin();
		if (!p)
			break;
		paint_text(p, &one_line);
		g_assert_true(paint_png(p, a, &png[i]));
		paint_free(p);
		if (i == 1)
			g_assert_true(str_eq(png[0], png[1]));
	}
	arena_free(a);
}

/* Longer text is higher, shrinks, and at last is cut. */
static void
test_fit(void)
{
	struct paint *p = begin();
	g_autoptr(GString) longest = g_string_new(NULL);
	struct paint_text t = one_line;

	for (size_t i = 0; i < 1000; i++)
		g_string_append(longest, "many words ");
	if (p) {
		const int one = paint_text(p, &t);
		t.text = "Text of three lines";
		const int three = paint_text(p, &t);
		t.text = longest->str;
		const int all = paint_text(p, &t);
		g_assert_cmpint(one, >, 0);
		g_assert_cmpint(three, >, one);
		g_assert_cmpint(three, <=, t.height);
		g_assert_cmpint(all, <=, t.height);
		g_assert_cmpint(all, <, 3 * one);
		t.text = "Donaudampfschifffahrtselektrizitätenhauptwerk";
		g_assert_cmpint(paint_text(p, &t), <=, t.height);
	}
	paint_free(p);
}

static void
test_no_letter(void)
{
	struct arena *a = arena_new();
	struct paint *p = begin();
	struct paint_text t = one_line;
	struct str png;

	if (p) {
		t.text = "\xf4\x8f\xbf\xbd"; /* U+10FFFD is for private use */
		paint_text(p, &t);
		g_assert_false(paint_png(p, a, &png));
	}
	paint_free(p);
	arena_free(a);
}

static void
test_right_to_left(void)
{
	struct arena *a = arena_new();
	struct paint *p = paint_new(300, 400, "ar", true);
	struct str png;

	if (p) {
		paint_text(p, &one_line);
		g_assert_true(paint_png(p, a, &png));
	} else {
		g_test_skip("there is no Pango, or no font");
	}
	paint_free(p);
	arena_free(a);
}

void test_port_paint(void);

void
test_port_paint(void)
{
	g_test_add_func("/port/paint/size", test_size);
	g_test_add_func("/port/paint/same", test_same);
	g_test_add_func("/port/paint/fit", test_fit);
	g_test_add_func("/port/paint/no-letter", test_no_letter);
	g_test_add_func("/port/paint/right-to-left", test_right_to_left);
}
