#!/usr/bin/env python3
"""The HTML checker (https://validator.github.io/validator/) on every page."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import (BUILD, OUT, ROOT, ergen, files_below, none,  # noqa: E402
                 ok, run, skip_all)

JAR = os.path.join(BUILD, "node", "node_modules", "vnu-jar", "build", "dist",
                   "vnu.jar")
HERE = os.path.join(ROOT, "tests", "e2e")
# It takes 'self' of the policy for another origin than a file's, and does not
# know the newest CSS yet.
NOISE = (".*(violates Content Security Policy|view-transition|scroll-target|"
         "target-current).*")


def complaints(files):
    """(file, text) of each; warnings count too."""
    done = subprocess.run(
        ["java", "-jar", JAR, "--Werror", "--also-check-css", "--format",
         "json", "--filterpattern", NOISE, *files],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    return [(m.get("url", "").removeprefix("file:"), "%s:%s: %s\n    %s" % (
        m.get("url"), m.get("lastLine"), m.get("message"), m.get("extract")))
        for m in messages]


def build(temp, name, course, lang, theme="default"):
    """Pages and style sheets of a course in that language and theme."""
    folder = os.path.join(temp, name.replace(" ", "-"))
    shutil.copytree(os.path.join(HERE, course), folder)
    path = os.path.join(folder, "site.yaml")
    with open(path) as f:
        text = f.read()
    text = text.replace("lang: en", "lang: " + lang)
    text = text.replace("../../../themes/default",
                        os.path.join(ROOT, "themes", theme))
    with open(path, "w") as f:
        f.write(text)
    done = ergen("build", folder, "--only", "html")
    ok(done.returncode == 0, name + " is built", done.stderr)
    return web_files(os.path.join(folder, "out", "site"))


def web_files(site):
    return [os.path.join(site, p) for p in files_below(site)
            if p.endswith((".html", ".css"))]


def broken_page(temp):
    path = os.path.join(temp, "broken.html")
    with open(path, "w") as f:
        f.write("<!DOCTYPE html>\n<html lang=\"en\"><head><title>x</title>"
                "</head><body><p id=\"a\">x</p><p id=\"a\">y</p></body>"
                "</html>\n")
    return path


def test_pages():
    with tempfile.TemporaryDirectory(prefix="ergen-e2e-") as temp:
        temp = os.path.realpath(temp)
        sites = {
            "this course": web_files(os.path.join(OUT, "site")),
            "every kind": build(temp, "every kind", "kinds", "en"),
            "everything": build(temp, "everything", "full", "en"),
            "in Arabic": build(temp, "in Arabic", "full", "ar"),
            "plain": build(temp, "plain", "full", "de", "plain"),
        }
        broken = broken_page(temp)
        # All at once: the checker needs seconds to start.
        found = complaints([f for s in sites.values() for f in s] + [broken])
        ok(any(f == broken for f, _ in found), "it finds a double id", found)
        for name, files in sites.items():
            ok(len(files) > 8, name + ": there are pages", len(files))
            none([text for f, text in found if f in files],
                 "no error in %d files: %s" % (len(files), name))
        known = {f for s in sites.values() for f in s} | {broken}
        none([text for f, text in found if f not in known],
             "nor anything else")


if __name__ == "__main__":
    if not shutil.which("java"):
        skip_all("there is no java")
    if not os.path.isfile(JAR):
        skip_all("there is no vnu-jar below build/node")
    run([test_pages])
