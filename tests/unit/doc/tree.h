/* A document tree as one line of text, for comparisons. */
#ifndef ERGEN_TEST_TREE_H
#define ERGEN_TEST_TREE_H

#include "doc/md.h"

#include <stdio.h>
#include <stdlib.h>

struct parsed {
	struct origin in;
	struct arena *a, *scratch;
	struct diag *d;
	struct doc *doc;
	char *said; /* the diagnostics */
};

static inline void
parse(struct parsed *p, struct str text)
{
	static const struct callout_kind kinds[] = { { "Exam tip", "exam" },
		{ "Exam trap", "trap" } };
	const struct callout_rules rules = { kinds, 2 };
	size_t size;

	*p = (struct parsed){ .in = { "a.md", text },
		.a = arena_new(),
		.scratch = arena_new(),
		.d = diag_new() };
	p->doc = md_parse(&p->in, 0, 1, &rules, p->a, p->scratch, p->d);
	FILE *to = open_memstream(&p->said, &size);
	diag_print(p->d, to, 0);
	fclose(to);
}

static inline void
release(struct parsed *p)
{
	free(p->said);
	diag_free(p->d);
	arena_free(p->a);
	arena_free(p->scratch);
}

static inline void
dump(GString *out, const struct node *parent)
{
	static const char *const names[] = { "doc", "quote", "callout", "list",
		"item", "table", "row", "cell", "note", "p", "h", "pre", "html",
		"hr", "comment", "quiz", "", "soft", "br", "code", "raw", "em",
		"strong", "blank", "del", "a", "img", "ref", "math",
		"display" };

	node_each(n, parent) {
		if (out->len && out->str[out->len - 1] != '(')
			g_string_append_c(out, ' ');
		g_string_append(out, names[n->kind]);
		switch ((enum node_kind)n->kind) {
		case NODE_TEXT:
		case NODE_CODE:
		case NODE_MATH:
		case NODE_MATH_DISPLAY:
		case NODE_HTML_BLOCK:
		case NODE_HTML_INLINE:
			g_string_append_printf(out, "'%.*s'", STR_ARG(n->text));
			continue;
		case NODE_CODE_BLOCK:
			g_string_append_printf(out, ":%s'%.*s'", n->code->info,
			    STR_ARG(n->code->text));
			continue;
		case NODE_HEADING:
			g_string_append_printf(out, "%d#%s", n->heading.level,
			    n->heading.id);
			break;
		case NODE_ITEM:
			if (n->item.box != BOX_NONE)
				g_string_append(out,
				    n->item.box == BOX_OPEN ? "[]" : "[x]");
			break;
		case NODE_CALLOUT:
			g_string_append_printf(out, ":%s/%s/%s",
			    n->callout->marker, n->callout->kind,
			    n->callout->title ? n->callout->title : "-");
			break;
		case NODE_LINK:
		case NODE_IMAGE:
			g_string_append_printf(out, ":%s", n->link->url);
			break;
		case NODE_COMMENT:
			g_string_append_printf(out, ":%s", n->comment->word);
			continue;
		case NODE_FOOTNOTE_REF:
			g_string_append_printf(out, "%u", n->footnote->number);
			continue;
		case NODE_DOC:
		case NODE_QUOTE:
		case NODE_LIST:
		case NODE_TABLE:
		case NODE_ROW:
		case NODE_CELL:
		case NODE_FOOTNOTE:
		case NODE_PARAGRAPH:
		case NODE_RULE:
		case NODE_QUIZ:
		case NODE_SOFTBREAK:
		case NODE_LINEBREAK:
		case NODE_EMPH:
		case NODE_STRONG:
		case NODE_BLANK:
		case NODE_STRIKE: break;
		}
		if (!n->child)
			continue;
		g_string_append_c(out, '(');
		dump(out, n);
		g_string_append_c(out, ')');
	}
}

/* What the text becomes, and nothing is said about it. */
static inline void
expect_tree(const char *text, const char *tree)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct parsed p;

	parse(&p, str_of(text));
	dump(out, p.doc->body);
	g_assert_cmpstr(out->str, ==, tree);
	g_assert_cmpstr(p.said, ==, "");
	release(&p);
}

/* Only the first line of what is said about the text, up to its end. */
static inline void
expect_said(const char *text, const char *said)
{
	struct parsed p;

	parse(&p, str_of(text));
	g_autofree char *first = g_strndup(p.said, strcspn(p.said, "\n"));
	g_assert_cmpstr(first, ==, said);
	release(&p);
}

#endif
