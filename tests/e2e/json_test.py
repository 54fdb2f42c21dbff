#!/usr/bin/env python3
"""out/*.json against its schema, and against the sources it was made from."""

import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import OUT, ROOT, none, ok, read, run, use_venv  # noqa: E402

use_venv()

import jsonschema  # noqa: E402

SCHEMA = os.path.join(ROOT, "docs", "book.schema.json")
BOOKS = sorted(glob.glob(os.path.join(OUT, "*.json")))


def no_duplicates(pairs):
    keys = [k for k, _ in pairs]
    twice = {k for k in keys if keys.count(k) > 1}
    if twice:
        raise ValueError("keys twice: %s" % twice)
    return dict(pairs)


def load(path):
    return json.loads(read(path).decode("utf-8"),
                      object_pairs_hook=no_duplicates)


def test_schema():
    schema = load(SCHEMA)
    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    ok("$schema" in schema, "the schema says which draft it is written in")
    ok(len(BOOKS) == 1, "there is one book", *BOOKS)
    for path in BOOKS:
        errors = sorted(cls(schema).iter_errors(load(path)),
                        key=lambda e: list(map(str, e.absolute_path)))
        none(["/%s: %s" % ("/".join(map(str, e.absolute_path)),
                           e.message[:300]) for e in errors[:20]],
             "%s is valid" % os.path.basename(path))


def objects(value):
    """Every object in a tree."""
    if isinstance(value, dict):
        yield value
    for child in (value.values() if isinstance(value, dict)
                  else value if isinstance(value, list) else ()):
        yield from objects(child)


def test_strict():
    """The schema is no open door: a wrong book is refused."""
    schema, book = load(SCHEMA), load(BOOKS[0])
    validator = jsonschema.validators.validator_for(schema)(schema)
    for key in schema.get("required", []):
        less = {k: v for k, v in book.items() if k != key}
        ok(not validator.is_valid(less), "a book without '%s' is refused"
           % key)
    wrong = dict(book, version="1")
    ok(not validator.is_valid(wrong), "a book of another version is refused")
    ok(any(isinstance(book.get(k), (int, str)) and "version" in k
           for k in book), "the book has a version number", list(book))


def closed(schema):
    """The same schema, but objects have only the properties it names."""
    if isinstance(schema, list):
        return [closed(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        copy["unevaluatedProperties"] = False
    return copy


def test_documented():
    """Readers may meet unknown properties; this ergen writes none."""
    schema = closed(load(SCHEMA))
    validator = jsonschema.validators.validator_for(schema)(schema)
    book = load(BOOKS[0])
    none(["/%s: %s" % ("/".join(map(str, e.absolute_path)), e.message[:200])
          for e in validator.iter_errors(book)][:20],
         "the schema names every property that the book has")
    for o in objects(book):
        if isinstance(o.get("options"), list):
            o["options"][0]["surprise"] = 1
            break
    ok(not validator.is_valid(book), "and would not overlook one")


def source_questions():
    """Ids and numbers of right options, read from the sources by hand."""
    found = {}
    for path in glob.glob(os.path.join(ROOT, "content", "**", "*.quiz.md"),
                          recursive=True):
        text = read(path).decode()
        quiz = re.search(r"^quiz-id: *(\S+)", text, re.M)[1]
        for part in re.split(r"^## ", text, flags=re.M)[1:]:
            key = re.search(r"<!-- q: *([a-z0-9-]+)", part)[1]
            boxes = re.findall(r"^- \[([ xX])\] ", part, re.M)
            found["%s/%s" % (quiz, key)] = (
                len(boxes), sum(b != " " for b in boxes))
    return found


def test_questions():
    """Whatever its shape: every question is in the book, with its options."""
    wanted = source_questions()
    ok(len(wanted) >= 24, "the sources have three quizzes of eight",
       len(wanted))
    found = {}
    for o in objects(load(BOOKS[0])):
        if o.get("id") in wanted and isinstance(o.get("options"), list):
            right = [p for p in o["options"]
                     if p.get("correct", p.get("is_correct"))]
            found[o["id"]] = (len(o["options"]), len(right))
    none(["%s: %s in the source, %s in the book" % (i, wanted[i],
                                                    found.get(i))
          for i in sorted(wanted) if wanted[i] != found.get(i)],
         "the book has every question and its right options")


def test_bytes():
    data = read(BOOKS[0])
    ok(data.endswith(b"\n") and not data.endswith(b"\n\n"),
       "ends with one line end")
    ok(not re.search(rb"[\x00-\x08\x0b-\x1f]", data),
       "no control characters")
    ok(ROOT.encode() not in data, "does not say where it was built")


if __name__ == "__main__":
    run([test_schema, test_strict, test_documented, test_questions, test_bytes])
