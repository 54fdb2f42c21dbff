#include "cmd/summary.h"

#include "write/losses.h"

enum {
	NAMES_SHOWN = 3 /* of the questions or pages that a line is about */
};

bool
summary_end(struct summary *s, enum phase_end end)
{
	s->ends[end] = g_get_monotonic_time();
	return true;
}

/* The website is shown by the page to be opened. */
static void
take_product(struct line *l, const struct course *c, const struct writer *w,
    const char *dir, const struct out *out)
{
	g_autofree char *product = writer_product(w, &c->site);
	g_autofree char *folder = g_strconcat(product, "/", NULL);

	l->bytes = out_size(out, product);
	l->n_files = 1;
	if (l->bytes < 0)
		out_total(out, folder, &l->n_files, &l->bytes);
	if (strcmp(product, SITE_FOLDER) == 0)
		g_snprintf(l->path, sizeof(l->path), "%s/%s%s.html", dir,
		    folder,
		    c->book->n_pages ? c->book->pages[0].self->address
				     : "index");
	else
		g_snprintf(l->path, sizeof(l->path), "%s/%s", dir, product);
}

void
summary_take(struct summary *s, const struct course *c, const char *dir,
    const struct out *out)
{
	for (size_t i = 0; c->chosen[i] && s->n_lines < G_N_ELEMENTS(s->lines);
	     i++) {
		const struct writer *w = c->chosen[i];
		struct line *l = &s->lines[s->n_lines++];
		l->name = w->name;
		l->n_cards = c->run.jobs[i].n_cards;
		l->n_lessons = c->book->n_lessons;
		l->n_questions = c->book->n_questions;
		memcpy(l->remark, c->run.jobs[i].remark, REMARK_MOST);
		if (w->lock && !c->book->lock && !s->no_lock)
			s->no_lock = lock_name(c->site.lang_dir, c->arena);
		take_product(l, c, w, dir, out);
	}
	s->tree_ratio = (double)c->book->tree_bytes /
	    (double)(c->book->source_bytes + 1);
}

static void
put_size(long long bytes)
{
	if (bytes < 10 * 1024)
		printf("%8lld B", bytes);
	else if (bytes < 10LL * 1024 * 1024)
		printf("%6lld KiB", bytes / 1024);
	else
		printf("%6lld MiB", bytes / (1024LL * 1024));
}

static void
put_row(const struct line *l, int names, int width)
{
	printf("%-*s  %-*s  ", names, l->name, width, l->path);
	put_size(l->bytes);
	printf("  %7zu  %9zu  ", l->n_lessons, l->n_questions);
	if (l->n_cards)
		printf("%5zu\n", l->n_cards);
	else
		printf("    -\n");
}

void
summary_print(const struct summary *s)
{
	gint64 ms = (g_get_monotonic_time() - s->start) / 1000;
	int names = 6, width = 4;

	for (size_t i = 0; i < s->n_lines; i++) {
		names = MAX(names, (int)strlen(s->lines[i].name));
		width = MAX(width, (int)strlen(s->lines[i].path));
	}
	printf("%-*s  %-*s  %10s  %7s  %9s  %5s\n", names, "output", width,
	    "path", "size", "lessons", "questions", "cards");
	for (size_t i = 0; i < s->n_lines; i++)
		put_row(&s->lines[i], names, width);
	for (size_t i = 0; i < s->n_lines; i++)
		if (s->lines[i].remark[0])
			printf("%s: %s\n", s->lines[i].name,
			    s->lines[i].remark);
	if (s->no_lock)
		printf(
		    "note: there is no %s, so an update rewrites all notes that learners have; `ergen lock` writes it\n",
		    s->no_lock);
	printf("built in %lld ms%s\n", (long long)ms,
	    s->has_changed ? "" : "; nothing has changed");
}

/* "anki: matching: a Basic card: … (er/m1, er/m2 and 4 more)" */
static void
put_loss(const struct loss *l, int width, bool shows_all)
{
	size_t n = l->names->len;
	size_t shown = shows_all || n <= NAMES_SHOWN + 1 ? n : NAMES_SHOWN;

	printf("%-*s  %s: %s (", width, l->writer->name,
	    l->construct ? l->construct : question_kind_titles[l->kind],
	    l->how);
	for (size_t i = 0; i < shown; i++)
		printf("%s%s", i ? ", " : "", (const char *)l->names->pdata[i]);
	if (shown < n)
		printf(" and %zu more", n - shown);
	printf(")\n");
}

void
summary_print_losses(const struct course *c, bool shows_all)
{
	GArray *all = losses_of(c->book, c->chosen);

	int width = 6;

	for (guint i = 0; i < all->len; i++) {
		const struct loss *l = &g_array_index(all, struct loss, i);
		width = MAX(width, (int)strlen(l->writer->name));
	}
	if (all->len)
		printf("simplified:\n");
	for (guint i = 0; i < all->len; i++)
		put_loss(&g_array_index(all, struct loss, i), width, shows_all);
	g_array_unref(all);
}

void
summary_print_json(const struct summary *s, const struct course *c)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct json j = { .out = text };
	GArray *losses = losses_of(c->book, c->chosen);

	json_open(&j, '{');
	json_key(&j, "outputs");
	json_open(&j, '[');
	for (size_t i = 0; i < s->n_lines; i++) {
		const struct line *l = &s->lines[i];
		g_autofree char *path = g_utf8_make_valid(l->path, -1);
		json_open(&j, '{');
		json_add(&j, "output", l->name);
		json_add(&j, "path", path);
		json_add_int(&j, "bytes", l->bytes);
		json_add_int(&j, "files", (long long)l->n_files);
		json_add_int(&j, "lessons", (long long)l->n_lessons);
		json_add_int(&j, "questions", (long long)l->n_questions);
		json_add_int(&j, "cards", (long long)l->n_cards);
		json_add(&j, "remark", l->remark[0] ? l->remark : NULL);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_key(&j, "simplified");
	losses_json(&j, losses);
	json_add_bool(&j, "lock", !s->no_lock);
	json_add_bool(&j, "changed", s->has_changed);
	json_add_int(&j, "ms", (g_get_monotonic_time() - s->start) / 1000);
	json_close(&j, '}');
	printf("%s\n", text->str);
	g_array_unref(losses);
}

void
summary_print_times(const struct summary *s)
{
	static const char *const names[] = { "configure", "scan and parse",
		"link and check", "render and emit", "publish" };
	gint64 from = s->start;

	for (size_t i = 0; i < END_COUNT && s->ends[i]; i++) {
		printf("%-15s  %8.1f ms\n", names[i],
		    (double)(s->ends[i] - from) / 1000);
		from = s->ends[i];
	}
	printf("tree bytes for a byte of source: %.2f\n", s->tree_ratio);
}
