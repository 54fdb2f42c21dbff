#!/usr/bin/env python3
"""What other programs say of the pages: the HTML checker
(https://validator.github.io/validator/) of all, Lighthouse of some."""

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import (BUILD, OUT, ROOT, ergen, files_below, none,  # noqa: E402
                 ok, run, skip)

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


def translate(folder, lang):
    """The first module once more, as if in that language."""
    content = os.path.join(folder, "content")
    there = os.path.join(content, lang)
    os.makedirs(there)
    for name in ("index.md", "glossary.md", "10-basics"):
        copy = shutil.copytree if name == "10-basics" else shutil.copy
        copy(os.path.join(content, name), os.path.join(there, name))
    path = os.path.join(there, "10-basics", "10-text.md")
    with open(path) as f:
        lines = [x for x in f if not x.startswith("aliases:")]
    with open(path, "w") as f:
        f.writelines(lines)


def build(temp, name, course, lang, theme="default", other=None):
    """Pages and style sheets of a course in that language and theme."""
    folder = os.path.join(temp, name.replace(" ", "-"))
    shutil.copytree(os.path.join(HERE, course), folder)
    path = os.path.join(folder, "site.yaml")
    with open(path) as f:
        text = f.read()
    text = text.replace("lang: en", "lang: " + lang)
    text = text.replace("../../../themes/default",
                        os.path.join(ROOT, "themes", theme))
    if other:
        text += "translations: [%s]\n" % other
        translate(folder, other)
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
    if not shutil.which("java") or not os.path.isfile(JAR):
        skip("the HTML checker", "there is no java" if os.path.isfile(JAR)
             else "there is no vnu-jar below build/node")
        return
    with tempfile.TemporaryDirectory(prefix="ergen-e2e-") as temp:
        temp = os.path.realpath(temp)
        sites = {
            "this course": web_files(os.path.join(OUT, "site")),
            "every kind": build(temp, "every kind", "kinds", "en"),
            "everything": build(temp, "everything", "full", "en"),
            "in Arabic": build(temp, "in Arabic", "full", "ar"),
            "in two languages": build(temp, "in two languages", "full", "en",
                                      other="ar"),
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


# ---- Lighthouse

CLI = os.path.join(BUILD, "lighthouse", "node_modules", "lighthouse", "cli",
                   "index.js")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def audit(chromium, url):
    """Scores by category, and what is not perfect."""
    done = subprocess.run(
        ["node", CLI, url, "--quiet", "--output=json", "--output-path=stdout",
         "--chrome-flags=--headless=new --no-sandbox --disable-gpu"],
        env=dict(os.environ, CHROME_PATH=chromium), text=True, timeout=100,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    if done.returncode:
        raise AssertionError(done.stderr)
    report = json.loads(done.stdout)
    scores = {k: v["score"] for k, v in report["categories"].items()}
    wrong = ["%s: %s" % (k, report["audits"][ref["id"]]["title"])
             for k, v in report["categories"].items()
             for ref in v["auditRefs"] if ref["weight"]
             and report["audits"][ref["id"]]["score"] not in (1, None)]
    return scores, wrong


def test_lighthouse():
    chromium = next(filter(None, map(shutil.which, (
        "chromium", "chromium-browser", "google-chrome"))), None)
    for what, is_there in (("node", shutil.which("node")),
                           ("chromium", chromium),
                           ("build/lighthouse", os.path.isfile(CLI))):
        if not is_there:
            skip("Lighthouse", "there is no " + what)
            return
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(
            Quiet, directory=os.path.join(OUT, "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for page in ("index.html", "hybrid/expressroute.html",
                 "hybrid/expressroute-quiz.html"):
        scores, wrong = audit(chromium, "http://127.0.0.1:%d/%s" % (
            server.server_address[1], page))
        # How fast depends on what else the machine does.
        speed = scores.pop("performance")
        ok(len(scores) == 3 and set(scores.values()) == {1},
           "Lighthouse gives %s 100 in every category" % page, scores, *wrong)
        ok(speed >= 0.9, "and at least 90 for speed", speed, *wrong)
    server.shutdown()


if __name__ == "__main__":
    run([test_pages, test_lighthouse])
