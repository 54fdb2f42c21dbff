#include "write/epub/epub.h"

#include <assert.h>

static const struct writer_option options[] = {
	[OPTION_ANSWERS] = { "answers", "book",
	    "where the answer key stands: at the end of the 'book', of each 'chapter', or 'none'" },
	[OPTION_COVER] = { "cover", NULL,
	    "the cover: a PNG, JPEG or SVG file, relative to site.yaml" },
	[OPTION_WCAG] = { "wcag", NULL,
	    "the level of WCAG 2.1 that you have found the book to keep to: A, AA or AAA" },
	[OPTION_CERTIFIED_BY] = { "certified_by", NULL, "who has found that" },
	[OPTION_PAGE_SOURCE] = { "page_source", NULL,
	    "the print edition whose pages are marked, such as urn:isbn:9780000000000" },
	{ NULL, NULL, NULL },
};

static const char *const answers_names[] = {
	[ANSWERS_BOOK] = "book",
	[ANSWERS_CHAPTER] = "chapter",
	[ANSWERS_NONE] = "none",
};

/* The place of a value among the names; their number if it is none. */
static size_t
answers_index(const char *value)
{
	size_t i = 0;

	while (i < G_N_ELEMENTS(answers_names) &&
	    strcmp(answers_names[i], value) != 0)
		i++;
	return i;
}

enum answers
answers_option(const struct brief *in)
{
	size_t i = answers_index(writer_option(in, OPTION_ANSWERS));

	/* check() has refused any other. */
	assert(i < G_N_ELEMENTS(answers_names));
	return (enum answers)i;
}

struct loc
option_place(const struct brief *in, const char *key)
{
	const struct output *o = site_output(in->site, "epub");

	for (size_t i = 0; o && i < o->n_settings; i++)
		if (strcmp(o->settings[i].key, key) == 0)
			return o->settings[i].at;
	return (struct loc){ in->site->origin, 0, 0 };
}

static void
check_answers(const struct brief *in, struct diag *d)
{
	const char *value = writer_option(in, OPTION_ANSWERS);

	if (answers_index(value) < G_N_ELEMENTS(answers_names))
		return;
	diag_at(d, DIAG_SITE_TYPE, option_place(in, "answers"),
	    "outputs.epub.answers: %s", value);
	diag_help(d, "expected book, chapter or none");
}

static void
check_book(const struct book *b, const struct brief *in, struct diag *d)
{
	check_answers(in, d);
	wcag_check(in, d);
	people_check(in, d);
	cover_check(in, d);
	images_check(b, d);
}

static bool
open_book(struct job *j)
{
	struct epub *e = j->state;

	e->answers = g_string_new(NULL);
	e->lists = (struct lists){ g_string_new(NULL), g_string_new(NULL),
		g_string_new(NULL) };
	e->zip = zip_new(j->diag);
	return package_begin(j, e);
}

static void
add_text(struct piece *p, GString *text, unsigned flags)
{
	if (text->len)
		*piece_add(p) = (struct part){
			.bytes = arena_take(p->arena, text),
			.flags = flags,
		};
}

static bool
render_page(const struct brief *in, const void *state, struct piece *p)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) name = g_string_new(NULL);
	g_autoptr(GString) tables = g_string_new(NULL);
	g_autoptr(GString) figures = g_string_new(NULL);
	g_autoptr(GString) pages = g_string_new(NULL);
	const struct lists lists = { tables, figures, pages };
	struct zip_entry entry;

	(void)state;
	if (p->page->self->no == 0)
		*piece_add(p) = (struct part){
			.bytes = cover_is_drawn(in) ? cover_draw(in, p->arena)
						    : (struct str){ "", 0 },
			.flags = PART_COVER,
		};
	name_of_page(name, p->page->self);
	chapter_write(text, &lists, in, p->page);
	structure_unname(text);
	unsigned has = xhtml_look(text);
	if (p->page->doc->has_mute_image)
		has |= HAS_IMAGE_WITHOUT_ALT;
	epub_pack(&entry, text, p->arena);
	*piece_add(p) = (struct part){
		.path = arena_take(p->arena, name).p,
		.bytes = entry.bytes,
		.crc = entry.crc,
		.raw_size = entry.raw_size,
		.flags = has | (entry.is_deflated ? PART_DEFLATED : 0),
	};
	g_string_truncate(text, 0);
	if (answers_option(in) == ANSWERS_BOOK)
		answers_write(text, in, p->page);
	structure_unname(text);
	add_text(p, text, PART_ANSWERS);
	add_text(p, tables, PART_TABLES);
	add_text(p, figures, PART_FIGURES);
	add_text(p, pages, PART_PAGES);
	return true;
}

/* Where a part goes that is no file by itself, or NULL. */
static GString *
text_of_part(const struct epub *e, const struct part *part)
{
	return part->flags & PART_ANSWERS ? e->answers
	    : part->flags & PART_TABLES   ? e->lists.tables
	    : part->flags & PART_FIGURES  ? e->lists.figures
	    : part->flags & PART_PAGES    ? e->lists.pages
					  : NULL;
}

static bool
emit_page(struct job *j, const struct piece *p)
{
	struct epub *e = j->state;

	for (size_t i = 0; i < p->n_parts; i++) {
		const struct part *part = &p->parts[i];
		const struct zip_entry entry = {
			.bytes = part->bytes,
			.crc = part->crc,
			.raw_size = part->raw_size,
			.is_deflated = part->flags & PART_DEFLATED,
		};
		GString *text = text_of_part(e, part);
		if (part->flags & PART_COVER) {
			if (!package_front(j, e, part->bytes))
				return false;
			continue;
		}
		if (text) {
			g_string_append_len(text, part->bytes.p,
			    (gssize)part->bytes.len);
			continue;
		}
		e->has[p->page->self->no] = part->flags;
		if (!epub_add(e, part->path, &entry))
			return false;
	}
	return true;
}

static bool
finish_book(struct job *j)
{
	struct epub *e = j->state;
	struct str archive;
	g_autofree char *path = writer_product(j->writer, j->in.site);

	return package_end(j, e) && zip_finish(e->zip, &archive) &&
	    out_file(j->out, path, archive);
}

static void
close_book(struct job *j)
{
	struct epub *e = j->state;

	zip_free(e->zip);
	GString *const texts[] = { e->answers, e->lists.tables,
		e->lists.figures, e->lists.pages };
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (texts[i])
			g_string_free(texts[i], TRUE);
	if (e->images)
		g_ptr_array_free(e->images, TRUE);
}

const struct writer writer_epub = {
	.name = "epub",
	.summary = "a book for e-readers (EPUB 3)",
	.renditions = paper_renditions,
	.suffix = ".epub",
	.is_offered = true,
	.label = WORD_DOWNLOAD_EPUB,
	.options = options,
	.order = EMIT_READING,
	.state_size = sizeof(struct epub),
	.check = check_book,
	.open = open_book,
	.render = render_page,
	.emit = emit_page,
	.finish = finish_book,
	.close = close_book,
};
