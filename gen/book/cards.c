#include "book/cards.h"

#include "base/fs.h"
#include "book/answer.h"
#include "book/id.h"
#include "book/source.h"
#include "doc/comment.h"

enum {
	COLUMNS_LEAST = 2,
	COLUMNS_MOST = 5,
	KEY_MOST = 60 /* bytes of a heading in an id */
};

struct collecting {
	struct arena *arena;
	struct diag *diag;
	const struct source *source; /* the one at work */
	GArray *cards; /* struct card, of its page */
	GHashTable *ids; /* const struct loc by id: of cards */
	GHashTable *marks; /* likewise: of what they are made of */
	const struct node *heading; /* the last one, or NULL */
	unsigned none_level; /* no cards below a heading of it; or 0 */
	GHashTable *silent; /* headings of terms that make none */
};

static struct loc
loc_of(const struct collecting *k, const struct node *n)
{
	return node_loc(&k->source->origin, n);
}

static char *
text_of(const struct node *parent)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, parent);
	return g_strstrip(g_strdup(text->str));
}

/* --- ids ---------------------------------------------------------------- */

/* Typography may change these, and is no part of what a text says. */
static bool
is_quote(gunichar c)
{
	const GUnicodeType type = g_unichar_type(c);

	return c == '"' || c == '\'' || type == G_UNICODE_INITIAL_PUNCTUATION ||
	    type == G_UNICODE_FINAL_PUNCTUATION || c == 0x201a || c == 0x201e;
}

static bool
is_gap(gunichar c)
{
	return g_unichar_isspace(c) || g_unichar_iscntrl(c) ||
	    g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION;
}

/* A heading as part of an id: without case, quotes and white space, since
 * these may change while it says the same; all else counts, so that "C" and
 * "C++" differ. "" if nothing is left. */
static const char *
key_of(const struct collecting *k, const struct node *heading)
{
	g_autofree char *text = text_of(heading);
	g_autofree char *folded = g_utf8_casefold(text, -1);
	g_autofree char *composed = g_utf8_normalize(folded, -1,
	    G_NORMALIZE_NFC);
	g_autoptr(GString) key = g_string_new(NULL);
	bool has_gap = false;

	for (const char *p = composed; *p; p = g_utf8_next_char(p)) {
		const gunichar c = g_utf8_get_char(p);
		if (is_gap(c))
			has_gap = true;
		if (is_gap(c) || is_quote(c))
			continue;
		if (has_gap && key->len > 0)
			g_string_append_c(key, '-');
		has_gap = false;
		if (c == '/' || c == '%')
			g_string_append_printf(key, "%%%02x", (unsigned)c);
		else
			g_string_append_unichar(key, c);
	}
	if (key->len <= KEY_MOST)
		return arena_strdup(k->arena, key->str);
	char hex[33];
	const char *end = key->str + KEY_MOST;
	while (((unsigned char)*end & 0xc0) == 0x80)
		end--;
	fs_hash((struct str){ key->str, key->len }, hex);
	return arena_printf(k->arena, "%.*s-%.6s", (int)(end - key->str),
	    key->str, hex);
}

static const struct loc *
keep_loc(const struct collecting *k, struct loc at)
{
	struct loc *kept = arena_obj(k->arena, struct loc);

	*kept = at;
	return kept;
}

/* False: another one has it, which has been reported. */
static bool
take_id(struct collecting *k, GHashTable *taken, const char *id, struct loc at)
{
	const struct loc *other = g_hash_table_lookup(taken, id);

	if (other) {
		diag_at(k->diag, DIAG_ID_DUPLICATE, at, "%s", id);
		diag_help(k->diag, "%s:%u has it too; ids are unique",
		    other->in->path, other->line);
		return false;
	}
	g_hash_table_insert(taken, (char *)(uintptr_t)id,
	    (struct loc *)(uintptr_t)keep_loc(k, at));
	return true;
}

/* The id of a mark without one: of the heading above it and, if that is taken,
 * of what it marks. */
static const char *
derive_id(struct collecting *k, const struct comment *c,
    const struct node *marked, struct loc at)
{
	g_autofree char *title = k->heading ? text_of(k->heading)
					    : g_strdup(k->source->front.title);
	g_autofree char *whole = text_of(marked);
	const char *name = c->value && strcmp(c->word, "card") == 0 ? c->value
								    : title;
	const char *id = id_derive(k->arena, str_of(name), str_of(whole));

	if (g_hash_table_contains(k->marks, id))
		id = id_derive_longer(k->arena, str_of(name), str_of(whole));
	const char *longer = id;
	for (unsigned n = 2; g_hash_table_contains(k->marks, id); n++)
		id = arena_printf(k->arena, "%s-%u", longer, n);
	diag_at(k->diag, DIAG_CARD_NO_ID, at, NULL);
	diag_help(k->diag, "write <!-- %s: %s; id=%s -->", c->word,
	    c->value ? c->value : "", id);
	return id;
}

/* NULL: there is something wrong with it, which has been reported. */
static const char *
id_of_mark(struct collecting *k, const struct node *mark,
    const struct node *marked)
{
	const struct comment *c = mark->comment;
	const char *id = comment_get(c, "id");
	const struct loc at = loc_of(k, mark);

	if (!id)
		id = derive_id(k, c, marked, at);
	if (!id_is_valid(str_of(id))) {
		diag_at(k->diag, DIAG_ID_BAD, at, "%s", id);
		diag_help(k->diag,
		    "ids are made of a-z, 0-9 and single hyphens");
		return NULL;
	}
	const char *was = comment_get(c, "was");
	if (was && !take_id(k, k->marks, was, at))
		return NULL;
	return take_id(k, k->marks, id, at) ? id : NULL;
}

/* --- cards -------------------------------------------------------------- */

/* was: so far of the mark alone. */
static struct card
new_card(const struct collecting *k, enum card_kind kind,
    const struct node *mark)
{
	return (struct card){ .kind = kind,
		.was = mark ? comment_get(mark->comment, "was") : NULL,
		.is_derived = mark && !comment_get(mark->comment, "id"),
		.anchor = k->heading ? k->heading->heading.id : NULL,
		.doc = k->source->doc };
}

static void
add_card(struct collecting *k, const struct card *c)
{
	if (take_id(k, k->ids, c->id, c->at))
		g_array_append_val(k->cards, *c);
}

static void
report_shape(struct collecting *k, const struct node *at, const char *what,
    const char *help)
{
	diag_at(k->diag, DIAG_CARD_SHAPE, loc_of(k, at), "%s", what);
	diag_help(k->diag, "%s", help);
}

static void
add_row(struct collecting *k, const struct card *like, const char *id,
    const struct node *head, const struct node *row)
{
	const struct node *first = row->child, *column = head->child->next;
	const char *key = first ? key_of(k, first) : "";

	if (!key[0]) {
		report_shape(k, row, "a row without heading",
		    "its first cell says what the row is about");
		return;
	}
	for (const struct node *cell = first->next; cell && column;
	     cell = cell->next, column = column->next) {
		struct card c = *like;
		const char *column_key = key_of(k, column);
		if (!cell->child)
			continue;
		if (!column_key[0]) {
			report_shape(k, head, "a column without heading",
			    "the head says what each column is about");
			return;
		}
		c.at = loc_of(k, cell);
		c.id = arena_printf(k->arena, "%s/%s/%s", id, key, column_key);
		c.front = first;
		c.column = column;
		c.back = cell;
		if (c.was)
			c.was = arena_printf(k->arena, "%s/%s/%s", like->was,
			    key, column_key);
		add_card(k, &c);
	}
}

static void
add_table(struct collecting *k, const struct node *mark,
    const struct node *table)
{
	struct card like = new_card(k, CARD_CELL, mark);
	const unsigned n_cols = table->table.n_cols;

	if (n_cols < COLUMNS_LEAST || n_cols > COLUMNS_MOST ||
	    !table->child->next) {
		g_autofree char
		    *what = g_strdup_printf("a table of %u column%s%s", n_cols,
			n_cols == 1 ? "" : "s",
			table->child->next ? "" : " and no row");
		report_shape(k, mark, what,
		    "a table of two to five columns; the first heads the rows");
		return;
	}
	const char *id = id_of_mark(k, mark, table->child);
	for (const struct node *row = table->child->next; id && row;
	     row = row->next)
		add_row(k, &like, id, table->child, row);
}

/* Blanks are put into a copy: on a page they are bold. */
static struct node *
copy_tree(struct arena *a, const struct node *from)
{
	struct node *first = NULL, **tail = &first;

	for (; from; from = from->next) {
		struct node *n = node_new(a, from->kind, from);
		*n = *from;
		n->next = NULL;
		n->child = copy_tree(a, from->child);
		*tail = n;
		tail = &n->next;
	}
	return first;
}

static bool
has_bold(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind == NODE_STRONG || has_bold(n))
			return true;
	return false;
}

static void
add_item(struct collecting *k, const struct card *like, const char *id,
    const struct node *item)
{
	const struct question_maker maker = { k->source->doc, k->arena, k->diag,
		NULL };
	struct question blanks = { .heading = item, .title = "" };
	struct node *box = node_new(k->arena, NODE_DOC, item);
	struct card c = *like;

	box->child = copy_tree(k->arena, item->child);
	answer_read_cloze(&maker, box, false, &blanks);
	if (blanks.n_blanks == 0)
		return;
	struct node text = { .kind = NODE_TEXT,
		.text = str_of(blanks.blanks[0].texts[0].text) };
	const struct node first = { .kind = NODE_DOC, .child = &text };
	c.at = loc_of(k, item);
	const char *key = key_of(k, &first);
	c.id = arena_printf(k->arena, "%s/%s", id, key);
	if (c.was)
		c.was = arena_printf(k->arena, "%s/%s", like->was, key);
	c.back = box;
	c.blanks = blanks.blanks;
	c.n_blanks = blanks.n_blanks;
	add_card(k, &c);
}

static void
add_list(struct collecting *k, const struct node *mark, const struct node *list)
{
	struct card like = new_card(k, CARD_CLOZE, mark);

	if (!has_bold(list)) {
		report_shape(k, mark, "a list without bold text",
		    "every bold run of an item is a blank");
		return;
	}
	const char *id = id_of_mark(k, mark, list);
	for (const struct node *item = list->child; id && item;
	     item = item->next)
		if (has_bold(item))
			add_item(k, &like, id, item);
}

static void
add_callout(struct collecting *k, const struct node *mark,
    const struct node *callout)
{
	struct card c = new_card(k, CARD_CALLOUT, mark);

	c.text = mark->comment->value;
	if (!c.text || !c.text[0] || !callout->child) {
		report_shape(k, mark,
		    callout->child ? "nothing is asked" : "an empty callout",
		    "<!-- card: what the front asks; id=… -->, and the callout answers");
		return;
	}
	c.at = loc_of(k, callout);
	c.id = id_of_mark(k, mark, callout);
	c.back = callout;
	if (c.id)
		add_card(k, &c);
}

static void
add_terms(struct collecting *k)
{
	for (size_t i = 0; i < k->source->n_terms; i++) {
		const struct term *t = &k->source->terms[i];
		struct card c = new_card(k, CARD_TERM, NULL);
		const char *key = key_of(k, t->title);
		if (!t->meaning || !key[0] ||
		    g_hash_table_contains(k->silent, t->title))
			continue;
		c.at = loc_of(k, t->title);
		c.id = arena_printf(k->arena, "glossary/%s", key);
		c.anchor = t->id;
		c.front = t->title;
		c.back = t->meaning;
		add_card(k, &c);
	}
}

/* --- marks -------------------------------------------------------------- */

static bool
is_mark(const struct node *n)
{
	return n->kind == NODE_COMMENT &&
	    (strcmp(n->comment->word, "cards") == 0 ||
		strcmp(n->comment->word, "card") == 0);
}

static void
report_mark(struct collecting *k, const struct node *n, const char *help)
{
	diag_at(k->diag, DIAG_COMMENT_BAD, loc_of(k, n), "%s%s%s",
	    n->comment->word, n->comment->value ? ": " : "",
	    n->comment->value ? n->comment->value : "");
	diag_help(k->diag, "%s", help);
}

static bool
has_known_keys(struct collecting *k, const struct node *n)
{
	const struct comment *c = n->comment;

	for (size_t i = 0; i < c->n_keys; i++) {
		const bool is_was = strcmp(c->keys[i], "was") == 0;
		if ((is_was || strcmp(c->keys[i], "id") == 0) &&
		    comment_get(c, c->keys[i]) == c->values[i] &&
		    (!is_was || id_is_valid(str_of(c->values[i]))))
			continue;
		diag_at(k->diag, DIAG_COMMENT_BAD, loc_of(k, n), "%s=%s",
		    c->keys[i], c->values[i]);
		diag_help(k->diag,
		    "cards have an 'id', and perhaps 'was', the one that they had");
		return false;
	}
	return true;
}

static void
silence(struct collecting *k, const struct node *n, const struct node *before)
{
	const unsigned level = k->heading ? k->heading->heading.level : 1;

	if (before && before->kind != NODE_HEADING &&
	    before->kind != NODE_COMMENT) {
		report_mark(k, n, "it stands directly below a heading");
		return;
	}
	if (!k->none_level || level < k->none_level)
		k->none_level = level;
	if (k->heading)
		g_hash_table_add(k->silent, (void *)(uintptr_t)k->heading);
}

static void
read_mark(struct collecting *k, const struct node *n, const struct node *before)
{
	const struct comment *c = n->comment;
	const struct node *marked = n->next;
	const enum node_kind kind = marked ? marked->kind : NODE_COMMENT;
	const bool is_card = strcmp(c->word, "card") == 0;
	const bool is_rows = !is_card && c->value &&
	    strcmp(c->value, "rows") == 0;
	const bool is_cloze = !is_card && c->value &&
	    strcmp(c->value, "cloze") == 0;

	if (!has_known_keys(k, n))
		return;
	if (!is_card && c->value && strcmp(c->value, "none") == 0)
		silence(k, n, before);
	else if (!is_card && !is_rows && !is_cloze)
		report_mark(k, n,
		    "cards: rows above a table, cards: cloze above a list, or cards: none");
	else if (kind !=
	    (is_card          ? NODE_CALLOUT
		    : is_rows ? NODE_TABLE
			      : NODE_LIST))
		report_mark(k, n,
		    is_card       ? "it stands directly above an alert"
			: is_rows ? "it stands directly above a table"
				  : "it stands directly above a list");
	else if (k->none_level)
		return;
	else if (is_card)
		add_callout(k, n, marked);
	else if (is_rows)
		add_table(k, n, marked);
	else
		add_list(k, n, marked);
}

static void
report_nested(struct collecting *k, const struct node *parent)
{
	node_each(n, parent) {
		if (is_mark(n))
			report_mark(k, n,
			    "it stands at top level, not inside of a quote or list");
		else if (n->child && n->kind < NODE_PARAGRAPH)
			report_nested(k, n);
	}
}

static void
report_nested_in(const struct node *tree, bool is_answer, void *ctx)
{
	(void)is_answer;
	report_nested(ctx, tree);
}

/* A heading ends what `none` said above. */
static void
enter(struct collecting *k, const struct node *heading)
{
	if (k->none_level && heading->heading.level <= k->none_level)
		k->none_level = 0;
	k->heading = heading;
	if (k->none_level)
		g_hash_table_add(k->silent, (void *)(uintptr_t)heading);
}

static void collect(struct collecting *k, const struct node *parent);

static void
collect_of_quiz(struct collecting *k, const struct quiz *quiz)
{
	for (size_t i = 0; i < quiz->n_parts; i++) {
		const struct quiz_part *part = &quiz->parts[i];
		/* Still ours to write to: phase 4. */
		struct question *q = (struct question *)(uintptr_t)
					 part->question;
		if (part->text)
			collect(k, part->text);
		if (!q || q->quiz != quiz)
			continue;
		enter(k, q->heading);
		if (k->none_level)
			q->has_no_card = true;
		question_each_tree(q, report_nested_in, k);
	}
}

static void
collect(struct collecting *k, const struct node *parent)
{
	const struct node *before = NULL;

	node_each(n, parent) {
		if (n->kind == NODE_HEADING)
			enter(k, n);
		else if (n->kind == NODE_QUIZ)
			collect_of_quiz(k, n->quiz);
		else if (is_mark(n))
			read_mark(k, n, before);
		else if (n->child && n->kind < NODE_PARAGRAPH)
			report_nested(k, n);
		before = n;
	}
}

void
cards_make(struct making *m, struct diag *d)
{
	struct page *pages = (struct page *)(uintptr_t)m->book.pages;
	struct collecting k = { .arena = m->arena, .diag = d };

	k.cards = g_array_new(FALSE, FALSE, sizeof(struct card));
	k.ids = g_hash_table_new(g_str_hash, g_str_equal);
	k.marks = g_hash_table_new(g_str_hash, g_str_equal);
	k.silent = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < m->page_sources->len; i++) {
		k.source = m->page_sources->pdata[i];
		k.heading = NULL;
		k.none_level = 0;
		g_array_set_size(k.cards, 0);
		collect(&k, k.source->doc->body);
		add_terms(&k);
		pages[i].n_cards = k.cards->len;
		pages[i].cards = arena_array_of(m->arena, k.cards);
	}
	g_hash_table_destroy(k.silent);
	g_hash_table_destroy(k.marks);
	g_hash_table_destroy(k.ids);
	g_array_free(k.cards, TRUE);
}
