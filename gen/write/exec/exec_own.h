/* What the files of this folder share. */
#ifndef ERGEN_EXEC_OWN_H
#define ERGEN_EXEC_OWN_H

#include "port/proc.h"
#include "write/exec/exec.h"

enum {
	EXEC_PROTOCOL = 1,
	EXEC_ANSWER_MOST = 4 * 1024 * 1024, /* bytes of standard output */
	EXEC_WORDS_MOST = 2000 /* bytes of its last words */
};

struct exec {
	const struct output *output;
	const char *dir; /* the course's folder: where it runs */
	bool streams; /* takes JSON Lines */
	unsigned parts; /* what of a page it needs: enum book_json_part */
	bool is_later; /* see exec_writer_later() */
	struct str options; /* checked, with defaults: a JSON object */
};

/* describe.c: the answer to --describe. Fills e and w, whose name is known. */
bool exec_describe(struct exec *e, struct writer *w, struct arena *a,
    struct diag *d);

/* options.c: what site.yaml gives, by the program's schema (NULL: it has none,
 * all is handed on), as a JSON object. Faults are reported; false then. */
bool exec_options(GString *json, const struct yaml *schema,
    const struct output *o, struct diag *d);

/* reply.c */
struct exec_reply {
	GPtrArray *files; /* of char *: paths as it gave them */
	bool is_done;
	bool has_errors; /* it has reported one, or is not understood */
};
/* Reads what the program has answered; its diagnostics are reported. */
void
exec_reply_read(struct exec_reply *r, struct str text, const struct job *j);
void exec_reply_clear(struct exec_reply *r);

/* exec.c: why a program has not ended well; with its last words. what: how it
 * was called, "w --describe". */
void exec_report(const struct output *o, const char *what,
    const struct proc_result *r, unsigned seconds, struct diag *d);
/* The environment that programs get, with a folder of their own for temporary
 * files. */
const char *const *exec_env(const char *temp, struct arena *a);

#endif
