#!/usr/bin/env python3
"""`--diagnostics`: every format says the same. `ergen help ID`."""

import json
import os
import re
import sys
import tempfile
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import ergen, none, ok, run  # noqa: E402

N = 60
LIMIT = 50


def course(top):
    """A course of 60 broken links, a warning, a note and a name with a
    space; in a folder of its own."""
    os.makedirs(os.path.join(top, "c", "content"))
    with open(os.path.join(top, "c", "site.yaml"), "w") as f:
        f.write("title: T\n")
    with open(os.path.join(top, "c", "content", "a é.md"), "w") as f:
        f.write("# A\n\n" + "".join(
            "é [x](gone%d.md) 100%%, a: b\n\n" % i for i in range(N)))
    with open(os.path.join(top, "c", "content", "b.md"), "w") as f:
        f.write("text\n")


def said(*args):
    with tempfile.TemporaryDirectory(prefix="ergen-diag-") as top:
        course(top)
        done = ergen(*args, cwd=top)
        return done.returncode, done.stdout, done.stderr


def from_text(text):
    """(path, line, col, level, id) of every message."""
    found = []
    for m in re.finditer(r"^(.+?\.(?:md|yaml)):(?:(\d+):(?:(\d+):)?)? "
                         r"(error|warning|note): .*\[([a-z0-9-]+)\]$",
                         text, re.M):
        found.append((m[1], int(m[2] or 0), int(m[3] or 0), m[4], m[5]))
    return found


def from_json(text):
    found = []
    for line in text.splitlines():
        o = json.loads(line)
        assert list(o) == ["level", "id", "path", "line", "col", "text",
                           "detail", "help", "from"], o
        found.append((o["path"], o["line"] or 0, o["col"] or 0, o["level"],
                      o["id"]))
    return found


def test_json():
    status, out, text = said("check", "c", "--all")
    want = from_text(text)
    ok(len(want) == N + 2 and {w[3] for w in want} == {
        "error", "warning", "note"}, "text: every message is there", text)
    again, same, found = said("check", "c", "--diagnostics=json")
    ok((again, same) == (status, out) == (1, ""),
       "json: the status is the same, standard output stays empty")
    ok(from_json(found) == want, "json: all messages, in the text's order",
       found)
    for command in ("build", "id"):
        status, _, other = said(command, "c", "--diagnostics", "json")
        ok(status == 1 and from_json(other)[0][4] == "link-broken",
           "json: %s knows it" % command, other)


def characters(path, line, col):
    return col - 1 if path.endswith("é.md") and col > 1 else col


def test_github():
    _, _, text = said("check", "c")
    ok("and %d more; --all shows them" % (N + 2 - LIMIT) in text,
       "text: 50 messages and a line")
    want = from_text(text)
    _, _, found = said("check", "c", "--diagnostics", "github")
    lines = found.splitlines()
    got = []
    for line in lines[:-1]:
        m = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        p = dict(x.split("=", 1) for x in m[2].split(","))
        got.append((urllib.parse.unquote(p["file"]), int(p.get("line", 0)),
                    int(p.get("col", 0)), m[1].replace("notice", "note"),
                    p["title"]))
    ok(got == [("c/" + p, line, characters(p, line, col), level, name)
               for p, line, col, level, name in want],
       "github: the same 50, with paths from here on", found)
    ok(lines[-1].startswith("::notice ::and "), "github: and a line")


def check_sarif(log):
    """What the specification requires of what we use."""
    if log["version"] != "2.1.0" or len(log["runs"]) != 1:
        yield "version, runs"
    for key in log:
        if key not in ("$schema", "version", "runs"):
            yield "unknown " + key
    one = log["runs"][0]
    if set(one) != {"tool", "columnKind", "results"}:
        yield "keys of the run: %s" % sorted(one)
    if one["columnKind"] != "unicodeCodePoints":
        yield "columnKind"
    driver = one["tool"]["driver"]
    if driver["name"] != "ergen" or not driver["version"]:
        yield "driver"
    rules = driver["rules"]
    if len({r["id"] for r in rules}) != len(rules):
        yield "a rule twice"
    for r in rules:
        if not r["shortDescription"]["text"] or r["defaultConfiguration"][
                "level"] not in ("none", "note", "warning", "error"):
            yield "rule %s" % r
    for r in one["results"]:
        if rules[r["ruleIndex"]]["id"] != r["ruleId"]:
            yield "ruleIndex of %s" % r
        if r["level"] not in ("note", "warning", "error"):
            yield "level of %s" % r
        if not r["message"]["text"]:
            yield "message of %s" % r
        for place in r["locations"]:
            where = place["physicalLocation"]
            uri = where["artifactLocation"]["uri"]
            if not re.fullmatch(r"[A-Za-z0-9/._~%-]+", uri):
                yield "uri %s" % uri
            for key, value in where.get("region", {"startLine": 1}).items():
                if key not in ("startLine", "startColumn") or value < 1:
                    yield "region of %s" % r


def test_sarif():
    _, _, text = said("check", "c", "--all")
    _, _, found = said("check", "c", "--diagnostics=sarif")
    log = json.loads(found)
    none(list(check_sarif(log)), "sarif: the log has what it must")
    got = []
    for r in log["runs"][0]["results"]:
        where = r["locations"][0]["physicalLocation"]
        region = where.get("region", {})
        got.append((urllib.parse.unquote(where["artifactLocation"]["uri"]),
                    region.get("startLine", 0), region.get("startColumn", 0),
                    r["level"], r["ruleId"]))
    ok(got == [("c/" + p, line, characters(p, line, col), level, name)
               for p, line, col, level, name in from_text(text)],
       "sarif: all messages, with paths from here on", found[-2000:])
    _, _, found = said("check", "missing", "--diagnostics=sarif")
    ok([r["ruleId"] for r in json.loads(found)["runs"][0]["results"]]
       == ["site-missing"], "sarif: a course that is not there", found)


def test_usage():
    status, out, err = said("check", "c", "--diagnostics=xml")
    ok((status, out) == (2, "") and "json" in err,
       "an unknown format is wrong usage", err)


def test_help():
    done = ergen("help", "details-raw")
    ok(done.returncode == 0 and done.stdout.startswith(
        "details-raw: warning: this <details> is not unwrapped\n\n"
        "    <details><summary>Why</summary>\n")
       and done.stdout.endswith("no Markdown.\n"),
       "help explains a message", done.stdout, done.stderr)
    for wrong, near in (("link-brokn", "link-broken"), ("biuld", "build")):
        done = ergen("help", wrong)
        ok(done.returncode == 2 and not done.stdout
           and "did you mean '%s'?" % near in done.stderr,
           "help knows what was meant by %s" % wrong, done.stderr)


run([test_json, test_github, test_sarif, test_usage, test_help])
