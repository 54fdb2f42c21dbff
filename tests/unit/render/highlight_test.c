#include "render/highlight_own.h"
#include "render/html.h"

void test_render_highlight(void);

/* ---- helpers */

/* <span class="nb">az</span> as nb[az]; the rest unescaped. */
static char *
dump(const char *html)
{
	GString *out = g_string_new(NULL);

	for (const char *p = html; *p;) {
		if (g_str_has_prefix(p, "<span class=\"")) {
			p += 13;
			size_t len = strcspn(p, "\"");
			g_string_append_len(out, p, (gssize)len);
			g_string_append_c(out, '[');
			p += len + 2;
		} else if (g_str_has_prefix(p, "</span>")) {
			g_string_append_c(out, ']');
			p += 7;
		} else if (g_str_has_prefix(p, "&lt;")) {
			g_string_append_c(out, '<');
			p += 4;
		} else if (g_str_has_prefix(p, "&gt;")) {
			g_string_append_c(out, '>');
			p += 4;
		} else if (g_str_has_prefix(p, "&amp;")) {
			g_string_append_c(out, '&');
			p += 5;
		} else {
			g_string_append_c(out, *p++);
		}
	}
	return g_string_free(out, false);
}

static void
expect(const char *lang, const char *code, const char *tokens)
{
	g_autoptr(GString) out = g_string_new(NULL);

	highlight(out, str_of(lang), str_of(code), NULL);
	g_autofree char *got = dump(out->str);
	g_assert_cmpstr(got, ==, tokens);
}

/* The first name of a language. */
static struct str
first_name(const struct language *lang)
{
	struct str s = str_of(lang->names);

	return str_upto(s, str_find(s, ' '));
}

/* No more than two spans are open, the outer one marks a line and the inner
 * one holds no line end; without tags it is what html_text() writes. */
static bool
is_faithful(const GString *html, struct str code)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) plain = g_string_new(NULL);
	unsigned n_open = 0;
	bool is_marked = false;

	for (const char *p = html->str; p < html->str + html->len;) {
		if (g_str_has_prefix(p, "<span class=\"")) {
			bool is_hll = g_str_has_prefix(p + 13, "hll");
			if (n_open != (is_hll ? 0 : (unsigned)is_marked))
				return false;
			is_marked |= is_hll;
			n_open++;
			p = strchr(p, '>') + 1;
		} else if (g_str_has_prefix(p, "</span>")) {
			if (n_open == 0)
				return false;
			n_open--;
			is_marked &= n_open > 0;
			p += 7;
		} else {
			if (*p == '\n' && n_open > (unsigned)is_marked)
				return false;
			g_string_append_c(text, *p++);
		}
	}
	html_text(plain, code);
	return n_open == 0 && g_string_equal(text, plain);
}

/* Spans begin and end between characters if the code was UTF-8. */
static void
check_code(const struct language *lang, struct str code)
{
	const struct line_range lines[] = { { 1, 1 }, { 3, 4 }, { 6, 9000 } };
	const struct fence marks = { .lines = lines, .n_lines = 3 };
	/* Exactly as long as it is, so that the sanitizer sees overruns. */
	g_autofree char *copy = code.len > 0 ? g_malloc(code.len) : NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	if (code.len > 0)
		memcpy(copy, code.p, code.len);
	for (int is_marked = 0; is_marked < 2; is_marked++) {
		g_string_truncate(out, 0);
		highlight(out, first_name(lang), (struct str){ copy, code.len },
		    is_marked ? &marks : NULL);
		if (is_faithful(out, code))
			continue;
		g_test_message("%.*s: %.*s -> %s", STR_ARG(first_name(lang)),
		    STR_ARG(code), out->str);
		g_test_fail();
	}
	if (!g_utf8_validate(code.p, (gssize)code.len, NULL))
		return;
	for (const char *p = strchr(out->str, '>'); p; p = strchr(p + 1, '>'))
		if (((unsigned char)p[1] & 0xC0) == 0x80)
			g_test_fail();
}

static char *
read_sample(const char *name, size_t *len)
{
	g_autofree char *path = g_build_filename("tests/highlight", name, NULL);
	char *text = NULL;

	if (!g_file_get_contents(path, &text, len, NULL))
		g_error("tests run at the root of the repository: no %s", path);
	return text;
}

static const char *const samples[] = { "bash.sh", "powershell.ps1", "data.json",
	"data.yaml", "main.bicep", "query.kql", "main.py", "main.c",
	"page.html", "style.css", "query.sql", "request.http", "change.diff",
	"session.console", "main.ts", "Main.java", "Program.cs", "main.go",
	"main.rs", "main.cpp", "main.tf", "app.toml", "Dockerfile" };

/* ---- properties */

/* Every sample, cut off at each byte, in each language. */
static void
test_prefixes(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		size_t len;
		g_autofree char *text = read_sample(samples[i], &len);
		for (size_t l = 0; lex_languages[l]; l++) {
			/* Its own in full, the others in steps. */
			size_t step = l == i + 1 ? 1 : 41;
			for (size_t n = 0; n <= len; n += step)
				check_code(lex_languages[l],
				    (struct str){ text, n });
			check_code(lex_languages[l], (struct str){ text, len });
		}
	}
}

static void
test_bytes(void)
{
	char all[2 * 255];

	for (size_t i = 0; i < 255; i++) {
		all[i] = (char)(i + 1);
		all[509 - i] = (char)(i + 1);
	}
	for (size_t l = 0; lex_languages[l]; l++) {
		check_code(lex_languages[l], (struct str){ NULL, 0 });
		check_code(lex_languages[l], (struct str){ all, sizeof(all) });
		for (size_t i = 0; i < 255; i++)
			for (size_t n = 1; n < 4; n++)
				check_code(lex_languages[l],
				    (struct str){ all + i, n });
	}
}

/* Bytes that mean something somewhere, in any order. */
static void
test_random(void)
{
	static const char *const pieces[] = { "\"", "'", "`", "\\", "$", "$(",
		"${", "{", "}", "(", ")", "[", "]", "<", ">", "<<", "<<E\n",
		"E\n", "\n", "\r\n", "\r", " ", "  ", "\t", "#", "//", "/*",
		"*/", "<!--", "-->", "<style>", "</style>", "&amp;", "&", "|",
		";", ":", ": ", "=", "- ", "-", "--x", "@", "@\"", "\"@", "@'",
		"'''", "\"\"\"", "f\"", "```", "%", "!", "~", "0x1f", "1.5e-3",
		"1..2", "az", "if", "in", "def", "class", "\xc3\xa9",
		"\xe2\x82", "\xff", "\xef\xbf\xbe", "\x01", "$ ", "> ", "PS> ",
		"PS /> ", "HTTP/1.1 200 OK\n", "GET / ", "+++ ", "--- ", "@@",
		"| ", "|\n", "a", "B_1", "<#", "#>", ",", ".", "?", "*" };
	g_autoptr(GString) code = g_string_new(NULL);

	for (int round = 0; round < 400; round++) {
		g_string_truncate(code, 0);
		for (int i = g_test_rand_int_range(1, 60); i > 0; i--)
			g_string_append(code,
			    pieces[g_test_rand_int_range(0,
				G_N_ELEMENTS(pieces))]);
		for (size_t l = 0; lex_languages[l]; l++)
			check_code(lex_languages[l],
			    (struct str){ code->str, code->len });
	}
}

/* Deeper than any stack of the lexer's, and longer than patience with what is
 * not linear. */
static void
test_deep(void)
{
	static const char *const pieces[] = { "\"$(", "${", "$'", "{", "[",
		"f\"{", "'${", "/*", "<#", "\"", "'", "a-", "'\\'", "<a ", "&",
		"<<a", "- ", "\\", "|", "$(", ")", "a[", "\n", "\r", "-", "@\"",
		"<style>", "$ ", "{\"a\"", "a: ", "..", ":", "# " };
	g_autoptr(GString) code = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_string_truncate(code, 0);
		while (code->len < 20000)
			g_string_append(code, pieces[i]);
		for (size_t l = 0; lex_languages[l]; l++)
			check_code(lex_languages[l],
			    (struct str){ code->str, code->len });
	}
}

/* ---- tables */

static void
test_words_ascend(void)
{
	for (size_t l = 0; lex_languages[l]; l++) {
		const struct language *lang = lex_languages[l];
		for (size_t i = 1; i < lang->n_words; i++)
			g_assert_cmpstr(lang->words[i - 1].text, <,
			    lang->words[i].text);
	}
}

static void
test_names(void)
{
	static const char *const known[] = { "bash", "SH", "azurecli",
		"PowerShell", "pwsh", "jsonc", "yml", "Kusto", "py", "h", "xml",
		"tsql", "console", "text", "none", "diff", "http", "css", "c++",
		"C#", "TypeScript", "jsx", "golang", "hcl", "ini" };
	static const char *const unknown[] = { "", "bas", "bashh", "sh ",
		"klingon", "c+" };

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		g_assert_true(highlight_knows(str_of(known[i])));
	for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++)
		g_assert_false(highlight_knows(str_of(unknown[i])));
}

/* ---- lines */

static void
test_marked_lines(void)
{
	const struct line_range lines[] = { { 2, 3 }, { 5, 9 } };
	const struct fence marks = { .lines = lines, .n_lines = 2 };
	g_autoptr(GString) out = g_string_new(NULL);

	highlight(out, STR_LIT("c"), STR_LIT("a\n/*\r\nb */ <\n\nif"), &marks);
	g_assert_cmpstr(out->str, ==,
	    "a\n"
	    "<span class=\"hll\"><span class=\"cm\">/*</span>\r\n</span>"
	    "<span class=\"hll\"><span class=\"cm\">b */</span> "
	    "<span class=\"o\">&lt;</span>\n</span>\n"
	    "<span class=\"hll\"><span class=\"k\">if</span></span>");
	g_string_truncate(out, 0);
	highlight(out, STR_LIT("klingon"), STR_LIT("a\n<\n"), &marks);
	g_assert_cmpstr(out->str, ==, "a\n<span class=\"hll\">&lt;\n</span>");
}

/* ---- languages */

static void
test_plain(void)
{
	expect("text", "if a < b", "if a < b");
	expect("klingon", "if \"a\"", "if \"a\"");
	expect("", "if", "if");
}

static void
test_bash(void)
{
	expect("sh", "sudo apt install -y x=1 # why",
	    "nb[sudo] nb[apt] nf[install] na[-y] x=1 c1[# why]");
	expect("azcli", "az network vnet create --name x \\\n  -g=\"$G\"",
	    "nb[az] nf[network] nf[vnet] nf[create] na[--name] x se[\\]\n"
	    "  na[-g]=s2[\"]nv[$G]s2[\"]");
	expect("bash", "A=1 b c; D=$(e f) || ((g+1))",
	    "nv[A]=1 nb[b] co[;] nv[D]=si[$(]nb[e] fsi[)] o[||] ((g+1))");
	expect("bash", "echo \"a $(b \"c\") d\" e '#' a#b",
	    "nb[echo] s2[\"a ]si[$(]nb[b] s2[\"c\"]si[)]s2[ d\"] e "
	    "s1['#'] a#b");
	expect("bash", "cat <<'E' >x\n$a 'b\nE\nls",
	    "nb[cat] o[<<]sh['E'] o[>]x\nsh[$a 'b]\nsh[E]\nnb[ls]");
	expect("bash", "for x in a b; do f; done\nf() { :; }",
	    "k[for] x k[in] a bo[;] k[do] nb[f]o[;] k[done]\n"
	    "nf[f]() k[{] nb[:]o[;] k[}]");
	/* A variable without an end takes nothing with it. */
	expect("bash", "echo ${a \"b\"", "nb[echo] nv[${a ]s2[\"b\"]");
}

static void
test_powershell(void)
{
	expect("pwsh", "Get-AzVM -Name x|IF ($a -EQ $NULL) {}",
	    "nb[Get-AzVM] na[-Name] xo[|]k[IF] (nv[$a] ow[-EQ] kc[$NULL]) "
	    "{}");
	expect("ps1", "\"a`n$($b + \"c\") \"\" ${d e} $env:X:\"",
	    "s2[\"a]se[`n]si[$(]nv[$b] o[+] s2[\"c\"]si[)]s2[ \"\" ]"
	    "nv[${d e}]s2[ ]nv[$env:X]s2[:\"]");
	expect("ps1", "[int][x.y]$a[0] = 5GB - 1.5 <# b #> # c",
	    "[kt[int]][kt[x.y]]nv[$a][mi[0]] o[=] mi[5GB] o[-] mf[1.5] "
	    "cm[<# b #>] c1[# c]");
	expect("ps1", "az vm list -o tsv\nstop",
	    "nb[az] nf[vm] nf[list] na[-o] tsv\nstop");
}

static void
test_json(void)
{
	expect("json", "{\"a\" : [\"b\\n\", -1, 2.5e+3, null]}",
	    "{nt[\"a\"] : [s2[\"b]se[\\n]s2[\"], o[-]mi[1], mf[2.5e+3], "
	    "kc[null]]}");
	expect("jsonc", "// x\n{a: 'b', \"c\n: 1}",
	    "c1[// x]\n{nt[a]: s1['b'], s2[\"c]\n: mi[1]}");
}

static void
test_yaml(void)
{
	expect("yml", "a: 1\n- b: x # y\n  c#d: 'e: f'\n",
	    "nt[a]: mi[1]\n- nt[b]: x c1[# y]\n  nt[c#d]: s1['e: f']\n");
	expect("yaml", "a: |-\n  b: c\n\n  d\ne: >\nf: yes",
	    "nt[a]: o[|-]\ns[  b: c]\n\ns[  d]\nnt[e]: o[>]\nnt[f]: kc[yes]");
	expect("yaml", "- {a: [1, b c], \"d\": *e}\n- http://x:80",
	    "- {nt[a]: [mi[1], b c], nt[\"d\"]: nv[*e]}\n- http://x:80");
	expect("yaml", "a: \"b\n  c: d\"\ne: &f !g h",
	    "nt[a]: s2[\"b]\ns2[  c: d\"]\nnt[e]: nl[&f] kt[!g] h");
	expect("yaml", "a: it's ${{ b }}", "nt[a]: it's nv[${{ b }}]");
}

static void
test_bicep(void)
{
	expect("bicep", "param type string = 'a${b.c({d: 'e'})}f'",
	    "kd[param] nv[type] kt[string] o[=] "
	    "s1['a]si[${]b.nf[c]({na[d]: s1['e']})si[}]s1[f']");
	expect("bicep", "resource r 'x@1' existing = {\n  type: 'var'\n}",
	    "kd[resource] nv[r] s1['x@1'] k[existing] o[=] {\n"
	    "  na[type]: s1['var']\n}");
	expect("bicep", "@secure()\n// a\nvar x = true ? 1 : null",
	    "nd[@secure]()\nc1[// a]\nkd[var] nv[x] o[=] kc[true] o[?] "
	    "mi[1] : kc[null]");
}

static void
test_kql(void)
{
	expect("kusto", "T | where a !has \"b\" and c-d > 1d // e",
	    "T o[|] k[where] a ow[!has] s2[\"b\"] ow[and] co[-]d o[>] "
	    "mi[1d] c1[// e]");
	expect("kql", "T | summarize count() by bin(x, 1h)\n| count",
	    "T o[|] k[summarize] nf[count]() k[by] nf[bin](x, mi[1h])\n"
	    "o[|] k[count]");
	expect("kql", ".show tables\nlet a = datetime(null); b in~ (@'\\')",
	    "k[.show] tables\nk[let] a o[=] kt[datetime](kc[null]); "
	    "b ow[in~] (s1[@'\\'])");
}

static void
test_python(void)
{
	expect("py", "@a.b\nclass C(D):\n  def if_(self): pass",
	    "nd[@a.b]\nkd[class] nc[C](D):\n  kd[def] nf[if_](bp[self]): "
	    "k[pass]");
	expect("python", "f'a{b[\"c\"]:{d}}{{e}}\\n' r'\\n' x.list",
	    "s1[f'a]si[{]b[s2[\"c\"]]:{d}si[}]s1[{{e}}]se[\\n]s1['] "
	    "s1[r'\\n'] x.list");
	expect("python", "\"\"\"a\n\"b\"\"\" # c",
	    "s[\"\"\"a]\ns[\"b\"\"\"] "
	    "c1[# c]");
}

static void
test_c(void)
{
	expect("c", "#include <a.h>\n  # define B '\\n'",
	    "cp[#include] s[<a.h>]\n  cp[# define] B s1[']se[\\n]s1[']");
	expect("h", "static int f(void); /* a\n*/ \"b // c",
	    "k[static] kt[int] nf[f](kt[void]); cm[/* a]\ncm[*/] "
	    "s2[\"b // c]");
}

static void
test_html(void)
{
	expect("html", "<p class=\"a\" b=c d>e &lt; f &g</p>",
	    "nt[<p] na[class]o[=]s2[\"a\"] na[b]o[=]s[c] na[d]nt[>]e "
	    "ni[&lt;] f &gnt[</p>]");
	expect("xml", "<?xml v?><!-- <a> --><b:c/>1 < 2",
	    "cp[<?xml v?>]cm[<!-- <a> -->]nt[<b:c]nt[/>]1 < 2");
	expect("html", "<style>a{b:c}</STYLE><script>if(a<b)</script>",
	    "nt[<style>]nt[a]{na[b]:c}nt[</STYLE>]nt[<script>]if(a<b)"
	    "nt[</script>]");
}

static void
test_css(void)
{
	expect("css", "a:hover > .b, #c { --d: #fff; e-f: g(2em) !x }",
	    "nt[a]nd[:hover] o[>] nc[.b], nn[#c] { nv[--d]: mh[#fff]; "
	    "na[e-f]: nf[g](mi[2em]) k[!x] }");
	expect("css", "[a=b] { c: .5em -1px }",
	    "[na[a]o[=]nt[b]] { na[c]: mf[.5em] -mi[1px] }");
	expect("css", "@media (a: b) { i { c: d } } j{}",
	    "k[@media] (na[a]: na[b]) { nt[i] { na[c]: d } } nt[j]{}");
}

static void
test_sql(void)
{
	expect("sql", "select [Group], count(*) FROM t -- a\nwhere b='c''d'",
	    "k[select] [Group], nf[count](o[*]) k[FROM] t c1[-- a]\n"
	    "k[where] bo[=]s1['c''d']");
	expect("tsql", "DECLARE @a INT = 1; /* /* b */ */ x::text",
	    "k[DECLARE] nv[@a] kt[INT] o[=] mi[1]; cm[/* /* b */ */] "
	    "x::kt[text]");
}

static void
test_http(void)
{
	expect("http", "GET /a\nHost: b\n\nHTTP/1.1 404 Not Found\r\nA: 1\r\n",
	    "nf[GET] nn[/a]\nna[Host]o[:]s[ b]\n\n"
	    "kr[HTTP/1.1] mi[404] ne[Not Found]\r\nna[A]o[:]s[ 1]\r\n");
	expect("http", "HTTP/2 200\nA: b\n\n[{\"c\": 1}]",
	    "kr[HTTP/2] mi[200]\nna[A]o[:]s[ b]\n\n[{nt[\"c\"]: mi[1]}]");
}

static void
test_diff(void)
{
	expect("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n--- y\n+z\n w",
	    "gh[--- a]\ngh[+++ b]\ngu[@@ -1 +1 @@]\ngd[-x]\ngd[--- y]\n"
	    "gi[+z]\n w");
}

static void
test_console(void)
{
	expect("console", "me@h:~$ az vm list \\\n  -o tsv\nid name\n$ x",
	    "gp[me@h:~$ ]nb[az] nf[vm] nf[list] se[\\]\n  na[-o] tsv\n"
	    "go[id name]\ngp[$ ]nb[x]");
	expect("console", "PS C:\\> Get-Date\nPS now\nit costs $ 5",
	    "gp[PS C:\\> ]nb[Get-Date]\ngo[PS now]\ngo[it costs $ 5]");
	expect("console", "# why\n$ echo 'a\n> b' c\n> d",
	    "c1[# why]\ngp[$ ]nb[echo] s1['a]\ngp[> ]s1[b'] c\ngp[> ]nb[d]");
}

/* The samples as a whole; ERGEN_GOLDEN=write writes what is expected anew. */
static void
test_samples(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		size_t len;
		g_autofree char *text = read_sample(samples[i], &len);
		g_autofree char *name = g_strconcat(samples[i], ".tokens",
		    NULL);
		g_autoptr(GString) out = g_string_new(NULL);
		highlight(out, first_name(lex_languages[i + 1]),
		    (struct str){ text, len }, NULL);
		g_autofree char *got = dump(out->str);
		if (g_strcmp0(g_getenv("ERGEN_GOLDEN"), "write") == 0) {
			g_autofree char *path =
			    g_build_filename("tests/highlight", name, NULL);
			g_assert_true(g_file_set_contents(path, got, -1, NULL));
		}
		g_autofree char *expected = read_sample(name, &len);
		g_assert_cmpstr(got, ==, expected);
	}
}

void
test_render_highlight(void)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} cases[] = { { "prefixes", test_prefixes }, { "bytes", test_bytes },
		{ "random", test_random }, { "deep", test_deep },
		{ "words_ascend", test_words_ascend }, { "names", test_names },
		{ "marked_lines", test_marked_lines }, { "plain", test_plain },
		{ "bash", test_bash }, { "powershell", test_powershell },
		{ "json", test_json }, { "yaml", test_yaml },
		{ "bicep", test_bicep }, { "kql", test_kql },
		{ "python", test_python }, { "c", test_c },
		{ "html", test_html }, { "css", test_css }, { "sql", test_sql },
		{ "http", test_http }, { "diff", test_diff },
		{ "console", test_console }, { "samples", test_samples } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/render/highlight/",
		    cases[i].name, NULL);
		g_test_add_func(path, cases[i].run);
	}
}
