#include "port/math.h"

#include "port/proc.h"

#include <assert.h>
#include <stdlib.h>

#define MATHML "http://www.w3.org/1998/Math/MathML"
#define BLAHTEXML "http://gva.noekeon.org/blahtexml"
/* Longer ones are no formulas; blahtexml itself ends at 2,500 nodes. */
#define TEX_MOST 16384
#define OUTPUT_MOST ((size_t)64 << 20)
/* As for raw HTML; browsers cut at 512. */
#define DEPTH 200
#define MESSAGE_MOST 200
#define VALUE_MOST 64
#define ATTRIBUTES_MOST 16
/* So many runs may go wrong before the rest is given up: enough to find a few
 * formulas among thousands that the program dies of, by halves. */
#define FAILURES_MOST 40
/* A thousand formulas take a third of a second. */
#define SECONDS(n) (10 + (unsigned)((n) / 200))

/* ---- what MathML may be, of what blahtexml makes
 * https://www.w3.org/TR/MathML3/chapter3.html; sorted by strcmp() */

struct element {
	const char *name;
	bool is_token; /* holds text, and no elements */
	unsigned n_children; /* exactly so many; 0: any number */
};

static const struct element elements[] = { { "mfrac", false, 2 },
	{ "mi", true, 0 }, { "mn", true, 0 }, { "mo", true, 0 },
	{ "mover", false, 2 }, { "mpadded", false, 0 }, { "mroot", false, 2 },
	{ "mrow", false, 0 }, { "mspace", true, 0 }, { "msqrt", false, 0 },
	{ "mstyle", false, 0 }, { "msub", false, 2 }, { "msubsup", false, 3 },
	{ "msup", false, 2 }, { "mtable", false, 0 }, { "mtd", false, 0 },
	{ "mtext", true, 0 }, { "mtr", false, 0 }, { "munder", false, 2 },
	{ "munderover", false, 3 } };

static const char *const attributes[] = { "accent", "columnalign",
	"columnspacing", "depth", "displaystyle", "height", "linethickness",
	"lspace", "mathcolor", "mathvariant", "maxsize", "minsize",
	"movablelimits", "rowspacing", "rspace", "scriptlevel", "stretchy",
	"width" };

static int
compare_elements(const void *name, const void *entry)
{
	return strcmp(name, ((const struct element *)entry)->name);
}

static int
compare_names(const void *name, const void *entry)
{
	return strcmp(name, *(const char *const *)entry);
}

static const struct element *
element_of(const char *name)
{
	return bsearch(name, elements, G_N_ELEMENTS(elements),
	    sizeof(*elements), compare_elements);
}

static bool
is_attribute(const char *name)
{
	return bsearch(name, attributes, G_N_ELEMENTS(attributes),
	    sizeof(*attributes), compare_names);
}

/* Lengths, numbers, colours, words: all that these attributes are made of. */
static bool
is_value(struct str s)
{
	if (s.len == 0 || s.len > VALUE_MOST)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_alnum(s.p[i]) && !strchr("#%+-. ", s.p[i]))
			return false;
	return true;
}

/* ---- letters
 *
 * Browsers know no mathvariant but "normal"
 * (https://www.w3.org/TR/mathml-core/#the-mathvariant-attribute): letters have
 * to be the ones that Unicode has for each style. Older readers show these as
 * they show the attribute. */

struct style {
	const char *name;
	gunichar latin, greek, digits; /* of A, Α, 0; 0: has none */
};

/* https://www.unicode.org/charts/PDF/U1D400.pdf */
static const struct style styles[] = {
	{ "bold", 0x1d400, 0x1d6a8, 0x1d7ce },
	{ "bold-fraktur", 0x1d56c, 0, 0 },
	{ "bold-italic", 0x1d468, 0x1d71c, 0 },
	{ "bold-sans-serif", 0x1d5d4, 0x1d756, 0x1d7ec },
	{ "bold-script", 0x1d4d0, 0, 0 },
	{ "double-struck", 0x1d538, 0, 0x1d7d8 },
	{ "fraktur", 0x1d504, 0, 0 },
	{ "italic", 0x1d434, 0x1d6e2, 0 },
	{ "monospace", 0x1d670, 0, 0x1d7f6 },
	{ "sans-serif", 0x1d5a0, 0, 0x1d7e2 },
	{ "sans-serif-bold-italic", 0x1d63c, 0x1d790, 0 },
	{ "sans-serif-italic", 0x1d608, 0, 0 },
	{ "script", 0x1d49c, 0, 0 },
};

/* Those that Unicode had before the others, and elsewhere. */
static const struct {
	gunichar hole, letter;
} older[] = { { 0x1d455, 0x210e }, { 0x1d49d, 0x212c }, { 0x1d4a0, 0x2130 },
	{ 0x1d4a1, 0x2131 }, { 0x1d4a3, 0x210b }, { 0x1d4a4, 0x2110 },
	{ 0x1d4a7, 0x2112 }, { 0x1d4a8, 0x2133 }, { 0x1d4ad, 0x211b },
	{ 0x1d4ba, 0x212f }, { 0x1d4bc, 0x210a }, { 0x1d4c4, 0x2134 },
	{ 0x1d506, 0x212d }, { 0x1d50b, 0x210c }, { 0x1d50c, 0x2111 },
	{ 0x1d515, 0x211c }, { 0x1d51d, 0x2128 }, { 0x1d53a, 0x2102 },
	{ 0x1d53f, 0x210d }, { 0x1d545, 0x2115 }, { 0x1d547, 0x2119 },
	{ 0x1d548, 0x211a }, { 0x1d549, 0x211d }, { 0x1d551, 0x2124 } };

/* 0: has none. */
static gunichar
letter_in(const struct style *s, gunichar u)
{
	gunichar styled = 0;

	if (u >= 'A' && u <= 'Z')
		styled = s->latin + (u - 'A');
	else if (u >= 'a' && u <= 'z')
		styled = s->latin + 26 + (u - 'a');
	else if (u >= '0' && u <= '9')
		styled = s->digits ? s->digits + (u - '0') : 0;
	else if (u >= 0x391 && u <= 0x3a9 && u != 0x3a2)
		styled = s->greek ? s->greek + (u - 0x391) : 0;
	else if (u >= 0x3b1 && u <= 0x3c9)
		styled = s->greek ? s->greek + 26 + (u - 0x3b1) : 0;
	for (size_t i = 0; i < G_N_ELEMENTS(older); i++)
		if (older[i].hole == styled)
			return older[i].letter;
	return styled;
}

/* The whole text in letters of the style, or false: text is as it was. */
static bool
restyle(GString *text, struct str style)
{
	const struct style *s = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(styles); i++)
		if (str_is(style, styles[i].name))
			s = &styles[i];
	if (!s || text->len == 0)
		return false;
	g_autoptr(GString) styled = g_string_new(NULL);
	for (const char *p = text->str; *p; p = g_utf8_next_char(p)) {
		const gunichar u = letter_in(s, g_utf8_get_char(p));
		if (!u)
			return false;
		g_string_append_unichar(styled, u);
	}
	g_string_assign(text, styled->str);
	return true;
}

/* ---- XML in general */

/* https://www.w3.org/TR/xml/#charsets, of UTF-8 that is known to be valid;
 * and without the control characters that nobody means. */
static bool
is_xml(struct str s)
{
	if (s.len > 0 && !g_utf8_validate(s.p, (gssize)s.len, NULL))
		return false;
	for (const char *p = s.p; p < s.p + s.len; p = g_utf8_next_char(p)) {
		const gunichar u = g_utf8_get_char(p);
		if ((u < 0x20 && u != '\t' && u != '\n' && u != '\r') ||
		    (u >= 0x7f && u <= 0x9f) || u == 0xfffe || u == 0xffff)
			return false;
	}
	return true;
}

/* For text and attributes alike. */
static void
append_escaped(GString *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		switch (s.p[i]) {
		case '&': g_string_append(out, "&amp;"); break;
		case '<': g_string_append(out, "&lt;"); break;
		case '>': g_string_append(out, "&gt;"); break;
		case '"': g_string_append(out, "&quot;"); break;
		case '\t':
		case '\n':
		case '\r': g_string_append_c(out, ' '); break;
		default: g_string_append_c(out, s.p[i]);
		}
}

/* ---- reading the answer: XML of which everything is refused but what
 * blahtexml is known to write. Every function takes what it knows off the
 * front and says whether it was there. */

struct reader {
	struct str rest;
	GString *out; /* the formula at hand */
	GString *text; /* of the token at hand */
};

struct attribute {
	char name[32];
	struct str value; /* raw */
};

struct tag {
	char name[32];
	struct attribute attributes[ATTRIBUTES_MOST];
	size_t n_attributes;
};

static bool
take(struct reader *r, const char *literal)
{
	if (!str_starts(r->rest, literal))
		return false;
	r->rest = str_from(r->rest, strlen(literal));
	return true;
}

static void
take_space(struct reader *r)
{
	while (r->rest.len > 0 && is_space(*r->rest.p))
		r->rest = str_from(r->rest, 1);
}

static bool
take_name(struct reader *r, char name[32])
{
	size_t n = 0;

	while (
	    n < r->rest.len && (is_alnum(r->rest.p[n]) || r->rest.p[n] == ':'))
		n++;
	if (n == 0 || n >= 32)
		return false;
	memcpy(name, r->rest.p, n);
	name[n] = '\0';
	r->rest = str_from(r->rest, n);
	return true;
}

static bool
take_attribute(struct reader *r, struct attribute *at)
{
	if (!take_name(r, at->name) || !take(r, "=\""))
		return false;
	const size_t n = str_find(r->rest, '"');
	at->value = str_upto(r->rest, n);
	r->rest = str_from(r->rest, n);
	return str_find(at->value, '<') == at->value.len && take(r, "\"");
}

static bool
take_start(struct reader *r, struct tag *t)
{
	t->n_attributes = 0;
	if (!take(r, "<") || !take_name(r, t->name))
		return false;
	while (take(r, " ")) {
		if (t->n_attributes == ATTRIBUTES_MOST ||
		    !take_attribute(r, &t->attributes[t->n_attributes]))
			return false;
		t->n_attributes++;
	}
	return take(r, ">");
}

static bool
take_end(struct reader *r, const char *name)
{
	return take(r, "</") && take(r, name) && take(r, ">");
}

static const struct str *
attribute_of(const struct tag *t, const char *name)
{
	for (size_t i = 0; i < t->n_attributes; i++)
		if (!strcmp(t->attributes[i].name, name))
			return &t->attributes[i].value;
	return NULL;
}

static bool
take_entity(struct reader *r, GString *to)
{
	static const struct {
		const char *name, *text;
	} entities[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" },
		{ "&quot;", "\"" }, { "&apos;", "'" }, { "&#xA;", " " },
		{ "&#xD;", " " }, { "&#x9;", " " } };

	for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
		if (take(r, entities[i].name)) {
			g_string_append(to, entities[i].text);
			return true;
		}
	return false;
}

/* Text up to the next tag, without its entities. */
static bool
take_text(struct reader *r, GString *to)
{
	g_string_truncate(to, 0);
	while (r->rest.len > 0 && *r->rest.p != '<') {
		if (*r->rest.p == '&') {
			if (!take_entity(r, to))
				return false;
			continue;
		}
		g_string_append_c(to, *r->rest.p);
		r->rest = str_from(r->rest, 1);
	}
	return true;
}

/* ---- one formula */

/* Elements that are open, from the outermost. */
struct level {
	const struct element *element; /* NULL: <math> itself */
	unsigned n_children;
};

static bool
write_attributes(GString *out, const struct tag *t, bool with_variant)
{
	for (size_t i = 0; i < t->n_attributes; i++) {
		const struct attribute *at = &t->attributes[i];
		if (!is_attribute(at->name) || !is_value(at->value))
			return false;
		for (size_t k = 0; k < i; k++)
			if (!strcmp(at->name, t->attributes[k].name))
				return false;
		if (with_variant || strcmp(at->name, "mathvariant"))
			g_string_append_printf(out, " %s=\"%.*s\"", at->name,
			    STR_ARG(at->value));
	}
	return true;
}

/* Text in a style stays text that can be searched and read aloud: only the
 * names, numbers and signs of mathematics change their letters. */
static bool
copy_token(struct reader *r, const struct tag *t)
{
	const struct str *variant = attribute_of(t, "mathvariant");

	if (!take_text(r, r->text) || !take_end(r, t->name))
		return false;
	const bool is_text = !strcmp(t->name, "mtext");
	const bool is_styled = variant && !is_text &&
	    restyle(r->text, *variant);
	g_string_append_printf(r->out, "<%s", t->name);
	if (!write_attributes(r->out, t, !is_styled))
		return false;
	g_string_append_c(r->out, '>');
	append_escaped(r->out, (struct str){ r->text->str, r->text->len });
	g_string_append_printf(r->out, "</%s>", t->name);
	return strcmp(t->name, "mspace") || r->text->len == 0;
}

static bool
copy_end(struct reader *r, const struct level *l)
{
	const char *name = l->element ? l->element->name : "math";

	if (l->element && l->element->n_children > 0 &&
	    l->element->n_children != l->n_children)
		return false;
	g_string_append_printf(r->out, "</%s>", name);
	return take_end(r, name);
}

/* What stands behind <math>, up to its end. */
static bool
copy_content(struct reader *r)
{
	struct level levels[DEPTH] = { { NULL, 0 } };
	size_t n = 1;
	struct tag t;

	while (n > 0) {
		struct level *top = &levels[n - 1];
		if (str_starts(r->rest, "</")) {
			if (!copy_end(r, top))
				return false;
			n--;
			continue;
		}
		if (!take_start(r, &t))
			return false;
		const struct element *e = element_of(t.name);
		if (!e || n == DEPTH)
			return false;
		top->n_children++;
		if (e->is_token) {
			if (!copy_token(r, &t))
				return false;
			continue;
		}
		g_string_append_printf(r->out, "<%s", t.name);
		if (!write_attributes(r->out, &t, true))
			return false;
		g_string_append_c(r->out, '>');
		levels[n++] = (struct level){ e, 0 };
	}
	return true;
}

static bool
copy_math(struct reader *r, const struct math_formula *f)
{
	struct tag t;

	if (!take_start(r, &t) || strcmp(t.name, "math"))
		return false;
	g_string_assign(r->out, "<math xmlns=\"" MATHML "\"");
	if (f->is_display)
		g_string_append(r->out, " display=\"block\"");
	g_string_append(r->out, " alttext=\"");
	append_escaped(r->out, str_trim(f->tex));
	g_string_append(r->out, "\">");
	return copy_content(r) && take(r, "</f>");
}

/* The text of the <error> within, if there is one. */
static const char *
message_in(struct reader *r, struct str answer, struct arena *a)
{
	struct reader inner = { .rest = answer };
	struct tag t;
	const char *error = g_strstr_len(answer.p, (gssize)answer.len,
	    "<error ");

	if (!error)
		return "blahtexml gives no MathML that can be used";
	inner.rest = str_from(answer, (size_t)(error - answer.p));
	if (!take_start(&inner, &t) || !take_text(&inner, r->text))
		return "blahtexml gives no message that can be read";
	g_strdelimit(r->text->str, "\t\r\n", ' ');
	if (r->text->len <= MESSAGE_MOST)
		return arena_strdup(a, r->text->str);
	size_t n = MESSAGE_MOST;
	while (n > 0 && ((unsigned char)r->text->str[n] & 0xc0) == 0x80)
		n--;
	return arena_printf(a, "%.*s…", (int)n, r->text->str);
}

/* The answer to formula number i of this run. */
static bool
read_answer(struct reader *r, size_t i, const struct math_formula *f,
    struct math_result *result, struct arena *a)
{
	char number[24];
	struct tag t;

	if (!take_start(r, &t) || strcmp(t.name, "f"))
		return false;
	const struct str *is_for = attribute_of(&t, "n");
	g_snprintf(number, sizeof(number), "%zu", i);
	if (!is_for || !str_is(*is_for, number))
		return false;
	const struct str answer = r->rest;
	*result = (struct math_result){ .mathml = str_of("") };
	if (copy_math(r, f)) {
		result->mathml = arena_take(a, r->out);
		return true;
	}
	/* An error, or MathML that broke off for one, or something unknown.
	 * Whatever it is, a "<" is markup, so this is where it ends. */
	const char *end = g_strstr_len(answer.p, (gssize)answer.len, "</f>");
	if (!end)
		return false;
	const size_t len = (size_t)(end - answer.p);
	result->error = message_in(r, str_upto(answer, len), a);
	r->rest = str_from(answer, len + strlen("</f>"));
	return true;
}

/* ---- one run */

struct work {
	const char *program;
	const char *const *env;
	const struct math_formula *formulas;
	struct math_result *results;
	const size_t *todo; /* which of them go through the program */
	size_t n_todo;
	struct arena *arena;
	unsigned n_failures;
	bool is_machine; /* it cannot be run at all */
};

/* Every character that could mean anything to XML is a number; so are tabs and
 * line ends, which it would otherwise take for spaces. */
static void
write_question(GString *out, size_t i, const struct math_formula *f)
{
	g_string_append_printf(out, "<f n=\"%zu\" b:%s=\"", i,
	    f->is_display ? "block" : "inline");
	const char *end = f->tex.p + f->tex.len;
	for (const char *p = f->tex.p; p < end; p = g_utf8_next_char(p)) {
		if (is_alnum(*p) || *p == ' ' || *p == '\\')
			g_string_append_c(out, *p);
		else
			g_string_append_printf(out, "&#%u;",
			    (unsigned)g_utf8_get_char(p));
	}
	g_string_append(out, "\"/>");
}

static struct str
write_questions(const struct work *w, size_t from, size_t to)
{
	g_autoptr(GString) out = g_string_new(
	    "<?xml version=\"1.0\"?>\n<m xmlns:b=\"" BLAHTEXML "\">");

	for (size_t i = from; i < to; i++)
		write_question(out, i, &w->formulas[w->todo[i]]);
	g_string_append(out, "</m>\n");
	return arena_take(w->arena, out);
}

static bool
read_answers(const struct work *w, size_t from, size_t to, struct str answer)
{
	struct reader r = { .rest = answer,
		.out = g_string_new(NULL),
		.text = g_string_new(NULL) };
	struct tag t;
	bool is_good = is_xml(answer) &&
	    take(&r, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");

	take_space(&r);
	is_good = is_good && take_start(&r, &t) && !strcmp(t.name, "m");
	for (size_t i = from; is_good && i < to; i++)
		is_good = read_answer(&r, i, &w->formulas[w->todo[i]],
		    &w->results[w->todo[i]], w->arena);
	is_good = is_good && take_end(&r, "m");
	take_space(&r);
	is_good = is_good && r.rest.len == 0;
	g_string_free(r.out, TRUE);
	g_string_free(r.text, TRUE);
	return is_good;
}

static const char *
say_failure(const struct proc_result *r, struct arena *a)
{
	switch (r->end) {
	case PROC_OK:
	case PROC_FAILED: return "blahtexml gives an answer of unknown form";
	case PROC_SIGNALLED:
		return arena_printf(a, "blahtexml ended with signal %d",
		    r->status);
	case PROC_TIMEOUT: return "blahtexml takes too long";
	case PROC_FLOOD: return "blahtexml writes too much";
	case PROC_MISSING:
	case PROC_MACHINE:
		return arena_printf(a, "blahtexml could not be run: %s",
		    g_strerror(r->error));
	}
	return "";
}

static void
set_errors(const struct work *w, size_t from, size_t to, const char *error)
{
	const struct math_result failed = { str_of(""), error };

	for (size_t i = from; i < to; i++)
		w->results[w->todo[i]] = failed;
}

/* Those from..to-1 of the list. A run that fails is done again in two halves,
 * until the formula that it fails for is alone. */
static void
convert(struct work *w, size_t from, size_t to)
{
	const char *const argv[] = { w->program, "--xmlin", NULL };
	struct proc_result r;

	if (from == to || w->is_machine)
		return;
	if (w->n_failures >= FAILURES_MOST) {
		set_errors(w, from, to, "blahtexml has failed too often");
		return;
	}
	const struct proc p = { .argv = argv,
		.env = w->env,
		.input = write_questions(w, from, to),
		.seconds = SECONDS(to - from),
		.output_most = OUTPUT_MOST,
		.error_most = 1000 };
	proc_run(&p, w->arena, &r);
	/* Exit status 1 says that some formula has an error. */
	if ((r.end == PROC_OK || (r.end == PROC_FAILED && r.status == 1)) &&
	    read_answers(w, from, to, r.out))
		return;
	w->is_machine = r.end == PROC_MISSING || r.end == PROC_MACHINE;
	w->n_failures += r.end == PROC_TIMEOUT ? FAILURES_MOST / 5 : 1;
	/* What others have got already is no use if this ends here. */
	set_errors(w, w->is_machine ? 0 : from, w->is_machine ? w->n_todo : to,
	    say_failure(&r, w->arena));
	if (to - from > 1) {
		const size_t middle = from + (to - from) / 2;
		convert(w, from, middle);
		convert(w, middle, to);
	}
}

/* ---- all of it */

/* What must not be put to the program; NULL: nothing. */
static const char *
refusal(struct str tex)
{
	if (tex.len > TEX_MOST)
		return "the formula is longer than 16384 bytes";
	if (!is_xml(tex))
		return "the formula holds control characters or is not UTF-8";
	return NULL;
}

const char *
math_program(struct arena *a)
{
	return proc_find("blahtexml", proc_env(a), a);
}

bool
math_convert(const char *program, const struct math_formula *formulas,
    struct math_result *results, size_t n, struct arena *a)
{
	size_t *todo = arena_array(a, n + 1, size_t);
	struct work w = { .program = program,
		.env = proc_env(a),
		.formulas = formulas,
		.results = results,
		.todo = todo,
		.arena = a };

	assert(strchr(program, '/'));
	for (size_t i = 0; i < n; i++) {
		results[i] = (struct math_result){ .mathml = str_of(""),
			.error = refusal(formulas[i].tex) };
		if (!results[i].error)
			todo[w.n_todo++] = i;
	}
	convert(&w, 0, w.n_todo);
	return !w.is_machine;
}
