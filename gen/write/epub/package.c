#include "base/fs.h"
#include "base/uuid.h"
#include "write/epub/epub.h"

#include <time.h>

const char *
package_uid(struct arena *a, const char *course_id)
{
	char uuid[UUID_LEN + 1];

	uuid_of_name(str_of(course_id), uuid);
	return arena_printf(a, "urn:uuid:%s", uuid);
}

/* Four digits for the year are all that the package has. */
static const char *
format_time(struct arena *a, long long seconds)
{
	time_t t = (time_t)CLAMP(seconds, 0, 253402300799LL);
	char text[32];
	struct tm tm;

	if (!gmtime_r(&t, &tm) ||
	    !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm))
		return "1970-01-01T00:00:00Z";
	return arena_strdup(a, text);
}

/* Eight bytes of ASCII without any control character: most text is that. */
static bool
is_plain(const char *p)
{
	unsigned long long eight;

	memcpy(&eight, p, sizeof(eight));
	/* A byte below 0x20 borrows from its highest bit, which was not set. */
	return !(
	    (eight | (eight - 0x2020202020202020ULL)) & 0x8080808080808080ULL);
}

/* Every text of the archive passes here, so nothing that XML forbids can get
 * into it, wherever it came from. https://www.w3.org/TR/xml/#charsets */
static void
scrub(GString *text)
{
	char *to = text->str;

	for (const char *p = text->str, *end = p + text->len; p < end; p++) {
		/* Nothing has been taken out yet, so nothing moves. */
		for (; to == p && end - p >= 8 && is_plain(p); to += 8)
			p += 8;
		if (p == end)
			break;
		unsigned char c = (unsigned char)*p;
		bool is_control = c < 0x20 && c != '\t' && c != '\n' &&
		    c != '\r';
		/* U+FFFE and U+FFFF */
		if (c == 0xef && end - p > 2 && (unsigned char)p[1] == 0xbf &&
		    (unsigned char)p[2] >= 0xbe)
			p += 2;
		else if (!is_control)
			*to++ = *p;
	}
	g_string_truncate(text, (size_t)(to - text->str));
}

void
epub_pack(struct zip_entry *entry, GString *text, struct arena *a)
{
	scrub(text);
	zip_pack(entry, (struct str){ text->str, text->len }, ZIP_DEFLATED, a);
}

bool
epub_add(struct epub *e, const char *name, const struct zip_entry *entry)
{
	g_autofree char *path = g_strconcat("EPUB/", name, NULL);

	return zip_add(e->zip, path, entry);
}

bool
epub_add_text(struct epub *e, const char *name, GString *text)
{
	struct arena *once = arena_new();
	struct zip_entry entry;

	epub_pack(&entry, text, once);
	bool is_good = epub_add(e, name, &entry);
	arena_free(once);
	return is_good;
}

/* Of what is compressed by itself nothing is gained; a drawing is text. */
bool
epub_add_image(struct epub *e, const char *name, struct str bytes,
    const char *type)
{
	struct arena *once = arena_new();
	struct zip_entry entry;

	zip_pack(&entry, bytes,
	    strcmp(type, "image/svg+xml") == 0 ? ZIP_DEFLATED : ZIP_STORED,
	    once);
	bool is_good = epub_add(e, name, &entry);
	arena_free(once);
	return is_good;
}

static bool
add_container(struct job *j, struct epub *e)
{
	const struct str type = STR_LIT("application/epub+zip");
	const struct str container = STR_LIT(
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
	    "<rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\n"
	    "</container>\n");
	struct zip_entry entry;

	/* First and stored, so that it can be read at a fixed place:
	 * https://www.w3.org/TR/epub-33/#sec-zip-container-mime */
	zip_pack(&entry, type, ZIP_STORED, j->arena);
	if (!zip_add(e->zip, "mimetype", &entry))
		return false;
	zip_pack(&entry, container, ZIP_DEFLATED, j->arena);
	return zip_add(e->zip, "META-INF/container.xml", &entry);
}

static void
put_line(GString *out, const char *open, const char *text, const char *close)
{
	if (!text[0])
		return;
	g_string_append(out, open);
	html_textz(out, text);
	g_string_append(out, close);
}

static bool
add_title_page(struct job *j, struct epub *e)
{
	const struct site *site = j->in.site;
	const struct view v = view_of_file(&j->in, EPUB_TITLE_PAGE);
	g_autoptr(GString) out = g_string_new(NULL);

	xhtml_begin(out, &v, site->title, site->lang, "frontmatter");
	g_string_append(out,
	    "<section epub:type=\"titlepage\" class=\"titlepage\" aria-labelledby=\"title\">\n");
	put_line(out, "<h1 id=\"title\">", site->title, "</h1>\n");
	put_line(out, "<p class=\"subtitle\">", site->subtitle, "</p>\n");
	for (size_t i = 0; i < site->n_authors; i++)
		put_line(out, "<p class=\"author\">", site->authors[i],
		    "</p>\n");
	put_line(out, "<p class=\"about\">", site->description, "</p>\n");
	g_string_append(out,
	    "<section epub:type=\"colophon\" role=\"doc-colophon\" class=\"imprint\">\n");
	put_line(out, "<p>", site->publisher, "</p>\n");
	put_line(out, "<p>", site->license, "</p>\n");
	g_autoptr(GString) date = g_string_new(NULL);
	g_autofree char *day = g_strndup(e->modified, strlen("2026-11-22"));
	words_date(date, v.words, day);
	put_line(out, "<p>", date->str, "</p>\n");
	if (site->url) {
		/* An address runs from left to right in every language. */
		g_string_append(out, "<p><a dir=\"ltr\" href=\"");
		html_attr(out, str_of(site->url));
		put_line(out, "\">", site->url, "</a></p>\n");
	}
	g_string_append(out, "</section>\n</section>\n");
	xhtml_end(out);
	return epub_add_text(e, v.from, out);
}

bool
package_begin(struct job *j, struct epub *e)
{
	const struct site *site = j->in.site;
	g_autoptr(GString) css = g_string_new_len(j->in.theme->epub_css.p,
	    (gssize)j->in.theme->epub_css.len);

	/* A book in another language is another book. */
	const char *id = site->id ? site->id : site->slug;
	if (site->lang_dir)
		id = arena_printf(j->arena, "%s/%s", id, site->lang);
	e->uid = package_uid(j->arena, id);
	e->modified = format_time(j->arena, j->book->time);
	e->has = arena_array(j->arena, j->book->n_pages + 1, unsigned);
	return add_container(j, e) && epub_add_text(e, EPUB_CSS, css);
}

bool
package_front(struct job *j, struct epub *e, struct str drawn_cover)
{
	return cover_add(j, e, drawn_cover) && add_title_page(j, e);
}

static void
put_item(GString *out, const char *id, const char *name, const char *type,
    const char *properties)
{
	g_string_append_printf(out,
	    "<item id=\"%s\" href=\"%s\" media-type=\"%s\"", id, name, type);
	if (properties[0])
		g_string_append_printf(out, " properties=\"%s\"", properties);
	g_string_append(out, "/>\n");
}

#define XHTML "application/xhtml+xml"

static const char *
properties_of(unsigned has)
{
	if ((has & HAS_SVG) && (has & HAS_MATHML))
		return "mathml svg";
	if (has & HAS_SVG)
		return "svg";
	return has & HAS_MATHML ? "mathml" : "";
}

static void
put_manifest(GString *out, const struct job *j, const struct epub *e)
{
	g_autoptr(GString) name = g_string_new(NULL);
	char id[16];

	g_string_append(out, "<manifest>\n");
	put_item(out, "nav", EPUB_NAV, XHTML, "nav");
	put_item(out, "ncx", EPUB_NCX, "application/x-dtbncx+xml", "");
	put_item(out, "css", EPUB_CSS, "text/css", "");
	put_item(out, "cover-image", e->cover, e->cover_type, "cover-image");
	put_item(out, "cover", EPUB_COVER_PAGE, XHTML, "");
	put_item(out, "title", EPUB_TITLE_PAGE, XHTML, "");
	for (size_t i = 0; i < j->book->n_pages; i++) {
		g_string_truncate(name, 0);
		name_of_page(name, j->book->pages[i].self);
		g_snprintf(id, sizeof(id), "p%zu", i + 1);
		put_item(out, id, name->str, XHTML, properties_of(e->has[i]));
	}
	if (e->has_index)
		put_item(out, "index", EPUB_INDEX, XHTML, "");
	if (e->answers->len)
		put_item(out, "answers", EPUB_ANSWERS, XHTML,
		    properties_of(e->answers_has));
	for (size_t i = 0; i < e->images->len; i++) {
		const struct asset *a = e->images->pdata[i];
		g_string_truncate(name, 0);
		name_of_asset(name, a);
		g_snprintf(id, sizeof(id), "i%zu", i + 1);
		put_item(out, id, name->str, a->media_type,
		    e->image_scripts[i] ? "scripted" : "");
	}
	g_string_append(out, "</manifest>\n");
}

static void
put_spine(GString *out, const struct job *j, const struct epub *e)
{
	g_string_append_printf(out,
	    "<spine toc=\"ncx\" page-progression-direction=\"%s\">\n"
	    "<itemref idref=\"cover\"/>\n<itemref idref=\"title\"/>\n"
	    "<itemref idref=\"nav\"/>\n",
	    j->in.site->is_rtl ? "rtl" : "ltr");
	for (size_t i = 0; i < j->book->n_pages; i++)
		g_string_append_printf(out, "<itemref idref=\"p%zu\"/>\n",
		    i + 1);
	if (e->has_index)
		g_string_append(out, "<itemref idref=\"index\"/>\n");
	if (e->answers->len)
		g_string_append(out, "<itemref idref=\"answers\"/>\n");
	g_string_append(out, "</spine>\n");
}

static bool
add_package(struct job *j, struct epub *e)
{
	g_autoptr(GString) out = g_string_new(NULL);
	unsigned has = e->answers_has;

	for (size_t i = 0; i < j->book->n_pages; i++)
		has |= e->has[i];
	g_string_append(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"pub-id\" xml:lang=\"");
	html_attr(out, str_of(j->in.site->lang));
	g_string_append_printf(out, "\" dir=\"%s\">\n",
	    j->in.site->is_rtl ? "rtl" : "ltr");
	metadata_write(out, j, e, has);
	put_manifest(out, j, e);
	put_spine(out, j, e);
	g_string_append(out, "</package>\n");
	return epub_add_text(e, "package.opf", out);
}

static bool
add_answers(struct job *j, struct epub *e)
{
	const struct words *w = j->in.theme->words;
	const struct view v = view_of_file(&j->in, EPUB_ANSWERS);
	g_autoptr(GString) out = g_string_new(NULL);

	if (e->answers->len == 0)
		return true;
	e->answers_has = xhtml_look(e->answers);
	xhtml_begin(out, &v, w->text[WORD_ANSWER_KEY], j->in.site->lang,
	    "backmatter");
	g_string_append(out,
	    "<section epub:type=\"appendix\" role=\"doc-appendix\" class=\"key\" aria-labelledby=\"Title\">\n"
	    "<h1 id=\"Title\">");
	html_word(out, w, WORD_ANSWER_KEY, NULL, NULL);
	g_string_append(out, "</h1>\n");
	/* The key is the book's longest text: no second copy of it. */
	g_string_prepend_len(e->answers, out->str, (gssize)out->len);
	structure_level(e->answers, 0);
	g_string_append(e->answers, "</section>\n");
	xhtml_end(e->answers);
	bool ok = epub_add_text(e, EPUB_ANSWERS, e->answers);
	/* That there is a key is still asked for: a short rest says so. */
	g_string_free(e->answers, TRUE);
	e->answers = g_string_new("key");
	return ok;
}

static void
look_at_svg(struct epub *e, size_t i, struct str bytes)
{
	/* It does not run in an image, but has to be declared. */
	e->image_scripts[i] = g_strstr_len(bytes.p, (gssize)bytes.len,
	    "<script");
	e->image_moves[i] = g_strstr_len(bytes.p, (gssize)bytes.len,
				"<animate") ||
	    g_strstr_len(bytes.p, (gssize)bytes.len, "@keyframes");
}

static bool
add_images(struct job *j, struct epub *e)
{
	g_autoptr(GString) name = g_string_new(NULL);

	for (size_t i = 0; i < e->images->len; i++) {
		const struct asset *asset = e->images->pdata[i];
		struct arena *once = arena_new();
		struct str bytes;
		g_string_truncate(name, 0);
		name_of_asset(name, asset);
		bool is_good = fs_read_same(asset->src, asset->hash, once,
				   &bytes, j->diag) &&
		    epub_add_image(e, name->str, bytes, asset->media_type);
		/* It does not run in an image, but has to be declared. */
		if (is_good && strcmp(asset->media_type, "image/svg+xml") == 0)
			look_at_svg(e, i, bytes);
		arena_free(once);
		if (!is_good)
			return false;
	}
	return true;
}

bool
package_end(struct job *j, struct epub *e)
{
	e->images = images_of(j->book);
	e->image_scripts = arena_array(j->arena, e->images->len + 1, bool);
	e->image_moves = arena_array(j->arena, e->images->len + 1, bool);
	return index_write(j, e) && add_answers(j, e) && add_images(j, e) &&
	    nav_add(j, e) && add_package(j, e);
}
