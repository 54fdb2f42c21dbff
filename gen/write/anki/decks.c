#include "write/anki/decks.h"

#include "render/html.h"

#include <assert.h>
#include <stdlib.h>

/* Any number will do as long as it is neither 0 nor 1, Anki's default deck. */
#define FIRST_ID 1735689700001

struct decking {
	const struct book *book;
	struct arena *arena;
	GArray *all; /* struct deck */
	size_t *of_page;
};

/* One level of a name. "::" would begin another, and so would a colon beside
 * the "::" in front of it or behind it. False: nothing is left. */
static bool
append_level(GString *to, struct str text)
{
	g_autofree char *composed = g_utf8_normalize(text.p, (gssize)text.len,
	    G_NORMALIZE_NFC);
	const size_t start = to->len;
	bool has_gap = false;

	for (char *p = composed; p && *p; p = g_utf8_next_char(p)) {
		const gunichar c = g_utf8_get_char(p);
		const bool is_first = to->len == start;
		if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
			has_gap = true;
			continue;
		}
		if (c == ':' && (is_first || to->str[to->len - 1] == ':'))
			continue;
		if (has_gap && !is_first)
			g_string_append_c(to, ' ');
		has_gap = false;
		g_string_append_unichar(to, c);
	}
	while (to->len > start && strchr(": ", to->str[to->len - 1]))
		g_string_truncate(to, to->len - 1);
	return to->len > start;
}

char *
deck_root_name(const struct site *site, const char *option, struct arena *a)
{
	g_autoptr(GString) name = g_string_new(NULL);

	if (!option || !*option) {
		if (!append_level(name, str_of(site->title)))
			g_string_assign(name, site->slug);
		return arena_strdup(a, name->str);
	}
	for (struct str rest = str_of(option);;) {
		const char *end = strstr(rest.p, "::");
		const struct str level = end
		    ? str_upto(rest, (size_t)(end - rest.p))
		    : rest;
		if (!append_level(name, level))
			return NULL;
		if (!end)
			return arena_strdup(a, name->str);
		g_string_append(name, "::");
		rest = str_from(rest, level.len + 2);
	}
}

static char *
fold(const char *name)
{
	g_autofree char *composed = g_utf8_normalize(name, -1, G_NORMALIZE_NFC);
	g_autofree char *folded = g_utf8_casefold(composed, -1);

	return g_utf8_normalize(folded, -1, G_NORMALIZE_NFC);
}

bool
deck_names_equal(const char *a, const char *b)
{
	g_autofree char *folded_a = fold(a);
	g_autofree char *folded_b = fold(b);

	return strcmp(folded_a, folded_b) == 0;
}

static bool
is_taken(const struct decking *k, const char *name)
{
	for (guint i = 0; i < k->all->len; i++)
		if (deck_names_equal(g_array_index(k->all, struct deck, i).name,
			name))
			return true;
	return false;
}

/* Returns the new deck's index. */
static size_t
add(struct decking *k, const char *name, const char *desc)
{
	g_autoptr(GString) html = g_string_new(NULL);

	html_textz(html, desc);
	const struct deck deck = {
		.name = arena_strdup(k->arena, name),
		.desc = arena_strdup(k->arena, html->str),
		.id = FIRST_ID + k->all->len,
	};
	g_array_append_val(k->all, deck);
	return k->all->len - 1;
}

static bool
is_module(const struct map_entry *e)
{
	return !e->page || e->page->kind == PAGE_MODULE;
}

/* The folder of a module's sources: that of its own page, or, if it has none,
 * found from below; NULL if nothing is there. */
static char *
folder_of(const struct book *b, const struct map_entry *e)
{
	if (e->page)
		return g_path_get_dirname(
		    b->pages[e->page->no].doc->origin->path);
	if (e->n_entries == 0)
		return NULL;
	g_autofree char *below = folder_of(b, &e->entries[0]);
	if (!is_module(&e->entries[0]))
		return g_steal_pointer(&below);
	return below ? g_path_get_dirname(below) : NULL;
}

/* Anki sorts decks by name, so the number that orders the sources stands in
 * front, with two digits at least: "5-dns" gives "05 ". */
static void
append_number(GString *to, const char *folder)
{
	g_autofree char *base = folder ? g_path_get_basename(folder) : NULL;
	const size_t len = base ? strspn(base, "0123456789") : 0;

	if (len == 0 || len > 9 || !base[len] || !strchr("-_. ", base[len]))
		return;
	g_string_append_printf(to, "%02ld ", strtol(base, NULL, 10));
}

static size_t
add_module(struct decking *k, const struct map_entry *e, const char *parent)
{
	g_autoptr(GString) name = g_string_new(parent);
	g_autofree char *folder = folder_of(k->book, e);
	g_autofree char *base = folder ? g_path_get_basename(folder) : NULL;

	g_string_append(name, "::");
	append_number(name, folder);
	if (!append_level(name, str_of(e->title)))
		(void)append_level(name, str_of(base ? base : "-"));
	/* Only modules of one title, and without different numbers, get here.
	 * The first keeps its name, so a second one moves no card of it. */
	if (is_taken(k, name->str) && base) {
		g_string_append(name, " (");
		(void)append_level(name, str_of(base));
		g_string_append(name, ")");
	}
	const size_t len = name->len;
	for (unsigned i = 2; is_taken(k, name->str); i++) {
		g_string_truncate(name, len);
		g_string_append_printf(name, " %u", i);
	}
	return add(k, name->str, e->page ? e->page->summary : "");
}

static void
place(struct decking *k, const struct page_ref *page, size_t deck)
{
	if (page)
		k->of_page[page->no] = deck;
	if (page && page->partner)
		k->of_page[page->partner->no] = deck;
}

static void
add_entries(struct decking *k, const struct map_entry *entries, size_t n,
    size_t parent)
{
	for (size_t i = 0; i < n; i++) {
		const struct map_entry *e = &entries[i];
		size_t deck = parent;
		if (is_module(e))
			deck = add_module(k, e,
			    g_array_index(k->all, struct deck, parent).name);
		place(k, e->page, deck);
		add_entries(k, e->entries, e->n_entries, deck);
	}
}

void
decks_init(struct decks *decks, const struct book *b, const char *option,
    struct arena *a)
{
	const char *root = deck_root_name(b->site, option, a);
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct deck));
	struct decking k = { b, a, all, arena_array(a, b->n_pages, size_t) };

	assert(root && "refused by check");
	/* Anki would make missing parents, too, but fold them up. */
	for (const char *p = strstr(root, "::"); p; p = strstr(p + 2, "::")) {
		g_autofree char *parent = g_strndup(root, (gsize)(p - root));
		(void)add(&k, parent, "");
	}
	const size_t top = add(&k, root, b->site->description);
	for (size_t i = 0; i < b->n_pages; i++)
		k.of_page[i] = top;
	add_entries(&k, b->map, b->n_map, top);
	decks->n = all->len;
	decks->all = arena_array_of(a, all);
	decks->of_page = k.of_page;
	decks->root = root;
}

const struct deck *
decks_add_removed(struct decks *decks, struct arena *a)
{
	struct deck *all = arena_array(a, decks->n + 1, struct deck);

	memcpy(all, decks->all, decks->n * sizeof(*all));
	all[decks->n] = (struct deck){
		.name = arena_printf(a, "%s::(removed)", decks->root),
		.desc = "",
		.id = FIRST_ID + (long long)decks->n,
	};
	decks->all = all;
	return &all[decks->n++];
}
