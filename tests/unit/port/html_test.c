#include "port/html.h"

#include <glib.h>

/* ---- walking */

static bool
walk_open(const char *name, const struct html_attributes *a, void *ctx)
{
	const char *class = html_attribute(a, "class");

	g_string_append_printf(ctx, "<%s%s%s>", name, class ? " " : "",
	    class ? class : "");
	return strcmp(name, "i") != 0;
}

static void
walk_close(const char *name, void *ctx)
{
	g_string_append_printf(ctx, "</%s>", name);
}

static void
walk_text(const char *text, void *ctx)
{
	g_string_append(ctx, text);
}

static void
check_walk(const char *html, const char *expected)
{
	static const struct html_events events = { walk_open, walk_close,
		walk_text };
	g_autoptr(GString) got = g_string_new(NULL);

	html_walk(str_of(html), &events, got);
	g_assert_cmpstr(got->str, ==, expected);
}

static void
test_walk(void)
{
	check_walk("a &lt; <B class='x'>b<br>c", "a < <b x>b<br></br>c</b>");
	/* What open refuses is passed over, with all that is inside. */
	check_walk("<p>a<i>b<u>c</u></i>d<!-- e -->", "<p>a<i>d</p>");
	check_walk("<own-tag>x</own-tag>", "<own-tag>x</own-tag>");
	check_walk("", "");
	g_autoptr(GString) deep = g_string_new(NULL);
	for (unsigned i = 0; i < 300000; i++)
		g_string_append(deep, "<u>");
	check_walk(deep->str, deep->str);
}

void test_port_html(void);

struct notes {
	const char *in;
	GString *text;
};

/* What was refused, with its line: "<script>@0 onclick=@2 ". */
static void
note(const char *name, size_t at, void *ctx)
{
	const struct notes *n = ctx;
	unsigned line = 0;

	for (size_t i = 0; i < at; i++)
		line += n->in[i] == '\n';
	g_string_append_printf(n->text, "%s@%u ", name, line);
}

struct sample {
	const char *in;
	const char *out; /* NULL: the same as in */
	const char *refused; /* NULL: nothing */
};

static void
check(const struct sample *samples, size_t n, enum html_trust trust,
    bool as_xml)
{
	for (size_t i = 0; i < n; i++) {
		const struct sample *s = &samples[i];
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GString) refused = g_string_new(NULL);
		struct notes notes = { s->in, refused };
		struct html_clean how = { .trust = trust,
			.as_xml = as_xml,
			.refused = note,
			.ctx = &notes };
		g_test_message("%s", s->in);
		html_clean(out, str_of(s->in), &how);
		g_assert_cmpstr(out->str, ==, s->out ? s->out : s->in);
		g_assert_cmpstr(g_strchomp(refused->str), ==,
		    s->refused ? s->refused : "");
	}
}

#define CHECK(samples, trust, as_xml) \
	check((samples), G_N_ELEMENTS(samples), (trust), (as_xml))

/* What render/ makes, with raw HTML of an author between it. */
static const struct sample ours[] = {
	{ "", NULL, NULL },
	{ "plain text", NULL, NULL },
	{ "<p>a &amp; b &lt;c&gt; \"d\" é 日本</p>\n", NULL, NULL },
	{ "<h2 id=\"peerings\">Peerings</h2>\n<p>x</p>\n", NULL, NULL },
	{ "<p><em>a</em> <strong>b</strong> <code>c &lt; d</code> <del>e</del>"
	  "</p>",
	    NULL, NULL },
	{ "<aside class=\"callout tip\" aria-labelledby=\"c1\"><p id=\"c1\" "
	  "class=\"callout-title\">Tip</p><p>Text</p></aside>",
	    NULL, NULL },
	{ "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead>\n<tr><th "
	  "scope=\"col\">A</th><th scope=\"col\" class=\"right\">B</th></tr>\n"
	  "</thead>\n<tbody>\n<tr><td>1</td><td class=\"right\">2</td></tr>\n"
	  "</tbody>\n</table></div>",
	    NULL, NULL },
	{ "<pre tabindex=\"0\"><code class=\"language-bash\">a\n\nb &amp;&amp; "
	  "c\n</code></pre>",
	    NULL, NULL },
	{ "<ol start=\"3\">\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>"
	  "\n</ol>",
	    NULL, NULL },
	{ "<p>x<sup><a href=\"#fn1\" id=\"fnr1\" role=\"doc-noteref\">1</a>"
	  "</sup></p>",
	    NULL, NULL },
	{ "<section role=\"doc-endnotes\" aria-label=\"Notes\"><ol><li "
	  "id=\"fn1\"><p>n</p></li></ol></section>",
	    NULL, NULL },
	{ "<details class=\"key\"><summary>Answer</summary><p>x</p></details>",
	    NULL, NULL },
	{ "<p class=\"fb\" hidden>Feedback</p>", NULL, NULL },
	{ "<a href=\"../b.html#x\">b</a> <a href=\"https://a.example/?a=1&amp;"
	  "b=2\" title=\"a &quot;b&quot;\">c</a>",
	    NULL, NULL },
	{ "<blockquote>\n<p>q</p>\n</blockquote>\n<hr>\n<p>a<br>b</p>", NULL,
	    NULL },
	{ "<img src=\"images/a.svg\" alt=\"\" width=\"640\" height=\"150\">",
	    NULL, NULL },
};

static void
test_ours(void)
{
	CHECK(ours, HTML_SAFE, false);
	CHECK(ours, HTML_ALLOW, false);
}

/* Also what only the quiz form has, where all is allowed. */
static const struct sample form[] = {
	{ "<form class=\"quiz\" method=\"dialog\" novalidate "
	  "aria-labelledby=\"quiz\"><button type=\"submit\" disabled hidden>"
	  "Nothing to send</button><fieldset class=\"q qc\" id=\"q1\"><legend>"
	  "<b>Question 1 of 8.</b> How?</legend><div class=\"o\"><input "
	  "type=\"radio\" name=\"q1\" id=\"q1a\" class=\"k\"><label "
	  "for=\"q1a\">Yes <span class=\"v\" hidden>✓ Correct answer</span>"
	  "</label></div></fieldset><p class=\"sum\" role=\"status\" "
	  "aria-atomic=\"true\" hidden>x</p><select id=\"s\"><option "
	  "value=\"\">–</option><option class=\"k\">1</option></select>"
	  "<button type=\"reset\">Start again</button></form>",
	    NULL, NULL },
	{ "<p style=\"color:red\" onclick=\"f()\">x</p>", NULL, NULL },
	{ "<script>if (a < b && c) d();</script>", NULL, NULL },
	{ "<style>a > b {}</style>", NULL, NULL },
	{ "<video controls src=\"a.webm\"><track src=\"b\"></video>", NULL,
	    NULL },
	{ "<my-card data-a=\"1\">x</my-card>", NULL, NULL },
	{ "<iframe src=\"https://a.example/\"></iframe>", NULL, NULL },
	/* What would swallow the page, and what XML cannot name. */
	{ "a<plaintext>b</p>", "ab&lt;/p&gt;", "<plaintext>@0" },
	{ "<xmp><b></xmp>c", "&lt;b&gt;c", "<xmp>@0" },
	{ "<p @click=\"f()\" \"=1 <=2>x</p>", "<p>x</p>",
	    "@click=@0 \"=@0 <=@0" },
	{ "<o:p>x</o:p>", "x", "<o:p>@0" },
	{ "<p xmlns=\"urn:x\" xmlns:o=\"urn:y\" o:a=\"1\">x</p>", "<p>x</p>",
	    "o:a=@0" },
};

static void
test_allow(void)
{
	CHECK(form, HTML_ALLOW, false);
}

static const struct sample repaired[] = {
	{ "<p>a<br />b<hr/>", "<p>a<br>b</p><hr>", NULL },
	{ "<b><i>x</b>y</i>z", "<b><i>x</i></b><i>y</i>z", NULL },
	{ "<p>a<p>b", "<p>a</p><p>b</p>", NULL },
	{ "<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul>c", NULL },
	{ "<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>",
	    NULL },
	{ "<p>a <div>b</div></p>", "<p>a </p><div>b</div>", NULL },
	{ "<table><tr><td>a<td>b</table>",
	    "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
	    NULL },
	{ "<table>stray<tr><td>a</table>",
	    "stray<table><tbody><tr><td>a</td></tr></tbody></table>", NULL },
	{ "<div><span>open", "<div><span>open</span></div>", NULL },
	{ "</div></b>x</p>", "x", NULL },
	{ "<a href=a>1<a href=b>2</a>",
	    "<a href=\"a\">1</a><a href=\"b\">2</a>", NULL },
	{ "<IMG SRC=a.png ALT=X>", "<img src=\"a.png\" alt=\"X\">", NULL },
	{ "<image src=a alt=b>", "<img src=\"a\" alt=\"b\">", NULL },
	{ "a < b & c > d &copy &nbsp;&#65;&bogus; \"e\"",
	    "a &lt; b &amp; c &gt; d © \u00a0A&amp;bogus; \"e\"", NULL },
	{ "&#0;&#1;&#x7f;&#xfffe;a\001b",
	    "\ufffd"
	    "a\ufffd"
	    "b",
	    NULL },
	{ "<p title='a\"b<c>&amp;d'>x</p>",
	    "<p title=\"a&quot;b&lt;c&gt;&amp;d\">x</p>", NULL },
	{ "<p class=a class=b title>x</p>", "<p class=\"a\" title=\"\">x</p>",
	    NULL },
	{ "a<!-- b -- c --><!-->d<? e ?><!DOCTYPE x>f", "adf", NULL },
	{ "<pre>\n\nx</pre>", "<pre>\n\nx</pre>", NULL },
	{ "<pre>\nx</pre>", "<pre>x</pre>", NULL },
	{ "<pre>\n<!-- -->\nx</pre>", "<pre>\n\nx</pre>", NULL },
	{ "<details open><summary>a</summary>b</details>", NULL, NULL },
	{ "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", NULL, NULL },
	{ "<html><head></head><body class=x><p>y</p></body></html>", "<p>y</p>",
	    NULL },
};

static void
test_repair(void)
{
	CHECK(repaired, HTML_SAFE, false);
}

static const struct sample refused[] = {
	{ "a<script>alert('<p>')</script>b", "ab", "<script>@0" },
	{ "a<style>p{}</style>b", "ab", "<style>@0" },
	{ "a\n<iframe src=x>y</iframe>b", "a\nb", "<iframe>@1" },
	{ "<object data=x>y</object><embed src=x>z", "z",
	    "<object>@0 <embed>@0" },
	{ "<img src=x onerror=alert(1)>", "<img src=\"x\">", "onerror=@0" },
	{ "<img src=x/onerror=alert(1)>", "<img src=\"x/onerror=alert(1)\">",
	    NULL },
	{ "<img/src=x/**/onerror=f()//", "", NULL },
	{ "<p OnClick='f()' STYLE=x>y</p>", "<p>y</p>", "onclick=@0 style=@0" },
	{ "<a href=\"javascript:f()\">x</a>", "<a>x</a>", "javascript:@0" },
	{ "<a href=\"java&#10;script:f()\">x</a>", "<a>x</a>",
	    "javascript:@0" },
	{ "<a href=\"java&#x1;script:f()\">x</a>", "<a>x</a>",
	    "javascript:@0" },
	{ "<a href=\" &#1;&#9;JaVaScRiPt&colon;f()\">x</a>", "<a>x</a>",
	    "javascript:@0" },
	{ "<a href=\"data:text/html,x\">x</a><a href=vbscript:x>y</a>",
	    "<a>x</a><a>y</a>", "data:@0 vbscript:@0" },
	{ "<img src=\"data:image/png;base64,x\" alt=y>", "<img alt=\"y\">",
	    "data:@0" },
	{ "<blockquote cite=\"javascript:x\">x</blockquote>",
	    "<blockquote>x</blockquote>", "javascript:@0" },
	{ "<a href=\"MAILTO:a@b.example\">x</a><a href=\"tel:1\">y</a>"
	  "<a href=\"a/b:c\">z</a><a href=\"?a:b\">z</a>",
	    NULL, NULL },
	{ "<a href=x target=_blank ping=y>x</a>", "<a href=\"x\">x</a>",
	    "target=@0 ping=@0" },
	{ "<font color=red>a<b>b</b></font>", "a<b>b</b>", "<font>@0" },
	{ "<center><p>x</p></center>", "<p>x</p>", "<center>@0" },
	{ "<form action=x><input name=y><button>b</button><select><option>c"
	  "</select><textarea>d</textarea></form>",
	    "b", "<form>@0 <input>@0 <button>@0 <select>@0 <textarea>@0" },
	{ "<meta charset=x><link rel=x><base href=x>a<title>b</title>", "a",
	    "<meta>@0 <link>@0 <base>@0 <title>@0" },
	{ "<template><p>x</p></template>y", "y", "<template>@0" },
	{ "<noscript><p>x</p></noscript>y", "y", "<noscript>@0" },
	{ "<video src=x><p>old</p></video>y", "y", "<video>@0" },
	{ "<x-y a=b>z</x-y>", "z", "<x-y>@0" },
	{ "<p type=a value=b start=1>x</p><ol type=a><li value=3>y</li></ol>",
	    "<p>x</p><ol type=\"a\"><li value=\"3\">y</li></ol>",
	    "type=@0 value=@0 start=@0" },
	{ "<p>\n<b\n\nonclick=x>y</b></p>", "<p>\n<b>y</b></p>", "onclick=@3" },
	{ "<plaintext>a</p><script>b", "a&lt;/p&gt;&lt;script&gt;b",
	    "<plaintext>@0" },
	{ "<xmp><script>x</script></xmp>", "&lt;script&gt;x&lt;/script&gt;",
	    "<xmp>@0" },
	{ "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;"
	  "&lt;img src=1 onerror=alert(1)&gt;\">",
	    NULL, NULL },
};

static void
test_refuse(void)
{
	/* The last one is for test_stable() only. */
	check(refused, G_N_ELEMENTS(refused) - 1, HTML_SAFE, false);
}

static const struct sample foreign[] = {
	{ "<svg viewBox=\"0 0 9 9\" role=\"img\"><title>a</title><path "
	  "d=\"M0 0\"></path><linearGradient id=\"g\"></linearGradient><circle "
	  "r=\"1\" fill=\"url(#g)\"></circle></svg>",
	    NULL, NULL },
	{ "<svg><lineargradient gradientunits=x /><PATH d=x /></svg>",
	    "<svg><linearGradient gradientUnits=\"x\"></linearGradient><path "
	    "d=\"x\"></path></svg>",
	    NULL },
	{ "<svg><script>x</script><g onload=f()></g></svg>",
	    "<svg><g></g></svg>", "<script>@0 onload=@0" },
	{ "<svg onload=f()><foreignObject><p>x</p></foreignObject></svg>y",
	    "<svg></svg>y", "onload=@0 <foreignObject>@0" },
	{ "<svg><a href=x target=_top ping=y><text>y</text></a><a "
	  "xlink:href=javascript:z>z</a></svg>",
	    "<svg><a href=\"x\"><text>y</text></a><a>z</a></svg>",
	    "target=@0 ping=@0 xlink:href=@0" },
	{ "<svg><use href=\"#a\"/><use xlink:href='b.svg#a'/><image "
	  "href=x /></svg>",
	    "<svg><use href=\"#a\"></use><use></use></svg>",
	    "xlink:href=@0 <image>@0" },
	{ "<svg xml:base='https://a.example/'><g xml:base=x autofocus "
	  "fill=\"image-set('https://a.example/b' 1x)\" mask='IMAGE(\"b\")' "
	  "cursor='src(\"b\")' aria-label='image(s) of \\frac'/></svg>",
	    "<svg><g aria-label=\"image(s) of \\frac\"></g></svg>",
	    "xml:base=@0 xml:base=@0 autofocus=@0 fill=@0 mask=@0 cursor=@0" },
	{ "<svg><g style=x fill=\"url(http://a.example)\" filter=\"URL( "
	  "'x')\"/></svg>",
	    "<svg><g></g></svg>", "style=@0 fill=@0 filter=@0" },
	{ "<svg><g fill=\"\\75rl(x)\"/></svg>", "<svg><g></g></svg>",
	    "fill=@0" },
	{ "<svg><animate attributeName=href values=javascript:x /><set/>"
	  "<style>x</style></svg>",
	    "<svg></svg>", "<animate>@0 <set>@0 <style>@0" },
	{ "<svg><desc><p onclick=x>y</p></desc></svg>",
	    "<svg><desc>y</desc></svg>", "<p>@0" },
	{ "<svg><p>x</svg>", "<svg></svg>", "<p>@0" },
	{ "<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>", NULL, NULL },
	{ "<math><maction actiontype=x><mi>a</mi></maction><annotation-xml "
	  "encoding=text/html><p>x</p></annotation-xml></math>",
	    "<math><mi>a</mi></math>", "<maction>@0 <annotation-xml>@0" },
	{ "<math href=javascript:x><mi>a</mi></math>",
	    "<math><mi>a</mi></math>", "href=@0" },
};

static void
test_foreign(void)
{
	CHECK(foreign, HTML_SAFE, false);
}

static const struct sample xml[] = {
	{ "<p>a<br>b<img src=x alt>c<wbr></p><hr>",
	    "<p>a<br/>b<img src=\"x\" alt=\"\"/>c<wbr/></p><hr/>", NULL },
	{ "<p hidden>x</p><details open>y</details>",
	    "<p hidden=\"hidden\">x</p><details open=\"open\">y</details>",
	    NULL },
	{ "<p hidden=\"hidden\" xml:lang=\"de\" lang=\"de\" "
	  "epub:type=\"tip\">x<br/></p>",
	    NULL, NULL },
	{ "a&nbsp;b&copy;", "a\u00a0b©", NULL },
	{ "<p>x</p><span></span>", NULL, NULL },
	{ "<svg><use xlink:href=#a></use><g></g></svg>",
	    "<svg xmlns=\"http://www.w3.org/2000/svg\"><use "
	    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
	    "xlink:href=\"#a\"/><g/></svg>",
	    NULL },
	{ "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	  "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
	  "xmlns:i=\"urn:x\" i:y=\"1\"><g/></svg>",
	    "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>", "i:y=@0" },
	{ "<math><mspace/></math>",
	    "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mspace/>"
	    "</math>",
	    NULL },
	{ "<p foo:bar=1 a$b=2>x</p>", "<p>x</p>", "foo:bar=@0 a$b=@0" },
	{ "<pre>\n\nx</pre>", "<pre>\nx</pre>", NULL },
};

static void
test_xml(void)
{
	CHECK(xml, HTML_SAFE, true);
}

static bool
relink(GString *to, const char *url, bool is_image, size_t at, void *ctx)
{
	(void)ctx;
	(void)at;
	if (!strcmp(url, "b.md"))
		g_string_append(to, "b.html?x&y");
	else if (is_image)
		g_string_append_printf(to, "img/%s", url);
	return to->len > 0;
}

static bool
relink_to(GString *to, const char *url, bool is_image, size_t at, void *ctx)
{
	(void)is_image;
	(void)at;
	(void)ctx;
	g_string_append_printf(to, "to %s", url);
	return true;
}

static void
put_size(GString *to, const struct html_image *image, void *ctx)
{
	(void)ctx;
	g_string_append_printf(to, " is=\"%s %s %s%s%s\"", image->url,
	    image->width ? image->width : "-",
	    image->height ? image->height : "-", image->has_alt ? " alt" : "",
	    image->has_loading ? " lazy" : "");
}

static void
test_image(void)
{
	struct html_clean how = { .relink = relink_to, .image = put_size };
	g_autoptr(GString) out = g_string_new(NULL);

	html_clean(out,
	    STR_LIT("<img src=a><img alt width=3 loading=eager src=b><img>"),
	    &how);
	g_assert_cmpstr(out->str, ==,
	    "<img src=\"to a\" is=\"a - -\"><img alt=\"\" width=\"3\" "
	    "loading=\"eager\" src=\"to b\" is=\"b 3 - alt lazy\"><img>");
}

static void
test_relink(void)
{
	struct html_clean how = { .relink = relink };
	g_autoptr(GString) out = g_string_new("kept ");

	html_clean(out,
	    STR_LIT("<a href=b.md>1</a><a href=c>2</a><img src=a&amp;b>"),
	    &how);
	g_assert_cmpstr(out->str, ==,
	    "kept <a href=\"b.html?x&amp;y\">1</a><a href=\"c\">2</a>"
	    "<img src=\"img/a&amp;b\">");
}

static void
note_mended(enum html_mend how, const char *tag, size_t at, void *ctx)
{
	static const char signs[] = "?/-^+:|";
	const struct notes *n = ctx;

	g_string_append_printf(n->text, "%c%s@%zu ", signs[how], tag, at);
}

/* Upper-case tags are ergen's own in these. */
static bool
is_upper(size_t at, void *ctx)
{
	const struct notes *n = ctx;

	return g_ascii_isupper(n->in[at + 1 + (n->in[at + 1] == '/')]);
}

/* By the rules of
 * https://html.spec.whatwg.org/multipage/syntax.html#optional-tags the first
 * ones are as they should be. */
static void
test_mended(void)
{
	static const struct {
		const char *in, *mended;
	} cases[] = {
		{ "<ul><li>a<li>b</ul><dl><dt>a<dd>b<dt>c<dd>d</dl>", "" },
		{ "<table><caption>c<colgroup><col><thead><tr><th>a<tbody><tr>"
		  "<td>b<td>c<tfoot><tr><td>d</table>",
		    "" },
		{ "<table><tr><td>a</td></tr></tbody></table>", "" },
		{ "<table><tr><td>a</td></tr></table>", "" },
		{ "<p>a<p>b<div>c<p>d</div><ruby>x<rp>(<rt>y<rp>)</ruby>", "" },
		{ "a<br>b<br/><hr><img src=a><wbr><IMG SRC=a />", "" },
		{ "<select><option>a<optgroup><option>b</select>", "" },
		{ "<!-- <b> --> <!--> <b>x</b> <![CDATA[<i>]]>", "" },
		{ "<a title='<b>' href=\"<i>\">x</a> a < b <3 </>", "" },
		{ "<script>'<b>'</script><style></p></style>", "" },
		{ "<svg><g/><path d=x></path><TEXT>a</text></svg>", "" },
		{ "<math><mi>x</mi><mspace/></math>", "" },
		{ "<B>X</b\n>y<details\nopen>z</details >", "" },
		{ "<form>x</form><form><b>y</b></form>", "" },
		{ "<b>x", "?<b>@0 " },
		{ "<form>x", "?<form>@0 " },
		{ "<form>x</form></form>", "/</form>@14 " },
		{ "<div>x<b>y</div>", "?<b>@6 " },
		{ "<div/>x", "?<div>@0 " },
		{ "x</b></div>", "/</b>@1 /</div>@5 " },
		{ "x</p></br>", "/</p>@1 /</br>@5 " },
		{ "<br></br>", "/</br>@4 " },
		{ "<p>a<div>b</div></p>", "/</p>@16 " },
		{ "<b><i>x</b>y</i>", "?<i>@3 " },
		{ "<p><b>x<p>y</b>", "?<b>@3 " },
		{ "<a>1<a>2</a></a>", "?<a>@0 /</a>@12 " },
		{ "<h2>a</h3>", "?<h2>@0 /</h3>@5 " },
		{ "<tr><td>x</td></tr>",
		    "-<tr>@0 -<td>@4 /</td>@9 /</tr>@14 " },
		{ "<body><li>x</li></body>", ":<li>@6 -<body>@0 /</body>@16 " },
		{ "<table>a<tr><td>b</table>", "^text@7 " },
		{ "<table><p>a</p><tr><td>b</table>", "^<p>@7 " },
		{ "<table><td>a</table>", "+<td>@7 " },
		{ "<li>a</li><dl><div><dt>b</dt></div></dl>", ":<li>@0 " },
		{ "<dt>a</dt><figure><div><figcaption>b</figcaption></div>"
		  "</figure><summary>c</summary><rt>d</rt>",
		    ":<dt>@0 :<figcaption>@23 :<summary>@64 :<rt>@84 " },
		{ "<svg><g><path></svg>", "?<path>@8 ?<g>@5 " },
		{ "<noscript><p title='</noscript>'></noscript>",
		    "?<noscript>@0 /</noscript>@33 " },
		{ "<svg><p>x</p></svg>", "" },
		{ "<P>a<b>x</b></P>", "" },
		{ "<P>a<b>x</P>", "?<b>@4 " },
		{ "<P>a<div>x</div></P>", "|<div>@4 " },
		{ "<A>a<a>x</a></A>", "|<a>@4 " },
		{ "<UL><LI>a</ul>b</LI></UL>", "/</ul>@9 " },
		{ "<BLOCKQUOTE><div></BLOCKQUOTE>", "?<div>@12 " },
		{ "<BLOCKQUOTE><blockquote></BLOCKQUOTE>",
		    "?<blockquote>@12 " },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GString) text = g_string_new(NULL);
		struct notes notes = { cases[i].in, text };
		struct html_clean how = { .trust = HTML_ALLOW,
			.mended = note_mended,
			.is_ours = i < 14 ? NULL : is_upper,
			.ctx = &notes };
		g_test_message("%s", cases[i].in);
		html_clean(out, str_of(cases[i].in), &how);
		g_assert_cmpstr(text->str, ==, cases[i].mended);
	}
}

/* Two drawings of one tool on one page. */
static void
test_ids(void)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "<svg id=s aria-labelledby='t  u v'><title id=t>x</title>"
		  "<desc id=u>y</desc><use xlink:href=#s /><use href=#gone />"
		  "<path id='a b' fill=\"url('#s') red\" mask=\"URL( "
		  "&quot;#t&quot; )\" stroke=#ff0 filter=url(#gone)></svg>",
		    "<svg id=\"D-1\" aria-labelledby=\"D-2 D-3\"><title "
		    "id=\"D-2\">x</title><desc id=\"D-3\">y</desc><use "
		    "xlink:href=\"#D-1\"></use><use></use><path "
		    "id=\"D-4\" fill=\"url(#D-1) red\" mask=\"url(#D-2)\" "
		    "stroke=\"#ff0\"></path></svg>" },
		{ "<a href=#x>1</a><a href=#y>2</a><p id=x>url(#x)</p><table>"
		  "<tr><th id=h><td headers='h x'></table>",
		    "<a href=\"#D-1\">1</a><a href=\"to #y\">2</a><p "
		    "id=\"D-1\">url(#x)</p><table><tbody><tr><th id=\"D-2\">"
		    "</th><td headers=\"D-2 D-1\"></td></tr></tbody></table>" },
		{ "<svg><a href=#t><g id=t /></a><a xlink:href=b.md></a></svg>",
		    "<svg><a href=\"#D-1\"><g id=\"D-1\"></g></a><a "
		    "xlink:href=\"to b.md\"></a></svg>" },
		{ "<math><mi id=t>x</mi><mi xref=t>y</mi></math>",
		    "<math><mi id=\"D-1\">x</mi><mi xref=\"D-1\">y</mi>"
		    "</math>" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		struct html_clean how = { .ids = "D-", .relink = relink_to };
		html_clean(out, str_of(cases[i].in), &how);
		g_assert_cmpstr(out->str, ==, cases[i].out);
	}
}

/* Only part of a longer text is read. */
static void
test_length(void)
{
	struct html_clean how = { .trust = HTML_SAFE };
	g_autoptr(GString) out = g_string_new(NULL);

	html_clean(out, str_upto(STR_LIT("<b>x</b><script>"), 8), &how);
	g_assert_cmpstr(out->str, ==, "<b>x</b>");
}

/* What was written is read again as the same: no markup comes to life by being
 * parsed twice, which is how such filters are usually passed by. */
static void
test_stable(void)
{
	const struct {
		const struct sample *samples;
		size_t n;
	} all[] = { { ours, G_N_ELEMENTS(ours) },
		{ repaired, G_N_ELEMENTS(repaired) },
		{ refused, G_N_ELEMENTS(refused) },
		{ foreign, G_N_ELEMENTS(foreign) } };

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		for (size_t k = 0; k < all[i].n; k++) {
			g_autoptr(GString) once = g_string_new(NULL);
			g_autoptr(GString) twice = g_string_new(NULL);
			g_autoptr(GString) names = g_string_new(NULL);
			struct html_clean how = { .trust = HTML_SAFE };
			html_clean(once, str_of(all[i].samples[k].in), &how);
			struct notes notes = { once->str, names };
			how.refused = note;
			how.ctx = &notes;
			html_clean(twice, str_of(once->str), &how);
			g_assert_cmpstr(twice->str, ==, once->str);
			g_assert_cmpstr(names->str, ==, "");
		}
}

/* Neither the stack nor the patience runs out, and a long list is no deep one.
 */
static void
test_nesting(void)
{
	static const struct {
		const char *part;
		int n;
		bool is_deep;
	} cases[] = { { "<div>", 199, false }, { "<div>", 201, true },
		{ "<div>", 300000, true }, { "<i>", 300000, true },
		{ "<b><table><td></b>", 4000, true },
		{ "<dd><li>", 50000, true }, { "<li>a", 4000, false },
		{ "<p>a<br>", 4000, false }, { "<!--<b>-->", 4000, false },
		{ "</p>", 4000, false }, { "<b>x</b><br>", 4000, false },
		{ "<svg><path/><g/></svg>", 4000, false } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) in = g_string_new(NULL);
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GString) names = g_string_new(NULL);
		struct notes notes = { in->str, names };
		struct html_clean how = { .trust = HTML_SAFE,
			.refused = note,
			.ctx = &notes };
		for (int k = 0; k < cases[i].n; k++)
			g_string_append(in, cases[i].part);
		notes.in = in->str;
		g_test_message("%d times %s", cases[i].n, cases[i].part);
		html_clean(out, str_of(in->str), &how);
		g_assert_cmpint(strstr(names->str, "nesting") != NULL, ==,
		    cases[i].is_deep);
	}
}

static void
test_attributes(void)
{
	for (unsigned n = 1000; n <= 1001; n++) {
		g_autoptr(GString) in = g_string_new("<!-- > --><p a='>");
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GString) names = g_string_new(NULL);
		g_string_append(in, "' =");
		for (unsigned i = 2; i < n; i++)
			g_string_append_printf(in, "/a%u = \"/\"", i);
		g_string_append(in, ">x");
		struct notes notes = { in->str, names };
		struct html_clean how = { .trust = HTML_SAFE,
			.refused = note,
			.ctx = &notes };
		html_clean(out, (struct str){ in->str, in->len }, &how);
		g_assert_cmpint(strcmp(names->str, "attributes@0 ") == 0, ==,
		    n > 1000);
	}
}

void
test_port_html(void)
{
	g_test_add_func("/port/html/ours", test_ours);
	g_test_add_func("/port/html/allow", test_allow);
	g_test_add_func("/port/html/repair", test_repair);
	g_test_add_func("/port/html/refuse", test_refuse);
	g_test_add_func("/port/html/foreign", test_foreign);
	g_test_add_func("/port/html/xml", test_xml);
	g_test_add_func("/port/html/relink", test_relink);
	g_test_add_func("/port/html/image", test_image);
	g_test_add_func("/port/html/mended", test_mended);
	g_test_add_func("/port/html/ids", test_ids);
	g_test_add_func("/port/html/length", test_length);
	g_test_add_func("/port/html/stable", test_stable);
	g_test_add_func("/port/html/nesting", test_nesting);
	g_test_add_func("/port/html/attributes", test_attributes);
	g_test_add_func("/port/html/walk", test_walk);
}
