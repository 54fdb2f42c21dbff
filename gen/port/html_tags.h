/*
 * The tags of an HTML fragment, one by one, as the tokenizer of browsers finds
 * them (https://html.spec.whatwg.org/multipage/parsing.html#tokenization); no
 * tree. Nothing in comments, and nothing that is only text for a browser, as
 * in <script>.
 */
#ifndef ERGEN_PORT_HTML_TAGS_H
#define ERGEN_PORT_HTML_TAGS_H

#include "base/str.h"

enum {
	HTML_TAG_NAME_SIZE = 64
};

struct html_tag {
	size_t start, end; /* of the tag, with its angle brackets */
	bool is_end; /* </b> */
	bool is_closed; /* <b/> */
	char name[HTML_TAG_NAME_SIZE]; /* lower case; cut off if longer */
	size_t n_attributes;
	/* Private: how many <svg> and <math> are open; what ends the text. */
	size_t n_foreign;
	bool is_text;
};

/* The next tag behind *t, which begins as all zero. False: there is none. */
bool html_next_tag(struct html_tag *t, struct str fragment);

#endif
