/* What the files of this folder share. */
#ifndef ERGEN_PLUGIN_OWN_H
#define ERGEN_PLUGIN_OWN_H

#include "write/plugin/ergen-writer.h"
#include "write/plugin/plugin.h"

struct plugin {
	const struct output *output;
	struct ergen_writer own; /* what it does not know is zero */
	const struct writer_option *options; /* up to a NULL key */
	const char *const *values; /* of them; NULL: none */
};

/* One call of one of its hooks; belongs to one thread. */
struct ergen_call {
	const struct plugin *plugin;
	const struct brief *in;
	const char *hook; /* its name */
	struct job *job; /* NULL: it must not write files */
	struct diag *diag;
	struct arena *texts; /* what services return */
	struct arena *kept; /* what alloc() and sink() give */
	GPtrArray *sinks; /* of GString: freed when `kept` is */
	bool has_failed; /* and has said why */
};

struct ergen_sink {
	GString *text;
};

/* load.c: fills p->own and the rest of w, whose name is known. */
bool plugin_load(struct plugin *p, struct writer *w, const char *dir,
    struct arena *a, struct diag *d);

/* host.c: the table of services, and those that write. */
extern const struct ergen_host plugin_host;
GPtrArray *plugin_sinks_new(void);
struct ergen_sink *plugin_sink(struct ergen_call *c);

/* What a service that returns text makes. */
struct ergen_str plugin_str(const char *z); /* NULL: there is none */
struct ergen_str plugin_take(struct ergen_call *c, GString *text);
/* A tree without markup, and as HTML; doc: where it stands. Nothing for
 * NULL. */
struct ergen_str plugin_plain(struct ergen_call *c, const struct node *tree);
struct ergen_str plugin_html(struct ergen_call *c, const struct node *tree,
    const struct doc *doc, bool is_phrase);

/* What a handle is. */
static inline const struct page *
plugin_page(const struct ergen_page *handle)
{
	return (const struct page *)handle;
}

static inline const struct question *
plugin_question(const struct ergen_question *handle)
{
	return (const struct question *)handle;
}

/* The services that look at things, as ergen-writer.h tells of them. */
/* look_book.c */
struct ergen_str look_site_text(struct ergen_call *c, uint32_t what);
int64_t look_book_number(const struct ergen_book *book, uint32_t what);
struct ergen_str
look_book_json(struct ergen_call *c, const struct ergen_book *book);
size_t look_n_assets(const struct ergen_book *book);
const struct ergen_asset *look_asset(const struct ergen_book *book, size_t i);
const struct ergen_asset *
look_find_asset(const struct ergen_book *book, const char *path);
struct ergen_str look_asset_text(struct ergen_call *c,
    const struct ergen_asset *asset, uint32_t what);
int64_t look_asset_number(const struct ergen_asset *asset, uint32_t what);
size_t look_n_pages(const struct ergen_book *book);
const struct ergen_page *look_page(const struct ergen_book *book, size_t i);
struct ergen_str look_page_text(struct ergen_call *c,
    const struct ergen_page *page, uint32_t what);
const struct ergen_node *look_page_body(const struct ergen_page *page);
size_t look_n_footnotes(const struct ergen_page *page);
const struct ergen_node *look_footnote(const struct ergen_page *page, size_t i);
size_t look_n_quizzes(const struct ergen_page *page);
const struct ergen_quiz *look_quiz(const struct ergen_page *page, size_t i);
/* look_node.c */
const struct ergen_node *look_node_child(const struct ergen_node *node);
const struct ergen_node *look_node_next(const struct ergen_node *node);
struct ergen_str look_node_text(struct ergen_call *c,
    const struct ergen_node *node, uint32_t what);
int64_t look_node_number(const struct ergen_node *node, uint32_t what);
const struct ergen_asset *look_node_asset(const struct ergen_node *node);
/* look_quiz.c */
struct ergen_str look_quiz_text(struct ergen_call *c,
    const struct ergen_quiz *quiz, uint32_t what);
int64_t look_quiz_number(const struct ergen_quiz *quiz, uint32_t what);
size_t look_n_questions(const struct ergen_quiz *quiz);
const struct ergen_question *
look_question(const struct ergen_quiz *quiz, size_t i);
struct ergen_str look_question_text(struct ergen_call *c,
    const struct ergen_question *question, uint32_t what);
int64_t
look_question_number(const struct ergen_question *question, uint32_t what);
const struct ergen_node *
look_question_tree(const struct ergen_question *question, uint32_t what);
size_t look_n_options(const struct ergen_question *question);
struct ergen_str look_option_text(struct ergen_call *c,
    const struct ergen_question *question, size_t i, uint32_t what);
bool look_option_is_correct(const struct ergen_question *question, size_t i);

#endif
