#!/usr/bin/env python3
"""Makes a deck with genanki, of the notes that deck.py took from another.

    genanki_deck.py NOTES.json DECK.apkg [SOURCE.md…]

Notes come with their fields made. With sources, Python-Markdown renders these
first: what a program has to do as well that begins where ergen does.
"""

import json
import os
import sys

import genanki


def render(sources):
    import markdown
    for path in sources:
        with open(path, encoding="utf-8") as f:
            markdown.markdown(f.read(), extensions=["extra"])


def main():
    render(sys.argv[3:])
    with open(sys.argv[1], encoding="utf-8") as f:
        parts = json.load(f)
    types = {t["id"]: genanki.Model(
        t["id"], t["name"], fields=[{"name": n} for n in t["fields"]],
        templates=t["templates"], css=t["css"], model_type=t["kind"])
        for t in parts["types"]}
    decks = {int(k): genanki.Deck(int(k), name)
             for k, name in parts["decks"].items()}
    for i, n in enumerate(parts["notes"]):
        decks[n["deck"]].add_note(genanki.Note(
            types[n["type"]], n["fields"], guid=n["guid"], tags=n["tags"],
            due=i + 1))
    os.makedirs(os.path.dirname(sys.argv[2]), exist_ok=True)
    genanki.Package(list(decks.values())).write_to_file(sys.argv[2])


if __name__ == "__main__":
    main()
