#!/usr/bin/env python3
"""Shared objects as writers: built out of tree against the installed header
alone, in C and in C++, loaded, compared with the JSON of the same course, made
to fail in every hook, and refused. tests/e2e/plugins has their sources.
Objects that need no compiler to be refused are golden cases: plugin_*."""

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap  # noqa: E402
from tap import BUILD, ERGEN, ROOT, files_below, none, ok, read, run, \
    skip  # noqa: E402

FIXTURE = os.path.join(ROOT, "tests", "e2e", "full")
PLUGINS = os.path.join(ROOT, "tests", "e2e", "plugins")
CC = shlex.split(os.environ.get("CC") or "cc")
CXX = shlex.split(os.environ.get("CXX") or "c++")
WARN = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
TEMP = tempfile.TemporaryDirectory()
PREFIX = os.path.join(TEMP.name, "prefix")
INCLUDE = os.path.join(PREFIX, "include")
# The address sanitizer also says what has not been freed.
ERGENS = [e for e in (ERGEN, os.path.join(BUILD, "asan", "ergen"))
          if os.path.exists(e)]


def install():
    return subprocess.run(
        ["make", "-s", "install", "PREFIX=" + PREFIX, "-o", ERGEN,
         "BUILD=" + os.path.relpath(BUILD, ROOT)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def compile_object(name, source, *flags):
    """The path of a shared object; it is made once."""
    path = os.path.join(TEMP.name, name)
    if os.path.exists(path):
        return path
    is_cpp = source.endswith(".cpp")
    done = subprocess.run(
        (CXX if is_cpp else CC) + WARN +
        ["-std=c++11" if is_cpp else "-std=c99", "-I" + INCLUDE, "-shared",
         "-fPIC", "-o", path, source, *flags],
        cwd=TEMP.name, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True)
    if done.returncode:
        raise RuntimeError(done.stdout)
    return path


def hooks(name, *flags):
    return compile_object(name, os.path.join(PLUGINS, "hooks.c"), *flags)


class Course:
    """A copy of the fixture with other outputs."""

    def __init__(self, outputs, *objects):
        self.temp = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.temp.name, "course")
        shutil.copytree(FIXTURE, self.path)
        for path in objects:
            shutil.copy(path, self.path)
        self.set_outputs(outputs)

    def set_outputs(self, outputs):
        site = os.path.join(self.path, "site.yaml")
        with open(os.path.join(FIXTURE, "site.yaml")) as f:
            lines = [x for x in f if not x.startswith("outputs:")]
        with open(site, "w") as f:
            f.write("".join(lines) + "outputs:\n" + outputs)

    def ergen(self, *args, ergen=ERGEN, **env):
        return subprocess.run([ergen, *args], cwd=self.path,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True,
                              errors="replace", timeout=120,
                              env=dict(os.environ, **env))

    def build(self, *args, **more):
        return self.ergen("build", *args, **more)

    def out(self, *parts):
        return os.path.join(self.path, "out", *parts)

    def hash(self):
        """Of every file in out/, with its name."""
        h = hashlib.sha256()
        for name in files_below(self.out()):
            h.update(name.encode() + b"\0" + read(self.out(name)))
        return h.hexdigest()


# ---- the header

def test_installed():
    done = install()
    ok(done.returncode == 0 and os.listdir(INCLUDE) == ["ergen-writer.h"],
       "make install brings the header, and no other", done.stdout)
    source = os.path.join(TEMP.name, "alone.c")
    with open(source, "w") as f:
        f.write("#include <ergen-writer.h>\n#include <ergen-writer.h>\n"
                "int f(struct ergen_host *h);\n"
                "int f(struct ergen_host *h) { return ERGEN_HAS(h, copy); }\n")
    for tool, standards in ((CC, ("c99", "c11", "c17")),
                            (CXX, ("c++11", "c++14", "c++17"))):
        if not shutil.which(tool[0]):
            skip("the header compiles as C++", "there is no " + tool[0])
            continue
        for std in standards:
            language = "c++" if "+" in std else "c"
            done = subprocess.run(
                tool + WARN + ["-std=" + std, "-I" + INCLUDE, "-x", language,
                               "-fsyntax-only", source],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            ok(done.returncode == 0, "the header compiles as " + std,
               done.stdout)


# ---- the example of docs/

def test_example():
    path = compile_object(
        "outline.so", os.path.join(PREFIX, "share", "doc", "ergen", "docs",
                                   "examples", "outline.c"))
    course = Course("  outline: {plugin: ./outline.so}\n", path)
    done = course.build("--json")
    text = read(course.out("outline", "outline.txt")).decode()
    ok(text.startswith("Everything\n    How to use it\n") and
       "\n    ? What is a VNet?\n" in text, "the example writes an outline",
       text, done.stderr)
    lost = json.loads(done.stdout)["simplified"]
    ok({x.get("construct") for x in lost} == {"image", "table"} and
       all(x["output"] == "outline" and x["pages"] for x in lost),
       "and the summary says what it leaves out", done.stdout)
    listed = json.loads(course.ergen("list", "writers", "--json").stdout)
    mine = [w for w in listed if w["name"] == "outline"]
    ok(len(mine) == 1 and mine[0]["own"] and
       mine[0]["options"]["depth"]["default"] == "2" and
       mine[0]["constructs"]["table"] == "left out", "ergen list knows it",
       *mine)
    course.set_outputs(
        "  a: {plugin: ./outline.so}\n"
        "  b: {plugin: %s/outline.so, options: {depth: 1}}\n" % course.path)
    done = course.build()
    ok(read(course.out("a", "outline.txt")).decode() == text and
       "How to use" not in read(course.out("b", "outline.txt")).decode(),
       "one object serves two outputs, by two kinds of path", done.stderr)
    course.set_outputs("  a: {plugin: ./outline.so, options: {depth: 7}}\n")
    for command in ("check", "build"):
        done = course.ergen(command)
        ok(done.returncode == 1 and done.stderr.startswith(
            "site.yaml:13:3: error: a writer of the course says: 'a: depth is "
            "a level from 1 to 6 (depth)' [writer-error]"),
           "its check is heard by ergen " + command, done.stderr)
    course.set_outputs("  a: {plugin: ./outline.so, options: {dept: 3}}\n")
    done = course.build()
    ok(done.returncode == 1 and "'outputs.a.options.dept' [site-key]" in
       done.stderr and "did you mean 'depth'?" in done.stderr,
       "an unknown option is an error with the right spelling", done.stderr)
    course.set_outputs("  a: {plugin: ./outline.so, options: {depth: [3]}}\n")
    done = course.build()
    ok(done.returncode == 1 and "[site-type]" in done.stderr,
       "an option is text or a number", done.stderr)


def test_languages():
    """Each has a state, options and a folder of its own."""
    path = compile_object(
        "outline.so", os.path.join(ROOT, "docs", "examples", "outline.c"))
    course = Course("  outline: {plugin: ./outline.so}\n"
                    "translations: [de]\n", path)
    folder = os.path.join(course.path, "content", "de")
    os.mkdir(folder)
    with open(os.path.join(folder, "index.md"), "w") as f:
        f.write("# Alles\n\n## Wie\n")
    done = course.build("-j4")
    ok(done.returncode == 0 and
       read(course.out("outline-de", "outline.txt")).decode() ==
       "Alles\n    Wie\n" and
       read(course.out("outline", "outline.txt")).startswith(b"Everything"),
       "a course in two languages has two", done.stderr)


def test_writer_test():
    """`ergen writer-test` takes objects, too."""
    course = Course("", hooks("reading.so"))

    def tried(*args):
        return course.ergen("writer-test", *args)
    done = tried("./reading.so")
    ok(done.returncode == 0 and done.stdout.count("ok  ") == 5,
       "writer-test finds no fault", done.stdout, done.stderr)
    done = tried("--options", "{fail: emit}", "./reading.so")
    ok(done.returncode == 1 and "[writer-failed]" in done.stdout and
       "FAULT  it writes a course" in done.stdout, "or finds it", done.stdout)
    done = tried("reading.so")
    ok(done.returncode == 1 and "[plugin-bad]" in done.stdout and
       "FAULT  it says what it is" in done.stdout, "a path has a slash",
       done.stdout)
    shutil.copy(hooks("global.so", "-DGLOBAL"),
                course.path)
    done = tried("./global.so")
    ok(done.returncode == 1 and
       "FAULT  it writes the same bytes" in done.stdout,
       "one that writes other bytes each time is found", done.stdout)


# ---- what the services tell

class Dump:
    """The lines of plugins/dump.cpp, to be compared one after the other."""

    def __init__(self, text):
        self.lines = text.splitlines()
        self.at = 0
        self.wrong = []

    def take(self, name):
        line = self.lines[self.at] if self.at < len(self.lines) else ""
        self.at += 1
        if not line.startswith(name + " "):
            raise RuntimeError("line %d: '%s' expected: %s"
                               % (self.at, name, line[:200]))
        value = line[len(name) + 1:]
        if not value.startswith('"'):
            return None if value == "-" else int(value)
        return value[1:-1].replace("\\\\", "\0").replace("\\n", "\n") \
            .replace("\0", "\\")

    def compare(self, name, wanted):
        got = self.take(name)
        if got != wanted:
            self.wrong.append("line %d: %s: %r, not %r"
                              % (self.at, name, got, wanted))

    def all(self, name, values):
        """Fields by number; `...` stands for any value. One more is unknown."""
        nothing = -1 if "number" in name else None
        for i, value in enumerate(list(values) + [nothing], 1):
            if value is ...:
                self.take("%s %d" % (name, i))
            else:
                self.compare("%s %d" % (name, i), value)


LITERAL = ("text", "code", "html", "html_block", "code_block", "math")


def compare_node(dump, node, depth, book):
    name = "node %d " % depth
    kind = node["type"]
    target = node.get("target") or {}
    address = None
    if target.get("kind") == "url":
        address = target["url"]
    elif target.get("kind") == "asset":
        address = [a["address"] for a in book["assets"]
                   if a["path"] == target["asset"]][0]
    elif target.get("page"):
        address = target["page"] + ".html"
        if target.get("anchor"):
            address += "#" + target["anchor"]
    dump.all(name + "text", [
        kind, node["text"] if kind in LITERAL else ..., address,
        node.get("url"), node.get("title"), node.get("id"), node.get("info"),
        node.get("kind"), node.get("mathml"), node.get("quiz")])

    def number(key, of=None):
        return int(node[key]) if key in node and of in (None, kind) else -1
    align = [None, "left", "center", "right"]
    dump.all(name + "number", [
        number("line") if depth else ..., number("level"), number("ordered"),
        number("start"), number("tight"), number("checked"), number("head"),
        align.index(node["align"]) if "align" in node else -1,
        number("number"), number("display")])
    dump.compare(name + "asset", target.get("asset"))
    for child in node.get("children", []):
        compare_node(dump, child, depth + 1, book)


def compare_tree(dump, tree, book, kind="group"):
    children = tree.get("blocks", tree.get("inlines"))
    compare_node(dump, {"type": kind, "children": children}, 0, book)


def compare_question(dump, q, book):
    def part(tree, what):
        return tree[what] if tree else None
    dump.all("question text", [
        q["id"], q["kind"], q["anchor"], q["objective"],
        part(q["title"], "text"), part(q["title"], "html"),
        part(q["stem"], "text"), part(q["stem"], "html"),
        part(q["explanation"], "text"), part(q["explanation"], "html"),
        json.dumps(q, ensure_ascii=False, separators=(",", ":"))])
    dump.all("question number", [q["line"], q["points"],
                                 q["difficulty"] or 0])
    # A heading's type is its own; it has a level and an id.
    for tree in (q["title"], q["stem"], q["explanation"]):
        if tree:
            compare_root(dump, tree, book)
    for o in q["options"]:
        dump.all("option text", [
            o["content"]["text"], o["content"]["html"],
            part(o["feedback"], "text"), part(o["feedback"], "html")])
        dump.compare("option correct", int(o["correct"]))
    dump.all("option text", [None] * 4)
    dump.compare("option correct", 0)


def compare_root(dump, tree, book):
    """What is above the blocks or inlines is not in the JSON."""
    for i in range(1, 12):
        dump.take("node 0 text %d" % i)
    for i in range(1, 12):
        dump.take("node 0 number %d" % i)
    dump.take("node 0 asset")
    for child in tree.get("blocks", tree.get("inlines")):
        compare_node(dump, child, 1, book)


def compare_page(dump, page, book):
    dump.all("page text", [
        page["kind"], page["address"], page["title"], page["summary"],
        page["lang"], ..., page["source"], page["prev"], page["next"],
        page["partner"], page["content"]["text"], ...,
        json.dumps(page, ensure_ascii=False, separators=(",", ":"))])
    compare_tree(dump, page["content"], book)
    for note in page["footnotes"]:
        compare_tree(dump, note, book, "footnote")
    dump.compare("footnote beyond", None)
    for quiz in page["quizzes"]:
        dump.all("quiz text", [quiz["id"], quiz["title"]])
        dump.all("quiz number", [quiz["pass"], quiz["asked"],
                                 int(quiz["mock"])])
        for part in quiz["parts"]:
            if "question" in part:
                compare_question(dump, part["question"], book)
        dump.compare("question beyond", None)
    dump.compare("quiz beyond", None)


def compare_book(dump, book):
    site = book["site"]
    dump.all("site text", [
        site["id"], site["slug"], site["title"], site["subtitle"],
        site["description"], "\n".join(site["authors"]), site["publisher"],
        site["license"], site["lang"], site["dir"], site["url"],
        site["repo_url"]])
    kinds = [p["kind"] for p in book["pages"]]
    dump.all("book number", [
        book["time"], kinds.count("lesson"),
        sum("question" in part for p in book["pages"] for q in p["quizzes"]
            for part in q["parts"])])
    head = json.loads(dump.take("book json"))
    for a in head["assets"]:
        ok(os.path.isabs(a.pop("file")), "an asset has a path to read it from")
    if head != {k: v for k, v in book.items() if k != "pages"}:
        dump.wrong.append("the head is another one")
    for a in book["assets"]:
        dump.all("asset text", [a["path"], a["address"], ...,
                                a["media_type"]])
        dump.all("asset number", [a["size"], ..., ...])
        dump.compare("asset found", 1)
    for what in ("asset beyond", "asset nowhere", "page beyond"):
        dump.compare(what, None)
    dump.compare("pages", len(book["pages"]))
    for page in book["pages"]:
        compare_page(dump, page, book)


def test_services():
    """In C++, and so is what a class keeps from open to close."""
    if not shutil.which(CXX[0]):
        skip("a writer in C++", "there is no " + CXX[0])
        return
    path = compile_object("dump.so", os.path.join(PLUGINS, "dump.cpp"))
    course = Course("  dump: {plugin: ./dump.so}\n  json: {}\n", path)
    texts = []
    for ergen in ERGENS:
        for jobs in ("-j1", "-j8"):
            done = course.build(jobs, ergen=ergen)
            texts.append(read(course.out("dump", "dump.txt")).decode())
            ok(done.returncode == 0 and not done.stderr,
               "a writer in C++ works: %s %s"
               % (os.path.relpath(ergen, ROOT), jobs), done.stderr)
    none([i for i, t in enumerate(texts) if t != texts[0]],
         "with the same bytes")
    name = [f for f in files_below(course.out()) if f.endswith(".json")][0]
    book = json.loads(read(course.out(name)))
    dump = Dump(texts[0])
    compare_book(dump, book)
    none(dump.wrong, "what services tell is what the JSON says")
    ok(dump.at == len(dump.lines) and dump.at > 1000, "and no more than that",
       dump.at, len(dump.lines))


# ---- order and threads

def test_threads():
    reading = hooks("reading.so")
    any_order = hooks("any.so", "-DORDER=ERGEN_ANY")
    course = Course("  r: {plugin: ./reading.so}\n  a: {plugin: ./any.so}\n",
                    reading, any_order)
    seen = {}
    for ergen in ERGENS:
        for jobs in ("-j1", "-j8"):
            shutil.rmtree(course.out(), ignore_errors=True)
            done = course.build(jobs, ergen=ergen)
            ok(done.returncode == 0 and not done.stderr,
               "%s %s" % (os.path.relpath(ergen, ROOT), jobs), done.stderr)
            seen[ergen + jobs] = course.hash()
    ok(len(set(seen.values())) == 1, "all make the same bytes", seen)
    pages = [f for f in files_below(course.out("r")) if
             f.startswith("pages/")]
    ok(len(pages) == 12 and files_below(course.out("a")) ==
       files_below(course.out("r")), "a file for each page", *pages)
    assets = [f for f in files_below(course.out("r", "assets"))]
    ok(len(assets) == 2 and read(course.out("r", "assets", "0")) ==
       read(FIXTURE, "content", "10-basics", "images", "ring.png"),
       "and copies of assets")


# ---- failures

def called(course):
    try:
        return read(course.path, "log").decode().split()
    except FileNotFoundError:
        return []


def test_failures():
    """A hook that fails, in whatever way, changes nothing in out/."""
    good = "  h: {plugin: ./%s, options: {log: ./log}}\n"
    bad = "  h: {plugin: ./%s, options: {log: ./log, fail: %s, how: %s}}\n"
    through = ["check", "open", "finish", "close"]
    order = {"check": 1, "open": 2, "render": 2, "emit": 2, "finish": 3}
    says = {"false": "returns false' [writer-failed]",
            "error": "an error (E1)' [writer-error]",
            "outside": "[writer-failed]", "absolute": "[writer-failed]",
            "twice": "[writer-failed]"}
    for name, flags in (("reading.so", []),
                        ("any.so", ["-DORDER=ERGEN_ANY"])):
        course = Course(good % name, hooks(name, *flags))
        course.build()
        before = course.hash()
        for hook, n in order.items():
            for how, message in says.items():
                for ergen in ERGENS:
                    course.set_outputs(bad % (name, hook, how))
                    if os.path.exists(os.path.join(course.path, "log")):
                        os.remove(os.path.join(course.path, "log"))
                    done = course.build("-j4", ergen=ergen)
                    wanted = through[:n] + (["close"] if n > 1 else [])
                    ok(done.returncode == 1 and message in done.stderr and
                       course.hash() == before and called(course) == wanted
                       and "Sanitizer" not in done.stderr,
                       "%s: %s fails: %s: %s" % (
                           name, hook, how, os.path.relpath(ergen, ROOT)),
                       done.returncode, done.stderr, called(course))
        staged = [f for f in os.listdir(course.path)
                  if f.startswith(".ergen")]
        none(staged, name + ": nothing is left behind")


def test_reports():
    """Where something is said, and how much it counts."""
    course = Course("", hooks("reading.so"))

    def build(hook, how, *args):
        course.set_outputs("  h: {plugin: ./reading.so, options: {fail: %s, "
                           "how: %s}}\n" % (hook, how))
        return course.build(*args)
    done = build("emit", "warning")
    ok(done.returncode == 0 and
       "content/index.md:1: warning: a writer of the course says: 'h: a "
       "warning' [writer-warning]" in done.stderr,
       "a warning has a place and the build goes on", done.stderr)
    ok(build("emit", "warning", "--strict").returncode == 1,
       "but not with --strict")
    done = build("finish", "note")
    ok(done.returncode == 0 and
       "site.yaml:13:3: note: a writer of the course says: 'h: a note' "
       "[writer-note]" in done.stderr, "a note is a note", done.stderr)
    done = build("close", "error")
    ok(done.returncode == 1 and "[writer-error]" in done.stderr,
       "an error in close counts, too", done.stderr)
    shutil.rmtree(course.out(), ignore_errors=True)
    done = build("close", "outside")
    ok(done.returncode == 1 and "close hook must not write" in done.stderr,
       "close writes nothing", done.stderr)
    done = build("render", "outside")
    ok("render hook must not write" in done.stderr, "nor does render",
       done.stderr)
    done = build("emit", "outside")
    ok("writes outside of its folder: a/../../x" in done.stderr,
       "no path leads out", done.stderr)
    for how in ("odd", "bytes"):
        done = build("finish", how)
        ok(done.returncode == 1 and "no plain text: a" in done.stderr and
           "\x1b" not in done.stderr and not os.path.exists(course.out()),
           "names are plain text: " + how, done.stderr)
    done = build("finish", "twice")
    ok("writes a file twice: h/twice" in done.stderr,
       "two spellings of a path are one", done.stderr)


# ---- what is refused

def test_refused():
    cases = [
        ("abi.so", ["-DABI=2"], "is made for ABI 2"),
        ("abi0.so", ["-DABI=0"], "is made for ABI 0"),
        ("size.so", ["-DSIZE=24"], "its struct ergen_writer has 24 bytes"),
        ("symbol.so", ["-DSYMBOL=ergen_writer_v0"],
         "does not export ergen_writer_v1()"),
        ("nothing.so", ["-DNOTHING"], "ergen_writer_v1() returns NULL"),
        ("emit.so", ["-DNO_EMIT", "-Wno-unused-function"], "has a render hook, but no emit hook"),
        ("order.so", ["-DORDER=7"], "its order is unknown: 7"),
        ("missing.so", ["-DMISSING"], "cannot be loaded"),
    ]
    for name, flags, message in cases:
        course = Course("  h: {plugin: ./%s}\n" % name, hooks(name, *flags))
        for ergen in ERGENS:
            done = course.build(ergen=ergen)
            ok(done.returncode == 1 and done.stderr.startswith(
                "site.yaml:13:3: error: the shared object of an output "
                "cannot be used: './%s: %s" % (name, message)) and
               "[plugin-bad]" in done.stderr and
               not os.path.exists(course.out()),
               "%s: %s" % (message, os.path.relpath(ergen, ROOT)),
               done.stderr)
        ok(course.ergen("list", "writers").returncode == 1,
           "ergen list says so, too")
    later = hooks("later.so", "-DSIZE=sizeof(struct later)")
    course = Course("  h: {plugin: ./later.so}\n", later)
    done = course.build()
    ok(done.returncode == 0, "one with more than is known here works",
       done.stderr)


def test_no_exec():
    course = Course("  h: {plugin: ./reading.so}\n", hooks("reading.so"))
    mark = os.path.join(course.path, "loaded")
    for args in (["build", "--no-exec"], ["check", "--no-exec"],
                 ["list", "writers", "--no-exec"], ["id", "--dry-run"]):
        done = course.ergen(*args, LOADED=mark)
        ok(not os.path.exists(mark), "%s loads nothing" % " ".join(args),
           done.stderr)
    done = course.build("--no-exec", LOADED=mark)
    ok("[output-not-run]" in done.stderr, "and says so", done.stderr)
    course.build(LOADED=mark)
    ok(os.path.exists(mark), "which could be seen")
    before = course.hash()
    done = course.build("--no-exec")
    ok(done.returncode == 0 and course.hash() == before,
       "what it wrote before stays", done.stderr)


if not shutil.which(CC[0]):
    tap.skip_all("there is no " + CC[0])
run([test_installed, test_example, test_languages, test_writer_test,
     test_services, test_threads, test_failures,
     test_reports, test_refused, test_no_exec])
TEMP.cleanup()
