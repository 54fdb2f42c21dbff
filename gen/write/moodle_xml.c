/*
 * Questions as Moodle XML: out/<slug>.moodle.xml, the format in which Moodle
 * loses nothing of them. Pictures are in the file, once for each text that
 * shows them. What the manual leaves open is as Moodle's
 * question/format/xml/format.php reads it.
 * https://docs.moodle.org/en/Moodle_XML_format
 */
#include "base/decimal.h"
#include "base/fs.h"
#include "base/text.h"
#include "write/away.h"
#include "write/lms.h"

enum {
	OPTION_ORDERING = LMS_FILE_OPTIONS
};

static const struct writer_option options[] = {
	LMS_FILE_OPTION_ROWS,
	[OPTION_ORDERING] = { "ordering", "ordering",
	    "'matching' for Moodle before 4.4, which has no ordering" },
	{ NULL, NULL, NULL },
};

static const char *const orderings[] = { "ordering", "matching", NULL };

/* A question in the making. */
struct writing {
	GString *to;
	const struct lms *w;
	struct diag *diag;
	bool has_failed; /* a picture could not be read; reported */
};

/* --- elements ----------------------------------------------------------- */

static void
put(const struct writing *x, const char *z)
{
	text_addz(x->to, z);
}

/* Moodle reads by PHP's xml_parse_into_struct(), which leaves out white space
 * that stands between two references; so there are none. */
static void
put_value(GString *to, struct str s)
{
	bool is_plain = true;

	for (size_t i = 0; i < s.len; i++)
		is_plain = is_plain && !strchr("&<>", s.p[i]);
	if (is_plain)
		html_text(to, s);
	else
		html_cdata(to, s);
}

static void
put_text(const struct writing *x, struct str s)
{
	put(x, "<text>");
	put_value(x->to, s);
	put(x, "</text>");
}

static void
put_leaf(const struct writing *x, const char *name, const char *value)
{
	g_string_append_printf(x->to, "    <%s>", name);
	put_value(x->to, str_of(value));
	g_string_append_printf(x->to, "</%s>\n", name);
}

static void
put_file(struct writing *x, const struct asset *asset)
{
	struct arena *scratch = arena_new();
	struct str bytes;

	if (!fs_read_same(asset->src, asset->hash, scratch, &bytes, x->diag)) {
		x->has_failed = true;
		arena_free(scratch);
		return;
	}
	g_autofree char *text = g_base64_encode((const guchar *)bytes.p,
	    bytes.len);
	g_string_append_printf(x->to,
	    "<file name=\"%s\" path=\"/\" encoding=\"base64\">",
	    away_name(asset, x->w->arena));
	put(x, text);
	put(x, "</file>");
	arena_free(scratch);
}

/* A text with the files that it shows, below the element that is open. */
static void
put_html(struct writing *x, const struct lms_text *t)
{
	put_text(x, t->html);
	for (size_t i = 0; i < t->n_pictures; i++)
		put_file(x, t->pictures[i]);
}

static void
put_field(struct writing *x, const char *name, const struct lms_text *t)
{
	g_string_append_printf(x->to, "    <%s format=\"html\">", name);
	put_html(x, t);
	g_string_append_printf(x->to, "</%s>\n", name);
}

/* An answer in HTML or, with plain, in text. */
struct answer {
	const char *fraction;
	const struct lms_text *html;
	const char *plain;
	const char *tolerance; /* of a number, or NULL */
	const struct lms_text *feedback; /* or NULL */
};

static void
put_answer(struct writing *x, const struct answer *a)
{
	g_string_append_printf(x->to,
	    "    <answer fraction=\"%s\" format=\"%s\">", a->fraction,
	    a->html ? "html" : "plain_text");
	if (a->html)
		put_html(x, a->html);
	else
		put_text(x, str_of(a->plain));
	if (a->tolerance)
		g_string_append_printf(x->to, "<tolerance>%s</tolerance>",
		    a->tolerance);
	if (a->feedback && a->feedback->html.len) {
		put(x, "<feedback format=\"html\">");
		put_html(x, a->feedback);
		put(x, "</feedback>");
	}
	put(x, "</answer>\n");
}

/* --- kinds -------------------------------------------------------------- */

static bool
has_twins(const struct question *q)
{
	for (unsigned i = 0; i < q->n_pairs; i++)
		if (q->pairs[i].same != i)
			return true;
	return false;
}

/* Moodle's own ordering knows no two items that may change places. */
static bool
is_ordered(const struct lms *w, const struct question *q)
{
	return q->kind == QUESTION_ORDER && !has_twins(q) &&
	    strcmp(writer_option(w->in, OPTION_ORDERING), "ordering") == 0;
}

static const char *
type_of(const struct lms *w, const struct question *q)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY: return "multichoice";
	case QUESTION_TRUTH: return "truefalse";
	case QUESTION_TEXT: return "shortanswer";
	case QUESTION_NUMBER: return "numerical";
	case QUESTION_CLOZE: return "cloze";
	case QUESTION_ORDER: return is_ordered(w, q) ? "ordering" : "matching";
	case QUESTION_MATCH:
	case QUESTION_MATRIX:
	case QUESTION_KIND_COUNT: break;
	}
	return "matching";
}

static void
put_choices(struct writing *x, const struct question *q)
{
	const enum shuffle shuffle = q->quiz->shuffle;
	const bool may_move = q->is_bullets &&
	    (shuffle == SHUFFLE_OPTIONS || shuffle == SHUFFLE_ALL);
	size_t n;
	const struct lms_choice *all = lms_choices(x->w, q, &n);

	put_leaf(x, "single", q->kind == QUESTION_MANY ? "false" : "true");
	put_leaf(x, "shuffleanswers", may_move ? "true" : "false");
	put_leaf(x, "answernumbering", "abc");
	for (size_t i = 0; i < n; i++)
		put_answer(x,
		    &(struct answer){ .fraction = all[i].weight,
			.html = &all[i].text,
			.feedback = &all[i].feedback });
}

static void
put_truth(struct writing *x, const struct question *q)
{
	for (int truth = 1; truth >= 0; truth--) {
		const struct option *o = lms_truth(x->w, q, truth);
		const struct lms_text why = lms_label(x->w, q->doc,
		    o->feedback);
		put_answer(x,
		    &(struct answer){ .fraction = o->is_correct ? "100" : "0",
			.plain = truth ? "true" : "false",
			.feedback = &why });
	}
}

static void
put_typed(struct writing *x, const char *fraction, const struct accepted *texts,
    size_t n, const struct lms_text *why)
{
	for (size_t i = 0; i < n; i++) {
		g_autoptr(GString) pattern = g_string_new(NULL);
		lms_pattern(pattern, texts[i].text);
		put_answer(x,
		    &(struct answer){ .fraction = fraction,
			.plain = pattern->str,
			.feedback = why });
	}
}

static void
put_short(struct writing *x, const struct question *q)
{
	put_leaf(x, "usecase",
	    lms_is_exact(q) && !lms_is_half_exact(q) ? "1" : "0");
	put_typed(x, "100", q->accepted, q->n_accepted, NULL);
	for (size_t i = 0; i < q->n_wrong; i++) {
		const struct known_wrong *wrong = &q->wrong[i];
		const struct lms_text why = lms_inlines(x->w, q->doc,
		    wrong->feedback);
		put_typed(x, "0", wrong->texts, wrong->n_texts, &why);
	}
}

/* The middle of a range, and half of its width. */
static const char *
middle_of(const struct number *n, struct arena *a)
{
	const char *sum = decimal_add(a, n->from, n->to);
	const char *half = decimal_percent(a, sum, "50");

	return decimal_compare(sum, "0") < 0 ? decimal_sub(a, "0", half) : half;
}

static void
put_unit(struct writing *x, const char *unit)
{
	if (!unit[0])
		return;
	put(x, "    <units><unit><multiplier>1</multiplier><unit_name>");
	put_value(x->to, str_of(unit));
	put(x, "</unit_name></unit></units>\n");
}

static void
put_number(struct writing *x, const struct question *q)
{
	const struct number *n = &q->quantity;
	struct arena *a = x->w->arena;
	const char *tolerance = n->value
	    ? lms_tolerance(x->w, q)
	    : decimal_percent(a, decimal_sub(a, n->to, n->from), "50");

	put_answer(x,
	    &(struct answer){ .fraction = "100",
		.plain = n->value ? n->value : middle_of(n, a),
		.tolerance = tolerance });
	for (size_t i = 0; i < q->n_wrong; i++) {
		const struct known_wrong *wrong = &q->wrong[i];
		const struct lms_text why = lms_inlines(x->w, q->doc,
		    wrong->feedback);
		for (size_t k = 0; k < wrong->n_texts; k++)
			put_answer(x,
			    &(struct answer){ .fraction = "0",
				.plain = wrong->texts[k].text,
				.tolerance = "0",
				.feedback = &why });
	}
	/* The unit may be typed, and need not. */
	put_unit(x, n->unit);
}

static void
put_items(struct writing *x, const struct question *q)
{
	put(x,
	    "    <layouttype>VERTICAL</layouttype>\n"
	    "    <selecttype>ALL</selecttype>\n"
	    "    <selectcount>0</selectcount>\n");
	put_leaf(x, "gradingtype",
	    q->is_scored_each ? "ABSOLUTE_POSITION" : "ALL_OR_NOTHING");
	put(x,
	    "    <showgrading>SHOW</showgrading>\n"
	    "    <numberingstyle>none</numberingstyle>\n");
	for (size_t i = 0; i < q->n_pairs; i++) {
		const struct lms_text item = lms_label(x->w, q->doc,
		    q->pairs[i].left);
		put_answer(x,
		    &(struct answer){
			.fraction = arena_printf(x->w->arena, "%zu", i + 1),
			.html = &item });
	}
}

static void
put_pairs(struct writing *x, const struct question *q)
{
	size_t n;
	const struct lms_pair *all = lms_pairs(x->w, q, &n);

	put_leaf(x, "shuffleanswers", "true");
	for (size_t i = 0; i < n; i++) {
		g_autoptr(GString) right = g_string_new(NULL);
		/* Moodle removes what looks like a tag. */
		html_textz(right, all[i].right);
		put(x, "    <subquestion format=\"html\">");
		put_html(x, &all[i].left);
		put(x, "<answer>");
		put_text(x, (struct str){ right->str, right->len });
		put(x, "</answer></subquestion>\n");
	}
}

/* What would end a spelling, or be something else in it, as a reference, which
 * Moodle resolves last. */
static void
put_spelling(GString *out, const char *text)
{
	for (const char *p = text; *p; p++)
		if (strchr("\\~#{}&<>\"%=:", *p))
			g_string_append_printf(out, "&#%d;", *p);
		else
			g_string_append_c(out, *p);
}

/* {1:SHORTANSWER:=Premium~=premium SKU}
 * https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type */
static void
draw_blank(GString *out, const struct node *n, const struct html_policy *p)
{
	const struct question *q = p->question;
	const struct blank *b = n->blank;
	bool is_exact = true;

	for (size_t i = 0; i < b->n_texts; i++)
		is_exact = is_exact && b->texts[i].is_exact;
	g_string_append_printf(out, "{%u:%s:", q->points,
	    is_exact ? "SHORTANSWER_C" : "SHORTANSWER");
	for (size_t i = 0; i < b->n_texts; i++) {
		g_autoptr(GString) pattern = g_string_new(NULL);
		lms_pattern(pattern, b->texts[i].text);
		text_addz(out, i ? "~=" : "=");
		put_spelling(out, pattern->str);
	}
	g_string_append_c(out, '}');
}

static void
put_answers(struct writing *x, const struct question *q)
{
	switch (q->kind) {
	case QUESTION_ONE:
	case QUESTION_MANY: put_choices(x, q); break;
	case QUESTION_TRUTH: put_truth(x, q); break;
	case QUESTION_TEXT: put_short(x, q); break;
	case QUESTION_NUMBER: put_number(x, q); break;
	case QUESTION_ORDER:
		if (is_ordered(x->w, q))
			put_items(x, q);
		else
			put_pairs(x, q);
		break;
	case QUESTION_MATCH:
	case QUESTION_MATRIX: put_pairs(x, q); break;
	case QUESTION_CLOZE: /* they are in its text */
	case QUESTION_KIND_COUNT: break;
	}
}

/* --- questions ---------------------------------------------------------- */

static void
begin_question(struct writing *x, const char *type, const char *name,
    const struct lms_text *text)
{
	g_string_append_printf(x->to, "  <question type=\"%s\">\n    <name>",
	    type);
	put_text(x, str_of(name));
	put(x, "</name>\n");
	put_field(x, "questiontext", text);
}

/* A question with blanks counts what its blanks count, and says the number
 * of points for each of them itself. */
static void
put_facts(struct writing *x, const struct question *q)
{
	if (q->kind != QUESTION_CLOZE)
		put_leaf(x, "defaultgrade",
		    arena_printf(x->w->arena, "%u", q->worth));
	put_leaf(x, "penalty", q->kind == QUESTION_TRUTH ? "1" : "0.3333333");
	put_leaf(x, "hidden", "0");
	put_leaf(x, "idnumber", lms_idnumber(x->w, q));
}

static void
put_question(struct writing *x, const struct question *q)
{
	const char *const *tags = lms_tags(x->w, q);
	const struct lms_text asked = lms_asked(x->w, q, false);
	const struct lms_text why = lms_explanation(x->w, q);

	begin_question(x, type_of(x->w, q), lms_file_name(x->w, q), &asked);
	put_field(x, "generalfeedback", &why);
	put_facts(x, q);
	put_answers(x, q);
	for (size_t i = 0; i < q->n_hints; i++) {
		const struct lms_text hint = lms_blocks(x->w, q->doc,
		    q->hints[i]);
		put_field(x, "hint", &hint);
	}
	put(x, tags[0] ? "    <tags>" : "");
	for (size_t i = 0; tags[i]; i++) {
		put(x, "<tag>");
		put_text(x, str_of(tags[i]));
		put(x, "</tag>");
	}
	put(x, tags[0] ? "</tags>\n" : "");
	put(x, "  </question>\n");
}

/* Text between questions. */
static void
put_description(struct writing *x, const struct quiz *quiz,
    const struct node *text)
{
	const struct lms_text said = lms_blocks(x->w, x->w->page->doc, text);

	if (said.html.len == 0)
		return;
	begin_question(x, "description", lms_line(x->w, quiz->title), &said);
	put(x, "  </question>\n");
}

/* --- hooks -------------------------------------------------------------- */

static void
xml_check(const struct book *b, const struct brief *in, struct diag *d)
{
	(void)b;
	lms_file_check(in, d);
	writer_check_option(in, OPTION_ORDERING, orderings, d);
}

static bool
xml_open(struct job *j)
{
	struct lms_file *s = j->state;

	if (!lms_file_open(j))
		return false;
	text_addz(s->text,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
	return true;
}

static bool
xml_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct lms w = { .in = in,
		.page = p->page,
		.arena = p->arena,
		.pictures = "@@PLUGINFILE@@/",
		.blank = draw_blank,
		.hidden = "{}" };
	g_autoptr(GString) text = g_string_new(NULL);
	struct writing x = { .to = text, .w = &w, .diag = p->diag };

	(void)state;
	for (size_t i = 0; i < p->page->n_quizzes; i++) {
		const struct quiz *quiz = p->page->quizzes[i];
		for (size_t k = 0; k < quiz->n_parts; k++) {
			const struct quiz_part *part = &quiz->parts[k];
			if (!lms_takes(quiz, part))
				continue;
			if (part->text)
				put_description(&x, quiz, part->text);
			else
				put_question(&x, part->question);
		}
	}
	lms_file_add(p, &w, text);
	return !x.has_failed;
}

static void
put_category(GString *to, const char *category)
{
	text_addz(to, "  <question type=\"category\"><category><text>");
	put_value(to, str_of(category));
	text_addz(to, "</text></category></question>\n");
}

static bool
xml_emit(struct job *j, const struct piece *p)
{
	return lms_file_emit(j, p, put_category);
}

static bool
xml_finish(struct job *j)
{
	return lms_file_finish(j, "</quiz>\n");
}

/* --- what is lost ------------------------------------------------------- */

static const char *
loses_order(const struct question *q)
{
	return has_twins(q)
	    ? "a place is chosen for each item, since some say the same and may change places"
	    : NULL;
}

static bool
has_parts(const struct question *q)
{
	return lms_has_parts(q) && (q->kind != QUESTION_ORDER || has_twins(q));
}

/* Each blank has points of its own. */
static bool
has_cloze_points(const struct question *q)
{
	return q->kind == QUESTION_CLOZE && !q->is_scored_each &&
	    q->n_blanks > 1;
}

static const struct rendition renditions[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = { .how = "multiple choice, one answer" },
	[QUESTION_MANY] = { .how = "multiple choice, several answers",
	    .loses = lms_loses_shares },
	[QUESTION_TRUTH] = { .how = "true/false" },
	[QUESTION_TEXT] = { .how = "short answer" },
	[QUESTION_NUMBER] = { .how = "numerical", .loses = lms_loses_digits },
	[QUESTION_ORDER] = { .how = "ordering", .loses = loses_order },
	[QUESTION_MATCH] = { .how = "matching", .loses = lms_loses_sides },
	[QUESTION_MATRIX] = { .how = "matching",
	    .lost = "a column is chosen for each statement" },
	[QUESTION_CLOZE] = { .how = "embedded answers" },
};

static const struct construct constructs[] = {
	{ "a part of what is right brings a part of the points", has_parts },
	{ "each of its blanks counts the points", has_cloze_points },
	{ "case does not matter, since it does not in all of its spellings",
	    lms_is_half_exact },
	{ NULL, NULL },
};

const struct writer writer_moodle_xml = {
	.name = "moodle-xml",
	.summary = "questions for Moodle, with pictures",
	.renditions = renditions,
	.constructs = constructs,
	.suffix = ".moodle.xml",
	.options = options,
	.order = EMIT_READING,
	.state_size = sizeof(struct lms_file),
	.check = xml_check,
	.open = xml_open,
	.render = xml_render,
	.emit = xml_emit,
	.finish = xml_finish,
	.close = lms_file_close,
};
