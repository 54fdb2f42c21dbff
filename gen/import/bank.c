#include "import/bank.h"

#include "base/fs.h"
#include "base/slug.h"

#include <string.h>

enum {
	NAME_MOST = 60, /* bytes of a medium's name without its ending */
	ENDING_MOST = 8
};

const struct importer *const importers[] = { &import_anki_text, &import_apkg,
	&import_gift, &import_mdbook_quiz, &import_mkdocs_quiz,
	&import_quizdown, &import_tasks, NULL };

const struct importer *
importer_find(const char *name)
{
	for (size_t i = 0; importers[i]; i++)
		if (strcmp(importers[i]->name, name) == 0)
			return importers[i];
	return NULL;
}

struct import *
import_new(struct arena *a, struct diag *d)
{
	struct import *im = g_new0(struct import, 1);

	im->arena = a;
	im->diag = d;
	im->banks = g_ptr_array_new();
	im->media = g_array_new(FALSE, FALSE, sizeof(struct medium));
	im->bank_names = g_hash_table_new(g_str_hash, g_str_equal);
	im->media_names = g_hash_table_new(g_str_hash, g_str_equal);
	im->media_hashes = g_hash_table_new(g_str_hash, g_str_equal);
	return im;
}

void
import_free(struct import *im)
{
	if (!im)
		return;
	g_ptr_array_free(im->banks, TRUE);
	g_array_free(im->media, TRUE);
	g_hash_table_destroy(im->bank_names);
	g_hash_table_destroy(im->media_names);
	g_hash_table_destroy(im->media_hashes);
	g_free(im);
}

struct bank *
import_bank(struct import *im, const char *name, const struct origin *in)
{
	struct bank *b = g_hash_table_lookup(im->bank_names, name);

	if (b)
		return b;
	b = arena_obj(im->arena, struct bank);
	b->name = arena_strdup(im->arena, name);
	b->from = in->path;
	g_ptr_array_add(im->banks, b);
	g_hash_table_insert(im->bank_names, arena_strdup(im->arena, name), b);
	return b;
}

const char *
import_stem(struct import *im, const struct origin *in)
{
	g_autofree char *base = g_path_get_basename(in->path);
	char *dot = strchr(base + 1, '.');

	if (dot)
		*dot = '\0';
	return arena_strdup(im->arena, base);
}

void
bank_append(struct bank *b, struct ask_one *q)
{
	q->next = NULL;
	if (b->last)
		b->last->next = q;
	else
		b->first = q;
	b->last = q;
	b->n++;
}

struct ask_one *
bank_add(struct import *im, struct bank *b, enum ask kind, struct loc at)
{
	struct ask_one *q = arena_obj(im->arena, struct ask_one);

	q->kind = kind;
	q->at = at;
	bank_append(b, q);
	return q;
}

struct item *
items_add(struct import *im, struct items *list, const char *text,
    const char *more, bool flag)
{
	struct item *i = arena_obj(im->arena, struct item);

	i->text = text;
	i->more = more;
	i->flag = flag;
	if (list->last)
		list->last->next = i;
	else
		list->first = i;
	list->last = i;
	list->n++;
	return i;
}

void
import_tag(struct import *im, struct items *tags, struct items *keys,
    const char *tag)
{
	static const char difficulty[] = "difficulty::";
	static const char objective[] = "objective::";

	if (g_str_has_prefix(tag, difficulty) &&
	    strlen(tag) == strlen(difficulty) + 1 &&
	    strchr("12345", tag[strlen(difficulty)]))
		items_add(im, keys, "difficulty", tag + strlen(difficulty),
		    false);
	else if (g_str_has_prefix(tag, objective) && tag[strlen(objective)])
		items_add(im, keys, "objective", tag + strlen(objective),
		    false);
	else
		items_add(im, tags, tag, NULL, false);
}

struct loc
import_loc(struct import *im, const struct origin *in, size_t at)
{
	const bool goes_on = im->seen == in && at >= im->seen_at;
	struct loc l = goes_on ? im->seen_loc : (struct loc){ in, 1, 1 };

	for (size_t i = goes_on ? im->seen_at : 0; i < at && i < in->text.len;
	     i++) {
		l.col++;
		if (in->text.p[i] == '\n') {
			l.line++;
			l.col = 1;
		}
	}
	im->seen = in;
	im->seen_at = at;
	im->seen_loc = l;
	return l;
}

void
import_lost(struct import *im, struct items *list, struct loc at,
    struct str source, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	if (im->subject)
		diag_at(im->diag, DIAG_IMPORT_LOST, at, "%s, in \"%s\"", what,
		    im->subject);
	else
		diag_at(im->diag, DIAG_IMPORT_LOST, at, "%s", what);
	im->n_lost++;
	const char *more = NULL;
	if (str_trim(source).len)
		more = arena_str(im->arena, str_trim(source));
	items_add(im, list, arena_strdup(im->arena, what), more, false);
}

bool
import_bad(struct import *im, struct loc at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	diag_at(im->diag, DIAG_IMPORT_BAD, at, "%s", what);
	return false;
}

/* The ending of a name as [a-z0-9]+, or "bin". */
static char *
ending_of(struct import *im, const char *name)
{
	const char *dot = strrchr(name, '.');
	char *ending = slug_ascii(im->arena, str_of(dot ? dot + 1 : ""),
	    ENDING_MOST);

	return ending[0] && !strchr(ending, '-')
	    ? ending
	    : arena_strdup(im->arena, "bin");
}

const char *
import_medium(struct import *im, const char *name, struct str bytes)
{
	char hash[33];

	fs_hash(bytes, hash);
	const char *known = g_hash_table_lookup(im->media_hashes, hash);
	if (known)
		return known;
	const char *ending = ending_of(im, name);
	const char *dot = strrchr(name, '.');
	const char *slash = strrchr(name, '/');
	struct str stem = str_of(slash ? slash + 1 : name);
	if (dot && dot >= stem.p)
		stem.len = (size_t)(dot - stem.p);
	const char *slug = slug_ascii(im->arena, stem, NAME_MOST);
	char *own = arena_printf(im->arena, "%s.%s", slug[0] ? slug : "file",
	    ending);
	if (g_hash_table_contains(im->media_names, own))
		own = arena_printf(im->arena, "%s-%.8s.%s",
		    slug[0] ? slug : "file", hash, ending);
	const char *link = arena_printf(im->arena, "images/%s", own);
	const struct medium m = { link, bytes };
	g_array_append_val(im->media, m);
	g_hash_table_add(im->media_names, own);
	g_hash_table_insert(im->media_hashes, arena_strdup(im->arena, hash),
	    arena_strdup(im->arena, link));
	return link;
}
