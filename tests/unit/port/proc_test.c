#include "port/proc.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void test_port_proc(void);

static const char *const small_env[] = { "PATH=/usr/bin:/bin", NULL };

#define SHELL(script)                    \
	(const char *const[])            \
	{                                \
		"sh", "-c", script, NULL \
	}

static struct proc
program(const char *const *argv)
{
	return (struct proc){ .argv = argv,
		.env = small_env,
		.input = str_of(""),
		.seconds = 60,
		.output_most = 1 << 24,
		.error_most = 1000 };
}

static void
assert_text(struct str s, const char *expected)
{
	g_assert_cmpmem(s.p, (int)s.len, expected, (int)strlen(expected));
}

static size_t
count_descriptors(void)
{
	GDir *dir = g_dir_open("/proc/self/fd", 0, NULL);
	size_t n = 0;

	if (!dir)
		return 0;
	while (g_dir_read_name(dir))
		n++;
	g_dir_close(dir);
	return n;
}

static void
assert_no_children(void)
{
	g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
	g_assert_cmpint(errno, ==, ECHILD);
}

static void
test_ends(void)
{
	struct arena *a = arena_new();
	struct proc p = program(SHELL("cat; echo said >&2"));
	struct proc_result r;

	p.input = str_of("fed");
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	assert_text(r.out, "fed");
	assert_text(r.err, "said\n");

	p = program(SHELL("echo why >&2; exit 3"));
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_FAILED);
	g_assert_cmpint(r.status, ==, 3);
	assert_text(r.err, "why\n");

	p = program(SHELL("kill -TERM $$"));
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_SIGNALLED);
	g_assert_cmpint(r.status, ==, SIGTERM);

	p = program(SHELL("exec >&- 2>&-; exit 4"));
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_FAILED);
	g_assert_cmpint(r.status, ==, 4);
	assert_no_children();
	arena_free(a);
}

static void
test_missing(void)
{
	static const char *const names[] = { "no-such-program", "/no/such",
		"/etc/passwd", "/etc", "./sh", "" };
	struct arena *a = arena_new();
	const size_t n_before = count_descriptors();

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *argv[] = { names[i], NULL };
		const struct proc p = program(argv);
		struct proc_result r;
		proc_run(&p, a, &r);
		g_assert_cmpint(r.end, ==, PROC_MISSING);
		g_assert_cmpint(r.error, !=, 0);
		g_assert_cmpuint(r.out.len, ==, 0);
	}
	struct proc p = program(SHELL("true"));
	p.dir = "/no/such/folder";
	struct proc_result r;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_MACHINE);
	g_assert_cmpint(r.error, ==, ENOENT);
	g_assert_cmpuint(count_descriptors(), ==, n_before);
	assert_no_children();
	arena_free(a);
}

/* The number that a script printed, of a process that must be gone, or be
 * nobody's zombie, in a moment. */
static void
assert_gone(struct str number)
{
	g_autofree char *text = g_strndup(number.p, number.len);
	const pid_t pid = (pid_t)g_ascii_strtoll(text, NULL, 10);
	g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int)pid);

	g_assert_cmpint(pid, >, 1);
	for (int i = 0; i < 500; i++) {
		g_autofree char *stat = NULL;
		if (kill(pid, 0) ||
		    (g_file_get_contents(path, &stat, NULL, NULL) &&
			strstr(stat, ") Z ")))
			return;
		g_usleep(10000);
	}
	g_test_fail_printf("process %d is still there", (int)pid);
}

static void
test_timeout(void)
{
	struct arena *a = arena_new();
	struct proc p = program(SHELL("sleep 1000 & echo $!; wait"));
	struct proc_result r;

	p.seconds = 1;
	const gint64 begin = g_get_monotonic_time();
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_TIMEOUT);
	g_assert_cmpint(g_get_monotonic_time() - begin, >=, G_USEC_PER_SEC);
	assert_gone(r.out);

	/* The same without any pipe left to listen to. */
	p = program(SHELL("exec <&- >&- 2>&-; exec sleep 1000"));
	p.seconds = 1;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_TIMEOUT);
	assert_no_children();
	arena_free(a);
}

/* It is over when the program is, whoever else still holds the pipes. */
static void
test_left_behind(void)
{
	struct arena *a = arena_new();
	struct proc p = program(SHELL("sleep 1000 & echo $!"));
	struct proc_result r;

	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	assert_gone(r.out);

	p = program(SHELL("sleep 1000 >/dev/null 2>&1 & echo $!; exit 5"));
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_FAILED);
	g_assert_cmpint(r.status, ==, 5);
	assert_gone(r.out);
	arena_free(a);
}

static void
test_flood(void)
{
	struct arena *a = arena_new();
	struct proc p = program(SHELL("yes"));
	struct proc_result r;

	p.output_most = 100001;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_FLOOD);
	g_assert_cmpuint(r.out.len, ==, 100001);
	g_assert_true(str_starts(r.out, "y\ny\n"));

	/* Exactly as much as allowed. */
	p = program(SHELL("printf 12345"));
	p.output_most = 5;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	assert_text(r.out, "12345");
	p.output_most = 4;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_FLOOD);

	/* Of what it complains only the end is kept. */
	p = program(SHELL("yes | head -c 1000000 >&2; printf end >&2"));
	p.error_most = 7;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	assert_text(r.err, "y\ny\nend");
	arena_free(a);
}

static struct str
make_bytes(struct arena *a, size_t len)
{
	char *bytes = arena_bytes(a, len);

	for (size_t i = 0; i < len; i++)
		bytes[i] = (char)(i * 2654435761u >> 13);
	return (struct str){ bytes, len };
}

static void
test_input(void)
{
	struct arena *a = arena_new();
	struct proc p = program((const char *const[]){ "cat", NULL });
	struct proc_result r;
	sigset_t before, after;

	p.input = make_bytes(a, 8 << 20);
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	g_assert_true(str_eq(r.out, p.input));

	/* Nobody reads it. SIGPIPE would end this test. */
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	const struct str input = p.input;
	p = program(SHELL("exec <&-; echo no"));
	p.input = input;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	assert_text(r.out, "no\n");
	p.argv = (const char *const[]){ "true", NULL };
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	g_assert_cmpint(sigismember(&before, SIGPIPE), ==,
	    sigismember(&after, SIGPIPE));
	sigset_t pending;
	sigpending(&pending);
	g_assert_cmpint(sigismember(&pending, SIGPIPE), ==, 0);

	/* But it is there for the program. */
	p = program(SHELL("yes | true; trap '' TERM; kill -PIPE $$"));
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_SIGNALLED);
	g_assert_cmpint(r.status, ==, SIGPIPE);
	arena_free(a);
}

static void
test_env(void)
{
	static const char *const given[] = { "A=b c", "PATH=/usr/bin:/bin",
		"EMPTY=", NULL };
	struct arena *a = arena_new();
	struct proc p = program((const char *const[]){ "env", NULL });
	struct proc_result r;

	p.env = given;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	assert_text(r.out, "A=b c\nPATH=/usr/bin:/bin\nEMPTY=\n");

	/* Ours is no part of it, and neither are our descriptors. */
	g_setenv("ERGEN_PROC_TEST", "1", TRUE);
	const int fd = dup(STDOUT_FILENO);
	p = program(SHELL("env; ls /proc/$$/fd"));
	p.env = proc_env(a);
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	g_assert_null(strstr(r.out.p, "ERGEN_PROC_TEST"));
	g_assert_nonnull(strstr(r.out.p, "LANG=C.UTF-8\n"));
	if (count_descriptors() > 0)
		g_assert_true(str_ends(r.out, "\n0\n1\n2\n"));
	close(fd);
	arena_free(a);
}

static void
test_folder(void)
{
	struct arena *a = arena_new();
	g_autofree char *dir = g_dir_make_tmp("ergen-proc-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "tool", NULL);
	struct proc p = program((const char *const[]){ "./tool", NULL });
	struct proc_result r;

	g_assert_true(g_file_set_contents(path, "#!/bin/sh\nls\n", -1, NULL));
	g_assert_cmpint(g_chmod(path, 0755), ==, 0);
	p.dir = dir;
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_OK);
	assert_text(r.out, "tool\n");
	g_assert_cmpint(g_chmod(path, 0644), ==, 0);
	proc_run(&p, a, &r);
	g_assert_cmpint(r.end, ==, PROC_MISSING);

	/* Only in absolute folders, and only what can be run. */
	g_autofree char *list = g_strdup_printf("PATH=.::%s:/usr/bin:/bin",
	    dir);
	const char *const env[] = { list, NULL };
	g_assert_null(proc_find("tool", env, a));
	g_assert_cmpint(g_chmod(path, 0755), ==, 0);
	g_assert_cmpstr(proc_find("tool", env, a), ==, path);
	g_assert_null(proc_find("", env, a));
	g_assert_null(proc_find("sh", (const char *const[]){ NULL }, a));
	g_assert_nonnull(proc_find("sh", env, a));
	g_unlink(path);
	g_rmdir(dir);
	arena_free(a);
}

static void *
run_25(void *number)
{
	struct arena *a = arena_new();
	const char *script = "cat; echo $0 >&2; exit $0";
	const char *text = GPOINTER_TO_INT(number) % 2 ? "1" : "2";
	const char *argv[] = { "sh", "-c", script, text, NULL };
	struct proc p = program(argv);
	int n_right = 0;

	p.input = make_bytes(a, 100000);
	for (int i = 0; i < 25; i++) {
		struct proc_result r;
		proc_run(&p, a, &r);
		n_right += r.end == PROC_FAILED && r.status == *text - '0' &&
		    str_eq(r.out, p.input) && *r.err.p == *text;
	}
	arena_free(a);
	return GINT_TO_POINTER(n_right);
}

static void
test_threads(void)
{
	const size_t n_before = count_descriptors();
	GThread *threads[8];

	for (int i = 0; i < 8; i++)
		threads[i] = g_thread_new("proc", run_25, GINT_TO_POINTER(i));
	for (int i = 0; i < 8; i++)
		g_assert_cmpint(GPOINTER_TO_INT(g_thread_join(threads[i])), ==,
		    25);
	g_assert_cmpuint(count_descriptors(), ==, n_before);
	assert_no_children();
}

void
test_port_proc(void)
{
	g_test_add_func("/port/proc/ends", test_ends);
	g_test_add_func("/port/proc/missing", test_missing);
	g_test_add_func("/port/proc/timeout", test_timeout);
	g_test_add_func("/port/proc/left_behind", test_left_behind);
	g_test_add_func("/port/proc/flood", test_flood);
	g_test_add_func("/port/proc/input", test_input);
	g_test_add_func("/port/proc/env", test_env);
	g_test_add_func("/port/proc/folder", test_folder);
	g_test_add_func("/port/proc/threads", test_threads);
}
