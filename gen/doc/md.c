#include "doc/md.h"

#include "base/slug.h"
#include "doc/autolink.h"
#include "doc/box.h"
#include "doc/caption.h"
#include "doc/comment.h"
#include "doc/fence.h"
#include "doc/footnote.h"
#include "doc/md_math.h"
#include "doc/scan.h"

#include <cmark-gfm-core-extensions.h>

#include <pthread.h>
#include <stdlib.h>

_Static_assert(sizeof(struct node) <= 40, "nodes are most of our memory");

/* cmark has one table for all threads of the characters that may mean something
 * to inlines, and an extension's own stand in it only while it is at work. So
 * texts with the same such character take turns; others never look at that
 * place of the table. pthreads and not GLib's: ThreadSanitizer understands
 * them. */
static pthread_mutex_t tilde_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t dollar_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t is_registered = PTHREAD_ONCE_INIT;

/* cmark's allocator hook takes no context. Blocks carry their size in front
 * for realloc; nothing is freed before the scratch arena is reset. */
static _Thread_local struct arena *parser_arena;

enum {
	SIZE_HEADER = 8
};

static void *
parser_calloc(size_t n, size_t size)
{
	char *p = arena_alloc(parser_arena, 1, n * size + SIZE_HEADER);

	memcpy(p, &(size_t){ n * size }, sizeof(size_t));
	return p + SIZE_HEADER;
}

static void *
parser_realloc(void *old, size_t size)
{
	char *p = parser_calloc(1, size);
	size_t had = 0;

	if (old) {
		memcpy(&had, (char *)old - SIZE_HEADER, sizeof(had));
		memcpy(p, old, had < size ? had : size);
	}
	return p;
}

static void
parser_free(void *p)
{
	(void)p;
}

static cmark_mem parser_mem = { parser_calloc, parser_realloc, parser_free };

/* Written once, by register_extensions(). */
static cmark_syntax_extension *math_extension;

static void
register_extensions(void)
{
	cmark_gfm_core_extensions_ensure_registered();
	math_extension = math_extension_new(&parser_mem);
}

/* A document on its way from cmark's tree into ours. */
struct copy {
	struct arena *arena;
	struct doc *doc;
	unsigned first_line; /* of the source's body, less one */
	const struct callout_rules *rules;
	GPtrArray *links;
	GArray *headings;
	GArray *footnotes; /* struct footnote */
	struct diag *diag;
	bool is_too_deep;
	bool may_link; /* bare links are possible */
	char hidden; /* stands for a "^" that is kept from cmark; 0: none */
	unsigned n_around; /* links and images around this node */
};

static void copy_children(struct copy *c, cmark_node *from, struct node *to,
    unsigned depth);

/* cmark takes "[^" and the next "]" for a reference to a footnote. If there is
 * no such footnote it puts the text back, and counts its length in columns, so
 * that over several lines most of it is lost. No label goes on in the next
 * line: a "^" without a "]" behind it in its line is hidden. */
static struct str
hide_open_marks(struct copy *c, struct str body, struct arena *a)
{
	struct str rest = body;
	char *copy = NULL;

	/* A control character that the text does not use. */
	c->hidden = 1;
	while (c->hidden < 9 && str_find(body, c->hidden) < body.len)
		c->hidden++;
	if (c->hidden == 9) {
		c->hidden = 0;
		return body;
	}

	while (rest.len) {
		const struct str line = str_line(&rest);
		const char *last = line.len ? memrchr(line.p, ']', line.len)
					    : NULL;
		for (size_t i = last ? (size_t)(last - line.p) : 0;
		     i < line.len; i++) {
			i += str_find(str_from(line, i), '^');
			if (i == 0 || i == line.len || line.p[i - 1] != '[')
				continue;
			if (!copy)
				copy = arena_str(a, body);
			copy[(size_t)(line.p - body.p) + i] = c->hidden;
		}
	}
	return copy ? (struct str){ copy, body.len } : body;
}

/* Brings back what was hidden. And cmark writes a reference to U+FFFE or
 * U+FFFF, such as "&#xFFFE;", as one byte that is no UTF-8; neither is a
 * character, so it goes. Returns the length. */
static size_t
mend(const struct copy *c, char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0xfe)
			text[n++] = text[i] == c->hidden ? '^' : text[i];
	text[n] = '\0';
	return n;
}

static struct str
keep_str(struct copy *c, struct str text)
{
	char *kept = arena_str(c->arena, text);

	return (struct str){ kept, mend(c, kept, text.len) };
}

/* Into the arena. */
static char *
keep(struct copy *c, const char *text)
{
	return (char *)(uintptr_t)keep_str(c, str_of(text)).p;
}

static struct str
literal(struct copy *c, cmark_node *from, const struct node *n)
{
	struct str s = str_of(cmark_node_get_literal(from));
	const struct doc *doc = c->doc;

	/* Most text stands in the source as it is: borrow it there. */
	if (n->line && n->line <= doc->n_lines && n->col) {
		struct str rest = str_from(doc->origin->text,
		    doc->line_starts[n->line - 1] + (size_t)n->col - 1);
		if (rest.len >= s.len && memcmp(rest.p, s.p, s.len) == 0)
			return str_upto(rest, s.len);
	}
	return keep_str(c, s);
}

/* "<!--" in text that stands in the source like this, without a backslash: a
 * comment that nothing closes. */
static void
check_unclosed(struct copy *c, const struct node *n, struct str text)
{
	/* A single character is found many times as fast. */
	const char *at = text.len && memchr(text.p, '<', text.len)
	    ? g_strstr_len(text.p, (gssize)text.len, "<!--")
	    : NULL;
	if (!at)
		return;
	struct loc loc = node_loc(c->doc->origin, n);
	const struct str src = c->doc->origin->text;

	/* What does not stand in the source as it is was escaped there. */
	if (at < src.p || at >= src.p + src.len ||
	    (at > src.p && at[-1] == '\\'))
		return;
	if (loc.col)
		loc.col += (unsigned)(at - text.p);
	diag_at(c->diag, DIAG_COMMENT_UNCLOSED, loc, NULL);
	diag_help(c->diag, "close it with -->, or write \\<!--");
}

/* cmark splits text at every character that might mean something. */
static cmark_node *
copy_text(struct copy *c, cmark_node *from, struct node *n)
{
	size_t len = 0, n_runs = 0;
	cmark_node *end = from;

	for (; end && cmark_node_get_type(end) == CMARK_NODE_TEXT;
	     end = cmark_node_next(end)) {
		len += strlen(cmark_node_get_literal(end));
		n_runs++;
	}
	n->text = literal(c, from, n);
	if (n_runs == 1) {
		check_unclosed(c, n, n->text);
		return end;
	}
	/* Runs that follow each other in the source need no copy either. */
	struct str whole = { n->text.p, len };
	const struct str src = c->doc->origin->text;
	bool is_borrowed = n->text.p >= src.p && n->text.p < src.p + src.len &&
	    (size_t)(src.p + src.len - n->text.p) >= len;
	size_t at = 0;
	for (cmark_node *t = from; is_borrowed && t != end;
	     t = cmark_node_next(t)) {
		struct str s = str_of(cmark_node_get_literal(t));
		is_borrowed = memcmp(whole.p + at, s.p, s.len) == 0;
		at += s.len;
	}
	if (is_borrowed) {
		check_unclosed(c, n, whole);
	} else {
		char *p = arena_bytes(c->arena, len + 1);
		at = 0;
		for (cmark_node *t = from; t != end; t = cmark_node_next(t)) {
			struct str s = str_of(cmark_node_get_literal(t));
			memcpy(p + at, s.p, s.len);
			at += s.len;
		}
		whole = (struct str){ p, mend(c, p, len) };
	}
	n->text = whole;
	return end;
}

static void
copy_link(struct copy *c, cmark_node *from, struct node *n, unsigned depth)
{
	const char *title = cmark_node_get_title(from);
	bool is_image = cmark_node_get_type(from) == CMARK_NODE_IMAGE;

	n->kind = is_image ? NODE_IMAGE : NODE_LINK;
	n->link = arena_obj(c->arena, struct link);
	n->link->url = keep(c, cmark_node_get_url(from));
	n->link->title = title && title[0] ? keep(c, title) : NULL;
	n->link->is_image = is_image;
	n->link->at = node_loc(c->doc->origin, n);
	g_ptr_array_add(c->links, n->link);
	c->n_around++;
	copy_children(c, from, n, depth);
	c->n_around--;
}

static void
copy_item(struct copy *c, cmark_node *from, struct node *n, unsigned depth)
{
	bool is_stripped = strcmp(cmark_node_get_type_string(from),
			       "tasklist") == 0;

	n->kind = NODE_ITEM;
	n->item.box = (uint8_t)box_read(c->doc, n);
	copy_children(c, from, n, depth);
	if (n->item.box != BOX_NONE && !is_stripped)
		box_strip(n);
}

static void
copy_table(struct copy *c, cmark_node *from, struct node *n, unsigned depth)
{
	unsigned cols = cmark_gfm_extensions_get_table_columns(from);
	const uint8_t *align = cmark_gfm_extensions_get_table_alignments(from);

	n->kind = NODE_TABLE;
	n->table.n_cols = cols;
	copy_children(c, from, n, depth);
	for (struct node *row = n->child; row; row = row->next) {
		unsigned i = 0;
		for (struct node *cell = row->child; cell && i < cols;
		     cell = cell->next, i++) {
			cell->cell.is_head = row == n->child;
			cell->cell.align = align[i] == 'l' ? ALIGN_LEFT
			    : align[i] == 'c'              ? ALIGN_CENTER
			    : align[i] == 'r'              ? ALIGN_RIGHT
							   : ALIGN_NONE;
		}
	}
}

/* Nodes of extensions have types that are only known at run time. */
static bool
copy_extension(struct copy *c, cmark_node *from, struct node *n, unsigned depth)
{
	const char *type = cmark_node_get_type_string(from);

	if (strcmp(type, "table") == 0) {
		copy_table(c, from, n, depth);
		return true;
	}
	if (strcmp(type, "table_row") == 0 || strcmp(type, "table_header") == 0)
		n->kind = NODE_ROW;
	else if (strcmp(type, "table_cell") == 0)
		n->kind = NODE_CELL;
	else if (strcmp(type, "strikethrough") == 0)
		n->kind = NODE_STRIKE;
	else
		return false;
	copy_children(c, from, n, depth);
	return true;
}

static void
copy_heading(struct copy *c, cmark_node *from, struct node *n, unsigned depth)
{
	struct str line = str_from(doc_line(c->doc, n->line),
	    n->col ? n->col - 1 : 0);

	n->kind = NODE_HEADING;
	n->heading.level = (uint8_t)cmark_node_get_heading_level(from);
	n->heading.is_setext = !str_starts(str_trim(line), "#");
	copy_children(c, from, n, depth);
	g_array_append_val(c->headings, ((struct heading){ .node = n }));
}

static bool
copy_html(struct copy *c, cmark_node *from, struct node *n, bool is_block)
{
	struct str text = str_of(cmark_node_get_literal(from));

	if (str_starts(str_trim(text), "<!--")) {
		text = keep_str(c, text);
		if (!is_block) {
			comment_check_inline(text, node_loc(c->doc->origin, n),
			    c->diag);
			return false;
		}
		n->comment = comment_parse(text, node_loc(c->doc->origin, n),
		    c->arena, c->diag);
		n->kind = NODE_COMMENT;
		return n->comment != NULL;
	}
	c->doc->has_raw_html = true;
	n->kind = is_block ? NODE_HTML_BLOCK : NODE_HTML_INLINE;
	n->text = literal(c, from, n);
	return true;
}

static void
copy_footnote(struct copy *c, cmark_node *from, const struct node *n,
    unsigned depth)
{
	/* Outside of the tree, so n itself will be used again. */
	struct node *own = node_new(c->arena, NODE_FOOTNOTE, n);
	struct footnote f = { own, NULL, c->footnotes->len + 1, false };

	g_array_append_val(c->footnotes, f);
	copy_children(c, from, own, depth);
}

/* A fence without end, which makes code of what follows. One that nothing
 * follows does no harm: mostly its beginning stands behind a box. */
static void
check_fence(struct copy *c, cmark_node *from, const struct node *n)
{
	unsigned end = (unsigned)cmark_node_get_end_line(from) + c->first_line;
	int length, offset;
	char mark;

	if (!cmark_node_get_fenced(from, &length, &offset, &mark) ||
	    str_trim(n->code->text).len == 0 ||
	    (end > n->line &&
		fence_closes(doc_line(c->doc, end), mark, (size_t)length)))
		return;
	diag_at(c->diag, DIAG_CODE_UNCLOSED, node_loc(c->doc->origin, n), NULL);
	diag_help(c->diag, "end it with a line of %d %s", length,
	    mark == '`' ? "backticks" : "tildes");
}

/* Fenced and not indented, its text stands below the fence as it is. */
static void
copy_code(struct copy *c, cmark_node *from, struct node *n)
{
	struct str text = str_of(cmark_node_get_literal(from));
	const struct doc *doc = c->doc;
	struct str rest = { "", 0 };

	n->kind = NODE_CODE_BLOCK;
	n->code = arena_obj(c->arena, struct code_block);
	n->code->info = keep(c, cmark_node_get_fence_info(from));
	if (n->line < doc->n_lines)
		rest = str_from(doc->origin->text, doc->line_starts[n->line]);
	bool is_borrowed = rest.len >= text.len &&
	    memcmp(rest.p, text.p, text.len) == 0;
	n->code->text = is_borrowed ? str_upto(rest, text.len)
				    : keep_str(c, text);
	check_fence(c, from, n);
}

static void
copy_math(struct copy *c, cmark_node *from, struct node *n)
{
	struct str tex = str_trim(str_of(cmark_node_get_literal(from)));
	bool is_display = math_form_of(from) == MATH_DOLLARS;

	n->kind = is_display ? NODE_MATH_DISPLAY : NODE_MATH;
	c->doc->has_math = true;
	n->text = keep_str(c, tex);
}

static void
copy_code_span(struct copy *c, cmark_node *from, struct node *n)
{
	if (math_form_of(from) != MATH_NONE) {
		copy_math(c, from, n);
		return;
	}
	n->kind = NODE_CODE;
	n->text = literal(c, from, n);
}

/* A fence with the word "math" is a paragraph that holds a formula. */
static void
copy_fence(struct copy *c, cmark_node *from, struct node *n)
{
	copy_code(c, from, n);
	if (strcmp(n->code->info, "math") != 0)
		return;
	struct str tex = str_trim(n->code->text);
	n->kind = NODE_PARAGRAPH;
	n->child = node_new(c->arena, NODE_MATH_DISPLAY, n);
	n->child->text = tex;
	c->doc->has_math = true;
}

static void
copy_list(struct copy *c, cmark_node *from, struct node *n, unsigned depth)
{
	n->kind = NODE_LIST;
	n->list.is_ordered = cmark_node_get_list_type(from) ==
	    CMARK_ORDERED_LIST;
	n->list.start = cmark_node_get_list_start(from);
	n->list.is_tight = cmark_node_get_list_tight(from);
	copy_children(c, from, n, depth);
}

/* Fills n from one node of cmark. False: it is no part of our tree. */
static bool
copy_node(struct copy *c, cmark_node *from, struct node *n, unsigned depth)
{
	switch (cmark_node_get_type(from)) {
	case CMARK_NODE_PARAGRAPH: n->kind = NODE_PARAGRAPH; break;
	case CMARK_NODE_HEADING: copy_heading(c, from, n, depth); return true;
	case CMARK_NODE_BLOCK_QUOTE:
		n->kind = NODE_QUOTE;
		copy_children(c, from, n, depth);
		callout_recognise(n, depth == 1, c->doc->origin, c->rules,
		    c->arena, c->diag);
		return true;
	case CMARK_NODE_LIST: copy_list(c, from, n, depth); return true;
	case CMARK_NODE_ITEM: copy_item(c, from, n, depth); return true;
	case CMARK_NODE_CODE_BLOCK: copy_fence(c, from, n); return true;
	case CMARK_NODE_HTML_BLOCK: return copy_html(c, from, n, true);
	case CMARK_NODE_HTML_INLINE: return copy_html(c, from, n, false);
	case CMARK_NODE_THEMATIC_BREAK: n->kind = NODE_RULE; return true;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		copy_footnote(c, from, n, depth);
		return false;
	case CMARK_NODE_SOFTBREAK: n->kind = NODE_SOFTBREAK; return true;
	case CMARK_NODE_LINEBREAK: n->kind = NODE_LINEBREAK; return true;
	case CMARK_NODE_CODE: copy_code_span(c, from, n); return true;
	case CMARK_NODE_EMPH: n->kind = NODE_EMPH; break;
	case CMARK_NODE_STRONG: n->kind = NODE_STRONG; break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE: copy_link(c, from, n, depth); return true;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		n->kind = NODE_FOOTNOTE_REF;
		/* The number now, the definition when all are known. */
		n->text = literal(c, from, n);
		return true;
	default: return copy_extension(c, from, n, depth);
	}
	copy_children(c, from, n, depth);
	return true;
}

static void
place(const struct copy *c, cmark_node *from, struct node *n,
    const struct node *parent)
{
	int line = cmark_node_get_start_line(from);
	int col = cmark_node_get_start_column(from);

	if (line > 0) {
		n->line = (unsigned)line + c->first_line;
		n->col = col > 0 ? (unsigned)col & 0xffffff : 0;
	} else {
		n->line = parent->line;
		n->col = parent->col;
	}
}

static void
copy_children(struct copy *c, cmark_node *from, struct node *to, unsigned depth)
{
	struct node **tail = &to->child;
	cmark_node *k = cmark_node_first_child(from), *next;

	if (depth > SCAN_NESTING_MOST && k) {
		if (!c->is_too_deep)
			diag_at(c->diag, DIAG_SOURCE_NESTING,
			    node_loc(c->doc->origin, to), "%d are allowed",
			    SCAN_NESTING_MOST);
		c->is_too_deep = true;
		return;
	}
	struct node blank = { 0 }, *n = NULL;
	for (; k; k = next) {
		next = cmark_node_next(k);
		if (!n)
			n = arena_obj(c->arena, struct node);
		else
			*n = blank;
		place(c, k, n, to);
		if (cmark_node_get_type(k) == CMARK_NODE_TEXT) {
			n->kind = NODE_TEXT;
			next = copy_text(c, k, n);
		} else if (!copy_node(c, k, n, depth + 1)) {
			continue;
		}
		*tail = n;
		if (n->kind == NODE_TEXT && c->may_link && c->n_around == 0)
			n = autolink_split(n, c->doc->origin, c->links,
			    c->arena);
		tail = &n->next;
		n = NULL;
	}
}

/* Where every line of the source begins; the body's first line begins at
 * offset, behind a byte order mark. */
static void
find_lines(struct doc *doc, size_t offset, unsigned first_line, struct arena *a)
{
	struct str text = doc->origin->text, rest = text;
	g_autoptr(GArray) starts = g_array_sized_new(FALSE, FALSE,
	    sizeof(unsigned), (guint)(text.len / 40 + 16));

	while (rest.len) {
		unsigned start = (unsigned)(rest.p - text.p);
		g_array_append_val(starts, start);
		str_line(&rest);
	}
	size_t n = starts->len;
	unsigned *at = arena_array_of(a, starts);
	doc->n_lines = n;
	doc->line_starts = at;
	if (first_line <= n)
		at[first_line - 1] = (unsigned)offset;
}

/* A heading's id is GitHub's anchor: the slug, then slug-1, slug-2 … */
static void
number_headings(struct copy *c)
{
	/* Ids that are taken, each with the last number tried behind it. */
	g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < c->headings->len; i++) {
		struct heading *h = &g_array_index(c->headings, struct heading,
		    i);
		/* The tree is still being built: it may be written to. */
		struct node *n = (struct node *)(uintptr_t)h->node;
		g_string_truncate(text, 0);
		node_text(text, n);
		struct str t = str_trim((struct str){ text->str, text->len });
		h->text = arena_str(c->arena, t);
		h->level = n->heading.level;
		char *slug = slug_heading(c->arena, t), *id = slug;
		unsigned count = GPOINTER_TO_UINT(
		    g_hash_table_lookup(taken, slug));
		while (g_hash_table_contains(taken, id))
			id = arena_printf(c->arena, "%s-%u", slug, ++count);
		g_hash_table_insert(taken, id, GUINT_TO_POINTER(0));
		if (id != slug)
			g_hash_table_insert(taken, slug,
			    GUINT_TO_POINTER(count));
		h->id = n->heading.id = id;
	}
	c->doc->headings = arena_array_of(c->arena, c->headings);
	c->doc->n_headings = c->headings->len;
}

/* References were copied with cmark's number k: the k-th definition. */
static void
resolve_footnotes(struct footnote *notes, size_t n_notes, struct node *parent)
{
	for (struct node *n = parent->child; n; n = n->next) {
		if (n->kind != NODE_FOOTNOTE_REF) {
			resolve_footnotes(notes, n_notes, n);
			continue;
		}
		unsigned long k = strtoul(n->text.p, NULL, 10);
		if (k < 1 || k > n_notes) {
			n->kind = NODE_TEXT;
			n->text = STR_LIT("");
			continue;
		}
		n->footnote = &notes[k - 1];
		if (!notes[k - 1].first)
			notes[k - 1].first = n;
	}
}

static void
finish(struct copy *c)
{
	struct doc *doc = c->doc;

	number_headings(c);
	captions_take(doc->body);
	doc->n_links = c->links->len;
	doc->links = arena_array(c->arena, c->links->len, struct link *);
	if (c->links->len)
		memcpy(doc->links, c->links->pdata,
		    c->links->len * sizeof(struct link *));
	struct footnote *notes = arena_array_of(c->arena, c->footnotes);
	doc->footnotes = notes;
	doc->n_footnotes = c->footnotes->len;
	if (doc->n_footnotes == 0)
		return;
	resolve_footnotes(notes, doc->n_footnotes, doc->body);
	for (size_t i = 0; i < doc->n_footnotes; i++)
		resolve_footnotes(notes, doc->n_footnotes,
		    /* Ours until the document is handed out. */
		    (struct node *)(uintptr_t)notes[i].body);
}

static cmark_syntax_extension *
extension(const char *name)
{
	return cmark_find_syntax_extension(name);
}

static void
parse(struct copy *c, struct str body, struct node *to)
{
	/* What cannot be in the text need not be looked for. One alone delimits
	 * nothing, but cmark looks it up in the table too, and emphasis beside
	 * a "~" depends on what it finds. */
	const bool has_tilde = str_find(body, '~') < body.len;
	const bool has_dollar = str_find(body, '$') < body.len;
	const bool has_notes = str_find(body, '^') < body.len;
	const bool has_tables = str_find(body, '|') < body.len;

	pthread_once(&is_registered, register_extensions);
	math_begin();
	/* SOURCEPOS: what follows a tag or code of two lines has its place. */
	cmark_parser *p = cmark_parser_new_with_mem(CMARK_OPT_SOURCEPOS |
		(has_notes ? CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT),
	    &parser_mem);
	if (has_tables)
		cmark_parser_attach_syntax_extension(p, extension("table"));
	cmark_parser_attach_syntax_extension(p, extension("tasklist"));
	if (has_tilde)
		cmark_parser_attach_syntax_extension(p,
		    extension("strikethrough"));
	if (has_dollar)
		cmark_parser_attach_syntax_extension(p, math_extension);
	const struct str text = has_notes
	    ? hide_open_marks(c, body, parser_arena)
	    : body;
	cmark_parser_feed(p, text.p, text.len); /* blocks */
	if (has_tilde)
		pthread_mutex_lock(&tilde_lock);
	if (has_dollar)
		pthread_mutex_lock(&dollar_lock);
	cmark_node *root = cmark_parser_finish(p); /* inlines */
	if (has_dollar)
		pthread_mutex_unlock(&dollar_lock);
	if (has_tilde)
		pthread_mutex_unlock(&tilde_lock);
	c->may_link = str_has(body, "://", 0) || str_has(body, "www.", 3);
	/* Parser and tree go with the scratch arena. */
	copy_children(c, root, to, 0);
}

struct doc *
md_parse(const struct origin *in, size_t offset, unsigned first_line,
    const struct callout_rules *rules, struct arena *a, struct arena *scratch,
    struct diag *d)
{
	struct doc *doc = arena_obj(a, struct doc);
	struct node at = { .line = first_line, .col = 1 };
	struct copy c = { .arena = a,
		.doc = doc,
		.first_line = first_line - 1,
		.rules = rules,
		.diag = d };
	struct str body = str_from(in->text, offset);

	doc->origin = in;
	doc->body = node_new(a, NODE_DOC, &at);
	doc->is_refused = !scan_text(in, body, first_line, d);
	if (doc->is_refused)
		return doc;
	find_lines(doc, offset, first_line, a);
	c.links = g_ptr_array_new();
	c.headings = g_array_new(FALSE, FALSE, sizeof(struct heading));
	c.footnotes = g_array_new(FALSE, FALSE, sizeof(struct footnote));
	parser_arena = scratch;
	parse(&c, body, doc->body);
	finish(&c);
	footnotes_check(doc, first_line, d);
	parser_arena = NULL;
	arena_reset(scratch);
	g_ptr_array_free(c.links, TRUE);
	g_array_free(c.headings, TRUE);
	g_array_free(c.footnotes, TRUE);
	return doc;
}
