#include "port/html.h"

#include "port/html_ids.h"
#include "port/html_rules.h"
#include "port/html_tags.h"
#include "port/html_tree.h"

/* Deeper elements are refused: browsers cut at 512, and the time the parser
 * takes grows with the square of the depth. */
#define DEPTH 200
/* Of one tag: here too the parser's time grows with the square. */
#define ATTRIBUTES_MOST 1000
/* Names as long as this are nobody's. */
#define NAME_SIZE HTML_TAG_NAME_SIZE

/*
 * The parser's memory: every block is in a list, so that the tree can be given
 * back block by block. gumbo_destroy_output() recurses once a level and runs
 * out of stack on 300,000 nested <i>.
 */
struct block {
	struct block *prev, *next;
};

static void *
pool_alloc(void *list, size_t size)
{
	struct block *head = list;
	struct block *b = g_malloc(sizeof(*b) + size);

	b->prev = head;
	b->next = head->next;
	head->next->prev = b;
	head->next = b;
	return b + 1;
}

static void
pool_free(void *list, void *memory)
{
	(void)list;
	if (!memory)
		return;
	struct block *b = (struct block *)memory - 1;
	b->prev->next = b->next;
	b->next->prev = b->prev;
	g_free(b);
}

static void
pool_empty(struct block *head)
{
	while (head->next != head)
		pool_free(head, head->next + 1);
}

/* ---- writing */

struct cleaner {
	GString *out;
	const struct html_clean *how;
	GString *value; /* of the attribute at hand, without what XML lacks */
	GString *address; /* what relink makes of it */
	GArray *open; /* of struct level: from the outermost to here */
	struct html_ids *ids; /* or NULL */
	size_t pre_at; /* where the last start tag of a <pre> ends, or 0 */
};

/* An element whose content is being written. */
struct level {
	const GumboElement *element;
	unsigned next; /* child */
	bool has_tags; /* else it is refused, and its content is kept */
};

static void
refuse(const struct cleaner *c, GumboSourcePosition at, const char *before,
    const char *name, const char *behind)
{
	if (!c->how->refused)
		return;
	g_autofree char *text = g_strconcat(before, name, behind, NULL);
	c->how->refused(text, at.offset, c->how->ctx);
}

/* https://www.w3.org/TR/xml/#charsets, and no other control characters. */
static bool
is_text_char(gunichar u)
{
	if (u < 0x20)
		return u == '\t' || u == '\n';
	return (u < 0x7f || u > 0x9f) && u != 0xfffe && u != 0xffff;
}

enum escape {
	ESCAPE_NOTHING,
	ESCAPE_TEXT,
	ESCAPE_ATTRIBUTE
};

static const char *
entity(gunichar u, enum escape escape)
{
	if (escape == ESCAPE_NOTHING)
		return NULL;
	switch (u) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return escape == ESCAPE_ATTRIBUTE ? "&quot;" : NULL;
	default: return NULL;
	}
}

/* Without the characters that XML lacks. */
static void
append(GString *out, const char *text, enum escape escape)
{
	for (const char *p = text; *p;) {
		gunichar u = g_utf8_get_char_validated(p, -1);
		if (u == (gunichar)-1 || u == (gunichar)-2) {
			p++;
			continue;
		}
		const char *e = entity(u, escape);
		if (e)
			g_string_append(out, e);
		else if (is_text_char(u))
			g_string_append_unichar(out, u);
		p += g_unichar_to_utf8(u, NULL);
	}
}

/* ---- names */

static enum html_vocabulary
vocabulary(const GumboElement *e)
{
	switch (e->tag_namespace) {
	case GUMBO_NAMESPACE_HTML: return HTML_ELEMENTS;
	case GUMBO_NAMESPACE_SVG: return SVG_ELEMENTS;
	case GUMBO_NAMESPACE_MATHML: return MATHML_ELEMENTS;
	}
	return HTML_ELEMENTS;
}

/* ASCII letters, digits and -._ behind a letter or underscore: less than XML
 * allows and all that is in use. Colons are the callers' business. */
static bool
is_xml_name(const char *name)
{
	if (!g_ascii_isalpha(*name) && *name != '_')
		return false;
	for (const char *p = name; *p; p++)
		if (!is_alnum(*p) && !strchr("-._", *p))
			return false;
	return true;
}

/* Lower case, but SVG keeps its own spelling. False: XML has no such name. */
static bool
element_name(const GumboElement *e, char name[NAME_SIZE])
{
	if (e->tag != GUMBO_TAG_UNKNOWN &&
	    e->tag_namespace != GUMBO_NAMESPACE_SVG) {
		g_strlcpy(name, gumbo_normalized_tagname(e->tag), NAME_SIZE);
		return true;
	}
	GumboStringPiece piece = e->original_tag;
	gumbo_tag_from_original_text(&piece);
	if (!piece.data || piece.length == 0 || piece.length >= NAME_SIZE) {
		g_strlcpy(name, gumbo_normalized_tagname(e->tag), NAME_SIZE);
		return *name;
	}
	const char *svg = e->tag_namespace == GUMBO_NAMESPACE_SVG
	    ? gumbo_normalize_svg_tagname(&piece)
	    : NULL;
	for (size_t i = 0; i < piece.length; i++)
		name[i] = g_ascii_tolower(piece.data[i]);
	name[piece.length] = '\0';
	if (svg)
		g_strlcpy(name, svg, NAME_SIZE);
	return is_xml_name(name);
}

/* With its prefix; only prefixes that are declared wherever ergen writes XML,
 * or by the start tag itself. */
static bool
attribute_name(const GumboAttribute *a, char name[NAME_SIZE])
{
	const char *prefix = "", *local = a->name;

	switch (a->attr_namespace) {
	case GUMBO_ATTR_NAMESPACE_NONE: break;
	case GUMBO_ATTR_NAMESPACE_XLINK: prefix = "xlink:"; break;
	case GUMBO_ATTR_NAMESPACE_XML: prefix = "xml:"; break;
	case GUMBO_ATTR_NAMESPACE_XMLNS: return false;
	}
	if (!*prefix && g_str_has_prefix(local, "epub:")) {
		prefix = "epub:";
		local += strlen(prefix);
	} else if (!*prefix && g_str_has_prefix(local, "xml:")) {
		prefix = "xml:";
		local += strlen(prefix);
	}
	size_t len = (size_t)g_snprintf(name, NAME_SIZE, "%s%s", prefix, local);
	return is_xml_name(local) && len < NAME_SIZE;
}

/* ---- attributes */

static bool
is_namespace(const GumboAttribute *a)
{
	return a->attr_namespace == GUMBO_ATTR_NAMESPACE_XMLNS ||
	    !strcmp(a->name, "xmlns") || g_str_has_prefix(a->name, "xmlns:");
}

/* Judges c->value; says what is wrong with it. */
static bool
is_value_refused(const struct cleaner *c, enum html_vocabulary v,
    const char *element, const char *name, GumboSourcePosition at)
{
	struct str value = { c->value->str, c->value->len };

	if (v != HTML_ELEMENTS) {
		if (html_foreign_value_is_safe(element, name, value))
			return false;
		refuse(c, at, "", name, "=");
		return true;
	}
	if (!html_value_is_good(name, value)) {
		g_autofree char *rest = value.len < 40
		    ? g_strdup_printf("=\"%s\"", c->value->str)
		    : g_strdup("=");
		refuse(c, at, "", name, rest);
		return true;
	}
	if (strcmp(name, "href") && strcmp(name, "src") && strcmp(name, "cite"))
		return false;
	if (html_url_is_safe(value))
		return false;
	char scheme[16];
	html_url_scheme(value, scheme);
	refuse(c, at, "", scheme, ":");
	return true;
}

/* A link in a picture leads to pages as any other does; all other addresses
 * of pictures and formulas are names inside them. */
static void
relink(struct cleaner *c, enum html_vocabulary v, const char *element,
    const char *name, GumboSourcePosition at)
{
	bool is_href = !strcmp(name, "href") || !strcmp(name, "xlink:href");
	bool is_link = v == HTML_ELEMENTS
	    ? !strcmp(name, "href") || !strcmp(name, "src")
	    : v == SVG_ELEMENTS && !strcmp(element, "a") && is_href;

	if (!c->how->relink || !is_link)
		return;
	g_string_truncate(c->address, 0);
	if (c->how->relink(c->address, c->value->str, !strcmp(element, "img"),
		at.offset, c->how->ctx))
		g_string_assign(c->value, c->address->str);
}

static void
write_attribute(struct cleaner *c, const GumboElement *e, const char *element,
    const GumboAttribute *a)
{
	enum html_vocabulary v = vocabulary(e);
	bool is_safe_only = c->how->trust == HTML_SAFE;
	char name[NAME_SIZE];

	bool has_name = attribute_name(a, name);

	if (!has_name ||
	    (is_safe_only && !html_attribute_is_safe(v, element, name))) {
		refuse(c, a->name_start, "", has_name ? name : a->name, "=");
		return;
	}
	g_string_truncate(c->value, 0);
	append(c->value, a->value, ESCAPE_NOTHING);
	if (is_safe_only &&
	    is_value_refused(c, v, element, name, a->name_start))
		return;
	g_autofree char *before = c->ids ? g_strdup(c->value->str) : NULL;
	if (c->ids && !html_ids_rename(c->ids, v, element, name, c->value))
		return;
	/* What it refers to inside the fragment is no link of the page. */
	if (!before || !strcmp(before, c->value->str))
		relink(c, v, element, name, a->name_start);
	g_string_append_printf(c->out, " %s", name);
	if (c->value->len == 0 && html_is_boolean(name)) {
		if (c->how->as_xml)
			g_string_append_printf(c->out, "=\"%s\"", name);
		return;
	}
	g_string_append(c->out, "=\"");
	append(c->out, c->value->str, ESCAPE_ATTRIBUTE);
	g_string_append_c(c->out, '"');
}

static bool
has_xlink(const GumboElement *e)
{
	for (unsigned i = 0; i < e->attributes.length; i++) {
		const GumboAttribute *a = e->attributes.data[i];
		if (a->attr_namespace == GUMBO_ATTR_NAMESPACE_XLINK)
			return true;
	}
	return false;
}

static const char *
attribute_of(const GumboElement *e, const char *name)
{
	const GumboAttribute *a = gumbo_get_attribute(&e->attributes, name);

	return a ? a->value : NULL;
}

static void
write_image_attributes(struct cleaner *c, const GumboElement *e)
{
	struct html_image image = { .url = attribute_of(e, "src"),
		.width = attribute_of(e, "width"),
		.height = attribute_of(e, "height"),
		.has_alt = attribute_of(e, "alt"),
		.has_loading = attribute_of(e, "loading"),
		.at = e->start_pos.offset };

	if (image.url && c->how->image)
		c->how->image(c->out, &image, c->how->ctx);
}

/* What an XML parser has to be told and an HTML parser knows. */
static void
write_namespaces(struct cleaner *c, const GumboNode *node, const char *name)
{
	const GumboElement *e = &node->v.element;

	if (!c->how->as_xml)
		return;
	if (e->tag_namespace == GUMBO_NAMESPACE_SVG && !strcmp(name, "svg"))
		g_string_append(c->out,
		    " xmlns=\"http://www.w3.org/2000/svg\"");
	if (e->tag_namespace == GUMBO_NAMESPACE_MATHML && !strcmp(name, "math"))
		g_string_append(c->out,
		    " xmlns=\"http://www.w3.org/1998/Math/MathML\"");
	if (e->tag_namespace != GUMBO_NAMESPACE_HTML && has_xlink(e))
		g_string_append(c->out,
		    " xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
}

/* ---- elements */

static bool
is_empty_element(const struct cleaner *c, const GumboElement *e,
    const char *name)
{
	if (e->tag_namespace == GUMBO_NAMESPACE_HTML)
		return html_is_void(name);
	return c->how->as_xml && e->children.length == 0;
}

static void
write_start(struct cleaner *c, const GumboNode *node, const char *name)
{
	const GumboElement *e = &node->v.element;

	g_string_append_printf(c->out, "<%s", name);
	write_namespaces(c, node, name);
	for (unsigned i = 0; i < e->attributes.length; i++)
		if (!is_namespace(e->attributes.data[i]))
			write_attribute(c, e, name, e->attributes.data[i]);
	if (e->tag == GUMBO_TAG_IMG)
		write_image_attributes(c, e);
	bool is_empty = is_empty_element(c, e, name);
	g_string_append(c->out, is_empty && c->how->as_xml ? "/>" : ">");
	if (e->tag == GUMBO_TAG_PRE || e->tag == GUMBO_TAG_TEXTAREA ||
	    e->tag == GUMBO_TAG_LISTING)
		c->pre_at = c->out->len;
}

/* The innermost element around here of which the tags were written. */
static const GumboElement *
around(const struct cleaner *c)
{
	for (unsigned i = c->open->len; i-- > 0;) {
		const struct level *l = &g_array_index(c->open, struct level,
		    i);
		if (l->has_tags)
			return l->element;
	}
	return NULL;
}

static enum html_verdict
judge(const struct cleaner *c, const GumboElement *e, const char *name)
{
	if (c->how->trust == HTML_ALLOW)
		return html_judge_trusted(vocabulary(e), name);
	enum html_verdict verdict = html_judge(vocabulary(e), name);
	const GumboElement *outside = around(c);
	/* Pictures and formulas may hold HTML in some places; not here. */
	if (verdict == HTML_KEEP && outside &&
	    outside->tag_namespace != GUMBO_NAMESPACE_HTML &&
	    outside->tag_namespace != e->tag_namespace)
		return HTML_UNWRAP;
	return verdict;
}

static void
enter(struct cleaner *c, const GumboNode *node)
{
	const GumboElement *e = &node->v.element;
	char name[NAME_SIZE];
	bool has_name = element_name(e, name);

	/* "</p>" without a start makes an empty paragraph that nobody meant;
	 * it is what is left of a <p> that a block inside has closed. */
	if ((node->parse_flags & GUMBO_INSERTION_CONVERTED_FROM_END_TAG) &&
	    e->tag == GUMBO_TAG_P && e->children.length == 0)
		return;
	enum html_verdict verdict = has_name ? judge(c, e, name) : HTML_UNWRAP;
	if (verdict != HTML_KEEP)
		refuse(c, e->start_pos, "<", *name ? name : "?", ">");
	if (c->open->len > DEPTH && verdict != HTML_DROP) {
		refuse(c, e->start_pos, "", "nesting", "");
		verdict = HTML_DROP;
	}
	if (verdict == HTML_DROP)
		return;
	struct level l = { e, 0, verdict == HTML_KEEP };
	if (l.has_tags)
		write_start(c, node, name);
	if (!l.has_tags || !is_empty_element(c, e, name))
		g_array_append_val(c->open, l);
}

static void
leave(struct cleaner *c, const struct level *l)
{
	char name[NAME_SIZE];

	if (l->has_tags && element_name(l->element, name))
		g_string_append_printf(c->out, "</%s>", name);
	g_array_set_size(c->open, c->open->len - 1);
}

/* HTML reads the content of these two as it stands. */
static bool
is_raw_text(const struct cleaner *c, const GumboElement *e)
{
	return !c->how->as_xml && e->tag_namespace == GUMBO_NAMESPACE_HTML &&
	    (e->tag == GUMBO_TAG_SCRIPT || e->tag == GUMBO_TAG_STYLE);
}

/* HTML drops the first line end in a <pre>; one that counts is written twice:
 * https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody */
static void
write_text(struct cleaner *c, const GumboElement *around, const char *text)
{
	if (!c->how->as_xml && c->pre_at == c->out->len && *text == '\n')
		g_string_append_c(c->out, '\n');
	append(c->out, text,
	    is_raw_text(c, around) ? ESCAPE_NOTHING : ESCAPE_TEXT);
}

static void
write_tree(struct cleaner *c, const GumboNode *root)
{
	struct level l = { &root->v.element, 0, false };

	g_array_append_val(c->open, l);
	while (c->open->len > 0) {
		struct level *top = &g_array_index(c->open, struct level,
		    c->open->len - 1);
		if (top->next == top->element->children.length) {
			leave(c, top);
			continue;
		}
		const GumboNode *n = top->element->children.data[top->next++];
		switch (n->type) {
		case GUMBO_NODE_ELEMENT:
		case GUMBO_NODE_TEMPLATE: enter(c, n); break;
		case GUMBO_NODE_TEXT:
		case GUMBO_NODE_CDATA:
		case GUMBO_NODE_WHITESPACE:
			write_text(c, top->element, n->v.text.text);
			break;
		case GUMBO_NODE_COMMENT:
		case GUMBO_NODE_DOCUMENT: break;
		}
	}
}

static void
add_id(const GumboNode *node, void *ids)
{
	const char *id = attribute_of(&node->v.element, "id");

	if (id)
		html_ids_add(ids, id);
}

/* A tree whose memory is in list; it goes with pool_empty(). */
static const GumboNode *
parse(struct block *list, struct str fragment)
{
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = pool_alloc;
	options.deallocator = pool_free;
	options.userdata = list;
	options.max_errors = 0;
	options.fragment_context = GUMBO_TAG_DIV;
	return gumbo_parse_with_options(&options, fragment.p, fragment.len)
	    ->root;
}

static void
parse_and_write(struct cleaner *c, struct str fragment)
{
	struct block memory = { &memory, &memory };
	const GumboNode *root = parse(&memory, fragment);
	const struct html_clean *how = c->how;

	if (how->ids) {
		c->ids = html_ids_new(how->ids);
		html_tree_each(root, add_id, NULL, c->ids);
	}
	write_tree(c, root);
	if (how->mended)
		html_tree_mended(root, fragment, how);
	html_ids_free(c->ids);
	pool_empty(&memory);
}

/* What keeps a fragment from being parsed, with its place; or NULL. */
static const char *
obstacle(struct str fragment, size_t *at)
{
	struct html_tag t = { 0 };

	*at = html_too_deep(fragment);
	if (*at < fragment.len)
		return "nesting";
	while (html_next_tag(&t, fragment)) {
		*at = t.start;
		if (t.n_attributes > ATTRIBUTES_MOST)
			return "attributes";
	}
	return NULL;
}

void
html_clean(GString *out, struct str fragment, const struct html_clean *how)
{
	struct cleaner c = { out, how, g_string_new(NULL), g_string_new(NULL),
		g_array_new(FALSE, FALSE, sizeof(struct level)), NULL, 0 };
	size_t at;
	const char *why = obstacle(fragment, &at);

	if (why)
		refuse(&c, (GumboSourcePosition){ .offset = (unsigned)at }, "",
		    why, "");
	else
		parse_and_write(&c, fragment);
	g_array_free(c.open, TRUE);
	g_string_free(c.address, TRUE);
	g_string_free(c.value, TRUE);
}

/* ---- walking */

struct html_attributes {
	const GumboElement *element;
};

const char *
html_attribute(const struct html_attributes *a, const char *name)
{
	const GumboAttribute
	    *found = gumbo_get_attribute(&a->element->attributes, name);

	return found ? found->value : NULL;
}

static void
tell_text(const char *text, const struct html_events *e, void *ctx)
{
	g_autoptr(GString) good = g_string_new(NULL);

	append(good, text, ESCAPE_NOTHING);
	if (good->len)
		e->text(good->str, ctx);
}

/* Opens an element; false: what is inside is to be passed over. */
static bool
tell_open(GArray *open, const GumboNode *node, const struct html_events *e,
    void *ctx)
{
	const struct html_attributes a = { &node->v.element };
	struct level l = { &node->v.element, 0, open->len <= DEPTH };
	char name[NAME_SIZE];

	if (l.has_tags && !element_name(l.element, name))
		g_strlcpy(name, "?", sizeof(name));
	if (l.has_tags && !e->open(name, &a, ctx))
		return false;
	g_array_append_val(open, l);
	return true;
}

static void
tell_close(GArray *open, const struct html_events *e, void *ctx)
{
	const struct level *l = &g_array_index(open, struct level,
	    open->len - 1);
	char name[NAME_SIZE];

	if (l->has_tags && open->len > 1) {
		if (!element_name(l->element, name))
			g_strlcpy(name, "?", sizeof(name));
		e->close(name, ctx);
	}
	g_array_set_size(open, open->len - 1);
}

static void
tell_tree(const GumboNode *root, const struct html_events *e, void *ctx)
{
	g_autoptr(GArray)
	    open = g_array_new(FALSE, FALSE, sizeof(struct level));
	struct level first = { &root->v.element, 0, true };

	g_array_append_val(open, first);
	while (open->len > 0) {
		struct level *top = &g_array_index(open, struct level,
		    open->len - 1);
		if (top->next == top->element->children.length) {
			tell_close(open, e, ctx);
			continue;
		}
		const GumboNode *n = top->element->children.data[top->next++];
		switch (n->type) {
		case GUMBO_NODE_ELEMENT:
		case GUMBO_NODE_TEMPLATE:
			(void)tell_open(open, n, e, ctx);
			break;
		case GUMBO_NODE_TEXT:
		case GUMBO_NODE_CDATA:
		case GUMBO_NODE_WHITESPACE:
			tell_text(n->v.text.text, e, ctx);
			break;
		case GUMBO_NODE_COMMENT:
		case GUMBO_NODE_DOCUMENT: break;
		}
	}
}

void
html_walk(struct str fragment, const struct html_events *e, void *ctx)
{
	struct block memory = { &memory, &memory };

	size_t at;

	if (obstacle(fragment, &at)) {
		g_autofree char *text = g_strndup(fragment.p, fragment.len);
		tell_text(text, e, ctx);
		return;
	}
	tell_tree(parse(&memory, fragment), e, ctx);
	pool_empty(&memory);
}
