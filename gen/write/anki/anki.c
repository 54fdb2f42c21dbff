/*
 * The Anki deck: out/<slug>.apkg with a note of every question,
 * and of what is marked to be one (book/cards.c).
 *
 * identity.c  what learners' collections know us by; never changes
 * cards.c     templates and style sheet
 * note.c      a question's fields and tags
 * fields.c    what a note asks and answers; answers.c: lists and tables of it
 * cloze.c     blanks
 * decks.c     the decks' names
 * package.c   the file
 * update.c    a small package beside it, of what is new
 * locking.c   what has changed since the last release
 * text.c      the same notes as text, an output of its own
 *
 * The manual says what Anki does with a package:
 * https://docs.ankiweb.net/importing/packaged-decks.html. Notes are matched by
 * guid and replaced if their modification time has grown; the schedule of their
 * cards stays. Without a lock (book/lock.h) that is the build's time for all of
 * them, and every build updates every note; with one it is the time of their
 * last change.
 */
#include "write/anki/anki.h"

#include "base/text.h"
#include "write/anki/locking.h"
#include "write/anki/update.h"
#include "write/away.h"
#include "write/writer.h"

#include <assert.h>
#include <time.h>

enum {
	OPTION_DECK,
	OPTION_DECKS,
	OPTION_RETIRE
};

static const struct writer_option options[] = {
	[OPTION_DECK] = { "deck", NULL,
	    "the deck's name, its levels parted by '::' (the course's title)" },
	[OPTION_DECKS] = { "decks", "module",
	    "a deck for every 'module' or 'lesson', or one for the 'course'" },
	[OPTION_RETIRE] = { "retire", NULL,
	    "'tag': what the lock knows and the course has no more comes as \"(removed)\", tagged ergen::removed" },
	{ NULL, NULL, NULL },
};

/* What a part of a piece is: a note is a run of FIELDS, SORT, TAGS. */
enum row {
	ROW_FIELDS, /* path: the guid */
	ROW_SORT,
	ROW_TAGS, /* path: the note's modification time */
	ROW_MEDIUM /* path: its name in the package; bytes: the file's path */
};

/* Flags of a part: the row, with ROW_FIELDS the note's kind, and what it is to
 * those who have an earlier deck. */
enum {
	ROW_MASK = 3,
	KIND_SHIFT = 2,
	KIND_MASK = 7,
	NEWS_SHIFT = 5
};

struct anki {
	struct package *package;
	struct update *update; /* or NULL */
	struct decks decks;
	const struct lock *lock; /* or NULL */
	long long time;
};

/* Times of 2001 and before give ids that Anki may take for none, and from a
 * time that is still to come no later build could update. */
static void
check_time(const struct book *b, struct diag *d)
{
	const long long first = 1000000000;
	const long long last = (long long)time(NULL) + 24 * 60 * 60;

	if (b->time >= first && b->time <= last)
		return;
	diag_at(d, DIAG_ANKI_TIME, (struct loc){ NULL, 0, 0 }, "%lld", b->time);
	diag_help(d,
	    "set SOURCE_DATE_EPOCH to seconds since 1970, from %lld to now; "
	    "without it the newest modification time of the sources is taken",
	    first);
}

/* Anki takes such files for a whole collection and offers to replace the
 * learner's by it. https://docs.ankiweb.net/backups.html */
static void
check_file_name(const struct site *site, struct diag *d)
{
	const struct str slug = str_of(site->slug);

	if (!str_is_nocase(slug, "collection") &&
	    !str_is_nocase(str_upto(slug, 7), "backup-"))
		return;
	diag_at(d, DIAG_SITE_TYPE, (struct loc){ site->origin, 0, 0 },
	    "slug '%s'", site->slug);
	diag_help(d, "Anki takes %s.apkg for a backup; choose another 'slug'",
	    site->slug);
}

static struct loc
place_of(const struct site *site, const char *key)
{
	const struct output *output = site_output(site, "anki");

	for (size_t i = 0; output && i < output->n_settings; i++)
		if (strcmp(output->settings[i].key, key) == 0)
			return output->settings[i].at;
	return (struct loc){ site->origin, 0, 0 };
}

static void
check_retire(const struct brief *in, struct diag *d)
{
	const char *value = writer_option(in, OPTION_RETIRE);

	if (!value || strcmp(value, "tag") == 0)
		return;
	diag_at(d, DIAG_SITE_TYPE, place_of(in->site, "retire"), "%s", value);
	diag_help(d, "'retire: tag', or leave it out");
}

static void
check_level(const struct brief *in, struct diag *d)
{
	const char *value = writer_option(in, OPTION_DECKS);

	if (g_strv_contains(deck_levels, value))
		return;
	diag_at(d, DIAG_SITE_TYPE, place_of(in->site, "decks"), "%s", value);
	diag_help(d, "'decks: course', 'module' or 'lesson'");
}

static void
check(const struct book *b, const struct brief *in, struct diag *d)
{
	check_time(b, d);
	check_file_name(in->site, d);
	check_retire(in, d);
	check_level(in, d);
	decks_check(b, deck_rules_of(in->site), d);
	(void)deck_root_check(in->site, d);
	/* What follows makes the notes, which takes a sound book. */
	if (diag_worst(d) >= DIAG_ERROR)
		return;
	locking_check(b, in, d);
	update_check(b, in, d);
}

static bool
anki_open(struct job *j)
{
	struct anki *s = j->state;

	assert(j->in.site->id && "without an id there is no deck");
	decks_init(&s->decks, j->book, deck_rules_of(j->in.site), j->arena);
	s->package = package_new(j->book->time, j->diag);
	s->update = update_new(j->book, &j->in, j->diag);
	s->lock = j->book->lock;
	s->time = j->book->time;
	return s->update || !j->book->since;
}

static void
add_part(struct piece *p, const char *path, struct str bytes, unsigned flags)
{
	struct part *part = piece_add(p);

	part->path = path;
	part->bytes = bytes;
	part->raw_size = bytes.len;
	part->flags = flags;
}

/* A page's notes on their way into its piece. */
struct packing {
	struct piece *piece;
	const struct anki *anki;
	GString *news; /* the fields of all that are news */
};

static void
add_note(const struct note *n, void *ctx)
{
	const struct packing *k = ctx;
	struct piece *p = k->piece;
	const enum news news = update_look(k->anki->update, n);

	if (news != NEWS_NONE)
		text_add(k->news, n->fields.p, n->fields.len);
	add_part(p, n->guid, n->fields,
	    ROW_FIELDS | (unsigned)n->kind << KIND_SHIFT |
		(unsigned)news << NEWS_SHIFT);
	add_part(p, n->guid, n->sort, ROW_SORT);
	add_part(p, arena_printf(p->arena, "%lld", n->mod), n->tags, ROW_TAGS);
}

/* Names of media are like no other text, so those that a note shows are found
 * in it. */
static void
add_media(const struct packing *k, const GPtrArray *media)
{
	struct piece *p = k->piece;

	for (guint i = 0; i < media->len; i++) {
		const struct asset *asset = media->pdata[i];
		const char *name = away_name(asset, p->arena);
		const enum news news = strstr(k->news->str, name) ? NEWS_CHANGED
								  : NEWS_NONE;
		/* emit sees the parts only: what it needs of the asset. */
		const char *hash_and_src = arena_printf(p->arena, "%s%s",
		    asset->hash, asset->src);
		add_part(p, name, str_of(hash_and_src),
		    ROW_MEDIUM | (unsigned)news << NEWS_SHIFT);
	}
}

static bool
anki_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct anki *s = state;
	g_autoptr(GPtrArray) media = g_ptr_array_new();
	g_autoptr(GString) news = g_string_new(NULL);
	const struct note_work work = { in, p->page, p->arena, media, s->lock,
		s->update != NULL, s->time };
	struct packing k = { p, s, news };

	notes_of_page(&work, add_note, &k);
	add_media(&k, media);
	return true;
}

static bool
put_note(struct anki *s, const struct note *n, const struct deck *deck,
    enum news news)
{
	return package_note(s->package, n, deck) &&
	    update_note(s->update, n, deck, news);
}

static bool
anki_emit(struct job *j, const struct piece *p)
{
	struct anki *s = j->state;
	const size_t at = s->decks.of_page[p->page->self->no];
	struct note note = { 0 };
	enum news news = NEWS_NONE;

	for (size_t i = 0; i < p->n_parts; i++) {
		const struct part *part = &p->parts[i];
		switch ((enum row)(part->flags & ROW_MASK)) {
		case ROW_FIELDS:
			note.kind = part->flags >> KIND_SHIFT & KIND_MASK;
			note.guid = part->path;
			note.fields = part->bytes;
			news = part->flags >> NEWS_SHIFT;
			break;
		case ROW_SORT: note.sort = part->bytes; break;
		case ROW_TAGS:
			note.tags = part->bytes;
			note.mod = g_ascii_strtoll(part->path, NULL, 10);
			if (!put_note(s, &note, &s->decks.all[at], news))
				return false;
			break;
		case ROW_MEDIUM:
			package_medium(s->package, part->path, part->bytes);
			if (part->flags >> NEWS_SHIFT != NEWS_NONE)
				update_medium(s->update, part->path,
				    part->bytes);
			break;
		}
	}
	return true;
}

/* What comes after all that there is. */
struct removing {
	struct anki *anki;
	const char *name; /* of their deck */
	struct arena *arena;
	const struct deck *deck;
	bool has_failed;
};

static void
add_one_removed(const struct note *n, void *ctx)
{
	struct removing *r = ctx;

	if (!r->deck)
		r->deck = decks_add_removed(&r->anki->decks, r->name, r->arena);
	const enum news news = update_look(r->anki->update, n);
	/* Whoever has never had it need not get it now. */
	r->has_failed = r->has_failed ||
	    !package_note(r->anki->package, n, r->deck) ||
	    (news != NEWS_NEW &&
		!update_note(r->anki->update, n, r->deck, news));
}

static bool
add_removed(struct job *j)
{
	struct removing r = { .anki = j->state,
		.name = j->in.theme->words->text[WORD_REMOVED],
		.arena = j->arena };

	locking_each_removed(j->book, &j->in, j->arena, add_one_removed, &r);
	return !r.has_failed;
}

static bool
anki_finish(struct job *j)
{
	struct anki *s = j->state;
	struct str archive;

	if (!add_removed(j) || !package_finish(s->package, &s->decks, &archive))
		return false;
	j->n_cards += package_n_cards(s->package);
	g_autofree char *path = g_strdup_printf("%s.apkg", j->in.site->slug);
	return out_file(j->out, path, archive) &&
	    update_finish(s->update, j, &s->decks);
}

static void
anki_close(struct job *j)
{
	struct anki *s = j->state;

	package_free(s->package);
	s->package = NULL;
	update_free(s->update);
	s->update = NULL;
}

/* A card is one answer in mind or one that is typed. */

static const char *
loses_spellings(const struct question *q)
{
	return q->n_accepted > 1
	    ? "Anki compares with the first spelling only; the others are on the back"
	    : NULL;
}

static const char *
loses_interval(const struct question *q)
{
	return strcmp(q->quantity.from, q->quantity.to) != 0
	    ? "Anki compares with one spelling only; which numbers are right is on the back"
	    : NULL;
}

static const char *
loses_order(const struct question *q)
{
	(void)q;
	return "a Basic card: answered in mind, the right order is on the back";
}

static const char *
loses_pairs(const struct question *q)
{
	(void)q;
	return "a Basic card: answered in mind, the pairs are on the back";
}

static const char *
loses_rows(const struct question *q)
{
	(void)q;
	return "a Basic card: answered in mind, the filled table is on the back";
}

const struct rendition anki_renditions[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = { "Choice: options with letters", NULL },
	[QUESTION_MANY] = { "Choice: options with letters", NULL },
	[QUESTION_TRUTH] = { "Choice: options with letters", NULL },
	[QUESTION_TEXT] = { "Type: the answer is typed", loses_spellings },
	[QUESTION_NUMBER] = { "Type: the answer is typed", loses_interval },
	[QUESTION_ORDER] = { "Basic: items with letters", loses_order },
	[QUESTION_MATCH] = { "Basic: numbers and letters", loses_pairs },
	[QUESTION_MATRIX] = { "Basic: a table", loses_rows },
	[QUESTION_CLOZE] = { "Cloze: a card for each blank", NULL },
};

const struct writer writer_anki = {
	.name = "anki",
	.summary = "a deck for Anki with a note of every question",
	.renditions = anki_renditions,
	.suffix = ".apkg",
	.is_offered = true,
	.label = WORD_DOWNLOAD_ANKI,
	.options = options,
	.order = EMIT_READING,
	.state_size = sizeof(struct anki),
	.check = check,
	.open = anki_open,
	.render = anki_render,
	.emit = anki_emit,
	.finish = anki_finish,
	.close = anki_close,
	.lock = locking_write,
};
