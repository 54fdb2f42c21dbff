#include "doc/balance.h"

enum {
	NAME_MOST = 24
};

struct tag {
	char name[NAME_MOST];
	struct loc at;
};

struct balancing {
	const struct origin *in;
	struct diag *diag;
	GArray *open; /* struct tag */
};

static const char *const alone[] = { "area", "base", "br", "col", "embed", "hr",
	"img", "input", "link", "meta", "source", "track", "wbr",
	/* whose end tag may be left out */
	"body", "caption", "colgroup", "dd", "dt", "head", "html", "li",
	"optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th",
	"thead", "tr", NULL };

static void
report(struct balancing *b, const struct tag *t, bool is_end)
{
	diag_at(b->diag, DIAG_HTML_UNBALANCED, t->at, is_end ? "</%s>" : "<%s>",
	    t->name);
	diag_help(b->diag,
	    is_end ? "no <%s> is open here; it is left out"
		   : "write </%s> where it ends",
	    t->name);
}

static void
close_tag(struct balancing *b, const struct tag *t)
{
	guint at = b->open->len;

	while (at > 0 &&
	    strcmp(g_array_index(b->open, struct tag, at - 1).name, t->name) !=
		0)
		at--;
	if (at == 0) {
		report(b, t, true);
		return;
	}
	/* What was opened inside ends here as well. */
	for (guint i = at; i < b->open->len; i++)
		report(b, &g_array_index(b->open, struct tag, i), false);
	g_array_set_size(b->open, at - 1);
}

/* Reads the tag behind "<" at s.p[0]; returns its length, or 1 for a "<" that
 * is none. */
static size_t
read_tag(struct balancing *b, struct str s, struct loc at)
{
	struct tag t = { .at = at };
	size_t i = 1, n = 0;
	bool is_end = s.len > 1 && s.p[1] == '/';

	i += is_end;
	while (i < s.len && (g_ascii_isalnum(s.p[i]) || s.p[i] == '-')) {
		if (n < NAME_MOST - 1)
			t.name[n++] = g_ascii_tolower(s.p[i]);
		i++;
	}
	if (n == 0)
		return 1;
	char quote = '\0';
	for (; i < s.len && (quote || s.p[i] != '>'); i++) {
		if (quote)
			quote = s.p[i] == quote ? '\0' : quote;
		else if (s.p[i] == '"' || s.p[i] == '\'')
			quote = s.p[i];
	}
	bool is_whole = i < s.len && s.p[i - 1] == '/';
	if (is_whole || g_strv_contains(alone, t.name))
		return i + 1;
	if (is_end)
		close_tag(b, &t);
	else
		g_array_append_val(b->open, t);
	return i + 1;
}

static void
read_html(struct balancing *b, const struct node *n)
{
	struct str s = n->text;
	struct loc at = node_loc(b->in, n);
	size_t i = 0;

	while (i < s.len) {
		struct str rest = str_from(s, i);
		if (rest.p[0] == '\n') {
			at.line++;
			at.col = 1;
			i++;
		} else if (str_starts(rest, "<!--")) {
			const char *end = g_strstr_len(rest.p, (gssize)rest.len,
			    "-->");
			i = end ? (size_t)(end - s.p) + 3 : s.len;
		} else {
			i += rest.p[0] == '<' ? read_tag(b, rest, at) : 1;
		}
	}
}

static void
end_scope(struct balancing *b)
{
	for (guint i = 0; i < b->open->len; i++)
		report(b, &g_array_index(b->open, struct tag, i), false);
	g_array_set_size(b->open, 0);
}

static bool
has_inline_html(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind == NODE_HTML_INLINE || has_inline_html(n))
			return true;
	return false;
}

static void
read_inlines(struct balancing *b, const struct node *parent)
{
	node_each(n, parent) {
		if (n->kind == NODE_HTML_INLINE)
			read_html(b, n);
		else
			read_inlines(b, n);
	}
}

void
balance_check(const struct node *blocks, const struct origin *in,
    struct diag *d)
{
	struct balancing b = { in, d,
		g_array_new(FALSE, FALSE, sizeof(struct tag)) };
	struct balancing inner = { in, d,
		g_array_new(FALSE, FALSE, sizeof(struct tag)) };

	node_each(n, blocks) {
		if (n->kind == NODE_HTML_BLOCK) {
			read_html(&b, n);
		} else if (n->kind < NODE_PARAGRAPH && n->kind != NODE_CELL) {
			balance_check(n, in, d);
		} else if (has_inline_html(n)) {
			read_inlines(&inner, n);
			end_scope(&inner);
		}
	}
	end_scope(&b);
	g_array_free(b.open, TRUE);
	g_array_free(inner.open, TRUE);
}
