/*
 * HTML as Markdown: what Moodle and Anki keep texts in. What Markdown cannot
 * say is reported, and kept beside the question.
 */
#ifndef ERGEN_IMPORT_MARKUP_H
#define ERGEN_IMPORT_MARKUP_H

#include "import/bank.h"
#include "import/text.h"

struct markup {
	struct import *im;
	struct items *lost; /* where to keep what is lost */
	struct loc at; /* for messages */
	enum text_use use;
	/* Of a cloze: <ergen-blank data-hint="…"> becomes a bold run, and bold
	 * text is italic. */
	bool is_cloze;
	/* ergen's own HTML: hints go here, if it is not NULL, and what says how
	 * to answer goes away, unless it is to be kept for its unit. */
	struct items *hints;
	bool keeps_how;
	const char **how; /* or NULL: gets the text of what went away */
	bool bars_are_text; /* in a blank: they part no alternatives */
	/* The link to a file that the text names, or NULL if there is none;
	 * may be NULL itself. */
	const char *(*file)(const char *name, void *ctx);
	void *ctx;
};

/* Markdown in the arena; "" for nothing. */
const char *markup_read(const struct markup *m, struct str html);
/* The options of ergen's own cards: <li class="ok"> and <li class="no">, with
 * feedback in <div class="erg-why">. */
void
markup_options(const struct markup *m, struct str html, struct items *options);
/* The text alone, without markup and on one line. */
const char *markup_text(struct import *im, struct str html);

#endif
