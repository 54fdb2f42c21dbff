"""Packages that are none: cut, empty, of zeros, without collection, with a
database that is none, is cut, or never comes to an end."""
import sqlite3
import zipfile


def package(name, **entries):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        for entry, data in entries.items():
            z.writestr(entry.replace("_", "."), data)


def database(schema):
    db = sqlite3.connect(":memory:")
    db.executescript(schema)
    return db.serialize() if hasattr(db, "serialize") else dump(db)


def dump(db):
    with open("x.db", "wb"):
        pass
    copy = sqlite3.connect("x.db")
    db.backup(copy)
    copy.close()
    with open("x.db", "rb") as f:
        return f.read()


GOOD = """
CREATE TABLE col (id integer, models text, decks text);
CREATE TABLE cards (id integer, nid integer, did integer, ord integer);
"""
NOTES = GOOD + """
CREATE TABLE notes (id integer, guid text, mid integer, tags text, flds text);
INSERT INTO col VALUES (1, 'no json', '{}');
"""
ENDLESS = GOOD + """
INSERT INTO col VALUES (1, '{}', '{}');
CREATE VIEW notes AS WITH RECURSIVE n(id) AS (
  SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id > 0)
  SELECT id, 'g' AS guid, 1 AS mid, '' AS tags, '' AS flds FROM n;
"""
package("a.apkg", collection_anki2=database(NOTES))
with open("a.apkg", "rb") as f:
    whole = f.read()
for name, data in {"b": whole[:len(whole) // 2], "c": b"", "d": b"\0" * 5000,
                   "e": whole[:100] + b"\xff" * 40 + whole[140:]}.items():
    with open(name + ".apkg", "wb") as f:
        f.write(data)
package("f.apkg", media="{}")
package("g.apkg", collection_anki2=b"no database at all")
package("h.apkg", collection_anki2=database(NOTES)[:5000])
package("i.apkg", collection_anki2=database(ENDLESS))
package("j.apkg", collection_anki21b=b"\x28\xb5\x2f\xfd no zstd")
package("k.apkg", collection_anki2=b"\0" * (300 << 20))
