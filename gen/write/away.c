#include "write/away.h"

#include "base/slug.h"

/* --- links -------------------------------------------------------------- */

#define NOWHERE "#ergen-nowhere"

const struct page_ref *
lesson_of(const struct page *p)
{
	return p->self->partner && p->self->kind == PAGE_QUIZ ? p->self->partner
							      : p->self;
}

void
away_url(GString *to, const struct site *site, const char *address,
    const char *ending, const char *anchor)
{
	g_autofree char *path = g_uri_escape_string(address, "/", TRUE);

	g_string_append_printf(to, "%s%s%s", site->url, path, ending);
	if (anchor) {
		g_autofree char *id = g_uri_escape_string(anchor, NULL, TRUE);
		g_string_append_printf(to, "#%s", id);
	}
}

bool
away_nowhere(GString *out, const struct link *l, const struct doc *doc)
{
	for (size_t i = 0; i < doc->n_raw_links; i++) {
		if (doc->raw_links[i] != l)
			continue;
		g_string_append(out, NOWHERE);
		return true;
	}
	return false;
}

bool
away_address(GString *out, const struct link *l, const struct site *site,
    const struct doc *doc)
{
	const struct target *to = &l->to;

	/* The glossary's links are for readers; a question asks. */
	if (l->is_term)
		return false;
	if (to->kind == TARGET_URL)
		g_string_append(out, to->url);
	else if (to->page && site->url)
		away_url(out, site, to->page->address, ".html", to->anchor);
	else if (to->kind == TARGET_ASSET && site->url)
		away_url(out, site, to->asset->address, "", NULL);
	else
		return away_nowhere(out, l, doc);
	return true;
}

void
away_settle(GString *html)
{
	if (!strstr(html->str, NOWHERE))
		return;
	(void)g_string_replace(html, " src=\"" NOWHERE "\"", "", 0);
	(void)g_string_replace(html, " href=\"" NOWHERE "\"", "", 0);
	(void)g_string_replace(html, " xlink:href=\"" NOWHERE "\"", "", 0);
}

char *
away_name(const struct asset *asset, struct arena *a)
{
	g_autofree char *base = g_path_get_basename(asset->path);
	const char *dot = strrchr(base, '.');
	const size_t len = dot ? (size_t)(dot - base) : strlen(base);
	const char *slug = slug_ascii(a, (struct str){ base, len }, 40);
	g_autoptr(GString) ending = g_string_new(NULL);

	for (const char *p = dot ? dot + 1 : ""; *p; p++)
		if (g_ascii_isalnum(*p))
			g_string_append_c(ending, g_ascii_tolower(*p));
	return arena_printf(a, "%s-%.16s.%s", *slug ? slug : "file",
	    asset->hash, ending->len ? ending->str : "bin");
}

/* How a reader may call it. */
static const char *
name_of(const struct link *l)
{
	switch (l->to.kind) {
	case TARGET_PAGE:
	case TARGET_TRANSLATION: return l->to.page->title;
	case TARGET_URL: return l->to.url;
	case TARGET_ASSET:
	case TARGET_NONE: break;
	}
	return l->url;
}

void
away_read_more(GString *out, const struct question *q,
    const struct html_policy *p)
{
	const struct link *l = q->source;
	g_autoptr(GString) url = g_string_new(NULL);

	if (!l)
		return;
	const bool has_url = l->to.kind != TARGET_NONE &&
	    p->address(url, l, p->ctx);
	g_string_append(out, "<p class=\"erg-more\">");
	html_word(out, p->words, WORD_READ_MORE, NULL, NULL);
	g_string_append(out, has_url ? " <a href=\"" : " ");
	if (has_url) {
		html_attr(out, (struct str){ url->str, url->len });
		g_string_append(out, "\">");
	}
	html_textz(out, name_of(l));
	g_string_append(out, has_url ? "</a></p>\n" : "</p>\n");
}

/* --- footnotes ---------------------------------------------------------- */

void
away_mark_notes(bool *used, const struct doc *doc, const struct node *tree)
{
	node_each(n, tree) {
		/* What a blank hides is seen before the answer, too. */
		if (n->kind == NODE_BLANK)
			continue;
		if (n->kind != NODE_FOOTNOTE_REF) {
			away_mark_notes(used, doc, n);
			continue;
		}
		const unsigned i = n->footnote->number - 1;
		if (i < doc->n_footnotes && !used[i]) {
			used[i] = true;
			away_mark_notes(used, doc, n->footnote->body);
		}
	}
}

void
away_put_notes(GString *out, const struct doc *doc, const bool *used,
    const struct html_policy *p)
{
	bool has_any = false;

	for (size_t i = 0; i < doc->n_footnotes; i++) {
		const struct footnote *note = &doc->footnotes[i];
		if (!used[i])
			continue;
		if (!has_any)
			g_string_append(out, "<ol class=\"erg-fn\">");
		has_any = true;
		g_string_append_printf(out, "<li value=\"%u\">", note->number);
		html_tight(out, note->body, p);
		g_string_append(out, "</li>");
	}
	if (has_any)
		g_string_append(out, "</ol>\n");
}
