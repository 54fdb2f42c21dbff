/*
 * The deck as a folder for CrowdAnki, an add-on of Anki: out/<slug>.crowdanki/
 * with deck.json and media/. It is text, to be kept under version control and
 * compared line by line, in the layout that the add-on writes itself.
 * https://github.com/Stvad/CrowdAnki
 *
 * The add-on finds notes by their guid, and decks, note types and options by
 * a UUID; so it follows a deck that gets another name, and moves cards to the
 * deck that the course has them in. What it does not find it makes. It gives
 * ids of its own to note types: there must be none in the file.
 */
#include "base/fs.h"
#include "base/json.h"
#include "base/uuid.h"
#include "write/anki/anki.h"
#include "write/anki/cards.h"
#include "write/anki/decks.h"
#include "write/anki/locking.h"
#include "write/anki/note.h"
#include "write/away.h"

/* What a part of a piece is. */
enum {
	ROW_NOTE, /* bytes: JSON */
	ROW_MEDIUM, /* path: its name; bytes: the file's path */
	ROW_MASK = 1,
	/* Of a note, above the row: its kind, and how many cards it makes. */
	KIND_SHIFT = 1,
	KIND_MASK = 7,
	CARDS_SHIFT = 4
};

/* What a deck holds itself. */
struct content {
	GPtrArray *notes; /* of char *, JSON */
	GPtrArray *media; /* of char *, names */
};

struct crowdanki {
	struct decks decks;
	const struct deck *removed; /* or NULL: nothing is in it yet */
	struct content *content; /* by deck; one more for the removed */
	size_t n_content;
	bool is_used[NOTE_KIND_COUNT];
	GHashTable *media; /* names that are written */
	const struct lock *lock; /* or NULL */
};

static void
check(const struct book *b, const struct brief *in, struct diag *d)
{
	(void)b;
	(void)deck_root_check(in->site, d);
}

static bool
crowdanki_open(struct job *j)
{
	struct crowdanki *s = j->state;

	decks_init(&s->decks, j->book, deck_rules_of(j->in.site), j->arena);
	s->lock = j->book->lock;
	s->n_content = s->decks.n + 1;
	s->content = arena_array(j->arena, s->n_content, struct content);
	for (size_t i = 0; i < s->n_content; i++)
		s->content[i] = (struct content){
			g_ptr_array_new_with_free_func(g_free),
			g_ptr_array_new_with_free_func(g_free),
		};
	s->media = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return true;
}

/* --- identity ----------------------------------------------------------- */

/*
 * Nothing of this may ever be changed: learners' decks and note types are known
 * by it.
 */

/* Three words make one name; no word holds a NUL. */
static void
add_uuid(struct json *j, const char *key, const char *a, const char *b,
    const char *c)
{
	g_autoptr(GString) name = g_string_new(a);
	char uuid[UUID_LEN + 1];

	g_string_append_c(name, '\0');
	g_string_append(name, b);
	g_string_append_c(name, '\0');
	g_string_append(name, c);
	uuid_of_name((struct str){ name->str, name->len }, uuid);
	json_add(j, key, uuid);
}

/* Shared by all courses, as in the package. */
static void
add_type_uuid(struct json *j, const char *key, const struct note_type *type)
{
	add_uuid(j, key, "", "note type", type->key);
}

/* A translation's decks have names of their own. */
static void
add_deck_uuid(struct json *j, const struct site *site, const struct deck *deck)
{
	g_autofree char *key = g_strconcat(site->lang_dir ? site->lang_dir : "",
	    "\t", deck->key, NULL);

	add_uuid(j, "crowdanki_uuid", site->id, "deck", key);
}

static void
add_options_uuid(struct json *j, const char *key, const struct site *site)
{
	add_uuid(j, key, site->id, "options", "");
}

/* --- notes -------------------------------------------------------------- */

static void
put_fields(struct json *j, struct str rest)
{
	json_key(j, "fields");
	json_open(j, '[');
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		const struct str one = str_upto(rest,
		    str_find(rest, NOTE_FIELD_END));
		json_str(j, one);
		rest = str_from(rest, one.len + 1);
	}
	json_close(j, ']');
}

static void
put_tags(struct json *j, struct str rest)
{
	json_key(j, "tags");
	json_open(j, '[');
	while (rest.len > 0) {
		const struct str one = str_upto(rest, str_find(rest, ' '));
		if (one.len > 0)
			json_str(j, one);
		rest = str_from(rest, one.len + 1);
	}
	json_close(j, ']');
}

/* To be freed. */
static char *
note_json(const struct note *n)
{
	GString *text = g_string_new(NULL);
	struct json j = { .out = text, .has_lines = true };

	json_open(&j, '{');
	json_add(&j, "__type__", "Note");
	put_fields(&j, n->fields);
	json_add(&j, "guid", n->guid);
	add_type_uuid(&j, "note_model_uuid", &note_types[n->kind]);
	put_tags(&j, n->tags);
	json_close(&j, '}');
	return g_string_free(text, FALSE);
}

static void
add_part(struct piece *p, const char *path, const char *text, unsigned flags)
{
	struct part *part = piece_add(p);

	part->path = path;
	part->bytes = str_of(text);
	part->raw_size = part->bytes.len;
	part->flags = flags;
}

static void
add_note(const struct note *n, void *ctx)
{
	struct piece *p = ctx;
	g_autofree char *text = NULL;

	const unsigned n_cards = note_n_cards(n);
	if (n_cards == 0)
		return;
	text = note_json(n);
	add_part(p, "", arena_strdup(p->arena, text),
	    ROW_NOTE | (unsigned)n->kind << KIND_SHIFT |
		n_cards << CARDS_SHIFT);
}

static bool
crowdanki_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct crowdanki *s = state;
	g_autoptr(GPtrArray) media = g_ptr_array_new();
	const struct note_work work = { .in = in,
		.page = p->page,
		.arena = p->arena,
		.media = media,
		.lock = s->lock };

	notes_of_page(&work, add_note, p);
	for (guint i = 0; i < media->len; i++) {
		const struct asset *asset = media->pdata[i];
		/* emit sees the parts only: what it needs of the asset. */
		add_part(p, away_name(asset, p->arena),
		    arena_printf(p->arena, "%s%s", asset->hash, asset->src),
		    ROW_MEDIUM);
	}
	return true;
}

static bool
add_medium(struct job *j, struct content *c, const struct part *part)
{
	struct crowdanki *s = j->state;
	g_autofree char *folder = writer_product(j->writer, j->in.site);
	g_autofree char *path = g_strconcat(folder, "/media/", part->path,
	    NULL);
	g_autofree char *hash = g_strndup(part->bytes.p, 32);

	if (!g_ptr_array_find_with_equal_func(c->media, part->path, g_str_equal,
		NULL))
		g_ptr_array_add(c->media, g_strdup(part->path));
	if (!g_hash_table_add(s->media, g_strdup(part->path)))
		return true;
	return out_copy(j->out, path, part->bytes.p + strlen(hash), hash);
}

static bool
crowdanki_emit(struct job *j, const struct piece *p)
{
	struct crowdanki *s = j->state;
	struct content *c = &s->content[s->decks.of_page[p->page->self->no]];

	for (size_t i = 0; i < p->n_parts; i++) {
		const struct part *part = &p->parts[i];
		if ((part->flags & ROW_MASK) == ROW_NOTE) {
			s->is_used[part->flags >> KIND_SHIFT & KIND_MASK] =
			    true;
			j->n_cards += part->flags >> CARDS_SHIFT;
			g_ptr_array_add(c->notes, g_strdup(part->bytes.p));
		} else if (!add_medium(j, c, part)) {
			return false;
		}
	}
	return true;
}

static void
add_removed(const struct note *n, void *ctx)
{
	struct job *j = ctx;
	struct crowdanki *s = j->state;

	if (!s->removed)
		s->removed = decks_add_removed(&s->decks,
		    j->in.theme->words->text[WORD_REMOVED], j->arena);
	s->is_used[n->kind] = true;
	g_ptr_array_add(s->content[s->decks.n - 1].notes, note_json(n));
	j->n_cards += note_n_cards(n);
}

/* --- note types --------------------------------------------------------- */

/* The add-on compares fields and templates with those that a learner has, and
 * asks what belongs to what if they differ: so they have all that Anki itself
 * gives them. */
static void
put_type_fields(struct json *j, const struct note_type *type)
{
	json_key(j, "flds");
	json_open(j, '[');
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		const bool is_ours = i >= FIELD_ID;
		json_open(j, '{');
		json_add_bool(j, "collapsed", is_ours);
		json_add(j, "description", "");
		json_add_bool(j, "excludeFromSearch", is_ours);
		json_add(j, "font", "Arial");
		json_add_int(j, "id", field_id(type, i));
		json_add(j, "name", field_names[i]);
		json_add_int(j, "ord", i);
		json_add_bool(j, "plainText", false);
		json_add_bool(j, "preventDeletion", false);
		json_add_bool(j, "rtl", false);
		json_add_int(j, "size", 20);
		json_add_bool(j, "sticky", false);
		json_add(j, "tag", NULL);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_templates(struct json *j, enum note_kind kind)
{
	const struct note_type *type = &note_types[kind];

	json_key(j, "tmpls");
	json_open(j, '[');
	for (unsigned i = 0; i < type->n_templates; i++) {
		json_open(j, '{');
		json_add(j, "afmt", card_texts[kind][i].back);
		json_add(j, "bafmt", "");
		json_add(j, "bfont", "");
		json_add(j, "bqfmt", "");
		json_add_int(j, "bsize", 0);
		json_add(j, "did", NULL);
		json_add_int(j, "id", template_id(type, i));
		json_add(j, "name", type->templates[i]);
		json_add_int(j, "ord", i);
		json_add(j, "qfmt", card_texts[kind][i].front);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_type(struct json *j, enum note_kind kind)
{
	const struct note_type *type = &note_types[kind];
	g_autoptr(GString) css = g_string_new(NULL);

	for (unsigned i = 0; i < CARD_CSS_PARTS; i++)
		g_string_append(css, card_css[i]);
	json_open(j, '{');
	json_add(j, "__type__", "NoteModel");
	add_type_uuid(j, "crowdanki_uuid", type);
	json_add(j, "css", css->str);
	put_type_fields(j, type);
	json_add(j, "latexPost", "");
	json_add(j, "latexPre", "");
	json_add_bool(j, "latexsvg", false);
	json_add(j, "name", type->name);
	json_add_int(j, "sortf", FIELD_QUESTION);
	put_templates(j, kind);
	json_add_int(j, "type", type->is_cloze ? 1 : 0);
	json_close(j, '}');
}

/* Of the options only the name is given, so that what a learner sets stays. */
static void
put_options(struct json *j, const struct crowdanki *s, const struct site *site)
{
	json_key(j, "deck_configurations");
	json_open(j, '[');
	json_open(j, '{');
	json_add(j, "__type__", "DeckConfig");
	add_options_uuid(j, "crowdanki_uuid", site);
	json_add(j, "name", s->decks.all[s->decks.root].name);
	json_close(j, '}');
	json_close(j, ']');
}

static void
put_types(struct json *j, const struct crowdanki *s)
{
	json_key(j, "note_models");
	json_open(j, '[');
	for (unsigned i = 0; i < NOTE_KIND_COUNT; i++)
		if (s->is_used[i])
			put_type(j, (enum note_kind)i);
	json_close(j, ']');
}

/* --- decks -------------------------------------------------------------- */

/* Below the course's deck only the last level is named. */
static const char *
deck_name(const struct crowdanki *s, size_t i)
{
	const struct deck *deck = &s->decks.all[i];

	return i == s->decks.root ? deck->name
				  : deck->name +
		strlen(s->decks.all[deck->parent].name) + strlen("::");
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
put_media(struct json *j, GPtrArray *names)
{
	g_ptr_array_sort(names, by_name);
	json_key(j, "media_files");
	json_open(j, '[');
	for (guint i = 0; i < names->len; i++)
		json_strz(j, names->pdata[i]);
	json_close(j, ']');
}

static void
put_notes(struct json *j, const GPtrArray *notes)
{
	json_key(j, "notes");
	json_open(j, '[');
	for (guint i = 0; i < notes->len; i++)
		json_raw(j, str_of(notes->pdata[i]));
	json_close(j, ']');
}

/* Keys are sorted, as the add-on sorts them. The course's deck has what all of
 * them share. */
static void
put_deck(struct json *j, struct crowdanki *s, const struct site *site,
    size_t no)
{
	const struct deck *deck = &s->decks.all[no];
	const bool is_root = no == s->decks.root;

	json_open(j, '{');
	json_add(j, "__type__", "Deck");
	json_key(j, "children");
	json_open(j, '[');
	for (size_t i = no + 1; i < s->decks.n; i++)
		if (s->decks.all[i].parent == no)
			put_deck(j, s, site, i);
	json_close(j, ']');
	add_deck_uuid(j, site, deck);
	add_options_uuid(j, "deck_config_uuid", site);
	if (is_root)
		put_options(j, s, site);
	json_add(j, "desc", deck->desc);
	json_add_int(j, "dyn", 0);
	put_media(j, s->content[no].media);
	json_add(j, "name", deck_name(s, no));
	if (is_root)
		put_types(j, s);
	put_notes(j, s->content[no].notes);
	json_close(j, '}');
}

static bool
crowdanki_finish(struct job *j)
{
	struct crowdanki *s = j->state;
	g_autofree char *folder = writer_product(j->writer, j->in.site);
	g_autofree char *path = g_strconcat(folder, "/deck.json", NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	struct json json = { .out = text, .has_lines = true };

	locking_each_removed(j->book, &j->in, j->arena, add_removed, j);
	put_deck(&json, s, j->in.site, s->decks.root);
	g_string_append_c(text, '\n');
	return out_file(j->out, path, (struct str){ text->str, text->len });
}

static void
crowdanki_close(struct job *j)
{
	struct crowdanki *s = j->state;

	for (size_t i = 0; i < s->n_content; i++) {
		g_ptr_array_free(s->content[i].notes, TRUE);
		g_ptr_array_free(s->content[i].media, TRUE);
	}
	s->n_content = 0;
	if (s->media)
		g_hash_table_destroy(s->media);
	s->media = NULL;
}

const struct writer writer_crowdanki = {
	.name = "crowdanki",
	.summary = "the deck as a folder of text, for the add-on CrowdAnki",
	.renditions = anki_renditions,
	.suffix = ".crowdanki",
	.order = EMIT_READING,
	.state_size = sizeof(struct crowdanki),
	.check = check,
	.open = crowdanki_open,
	.render = crowdanki_render,
	.emit = crowdanki_emit,
	.finish = crowdanki_finish,
	.close = crowdanki_close,
};
