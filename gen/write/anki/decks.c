#include "write/anki/decks.h"

#include "render/html.h"

#include <assert.h>

/* Any number will do as long as it is neither 0 nor 1, Anki's default deck. */
#define FIRST_ID 1735689700001

const char *const deck_levels[] = { "course", "module", "lesson", NULL };

const char *
anki_setting(const struct site *site, const char *key)
{
	const struct output *o = site_output(site, "anki");

	for (size_t i = 0; o && i < o->n_settings; i++)
		if (strcmp(o->settings[i].key, key) == 0)
			return o->settings[i].value;
	return NULL;
}

struct deck_rules
deck_rules_of(const struct site *site)
{
	const char *level = anki_setting(site, "decks");
	struct deck_rules rules = { anki_setting(site, "deck"), DECK_MODULE };

	for (unsigned i = 0; level && deck_levels[i]; i++)
		if (strcmp(deck_levels[i], level) == 0)
			rules.level = (enum deck_level)i;
	return rules;
}

struct decking {
	const struct book *book;
	enum deck_level level;
	struct arena *arena;
	GArray *all; /* struct deck */
	GHashTable *names; /* as Anki compares them */
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

bool
deck_root_check(const struct site *site, struct diag *d)
{
	const struct output *o = site_output(site, "anki");
	const char *value = anki_setting(site, "deck");
	struct arena *scratch = arena_new();
	const bool is_good = deck_root_name(site, value, scratch) != NULL;

	arena_free(scratch);
	for (size_t i = 0; !is_good && i < o->n_settings; i++)
		if (strcmp(o->settings[i].key, "deck") == 0) {
			diag_at(d, DIAG_SITE_TYPE, o->settings[i].at, "%s",
			    value);
			diag_help(d,
			    "a deck's name stands on both sides of '::'");
		}
	return is_good;
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
	g_autofree char *folded = fold(name);

	return g_hash_table_contains(k->names, folded);
}

/* Returns the new deck's index. parent: that of the deck above, if any. */
static size_t
add(struct decking *k, const char *name, const char *desc, const char *key,
    size_t parent)
{
	g_autoptr(GString) html = g_string_new(NULL);

	html_textz(html, desc);
	const struct deck deck = {
		.name = arena_strdup(k->arena, name),
		.desc = arena_strdup(k->arena, html->str),
		.id = FIRST_ID + k->all->len,
		.key = key,
		.parent = MIN(parent, k->all->len),
	};
	g_array_append_val(k->all, deck);
	g_hash_table_add(k->names, fold(name));
	return k->all->len - 1;
}

static bool
is_module(const struct map_entry *e)
{
	return !e->page || e->page->kind == PAGE_MODULE;
}

/* The source of a page. */
static const char *
path_of(const struct book *b, const struct page_ref *page)
{
	return b->pages[page->no].doc->origin->path;
}

/* The folder of a module's sources: that of its own page, or, if it has none,
 * found from below; NULL if nothing is there. */
static char *
folder_of(const struct book *b, const struct map_entry *e)
{
	if (e->page)
		return g_path_get_dirname(path_of(b, e->page));
	if (e->n_entries == 0)
		return NULL;
	const struct map_entry *first = &e->entries[0];
	if (!is_module(first))
		return g_path_get_dirname(path_of(b, first->page));
	g_autofree char *below = folder_of(b, first);
	return below ? g_path_get_dirname(below) : NULL;
}

/* What a deck is numbered and told by: the name of a module's folder, or of a
 * lesson's file without its ending. */
static char *
file_name_of(const struct book *b, const struct map_entry *e)
{
	if (!is_module(e)) {
		char *name = g_path_get_basename(path_of(b, e->page));
		char *dot = strrchr(name, '.');
		if (dot)
			*dot = '\0';
		return name;
	}
	g_autofree char *folder = folder_of(b, e);
	return folder ? g_path_get_basename(folder) : g_strdup("");
}

/* A lesson's address; a module's is that of its folder, found likewise. */
static const char *
key_of(const struct map_entry *e, struct arena *a)
{
	if (e->page && !is_module(e))
		return e->page->address;
	const char *below = e->page ? e->page->address
	    : e->n_entries          ? key_of(&e->entries[0], a)
				    : "";
	const char *slash = strrchr(below, '/');
	return slash
	    ? arena_str(a, (struct str){ below, (size_t)(slash - below) })
	    : "";
}

/* The digits in front, as ergen understands them; 0 if there are none. */
static size_t
n_digits(const char *name)
{
	const size_t len = strspn(name, "0123456789");

	return len > 9 || !name[len] || !strchr("-_. ", name[len]) ? 0 : len;
}

/* Anki sorts decks by name, so the number that orders the sources stands in
 * front, with two digits at least: "5-dns" gives "05 ". */
static void
append_number(GString *to, const char *name)
{
	const size_t len = n_digits(name);

	if (len > 0)
		g_string_append_printf(to, "%s%.*s ", len == 1 ? "0" : "",
		    (int)len, name);
}

static size_t
add_entry(struct decking *k, const struct map_entry *e, size_t parent)
{
	g_autoptr(GString) name = g_string_new(
	    g_array_index(k->all, struct deck, parent).name);
	g_autofree char *base = file_name_of(k->book, e);

	g_string_append(name, "::");
	append_number(name, base);
	if (!append_level(name, str_of(e->title)))
		(void)append_level(name, str_of(base[0] ? base : "-"));
	/* Only those of one title, and without different numbers, get here.
	 * The first keeps its name, so a second one moves no card of it. */
	if (is_taken(k, name->str) && base[0]) {
		g_string_append(name, " (");
		(void)append_level(name, str_of(base));
		g_string_append(name, ")");
	}
	const size_t len = name->len;
	for (unsigned i = 2; is_taken(k, name->str); i++) {
		g_string_truncate(name, len);
		g_string_append_printf(name, " %u", i);
	}
	return add(k, name->str, e->page ? e->page->summary : "",
	    key_of(e, k->arena), parent);
}

static void
place(struct decking *k, const struct page_ref *page, size_t deck)
{
	if (page)
		k->of_page[page->no] = deck;
	if (page && page->partner)
		k->of_page[page->partner->no] = deck;
}

static bool
has_deck(const struct map_entry *e, enum deck_level level)
{
	switch (level) {
	case DECK_COURSE: break;
	case DECK_MODULE: return is_module(e);
	case DECK_LESSON: return true;
	}
	return false;
}

static void
add_entries(struct decking *k, const struct map_entry *entries, size_t n,
    size_t parent)
{
	for (size_t i = 0; i < n; i++) {
		const struct map_entry *e = &entries[i];
		size_t deck = parent;
		if (has_deck(e, k->level))
			deck = add_entry(k, e, parent);
		place(k, e->page, deck);
		add_entries(k, e->entries, e->n_entries, deck);
	}
}

void
decks_init(struct decks *decks, const struct book *b, struct deck_rules rules,
    struct arena *a)
{
	const char *root = deck_root_name(b->site, rules.root, a);
	g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct deck));
	struct decking k = { b, rules.level, a, all, names,
		arena_array(a, b->n_pages, size_t) };

	assert(root && "refused by check");
	/* Anki would make missing parents, too, but fold them up. */
	for (const char *p = strstr(root, "::"); p; p = strstr(p + 2, "::")) {
		g_autofree char *parent = g_strndup(root, (gsize)(p - root));
		(void)add(&k, parent, "", NULL, all->len - 1);
	}
	const size_t top = add(&k, root, b->site->description, "",
	    all->len - 1);
	for (size_t i = 0; i < b->n_pages; i++)
		k.of_page[i] = top;
	add_entries(&k, b->map, b->n_map, top);
	decks->n = all->len;
	decks->all = arena_array_of(a, all);
	decks->of_page = k.of_page;
	decks->root = top;
}

const struct deck *
decks_add_removed(struct decks *decks, const char *name, struct arena *a)
{
	struct deck *all = arena_array(a, decks->n + 1, struct deck);

	memcpy(all, decks->all, decks->n * sizeof(*all));
	all[decks->n] = (struct deck){
		.name = arena_printf(a, "%s::%s", all[decks->root].name, name),
		.desc = "",
		.id = FIRST_ID + (long long)decks->n,
		.key = "(removed)",
		.parent = decks->root,
	};
	decks->all = all;
	return &all[decks->n++];
}

static void
check_entries(const struct book *b, const struct map_entry *entries, size_t n,
    enum deck_level level, struct diag *d)
{
	size_t first = 0;
	bool is_said = false;

	for (size_t i = 0; i < n; i++) {
		const struct map_entry *e = &entries[i];
		g_autofree char *name = file_name_of(b, e);
		const size_t len = n_digits(name) == 1 ? 2 : n_digits(name);
		check_entries(b, e->entries, e->n_entries, level, d);
		if (!has_deck(e, level) || len == 0)
			continue;
		first = first ? first : len;
		if (len == first || is_said)
			continue;
		is_said = true;
		diag_at(d, DIAG_DECK_ORDER,
		    (struct loc){ e->page ? b->pages[e->page->no].doc->origin
					  : NULL,
			0, 0 },
		    "%s", name);
		diag_help(d,
		    "give all numbers beside each other as many digits: 020 and 100; later it would rename decks");
	}
}

void
decks_check(const struct book *b, struct deck_rules rules, struct diag *d)
{
	check_entries(b, b->map, b->n_map, rules.level, d);
}
