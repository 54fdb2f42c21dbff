/*
 * Front matter: the YAML between two lines `---` at the top of a source.
 *
 * front_cut() finds it, front_parse() reads it. Both may be called from any
 * thread; what they return points into the source's text or the arena.
 */
#ifndef ERGEN_FRONT_H
#define ERGEN_FRONT_H

#include "base/arena.h"
#include "base/diag.h"
#include "port/yaml.h"

struct front_cut {
	bool has_front;
	struct str yaml; /* without the lines around it */
	unsigned yaml_line; /* its first line, from 1 */
	size_t body_at; /* offset of what follows; a byte order mark is no
			   part of the body */
	unsigned body_line; /* its first line, from 1 */
};

/* Numbers and words that were not given are -1, texts NULL. */
struct front {
	const char *title, *slug, *summary, *lang;
	const char *date; /* "2026-11-22" */
	const char *quiz_id; /* as given; whether it is an id is not checked */
	struct loc title_at, slug_at, date_at, quiz_id_at; /* of the values;
							      line 0: none */
	int order;
	bool has_order, is_draft;
	const char *const *tags;
	size_t n_tags;
	const char *const *objectives;
	size_t n_objectives;
	const char *const *aliases;
	size_t n_aliases;
	/* Of quizzes only. */
	const char *const *from;
	size_t n_from;
	int draw, pass;
	int shuffle; /* enum shuffle */
	int mode; /* enum quiz_mode */
	/* All of it: for the places of list items, and for `params:`. NULL if
	 * there is no front matter or it was not understood. */
	const struct yaml *yaml;
};

/* False: the front matter has no end; reported. Then, as if there were none,
 * the body is the whole source. */
bool front_cut(const struct origin *in, struct front_cut *cut, struct diag *d);
/* No front matter at all. */
void front_init(struct front *out);
/* text is part of in->text and begins at its line first_line. False: it is no
 * YAML, or no map; reported, and *out is as after front_init(). Single wrong
 * values are reported and left out. */
bool front_parse(const struct origin *in, struct str text, unsigned first_line,
    bool is_quiz, struct arena *a, struct front *out, struct diag *d);

#endif
