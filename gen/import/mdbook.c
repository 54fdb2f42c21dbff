/*
 * Quizzes of mdbook-quiz, in TOML:
 * https://github.com/cognitive-engineering-lab/mdbook-quiz. Its texts are
 * Markdown.
 */
#include "import/look.h"
#include "import/media.h"
#include "import/text.h"
#include "import/toml.h"

#include <stdlib.h>

enum {
	TITLE_MOST = 120 /* bytes of a prompt that is a title */
};

struct reading {
	struct import *im;
	const struct origin *in;
	struct bank *bank;
	const struct toml *multipart;
	struct ask_one *q;
	const struct toml *table; /* of the question */
};

static struct str
source_of(const struct reading *r, const struct toml *t)
{
	return str_trim(str_upto(str_from(r->in->text, t->at), t->end - t->at));
}

static void
lose(struct reading *r, const struct toml *t, const char *what)
{
	import_lost(r->im, &r->q->lost, import_loc(r->im, r->in, t->at),
	    source_of(r, t), "%s", what);
}

/* Keys that nobody has asked for. */
static void
lose_others(struct reading *r, const struct toml *table,
    const char *const *known, const char *of)
{
	if (!table || table->kind != TOML_TABLE)
		return;
	for (const struct toml *t = table->first; t; t = t->next) {
		if (g_strv_contains(known, t->key))
			continue;
		g_autofree char *what = g_strdup_printf("%s%s", of, t->key);
		lose(r, t, what);
	}
}

static const char *
rich(struct reading *r, const char *markdown)
{
	g_autoptr(GString) plain = g_string_new(NULL);
	g_autoptr(GString) to = g_string_new(NULL);

	if (!markdown || !str_trim(str_of(markdown)).len)
		return NULL;
	text_dedent(plain, str_of(markdown));
	text_guard(to, (struct str){ plain->str, plain->len }, false);
	return media_of_markdown(r->im, r->in, &r->q->lost, r->q->at,
	    (struct str){ to->str, to->len });
}

/* The question cannot be asked; its source stays. */
static void
give_up(struct reading *r, const char *why)
{
	r->q->kind = ASK_NOTHING;
	r->q->options = r->q->accepted = (struct items){ NULL, NULL, 0 };
	lose(r, r->table, why);
}

/* ---- the kinds */

static void
read_short(struct reading *r, const struct toml *answer)
{
	const struct toml *more = toml_get(answer, "alternatives");
	const char *right = toml_text(answer, "answer");

	r->q->kind = ASK_TEXT;
	if (!right || !str_trim(str_of(right)).len) {
		give_up(r, "there is no answer");
		return;
	}
	items_add(r->im, &r->q->accepted, right, NULL, false);
	for (const struct toml *t = more ? more->first : NULL; t; t = t->next)
		if (t->kind == TOML_TEXT && str_trim(str_of(t->text)).len)
			items_add(r->im, &r->q->accepted, t->text, NULL, false);
		else
			lose(r, t, "an alternative that is no text");
}

static void
add_option(struct reading *r, const struct toml *t, bool is_right)
{
	const char *text = t->kind == TOML_TEXT ? rich(r, t->text) : NULL;

	if (text)
		items_add(r->im, &r->q->options, text, NULL, is_right);
	else
		lose(r, t, "an option that is no text");
}

static void
add_rights(struct reading *r, const struct toml *right)
{
	if (right->kind != TOML_LIST) {
		add_option(r, right, true);
		return;
	}
	r->q->is_many = true;
	for (const struct toml *t = right->first; t; t = t->next)
		add_option(r, t, true);
}

static void
read_choice(struct reading *r, const struct toml *prompt,
    const struct toml *answer)
{
	const struct toml *wrong = toml_get(prompt, "distractors");
	const struct toml *right = toml_get(answer, "answer");
	const struct toml *index = toml_get(prompt, "answerIndex");
	const unsigned long place = index && index->text
	    ? strtoul(index->text, NULL, 10)
	    : 0;
	unsigned long n = 0;

	r->q->kind = ASK_CHOICE;
	if (!right || !wrong || wrong->kind != TOML_LIST) {
		give_up(r, "a choice needs an answer and distractors");
		return;
	}
	r->q->keeps_order = index != NULL;
	for (const struct toml *t = wrong->first; t; t = t->next, n++) {
		if (n == place)
			add_rights(r, right);
		add_option(r, t, false);
	}
	/* Behind all of them, or counted too far. */
	if (n <= place)
		add_rights(r, right);
	if (r->q->options.n < 2)
		give_up(r, "a choice needs two options");
}

/* "What does it print?", in words that every language has: a program asks. */
static void
read_tracing(struct reading *r, const struct toml *prompt,
    const struct toml *answer)
{
	const struct toml *compiles = toml_get(answer, "doesCompile");
	const char *program = toml_text(prompt, "program");
	const char *out = toml_text(answer, "stdout");
	const struct toml *line = toml_get(answer, "lineNumber");
	g_autoptr(GString) stem = g_string_new(NULL);

	if (!program || !compiles || compiles->kind != TOML_BOOL) {
		give_up(r,
		    "a program to trace needs 'program' and 'doesCompile'");
		return;
	}
	const bool is_good = strcmp(compiles->text, "true") == 0;
	text_fence(stem, str_trim(str_of(program)), STR_LIT("text"));
	const char *fence = arena_str(r->im->arena,
	    str_trim((struct str){ stem->str, stem->len }));
	if (is_good && out && str_trim(str_of(out)).len) {
		r->q->kind = ASK_TEXT;
		r->q->title = "What does this program print?";
		items_add(r->im, &r->q->accepted, out, NULL, true);
		if (memchr(str_trim(str_of(out)).p, '\n',
			str_trim(str_of(out)).len))
			lose(r, answer,
			    "lines of output are to be typed with spaces between them");
	} else {
		r->q->kind = ASK_CHOICE;
		r->q->title = "Does this program compile?";
		items_add(r->im, &r->q->options, "Yes", NULL, is_good);
		items_add(r->im, &r->q->options, "No", NULL, !is_good);
		if (line)
			lose(r, line, "the line that does not compile");
	}
	r->q->stem = fence;
}

/* ---- questions */

static void
read_parts(struct reading *r)
{
	static const char *const of_prompt[] = { "prompt", "distractors",
		"answerIndex", "program", NULL };
	static const char *const of_answer[] = { "answer", "alternatives",
		"doesCompile", "stdout", "lineNumber", NULL };
	const struct toml *prompt = toml_get(r->table, "prompt");
	const struct toml *answer = toml_get(r->table, "answer");
	const char *type = toml_text(r->table, "type");

	r->q->stem = rich(r, toml_text(prompt, "prompt"));
	if (!type)
		give_up(r, "the question has no 'type'");
	else if (strcmp(type, "ShortAnswer") == 0)
		read_short(r, answer);
	else if (strcmp(type, "MultipleChoice") == 0)
		read_choice(r, prompt, answer);
	else if (strcmp(type, "Tracing") == 0)
		read_tracing(r, prompt, answer);
	else
		give_up(r, "a question of an unknown type");
	if (r->q->kind == ASK_NOTHING)
		return;
	lose_others(r, prompt, of_prompt, "prompt.");
	lose_others(r, answer, of_answer, "answer.");
}

/* What several questions are about stands in front of each. */
static void
read_multipart(struct reading *r)
{
	const char *key = toml_text(r->table, "multipart");
	const char *text = key ? toml_text(r->multipart, key) : NULL;

	if (!key)
		return;
	const char *shared = rich(r, text);
	if (!shared) {
		lose(r, toml_get(r->table, "multipart"),
		    "there is no text of this name for several questions");
		return;
	}
	if (r->q->stem && strlen(r->q->stem) <= TITLE_MOST &&
	    !strchr(r->q->stem, '\n')) {
		r->q->heading = r->q->stem;
		r->q->title = look_text(r->im->arena, r->q->stem);
	}
	r->q->stem = arena_printf(r->im->arena, "%s\n\n%s", shared,
	    r->q->stem ? r->q->stem : "");
}

static void
read_question(struct reading *r, const struct toml *table)
{
	static const char *const known[] = { "id", "type", "prompt", "answer",
		"context", "multipart", NULL };

	r->table = table;
	r->q = bank_add(r->im, r->bank, ASK_NOTHING,
	    import_loc(r->im, r->in, table->at));
	r->q->id = toml_text(table, "id");
	read_parts(r);
	read_multipart(r);
	r->q->explanation = rich(r, toml_text(table, "context"));
	if (r->q->kind != ASK_NOTHING)
		lose_others(r, table, known, "");
}

static bool
read_mdbook(struct import *im, const struct origin *in)
{
	struct reading r = { .im = im, .in = in };
	const struct toml *root = toml_read(im, in);

	if (!root)
		return false;
	const struct toml *all = toml_get(root, "questions");
	r.bank = import_bank(im, import_stem(im, in), in);
	r.multipart = toml_get(root, "multipart");
	if (!all || all->kind != TOML_LIST)
		return import_bad(im, (struct loc){ in, 1, 1 },
		    "there is no [[questions]]");
	for (const struct toml *t = all->first; t; t = t->next)
		if (t->kind == TOML_TABLE)
			read_question(&r, t);
	for (const struct toml *t = root->first; t; t = t->next)
		if (t != all && t != r.multipart)
			import_lost(im, &r.bank->lost,
			    import_loc(im, in, t->at), source_of(&r, t), "%s",
			    t->key);
	return true;
}

const struct importer import_mdbook_quiz = {
	.name = "mdbook-quiz",
	.summary = "quizzes of mdbook-quiz, in TOML",
	.read = read_mdbook,
};
