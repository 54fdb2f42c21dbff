#!/usr/bin/env python3
"""The deck, as Anki itself sees it.

Small courses are built into a temporary folder, imported into the backend of
the package `anki` (build/venv), studied, changed, built and imported again.
The learner's side is then read from the collection, not from what the import
says of itself.
"""

import base64
import copy
import glob
import hashlib
import html
import html.parser
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import time
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap  # noqa: E402
from tap import ROOT, none, ok, read, skip, use_venv  # noqa: E402

use_venv()

from anki.collection import (  # noqa: E402
    Collection, ImportAnkiPackageRequest, ImportCsvRequest)

T = 1700000000
COURSE_ID = "bridges"


def same(found, expected, text):
    return ok(found == expected, text, "found:    %r" % (found,),
              "expected: %r" % (expected,))


# ---- courses

SVG = ('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">'
       '<path d="M0 30Q45 %d 90 30"/></svg>')

SITE = {
    "id": COURSE_ID,
    "title": "Bridges",
    "slug": "bridges",
    "description": "How bridges <stand>.",
    "lang": "en",
    "url": "https://example.org/bridges/",
    "theme": os.path.join(ROOT, "themes", "default"),
}


def question(qid, title, options, **more):
    return dict(more, id=qid, title=title, options=options)


# Modules of lessons; a lesson's questions make its quiz.
COURSE = {
    "modules": [
        {
            "folder": "10-beams",
            "title": "Beams",
            "lessons": [
                {
                    "file": "10-load",
                    "title": r"Load & \<reaction>",
                    "quiz-id": "load",
                    "questions": [
                        question(
                            "sum", "Sum of forces",
                            ["x A & B", "_ `a < b && {{c}}`",
                             "_ [sound:no.mp3] [$]no[/$]"],
                            stem="What is true of **forces**[^1]?\n\n"
                                 "![An arch](images/Arch%20One.SVG)",
                            feedback="See [the lesson](10-load.md).",
                            hint="Look at the picture.",
                            explanation="It is in equilibrium.",
                            attributes="difficulty=2; tags=statics, forces; "
                                       "objective=net.3",
                            tail="[^1]: Newton."),
                        question("many", "Which of these bend?",
                                 ["x Beams", "x Planks", "_ Ropes"]),
                    ],
                },
                {
                    "file": "20-shear",
                    "title": "Shear",
                    "quiz-id": "shear",
                    "questions": [
                        question("true", "Shear is a stress.",
                                 ["x True", "_ False"]),
                        question("code", "A listing",
                                 ["x one", "_ two", "_ three"],
                                 stem="```sh\necho '<b>' {{x}}\n```\n\n"
                                      "| a | b |\n| - | - |\n| 1 | 2 |\n\n"
                                      '<img src="https://example.com/x.png" '
                                      'alt="far"> <a href="/10-beams/10-load.md">'
                                      "raw</a>"),
                    ],
                },
            ],
        },
        {
            "folder": "9-arches",
            "title": "Arches::old  and\tnew",
            "lessons": [
                {
                    "file": "keystone",
                    "title": "Keystone",
                    "quiz-id": "key",
                    "questions": [
                        question("top", "Where is it?",
                                 ["x At the top", "_ At the bottom"]),
                    ],
                },
            ],
        },
    ],
    # Of no module.
    "lessons": [
        {
            "file": "90-history",
            "title": "History",
            "quiz-id": "history",
            "questions": [
                question("first", "Which is the oldest?",
                         ["x Log", "_ Steel", "_ Rope"]),
            ],
        },
    ],
}


def questions_of(course):
    """(quiz-id/id, question, lesson) in reading order."""
    # The number in front of a folder's or file's name gives the order.
    lessons = [(9, l) for l in course["modules"][1]["lessons"]]
    lessons += [(10, l) for l in course["modules"][0]["lessons"]]
    lessons += [(90, l) for l in course["lessons"]]
    for _, lesson in lessons:
        for q in lesson["questions"]:
            yield lesson["quiz-id"] + "/" + q["id"], q, lesson


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def quiz_text(lesson):
    if "quiz" in lesson:
        return lesson["quiz"]
    out = ["---", "title: Quiz", "quiz-id: " + lesson["quiz-id"], "---",
           "# Quiz", ""]
    for q in lesson["questions"]:
        attributes = q.get("attributes")
        out += ["## " + q["title"], "<!-- q: %s%s -->" % (
            q["id"], "; " + attributes if attributes else ""), ""]
        if "stem" in q:
            out += [q["stem"], ""]
        if "hint" in q:
            out += ["> [!TIP]", "> " + q["hint"], ""]
        for option in q["options"]:
            right, text = option.split(" ", 1)
            out.append("- [%s] %s" % ("x" if right == "x" else " ", text))
            if "feedback" in q:
                out.append("  > " + q["feedback"])
        out.append("")
        for key in ("explanation", "tail"):
            if key in q:
                out += [q[key], ""]
    return "\n".join(out)


def write_lesson(folder, lesson):
    path = os.path.join(folder, lesson["file"])
    write(path + ".md", "# %s\n\n%s\n" % (
        lesson["title"], lesson.get("text", "Some text.")))
    if "quiz-id" in lesson:
        write(path + ".quiz.md", quiz_text(lesson))


def write_course(folder, course, site=None, anki=None, outputs=None):
    shutil.rmtree(os.path.join(folder, "content"), ignore_errors=True)
    site = dict(SITE, **(site or {}))
    site["outputs"] = dict({"anki": anki or {}}, **(outputs or {}))
    # JSON is YAML.
    write(os.path.join(folder, "site.yaml"), "\n".join(
        "%s: %s" % (k, json.dumps(v, ensure_ascii=False))
        for k, v in site.items()))
    content = os.path.join(folder, "content")
    write(os.path.join(content, "index.md"), "# Bridges\n\nText.\n")
    for module in course["modules"]:
        below = os.path.join(content, module["folder"])
        write(os.path.join(below, "index.md"),
              "---\nsummary: About it & more.\n---\n# %s\n\nText.\n"
              % module["title"])
        for lesson in module["lessons"]:
            write_lesson(below, lesson)
    write(os.path.join(content, "10-beams", "images", "Arch One.SVG"),
          SVG % course.get("arch", -20))
    for lesson in course["lessons"]:
        write_lesson(content, lesson)
    if "glossary" in course:
        write(os.path.join(content, "glossary.md"), course["glossary"])


def ergen(folder, epoch, *arguments):
    return tap.ergen("build", folder, *arguments, env={
        "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": str(epoch)})


n_built = 0


def build(course, epoch=T, site=None, anki=None):
    """The path of a copy of the package."""
    global n_built
    folder = os.path.join(work, "course")
    write_course(folder, course, site, anki)
    result = ergen(folder, epoch)
    if result.returncode != 0:
        raise RuntimeError("ergen says: " + result.stderr)
    n_built += 1
    path = os.path.join(work, "deck-%d.apkg" % n_built)
    shutil.copy(os.path.join(folder, "out", SITE["slug"] + ".apkg"), path)
    return path


def changed(change):
    course = copy.deepcopy(COURSE)
    change(course)
    return course


def find(course, wanted):
    for name, q, _ in questions_of(course):
        if name == wanted:
            return q
    raise KeyError(wanted)


# ---- learners

n_learners = 0
CARD = ("id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left,"
        " odue, odid, flags")


class Learner:
    def __init__(self):
        global n_learners
        n_learners += 1
        folder = os.path.join(work, "learner-%d" % n_learners)
        os.makedirs(folder)
        self.col = Collection(os.path.join(folder, "collection.anki2"))

    def take(self, package, **chosen):
        """Imports with the options of a fresh Anki, or others."""
        options = self.col._backend.get_import_anki_package_presets()
        for name, value in chosen.items():
            setattr(options, name, value)
        return self.col.import_anki_package(ImportAnkiPackageRequest(
            package_path=package, options=options)).log

    def study(self):
        """Answers every card once. All are due for review, else the limit
        of new cards a day would end it."""
        self.col.db.execute("update cards set type = 2, queue = 2, ivl = 3 + "
                            "id % 7, due = 5 + id % 9, factor = 2500, "
                            "reps = 1, left = 0")
        for card_id in self.col.db.list("select id from cards order by id"):
            card = self.col.get_card(card_id)
            card.start_timer()
            self.col.sched.answerCard(card, 3)
        # Reviews have times of their own, a millisecond apart. So fast they
        # run ahead of the clock, and Anki notices where a second ends.
        for said in self.col._backend.check_database():
            assert "last review time" in said, said

    def notes(self):
        """By the question's id: what a learner has of it."""
        found = {}
        for nid, guid, mod, tags, fields in self.col.db.all(
                "select id, guid, mod, tags, flds from notes"):
            fields = fields.split("\x1f")
            found.setdefault(fields[7], []).append({
                "nid": nid, "guid": guid, "mod": mod,
                "tags": sorted(tags.split()), "fields": fields})
        return found

    def cards(self):
        rows = self.col.db.all("select %s from cards" % CARD)
        return {row[0]: tuple(row) for row in rows}

    def decks(self):
        return sorted(d.name for d in self.col.decks.all_names_and_ids()
                      if d.name != "Default")

    def deck_of(self, qid):
        nid = self.notes()[qid][0]["nid"]
        did = self.col.db.scalar("select did from cards where nid = ?", nid)
        return self.col.decks.name(did)

    def state(self):
        return {
            "notes": self.notes(),
            "cards": self.cards(),
            "revlog": self.col.db.scalar("select count() from revlog"),
            "scm": self.col.db.scalar("select scm from col"),
            "types": sorted(t.name for t in self.col.models.all_names_and_ids()
                            if t.name.startswith("ergen")),
        }


def counts(before, after):
    """What has become of the notes and cards that were there."""
    result = dict(same=0, updated=0, restamped=0, added=0, lost=0,
                  duplicated=0, kept=0, new_cards=0, rescheduled=0)
    for qid, notes in after["notes"].items():
        if len(notes) > 1:
            result["duplicated"] += 1
        if qid not in before["notes"]:
            result["added"] += 1
            continue
        old, new = before["notes"][qid][0], notes[0]
        if old == new:
            result["same"] += 1
        elif dict(old, mod=0) == dict(new, mod=0):
            result["restamped"] += 1
        else:
            result["updated"] += 1
    result["lost"] = len(set(before["notes"]) - set(after["notes"]))
    for cid, card in after["cards"].items():
        if cid not in before["cards"]:
            result["new_cards"] += 1
        elif card == before["cards"][cid]:
            result["kept"] += 1
        else:
            result["rescheduled"] += 1
    return {k: v for k, v in result.items() if v}


ERRORS = re.compile(
    r"has a problem|there is no field called|Missing '|card is blank|"
    r"No cloze|Invalid HTML|unknown field", re.I)


STYLE = re.compile(r"<style>.*?</style>", re.S)


class Text(html.parser.HTMLParser):
    """What of a side is to be read: no tags, no attributes."""

    def __init__(self, side):
        super().__init__()
        self.parts = []
        self.feed(STYLE.sub("", side))
        self.close()

    def handle_data(self, data):
        self.parts.append(data)


def visible(side):
    return " ".join("".join(Text(side).parts).split())


def complaint(card, front, back):
    """What is wrong with the sides of a card, by its note type."""
    if 'class="erg-q"' not in front or 'id="answer"' not in back:
        return "a side lacks its parts"
    if re.search(r"""class=["'](ok|no)|erg-mark|erg-why|erg-more|[✓✗]""",
                 front):
        return "the front tells the answer"
    kind = card.note_type()["name"]
    if kind == "ergen Type":
        if front.count("[[type:Answer]]") != 1 or \
                back.count("[[type:Answer]]") != 1:
            return "there is nothing to type on"
        answer = card.note()["Answer"]
        if not answer or re.search(r"<|\n|^ | $", answer):
            return "what is compared is not plain"
        return "the front tells the answer" \
            if answer in card.note()["Question"] else None
    if kind == "ergen Cloze":
        if visible(front).count("[...]") != 1 or "[...]" in visible(back):
            return "there is not just one blank"
        note = card.note()
        if sorted(note.cloze_numbers_in_fields()) != sorted(
                c.ord + 1 for c in note.cards()):
            return "there are other blanks than cards"
        return None
    if kind == "ergen Basic (both ways)" or \
            card.note()["Id"].startswith("c:"):
        asked = card.note()["Answer" if card.ord else "Question"]
        told = card.note()["Question" if card.ord else "Answer"]
        if not asked or not told or asked not in front or told not in back:
            return "it does not ask or does not tell"
        return "the front tells the answer" if told in front else None
    if kind not in ("ergen Choice", "ergen Basic"):
        return "of what type is it?"
    if 'class="ok"' not in back:
        return "the back does not tell the answer"
    return None


def check_health(learner, what):
    """Check Database, Empty Cards, Check Media, and both sides of all
    cards."""
    col = learner.col
    n = len(learner.cards())
    same((list(col._backend.check_database()), len(learner.cards())), ([], n),
         what + ": Check Database finds nothing and adds no card")
    same([n.note_id for n in col.get_empty_cards().notes], [],
         what + ": there are no empty cards")
    media = col.media.check()
    same((list(media.missing), list(media.unused)), ([], []),
         what + ": Check Media finds nothing")
    bad = []
    for cid in col.find_cards(""):
        card = col.get_card(cid)
        front, back = (STYLE.sub("", side)
                       for side in (card.question(), card.answer()))
        for side in (front, back):
            if ERRORS.search(side) or "<script" in side:
                bad.append(side)
        found = complaint(card, front, back)
        if found:
            bad.append(found + ": " + front + back)
    none(bad, what + ": all sides of all cards render")


def after(course, epoch, text, expected, studied=True, first=None,
          is_healthy=True):
    """A learner of the first deck takes one of a changed course."""
    learner = Learner()
    learner.take(first or FIRST)
    if studied:
        learner.study()
        assert learner.state()["revlog"] == len(learner.cards()) > 0
    before = learner.state()
    learner.take(build(course, epoch))
    state = learner.state()
    same(counts(before, state), expected, text)
    same((state["revlog"], state["scm"], state["types"]),
         (before["revlog"], before["scm"], before["types"]),
         text + ": reviews and note types stay, no full sync")
    if is_healthy:
        check_health(learner, text)
    return learner


# ---- the file

def guid_of(qid, kind="choice"):
    data = b"\0".join(s.encode() for s in (COURSE_ID, qid, kind))
    digest = hashlib.sha256(data).digest()[:10]
    return base64.b32encode(digest).decode().lower()


def open_package(path):
    with zipfile.ZipFile(path) as archive:
        data = archive.read("collection.anki2")
        media = json.loads(archive.read("media"))
        infos = archive.infolist()
    database = os.path.join(work, "package.db")
    with open(database, "wb") as f:
        f.write(data)
    return infos, media, sqlite3.connect(database)


def test_file():
    infos, media, db = open_package(FIRST)
    same([i.filename for i in infos], ["collection.anki2", "media", "0"],
         "the archive holds database, map and media, in this order")
    same({(i.date_time, i.flag_bits, bytes(i.extra)) for i in infos},
         {((1980, 1, 1, 0, 0, 0), 0, b"")}, "its entries have no history")
    ok(re.fullmatch(r"arch-one-[0-9a-f]{16}\.svg", media["0"]),
       "a medium's name is plain and holds a hash", media)
    same(db.execute("pragma integrity_check").fetchall(), [("ok",)],
         "SQLite finds the database sound")
    same(sorted(r[0] for r in db.execute(
        "select name from sqlite_master where type = 'table'")),
        ["cards", "col", "graves", "notes", "revlog"], "it has five tables")
    ver, models = db.execute("select ver, models from col").fetchone()
    models = json.loads(models)
    same((ver, list(models)), (11, ["1735689601000"]),
         "it is of schema 11 and has the note types in use, no others")
    same([(f["name"], f["id"]) for f in models["1735689601000"]["flds"]],
         [(name, 7000000001000 + i) for i, name in enumerate(
             "Question Options Answer Explanation Hint Context Source Id "
             "Reserved1 Reserved2 Reserved3".split())],
         "fields have their names and ids")
    wanted = [q for q, _, _ in questions_of(COURSE)]
    rows = db.execute("select id, guid, mid, mod, flds from notes order by id"
                      ).fetchall()
    same([r[1] for r in rows], [guid_of(q) for q in wanted],
         "guids follow from course, question and note type")
    same([(r[0], r[2], r[3]) for r in rows],
         [(T * 1000 + i, 1735689601000, T)
          for i in range(1, len(wanted) + 1)],
         "notes are numbered in reading order and stamped with the time")
    same([r[0] for r in db.execute("select due from cards order by id")],
         list(range(1, len(wanted) + 1)), "cards are due in reading order")
    ok(all("data:" not in r[4] and "src=\"http" not in r[4] for r in rows),
       "no field asks for a remote or an inlined file")
    db.close()


def test_fields():
    learner = Learner()
    learner.take(FIRST)
    note = learner.notes()["load/sum"][0]
    fields = note["fields"]
    ok("What is true of <strong>forces</strong>" in fields[0] and
       "Sum of forces" not in fields[0],
       "the stem asks, and the short title is left out", fields[0])
    ok('<p class="erg-how">Choose one answer.</p>' in fields[0] and
       "Newton." in fields[0],
       "how to answer, and the footnote, stand below", fields[0])
    ok('<ol class="erg-opts" type="A">' in fields[1] and
       "<code>a &lt; b &amp;&amp; {{c}}</code>" in fields[1],
       "options are a lettered list, escaped", fields[1])
    same(re.findall(r"<li>(.*?)</li>", fields[1]),
         [re.sub(r" <span.*", "", li)
          for li in re.findall(r'<li class="..">(.*?)(?:\n|</li>)',
                               fields[2])],
         "the answer lists them in the same order")
    same((fields[2].count('class="ok"'), fields[2].count("✓"),
          fields[2].count('class="no"'), fields[2].count("✗")), (1, 1, 2, 2),
         "each answer says in words whether it is right")
    ok('<a href="https://example.org/bridges/beams/load.html">' in fields[2],
       "a link to a lesson leads to the website", fields[2])
    ok("equilibrium" in fields[3] and "picture" in fields[4],
       "explanation and hint have fields of their own", fields[3:5])
    ok("Bridges · Beams · Load &amp; &lt;reaction&gt;" in fields[5],
       "context names course, module and lesson", fields[5])
    ok('<a href="https://example.org/bridges/beams/load-quiz.html'
       '#q-load--sum">Load &amp; &lt;reaction&gt;</a>' in fields[6],
       "source leads to the question on the website", fields[6])
    same(note["tags"], ["difficulty::2", "ergen::bridges::beams::load",
                        "forces", "objective::net.3", "statics"],
         "tags say where and what")
    fields = learner.notes()["load/many"][0]["fields"]
    ok("Which of these bend?" in fields[0] and
       "Choose all that apply." in fields[0],
       "without stem the heading asks", fields[0])
    ok("erg-how" not in learner.notes()["shear/true"][0]["fields"][0],
       "true or false needs no more words")
    code = learner.notes()["shear/code"][0]["fields"][0]
    ok('<span class="nb">echo</span> <span class="s1">\'&lt;b&gt;\'</span>'
       in code, "code has its tokens marked", code)
    same(learner.decks(),
         ["Bridges", "Bridges::09 Arches:old and new", "Bridges::10 Beams"],
         "decks are named by number and title")
    same(learner.col.decks.by_name("Bridges")["desc"],
         "How bridges &lt;stand&gt;.", "the deck has the course's description")
    same(learner.deck_of("history/first"), "Bridges",
         "what is in no module is in the course's deck")
    css = learner.col.models.by_name("ergen Choice")["css"]
    ok(".nightMode" in css and ".night_mode" in css and "url(" not in css,
       "the style sheet knows both names of night mode")
    ok("pre .nb" in css, "it colours code")
    check_health(learner, "first import")


def test_without_url():
    learner = Learner()
    learner.take(build(COURSE, site={"url": None}))
    fields = learner.notes()["load/sum"][0]["fields"]
    ok("href" not in fields[2] + fields[6] and "the lesson" in fields[2] and
       "Load &amp; &lt;reaction&gt;" in fields[6],
       "without url there are no dead links", fields[2], fields[6])
    fields = learner.notes()["shear/code"][0]["fields"]
    ok('<img alt="far"> <a>raw</a>' in fields[0] and "http" not in fields[0],
       "neither are there in raw HTML", fields[0])
    check_health(learner, "without url")


def test_right_to_left():
    learner = Learner()
    learner.take(build(COURSE, site={"lang": "he"}))
    fields = learner.notes()["load/sum"][0]["fields"]
    ok(all('<div lang="he" dir="rtl">' in f for f in fields[:7]),
       "a right-to-left course says so in its fields", fields[0])
    check_health(learner, "right to left")


def test_bad_text():
    """What an author may write, and Anki would take for something else."""
    def change(c):
        find(c, "load/many").update(
            stem="\x01\x02\x03A\x1fB\x7fC a\u0308 {{c1::no}} \x1e?",
            attributes="tags=c::, ::d e::::f leech, MARKED marked nb\u00a0sp, "
                       "z\u0307, x:y",
            options=["x \x1fPlanks\x01", "_ \x02Ropes\x03"])
        # Composed with the ">" of its tag it would be another character.
        find(c, "load/sum")["stem"] = "A stroke: *\u0338q* a\u0308"
        find(c, "key/top")["title"] = "#tags column:1"
        find(c, "shear/true")["title"] = '"Quoted", it is\\;'
        # Kinds of media that Anki would not find.
        find(c, "shear/code")["stem"] = (
            '<img srcset="../10-beams/images/Arch%20One.SVG 2x" alt="a" '
            'src="../10-beams/images/Arch%20One.SVG?v=1#x">\n'
            '<svg width="4" height="4"><image '
            'href="../10-beams/images/Arch%20One.SVG"/></svg>\n'
            '<span style="background: url(images/Arch%20One.SVG)">x</span>\n'
            '<iframe src="images/Arch%20One.SVG"></iframe>'
            '<script>no()</script><b onclick="no()">b</b>')
    course = changed(change)
    learner = Learner()
    package = build(course, site={"raw_html": "allow"})
    learner.take(package)
    notes = learner.notes()
    same((visible(notes["load/many"][0]["fields"][0]),
          sorted(visible(notes["load/many"][0]["fields"][1]).split())),
         ("ABC \u00e4 {{c1::no}} ? Choose one answer.", ["Planks", "Ropes"]),
         "bad text: control characters are left out, letters composed")
    same(notes["load/many"][0]["tags"],
         sorted(["c", "d", "e::f", "nb-sp", "\u017c", "x:y",
                 "ergen::bridges::beams::load"]),
         "bad text: tags are those that Anki would make of them")
    ok("<em>&#x338;q</em> \u00e4" in notes["load/sum"][0]["fields"][0],
       "bad text: a tag is composed with nothing",
       notes["load/sum"][0]["fields"][0])
    listing = notes["shear/code"][0]["fields"][0]
    ok(not re.search("srcset|iframe|script|onclick|style=|href=|[?]v=",
                     listing) and listing.count("arch-one-") == 1,
       "bad text: only media that Anki finds are there", listing)
    check_health(learner, "bad text")
    before = learner.state()
    learner.take(package)
    same(counts(before, learner.state()),
         {"same": len(before["notes"]), "kept": len(before["cards"])},
         "bad text: a second import changes nothing")
    same(take_text(learner, build_text(course, site={"raw_html": "allow"})),
         (0, 0, len(before["notes"]), {}),
         "bad text: nor does the text over it")
    same(len(AddOn(Learner().col).take(build_folder(
        course, site={"raw_html": "allow"}))["children"]), 2,
        "bad text: and the add-on takes it")


def words_of(text):
    return set(re.findall(r"[A-Za-z]{2,}", text))


def test_languages():
    """What ergen itself writes on cards is in the course's language. The
    author's text is not, so it is what is the same in all of them."""
    sources = words_of(" ".join(
        [KINDS, CARDS, GLOSSARY, re.sub(r"\\[nt]", " ", repr((COURSE, SITE))),
         "hash #tags column:1 History Cards Kinds of all"] +
        [b[0] for b in BLANKS]))

    def parts(lang):
        course = Course(all_kinds(), site={"lang": lang},
                        anki={"retire": "tag"})
        without = all_kinds()
        del without["lessons"][0]["questions"][-1]
        learner = Learner()
        learner.take(course.build(without, T + 60))
        found = {}
        for qid, notes in learner.notes().items():
            for part in Text(" ".join(
                    f for i, f in enumerate(notes[0]["fields"])
                    if i != 7)).parts:
                found[part.strip()] = qid
        note = learner.notes()["c:kinds/carries/beam"][0]
        return found, visible(note["fields"][0]), learner.decks(), [
            visible(f) for f in learner.notes()["history/hash"][0][
                "fields"][:3]]
    english, cell, _, _ = parts("en")
    same(cell, "Carries, Beam?", "a cell is asked for in English")
    for lang, expected, gone in (
            ("de", "Carries, Beam?", "(entfernt)"),
            ("pt", "Carries, Beam?", "(removido)"),
            ("ar", "Carries، Beam؟", "(محذوف)")):
        found, cell, decks, removed = parts(lang)
        same(cell, expected, "a cell is asked for in " + lang)
        none(["%s: %s" % (found[p], p) for p in sorted(
            set(found) & set(english)) if words_of(p) - sources],
            "no English is left on cards: " + lang)
        same((removed[0], removed[2], [d for d in decks if "(" in d]),
             (gone + " history/hash", gone, ["Bridges::" + gone]),
             "what is removed says so in " + lang)


def test_rich():
    """Code, tables, pictures and formulas, where text runs the other way."""
    def change(c):
        find(c, "load/sum")["stem"] = (
            "$`a<b`$ and $x^2$, for $5 or $6: no \\\\(one\\\\) \\\\\\[two]\n\n"
            "```math\n\\frac{\\frac{1}{2}}{3} \\text{ [sound:x] }\n```\n\n"
            "| a | $`y`$ |\n| --- | ---: |\n| `c` | ![An arch]"
            "(images/Arch%20One.SVG) |\n\n"
            '```python {2} title="x.py"\ndef f(x):\n    return "<b>"\n```')
    learner = Learner()
    learner.take(build(changed(change), site={"lang": "ar"}))
    note = learner.notes()["load/sum"][0]
    card = learner.col.get_note(note["nid"]).cards()[0]
    for side, text in (("front", card.question()), ("back", card.answer())):
        css, text = text.split("</style>")
        ok(r"\(a&lt;b\)" in text and r"\(x^2\)" in text and
           "$5" in text and r"\[\frac{\frac{1}{2} }{3}" in text and
           "[sound" not in text and "<math" not in text,
           "rich: formulas are for Anki's MathJax: " + side, text)
        ok('<div class="scroll"' in text and "<table" in text and
           'class="ar"' in text and '<img src="arch-one-' in text,
           "rich: a table scrolls, and its picture is there: " + side, text)
        ok('<span class="kd">def</span>' in text and
           '<span class="hll">' in text and "x.py" in text and
           'dir="rtl"' in text, "rich: code has its colours: " + side, text)
        names = set(re.findall(r'<span class="(\w+)"', text))
        none([n for n in names if not n.startswith("erg") and
              not re.search(r"pre \.%s\b" % n, css)],
             "rich: and the style sheet knows them: " + side)
    # https://docs.mathjax.org/en/latest/options/input/tex.html
    same(re.findall(r"\\[(\[].*?\\[)\]]", note["fields"][0]),
         [r"\(a&lt;b\)", r"\(x^2\)",
          r"\[\frac{\frac{1}{2} }{3} \text{ &#91;sound:x] }\]", r"\(y\)"],
         "rich: and nothing else is a formula")
    ok(re.search(r"\.card pre \{\s+direction: ltr", css),
       "rich: code runs from left to right")
    check_health(learner, "rich")


def test_decks():
    learner = Learner()
    learner.take(build(COURSE, anki={"deck": "Civil::Bridges"}))
    same(learner.decks(),
         ["Civil", "Civil::Bridges",
          "Civil::Bridges::09 Arches:old and new",
          "Civil::Bridges::10 Beams"], "the option deck names the root")

    learner = Learner()
    learner.take(build(COURSE, anki={"decks": "course"}))
    same(learner.decks(), ["Bridges"], "decks: course has one deck")
    learner = Learner()
    learner.take(build(COURSE, anki={"decks": "lesson"}))
    lessons = ["Bridges", "Bridges::09 Arches:old and new",
               "Bridges::09 Arches:old and new::Keystone", "Bridges::10 Beams",
               "Bridges::10 Beams::10 Load & <reaction>",
               "Bridges::10 Beams::20 Shear", "Bridges::90 History"]
    same(learner.decks(), lessons, "decks: lesson has one for each lesson")
    same((learner.deck_of("load/sum"), learner.deck_of("history/first")),
         (lessons[4], lessons[6]), "the questions of a lesson are in its deck")

    def insert(c):
        c["modules"][0]["lessons"].insert(1, {
            "file": "15-new", "title": "New", "quiz-id": "new", "questions": [
                question("new", "A new one?", ["x Yes", "_ No"])]})
    learner.take(build(changed(insert), T + 60, anki={"decks": "lesson"}))
    same(learner.decks(), sorted(lessons + ["Bridges::10 Beams::15 New"]),
         "a lesson put in between renames no other")
    check_health(learner, "decks: lesson")

    def twins(c):
        c["modules"][0].update(folder="10-x", title="Ärches")
        c["modules"][1].update(folder="10-y", title="äRCHES")
    course = changed(twins)
    find(course, "load/sum")["stem"] = "No picture."
    find(course, "shear/code")["stem"] = "No link."
    learner = Learner()
    learner.take(build(course, site={"title": "default"}))
    names = learner.decks()
    same(len({n.casefold() for n in names}), 2,
         "modules of one title have decks of their own")
    ok(any(n.casefold() == "default::10 ärches (10-y)" for n in names),
       "the second is told by its folder", names)
    ok(not any("_" in n for n in names),
       "a course called default makes no second default deck", names)
    check_health(learner, "equal names")


# ---- updates

def test_nothing_changed():
    n = len(list(questions_of(COURSE)))
    after(copy.deepcopy(COURSE), T, "same build again",
          {"same": n, "kept": n})
    after(copy.deepcopy(COURSE), T + 60, "same text, later",
          {"restamped": n, "kept": n})


def test_text():
    n = len(list(questions_of(COURSE)))

    def change(c):
        find(c, "load/many")["title"] = "Which of these really bend?"
    learner = after(changed(change), T + 60, "text changed, later",
                    {"updated": 1, "restamped": n - 1, "kept": n})
    ok("really" in learner.notes()["load/many"][0]["fields"][0],
       "the learner sees the new text")
    learner = after(changed(change), T, "text changed, same time",
                    {"same": n, "kept": n})
    ok("really" not in learner.notes()["load/many"][0]["fields"][0],
       "without a later time the learner keeps the old text")

    def options(c):
        find(c, "history/first")["options"].reverse()
        find(c, "history/first")["options"][0] = "_ Rope, later"
    after(changed(options), T + 60, "options changed",
          {"updated": 1, "restamped": n - 1, "kept": n})

    def kind(c):
        find(c, "history/first")["options"][1] = "x Steel"
    after(changed(kind), T + 60, "one answer becomes several",
          {"updated": 1, "restamped": n - 1, "kept": n})

    def tags(c):
        q = find(c, "load/sum")
        q["attributes"] = "difficulty=3; tags=statics"
    learner = after(changed(tags), T + 60, "tags changed",
                    {"updated": 1, "restamped": n - 1, "kept": n})
    same(learner.notes()["load/sum"][0]["tags"],
         ["difficulty::3", "ergen::bridges::beams::load", "statics"],
         "tags are replaced")


def test_options_reordered():
    n = len(list(questions_of(COURSE)))

    def change(c):
        find(c, "load/many")["options"].reverse()
    learner = Learner()
    learner.take(FIRST)
    learner.study()
    before = learner.state()
    learner.take(build(changed(change), T + 60))
    found = counts(before, learner.state())
    # They are shuffled by a seed of the ids, so the result may be the same.
    same((found.get("kept"), found.get("updated", 0) + found["restamped"],
          len(found) <= 3), (n, n, True),
         "options reordered: nothing is lost or doubled")
    check_health(learner, "options reordered")


def test_questions():
    n = len(list(questions_of(COURSE)))

    def add(c):
        c["modules"][0]["lessons"][0]["questions"].insert(
            0, question("new", "A new one?", ["x Yes", "_ No"]))
    learner = after(changed(add), T + 60, "question added in front",
                    {"restamped": n, "added": 1, "kept": n, "new_cards": 1})
    same(learner.deck_of("load/new"), "Bridges::10 Beams",
         "it comes into its module's deck")

    def remove(c):
        del c["modules"][0]["lessons"][0]["questions"][1]
    learner = after(changed(remove), T + 60, "question removed",
                    {"same": 1, "restamped": n - 1, "kept": n})
    ok("load/many" in learner.notes(), "the learner keeps the removed one")

    def reorder(c):
        for module in c["modules"]:
            for lesson in module["lessons"]:
                lesson["questions"].reverse()
    after(changed(reorder), T + 60, "questions reordered",
          {"restamped": n, "kept": n})
    after(changed(reorder), T + 60, "questions reordered before the first look",
          {"restamped": n, "kept": n}, studied=False)

    def rename(c):
        find(c, "load/many")["id"] = "other"
    learner = after(changed(rename), T + 60, "question gets another id",
                    {"same": 1, "restamped": n - 1, "added": 1, "kept": n,
                     "new_cards": 1})


def test_modules():
    n = len(list(questions_of(COURSE)))

    def rename(c):
        c["modules"][0]["title"] = "Girders"
    learner = after(changed(rename), T + 60, "module renamed",
                    {"updated": 4, "restamped": n - 4, "kept": n})
    same((learner.deck_of("load/sum"), learner.decks()),
         ("Bridges::10 Beams",
          ["Bridges", "Bridges::09 Arches:old and new", "Bridges::10 Beams",
           "Bridges::10 Girders"]),
         "the learner's cards stay where they are")

    def move(c):
        lesson = c["modules"][0]["lessons"].pop(1)
        c["modules"][1]["lessons"].append(lesson)
    learner = after(changed(move), T + 60, "lesson moved to another module",
                    {"updated": 2, "restamped": n - 2, "kept": n})
    same(learner.notes()["shear/true"][0]["tags"],
         ["ergen::bridges::arches::shear"], "its tags follow")


def test_media():
    n = len(list(questions_of(COURSE)))

    def change(c):
        c["arch"] = -5
    learner = Learner()
    learner.take(FIRST)
    learner.study()
    before = learner.state()
    learner.take(build(changed(change), T + 60))
    same(counts(before, learner.state()),
         {"updated": 1, "restamped": n - 1, "kept": n},
         "picture changed: its question is updated")
    media = learner.col.media.check()
    same((list(media.missing), len(media.unused)), ([], 1),
         "the new picture is there, and only the old one is unused")
    name = re.search(r'src="([^"]+)"',
                     learner.notes()["load/sum"][0]["fields"][0])[1]
    with open(os.path.join(learner.col.media.dir(), name)) as f:
        same(f.read(), SVG % -5, "the card shows the new one")


def test_learner():
    """What a learner does between two releases stays, but for the notes."""
    n = len(list(questions_of(COURSE)))
    learner = Learner()
    learner.take(FIRST)
    learner.study()
    col = learner.col

    def cards(qid):
        return [c.id for c in
                col.get_note(learner.notes()[qid][0]["nid"]).cards()]
    col.sched.suspend_cards(cards("load/sum"))
    col.set_user_flag_for_cards(3, cards("load/many"))
    own = col.decks.id("My own")
    col.set_deck(cards("shear/true"), own)
    col.decks.rename(col.decks.by_name("Bridges::09 Arches:old and new"),
                     "Bridges::Curved")
    col.remove_notes([learner.notes()["history/first"][0]["nid"]])
    before = learner.state()

    def change(c):
        for _, q, _ in questions_of(c):
            q["title"] += " Now?"
    learner.take(build(changed(change), T + 60))
    state = learner.state()
    # Two have a stem, which asks in place of the title.
    same(counts(before, state), {"updated": n - 3, "restamped": 2, "added": 1,
                                 "kept": n - 1, "new_cards": 1},
         "learner: suspended, flagged, moved: all stays; deleted: it is back")
    same((col.get_card(cards("load/sum")[0]).queue,
          col.get_card(cards("load/many")[0]).flags,
          learner.deck_of("shear/true"), learner.deck_of("key/top")),
         (-1, 3, "My own", "Bridges::Curved"),
         "learner: cards stay as and where they are")
    check_health(learner, "learner")

    # Without a lock all notes are given, whoever has edited them.
    learner = Learner()
    learner.take(FIRST)
    col = learner.col
    note = col.get_note(learner.notes()["load/sum"][0]["nid"])
    note["Hint"] = "My own."
    col.update_note(note)
    learner.take(build(changed(change), T + 60))
    same((learner.notes()["load/sum"][0]["fields"][4],
          "Now?" in learner.notes()["load/many"][0]["fields"][0]),
         ("My own.", True),
         "learner: an edit later than the build stays as it is")
    learner.take(build(COURSE, int(time.time()) + 60))
    ok("Look at" in learner.notes()["load/sum"][0]["fields"][4],
       "learner: and a build later than that replaces it")


def test_import_options():
    """Whatever a learner ticks in the dialog."""
    n = len(list(questions_of(COURSE)))

    def change(c):
        find(c, "load/many")["title"] = "Which of these really bend?"
    second = build(changed(change), T + 60)
    for name, options in (
            ("with scheduling", {"with_scheduling": True}),
            ("with presets", {"with_deck_configs": True}),
            ("both, and always", {"with_scheduling": True,
                                  "with_deck_configs": True,
                                  "update_notes": 1, "update_notetypes": 1})):
        learner = Learner()
        learner.take(FIRST, **options)
        learner.study()
        before = learner.state()
        learner.take(second, **options)
        same((counts(before, learner.state()), learner.state()["scm"]),
             ({"updated": 1, "restamped": n - 1, "kept": n}, before["scm"]),
             "import %s: no schedule is lost" % name)
        check_health(learner, "import " + name)


def test_own_field():
    """A learner has put a field into our note type."""
    n = len(list(questions_of(COURSE)))
    learner = Learner()
    learner.take(FIRST)
    learner.study()
    col = learner.col
    type_ = col.models.by_name("ergen Choice")
    col.models.add_field(type_, col.models.new_field("Mine"))
    col.models.update_dict(type_)
    before = learner.state()

    def change(c):
        find(c, "load/many")["title"] = "Which of these really bend?"
    # Anki gives the notes a new time with the field, so ours is later.
    second = build(changed(change), int(time.time()) + 60)
    log = learner.take(second)
    same((len(log.conflicting), counts(before, learner.state())),
         (n, {"same": n, "kept": n}),
         "own field: nothing is updated, and nothing lost")
    learner.take(second, merge_notetypes=True, update_notes=1)
    col.models._clear_cache()
    found = counts(before, learner.state())
    same(({k: found.get(k, 0) for k in ("kept", "added", "duplicated")},
          "really" in learner.notes()["load/many"][0]["fields"][0],
          "Mine" in [f["name"] for f in
                     col.models.by_name("ergen Choice")["flds"]]),
         ({"kept": n, "added": 0, "duplicated": 0}, True, True),
         "own field: merged, it is updated, and the field stays")
    check_health(learner, "own field")


def test_long_life():
    """One learner through many releases."""
    learner = Learner()
    learner.take(FIRST)
    learner.study()
    course = copy.deepcopy(COURSE)
    first = learner.state()
    for release in range(1, 5):
        q = find(course, "load/many")
        q["title"] = "Release %d: which of these bend?" % release
        course["lessons"][0]["questions"].append(
            question("r%d" % release, "Number %d?" % release,
                     ["x yes", "_ no"]))
        learner.take(build(course, T + release * 1000))
    state = learner.state()
    n = len(list(questions_of(COURSE)))
    same(counts(first, state), {"updated": 1, "restamped": n - 1, "added": 4,
                                "kept": n, "new_cards": 4},
         "four releases later nothing is lost or doubled")
    ok("Release 4" in state["notes"]["load/many"][0]["fields"][0],
       "the last release is what the learner sees")
    check_health(learner, "four releases")


def test_two_courses():
    """One note type, two courses."""
    learner = Learner()
    learner.take(FIRST)
    learner.study()
    before = learner.state()
    learner.take(build(COURSE, site={"id": "tunnels", "title": "Tunnels"}))
    n = len(list(questions_of(COURSE)))
    same(len(learner.cards()), 2 * n,
         "another course with the same question ids has cards of its own")
    now = learner.cards()
    ok(all(now[cid] == card for cid, card in before["cards"].items()),
       "the first course's are as they were")
    same(learner.state()["types"], ["ergen Choice"],
         "both share the note type")
    check_health(learner, "two courses")


# ---- every kind of question

KINDS = r"""---
title: Quiz
quiz-id: kinds
---
# Quiz

## None may be right
<!-- q: none; type=many; none=ok; source=/10-beams/10-load.md -->

Which of these hold for ever?

- [ ] Log
- [ ] Steel

## A name
<!-- q: name; source="Euler 1757" -->

Who wrote about *columns*?

Answer: `L. Euler & <Sons>` | Euler

Feedback: Newton | That is *somebody* else[^else].

He did it late.

[^else]: Of another country.

## A sound
<!-- q: sound; source=https://example.org/sounds?a=1&b=2 -->

What does a broken bridge say?

Answer: `[sound:crack]`

## A number
<!-- q: number -->

How long is it?

Answer: -21.50 ± 0.5 km

Feedback: 21.5 | The sign is missing.

## An exact number
<!-- q: exact -->

How many piers are there?

Answer: 4

## A range
<!-- q: range -->

How many per cent?

Answer: 20..25 %

## A range below zero
<!-- q: cold -->

How cold may it be?

Answer: -25..-20 °C

## Put in order
<!-- q: order; type=order -->

How is a bridge made?

1. dig
2. pour
3. wait[^long]

   ```
   sleep {{x}}
   ```
4. pour
5. pave

[^long]: Very long.

## Match
<!-- q: match; type=match -->

What is it made of?

| Bridge | Of |
| ------ | -- |
| Old    | `wood` |
| Newer  | *iron* |
| New    | concrete |
| Newest | concrete |
|        | paper |

## Matrix
<!-- q: matrix; type=matrix -->

Is it so?

| It | yes | no | maybe |
| -- | --- | -- | ----- |
| stands | x | | |
| falls  | | x | |
| sways  | | | x |

## Cloze
<!-- q: cloze; type=cloze -->

BLANKS

> [!TIP]
> `{{c93::no}}`

There were {{c95::more}}.

<details>

Because of {{c94::that}}.

</details>
"""

# Source and what is to be read of it; blanks stand between bars.
BLANKS = [
    ("In C++ **std::vector**,", "In C++ |std::vector|,"),
    ("in Jinja **`{{ x }}`** or {**y**}},", "in Jinja |{{ x }}| or {|y|}},"),
    ("in C **{ }** or **}x{**,", "in C |{ }| or |}x{|,"),
    ("in code `{{c99::no}}` and {{c98::none}}:",
     "in code {{c99::no}} and {{c98::none}}:"),
    ("**the $`x^{y^{2}}`$** is **a [link](https://example.org/a::b)**,",
     r"|the \(x^{y^{2} }\)| is |a link|,"),
    ("and $`{{a}}`$ <span title=\"{{c97::no}}\">raw **text**</span>",
     r"and \({ {a} }\) raw |text|"),
    ("**one | `1`** and **image-occlusion:rect** and **:** and **}**",
     "|one| and |image-occlusion:rect| and |:| and |}|"),
    ("and *it **ends***[^end].\n\n[^end]: With {{c96::a note}}.",
     "and it |ends|3."),
]


def kinds(change=lambda text: text, blanks=BLANKS):
    """A course of one quiz more."""
    course = copy.deepcopy(COURSE)
    text = KINDS.replace("BLANKS", "\n".join(b[0] for b in blanks))
    course["lessons"].append({
        "file": "95-kinds", "title": "Kinds of {{c92::all}}", "quiz-id": "kinds",
        "quiz": change(text), "questions": []})
    return course


def swapped(old, new):
    def change(text):
        assert text.count(old) == 1, old
        return text.replace(old, new)
    return change


KINDS_GUIDS = {
    "none": "choice", "name": "type", "sound": "type", "number": "type",
    "exact": "type", "range": "type", "cold": "type", "order": "basic",
    "match": "basic", "matrix": "basic", "cloze": "cloze"}


def is_right(learner, fields, typed):
    found = learner.col.compare_answer(fields[2], typed)
    return "typeGood" in found and not re.search(
        "typeBad|typeMissed|typearrow", found)


def test_kinds():
    package = build(kinds())
    learner = Learner()
    learner.take(package)
    notes = learner.notes()
    same({q: notes["kinds/" + q][0]["guid"] for q in KINDS_GUIDS},
         {q: guid_of("kinds/" + q, k) for q, k in KINDS_GUIDS.items()},
         "the note type follows from the kind of question alone")
    same(sorted(t.name for t in learner.col.models.all_names_and_ids()
                if t.name.startswith("ergen")),
         ["ergen Basic", "ergen Choice", "ergen Cloze", "ergen Type"],
         "note types come when they are used")
    check_health(learner, "every kind")
    learner.study()
    before = learner.state()
    learner.take(package)
    n = len(before["notes"])
    same(counts(before, learner.state()),
         {"same": n, "kept": len(before["cards"])},
         "every kind: a second import changes nothing")
    ok(read(package) == read(build(kinds())),
       "every kind: two builds give the same bytes")


def test_typed():
    learner = Learner()
    learner.take(build(kinds()))
    fields = {q: learner.notes()["kinds/" + q][0]["fields"]
              for q in KINDS_GUIDS}
    for q, right, wrong in (
            ("name", "L. Euler & <Sons>", "Euler"),
            ("sound", "[sound:crack]", "crack"),
            ("number", "-21.50", "21.5"), ("exact", "4", "5"),
            ("range", "20–25", "22"), ("cold", "-25 – -20", "-22")):
        same((is_right(learner, fields[q], right),
              is_right(learner, fields[q], wrong)), (True, False),
             "typed: “%s” is right, “%s” is not" % (right, wrong))
    name = fields["name"]
    same(visible(name[0]), "Who wrote about columns?",
         "text: the front only asks")
    same(visible(name[3]),
         "L. Euler & <Sons> (also right: Euler) "
         "If you wrote “Newton”: That is somebody else1. He did it late. "
         "Read more: Euler 1757 Of another country.",
         "text: the back has all spellings, known mistakes and notes")
    same(visible(fields["number"][0]), "How long is it? Your answer in km",
         "number: the front names the unit")
    same(visible(fields["number"][3]),
         "Every number from -22 to -21 is right. "
         "If you wrote “21.5”: The sign is missing.",
         "number: the back says which are right")
    ok('<code dir="auto">L. Euler' in name[3] and
       '<bdi dir="ltr">-22</bdi>' in fields["number"][3] and
       "#typeans { unicode-bidi: plaintext; }" in
       learner.col.models.by_name("ergen Type")["css"],
       "typed: answers have a direction of their own", name[3])
    same((visible(fields["exact"][0]), fields["exact"][3]),
         ("How many piers are there?", ""), "number: nothing is to be added")
    same(visible(fields["range"][3]),
         "Every number from 20 to 25 is right.", "range: so are they all")


def test_basic():
    learner = Learner()
    learner.take(build(kinds()))
    notes = learner.notes()

    def lists(text):
        return [[visible(li) for li in re.findall(r"<li>(.*?)</li>", ol, re.S)]
                for ol in re.findall(r"<ol[^>]*>(.*?)</ol>", text, re.S)]

    right = ["dig", "pour", "wait2 sleep {{x}}", "pour", "pave"]
    front, _, back = notes["kinds/order"][0]["fields"][:3]
    shown = lists(front)[0]
    ok(sorted(shown) == sorted(right) and shown != right,
       "order: the front has all items, not in order", front)
    same(lists(back)[0], right, "order: the back has them in order")
    letters = re.search(r'<p class="ok">(.*?)</p>', back)[1].split()
    same((["ABCDE".index(x) for x in letters if x], sorted(letters)),
         ([shown.index(x) for x in right[:3]] +
          [4 - shown[::-1].index("pour"), shown.index("pave")],
          list("ABCDE")), "order: and the letters of the front")
    ok("Very long." in front and "Very long." in back,
       "order: notes stand by what refers to them")

    front, _, back = notes["kinds/match"][0]["fields"][:3]
    lefts, rights = lists(front)
    same(lefts, ["Old", "Newer", "New", "Newest"], "match: what is given")
    same(sorted(rights), ["concrete", "iron", "paper", "wood"],
         "match: what to choose from, each once")
    rows = [[visible(c) for c in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)]
            for row in re.findall(r"<tr>(.*?)</tr>", back, re.S)]
    same(rows, [[str(i + 1), left, "ABCD"[rights.index(right)], right]
                for i, (left, right) in enumerate(zip(
                    lefts, ("wood", "iron", "concrete", "concrete")))],
         "match: the back has pairs, with the letters of the front")

    front, _, back = notes["kinds/matrix"][0]["fields"][:3]

    def cells(text):
        return [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)
                for row in re.findall(r"<tr>(.*?)</tr>", text, re.S)]
    head = ["Statement", "yes", "no", "maybe"]
    same(cells(front), [head, ["stands", "", "", ""], ["falls", "", "", ""],
                        ["sways", "", "", ""]],
         "matrix: the front has empty cells")
    same(cells(back), [head, ["stands", "✓", "", ""], ["falls", "", "✓", ""],
                       ["sways", "", "", "✓"]],
         "matrix: the back has them filled")
    fields = notes["kinds/none"][0]["fields"]
    same((visible(fields[0]), visible(fields[2])[:13]),
         ("Which of these hold for ever? Choose all that apply; it may be "
          "none of them.", "None of these"),
         "where nothing may be right, both sides say so")


def test_cloze():
    learner = Learner()
    learner.take(build(kinds()))
    col = learner.col
    nid = learner.notes()["kinds/cloze"][0]["nid"]
    expected = " ".join(b[1] for b in BLANKS).split("|")
    n = len(expected) // 2
    cards = [col.get_card(c) for c in col.db.list(
        "select id from cards where nid = ? order by ord", nid)]
    same([c.ord for c in cards], list(range(n)), "a card for each blank")
    for card in cards:
        asked = list(expected)
        asked[card.ord * 2 + 1] = "[...]"
        name = "cloze %d, “%s”" % (card.ord + 1, expected[card.ord * 2 + 1])
        front, back = visible(card.question()), visible(card.answer())
        ok("".join(asked) in front, name + ": the front has a blank for it",
           "".join(asked), front)
        ok("".join(expected) in back, name + ": the back has it all", back)
        ok("There were {{c95::more}}. With {{c96::a note}}." in front,
           name + ": what looks like a blank is text", front)
        ok("also right" not in front and "one (also right: 1)" in back,
           name + ": other spellings are on the back", front, back)
    link = cards[6].answer()
    ok('href="https://example.org/a::b"' in html.unescape(link),
       "a link in a blank keeps its address", link)

    learner = Learner()
    learner.take(build(kinds(blanks=[
        ("It is **deep[^deep]**.\n\n[^deep]: A secret.", "It is |deep|.")])))
    nid = learner.notes()["kinds/cloze"][0]["nid"]
    card = learner.col.get_note(nid).cards()[0]
    ok("secret" not in card.question() and "secret" in card.answer(),
       "a note of a blank is on the back", card.question(), card.answer())
    check_health(learner, "a note of a blank")

    # Raw HTML that the website may have, and the deck has not.
    learner = Learner()
    learner.take(build(kinds(blanks=[
        ("One <style>**a**</style> and **two**.", "")]),
        site={"raw_html": "allow"}))
    nid = learner.notes()["kinds/cloze"][0]["nid"]
    same([c.ord for c in learner.col.get_note(nid).cards()], [1],
         "a blank that is left out has no card")
    learner = Learner()
    learner.take(build(kinds(blanks=[("One <style>**a**</style>.", "")]),
                       site={"raw_html": "allow"}))
    ok("kinds/cloze" not in learner.notes(),
       "a cloze without a blank is left out")
    check_health(learner, "a blank that is left out")


def test_read_more():
    for url in (SITE["url"], None):
        learner = Learner()
        learner.take(build(kinds(), site={"url": url}))
        notes = learner.notes()

        def last(q):
            return re.search(r'<p class="erg-more">(.*?)</p>',
                             notes["kinds/" + q][0]["fields"][3])[1]
        title = "Load &amp; &lt;reaction&gt;"
        same(last("none"), "Read more: " +
             ('<a href="%sbeams/load.html">%s</a>' % (url, title)
              if url else title), "read more in a lesson, url: %s" % url)
        same(last("sound"),
             'Read more: <a href="https://example.org/sounds?a=1&amp;b=2">'
             "https://example.org/sounds?a=1&amp;b=2</a>",
             "read more elsewhere, url: %s" % url)
        same(last("name"), "Read more: Euler 1757",
             "read more in a book, url: %s" % url)


def test_kinds_updated():
    first = build(kinds())
    learner = Learner()
    learner.take(first)
    n, cards = len(learner.notes()), len(learner.cards())

    def updated(text, change, more={}, **how):
        return after(change, T + 60, text, dict(
            {"updated": 1, "restamped": n - 1, "kept": cards}, **more),
            first=first, **how)

    for text, old, new in (
            ("a spelling added", "| Euler", "| Euler | Leonhard Euler"),
            ("an answer without regard to case", "`L. Euler & <Sons>` | ", ""),
            ("a tolerance changed", "± 0.5 km", "km"),
            ("a number becomes a word", "Answer: 4", "Answer: four"),
            ("a number becomes a range", "Answer: 4", "Answer: 4..5"),
            ("an item corrected", "5. pave", "5. paint"),
            ("a distractor removed", "|        | paper |\n", ""),
            ("a match becomes an order", KINDS[KINDS.index("<!-- q: match"):
                                               KINDS.index("## Matrix\n")],
             "<!-- q: match; type=order -->\n\n1. Old\n2. New\n\n"),
            ("a blank's text changed", "std::vector", "std::array")):
        updated(text, kinds(swapped(old, new)))

    learner = after(kinds(swapped(
        "type=many; none=ok; source=/10-beams/10-load.md -->\n\n"
        "Which of these hold for ever?\n\n- [ ] Log\n- [ ] Steel\n",
        "type=text -->\n\nWhat holds for ever?\n\nAnswer: nothing\n")),
        T + 60, "a choice becomes a text",
        {"restamped": n - 1, "same": 1, "duplicated": 1, "kept": cards,
         "new_cards": 1}, first=first)
    same(sorted(x["guid"] for x in learner.notes()["kinds/none"]),
         sorted(guid_of("kinds/none", k) for k in ("choice", "type")),
         "it is a note of its own, and the learner keeps the old one")

    nid = learner.notes()["kinds/cloze"][0]["nid"]
    learner = updated("a blank added", kinds(
        blanks=BLANKS[:-1] + [(BLANKS[-1][0].replace(".", ", **yes**.", 1),
                               "and it |ends|3, |yes|.")]),
        more={"new_cards": 1})
    new = max(learner.cards().values(), key=lambda c: (c[1] == nid, c[3]))
    same((new[3], new[4:6]), (BLANKS_N, (0, 0)),
         "the new card is the new blank's, and is new")

    learner = updated("a blank removed", kinds(
        blanks=BLANKS[:-1] + [("and it ends.", "and it ends.")]),
        is_healthy=False)
    empty = learner.col.get_empty_cards()
    same([(x.note_id, [learner.col.get_card(c).ord for c in x.card_ids],
           x.will_delete_note) for x in empty.notes],
         [(learner.notes()["kinds/cloze"][0]["nid"], [BLANKS_N - 1], False)],
         "its card stays until Empty Cards takes it, and it alone")
    learner.col.remove_cards_and_orphaned_notes(
        [c for x in empty.notes for c in x.card_ids])
    check_health(learner, "a blank removed, its card too")


BLANKS_N = sum(b[1].count("|") for b in BLANKS) // 2


# ---- cards besides questions

CARDS = """## Compare

<!-- cards: rows; id=kinds -->

Table: Two of them

| | Beam | C++ |
| --- | --- | --- |
| Carries | **bending**[^b] & more | `{{c1::no}}` |
| Looks | [sound:x] | |

[^b]: And shear.

## Facts

<!-- cards: cloze; id=facts -->

1. An **arch | Arch** needs a **keystone**.
2. nothing asked
3. A **rope::net** pulls.

   ![An arch](10-beams/images/Arch%20One.SVG)

<!-- card: What must "you" <not> do?; id=trap -->

> [!WARNING]
> Never jump.

## Silent
<!-- cards: none -->

<!-- cards: rows; id=silent -->

| a | b |
| - | - |
| 1 | 2 |

### Silent, too

<!-- cards: rows; id=silent-too -->

| a | b |
| - | - |
| 1 | 2 |

## Loud

<!-- cards: rows; id=loud -->

| a | b |
| - | - |
| 1 | 2 |
"""

GLOSSARY = """# Glossary

## Pier

It *carries* a bridge.

## Hidden
<!-- cards: none -->

Not asked.

| Term | Meaning |
| - | - |
| Span | From pier to pier |
"""


def with_cards(change=lambda text: text, terms=lambda text: text):
    course = copy.deepcopy(COURSE)
    course["lessons"].append({"file": "97-cards", "title": "Cards",
                              "text": change(CARDS)})
    course["glossary"] = terms(GLOSSARY)
    course["lessons"][0]["questions"][0]["stem"] = "<!-- cards: none -->"
    return course


CARDS_GUIDS = {
    "c:kinds/carries/beam": "basic", "c:kinds/carries/c++": "basic",
    "c:kinds/looks/beam": "basic", "c:facts/arch": "cloze",
    "c:facts/rope::net": "cloze", "c:trap": "basic", "c:loud/1/b": "basic",
    "c:glossary/pier": "both", "c:glossary/span": "both"}


def test_cards():
    first = build(with_cards())
    learner = Learner()
    learner.take(first)
    notes = learner.notes()
    same({q: n[0]["guid"] for q, n in notes.items() if ":" in q},
         {q: guid_of(q, k) for q, k in CARDS_GUIDS.items()},
         "cells, items, terms and callouts are notes, and have ids")
    ok("history/first" not in notes, "a question may be none")
    check_health(learner, "cards")
    cell = notes["c:kinds/carries/beam"][0]
    same([visible(f) for f in cell["fields"][:7]],
         ["Carries, Beam?", "", "bending1 & more And shear.", "", "",
          "Bridges · Cards", "Cards"], "a cell: row, column, and what it is")
    ok('cards.html#compare"' in cell["fields"][6],
       "its source is the section it stands in", cell["fields"][6])
    same(cell["tags"], ["ergen::bridges::cards"], "it is tagged with its place")
    same(visible(notes["c:kinds/carries/c++"][0]["fields"][2]), "{{c1::no}}",
         "a cell that looks like a cloze is none")
    same([visible(f) for f in notes["c:facts/arch"][0]["fields"][:4]],
         ["An {{c1::arch}} needs a {{c2::keystone}}.", "", "",
          "arch (also right: Arch)"], "an item: its bold runs are blanks")
    same([visible(f) for f in notes["c:trap"][0]["fields"][:3]],
         ['What must "you" <not> do?', "", "Never jump."],
         "a callout: what its comment asks, and what it says")
    same([visible(f) for f in notes["c:glossary/pier"][0]["fields"][:3]],
         ["Pier", "", "It carries a bridge."], "a term and its meaning")
    col = learner.col
    same([visible(c.question()) for c in
          col.get_note(notes["c:glossary/span"][0]["nid"]).cards()],
         ["Bridges · Glossary Span", "Bridges · Glossary From pier to pier"],
         "a term is asked both ways")
    n, cards = len(notes), len(learner.cards())
    for text, old, new, counted in (
            ("a cell changed", "& more", "and more", {"updated": 1}),
            ("a cell filled", "[sound:x] | |", "[sound:x] | x |",
             {"added": 1, "new_cards": 1}),
            ("a row put in front", "| Carries", "| New | 1 | 2 |\n| Carries",
             {"added": 2, "new_cards": 2}),
            ("capitals changed", "| Looks", "| LOOKS", {"updated": 1}),
            ("an item changed", "needs a", "wants a", {"updated": 1}),
            ("a mark on another list", "1. An", "1. A **net** holds.\n1. An",
             {"added": 1, "new_cards": 1})):
        learner = after(with_cards(lambda t: swapped(old, new)(t)), T + 60,
                        text, dict({"kept": cards, "restamped":
                                    n - counted.get("updated", 0)}, **counted),
                        first=first)


# ---- as text

def build_text(course, **how):
    """The path of the text, beside a package."""
    folder = os.path.join(work, "text")
    write_course(folder, course, outputs={"anki-text": {}}, **how)
    result = ergen(folder, T)
    if result.returncode != 0:
        raise RuntimeError("ergen says: " + result.stderr)
    path = os.path.join(work, "notes.tsv")
    shutil.copy(os.path.join(folder, "out", "bridges.anki.tsv"), path)
    return path


def take_text(learner, path):
    """How many notes are new, updated, the same; and what else is said."""
    metadata = learner.col.get_csv_metadata(path, None)
    log = learner.col.import_csv(ImportCsvRequest(
        path=path, metadata=metadata)).log
    other = {name: len(getattr(log, name)) for name in (
        "conflicting", "first_field_match", "missing_notetype",
        "missing_deck", "empty_first_field")}
    return (len(log.new), len(log.updated), len(log.duplicate),
            {k: v for k, v in other.items() if v})


def all_kinds(change=lambda text: text):
    course = kinds(change)
    course["lessons"].append({"file": "97-cards", "title": "Cards",
                              "text": CARDS})
    course["glossary"] = GLOSSARY
    # A field that would be a comment, and one that would be quoted.
    course["lessons"][0]["questions"] += [
        question("hash", "#tags column:1", ["x \"a\" b", "_ \"c\""])]
    return course


def test_text_output():
    course = all_kinds()
    learner = Learner()
    learner.take(build(course))
    before = learner.state()
    n = len(before["notes"])
    same(take_text(learner, build_text(course)), (0, 0, n, {}),
         "text: over its package nothing changes")
    same(counts(before, learner.state()),
         {"same": n, "kept": len(before["cards"])}, "text: nothing at all")
    learner.study()
    before = learner.state()
    path = build_text(all_kinds(swapped("std::vector", "std::array")))
    same(take_text(learner, path), (0, 1, n - 1, {}), "text: one has changed")
    same(counts(before, learner.state()),
         {"same": n - 1, "updated": 1, "kept": len(before["cards"])},
         "text: it is updated, whatever its time")
    check_health(learner, "text")
    fresh = Learner()
    fresh.take(build(with_cards()))
    fresh.take(build(kinds()))
    fresh.col.remove_notes(fresh.col.find_notes(""))
    same(take_text(fresh, path)[:2], (n, 0), "text: all can be new")
    same((len(fresh.cards()), fresh.decks()),
         (len(learner.cards()), learner.decks()),
         "text: with the same cards, in the same decks")


# ---- as a folder for CrowdAnki

class AddOn:
    """What the add-on CrowdAnki does with a folder, step by step: see deck.py,
    note_model.py and note.py in crowd_anki/representation of its sources
    (commit 1d93f6b). It asks a question where this one complains."""

    def __init__(self, col):
        self.col = col

    @staticmethod
    def by_uuid(values, uuid):
        return next((v for v in values if v.get("crowdanki_uuid") == uuid),
                    None)

    def take(self, folder):
        with open(os.path.join(folder, "deck.json"), encoding="utf-8") as f:
            root = json.load(f)
        self.options, self.types = {}, {}
        for config in root["deck_configurations"]:
            own = self.by_uuid(self.col.decks.all_config(),
                               config["crowdanki_uuid"]) or \
                self.col.decks.add_config(config["name"])
            own.update(config)
            self.col.decks.update_config(own)
            self.options[config["crowdanki_uuid"]] = own["id"]
        for model in root["note_models"]:
            self.take_type(model)
        self.take_deck(root, "")
        media = os.path.join(folder, "media")
        for name in sorted(os.listdir(media)) if os.path.isdir(media) else ():
            shutil.copy(os.path.join(media, name), self.col.media.dir())
        return root

    def take_type(self, model):
        old = self.by_uuid(self.col.models.all(), model["crowdanki_uuid"])
        new = dict(old or self.col.models.new(model["name"]), **model)
        if not old:
            self.col.models.add(new)
            new = self.by_uuid(self.col.models.all(), model["crowdanki_uuid"])
        else:
            assert all(json.dumps(old[k], sort_keys=True) ==
                       json.dumps(model[k], sort_keys=True)
                       for k in ("flds", "tmpls")), \
                "the learner is asked which field becomes which"
            self.col.models.update(new)
        self.types[model["crowdanki_uuid"]] = new

    def take_deck(self, deck, above):
        name = above + "::" + deck["name"] if above else deck["name"]
        own = self.by_uuid(self.col.decks.all(), deck["crowdanki_uuid"])
        taken = self.col.decks.id(name, create=False)
        assert not taken or own and own["id"] == taken, \
            "a second deck of one name"
        if not own:
            own = self.col.decks.get(self.col.decks.id(name))
        own.update({k: v for k, v in deck.items() if k not in (
            "note_models", "deck_configurations", "children", "media_files",
            "notes", "deck_config_uuid", "__type__")})
        own.update(name=name, conf=self.options[deck["deck_config_uuid"]])
        self.col.decks.save(own)
        for child in deck["children"]:
            self.take_deck(child, name)
        for note in deck["notes"]:
            self.take_note(note, own["id"])

    def take_note(self, note, did):
        nid = self.col.db.scalar("select id from notes where guid = ?",
                                 note["guid"])
        model = self.types[note["note_model_uuid"]]
        own = self.col.get_note(nid) if nid else self.col.new_note(model)
        assert own.mid == model["id"], "the note has another type"
        own.__dict__.update(note)
        if not nid:
            self.col.add_note(own, did)
            return
        self.col.update_note(own)
        for card in own.cards():
            card.did = did
            self.col.update_card(card)


def build_folder(course, anki=None, **how):
    """The path of a copy of the folder."""
    global n_built
    folder = os.path.join(work, "crowd")
    write_course(folder, course, outputs={"crowdanki": {}}, anki=anki, **how)
    result = ergen(folder, T)
    if result.returncode != 0:
        raise RuntimeError("ergen says: " + result.stderr)
    n_built += 1
    path = os.path.join(work, "crowd-%d" % n_built)
    shutil.copytree(os.path.join(folder, "out", "bridges.crowdanki"), path)
    return path


def each_deck(deck):
    yield deck
    for child in deck["children"]:
        yield from each_deck(child)


def test_crowdanki():
    course = all_kinds()
    folder = build_folder(course)
    text = read(folder, "deck.json").decode()
    same(json.dumps(json.loads(text), sort_keys=True, indent=4,
                    ensure_ascii=False) + "\n", text,
         "crowdanki: it is laid out as the add-on lays it out")
    again = build_folder(course)
    ok(all(read(folder, f) == read(again, f)
           for f in tap.files_below(folder)),
       "crowdanki: two builds give the same bytes")
    learner = Learner()
    root = AddOn(learner.col).take(folder)
    same(sorted({m for d in each_deck(root) for m in d["media_files"]}),
         sorted(os.listdir(os.path.join(folder, "media"))),
         "crowdanki: all media that are named are there, and no others")
    other = Learner()
    other.take(build(course))

    def shape(learner):
        return {qid: [(n["guid"], n["tags"], n["fields"],
                       learner.deck_of(qid),
                       sorted(c.ord for c in learner.col.get_note(
                           n["nid"]).cards())) for n in notes]
                for qid, notes in learner.notes().items()}
    same(shape(learner), shape(other),
         "crowdanki: notes, cards and decks are those of the package")
    check_health(learner, "crowdanki")
    learner.study()
    before = learner.state()
    AddOn(learner.col).take(folder)
    state = learner.state()
    found = counts(before, state)
    # The add-on gives all notes the time of the import.
    found["same"] = found.pop("same", 0) + found.pop("restamped", 0)
    same((found, state["types"]), (
        {"same": len(before["notes"]), "kept": len(before["cards"])},
        before["types"]), "crowdanki: a second import adds nothing")


def test_crowdanki_updated():
    n = len(list(questions_of(COURSE)))
    learner = Learner()
    AddOn(learner.col).take(build_folder(COURSE))
    learner.study()
    before = learner.state()

    def change(c):
        c["modules"][0]["title"] = "Girders"
        lesson = c["modules"][0]["lessons"].pop(1)
        c["modules"][1]["lessons"].append(lesson)
        find(c, "load/many")["title"] = "Which of these really bend?"
        c["lessons"][0]["questions"].append(
            question("new", "A new one?", ["x Yes", "_ No"]))
    AddOn(learner.col).take(build_folder(changed(change)))
    state = learner.state()
    found = counts(before, state)
    same({k: found.get(k, 0) for k in ("added", "lost", "duplicated",
                                       "new_cards")},
         {"added": 1, "lost": 0, "duplicated": 0, "new_cards": 1},
         "crowdanki: an update adds what is new, and nothing twice")

    def without_deck(cards):
        return {c: row[:2] + row[3:] for c, row in cards.items()
                if c in before["cards"]}
    same(without_deck(state["cards"]), without_deck(before["cards"]),
         "crowdanki: no schedule is lost")
    same(learner.decks(), ["Bridges", "Bridges::09 Arches:old and new",
                           "Bridges::10 Girders"],
         "crowdanki: a module renamed is a deck renamed")
    same((learner.deck_of("load/many"), learner.deck_of("shear/true")),
         ("Bridges::10 Girders", "Bridges::09 Arches:old and new"),
         "crowdanki: what has moved is moved")
    check_health(learner, "crowdanki, updated")


# ---- with a lock

class Course:
    """A course of its own folder, whose lock stays between builds."""

    n = 0

    def __init__(self, course, epoch=T, **how):
        Course.n += 1
        self.folder = os.path.join(work, "locked-%d" % Course.n)
        self.how = how
        write_course(self.folder, course, **how)
        self.lock(epoch)

    def lock(self, epoch):
        result = tap.ergen("lock", self.folder, env={
            "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": str(epoch)})
        if result.returncode != 0:
            raise RuntimeError("ergen says: " + result.stderr)
        self.text = read(os.path.join(self.folder, "ergen.lock")).decode()
        return result.stdout

    def build(self, course, epoch):
        write_course(self.folder, course, **self.how)
        result = ergen(self.folder, epoch)
        if result.returncode != 0:
            raise RuntimeError("ergen says: " + result.stderr)
        self.said = re.findall(r"\[(lock-\w+)\]", result.stderr)
        path = os.path.join(work, "locked-%d-%d.apkg" % (Course.n, epoch))
        shutil.copy(os.path.join(self.folder, "out", "bridges.apkg"), path)
        return path


def locked(text, change, expected, said=(), epoch=T + 60, first=COURSE,
           is_healthy=True, anki=None):
    """A learner takes two releases of a locked course."""
    course = Course(first, anki=anki)
    learner = Learner()
    learner.take(course.build(first, T))
    learner.study()
    before = learner.state()
    learner.take(course.build(change, epoch))
    state = learner.state()
    text = "locked: " + text
    same(counts(before, state), expected, text)
    same(sorted(set(course.said)), sorted(said), text + ": what is said")
    same((state["revlog"], state["scm"]), (before["revlog"], before["scm"]),
         text + ": reviews stay, no full sync")
    if is_healthy:
        check_health(learner, text)
    return learner, course


def test_says_once():
    """Without a lock the build says so, once, if a deck is made."""
    folder = os.path.join(work, "once")
    for outputs, n in (({"anki": {}, "anki-text": {}, "crowdanki": {},
                         "quizlet": {}, "html": {}}, 1),
                       ({"quizlet": {}, "html": {}}, 0)):
        write_course(folder, COURSE)
        path = os.path.join(folder, "site.yaml")
        write(path, re.sub("^outputs: .*$", "outputs: " + json.dumps(outputs),
                           read(path).decode(), flags=re.M))
        result = ergen(folder, T)
        same((result.returncode, (result.stdout + result.stderr).count(
            "there is no ergen.lock")), (0, n),
            "without a lock: said %d times with %s" % (
                n, ", ".join(sorted(outputs))))


def test_locked():
    n = len(list(questions_of(COURSE)))
    text = Course(COURSE).text
    same([line.split("\t")[0] for line in text.splitlines()[2:]],
         sorted(q for q, _, _ in questions_of(COURSE)),
         "the lock has a line for each note, sorted")
    locked("same text, later", COURSE, {"same": n, "kept": n})

    def reword(c):
        find(c, "load/many")["title"] = "Which of these really bend?"
    rest = {"same": n - 1, "kept": n}
    learner, course = locked("text changed, later", changed(reword),
                             dict(rest, updated=1), ["lock-stale"])
    learner, course = locked("text changed, same time", changed(reword),
                             dict(rest, updated=1), ["lock-stale"], epoch=T)
    same(learner.notes()["load/many"][0]["mod"], T + 1,
         "locked: its time grows all the same")
    same(course.lock(T), "ergen.lock: %d notes, 0 of them new, 1 changed; "
         "0 retired\n" % n, "locked: lock says what has changed")
    course.build(changed(reword), T + 99)
    same(course.said, [], "locked: then the lock is up to date")

    def tags(c):
        find(c, "load/sum")["attributes"] = "difficulty=3; tags=statics"
    locked("tags changed", changed(tags), dict(rest, updated=1),
           ["lock-stale"])

    def picture(c):
        c["arch"] = -5
    locked("picture changed", changed(picture), dict(rest, updated=1),
           ["lock-stale"], is_healthy=False)

    def add(c):
        c["modules"][0]["lessons"][0]["questions"].insert(
            0, question("new", "A new one?", ["x Yes", "_ No"]))
    locked("question added", changed(add),
           {"same": n, "kept": n, "added": 1, "new_cards": 1}, ["lock-stale"])

    def reorder(c):
        for module in c["modules"]:
            for lesson in module["lessons"]:
                lesson["questions"].reverse()
    locked("questions reordered", changed(reorder), {"same": n, "kept": n})

    def rename(c):
        find(c, "load/many").update(id="other", attributes="was=many")
    learner, course = locked(
        "question renamed, and it is said", changed(rename),
        {"same": n - 1, "added": 1, "lost": 1, "kept": n}, ["lock-stale"])
    same(learner.notes()["load/other"][0]["guid"], guid_of("load/many"),
         "locked: the renamed question is the same note")
    course.lock(T + 60)

    def again(c):
        find(c, "load/many").update(id="third", attributes="was=other")
    learner.take(course.build(changed(again), T + 120))
    same(learner.notes()["load/third"][0]["guid"], guid_of("load/many"),
         "locked: renamed twice, it still is")

    def elsewhere(c):
        moved = c["modules"][0]["lessons"][0]["questions"].pop(1)
        moved["attributes"] = "was=load/many"
        c["modules"][1]["lessons"][0]["questions"].append(moved)
    learner, _ = locked(
        "question moved to another quiz, and it is said", changed(elsewhere),
        {"same": n - 1, "added": 1, "lost": 1, "kept": n},
        ["lock-moved", "lock-stale"])
    same((learner.notes()["key/many"][0]["guid"],
          learner.deck_of("key/many")),
         (guid_of("load/many"), "Bridges::10 Beams"),
         "locked: it is the same note, in the deck that it was in")

    def silently(c):
        find(c, "load/many")["id"] = "other"
    locked("question renamed, and it is not said", changed(silently),
           {"same": n, "added": 1, "new_cards": 1, "kept": n},
           ["lock-removed", "lock-stale"])


def test_locked_places():
    n = len(list(questions_of(COURSE)))

    def rename(c):
        c["modules"][0]["title"] = "Girders"
    locked("module renamed", changed(rename),
           {"updated": 4, "same": n - 4, "kept": n},
           ["lock-moved", "lock-stale"])

    def move(c):
        lesson = c["modules"][0]["lessons"].pop(1)
        c["modules"][1]["lessons"].append(lesson)
    learner, course = locked("lesson moved", changed(move),
                             {"updated": 2, "same": n - 2, "kept": n},
                             ["lock-moved", "lock-stale"])
    same(learner.deck_of("shear/true"), "Bridges::10 Beams",
         "locked: the learner's cards stay where they are")
    course.lock(T + 60)
    course.build(changed(move), T + 60)
    same(course.said, [], "locked: once it is locked, nothing is said of it")

    def kind(c):
        find(c, "history/first").update(
            options=[], stem="Which is the oldest?\n\nAnswer: Log")
    locked("kind changed", changed(kind),
           {"same": n, "duplicated": 1, "kept": n, "new_cards": 1},
           ["lock-removed", "lock-stale"])


def test_locked_removed():
    n = len(list(questions_of(COURSE)))

    def remove(c):
        del c["modules"][0]["lessons"][0]["questions"][1]
    locked("question removed", changed(remove), {"same": n, "kept": n},
           ["lock-removed"])
    learner, course = locked(
        "question removed, and tagged", changed(remove),
        {"same": n - 1, "updated": 1, "kept": n}, ["lock-removed"],
        anki={"retire": "tag"}, is_healthy=False)
    note = learner.notes()["load/many"][0]
    same((visible(note["fields"][0]), note["tags"]),
         ("(removed) load/many", ["ergen::removed"]),
         "locked: the learner can find what was removed")
    # So it is by the other two ways.
    write_course(course.folder, changed(remove), anki={"retire": "tag"},
                 outputs={"anki-text": {}, "crowdanki": {}})
    result = ergen(course.folder, T + 60)
    out = os.path.join(course.folder, "out")
    other = Learner()
    AddOn(other.col).take(os.path.join(out, "bridges.crowdanki"))
    note = other.notes()["load/many"][0]
    same((visible(note["fields"][0]), note["tags"],
          other.deck_of("load/many")),
         ("(removed) load/many", ["ergen::removed"], "Bridges::(removed)"),
         "locked: the folder says so, too")
    other = Learner()
    other.take(FIRST)
    same((take_text(other, os.path.join(out, "bridges.anki.tsv"))[:2],
          other.notes()["load/many"][0]["tags"]),
         ((0, 1), ["ergen::removed"]), "locked: and the text")
    before = learner.state()
    said = course.lock(T + 60)
    ok(said.endswith("; 1 retired\n"), "locked: lock says what it retires",
       said)
    learner.take(course.build(changed(remove), T + 120))
    same((counts(before, learner.state()), course.said),
         ({"same": n, "kept": n}, []),
         "locked: a retired note is not shipped anew")
    learner.take(course.build(COURSE, T + 180))
    ok("(removed)" not in learner.notes()["load/many"][0]["fields"][0] and
       len(learner.cards()) == n, "locked: a retired question may come back")
    check_health(learner, "locked: come back")
    first = kinds()
    without = kinds()
    without["lessons"].pop()
    course = Course(first, anki={"retire": "tag"})
    learner = Learner()
    learner.take(course.build(first, T))
    learner.study()
    before = learner.state()
    learner.take(course.build(without, T + 60))
    same(counts(before, learner.state()),
         {"same": n, "updated": len(KINDS_GUIDS),
          "kept": len(before["cards"])}, "locked: every kind can be removed")
    same([x.note_id for x in learner.col.get_empty_cards().notes], [],
         "locked: and leaves no empty cards")


def test_locked_edit():
    """What a learner has written stays as long as the note does."""
    course = Course(COURSE)
    learner = Learner()
    learner.take(course.build(COURSE, T))
    for qid in ("load/sum", "load/many"):
        note = learner.col.get_note(learner.notes()[qid][0]["nid"])
        note["Hint"] = "My own."
        note.tags.append("mine")
        learner.col.update_note(note)

    def reword(c):
        find(c, "load/many")["title"] = "Which of these really bend?"
    later = int(time.time()) + 60
    learner.take(course.build(changed(reword), later))
    notes = learner.notes()
    ok(notes["load/sum"][0]["fields"][4] == "My own." and
       "mine" in notes["load/sum"][0]["tags"],
       "locked: a learner's own words survive, where nothing has changed")
    ok("really" in notes["load/many"][0]["fields"][0],
       "locked: and give way where something has")


def test_locked_cards():
    first = with_cards()
    course = Course(first)
    learner = Learner()
    learner.take(course.build(first, T))
    learner.study()
    before = learner.state()
    n = len(before["notes"])

    def rename(text):
        for old, new in (("id=kinds", "id=two; was=kinds"),
                         ("id=facts", "id=known; was=facts"),
                         ("id=trap", "id=never; was=trap")):
            text = swapped(old, new)(text)
        return text
    learner.take(course.build(with_cards(rename), T + 60))
    same((counts(before, learner.state()), sorted(set(course.said))),
         ({"same": n - 6, "added": 6, "lost": 6,
           "kept": len(before["cards"])}, ["lock-stale"]),
         "locked: tables, lists and callouts keep their history, too")
    course.lock(T + 60)

    def forget(text):
        return re.sub("; was=[a-z]+", "", rename(text))
    before = learner.state()
    learner.take(course.build(with_cards(forget), T + 120))
    same((counts(before, learner.state()), course.said),
         ({"same": n, "kept": len(before["cards"])}, []),
         "locked: the lock remembers what they were")
    gone = with_cards(lambda text: forget(text).replace(
        "| Looks | [sound:x] | |\n", ""),
        lambda text: text.replace("Pier", "Pillar"))
    learner.take(course.build(gone, T + 180))
    same(course.said.count("lock-removed"), 2,
         "locked: a row and a term that have gone are named")


def test_locked_blanks():
    def with_blanks(text):
        return with_cards(lambda t: swapped(
            "An **arch | Arch** needs a **keystone**.", text)(t))
    learner, course = locked(
        "a blank more, in between", with_blanks(
            "An **arch** always **needs** a **keystone**."),
        {"same": 13, "updated": 1, "kept": 17, "new_cards": 1},
        ["lock-stale"], first=with_cards())
    same(visible(learner.notes()["c:facts/arch"][0]["fields"][0]),
         "An {{c1::arch}} always {{c3::needs}} a {{c2::keystone}}.",
         "locked: old blanks keep their numbers")
    course.lock(T + 60)
    learner.take(course.build(with_blanks(
        "An **arch** needs **now** a **keystone** and **more**."), T + 120))
    same(visible(learner.notes()["c:facts/arch"][0]["fields"][0]),
         "An {{c1::arch}} needs {{c4::now}} a {{c2::keystone}} and "
         "{{c5::more}}.", "locked: a number is never used again")
    course.lock(T + 120)
    learner.take(course.build(with_blanks(
        "An **arch** **needs** **now** a **key** and **more**."), T + 180))
    same(visible(learner.notes()["c:facts/arch"][0]["fields"][0]),
         "An {{c1::arch}} {{c3::needs}} {{c4::now}} a {{c2::key}} and "
         "{{c5::more}}.",
         "locked: a blank comes back with its number, a reworded one keeps it")


# ---- small packages

def update_of(folder, epoch, since, *arguments):
    """(path of the small package or None, what the build says)."""
    result = ergen(folder, epoch, "--since", since, *arguments)
    if result.returncode != 0:
        raise RuntimeError("ergen says: " + result.stderr)
    path = os.path.join(folder, "out", "bridges-update.apkg")
    said = re.search(r"^anki: (.*)$", result.stdout, re.M)[1]
    if not os.path.exists(path):
        return None, said
    copied = os.path.join(work, "update-%d.apkg" % epoch)
    shutil.copy(path, copied)
    return copied, said


def next_release(course):
    """A change of most kinds that an author makes."""
    find(course, "load/many")["title"] = "Which of these really bend?"
    find(course, "history/first")["attributes"] = "difficulty=2"
    course["arch"] = -5
    questions = course["modules"][0]["lessons"][0]["questions"]
    questions.insert(0, question("new", "A new one?", ["x Yes", "_ No"]))
    del course["modules"][0]["lessons"][1]["questions"][0]


def check_update(what, first, whole, small, changed_ids, n_all):
    """A learner of the first deck gets by the small package what he would get
    by the whole one."""
    infos, media, db = open_package(small)
    same(sorted(r[0].split("\x1f")[7] for r in db.execute(
        "select flds from notes")), changed_ids,
        what + ": it has what has changed, and nothing else")
    same(len(media), 1, what + ": and only the picture that they show")
    learners = []
    for package in (whole, small):
        learner = Learner()
        learner.take(first)
        learner.study()
        before = learner.state()
        learner.take(package)
        learners.append((learner, before, counts(before, learner.state())))
    learner, before, found = learners[1]
    same(found, {"same": n_all - 3, "updated": 3, "added": 1, "new_cards": 1,
                 "kept": len(before["cards"])},
         what + ": nothing is lost or doubled, all schedules stay")

    def content(learner):
        return {q: [(x["guid"], x["tags"], x["fields"]) for x in notes]
                for q, notes in learner.notes().items()}
    same(content(learner), content(learners[0][0]),
         what + ": the learner has what the whole deck brings")
    same([learner.deck_of("load/new"), learner.col.db.scalar(
        "select due from cards where type = 0")],
        [learners[0][0].deck_of("load/new"), learners[0][0].col.db.scalar(
            "select due from cards where type = 0")],
        what + ": what is new comes in the same deck, at the same place")
    media = learner.col.media.check()
    same(list(media.missing), [], what + ": no picture is missing")
    before = learner.state()
    learner.take(whole)
    found = counts(before, learner.state())
    same({k: v for k, v in found.items() if k not in ("same", "restamped")},
         {"kept": len(before["cards"])},
         what + ": the whole deck after it changes nothing more")


CHANGED = ["history/first", "load/many", "load/new", "load/sum"]


def test_since_package():
    n = len(list(questions_of(COURSE)))
    folder = os.path.join(work, "since")
    write_course(folder, COURSE)
    small, said = update_of(folder, T + 60, FIRST)
    ok(not small and "nothing has changed" in said,
       "since a package: if nothing has changed, there is none", said)
    write_course(folder, changed(next_release))
    small, said = update_of(folder, T + 60, FIRST)
    same(said.replace(FIRST, "FIRST"), "bridges-update.apkg: 3 changed, 1 new "
         "since FIRST; 1 gone, which learners keep",
         "since a package: the build says what is in it")
    whole = os.path.join(work, "whole.apkg")
    shutil.copy(os.path.join(folder, "out", "bridges.apkg"), whole)
    check_update("since a package", FIRST, whole, small, CHANGED, n)
    again, _ = update_of(folder, T + 60, FIRST, "-j", "1")
    ok(read(again) == read(small), "since a package: same bytes, any threads")
    ergen(folder, T + 60)
    ok(not os.path.exists(os.path.join(folder, "out", "bridges-update.apkg")),
       "since a package: the next build without it takes it away")
    other = build(COURSE, site={"id": "tunnels"})
    for what, epoch in ((os.path.join(folder, "site.yaml"), T + 60),
                        (other, T + 60), (FIRST, T)):
        result = ergen(folder, epoch, "--since", what)
        same((result.returncode, bool(re.search(
            r"\[since-(bad|late)\]", result.stderr))), (1, True),
            "since a package: not since " + os.path.basename(what))
    # Of all kinds, blanks and both ways among them.
    learner = Learner()
    first = build(all_kinds())
    learner.take(first)
    learner.study()
    before = learner.state()
    write_course(folder, all_kinds(lambda t: swapped(
        "std::vector", "std::array")(swapped("5. pave", "5. paint")(t))))
    small, said = update_of(folder, T + 60, first)
    learner.take(small)
    same(counts(before, learner.state()),
         {"same": len(before["notes"]) - 2, "updated": 2,
          "kept": len(before["cards"])}, "since a package: every kind")
    check_health(learner, "since a package: every kind")


def git(folder, *arguments):
    return tap.subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org",
         "-c", "init.defaultBranch=main", *arguments], cwd=folder, check=True,
        stdout=tap.subprocess.PIPE, stderr=tap.subprocess.STDOUT)


def test_since_commit():
    if not shutil.which("git"):
        skip("since a commit", "there is no git")
        return
    n = len(list(questions_of(COURSE)))
    repository = os.path.join(work, "repository")
    os.makedirs(repository)
    course = Course(COURSE)
    first = course.build(COURSE, T)
    # The course is a folder of the repository.
    folder = os.path.join(repository, "course")
    shutil.move(course.folder, folder)
    git(repository, "init", "-q")
    git(repository, "add", "course/site.yaml", "course/content")
    git(repository, "commit", "-q", "-m", "without a lock")
    git(repository, "add", "course/ergen.lock")
    git(repository, "commit", "-q", "-m", "released")
    git(repository, "tag", "v1.0")
    write_course(folder, changed(next_release))
    small, said = update_of(folder, T, "v1.0")
    same(said, "bridges-update.apkg: 3 changed, 1 new since v1.0; 1 gone, "
         "which learners keep", "since a commit: the build says what is in it")
    whole = os.path.join(work, "whole.apkg")
    shutil.copy(os.path.join(folder, "out", "bridges.apkg"), whole)
    # The lock does not say which style sheet the first deck had, so one note
    # that has not changed brings it.
    check_update("since a commit", first, whole, small,
                 sorted(CHANGED + ["key/top"]), n)
    # Once it is locked, nothing has changed but since then.
    course.folder = folder
    course.lock(T + 60)
    git(repository, "commit", "-aqm", "released again")
    small, said = update_of(folder, T + 120, "HEAD")
    ok(not small, "since a commit: nothing since the last release", said)
    small, said = update_of(folder, T + 120, "v1.0")
    ok(small and "3 changed, 1 new" in said,
       "since a commit: and all since the one before it", said)
    for what, expected in (("HEAD~2", "with ergen.lock"),
                           ("v9", "git knows no commit"),
                           ("--all", "a package or a commit"),
                           ("", "a package or a commit")):
        result = ergen(folder, T, "--since=" + what)
        ok(result.returncode == 2 and expected in result.stderr,
           "since a commit: not since '%s'" % what, result.stderr)
    result = ergen(folder, T, "--since", "v1.0", "--no-exec")
    ok(result.returncode == 2 and "--no-exec" in result.stderr,
       "since a commit: not without programs", result.stderr)
    result = ergen(folder, T, "--since", "v1.0", "--only", "html")
    ok(result.returncode == 2, "since a commit: only with a deck",
       result.stderr)


def test_since_removed():
    """Tombstones are news once."""
    def remove(c):
        del c["modules"][0]["lessons"][0]["questions"][1]
    n = len(list(questions_of(COURSE)))
    course = Course(COURSE, anki={"retire": "tag"})
    first = course.build(COURSE, T)
    learner = Learner()
    learner.take(first)
    learner.study()
    before = learner.state()
    second = course.build(changed(remove), T + 60)
    small, said = update_of(course.folder, T + 60, first)
    learner.take(small)
    same(counts(before, learner.state()),
         {"same": n - 1, "updated": 1, "kept": n},
         "since, removed: the small package says so, too")
    small, said = update_of(course.folder, T + 120, second)
    ok(not small, "since, removed: and says it once", said)


def with_old_type(package):
    """The package as an ergen would have made it that knew another style
    sheet and other templates."""
    path = os.path.join(work, "old-type.apkg")
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "collection.anki2":
                name = os.path.join(work, "old-type.db")
                with open(name, "wb") as f:
                    f.write(data)
                db = sqlite3.connect(name)
                models = json.loads(db.execute(
                    "select models from col").fetchone()[0])
                for model in models.values():
                    model["mod"] -= 1000
                    model["css"] = "/* old */"
                    model["tmpls"][0]["afmt"] = "OLD" + \
                        model["tmpls"][0]["afmt"]
                db.execute("update col set models = ?", (json.dumps(models),))
                db.commit()
                db.close()
                data = read(name)
            new.writestr(info.filename, data)
    return path


def test_style():
    """A newer ergen has another style sheet, and the author changes
    nothing."""
    n = len(list(questions_of(COURSE)))
    old = with_old_type(FIRST)

    def check(text, package, expected):
        learner = Learner()
        learner.take(old)
        css = learner.col.models.by_name("ergen Choice")["css"]
        learner.study()
        before = learner.state()
        learner.take(package)
        state = learner.state()
        learner.col.models._clear_cache()
        type_ = learner.col.models.by_name("ergen Choice")
        same((css, ".nightMode" in type_["css"],
              "OLD" in type_["tmpls"][0]["afmt"]), ("/* old */", True, False),
             text + ": style sheet and templates are updated")
        same((counts(before, state), state["scm"], state["types"]),
             (expected, before["scm"], before["types"]),
             text + ": notes and schedules stay, no full sync")
        check_health(learner, text)
    check("style sheet changed", FIRST, {"same": n, "kept": n})
    learner = Learner()
    learner.take(old)
    type_ = learner.col.models.by_name("ergen Choice")
    type_["css"] = "/* mine */"
    learner.col.models.update_dict(type_)
    learner.take(FIRST)
    learner.col.models._clear_cache()
    same(learner.col.models.by_name("ergen Choice")["css"], "/* mine */",
         "style sheet changed: a learner's own one stays")
    folder = os.path.join(work, "style")

    def reword(c):
        find(c, "load/many")["title"] = "Which of these really bend?"
    write_course(folder, changed(reword))
    small, _ = update_of(folder, T + 60, old)
    check("style sheet changed, by a small package", small,
          {"same": n - 1, "updated": 1, "kept": n})


def test_course_of_kinds():
    """The course that all formats are tested with."""
    folder = os.path.join(work, "kinds")
    result = tap.ergen("build", os.path.join(ROOT, "tests", "e2e", "kinds"),
                       "--out", folder, "--only", "anki",
                       env={"LC_ALL": "C.UTF-8"})
    ok(result.returncode == 0, "tests/e2e/kinds: it builds", result.stderr)
    learner = Learner()
    for package in glob.glob(os.path.join(folder, "*.apkg")):
        log = learner.take(package)
    n = log.found_notes
    same(len(log.new), n, "tests/e2e/kinds: every note is new")
    check_health(learner, "tests/e2e/kinds")


# ---- builds

def test_reproducible():
    ok(read(FIRST) == read(build(COURSE)), "two builds give the same bytes")
    folder = os.path.join(work, "elsewhere")
    write_course(folder, COURSE)
    for jobs in ("1", "4"):
        result = ergen(folder, T, "-j", jobs)
        ok(result.returncode == 0 and
           read(os.path.join(folder, "out", "bridges.apkg")) == read(FIRST),
           "-j%s in another folder gives them, too" % jobs, result.stderr)


def refused(text, name, epoch=T, **how):
    folder = os.path.join(work, "refused")
    shutil.rmtree(folder, ignore_errors=True)
    write_course(folder, COURSE, **how)
    result = ergen(folder, epoch)
    ok(result.returncode == 1 and "[%s]" % name in result.stderr and
       not os.path.exists(os.path.join(folder, "out")), text,
       result.returncode, result.stderr)
    return result.stderr


def test_refused():
    said = refused("a time of 1970 is refused", "anki-time", epoch=1)
    ok("SOURCE_DATE_EPOCH" in said, "the message names the remedy", said)
    refused("a time to come is refused", "anki-time",
            epoch=int(time.time()) + 3 * 86400)
    refused("collection.apkg is refused", "site-type",
            site={"slug": "collection"})
    refused("backup-….apkg is refused", "site-type",
            site={"slug": "backup-2026"})
    refused("a deck with an empty level is refused", "site-type",
            anki={"deck": "A::::B"})


def test_own_deck():
    packages = sorted(glob.glob(os.path.join(ROOT, "out", "*.apkg")))
    if not packages:
        skip("this repository's deck", "out/ holds no deck")
    for package in packages:
        name = os.path.basename(package)
        learner = Learner()
        log = learner.take(package)
        n = log.found_notes
        ok(n > 0 and len(log.new) == n, "%s: every note is new" % name, log)
        check_health(learner, name)
        learner.study()
        before = learner.state()
        learner.take(package)
        same(counts(before, learner.state()),
             {"same": n, "kept": len(before["cards"])},
             "%s: a second import changes nothing" % name)


TESTS = (test_file, test_fields, test_without_url, test_right_to_left,
         test_languages, test_bad_text, test_rich,
         test_decks, test_nothing_changed, test_text, test_options_reordered,
         test_learner, test_import_options, test_own_field,
         test_questions, test_modules, test_media, test_long_life,
         test_two_courses, test_kinds, test_typed, test_basic, test_cloze,
         test_read_more, test_kinds_updated, test_cards, test_text_output,
         test_crowdanki, test_crowdanki_updated,
         test_says_once, test_locked, test_locked_places,
         test_locked_removed, test_locked_edit, test_locked_cards,
         test_locked_blanks, test_since_package, test_since_commit,
         test_since_removed, test_style, test_course_of_kinds,
         test_reproducible, test_refused, test_own_deck)

with tempfile.TemporaryDirectory(prefix="ergen-anki-") as work:
    FIRST = build(COURSE)
    tap.run(TESTS)
