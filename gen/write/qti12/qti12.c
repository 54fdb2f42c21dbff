/*
 * Quizzes as a package of QTI 1.2 for Canvas: out/<slug>.qti.zip. Each quiz is
 * a folder with its items and what Canvas wants to know of it; pictures stand
 * in web_resources. Everything is named by hashes of ids, so that a newer
 * package takes the place of the one imported before.
 *
 * The standard is read by others, too; what it leaves open is done as Canvas
 * does in the packages that it writes itself.
 * https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_bindv1p2.html
 * https://www.imsglobal.org/content/packaging/cpv1p1p4/imscp_infov1p1p4.html
 */
#include "base/fs.h"
#include "base/text.h"
#include "port/zip.h"
#include "write/away.h"
#include "write/qti12/item.h"

#define PICTURES "web_resources/images/"

enum {
	OPTION_TYPE
};

static const struct writer_option options[] = {
	[OPTION_TYPE] = { "type", "mode",
	    "'practice', or 'assignment' with a grade; 'mode': as the quiz's mode is practice or exam" },
	{ NULL, NULL, NULL },
};

static const char *const types[] = { "mode", "practice", "assignment", NULL };

/* What a part is: a member of the archive, or a picture, whose bytes are the
 * hash and the file's path. */
enum {
	PART_DEFLATED = 1,
	PART_PICTURE = 2,
	PART_QUIZ = 4 /* the items of a quiz */
};

struct qti {
	struct zip *zip;
	struct arena *arena;
	GPtrArray *quizzes; /* identifiers */
	GPtrArray *pictures; /* their names: const char * */
};

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* --- a quiz ------------------------------------------------------------- */

/* A quiz in the making. */
struct making {
	struct piece *piece;
	const struct lms *w;
	GPtrArray *seen; /* const struct asset *, of this page */
};

static void
add_pictures(const struct lms_text *t, void *ctx)
{
	struct making *m = ctx;

	for (size_t i = 0; i < t->n_pictures; i++) {
		const struct asset *asset = t->pictures[i];
		if (g_ptr_array_find(m->seen, asset, NULL))
			continue;
		/* A pointer array cannot say that it is only read. */
		g_ptr_array_add(m->seen, (gpointer)(uintptr_t)asset);
		struct part *part = piece_add(m->piece);
		part->path = away_name(asset, m->w->arena);
		part->bytes = str_of(
		    arena_printf(m->w->arena, "%s%s", asset->hash, asset->src));
		part->flags = PART_PICTURE;
	}
}

static bool
is_drawn(const struct quiz *q)
{
	return q->n_drawn < q->n_parts;
}

/* Canvas draws from a group, in which every question counts the same. */
static bool
counts_equal(const struct quiz *q)
{
	unsigned worth = 0;

	for (size_t i = 0; i < q->n_parts; i++) {
		const struct question *one = q->parts[i].question;
		if (one && worth && one->worth != worth)
			return false;
		worth = one ? one->worth : worth;
	}
	return true;
}

static bool
has_group(const struct quiz *q)
{
	return is_drawn(q) && counts_equal(q);
}

/* All questions; of a pool that cannot be drawn from there, those that the
 * website asks. */
static const struct quiz_part *
parts_of(const struct quiz *q, size_t *n)
{
	const bool has_all = !is_drawn(q) || has_group(q);

	*n = has_all ? q->n_parts : q->n_drawn;
	return has_all ? q->parts : q->drawn;
}

static unsigned
points_of(const struct quiz *q)
{
	size_t n;
	const struct quiz_part *parts = parts_of(q, &n);
	unsigned points = 0, worth = 0;

	for (size_t i = 0; i < n; i++)
		if (parts[i].question)
			points += worth = parts[i].question->worth;
	return has_group(q) ? (unsigned)q->n_asked * worth : points;
}

static void
begin_group(GString *to, const struct lms *w, const struct quiz *q,
    unsigned worth)
{
	g_string_append_printf(to, "<section ident=\"%s\" title=\"",
	    item_ident(w, "group", q->id, NULL));
	html_attr(to, str_of(lms_line(w, q->title)));
	g_string_append_printf(to,
	    "\">\n<selection_ordering><selection><selection_number>%zu</selection_number>"
	    "<selection_extension><points_per_item>%u</points_per_item></selection_extension>"
	    "</selection></selection_ordering>\n",
	    q->n_asked, worth);
}

static unsigned
worth_of_first(const struct quiz *q)
{
	for (size_t i = 0; i < q->n_parts; i++)
		if (q->parts[i].question)
			return q->parts[i].question->worth;
	return 0;
}

/* A group holds nothing but questions, so texts stand in front of it. */
static void
put_items(struct making *m, const struct quiz *q, GString *to)
{
	const struct items x = { to, m->w, add_pictures, m };
	size_t n;
	const struct quiz_part *parts = parts_of(q, &n);

	for (size_t i = 0; has_group(q) && i < n; i++)
		if (parts[i].text)
			item_put_text(&x, q, parts[i].text, i);
	if (has_group(q))
		begin_group(to, m->w, q, worth_of_first(q));
	for (size_t i = 0; i < n; i++)
		if (parts[i].question)
			item_put(&x, q, parts[i].question);
		else if (!has_group(q))
			item_put_text(&x, q, parts[i].text, i);
	if (has_group(q))
		text_addz(to, "</section>\n");
}

static void
put_assessment(struct making *m, const struct quiz *q, const char *ident,
    GString *to)
{
	g_string_append_printf(to,
	    XML_HEAD
	    "<questestinterop xmlns=\"http://www.imsglobal.org/xsd/ims_qtiasiv1p2\" "
	    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
	    "xsi:schemaLocation=\"http://www.imsglobal.org/xsd/ims_qtiasiv1p2 http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd\">\n"
	    "<assessment ident=\"%s\" title=\"",
	    ident);
	html_attr(to, str_of(lms_line(m->w, q->title)));
	text_addz(to,
	    "\">\n<qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel>"
	    "<fieldentry>unlimited</fieldentry></qtimetadatafield></qtimetadata>\n"
	    "<section ident=\"root_section\">\n");
	put_items(m, q, to);
	text_addz(to, "</section>\n</assessment>\n</questestinterop>\n");
}

/* --- what Canvas wants to know of it ------------------------------------ */

static void
put_leaf(GString *to, const char *name, const char *value)
{
	g_string_append_printf(to, "<%s>", name);
	html_textz(to, value);
	g_string_append_printf(to, "</%s>\n", name);
}

static bool
is_assignment(const struct brief *in, const struct quiz *q)
{
	const char *type = writer_option(in, OPTION_TYPE);

	return strcmp(type, "assignment") == 0 ||
	    (strcmp(type, "mode") == 0 && q->mode == MODE_EXAM);
}

static bool
shuffles(const struct quiz *q)
{
	return q->shuffle == SHUFFLE_OPTIONS || q->shuffle == SHUFFLE_ALL;
}

static void
put_meta(const struct lms *w, const struct quiz *q, const char *ident,
    GString *to)
{
	const char *summary = w->page->self->summary;
	g_autoptr(GString) about = g_string_new(NULL);

	if (*summary) {
		text_addz(about, "<p>");
		html_textz(about, summary);
		text_addz(about, "</p>");
	}
	g_string_append_printf(to,
	    XML_HEAD
	    "<quiz identifier=\"%s\" xmlns=\"http://canvas.instructure.com/xsd/cccv1p0\" "
	    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
	    "xsi:schemaLocation=\"http://canvas.instructure.com/xsd/cccv1p0 https://canvas.instructure.com/xsd/cccv1p0.xsd\">\n",
	    ident);
	put_leaf(to, "title", lms_line(w, q->title));
	put_leaf(to, "description", about->str);
	put_leaf(to, "shuffle_answers", shuffles(q) ? "true" : "false");
	put_leaf(to, "scoring_policy", "keep_highest");
	put_leaf(to, "hide_results", "");
	put_leaf(to, "quiz_type",
	    is_assignment(w->in, q) ? "assignment" : "practice_quiz");
	put_leaf(to, "points_possible",
	    arena_printf(w->arena, "%u", points_of(q)));
	put_leaf(to, "show_correct_answers", "true");
	put_leaf(to, "anonymous_submissions", "false");
	put_leaf(to, "could_be_locked", "false");
	put_leaf(to, "allowed_attempts", "-1");
	put_leaf(to, "one_question_at_a_time", "false");
	put_leaf(to, "cant_go_back", "false");
	put_leaf(to, "available", "false");
	put_leaf(to, "one_time_results", "false");
	put_leaf(to, "show_correct_answers_last_attempt", "false");
	put_leaf(to, "only_visible_to_overrides", "false");
	put_leaf(to, "module_locked", "false");
	text_addz(to, "</quiz>\n");
}

/* --- rendering ---------------------------------------------------------- */

static void
add_file(struct piece *p, const char *path, GString *text, unsigned flags)
{
	struct zip_entry entry;

	zip_pack(&entry, arena_take(p->arena, text), true, p->arena);
	*piece_add(p) = (struct part){
		.path = path,
		.bytes = entry.bytes,
		.crc = entry.crc,
		.raw_size = entry.raw_size,
		.flags = flags | (entry.is_deflated ? PART_DEFLATED : 0),
	};
}

static void
add_quiz(struct making *m, const struct quiz *q)
{
	const char *ident = item_ident(m->w, "quiz", q->id, NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	put_assessment(m, q, ident, text);
	add_file(m->piece, arena_printf(m->w->arena, "%s/%s.xml", ident, ident),
	    text, PART_QUIZ);
	g_string_truncate(text, 0);
	put_meta(m->w, q, ident, text);
	add_file(m->piece,
	    arena_printf(m->w->arena, "%s/assessment_meta.xml", ident), text,
	    0);
}

static bool
qti_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct lms w = { .in = in,
		.page = p->page,
		.arena = p->arena,
		.pictures = "$IMS-CC-FILEBASE$/" PICTURES,
		.blank = item_blank,
		.hidden = "[]" };
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	struct making m = { p, &w, seen };

	(void)state;
	for (size_t i = 0; i < p->page->n_quizzes; i++)
		if (p->page->quizzes[i]->n_asked)
			add_quiz(&m, p->page->quizzes[i]);
	return true;
}

/* --- the package -------------------------------------------------------- */

static bool
qti_open(struct job *j)
{
	struct qti *s = j->state;

	s->zip = zip_new(j->diag);
	s->arena = j->arena;
	s->quizzes = g_ptr_array_new();
	s->pictures = g_ptr_array_new();
	return true;
}

static bool
has_picture(const struct qti *s, const char *name)
{
	return g_ptr_array_find_with_equal_func(s->pictures, name, g_str_equal,
	    NULL);
}

static bool
emit_picture(struct job *j, const struct part *part)
{
	struct qti *s = j->state;
	const struct str hash = str_upto(part->bytes, 32);
	struct arena *once = arena_new();
	g_autofree char *path = g_strconcat(PICTURES, part->path, NULL);
	struct zip_entry entry;
	struct str bytes;

	if (has_picture(s, part->path)) {
		arena_free(once);
		return true;
	}
	g_ptr_array_add(s->pictures, arena_strdup(s->arena, part->path));
	bool ok = fs_read_same(part->bytes.p + hash.len, arena_str(once, hash),
	    once, &bytes, j->diag);
	if (ok) {
		zip_pack(&entry, bytes, true, once);
		ok = zip_add(s->zip, path, &entry);
	}
	arena_free(once);
	return ok;
}

static bool
qti_emit(struct job *j, const struct piece *p)
{
	struct qti *s = j->state;
	bool ok = true;

	for (size_t i = 0; ok && i < p->n_parts; i++) {
		const struct part *part = &p->parts[i];
		const struct zip_entry entry = {
			.bytes = part->bytes,
			.crc = part->crc,
			.raw_size = part->raw_size,
			.is_deflated = part->flags & PART_DEFLATED,
		};
		if (part->flags & PART_QUIZ)
			g_ptr_array_add(s->quizzes,
			    arena_str(s->arena,
				str_upto(str_of(part->path),
				    strcspn(part->path, "/"))));
		ok = part->flags & PART_PICTURE
		    ? emit_picture(j, part)
		    : zip_add(s->zip, part->path, &entry);
	}
	return ok;
}

static void
put_resources(GString *to, const struct qti *s)
{
	for (guint i = 0; i < s->quizzes->len; i++) {
		const char *id = s->quizzes->pdata[i];
		g_string_append_printf(to,
		    "<resource identifier=\"%s\" type=\"imsqti_xmlv1p2\">"
		    "<file href=\"%s/%s.xml\"/><dependency identifierref=\"%s_meta\"/></resource>\n"
		    "<resource identifier=\"%s_meta\" type=\"associatedcontent/imscc_xmlv1p1/learning-application-resource\" "
		    "href=\"%s/assessment_meta.xml\"><file href=\"%s/assessment_meta.xml\"/></resource>\n",
		    id, id, id, id, id, id, id);
	}
	for (guint i = 0; i < s->pictures->len; i++) {
		const char *name = s->pictures->pdata[i];
		g_string_append_printf(to,
		    "<resource identifier=\"picture%u\" type=\"webcontent\" href=\"" PICTURES
		    "%s\"><file href=\"" PICTURES "%s\"/></resource>\n",
		    i + 1, name, name);
	}
}

static bool
add_manifest(struct job *j)
{
	struct qti *s = j->state;
	const struct lms w = { .in = &j->in, .arena = j->arena };
	g_autoptr(GString) to = g_string_new(XML_HEAD);
	struct zip_entry entry;

	g_string_append_printf(to,
	    "<manifest identifier=\"%s\" xmlns=\"http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1\" "
	    "xmlns:imsmd=\"http://www.imsglobal.org/xsd/imsmd_v1p2\" "
	    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
	    "xsi:schemaLocation=\"http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1 http://www.imsglobal.org/xsd/imscp_v1p1.xsd "
	    "http://www.imsglobal.org/xsd/imsmd_v1p2 http://www.imsglobal.org/xsd/imsmd_v1p2p2.xsd\">\n"
	    "<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion>"
	    "<imsmd:lom><imsmd:general><imsmd:title><imsmd:string>",
	    item_ident(&w, "package", j->in.site->slug, NULL));
	html_textz(to, lms_line(&w, j->in.site->title));
	text_addz(to,
	    "</imsmd:string></imsmd:title></imsmd:general></imsmd:lom></metadata>\n"
	    "<organizations/>\n<resources>\n");
	put_resources(to, s);
	text_addz(to, "</resources>\n</manifest>\n");
	zip_pack(&entry, arena_take(j->arena, to), true, j->arena);
	return zip_add(s->zip, "imsmanifest.xml", &entry);
}

static bool
qti_finish(struct job *j)
{
	struct qti *s = j->state;
	struct str archive;
	g_autofree char *path = writer_product(j->writer, j->in.site);

	return add_manifest(j) && zip_finish(s->zip, &archive) &&
	    out_file(j->out, path, archive);
}

static void
qti_close(struct job *j)
{
	struct qti *s = j->state;

	zip_free(s->zip);
	if (s->quizzes)
		g_ptr_array_free(s->quizzes, TRUE);
	if (s->pictures)
		g_ptr_array_free(s->pictures, TRUE);
	*s = (struct qti){ 0 };
}

static void
qti_check(const struct book *b, const struct brief *in, struct diag *d)
{
	(void)b;
	writer_check_option(in, OPTION_TYPE, types, d);
}

/* --- what is lost ------------------------------------------------------- */

static bool
has_order(const struct question *q)
{
	return lms_has_order(q) && shuffles(q->quiz);
}

static bool
has_wrong(const struct question *q)
{
	return q->n_wrong > 0;
}

static bool
has_tags(const struct question *q)
{
	return q->n_tags || q->difficulty || q->objective;
}

static const struct rendition renditions[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = { .how = "multiple choice" },
	[QUESTION_MANY] = { .how = "multiple answers" },
	[QUESTION_TRUTH] = { .how = "true/false" },
	[QUESTION_TEXT] = { .how = "fill in the blank" },
	[QUESTION_NUMBER] = { .how = "numerical answer",
	    .loses = lms_loses_digits },
	[QUESTION_ORDER] = { .how = "matching",
	    .lost = "a place is chosen for each item" },
	[QUESTION_MATCH] = { .how = "matching", .loses = lms_loses_sides },
	[QUESTION_MATRIX] = { .how = "matching",
	    .lost = "a column is chosen for each statement" },
	[QUESTION_CLOZE] = { .how = "fill in multiple blanks" },
};

static const struct construct constructs[] = {
	{ "hints are shown with a wrong answer", lms_has_hints },
	{ "a part of what is right brings a part of the points",
	    lms_has_parts },
	{ "the order of its options may change", has_order },
	{ "case does not matter", lms_is_exact },
	{ "what is said to known wrong answers stands together", has_wrong },
	{ "what programs draw is left out by Canvas", lms_has_drawings },
	{ "its tags are left out", has_tags },
	{ NULL, NULL },
};

const struct writer writer_qti12 = {
	.name = "qti12",
	.summary = "quizzes for Canvas, as a package of QTI 1.2",
	.renditions = renditions,
	.constructs = constructs,
	.suffix = ".qti.zip",
	.options = options,
	.order = EMIT_READING,
	.state_size = sizeof(struct qti),
	.check = qti_check,
	.open = qti_open,
	.render = qti_render,
	.emit = qti_emit,
	.finish = qti_finish,
	.close = qti_close,
};
