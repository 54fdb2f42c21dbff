#include "base/fs.h"
#include "port/image.h"
#include "write/epub/epub.h"

#include <errno.h>

static const char *
cover_option(const struct brief *in)
{
	const char *value = writer_option(in, OPTION_COVER);

	return value && value[0] ? value : NULL;
}

/* What an ending says that a file is. */
static enum image_kind
kind_by_name(const char *path)
{
	static const struct {
		const char *ending;
		enum image_kind kind;
	} known[] = { { "png", IMAGE_PNG }, { "jpg", IMAGE_JPEG },
		{ "jpeg", IMAGE_JPEG }, { "gif", IMAGE_GIF },
		{ "svg", IMAGE_SVG }, { "webp", IMAGE_WEBP },
		{ "avif", IMAGE_AVIF } };
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < G_N_ELEMENTS(known); i++)
		if (g_ascii_strcasecmp(dot + 1, known[i].ending) == 0)
			return known[i].kind;
	return IMAGE_NONE;
}

static void
check_bytes(const char *cover, struct loc at, struct str bytes, struct diag *d)
{
	struct image image;
	const bool is_whole = image_probe(bytes, &image);
	const enum image_kind named = kind_by_name(cover);
	const bool is_drawing = image.kind == IMAGE_SVG;

	if (image.kind != IMAGE_PNG && image.kind != IMAGE_JPEG &&
	    !is_drawing) {
		diag_at(d, DIAG_EPUB_IMAGE, at, "%s", cover);
		diag_help(d, "a cover is PNG, JPEG or SVG");
	} else if (!is_whole) {
		diag_at(d, DIAG_EPUB_IMAGE, at, "%s", cover);
		diag_help(d, "it is broken or cut off");
	} else if (named != IMAGE_NONE && named != image.kind) {
		diag_at(d, DIAG_EPUB_IMAGE, at, "%s", cover);
		diag_help(d, "its name does not say that it is %s",
		    strchr(image_media_type(image.kind), '/') + 1);
	} else {
		image_check_size(at, cover, bytes.len,
		    is_drawing ? 0 : image.width, is_drawing ? 0 : image.height,
		    d);
	}
}

void
cover_check(const struct brief *in, struct diag *d)
{
	const char *cover = cover_option(in);
	const char *type;

	if (!cover)
		return;
	g_autofree char *path = g_build_filename(in->site->dir, cover, NULL);
	struct loc at = option_place(in, "cover");
	struct arena *once = arena_new();
	struct str bytes;
	if (image_read_type(path, &type)) {
		if (fs_read(path, once, &bytes, d))
			check_bytes(cover, at, bytes, d);
	} else if (errno == ENOENT || errno == ENOTDIR || errno == EISDIR) {
		diag_at(d, DIAG_IMAGE_MISSING, at, "%s", cover);
		diag_help(d, "the path is relative to the folder of %s",
		    in->site->origin->path);
	} else {
		diag_errno(d, path);
	}
	arena_free(once);
}

static bool
add_page(struct job *j, struct epub *e)
{
	const struct site *site = j->in.site;
	const struct view v = view_of_file(&j->in, EPUB_COVER_PAGE);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) word = g_string_new(NULL);

	words_format(word, v.words, WORD_COVER, NULL, NULL);
	xhtml_begin(out, &v, word->str, site->lang, "cover");
	g_string_append(out, "<section class=\"cover\" aria-label=\"");
	html_attr(out, (struct str){ word->str, word->len });
	g_string_append(out, "\"><img src=\"");
	name_relative(out, v.from, e->cover);
	g_string_append(out, "\" role=\"doc-cover\" alt=\"");
	html_attr(out, str_of(site->title));
	for (size_t i = 0; i < site->n_authors; i++) {
		g_string_append(out, i ? ", " : ". ");
		html_attr(out, str_of(site->authors[i]));
	}
	g_string_append(out, "\"/></section>\n");
	xhtml_end(out);
	return epub_add_text(e, v.from, out);
}

bool
cover_is_drawn(const struct brief *in)
{
	return cover_option(in) == NULL;
}

static void
name_cover(struct epub *e, struct str bytes)
{
	const char *type = image_type(bytes);

	e->cover = "cover.svg";
	e->cover_type = "image/svg+xml";
	if (type && strcmp(type, "image/png") == 0)
		e->cover = "cover.png";
	else if (type && strcmp(type, "image/jpeg") == 0)
		e->cover = "cover.jpg";
	if (type)
		e->cover_type = type;
}

bool
cover_add(struct job *j, struct epub *e, struct str drawn)
{
	const char *own = cover_option(&j->in);
	struct str bytes = drawn;

	if (own) {
		g_autofree char *path = g_build_filename(j->in.site->dir, own,
		    NULL);
		if (!fs_read(path, j->arena, &bytes, j->diag))
			return false;
	}
	name_cover(e, bytes);
	/* Text of ours goes the way of all text. */
	g_autoptr(GString) svg = g_string_new_len(bytes.p, (gssize)bytes.len);
	const bool is_text = !own && strcmp(e->cover, "cover.svg") == 0;
	bool is_good = is_text
	    ? epub_add_text(e, e->cover, svg)
	    : epub_add_image(e, e->cover, bytes, e->cover_type);
	return is_good && add_page(j, e);
}
