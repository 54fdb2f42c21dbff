#include "write/anki/note.h"

#include "base/slug.h"
#include "base/text.h"
#include "render/html.h"
#include "write/anki/cloze.h"
#include "write/anki/fields.h"

char *
media_name(const struct asset *asset, struct arena *a)
{
	g_autofree char *base = g_path_get_basename(asset->path);
	const char *dot = strrchr(base, '.');
	const size_t len = dot ? (size_t)(dot - base) : strlen(base);
	const char *slug = slug_ascii(a, (struct str){ base, len }, 40);
	g_autoptr(GString) ending = g_string_new(NULL);
	for (const char *p = dot ? dot + 1 : ""; *p; p++)
		if (g_ascii_isalnum(*p))
			g_string_append_c(ending, g_ascii_tolower(*p));
	return arena_printf(a, "%s-%.16s.%s", *slug ? slug : "file",
	    asset->hash, ending->len ? ending->str : "bin");
}

/* Links. A card has no page beside it: what it links to is on the web, and
 * what it shows comes with it. */

static void
append_url(GString *to, const struct site *site, const char *address,
    const char *ending, const char *anchor)
{
	g_autofree char *path = g_uri_escape_string(address, "/", TRUE);
	g_string_append_printf(to, "%s%s%s", site->url, path, ending);
	if (anchor) {
		g_autofree char *id = g_uri_escape_string(anchor, NULL, TRUE);
		g_string_append_printf(to, "#%s", id);
	}
}

/* A pointer array cannot say that what it points to is only read. */
static void
add_medium(GPtrArray *media, const struct asset *asset)
{
	if (!g_ptr_array_find(media, asset, NULL))
		g_ptr_array_add(media, (gpointer)(uintptr_t)asset);
}

/* In Markdown, what has no address here becomes plain text. Raw HTML would keep
 * the address of the source instead; it gets this one, which append_field()
 * removes with its attribute. */
#define NOWHERE "#ergen-nowhere"

static bool
lead_nowhere(GString *out, const struct link *l, const struct doc *doc)
{
	for (size_t i = 0; i < doc->n_raw_links; i++) {
		if (doc->raw_links[i] != l)
			continue;
		g_string_append(out, NOWHERE);
		return true;
	}
	return false;
}

static bool
append_medium(GString *out, const struct link *l, const struct note_work *w)
{
	if (l->to.kind != TARGET_ASSET)
		return lead_nowhere(out, l, w->page->doc);
	g_string_append(out, media_name(l->to.asset, w->arena));
	add_medium(w->media, l->to.asset);
	return true;
}

static bool
address(GString *out, const struct link *l, const void *ctx)
{
	const struct note_work *w = ctx;
	const struct site *site = w->in->site;
	const struct target *to = &l->to;

	/* The glossary's links are for readers; a card asks. */
	if (l->is_term)
		return false;
	if (l->is_image)
		return append_medium(out, l, w);
	if (to->kind == TARGET_URL)
		g_string_append(out, to->url);
	else if (to->kind == TARGET_PAGE && site->url)
		append_url(out, site, to->page->address, ".html", to->anchor);
	else if (to->kind == TARGET_ASSET && site->url)
		append_url(out, site, to->asset->address, "", NULL);
	else
		return lead_nowhere(out, l, w->page->doc);
	return true;
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
		.trust = HTML_SAFE,
		.raw_links = doc->raw_links,
		.n_raw_links = doc->n_raw_links,
	};
}

/* Fields. */

/* The lesson that a question belongs to. */
static const struct page_ref *
lesson_of(const struct page *p)
{
	return p->self->partner && p->self->kind == PAGE_QUIZ ? p->self->partner
							      : p->self;
}

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
	append_url(url, w->in->site, w->page->self->address, ".html", anchor);
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
is_anki_tag(const char *p)
{
	static const char *const openings[] = { "[sound:", "[anki:", "[latex]",
		"[$]", "[$$]" };
	for (size_t i = 0; i < G_N_ELEMENTS(openings); i++)
		if (g_ascii_strncasecmp(p, openings[i], strlen(openings[i])) ==
		    0)
			return true;
	return false;
}

/* False if a text is surely in NFC already: all of it below U+0300, or in the
 * parts of U+2000 to U+2FFF that neither compose nor reorder.
 * https://unicode.org/reports/tr15/#Detecting_Normalization_Forms */
static bool
may_compose(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p < 0xcc || (*p & 0xc0) == 0x80)
			continue;
		if (*p != 0xe2)
			return true;
		/* U+2002 to U+20BF, U+2140 to U+22FF, U+2340 to U+2ABF */
		const bool is_fine = (p[1] == 0x80 && p[2] > 0x81) ||
		    p[1] == 0x81 || p[1] == 0x82 ||
		    (p[1] >= 0x85 && p[1] < 0xab && p[1] != 0x8c);
		if (!is_fine)
			return true;
	}
	return false;
}

/* Anki composes characters and drops control characters on its own; doing it
 * here keeps our bytes equal to its. Among them is the end of a field. */
static void
append_clean(GString *to, const char *text)
{
	g_autofree char *composed = may_compose(text)
	    ? g_utf8_normalize(text, -1, G_NORMALIZE_NFC)
	    : NULL;
	const char *p = composed ? composed : text;

	for (;;) {
		const char *from = p;
		while ((unsigned char)*p >= 0x20 && *p != '[' && *p != 0x7f)
			p++;
		text_add(to, from, (size_t)(p - from));
		if (*p == '\0')
			return;
		if (*p == '[' && is_anki_tag(p))
			text_addz(to, "&#91;");
		else if (*p == '[' || *p == '\n' || *p == '\t')
			g_string_append_c(to, *p);
		p++;
	}
}

/* The note type is shared by all courses, so language and direction stand in
 * the field. */
static void
append_field(GString *to, const char *html, const struct note_work *w)
{
	struct str bare = str_trim(str_of(html));
	if (bare.len == 0)
		return;
	const struct site *site = w->in->site;
	const char *lang = w->page->lang;
	g_autoptr(GString) wrapped = g_string_new("<div lang=\"");
	html_attr(wrapped, str_of(lang));
	if (strcmp(lang, site->lang) != 0)
		g_string_append(wrapped, "\" dir=\"auto");
	else if (site->is_rtl)
		g_string_append(wrapped, "\" dir=\"rtl");
	g_string_append(wrapped, "\">");
	g_string_append_len(wrapped, bare.p, (gssize)bare.len);
	g_string_append(wrapped, "</div>");
	(void)g_string_replace(wrapped, " src=\"" NOWHERE "\"", "", 0);
	(void)g_string_replace(wrapped, " href=\"" NOWHERE "\"", "", 0);
	append_clean(to, wrapped->str);
}

/* What is asked, and what of it note and fields need. */
struct subject {
	struct asked asked;
	enum note_kind kind;
	const char *id, *anchor;
	const struct doc *doc;
};

/* The answer of a card to type on is compared as it is. */
static bool
is_bare(const struct subject *s, unsigned field)
{
	return field == FIELD_ANSWER && s->kind == NOTE_TYPE_IN;
}

static struct str
make_fields(const struct subject *s, const struct note_work *w)
{
	const struct html_policy p = policy(w, s->doc);
	g_autoptr(GString) all = g_string_new(NULL);
	g_autoptr(GString) one = g_string_new(NULL);
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		if (i > 0)
			g_string_append_c(all, NOTE_FIELD_END);
		g_string_truncate(one, 0);
		if (i <= FIELD_HINT)
			field_make(one, (enum note_field)i, s->asked, &p);
		else if (i == FIELD_CONTEXT)
			field_context(one, w);
		else if (i == FIELD_SOURCE)
			field_source(one, s->anchor, w);
		else if (i == FIELD_ID)
			append_clean(all, s->id);
		if (s->kind == NOTE_CLOZE)
			cloze_finish(one);
		if (is_bare(s, i))
			append_clean(all, one->str);
		else
			append_field(all, one->str, w);
	}
	return arena_take(w->arena, all);
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
make_tags(const struct question *q, const struct note_work *w)
{
	g_autoptr(GString) tags = g_string_new(NULL);
	append_place(tags, w);
	for (size_t i = 0; q && i < q->n_tags; i++) {
		const struct str tag = str_trim(str_of(q->tags[i]));
		if (tag.len == 0)
			continue;
		g_string_append_c(tags, ' ');
		append_tag(tags, tag, true);
	}
	if (q && q->difficulty)
		g_string_append_printf(tags, " difficulty::%u", q->difficulty);
	g_string_append_c(tags, ' ');
	return arena_take(w->arena, tags);
}

static struct note
make_note(const struct subject *s, const struct node *sorted_by,
    const struct note_work *w)
{
	char guid[GUID_LEN + 1];
	note_guid(w->in->site->id, s->id, &note_types[s->kind], guid);
	g_autoptr(GString) sort = g_string_new(NULL);
	node_text(sort, sorted_by);
	return (struct note){
		.kind = s->kind,
		.guid = arena_strdup(w->arena, guid),
		.fields = make_fields(s, w),
		.sort = arena_take(w->arena, sort),
		.tags = make_tags(s->asked.question, w),
	};
}

struct note
note_of_question(const struct question *q, const struct note_work *w)
{
	const struct subject s = { .asked = { q, NULL, w->page->lang },
		.kind = note_kind_of(q->kind),
		.id = q->id,
		.anchor = q->anchor,
		.doc = q->doc };
	/* A cloze's stem is its answer as well. */
	return make_note(&s,
	    q->stem && q->kind != QUESTION_CLOZE ? q->stem : q->heading, w);
}

struct note
note_of_card(const struct card *c, const struct note_work *w)
{
	const struct subject s = { .asked = { NULL, c, w->page->lang },
		.kind = note_kind_of_card(c->kind),
		.id = arena_printf(w->arena, CARD_NAMESPACE "%s", c->id),
		.anchor = c->anchor,
		.doc = c->doc };
	const struct node text = { .kind = NODE_TEXT,
		.text = str_of(c->text ? c->text : "") };
	const struct node box = { .kind = NODE_DOC,
		.child = (struct node *)(uintptr_t)&text };
	return make_note(&s, c->front ? c->front : c->text ? &box : c->back, w);
}
