#include "port/yaml.h"

#include <stdio.h>

struct fixture {
	struct origin origin;
	struct arena *a;
	struct diag *d;
	const struct yaml *root;
	char *said; /* what diag_print() writes */
};

static void
parse(struct fixture *f, const char *text, size_t len, unsigned first_line)
{
	*f = (struct fixture){ .origin = { "t.yaml", { text, len } },
		.a = arena_new(),
		.d = diag_new() };
	size_t size;

	f->root = yaml_parse(&f->origin, f->origin.text, first_line,
	    DIAG_SITE_BAD, f->a, f->d);
	FILE *to = open_memstream(&f->said, &size);
	diag_print(f->d, to, 0);
	fclose(to);
}

static void
release(struct fixture *f)
{
	free(f->said);
	diag_free(f->d);
	arena_free(f->a);
}

static void
test_tree(void)
{
	static const char text[] = "a: 1\n"
				   "b: [x, 'y']\n"
				   "c:\n"
				   "  d: >\n"
				   "    folded\n"
				   "    text\n";
	struct fixture f;

	parse(&f, text, sizeof(text) - 1, 1);
	g_assert_cmpstr(f.said, ==, "");
	g_assert_nonnull(f.root);
	if (f.root) {
		const struct yaml *a = yaml_get(f.root, "a");
		const struct yaml *b = yaml_get(f.root, "b");
		const struct yaml *c = yaml_get(f.root, "c");
		g_assert_cmpuint(f.root->n_items, ==, 3);
		g_assert_cmpint(a->kind, ==, YAML_SCALAR);
		g_assert_cmpstr(a->text.p, ==, "1");
		g_assert_false(a->is_quoted);
		g_assert_cmpint(b->kind, ==, YAML_LIST);
		g_assert_cmpuint(b->n_items, ==, 2);
		g_assert_false(b->items[0].is_quoted);
		g_assert_true(b->items[1].is_quoted);
		g_assert_cmpint(c->kind, ==, YAML_MAP);
		g_assert_cmpstr(yaml_get(c, "d")->text.p, ==, "folded text\n");
		g_assert_true(yaml_get(c, "d")->is_quoted);
		g_assert_null(yaml_get(f.root, "d"));
		g_assert_null(yaml_get(b, "x"));
	}
	release(&f);
}

static void
assert_at(struct loc at, unsigned line, unsigned col)
{
	g_assert_cmpuint(at.line, ==, line);
	g_assert_cmpuint(at.col, ==, col);
}

/* ü and é take two bytes each; U+2028 ends a line for libyaml only. */
static void
test_places(void)
{
	static const char text[] = "\xc3\xbc: {x: \xc3\xa9, y: z}\r\n"
				   "q: \"1\xe2\x80\xa8 2\"\n"
				   "  # comment\n"
				   "last: end";
	struct fixture f;

	parse(&f, text, sizeof(text) - 1, 11);
	g_assert_cmpstr(f.said, ==, "");
	if (f.root) {
		const struct yaml *u = yaml_get(f.root, "\xc3\xbc");
		assert_at(f.root->keys[0].at, 11, 1);
		assert_at(u->at, 11, 5);
		assert_at(u->keys[1].at, 11, 13);
		assert_at(u->items[1].at, 11, 16);
		assert_at(f.root->keys[2].at, 14, 1);
		assert_at(yaml_get(f.root, "last")->at, 14, 7);
	}
	g_assert_nonnull(f.root);
	release(&f);
}

static void
test_empty(void)
{
	static const char *const texts[] = { "", "\n\n", "# only this\n",
		"---\n", "--- ~\n...\n", "null", "{}" };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		struct fixture f;

		parse(&f, texts[i], strlen(texts[i]), 1);
		g_assert_cmpstr(f.said, ==, "");
		g_assert_nonnull(f.root);
		if (f.root) {
			g_assert_cmpint(f.root->kind, ==, YAML_MAP);
			g_assert_cmpuint(f.root->n_items, ==, 0);
		}
		release(&f);
	}
}

struct refused {
	const char *text, *place, *detail;
};

static const struct refused all_refused[] = {
	{ "a: &x 1\n", "t.yaml:1:4:", "anchors are not supported" },
	{ "b: 1\na: *x\n", "t.yaml:2:4:", "aliases are not supported" },
	{ "a: !!int 1\n", "t.yaml:1:4:", "tags are not supported" },
	{ "a: ! b\n", "t.yaml:1:4:", "tags are not supported" },
	{ "a: &x [1]\n", "t.yaml:1:4:", "anchors are not supported" },
	{ "a: &x {b: 1}\n", "t.yaml:1:4:", "anchors are not supported" },
	{ "a: 1\nb: 2\n\"a\": 3\n", "t.yaml:3:1:", "the key a is given twice" },
	{ "a: 1\nb: 2\n\"a\": 3\n",
	    "t.yaml:3:1:", "help: it was first given in line 1\n" },
	{ "[a]: 1\n", "t.yaml:1:1:", "a key must be plain text" },
	{ "? {a: 1}\n: 1\n", "t.yaml:1:3:", "a key must be plain text" },
	{ "a: 1\n---\nb: 1\n", "t.yaml:2:1:", "a second document begins here" },
	{ "a: \"\\x01\"\n", "t.yaml:1:4:", "control character" },
	{ "a: \"\\0\"\n", "t.yaml:1:4:", "control character" },
	{ "\"\\e\": 1\n", "t.yaml:1:1:", "control character" },
	{ "a: \"\\uffff\"\n", "t.yaml:1:4:", "control character" },
	{ "title: A: b\n",
	    "t.yaml:1:9:", "mapping values are not allowed in this context" },
	{ "title: A: b\n", "t.yaml:1:9:", "help: text that contains ': '" },
	{ "a: 1\nb: \"x\nc: 1\n", "t.yaml:2:4:", "help: these quotes" },
	{ "a: 1\nb: [x\nc: 1\n", "t.yaml:", "in line 2\n" },
	{ "a:\n\t- 1\n", "t.yaml:2:1:", "cannot start any token" },
};

static void
test_refused(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(all_refused); i++) {
		const struct refused *r = &all_refused[i];
		struct fixture f;

		parse(&f, r->text, strlen(r->text), 1);
		g_assert_null(f.root);
		g_assert_cmpint(diag_worst(f.d), ==, DIAG_ERROR);
		if (!g_str_has_prefix(f.said, r->place) ||
		    !strstr(f.said, r->detail))
			g_test_message("%s %s: %s", r->place, r->detail,
			    f.said);
		g_assert_true(g_str_has_prefix(f.said, r->place));
		g_assert_nonnull(strstr(f.said, r->detail));
		g_assert_nonnull(strstr(f.said, "[site-bad]"));
		release(&f);
	}
}

/* One reading finds them all. */
static void
test_goes_on(void)
{
	static const char text[] = "a: *x\nb: !t 1\na: 1\nc: ok\n";
	struct fixture f;

	parse(&f, text, sizeof(text) - 1, 1);
	g_assert_null(f.root);
	g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 3);
	release(&f);
}

static void
test_not_text(void)
{
	static const char latin1[] = "a: 1\nb: \xc3\xa9\xff 2\n";
	static const char nul[] = "a: 1\nbc: \0 2\n";
	struct fixture f;

	parse(&f, latin1, sizeof(latin1) - 1, 1);
	g_assert_null(f.root);
	g_assert_true(g_str_has_prefix(f.said, "t.yaml:2:6: "));
	release(&f);
	parse(&f, nul, sizeof(nul) - 1, 1);
	g_assert_null(f.root);
	g_assert_true(g_str_has_prefix(f.said, "t.yaml:2:5: "));
	release(&f);
}

static void
parse_brackets(struct fixture *f, size_t n_open, size_t n_close)
{
	g_autoptr(GString) s = g_string_new(NULL);

	for (size_t i = 0; i < n_open; i++)
		g_string_append_c(s, '[');
	for (size_t i = 0; i < n_close; i++)
		g_string_append_c(s, ']');
	parse(f, s->str, s->len, 1);
	/* The text goes away with this function. */
	f->origin.text = STR_LIT("");
}

static void
test_depth(void)
{
	struct fixture f;

	parse_brackets(&f, 64, 64);

	g_assert_cmpstr(f.said, ==, "");
	g_assert_nonnull(f.root);
	release(&f);
	parse_brackets(&f, 65, 65);
	g_assert_null(f.root);
	g_assert_true(g_str_has_prefix(f.said, "t.yaml:1:65: "));
	g_assert_nonnull(strstr(f.said, "'the nesting is too deep'"));
	release(&f);
	parse_brackets(&f, 200000, 0);
	g_assert_null(f.root);
	g_assert_nonnull(strstr(f.said, "'the nesting is too deep'"));
	release(&f);
}

void test_port_yaml(void);

void
test_port_yaml(void)
{
	g_test_add_func("/port/yaml/tree", test_tree);
	g_test_add_func("/port/yaml/places", test_places);
	g_test_add_func("/port/yaml/empty", test_empty);
	g_test_add_func("/port/yaml/refused", test_refused);
	g_test_add_func("/port/yaml/goes_on", test_goes_on);
	g_test_add_func("/port/yaml/not_text", test_not_text);
	g_test_add_func("/port/yaml/depth", test_depth);
}
