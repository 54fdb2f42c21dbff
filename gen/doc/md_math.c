#include "doc/md_math.h"

#include "base/str.h"

#include <glib.h>

/* Between these places of a block nothing ends a formula of a form. Without
 * it, time would grow with the square of the dollars. */
static _Thread_local struct {
	const cmark_node *block;
	int from, until;
} endless[MATH_FORM_COUNT];

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* May the dollar at i, not at the formula's start, end it? */
static bool
ends_math(cmark_inline_parser *in, int i, enum math_form form)
{
	unsigned char before = cmark_inline_parser_peek_at(in, i - 1);
	unsigned char next = cmark_inline_parser_peek_at(in, i + 1);

	if (before == ' ' || before == '\t')
		return false;
	if (form == MATH_DOLLAR)
		return next != '$' && !is_digit(next);
	return next == '$' && !is_digit(cmark_inline_parser_peek_at(in, i + 2));
}

/* The place of what ends the formula that begins at `start`, or -1; *stop is
 * where the search ended, *n_lines how many line ends it met. */
static int
find_math_end(cmark_inline_parser *in, int start, enum math_form form,
    int *stop, unsigned *n_lines)
{
	int i = start;

	*n_lines = 0;
	for (unsigned char c; (c = cmark_inline_parser_peek_at(in, i)); i++) {
		*stop = i;
		if (c == '`' && form == MATH_CODE && i > start &&
		    cmark_inline_parser_peek_at(in, i + 1) == '$')
			return i;
		/* A code span is older than a formula around it. */
		if (c == '`' || (c == '\n' && form != MATH_DOLLARS))
			return -1;
		*n_lines += c == '\n';
		if (form == MATH_CODE)
			continue;
		if (c == '$' && i > start && ends_math(in, i, form))
			return i;
		bool is_pair = c == '\\' || (c == '$' && form == MATH_DOLLAR);
		unsigned char next = cmark_inline_parser_peek_at(in, i + 1);
		i += is_pair &&
		    (c == '\\' ? next && next != '\n' : next == '$');
	}
	*stop = i;
	return -1;
}

static bool
ends_block(cmark_inline_parser *in, int i)
{
	unsigned char c;

	while ((c = cmark_inline_parser_peek_at(in, i)) && is_space((char)c))
		i++;
	return c == '\0';
}

static cmark_node *
new_math(cmark_inline_parser *in, cmark_mem *mem, int from, int to,
    enum math_form form)
{
	g_autoptr(GString) tex = g_string_new(NULL);
	cmark_node *n = cmark_node_new_with_mem(CMARK_NODE_CODE, mem);

	for (int i = from; i < to; i++)
		g_string_append_c(tex,
		    (char)cmark_inline_parser_peek_at(in, i));
	cmark_node_set_literal(n, tex->str);
	cmark_node_set_user_data(n, (void *)(uintptr_t)form);
	return n;
}

static cmark_node *
match_math(cmark_syntax_extension *self, cmark_parser *p, cmark_node *block,
    unsigned char c, cmark_inline_parser *in)
{
	static const int lengths
	    [] = { [MATH_DOLLAR] = 1, [MATH_DOLLARS] = 2, [MATH_CODE] = 2 };
	int at = cmark_inline_parser_get_offset(in), stop = 0;
	unsigned n_lines;

	(void)p;
	if (c != '$' ||
	    (at > 0 && cmark_inline_parser_peek_at(in, at - 1) == '$'))
		return NULL;
	unsigned char next = cmark_inline_parser_peek_at(in, at + 1);
	enum math_form form = next == '$' ? MATH_DOLLARS
	    : next == '`'                 ? MATH_CODE
					  : MATH_DOLLAR;
	int start = at + lengths[form];
	next = cmark_inline_parser_peek_at(in, start);
	bool is_space_inside = next == ' ' || next == '\t';
	if (next == '\0' ||
	    (form != MATH_CODE && (is_space_inside || next == '$')))
		return NULL;
	if (endless[form].block == block && start >= endless[form].from &&
	    start <= endless[form].until)
		return NULL;
	int end = find_math_end(in, start, form, &stop, &n_lines);
	if (end < 0) {
		endless[form].block = block;
		endless[form].from = start;
		endless[form].until = stop;
		return NULL;
	}
	/* cmark would not count the lines for what follows. */
	if (n_lines && !ends_block(in, end + lengths[form]))
		return NULL;
	cmark_inline_parser_set_offset(in, end + lengths[form]);
	return new_math(in, cmark_syntax_extension_get_private(self), start,
	    end, form);
}

cmark_syntax_extension *
math_extension_new(cmark_mem *mem)
{
	cmark_syntax_extension *e = cmark_syntax_extension_new("math");

	cmark_syntax_extension_set_private(e, mem, NULL);
	cmark_syntax_extension_set_match_inline_func(e, match_math);
	/* cmark's lists hold pointers, and these are characters. */
	cmark_syntax_extension_set_special_inline_chars(e,
	    cmark_llist_append(cmark_get_default_mem_allocator(), NULL,
		(void *)(uintptr_t)'$'));
	return e;
}

void
math_begin(void)
{
	memset(endless, 0, sizeof(endless));
}

enum math_form
math_form_of(cmark_node *code)
{
	return (enum math_form)(uintptr_t)cmark_node_get_user_data(code);
}
