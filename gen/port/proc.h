/*
 * Runs a program, without a shell, to its end.
 *
 * Standard input, output and error are pipes of ours, fed and read at the same
 * time, so that none of them can block the others. The program gets a process
 * group of its own, all of which is killed when the program is over, takes too
 * long or says too much: nothing it leaves behind goes on, unless that has
 * made a session of its own. Nobody else's descriptors reach it.
 *
 * A signal from the terminal does not reach the group. Whoever dies of one
 * closes the pipes, which is all that the program then notices.
 *
 * Any number of threads may run programs at the same time. Nothing is
 * reported: the caller knows what the program means to the author.
 */
#ifndef ERGEN_PROC_H
#define ERGEN_PROC_H

#include "base/arena.h"

struct proc {
	/* NULL-ended. argv[0] with a slash is a path, relative to dir; else it
	 * is looked up as proc_find() does. */
	const char *const *argv;
	const char *dir; /* NULL: ours */
	const char *const *env; /* all of it; NULL-ended */
	struct str input; /* proc_run() */
	/* How long it is waited for in all, by the clock on the wall; what goes
	 * by between two calls does not count. 0: no limit */
	unsigned seconds;
	size_t output_most, error_most; /* bytes */
	/* If not NULL: the folder below which alone it may change files, where
	 * the system can see to that (port/fence.h). */
	const char *writable;
	size_t file_most; /* bytes of a file that it writes; 0: no limit */
};

enum proc_end {
	PROC_OK, /* exit status 0 */
	PROC_FAILED, /* another one */
	PROC_SIGNALLED,
	PROC_TIMEOUT,
	PROC_FLOOD, /* more output than output_most */
	PROC_MISSING, /* no such program, or it cannot be executed */
	PROC_MACHINE /* no pipe, no process, no such dir, … */
};

struct proc_result {
	enum proc_end end;
	int status; /* FAILED: the exit status; SIGNALLED: the signal */
	int error; /* MISSING, MACHINE: errno */
	/* In the arena, whatever the end. Of the output the first output_most
	 * bytes, of the errors the last error_most. */
	struct str out, err;
};

/* Input that the program does not read is no failure. */
void proc_run(const struct proc *p, struct arena *a, struct proc_result *r);

/* The same in steps, for much input: start, feed any number of times, end. One
 * thread at a time. */
struct proc_talk;

/* NULL: r says why. What p points to may go when this has returned. */
struct proc_talk *
proc_start(const struct proc *p, struct arena *a, struct proc_result *r);
/* Returns when the program has taken it all, or reads no more. False if it is
 * over: has ended, or said or took too much. */
bool proc_feed(struct proc_talk *t, struct str bytes);
/* Ends the input, waits, and frees t. */
void proc_end(struct proc_talk *t, struct arena *a, struct proc_result *r);
/* Without waiting, whatever it does; t may be NULL. */
void proc_kill(struct proc_talk *t);
/* The program of that name in the absolute folders of PATH, as env has it; or
 * NULL. Other folders are skipped: what stands in a course is not to be taken
 * for a program of the system. */
const char *
proc_find(const char *name, const char *const *env, struct arena *a);
/* The environment that programs get, NULL-ended: PATH (or a usual one), HOME,
 * TMPDIR and SOURCE_DATE_EPOCH if we have them, and LANG=C.UTF-8, so that
 * nothing else of the author's machine gets into a book. */
const char *const *proc_env(struct arena *a);

#endif
