/* The options of ergen's own cards. */
#include "import/markup.h"
#include "port/html.h"

struct choosing {
	GArray *parts; /* struct one_option */
	GString *to; /* where HTML goes, or NULL between options */
	unsigned depth, option_at, why_at, mark_at;
};

struct one_option {
	GString *text, *why;
	bool is_right;
};

static struct one_option *
last_option(struct choosing *c)
{
	return &g_array_index(c->parts, struct one_option, c->parts->len - 1);
}

static void
put_tag(GString *to, const char *name, const struct html_attributes *a)
{
	static const char *const kept[] = { "href", "src", "alt", "class" };

	g_string_append_printf(to, "<%s", name);
	for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
		const char *value = html_attribute(a, kept[i]);
		g_autofree char *safe = value ? g_markup_escape_text(value, -1)
					      : NULL;
		if (safe)
			g_string_append_printf(to, " %s=\"%s\"", kept[i], safe);
	}
	g_string_append_c(to, '>');
}

static bool
open_option(const char *name, const struct html_attributes *a, void *ctx)
{
	struct choosing *c = ctx;
	const char *class = html_attribute(a, "class");
	const bool is_ok = class && strcmp(class, "ok") == 0;

	c->depth++;
	if (!c->to && strcmp(name, "li") == 0 &&
	    (is_ok || (class && strcmp(class, "no") == 0))) {
		const struct one_option o = { g_string_new(NULL),
			g_string_new(NULL), is_ok };
		g_array_append_val(c->parts, o);
		c->to = o.text;
		c->option_at = c->depth;
	} else if (c->to && class && strcmp(class, "erg-mark") == 0) {
		c->depth--;
		return false;
	} else if (c->to && !c->why_at && class &&
	    strcmp(class, "erg-why") == 0) {
		c->to = last_option(c)->why;
		c->why_at = c->depth;
	} else if (c->to) {
		put_tag(c->to, name, a);
	}
	return true;
}

static void
close_option(const char *name, void *ctx)
{
	struct choosing *c = ctx;
	static const char *const empty[] = { "br", "img", "hr", NULL };

	if (c->depth == c->why_at) {
		c->why_at = 0;
		c->to = last_option(c)->text;
	} else if (c->depth == c->option_at) {
		c->option_at = 0;
		c->to = NULL;
	} else if (c->to && !g_strv_contains(empty, name)) {
		g_string_append_printf(c->to, "</%s>", name);
	}
	c->depth--;
}

static void
text_of_option(const char *text, void *ctx)
{
	struct choosing *c = ctx;
	g_autofree char *safe = g_markup_escape_text(text, -1);

	if (c->to)
		g_string_append(c->to, safe);
}

void
markup_options(const struct markup *m, struct str html, struct items *options)
{
	static const struct html_events events = { open_option, close_option,
		text_of_option };
	struct choosing c = { .parts = g_array_new(FALSE, FALSE,
				  sizeof(struct one_option)) };

	html_walk(html, &events, &c);
	for (guint i = 0; i < c.parts->len; i++) {
		const struct one_option *o = &g_array_index(c.parts,
		    struct one_option, i);
		const char *why = markup_read(m,
		    (struct str){ o->why->str, o->why->len });
		items_add(m->im, options,
		    markup_read(m, (struct str){ o->text->str, o->text->len }),
		    why[0] ? why : NULL, o->is_right);
		g_string_free(o->text, TRUE);
		g_string_free(o->why, TRUE);
	}
	g_array_free(c.parts, TRUE);
}
