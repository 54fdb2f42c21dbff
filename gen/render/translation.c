/* Reads the words of a language: themes/NAME/i18n/LANG.yaml. */
#include "port/yaml.h"
#include "render/words.h"

enum {
	SHOWN_MOST = 3 /* of the words that are missing */
};

struct reading {
	struct translation *to;
	struct arena *arena;
	struct diag *diag;
};

void
translation_begin(struct translation *t, const char *lang)
{
	*t = (struct translation){ .words = words_default };
	/* What is not translated stays English, with English forms; a
	 * language that counts otherwise then takes the one for most. */
	t->words.plural = plural_rule_of(lang);
}

static void
report_unknown(const struct reading *r, struct loc at, const char *name,
    const char *key, const char *const *known)
{
	const char *near = nearest(key, known);

	diag_at(r->diag, DIAG_WORDS_KEY, at, "%s", name);
	if (near)
		diag_help(r->diag, "did you mean '%s'?", near);
}

/* --- %1 and %2 ----------------------------------------------------------- */

/* Bit n for %n. */
static unsigned
placeholders(const char *text)
{
	unsigned found = 0;

	for (; (text = strchr(text, '%')); text++)
		if (g_ascii_isdigit(text[1]))
			found |= 1u << (text[1] - '0');
	return found;
}

/* A form for a single number may spell it out: "one question". */
static bool
fits(const struct reading *r, enum word word, bool is_single,
    const struct yaml *value, const char *text)
{
	const char *english = words_default.text[word];
	unsigned known = placeholders(english), found = placeholders(text);
	unsigned lacks = known & ~found, odd = found & ~known;
	char name[40];

	if (is_single)
		lacks &= ~(1u << word_count_at(word));
	if (lacks == 0 && odd == 0)
		return true;
	unsigned first = odd ? odd : lacks;
	diag_at(r->diag, DIAG_WORDS_TEXT, value->at, "%s: %%%d%s",
	    word_name(word, name), g_bit_nth_lsf(first, -1),
	    odd ? "" : " is missing");
	diag_help(r->diag, "the English text is '%s'", english);
	return false;
}

/* NULL: reported. */
static const char *
read_text(const struct reading *r, enum word word, bool is_single,
    const struct yaml *value)
{
	char name[40];

	if (value->kind != YAML_SCALAR || value->text.len == 0) {
		diag_at(r->diag, DIAG_WORDS_TEXT, value->at, "%s",
		    word_name(word, name));
		diag_help(r->diag, "expected text");
		return NULL;
	}
	const char *text = arena_str(r->arena, value->text);
	return fits(r, word, is_single, value, text) ? text : NULL;
}

/* --- words with a count -------------------------------------------------- */

static void
read_forms(const struct reading *r, enum word word, const struct yaml *map,
    const char *forms[PLURAL_COUNT])
{
	char name[40];

	for (size_t i = 0; i < map->n_items; i++) {
		const char *key = map->keys[i].name;
		enum plural form = PLURAL_ZERO;
		while (
		    form < PLURAL_COUNT && strcmp(key, plural_names[form]) != 0)
			form++;
		if (form == PLURAL_COUNT) {
			g_autofree char *path = g_strdup_printf("%s.%s",
			    word_name(word, name), key);
			report_unknown(r, map->keys[i].at, path, key,
			    plural_names);
			continue;
		}
		bool is_single = plural_use_of(r->to->words.plural, form) !=
		    PLURAL_SEVERAL;
		forms[form] = read_text(r, word, is_single, &map->items[i]);
	}
}

/* What a language needs beyond what is given; map is NULL for a text. */
static void
check_forms(const struct reading *r, enum word word, struct loc at,
    const struct yaml *map)
{
	g_autoptr(GString) missing = g_string_new(NULL);
	char name[40];

	for (enum plural form = PLURAL_ZERO; form < PLURAL_COUNT; form++) {
		bool is_given = map ? yaml_get(map, plural_names[form]) != NULL
				    : form == PLURAL_OTHER;
		if (!is_given &&
		    plural_use_of(r->to->words.plural, form) != PLURAL_NEVER)
			g_string_append_printf(missing, "%s%s",
			    missing->len ? ", " : "", plural_names[form]);
	}
	if (missing->len == 0)
		return;
	diag_at(r->diag, DIAG_WORDS_TEXT, at, "%s", word_name(word, name));
	diag_help(r->diag, "the language has forms that are missing: %s",
	    missing->str);
}

static void
read_counted(const struct reading *r, enum word word, struct loc at,
    const struct yaml *value)
{
	struct words *w = &r->to->words;
	const struct yaml *map = value->kind == YAML_MAP ? value : NULL;
	const char *forms[PLURAL_COUNT] = { NULL };

	/* Languages that do not tell one from many need no map. */
	if (map)
		read_forms(r, word, map, forms);
	else
		forms[PLURAL_OTHER] = read_text(r, word, false, value);
	if (map || forms[PLURAL_OTHER])
		check_forms(r, word, at, map);
	const char *most = forms[PLURAL_OTHER] ? forms[PLURAL_OTHER]
					       : forms[PLURAL_MANY];
	if (!most)
		return;
	w->text[word] = most;
	memcpy(w->forms[word], forms, sizeof(forms));
}

/* --- files --------------------------------------------------------------- */

static void
read_word(const struct reading *r, enum word word, const struct yaml_key *key,
    const struct yaml *value)
{
	r->to->has[word] = true;
	if (word_count_at(word)) {
		read_counted(r, word, key->at, value);
		return;
	}
	const char *text = read_text(r, word, false, value);
	if (text)
		r->to->words.text[word] = text;
}

void
translation_read(struct translation *t, const struct origin *in,
    struct arena *a, struct diag *d)
{
	const struct yaml *map = yaml_parse(in, in->text, 1, DIAG_WORDS_BAD, a,
	    d);
	const struct reading r = { t, a, d };
	const char *names[WORD_COUNT + 1] = { NULL };
	char buf[40];

	t->n_files++;
	if (!map)
		return;
	if (map->kind != YAML_MAP) {
		diag_at(d, DIAG_WORDS_BAD, map->at, "no keys");
		diag_help(d, "a line such as 'next: Weiter' was expected");
		return;
	}
	for (enum word w = 0; w < WORD_COUNT; w++)
		names[w] = arena_strdup(a, word_name(w, buf));
	for (size_t i = 0; i < map->n_items; i++) {
		const struct yaml_key *key = &map->keys[i];
		enum word w = 0;
		while (w < WORD_COUNT && strcmp(names[w], key->name) != 0)
			w++;
		if (w == WORD_COUNT)
			report_unknown(&r, key->at, key->name, key->name,
			    names);
		else if (!yaml_is_null(&map->items[i]))
			read_word(&r, w, key, &map->items[i]);
	}
}

void
translation_end(const struct translation *t, const char *lang, struct loc at,
    struct diag *d)
{
	g_autoptr(GString) shown = g_string_new(NULL);
	size_t n = 0;
	char name[40];

	if (t->n_files == 0) {
		diag_at(d, DIAG_WORDS_MISSING, at, "%s", lang);
		diag_help(d,
		    "buttons and labels are English: the theme has no i18n/%s.yaml",
		    lang);
		return;
	}
	for (enum word w = 0; w < WORD_COUNT; w++) {
		if (t->has[w])
			continue;
		if (n++ < SHOWN_MOST)
			g_string_append_printf(shown, "%s%s",
			    shown->len ? ", " : "", word_name(w, name));
	}
	if (n == 0)
		return;
	diag_at(d, DIAG_WORDS_MISSING, at, "%s: %zu %s", lang, n,
	    n == 1 ? "word" : "words");
	diag_help(d, "these are English: %s%s", shown->str,
	    n > SHOWN_MOST ? ", …" : "");
}
