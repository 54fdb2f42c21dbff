#include "import/print.h"

#include "base/slug.h"
#include "book/id.h"
#include "import/look.h"
#include "import/text.h"

#include <stdint.h>

enum {
	NAME_MOST = 60, /* bytes of a file's name */
	KEY_MOST = 60,
	ID_MOST = 40,
	/* Bytes of a file behind which another begins: a source may have 1 MiB,
	 * and nobody wants to edit as much. */
	FILE_MOST = 400 * 1024
};

/* Names that are taken, each in the arena. */
struct printing {
	struct import *im;
	GArray *files;
	GHashTable *names, *ids;
	bool has_order;
	unsigned order;
};

/* name, or name-2, name-3 … */
static const char *
unique(struct import *im, GHashTable *taken, const char *name)
{
	const char *own = name;

	for (unsigned n = 2; g_hash_table_contains(taken, own); n++)
		own = arena_printf(im->arena, "%s-%u", name, n);
	/* The table only compares. */
	g_hash_table_add(taken, (char *)(uintptr_t)own);
	return own;
}

/* Pages of these names are ergen's own, or mean something else. */
static bool
is_reserved(const char *name)
{
	static const char *const names[] = { "index", "glossary", "404",
		"assets", "downloads", "tags", "a-z", "tips", "print",
		"objectives", NULL };

	return g_strv_contains(names, name);
}

static const char *
file_name(struct printing *p, const struct bank *b)
{
	struct arena *a = p->im->arena;
	char *name = slug_ascii(a, str_of(b->name), NAME_MOST);

	/* The page of a.quiz.md is a-quiz, which a-quiz.md would be, too. */
	if (g_str_has_suffix(name, "-quiz"))
		name[strlen(name) - strlen("-quiz")] = '\0';
	if (!name[0])
		name = id_derive(a, STR_LIT(""), str_of(b->name));
	if (is_reserved(name))
		name = arena_printf(a, "quiz-%s", name);
	return unique(p->im, p->names, name);
}

static bool
asks(const struct ask_one *q)
{
	return q->kind != ASK_NOTHING && q->kind != ASK_CARD;
}

/* ergen's own decks keep what a lesson's list asks as "c:facts/two": a
 * question without a quiz of its own, which goes into that of the others. */
static bool
has_quiz_id(const struct ask_one *q)
{
	return asks(q) && !(q->id && g_str_has_prefix(q->id, "c:"));
}

/* What stands before the slash of a whole id, or NULL. */
static const char *
quiz_of(struct import *im, const struct ask_one *q)
{
	const char *slash = q->id ? strchr(q->id, '/') : NULL;

	if (!slash || !id_is_valid(str_of(slash + 1)))
		return NULL;
	const struct str id = { q->id, (size_t)(slash - q->id) };
	return id_is_valid(id) ? arena_str(im->arena, id) : NULL;
}

/* The same of all questions that have one, or NULL. */
static const char *
common_id(struct import *im, const struct bank *b)
{
	const char *common = NULL;

	for (const struct ask_one *q = b->first; q; q = q->next) {
		const char *id = has_quiz_id(q) ? quiz_of(im, q) : common;
		if (has_quiz_id(q) &&
		    (!id || (common && strcmp(id, common) != 0)))
			return NULL;
		common = id;
	}
	return common;
}

/* Are all ids whole ones, of several quizzes? */
static bool
is_mixed(struct import *im, const struct bank *b)
{
	for (const struct ask_one *q = b->first; q; q = q->next)
		if (has_quiz_id(q) && !quiz_of(im, q))
			return false;
	return !b->id && b->first && !common_id(im, b);
}

/* Appends a question to the bank of its quiz. */
static void
move(struct import *im, const struct bank *from, struct ask_one *q,
    const char *id)
{
	const struct origin in = { .path = from->from };
	struct bank *to = import_bank(im,
	    arena_printf(im->arena, "%s %s", from->name, id), &in);

	to->title = from->title ? from->title : from->name;
	to->id = id;
	bank_append(to, q);
}

/* A quiz of its own for each, so that ids stay what they are. Cards, and texts
 * in front of all questions, stay. */
static void
split_bank(struct import *im, struct bank *b)
{
	struct ask_one *q = b->first, *next;
	const char *id = NULL;

	b->first = b->last = NULL;
	b->n = 0;
	for (; q; q = next) {
		next = q->next;
		id = has_quiz_id(q) ? quiz_of(im, q) : id;
		if (id && q->kind != ASK_CARD) {
			move(im, b, q, id);
			continue;
		}
		q->next = NULL;
		if (b->last)
			b->last->next = q;
		else
			b->first = q;
		b->last = q;
		b->n++;
	}
}

static const char *
quiz_id(struct printing *p, const struct bank *b)
{
	struct arena *a = p->im->arena;
	const char *id = b->id ? b->id : common_id(p->im, b);

	if (!id || !id_is_valid(str_of(id)))
		id = slug_ascii(a, str_of(b->name), ID_MOST);
	if (!id[0])
		id = id_derive(a, STR_LIT(""), str_of(b->name));
	return unique(p->im, p->ids, id);
}

static bool
has_page(const struct bank *b)
{
	return b->n || b->intro || b->lost.n;
}

/* Gives each bank the id of its quiz. Those that come with one go first, so
 * that no name takes it. */
static void
name_quizzes(struct printing *p, bool is_given)
{
	GPtrArray *banks = p->im->banks;

	for (size_t i = 0; i < banks->len; i++) {
		struct bank *b = banks->pdata[i];
		const bool is_next = is_given ? b->id || common_id(p->im, b)
					      : !b->id;
		if (is_next && has_page(b))
			b->id = quiz_id(p, b);
	}
}

/* All that a question says, for an id made of it. */
static const char *
whole_text(struct import *im, const struct ask_one *q)
{
	g_autoptr(GString) all = g_string_new(q->title);

	g_string_append(all, q->stem ? q->stem : "");
	items_each(o, &q->options)
		g_string_append_printf(all, "\n%s %s", o->text,
		    o->more ? o->more : "");
	return arena_str(im->arena, (struct str){ all->str, all->len });
}

static const char *
question_key(struct import *im, GHashTable *keys, const struct ask_one *q,
    const char *quiz)
{
	const char *id = q->id ? q->id : "";
	const size_t n = strlen(quiz);

	if (strncmp(id, quiz, n) == 0 && id[n] == '/')
		id += n + 1;
	if (!id_is_valid(str_of(id)))
		id = slug_ascii(im->arena, str_of(id), KEY_MOST);
	if (!id[0])
		id = id_derive(im->arena, str_of(print_title(im, q)),
		    str_of(whole_text(im, q)));
	return unique(im, keys, id);
}

static void
put_title(GString *to, const char *title)
{
	g_string_append(to, "# ");
	text_plain(to, str_of(title), TEXT_LINE);
	g_string_append(to, "\n\n");
}

static void
add_file(struct printing *p, const char *name, GString *text, size_t n,
    bool is_stub)
{
	while (text->len && is_space(text->str[text->len - 1]))
		g_string_truncate(text, text->len - 1);
	g_string_append_c(text, '\n');
	const struct printed f = { name, arena_take(p->im->arena, text), n,
		is_stub };
	g_array_append_val(p->files, f);
}

/* What goes into the lesson: cards, and texts where there is no quiz. */
static bool
is_of_lesson(const struct ask_one *q, bool has_quiz)
{
	return q->kind == ASK_CARD || (q->kind == ASK_NOTHING && !has_quiz);
}

/* The pages of one file. title: the bank's name, or "Name (2)". */
struct page_of {
	const struct bank *bank;
	const char *name, *title, *quiz_id;
	GHashTable *keys;
	bool has_quiz;
	const struct ask_one *first, *end;
};

static void
print_lesson(struct printing *p, const struct page_of *page, bool is_first)
{
	struct import *im = p->im;
	g_autoptr(GString) to = g_string_new(NULL);
	const struct bank *b = page->bank;
	size_t n = 0;

	if (p->has_order)
		g_string_append_printf(to, "---\norder: %u\n---\n", ++p->order);
	put_title(to, page->title);
	const size_t begin = to->len;
	if (is_first && b->intro) {
		g_string_append(to, b->intro);
		text_block(to);
	}
	for (const struct ask_one *q = page->first; q != page->end;
	     q = q->next) {
		if (!is_of_lesson(q, page->has_quiz))
			continue;
		const char *key = question_key(im, page->keys, q,
		    page->quiz_id);
		if (q->kind == ASK_CARD)
			print_card(im, to, q,
			    arena_printf(im->arena, "%s-%s", page->quiz_id,
				key));
		else
			print_question(im, to, q, key, false);
		n += q->kind == ASK_CARD;
	}
	if (is_first && !page->has_quiz)
		print_lost(to, &b->lost);
	const bool is_stub = page->has_quiz && to->len == begin;
	add_file(p, arena_printf(im->arena, "%s.md", page->name), to, n,
	    is_stub);
}

static void
print_quiz(struct printing *p, const struct page_of *page, bool is_first)
{
	struct import *im = p->im;
	g_autoptr(GString) to = g_string_new(NULL);
	size_t n = 0;

	g_string_append_printf(to, "---\nquiz-id: %s\n", page->quiz_id);
	items_each(i, &page->bank->front)
		g_string_append_printf(to, "%s: %s\n", i->text, i->more);
	g_string_append(to, "---\n");
	put_title(to, page->title);
	if (is_first)
		print_lost(to, &page->bank->lost);
	for (const struct ask_one *q = page->first; q != page->end;
	     q = q->next) {
		if (is_of_lesson(q, true))
			continue;
		print_question(im, to, q,
		    question_key(im, page->keys, q, page->quiz_id), true);
		n += q->kind != ASK_NOTHING;
	}
	add_file(p, arena_printf(im->arena, "%s.quiz.md", page->name), to, n,
	    false);
}

static size_t
size_of(const struct ask_one *q)
{
	size_t n = 200 + (q->stem ? strlen(q->stem) : 0) +
	    (q->explanation ? strlen(q->explanation) : 0);

	items_each(o, &q->options)
		n += strlen(o->text) + (o->more ? strlen(o->more) : 0) + 20;
	items_each(l, &q->lost)
		n += strlen(l->text) + (l->more ? strlen(l->more) : 0) + 20;
	return n;
}

/* The first question that is too much for this file, or NULL. */
static const struct ask_one *
end_of_file(const struct ask_one *first)
{
	const struct ask_one *q = first;
	size_t n = 0;

	for (; q; q = q->next) {
		n += size_of(q);
		if (n > FILE_MOST && q != first)
			break;
	}
	return q;
}

static bool
has_question(const struct ask_one *first, const struct ask_one *end)
{
	for (const struct ask_one *q = first; q != end; q = q->next)
		if (asks(q))
			return true;
	return false;
}

static void
print_bank(struct printing *p, const struct bank *b)
{
	struct arena *a = p->im->arena;
	const struct ask_one *q = b->first;
	const char *id = b->id;
	g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
	unsigned n = 0;

	do {
		const char *title = b->title ? b->title : b->name;
		struct page_of page = { b, file_name(p, b), title, id, keys,
			false, q, end_of_file(q) };
		if (++n > 1) {
			page.title = arena_printf(a, "%s (%u)", title, n);
			page.quiz_id = unique(p->im, p->ids, id);
		}
		page.has_quiz = has_question(q, page.end);
		print_lesson(p, &page, n == 1);
		if (page.has_quiz)
			print_quiz(p, &page, n == 1);
		q = page.end;
	} while (q);
}

static bool
has_bold(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind == NODE_STRONG || has_bold(n))
			return true;
	return false;
}

/* Blanks in code, in links or beside raw HTML are none. */
static void
check_clozes(struct import *im)
{
	for (size_t i = 0; i < im->banks->len; i++) {
		const struct bank *b = im->banks->pdata[i];
		for (struct ask_one *q = b->first; q; q = q->next) {
			if (q->kind != ASK_CLOZE ||
			    (q->stem &&
				has_bold(look_parse(im->arena, q->stem)->body)))
				continue;
			q->kind = ASK_NOTHING;
			import_lost(im, &q->lost, q->at, str_of(q->stem),
			    "blanks where none can be");
		}
	}
}

static void
check_front(struct import *im, struct ask_one *q, const char *markdown)
{
	const char *text = look_text(im->arena, markdown);

	if (strstr(text, "--"))
		import_lost(im, &q->lost, q->at, str_of(text),
		    "two hyphens in a row, which a card cannot ask with");
}

/* What a card asks stands in a comment. */
static void
check_fronts(struct import *im)
{
	for (size_t i = 0; i < im->banks->len; i++) {
		const struct bank *b = im->banks->pdata[i];
		for (struct ask_one *q = b->first; q; q = q->next) {
			if (q->kind != ASK_CARD)
				continue;
			check_front(im, q, q->stem);
			if (q->is_both_ways)
				check_front(im, q, q->explanation);
		}
	}
}

void
print_banks(struct import *im, GArray *files)
{
	struct printing p = { .im = im, .files = files };

	p.names = g_hash_table_new(g_str_hash, g_str_equal);
	p.ids = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0, n = im->banks->len; i < n; i++)
		if (is_mixed(im, im->banks->pdata[i]))
			split_bank(im, im->banks->pdata[i]);
	check_clozes(im);
	check_fronts(im);
	p.has_order = im->banks->len > 1;
	name_quizzes(&p, true);
	name_quizzes(&p, false);
	for (size_t i = 0; i < im->banks->len; i++) {
		const struct bank *b = im->banks->pdata[i];
		if (has_page(b))
			print_bank(&p, b);
	}
	g_hash_table_destroy(p.names);
	g_hash_table_destroy(p.ids);
}
