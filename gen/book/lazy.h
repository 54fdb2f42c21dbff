/* Lines that Markdown's lazy continuation takes into a list's item. Private to
 * gen/book. https://spec.commonmark.org/0.31.2/#lazy-continuation-line */
#ifndef ERGEN_LAZY_H
#define ERGEN_LAZY_H

#include "book/question.h"

/* Reports a line of the item that is neither indented to its text nor begins
 * with ">", and an option with nothing behind its box. end_line: the first
 * line that is no part of the list any more. */
void lazy_check_option(const struct question_maker *k, const struct node *item,
    unsigned end_line);
/* The same for an item without a box. */
void lazy_check_item(const struct question_maker *k, const struct node *item,
    unsigned end_line);

#endif
