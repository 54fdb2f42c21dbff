#!/usr/bin/env python3
"""What `ergen import` makes of other programs' questions: it builds, and what
ergen has exported comes back as it was."""

import base64
import glob
import json
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import (  # noqa: E402
    ERGEN, ROOT, ergen, files_below, none, ok, read, run, skip, use_venv)

use_venv()

GOLDEN = os.path.join(ROOT, "tests", "golden")
# Kinds that GIFT has; the others become matchings there.
KINDS = ("one", "many", "truth", "text", "number", "match")
# What the sources themselves lead to: pictures of the web, languages that are
# not coloured, banks in which the right option has no variety.
THEIRS = {"image-remote", "code-language", "quiz-same-place", "quiz-longest",
          "answer-same"}

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQ"
    "AAAABJRU5ErkJggg==")

COURSE = """---
quiz-id: k
---
# Kinds

## Provider link
<!-- q: one; difficulty=2; tags=bgp routing; objective=net.3 -->

Which *model* gives `a | b`?

```sh
if [ a = b ]; then {echo "~#:"}; fi
```

> [!TIP]
> Who hands over the port?

- [ ] Any-to-any: 50 % of {it}
  > Layer **3**: = not ~ it.
- [x] Cloud exchange

  - a list
  - of two
- [ ] Site-to-site

Because $`a_1`$ is *so*.

1. one
2. two

## Which of these encrypt?
<!-- q: many -->

- [x] IPsec
- [x] MACsec
- [ ] BGP
  > No.

## Which of these are free?
<!-- q: none; type=many; none=ok -->

- [ ] IPsec
- [ ] MACsec

## Which of these may be free?
<!-- q: some; type=many; none=ok -->

- [ ] IPsec
- [x] BGP
- [ ] MACsec

## ExpressRoute encrypts by default.
<!-- q: truth -->

- [ ] True
  > It does not.
- [x] False
  > Right.

## The gateway's subnet
<!-- q: text -->

What must it be called?

Answer: GatewaySubnet | gateway subnet | x\\*y

Feedback: Gateway_Subnet | The name has *no* underscore.

## Downtime
<!-- q: number -->

How long?

Answer: 21.6 ± 0.5

Feedback: 20 | Too low.

## Range
<!-- q: range -->

Answer: -2.5..3

## Pairs
<!-- q: pairs; type=match -->

| Class | Range |
| --- | --- |
| A *b* | 10.0.0.0/8 |
| B | 172.16.0.0/12 |
|   | 169.254.0.0/16 |

## One blank
<!-- q: cloze; type=cloze -->

A circuit has **two | 2** *links*.

## Half-time
<!-- text -->

Five more to go.
"""


class Folder:
    """A course in a temporary folder."""

    def __init__(self, quiz=None, outputs="json: {}"):
        self.temp = tempfile.TemporaryDirectory(prefix="ergen-import-")
        self.path = self.temp.name
        self.content = os.path.join(self.path, "content")
        with open(os.path.join(self.path, "site.yaml"), "w") as f:
            f.write("id: t\ntitle: T\nurl: https://x.example/\n"
                    "outputs: {%s}\n" % outputs)
        if quiz:
            os.mkdir(self.content)
            with open(os.path.join(self.content, "k.quiz.md"), "w") as f:
                f.write(quiz)
            with open(os.path.join(self.content, "k.md"), "w") as f:
                f.write("# Kinds\n\nText.\n")

    def take(self, form, *paths):
        return ergen("import", form, *paths, "-o", self.content)

    def build(self):
        done = ergen("build", self.path)
        assert done.returncode == 0, done.stderr
        return os.path.join(self.path, "out")

    def questions(self):
        """Everything that JSON knows of them, by id."""
        out = self.build()
        with open(glob.glob(os.path.join(out, "*.json"))[0]) as f:
            book = json.load(f)
        found = {}

        def look(x):
            if isinstance(x, dict):
                if "kind" in x and "id" in x and "title" in x and (
                        "options" in x or "stem" in x or "points" in x):
                    found[x["id"]] = x
                for v in x.values():
                    look(v)
            elif isinstance(x, list):
                for v in x:
                    look(v)
        look(book)
        return found


def plain(x):
    """What a reader sees of a tree: text, and the kinds of its parts, without
    what HTML does not tell."""
    if isinstance(x, list):
        return [plain(v) for v in x]
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()
                if k not in ("line", "col", "at", "source", "tight", "info")}
    return re.sub(r"\s+", " ", x) if isinstance(x, str) else x


def difference(a, b, keys):
    """Lines for keys in which two questions differ."""
    return ["%s: %s: %s\n    became %s" % (
        a["id"], k, json.dumps(plain(a.get(k))), json.dumps(plain(b.get(k))))
        for k in keys if plain(a.get(k)) != plain(b.get(k))]


def by_text(q):
    """Options in the order of their texts: an export has shuffled them."""
    q = dict(q)
    if isinstance(q.get("options"), list):
        q["options"] = sorted(q["options"], key=lambda o: json.dumps(plain(o)))
    return q


def messages(text):
    return set(re.findall(r"\[([a-z-]+)\]$", text, re.M))


def test_golden():
    """Everything that the golden cases import builds without complaint."""
    for case in sorted(glob.glob(os.path.join(GOLDEN, "import_*"))):
        name = os.path.basename(case)
        words = read(case, "cmd").decode().split()
        if not os.path.exists(os.path.join(case, "expect", "out")):
            continue
        course = Folder()
        work = os.path.join(course.path, "work")
        shutil.copytree(os.path.join(case, "course"), work)
        if os.path.exists(os.path.join(case, "make.py")):
            os.system("cd '%s' && python3 '%s'" % (
                work, os.path.join(case, "make.py")))
        paths = [os.path.join(work, w) for w in words[2:-2]]
        course.take(words[1], *paths)
        done = ergen("check", "--all", course.path)
        ok(done.returncode == 0 and not messages(done.stderr) - THEIRS,
           name + ": what was imported is a sound course", done.stderr)


def gift_of(course):
    return glob.glob(os.path.join(course.build(), "*.gift*"))[0]


KEYS = ("id", "kind", "title", "stem", "options", "allows_none", "accepted",
        "wrong", "quantity", "pairs", "blanks", "hints", "explanation", "tags",
        "difficulty", "objective")


def all_differences(a, b):
    lines = []
    for i in a:
        missing = [k for k in KEYS if k not in a[i]]
        assert not missing, "the JSON has no " + ", ".join(missing)
        lines += difference(by_text(a[i]), by_text(b.get(i, {})), KEYS)
    return lines


def test_gift():
    first = Folder(COURSE, "json: {}, gift: {}")
    second = Folder(None, "json: {}, gift: {}")
    done = second.take("gift", gift_of(first))
    ok(done.returncode == 0 and not done.stderr,
       "gift: what ergen wrote is read without a loss", done.stderr)
    a, b = first.questions(), second.questions()
    ok(len(a) == 10 and sorted(a) == sorted(b), "gift: the ids are the same",
       sorted(a), sorted(b))
    none(all_differences(a, b),
         "gift: kinds, texts, answers, feedback and tags are the same")
    ok({q["kind"] for q in b.values()} >= set(KINDS),
       "gift: every kind that it has was there",
       {q["kind"] for q in b.values()})
    third = Folder()
    third.take("gift", gift_of(second))
    none(all_differences(b, third.questions()),
         "gift: a second round changes nothing")


def test_deck():
    first = Folder(COURSE, "json: {}, anki: {}")
    second = Folder()
    deck = glob.glob(os.path.join(first.build(), "*.apkg"))[0]
    done = second.take("apkg", deck)
    ok(done.returncode == 0, "apkg: our own deck is read", done.stderr)
    a, b = first.questions(), second.questions()
    lines = []
    for i in ("k/one", "k/many", "k/truth"):
        lines += difference(by_text(a[i]), by_text(b.get(i, {})), (
            "id", "kind", "stem", "options", "hints", "explanation", "tags",
            "difficulty", "objective"))
    none(lines, "apkg: our own choices come back as they were")
    lines = difference(a["k/cloze"], b.get("k/cloze", {}), ("id", "kind"))
    lines += difference(a["k/text"], b.get("k/text", {}), ("id", "kind"))
    none(lines, "apkg: clozes and typed answers keep id and kind")


CARDS = """# Kinds

<!-- cards: cloze; id=facts -->

- A circuit has **two** links.

<!-- card: back; id=back -->

> [!NOTE]
> An answer.
"""


def test_deck_with_cards():
    """Cards of a lesson have ids, too, but of no quiz. The deck is called T,
    as is the second quiz."""
    for also in ("", "t"):
        first = Folder(COURSE, "anki: {}, anki-text: {}")
        with open(os.path.join(first.content, "k.md"), "w") as f:
            f.write(CARDS)
        if also:
            with open(os.path.join(first.content, "m.quiz.md"), "w") as f:
                f.write(COURSE.replace("quiz-id: k", "quiz-id: t"))
            with open(os.path.join(first.content, "m.md"), "w") as f:
                f.write("# More\n\nText.\n")
        out = first.build()
        for form, ending in (("apkg", "*.apkg"), ("anki-text", "*.tsv")):
            second = Folder()
            done = second.take(form, *glob.glob(os.path.join(out, ending)))
            found = second.questions()
            lost = [i for quiz in "k" + also for i in
                    ("%s/one" % quiz, "%s/text" % quiz, "%s/cloze" % quiz)
                    if i not in found]
            none(lost, "%s: ids stay beside a card's cloze%s" % (
                form, ", in both quizzes" if also else ""))
            ok(any(i.endswith("/c-facts-two") for i in found),
               form + ": the card's cloze is a question", sorted(found),
               done.stderr)


def test_sample():
    """The sample course, whose deck holds questions of two quizzes."""
    deck = Folder()
    done = ergen("build", ROOT, "--only", "anki,json", "--out",
                 os.path.join(deck.path, "out"))
    assert done.returncode == 0, done.stderr
    package = glob.glob(os.path.join(deck.path, "out", "*.apkg"))[0]
    done = deck.take("apkg", package)
    ok(done.returncode == 0, "apkg: the sample course is read", done.stderr)
    found = deck.questions()
    want = set()
    for path in glob.glob(os.path.join(ROOT, "content", "**", "*.quiz.md"),
                          recursive=True):
        text = open(path, encoding="utf-8").read()
        quiz = re.search(r"^quiz-id: *(\S+)", text, re.M)
        want |= {"%s/%s" % (quiz[1], key) for key in
                 re.findall(r"^<!-- q: *([a-z0-9-]+)", text, re.M)}
    none(sorted(want - set(found)) if want else ["no question at all"],
         "apkg: every question of the sample course has its id again")


def make_deck(path, legacy):
    """A deck of Anki's own note types, made by Anki's own backend."""
    from anki.collection import Collection, ExportAnkiPackageOptions
    with tempfile.TemporaryDirectory() as d:
        col = Collection(os.path.join(d, "c.anki2"))
        with open(os.path.join(col.media.dir(), "ring a.png"), "wb") as f:
            f.write(PNG)
        for name, fields, deck in (
                ("Basic", ["What is <b>HTTPS</b>'s port?", "443"], "Net"),
                ("Basic", ['Ring <img src="ring a.png">', "nodes"], "Net"),
                ("Basic (and reversed card)",
                 ["DNS", "Domain Name System"], "Net"),
                ("Basic (optional reversed card)", ["UDP", "x", ""], "Net"),
                ("Basic (type in the answer)",
                 ["Subnet?", "GatewaySubnet"], "Net::Names"),
                ("Cloze", ["The {{c1::Premium::tier}} {{c2::SKU}}.",
                           "Extra"], "Net::Names")):
            note = col.new_note(col.models.by_name(name))
            for i, text in enumerate(fields):
                note.fields[i] = text
            col.add_note(note, col.decks.id(deck))
        col.export_anki_package(
            out_path=path, limit=None, options=ExportAnkiPackageOptions(
                with_scheduling=False, with_media=True, legacy=legacy))
        col.close()


def test_backend():
    try:
        import anki.collection  # noqa: F401
    except ImportError:
        skip("decks made by Anki itself", "there is no module anki")
        return
    made = {}
    for legacy in (True, False):
        what = "old" if legacy else "new"
        course = Folder()
        package = os.path.join(course.path, "deck.apkg")
        make_deck(package, legacy)
        done = course.take("apkg", package)
        ok(done.returncode == 0 and messages(done.stderr) == {"import-lost"},
           "Anki's %s package: only the picture that asks is lost" % what,
           done.stderr)
        done = ergen("check", course.path)
        ok(done.returncode == 0 and not done.stderr,
           "Anki's %s package: a sound course" % what, done.stderr)
        found = course.questions()
        ok(sorted(q["kind"] for q in found.values()) == ["cloze", "text"],
           "Anki's %s package: a typed note and a cloze" % what,
           {i: q["kind"] for i, q in found.items()})
        lesson = read(course.content, "net.md").decode()
        fronts = re.findall(r"<!-- card: (.*?); id=", lesson)
        ok(fronts == ["What is HTTPS's port?", "Ring ring a.png", "DNS",
                      "Domain Name System", "UDP"],
           "Anki's %s package: cards, both ways where Anki has both" % what,
           fronts)
        ok(os.path.exists(os.path.join(course.content, "images",
                                       "ring-a.png")),
           "Anki's %s package: the picture came along" % what)
        # Guids are drawn by lot.
        made[legacy] = re.sub(r"n[0-9a-f]{10}", "N", lesson)
    ok(made[True] == made[False], "both packages say the same")


def test_nothing_is_overwritten():
    course = Folder(COURSE)
    before = {f: read(course.content, f) for f in files_below(course.content)}
    bank = os.path.join(course.path, "k.gift")
    with open(bank, "w") as f:
        f.write("::a:: 1 + 1 {=2}\n\n$CATEGORY: other\n\n::b:: 2 {=2 =two}\n")
    done = course.take("gift", bank)
    ok(done.returncode == 1 and "[import-exists]" in done.stderr,
       "a file that is there is an error", done.stderr)
    ok(before == {f: read(course.content, f)
                  for f in files_below(course.content)},
       "and nothing at all was written", files_below(course.content))
    os.unlink(os.path.join(course.content, "k.quiz.md"))
    done = course.take("gift", bank)
    ok(done.returncode == 0 and
       read(course.content, "k.md") == before["k.md"] and
       "other.quiz.md" in files_below(course.content),
       "a lesson that is there gets its quiz, and stays", done.stderr)


def test_stays_inside():
    """A link in place of the folder for pictures leads nowhere else."""
    course = Folder()
    os.makedirs(os.path.join(course.path, "work", "img"))
    os.makedirs(os.path.join(course.path, "elsewhere"))
    os.mkdir(course.content)
    os.symlink(os.path.join(course.path, "elsewhere"),
               os.path.join(course.content, "images"))
    with open(os.path.join(course.path, "work", "img", "a.png"), "wb") as f:
        f.write(b"png")
    bank = os.path.join(course.path, "work", "bank.md")
    with open(bank, "w") as f:
        f.write("# Q ![x](img/a.png)\n\nText\n\n- [x] a\n- [ ] b\n")
    done = course.take("tasks", bank)
    ok(done.returncode == 3 and not os.listdir(
        os.path.join(course.path, "elsewhere")) and
       files_below(course.content) == [], "nothing is written through a link",
       done.stderr, files_below(course.content))


def test_line_ends():
    """A byte order mark and Windows line ends change nothing."""
    for name, form, source in (
            ("import_gift", "gift", "bank.gift"),
            ("import_tasks", "tasks", "bank.md"),
            ("import_quizdown", "quizdown", "qd.md"),
            ("import_mkdocs_quiz", "mkdocs-quiz", "page.md"),
            ("import_mdbook_quiz", "mdbook-quiz", "rust.toml"),
            ("import_anki_text", "anki-text", "notes.txt")):
        made = []
        text = read(GOLDEN, name, "course", source)
        assert b"\r" not in text
        for data in (text, b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")):
            course = Folder()
            path = os.path.join(course.path, source)
            with open(path, "wb") as f:
                f.write(data)
            course.take(form, path)
            made.append({f: read(course.content, f)
                         for f in files_below(course.content)})
        ok(made[0] and made[0] == made[1], form + ": line ends do not count",
           *[f for f in made[0] if made[0][f] != made[1].get(f)])


def test_dry_run():
    course = Folder()
    bank = os.path.join(course.path, "k.gift")
    with open(bank, "w") as f:
        f.write("::a:: 1 + 1 {=2 =%50%3}\n")
    done = course.take("gift", bank, "--dry-run")
    ok(done.returncode == 0 and "k.quiz.md: 1 question\n" in done.stdout and
       not os.path.exists(course.content), "--dry-run only says so",
       done.stdout)
    done = course.take("gift", bank, "--strict")
    ok(done.returncode == 1 and not os.path.exists(course.content),
       "--strict writes nothing if something is lost", done.stderr)
    done = course.take("gift", bank, "-q")
    ok(done.returncode == 0 and not done.stdout, "-q is quiet", done.stdout)
    done = course.take("gift", bank, "--dry-run")
    ok(done.returncode == 1 and "[import-exists]" in done.stderr,
       "--dry-run sees what is there", done.stderr)


def test_names():
    """Names that would clash with each other, or with ergen's own pages."""
    course = Folder()
    paths = []
    for name in ("vpn", "vpn-quiz", "VPN", "index", "glossary", "tags",
                 "日本"):
        paths.append(os.path.join(course.path, name + ".gift"))
        with open(paths[-1], "w") as f:
            f.write("::a:: Of %s {=2}\n" % name)
    done = course.take("gift", *paths)
    ok(done.returncode == 0, "files of odd names", done.stderr)
    done = ergen("check", course.path)
    ok(done.returncode == 0 and not done.stderr,
       "their pages do not clash", done.stderr, files_below(course.content))
    ok(len(course.questions()) == 7, "and nothing of them is missing",
       sorted(course.questions()))


def test_usage():
    for words in ((), ("gift",), ("gift", "x.gift"), ("nothing", "x", "-o",
                                                      "y")):
        done = ergen("import", *words)
        ok(done.returncode == 2 and done.stderr,
           "usage: import " + " ".join(words), done.stderr)
    done = ergen("import", "gift", "/nowhere/x.gift", "-o", "/nowhere/y")
    ok(done.returncode == 3 and "[io]" in done.stderr, "a missing file",
       done.stderr)
    text = ergen("help", "import").stdout
    source = open(os.path.join(ROOT, "gen", "import", "bank.c")).read()
    names = re.search(r"importers\[\] = \{(.*?)\}", source, re.S)[1]
    lost = [n for n in re.findall(r"import_(\w+)", names)
            if "\n  %s " % n.replace("_", "-") not in text]
    none(lost, "help names every format")


if __name__ == "__main__":
    assert os.path.exists(ERGEN)
    run([test_golden, test_gift, test_deck, test_deck_with_cards, test_sample,
         test_backend, test_nothing_is_overwritten, test_stays_inside,
         test_line_ends, test_dry_run, test_names,
         test_usage])
