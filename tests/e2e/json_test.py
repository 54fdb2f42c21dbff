#!/usr/bin/env python3
"""out/*.json against its schema, and against the sources it was made from;
and the same for a course that has every kind of question."""

import glob
import json
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import OUT, ROOT, ergen, none, ok, read, run, use_venv  # noqa: E402

use_venv()

import jsonschema  # noqa: E402

KINDS = os.path.join(ROOT, "tests", "e2e", "kinds")
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


def load_kinds():
    """The book of tests/e2e/kinds."""
    with tempfile.TemporaryDirectory() as temp:
        out = os.path.join(temp, "out")
        done = ergen("build", KINDS, "--only", "json", "--out", out)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return load(os.path.join(out, "every-kind-of-question.json"))


def errors_of(schema, book):
    cls = jsonschema.validators.validator_for(schema)
    errors = sorted(cls(schema).iter_errors(book),
                    key=lambda e: list(map(str, e.absolute_path)))
    return ["/%s: %s" % ("/".join(map(str, e.absolute_path)), e.message[:300])
            for e in errors[:20]]


def test_schema():
    schema = load(SCHEMA)
    jsonschema.validators.validator_for(schema).check_schema(schema)
    ok("$schema" in schema, "the schema says which draft it is written in")
    ok(len(BOOKS) == 1, "there is one book", *BOOKS)
    for path in BOOKS:
        none(errors_of(schema, load(path)),
             "%s is valid" % os.path.basename(path))
    none(errors_of(schema, load_kinds()),
         "the book of all kinds of questions is valid")


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
    none(errors_of(schema, book),
         "the schema names every property that the book has")
    none(errors_of(schema, load_kinds()),
         "and that questions of all kinds have")
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


def test_kinds():
    """What each kind of question has besides."""
    book = load_kinds()
    quizzes = {q["id"]: q for p in book["pages"] for q in p["quizzes"]}
    asked = {p["question"]["id"]: p["question"] for q in quizzes.values()
             for p in q["parts"] if "question" in p}
    kinds = load(SCHEMA)["$defs"]["question"]["properties"]["kind"]["enum"]
    none(sorted(set(kinds) ^ {q["kind"] for q in asked.values()}),
         "the course has every kind of question")
    none(["%s: %s of %s" % (q["id"], q["shown"], len(some))
          for q in asked.values()
          for some in [q["options"] or q["items"] or q["pairs"]]
          if sorted(q["shown"]) != sorted(
              {q["same"][i] if q["kind"] == "match" else i
               for i in range(len(some))})],
         "whatever is to be chosen from is shown once")
    none([q["id"] for q in asked.values() if q["kind"] in ("order", "match")
          and q["shown"] == sorted(q["shown"])],
         "nothing that is to be ordered is shown in the right order")
    number = asked["sub/tolerance"]["quantity"]
    ok((number["from"], number["to"]) == ("-1.75", "-1.25"),
       "a tolerance makes an interval", number)
    order = asked["sub/order"]
    ok(order["score"] == "each" and
       order["worth"] == order["points"] * len(order["items"]),
       "score=each counts the parts", order["worth"])
    blanks = [o["number"] for o in objects(asked["sub/cloze"]["stem"])
              if o.get("type") == "blank"]
    ok(blanks == list(range(1, len(asked["sub/cloze"]["blanks"]) + 1)),
       "every blank stands in the stem", blanks)
    ok(asked["sub/none"]["allows_none"] and
       not asked["sub/many"]["allows_none"], "nothing may be right")
    ok(asked["sub/one"]["source_target"] ==
       {"kind": "page", "page": "net/subnets", "anchor": "sizes"},
       "a source is a link", asked["sub/one"]["source_target"])
    ok(asked["sub/name"]["source_target"] is None and
       asked["sub/name"]["source"] == "the Azure documentation",
       "or a text")
    test_sittings(quizzes, asked)


def test_sittings(quizzes, asked):
    mock = quizzes["mock"]
    refs = [p["question_ref"] for p in mock["parts"] if "question_ref" in p]
    ok(mock["mock"] and sorted(refs) == sorted(asked),
       "a mock exam names the questions of all quizzes, each once", *refs)
    none([q for q in quizzes if quizzes[q]["mock"] != (q == "mock")],
         "the others are none")
    none(["%s: %s" % (i, q["drawn"]) for i, q in quizzes.items()
          if len(q["drawn"]) != q["asked"] or not set(q["drawn"]) <= {
              p.get("question_ref") or p["question"]["id"]
              for p in q["parts"] if "text" not in p}],
         "what is drawn are questions of the quiz")
    ok((mock["asked"], quizzes["pool"]["asked"]) == (5, 2),
       "there are as many as the sources say")
    for i, q in quizzes.items():
        worth = [asked[one]["worth"] for one in q["drawn"]]
        total = sum(worth) if set(worth) != {1} else 0
        ok(q["points"] == total, "%s counts its points" % i, q["points"])
        ok(q["pass_count"] == -(-(total or q["asked"]) * q["pass"] // 100),
           "%s is passed with enough of them" % i, q["pass_count"])


def test_bytes():
    data = read(BOOKS[0])
    ok(data.endswith(b"\n") and not data.endswith(b"\n\n"),
       "ends with one line end")
    ok(not re.search(rb"[\x00-\x08\x0b-\x1f]", data),
       "no control characters")
    ok(ROOT.encode() not in data, "does not say where it was built")


if __name__ == "__main__":
    run([test_schema, test_strict, test_documented, test_questions, test_kinds,
         test_bytes])
