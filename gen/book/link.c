/* Phase 4, second half: where every link leads. */
#include "base/fs.h"
#include "base/sys.h"
#include "book/cards.h"
#include "book/objectives.h"
#include "book/sitting.h"
#include "book/source.h"
#include "book/terms.h"
#include "port/image.h"

#include <errno.h>

enum {
	HELPED_MOST = 50
};

struct linking {
	struct making *m;
	struct diag *diag;
	const struct source *source; /* whose links are resolved */
	unsigned n_helped; /* looking for what was meant takes time */
};

static const char *
scheme_end(const char *url)
{
	const char *p = url;

	if (!g_ascii_isalpha(*p))
		return NULL;
	while (g_ascii_isalnum(*p) || *p == '+' || *p == '-' || *p == '.')
		p++;
	return *p == ':' ? p : NULL;
}

/* True if url has a scheme, or names a host: nothing of this course. */
static bool
resolve_elsewhere(struct linking *k, struct link *l)
{
	static const char *const allowed[] = { "http", "https", "mailto", "tel",
		"news", "irc", "ircs", "magnet", "doi", NULL };
	const char *end = scheme_end(l->url);

	if (!end && !g_str_has_prefix(l->url, "//"))
		return false;
	for (size_t i = 0; end && allowed[i]; i++) {
		size_t len = (size_t)(end - l->url);
		if (strlen(allowed[i]) == len &&
		    g_ascii_strncasecmp(l->url, allowed[i], len) == 0)
			end = NULL;
	}
	if (end) {
		diag_at(k->diag, DIAG_LINK_SCHEME, l->at, "%s", l->url);
		return true;
	}
	l->to.kind = TARGET_URL;
	l->to.url = l->url;
	if (l->is_image) {
		diag_at(k->diag, DIAG_IMAGE_REMOTE, l->at, "%s", l->url);
		diag_help(k->diag,
		    "put the file into the course: book and deck cannot carry it, and the page asks another site for it");
	}
	return true;
}

/* Appends the segments of a path and follows "." and "..". False: it goes above
 * the root. */
static bool
add_segments(GString *to, const char *path)
{
	while (*path) {
		const size_t len = strcspn(path, "/");
		if (len == 2 && path[0] == '.' && path[1] == '.') {
			const char *slash = strrchr(to->str, '/');
			if (to->len == 0)
				return false;
			g_string_truncate(to,
			    slash ? (size_t)(slash - to->str) : 0);
		} else if (len > 1 || (len == 1 && path[0] != '.')) {
			if (to->len)
				g_string_append_c(to, '/');
			g_string_append_len(to, path, (gssize)len);
		}
		path += len + (path[len] == '/');
	}
	return true;
}

/* Joins a folder and a relative path. NULL: it goes above the root. */
static char *
join_path(const char *folder, const char *rel)
{
	g_autoptr(GString) to = g_string_new(NULL);

	if ((rel[0] != '/' && !add_segments(to, folder)) ||
	    !add_segments(to, rel))
		return NULL;
	return g_string_free(g_steal_pointer(&to), FALSE);
}

static bool
is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] == '%' || (unsigned char)text.p[i] >= 0x80)
			return false;
	return true;
}

static const char *
keep_decoded(struct linking *k, const char *text, size_t len)
{
	if (is_plain((struct str){ text, len }))
		return arena_str(k->m->arena, (struct str){ text, len });
	g_autofree char *part = g_strndup(text, len);
	g_autofree char *plain = g_uri_unescape_string(part, NULL);
	const char *from = plain ? plain : part;
	g_autofree char *nfc = g_utf8_validate(from, -1, NULL)
	    ? g_utf8_normalize(from, -1, G_NORMALIZE_NFC)
	    : NULL;

	return arena_strdup(k->m->arena, nfc ? nfc : from);
}

static const char *
find_raw_id(const struct source *s, const char *anchor)
{
	for (size_t i = 0; s->doc && i < s->doc->n_raw_ids; i++)
		if (strcmp(s->doc->raw_ids[i], anchor) == 0)
			return s->doc->raw_ids[i];
	return NULL;
}

/* The id of a heading or question on a page, or NULL if it has none such;
 * "" for the page's own title. */
static const char *
find_anchor(const struct source *s, const char *anchor)
{
	if (s->title_id && strcmp(s->title_id, anchor) == 0)
		return "";
	for (size_t i = 0; i < s->n_quizzes; i++) {
		const struct quiz *q = s->quizzes[i];
		for (size_t j = 0; j < q->n_questions; j++) {
			const struct question *one = &q->questions[j];
			if (strcmp(one->anchor, anchor) == 0 ||
			    strcmp(one->heading->heading.id, anchor) == 0)
				return one->anchor;
		}
	}
	for (size_t i = 0; s->doc && i < s->doc->n_headings; i++)
		if (strcmp(s->doc->headings[i].id, anchor) == 0)
			return s->doc->headings[i].id;
	return NULL;
}

static void
help_with_anchor(struct linking *k, const struct source *s, const char *anchor)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();

	if (k->n_helped++ >= HELPED_MOST)
		return;
	for (size_t i = 0; s->doc && i < s->doc->n_headings; i++)
		g_ptr_array_add(ids, (char *)(uintptr_t)s->doc->headings[i].id);
	for (size_t i = 0; i < s->n_quizzes; i++)
		for (size_t j = 0; j < s->quizzes[i]->n_questions; j++)
			g_ptr_array_add(ids,
			    (char *)(uintptr_t)s->quizzes[i]
				->questions[j]
				.anchor);
	g_ptr_array_add(ids, NULL);
	const char *near = nearest(anchor, (const char *const *)ids->pdata);
	if (near)
		diag_help(k->diag, "did you mean '#%s'?", near);
}

static void
resolve_page(struct linking *k, struct link *l, const struct source *s,
    const char *anchor)
{
	if (!s->ref) {
		diag_at(k->diag, DIAG_LINK_BROKEN, l->at, "%s", l->url);
		diag_help(k->diag, "%s is no page of this build: it is a draft",
		    s->origin.path);
		return;
	}
	l->to.kind = TARGET_PAGE;
	l->to.page = s->ref;
	if (!anchor || !anchor[0])
		return;
	const char *id = find_anchor(s, anchor);
	if (!id) {
		id = find_raw_id(s, anchor);
		l->to.is_raw = id != NULL;
	}
	if (!id) {
		diag_at(k->diag, DIAG_LINK_ANCHOR, l->at, "%s", l->url);
		help_with_anchor(k, s, anchor);
	} else if (id[0]) {
		l->to.anchor = id;
	}
}

static const char *
media_type(const char *path)
{
	static const char *const known[][2] = { { "png", "image/png" },
		{ "jpg", "image/jpeg" }, { "jpeg", "image/jpeg" },
		{ "gif", "image/gif" }, { "svg", "image/svg+xml" },
		{ "webp", "image/webp" }, { "avif", "image/avif" },
		{ "pdf", "application/pdf" }, { "txt", "text/plain" },
		{ "csv", "text/csv" }, { "zip", "application/zip" },
		{ "json", "application/json" }, { "mp3", "audio/mpeg" },
		{ "mp4", "video/mp4" } };
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < G_N_ELEMENTS(known); i++)
		if (g_ascii_strcasecmp(dot + 1, known[i][0]) == 0)
			return known[i][1];
	return "application/octet-stream";
}

/* What is no image by its name is not looked at. */
static void
probe(struct linking *k, const struct file *f, struct asset *as,
    struct str bytes)
{
	struct loc at = { &f->origin, 0, 0 };
	struct image image;

	if (!g_str_has_prefix(as->media_type, "image/"))
		return;
	bool ok = image_probe(bytes, &image);
	const char *type = image_media_type(image.kind);
	as->width = image.width;
	as->height = image.height;
	if (!ok || !type) {
		diag_at(k->diag, DIAG_IMAGE_BROKEN, at, "%s",
		    ok ? "it is none that browsers know" : "it is cut off");
	} else if (strcmp(type, as->media_type) != 0) {
		diag_at(k->diag, DIAG_IMAGE_TYPE, at, "%s", type);
		diag_help(k->diag, "give it the ending of its kind");
	}
}

static const struct asset *
use_file(struct linking *k, struct file *f)
{
	struct arena *a = k->m->arena;

	if (f->asset)
		return f->asset;
	struct asset *as = arena_obj(a, struct asset);
	const char *name = strrchr(f->rel, '/');
	name = name ? name + 1 : f->rel;
	as->path = f->rel;
	as->src = f->src;
	as->address = f->folder->address[0]
	    ? arena_printf(a, "%s/%s", f->folder->address, name)
	    : name;
	as->media_type = media_type(name);
	f->asset = as;
	struct arena *once = arena_new();
	struct diag *own = diag_new();
	struct str bytes;
	if (fs_read(f->src, once, &bytes, own)) {
		as->size = bytes.len;
		fs_hash(bytes, as->hash);
		probe(k, f, as, bytes);
	} else {
		source_unreadable(&f->origin, own, k->diag);
	}
	diag_free(own);
	arena_free(once);
	return as;
}

/* The paths of all pages and files that begin with the first len bytes of
 * path, without them; up to a NULL. */
static GPtrArray *
paths_below(const struct making *m, const char *path, size_t len)
{
	GPtrArray *all = g_ptr_array_new();

	for (size_t i = 0; i < m->sources->len; i++) {
		const struct source *s = m->sources->pdata[i];
		if (strncmp(s->rel, path, len) == 0)
			g_ptr_array_add(all, (char *)(uintptr_t)(s->rel + len));
	}
	for (size_t i = 0; i < m->files->len; i++) {
		const struct file *f = m->files->pdata[i];
		if (strncmp(f->rel, path, len) == 0)
			g_ptr_array_add(all, (char *)(uintptr_t)(f->rel + len));
	}
	g_ptr_array_add(all, NULL);
	return all;
}

/* A page or file of that name in another folder, or NULL. */
static const char *
find_elsewhere(const struct making *m, const char *name)
{
	g_autoptr(GPtrArray) all = paths_below(m, "", 0);

	for (size_t i = 0; all->pdata[i]; i++) {
		const char *slash = strrchr(all->pdata[i], '/');
		const char *own = slash ? slash + 1 : all->pdata[i];
		if (strcmp(own, name) == 0)
			return all->pdata[i];
	}
	return NULL;
}

/* What is near in the folder that the link leads to, spelled as the link is;
 * else a file of the same name anywhere. */
static void
help_with_path(struct linking *k, const struct link *l, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;

	if (k->n_helped++ >= HELPED_MOST)
		return;
	g_autoptr(GPtrArray) all = paths_below(k->m, path, len);
	const char *near = nearest(path + len, (const char *const *)all->pdata);
	if (near) {
		g_autofree char *written = g_strndup(l->url,
		    strcspn(l->url, "?#"));
		const char *last = strrchr(written, '/');
		g_autofree char *escaped = g_uri_escape_string(near, "/", true);
		diag_help(k->diag, "did you mean '%.*s%s'?",
		    last ? (int)(last - written) + 1 : 0, written, escaped);
		return;
	}
	/* Every folder has one of these. */
	const char *other = strcmp(path + len, "index.md") != 0
	    ? find_elsewhere(k->m, path + len)
	    : NULL;
	if (other)
		diag_help(k->diag, "there is %s/%s", k->m->book.site->content,
		    other);
}

/* Outside of content/, but inside of the course: a file of the repository. */
static void
resolve_outside(struct linking *k, struct link *l, const char *path,
    const char *anchor)
{
	const struct site *site = k->m->book.site;
	g_autofree char *base = g_path_get_dirname(k->source->origin.path);
	g_autofree char *whole = join_path(base, path);
	g_autofree char *disk = whole
	    ? g_build_filename(k->m->root, whole, NULL)
	    : NULL;
	struct stat st;

	if (!whole || l->is_image) {
		diag_at(k->diag, DIAG_LINK_LEAVES, l->at, "%s", l->url);
		if (l->is_image)
			diag_help(k->diag, "put the image below %s/",
			    site->content);
	} else if (sys()->stat(disk, &st) != 0) {
		diag_at(k->diag, DIAG_LINK_BROKEN, l->at, "%s", l->url);
	} else if (!site->repo_url) {
		diag_at(k->diag, DIAG_LINK_LEAVES, l->at, "%s", l->url);
		diag_help(k->diag,
		    "set 'repo_url' in site.yaml to link to files of the repository");
	} else {
		g_autofree char *escaped = g_uri_escape_string(whole, "/",
		    FALSE);
		l->to.kind = TARGET_URL;
		l->to.url = arena_printf(k->m->arena, "%s/%s/HEAD/%s%s",
		    site->repo_url, S_ISDIR(st.st_mode) ? "tree" : "blob",
		    escaped, anchor ? anchor : "");
	}
}

/* A page by its file or its folder; NULL: none of this language. */
static const struct source *
find_page(const struct making *m, const char *path)
{
	const struct source *s = g_hash_table_lookup(m->by_rel, path);
	const struct folder *folder = g_hash_table_lookup(m->folders_by_rel,
	    path);

	return s || !folder ? s : folder->index;
}

/* True if another language has such a page. */
static bool
resolve_translation(struct linking *k, struct link *l, const char *path,
    const char *anchor)
{
	const struct source *s = NULL;

	for (size_t i = 0; !s && i < k->m->n_others; i++)
		s = find_page(k->m->others[i], path);
	if (!s)
		return false;
	resolve_page(k, l, s, anchor);
	if (l->to.kind == TARGET_PAGE)
		l->to.kind = TARGET_TRANSLATION;
	return true;
}

static void
resolve_inside(struct linking *k, struct link *l, const char *path,
    const char *anchor)
{
	const struct source *s = find_page(k->m, path);
	struct file *f = g_hash_table_lookup(k->m->files_by_rel, path);
	const struct folder *folder = g_hash_table_lookup(k->m->folders_by_rel,
	    path);

	if (s && !l->is_image) {
		resolve_page(k, l, s, anchor);
	} else if (!l->is_image && !f &&
	    resolve_translation(k, l, path, anchor)) {
		return;
	} else if (f) {
		l->to.kind = TARGET_ASSET;
		l->to.asset = use_file(k, f);
	} else {
		diag_at(k->diag,
		    l->is_image ? DIAG_IMAGE_MISSING : DIAG_LINK_BROKEN, l->at,
		    "%s", l->url);
		if (folder && !s)
			diag_help(k->diag, "the folder has no index.md");
		else
			help_with_path(k, l, path);
	}
}

static void
resolve(struct linking *k, struct link *l)
{
	if (resolve_elsewhere(k, l))
		return;
	size_t len = strcspn(l->url, "?#");
	const char *hash = strchr(l->url, '#');
	const char *path = keep_decoded(k, l->url, len);
	const char *anchor = hash ? keep_decoded(k, hash + 1, strlen(hash + 1))
				  : NULL;
	if (!path[0] && hash && !l->is_image) {
		resolve_page(k, l, k->source, anchor);
		return;
	}
	if (!path[0]) {
		diag_at(k->diag,
		    l->is_image ? DIAG_IMAGE_MISSING : DIAG_LINK_BROKEN, l->at,
		    "%s", l->url);
		return;
	}
	g_autofree char *whole = join_path(k->source->folder->rel, path);
	if (whole)
		resolve_inside(k, l, whole, anchor);
	else
		resolve_outside(k, l, path, hash);
}

static void
resolve_raw(struct link *l, void *ctx)
{
	resolve(ctx, l);
}

/* source= may be an address, or only a name: "RFC 1918". */
static bool
is_address(const char *text)
{
	g_autofree char *path = g_strndup(text, strcspn(text, "?#"));

	return strstr(text, "://") || text[0] == '#' || text[0] == '/' ||
	    g_str_has_prefix(text, "./") || g_str_has_prefix(text, "../") ||
	    g_str_has_suffix(path, ".md");
}

static void
resolve_sources_of_quiz(struct linking *k, const struct quiz *q)
{
	for (size_t i = 0; i < q->n_questions; i++) {
		/* Still ours to write to: phase 4. */
		struct link *l = (struct link *)(uintptr_t)q->questions[i]
				     .source;
		if (l && is_address(l->url))
			resolve(k, l);
	}
}

static void
resolve_source(struct linking *k, struct source *s)
{
	struct doc *doc = s->doc;

	k->source = s;
	for (size_t i = 0; i < doc->n_links; i++)
		resolve(k, doc->links[i]);
	for (size_t i = 0; i < s->n_quizzes; i++)
		resolve_sources_of_quiz(k, s->quizzes[i]);
	if (doc->has_raw_html || doc->has_drawn)
		raw_check(k->m, s, k->diag, resolve_raw, k);
}

static void
find_original(struct asset *as, GHashTable *by_hash)
{
	const struct asset *first = g_hash_table_lookup(by_hash, as->hash);

	as->original = as;
	if (!as->hash[0])
		return;
	if (!first)
		g_hash_table_insert(by_hash, as->hash, as);
	else if (strcmp(first->media_type, as->media_type) == 0)
		as->original = first;
}

static void
gather_assets(struct making *m)
{
	g_autoptr(GHashTable)
	    by_hash = g_hash_table_new(g_str_hash, g_str_equal);
	const struct asset **all = arena_array(m->arena, m->files->len,
	    const struct asset *);
	size_t n = 0;

	for (size_t i = 0; i < m->files->len; i++) {
		const struct file *f = m->files->pdata[i];
		if (!f->asset)
			continue;
		find_original(f->asset, by_hash);
		all[n++] = f->asset;
		/* A new picture makes a new build, as new text does. */
		if (!m->is_time_given && f->mtime > m->book.time)
			m->book.time = f->mtime;
	}
	m->book.assets = all;
	m->book.n_assets = n;
}

static void
link_language(struct making *m, struct diag *d)
{
	struct linking k = { .m = m, .diag = d };

	mocks_make(m, d);
	if (!m->only_ids)
		drawn_make(m, d);
	for (size_t i = 0; i < m->page_sources->len; i++)
		resolve_source(&k, m->page_sources->pdata[i]);
	gather_assets(m);
	objectives_make(m, d);
	cards_make(m, d);
	terms_link(m);
	pages_check_addresses(m, d);
}

/* Each language gets to know the others, in their order. */
static void
introduce(struct making *const *all, size_t n, size_t own)
{
	struct making *m = all[own];
	struct making **others = arena_array(m->arena, n, struct making *);
	const struct book **books = arena_array(m->arena, n,
	    const struct book *);

	for (size_t i = 0; i < n; i++) {
		if (i == own)
			continue;
		books[m->n_others] = &all[i]->book;
		others[m->n_others++] = all[i];
	}
	m->others = others;
	m->book.translations = books;
	m->book.n_translations = m->n_others;
}

void
book_link(struct book *const *books, size_t n, struct diag *d)
{
	g_autofree struct making **all = g_new0(struct making *, n + 1);
	size_t n_made = 0;

	for (size_t i = 0; i < n; i++)
		if (book_making(books[i])->top)
			all[n_made++] = book_making(books[i]);
	for (size_t i = 0; i < n_made; i++) {
		pages_make(all[i], d);
		raw_ids_find(all[i], d);
		introduce(all, n_made, i);
	}
	for (size_t i = 0; i < n_made; i++)
		link_language(all[i], d);
	if (n_made > 1)
		translations_pair(all, n_made, d);
}
