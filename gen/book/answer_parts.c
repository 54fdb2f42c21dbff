/* Answers of several parts: orders, pairs, matrices; and what two parts must
 * not have in common. */
#include "book/answer.h"
#include "book/lazy.h"

static struct loc
loc_of(const struct question_maker *k, const struct node *n)
{
	return node_loc(k->doc->origin, n);
}

static bool
is_plain(const struct node *parent)
{
	node_each(n, parent)
		if (n->kind != NODE_TEXT && n->kind != NODE_CODE &&
		    n->kind != NODE_SOFTBREAK &&
		    !(n->kind == NODE_PARAGRAPH && !n->next && is_plain(n)))
			return false;
	return true;
}

/* What can be told apart by its text alone; else NULL. A new string. */
static char *
plain_text(const struct node *tree)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (!tree || !is_plain(tree))
		return NULL;
	node_text(text, tree);
	return g_strstrip(g_strdup(text->str));
}

/* Of strings that it owns. */
static GHashTable *
new_set(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

/* Fills the pairs' `same`. */
static void
find_same(struct question *q, struct pairing *pairs)
{
	g_autoptr(GHashTable) seen = new_set();

	for (size_t i = 0; i < q->n_pairs; i++) {
		char *text = plain_text(
		    q->kind == QUESTION_MATCH ? pairs[i].right : pairs[i].left);
		gpointer first;
		pairs[i].same = (unsigned)i;
		if (text &&
		    g_hash_table_lookup_extended(seen, text, NULL, &first)) {
			pairs[i].same = GPOINTER_TO_UINT(first);
			g_free(text);
		} else if (text) {
			g_hash_table_insert(seen, text,
			    GUINT_TO_POINTER((guint)i));
		}
	}
}

static size_t
count_different(const struct question *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n_pairs; i++)
		n += q->pairs[i].same == i;
	return n;
}

/* A right side that only misleads must not be right as well. */
static void
check_distractors(const struct question_maker *k, const struct question *q)
{
	for (size_t i = 0; i < q->n_pairs; i++) {
		const struct pairing *p = &q->pairs[i];
		bool is_first = p->same == i;
		if (p->left)
			continue;
		/* Another distractor, or a right one further down. */
		for (size_t j = i + 1; is_first && j < q->n_pairs; j++)
			is_first = q->pairs[j].same != i;
		if (is_first)
			continue;
		g_autofree char *text = plain_text(p->right);
		diag_at(k->diag, DIAG_ANSWER_SAME, loc_of(k, p->right), "%s",
		    text ? text : "");
		diag_help(k->diag,
		    "a right side without a left one fits no row: it must differ from the others");
	}
}

void
answer_check_options(const struct question_maker *k, const struct question *q)
{
	g_autoptr(GHashTable) seen = new_set();

	for (size_t i = 0; i < q->n_options; i++) {
		char *text = plain_text(q->options[i].content);
		if (!text || g_hash_table_add(seen, text))
			continue;
		diag_at(k->diag, DIAG_ANSWER_SAME, q->options[i].at, "%s",
		    text);
		diag_help(k->diag, "nobody can tell the two options apart");
	}
}

/* Reports a text that seen holds already, and adds it. */
static void
check_same(const struct question_maker *k, GHashTable *seen,
    const struct node *tree, const char *what)
{
	g_autofree char *text = plain_text(tree);

	if (!text || !text[0])
		return;
	if (g_hash_table_contains(seen, text)) {
		diag_at(k->diag, DIAG_ANSWER_SAME, loc_of(k, tree), "%s", text);
		diag_help(k->diag, "nobody can tell the two %s apart", what);
	}
	g_hash_table_add(seen, g_steal_pointer(&text));
}

/* Two rows that give the same and want something else. */
static void
check_lefts(const struct question_maker *k, const struct question *q)
{
	g_autoptr(GHashTable) seen = new_set();

	for (size_t i = 0; i < q->n_pairs; i++)
		check_same(k, seen, q->pairs[i].left, "rows");
}

static void
check_matrix(const struct question_maker *k, const struct question *q)
{
	g_autoptr(GHashTable) heads = new_set();
	g_autoptr(GHashTable) rows = new_set();

	for (size_t i = 0; i < q->n_columns; i++)
		check_same(k, heads, q->columns[i], "columns");
	for (size_t i = 0; i < q->n_statements; i++)
		check_same(k, rows, q->statements[i].text, "rows");
}

static bool
says_nothing(const struct node *item)
{
	node_each(n, item)
		if (n->kind != NODE_COMMENT)
			return false;
	return true;
}

void
answer_read_order(const struct question_maker *k, const struct node *list,
    unsigned end_line, struct question *q)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct pairing));

	node_each(item, list) {
		struct pairing p = { item, NULL, 0 };
		g_array_append_val(all, p);
		if (says_nothing(item)) {
			diag_at(k->diag, DIAG_ANSWER_EMPTY, loc_of(k, item),
			    NULL);
			diag_help(k->diag,
			    "every item of an ordering says something");
			continue;
		}
		lazy_check_item(k, item,
		    item->next ? item->next->line : end_line);
	}
	struct pairing *pairs = arena_array_of(k->arena, all);
	q->pairs = pairs;
	q->n_pairs = all->len;
	q->kind = QUESTION_ORDER;
	find_same(q, pairs);
	if (count_different(q) < 2) {
		diag_at(k->diag, DIAG_ORDER_SHORT, loc_of(k, list), NULL);
		diag_help(k->diag, "write at least two items that differ");
	}
}

static bool
is_empty(const struct node *cell)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (!cell)
		return true;
	node_text(text, cell);
	return str_trim((struct str){ text->str, text->len }).len == 0 &&
	    !(cell->child && cell->child->kind == NODE_IMAGE);
}

static void
report_shape(const struct question_maker *k, const struct node *at,
    const char *help)
{
	diag_at(k->diag, DIAG_TABLE_SHAPE, loc_of(k, at), NULL);
	diag_help(k->diag, "%s", help);
}

/* Cells of a row as the source has it: Markdown drops those that the head has
 * no column for. https://github.github.com/gfm/#example-204 */
static size_t
count_cells(struct str line)
{
	struct str s = str_trim(line);
	size_t n = 1;

	if (str_starts(s, "|"))
		s = str_from(s, 1);
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '|' && i + 1 < s.len)
			n++;
	return n;
}

void
answer_check_tables(const struct question_maker *k, const struct node *parent)
{
	node_each(n, parent) {
		if (n->kind != NODE_TABLE) {
			answer_check_tables(k, n);
			continue;
		}
		node_each(row, n) {
			/* What a quote or a list puts in front is no cell. */
			struct str line = str_from(doc_line(k->doc, row->line),
			    row->col ? row->col - 1 : 0);
			if (count_cells(line) > n->table.n_cols)
				report_shape(k, row,
				    "the row has more cells than the head; a bar that belongs to a text is \\|");
		}
	}
}

void
answer_read_match(const struct question_maker *k, const struct node *table,
    struct question *q)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct pairing));
	size_t n_real = 0;

	if (table->table.n_cols != 2) {
		report_shape(k, table,
		    "type=match wants two columns: what is given, what fits");
		return;
	}
	for (const struct node *row = table->child ? table->child->next : NULL;
	     row; row = row->next) {
		const struct node *left = row->child;
		struct pairing p = { is_empty(left) ? NULL : left,
			left ? left->next : NULL, 0 };
		if (is_empty(p.right)) {
			report_shape(k, row, "the right cell is empty");
			continue;
		}
		n_real += p.left != NULL;
		g_array_append_val(all, p);
	}
	struct pairing *pairs = arena_array_of(k->arena, all);
	q->pairs = pairs;
	q->n_pairs = all->len;
	q->kind = QUESTION_MATCH;
	find_same(q, pairs);
	check_lefts(k, q);
	check_distractors(k, q);
	if (n_real < 1 || count_different(q) < 2)
		report_shape(k, table,
		    "a match needs at least two rows whose right cells differ");
}

static void
read_statement(const struct question_maker *k, const struct node *row,
    GArray *all)
{
	struct statement s = { .text = row->child };
	unsigned column = 0, n_marks = 0;

	for (const struct node *cell = row->child ? row->child->next : NULL;
	     cell; cell = cell->next, column++) {
		g_autoptr(GString) text = g_string_new(NULL);
		node_text(text, cell);
		struct str t = str_trim((struct str){ text->str, text->len });
		if (t.len && !str_is_nocase(t, "x"))
			report_shape(k, cell, "a cell holds x or nothing");
		else if (t.len) {
			n_marks++;
			s.column = column;
		}
	}
	if (is_empty(s.text))
		report_shape(k, row, "the row has no statement");
	if (n_marks != 1)
		report_shape(k, row,
		    "a row has one x: the column that is right");
	g_array_append_val(all, s);
}

void
answer_read_matrix(const struct question_maker *k, const struct node *table,
    struct question *q)
{
	g_autoptr(GArray)
	    all = g_array_new(FALSE, FALSE, sizeof(struct statement));
	const struct node *head = table->child;

	if (table->table.n_cols < 3 || !head || !head->next) {
		report_shape(k, table,
		    "type=matrix wants a column of statements, at least two to choose from, and a row");
		return;
	}
	const struct node **columns = arena_array(k->arena, table->table.n_cols,
	    const struct node *);
	for (const struct node *c = head->child->next; c; c = c->next) {
		if (is_empty(c))
			report_shape(k, c, "the column has no head");
		columns[q->n_columns++] = c;
	}
	q->columns = columns;
	q->corner = head->child;
	for (const struct node *row = head->next; row; row = row->next)
		read_statement(k, row, all);
	q->kind = QUESTION_MATRIX;
	q->statements = arena_array_of(k->arena, all);
	q->n_statements = all->len;
	check_matrix(k, q);
}
