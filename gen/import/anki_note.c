#include "base/fs.h"
#include "import/anki.h"
#include "import/look.h"
#include "import/markup.h"

enum {
	NESTING_MOST = 20, /* of clozes and of sections */
	SUBJECT_MOST = 40 /* characters of a note in messages */
};

/* One note on its way into questions. */
struct noting {
	struct anki *k;
	struct bank *bank;
	const struct anki_note *note;
	bool *used; /* by field */
	struct ask_one *q; /* where what is lost is kept */
	const char *how; /* ergen's own: how to answer */
	GPtrArray *nested; /* clozes that hold others, as they stand */
};

static const char *
value_of(const struct noting *n, struct str name, size_t *index)
{
	const struct anki_type *t = n->note->type;

	for (size_t i = 0; i < t->n_fields; i++) {
		if (!str_is_nocase(name, t->fields[i]))
			continue;
		if (index)
			*index = i;
		return n->note->values[i];
	}
	return NULL;
}

static const char *
field(const struct noting *n, const char *name)
{
	size_t i = 0;
	const char *value = value_of(n, str_of(name), &i);

	if (value)
		n->used[i] = true;
	return value ? value : "";
}

static struct markup
reader(struct noting *n, enum text_use use)
{
	return (struct markup){ .im = n->k->im,
		.lost = &n->q->lost,
		.at = n->note->at,
		.use = use,
		.is_cloze = n->q->kind == ASK_CLOZE,
		.bars_are_text = true,
		.hints = &n->q->hints,
		.how = &n->how,
		.file = n->k->file,
		.ctx = n->k->ctx };
}

static const char *
rich(struct noting *n, const char *html)
{
	const struct markup m = reader(n, TEXT_BLOCKS);
	const char *text = markup_read(&m, str_of(html));

	return text[0] ? text : NULL;
}

/* ---- what no HTML is */

/* The offset of the "}}" that closes what begins before s, or s.len; *bar is
 * that of the "::" in front of a hint, or the same. */
static size_t
close_cloze(struct str s, size_t *bar)
{
	unsigned depth = 0;

	*bar = s.len;
	for (size_t i = 0; i + 1 < s.len; i++) {
		const struct str rest = str_from(s, i);
		if (str_starts(rest, "{{c") && rest.len > 3 &&
		    g_ascii_isdigit(rest.p[3])) {
			depth++;
			i += 2;
		} else if (str_starts(rest, "}}")) {
			if (depth == 0) {
				*bar = MIN(*bar, i);
				return i;
			}
			depth--;
			i++;
		} else if (depth == 0 && *bar == s.len &&
		    str_starts(rest, "::")) {
			*bar = i;
		}
	}
	return s.len;
}

/* "{{c1::", "{{c1,2::": its length at s, or 0. */
static size_t
open_cloze(struct str s)
{
	size_t i = 3;

	if (!str_starts(s, "{{c") || s.len < 6 || !g_ascii_isdigit(s.p[3]))
		return 0;
	while (i < s.len && (g_ascii_isdigit(s.p[i]) || s.p[i] == ','))
		i++;
	return str_starts(str_from(s, i), "::") ? i + 2 : 0;
}

static void
put_blank(GString *to, struct str source, struct str hint)
{
	g_autofree char *all = g_markup_escape_text(source.p,
	    (gssize)source.len);
	g_autofree char *more = g_markup_escape_text(hint.len ? hint.p : "",
	    (gssize)hint.len);

	g_string_append_printf(to,
	    "<ergen-blank data-source=\"%s\" data-hint=\"%s\">", all, more);
}

/* Keeps what it is given once: a note may show a field on both sides. */
static void
keep_nested(struct noting *n, struct str source)
{
	for (guint i = 0; i < n->nested->len; i++)
		if (str_is(source, n->nested->pdata[i]))
			return;
	g_ptr_array_add(n->nested, arena_str(n->k->im->arena, source));
}

/* True if there was a blank in s. */
static bool
put_cloze(struct noting *note, GString *to, struct str s, unsigned depth)
{
	bool has_blank = false;

	for (size_t i = 0; i < s.len;) {
		const struct str rest = str_from(s, i);
		const size_t n = depth < NESTING_MOST ? open_cloze(rest) : 0;
		size_t bar;
		const size_t len = n ? close_cloze(str_from(rest, n), &bar) : 0;
		if (!n || len == rest.len - n) {
			g_string_append_c(to, s.p[i++]);
			continue;
		}
		const struct str all = str_upto(str_from(rest, n), len);
		const struct str source = str_upto(rest, n + len + 2);
		has_blank = true;
		if (depth == 0)
			put_blank(to, source, str_from(all, bar + 2));
		/* One blank in another is part of that. */
		if (put_cloze(note, to, str_upto(all, bar), depth + 1) &&
		    depth == 0)
			keep_nested(note, source);
		if (depth == 0)
			g_string_append(to, "</ergen-blank>");
		i += source.len;
	}
	return has_blank;
}

/* "[sound:a.mp3]" as an element. */
static void
put_sounds(GString *to, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const struct str rest = str_from(s, i);
		const size_t n = strlen("[sound:");
		const size_t end = str_starts(rest, "[sound:")
		    ? str_find(rest, ']')
		    : rest.len;
		if (end == rest.len) {
			g_string_append_c(to, s.p[i]);
			continue;
		}
		g_autofree char *name = g_markup_escape_text(rest.p + n,
		    (gssize)(end - n));
		g_string_append_printf(to,
		    "<ergen-sound data-src=\"%s\"></ergen-sound>", name);
		i += end;
	}
}

/* ---- templates */

/* What a template makes of a note. */
struct rendering {
	struct noting *n;
	GString *to;
	const char *typed; /* the field of {{type:X}}, or NULL */
	bool has_cloze;
	bool has_field; /* one that is not empty */
	bool shown[NESTING_MOST];
	unsigned depth;
};

static void
put_hint_field(struct rendering *r, const char *value)
{
	g_string_append_printf(r->to,
	    "<details class=\"erg-hint\">%s</details>", value);
}

/* {{filter:filter:Field}} */
static void
put_reference(struct rendering *r, struct str name)
{
	const char *colon = g_strrstr_len(name.p, (gssize)name.len, ":");
	const struct str last = str_trim(
	    colon ? str_from(name, (size_t)(colon - name.p) + 1) : name);
	const struct str filter = str_upto(name,
	    colon ? (size_t)(colon - name.p) : 0);
	size_t index = 0;
	const char *value = value_of(r->n, last, &index);

	/* "FrontSide", "Tags", "Deck" … are no fields. */
	if (!value)
		return;
	r->n->used[index] = true;
	r->has_field = r->has_field || str_trim(str_of(value)).len;
	if (str_starts(filter, "type") && !str_starts(filter, "type:cloze"))
		r->typed = value;
	else if (str_is(filter, "cloze") || str_starts(filter, "type:cloze")) {
		r->has_cloze = true;
		(void)put_cloze(r->n, r->to, str_of(value), 0);
	} else if (str_starts(filter, "hint") && str_trim(str_of(value)).len)
		put_hint_field(r, value);
	else
		g_string_append(r->to, value);
}

/* {{#Field}}, {{^Field}}, {{/Field}}; false: none of them. */
static bool
take_section(struct rendering *r, struct str name)
{
	const char kind = name.len ? name.p[0] : '\0';

	if (kind == '/') {
		r->depth -= r->depth > 0;
		return true;
	}
	if (kind != '#' && kind != '^')
		return kind == '!';
	size_t index;
	const char *value = value_of(r->n, str_trim(str_from(name, 1)), &index);
	const bool is_full = value && str_trim(str_of(value)).len;
	if (value)
		r->n->used[index] = true;
	if (r->depth + 1 < NESTING_MOST) {
		r->depth++;
		r->shown[r->depth] = r->shown[r->depth - 1] &&
		    is_full == (kind == '#');
	}
	return true;
}

static void
render(struct rendering *r, const char *template)
{
	struct str s = str_of(template);

	r->shown[0] = true;
	while (s.len) {
		const char *open = g_strstr_len(s.p, (gssize)s.len, "{{");
		const size_t at = open ? (size_t)(open - s.p) : s.len;
		const struct str rest = str_from(s, at + 2);
		const char *close = g_strstr_len(rest.p, (gssize)rest.len,
		    "}}");
		if (r->shown[r->depth])
			g_string_append_len(r->to, s.p,
			    (gssize)(close ? at : s.len));
		if (!close)
			return;
		const struct str name = str_trim(
		    str_upto(rest, (size_t)(close - rest.p)));
		if (!take_section(r, name) && r->shown[r->depth])
			put_reference(r, name);
		s = str_from(rest, (size_t)(close - rest.p) + 2);
	}
}

/* What stands behind <hr id=answer> is new on the back. */
static void
cut_front(GString *back)
{
	static const char *const marks[] = { "<hr id=answer>",
		"<hr id=\"answer\">", "<hr id='answer'>", "<hr id=answer/>",
		"<hr id=answer />" };

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		const char *at = strstr(back->str, marks[i]);
		if (!at)
			continue;
		g_string_erase(back, 0,
		    (gssize)(at - back->str) + (gssize)strlen(marks[i]));
		return;
	}
}

/* ---- questions */

/* A name that does not change with the text. */
static void
set_id(struct noting *n, unsigned card)
{
	char hex[33];

	if (n->q->id || !n->note->guid[0])
		return;
	fs_hash(str_of(n->note->guid), hex);
	n->q->id = card
	    ? arena_printf(n->k->im->arena, "n%.10s-%u", hex, card + 1)
	    : arena_printf(n->k->im->arena, "n%.10s", hex);
}

static void
begin(struct noting *n, enum ask kind)
{
	g_auto(GStrv) tags = g_strsplit(n->note->tags, " ", -1);
	struct import *im = n->k->im;

	n->q = bank_add(im, n->bank, kind, n->note->at);
	n->how = NULL;
	for (size_t i = 0; tags[i]; i++)
		if (tags[i][0] && !g_str_has_prefix(tags[i], "ergen::"))
			import_tag(im, &n->q->tags, &n->q->keys,
			    arena_strdup(im->arena, tags[i]));
}

/* What no card shows is kept. */
static void
keep_unused(struct noting *n)
{
	const struct anki_type *t = n->note->type;

	for (size_t i = 0; i < t->n_fields; i++)
		if (!n->used[i] && str_trim(str_of(n->note->values[i])).len)
			import_lost(n->k->im, &n->q->lost, n->note->at,
			    str_of(n->note->values[i]), "the field '%s'",
			    t->fields[i]);
}

/* What a card of a lesson cannot have. */
static void
check_card(struct noting *n)
{
	g_autoptr(GString) all = g_string_new(NULL);
	const struct ask_one *q = n->q;

	if (q->kind != ASK_CARD)
		return;
	items_each(t, &q->tags)
		g_string_append_printf(all, "%s%s", all->len ? " " : "",
		    t->text);
	items_each(t, &q->keys)
		g_string_append_printf(all, "%s%s::%s", all->len ? " " : "",
		    t->text, t->more);
	if (all->len)
		import_lost(n->k->im, &n->q->lost, n->note->at,
		    (struct str){ all->str, all->len }, "the tags of a card");
	if (strstr(q->stem, "![") ||
	    (q->is_both_ways && strstr(q->explanation, "![")))
		import_lost(n->k->im, &n->q->lost, n->note->at,
		    (struct str){ NULL, 0 },
		    "a picture that asks: the card asks with its text alone");
}

static void
give_up(struct noting *n, const char *why)
{
	const struct anki_type *t = n->note->type;
	g_autoptr(GString) all = g_string_new(NULL);

	for (size_t i = 0; i < t->n_fields; i++)
		g_string_append_printf(all, "%s: %s\n", t->fields[i],
		    n->note->values[i]);
	n->q->kind = ASK_NOTHING;
	import_lost(n->k->im, &n->q->lost, n->note->at,
	    (struct str){ all->str, all->len }, "%s", why);
}

static const char *
prepared(struct noting *n, const GString *html)
{
	g_autoptr(GString) to = g_string_new(NULL);

	put_sounds(to, (struct str){ html->str, html->len });
	return arena_str(n->k->im->arena, (struct str){ to->str, to->len });
}

/* The two sides of one card. */
struct sides {
	const char *front, *back; /* HTML */
	const char *typed; /* or NULL */
	bool has_cloze, is_empty;
};

static struct sides
make_sides(struct noting *n, const struct anki_template *t)
{
	g_autoptr(GString) front = g_string_new(NULL);
	g_autoptr(GString) back = g_string_new(NULL);
	struct rendering f = { .n = n, .to = front };
	struct rendering b = { .n = n, .to = back };

	render(&f, t->front);
	render(&b, t->back);
	cut_front(back);
	return (struct sides){ prepared(n, front), prepared(n, back), f.typed,
		f.has_cloze, !f.has_field };
}

static void
add_cloze(struct noting *n, const struct sides *s)
{
	begin(n, ASK_CLOZE);
	set_id(n, 0);
	if (strstr(s->front, "image-occlusion:")) {
		give_up(n, "parts of a picture to be named");
		return;
	}
	n->q->stem = rich(n, s->front);
	if (!n->q->stem || !strstr(n->q->stem, "**"))
		give_up(n, "no blank holds a text");
	else
		n->q->explanation = rich(n, s->back);
}

/* The back of a cloze repeats it: only what is new there explains. */
static struct sides
cloze_sides(struct noting *n, const struct anki_template *t)
{
	const char *cloze = strstr(t->back, "{{cloze:");
	const char *end = cloze ? strstr(cloze, "}}") : NULL;
	const struct anki_template own = { t->front, end ? end + 2 : t->back };

	return make_sides(n, &own);
}

static void
add_typed(struct noting *n, const struct sides *s)
{
	struct import *im = n->k->im;
	const char *answer = markup_text(im, str_of(s->typed));

	begin(n, ASK_TEXT);
	n->q->stem = rich(n, s->front);
	n->q->explanation = rich(n, s->back);
	if (answer[0])
		items_add(im, &n->q->accepted, answer, NULL, false);
	else
		give_up(n, "nothing is to be typed");
}

static void
add_card(struct noting *n, const struct sides *s)
{
	begin(n, ASK_CARD);
	n->q->stem = rich(n, s->front);
	n->q->explanation = rich(n, s->back);
	if (!n->q->stem || !n->q->explanation)
		give_up(n,
		    n->q->stem ? "the card has no back"
			       : "the card has no front");
}

static bool
is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* The second of two cards that ask the same both ways is no card of its own. */
static bool
is_reverse(const struct ask_one *first, const struct ask_one *second)
{
	return first && first->kind == ASK_CARD && second->kind == ASK_CARD &&
	    is_same(first->stem, second->explanation) &&
	    is_same(first->explanation, second->stem);
}

static void
add_cards(struct noting *n)
{
	const struct anki_type *t = n->note->type;
	struct ask_one *first = NULL;
	unsigned n_cards = 0;

	for (size_t i = 0; i < t->n_templates; i++) {
		struct ask_one *before = n->bank->last;
		const struct sides s = make_sides(n, &t->templates[i]);
		/* Anki makes no card of an empty front. */
		if (s.is_empty && (i > 0 || t->n_templates > 1))
			continue;
		if (s.typed)
			add_typed(n, &s);
		else
			add_card(n, &s);
		if (is_reverse(first, n->q)) {
			first->is_both_ways = true;
			before->next = NULL;
			n->bank->last = before;
			n->bank->n--;
			n->q = first;
			continue;
		}
		set_id(n, n_cards++);
		first = first ? first : n->q;
	}
	if (first)
		return;
	begin(n, ASK_NOTHING);
	give_up(n, "the note has no card");
}

/* ---- ergen's own types */

static bool
is_ergen(const struct anki_type *t)
{
	static const char *const names[] = { "Question", "Options", "Answer",
		"Explanation", "Hint", "Context", "Source", "Id" };

	if (!g_str_has_prefix(t->name, "ergen ") ||
	    t->n_fields < G_N_ELEMENTS(names))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(t->fields[i], names[i]) != 0)
			return false;
	return true;
}

static void
read_ergen_choice(struct noting *n, const char *answer)
{
	size_t n_right = 0;
	const struct markup m = reader(n, TEXT_BLOCKS);

	n->q->kind = ASK_CHOICE;
	markup_options(&m, str_of(answer), &n->q->options);
	items_each(o, &n->q->options)
		n_right += o->flag;
	if (n->q->options.n < 2) {
		n->q->options = (struct items){ NULL, NULL, 0 };
		give_up(n, "a choice needs two options");
		return;
	}
	n->q->is_many = n_right != 1;
	if (n_right > 1)
		n->k->how_many = n->how;
	if (n_right == 0)
		n->k->how_none = n->how;
	/* The same words may stand over others; anki_finish() looks. */
	n->q->how = n->how;
}

static void
read_ergen_typed(struct noting *n, const char *answer)
{
	struct import *im = n->k->im;
	const char *text = markup_text(im, str_of(answer));

	n->q->kind = ASK_TEXT;
	if (text[0])
		items_add(im, &n->q->accepted, text, NULL, false);
	else
		give_up(n, "nothing is to be typed");
}

static void
add_ergen(struct noting *n)
{
	const char *name = n->note->type->name + strlen("ergen ");
	const char *id = markup_text(n->k->im, str_of(field(n, "Id")));
	g_autoptr(GString) cloze = g_string_new(NULL);

	begin(n, ASK_CARD);
	n->q->id = id[0] ? id : NULL;
	/* The others say where the question stands on the website. */
	(void)field(n, "Context");
	(void)field(n, "Source");
	(void)field(n, "Options");
	const char *question = field(n, "Question"),
		   *answer = field(n, "Answer");
	if (n->note->type->is_cloze) {
		n->q->kind = ASK_CLOZE;
		(void)put_cloze(n, cloze, str_of(question), 0);
		n->q->stem = rich(n, cloze->str);
	} else {
		n->q->stem = rich(n, question);
	}
	n->q->explanation = rich(n, field(n, "Explanation"));
	const char *hint = field(n, "Hint");
	if (str_trim(str_of(hint)).len)
		items_add(n->k->im, &n->q->hints, rich(n, hint), NULL, false);
	if (g_str_has_prefix(name, "Choice")) {
		read_ergen_choice(n, answer);
	} else if (g_str_has_prefix(name, "Type")) {
		read_ergen_typed(n, answer);
	} else if (!n->note->type->is_cloze) {
		const char *back = rich(n, answer);
		g_autoptr(GString) all = g_string_new(back);
		if (n->q->explanation) {
			text_block(all);
			g_string_append(all, n->q->explanation);
		}
		n->q->explanation = arena_str(n->k->im->arena,
		    (struct str){ all->str, all->len });
		n->q->is_both_ways = strstr(name, "both") != NULL;
		if (!n->q->stem || !all->len)
			give_up(n, "the card has an empty side");
	}
	set_id(n, 0);
}

/* ---- */

static const char *
first_words(struct import *im, const char *html)
{
	const char *text = markup_text(im, str_of(html));
	const char *end = text;

	for (unsigned i = 0; *end && i < SUBJECT_MOST; i++)
		end = g_utf8_next_char(end);
	if (*end)
		return arena_printf(im->arena, "%.*s…", (int)(end - text),
		    text);
	return text[0] ? text : NULL;
}

void
anki_add(struct anki *k, struct bank *b, const struct anki_note *note)
{
	const struct anki_type *t = note->type;
	g_autofree bool *used = g_new0(bool, t->n_fields + 1);
	g_autoptr(GPtrArray) nested = g_ptr_array_new();
	struct noting n = { .k = k,
		.bank = b,
		.note = note,
		.used = used,
		.nested = nested };

	/* A text has lines to go by. */
	if (!note->at.line && t->n_fields)
		k->im->subject = first_words(k->im, note->values[0]);
	if (is_ergen(t)) {
		add_ergen(&n);
	} else if (t->is_cloze && t->n_templates) {
		const struct sides s = cloze_sides(&n, &t->templates[0]);
		add_cloze(&n, &s);
	} else {
		add_cards(&n);
	}
	for (guint i = 0; i < nested->len; i++)
		import_lost(k->im, &n.q->lost, note->at,
		    str_of(nested->pdata[i]), "a blank in a blank");
	check_card(&n);
	keep_unused(&n);
	k->im->subject = NULL;
}

void
anki_finish(struct anki *k)
{
	for (size_t i = 0; i < k->im->banks->len; i++) {
		struct bank *b = k->im->banks->pdata[i];
		for (struct ask_one *q = b->first; q; q = q->next) {
			if (q->kind != ASK_CHOICE || !q->how)
				continue;
			q->allows_none = is_same(q->how, k->how_none);
			q->is_many = q->is_many || q->allows_none ||
			    is_same(q->how, k->how_many) ||
			    strcmp(q->how, "Choose all that apply.") == 0;
		}
	}
}

const char *
anki_deck_name(struct import *im, struct str deck)
{
	g_autofree char *name = g_strndup(deck.p, deck.len);
	g_autoptr(GString) all = g_string_new(g_strdelimit(name, "\x1f", '\n'));

	(void)g_string_replace(all, "::", "\n", 0);
	(void)g_string_replace(all, "\n", " / ", 0);
	return arena_str(im->arena,
	    str_trim((struct str){ all->str, all->len }));
}
