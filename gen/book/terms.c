#include "book/terms.h"

#include "base/slug.h"
#include "book/source.h"

#include <stdlib.h>

/* --- reading ------------------------------------------------------------ */

struct reading {
	struct source *source;
	struct arena *arena;
	GHashTable *ids; /* of the page's headings */
	GArray *headings; /* struct heading: those, and of the tables' rows */
	GArray *terms; /* struct term */
};

static const char *
text_of(struct arena *a, const struct node *parent)
{
	g_autoptr(GString) text = g_string_new(NULL);

	node_text(text, parent);
	return arena_str(a, str_trim((struct str){ text->str, text->len }));
}

static const char *
new_id(struct reading *r, const char *name)
{
	const char *slug = slug_heading(r->arena, str_of(name));
	const char *id = slug[0] ? slug : "term";

	for (unsigned n = 1; g_hash_table_contains(r->ids, id); n++)
		id = arena_printf(r->arena, "%s-%u", slug, n);
	g_hash_table_add(r->ids, (char *)(uintptr_t)id);
	return id;
}

/* A row as what it would be without a table: a heading and a paragraph. */
static struct node *
spell_out(struct reading *r, struct node *row, struct node *next)
{
	struct node *cell = row->child;
	struct node *heading = node_new(r->arena, NODE_HEADING, cell);
	struct node *meaning = node_new(r->arena, NODE_PARAGRAPH, cell);
	const char *name = text_of(r->arena, cell);

	heading->child = cell->child;
	heading->heading.level = 2;
	heading->heading.id = new_id(r, name);
	heading->next = meaning;
	meaning->child = cell->next ? cell->next->child : NULL;
	meaning->next = next;
	/* Nothing in the cell: the term is reported. */
	if (!meaning->child)
		heading->next = next;
	struct heading h = { heading, heading->heading.id, name, 2 };
	g_array_append_val(r->headings, h);
	return heading;
}

static bool
is_list_of_terms(const struct node *n)
{
	return n->kind == NODE_TABLE && n->table.n_cols == 2 && n->child;
}

/* The rows from this one on, in order, in front of `after`. */
static struct node *
spell_out_rows(struct reading *r, struct node *row, struct node *after)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	for (; row; row = row->next)
		if (row->child && row->child->child)
			g_ptr_array_add(rows, row);
	for (guint i = rows->len; i > 0; i--)
		after = spell_out(r, rows->pdata[i - 1], after);
	return after;
}

static void
spell_out_tables(struct reading *r)
{
	struct node **at = &r->source->doc->body->child;

	while (*at) {
		struct node *n = *at;
		if (is_list_of_terms(n)) {
			/* The first row is the head. */
			*at = spell_out_rows(r, n->child->next, n->next);
			while (*at != n->next)
				at = &(*at)->next;
		} else {
			at = &n->next;
		}
	}
}

/* The blocks below a heading, up to the next term: a copy of the row of
 * blocks, since they stay where they are as well. */
static const struct node *
meaning_of(struct reading *r, const struct node *heading)
{
	struct node *box = node_new(r->arena, NODE_DOC, heading);
	struct node **tail = &box->child;

	for (const struct node *n = heading->next;
	     n && !(n->kind == NODE_HEADING && n->heading.level <= 2);
	     n = n->next) {
		struct node *copy = node_new(r->arena, n->kind, n);
		*copy = *n;
		copy->next = NULL;
		*tail = copy;
		tail = &copy->next;
	}
	return box->child ? box : NULL;
}

static void
add_term(struct reading *r, const struct node *heading, struct diag *d)
{
	const struct origin *in = &r->source->origin;
	struct term t = { .name = text_of(r->arena, heading),
		.id = heading->heading.id,
		.title = heading,
		.meaning = meaning_of(r, heading) };
	g_autofree char *folded = g_utf8_casefold(t.name, -1);
	g_autofree char *plain = g_str_to_ascii(folded, "C");

	const char *sort = plain[0] == '?' ? folded : plain;
	/* What begins with no letter stands together, in front. */
	t.sort = g_unichar_isalpha(g_utf8_get_char(sort))
	    ? arena_strdup(r->arena, sort)
	    : arena_printf(r->arena, "\x01%s", sort);
	for (guint i = 0; i < r->terms->len; i++) {
		const struct term *other = &g_array_index(r->terms, struct term,
		    i);
		g_autofree char *known = g_utf8_casefold(other->name, -1);
		if (strcmp(known, folded) != 0)
			continue;
		diag_at(d, DIAG_TERM_TWICE, node_loc(in, heading), "%s",
		    t.name);
		diag_help(d, "line %u has it too", other->title->line);
		return;
	}
	if (!t.meaning) {
		diag_at(d, DIAG_TERM_EMPTY, node_loc(in, heading), "%s",
		    t.name);
		diag_help(d, "say below the heading what it means");
	}
	if (t.name[0])
		g_array_append_val(r->terms, t);
}

static int
by_place(gconstpointer a, gconstpointer b)
{
	const struct heading *x = a, *y = b;

	return (x->node->line > y->node->line) -
	    (x->node->line < y->node->line);
}

void
terms_read(struct source *s, struct arena *a, struct diag *d)
{
	struct reading r = { .source = s, .arena = a };
	struct doc *doc = s->doc;

	r.ids = g_hash_table_new(g_str_hash, g_str_equal);
	r.headings = g_array_new(FALSE, FALSE, sizeof(struct heading));
	r.terms = g_array_new(FALSE, FALSE, sizeof(struct term));
	for (size_t i = 0; i < doc->n_headings; i++)
		g_hash_table_add(r.ids, (char *)(uintptr_t)doc->headings[i].id);
	if (doc->n_headings)
		g_array_append_vals(r.headings, doc->headings,
		    (guint)doc->n_headings);
	spell_out_tables(&r);
	g_array_sort(r.headings, by_place);
	doc->n_headings = r.headings->len;
	doc->headings = arena_array_of(a, r.headings);
	for (const struct node *n = doc->body->child; n; n = n->next)
		if (n->kind == NODE_HEADING && n->heading.level == 2)
			add_term(&r, n, d);
	s->n_terms = r.terms->len;
	s->terms = arena_array_of(a, r.terms);
	g_array_free(r.terms, TRUE);
	g_array_free(r.headings, TRUE);
	g_hash_table_destroy(r.ids);
}

/* --- linking ------------------------------------------------------------ */

/* One way to write a term: "Virtual network (VNet)" has two. */
struct spelling {
	struct str text;
	size_t term;
	/* Capitals inside say what it is: "SAS" is no "sas". */
	bool is_exact;
};

struct linking_terms {
	struct making *m;
	GArray *spellings; /* struct spelling */
	/* Of the spellings: which begin with this byte, in lower case; longer
	 * ones first. */
	GArray *by_byte[256]; /* size_t; or NULL */
	size_t n_terms;
	struct term *terms; /* sorted */
	GPtrArray **uses; /* by term: const struct page_ref * */
	struct link **links; /* by term: all uses share it; or NULL yet */
	const struct page_ref *page; /* the one at work */
	bool *is_used; /* by term, on it */
	bool is_english;
	bool has_spaces; /* some spelling has one */
};

static bool
has_inner_capital(struct str s)
{
	for (size_t i = 1; i < s.len; i++)
		if (g_ascii_isupper(s.p[i]))
			return true;
	return false;
}

static void
add_spelling(struct linking_terms *k, struct str text, size_t term)
{
	struct spelling s = { str_trim(text), term, has_inner_capital(text) };

	if (s.text.len >= 2)
		g_array_append_val(k->spellings, s);
	k->has_spaces = k->has_spaces || str_find(s.text, ' ') < s.text.len;
}

/* "Virtual network (VNet)" */
static void
add_spellings(struct linking_terms *k, size_t term)
{
	struct str name = str_of(k->terms[term].name);
	size_t open = str_find(name, '('), close = str_find(name, ')');

	if (open == 0 || open >= close || close != name.len - 1) {
		add_spelling(k, name, term);
		return;
	}
	add_spelling(k, str_upto(name, open), term);
	add_spelling(k, str_upto(str_from(name, open + 1), close - open - 1),
	    term);
}

static int
longer_first(gconstpointer a, gconstpointer b)
{
	const struct spelling *x = a, *y = b;

	if (x->text.len != y->text.len)
		return x->text.len > y->text.len ? -1 : 1;
	return (x->term > y->term) - (x->term < y->term);
}

static void
index_spellings(struct linking_terms *k)
{
	for (size_t i = 0; i < k->n_terms; i++)
		add_spellings(k, i);
	g_array_sort(k->spellings, longer_first);
	for (size_t i = 0; i < k->spellings->len; i++) {
		const struct spelling *s = &g_array_index(k->spellings,
		    struct spelling, i);
		unsigned char c = (unsigned char)g_ascii_tolower(s->text.p[0]);
		if (!k->by_byte[c])
			k->by_byte[c] = g_array_new(FALSE, FALSE,
			    sizeof(size_t));
		g_array_append_val(k->by_byte[c], i);
	}
}

static bool
is_word_byte(char c)
{
	return g_ascii_isalnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* The bytes that the spelling takes at the start of s, or 0. An English plural
 * counts as the term. */
static size_t
match(const struct linking_terms *k, const struct spelling *spelling,
    struct str s)
{
	struct str t = spelling->text;
	if (s.len < t.len)
		return 0;
	if (spelling->is_exact ? memcmp(s.p, t.p, t.len) != 0
			       : g_ascii_strncasecmp(s.p, t.p, t.len) != 0)
		return 0;
	size_t len = t.len;
	if (k->is_english && len < s.len && s.p[len] == 's')
		len++;
	return len < s.len && is_word_byte(s.p[len]) ? 0 : len;
}

/* Of the terms that begin here the longest that this page does not link yet. */
static const struct spelling *
find_here(const struct linking_terms *k, struct str s, size_t *len)
{
	const GArray *here = k->by_byte[(unsigned char)g_ascii_tolower(s.p[0])];

	for (guint i = 0; here && i < here->len; i++) {
		const struct spelling *one = &g_array_index(k->spellings,
		    struct spelling, g_array_index(here, size_t, i));
		*len = match(k, one, s);
		/* A longer one that is linked already takes the place. */
		if (*len)
			return k->is_used[one->term] ? NULL : one;
	}
	return NULL;
}

static struct link *
link_to(const struct linking_terms *k, size_t term, const struct node *at)
{
	const struct term *t = &k->terms[term];

	if (k->links[term])
		return k->links[term];
	struct link *l = arena_obj(k->m->arena, struct link);
	k->links[term] = l;
	l->url = t->id;
	l->at = node_loc(&k->m->glossary->origin, at);
	l->is_term = true;
	l->to = (struct target){ .kind = TARGET_PAGE,
		.page = k->m->glossary->ref,
		.anchor = t->id };
	return l;
}

static struct node *
text_node(struct arena *a, const struct node *at, struct str text)
{
	struct node *n = node_new(a, NODE_TEXT, at);

	n->text = text;
	return n;
}

/* "a TERM b" becomes three nodes; returns the last, which is still to be
 * looked at. */
static struct node *
split(struct linking_terms *k, struct node *n, size_t from, size_t len,
    const struct spelling *found)
{
	struct arena *a = k->m->arena;
	struct node *link = node_new(a, NODE_LINK, n);
	struct str text = n->text;
	struct node *rest = text_node(a, n, str_from(text, from + len));

	link->link = link_to(k, found->term, n);
	link->child = text_node(a, n, str_upto(str_from(text, from), len));
	rest->next = n->next;
	link->next = rest;
	n->next = link;
	n->text = str_upto(text, from);
	k->is_used[found->term] = true;
	if (k->uses[found->term]->len <= TERM_USES_MOST)
		g_ptr_array_add(k->uses[found->term],
		    (struct page_ref *)(uintptr_t)k->page);
	return rest;
}

/* Terms may run over the end of a line, which prints as a space: text, break
 * and text become one if one of them does. */
static bool
runs_over(const struct linking_terms *k, const struct node *n)
{
	const struct node *more = n->next ? n->next->next : NULL;

	if (!more || n->next->kind != NODE_SOFTBREAK || more->kind != NODE_TEXT)
		return false;
	for (guint i = 0; i < k->spellings->len; i++) {
		struct str t = g_array_index(k->spellings, struct spelling, i)
				   .text;
		for (size_t at = 1; at < t.len; at++) {
			struct str rest = str_from(t, at + 1);
			if (t.p[at] == ' ' && n->text.len >= at &&
			    more->text.len >= rest.len &&
			    g_ascii_strncasecmp(n->text.p + n->text.len - at,
				t.p, at) == 0 &&
			    g_ascii_strncasecmp(more->text.p, rest.p,
				rest.len) == 0)
				return true;
		}
	}
	return false;
}

static void
join_lines(struct linking_terms *k, struct node *n)
{
	while (k->has_spaces && runs_over(k, n)) {
		const struct node *more = n->next->next;
		g_autofree char *joined = g_strdup_printf("%.*s %.*s",
		    STR_ARG(n->text), STR_ARG(more->text));
		n->text = str_of(arena_strdup(k->m->arena, joined));
		n->next = more->next;
	}
}

static void
link_text(struct linking_terms *k, struct node *n)
{
	size_t i = 0;

	join_lines(k, n);

	while (i < n->text.len) {
		struct str s = n->text;
		bool is_start = !is_word_byte(s.p[i]) || i == 0 ||
		    !is_word_byte(s.p[i - 1]);
		size_t len = 0;
		const struct spelling *found = is_start
		    ? find_here(k, str_from(s, i), &len)
		    : NULL;
		if (found) {
			n = split(k, n, i, len, found);
			i = 0;
		} else {
			i += len ? len : 1;
		}
	}
}

static bool
has_raw(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind == NODE_HTML_INLINE || has_raw(n))
			return true;
	return false;
}

/* Not in headings, links, code; and not in what a question asks or answers.
 * Raw HTML may be an <a>, in which a link of ours would end it. */
static void
link_tree(struct linking_terms *k, struct node *parent)
{
	bool is_block = parent->kind == NODE_PARAGRAPH ||
	    parent->kind == NODE_CELL;

	if (is_block && has_raw(parent))
		return;
	for (struct node *n = parent->child; n; n = n->next)
		switch ((enum node_kind)n->kind) {
		case NODE_TEXT: link_text(k, n); break;
		case NODE_DOC:
		case NODE_QUOTE:
		case NODE_CALLOUT:
		case NODE_LIST:
		case NODE_ITEM:
		case NODE_TABLE:
		case NODE_ROW:
		case NODE_CELL:
		case NODE_PARAGRAPH:
		case NODE_EMPH:
		case NODE_STRONG: link_tree(k, n); break;
		case NODE_FOOTNOTE:
		case NODE_HEADING:
		case NODE_CODE_BLOCK:
		case NODE_HTML_BLOCK:
		case NODE_RULE:
		case NODE_COMMENT:
		case NODE_QUIZ:
		case NODE_SOFTBREAK:
		case NODE_LINEBREAK:
		case NODE_CODE:
		case NODE_HTML_INLINE:
		case NODE_BLANK:
		case NODE_STRIKE:
		case NODE_LINK:
		case NODE_IMAGE:
		case NODE_FOOTNOTE_REF:
		case NODE_MATH:
		case NODE_MATH_DISPLAY: break;
		}
}

static int
by_sort(const void *a, const void *b)
{
	const struct term *x = a, *y = b;
	int order = strcmp(x->sort, y->sort);

	return order ? order : strcmp(x->name, y->name);
}

static void
link_pages(struct linking_terms *k)
{
	for (guint i = 0; i < k->m->page_sources->len; i++) {
		struct source *s = k->m->page_sources->pdata[i];
		if (s->kind != SOURCE_LESSON)
			continue;
		k->page = s->ref;
		memset(k->is_used, 0, k->n_terms);
		link_tree(k, s->doc->body);
	}
}

/* Hands the sorted terms to the page of the glossary. */
static void
keep_terms(struct linking_terms *k)
{
	struct page *page = (struct page *)(uintptr_t)k->m->book.glossary;

	for (size_t i = 0; i < k->n_terms; i++) {
		struct term *t = &k->terms[i];
		const struct page_ref **uses = arena_array(k->m->arena,
		    k->uses[i]->len, const struct page_ref *);
		for (guint u = 0; u < k->uses[i]->len; u++)
			uses[u] = k->uses[i]->pdata[u];
		t->uses = uses;
		t->n_uses = k->uses[i]->len;
	}
	page->terms = k->terms;
	page->n_terms = k->n_terms;
}

void
terms_link(struct making *m)
{
	struct source *s = m->glossary;

	if (!m->book.glossary || s->n_terms == 0)
		return;
	struct linking_terms k = { .m = m,
		.n_terms = s->n_terms,
		.terms = s->terms,
		.is_english = str_starts(str_of(m->book.site->lang), "en") };
	qsort(s->terms, s->n_terms, sizeof(struct term), by_sort);
	k.spellings = g_array_new(FALSE, FALSE, sizeof(struct spelling));
	k.uses = g_new0(GPtrArray *, k.n_terms);
	k.is_used = g_new0(bool, k.n_terms);
	k.links = g_new0(struct link *, k.n_terms);
	for (size_t i = 0; i < k.n_terms; i++)
		k.uses[i] = g_ptr_array_new();
	index_spellings(&k);
	link_pages(&k);
	keep_terms(&k);
	for (size_t i = 0; i < k.n_terms; i++)
		g_ptr_array_free(k.uses[i], TRUE);
	for (size_t i = 0; i < 256; i++)
		if (k.by_byte[i])
			g_array_free(k.by_byte[i], TRUE);
	g_array_free(k.spellings, TRUE);
	g_free(k.uses);
	g_free(k.is_used);
	g_free(k.links);
}
