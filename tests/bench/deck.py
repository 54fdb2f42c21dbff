#!/usr/bin/env python3
"""Makes a course to measure decks with, and takes a deck apart.

    deck.py FOLDER [--questions N]
    deck.py FOLDER --notes-of DECK.apkg

The course has N questions in quizzes of 25, eight quizzes to a module, with
next to no lessons. Of ten questions seven are choices, one wants a typed text,
one is a cloze text and one is true or false; the text is course.py's.

FOLDER/notes.json gets what is in a deck that ergen built: genanki_deck.py makes
the same deck of it.
"""

import argparse
import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile

import course

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
PER_QUIZ = 25
PER_MODULE = 8
SITE = """\
id: bench-deck
title: A generated deck
authors: [Nobody]
lang: en
theme: %s
quiz: {shuffle: options}
outputs:
  anki: {}
"""


def options(d, no):
    right = [d.below(4)]
    if no % 10 == 3:
        right.append((right[0] + 1 + d.below(3)) % 4)
    return "\n".join("- [%s] %s\n  > %s" % (
        "x" if i in right else " ", course.phrase(d), course.sentence(d))
        for i in range(4)) + "\n"


def answer(d, no):
    if no % 10 == 7:
        return "Answer: %s\n" % course.thing(d)
    if no % 10 == 8:
        return "The %s %s **%s** and the **%s**.\n" % (
            course.thing(d), d.of(course.VERBS), course.thing(d),
            course.thing(d))
    if no % 10 == 9:
        return "- [%s] True\n- [%s] False\n" % (
            ("x", " ") if d.below(2) else (" ", "x"))
    return options(d, no)


def question(no):
    d = course.Dice(no + 1300021)
    out = ["## %d. %s\n<!-- q: q%d%s; difficulty=%d -->\n" % (
        no % PER_QUIZ + 1, course.thing(d), no % PER_QUIZ + 1,
        "; type=cloze" if no % 10 == 8 else "", no % 3 + 1)]
    out.append(course.lines(d, 2) + "\n")
    if no % 5 == 0:
        out.append("> [!TIP]\n> %s\n" % course.sentence(d))
    out.append(answer(d, no))
    # In a cloze text everything is text.
    if no % 10 != 8:
        out.append(course.lines(d, 2) + "\n")
    return "\n".join(out) + "\n"


def make(folder, n_questions):
    """Unless it is there, from these very scripts."""
    stamp = os.path.join(folder, "made-by")
    want = "%d questions\n" % n_questions
    for script in (__file__, course.__file__):
        with open(script, encoding="utf-8") as f:
            want += f.read()
    try:
        with open(stamp, encoding="utf-8") as f:
            if f.read() == want:
                return
    except OSError:
        pass
    shutil.rmtree(folder, ignore_errors=True)
    theme = os.path.join(ROOT, "themes", "default")
    course.write(folder, "site.yaml", SITE % os.path.relpath(theme, folder))
    course.write(folder, "content", "index.md",
                 course.front("A generated deck") + "\nTo be measured.\n")
    for start in range(0, n_questions, PER_QUIZ):
        no = start // PER_QUIZ
        name = "u%04d" % (no + 1)
        path = os.path.join(folder, "content", "m%02d" % (
            no // PER_MODULE + 1))
        if no % PER_MODULE == 0:
            course.write(path, "index.md",
                         course.front("Module %d" % (no // PER_MODULE + 1)) +
                         "\nTo be measured.\n")
        course.write(path, name + ".md", course.front(
            "Lesson %d" % (no + 1)) + "\nTo be measured.\n")
        course.write(path, name + ".quiz.md", course.front(
            "Quiz %d" % (no + 1), None, "quiz-id: %s\n" % name) + "\n" +
            "".join(question(i) for i in range(
                start, min(start + PER_QUIZ, n_questions))))
    course.write(stamp, want)


# ---- what is in a deck

@contextlib.contextmanager
def database(apkg):
    """The collection of a deck."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(apkg) as z:
            path = z.extract("collection.anki2", folder)
        db = sqlite3.connect(path)
        yield db
        db.close()


def count(apkg):
    """Notes, cards, and characters in the fields."""
    with database(apkg) as db:
        return db.execute("SELECT (SELECT count(*) FROM notes),"
                          " (SELECT count(*) FROM cards),"
                          " (SELECT sum(length(flds)) FROM notes)").fetchone()


def parts_of(db):
    models, decks = db.execute("SELECT models, decks FROM col").fetchone()
    rows = db.execute(
        "SELECT mid, min(did), guid, tags, flds FROM notes JOIN cards"
        " ON cards.nid = notes.id GROUP BY notes.id ORDER BY notes.id")
    return {
        "types": [{"id": m["id"], "name": m["name"], "kind": m["type"],
                   "css": m["css"], "fields": [f["name"] for f in m["flds"]],
                   "templates": [{k: t[k] for k in ("name", "qfmt", "afmt")}
                                 for t in m["tmpls"]]}
                  for m in json.loads(models).values()],
        "decks": {int(k): d["name"] for k, d in json.loads(decks).items()},
        "notes": [{"type": mid, "deck": did, "guid": guid,
                   "tags": tags.split(), "fields": fields.split("\x1f")}
                  for mid, did, guid, tags, fields in rows],
    }


def take_apart(apkg, path):
    with database(apkg) as db, open(path, "w", encoding="utf-8") as f:
        json.dump(parts_of(db), f)


def main():
    p = argparse.ArgumentParser(description="make a course of questions, or "
                                "take its deck apart")
    p.add_argument("folder")
    p.add_argument("--questions", type=int, default=10000)
    p.add_argument("--notes-of", metavar="APKG", help="write these, as JSON, "
                   "to FOLDER/notes.json")
    a = p.parse_args()
    if a.notes_of:
        take_apart(a.notes_of, os.path.join(a.folder, "notes.json"))
    else:
        make(a.folder, a.questions)


if __name__ == "__main__":
    main()
