#include "port/proc.h"

#include "port/fence.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The end of a program that leaves the pipes open to others announces itself
 * by nothing that poll() knows on every system, so we look this often. */
#define LOOK_MS 20
#define PIPE_BYTES (1024 * 1024)
#define USUAL_PATH "/usr/local/bin:/usr/bin:/bin"

/* ---- the program and its environment */

static const char *
env_get(const char *const *env, const char *name)
{
	const size_t len = strlen(name);

	for (; *env; env++)
		if (!strncmp(*env, name, len) && (*env)[len] == '=')
			return *env + len + 1;
	return NULL;
}

static bool
is_program(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, X_OK);
}

const char *
proc_find(const char *name, const char *const *env, struct arena *a)
{
	const char *folders = env_get(env, "PATH");
	struct str rest = str_of(folders ? folders : "");

	while (*name && rest.len > 0) {
		const size_t n = str_find(rest, ':');
		const struct str folder = str_upto(rest, n);
		rest = str_from(rest, n < rest.len ? n + 1 : n);
		if (!str_starts(folder, "/"))
			continue;
		g_autofree char *path = g_strdup_printf("%.*s/%s",
		    STR_ARG(folder), name);
		if (is_program(path))
			return arena_strdup(a, path);
	}
	return NULL;
}

const char *const *
proc_env(struct arena *a)
{
	static const char *const names[] = { "HOME", "TMPDIR",
		"SOURCE_DATE_EPOCH" };
	const char **env = arena_array(a, G_N_ELEMENTS(names) + 3,
	    const char *);
	const char *path = g_getenv("PATH");
	size_t n = 0;

	env[n++] = arena_printf(a, "PATH=%s", path ? path : USUAL_PATH);
	env[n++] = "LANG=C.UTF-8";
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = g_getenv(names[i]);
		if (value)
			env[n++] = arena_printf(a, "%s=%s", names[i], value);
	}
	return env;
}

/* ---- pipes */

/* Ours and the child's end of each of the three; -1: closed. */
struct pipes {
	int ours[3], theirs[3];
};

static void
close_end(int *fd)
{
	/* After EINTR the descriptor is gone as well, on Linux. */
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
pipes_release(struct pipes *p)
{
	for (int i = 0; i < 3; i++) {
		close_end(&p->ours[i]);
		close_end(&p->theirs[i]);
	}
}

/* Above the three places that the child's ends are copied to, in case we were
 * started without standard input, output or errors. */
static bool
lift(int *fd)
{
	if (*fd > STDERR_FILENO)
		return true;
	const int higher = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (higher < 0)
		return false;
	close_end(fd);
	*fd = higher;
	return true;
}

/* All ends are closed by exec, from the first moment on: another thread may be
 * starting a program of its own. */
static bool
pipes_init(struct pipes *p)
{
	*p = (struct pipes){ { -1, -1, -1 }, { -1, -1, -1 } };
	for (int i = 0; i < 3; i++) {
		int ends[2];
		if (pipe2(ends, O_CLOEXEC))
			return false;
		p->theirs[i] = ends[i == STDIN_FILENO ? 0 : 1];
		p->ours[i] = ends[i == STDIN_FILENO ? 1 : 0];
		/* The other end is another open file, and still blocks. */
		if (!lift(&p->theirs[i]) || !lift(&p->ours[i]) ||
		    fcntl(p->ours[i], F_SETFL, O_NONBLOCK))
			return false;
	}
#ifdef F_SETPIPE_SZ
	/* Fewer turns to feed much; without it only slower. */
	(void)fcntl(p->ours[STDIN_FILENO], F_SETPIPE_SZ, PIPE_BYTES);
#endif
	return true;
}

/* ---- the start */

/* posix_spawn() wants pointers to what may be written to, and writes to none
 * of it: https://pubs.opengroup.org/onlinepubs/9699919799/functions/exec.html
 */
static char **
as_writable(const char *const *list, struct arena *a)
{
	size_t n = 0;

	while (list[n])
		n++;
	char **copy = arena_array(a, n + 1, char *);
	memcpy(copy, list, n * sizeof(*copy));
	return copy;
}

static int
add_actions(posix_spawn_file_actions_t *actions, const struct pipes *pipes,
    const char *dir)
{
	int error = 0;

	for (int i = 0; i < 3 && !error; i++)
		error = posix_spawn_file_actions_adddup2(actions,
		    pipes->theirs[i], i);
	if (!error && dir)
		error = posix_spawn_file_actions_addchdir_np(actions, dir);
		/* Elsewhere it is the O_CLOEXEC of whoever opened them that
		 * counts. */
#if defined(__GLIBC__) && defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 34)
	if (!error)
		error = posix_spawn_file_actions_addclosefrom_np(actions,
		    STDERR_FILENO + 1);
#endif
#endif
	return error;
}

/* A group of its own; signals as we have been started with, but SIGPIPE, which
 * is blocked here and may be ignored, does to it what it is there for. */
static int
set_attributes(posix_spawnattr_t *attributes, const sigset_t *mask)
{
	sigset_t pipe_only;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	int error = posix_spawnattr_setflags(attributes,
	    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
		POSIX_SPAWN_SETSIGMASK);
	if (!error)
		error = posix_spawnattr_setpgroup(attributes, 0);
	if (!error)
		error = posix_spawnattr_setsigdefault(attributes, &pipe_only);
	if (!error)
		error = posix_spawnattr_setsigmask(attributes, mask);
	return error;
}

/* 0, or why not, as errno has it. */
static int
start(const struct proc *p, const char *path, const struct pipes *pipes,
    const sigset_t *mask, struct arena *a, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return error;
	error = posix_spawnattr_init(&attributes);
	if (error)
		goto out;
	error = add_actions(&actions, pipes, p->dir);
	if (!error)
		error = set_attributes(&attributes, mask);
	if (!error)
		error = posix_spawn(pid, path, &actions, &attributes,
		    as_writable(p->argv, a), as_writable(p->env, a));
	posix_spawnattr_destroy(&attributes);
out:
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

/* What exec says of a program that is not there or is none. */
static bool
is_missing(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case EACCES:
	case EPERM:
	case ELOOP:
	case ENAMETOOLONG:
	case EISDIR:
	case EINVAL:
	case ENOEXEC: return true;
	default: return false;
	}
}

/* ---- the talk */

struct proc_talk {
	size_t output_most, error_most;
	pid_t pid;
	struct pipes pipes;
	struct str input; /* what is not yet fed */
	GString *out, *err;
	unsigned n_looks_at_end;
	bool is_timed;
	gint64 left; /* microseconds that it may still be waited for */
	bool is_over; /* it has ended, or must be ended */
	enum proc_end end; /* how; OK: nothing is known against it */
};

static void
feed(struct proc_talk *t)
{
	if (t->input.len == 0)
		return;
	const ssize_t n = write(t->pipes.ours[STDIN_FILENO], t->input.p,
	    t->input.len);
	if (n >= 0) {
		t->input = str_from(t->input, (size_t)n);
	} else if (errno != EAGAIN && errno != EINTR) {
		/* EPIPE: nobody will read it. */
		t->input.len = 0;
		close_end(&t->pipes.ours[STDIN_FILENO]);
	}
}

/* True if there may be more at once. Closes the pipe at its end. */
static bool
take(int *fd, GString *into)
{
	char buf[16384];

	if (*fd < 0)
		return false;
	const ssize_t n = read(*fd, buf, sizeof(buf));
	if (n > 0)
		g_string_append_len(into, buf, n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		close_end(fd);
	return n > 0 || (n < 0 && errno == EINTR);
}

/* Keeps the errors' end only; now and then, not at every piece. */
static void
trim_errors(struct proc_talk *t, size_t slack)
{
	const size_t most = t->error_most;

	if (t->err->len > most && t->err->len - most > slack)
		g_string_erase(t->err, 0, (gssize)(t->err->len - most));
}

static bool
take_all(struct proc_talk *t, bool *is_more)
{
	const bool more_out = take(&t->pipes.ours[STDOUT_FILENO], t->out);
	const bool more_err = take(&t->pipes.ours[STDERR_FILENO], t->err);

	*is_more = more_out || more_err;
	trim_errors(t, 65536);
	return t->out->len <= t->output_most;
}

/* Leaves the child to be waited for: as long as it is not, nobody else can get
 * the number of its group. */
static bool
has_ended(const struct proc_talk *t)
{
	siginfo_t info = { 0 };

	if (waitid(P_PID, (id_t)t->pid, &info, WEXITED | WNOHANG | WNOWAIT))
		return errno != EINTR;
	return info.si_pid == t->pid;
}

static void
wait_for_news(struct proc_talk *t)
{
	struct pollfd fds[3];
	/* The system closes the pipes of a program that ends a moment before
	 * it says that it has ended. */
	const bool is_at_end = t->pipes.ours[STDOUT_FILENO] < 0 &&
	    t->pipes.ours[STDERR_FILENO] < 0 && t->n_looks_at_end++ < LOOK_MS;

	/* poll() skips negative descriptors. */
	for (int i = 0; i < 3; i++)
		fds[i] = (struct pollfd){ .fd = t->pipes.ours[i],
			.events = i == STDIN_FILENO ? POLLOUT : POLLIN };
	if (t->input.len == 0)
		fds[STDIN_FILENO].fd = -1;
	/* Interrupted or not: whoever calls has a look at everything. */
	poll(fds, 3, is_at_end ? 1 : LOOK_MS);
}

static void
give_up(struct proc_talk *t, enum proc_end why)
{
	t->is_over = true;
	t->end = why;
}

/* Until the program is over, or has to be ended; with until_fed until it has
 * taken its input, if that is earlier. */
static void
talk_until(struct proc_talk *t, bool until_fed, gint64 deadline)
{
	while (!t->is_over) {
		/* Asked first: what it has said is in the pipes by then. Those
		 * it leaves behind must not go on filling them. */
		const bool has_gone = has_ended(t);
		bool is_more = true;
		if (has_gone)
			kill(-t->pid, SIGKILL);
		feed(t);
		if (!take_all(t, &is_more))
			give_up(t, PROC_FLOOD);
		else if (has_gone && !is_more)
			give_up(t, PROC_OK);
		else if (until_fed && t->input.len == 0)
			return;
		else if (t->is_timed && g_get_monotonic_time() >= deadline)
			give_up(t, has_gone ? PROC_OK : PROC_TIMEOUT);
		else if (!is_more)
			wait_for_news(t);
	}
}

static void
talk(struct proc_talk *t, bool until_fed)
{
	const gint64 start = g_get_monotonic_time();

	talk_until(t, until_fed, start + t->left);
	t->left -= g_get_monotonic_time() - start;
}

/* Ends all that is left of the group, then lets the number go. */
static void
bury(struct proc_talk *t, struct proc_result *r)
{
	int status = 0;
	pid_t done;

	kill(-t->pid, SIGKILL);
	do
		done = waitpid(t->pid, &status, 0);
	while (done < 0 && errno == EINTR);
	if (r->end != PROC_OK)
		return;
	if (done < 0) {
		r->end = PROC_MACHINE;
		r->error = errno;
	} else if (WIFSIGNALED(status)) {
		r->end = PROC_SIGNALLED;
		r->status = WTERMSIG(status);
	} else if (WEXITSTATUS(status) != 0) {
		r->end = PROC_FAILED;
		r->status = WEXITSTATUS(status);
	}
}

/* ---- SIGPIPE
 *
 * A pipe that nobody reads any more gives EPIPE, and a signal to the thread
 * that wrote; there is no flag against it as for sockets. So the thread blocks
 * it for as long as it writes, and takes what has come in the meantime. */

struct quiet {
	sigset_t mask; /* as it was */
	bool was_pending;
};

static bool
is_pipe_pending(void)
{
	sigset_t pending;

	sigemptyset(&pending);
	sigpending(&pending);
	return sigismember(&pending, SIGPIPE) == 1;
}

static void
quiet_begin(struct quiet *q)
{
	sigset_t pipe_only;

	q->was_pending = is_pipe_pending();
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &q->mask);
}

static void
quiet_end(const struct quiet *q)
{
	sigset_t pipe_only;
	int number;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	if (!q->was_pending && is_pipe_pending())
		sigwait(&pipe_only, &number);
	pthread_sigmask(SIG_SETMASK, &q->mask, NULL);
}

/* ---- all of it */

static void
fail(struct proc_result *r, enum proc_end end, int error)
{
	r->end = end;
	r->error = error;
}

/* posix_spawn() has one number for a folder and a program that are missing,
 * so the folder is looked at first. */
static bool
can_enter(const char *dir)
{
	struct stat st;

	if (!dir)
		return true;
	if (stat(dir, &st))
		return false;
	errno = ENOTDIR;
	return S_ISDIR(st.st_mode) && !access(dir, X_OK);
}

/* What start() needs, for a thread that lives no longer than that. */
struct starting {
	const struct proc *proc;
	const char *path;
	const struct pipes *pipes;
	const sigset_t *mask;
	struct arena *arena;
	pid_t *pid;
	int error;
};

static void *
start_fenced(void *ctx)
{
	struct starting *s = ctx;

	/* Where there is no such fence the program runs without one. */
	(void)fence_thread(s->proc->writable);
	s->error = start(s->proc, s->path, s->pipes, s->mask, s->arena, s->pid);
	return NULL;
}

/* A fence holds for its thread for ever, and for the programs it starts. */
static int
start_somewhere(struct starting *s)
{
	pthread_t thread;

	if (!s->proc->writable)
		return start(s->proc, s->path, s->pipes, s->mask, s->arena,
		    s->pid);
	const int error = pthread_create(&thread, NULL, start_fenced, s);
	if (error)
		return error;
	pthread_join(thread, NULL);
	return s->error;
}

static void
limit_files(pid_t pid, size_t most)
{
	const struct rlimit limit = { most, most };

	/* The system may not let us; whoever reads the files looks too. */
	if (most)
		(void)prlimit(pid, RLIMIT_FSIZE, &limit, NULL);
}

static struct proc_talk *
talk_new(const struct proc *p)
{
	struct proc_talk *t = g_new0(struct proc_talk, 1);

	t->output_most = p->output_most;
	t->error_most = p->error_most;
	t->is_timed = p->seconds > 0;
	t->left = (gint64)p->seconds * G_USEC_PER_SEC;
	t->out = g_string_new(NULL);
	t->err = g_string_new(NULL);
	return t;
}

static void
talk_free(struct proc_talk *t)
{
	pipes_release(&t->pipes);
	g_string_free(t->out, TRUE);
	g_string_free(t->err, TRUE);
	g_free(t);
}

/* With SIGPIPE out of the way. */
static struct proc_talk *
start_talk(const struct proc *p, const char *path, const sigset_t *mask,
    struct arena *a, struct proc_result *r)
{
	struct proc_talk *t = talk_new(p);
	struct starting s = { p, path, &t->pipes, mask, a, &t->pid, 0 };

	if (!pipes_init(&t->pipes)) {
		fail(r, PROC_MACHINE, errno);
	} else if ((s.error = start_somewhere(&s))) {
		fail(r, is_missing(s.error) ? PROC_MISSING : PROC_MACHINE,
		    s.error);
	} else {
		limit_files(t->pid, p->file_most);
		for (int i = 0; i < 3; i++)
			close_end(&t->pipes.theirs[i]);
		return t;
	}
	talk_free(t);
	return NULL;
}

struct proc_talk *
proc_start(const struct proc *p, struct arena *a, struct proc_result *r)
{
	assert(p->argv && p->argv[0] && p->env);
	*r = (struct proc_result){ .out = str_of(""), .err = str_of("") };
	const char *path = strchr(p->argv[0], '/')
	    ? p->argv[0]
	    : proc_find(p->argv[0], p->env, a);
	if (!path) {
		fail(r, PROC_MISSING, ENOENT);
		return NULL;
	}
	if (!can_enter(p->dir)) {
		fail(r, PROC_MACHINE, errno);
		return NULL;
	}
	struct quiet quiet;
	quiet_begin(&quiet);
	struct proc_talk *t = start_talk(p, path, &quiet.mask, a, r);
	quiet_end(&quiet);
	return t;
}

bool
proc_feed(struct proc_talk *t, struct str bytes)
{
	struct quiet quiet;

	if (t->is_over || t->pipes.ours[STDIN_FILENO] < 0)
		return !t->is_over;
	quiet_begin(&quiet);
	t->input = bytes;
	talk(t, true);
	t->input.len = 0;
	quiet_end(&quiet);
	return !t->is_over;
}

void
proc_end(struct proc_talk *t, struct arena *a, struct proc_result *r)
{
	struct quiet quiet;

	quiet_begin(&quiet);
	close_end(&t->pipes.ours[STDIN_FILENO]);
	talk(t, false);
	r->end = t->end;
	bury(t, r);
	trim_errors(t, 0);
	if (t->out->len > t->output_most)
		g_string_truncate(t->out, t->output_most);
	r->out = arena_take(a, t->out);
	r->err = arena_take(a, t->err);
	talk_free(t);
	quiet_end(&quiet);
}

void
proc_kill(struct proc_talk *t)
{
	struct proc_result r = { .end = PROC_TIMEOUT };

	if (!t)
		return;
	bury(t, &r);
	talk_free(t);
}

void
proc_run(const struct proc *p, struct arena *a, struct proc_result *r)
{
	struct proc_talk *t = proc_start(p, a, r);

	if (!t)
		return;
	(void)proc_feed(t, p->input);
	proc_end(t, a, r);
}
