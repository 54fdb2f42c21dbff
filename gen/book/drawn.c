/* What programs make of a book's text: MathML of TeX, pictures of code. */
#include "book/source.h"
#include "port/html.h"
#include "port/math.h"
#include "port/proc.h"

enum {
	BLOCK_SECONDS = 20,
	BLOCK_MOST = 2 * 1024 * 1024, /* bytes of what a program answers */
	WORDS_MOST = 2000 /* bytes of what it says about its failure */
};

struct found {
	const struct source *source;
	struct node *node;
};

struct drawing_all {
	struct making *m;
	struct diag *diag;
	const struct source *source; /* the one at work */
	GArray *formulas, *blocks; /* struct found */
	GHashTable *done; /* struct answer * by command and text */
};

void
source_each_tree(const struct source *s, question_tree *f, void *ctx)
{
	f(s->doc->body, false, ctx);
	if (s->doc->title)
		f(s->doc->title, false, ctx);
	for (size_t i = 0; i < s->doc->n_footnotes; i++)
		f(s->doc->footnotes[i].body, false, ctx);
	for (size_t i = 0; i < s->n_quizzes; i++) {
		const struct quiz *q = s->quizzes[i];
		for (size_t k = 0; k < q->n_parts; k++)
			if (q->parts[k].text)
				f(q->parts[k].text, false, ctx);
		for (size_t k = 0; k < q->n_questions; k++)
			question_each_tree(&q->questions[k], f, ctx);
	}
}

static struct str
language_of(const struct node *n)
{
	return str_upto(str_of(n->code->info), strcspn(n->code->info, " \t,{"));
}

static const struct block_command *
command_for(const struct site *site, const struct node *n)
{
	for (size_t i = 0; i < site->n_blocks; i++)
		if (str_is(language_of(n), site->blocks[i].lang))
			return &site->blocks[i];
	return NULL;
}

static void
find(const struct node *tree, bool is_answer, void *ctx)
{
	struct drawing_all *k = ctx;

	node_each(n, tree) {
		/* Still ours to write to: phase 4. */
		struct found f = { k->source, (struct node *)(uintptr_t)n };
		if (n->kind == NODE_TABLE && n->table.caption)
			find(n->table.caption, is_answer, ctx);
		if (n->kind == NODE_MATH || n->kind == NODE_MATH_DISPLAY)
			g_array_append_val(k->formulas, f);
		else if (n->kind == NODE_CODE_BLOCK &&
		    command_for(k->m->book.site, n))
			g_array_append_val(k->blocks, f);
		else
			find(n, is_answer, ctx);
	}
}

static struct loc
loc_of(const struct found *f)
{
	return node_loc(&f->source->origin, f->node);
}

/* --- formulas ----------------------------------------------------------- */

static void
take_formula(struct drawing_all *k, const struct found *f,
    const struct math_result *r)
{
	if (r->error) {
		diag_at(k->diag, DIAG_MATH_BAD, loc_of(f), "%.*s",
		    STR_ARG(str_upto(f->node->text, 60)));
		diag_help(k->diag, "%s", r->error);
		return;
	}
	struct node *html = node_new(k->m->arena, NODE_HTML_INLINE, f->node);
	html->text = (struct str){ arena_str(k->m->arena, r->mathml),
		r->mathml.len };
	f->node->child = html;
}

static void
typeset(struct drawing_all *k)
{
	size_t n = k->formulas->len;
	const struct found *all = (const struct found *)(void *)
				      k->formulas->data;
	struct arena *a = arena_new();
	const char *program = k->m->runs_programs ? math_program(a) : NULL;
	struct math_formula *formulas = arena_array(a, n, struct math_formula);
	struct math_result *results = arena_array(a, n, struct math_result);

	for (size_t i = 0; i < n; i++)
		formulas[i] = (struct math_formula){ all[i].node->text,
			all[i].node->kind == NODE_MATH_DISPLAY };
	if (n && program) {
		(void)math_convert(program, formulas, results, n, a);
		for (size_t i = 0; i < n; i++)
			take_formula(k, &all[i], &results[i]);
	} else if (n) {
		diag_at(k->diag, DIAG_MATH_PLAIN, loc_of(&all[0]), NULL);
		diag_help(k->diag, "%s",
		    k->m->runs_programs
			? "install blahtexml to have them typeset on website and in the book"
			: "--no-exec");
	}
	arena_free(a);
}

/* --- blocks ------------------------------------------------------------- */

static void
report_failure(struct drawing_all *k, const struct found *f,
    const struct block_command *c, const struct proc_result *r)
{
	struct str words = str_trim(r->err);
	const char *program = c->argv[0];

	switch (r->end) {
	case PROC_TIMEOUT:
		diag_at(k->diag, DIAG_BLOCK_FAILED, loc_of(f),
		    "%s took more than %d seconds", program, BLOCK_SECONDS);
		break;
	case PROC_FLOOD:
		diag_at(k->diag, DIAG_BLOCK_FAILED, loc_of(f),
		    "%s wrote more than %d bytes", program, BLOCK_MOST);
		break;
	case PROC_MISSING:
	case PROC_MACHINE:
		diag_at(k->diag, DIAG_BLOCK_FAILED, loc_of(f), "%s: %s",
		    program, g_strerror(r->error));
		break;
	case PROC_SIGNALLED:
		diag_at(k->diag, DIAG_BLOCK_FAILED, loc_of(f),
		    "%s: killed by signal %d", program, r->status);
		break;
	case PROC_FAILED:
	case PROC_OK:
		diag_at(k->diag, DIAG_BLOCK_FAILED, loc_of(f),
		    r->end == PROC_OK ? "%s wrote nothing to be shown"
				      : "%s: exit status %d",
		    program, r->status);
		break;
	}
	if (words.len)
		diag_help(k->diag, "%.*s", STR_ARG(words));
}

static bool
is_text(struct str s)
{
	return g_utf8_validate_len(s.p, s.len, NULL) && str_trim(s).len > 0;
}

/* From the root element on: what stands before it is of no use in a page. */
static struct str
without_prolog(struct str s)
{
	const char *svg = g_strstr_len(s.p, (gssize)s.len, "<svg");

	s = str_trim(s);
	if (svg && (str_starts(s, "<?xml") || str_starts(s, "<!")))
		return (struct str){ svg, s.len - (size_t)(svg - s.p) };
	return s;
}

/* What the program answered, or an empty text once its failure is reported. */
static struct str
run_block(struct drawing_all *k, const struct found *f,
    const struct block_command *c)
{
	struct arena *a = arena_new();
	struct proc p = { .argv = c->argv,
		.dir = k->m->root,
		.env = proc_env(a),
		.input = f->node->code->text,
		.seconds = BLOCK_SECONDS,
		.output_most = BLOCK_MOST,
		.error_most = WORDS_MOST };
	struct proc_result r = { 0 };
	struct html_clean how = { .trust = HTML_SAFE };
	g_autoptr(GString) clean = g_string_new(NULL);

	proc_run(&p, a, &r);
	struct str answer = { "", 0 };
	if (r.end == PROC_OK && is_text(r.out)) {
		answer = without_prolog(r.out);
		html_clean(clean, answer, &how);
	}
	if (str_trim((struct str){ clean->str, clean->len }).len == 0) {
		report_failure(k, f, c, &r);
		answer = STR_LIT("");
	}
	answer = (struct str){ arena_str(k->m->arena, answer), answer.len };
	arena_free(a);
	return answer;
}

struct answer {
	struct str text;
	unsigned n_shown;
};

static void
refused(const char *name, size_t at, void *ctx)
{
	GString *names = ctx;
	g_autofree char *word = g_strconcat(" ", name, " ", NULL);

	(void)at;
	if (!strstr(names->str, word))
		g_string_append(names, *names->str ? word + 1 : word);
}

/* Each time that it is shown, the answer has ids of its own: two drawings of
 * a tool often have the same. They depend on nothing but the block and those
 * before it that are equal, so that no other page or card changes with them. */
static struct str
clean_answer(struct drawing_all *k, const struct found *f, const char *key,
    struct answer *answer)
{
	g_autoptr(GString) clean = g_string_new(NULL);
	g_autoptr(GString) names = g_string_new(NULL);
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256,
	    key, -1);
	g_autofree char *ids = g_strdup_printf(DRAWN_IDS "%.8s-%u-", hash,
	    ++answer->n_shown);
	struct html_clean how = { .trust = HTML_SAFE,
		.as_xml = true,
		.ids = ids,
		.refused = refused,
		.ctx = names };

	html_clean(clean, answer->text, &how);
	if (names->len && answer->n_shown == 1) {
		diag_at(k->diag, DIAG_BLOCK_REFUSED, loc_of(f), "%s",
		    g_strstrip(names->str));
		diag_help(k->diag,
		    "it is left out, as from raw HTML with 'raw_html: safe'");
	}
	return arena_take(k->m->arena, clean);
}

static void
draw_block(struct drawing_all *k, const struct found *f)
{
	const struct block_command *c = command_for(k->m->book.site, f->node);
	struct code_block *code = f->node->code;
	g_autofree char *key = g_strdup_printf("%s\n%.*s", c->lang,
	    STR_ARG(code->text));
	struct answer *answer = g_hash_table_lookup(k->done, key);

	if (!answer) {
		answer = arena_obj(k->m->arena, struct answer);
		answer->text = run_block(k, f, c);
		g_hash_table_insert(k->done, g_strdup(key), answer);
	}
	if (!answer->text.len)
		return;
	code->drawn = clean_answer(k, f, key, answer);
	f->source->doc->has_drawn = true;
}

void
drawn_make(struct making *m, struct diag *d)
{
	struct drawing_all k = { .m = m, .diag = d };

	k.formulas = g_array_new(FALSE, FALSE, sizeof(struct found));
	k.blocks = g_array_new(FALSE, FALSE, sizeof(struct found));
	k.done = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (size_t i = 0; i < m->page_sources->len; i++) {
		k.source = m->page_sources->pdata[i];
		if (k.source->doc->has_math || m->book.site->n_blocks)
			source_each_tree(k.source, find, &k);
	}
	typeset(&k);
	for (size_t i = 0; i < k.blocks->len; i++) {
		const struct found *f = &g_array_index(k.blocks, struct found,
		    i);
		if (m->runs_programs)
			draw_block(&k, f);
		else
			diag_at(d, DIAG_BLOCK_NOT_RUN, loc_of(f), "%s",
			    f->node->code->info);
	}
	g_array_free(k.formulas, TRUE);
	g_array_free(k.blocks, TRUE);
	g_hash_table_destroy(k.done);
}
