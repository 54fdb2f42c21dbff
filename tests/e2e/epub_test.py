#!/usr/bin/env python3
"""out/*.epub, and the book of a small course full of awkward things."""

import ctypes.util
import glob
import json
import os
import posixpath
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import uuid
import zipfile
import zlib
import xml.etree.ElementTree as ET
from urllib.parse import unquote, urlsplit

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import BUILD, OUT, ROOT, ergen, none, ok, read, run, skip  # noqa: E402

# Debian's, and the newer one in the Python package of the name.
EPUBCHECKS = ["/usr/share/java/epubcheck.jar"] + sorted(glob.glob(os.path.join(
    BUILD, "venv", "lib", "python3*", "site-packages", "epubcheck",
    "epubcheck.jar")))[-1:]
# gen/write/epub/package.c; it must never change.
NAME_SPACE = uuid.UUID("e75d6590-6db2-45f4-a947-f4edc45823c8")
H = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_TYPES = {"application/xhtml+xml", "application/x-dtbncx+xml",
             "image/svg+xml"}


class Book:
    """An unzipped EPUB; names are relative to EPUB/."""

    def __init__(self, path, name=None, answers="book"):
        self.path = path
        self.name = name or os.path.basename(path)
        self.answers = answers
        self.zip = zipfile.ZipFile(path)
        self.bytes = {i.filename: self.zip.read(i)
                      for i in self.zip.infolist()}
        self.opf = ET.fromstring(self.bytes["EPUB/package.opf"])
        self.items = {i.get("id"): i
                      for i in self.opf.iter(OPF + "item")}
        self.types = {i.get("href"): i.get("media-type")
                      for i in self.items.values()}
        self.spine = [self.items[r.get("idref")].get("href")
                      for r in self.opf.iter(OPF + "itemref")]
        self.trees = {n: ET.fromstring(self.bytes["EPUB/" + n])
                      for n, t in self.types.items() if t in XML_TYPES}
        self.pages = {n: self.trees[n] for n in self.spine}

    def meta(self, name):
        return [e.text for e in self.opf.iter(DC + name)]

    def property(self, name):
        return [e.text for e in self.opf.iter(OPF + "meta")
                if e.get("property") == name]

    def ids(self, name):
        return [e.get("id") for e in self.trees[name].iter() if e.get("id")]

    def links(self, name):
        """(element, target file, fragment) of all that stays in the book."""
        for e in self.trees[name].iter():
            for key in ("href", "src"):
                url = e.get(key)
                if url is None or urlsplit(url).scheme:
                    continue
                path, _, fragment = url.partition("#")
                to = posixpath.normpath(posixpath.join(
                    posixpath.dirname(name), unquote(path))) \
                    if path else name
                yield e, to, unquote(fragment)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def by_id(tree, wanted):
    return next(e for e in tree.iter() if e.get("id") == wanted)


def local(element):
    return element.tag.rpartition("}")[2]


# ---- what every book has to keep

def check_epubcheck(book, versions=("3.2", "3.3")):
    """By EPUB 3.2 and by 3.3: each refuses what the other does not."""
    for i, rules in enumerate(("3.2", "3.3")):
        if rules not in versions:
            continue
        what = "EPUBCheck has nothing to say about %s by EPUB %s" % (
            book.name, rules)
        if not shutil.which("java"):
            skip(what, "there is no java")
            continue
        if i >= len(EPUBCHECKS) or not os.path.exists(EPUBCHECKS[i]):
            skip(what, "there is no " + (
                "Python package epubcheck" if i else EPUBCHECKS[i]))
            continue
        done = subprocess.run(
            # Started quickly: it runs for a second only.
            ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar",
             EPUBCHECKS[i], "--failonwarnings", book.path],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace",
            timeout=300)
        # One that dies says nothing good either.
        ok(done.returncode == 0 and
           "0 fatals / 0 errors / 0 warnings" in done.stdout, what,
           done.stdout)


ACE = os.path.join(BUILD, "ace", "node_modules", ".bin", "ace-puppeteer")


def check_ace(book):
    """https://daisy.github.io/ace/: it runs in a browser."""
    what = "Ace has nothing to say about " + book.name
    chrome = shutil.which("chromium") or shutil.which("google-chrome")
    if not os.path.exists(ACE) or not chrome:
        return skip(what, "there is no " + (
            "Ace" if chrome else "Chromium"))
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [ACE, "--force", "--outdir", folder, book.path],
            env=dict(os.environ, PUPPETEER_EXECUTABLE_PATH=chrome),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace",
            timeout=300)
        report = os.path.join(folder, "report.json")
        if done.returncode != 0 or not os.path.exists(report):
            return ok(False, what, done.stdout)
        files = json.loads(read(report))["assertions"]
    none(["%s: %s: %s" % (f["earl:testSubject"]["url"],
                          a["earl:test"]["dct:title"],
                          a["earl:result"].get("html"))
          for f in files for a in f.get("assertions", [])], what)


def check_xml(book):
    what = "xmllint reads every XML file of " + book.name
    if not shutil.which("xmllint"):
        return skip(what, "there is no xmllint")
    with tempfile.TemporaryDirectory() as folder:
        book.zip.extractall(folder)
        files = [os.path.join(folder, n) for n in book.bytes
                 if n.endswith((".xml", ".opf", ".ncx", ".xhtml", ".svg"))]
        done = subprocess.run(["xmllint", "--noout", "--nonet"] + files,
                              stdout=subprocess.PIPE, timeout=120,
                              stderr=subprocess.STDOUT, text=True)
    ok(files and done.returncode == 0, what, done.stdout)


def check_container(book):
    raw = read(book.path)
    ok(raw[30:58] == b"mimetypeapplication/epub+zip" and
       raw[28:30] == b"\0\0" and raw[8:10] == b"\0\0",
       "%s begins with a stored mimetype without extra field" % book.name,
       raw[:60])
    bad = []
    infos = book.zip.infolist()
    for i in infos:
        if not re.fullmatch(r"META-INF/container\.xml|[A-Z]*/?[a-z0-9._/-]+",
                            i.filename):
            bad.append("name: " + i.filename)
        if i.date_time != (1980, 1, 1, 0, 0, 0) or i.extra or i.comment:
            bad.append("time, extra field or comment: " + i.filename)
    lower = [i.filename.lower() for i in infos]
    bad += ["twice: " + n for n in set(lower) if lower.count(n) > 1]
    if book.zip.testzip():
        bad.append("sum: " + book.zip.testzip())
    none(bad, "the entries of %s have plain names and one time" % book.name)


def check_package(book):
    listed = {"EPUB/" + n for n in book.types} | {
        "mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    none(sorted(listed ^ set(book.bytes)),
         "the manifest of %s lists what is there" % book.name)
    ok(book.spine[:3] == ["text/cover.xhtml", "text/title.xhtml",
                          "nav.xhtml"] and
       [n for n in book.types if n == "text/answers.xhtml"] ==
       (book.spine[-1:] if book.answers == "book" else []),
       "cover, title page and contents first, the key last if there is one",
       book.spine)
    ok(book.property("dcterms:modified") and
       re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
                    book.property("dcterms:modified")[0]) and
       len(book.property("dcterms:modified")) == 1,
       "there is one time of modification, in UTC")
    covers = [i for i in book.items.values()
              if "cover-image" in (i.get("properties") or "")]
    old = [m.get("content") for m in book.opf.iter(OPF + "meta")
           if m.get("name") == "cover"]
    ok([c.get("id") for c in covers] == old and len(old) == 1,
       "the cover is named in both ways", old)
    uid = book.meta("identifier")[0]
    ncx = [m.get("content") for m in book.trees["toc.ncx"].iter(NCX + "meta")
           if m.get("name") == "dtb:uid"]
    ok(ncx == [uid], "both tables of contents have one identifier", uid, ncx)


def check_contents(book):
    nav = book.trees["nav.xhtml"]
    toc = next(n for n in nav.iter(H + "nav") if n.get(TYPE) == "toc")
    links = [a.get("href") for a in toc.iter(H + "a")]
    places = [book.spine.index(n) for n in links]
    ok(places == sorted(places), "the contents follow the spine", links)
    none(sorted(set(book.spine[3:]) - set(links)),
         "every chapter is in the contents")
    ncx = [c.get("src") for c in book.trees["toc.ncx"].iter(NCX + "content")]
    ok(ncx == links, "the NCX has the same entries", ncx, links)
    for name in book.spine:
        quiz = name[:-6] + "-quiz.xhtml"
        if quiz in book.spine:
            ok(book.spine.index(quiz) == book.spine.index(name) + 1,
               "%s stands behind its lesson" % quiz)


def check_links(book):
    bad, seen = [], 0
    for name in book.trees:
        for e, to, fragment in book.links(name):
            seen += 1
            if to not in book.types:
                bad.append("%s: %s is not in the book" % (name, to))
            elif local(e) == "a" and to not in book.spine:
                bad.append("%s: %s is not in the spine" % (name, to))
            elif fragment and fragment not in book.ids(to):
                bad.append("%s: %s has no #%s" % (name, to, fragment))
    ok(seen > 10, "%s has links" % book.name)
    none(bad, "every link inside %s leads somewhere" % book.name)
    none(["%s: %s" % (n, i) for n in book.trees for i in set(book.ids(n))
          if book.ids(n).count(i) > 1], "no id stands twice in a file")


def check_elements(book):
    bad = []
    for name, tree in book.pages.items():
        for e in tree.iter():
            if local(e) in ("form", "input", "button", "select", "script",
                            "details", "summary",
                            "style", "iframe", "object"):
                bad.append("%s: <%s>" % (name, local(e)))
            if local(e) == "img" and e.get("alt") is None:
                bad.append("%s: no alt: %s" % (name, e.get("src")))
            bad += ["%s: %s=" % (name, a) for a in e.attrib
                    if a.startswith("on") or a == "style"]
        if not text_of(next(tree.iter(H + "title"))):
            bad.append(name + ": empty title")
        raw = book.bytes["EPUB/" + name]
        if b"<!--" in raw or re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", raw):
            bad.append(name + ": comment or control character")
        levels = [int(local(e)[1]) for e in tree.iter()
                  if re.fullmatch("h[1-6]", local(e))]
        if levels.count(1) > 1 or (levels and levels[0] != 1) or any(
                b > a + 1 for a, b in zip(levels, levels[1:])):
            bad.append("%s: headings %s" % (name, levels))
    none(bad, "no page of %s asks, runs or hides anything" % book.name)
    css = book.bytes["EPUB/css/book.css"].decode()
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    ok(len(plain) > 500 and not re.search(
        r"#[0-9a-f]{3}|rgb|\b\d*\.?[2-9]\d*px|:is\(|:has\(|direction:",
        plain), "the style sheet fixes neither colours nor pixels")


def find_class(book, name):
    """(file, element) of everything in the spine with this class."""
    return [(n, e) for n in book.spine for e in book.pages[n].iter()
            if e.get("class") == name]


def ways(book, name, element):
    """Places in the book that an element of a file links to."""
    inside = set(element.iter())
    return {(to, fragment) for e, to, fragment in book.links(name)
            if e in inside}


def check_questions(book):
    """A mock exam shows a question again, but no answer."""
    asked = {(n, e.get("id")): e for n, e in find_class(book, "q")}
    answers = {e.get("id"): (n, e) for n, e in find_class(book, "ans")}
    bad, backs = [], set()
    for (name, key), e in asked.items():
        want = "a-" + key[2:]
        if want not in answers:
            bad.append("%s has no answer" % key)
        elif (answers[want][0], want) not in ways(book, name, e):
            bad.append("%s has no link to its answer" % key)
    for key, (name, e) in answers.items():
        back = [w for w in ways(book, name, e) & set(asked)
                if w[1] == "q-" + key[2:]]
        backs.update(back)
        if len(back) != 1:
            bad.append("%s has no link back: %s" % (key, back))
        elif book.answers == "chapter" and back[0][0] != name:
            bad.append("%s is not with its question" % key)
        if len(text_of(e)) >= 5000:
            bad.append("%s is too long for a popup" % key)
    ok(asked and len({k for _, k in asked}) == len(answers) == len(backs),
       "%s has as many answers as questions" % book.name,
       len(asked), len(answers), len(backs))
    none(bad, "questions and answers are linked both ways")


def check_no_key(book):
    ok(not find_class(book, "ans") and not find_class(book, "key") and
       not find_class(book, "to-answer"), "no answers, nor ways to them")
    ok(find_class(book, "q"), "but questions")
    none([n for n, raw in book.bytes.items()
          if re.search(rb"(?<!_r)answers\.xhtml", raw)],
         "nothing leads to a key")


def check_book(book):
    check_container(book)
    check_package(book)
    check_contents(book)
    check_links(book)
    check_elements(book)
    if book.answers == "none":
        check_no_key(book)
    else:
        check_questions(book)
    check_xml(book)
    check_epubcheck(book)


def letters_of(answer):
    label = next(b for b in answer.iter(H + "b") if b.get("class") == "label")
    return re.findall(r"\b[A-Z]+\b", text_of(label).split(":")[-1])


def options_of(question):
    lists = [o for o in question.iter(H + "ol")
             if "opts" in (o.get("class") or "")]
    return [text_of(li) for li in lists[0].findall(H + "li")]


def right_ones(book, key):
    """The options that the key calls right, by their letters."""
    questions, answers = {}, {}
    for tree in book.pages.values():
        for e in tree.iter():
            if e.get("id") == "q-" + key:
                questions = e
            if e.get("id") == "a-" + key:
                answers = e
    options = options_of(questions)
    return {options[ord(c) - ord("A")] for c in letters_of(answers)}


# ---- the course of this repository

def out_book():
    paths = sorted(glob.glob(os.path.join(OUT, "*.epub")))
    return Book(paths[0])


def test_course():
    paths = glob.glob(os.path.join(OUT, "*.epub"))
    if ok(len(paths) == 1, "there is one book", *paths):
        check_book(out_book())
        check_ace(out_book())


def test_pictures():
    """Three pages as a browser shows them, to be looked at."""
    chrome = shutil.which("chromium") or shutil.which("google-chrome")
    if not chrome:
        return skip("pages of the book are rendered", "there is no Chromium")
    book = out_book()
    lesson = next(n for n in book.spine if n[:-6] + "-quiz.xhtml" in
                  book.spine)
    to = os.path.join(BUILD, "screenshots")
    os.makedirs(to, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        book.zip.extractall(folder)
        for what, name in (("title", "text/title.xhtml"), ("lesson", lesson),
                           ("answers", "text/answers.xhtml")):
            picture = os.path.join(to, "book-%s.png" % what)
            if os.path.exists(picture):
                os.remove(picture)
            done = subprocess.run(
                [chrome, "--headless", "--no-sandbox", "--disable-gpu",
                 "--hide-scrollbars", "--user-data-dir=%s/profile" % folder,
                 "--window-size=600,900", "--screenshot=" + picture,
                 "file://%s/EPUB/%s" % (folder, name)],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, errors="replace",
                timeout=120)
            ok(os.path.exists(picture) and os.path.getsize(picture) > 5000,
               "%s of the book is rendered: %s" % (
                   what, os.path.relpath(picture, ROOT)), done.stdout)


def plain(markdown):
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", markdown)
    return " ".join(re.sub(r"[`*]", "", text).split())


def test_key_against_sources():
    """The letters of the key stand for what the sources mark with an x."""
    book, bad, n = out_book(), [], 0
    for path in sorted(glob.glob(os.path.join(
            ROOT, "content", "**", "*.quiz.md"), recursive=True)):
        source = read(path).decode()
        quiz = re.search(r"^quiz-id: *(\S+)", source, re.M).group(1)
        for part in re.split(r"^#+ ", source, flags=re.M):
            found = re.search(r"<!-- q: *([a-z0-9-]+)", part)
            if not found:
                continue
            n += 1
            want = {plain(o) for o in re.findall(
                r"^(?:-|\d+\.) \[[xX]\] +(.*)$", part, re.M)}
            key = "%s--%s" % (quiz, found.group(1))
            if right_ones(book, key) != want:
                bad.append("%s: %s is not %s" % (
                    key, right_ones(book, key), want))
    ok(n > 0, "the sources have questions")
    none(bad, "the key gives the options that are marked in the sources")


def build_twice(course, *places):
    """The bytes of a course's book, once for every (folder, arguments)."""
    made = []
    for out, args in places:
        done = ergen("build", course, "--out", out, "-q", *args)
        if done.returncode != 0:
            ok(False, "the course builds", done.stdout, done.stderr)
            return []
        made.append(read(glob.glob(os.path.join(out, "*.epub"))[0]))
    return made


def test_same_bytes():
    with tempfile.TemporaryDirectory() as folder:
        made = build_twice(ROOT, (folder + "/a", ["-j1"]),
                           (folder + "/b", ["-j4"]),
                           (folder + "/c", ["--only", "epub"]))
        ok(len(made) == 3 and len(set(made)) == 1,
           "every build gives the same bytes, with any number of threads")


# ---- the awkward course

def png(side=4):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\x40\x90\xc0" * side for _ in range(side))
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


SITE = """\
id: awkward
title: 'Bits & <Bytes>: "half" the truth'
subtitle: A < B && C > D
authors: [Ana & Söhne, שרה <כהן>]
publisher: P & Q
description: 1 < 2 & 3 > 2
lang: he
license: CC0 & more
url: https://example.org/c/
raw_html: allow
outputs:
  epub: {%s}
"""

HOME = """\
# Home & <b>castle</b>

Hello &amp; <b>raw</b> <br> ![a & "b"](bilder/größe.png) and
[link](10-kapitel/20-übung.md#1-ärger), [file](daten.txt),
[odd](<https://ex.com/a b?x=1&y=[2]>), [per cent](https://ex.com/100%zz),
[no scheme](//ex.com/x), <mailto:a@b.c>.

![far away](https://example.com/x.png)
"""

LESSON = """\
---
title: Übung <1> & more
lang: de
---
# Übung

Note[^a] and again[^a], then[^b]; [up](#1-ärger), [title](#übung).

## 1 Ärger

<p>Raw <em>html &amp; <img src="../bilder/größe.png" alt="roh"></em><br>x
<a href="../daten.txt">file</a> <a href="../answers.md">page</a>
<img src="https://example.com/r.png" alt="far &amp; wide"></p>

Inline <kbd>Ctrl</kbd> <span lang="fr" onclick="x()">bonjour</span>.

<p id="twice">1</p> <p id="twice">2</p> <b id="Title">3</b>
<img src="../bilder/größe.png" alt="half" width="50%">
<a href="mailto:a b@ex.com?subject=x y">mail</a> <q cite="rel/x">q</q>
<q cite="https://ex.com/x y">q</q> [once](#twice)

<svg width="9em" height="9"><title>t</title><rect width="50%" height="9"/>
<a href="https://ex.com/1"><text>Text &amp; <tspan>more</tspan></text></a>
<a href="https://ex.com/2"><circle r="4"/></a>
<a href="https://ex.com/3"><title>Three</title><circle r="4"/></a></svg>

<form><script>if (1 < 2) alert("&")</script><input name="i"></form>

## 日本語 😀 heading

![A_b](<../bilder/A_b C.png> "title") ![x](../bilder/a_b_c.png)

![Lone](../bilder/größe.png)

![Loud](../bilder/LAUT.PNG)

- a
  - b
    1. c

       ```xml
       <![CDATA[ x ]]> & <y/> &amp;
       ```
    2. d
- [ ] open
- [x] done ]]> & more

| L | C | R |
|:--|:-:|--:|
| a | b | **x** |
| ]]> | & | < |

> [!TIP]
> Tip.

> [!WARNING]
> Warning[^c].

5. five
6. six

Control: \x01\x08\x1f. ~~strike~~ &#1; &#xFFFE;

[^a]: Note a & <b>b</b>
[^b]: Two

    paragraphs.
[^c]: In a callout.[^d]
[^d]: From a note.
[^e]: In an option.
[^f]: In an explanation.

## Short
<!-- quiz: k -->

### What is <1>?
<!-- q: a -->

Stem with `]]>`[^a].

```
code & <x>
```

- [ ] one
  > No.
- [x] two[^e] **b**
- [ ] three

Because[^f] of [this](#1-ärger).

> [!NOTE]
> A callout in an explanation.
"""

QUIZ = """\
---
quiz-id: zz
title: Prüfung & Quiz
shuffle: none
---
# Prüfung

## Only a heading `x < y`?
<!-- q: b -->

> [!TIP]
> First.

> [!TIP]
> Second:
>
> - list

- [x] `code option &`
- [x] b <b>raw <i>html</i></b>
  > Feedback[^1]
- [ ] c ![img](../bilder/größe.png)

## Group

### True or false
<!-- q: tf -->

The sky is <span id="x">blue</span>.

- [ ] True
- [x] False

<p id="x">It is <a href="../daten.txt">not</a>.</p>

> [!NOTE]
> Same line as nowhere.

[^1]: note one
"""


def write(folder, files):
    for name, text in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())


def awkward(folder, options="", more=None):
    write(folder, dict({
        "site.yaml": SITE % options,
        "content/index.md": HOME,
        "content/daten.txt": "x",
        "content/bilder/größe.png": png(),
        "content/bilder/A_b C.png": png(5),
        "content/bilder/LAUT.PNG": png(7),
        "content/bilder/a_b_c.png": png(6),
        "content/10-kapitel/index.md": "# Modul\n",
        "content/10-kapitel/20-übung.md": LESSON,
        "content/10-kapitel/20-übung.quiz.md": QUIZ,
        "content/30-leer/10-only.md": "# Only\n\nIn a folder without page.\n",
        "content/answers.md": "# Answers\n\nSee [m](10-kapitel/index.md).\n",
        "content/title.md": "# Title & co\n\nText.\n",
    }, **(more or {})))


def build_book(folder, name, answers="book", env=None):
    done = ergen("build", folder,
                 env=dict(env or {}, SOURCE_DATE_EPOCH="1700000000"))
    if not ok(done.returncode == 0, "%s builds" % name, done.stdout,
              done.stderr):
        return None
    return Book(glob.glob(os.path.join(folder, "out", "*.epub"))[0], name,
                answers)


def awkward_book(folder, answers="book", **options):
    awkward(folder, **options)
    return build_book(folder, "the awkward book", answers)


def check_awkward_metadata(book):
    ok(book.meta("title") == ['Bits & <Bytes>: "half" the truth',
                              "A < B && C > D"] and
       book.meta("creator") == ["Ana & Söhne", "שרה <כהן>"] and
       book.meta("rights") == ["CC0 & more"] and
       book.meta("publisher") == ["P & Q"] and
       book.meta("language") == ["he"],
       "metadata come through unchanged")
    ok(book.meta("identifier") ==
       ["urn:uuid:%s" % uuid.uuid5(NAME_SPACE, "awkward")],
       "the identifier is the course id's UUID, version 5",
       book.meta("identifier"))
    ok(book.property("dcterms:modified") == ["2023-11-14T22:13:20Z"],
       "SOURCE_DATE_EPOCH is the time of the book")
    spine = next(book.opf.iter(OPF + "spine"))
    ok(spine.get("page-progression-direction") == "rtl" and
       spine.get("toc") == "ncx" and
       book.pages["text/index.xhtml"].get("dir") == "rtl",
       "a Hebrew book runs from right to left")
    ok("visual" in book.property("schema:accessMode") and
       "alternativeText" in book.property("schema:accessibilityFeature"),
       "the metadata name images and alternative text")


def check_awkward_text(book):
    lesson = next(t for t in book.pages.values()
                  for h in t.iter(H + "h1")
                  if text_of(h) == "Übung <1> & more")
    codes = ["".join(c.itertext()) for c in lesson.iter(H + "code")]
    ok("<![CDATA[ x ]]> & <y/> &amp;\n" in codes,
       "code comes through unchanged", codes)
    images = [i.get("alt") for i in lesson.iter(H + "img")]
    ok(images == ["roh", "half", "A_b", "x", "Lone", "Loud"],
       "images of the course are shown, others give their text", images)
    twice = [text_of(e) for e in lesson.iter() if e.get("id") == "twice"]
    ok(twice == ["1"], "of two ids the first counts", twice)
    ok([e.get("width") for e in lesson.iter() if local(e) in (
        "svg", "rect")] == ["9em", "50%"], "drawings keep their sizes")
    named = [text_of(a[0]) for a in lesson.iter() if local(a) == "a" and
             re.match("https://ex.com/[123]", a.get("href") or "")]
    ok(named == ["Text & more", "https://ex.com/2", "Three"],
       "links in drawings have names", named)
    ok("far & wide" in text_of(lesson), "a distant image gives its text")
    hrefs = [a.get("href") for a in lesson.iter(H + "a")]
    ok("https://example.org/c/daten.txt" in hrefs,
       "a file that no book can hold is linked on the website", hrefs)
    notes = [e for e in lesson.iter() if e.get(TYPE) == "footnote"]
    ok([n.get("id") for n in notes] == ["Fn-%d" % i for i in range(1, 6)],
       "the lesson has the notes that it refers to, no others",
       [text_of(n) for n in notes])
    key = text_of(by_id(book.pages["text/answers.xhtml"], "a-k--a"))
    ok("In an explanation." in key and "In an option." in key,
       "a note of an answer stands below it", key)
    home = text_of(book.pages["text/index.xhtml"])
    ok("far away" in home, "a distant image gives its alternative text")
    ok(right_ones(book, "k--a") == {"two5 b"} and
       right_ones(book, "zz--b") == {"code option &", "b raw html"} and
       right_ones(book, "zz--tf") == {"False"},
       "the key names the right options")
    module = text_of(book.pages["text/kapitel/index.xhtml"])
    ok("Übung <1> & more" in module,
       "a module without text lists what it holds", module)


def test_awkward():
    with tempfile.TemporaryDirectory() as folder:
        book = awkward_book(folder)
        if book:
            check_book(book)
            check_ace(book)
            check_awkward_metadata(book)
            check_awkward_text(book)


def test_images_without_alt():
    with tempfile.TemporaryDirectory() as folder:
        book = awkward_book(folder, more={
            "content/title.md": "# T\n\n![](bilder/a_b_c.png)\n"})
        if book:
            ok("alternativeText" not in
               book.property("schema:accessibilityFeature") and
               book.property("schema:accessModeSufficient") ==
               ["textual,visual"],
               "one image without a text, and the metadata claim none")
    with tempfile.TemporaryDirectory() as folder:
        write(folder, {"site.yaml": SITE % "",
                       "content/a.md": "# A\n\nText.\n"})
        done = ergen("build", folder, "--only", "epub")
        found = glob.glob(folder + "/out/*.epub")
        if ok(done.returncode == 0 and found, "a book without images builds",
              done.stderr):
            book = Book(found[0])
            ok(book.property("schema:accessMode") == ["textual"],
               "without images a book is not visual")
            ok("text/answers.xhtml" not in book.types,
               "without questions there is no key")


def test_cover():
    with tempfile.TemporaryDirectory() as folder:
        book = awkward_book(folder, options="cover: bild/cover.any",
                            more={"bild/cover.any": png(40)})
        if book:
            ok(book.types.get("cover.png") == "image/png" and
               book.bytes["EPUB/cover.png"] == png(40),
               "the author's cover is taken, by what it holds", book.types)
            check_epubcheck(book)


# Without fonts nothing can be painted.
NO_FONTS = {"FONTCONFIG_FILE": os.path.join(ROOT, "tests", "no-fonts.conf")}


def cover_book(folder, title, env=None, more=""):
    write(folder, {"site.yaml": "id: c\ntitle: %s\n%soutputs: {epub: {}}\n" % (
        title, more), "content/a.md": "# A\n\nText.\n"})
    return build_book(folder, "a book called %.30s" % title, env=env)


TITLES = {
    "a plain title": ("Networks", ""),
    "a long title": (" ".join(["Everything", "about", "networks"] * 20), ""),
    "a long word": ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
                    "bauunterbeamtengesellschaft", "subtitle: Ein Wort\n"),
    "a title from right to left": (
        "أساسيات الشبكات", "lang: ar\nauthors: [محمد, Ada Lovelace]\n"),
}


def test_painted_cover():
    """What letters look like is the fonts' business: see that it is a picture
    of the right size, that every build makes the same one, and that others
    have others."""
    covers = []
    for what, (title, more) in TITLES.items():
        with tempfile.TemporaryDirectory() as folder:
            if not ctypes.util.find_library("pangocairo-1.0"):
                skip("a cover of %s is painted" % what, "there is no Pango")
                continue
            book = cover_book(folder, title, more=more)
            again = cover_book(folder, title, more=more)
            if not book or not again:
                continue
            png = book.bytes.get("EPUB/cover.png", b"")
            ok(png[:8] == b"\x89PNG\r\n\x1a\n" and
               struct.unpack(">II", png[16:24]) == (1600, 2400) and
               len(png) < 100000 and png == again.bytes["EPUB/cover.png"],
               "a cover of %s is painted, the same each time" % what)
            ok("EPUB/cover.svg" not in book.bytes, "and it is the only one")
            check_epubcheck(book)
            covers.append(png)
    ok(len(set(covers)) == len(covers), "each has its own")


def cover_lines(title):
    with tempfile.TemporaryDirectory() as folder:
        book = cover_book(folder, title, NO_FONTS)
        if not book:
            return []
        drawn = book.trees["cover.svg"]
        ok(drawn.get("width") == "1600" and drawn.get("height") == "2400",
           "without fonts a cover is drawn as SVG")
        check_epubcheck(book)
        return [text_of(t) for t in drawn.iter() if local(t) == "text"]


def test_drawn_cover():
    title = " ".join(["Everything", "about", "networks"] * 5)
    ok(" ".join(cover_lines(title)) == title,
       "a long title stands on the cover in full")
    lines = cover_lines(" ".join(["Everything", "about", "networks"] * 20))
    ok(len(lines) == 5 and lines[-1].endswith("…") and
       not lines[0].endswith("…"), "of an endless one as much as fits", lines)


def test_cover_colours():
    """A theme may say which."""
    colours = ["#0%d1f2e" % i for i in range(1, 8)]
    with tempfile.TemporaryDirectory() as folder:
        write(folder, {"themes/t/theme.yaml": "extends: u\n",
                       "themes/u/theme.yaml": "extends: default\ncover: %s\n"
                       % json.dumps(colours)})
        book = cover_book(folder, "T", NO_FONTS, "theme: t\n")
        drawn = book.bytes["EPUB/cover.svg"].decode()
        found = sorted(set(re.findall('fill="(#[^"]*)"', drawn)))
        ok(set(found) <= set(colours) and colours[0] in found and
           colours[1] in found, "the cover has the theme's colours", found)
        if not ctypes.util.find_library("pangocairo-1.0"):
            return skip("the painted one, too", "there is no Pango")
        png = cover_book(folder, "T", more="theme: t\n").bytes[
            "EPUB/cover.png"]
        at = png.index(b"PLTE")
        ok(png[at + 4:at + 7].hex() == colours[0][1:],
           "the painted one, too")


# ---- every kind of question

KINDS = os.path.join(ROOT, "tests", "e2e", "kinds")
QUIZ_PAGE = "text/net/subnets-quiz.xhtml"
EXAM_PAGE = "text/net/exam-quiz.xhtml"
# What only the key may say of tests/e2e/kinds/content/10-net/10-subnets.quiz.
ANSWERS_ONLY = [
    "GatewaySubnet", "gateway subnet", "The name has no underscore.",
    "There is only", "It is the only name", "[0-9]", "251", "-1.5",
    "0.25", "20", "25", "First things first.", "VpnGw1", "VpnGw2", "BGP",
    "The name is fixed.", "The first four", "That is an ordinary network.",
    "See the sizes", "RFC 1918", "Read more"]


def kinds_book(folder, answers):
    course = os.path.join(folder, "kinds")
    shutil.copytree(KINDS, course)
    path = os.path.join(course, "site.yaml")
    site = read(path).decode()
    write(course, {"site.yaml": re.sub(
        r"outputs:.*", "outputs: {epub: {answers: %s}}" % answers,
        site.replace("../../../themes/default",
                     os.path.join(ROOT, "themes", "default")))})
    return build_book(course, "the book of every kind, answers: " + answers,
                      answers)


def question_of(book, key, page=QUIZ_PAGE):
    return by_id(book.pages[page], "q-sub--" + key)


def answer_of(book, key):
    page = "text/answers.xhtml" if book.answers == "book" else QUIZ_PAGE
    return by_id(book.pages[page], "a-sub--" + key)


def with_class(element, name):
    return [text_of(e) for e in element.iter()
            if name in (e.get("class") or "").split()]


def items_of(element, tag):
    """The texts of the items of its lists of this kind, list by list."""
    return [[text_of(li) for li in e.findall(H + "li")]
            for e in element.iter(H + tag)]


def check_chapter(book):
    """How the questions are asked; the same wherever the key stands."""
    lines = {k: with_class(question_of(book, k), "write")
             for k in ("name", "number", "tolerance", "range", "order")}
    gap = r" ____+"
    ok(all(len(v) == 1 for v in lines.values()) and
       re.fullmatch("Your answer:" + gap, lines["name"][0]) and
       re.fullmatch("Your answer:" + gap, lines["number"][0]) and
       re.fullmatch("Your answer in h:" + gap, lines["tolerance"][0]) and
       re.fullmatch("Your answer in %:" + gap, lines["range"][0]) and
       re.fullmatch("Your answer:" + gap, lines["order"][0]),
       "there is a line to write on, with the unit", lines)
    ok(with_class(question_of(book, "none"), "how") ==
       ["Choose all that apply; it may be none of them."],
       "a question may say that nothing need be chosen")
    heads = [with_class(question_of(book, k), "n")[0]
             for k in ("one", "many", "order")]
    ok(heads == ["Question 1 (1 point):", "Question 2 (2 points):",
                 "Question 10 (4 points):"],
       "the points stand beside the number", heads)
    plain = [with_class(by_id(book.pages["text/net/subnets.xhtml"],
                              "q-sub-check--" + k), "n")[0]
             for k in ("regions", "thirty")]
    ok(plain == ["Question 1", "Question 2"],
       "where each counts the same nothing is said of points", plain)
    cloze = question_of(book, "cloze")
    ok(with_class(cloze, "blank") ==
       ["(%d) ________" % i for i in (1, 2, 3)] and
       with_class(cloze, "how") == ["Fill in the blanks."] and
       "SKU such as (2) ________, which is not Basic" in text_of(cloze),
       "a cloze has numbered lines in its text", text_of(cloze))
    none([k for k in ("truth", "order", "match", "matrix", "cloze")
          if len(with_class(question_of(book, k), "how")) !=
          {"truth": 0, "match": 2}.get(k, 1)], "each kind says what to do")


def check_matrix(book):
    table = next(question_of(book, "matrix").iter(H + "table"))
    rows = [[c for c in r if local(c) in ("th", "td")]
            for r in table.iter(H + "tr")]
    ok([text_of(c) for c in rows[0]] == ["Statement", "Yes", "No"] and
       {c.get("scope") for c in rows[0]} == {"col"} and
       [text_of(r[0]) for r in rows[1:]] == [
           "A subnet has a range", "A subnet spans regions",
           "A network has many subnets"] and
       {r[0].get("scope") for r in rows[1:]} == {"row"},
       "a matrix is a table with heads of rows and columns")
    cells = [(text_of(c).rstrip("\ufe0e"), c[0].get("aria-label"))
             for r in rows[1:] for c in r[1:]]
    ok(cells == [("☐", "Yes"), ("☐", "No")] * 3,
       "its boxes are empty, and named by their columns", cells)


def check_letters(book):
    """The letters of the key lead to what the source says."""
    steps = ["Make the network", "Make its subnet",
             "Make the gateway az network vnet-gateway create", "Connect it"]
    shown = items_of(question_of(book, "order"), "ol")[0]
    letters = letters_of(answer_of(book, "order"))
    ok(sorted(shown) == sorted(steps) != shown and shown != steps,
       "items to be put in order are shuffled", shown)
    ok([shown[ord(c) - ord("A")] for c in letters] == steps and
       items_of(answer_of(book, "order"), "ol") == [steps] and
       [chr(ord("A") - 1 + int(li.get("value"))) for li in answer_of(
           book, "order").iter(H + "li")] == letters,
       "the key puts letters and items in order", letters)
    lefts, bank = items_of(question_of(book, "match"), "ol")
    ok([re.sub("^____+ ", "", t) for t in lefts] ==
       ["Class A", "Class B", "Class C"] and
       all(t.startswith("____") for t in lefts) and
       sorted(bank) == ["10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                        "192.168.0.0/16"],
       "a word bank has every right side and the distractor", lefts, bank)
    answer = answer_of(book, "match")
    pairs = re.findall(r"(\d) ([A-Z])", with_class(answer, "label")[0])
    ok([(n, bank[ord(c) - ord("A")]) for n, c in pairs] ==
       [("1", "10.0.0.0/8"), ("2", "172.16.0.0/12"),
        ("3", "192.168.0.0/16")] and
       items_of(answer, "ol") == [["Class A – 10.0.0.0/8",
                                   "Class B – 172.16.0.0/12",
                                   "Class C – 192.168.0.0/16"]],
       "the key pairs numbers with letters, and the texts", pairs)
    images = [[i.get("alt") for i in e(book, "pictures").iter(H + "img")]
              for e in (question_of, answer_of)]
    ok(sorted(images[0]) == ["A circle", "A square"] and
       images[1] == ["A circle", "A square"], "pictures can be paired",
       images)


def check_key(book):
    said = {k: text_of(answer_of(book, k)) for k in (
        "one", "none", "name", "signs", "number", "tolerance", "range",
        "matrix", "cloze")}
    for key, *wanted in [
            ("one", "Answer: A. Five", "See the sizes.1",
             "Read more: Subnets 1. RFC 1918 says nothing of this."),
            ("none", "Answer: None of these."),
            ("name", "Answer: GatewaySubnet (also right: gateway subnet)",
             "If you wrote “Gateway_Subnet”: The name has no underscore.",
             "If you wrote “GatewaySubnets”: There is only one.",
             "Read more: the Azure documentation"),
            ("signs", "Answer: [0-9]|\\| (also right: [|0-9])"),
            ("number", "Answer: 251 If you wrote “254”: That is an"),
            ("tolerance", "Answer: -1.5 h Every number from -1.75 to "
             "-1.25 h is right."),
            ("range", "Answer: 20 to 25 %"),
            ("matrix", "A subnet has a range – Yes A subnet spans regions "
             "– No A network has many subnets – Yes"),
            ("cloze", "Answer: GatewaySubnet VpnGw1 (also right: VpnGw2) "
             "BGP The name is fixed.")]:
        none([w for w in wanted if w not in said[key]] and
             wanted + [said[key]], "the key of %s" % key)
    for key in ("many", "order", "match"):
        answer = answer_of(book, key)
        letters = [text_of(e) for e in answer.iter(H + "bdi")
                   if e.get("dir") == "ltr"]
        ok(len(letters) == 1 and re.fullmatch(
            r"(\d )?[A-Z](, (\d )?[A-Z])+", letters[0]) and
           "Answer: %s." % letters[0] in text_of(answer),
           "the letters of %s keep their order in any script" % key, letters)
    code = [text_of(c) for c in answer_of(book, "name").iter(H + "code")]
    ok(code == ["GatewaySubnets"], "what is spelled exactly is code", code)
    more = [t for t in ways(book, "text/answers.xhtml" if book.answers ==
                            "book" else QUIZ_PAGE, answer_of(book, "one"))
            if t[0] == "text/net/subnets.xhtml"]
    ok(more == [("text/net/subnets.xhtml", "sizes")],
       "where to read on is a link within the book", more)


def check_nothing_given_away(book):
    pages = [QUIZ_PAGE] if book.answers != "chapter" else []
    bad = []
    for name in pages + [EXAM_PAGE]:
        whole = book.bytes["EPUB/" + name].decode()
        text = text_of(book.pages[name])
        found = [a for a in ANSWERS_ONLY if re.search(
            r"(?<!\w)%s(?!\w)" % re.escape(a), text)]
        bad += ["%s: %s" % (name, a) for a in found] + [
            name + ": " + w for w in ("<code>GatewaySubnets", "VpnGw")
            if w in whole]
    none(bad, "the chapters tell nothing of the answers")


def check_mock(book):
    """Five questions of other pages, printed as an exam."""
    exam = [e for n, e in find_class(book, "q") if n == EXAM_PAGE]
    ok(len(exam) == 5 and [with_class(e, "n")[0].split()[1].rstrip(":")
                           for e in exam] == list("12345"),
       "a mock exam prints what it draws, with numbers of its own",
       *map(text_of, exam))
    pool = [n for n, e in find_class(book, "q") if "pool" in n]
    ok(len(pool) == 4, "another quiz prints all, whatever the site draws")
    heads = with_class(book.pages["text/answers.xhtml"], "key") \
        if book.answers == "book" else []
    none([h for h in heads if "Mock exam" in h],
         "a mock exam has no key of its own")
    if book.answers == "chapter":
        ok(not [n for n, e in find_class(book, "key") if n == EXAM_PAGE] and
           {n for n, e in find_class(book, "key")} ==
           {n for n, e in find_class(book, "q")} - {EXAM_PAGE},
           "each page with questions of its own ends in their key")


def test_kinds():
    for answers in ("book", "chapter", "none"):
        with tempfile.TemporaryDirectory() as folder:
            book = kinds_book(folder, answers)
            if not book:
                continue
            check_book(book)
            if answers == "chapter":
                check_ace(book)
            check_chapter(book)
            check_matrix(book)
            check_nothing_given_away(book)
            check_mock(book)
            if answers != "none":
                check_letters(book)
                check_key(book)
            said = book.property("schema:accessibilitySummary")[0]
            ok(("at the end of each chapter" in said) ==
               (answers == "chapter") and
               ("key" in said) == (answers != "none"),
               "the metadata say where the answers are", said)


AWKWARD_KINDS = """\
---
quiz-id: yy
title: Arten
points: 1
---
# Arten

## Wort
<!-- q: w; points=2; source=https://ex.com/a?b=1&c=[2] -->

Was[^s]?

Answer: a < b | `<b>&amp;</b>` | שלום

Feedback: x & y | z | Nein[^w], <i>nie.

## Paare
<!-- q: m; type=match; source=../daten.txt -->

<div id="x">

| Links | Rechts |
| ----- | ------ |
| 1 <b>eins</b> | gleich |
| 2[^l] | gleich |
| 3 | anders[^r] |
|   | nie[^d] |

## Reihe
<!-- q: o; type=order; source=#wort -->

1. gleich
2. mitte <span id="y">roh</span>

   > [!NOTE]
   > Kasten.
3. gleich

Siehe [hier](20-übung.md#1-ärger) und [da](30-arten.quiz.md#q-yy--w).

## Lücken
<!-- q: c; type=cloze -->

Ein **<** <i>und</i> **A & "B" | `c`** in **Link** [da](../daten.txt)

Und **drei**[^s].

[^s]: In the stem.
[^w]: In a known wrong answer.
[^l]: Of a left side.
[^r]: Of a right side.
[^d]: Of a distractor.
"""

AWKWARD_MOCK = """\
---
quiz-id: probe
from: [zz, yy, k]
shuffle: all
---
# Probe & Prüfung

Text[^s], [up](#probe--prüfung).

[^s]: Of the exam.
"""


def check_awkward_kinds(book):
    key = {e.get("id"): text_of(e) for _, e in find_class(book, "ans")}
    ok("a < b (also right: <b>&amp;</b>, שלום)" in key["a-yy--w"] and
       "If you wrote “x & y / z”:" in key["a-yy--w"] and
       "In a known wrong answer." in key["a-yy--w"],
       "spellings come through as they are", key["a-yy--w"])
    ok("Of a left side." in key["a-yy--m"] and
       "Of a right side." in key["a-yy--m"] and
       "Of a distractor." not in key["a-yy--m"],
       "the key has the notes of what it shows", key["a-yy--m"])
    page = next(n for n, e in find_class(book, "q")
                if e.get("id") == "q-yy--m" and "probe" not in n)
    bank = items_of(by_id(book.pages[page], "q-yy--m"), "ol")[1]
    letters = re.findall(r"\d ([A-Z])", key["a-yy--m"].split(".")[0])
    ok(sorted(bank) == ["anders4", "gleich", "nie5"] and
       [bank[ord(c) - ord("A")] for c in letters] ==
       ["gleich", "gleich", "anders4"],
       "what is the same stands in the bank once", bank, letters)
    more = {k: re.search("Read more: (\\S*)", key["a-yy--" + k]).group(1)
            for k in "wmo"}
    ok(more == {"w": "https://ex.com/a?b=1&c=[2]", "m": "daten.txt",
                "o": "Arten"}, "sources are called by what they are", more)
    ok('Answer: < A & "B" (also right: c) Link drei' in key["a-yy--c"],
       "blanks may be in whatever markup", key["a-yy--c"])
    exam = {e.get("id"): text_of(e) for n, e in find_class(book, "q")
            if "probe" in n}
    ok("Was1?" in exam["q-yy--w"] and "1. In the stem." in exam["q-yy--w"] and
       "Of a distractor." in exam["q-yy--m"] and
       "In a known wrong answer." not in exam["q-yy--w"],
       "a borrowed question has its notes below it", exam["q-yy--w"])
    ok("Of the exam." in text_of(book.pages[next(
        n for n, e in find_class(book, "q") if "probe" in n)]),
       "and the exam has its own at its end")


def test_awkward_kinds():
    for answers in ("book", "chapter", "none"):
        with tempfile.TemporaryDirectory() as folder:
            book = awkward_book(folder, answers, options="answers: " + answers,
                                more={
                "content/10-kapitel/30-arten.quiz.md": AWKWARD_KINDS,
                "content/10-kapitel/30-arten.md": "# Arten\n\nText.\n",
                "content/probe.quiz.md": AWKWARD_MOCK})
            if book:
                check_book(book)
                if answers != "none":
                    check_awkward_kinds(book)


# ---- a course with each thing once

FULL = os.path.join(ROOT, "tests", "e2e", "full")


def full_book(folder, site=None, more=None):
    course = os.path.join(folder, "full")
    shutil.copytree(FULL, course)
    text = read(os.path.join(course, "site.yaml")).decode()
    write(course, dict({"site.yaml": (site or (lambda s: s))(text.replace(
        "../../../themes/default", os.path.join(ROOT, "themes", "default")))},
        **(more or {})))
    return build_book(course, "the book with everything")


def check_glossary(book):
    name = "text/glossary.xhtml"
    tree = book.pages[name]
    section = next(tree.iter(H + "section"))
    ok(section.get(TYPE) == "glossary" and
       section.get("role") == "doc-glossary" and
       [local(e) for e in section if local(e) == "dl"],
       "the glossary says what it is")
    terms = {t.get("id"): text_of(t) for t in tree.iter(H + "dt")}
    meanings = dict(zip(terms, tree.iter(H + "dd")))
    ok(list(terms.values()) == [
        "Äther", "Circuit", "Never used", "Peering", "Peering location",
        "SAS", "Überlauf", "Virtual network (VNet)", "Zebra"],
       "its terms are sorted", terms)
    ok([text_of(h) for h in tree.iter(H + "h2")] ==
       ["A", "C", "N", "P", "S", "U", "V", "Z"], "below their letters")
    bad, uses = [], 0
    for page in book.spine:
        for e, to, fragment in book.links(page):
            if e.get("class") != "term":
                continue
            uses += 1
            if (e.get(TYPE), e.get("role")) != ("glossref", "doc-glossref"):
                bad.append("%s: a term of no type" % page)
            if to != name or fragment not in terms:
                bad.append("%s: %s" % (page, e.get("href")))
            elif (page, "") not in ways(book, name, meanings[fragment]):
                bad.append("%s: no way back from %s" % (page, fragment))
    ok(uses > 5, "lessons lead to the glossary", uses)
    none(bad, "and the glossary back to them")


def check_index(book):
    name = "text/a-z.xhtml"
    entries = {}
    for e in book.pages[name].iter(H + "li"):
        term = next(s for s in e.iter(H + "span"))
        entries[text_of(term)] = ways(book, name, e)
    lesson = "text/basics/text.xhtml"
    ok(entries["Peering"] == {
        ("text/glossary.xhtml", "peering"), (lesson, ""),
        ("text/more/kinds.xhtml", "")},
       "the index knows where a term is explained and used",
       entries["Peering"])
    ok(entries["Tables"] == {(lesson, "tables")} and
       entries["Äpfel und Öl"] == {(lesson, "äpfel-und-öl")} and
       entries["Basics"] == {("text/basics/index.xhtml", "")},
       "and headings and titles", entries)
    ok(not [t for t in entries if t.startswith("Question")] and
       "Third?" not in entries, "but no questions")
    heads = [text_of(h) for h in book.pages[name].iter(H + "h2")]
    ok(heads == sorted(heads) and heads[:2] == ["#", "A"],
       "its letters are sorted", heads)
    foreign = {e.get("lang") for n in (name, "nav.xhtml")
               for e in book.pages[n].iter(H + "a") if text_of(e) == "النص"}
    ok(foreign == {"ar"}, "a title in another language says so", foreign)
    marks = [a.get(TYPE) for n in book.trees["nav.xhtml"].iter(H + "nav")
             if n.get(TYPE) == "landmarks" for a in n.iter(H + "a")]
    ok(marks == ["cover", "titlepage", "toc", "bodymatter", "glossary",
                 "index", "appendix"], "the landmarks lead to them", marks)
    ok("index" in book.property("schema:accessibilityFeature"),
       "the metadata name the index")


def check_constructs(book):
    """What a lesson may hold beside text, and what the package says of it."""
    page = book.pages["text/basics/pictures.xhtml"]
    listing = next(e for e in page.iter(H + "figure")
                   if e.get("class") == "code")
    code = next(listing.iter(H + "code"))
    ok(text_of(next(listing.iter(H + "figcaption"))) == "deploy.sh" and
       code.get("class") == "language-bash" and
       "".join(code.itertext()).startswith("az login\naz group create") and
       len(with_class(code, "hll")) == 3 and
       with_class(code, "c1") == ["# a comment"],
       "a listing has its title, marked lines and parts",
       ET.tostring(listing))
    drawn = next(e for e in page.iter(H + "figure")
                 if e.get("class") == "drawn")
    svg = [e for e in drawn.iter() if local(e) == "svg"]
    ok(len(svg) == 1, "a drawn block is a drawing in the text")
    text = book.pages["text/basics/text.xhtml"]
    ok([text_of(c) for c in text.iter(H + "caption")][-1] ==
       "Gateways and their sizes", "a table has its caption")
    unfolded = next(e for e in text.iter() if e.get("class") == "unfold")
    ok(text_of(unfolded) == "Unfold Inside Markdown." and
       [e.get("class") for e in unfolded][0] == "summary",
       "what is folded on the website is open here", text_of(unfolded))
    math = [e for e in text.iter() if local(e) == "math"]
    if shutil.which("blahtexml"):
        ok(len(math) == 3 and math[0].get("alttext") == "a_1 + b^2",
           "formulas are MathML, with a text", len(math))
        parents = {c: p for p in text.iter() for c in p}
        none([m.get("alttext") for m in math if m.get("display") == "block" and
              (parents[m].get("class"), parents[m].get("tabindex")) !=
              ("scroll", "0")], "displayed ones can be scrolled by key")
    else:
        skip("formulas are MathML", "there is no blahtexml")
    has = {n: {k for k in ("svg", "math") if any(
        local(e) == k for e in t.iter())} for n, t in book.pages.items()}
    said = {i.get("href"): {p.replace("mathml", "math") for p in (
        i.get("properties") or "").split()} for i in book.items.values()}
    none([n for n in book.spine if n != "nav.xhtml" and said[n] != has[n]],
         "the package says which files have drawings and formulas")
    ok(("MathML" in book.property("schema:accessibilityFeature")) ==
       any("math" in h for h in has.values()), "and the metadata, too")


GAPS = """\
# Gaps

#### Deep

Text.

###### Deeper

### Less deep

## Two

Text[^1].

Table: A *caption* & more

| a |
| - |
| b |

![Alt](10-basics/images/ring.png "A \\"ring\\" & title")

![Alt](10-basics/images/ring.png)

```draw title="Hub & spoke"
hub spoke
```

[^1]: Note.

##### Last
"""


def list_of(book, kind):
    return [(text_of(a), a.get("href"), a.get("lang"))
            for n in book.trees["nav.xhtml"].iter(H + "nav")
            if n.get(TYPE) == kind for a in n.iter(H + "a")]


def test_structure():
    with tempfile.TemporaryDirectory() as folder:
        book = full_book(folder, more={"content/30-gaps.md": GAPS})
        if not book:
            return
        check_book(book)
        page = "text/gaps.xhtml"
        heads = [(local(h), text_of(h)) for h in book.pages[page].iter()
                 if re.fullmatch("h[1-6]", local(h))]
        ok(heads == [("h1", "Gaps"), ("h2", "Deep"), ("h3", "Deeper"),
                     ("h2", "Less deep"), ("h2", "Two"), ("h3", "Last")],
           "each heading is one level below the one it belongs to", heads)
        ok(list_of(book, "lot") == [
            ("Raw", "text/basics/text.xhtml#List-1", None),
            ("Gateways and their sizes", "text/basics/text.xhtml#List-2",
             None),
            ("A caption & more", page + "#List-1", None)],
           "there is a list of tables", list_of(book, "lot"))
        ok(list_of(book, "loi") == [
            ('A "ring" & title', page + "#List-2", None),
            ("Hub & spoke", page + "#List-3", None)],
           "and one of figures", list_of(book, "loi"))
        places = [local(by_id(book.pages[page], "List-%d" % i))
                  for i in (1, 2, 3)]
        ok(places == ["caption", "figure", "figure"],
           "their entries lead there", places)
        title = book.pages["text/title.xhtml"]
        ok([(e.get(TYPE), e.get("role")) for e in title.iter(H + "section")]
           == [("titlepage", None), ("colophon", "doc-colophon")],
           "the title page has a colophon")


ODD = """\
# Odd

<p id="Fn-1">mine</p> <i id="List-1">mine</i>

## $E = mc^2$

Text[^1].

| | B |
| - | - |
| a[^1] | b |

<figure id="own"><img src="10-basics/images/ring.png" alt="">
<figcaption class="x">Of <b>HTML</b></figcaption></figure>

![Alt](10-basics/images/ring.png "Of Markdown")

Text <span role="doc-pagebreak" id="p12" aria-label="12"></span>goes on.

<hr role="doc-pagebreak" title="13">

[^1]: Note.
"""

ODD_QUIZ = """\
---
quiz-id: odd
---
# Odd quiz

## One
<!-- q: a -->

Which?

- [x] This[^1]
  > Feedback[^2].
- [ ] That

## Two
<!-- q: b -->

What[^2]?

Answer: x

[^1]: In an option.
[^2]: First in feedback, then in a question.
"""


def check_odd(book):
    page = book.pages["text/odd.xhtml"]
    head = by_id(page, "e--mc2")
    ok(head.get("aria-label") == "E = mc^2",
       "a heading that is a formula has a name", head.attrib)
    cells = [(local(e), e.get("scope"), text_of(e)) for e in page.iter()
             if local(e) in ("th", "td")]
    ok(cells == [("td", None, ""), ("th", "col", "B"),
                 ("th", "row", "a1"), ("td", None, "b")],
       "no cell without text heads a column", cells)
    notes = [e.get("id") for e in page.iter(H + "aside")]
    ok(notes == ["Fn-1"] and "mine" not in text_of(by_id(page, "Fn-1")),
       "an id of the author's takes no note's", notes)
    ok([e for e in list_of(book, "loi") if "odd" in e[1]] == [
        ("Of HTML", "text/odd.xhtml#own", None),
        ("Of Markdown", "text/odd.xhtml#List-1", None)] and
        [text_of(c) for c in page.iter(H + "figcaption")] ==
        ["Of HTML", "Of Markdown"],
       "what the list of figures says stands below them",
       list_of(book, "loi"))
    ok(list_of(book, "page-list") == [
        ("12", "text/odd.xhtml#p12", None),
        ("13", "text/odd.xhtml#List-2", None)] and
        [e.get("role") for e in page.iter() if e.get(TYPE) == "pagebreak"] ==
        ["doc-pagebreak"] * 2 and
        book.meta("source") == ["urn:isbn:9780000000002"] and
        {"pageBreakMarkers", "pageNavigation"} <
        set(book.property("schema:accessibilityFeature")),
       "there is a list of the pages that are marked",
       list_of(book, "page-list"), book.meta("source"))
    quiz = book.pages["text/odd-quiz.xhtml"]
    backs = [a.get("href") for a in quiz.iter(H + "a")
             if a.get("role") == "doc-backlink"]
    ok(backs == ["#Fnr-1", "#Fnr-2"],
       "each note of a quiz leads back", backs)
    latin = book.pages["text/more/arabic.xhtml"]
    ok(latin.get("dir") == "rtl",
       "a page's direction is that of its language", latin.attrib)


def test_odd():
    with tempfile.TemporaryDirectory() as folder:
        book = full_book(
            folder, site=lambda s: s.replace("epub: {}", "epub: {%s}" %
                'page_source: "urn:isbn:9780000000002"'),
            more={"content/30-odd.md": ODD,
                  "content/30-odd.quiz.md": ODD_QUIZ})
        if book:
            check_book(book)
            check_ace(book)
            check_odd(book)


ARABIC = {"site.yaml": """\
id: shabakat
title: أساسيات الشبكات
lang: ar
outputs: {epub: {}}
""", "content/a.md": """\
---
lang: de
---
# ألف

<img src="ring.svg" alt=""> is decoration.

| a |
| - |
| b |
""", "content/ring.svg": '<svg xmlns="http://www.w3.org/2000/svg" '
          'viewBox="0 0 9 9"><circle r="4"/></svg>'}


def test_arabic():
    """A title without a Latin letter; a page in a language of Latin ones."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, ARABIC)
        book = build_book(folder, "a book in Arabic")
        if not book:
            return
        ok(os.path.basename(book.path) == "shabakat.epub",
           "the course's id names the file", book.path)
        ok(book.pages["text/a.xhtml"].get("dir") == "ltr",
           "text of another direction says so")
        said = book.property("schema:accessibilitySummary")[0]
        ok("alternativeText" in
           book.property("schema:accessibilityFeature") and
           "لكل جدول خلايا ترويسة." in said,
           "decoration needs no text; the metadata tell of tables", said)


METADATA = """
authors: [Ada Lovelace, "Åsa O’Neill-Öz", The ergen authors, Contoso Ltd.,
  Plato, Gabriel García Márquez, 山田 太郎]
contributors: {Ana Lima: translator, Q & Sons: editor}
sort_names: {Gabriel García Márquez: "García Márquez, Gabriel"}
publisher: P & Q
subjects: [Networks, "R & D"]
series: {name: 'Exams <all>', number: 4}
"""


# ---- to Kindles and back, by calibre

def converted(path, to):
    done = subprocess.run(
        ["ebook-convert", path, to], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", timeout=300,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen",
                 QTWEBENGINE_DISABLE_SANDBOX="1"))
    return ok(done.returncode == 0 and os.path.exists(to),
              "calibre makes %s of it" % os.path.basename(to), done.stdout)


class Converted:
    """What calibre made: its text, links and contents."""

    def __init__(self, path):
        archive = zipfile.ZipFile(path)
        opf = ET.fromstring(archive.read("content.opf"))
        items = {i.get("id"): i for i in opf.iter(OPF + "item")}
        self.title = [e.text for e in opf.iter(DC + "title")]
        self.language = [e.text for e in opf.iter(DC + "language")]
        self.trees = {items[r.get("idref")].get("href"): ET.fromstring(
            archive.read(items[r.get("idref")].get("href")))
            for r in opf.iter(OPF + "itemref")}
        self.text = "".join(run_of(t) for t in self.trees.values())
        self.images = [i for i in items.values()
                       if i.get("media-type").startswith("image/")]
        ncx = ET.fromstring(archive.read("toc.ncx"))
        self.contents = [text_of(p.find(NCX + "navLabel"))
                         for p in ncx.iter(NCX + "navPoint")]
        self.places = {}
        for name, tree in self.trees.items():
            self.places[name, ""] = tree
            for e in tree.iter():
                if e.get("id"):
                    self.places[name, e.get("id")] = e

    def links(self):
        """(text, place) of each inner link; place None: it is broken."""
        for name, tree in self.trees.items():
            for a in tree.iter(H + "a"):
                url = a.get("href")
                if url and not urlsplit(url).scheme:
                    path, _, fragment = url.partition("#")
                    to = posixpath.normpath(posixpath.join(
                        posixpath.dirname(name), unquote(path))) \
                        if path else name
                    yield text_of(a), self.places.get((to, unquote(fragment)))


def run_of(tree):
    """The text without any space, since calibre breaks lines as it likes, and
    without that of drawings, which it makes pictures of."""
    def texts(e):
        if local(e) != "svg":
            yield e.text or ""
            for child in e:
                yield from texts(child)
                yield child.tail or ""
    return re.sub(r"\s+", "", "".join(texts(tree.find(H + "body"))))


def check_calibre(book):
    if not shutil.which("ebook-convert"):
        return skip("calibre keeps " + book.name, "there is no calibre")
    with tempfile.TemporaryDirectory() as folder:
        kindle, back = folder + "/book.azw3", folder + "/back.epub"
        if not converted(book.path, kindle) or not converted(kindle, back):
            return None
        got = Converted(back)
    want = "".join(run_of(book.pages[n]) for n in book.spine)
    ok(got.text.startswith(want), "calibre keeps the text of " + book.name,
       len(want), len(got.text))
    labels = [text_of(p.find(NCX + "navLabel")) for p in
              book.trees["toc.ncx"].iter(NCX + "navPoint")]
    ok(got.contents == labels, "and its contents", got.contents, labels)
    # It joins title and subtitle.
    ok(got.title == [": ".join(book.meta("title"))] and
       got.language == book.meta("language"), "title and language",
       got.title, got.language)
    links = list(got.links())
    none([t for t, place in links if place is None],
         "every link still leads somewhere")
    ours = [(text_of(e), e, to, fragment) for n in book.spine
            for e, to, fragment in book.links(n) if local(e) == "a"]
    ok(len(links) >= len(ours), "no link is lost", len(links), len(ours))
    want = [(t, text_of(by_id(book.pages[to], fragment)))
            for t, e, to, fragment in ours if (e.get("href") or "").count(
                "#a-")]
    answers = [(t, text_of(place)) for t, place in links
               if place is not None and t.startswith("Answer to question")]
    ok(want and answers == want, "the questions lead to their answers",
       answers, want)
    shown = {to for n in book.spine for e, to, _ in book.links(n)
             if local(e) == "img"}
    ok(len(got.images) >= len(shown), "pictures are there",
       len(got.images), shown)


def test_calibre():
    check_calibre(out_book())
    with tempfile.TemporaryDirectory() as folder:
        book = full_book(folder)
        if book:
            check_calibre(book)
    with tempfile.TemporaryDirectory() as folder:
        book = awkward_book(folder)
        if book:
            check_calibre(book)


def refined(book, name):
    """{text: {property: value}} of the elements dc:name."""
    found = {}
    for e in book.opf.iter(DC + name):
        found[e.text] = {
            m.get("property"): m.text for m in book.opf.iter(OPF + "meta")
            if e.get("id") and m.get("refines") == "#" + e.get("id")}
    return found


def check_metadata(book):
    ok(refined(book, "title") == {
        "Everything “at once” & more": {"title-type": "main"},
        "One of each": {"title-type": "subtitle"}},
       "title and subtitle say which they are")
    people = refined(book, "creator")
    ok(list(people) == [
        "Ada Lovelace", "Åsa O’Neill-Öz", "The ergen authors", "Contoso Ltd.",
        "Plato", "Gabriel García Márquez", "山田 太郎"] and
       {p["role"] for p in people.values()} == {"aut"} and
       {n: p["file-as"] for n, p in people.items() if "file-as" in p} == {
           "Ada Lovelace": "Lovelace, Ada",
           "Åsa O’Neill-Öz": "O’Neill-Öz, Åsa",
           "Gabriel García Márquez": "García Márquez, Gabriel"},
       "authors have a role, and persons a name to be sorted by", people)
    ok(refined(book, "contributor") == {
        "Ana Lima": {"role": "trl", "file-as": "Lima, Ana"},
        "Q & Sons": {"role": "edt"}}, "so have others")
    ok(book.meta("subject") == ["Networks", "R & D"] and
       book.meta("publisher") == ["P & Q"] and
       book.meta("rights") == ["CC BY 4.0"] and
       len(book.meta("date")) == 1, "subjects, publisher, rights, date")
    ok(book.property("belongs-to-collection") == ["Exams <all>"] and
       book.property("collection-type") == ["series"] and
       book.property("group-position") == ["4"], "the series, with the place")
    ok(not book.property("dcterms:conformsTo") and
       book.property("schema:accessibilityHazard") == ["none"] and
       book.property("schema:accessibilitySummary")[0].count("MathML") ==
       bool(shutil.which("blahtexml")),
       "nothing is claimed that nobody has found")


def test_metadata():
    def site(text):
        return re.sub("(?m)^authors:.*\n", METADATA, text)
    with tempfile.TemporaryDirectory() as folder:
        book = full_book(folder, site)
        if book:
            check_metadata(book)
            check_epubcheck(book)
    gif = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0" \
          b"\2\2D\1\0;"
    with tempfile.TemporaryDirectory() as folder:
        book = full_book(folder, lambda text: text.replace(
            "epub: {}", "epub: {wcag: AA, certified_by: R & R}"), {
            "content/30-x.md": "# X\n\n![x](x.gif)\n", "content/x.gif": gif})
        if book:
            ok(book.property("dcterms:conformsTo") ==
               ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"] and
               book.property("a11y:certifiedBy") == ["R & R"],
               "an author may state conformance, and who has checked it")
            ok(book.property("schema:accessibilityHazard") == ["unknown"],
               "what may move may flash")
            check_epubcheck(book)


SPOKEN = {
    "en": ("Tables", "Figures", "Every image has"),
    "de": ("Tabellen", "Abbildungen", "Jedes Bild hat"),
    "pt": ("Tabelas", "Figuras", "Todas as imagens"),
    "ar": ("الجداول", "الأشكال", "لكل صورة"),
}


def test_languages():
    """The book speaks its language, also where no reader sees it."""
    for lang, (tables, figures, images) in SPOKEN.items():
        with tempfile.TemporaryDirectory() as folder:
            book = full_book(folder, lambda text: re.sub(
                "(?m)^lang:.*\n", "", text) + "lang: %s\n" % lang,
                {"content/30-gaps.md": GAPS})
            if not book:
                continue
            heads = [text_of(h) for n in
                     book.trees["nav.xhtml"].iter(H + "nav")
                     if n.get(TYPE) in ("lot", "loi")
                     for h in n.iter(H + "h2") if not h.get("lang")]
            ok(heads == [tables, figures],
               "the lists are called in the language %s" % lang, heads)
            said = book.property("schema:accessibilitySummary")[0]
            ok(images in said, "the summary of accessibility, too", said)
            check_epubcheck(book)


def test_everything():
    with tempfile.TemporaryDirectory() as folder:
        book = full_book(folder)
        if book:
            check_book(book)
            check_ace(book)
            check_constructs(book)
            check_glossary(book)
            check_index(book)
    with tempfile.TemporaryDirectory() as folder:
        write(folder, {"site.yaml": SITE % "",
                       "content/a.md": "# A\n\nText.\n"})
        book = build_book(folder, "a book of one page")
        if book:
            ok("text/a-z.xhtml" not in book.types and "index" not in
               book.property("schema:accessibilityFeature"),
               "no index where it would only repeat the contents")


def check_refused(options, more, status, *wanted):
    with tempfile.TemporaryDirectory() as folder:
        awkward(folder, options, more)
        done = ergen("check", folder)
        text = done.stdout + done.stderr
        ok(done.returncode == status and all(w in text for w in wanted),
           "refused: " + " ".join(wanted), done.returncode, text)
        done = ergen("build", folder)
        ok(done.returncode == status and
           not os.path.exists(os.path.join(folder, "out")),
           "and nothing is written")


def check_site_refused(change, *wanted):
    check_refused("", {"site.yaml": change(SITE % "")}, 1, *wanted)


def test_site_refused():
    for tag in ("english", "en_US", "en-a", "x"):
        check_site_refused(lambda s: s.replace("lang: he", "lang: " + tag),
                           "site.yaml:7:7:", "'lang: %s' [site-type]" % tag,
                           "a language tag such as en")
    check_site_refused(lambda s: s.replace("title:", "titel:", 1),
                       "'title' [site-required]")
    check_site_refused(lambda s: re.sub("(?m)^title: .*", "title: ' '", s),
                       "site.yaml:2:8:", "[site-type]")
    check_site_refused(lambda s: s + "cover: a.png\n",
                       "site.yaml:13:1:", "'cover' [site-key]")
    check_site_refused(lambda s: s + "outputs: {epub: {cover: a.png}}\n",
                       "site.yaml:13:1:", "given twice")
    check_refused("cover: [a.png, b.png]", {"a.png": png(), "b.png": png(5)},
                  1, "site.yaml:12:", "'cover: a list' [site-type]")


def test_refused():
    webp = b"RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\0\0\0\0\0\0\0\0\0"
    check_refused("cover: no.png", {}, 1, "site.yaml:12:",
                  "'no.png' [image-missing]")
    check_refused("cover: site.yaml", {}, 1, "site.yaml:12:",
                  "'site.yaml' [epub-image]")
    check_refused("cover: c.jpg", {"c.jpg": png()}, 1, "site.yaml:12:",
                  "'c.jpg' [epub-image]", "does not say that it is png")
    check_refused("cover: c.png", {"c.png": png()[:-20]}, 1, "site.yaml:12:",
                  "'c.png' [epub-image]", "broken")
    check_refused("cover: c.webp", {"c.webp": webp}, 1, "'c.webp'",
                  "a cover is PNG, JPEG or SVG")
    check_refused("cover: a.png, cover: b.png", {
        "a.png": png(), "b.png": png(5)}, 1, "site.yaml:12:", "cover")
    avif = b"\0\0\0\x18ftypavif\0\0\0\0avifmif1"
    check_refused("", {"content/bilder/w.avif": avif, "content/title.md":
                       "# T\n\n![w](bilder/w.avif)\n"}, 1,
                  "content/title.md:3:1:", "'bilder/w.avif' [epub-image]")
    with tempfile.TemporaryDirectory() as folder:
        awkward(folder, more={
            "content/bilder/w.webp": webp,
            "content/title.md": "# T\n\n![w](bilder/w.webp)\n"})
        said = ergen("check", folder).stderr
        ok("content/title.md:3:1: warning:" in said and
           "'bilder/w.webp' [epub-webp]" in said, "of WebP is a warning")
        book = build_book(folder, "a book with WebP")
        if book:
            ok(book.types.get("assets/bilder/w.webp") == "image/webp",
               "and it is in the book")
            check_epubcheck(book, ["3.3"])
    svg = ('<svg xmlns="http://www.w3.org/2000/svg" '
           'xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>')
    for bad in ('<image xlink:href="https://ex.com/x.png"/>',
                "<style>@import 'https://ex.com/x.css';</style>",
                '<rect style="fill: url(//ex.com/x.svg#a)"/>'):
        check_refused("", {"content/bilder/w.svg": svg % bad,
                           "content/title.md": "# T\n\n![w](bilder/w.svg)\n"},
                      1, "content/title.md:3:1:",
                      "'bilder/w.svg' [epub-image]", "of another site")
    with tempfile.TemporaryDirectory() as folder:
        book = awkward_book(folder, more={
            "content/bilder/w.svg": svg %
            '<a xlink:href="https://ex.com/" xlink:title="x">'
            '<text>x</text></a>',
            "content/title.md": "# T\n\n![w](bilder/w.svg)\n"})
        if book:
            check_epubcheck(book)
    check_refused("", {"content/bilder/w.jpg": png(), "content/title.md":
                       "# T\n\nSee ![w](bilder/w.jpg)\n"}, 1,
                  "content/title.md:3:5:", "'bilder/w.jpg' [epub-image]",
                  "png")
    check_refused("answers: appendix", {}, 1, "site.yaml:12:",
                  "outputs.epub.answers: appendix", "[site-type]",
                  "book, chapter or none")
    check_refused("wcag: B", {}, 1, "site.yaml:12:",
                  "outputs.epub.wcag: B", "A, AA or AAA")
    check_refused("}\ncontributors: {X Y: cook", {}, 1, "site.yaml:13:",
                  "X Y: cook", "editor, illustrator, reviewer or translator")
    check_refused("kover: x", {}, 1, "did you mean 'cover'?")


run([test_course, test_pictures, test_key_against_sources, test_same_bytes,
     test_awkward, test_images_without_alt, test_cover, test_painted_cover,
     test_drawn_cover, test_cover_colours, test_kinds, test_awkward_kinds,
     test_everything, test_languages, test_structure, test_odd, test_arabic,
     test_metadata, test_calibre, test_site_refused, test_refused])
