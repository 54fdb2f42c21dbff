#include "book/objectives.h"

#include "base/fs.h"
#include "book/schema.h"
#include "book/source.h"

enum {
	WEIGHT_MOST = 1000
};

/* An entry of the file as the table reads it. */
struct entry {
	const char *id, *text;
	int weight;
};

static const struct schema_text objective_text = { .name = "text" };

static const struct schema_key entry_keys[] = {
	{ .name = "id",
	    .type = SCHEMA_TEXT,
	    .at = offsetof(struct entry, id),
	    .text = &schema_filled,
	    .help = "What lessons and questions name it by." },
	{ .name = "text",
	    .type = SCHEMA_TEXT,
	    .at = offsetof(struct entry, text),
	    .text = &objective_text,
	    .fallback = "",
	    .help = "What is measured." },
	{ .name = "weight",
	    .type = SCHEMA_INT,
	    .at = offsetof(struct entry, weight),
	    .most = WEIGHT_MOST,
	    .fallback = "0",
	    .help = "Its share, in per cent or points." },
	{ 0 },
};

static const struct schema entry_schema = {
	.keys = entry_keys,
	.key_id = DIAG_OBJECTIVES_BAD,
	.type_id = DIAG_OBJECTIVES_BAD,
};

struct filling {
	struct making *m;
	struct diag *diag;
	struct objective *all;
	size_t n;
	GPtrArray **lessons; /* by objective: const struct page_ref * */
	GPtrArray **questions; /* const struct question * */
};

static struct objective *
find(const struct filling *f, const char *id)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->all[i].id, id) == 0)
			return &f->all[i];
	return NULL;
}

static void
read_entry(struct filling *f, const struct yaml *y)
{
	struct entry e = { 0 };

	if (y->kind != YAML_MAP) {
		diag_at(f->diag, DIAG_OBJECTIVES_BAD, y->at, NULL);
		diag_help(f->diag,
		    "- {id: net.3, text: Configure ExpressRoute, weight: 20}");
		return;
	}
	schema_read(&entry_schema, y, &e, f->m->arena, f->diag);
	if (!e.id) {
		if (!yaml_get(y, "id"))
			diag_at(f->diag, DIAG_OBJECTIVES_BAD, y->at, "no id");
		return;
	}
	if (find(f, e.id)) {
		diag_at(f->diag, DIAG_OBJECTIVES_BAD, y->at, "%s twice", e.id);
		return;
	}
	f->all[f->n++] = (struct objective){ .id = e.id,
		.text = e.text,
		.weight = (unsigned)e.weight,
		.at = y->at };
}

static void
read_file(struct filling *f, struct file *file)
{
	struct making *m = f->m;
	struct diag *own = diag_new();
	struct str text;

	if (!fs_read(file->src, m->arena, &text, own)) {
		source_unreadable(&file->origin, own, f->diag);
		diag_free(own);
		return;
	}
	diag_free(own);
	file->origin.text = text;
	const struct yaml *y = yaml_parse(&file->origin, text, 1,
	    DIAG_OBJECTIVES_BAD, m->arena, f->diag);
	if (y && y->kind != YAML_LIST && !yaml_is_null(y)) {
		diag_at(f->diag, DIAG_OBJECTIVES_BAD, y->at, NULL);
		diag_help(f->diag, "the file is a list of {id, text, weight}");
	}
	size_t n = y && y->kind == YAML_LIST ? y->n_items : 0;
	f->all = arena_array(m->arena, n, struct objective);
	for (size_t i = 0; i < n; i++)
		read_entry(f, &y->items[i]);
	if (!m->is_time_given && file->mtime > m->book.time)
		m->book.time = file->mtime;
}

static void
report_unknown(struct filling *f, const char *id, struct loc at)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();

	for (size_t i = 0; i < f->n; i++)
		g_ptr_array_add(ids, (char *)(uintptr_t)f->all[i].id);
	g_ptr_array_add(ids, NULL);
	diag_at(f->diag, DIAG_OBJECTIVE_UNKNOWN, at, "%s", id);
	const char *near = nearest(id, (const char *const *)ids->pdata);
	if (near)
		diag_help(f->diag, "did you mean '%s'?", near);
}

static struct loc
place_of(const struct source *s, size_t item)
{
	const struct yaml *list = s->front.yaml
	    ? yaml_get(s->front.yaml, "objectives")
	    : NULL;

	if (list && list->kind == YAML_LIST && item < list->n_items)
		return list->items[item].at;
	return list ? list->at : (struct loc){ &s->origin, 1, 1 };
}

static void
take_source(struct filling *f, const struct source *s)
{
	for (size_t i = 0; i < s->front.n_objectives; i++) {
		struct objective *o = find(f, s->front.objectives[i]);
		if (o)
			g_ptr_array_add(f->lessons[o - f->all],
			    (struct page_ref *)(uintptr_t)s->ref);
		else
			report_unknown(f, s->front.objectives[i],
			    place_of(s, i));
	}
	for (size_t i = 0; i < s->n_quizzes; i++) {
		const struct quiz *q = s->quizzes[i];
		for (size_t k = 0; k < q->n_questions; k++) {
			const struct question *one = &q->questions[k];
			struct objective *o = one->objective
			    ? find(f, one->objective)
			    : NULL;
			if (o)
				g_ptr_array_add(f->questions[o - f->all],
				    (struct question *)(uintptr_t)one);
			else if (one->objective)
				report_unknown(f, one->objective, one->at);
		}
	}
}

/* The pointers in an arena; the array is released. */
static void *
keep(struct arena *a, GPtrArray *from, size_t *n)
{
	void **all = arena_array(a, from->len, void *);

	*n = from->len;
	for (guint i = 0; i < from->len; i++)
		all[i] = from->pdata[i];
	g_ptr_array_free(from, TRUE);
	return all;
}

void
objectives_make(struct making *m, struct diag *d)
{
	struct filling f = { .m = m, .diag = d };
	struct file *file = g_hash_table_lookup(m->files_by_rel,
	    "objectives.yaml");

	if (!file)
		return;
	file->is_ours = true;
	read_file(&f, file);
	f.lessons = g_new0(GPtrArray *, f.n + 1);
	f.questions = g_new0(GPtrArray *, f.n + 1);
	for (size_t i = 0; i < f.n; i++) {
		f.lessons[i] = g_ptr_array_new();
		f.questions[i] = g_ptr_array_new();
	}
	for (size_t i = 0; f.n && i < m->page_sources->len; i++)
		take_source(&f, m->page_sources->pdata[i]);
	for (size_t i = 0; i < f.n; i++) {
		f.all[i].lessons = keep(m->arena, f.lessons[i],
		    &f.all[i].n_lessons);
		f.all[i].questions = keep(m->arena, f.questions[i],
		    &f.all[i].n_questions);
	}
	m->book.objectives = f.all;
	m->book.n_objectives = f.n;
	g_free(f.lessons);
	g_free(f.questions);
}
