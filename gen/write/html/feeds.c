/* What programs read: sitemap, feed, robots.txt. */
#include "write/html/website.h"

enum {
	FEED_MOST = 20 /* entries */
};

static void
put_url(GString *out, const struct site *site, const char *address)
{
	html_attr(out, str_of(site->url));
	g_string_append_uri_escaped(out, address, "/", FALSE);
	g_string_append(out, ".html");
}

static bool
write_file(struct job *j, const char *path, const GString *text)
{
	return out_file(j->out, path, (struct str){ text->str, text->len });
}

/* https://www.sitemaps.org/protocol.html */
static bool
write_sitemap(struct job *j, const struct website *w)
{
	g_autofree char *path = g_strdup_printf("site/%ssitemap.xml",
	    w->site.prefix);
	g_autoptr(GString) s = g_string_new(
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");

	for (size_t i = 0; i < j->book->n_pages; i++) {
		const struct page *p = &j->book->pages[i];
		g_string_append(s, "<url><loc>");
		put_url(s, j->in.site, p->self->address);
		g_string_append(s, "</loc>");
		if (p->date)
			g_string_append_printf(s, "<lastmod>%s</lastmod>",
			    p->date);
		g_string_append(s, "</url>\n");
	}
	g_string_append(s, "</urlset>\n");
	return write_file(j, path, s);
}

static int
newest_first(gconstpointer a, gconstpointer b)
{
	const struct page *x = *(const struct page *const *)a;
	const struct page *y = *(const struct page *const *)b;
	int order = strcmp(y->date, x->date);

	return order ? order : (int)x->self->no - (int)y->self->no;
}

static void
put_feed_entry(GString *s, const struct page *p, const struct site *site)
{
	g_string_append(s, "<entry>\n<title>");
	html_textz(s, p->self->title);
	g_string_append(s, "</title>\n<id>");
	put_url(s, site, p->self->address);
	g_string_append(s, "</id>\n<link href=\"");
	put_url(s, site, p->self->address);
	g_string_append_printf(s, "\"/>\n<updated>%sT00:00:00Z</updated>\n",
	    p->date);
	if (p->self->summary[0]) {
		g_string_append(s, "<summary>");
		html_textz(s, p->self->summary);
		g_string_append(s, "</summary>\n");
	}
	g_string_append(s, "</entry>\n");
}

/* https://www.rfc-editor.org/rfc/rfc4287 */
static bool
write_feed(struct job *j, const struct website *w)
{
	g_autofree char *path = g_strdup_printf("site/%sfeed.xml",
	    w->site.prefix);
	const struct site *site = j->in.site;
	g_autoptr(GPtrArray) dated = g_ptr_array_new();
	g_autoptr(GString) s = g_string_new(
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>");

	for (size_t i = 0; i < j->book->n_pages; i++)
		if (j->book->pages[i].date)
			g_ptr_array_add(dated,
			    (struct page *)(uintptr_t)&j->book->pages[i]);
	if (dated->len == 0)
		return true;
	g_ptr_array_sort(dated, newest_first);
	html_textz(s, site->title);
	g_string_append(s, "</title>\n<id>");
	html_textz(s, site->url);
	g_string_append(s, "</id>\n<link href=\"");
	html_attr(s, str_of(site->url));
	g_string_append(s, "\"/>\n<link rel=\"self\" href=\"");
	html_attr(s, str_of(site->url));
	g_string_append_printf(s,
	    "%sfeed.xml\"/>\n<updated>%sT00:00:00Z</updated>\n", w->site.prefix,
	    ((const struct page *)dated->pdata[0])->date);
	for (size_t i = 0; i < site->n_authors; i++) {
		g_string_append(s, "<author><name>");
		html_textz(s, site->authors[i]);
		g_string_append(s, "</name></author>\n");
	}
	if (site->n_authors == 0) {
		g_string_append(s, "<author><name>");
		html_textz(s, site->title);
		g_string_append(s, "</name></author>\n");
	}
	for (guint i = 0; i < dated->len && i < FEED_MOST; i++)
		put_feed_entry(s, dated->pdata[i], site);
	g_string_append(s, "</feed>\n");
	return write_file(j, path, s);
}

/* https://www.rfc-editor.org/rfc/rfc9309 */
static bool
write_robots(struct job *j)
{
	const struct site *site = j->in.site;
	g_autoptr(GString) s = g_string_new("User-agent: *\nAllow: /\n");

	if (site->url)
		g_string_append_printf(s, "Sitemap: %ssitemap.xml\n",
		    site->url);
	for (size_t i = 0; site->url && i < site->n_translations; i++) {
		g_autofree char *low = g_ascii_strdown(site->translations[i],
		    -1);
		g_string_append_printf(s, "Sitemap: %s%s/sitemap.xml\n",
		    site->url, low);
	}
	return write_file(j, "site/robots.txt", s);
}

bool
feeds_write(struct job *j, const struct website *w)
{
	bool ok = j->in.site->lang_dir || write_robots(j);

	if (ok && j->in.site->url)
		ok = write_sitemap(j, w) && write_feed(j, w);
	return ok;
}
