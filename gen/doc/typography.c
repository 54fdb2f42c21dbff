#include "doc/typography.h"

#include <glib.h>

/* Opening and closing, outer and inner.
 * https://www.unicode.org/cldr/charts/latest/by_type/core_data.alphabetic_information.punctuation.html
 */
struct quotes {
	const char *lang;
	const char *open, *close, *inner_open, *inner_close;
};

static const struct quotes known[] = {
	{ "en", "“", "”", "‘", "’" },
	{ "ar", "”", "“", "’", "‘" },
	{ "cs", "„", "“", "‚", "‘" },
	{ "da", "“", "”", "‘", "’" },
	{ "de", "„", "“", "‚", "‘" },
	{ "de-CH", "«", "»", "‹", "›" },
	{ "es", "«", "»", "“", "”" },
	{ "fi", "”", "”", "’", "’" },
	{ "fr", "«\u202f", "\u202f»", "“", "”" },
	{ "fr-CH", "«", "»", "‹", "›" },
	{ "it", "«", "»", "“", "”" },
	{ "ja", "「", "」", "『", "』" },
	{ "nb", "«", "»", "‘", "’" },
	{ "pl", "„", "”", "«", "»" },
	{ "pt", "“", "”", "‘", "’" },
	{ "pt-PT", "«", "»", "“", "”" },
	{ "ru", "«", "»", "„", "“" },
	{ "sv", "”", "”", "’", "’" },
	{ "uk", "«", "»", "„", "“" },
};

struct setting_type {
	const struct quotes *quotes;
	struct arena *arena;
	gunichar before; /* what stands in front, across nodes; 0: nothing */
};

static const struct quotes *
quotes_of(const char *lang)
{
	const struct quotes *best = &known[0];
	size_t most = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		size_t n = strlen(known[i].lang);
		bool fits = g_ascii_strncasecmp(lang, known[i].lang, n) == 0 &&
		    (lang[n] == '\0' || lang[n] == '-');
		if (fits && n > most) {
			best = &known[i];
			most = n;
		}
	}
	return best;
}

/* A quote opens behind nothing, space, an opening bracket or a dash. */
static bool
is_opening(gunichar before)
{
	return before == 0 || g_unichar_isspace(before) ||
	    (before < 0x80 && strchr("([{-/", (int)before)) ||
	    before == 0x2013 || before == 0x2014 ||
	    g_unichar_type(before) == G_UNICODE_OPEN_PUNCTUATION ||
	    g_unichar_type(before) == G_UNICODE_INITIAL_PUNCTUATION;
}

/* Appends what stands for the sign at p; returns the bytes it takes, or 0: it
 * stays as it is. */
static size_t
set_sign(struct setting_type *s, GString *out, const char *p, const char *end)
{
	const struct quotes *q = s->quotes;
	size_t left = (size_t)(end - p);
	bool opens = is_opening(s->before);

	if (*p == '"') {
		g_string_append(out, opens ? q->open : q->close);
		return 1;
	}
	if (*p == '\'') {
		/* '90s, and the apostrophe. */
		bool is_year = opens && left > 1 && g_ascii_isdigit(p[1]);
		g_string_append(out, !opens || is_year ? "’" : q->inner_open);
		return 1;
	}
	if (left >= 3 && memcmp(p, "...", 3) == 0) {
		g_string_append(out, "…");
		return 3;
	}
	if (left >= 3 && memcmp(p, "---", 3) == 0 &&
	    (left == 3 || p[3] != '-')) {
		g_string_append(out, "—");
		return 3;
	}
	if (left >= 2 && memcmp(p, "--", 2) == 0 && s->before != '-' &&
	    (left == 2 || p[2] == ' ' || g_ascii_isdigit(p[2]))) {
		g_string_append(out, "–");
		return 2;
	}
	return 0;
}

static void
set_text(struct setting_type *s, struct node *n)
{
	const char *p = n->text.p, *end = p + n->text.len;
	g_autoptr(GString) out = NULL;

	for (const char *at = p; at < end;) {
		size_t len = 0;
		bool is_sign = strchr("\"'.-", *at) != NULL && *at;
		if (is_sign && !out) {
			out = g_string_sized_new(n->text.len + 16);
			g_string_append_len(out, p, at - p);
		}
		if (is_sign)
			len = set_sign(s, out, at, end);
		const char *next = len ? at + len : g_utf8_next_char(at);
		if (out && !len)
			g_string_append_len(out, at, next - at);
		s->before = g_utf8_get_char(at);
		at = next;
	}
	if (out)
		n->text = arena_take(s->arena, out);
}

static void
set_tree(struct setting_type *s, struct node *tree)
{
	for (struct node *n = tree->child; n; n = n->next) {
		/* A new block begins anew. */
		if (n->kind <= NODE_QUIZ)
			s->before = 0;
		switch ((enum node_kind)n->kind) {
		case NODE_TEXT: set_text(s, n); break;
		case NODE_TABLE:
			if (n->table.caption)
				/* Still ours to write to, as the tree is. */
				set_tree(s,
				    (struct node *)(uintptr_t)n->table.caption);
			set_tree(s, n);
			break;
		case NODE_SOFTBREAK:
		case NODE_LINEBREAK: s->before = ' '; break;
		case NODE_CODE:
		case NODE_MATH:
		case NODE_MATH_DISPLAY:
		case NODE_IMAGE:
		case NODE_FOOTNOTE_REF: s->before = 'x'; break;
		case NODE_HTML_INLINE:
		case NODE_HTML_BLOCK:
		case NODE_CODE_BLOCK:
		case NODE_RULE:
		case NODE_COMMENT:
		case NODE_QUIZ: break;
		case NODE_DOC:
		case NODE_QUOTE:
		case NODE_CALLOUT:
		case NODE_LIST:
		case NODE_ITEM:
		case NODE_ROW:
		case NODE_CELL:
		case NODE_FOOTNOTE:
		case NODE_PARAGRAPH:
		case NODE_HEADING:
		case NODE_EMPH:
		case NODE_STRONG:
		case NODE_BLANK:
		case NODE_STRIKE:
		case NODE_LINK: set_tree(s, n); break;
		}
	}
}

void
typography_apply(struct node *tree, const char *lang, struct arena *a)
{
	struct setting_type s = { quotes_of(lang), a, 0 };

	set_tree(&s, tree);
}
