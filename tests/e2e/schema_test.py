#!/usr/bin/env python3
"""The schemas for editors: what ergen takes is valid, what it refuses not."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import ROOT, none, ok, read, run, use_venv  # noqa: E402

use_venv()

import jsonschema  # noqa: E402

SITES = [
    ({"title": "T"}, True),
    ({}, False),
    ({"title": "  "}, False),
    ({"title": 2026, "subtitle": None}, True),
    ({"title": "T", "titel": "T"}, False),
    ({"title": "T", "id": "az-104"}, True),
    ({"title": "T", "id": "AZ_104"}, False),
    ({"title": "T", "slug": "a" * 60}, True),
    ({"title": "T", "slug": "a" * 61}, False),
    ({"title": "T", "lang": "pt-BR"}, True),
    ({"title": "T", "lang": "p"}, False),
    ({"title": "T", "url": "https://example.org/x/"}, True),
    ({"title": "T", "url": "example.org"}, False),
    ({"title": "T", "authors": "A"}, True),
    ({"title": "T", "authors": ["A", 1]}, True),
    ({"title": "T", "authors": {"a": "b"}}, False),
    ({"title": "T", "content": "/x"}, False),
    ({"title": "T", "raw_html": "none"}, True),
    ({"title": "T", "raw_html": "some"}, False),
    ({"title": "T", "quiz": {"pass": 100, "mode": None}}, True),
    ({"title": "T", "quiz": {"pass": 101}}, False),
    ({"title": "T", "quiz": {"pas": 1}}, False),
    ({"title": "T", "limits": {"source_kib": 0}}, False),
    ({"title": "T", "callouts": {"Any title": "my-kind"}}, True),
    ({"title": "T", "callouts": {"Any title": "Kind1"}}, False),
    ({"title": "T", "diagnostics": {"asset-orphan": "note"}}, True),
    ({"title": "T", "diagnostics": {"link-broken": "note"}}, False),
    ({"title": "T", "diagnostics": {"link-brokn": "error"}}, False),
    ({"title": "T", "outputs": {"html": {}, "epub": {"cover": "c.png"}}},
     True),
    ({"title": "T", "outputs": {"ebup": {}}}, False),
    ({"title": "T", "outputs": {"own": {"command": ["./w"], "options": {
        "a": [1]}}}}, True),
    ({"title": "T", "outputs": {"own": {"command": ["./w"], "x": 1}}}, False),
    ({"title": "T", "outputs": {"epub": {"covr": "c.png"}}}, False),
]
FRONTS = [
    ({}, True),
    ({"title": "T", "order": 3, "tags": ["a"], "draft": True}, True),
    ({"draft": "yes"}, False),
    ({"order": "first"}, False),
    ({"date": "2026-11-22"}, True),
    ({"date": "22.11.2026"}, False),
    ({"quiz-id": "er", "draw": 5, "from": "a"}, True),
    ({"quiz-id": "ER_1"}, False),
    ({"params": {"anything": [1, {}]}}, True),
    ({"titel": "T"}, False),
]


def check(name, cases):
    schema = json.loads(read(ROOT, "docs", name).decode("utf-8"))
    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    ok(cls is jsonschema.Draft202012Validator, "%s is a schema" % name)
    none(["%s: %s" % (json.dumps(case), "refused" if want else "taken")
          for case, want in cases if cls(schema).is_valid(case) != want],
         "%s tells right from wrong" % name)


def test_site():
    check("site.schema.json", SITES)


def test_front():
    check("front.schema.json", FRONTS)


run([test_site, test_front])
