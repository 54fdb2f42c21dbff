/*
 * The book as one JSON document: what other programs read, and what the tests
 * compare. docs/book.schema.json is its contract. Within a version, fields
 * are only added; a reader ignores those it does not know.
 */
#include "write/json/tree.h"
#include "write/writer.h"

enum {
	FORMAT_VERSION = 1
};

struct state {
	GString *text; /* of the whole document; from open to close */
	bool has_pages;
};

static void
put_strings(struct json *j, const char *key, const char *const *all, size_t n)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		json_strz(j, all[i]);
	json_close(j, ']');
}

static const char *
kind_name(enum page_kind kind)
{
	static const char *const names[] = { "home", "module", "lesson", "quiz",
		"glossary", "reference" };

	return names[kind];
}

static void
put_site(struct json *j, const struct site *s)
{
	json_key(j, "site");
	json_open(j, '{');
	json_add(j, "id", s->id);
	json_add(j, "slug", s->slug);
	json_add(j, "title", s->title);
	json_add(j, "subtitle", s->subtitle);
	json_add(j, "description", s->description);
	put_strings(j, "authors", s->authors, s->n_authors);
	json_add(j, "publisher", s->publisher);
	json_add(j, "license", s->license);
	json_add(j, "lang", s->lang);
	json_add(j, "dir", s->is_rtl ? "rtl" : "ltr");
	json_add(j, "url", s->url);
	json_add(j, "repo_url", s->repo_url);
	json_close(j, '}');
}

static void
put_map(struct json *j, const struct map_entry *map, size_t n)
{
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, '{');
		json_add(j, "title", map[i].title);
		json_add(j, "page", map[i].page ? map[i].page->address : NULL);
		json_key(j, "entries");
		put_map(j, map[i].entries, map[i].n_entries);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_assets(struct json *j, const struct book *b)
{
	json_key(j, "assets");
	json_open(j, '[');
	for (size_t i = 0; i < b->n_assets; i++) {
		const struct asset *a = b->assets[i];
		json_open(j, '{');
		json_add(j, "path", a->path);
		json_add(j, "address", a->address);
		json_add(j, "media_type", a->media_type);
		json_add_int(j, "size", (long long)a->size);
		json_add(j, "hash", a->hash);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* --- quizzes ------------------------------------------------------------ */

static void
put_options(struct json *j, const struct question *q,
    const struct html_policy *p)
{
	json_key(j, "options");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[i];
		json_open(j, '{');
		json_add_bool(j, "correct", o->is_correct);
		json_key(j, "content");
		tree_content(j, o->content, p);
		json_key(j, "feedback");
		tree_content(j, o->feedback, p);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_add_bool(j, "allows_none", q->allows_none);
	json_key(j, "shown");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_shown; i++)
		json_int(j, q->shown[i]);
	json_close(j, ']');
}

static void
put_texts(struct json *j, const struct accepted *texts, size_t n)
{
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, '{');
		json_add(j, "text", texts[i].text);
		json_add_bool(j, "exact", texts[i].is_exact);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_typed(struct json *j, const struct question *q, const struct html_policy *p)
{
	json_key(j, "accepted");
	put_texts(j, q->accepted, q->n_accepted);
	json_key(j, "quantity");
	if (q->kind == QUESTION_NUMBER) {
		json_open(j, '{');
		json_add(j, "value", q->quantity.value);
		json_add(j, "tolerance", q->quantity.tolerance);
		json_add(j, "percent", q->quantity.percent);
		json_add(j, "low", q->quantity.low);
		json_add(j, "high", q->quantity.high);
		json_add(j, "unit", q->quantity.unit);
		json_add(j, "from", q->quantity.from);
		json_add(j, "to", q->quantity.to);
		json_close(j, '}');
	} else {
		json_strz(j, NULL);
	}
	json_key(j, "wrong");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_wrong; i++) {
		json_open(j, '{');
		json_key(j, "texts");
		put_texts(j, q->wrong[i].texts, q->wrong[i].n_texts);
		json_key(j, "feedback");
		tree_phrase(j, q->wrong[i].feedback, p);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_pairs(struct json *j, const struct question *q, const struct html_policy *p)
{
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; q->kind == QUESTION_ORDER && i < q->n_pairs; i++)
		tree_content(j, q->pairs[i].left, p);
	json_close(j, ']');
	json_key(j, "pairs");
	json_open(j, '[');
	for (size_t i = 0; q->kind == QUESTION_MATCH && i < q->n_pairs; i++) {
		json_open(j, '{');
		json_key(j, "left");
		tree_phrase(j, q->pairs[i].left, p);
		json_key(j, "right");
		tree_phrase(j, q->pairs[i].right, p);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_key(j, "same");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_pairs; i++)
		json_int(j, q->pairs[i].same);
	json_close(j, ']');
}

static void
put_matrix(struct json *j, const struct question *q,
    const struct html_policy *p)
{
	json_key(j, "columns");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_columns; i++)
		tree_phrase(j, q->columns[i], p);
	json_close(j, ']');
	json_key(j, "statements");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_statements; i++) {
		json_open(j, '{');
		json_key(j, "content");
		tree_phrase(j, q->statements[i].text, p);
		json_add_int(j, "column", q->statements[i].column);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_key(j, "blanks");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_blanks; i++)
		put_texts(j, q->blanks[i].texts, q->blanks[i].n_texts);
	json_close(j, ']');
}

static void
put_source(struct json *j, const struct link *source)
{
	json_add(j, "source", source ? source->url : NULL);
	if (source && source->to.kind != TARGET_NONE) {
		tree_target(j, "source_target", &source->to);
	} else {
		json_key(j, "source_target");
		json_strz(j, NULL);
	}
}

static void
put_question(struct json *j, const struct quiz_part *part,
    const struct html_policy *p)
{
	const struct question *q = part->question;

	json_open(j, '{');
	json_add(j, "id", q->id);
	json_add_bool(j, "derived_id", q->is_derived);
	json_add(j, "anchor", q->anchor);
	json_add(j, "kind", question_kind_names[q->kind]);
	json_add_int(j, "number", part->number);
	json_add_int(j, "line", q->at.line);
	json_key(j, "title");
	tree_phrase(j, q->heading, p);
	json_key(j, "stem");
	tree_content(j, q->stem, p);
	put_options(j, q, p);
	put_typed(j, q, p);
	put_pairs(j, q, p);
	put_matrix(j, q, p);
	json_key(j, "hints");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_hints; i++)
		tree_content(j, q->hints[i], p);
	json_close(j, ']');
	json_key(j, "explanation");
	tree_content(j, q->explanation, p);
	json_add_int(j, "points", q->points);
	json_add(j, "score", q->is_scored_each ? "each" : "all");
	json_add_int(j, "worth", q->worth);
	json_key(j, "difficulty");
	if (q->difficulty)
		json_int(j, q->difficulty);
	else
		json_strz(j, NULL);
	put_strings(j, "tags", q->tags, q->n_tags);
	json_add(j, "objective", q->objective);
	put_source(j, q->source);
	json_close(j, '}');
}

/* A mock exam names the questions of others; they are written once. */
static void
put_part(struct json *j, const struct quiz *q, const struct quiz_part *part,
    const struct html_policy *p)
{
	json_open(j, '{');
	if (!part->question) {
		json_key(j, "text");
		tree_content(j, part->text, p);
	} else if (part->question->quiz == q) {
		json_key(j, "question");
		put_question(j, part, p);
	} else {
		json_add(j, "question_ref", part->question->id);
		json_add_int(j, "number", part->number);
	}
	json_close(j, '}');
}

static void
put_quiz(struct json *j, const struct quiz *q, const struct html_policy *p)
{
	static const char *const shuffles[] = { "none", "options", "questions",
		"all" };

	json_open(j, '{');
	json_add(j, "id", q->id);
	json_add(j, "title", q->title);
	json_add_bool(j, "mock", q->is_mock);
	json_add_int(j, "pass", q->pass);
	json_add_int(j, "pass_count", q->pass_count);
	json_add_int(j, "points", q->n_points);
	json_add(j, "mode", q->mode == MODE_EXAM ? "exam" : "practice");
	json_add(j, "shuffle", shuffles[q->shuffle]);
	json_key(j, "parts");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_parts; i++)
		put_part(j, q, &q->parts[i], p);
	json_close(j, ']');
	json_add_int(j, "asked", (long long)q->n_asked);
	json_key(j, "drawn");
	json_open(j, '[');
	for (size_t i = 0; i < q->n_drawn; i++)
		if (q->drawn[i].question)
			json_strz(j, q->drawn[i].question->id);
	json_close(j, ']');
	json_close(j, '}');
}

/* --- pages -------------------------------------------------------------- */

static const char *
address_of(const struct page_ref *r)
{
	return r ? r->address : NULL;
}

static void
put_headings(struct json *j, const struct doc *doc)
{
	json_key(j, "headings");
	json_open(j, '[');
	for (size_t i = 0; i < doc->n_headings; i++) {
		json_open(j, '{');
		json_add_int(j, "level", doc->headings[i].level);
		json_add(j, "id", doc->headings[i].id);
		json_add(j, "text", doc->headings[i].text);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_page(struct json *j, const struct page *page, const struct html_policy *p)
{
	const struct page_ref *self = page->self;

	json_open(j, '{');
	json_add(j, "kind", kind_name(self->kind));
	json_add(j, "address", self->address);
	json_add(j, "title", self->title);
	json_add(j, "summary", self->summary);
	json_add(j, "lang", page->lang);
	put_strings(j, "tags", page->tags, page->n_tags);
	put_strings(j, "aliases", page->aliases, page->n_aliases);
	json_add(j, "source", page->doc->origin->path);
	json_add(j, "prev", address_of(page->prev));
	json_add(j, "next", address_of(page->next));
	json_add(j, "partner", address_of(self->partner));
	json_key(j, "crumbs");
	json_open(j, '[');
	for (size_t i = 0; i < page->n_crumbs; i++)
		json_strz(j, page->crumbs[i]->address);
	json_close(j, ']');
	put_headings(j, page->doc);
	json_key(j, "content");
	tree_content(j, page->doc->body, p);
	json_key(j, "footnotes");
	json_open(j, '[');
	for (size_t i = 0; i < page->doc->n_footnotes; i++)
		tree_content(j, page->doc->footnotes[i].body, p);
	json_close(j, ']');
	json_key(j, "quizzes");
	json_open(j, '[');
	for (size_t i = 0; i < page->n_quizzes; i++)
		put_quiz(j, page->quizzes[i], p);
	json_close(j, ']');
	json_close(j, '}');
}

/* --- hooks -------------------------------------------------------------- */

static bool
json_begin(struct job *job)
{
	struct state *s = job->state;
	const struct book *b = job->book;

	s->text = g_string_new(NULL);
	struct json j = { s->text, false };
	json_open(&j, '{');
	json_add(&j, "format", "ergen-book");
	json_add_int(&j, "version", FORMAT_VERSION);
	json_add(&j, "generator", "ergen " ERGEN_VERSION);
	json_add_int(&j, "time", b->time);
	put_site(&j, b->site);
	json_key(&j, "map");
	put_map(&j, b->map, b->n_map);
	put_assets(&j, b);
	json_key(&j, "pages");
	json_open(&j, '[');
	g_string_append_c(s->text, '\n');
	return true;
}

static bool
json_render(const struct brief *in, const void *state, struct piece *piece)
{
	const struct page *page = piece->page;
	struct html_policy p = { .markup = MARKUP_HTML,
		.words = in->theme->words,
		.address = tree_address,
		.with_ids = true,
		.with_notes = true,
		.trust = in->site->raw_html == RAW_HTML_ALLOW ? HTML_ALLOW
							      : HTML_SAFE,
		.raw_links = page->doc->raw_links,
		.n_raw_links = page->doc->n_raw_links };
	g_autoptr(GString) text = g_string_new(NULL);
	struct json j = { text, false };

	(void)state;
	put_page(&j, page, &p);
	piece_add(piece)->bytes = arena_take(piece->arena, text);
	return true;
}

static bool
json_emit(struct job *job, const struct piece *piece)
{
	struct state *s = job->state;

	if (s->has_pages)
		g_string_append(s->text, ",\n");
	s->has_pages = true;
	g_string_append_len(s->text, piece->parts[0].bytes.p,
	    (gssize)piece->parts[0].bytes.len);
	return true;
}

static bool
json_finish(struct job *job)
{
	struct state *s = job->state;
	g_autofree char *path = writer_product(job->writer, job->in.site);

	g_string_append(s->text, "\n]}\n");
	return out_file(job->out, path,
	    (struct str){ s->text->str, s->text->len });
}

static void
json_end(struct job *job)
{
	struct state *s = job->state;

	if (s->text)
		g_string_free(s->text, TRUE);
	s->text = NULL;
}

static const struct rendition renditions[QUESTION_KIND_COUNT] = {
	[QUESTION_ONE] = { "all of it", NULL },
	[QUESTION_MANY] = { "all of it", NULL },
	[QUESTION_TRUTH] = { "all of it", NULL },
	[QUESTION_TEXT] = { "all of it", NULL },
	[QUESTION_NUMBER] = { "all of it", NULL },
	[QUESTION_ORDER] = { "all of it", NULL },
	[QUESTION_MATCH] = { "all of it", NULL },
	[QUESTION_MATRIX] = { "all of it", NULL },
	[QUESTION_CLOZE] = { "all of it", NULL },
};

const struct writer writer_json = {
	.name = "json",
	.summary = "the whole book as one JSON document",
	.renditions = renditions,
	.suffix = ".json",
	.order = EMIT_READING,
	.state_size = sizeof(struct state),
	.open = json_begin,
	.render = json_render,
	.emit = json_emit,
	.finish = json_finish,
	.close = json_end,
};
