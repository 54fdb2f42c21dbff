#include "doc/callout.h"

static const char *const kinds[] = { "note", "tip", "important", "warning",
	"caution", NULL };

/* "tip" for "[!TIP]…"; *len is the length of the marker. */
static const char *
marker_kind(struct str text, size_t *len)
{
	if (!str_starts(text, "[!"))
		return NULL;
	size_t end = str_find(text, ']');
	if (end == text.len)
		return NULL;
	struct str name = str_from(str_upto(text, end), 2);
	*len = end + 1;
	for (size_t i = 0; kinds[i]; i++)
		if (str_is_nocase(name, kinds[i]))
			return kinds[i];
	return NULL;
}

/* "[!HINT]" and "[!INFO]- Title" are alerts of other programs, or misspelt:
 * one word. */
static void
report_unknown(const struct node *n, struct str text, const struct origin *in,
    struct diag *d)
{
	size_t end = str_starts(text, "[!") ? str_find(text, ']') : 0;
	struct str name = str_from(str_upto(text, end), 2);

	for (size_t i = 0; i < name.len; i++)
		if (!g_ascii_isalpha(name.p[i]))
			return;
	if (name.len == 0 || end == text.len)
		return;
	diag_at(d, DIAG_ALERT_MARKER, node_loc(in, n), "%.*s",
	    STR_ARG(str_upto(text, end + 1)));
	diag_help(d,
	    "[!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]; a title of your own stands in bold on the next line");
}

static bool
is_break(const struct node *n)
{
	return !n || n->kind == NODE_SOFTBREAK || n->kind == NODE_LINEBREAK;
}

static const char *
kind_of_title(const struct callout_rules *rules, const char *title)
{
	for (size_t i = 0; i < rules->n_kinds; i++)
		if (strcmp(rules->kinds[i].title, title) == 0)
			return rules->kinds[i].kind;
	return NULL;
}

static char *
title_text(const struct node *strong, struct arena *a)
{
	g_autoptr(GString) s = g_string_new(NULL);

	node_text(s, strong);
	struct str t = str_trim((struct str){ s->str, s->len });
	/* "Exam tip:" is the title "Exam tip". */
	if (t.len > 1 && str_ends(t, ":"))
		t.len--;
	return arena_str(a, t);
}

/* Takes the bold title out of the first paragraph, if there is one. */
static void
take_title(struct node *n, struct node *para, const struct callout_rules *rules,
    struct arena *a)
{
	struct node *strong = para->child;

	if (!strong || strong->kind != NODE_STRONG)
		return;
	char *title = title_text(strong, a);
	const char *kind = kind_of_title(rules, title);
	struct node *after = strong->next;
	if (!kind && !is_break(after))
		return;
	n->callout->title = title;
	if (kind)
		n->callout->kind = kind;
	if (after && is_break(after))
		after = after->next;
	para->child = after;
	if (!after || after->kind != NODE_TEXT)
		return;
	while (after->text.len &&
	    (after->text.p[0] == ' ' || after->text.p[0] == ':'))
		after->text = str_from(after->text, 1);
}

void
callout_recognise(struct node *n, bool is_top_level, const struct origin *in,
    const struct callout_rules *rules, struct arena *a, struct diag *d)
{
	struct node *para = n->child;
	size_t len;

	if (!para || para->kind != NODE_PARAGRAPH || !para->child ||
	    para->child->kind != NODE_TEXT)
		return;
	struct node *first = para->child;
	const char *kind = marker_kind(first->text, &len);
	if (!kind) {
		report_unknown(n, first->text, in, d);
		return;
	}
	bool is_alone = str_trim(first->text).len == len &&
	    is_break(first->next) && (first->next || para->next);
	if (!is_top_level || !is_alone) {
		diag_at(d, DIAG_ALERT_MARKER, node_loc(in, n), "%.*s",
		    STR_ARG(str_upto(first->text, len)));
		diag_help(d,
		    is_top_level
			? "nothing else may stand on the marker's line, and text must follow"
			: "alerts work at top level only");
		return;
	}
	n->kind = NODE_CALLOUT;
	n->callout = arena_obj(a, struct callout);
	n->callout->marker = n->callout->kind = kind;
	para->child = first->next ? first->next->next : NULL;
	if (para->child)
		take_title(n, para, rules, a);
	if (!para->child)
		n->child = para->next;
}
