#!/usr/bin/env python3
"""The deck in an old Anki, of 2021: build/venv-old has its backend.

It has another importer, which compares note types by a hash of their fields and
knows no ids of fields. What counts is the same: the notes arrive, each side can
be shown, and a newer deck changes texts and nothing of the learner's.
"""

import glob
import os
import re
import shutil
import sys
import tempfile
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import (  # noqa: E402
    ROOT, ergen, none, ok, read, run, skip_all, use_venv)

use_venv("venv-old")
warnings.simplefilter("ignore")

try:
    from anki.buildinfo import version  # noqa: E402
    from anki.collection import Collection  # noqa: E402
    from anki.importing.apkg import AnkiPackageImporter  # noqa: E402
except ImportError as e:
    skip_all("the old Anki does not run here: %s" % e)

T = 1700000000
COURSE = os.path.join(ROOT, "tests", "cards", "en")
QUIZ = os.path.join("content", "10-net", "10-links.quiz.md")
OLD, NEW = "A range of /27 or larger", "A range of /27, or a larger one"
work = tempfile.mkdtemp(prefix="ergen-anki-old-")


def build(name, epoch, change=lambda text: text):
    course = os.path.join(work, name)
    shutil.copytree(COURSE, course)
    with open(os.path.join(course, QUIZ), "r+", encoding="utf-8") as f:
        text = change(f.read())
        f.seek(0)
        f.write(text)
        f.truncate()
    with open(os.path.join(course, "site.yaml"), "r+", encoding="utf-8") as f:
        text = f.read().replace("../../../themes", ROOT + "/themes")
        f.seek(0)
        f.write(text)
        f.truncate()
    done = ergen("build", course, env={"SOURCE_DATE_EPOCH": str(epoch)})
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return glob.glob(os.path.join(course, "out", "*.apkg"))[0]


def take(col, package):
    importer = AnkiPackageImporter(col, package)
    importer.run()
    return importer


def schedule(col):
    return col.db.all("select id, nid, did, ord, type, queue, due, ivl, factor,"
                      " reps, lapses from cards order by id")


def texts(col):
    return {col.get_note(n)["Id"]: "\x1f".join(col.get_note(n).fields)
            for n in col.find_notes("")}


def shown(col):
    """What is wrong with a side of some card."""
    bad = []
    for cid in col.find_cards(""):
        card = col.get_card(cid)
        for side in (card.question(), card.answer()):
            plain = re.sub(r"<style>.*?</style>|<[^>]*>", " ", side,
                           flags=re.S)
            if not plain.strip() or re.search(
                    r"has a problem|card is blank|No cloze|\{\{", plain):
                bad.append(side)
    return bad


def test_deck():
    first = build("first", T)
    second = build("second", T + 100, lambda text: text.replace(OLD, NEW))
    col = Collection(os.path.join(work, "collection.anki2"))
    take(col, first)
    notes = texts(col)
    ok(len(notes) == 18 and len(col.find_cards("")) == 21,
       "Anki %s imports all notes and cards" % version,
       len(notes), len(col.find_cards("")))
    ok(sorted(t.name for t in col.models.all_names_and_ids()
              if t.name.startswith("ergen")) ==
       ["ergen Basic", "ergen Basic (both ways)", "ergen Choice",
        "ergen Cloze", "ergen Type"], "with all note types",
       col.models.all_names_and_ids())
    none(shown(col), "all sides of all cards render")
    media = os.listdir(col.media.dir())
    ok(len(media) == 1 and read(col.media.dir(), media[0]) == read(
        COURSE, "content", "10-net", "images", "shape.svg"),
       "the picture is there", media)
    said, is_good = col.fix_integrity()
    ok(is_good, "Check Database finds nothing to mend", said)

    col.db.execute("update cards set type = 2, queue = 2, ivl = 10, due = 7,"
                   " factor = 2300, reps = 4, lapses = 1")
    before = schedule(col)
    take(col, second)
    now = texts(col)
    changed = [k for k in now if now[k] != notes.get(k)]
    ok(sorted(now) == sorted(notes), "a newer deck adds no note twice",
       sorted(now), sorted(notes))
    ok(changed == ["links/one"] and NEW in now["links/one"],
       "it changes the text that has changed", changed)
    ok(schedule(col) == before, "and keeps the schedule", schedule(col))
    ok(len([t for t in col.models.all_names_and_ids()
            if t.name.startswith("ergen")]) == 5,
       "and the note types", col.models.all_names_and_ids())
    none(shown(col), "all sides still render")
    col.close()


try:
    run([test_deck])
finally:
    shutil.rmtree(work, ignore_errors=True)
