#!/usr/bin/env python3
"""out/*.epub, and the book of a small course full of awkward things."""

import glob
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
from tap import OUT, ROOT, ergen, none, ok, read, run, skip  # noqa: E402

EPUBCHECK = "/usr/share/java/epubcheck.jar"
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

    def __init__(self, path):
        self.path = path
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

def check_epubcheck(book):
    what = "EPUBCheck has nothing to say about " + book.name
    if not shutil.which("java"):
        return skip(what, "there is no java")
    if not os.path.exists(EPUBCHECK):
        return skip(what, "there is no " + EPUBCHECK)
    done = subprocess.run(
        ["java", "-jar", EPUBCHECK, "--failonwarnings", book.path],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", timeout=300)
    # One that dies says nothing good either.
    ok(done.returncode == 0 and
       "0 fatals / 0 errors / 0 warnings" in done.stdout, what, done.stdout)


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
       book.spine[-1] == "text/answers.xhtml",
       "cover, title page and contents first, the key last", book.spine)
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
        if levels.count(1) > 1 or (levels and levels[0] != 1):
            bad.append("%s: headings %s" % (name, levels))
    none(bad, "no page of %s asks, runs or hides anything" % book.name)
    css = book.bytes["EPUB/css/book.css"].decode()
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    ok(len(plain) > 500 and not re.search(
        r"#[0-9a-f]{3}|rgb|\b\d*\.?[2-9]\d*px|:is\(|:has\(|direction:",
        plain), "the style sheet fixes neither colours nor pixels")


def check_questions(book):
    questions, answers, bad = {}, {}, []
    for name, tree in book.pages.items():
        for e in tree.iter():
            if e.get("class") == "q":
                questions[e.get("id")] = (name, e)
            if e.get("class") == "ans":
                answers[e.get("id")] = (name, e)
    for key, (name, e) in questions.items():
        want = "a-" + key[2:]
        there = {posixpath.normpath(posixpath.join(
            posixpath.dirname(name), a.get("href").split("#")[0])) + "#" +
            a.get("href").split("#")[1]
            for a in e.iter(H + "a") if "#" in (a.get("href") or "")}
        if "text/answers.xhtml#" + want not in there:
            bad.append("%s has no link to its answer" % key)
        if want not in answers:
            bad.append("%s has no answer" % key)
            continue
        back = {posixpath.normpath("text/" + a.get("href"))
                for a in answers[want][1].iter(H + "a")
                if not urlsplit(a.get("href")).scheme}
        if "%s#%s" % (name, key) not in back:
            bad.append("%s has no link back" % want)
        if len(text_of(answers[want][1])) >= 5000:
            bad.append("%s is too long for a popup" % want)
    ok(questions and len(questions) == len(answers),
       "%s has as many answers as questions" % book.name,
       len(questions), len(answers))
    none(bad, "questions and answers are linked both ways")
    return questions, answers


def check_book(book):
    check_container(book)
    check_package(book)
    check_contents(book)
    check_links(book)
    check_elements(book)
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
    book = Book(paths[0])
    book.name = os.path.basename(paths[0])
    return book


def test_course():
    paths = glob.glob(os.path.join(OUT, "*.epub"))
    if ok(len(paths) == 1, "there is one book", *paths):
        check_book(out_book())


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

<form><script>if (1 < 2) alert("&")</script><input name="i"></form>

## 日本語 😀 heading

![A_b](<../bilder/A_b C.png> "title") ![x](../bilder/a_b_c.png)

![Lone](../bilder/größe.png)

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
        "content/bilder/a_b_c.png": png(6),
        "content/10-kapitel/index.md": "# Modul\n",
        "content/10-kapitel/20-übung.md": LESSON,
        "content/10-kapitel/20-übung.quiz.md": QUIZ,
        "content/30-leer/10-only.md": "# Only\n\nIn a folder without page.\n",
        "content/answers.md": "# Answers\n\nSee [m](10-kapitel/index.md).\n",
        "content/title.md": "# Title & co\n\nText.\n",
    }, **(more or {})))


def awkward_book(folder, **options):
    awkward(folder, **options)
    done = ergen("build", folder, env={"SOURCE_DATE_EPOCH": "1700000000"})
    if not ok(done.returncode == 0, "the awkward course builds",
              done.stdout, done.stderr):
        return None
    book = Book(glob.glob(os.path.join(folder, "out", "*.epub"))[0])
    book.name = "the awkward book"
    return book


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
    ok(images == ["roh", "A_b", "x", "Lone"],
       "images of the course are shown, others give their text", images)
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
    drawn = out_book().trees["cover.svg"]
    texts = [text_of(t) for t in drawn.iter()
             if local(t) == "text"]
    ok(drawn.get("width") == "1600" and drawn.get("height") == "2400" and
       " ".join(texts).startswith("AZ-104 Networking"),
       "else a cover is drawn, with the title", texts)


def check_refused(options, more, status, *wanted):
    with tempfile.TemporaryDirectory() as folder:
        awkward(folder, options, more)
        done = ergen("check", folder)
        text = done.stdout + done.stderr
        ok(done.returncode == status and all(w in text for w in wanted),
           "refused: " + " ".join(wanted), done.returncode, text)


def test_refused():
    webp = b"RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\0\0\0\0\0\0\0\0\0"
    check_refused("cover: no.png", {}, 1, "site.yaml:12:",
                  "'no.png' [image-missing]")
    check_refused("cover: site.yaml", {}, 1, "site.yaml:12:",
                  "'site.yaml' [epub-image]")
    check_refused("", {"content/bilder/w.webp": webp, "content/title.md":
                       "# T\n\n![w](bilder/w.webp)\n"}, 1,
                  "content/title.md:3:1:", "'bilder/w.webp' [epub-image]")
    check_refused("", {"content/bilder/w.jpg": png(), "content/title.md":
                       "# T\n\nSee ![w](bilder/w.jpg)\n"}, 1,
                  "content/title.md:3:5:", "'bilder/w.jpg' [epub-image]",
                  "png")
    check_refused("kover: x", {}, 1, "did you mean 'cover'?")


run([test_course, test_key_against_sources, test_same_bytes, test_awkward,
     test_images_without_alt, test_cover, test_refused])
