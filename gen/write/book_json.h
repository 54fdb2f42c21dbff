/*
 * The resolved book as JSON: for the json writer's file, and for the programs
 * that site.yaml names as writers. docs/book.schema.json is its contract:
 * within a version, fields are only added, and a reader ignores those that it
 * does not know.
 */
#ifndef ERGEN_BOOK_JSON_H
#define ERGEN_BOOK_JSON_H

#include "write/tree_json.h"
#include "write/writer.h"

/* What of a page is written in full; what is not asked for is empty. */
enum book_json_part {
	BOOK_CONTENT = 1 << 0,
	BOOK_QUESTIONS = 1 << 1
};

/* The members of the document up to "assets", without braces. With files:
 * where each asset stands on this machine, for programs to read it. */
void book_json_head(struct json *j, const struct book *b, bool with_files);
/* "home", "lesson", … */
const char *book_json_page_kind(enum page_kind kind);
/* A page as an object; parts: of enum book_json_part. */
void book_json_page(struct json *j, const struct page *page,
    const struct brief *in, unsigned parts);
/* How the html in it is made, of a text that stands in doc. */
struct html_policy
book_json_policy(const struct brief *in, const struct doc *doc);
/* A question as an object; number: as its page counts them, or 0. */
void book_json_question(struct json *j, const struct question *q,
    unsigned number, const struct html_policy *p);
/* A quiz as an object. */
void book_json_quiz(struct json *j, const struct quiz *q,
    const struct html_policy *p);
void book_json_strings(struct json *j, const char *key, const char *const *all,
    size_t n);

#endif
