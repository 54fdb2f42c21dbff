#include "port/image.h"

#include "base/fs.h"
#include "base/sys.h"
#include "write/epub/epub.h"

#include <errno.h>
#include <fcntl.h>

enum {
	HEAD_SIZE = 64 * 1024,
	/* Beyond these, reading devices are slow or show nothing. */
	BYTES_MOST = 5 * 1024 * 1024,
	PIXELS_MOST = 5000
};

/* The core media types: https://www.w3.org/TR/epub-33/#sec-core-media-types */
const char *
image_type(struct str head)
{
	struct image image;

	/* It may end where the head does. */
	(void)image_probe(head, &image);
	if (image.kind == IMAGE_AVIF)
		return NULL;
	return image_media_type(image.kind);
}

static const char *
name_of_type(const char *type)
{
	const char *name = strchr(type, '/');

	return name ? name + 1 : type;
}

/* As many bytes as there are, up to HEAD_SIZE; -1: errno says why. */
static ssize_t
read_head(int fd, char head[HEAD_SIZE])
{
	size_t n = 0;

	while (n < HEAD_SIZE) {
		ssize_t got = sys()->read(fd, head + n, HEAD_SIZE - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}

bool
image_read_type(const char *path, const char **type)
{
	char head[HEAD_SIZE];
	int fd = sys()->open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

	*type = NULL;
	if (fd < 0)
		return false;
	ssize_t n = read_head(fd, head);
	int error = errno;
	sys()->close(fd);
	errno = error;
	if (n < 0)
		return false;
	*type = image_type((struct str){ head, (size_t)n });
	return true;
}

void
image_check_size(struct loc at, const char *name, size_t size, unsigned width,
    unsigned height, struct diag *d)
{
	if (size <= BYTES_MOST && MAX(width, height) <= PIXELS_MOST)
		return;
	diag_at(d, DIAG_EPUB_IMAGE_SIZE, at, "%s", name);
	if (size > BYTES_MOST)
		diag_help(d, "it has %zu MiB; readers want at most %d",
		    size >> 20, BYTES_MOST >> 20);
	else
		diag_help(d, "it has %u by %u pixels; readers want at most %d",
		    width, height, PIXELS_MOST);
}

/* True if a drawing names something on another site other than by a link for
 * readers: a book may not fetch anything.
 * https://www.w3.org/TR/epub-33/#sec-resource-locations */
static bool
is_fetching(struct str svg)
{
	static const char *const ways[] = { "href=\"", "href='", "url(",
		"url(\"", "url('", "@import \"", "@import '" };
	static const char *const schemes[] = { "http:", "https:", "//" };

	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		const char *end = svg.p + svg.len, *p = svg.p;
		for (; (p = g_strstr_len(p, end - p, schemes[i])); p++) {
			const char *tag = g_strrstr_len(svg.p, p - svg.p, "<");
			const struct str before = { svg.p,
				(size_t)(p - svg.p) };
			bool is_link = tag && g_str_has_prefix(tag, "<a ");
			for (size_t k = 0; k < G_N_ELEMENTS(ways); k++)
				if (str_ends(before, ways[k]) && !is_link)
					return true;
		}
	}
	return false;
}

static void
check_drawing(const struct link *l, struct diag *d)
{
	struct arena *once = arena_new();
	struct str bytes;

	if (fs_read(l->to.asset->src, once, &bytes, d) && is_fetching(bytes)) {
		diag_at(d, DIAG_EPUB_IMAGE, l->at, "%s", l->url);
		diag_help(d, "it needs a file of another site");
	}
	arena_free(once);
}

#define EVERYWHERE "every reader shows PNG, JPEG, GIF and SVG"

static void
check_image(const struct link *l, struct diag *d)
{
	const struct asset *asset = l->to.asset;
	const char *type;

	if (!image_read_type(asset->src, &type)) {
		diag_errno(d, asset->src);
	} else if (!type) {
		diag_at(d, DIAG_EPUB_IMAGE, l->at, "%s", l->url);
		diag_help(d, EVERYWHERE);
	} else if (strcmp(type, asset->media_type) != 0) {
		diag_at(d, DIAG_EPUB_IMAGE, l->at, "%s", l->url);
		diag_help(d, "its name does not say that it is %s",
		    name_of_type(type));
	} else {
		const bool is_drawing = strcmp(type, "image/svg+xml") == 0;
		if (is_drawing)
			check_drawing(l, d);
		/* It came with EPUB 3.3; devices and checkers are older. */
		if (strcmp(type, "image/webp") == 0) {
			diag_at(d, DIAG_EPUB_WEBP, l->at, "%s", l->url);
			diag_help(d, EVERYWHERE);
		}
		image_check_size(l->at, l->url, asset->size,
		    is_drawing ? 0 : asset->width,
		    is_drawing ? 0 : asset->height, d);
	}
}

static void
check_links(struct link *const *links, size_t n, GHashTable *seen,
    struct diag *d)
{
	for (size_t i = 0; i < n; i++) {
		const struct link *l = links[i];
		if (l->is_image && l->to.kind == TARGET_ASSET &&
		    g_hash_table_add(seen,
			(struct asset *)(uintptr_t)l->to.asset))
			check_image(l, d);
	}
}

void
images_check(const struct book *b, struct diag *d)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (size_t i = 0; i < b->n_pages; i++) {
		const struct doc *doc = b->pages[i].doc;
		check_links(doc->links, doc->n_links, seen, d);
		check_links(doc->raw_links, doc->n_raw_links, seen, d);
	}
}

static int
by_address(const void *a, const void *b)
{
	const struct asset *const *x = a, *const *y = b;

	return strcmp((*x)->address, (*y)->address);
}

static void
gather(struct link *const *links, size_t n, GHashTable *seen, GPtrArray *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct target *to = &links[i]->to;
		/* The array is of const assets; GLib's pointers are not. */
		void *asset = (void *)(uintptr_t)to->asset;
		if (links[i]->is_image && to->kind == TARGET_ASSET &&
		    g_hash_table_add(seen, asset))
			g_ptr_array_add(out, asset);
	}
}

GPtrArray *
images_of(const struct book *b)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	GPtrArray *out = g_ptr_array_new();

	for (size_t i = 0; i < b->n_pages; i++) {
		const struct doc *doc = b->pages[i].doc;
		gather(doc->links, doc->n_links, seen, out);
		gather(doc->raw_links, doc->n_raw_links, seen, out);
	}
	if (out->len > 1)
		qsort(out->pdata, out->len, sizeof(void *), by_address);
	return out;
}
