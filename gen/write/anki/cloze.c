#include "write/anki/cloze.h"

#include "book/book.h"

enum {
	BEGIN = 1, /* {{c, and the number follows */
	TEXT = 2, /* :: */
	END = 3 /* }} */
};

void
cloze_blank(GString *out, const struct node *n, const struct html_policy *p)
{
	const struct blank *b = n->blank;

	const unsigned *numbers = p->question;

	g_string_append_printf(out, "%c%u%c", BEGIN,
	    numbers ? numbers[b->number - 1] : b->number, TEXT);
	/* Of several spellings it is the first that a learner sees. */
	if (b->n_texts == 1)
		html_inlines(out, n, p);
	else
		html_textz(out, b->texts[0].text);
	g_string_append_c(out, END);
}

/* True if a brace before this one could be read together with it. */
static bool
is_brace(char c)
{
	return c == '{' || c == '}' || c == BEGIN || c == END;
}

void
cloze_finish(GString *field)
{
	g_autofree char *text = g_strdup(field->str);
	bool is_inside = false;

	g_string_truncate(field, 0);
	for (const char *p = text; *p; p++) {
		if (*p == BEGIN) {
			g_string_append(field, "{{c");
			is_inside = true;
		} else if (*p == TEXT) {
			g_string_append(field, "::");
		} else if (*p == END) {
			g_string_append(field, "}}");
			is_inside = false;
		} else if ((is_brace(*p) && is_brace(p[1])) ||
		    (*p == ':' && is_inside)) {
			g_string_append_printf(field, "&#%d;", *p);
		} else {
			g_string_append_c(field, *p);
		}
	}
}

unsigned
cloze_next(struct str *rest)
{
	static const char begin[] = "{{c";
	const char *at = g_strstr_len(rest->p, (gssize)rest->len, begin);
	unsigned number = 0;

	if (!at)
		return 0;
	*rest = str_from(*rest, (size_t)(at - rest->p) + strlen(begin));
	while (rest->len > 0 && g_ascii_isdigit(rest->p[0])) {
		number = number * 10 + (unsigned)(rest->p[0] - '0');
		*rest = str_from(*rest, 1);
	}
	return number;
}
