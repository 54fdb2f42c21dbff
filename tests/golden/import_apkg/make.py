"""A package of the old form, with names of files that would lead elsewhere."""
import base64
import json
import sqlite3
import zipfile

SCHEMA = """
CREATE TABLE col (id integer, models text, decks text);
CREATE TABLE notes (id integer, guid text, mid integer, tags text, flds text);
CREATE TABLE cards (id integer, nid integer, did integer, ord integer);
"""


def model(name, kind, fields, *templates):
    return {"name": name, "type": kind,
            "flds": [{"name": f} for f in fields],
            "tmpls": [{"qfmt": q, "afmt": a} for q, a in templates]}


BACK = "{{FrontSide}}<hr id=answer>"
models = {
    "1": model("Capital", 0, ["Country", "Capital", "Note"],
               ("<style>.x{}</style>Capital of {{Country}}?",
                BACK + "{{Capital}}"),
               ("Of which country is {{Capital}} the capital?",
                BACK + "{{Country}}")),
    "2": model("Both", 0, ["A", "B", "Reverse"],
               ("{{A}}", BACK + "{{B}}"),
               ("{{#Reverse}}{{B}}{{/Reverse}}", BACK + "{{A}}")),
    "3": model("Fill", 1, ["Text", "Extra"],
               ("{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}")),
    "4": model("Type", 0, ["Q", "A", "Hint"],
               ("{{Q}} {{hint:Hint}} {{type:A}}", BACK + "{{type:A}}")),
}
decks = {"7": {"name": "Geo::Europe"}, "8": {"name": "../../etc"}}
notes = [
    (1, 7, "France\x1fParis\x1fA remark", "eu"),
    (2, 7, "left\x1fright\x1fy", ""),
    (2, 7, "left only\x1fright only\x1f", ""),
    (3, 8, "{{c1::One::first}} and {{c2::<b>two</b>}} &amp; {{c1::a|b}}"
           "\x1fMore [sound:../../x.mp3] <img src=\"../a b.png\">", "x"),
    (3, 8, "no blank\x1f", ""),
    (4, 8, "Name?\x1f<i>Gateway</i>Subnet\x1fIt has no space.", ""),
    (5, 8, "of no type", ""),
    (1, 9, "Spain", ""),
    (4, 8, "<script>alert(1)</script>\x1f\x1f", ""),
]
db = sqlite3.connect("c.db")
db.executescript(SCHEMA)
db.execute("INSERT INTO col VALUES (1, ?, ?)",
           (json.dumps(models), json.dumps(decks)))
for i, (mid, did, fields, tags) in enumerate(notes, 1):
    db.execute("INSERT INTO notes VALUES (?, ?, ?, ?, ?)",
               (i, "guid%d" % i, mid, tags, fields))
    db.execute("INSERT INTO cards VALUES (?, ?, ?, 0)", (i, i, did))
db.commit()
db.close()
with open("c.db", "rb") as f:
    database = f.read()
with zipfile.ZipFile("deck.apkg", "w") as z:
    z.writestr("collection.anki2", database)
    z.writestr("media", json.dumps(
        {"0": "../a b.png", "1": "../../x.mp3", "2": "/etc/passwd"}))
    z.writestr("0", base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK"
        "+kcQAAAABJRU5ErkJggg=="))
    z.writestr("1", b"mp3")
    z.writestr("2", b"nobody asks for it")
