"""A package with the question as it was, made in the same second."""
import base64
import hashlib
import json
import sqlite3
import zipfile

digest = hashlib.sha256(b"t\0a/new\0type").digest()[:10]
db = sqlite3.connect("old.db")
db.execute("create table col (models)")
db.execute("insert into col values (?)", (json.dumps(
    {"1735689605000": {"id": 1735689605000, "mod": 1}}),))
db.execute("create table notes (guid, mid, mod, tags, flds)")
db.execute("insert into notes values (?, 1735689605000, 1700000000, '', ?)",
           (base64.b32encode(digest).decode().lower(), "\x1f".join("abc")))
db.commit()
db.close()
with zipfile.ZipFile("old.apkg", "w") as z:
    z.write("old.db", "collection.anki2")
