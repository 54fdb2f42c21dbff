#!/usr/bin/env python3
"""`ergen id` writes the missing ids and changes nothing else."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import ERGEN, ergen, files_below, ok, read, run, skip  # noqa: E402

OPTIONS = "\n- [x] a\n- [ ] b\n"


def question(title, comment=""):
    return "## %s\n%s%s\n" % (title, comment, OPTIONS)


def quiz(name, *questions):
    return "---\nquiz-id: %s\n---\n# Quiz\n\n%s" % (name, "".join(questions))


MANY = quiz("many", *[question("Question %d" % i,
                               "<!-- q: own-%d -->\n" % i if i % 5 else "")
                      for i in range(40)])
# What ergen finds and what it must make of it.
CASES = {
    "plain.quiz.md": (
        quiz("plain", question("One"), question("Two")),
        quiz("plain", question("One", "<!-- q: one -->\n"),
             question("Two", "<!-- q: two -->\n"))),
    "complete.quiz.md": (
        quiz("complete", question("One", "<!-- q: x -->\n")),
        quiz("complete", question("One", "<!-- q: x -->\n"))),
    "crlf.quiz.md": (
        quiz("crlf", question("One"), question("Two", "<!-- q -->\n"))
        .replace("\n", "\r\n"),
        quiz("crlf", question("One", "<!-- q: one -->\n"),
             question("Two", "<!-- q: two -->\n")).replace("\n", "\r\n")),
    "cr.quiz.md": (
        quiz("cr") + (question("One") + question("Two", "<!-- q -->\n"))
        .replace("\n", "\r"),
        quiz("cr") + (question("One", "<!-- q: one -->\n") + question(
            "Two", "<!-- q: two -->\n")).replace("\n", "\r")),
    "bom.quiz.md": (
        "\ufeff" + quiz("bom", question("Eins ü", "<!-- q: -->\n")),
        "\ufeff" + quiz("bom", question("Eins ü", "<!-- q: eins-u -->\n"))),
    "bare.quiz.md": (
        "\ufeff## One\n" + OPTIONS, "\ufeff## One\n<!-- q: one -->\n" +
        OPTIONS),
    "unended.quiz.md": (
        quiz("unended", question("One")).rstrip("\n"),
        quiz("unended", question("One", "<!-- q: one -->\n")).rstrip("\n")),
    "keys.quiz.md": (
        quiz("keys", question("One", "<!--q;type=many-->\n"),
             question("Two", "  <!-- q;\n type=many -->\n"),
             question("Three", "<!--\nq; type=many -->\n"),
             question("Four", "<!-- note -->\n")),
        quiz("keys", question("One", "<!--q: one;type=many-->\n"),
             question("Two", "  <!-- q: two;\n type=many -->\n"),
             question("Three", "<!--\nq: three; type=many -->\n"),
             question("Four", "<!-- q: four -->\n<!-- note -->\n"))),
    "spaces in name.quiz.md": (
        quiz("spaces", question("One  ")),
        quiz("spaces", question("One  ", "<!-- q: one -->\n"))),
    "many.quiz.md": (
        MANY, re.sub(r"(## Question (\d*[05])\n)", r"\1<!-- q: question-\2 "
                     r"-->\n", MANY)),
    "lesson.md": (
        "# L\n\nText\n\n## Own\n<!-- quiz: mine -->\n\n#" + question("One") +
        "#" + question("Two", "<!-- q: x -->\n") + "## End\n\nText",
        "# L\n\nText\n\n## Own\n<!-- quiz: mine -->\n\n#" +
        question("One", "<!-- q: one -->\n") +
        "#" + question("Two", "<!-- q: x -->\n") + "## End\n\nText"),
}


def make(top):
    content = os.path.join(top, "content")
    os.makedirs(content)
    with open(os.path.join(top, "site.yaml"), "w") as f:
        f.write("id: t\ntitle: T\n")
    for name, (old, _) in CASES.items():
        with open(os.path.join(content, name), "wb") as f:
            f.write(old.encode())
        if name.endswith(".quiz.md"):
            with open(os.path.join(content, name[:-8] + ".md"), "wb") as f:
                f.write(b"# A lesson\n")
    return content


def tree(top):
    return {p: read(top, p) for p in files_below(top)}


def guids(top):
    """The identity of every note, with the question's id beside it."""
    with zipfile.ZipFile(os.path.join(top, "out", "t.apkg")) as z:
        name = next(n for n in ("collection.anki21", "collection.anki2")
                    if n in z.namelist())
        z.extract(name, os.path.join(top, "deck"))
    db = sqlite3.connect(os.path.join(top, "deck", name))
    found = sorted(db.execute("select guid, flds from notes"))
    db.close()
    shutil.rmtree(os.path.join(top, "deck"))
    return [g for g, _ in found]


def test_written():
    with tempfile.TemporaryDirectory(prefix="ergen-id-") as top:
        content = make(top)
        os.chmod(os.path.join(content, "plain.quiz.md"), 0o640)
        before = tree(content)
        built = ergen("build", "-q", cwd=top,
                      env={"SOURCE_DATE_EPOCH": "1750000000"})
        ok(built.returncode == 0, "the course can be built", built.stderr)
        old_guids = guids(top)
        done = ergen("id", cwd=top)
        ok(done.returncode == 0 and done.stderr == "", "it ends well",
           done.stderr)
        after = tree(content)
        for name, (old, new) in CASES.items():
            ok(after[name] == new.encode(), "%s: as it should be" % name,
               repr(new), repr(after[name].decode()))
        ok({n: t for n, t in after.items() if n not in CASES}
           == {n: t for n, t in before.items() if n not in CASES},
           "no other file is touched, none is left behind")
        mode = os.stat(os.path.join(content, "plain.quiz.md")).st_mode
        ok(mode & 0o777 == 0o640, "the file's mode stays")
        n = sum(new.count("<!-- q: ") + new.count("<!--q: ") +
                new.count("\nq: ") for _, new in CASES.values()) - sum(
                    len(re.findall(r"<!-- q: [a-z]", old))
                    for old, _ in CASES.values())
        ok(done.stdout.endswith("\n%d ids written\n" % n),
           "it says how many", n, done.stdout)
        again = ergen("id", cwd=top)
        ok(again.returncode == 0 and again.stdout == "0 ids written\n"
           and tree(content) == after, "a second run changes nothing",
           again.stdout)
        ergen("build", "-q", cwd=top, env={"SOURCE_DATE_EPOCH": "1750000001"})
        ok(len(old_guids) == len(set(old_guids)) > 20
           and guids(top) == old_guids, "the deck's notes stay the same")
        check = ergen("check", cwd=top)
        ok("question-no-id" not in check.stderr, "no id is missing any more",
           check.stderr)


def test_dry_run():
    with tempfile.TemporaryDirectory(prefix="ergen-id-") as top:
        content = make(top)
        before = tree(content)
        done = ergen_bytes("id", "--dry-run", cwd=top)
        ok(done.returncode == 0 and tree(content) == before,
           "a dry run writes nothing", done.stderr)
        ok(b"complete.quiz.md" not in done.stdout,
           "a file without changes is not in the diff")
        hunks = re.findall(rb"^@@ .* @@$", done.stdout, re.M)
        ok(len(hunks) > len(CASES), "distant changes are hunks of their own")
        for tool in (["patch", "-p1", "--binary"], ["patch", "-p1"],
                     ["git", "apply", "--whitespace=nowarn"]):
            if not shutil.which(tool[0]):
                skip("the diff applies with " + " ".join(tool),
                     "there is no " + tool[0])
                continue
            shutil.rmtree(content)
            for name, data in before.items():
                os.makedirs(content, exist_ok=True)
                with open(os.path.join(content, name), "wb") as f:
                    f.write(data)
            made = subprocess.run(tool, cwd=top, input=done.stdout,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT)
            now = tree(content)
            wrong = [n for n, (_, new) in CASES.items()
                     if now.get(n) != new.encode()]
            ok(made.returncode == 0 and not wrong
               and len(now) == len(before),
               "the diff applied with %s makes the same bytes"
               % " ".join(tool), wrong, made.stdout.decode())
        # Whatever tools there are: now the ids stand in the sources.
        for name, (_, new) in CASES.items():
            with open(os.path.join(content, name), "wb") as f:
                f.write(new.encode())
        quiet = ergen_bytes("id", "--dry-run", cwd=top)
        ok((quiet.returncode, quiet.stdout) == (0, b""),
           "with nothing missing the diff is empty", quiet.stdout)


def test_faults():
    with tempfile.TemporaryDirectory(prefix="ergen-id-") as top:
        content = make(top)
        with open(os.path.join(content, "plain.md"), "a") as f:
            f.write("\n[x](gone.md)\n")
        before = tree(content)
        done = ergen("id", cwd=top)
        ok(done.returncode == 1 and "link-broken" in done.stderr
           and tree(content) == before,
           "with errors in the course nothing is written", done.stderr)


def ergen_bytes(*args, cwd):
    return subprocess.run([ERGEN, *args], cwd=cwd, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=120)


run([test_written, test_dry_run, test_faults])
