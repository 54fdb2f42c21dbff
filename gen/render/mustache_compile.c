/* From the source of a template to its array of tags. */
#include "render/mustache_tags.h"

enum {
	NO_TAG = -1
};

/* A tag as it stands in the source. */
struct token {
	char sigil; /* 0 for {{x}} */
	struct str name; /* without sigil, '*' and white space around it */
	bool is_dynamic;
	size_t line, start, end; /* offsets; line is where its line begins */
	bool is_first; /* only blanks stand before it on its line */
	bool is_last; /* only blanks stand behind it on its line */
	size_t next; /* where the next line begins; end, unless is_last */
};

/* An enclosing tag that is not closed yet. */
struct open_tag {
	size_t tag; /* index */
	int lead; /* index of the blanks before it on its line, or NO_TAG */
	bool is_in_parent;
	bool is_reported; /* a closing tag did not fit */
};

struct parser {
	const struct template *t;
	struct str src, open, close; /* the delimiters in use */
	size_t at;
	size_t line,
	    line_known; /* the line that line_known is in begins there */
	GArray *tags; /* struct tag */
	GArray *nesting; /* struct open_tag */
	struct arena *arena;
};

static struct tag *
tag_at(const struct parser *p, size_t i)
{
	return &g_array_index(p->tags, struct tag, i);
}

static struct tag *
tag_add(struct parser *p, enum tag_kind kind, size_t offset)
{
	size_t i = p->tags->len;

	g_array_set_size(p->tags, (guint)i + 1);
	struct tag *g = tag_at(p, i);
	g->kind = kind;
	g->offset = offset;
	g->end = i + 1;
	return g;
}

/* There must be one. */
static const struct open_tag *
innermost(const struct parser *p)
{
	return &g_array_index(p->nesting, struct open_tag, p->nesting->len - 1);
}

/* Directly within {{<parent}} only blocks mean anything. */
static bool
is_in_parent(const struct parser *p)
{
	return p->nesting->len &&
	    tag_at(p, innermost(p)->tag)->kind == TAG_PARENT;
}

static bool
is_line_start(const struct parser *p, size_t offset)
{
	return offset == 0 || p->src.p[offset - 1] == '\n';
}

static bool
is_line_end(struct str s)
{
	return s.len && (s.p[0] == '\n' || str_starts(s, "\r\n"));
}

/* Text is cut behind every line end; empty lines are not indented. */
static void
add_text(struct parser *p, size_t from, size_t to)
{
	if (is_in_parent(p))
		return;
	while (from < to) {
		struct str rest = { p->src.p + from, to - from };
		struct tag *g = tag_add(p, TAG_TEXT, from);
		g->text = str_upto(rest, str_find(rest, '\n') + 1);
		g->is_line_start = is_line_start(p, from) &&
		    !is_line_end(g->text);
		from += g->text.len;
	}
}

/* Adds the text before a tag. Blanks before and the line end behind one that
 * stands alone on its line are not part of the text. */
static bool
add_text_before(struct parser *p, const struct token *t, bool may_stand_alone)
{
	bool alone = may_stand_alone && t->is_first && t->is_last;

	add_text(p, p->at, alone ? t->line : t->start);
	if (!alone && t->start == t->line && !is_in_parent(p))
		tag_add(p, TAG_TEXT, t->start)->is_line_start = true;
	p->at = alone ? t->next : t->end;
	return alone;
}

static size_t
find(struct str s, size_t from, struct str what)
{
	for (; from + what.len <= s.len; from++) {
		from += str_find(str_from(s, from), what.p[0]);
		if (from + what.len > s.len)
			break;
		if (memcmp(s.p + from, what.p, what.len) == 0)
			return from;
	}
	return s.len;
}

static size_t
skip_blanks(struct str s, size_t at)
{
	while (at < s.len && (s.p[at] == ' ' || s.p[at] == '\t'))
		at++;
	return at;
}

static void
locate(struct parser *p, struct token *t)
{
	for (size_t i = t->start; i > p->line_known; i--)
		if (is_line_start(p, i)) {
			p->line = i;
			break;
		}
	p->line_known = t->start;
	t->line = p->line;
	t->is_first = skip_blanks(p->src, t->line) == t->start;
	size_t behind = skip_blanks(p->src, t->end);
	struct str rest = str_from(p->src, behind);
	t->is_last = rest.len == 0 || is_line_end(rest);
	t->next = t->end;
	if (t->is_last && rest.len)
		t->next = behind + (rest.p[0] == '\r' ? 2 : 1);
	else if (t->is_last)
		t->next = behind;
}

/* The content of the tag whose opening delimiter is at start; false: it is not
 * closed. */
static bool
token_read(struct parser *p, size_t start, struct token *t)
{
	size_t at = start + p->open.len, end;
	struct str name;

	while (at < p->src.len && is_space(p->src.p[at]))
		at++;
	*t = (struct token){ .start = start };
	if (at < p->src.len && strchr("#^/>&<$!={", p->src.p[at]) &&
	    p->src.p[at])
		t->sigil = p->src.p[at++];
	/* {{{x}}} and {{=a b=}} end in a sign of their own before the closing
	 * delimiter. */
	char sign = (char)(t->sigil == '{' ? '}' : t->sigil == '=' ? '=' : 0);
	end = find(p->src, at, p->close);
	while (sign && end < p->src.len) {
		if (p->src.p[end - 1] == sign && end > at)
			break;
		end = find(p->src, end + 1, p->close);
	}
	if (end == p->src.len)
		return false;
	t->end = end + p->close.len;
	name = (struct str){ p->src.p + at, end - at - (sign != 0) };
	t->name = str_trim(name);
	if (t->name.len && t->name.p[0] == '*' && t->sigil &&
	    strchr("></", t->sigil)) {
		t->is_dynamic = true;
		t->name = str_trim(str_from(t->name, 1));
	}
	locate(p, t);
	return true;
}

static bool
has_space(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_space(s.p[i]))
			return true;
	return false;
}

static bool
check_name(struct parser *p, const struct token *t)
{
	if (t->name.len && !has_space(t->name))
		return true;
	if (t->name.len == 0)
		template_fault(p->t, t->start, "the tag has no name");
	else if (find(t->name, 0, p->open) < t->name.len)
		template_fault(p->t, t->start,
		    "a tag begins before this one is closed with %.*s",
		    STR_ARG(p->close));
	else
		template_fault(p->t, t->start, "a name holds no white space");
	return false;
}

/* "a.b" into its parts; "." has none. */
static bool
split_name(struct parser *p, const struct token *t, struct tag *g)
{
	g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(struct str));
	struct str rest = t->name;

	if (str_is(t->name, "."))
		return true;
	for (;;) {
		size_t dot = str_find(rest, '.');
		struct str part = str_upto(rest, dot);
		if (part.len == 0) {
			template_fault(p->t, t->start,
			    "part of the dotted name is empty");
			return false;
		}
		g_array_append_val(parts, part);
		if (dot == rest.len)
			break;
		rest = str_from(rest, dot + 1);
	}
	g->n_parts = parts->len;
	g->parts = arena_array_of(p->arena, parts);
	return true;
}

/* False: the name is bad, and there is no tag to be drawn; one that encloses
 * others stays, so that its closing tag finds it. */
static bool
add_named(struct parser *p, const struct token *t, enum tag_kind kind)
{
	struct tag *g = tag_add(p, kind, t->start);

	g->text = t->name;
	g->is_dynamic = t->is_dynamic;
	g->indent = (struct str){ p->src.p + t->line,
		t->is_first ? t->start - t->line : 0 };
	bool is_path = t->is_dynamic || kind == TAG_VALUE || kind == TAG_RAW ||
	    kind == TAG_SECTION || kind == TAG_INVERTED;
	return check_name(p, t) && (!is_path || split_name(p, t, g));
}

static void
nest(struct parser *p, const struct token *t, int lead)
{
	struct open_tag o = { p->tags->len - 1, lead, is_in_parent(p), false };

	if (p->nesting->len == TEMPLATE_DEPTH_MOST)
		template_fault(p->t, t->start,
		    "tags may be nested %d levels deep", TEMPLATE_DEPTH_MOST);
	g_array_append_val(p->nesting, o);
}

static void
take_value(struct parser *p, const struct token *t)
{
	enum tag_kind kind = t->sigil ? TAG_RAW : TAG_VALUE;

	add_text_before(p, t, false);
	if (!add_named(p, t, kind))
		g_array_set_size(p->tags, p->tags->len - 1);
}

static void
take_section(struct parser *p, const struct token *t)
{
	add_text_before(p, t, true);
	add_named(p, t, t->sigil == '#' ? TAG_SECTION : TAG_INVERTED);
	nest(p, t, NO_TAG);
}

static void
take_partial(struct parser *p, const struct token *t)
{
	bool alone = add_text_before(p, t, true);

	if (add_named(p, t, TAG_PARTIAL))
		tag_at(p, p->tags->len - 1)->is_standalone = alone;
	else
		g_array_set_size(p->tags, p->tags->len - 1);
}

/* Whether {{<x}}…{{/x}} stands alone is known when it is closed; until then
 * the blanks before it count as text. */
static int
add_text_and_lead(struct parser *p, const struct token *t)
{
	bool has_lead = t->is_first && !is_in_parent(p);

	add_text_before(p, t, false);
	return has_lead ? (int)p->tags->len - 1 : NO_TAG;
}

static void
take_parent(struct parser *p, const struct token *t)
{
	int lead = add_text_and_lead(p, t);

	add_named(p, t, TAG_PARENT);
	nest(p, t, lead);
}

static void
take_block(struct parser *p, const struct token *t)
{
	bool is_argument = is_in_parent(p);
	bool is_hanging = (is_argument || t->is_first) && t->is_last;
	int lead = NO_TAG;

	if (is_hanging) {
		add_text(p, p->at, t->is_first ? t->line : t->start);
		p->at = t->next;
	} else {
		lead = add_text_and_lead(p, t);
	}
	add_named(p, t, TAG_BLOCK);
	tag_at(p, p->tags->len - 1)->is_hanging = is_hanging;
	nest(p, t, lead);
}

/* Where the indentation of a line in a block is held; NULL: no line begins
 * here. */
static struct str *
indentation_of(struct tag *g)
{
	switch (g->kind) {
	case TAG_TEXT:
		if (!g->is_line_start)
			return NULL;
		/* A line of blanks only says nothing. */
		if (str_ends(g->text, "\n") && str_trim(g->text).len == 0)
			return NULL;
		return &g->text;
	case TAG_PARTIAL:
	case TAG_PARENT: return g->is_standalone ? &g->indent : NULL;
	case TAG_BLOCK:
		return g->is_hanging || g->is_standalone ? &g->indent : NULL;
	case TAG_VALUE:
	case TAG_RAW:
	case TAG_SECTION:
	case TAG_INVERTED: break;
	}
	return NULL;
}

/* The tag whose lines come next: what has an indentation of its own, and the
 * arguments of a parent, are passed over as a whole. */
static size_t
next_line(const struct tag *g, size_t i)
{
	bool whole = g->kind == TAG_PARENT ||
	    (g->kind == TAG_BLOCK && (g->is_hanging || g->is_standalone));

	return whole ? g->end : i + 1;
}

/* Moves the indentation that all lines of a block have in common to the block.
 * A block without lines keeps that of its opening tag. */
static void
hoist_indent(struct parser *p, size_t block)
{
	struct str common = { NULL, 0 };
	bool has_lines = false;
	size_t end = p->tags->len;

	for (size_t i = block + 1; i < end; i = next_line(tag_at(p, i), i)) {
		const struct str *in = indentation_of(tag_at(p, i));
		if (!in)
			continue;
		size_t n = 0, blanks = skip_blanks(*in, 0);
		if (!has_lines)
			common = str_upto(*in, blanks);
		has_lines = true;
		while (n < blanks && n < common.len && in->p[n] == common.p[n])
			n++;
		common.len = n;
	}
	if (!has_lines)
		return;
	for (size_t i = block + 1; i < end; i = next_line(tag_at(p, i), i)) {
		struct str *in = indentation_of(tag_at(p, i));
		if (in)
			*in = str_from(*in, common.len);
	}
	tag_at(p, block)->indent = common;
}

/* The blanks before it were no text after all, nor is the line end. */
static void
stand_alone(struct parser *p, const struct open_tag *o, const struct token *t)
{
	struct tag *lead = tag_at(p, (size_t)o->lead);

	lead->text.len = 0;
	lead->is_line_start = false;
	tag_at(p, o->tag)->is_standalone = true;
	p->at = t->next;
}

static void
close_innermost(struct parser *p)
{
	const struct open_tag o = *innermost(p);
	struct tag *g = tag_at(p, o.tag);

	g->end = p->tags->len;
	if (g->kind == TAG_BLOCK && g->is_hanging)
		hoist_indent(p, o.tag);
	g_array_set_size(p->nesting, p->nesting->len - 1);
}

static bool
closes(const struct parser *p, size_t level, const struct token *t)
{
	const struct open_tag *o = &g_array_index(p->nesting, struct open_tag,
	    level);

	return str_eq(tag_at(p, o->tag)->text, t->name);
}

static void
report_unclosed(struct parser *p)
{
	const struct tag *g = tag_at(p, innermost(p)->tag);

	if (innermost(p)->is_reported)
		return;
	template_fault(p->t, g->offset,
	    "this is not closed; %.*s/%.*s%.*s is missing", STR_ARG(p->open),
	    STR_ARG(g->text), STR_ARG(p->close));
}

/* The closing tag of one further out closes all within, too. */
static bool
find_opening(struct parser *p, const struct token *t)
{
	size_t level = p->nesting->len;

	while (level > 0 && !closes(p, level - 1, t))
		level--;
	if (level == 0) {
		if (p->nesting->len == 0) {
			template_fault(p->t, t->start,
			    "nothing is open that this could close");
			return false;
		}
		template_fault(p->t, t->start,
		    "the tag to be closed here is '%.*s'",
		    STR_ARG(tag_at(p, innermost(p)->tag)->text));
		g_array_index(p->nesting, struct open_tag, p->nesting->len - 1)
		    .is_reported = true;
		return false;
	}
	while (p->nesting->len > level) {
		report_unclosed(p);
		close_innermost(p);
	}
	return true;
}

static void
take_close(struct parser *p, const struct token *t)
{
	if (!find_opening(p, t)) {
		add_text_before(p, t, true);
		return;
	}
	const struct open_tag o = *innermost(p);
	enum tag_kind kind = tag_at(p, o.tag)->kind;
	bool is_hanging = tag_at(p, o.tag)->is_hanging;
	/* An argument may be followed by the parent's closing tag. */
	if (o.is_in_parent && is_hanging && t->is_first && !t->is_last) {
		add_text(p, p->at, t->line);
		p->at = t->end;
	} else if (add_text_before(p, t, kind != TAG_PARENT)) {
		tag_at(p, o.tag)->is_standalone = is_hanging;
	}
	bool is_empty = o.tag + 1 == p->tags->len;
	close_innermost(p);
	if (o.lead != NO_TAG && t->is_last &&
	    (kind == TAG_PARENT || (kind == TAG_BLOCK && is_empty)))
		stand_alone(p, &o, t);
}

static void
take_delimiters(struct parser *p, const struct token *t)
{
	struct str open = t->name, close;
	size_t n = 0;

	add_text_before(p, t, true);
	while (n < open.len && !is_space(open.p[n]))
		n++;
	close = str_trim(str_from(open, n));
	open.len = n;
	if (open.len == 0 || close.len == 0 || has_space(close) ||
	    memchr(open.p, '=', open.len) || memchr(close.p, '=', close.len)) {
		template_fault(p->t, t->start,
		    "write {{=<%% %%>=}}: two delimiters without white space and '='");
		return;
	}
	p->open = open;
	p->close = close;
}

static void
take_token(struct parser *p, const struct token *t)
{
	switch (t->sigil) {
	case '!': add_text_before(p, t, true); break;
	case '=': take_delimiters(p, t); break;
	case '#':
	case '^': take_section(p, t); break;
	case '>': take_partial(p, t); break;
	case '<': take_parent(p, t); break;
	case '$': take_block(p, t); break;
	case '/': take_close(p, t); break;
	default: take_value(p, t); break;
	}
}

void
template_compile(struct template *t, struct arena *a)
{
	g_autoptr(GArray) tags = g_array_new(FALSE, TRUE, sizeof(struct tag));
	g_autoptr(GArray)
	    nesting = g_array_new(FALSE, FALSE, sizeof(struct open_tag));
	struct parser p = { .t = t,
		.src = t->origin->text,
		.open = STR_LIT("{{"),
		.close = STR_LIT("}}"),
		.tags = tags,
		.nesting = nesting,
		.arena = a };

	for (;;) {
		size_t start = find(p.src, p.at, p.open);
		struct token token;
		if (start == p.src.len)
			break;
		if (token_read(&p, start, &token)) {
			take_token(&p, &token);
			continue;
		}
		template_fault(t, start, "the tag has no end; %.*s is missing",
		    STR_ARG(p.close));
		p.at = p.src.len;
	}
	add_text(&p, p.at, p.src.len);
	while (nesting->len) {
		report_unclosed(&p);
		close_innermost(&p);
	}
	t->n_tags = tags->len;
	t->tags = arena_array_of(a, tags);
}
