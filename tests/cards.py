#!/usr/bin/env python3
"""Takes cards from decks for people to look at: both sides, as Anki makes them.

    cards.py FOLDER

The courses of tests/cards/ are built, their decks imported into the backend of
the package `anki` (build/venv), and both sides of one card of each kind written
to FOLDER as pages. screenshots.mjs shows them.
"""

import glob
import html
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "e2e"))
from tap import ROOT, ergen, use_venv  # noqa: E402

use_venv()

from anki.collection import (  # noqa: E402
    Collection, ImportAnkiPackageRequest)

COURSES = os.path.join(ROOT, "tests", "cards")
WRONG = "Gateway-Subnet"

# What Anki's own window adds to a card, in so far as it is seen.
HOST = """\
body { margin: 20px; overflow-wrap: break-word; background: #f5f5f5; }
body.nightMode { background: #2c2c2c; color: #fcfcfc; color-scheme: dark; }
hr { margin: 1em; }
img { max-width: 100%; max-height: 95vh; }
li { text-align: start; }
pre { text-align: left; }
#typeans { width: 100%; box-sizing: border-box; line-height: 1.75; }
code#typeans { white-space: pre-wrap; font-variant-ligatures: none; }
.typeGood { background: #afa; color: black; }
.typeBad { color: black; background: #faa; }
.typeMissed { color: black; background: #ccc; }
"""

PAGE = """\
<!doctype html><html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<base href="%s"><style>%s</style></head>
<body class="card card%d"><div id="qa"><style>%s</style>%s</div></body></html>
"""


def typed(col, card, text, is_answer):
    """[[type:Field]] as a field to type in, or what was typed compared."""
    def replace(found):
        name = found.group(1).split(":")[-1]
        if not is_answer:
            return '<center><input type="text" id="typeans"></center>'
        return ('<div style="font-family: Arial; font-size: 20px">%s</div>' %
                col.compare_answer(card.note()[name], WRONG))
    return re.sub(r"\[\[type:(.+?)\]\]", replace, text)


def drawn(text):
    """Formulas stay as Anki hands them to MathJax, which is not here."""
    return re.sub(r"<anki-mathjax[^>]*>(.*?)</anki-mathjax>",
                  r"\\(\1\\)", text)


def write_card(col, card, media, path):
    for side, text in (("front", card.question()), ("back", card.answer())):
        text = typed(col, card, drawn(text), side == "back")
        # The style is in front of every side already.
        with open("%s-%s.html" % (path, side), "w", encoding="utf-8") as f:
            f.write(PAGE % ("file://" + html.escape(media) + "/", HOST,
                            card.ord + 1, card.note_type()["css"],
                            re.sub(r"<style>.*?</style>", "", text, count=1,
                                   flags=re.S)))


def name_of(card):
    """The question's id, or what stands for it, and the card's number."""
    note = card.note()
    name = re.sub(r"[^a-z0-9]+", "-", note["Id"].lower()).strip("-")
    return "%s-%d" % (name or "note", card.ord + 1)


def write_course(course, folder, work):
    built = ergen("build", os.path.join(COURSES, course), "-o",
                  os.path.join(work, course))
    if built.returncode != 0:
        sys.exit(built.stdout + built.stderr)
    package = glob.glob(os.path.join(work, course, "*.apkg"))[0]
    # Beside the pages, since they show its media.
    at = os.path.join(folder, "anki-" + course)
    os.makedirs(at)
    col = Collection(os.path.join(at, "collection.anki2"))
    col.import_anki_package(ImportAnkiPackageRequest(
        package_path=package,
        options=col._backend.get_import_anki_package_presets()))
    for cid in sorted(col.find_cards("")):
        card = col.get_card(cid)
        write_card(col, card, os.path.join(at, "collection.media"),
                   os.path.join(folder, "%s-%s" % (course, name_of(card))))
    col.close()


def main():
    folder = os.path.abspath(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with tempfile.TemporaryDirectory() as work:
        for course in sorted(os.listdir(COURSES)):
            write_course(course, folder, work)


if __name__ == "__main__":
    main()
