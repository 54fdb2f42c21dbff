/*
 * The notes as text: out/<slug>.anki.tsv, for Anki's File, Import. Anki finds
 * notes by their guid here, too, and updates those that differ, whatever their
 * time. It needs the note types, which come with the package, and the pictures
 * in its media folder. https://docs.ankiweb.net/importing/text-files.html
 */
#include "base/text.h"

#include "write/anki/anki.h"
#include "write/anki/decks.h"
#include "write/anki/locking.h"

/* Anki remembers the choice of "if matches" for the next file, so it is always
 * made. There is no space behind a colon. */
static const char header[] = "#separator:tab\n"
			     "#html:true\n"
			     "#if matches:update current\n"
			     "#notetype column:1\n"
			     "#deck column:2\n"
			     "#guid column:3\n"
			     "#tags column:4\n";

struct text {
	GString *rows;
	struct decks decks;
	const struct deck *removed; /* or NULL: nothing is in it yet */
	const struct lock *lock; /* or NULL */
};

static void
check(const struct book *b, const struct brief *in, struct diag *d)
{
	struct arena *scratch = arena_new();
	const char *root = deck_root_name(in->site,
	    deck_rules_of(in->site).root, scratch);

	(void)b;
	/* Anki takes such a name for the number of a deck. */
	if (deck_root_check(in->site, d) &&
	    root[strspn(root, "0123456789")] == '\0') {
		const struct output *o = site_output(in->site, "anki-text");
		diag_at(d, DIAG_SITE_TYPE, o->at, "%s", root);
		diag_help(d,
		    "'anki: {deck: NAME}' names the deck; here it cannot be a number");
	}
	arena_free(scratch);
}

static bool
text_open(struct job *j)
{
	struct text *s = j->state;

	decks_init(&s->decks, j->book, deck_rules_of(j->in.site), j->arena);
	s->lock = j->book->lock;
	s->rows = g_string_new(header);
	return true;
}

/* Within quotes a quote is written twice, and all else is as it is. */
static void
put_column(GString *to, struct str s)
{
	g_string_append_c(to, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '"')
			g_string_append_c(to, '"');
		g_string_append_c(to, s.p[i]);
	}
	g_string_append_c(to, '"');
}

/* The columns behind the deck's. All fields are there: one that is missing
 * would keep what it held. */
static void
put_note(GString *row, const struct note *n)
{
	struct str rest = n->fields;

	g_string_append_printf(row, "\t%s\t", n->guid);
	put_column(row, str_trim(n->tags));
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		const struct str one = str_upto(rest,
		    str_find(rest, NOTE_FIELD_END));
		g_string_append_c(row, '\t');
		put_column(row, one);
		rest = str_from(rest, one.len + 1);
	}
	g_string_append_c(row, '\n');
}

/* Without the deck, which render does not know. */
static void
add_row(const struct note *n, void *ctx)
{
	struct piece *p = ctx;
	g_autoptr(GString) row = g_string_new(NULL);

	const unsigned n_cards = note_n_cards(n);
	if (n_cards == 0)
		return;
	put_note(row, n);
	struct part *part = piece_add(p);
	part->path = note_types[n->kind].name;
	part->bytes = arena_take(p->arena, row);
	part->raw_size = part->bytes.len;
	part->flags = n_cards;
}

static bool
text_render(const struct brief *in, const void *state, struct piece *p)
{
	const struct text *s = state;
	g_autoptr(GPtrArray) media = g_ptr_array_new();
	const struct note_work work = { .in = in,
		.page = p->page,
		.arena = p->arena,
		.media = media,
		.lock = s->lock };

	notes_of_page(&work, add_row, p);
	return true;
}

static bool
text_emit(struct job *j, const struct piece *p)
{
	struct text *s = j->state;
	const struct deck
	    *deck = &s->decks.all[s->decks.of_page[p->page->self->no]];

	for (size_t i = 0; i < p->n_parts; i++) {
		g_string_append_printf(s->rows, "%s\t", p->parts[i].path);
		put_column(s->rows, str_of(deck->name));
		text_add(s->rows, p->parts[i].bytes.p, p->parts[i].bytes.len);
		j->n_cards += p->parts[i].flags;
	}
	return true;
}

static void
add_removed(const struct note *n, void *ctx)
{
	struct job *j = ctx;
	struct text *s = j->state;

	if (!s->removed)
		s->removed = decks_add_removed(&s->decks,
		    j->in.theme->words->text[WORD_REMOVED], j->arena);
	g_string_append_printf(s->rows, "%s\t", note_types[n->kind].name);
	put_column(s->rows, str_of(s->removed->name));
	put_note(s->rows, n);
	j->n_cards += note_n_cards(n);
}

static bool
text_finish(struct job *j)
{
	struct text *s = j->state;
	g_autofree char *path = writer_product(j->writer, j->in.site);

	locking_each_removed(j->book, &j->in, j->arena, add_removed, j);
	return out_file(j->out, path,
	    (struct str){ s->rows->str, s->rows->len });
}

static void
text_close(struct job *j)
{
	struct text *s = j->state;

	if (s->rows)
		g_string_free(s->rows, TRUE);
	s->rows = NULL;
}

const struct writer writer_anki_text = {
	.name = "anki-text",
	.summary = "the deck's notes as text, to be imported over the package",
	.renditions = anki_renditions,
	.suffix = ".anki.tsv",
	.order = EMIT_READING,
	.state_size = sizeof(struct text),
	.check = check,
	.open = text_open,
	.render = text_render,
	.emit = text_emit,
	.finish = text_finish,
	.close = text_close,
};
