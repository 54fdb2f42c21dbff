/*
 * The rules of https://github.com/mustache/spec, each with cases of our own,
 * then what ergen adds: diagnostics, bounds, several threads.
 */
#include "render/mustache.h"

#include <stdio.h>
#include <stdlib.h>

void test_render_mustache(void);

enum {
	PARTIALS_MOST = 3
};

struct render_case {
	const char *name, *template;
	const char *data; /* as read_value() takes it */
	const char *expected;
	const char *partials[PARTIALS_MOST][2]; /* name, source */
};

#define CASE(n, t, d, e)                                           \
	{                                                          \
		.name = n, .template = t, .data = d, .expected = e \
	}
#define CASE_WITH(n, t, d, e, ...)                                  \
	{                                                           \
		.name = n, .template = t, .data = d, .expected = e, \
		.partials = {                                       \
			__VA_ARGS__                                 \
		}                                                   \
	}

static const struct render_case cases[] = {
	/* Text and interpolation */
	CASE("text/plain", "no tag, {one} brace }}\n", "-",
	    "no tag, {one} brace }}\n"),
	CASE("text/empty", "", "-", ""),
	CASE("value/text", "port {{n}}.", "{n:'22'}", "port 22."),
	CASE("value/escaped", "{{n}}", "{n:'<a href=\"x\">''&'}",
	    "&lt;a href=&quot;x&quot;&gt;'&amp;"),
	CASE("value/triple", "{{{n}}}", "{n:'<b>\"&'}", "<b>\"&"),
	CASE("value/ampersand", "{{&n}}", "{n:'<b>'}", "<b>"),
	CASE("value/html", "{{n}}{{{n}}}", "{n:`<i>&amp;`}",
	    "<i>&amp;<i>&amp;"),
	CASE("value/not-again", "{{a}}", "{a:'{{b}}'}", "{{b}}"),
	CASE("value/none", "({{n}})", "{n:-}", "()"),
	CASE("value/missing", "({{n}}{{{n}}}{{&n}})", "{m:'x'}", "()"),
	CASE("value/no-text", "({{t}}{{l}}{{m}})",
	    "{t:+ l:['x'] m:{name:'ssh' number:'22'}}", "()"),
	CASE("value/padded", "{{ n }}{{{ n }}}{{& n }}{{\tn\n}}", "{n:'1'}",
	    "1111"),
	CASE("value/never-standalone", " {{n}}\n {{{n}}}\n", "{n:'x'}",
	    " x\n x\n"),
	CASE("value/prefix-of-another", "{{na}}{{nam}}{{name}}{{names}}",
	    "{name:'x'}", "x"),
	CASE("value/first-of-two", "{{n}}", "{n:'1' n:'2'}", "1"),
	/* Dotted names */
	CASE("dotted/one", "{{p.name}}", "{p:{name:'ssh' number:'22'}}", "ssh"),
	CASE("dotted/deep", "{{a.b.c.d}}", "{a:{b:{c:{d:'x'}}}}", "x"),
	CASE("dotted/broken", "({{p.name.x}}{{p.none.x}}{{q.name}})",
	    "{p:{name:'ssh' number:'22'}}", "()"),
	CASE("dotted/rest-not-outside", "({{p.x}})",
	    "{p:{name:'ssh' number:'22'} x:'wrong'}", "()"),
	CASE("dotted/first-from-outside", "{{#q}}{{p.name}}{{/q}}",
	    "{p:{name:'ssh' number:'22'} q:{x:'1'}}", "ssh"),
	CASE("dotted/inner-hides", "({{#q}}{{p.name}}{{/q}})",
	    "{p:{name:'ssh' number:'22'} q:{p:{x:-}}}", "()"),
	CASE("dotted/not-one-key", "({{a.b}})", "{a.b:'wrong'}", "()"),
	CASE("dotted/section", "{{#a.b}}in{{/a.b}}{{^a.c}}out{{/a.c}}",
	    "{a:{b:+}}", "inout"),
	/* Sections */
	CASE("section/true", "{{#x}}yes{{/x}}", "{x:+}", "yes"),
	CASE("section/false", "({{#x}}no{{/x}})", "{x:-}", "()"),
	CASE("section/missing", "({{#x}}no{{/x}})", "{y:+}", "()"),
	CASE("section/empty-text", "({{#x}}no{{/x}})", "{x:''}", "()"),
	CASE("section/map", "{{#p}}{{name}}:{{number}}{{/p}}",
	    "{p:{name:'ssh' number:'22'}}", "ssh:22"),
	CASE("section/text-as-context", "{{#x}}<{{.}}>{{/x}}", "{x:'&'}",
	    "<&amp;>"),
	CASE("section/list", "{{#l}}[{{n}}]{{/l}}", "{l:[{n:'1'} {n:'2'}]}",
	    "[1][2]"),
	CASE("section/empty-list", "({{#l}}no{{/l}})", "{l:[]}", "()"),
	CASE("section/iterator", "{{#l}}{{.}},{{{.}}},{{&.}};{{/l}}",
	    "{l:['1' '<']}", "1,1,1;&lt;,<,<;"),
	CASE("section/lists-in-list", "{{#l}}({{#.}}{{.}}{{/.}}){{/l}}",
	    "{l:[['1' '2'] ['3']]}", "(12)(3)"),
	CASE("section/outer-names", "{{#l}}{{.}}{{sep}}{{/l}}",
	    "{l:['1' '2'] sep:';'}", "1;2;"),
	CASE("section/inner-first", "{{n}}{{#p}}{{n}}{{/p}}{{n}}",
	    "{n:'o' p:{n:'i'}}", "oio"),
	CASE("section/none-hides-too", "({{#p}}{{n}}{{/p}})", "{n:'o' p:{n:-}}",
	    "()"),
	CASE("section/same-name-nested", "{{#x}}1{{#x}}2{{/x}}3{{/x}}", "{x:+}",
	    "123"),
	CASE("section/padded", "{{# x }}1{{/ x }}", "{x:+}", "1"),
	CASE("section/root-is-text", "{{.}}", "'x'", "x"),
	CASE("section/root-is-list", "{{#.}}-{{.}}{{/.}}", "['1' '2']", "-1-2"),
	/* Inverted sections */
	CASE("inverted/false", "{{^x}}none{{/x}}", "{x:-}", "none"),
	CASE("inverted/missing", "{{^x}}none{{/x}}", "{y:-}", "none"),
	CASE("inverted/true", "({{^x}}none{{/x}})", "{x:+}", "()"),
	CASE("inverted/map", "({{^x}}none{{/x}})",
	    "{x:{name:'ssh' number:'22'}}", "()"),
	CASE("inverted/list", "({{^x}}none{{/x}})", "{x:[-]}", "()"),
	CASE("inverted/empty-list", "{{^x}}none{{/x}}", "{x:[]}", "none"),
	CASE("inverted/same-context", "{{^x}}{{n}}{{/x}}", "{n:'1'}", "1"),
	/* Comments */
	CASE("comment/inline", "a{{! {{x }}b", "-", "ab"),
	CASE("comment/lines", "a\n{{!\n one\n two\n}}\nb\n", "-", "a\nb\n"),
	CASE("comment/indented", "a\n \t{{! x }} \t\nb\n", "-", "a\nb\n"),
	CASE("comment/two-on-a-line", "{{!a}} {{!b}}\nc", "-", " \nc"),
	CASE("comment/behind-long-one", "{{! a\nb }} {{! c }}\nd", "-", " \nd"),
	/* Delimiters */
	CASE("delimiters/set", "{{=<% %>=}}<% n %>{{n}}", "{n:'1'}", "1{{n}}"),
	CASE("delimiters/one-sign", "{{= | | =}}|#x||n||/x|", "{x:+ n:'1'}",
	    "1"),
	CASE("delimiters/back", "{{=| |=}}|n||={{ }}=|{{n}}|n|", "{n:'1'}",
	    "11|n|"),
	CASE("delimiters/standalone", "a\n  {{=@ @=}}\r\nb\n", "-", "a\nb\n"),
	CASE_WITH("delimiters/not-for-partials", "{{=| |=}}|>p|", "{n:'1'}",
	    "1|n|", { "p", "{{n}}|n|" }),
	CASE_WITH("delimiters/of-partials-stay-there", "{{>p}}{{n}}", "{n:'1'}",
	    "11", { "p", "{{=| |=}}|n|" }),
	CASE("delimiters/triple", "{{=<% %>=}}<%{n}%>", "{n:'<'}", "<"),
	/* Standalone lines */
	CASE("standalone/section", "a\n{{#x}}\nb\n{{/x}}\nc\n", "{x:+}",
	    "a\nb\nc\n"),
	CASE("standalone/indented", "a\n  {{#x}} \n  b\n\t{{/x}}\t\nc\n",
	    "{x:+}", "a\n  b\nc\n"),
	CASE("standalone/crlf", "a\r\n{{#x}}\r\nb\r\n{{/x}}\r\nc\r\n", "{x:+}",
	    "a\r\nb\r\nc\r\n"),
	CASE("standalone/at-the-ends", "  {{#x}}\nb\n  {{/x}}", "{x:+}", "b\n"),
	CASE("standalone/list", "{{#l}}\n- {{.}}\n{{/l}}\n", "{l:['1' '2']}",
	    "- 1\n- 2\n"),
	CASE("standalone/not-with-text", " {{#x}}a{{/x}} \n", "{x:+}", " a \n"),
	CASE("standalone/not-two-tags", "{{#x}}{{/x}}\n.", "{x:+}", "\n."),
	CASE("standalone/empty-line-stays", "{{#x}}\n\n{{/x}}\n.", "{x:+}",
	    "\n."),
	CASE("standalone/inverted", "a\n{{^x}}\nb\n{{/x}}\n", "-", "a\nb\n"),
	/* Partials */
	CASE_WITH("partial/inline", "({{>p}})", "-", "(x)", { "p", "x" }),
	CASE_WITH("partial/context", "{{#p}}{{> row }}{{/p}}",
	    "{p:{name:'ssh' number:'22'}}", "ssh=22",
	    { "row", "{{name}}={{number}}" }),
	CASE_WITH("partial/in-partial", "{{>a}}", "-", "12", { "a", "1{{>b}}" },
	    { "b", "2" }),
	CASE_WITH("partial/tree", "{{>node}}",
	    "{t:'a' kids:[{t:'b' kids:[]} {t:'c' kids:[{t:'d' kids:[]}]}]}",
	    "a(b()c(d()))", { "node", "{{t}}({{#kids}}{{>node}}{{/kids}})" }),
	CASE_WITH("partial/standalone", "<\n  {{>p}}\n>\n", "-",
	    "<\n  a\n  b\n>\n", { "p", "a\nb\n" }),
	CASE_WITH("partial/standalone-end", "<\n  {{>p}}", "-", "<\n  a\n  b",
	    { "p", "a\nb" }),
	CASE_WITH("partial/standalone-crlf", "<\r\n {{>p}}\r\n>", "-",
	    "<\r\n a>", { "p", "a" }),
	CASE_WITH("partial/inline-not-indented", "  {{x}} {{>p}}\n", "{x:'-'}",
	    "  - a\nb\n", { "p", "a\nb" }),
	CASE_WITH("partial/values-not-indented", " {{>p}}\n", "{x:'1\n2'}",
	    " <1\n2>\n", { "p", "<{{x}}>\n" }),
	CASE_WITH("partial/line-that-begins-with-tag", " {{>p}}\n", "{x:'1'}",
	    " 1\n 1\n", { "p", "{{x}}\n{{#x}}{{.}}{{/x}}\n" }),
	CASE_WITH("partial/tag-lines-not-indented", " {{>p}}\n", "{x:+}",
	    " a\n b\n", { "p", "{{#x}}\na\n{{/x}}\nb\n" }),
	CASE_WITH("partial/empty-lines-not-indented", " {{>p}}\n", "-",
	    " a\n\n\r\n b\n", { "p", "a\n\n\r\nb\n" }),
	CASE_WITH("partial/indents-add-up", " {{>a}}\n", "-", " 1\n  2\n 3\n",
	    { "a", "1\n {{>b}}\n3\n" }, { "b", "2\n" }),
	CASE_WITH("partial/inline-in-indented", " {{>a}}\n", "-",
	    " 1 2\n3\n 4\n", { "a", "1 {{>b}}\n4\n" }, { "b", "2\n3" }),
	/* Dynamic names */
	CASE_WITH("dynamic/value", "{{>*k}}", "{k:'one'}", "1", { "one", "1" },
	    { "two", "2" }),
	CASE_WITH("dynamic/each", "{{#l}}{{> * a.k }}{{/l}}",
	    "{l:[+ +] a:{k:'one'}}", "11", { "one", "1" }),
	CASE_WITH("dynamic/none", "({{>*k}}{{>*m}}{{>*n}})", "{k:'gone' m:+}",
	    "()", { "one", "1" }),
	CASE_WITH("dynamic/indented", "  {{>*k}}\n", "{k:'one'}", "  1\n  2\n",
	    { "one", "1\n2\n" }),
	CASE_WITH("dynamic/parent", "{{<*k}}{{$b}}new{{/b}}{{/*k}}",
	    "{k:'one'}", "[new]", { "one", "[{{$b}}old{{/b}}]" }),
	/* Inheritance */
	CASE("inherit/default", "{{$b}}{{n}}{{/b}}", "{n:'1'}", "1"),
	CASE_WITH("inherit/argument", "{{<p}}{{$b}}new{{/b}}{{/p}}", "-",
	    "[new|x]", { "p", "[{{$b}}old{{/b}}|{{$c}}x{{/c}}]" }),
	CASE_WITH("inherit/empty-argument", "{{<p}}{{$b}}{{/b}}{{/p}}", "-",
	    "[]", { "p", "[{{$b}}old{{/b}}]" }),
	CASE_WITH("inherit/rest-ignored",
	    "{{<p}}text {{n}} {{#n}}{{$c}}3{{/c}}{{/n}}"
	    "{{$b}}1{{/b}}{{/p}}",
	    "{n:'x'}", "12", { "p", "{{$b}}{{/b}}{{$c}}2{{/c}}" }),
	CASE_WITH("inherit/not-from-data", "{{<p}}{{/p}}", "{b:'x'}", "old",
	    { "p", "{{$b}}old{{/b}}" }),
	CASE_WITH("inherit/outermost-wins", "{{<a}}{{$b}}1{{/b}}{{/a}}", "-",
	    "1", { "a", "{{<base}}{{$b}}2{{/b}}{{/base}}" },
	    { "base", "{{$b}}3{{/b}}" }),
	CASE_WITH("inherit/argument-refined", "{{<a}}{{$t}}1{{/t}}{{/a}}", "-",
	    "<b>1</b>",
	    { "a", "{{<base}}{{$b}}<b>{{$t}}2{{/t}}</b>{{/b}}{{/base}}" },
	    { "base", "{{$b}}3{{/b}}" }),
	CASE_WITH("inherit/no-circle",
	    "{{<p}}{{$b}}({{$b}}in{{/b}}){{/b}}{{/p}}", "-", "(in)",
	    { "p", "{{$b}}old{{/b}}" }),
	CASE_WITH("inherit/context-of-the-place",
	    "{{<p}}{{$b}}{{name}}{{/b}}{{/p}}",
	    "{name:'no' x:{name:'ssh' number:'22'}}", "ssh",
	    { "p", "{{#x}}{{$b}}{{/b}}{{/x}}" }),
	CASE_WITH("inherit/page",
	    "{{<base}}\n{{$title}}Ports{{/title}}\n{{$main}}\n<p>\n  text\n"
	    "</p>\n{{/main}}\n{{/base}}\n",
	    "-",
	    "<title>Ports</title>\n<main>\n  <p>\n    text\n  </p>\n</main>\n",
	    { "base",
		"<title>{{$title}}?{{/title}}</title>\n<main>\n  {{$main}}\n"
		"  none\n  {{/main}}\n</main>\n" }),
	CASE_WITH("inherit/default-as-written", "{{<base}}{{/base}}", "-",
	    "<main>\n    a\n  b\n\n</main>\n",
	    { "base",
		"<main>\n  {{$main}}\n    a\n  b\n\n  {{/main}}\n"
		"</main>\n" }),
	CASE_WITH("inherit/empty-place", "{{<p}}{{$b}}new{{/b}}{{/p}}", "-",
	    "1\n  new\n2\n", { "p", "1\n  {{$b}}{{/b}}\n{{$c}}{{/c}}\n2\n" }),
	CASE_WITH("inherit/argument-behind-parent",
	    "{{<p}}{{$b}}\n    a\n{{/b}}{{/p}}\n", "-", "[\n  a\n]\n",
	    { "p", "[\n  {{$b}}{{/b}}\n]\n" }),
	CASE_WITH("inherit/argument-without-output",
	    "{{<p}}{{$b}}{{#x}}a{{/x}}{{/b}}{{/p}}", "-", "1\n2\n",
	    { "p", "1\n  {{$b}}{{/b}}\n2\n" }),
	CASE_WITH("inherit/lines-within-a-line",
	    "  {{<p}}{{$b}}\n  a\n  b\n{{/b}}{{/p}}\n", "-",
	    "  <p>a\nb\n</p>\n", { "p", "<p>{{$b}}{{/b}}</p>\n" }),
	CASE_WITH("inherit/partial-in-argument",
	    "{{<p}}\n{{$b}}\n    {{>row}}\n"
	    "{{/b}}\n{{/p}}\n",
	    "-", "  1\n  2\n", { "p", "  {{$b}}\n  {{/b}}\n" },
	    { "row", "1\n2\n" }),
};

/*
 * Data is written as
 *	-        none
 *	+        true
 *	'text'   '' within it is one quotation mark
 *	`html`
 *	[a b c]
 *	{name:a other:b}
 */
static struct value read_value(const char **at, struct arena *a);

static struct str
read_text(const char **at, struct arena *a)
{
	g_autoptr(GString) s = g_string_new("");
	char mark = *(*at)++;

	for (;; (*at)++) {
		g_assert(**at);
		if (**at == mark && *++*at != mark)
			return arena_take(a, s);
		g_string_append_c(s, **at);
	}
}

static struct value
read_list(const char **at, struct arena *a)
{
	g_autoptr(GArray)
	    items = g_array_new(FALSE, TRUE, sizeof(struct value));

	for (;;) {
		*at += strspn(*at, " ");
		if (**at == ']')
			break;
		struct value v = read_value(at, a);
		g_array_append_val(items, v);
	}
	++*at;
	return value_list(arena_array_of(a, items), items->len);
}

static struct value
read_map(const char **at, struct arena *a)
{
	g_autoptr(GArray)
	    members = g_array_new(FALSE, TRUE, sizeof(struct member));

	for (;;) {
		*at += strspn(*at, " ");
		if (**at == '}')
			break;
		struct str name = { *at, strcspn(*at, ":") };
		*at += name.len + 1;
		struct member m = { arena_str(a, name), read_value(at, a) };
		g_array_append_val(members, m);
	}
	++*at;
	return value_map(arena_array_of(a, members), members->len);
}

static struct value
read_value(const char **at, struct arena *a)
{
	switch (**at) {
	case '-': ++*at; return value_bool(false);
	case '+': ++*at; return value_bool(true);
	case '[': ++*at; return read_list(at, a);
	case '{': ++*at; return read_map(at, a);
	case '`': return value_html(read_text(at, a));
	case '\'':
		return (struct value){ .kind = VALUE_TEXT,
			.text = read_text(at, a) };
	default: g_error("test data is not understood: %s", *at);
	}
}

static const char *const no_partials[PARTIALS_MOST][2] = { { NULL, NULL } };

struct fixture {
	struct templates *set;
	struct arena *arena;
	struct diag *d;
	struct origin main, partials[PARTIALS_MOST];
	struct value data; /* for threads() */
};

static void
setup(struct fixture *f, const char *template,
    const char *const partials[PARTIALS_MOST][2])
{
	f->set = templates_new();
	f->d = diag_new();
	f->arena = arena_new();
	f->main = (struct origin){ "t.mustache", str_of(template) };
	templates_add(f->set, "main", &f->main);
	for (size_t i = 0; i < PARTIALS_MOST && partials[i][0]; i++) {
		struct origin *in = &f->partials[i];
		*in = (struct origin){ partials[i][0], str_of(partials[i][1]) };
		templates_add(f->set, in->path, in);
	}
	templates_link(f->set, "main", f->d);
}

static void
teardown(struct fixture *f)
{
	templates_free(f->set);
	diag_free(f->d);
	arena_free(f->arena);
}

/* Draws the template "main". */
static void
render(const struct fixture *f, const char *data, GString *out)
{
	struct value v = read_value(&data, f->arena);

	g_string_truncate(out, 0);
	(void)template_render(out, templates_find(f->set, "main"), &v, f->d);
}

/* The text of all diagnostics; free() it. */
static char *
printed(struct diag *d)
{
	char *text = NULL;
	size_t len;
	FILE *to = open_memstream(&text, &len);

	diag_print(d, to, 0);
	fclose(to);
	return text;
}

static void
render_one(gconstpointer data)
{
	const struct render_case *c = data;
	g_autoptr(GString) out = g_string_new("");
	struct fixture f;

	setup(&f, c->template, c->partials);
	char *said = printed(f.d);
	g_assert_cmpstr(said, ==, "");
	free(said);
	render(&f, c->data, out);
	g_assert_cmpstr(out->str, ==, c->expected);
	teardown(&f);
}

struct fault_case {
	const char *name, *template;
	/* One diagnostic that begins so, and its help. */
	const char *where, *help;
	const char *partials[PARTIALS_MOST][2];
};

#define FAULT(n, t, w, h)                                       \
	{                                                       \
		.name = n, .template = t, .where = w, .help = h \
	}
#define FAULT_WITH(n, t, w, h, ...)                                            \
	{                                                                      \
		.name = n, .template = t, .where = w, .help = h, .partials = { \
			__VA_ARGS__                                            \
		}                                                              \
	}

static const struct fault_case faults[] = {
	FAULT("unclosed-section", "a\n {{#x}}\nb\n",
	    "t.mustache:2:2: error: template is not understood: '{{#x}}' "
	    "[template-bad]",
	    "this is not closed; {{/x}} is missing"),
	FAULT("unclosed-within", "{{#x}}{{#y}}{{/x}}",
	    "t.mustache:1:7:", "this is not closed; {{/y}} is missing"),
	FAULT("unclosed-delimiters", "{{=<% %>=}}<%^x%>",
	    "t.mustache:1:12:", "this is not closed; <%/x%> is missing"),
	FAULT("unclosed-block", "{{$x}}",
	    "t.mustache:1:1:", "this is not closed; {{/x}} is missing"),
	FAULT_WITH("unclosed-parent", "{{<p}}", "t.mustache:1:1:",
	    "this is not closed; {{/p}} is missing", { "p", "" }),
	FAULT("wrong-close", "{{#x}}\n  {{/y}}{{/x}}",
	    "t.mustache:2:3:", "the tag to be closed here is 'x'"),
	FAULT("close-of-nothing", "a{{/x}}",
	    "t.mustache:1:2:", "nothing is open that this could close"),
	FAULT("unclosed-tag", "a\nb {{x }\n",
	    "t.mustache:2:3:", "the tag has no end; }} is missing"),
	FAULT("unclosed-triple", "{{{x}}",
	    "t.mustache:1:1:", "the tag has no end; }} is missing"),
	FAULT("unclosed-comment", "{{! x",
	    "t.mustache:1:1:", "the tag has no end; }} is missing"),
	FAULT("unclosed-before-another", "{{x <b>{{y}}", "t.mustache:1:1:",
	    "a tag begins before this one is closed with }}"),
	FAULT("no-name", "{{ }}", "t.mustache:1:1:", "the tag has no name"),
	FAULT("no-section-name", "{{#}}{{/}}",
	    "t.mustache:1:1:", "the tag has no name"),
	FAULT("name-with-space", "{{a b}}",
	    "t.mustache:1:1:", "a name holds no white space"),
	FAULT("dotted-name", "{{a..b}}",
	    "t.mustache:1:1:", "part of the dotted name is empty"),
	FAULT("delimiters-one", "{{=<%=}}", "t.mustache:1:1:",
	    "write {{=<% %>=}}: two delimiters without white space and '='"),
	FAULT("delimiters-three", "{{=a b c=}}", "t.mustache:1:1:",
	    "write {{=<% %>=}}: two delimiters without white space and '='"),
	FAULT("delimiters-equals", "{{== ==}}", "t.mustache:1:1:",
	    "write {{=<% %>=}}: two delimiters without white space and '='"),
	FAULT("unknown-partial", "\n\n  {{>zzzzzzzz}}",
	    "t.mustache:3:3:", "there is no such template"),
	FAULT_WITH("unknown-partial-near", "{{>naw}}", "t.mustache:1:1:",
	    "there is no such template; did you mean 'nav'?", { "nav", "" }),
	FAULT("unknown-parent", "{{<zzzzzzzz}}{{/zzzzzzzz}}",
	    "t.mustache:1:1:", "there is no such template"),
	FAULT("holds-itself", "a {{>main}}", "t.mustache:1:3:",
	    "the template 'main' would hold itself without end"),
	FAULT_WITH("holds-itself-by-another", "{{>a}}",
	    "a:2:1:", "the template 'main' would hold itself without end",
	    { "a", "\n{{<main}}{{/main}}" }),
};

/* A fault leaves the rest of the template usable: rendering is tried, too. */
static void
fault_one(gconstpointer data)
{
	const struct fault_case *c = data;
	g_autoptr(GString) out = g_string_new("");
	g_autofree char *help = g_strdup_printf("help: %s\n", c->help);
	struct fixture f;

	setup(&f, c->template, c->partials);
	g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 1);
	char *said = printed(f.d);
	if (!g_str_has_prefix(said, c->where) || !strstr(said, help))
		g_test_fail_printf("expected %s … %s, got: %s", c->where, help,
		    said);
	free(said);
	render(&f, "-", out);
	teardown(&f);
}

static void
several_faults(void)
{
	struct fixture f;

	setup(&f, "{{/a}}\n{{b c}}\n{{>none}}\n{{#d}}", no_partials);
	g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 4);
	teardown(&f);
}

/* The shortest way from the outermost template, which is "main". */
static void
includers(void)
{
	const char *const partials[PARTIALS_MOST][2] = {
		{ "a", "{{#x}}\n {{>b}}\n{{/x}}" },
		{ "b", "{{>c}}" },
		{ "c", "{{>none}}" },
	};
	struct fixture f;

	setup(&f, "{{<a}}{{$x}}{{>a}}{{/x}}{{/a}}", partials);
	char *said = printed(f.d);
	if (!g_str_has_suffix(said,
		"help: there is no such template\n"
		"included from b:1:1\n"
		"included from a:2:2\n"
		"included from t.mustache:1:1\n"))
		g_test_fail_printf("got: %s", said);
	free(said);
	teardown(&f);
}

static void
names(void)
{
	const struct origin one = { "one", STR_LIT("1") };
	const struct origin two = { "two", STR_LIT("2{{>b}}") };
	struct templates *set = templates_new();
	struct diag *d = diag_new();
	g_autoptr(GString) out = g_string_new("");
	const struct value none = value_bool(false);

	g_assert_null(templates_find(set, "a"));
	templates_add(set, "a", &one);
	templates_add(set, "b", &one);
	templates_add(set, "a", &two);
	templates_link(set, "a", d);
	g_assert_null(templates_find(set, "A"));
	g_assert_null(templates_find(set, ""));
	g_assert_true(template_render(out, templates_find(set, "a"), &none, d));
	g_assert_cmpstr(out->str, ==, "21");
	g_assert_cmpint(diag_worst(d), ==, DIAG_NONE);
	templates_free(set);
	diag_free(d);
}

/* Legal, since it depends on data; the data never ends it. */
static void
bounded_depth(void)
{
	g_autoptr(GString) out = g_string_new("");
	struct fixture f;

	setup(&f, ".{{#x}}{{>main}}{{/x}}", no_partials);
	g_assert_cmpint(diag_worst(f.d), ==, DIAG_NONE);
	render(&f, "{x:+}", out);
	/* A section and a partial for every level. */
	g_assert_cmpuint(out->len, ==, 1 + TEMPLATE_DEPTH_MOST / 2);
	char *said = printed(f.d);
	g_assert_cmpstr(said, ==,
	    "t.mustache:1:2: error: template is not understood: '{{#x}}' [template-bad]\n"
	    "    1 | .{{#x}}{{>main}}{{/x}}\n      |  ^\n"
	    "help: while a page is drawn, tags may be nested 128 levels deep; does a template hold itself without end?\n"
	    "included from t.mustache:1:8\n");
	free(said);
	teardown(&f);
}

/* Twice as many on every level would be 2^32 of them. */
static void
bounded_work(void)
{
	g_autoptr(GString) out = g_string_new("");
	struct fixture f;

	setup(&f, ".{{#x}}{{>main}}{{>main}}{{/x}}", no_partials);
	render(&f, "{x:+}", out);
	g_assert_cmpuint(out->len, >, 1000);
	g_assert_cmpuint(out->len, <, 10 * 1000 * 1000);
	g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 1);
	teardown(&f);
}

static void
nesting(void)
{
	g_autoptr(GString) s = g_string_new("");
	g_autoptr(GString) out = g_string_new("");
	struct fixture f;

	for (int i = 0; i < TEMPLATE_DEPTH_MOST; i++)
		g_string_append(s, "{{#x}}");
	g_string_append(s, "deep");
	for (int i = 0; i < TEMPLATE_DEPTH_MOST; i++)
		g_string_append(s, "{{/x}}");
	setup(&f, s->str, no_partials);
	g_assert_cmpint(diag_worst(f.d), ==, DIAG_NONE);
	render(&f, "{x:+}", out);
	g_assert_cmpstr(out->str, ==, "deep");
	teardown(&f);

	g_string_prepend(s, "{{#x}}");
	g_string_append(s, "{{/x}}");
	setup(&f, s->str, no_partials);
	g_assert_cmpuint(diag_count(f.d, DIAG_ERROR), ==, 1);
	teardown(&f);
}

static void
values(void)
{
	const struct value items[] = { value_text("1"), value_html(str_of("<")),
		value_bool(true) };
	const struct member members[] = {
		{ "l", value_list(items, G_N_ELEMENTS(items)) },
		{ "none", value_text(NULL) },
		{ "empty", value_text("") },
		{ "no_html", value_html(STR_LIT("")) },
		{ "no", value_bool(false) },
	};
	const struct value data = value_map(members, G_N_ELEMENTS(members));
	g_autoptr(GString) out = g_string_new("");
	struct fixture f;

	setup(&f,
	    "{{#l}}[{{.}}]{{/l}}{{^none}}a{{/none}}{{^empty}}b{{/empty}}"
	    "{{^no_html}}c{{/no_html}}{{^no}}d{{/no}}",
	    no_partials);
	template_render(out, templates_find(f.set, "main"), &data, f.d);
	g_assert_cmpstr(out->str, ==, "[1][<][]abcd");
	g_assert_cmpint(value_text("").kind, ==, VALUE_NONE);
	teardown(&f);
}

static gpointer
render_often(gpointer data)
{
	const struct fixture *f = data;
	const struct template *t = templates_find(f->set, "main");
	g_autoptr(GString) out = g_string_new("");
	size_t n_wrong = 0;

	for (int i = 0; i < 200; i++) {
		g_string_truncate(out, 0);
		n_wrong += !template_render(out, t, &f->data, NULL);
		n_wrong += strcmp(out->str, "a\n b\n c\n  d\n") != 0;
	}
	return GSIZE_TO_POINTER(n_wrong);
}

/* For the thread sanitizer: rendering writes to nothing that is shared. */
static void
threads(void)
{
	GThread *at_work[4];
	const char *tree = "{t:'a' kids:[{t:'b' kids:[]} "
			   "{t:'c' kids:[{t:'d' kids:[]}]}]}";
	struct fixture f;

	setup(&f, "{{t}}\n{{#kids}}\n {{>main}}\n{{/kids}}\n", no_partials);
	f.data = read_value(&tree, f.arena);
	for (size_t i = 0; i < G_N_ELEMENTS(at_work); i++)
		at_work[i] = g_thread_new("render", render_often, &f);
	for (size_t i = 0; i < G_N_ELEMENTS(at_work); i++)
		g_assert_null(g_thread_join(at_work[i]));
	teardown(&f);
}

void
test_render_mustache(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/render/mustache/",
		    cases[i].name, NULL);
		g_test_add_data_func(path, &cases[i], render_one);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autofree char *path = g_strconcat("/render/mustache/fault/",
		    faults[i].name, NULL);
		g_test_add_data_func(path, &faults[i], fault_one);
	}
	g_test_add_func("/render/mustache/several-faults", several_faults);
	g_test_add_func("/render/mustache/includers", includers);
	g_test_add_func("/render/mustache/names", names);
	g_test_add_func("/render/mustache/bounded-depth", bounded_depth);
	g_test_add_func("/render/mustache/bounded-work", bounded_work);
	g_test_add_func("/render/mustache/nesting", nesting);
	g_test_add_func("/render/mustache/values", values);
	g_test_add_func("/render/mustache/threads", threads);
}
