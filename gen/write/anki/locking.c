#include "write/anki/locking.h"

struct locking {
	const struct book *book;
	struct arena *arena;
	struct decks decks;
	const char *deck; /* of the page at work */
	GArray *notes; /* struct lock_note: as it would be written */
	struct lock_changes changes;
	GHashTable *guids; /* const struct loc by guid */
	GArray *moves; /* struct move */
	struct diag *diag; /* or NULL: nothing is reported */
};

/* Notes that learners have in one deck, and the book in another. */
struct move {
	const char *from, *to;
	size_t n;
	unsigned line; /* of the first one */
};

static void
mark_known(const struct lock_note *old, void *ctx)
{
	GHashTable *known = ctx;

	if (old)
		g_hash_table_add(known, (void *)(uintptr_t)old);
}

/* By note of the lock: whether the book has it no more. For g_free(). */
static bool *
find_removed(const struct book *b)
{
	const size_t n = b->lock ? b->lock->n_notes : 0;
	bool *removed = g_new0(bool, n + 1);
	g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);

	notes_known(b, mark_known, known);
	for (size_t i = 0; i < n; i++)
		removed[i] = !g_hash_table_contains(known, &b->lock->notes[i]);
	return removed;
}

void
locking_each_removed(const struct book *b, const struct brief *in,
    struct arena *a, note_taker *take, void *ctx)
{
	const char *retire = anki_setting(in->site, "retire");
	g_autofree bool *removed = NULL;

	if (!b->lock || !retire || strcmp(retire, "tag") != 0)
		return;
	removed = find_removed(b);
	for (size_t i = 0; i < b->lock->n_notes; i++) {
		const struct lock_note *old = &b->lock->notes[i];
		if (!removed[i])
			continue;
		struct note note = note_removed(old, in, a);
		note.mod = old->is_retired ? old->mod
					   : MAX(b->time, old->mod + 1);
		if (note.guid)
			take(&note, ctx);
	}
}

/* --- what there is ------------------------------------------------------ */

static void
add_blank(GArray *to, unsigned number, bool is_gone, const char *text)
{
	const struct lock_blank b = { number, is_gone, text };

	g_array_append_val(to, b);
}

static bool
has_number(const struct note *n, unsigned number)
{
	for (size_t i = 0; i < n->n_blanks; i++)
		if (n->numbers[i] == number)
			return true;
	return false;
}

static int
by_number(gconstpointer a, gconstpointer b)
{
	const struct lock_blank *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* Those that are there, and those that were: their numbers stay taken. */
static void
fill_blanks(struct locking *k, const struct note *n, struct lock_note *line)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct lock_blank));

	for (size_t i = 0; i < n->n_blanks; i++)
		add_blank(all, n->numbers[i], false,
		    arena_strdup(k->arena, n->blanks[i]));
	for (size_t i = 0; n->old && i < n->old->n_blanks; i++)
		if (!has_number(n, n->old->blanks[i].number))
			add_blank(all, n->old->blanks[i].number, true,
			    n->old->blanks[i].text);
	g_array_sort(all, by_number);
	line->blanks = arena_array_of(k->arena, all);
	line->n_blanks = all->len;
}

static void
count_move(struct locking *k, const struct lock_note *old)
{
	if (deck_names_equal(old->deck, k->deck))
		return;
	for (guint i = 0; i < k->moves->len; i++) {
		struct move *m = &g_array_index(k->moves, struct move, i);
		if (strcmp(m->from, old->deck) == 0 &&
		    strcmp(m->to, k->deck) == 0) {
			m->n++;
			return;
		}
	}
	const struct move m = { old->deck, k->deck, 1, old->line };
	g_array_append_val(k->moves, m);
}

static void
check_guid(struct locking *k, const struct note *n)
{
	const struct loc *other = g_hash_table_lookup(k->guids, n->guid);

	if (!other) {
		struct loc *at = arena_obj(k->arena, struct loc);
		*at = n->at;
		g_hash_table_insert(k->guids, arena_strdup(k->arena, n->guid),
		    at);
	} else if (k->diag && diag_worst(k->diag) < DIAG_ERROR) {
		diag_at(k->diag, DIAG_ID_DUPLICATE, n->at, "%s", n->id);
		diag_help(k->diag, "%s:%u is what learners know by this id",
		    other->in->path, other->line);
	}
}

static void
take_note(const struct note *n, void *ctx)
{
	struct locking *k = ctx;
	struct lock_note line = { .id = arena_strdup(k->arena, n->id),
		.kind = note_types[n->kind].key,
		.was = n->was ? arena_strdup(k->arena, n->was) : NULL,
		.hash = arena_strdup(k->arena, n->hash),
		.deck = k->deck,
		.mod = n->mod };

	fill_blanks(k, n, &line);
	g_array_append_val(k->notes, line);
	k->changes.n_notes++;
	check_guid(k, n);
	if (!n->old) {
		k->changes.n_new++;
		return;
	}
	count_move(k, n->old);
	/* Another id alone makes a new line, too; and so does another deck,
	 * but no note is rewritten for it. */
	if (n->mod != n->old->mod || strcmp(n->id, n->old->id) != 0)
		k->changes.n_changed++;
	else if (strcmp(k->deck, n->old->deck) != 0)
		k->changes.n_moved++;
}

/* Makes all notes, page by page. */
static void
look(struct locking *k, const struct brief *in)
{
	struct arena *scratch = arena_new();

	decks_init(&k->decks, k->book, deck_rules_of(in->site), k->arena);
	for (size_t i = 0; i < k->book->n_pages; i++) {
		g_autoptr(GPtrArray) media = g_ptr_array_new();
		const struct note_work w = { in, &k->book->pages[i], scratch,
			media, k->book->lock, true, k->book->time };
		k->deck = k->decks.all[k->decks.of_page[i]].name;
		notes_of_page(&w, take_note, k);
		arena_reset(scratch);
	}
	arena_free(scratch);
}

static void
locking_init(struct locking *k, const struct book *b, struct diag *d)
{
	*k = (struct locking){ .book = b, .arena = arena_new(), .diag = d };
	k->notes = g_array_new(FALSE, FALSE, sizeof(struct lock_note));
	k->moves = g_array_new(FALSE, FALSE, sizeof(struct move));
	k->guids = g_hash_table_new(g_str_hash, g_str_equal);
}

static void
locking_release(struct locking *k)
{
	g_hash_table_destroy(k->guids);
	g_array_free(k->moves, TRUE);
	g_array_free(k->notes, TRUE);
	arena_free(k->arena);
}

/* --- what differs ------------------------------------------------------- */

static void
report_stale(const struct locking *k)
{
	const struct lock_changes *c = &k->changes;

	if (c->n_new + c->n_changed + c->n_moved == 0)
		return;
	g_autofree char *moved = c->n_moved
	    ? g_strdup_printf("; decks renamed, with %zu that stay as they are",
		  c->n_moved)
	    : g_strdup("");
	diag_at(k->diag, DIAG_LOCK_STALE,
	    (struct loc){ &k->book->lock->origin, 0, 0 },
	    "%zu changed, %zu new of %zu notes%s", c->n_changed, c->n_new,
	    c->n_notes, moved);
	diag_help(k->diag,
	    "run `ergen lock` when you release the deck, and commit the file with it");
}

static bool
is_there(const struct locking *k, const char *id)
{
	for (guint i = 0; i < k->notes->len; i++)
		if (strcmp(g_array_index(k->notes, struct lock_note, i).id,
			id) == 0)
			return true;
	return false;
}

static void
help_with_removed(const struct locking *k, const struct lock_note *n)
{
	const char *was = str_starts(str_of(n->id), CARD_NAMESPACE) ? "old-id"
								    : n->id;

	if (is_there(k, n->id))
		diag_help(k->diag,
		    "it is of another kind now: learners get a new note, and keep the old one without updates");
	else
		diag_help(k->diag,
		    "renamed? then 'was=%s' in its comment keeps its history; if it has gone for good, `ergen lock` retires it",
		    was);
}

static void
report_removed(const struct locking *k)
{
	const struct lock *lock = k->book->lock;
	g_autofree bool *removed = find_removed(k->book);

	for (size_t i = 0; i < lock->n_notes; i++) {
		const struct lock_note *n = &lock->notes[i];
		if (!removed[i] || n->is_retired)
			continue;
		diag_at(k->diag, DIAG_LOCK_REMOVED,
		    (struct loc){ &lock->origin, n->line, 1 }, "%s (%s)", n->id,
		    n->kind);
		help_with_removed(k, n);
	}
}

static void
report_moves(const struct locking *k)
{
	for (guint i = 0; i < k->moves->len; i++) {
		const struct move *m = &g_array_index(k->moves, struct move, i);
		diag_at(k->diag, DIAG_LOCK_MOVED,
		    (struct loc){ &k->book->lock->origin, m->line, 1 },
		    "%s -> %s (%zu)", m->from, m->to, m->n);
		diag_help(k->diag,
		    "Anki moves no cards: tell learners to rename the deck before they import, or to move the cards (Browse, Change Deck)");
	}
}

/* Its id is part of every note's identity. */
static bool
is_of_course(const struct lock *lock, const struct site *site, struct diag *d)
{
	if (!lock->course || !site->id || strcmp(lock->course, site->id) == 0)
		return true;
	diag_at(d, DIAG_LOCK_COURSE, (struct loc){ &lock->origin, 0, 0 }, "%s",
	    lock->course);
	diag_help(d,
	    "with 'id: %s' learners get every note a second time, without history; if it is a course of its own, remove the file",
	    site->id);
	return false;
}

void
locking_check(const struct book *b, const struct brief *in, struct diag *d)
{
	struct locking k;

	if (!b->lock || !is_of_course(b->lock, in->site, d))
		return;
	locking_init(&k, b, d);
	look(&k, in);
	if (!b->is_locking) {
		report_stale(&k);
		report_removed(&k);
		report_moves(&k);
	}
	locking_release(&k);
}

/* --- writing ------------------------------------------------------------ */

/* Lines of notes that have gone stay for ever: their ids are taken. */
static void
add_retired(struct locking *k)
{
	const struct lock *lock = k->book->lock;
	g_autofree bool *removed = find_removed(k->book);

	for (size_t i = 0; lock && i < lock->n_notes; i++) {
		struct lock_note n = lock->notes[i];
		if (!removed[i])
			continue;
		if (!n.is_retired) {
			n.mod = MAX(k->book->time, n.mod + 1);
			k->changes.n_retired++;
		}
		n.is_retired = true;
		g_array_append_val(k->notes, n);
	}
}

struct lock_changes
locking_write(GString *to, const struct book *b, const struct brief *in)
{
	struct locking k;

	locking_init(&k, b, NULL);
	look(&k, in);
	add_retired(&k);
	lock_write(to, in->site->id, (struct lock_note *)(void *)k.notes->data,
	    k.notes->len);
	const struct lock_changes changes = k.changes;
	locking_release(&k);
	return changes;
}
