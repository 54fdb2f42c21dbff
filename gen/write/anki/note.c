#include "write/anki/note.h"

#include "base/fs.h"
#include "base/text.h"
#include "render/html.h"
#include "write/anki/cloze.h"
#include "write/anki/fields.h"
#include "write/away.h"

/* A pointer array cannot say that what it points to is only read. */
static void
add_medium(GPtrArray *media, const struct asset *asset)
{
	if (!g_ptr_array_find(media, asset, NULL))
		g_ptr_array_add(media, (gpointer)(uintptr_t)asset);
}

static bool
append_medium(GString *out, const struct link *l, const struct note_work *w)
{
	if (l->to.kind != TARGET_ASSET)
		return away_nowhere(out, l, w->page->doc);
	const struct asset *asset = l->to.asset->original;
	g_string_append(out, away_name(asset, w->arena));
	add_medium(w->media, asset);
	return true;
}

static bool
address(GString *out, const struct link *l, const void *ctx)
{
	const struct note_work *w = ctx;

	return l->is_image ? append_medium(out, l, w)
			   : away_address(out, l, w->in->site, w->page->doc);
}

/* Raw HTML is never trusted here: cards run in a program of the learner's that
 * has his whole collection before it. */
static struct html_policy
policy(const struct note_work *w, const struct doc *doc)
{
	return (struct html_policy){
		.markup = MARKUP_HTML,
		.words = w->in->theme->words,
		.address = address,
		.ctx = w,
		.with_tex = true,
		.with_colours = true,
		.trust = HTML_SAFE,
		.raw_links = doc->raw_links,
		.n_raw_links = doc->n_raw_links,
	};
}

/* Fields. */

static void
field_context(GString *to, const struct note_work *w)
{
	const struct page *p = w->page;
	const struct page_ref *lesson = lesson_of(p);
	html_textz(to, w->in->site->title);
	for (size_t i = 0; i < p->n_crumbs; i++)
		if (p->crumbs[i]->kind == PAGE_MODULE &&
		    p->crumbs[i] != lesson) {
			g_string_append(to, " · ");
			html_textz(to, p->crumbs[i]->title);
		}
	if (lesson->kind != PAGE_HOME) {
		g_string_append(to, " · ");
		html_textz(to, lesson->title);
	}
}

static void
field_source(GString *to, const char *anchor, const struct note_work *w)
{
	const char *title = lesson_of(w->page)->title;
	if (!w->in->site->url) {
		html_textz(to, title);
		return;
	}
	g_autoptr(GString) url = g_string_new(NULL);
	away_url(url, w->in->site, w->page->self->address, ".html", anchor);
	g_string_append(to, "<a href=\"");
	html_attr(to, (struct str){ url->str, url->len });
	g_string_append(to, "\">");
	html_textz(to, title);
	g_string_append(to, "</a>");
}

/* Anki takes these for sounds, speech and TeX wherever they stand in a field,
 * even in code; the lessons mean the characters.
 * https://docs.ankiweb.net/templates/fields.html */
static bool
is_anki_tag(struct str s)
{
	static const char *const openings[] = { "[sound:", "[anki:", "[latex]",
		"[$]", "[$$]" };
	for (size_t i = 0; i < G_N_ELEMENTS(openings); i++)
		if (str_is_nocase(str_upto(s, strlen(openings[i])),
			openings[i]))
			return true;
	return false;
}

/* Sixteen bytes of printable ASCII without '[': most of a field is that. A loop
 * that compilers turn into a few vector instructions. */
static bool
is_plain(const char *p)
{
	unsigned char odd = 0;

	for (size_t i = 0; i < 16; i++) {
		const unsigned char c = (unsigned char)p[i];
		odd |= (unsigned char)((c < 0x20) | (c >= 0x7f) | (c == '['));
	}
	return !odd;
}

static size_t
plain_len(struct str s)
{
	size_t n = 0;

	while (s.len - n >= 16 && is_plain(s.p + n))
		n += 16;
	while (n < s.len && (unsigned char)s.p[n] >= 0x20 &&
	    (unsigned char)s.p[n] < 0x7f && s.p[n] != '[')
		n++;
	return n;
}

/* The length of the character beyond ASCII that a text begins with, if it is
 * surely in NFC wherever it stands, else 0: all below U+0300, and the parts of
 * U+2000 to U+2FFF that neither compose nor reorder.
 * https://unicode.org/reports/tr15/#Detecting_Normalization_Forms */
static size_t
composed_len(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (p[0] < 0xcc)
		return p[0] < 0xc0 || s.len < 2 ? 1 : 2;
	if (p[0] != 0xe2 || s.len < 3)
		return 0;
	/* U+2002 to U+20BF, U+2140 to U+22FF, U+2340 to U+2ABF */
	const bool is_fine = (p[1] == 0x80 && p[2] > 0x81) || p[1] == 0x81 ||
	    p[1] == 0x82 || (p[1] >= 0x85 && p[1] < 0xab && p[1] != 0x8c);
	return is_fine ? 3 : 0;
}

/* False: the text has to be composed first. */
static bool
append_composed(GString *to, struct str s, bool is_composed)
{
	while (s.len > 0) {
		size_t n = plain_len(s);
		text_add(to, s.p, n);
		s = str_from(s, n);
		if (s.len == 0)
			break;
		n = 1;
		if ((unsigned char)s.p[0] >= 0x80) {
			n = is_composed ? 1 : composed_len(s);
			if (n == 0)
				return false;
			text_add(to, s.p, n);
		} else if (s.p[0] == '[' && is_anki_tag(s)) {
			text_addz(to, "&#91;");
		} else if (s.p[0] == '[' || s.p[0] == '\n' || s.p[0] == '\t') {
			text_add(to, s.p, 1);
		}
		s = str_from(s, n);
	}
	return true;
}

static struct str
all_of(const GString *s)
{
	return (struct str){ s->str, s->len };
}

/* Anki composes characters and drops control characters on its own; doing it
 * here keeps our bytes equal to its. Among them is the end of a field. */
static void
append_clean(GString *to, struct str text)
{
	const size_t start = to->len;

	if (append_composed(to, text, false))
		return;
	g_autoptr(GString) kept = g_string_new_len(text.p, (gssize)text.len);
	/* U+0338 and the end of a tag would become one character. */
	(void)g_string_replace(kept, ">\xcc\xb8", ">&#x338;", 0);
	g_autofree char *composed = g_utf8_normalize(kept->str,
	    (gssize)kept->len, G_NORMALIZE_NFC);
	g_string_truncate(to, start);
	(void)append_composed(to, composed ? str_of(composed) : all_of(kept),
	    true);
}

/* The note type is shared by all courses, so language and direction stand in
 * the field: this opens each. */
static void
open_field(GString *to, const char *lang, const struct site *site)
{
	g_string_append(to, "<div lang=\"");
	html_attr(to, str_of(lang));
	if (strcmp(lang, site->lang) != 0)
		g_string_append(to, "\" dir=\"auto");
	else if (site->is_rtl)
		g_string_append(to, "\" dir=\"rtl");
	g_string_append(to, "\">");
}

/* Nothing for nothing. */
static void
append_field(GString *to, struct str open, GString *html)
{
	away_settle(html);
	const struct str bare = str_trim(all_of(html));

	if (bare.len == 0)
		return;
	text_add(to, open.p, open.len);
	append_clean(to, bare);
	text_addz(to, "</div>");
}

/* What is made once for all notes of a page, and where one of them grows. */
struct maker {
	const struct note_work *w;
	struct str open, context, place; /* the last one: tags */
	GString *fields, *one, *tags;
};

/* What is asked, and what of it note and fields need. */
struct subject {
	struct asked asked;
	enum note_kind kind;
	const char *id, *anchor;
	const char *was; /* the id that its source says it had, or NULL */
	struct loc at;
	const struct doc *doc;
	const struct blank *blanks;
	size_t n_blanks;
};

/* The answer of a card to type on is compared as it is. */
static bool
is_bare(const struct subject *s, unsigned field)
{
	return field == FIELD_ANSWER && s->kind == NOTE_TYPE_IN;
}

static struct str
make_fields(const struct subject *s, const unsigned *numbers,
    const struct maker *m)
{
	struct html_policy p = policy(m->w, s->doc);
	GString *all = m->fields, *one = m->one;
	p.question = numbers;
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		if (i > 0)
			g_string_append_c(all, NOTE_FIELD_END);
		g_string_truncate(one, 0);
		if (i <= FIELD_HINT)
			field_make(one, (enum note_field)i, s->asked, &p);
		else if (i == FIELD_CONTEXT)
			text_add(one, m->context.p, m->context.len);
		else if (i == FIELD_SOURCE)
			field_source(one, s->anchor, m->w);
		else if (i == FIELD_ID)
			append_clean(all, str_of(s->id));
		if (s->kind == NOTE_CLOZE)
			cloze_finish(one);
		if (is_bare(s, i))
			append_clean(all, all_of(one));
		else
			append_field(all, m->open, one);
	}
	return arena_take(m->w->arena, all);
}

/* Tags. */

/* One level of a tag, or a whole one of the author's: any white space would
 * part it, and a colon more would add a level. */
static void
append_tag(GString *to, struct str text, bool keeps_colons)
{
	g_autofree char *composed = g_utf8_normalize(text.p, (gssize)text.len,
	    G_NORMALIZE_NFC);
	for (char *p = composed; p && *p; p = g_utf8_next_char(p)) {
		const gunichar c = g_utf8_get_char(p);
		const bool is_bad = g_unichar_isspace(c) ||
		    g_unichar_iscntrl(c) || (c == ':' && !keeps_colons);
		g_string_append_unichar(to, is_bad ? '-' : c);
	}
}

/* Anki would call an empty level "blank", and drops what it uses itself. */
static void
append_own_tag(GString *to, struct str text)
{
	g_autoptr(GString) tag = g_string_new(NULL);
	const size_t start = to->len;

	append_tag(tag, text, true);
	g_auto(GStrv) levels = g_strsplit(tag->str, "::", -1);
	for (size_t i = 0; levels[i]; i++)
		if (levels[i][0])
			g_string_append_printf(to, "%s%s",
			    to->len > start ? "::" : " ", levels[i]);
	if (g_ascii_strcasecmp(to->str + start, " leech") == 0 ||
	    g_ascii_strcasecmp(to->str + start, " marked") == 0)
		g_string_truncate(to, start);
}

/* ergen::course::module::lesson: tags follow a question when it moves to
 * another lesson, decks do not. */
static void
append_place(GString *to, const struct note_work *w)
{
	struct str rest = str_of(lesson_of(w->page)->address);
	g_string_append(to, " ergen::");
	append_tag(to, str_of(w->in->site->id), false);
	while (rest.len > 0) {
		const struct str part = str_upto(rest, str_find(rest, '/'));
		rest = str_from(rest, part.len);
		if (rest.len > 0)
			rest = str_from(rest, 1);
		/* A module is named by its folder, the home page not at all. */
		if (part.len == 0 || (rest.len == 0 && str_is(part, "index")))
			continue;
		g_string_append(to, "::");
		append_tag(to, part, false);
	}
}

static struct str
make_tags(const struct question *q, const struct maker *m)
{
	GString *tags = m->tags;
	text_add(tags, m->place.p, m->place.len);
	for (size_t i = 0; q && i < q->n_tags; i++)
		append_own_tag(tags, str_trim(str_of(q->tags[i])));
	if (q && q->difficulty)
		g_string_append_printf(tags, " difficulty::%u", q->difficulty);
	if (q && q->objective) {
		g_string_append(tags, " objective::");
		append_tag(tags, str_of(q->objective), false);
	}
	g_string_append_c(tags, ' ');
	return arena_take(m->w->arena, tags);
}

/* Identity and time. */

/* The lock's line of a note: under its id, or under the one that it had. */
static const struct lock_note *
old_of(const struct lock *lock, const char *id, const char *was,
    enum note_kind kind)
{
	const char *key = note_types[kind].key;
	const struct lock_note *old = lock_find(lock, id, key);

	return old || !was ? old : lock_find(lock, was, key);
}

/* The id that the guid is made of: the first one that learners knew it by. */
static const char *
first_id(const struct note *n, const char *was)
{
	return n->old && n->old->was ? n->old->was : was;
}

const char *
note_hash(enum note_kind kind, struct str fields, struct str tags,
    struct arena *a)
{
	char hex[33];
	g_autoptr(GString) all = g_string_new(note_types[kind].key);

	g_string_append_c(all, NOTE_FIELD_END);
	text_add(all, fields.p, fields.len);
	text_add(all, tags.p, tags.len);
	fs_hash((struct str){ all->str, all->len }, hex);
	return arena_printf(a, "%.16s", hex);
}

enum note_kind
note_kind_of_key(const char *key)
{
	enum note_kind kind = 0;

	while (kind < NOTE_KIND_COUNT && strcmp(note_types[kind].key, key) != 0)
		kind++;
	return kind;
}

/* A learner's copy is replaced only by one with a later time, and then all
 * that he has changed in it is lost: so it grows if, and only if, there is
 * something new. */
static long long
mod_of(const struct note *n, long long time)
{
	const struct lock_note *old = n->old;

	if (!old)
		return time;
	if (!old->is_retired && strcmp(old->hash, n->hash) == 0)
		return old->mod;
	return MAX(time, old->mod + 1);
}

static void
number_blanks(struct note *n, const struct subject *s, struct arena *a)
{
	const char **texts = arena_array(a, s->n_blanks, const char *);
	unsigned *numbers = arena_array(a, s->n_blanks, unsigned);

	for (size_t i = 0; i < s->n_blanks; i++)
		texts[i] = s->blanks[i].texts[0].text;
	lock_number_blanks(n->old, texts, s->n_blanks, numbers);
	n->blanks = texts;
	n->numbers = numbers;
	n->n_blanks = s->n_blanks;
}

static struct note
make_note(const struct subject *s, const struct node *sorted_by,
    const struct maker *m)
{
	const struct note_work *w = m->w;
	struct note n = { .kind = s->kind,
		.id = s->id,
		.at = s->at,
		.old = old_of(w->lock, s->id, s->was, s->kind),
		.mod = w->time };
	char guid[GUID_LEN + 1];

	n.was = first_id(&n, s->was);
	note_guid(w->in->site->id, n.was ? n.was : n.id, &note_types[n.kind],
	    guid);
	n.guid = arena_strdup(w->arena, guid);
	if (s->n_blanks)
		number_blanks(&n, s, w->arena);
	n.fields = make_fields(s, n.numbers, m);
	node_text(m->one, sorted_by);
	n.sort = arena_take(w->arena, m->one);
	n.tags = make_tags(s->asked.question, m);
	if (w->lock || w->is_hashed) {
		n.hash = note_hash(n.kind, n.fields, n.tags, w->arena);
		n.mod = mod_of(&n, w->time);
	}
	return n;
}

static struct note
note_of_question(const struct question *q, const struct maker *m)
{
	const struct subject s = { .asked = { q, NULL },
		.kind = note_kind_of(q->kind),
		.id = q->id,
		.was = q->was,
		.at = q->at,
		.anchor = q->anchor,
		.doc = q->doc,
		.blanks = q->blanks,
		.n_blanks = q->n_blanks };
	/* A cloze's stem is its answer as well. */
	return make_note(&s,
	    q->stem && q->kind != QUESTION_CLOZE ? q->stem : q->heading, m);
}

static const char *
in_namespace(const char *id, struct arena *a)
{
	return id ? arena_printf(a, CARD_NAMESPACE "%s", id) : NULL;
}

static struct note
note_of_card(const struct card *c, const struct maker *m)
{
	struct arena *a = m->w->arena;
	const struct subject s = { .asked = { NULL, c },
		.kind = note_kind_of_card(c->kind),
		.id = in_namespace(c->id, a),
		.was = in_namespace(c->was, a),
		.at = c->at,
		.anchor = c->anchor,
		.doc = c->doc,
		.blanks = c->blanks,
		.n_blanks = c->n_blanks };
	const struct node text = { .kind = NODE_TEXT,
		.text = str_of(c->text ? c->text : "") };
	const struct node box = { .kind = NODE_DOC,
		.child = (struct node *)(uintptr_t)&text };
	return make_note(&s, c->front ? c->front : c->text ? &box : c->back, m);
}

struct str
note_first_field(const struct note *n)
{
	return str_upto(n->fields, str_find(n->fields, NOTE_FIELD_END));
}

unsigned
note_n_cards(const struct note *n)
{
	struct str rest = note_first_field(n);
	unsigned n_cards = 0;

	if (!note_types[n->kind].is_cloze)
		return note_types[n->kind].n_templates;
	while (cloze_next(&rest) > 0)
		n_cards++;
	return n_cards;
}

static void
maker_begin(struct maker *m, const struct note_work *w)
{
	*m = (struct maker){ .w = w,
		.fields = g_string_new(NULL),
		.one = g_string_new(NULL),
		.tags = g_string_new(NULL) };
	open_field(m->one, w->page->lang, w->in->site);
	m->open = arena_take(w->arena, m->one);
	field_context(m->one, w);
	m->context = arena_take(w->arena, m->one);
	append_place(m->one, w);
	m->place = arena_take(w->arena, m->one);
}

static void
maker_end(struct maker *m)
{
	g_string_free(m->fields, TRUE);
	g_string_free(m->one, TRUE);
	g_string_free(m->tags, TRUE);
}

void
notes_of_page(const struct note_work *w, note_taker *take, void *ctx)
{
	const struct page *p = w->page;
	struct maker m;

	maker_begin(&m, w);
	for (size_t i = 0; i < p->n_cards; i++) {
		const struct note note = note_of_card(&p->cards[i], &m);
		take(&note, ctx);
	}
	for (size_t i = 0; i < p->n_quizzes; i++) {
		const struct quiz *quiz = p->quizzes[i];
		for (size_t k = 0; k < quiz->n_questions; k++) {
			if (quiz->questions[k].has_no_card)
				continue;
			const struct note note =
			    note_of_question(&quiz->questions[k], &m);
			take(&note, ctx);
		}
	}
	maker_end(&m);
}

void
notes_of_book(const struct brief *in, const struct book *b, note_taker *take,
    void *ctx)
{
	struct arena *scratch = arena_new();

	for (size_t i = 0; i < b->n_pages; i++) {
		g_autoptr(GPtrArray) media = g_ptr_array_new();
		const struct note_work w = { in, &b->pages[i], scratch, media,
			b->lock, true, b->time };
		notes_of_page(&w, take, ctx);
		arena_reset(scratch);
	}
	arena_free(scratch);
}

void
notes_known(const struct book *b, old_taker *take, void *ctx)
{
	struct arena *a = arena_new();

	for (size_t no = 0; no < b->n_pages; no++) {
		const struct page *p = &b->pages[no];
		for (size_t i = 0; i < p->n_cards; i++) {
			const struct card *c = &p->cards[i];
			take(old_of(b->lock, in_namespace(c->id, a),
				 in_namespace(c->was, a),
				 note_kind_of_card(c->kind)),
			    ctx);
		}
		for (size_t i = 0; i < p->n_quizzes; i++)
			for (size_t k = 0; k < p->quizzes[i]->n_questions;
			     k++) {
				const struct question *q = &p->quizzes[i]
								->questions[k];
				if (!q->has_no_card)
					take(old_of(b->lock, q->id, q->was,
						 note_kind_of(q->kind)),
					    ctx);
			}
	}
	arena_free(a);
}

/* A cloze keeps a blank for each card that a learner may have. */
static void
put_removed(GString *to, const struct note *n, const char *removed,
    const struct site *site)
{
	const struct lock_note *old = n->old;
	g_autoptr(GString) open = g_string_new(NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	html_textz(text, removed);
	g_string_append_c(text, ' ');
	html_textz(text, old->id);
	for (size_t i = 0; note_types[n->kind].is_cloze && i < old->n_blanks;
	     i++)
		g_string_append_printf(text, " {{c%u::%s}}",
		    old->blanks[i].number, removed);
	open_field(open, site->lang, site);
	append_field(to, all_of(open), text);
}

/* Anki never deletes: what can be done is to say so where a learner looks. */
struct note
note_removed(const struct lock_note *old, const struct brief *in,
    struct arena *a)
{
	const char *removed = in->theme->words->text[WORD_REMOVED];
	struct note n = { .kind = note_kind_of_key(old->kind),
		.id = old->id,
		.old = old };
	char guid[GUID_LEN + 1];
	g_autoptr(GString) all = g_string_new(NULL);

	if (n.kind == NOTE_KIND_COUNT)
		return n;
	note_guid(in->site->id, old->was ? old->was : old->id,
	    &note_types[n.kind], guid);
	n.guid = arena_strdup(a, guid);
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		if (i > 0)
			g_string_append_c(all, NOTE_FIELD_END);
		if (i == FIELD_QUESTION)
			put_removed(all, &n, removed, in->site);
		else if (i == FIELD_ANSWER)
			append_clean(all, str_of(removed));
		else if (i == FIELD_ID)
			g_string_append(all, old->id);
	}
	n.sort = str_of(removed);
	n.tags = STR_LIT(" ergen::removed ");
	n.fields = arena_take(a, all);
	n.hash = note_hash(n.kind, n.fields, n.tags, a);
	return n;
}
