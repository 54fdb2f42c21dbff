#!/usr/bin/env python3
"""The website as files: no scripts, nothing broken, the same every time."""

import os
import re
import shutil
import sys
import tempfile
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import (OUT, ROOT, ergen, files_below, none, ok, read,  # noqa: E402
                 run)

SITE = os.path.join(OUT, "site")
VOID = set("area base br col embed hr img input link meta source track "
           "wbr".split())
ADDRESSES = {"href", "src", "poster", "data", "action", "formaction", "cite"}


class Page(HTMLParser):
    """Reads one page strictly: every tag has its end tag, in order."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.open = []
        self.complaints = []
        self.ids = []
        self.links = []  # (line, attribute, address)
        self.tags = []  # (line, tag, attributes)
        self.title = ""
        self.feed(read(SITE, path).decode("utf-8"))
        self.close()
        for tag, line in self.open:
            self.complain("<%s> of line %d is not closed" % (tag, line))

    def complain(self, what):
        self.complaints.append("%s:%d: %s" % (self.path, self.getpos()[0],
                                              what))

    def handle_starttag(self, tag, attrs):
        line = self.getpos()[0]
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.complain("<%s> has an attribute twice" % tag)
        values = dict(attrs)
        self.tags.append((line, tag, values))
        if "id" in values:
            self.ids.append(values["id"])
        for name in ADDRESSES & set(names):
            self.links.append((line, name, values[name] or ""))
        if tag not in VOID:
            self.open.append((tag, line))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()
            if not any(t in ("svg", "math") for t, _ in self.open) and \
                    tag not in ("svg", "math"):
                self.complain("<%s/> closes nothing in HTML" % tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            self.complain("</%s> of a void element" % tag)
        elif not self.open or self.open[-1][0] != tag:
            self.complain("</%s> where <%s> is open" % (
                tag, self.open[-1][0] if self.open else "nothing"))
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1][0] == "title" and not any(
                tag == "svg" for tag, _ in self.open):
            self.title += data

    def count(self, tag):
        return sum(t == tag for _, t, _ in self.tags)


PAGES = {}


def load_pages():
    for path in files_below(SITE):
        if path.endswith(".html"):
            PAGES[path] = Page(path)
    expected = {"index.html", "hybrid/index.html", "hybrid/expressroute.html",
                "hybrid/expressroute-quiz.html", "hybrid/vpn-gateway.html",
                "hybrid/vpn-gateway-quiz.html", "hybrid/load-balancer.html",
                "hybrid/load-balancer-quiz.html"}
    none(sorted(expected - set(PAGES)), "all pages of the course exist")


def test_balanced():
    none([c for p in PAGES.values() for c in p.complaints],
         "every tag is closed, in order")


def test_no_scripts():
    found = []
    for page in PAGES.values():
        for line, tag, attrs in page.tags:
            bad = [n for n in attrs if n == "style" or n.startswith("on")]
            if tag in ("script", "style", "iframe", "object", "embed",
                       "base"):
                bad.append("<%s>" % tag)
            if attrs.get("autocomplete") == "off":
                bad.append("autocomplete=off")
            found += ["%s:%d: %s" % (page.path, line, b) for b in bad]
        found += ["%s:%d: %s" % (page.path, line, address)
                  for line, _, address in page.links
                  if re.match(r"(?i)\s*(javascript|data|vbscript):", address)]
    none(found, "no script, style, handler or frame")


def test_policy():
    wanted = {"default-src 'none'", "style-src 'self'", "img-src 'self'",
              "script-src 'none'", "connect-src 'self'", "base-uri 'none'",
              "form-action 'none'"}
    found = []
    for page in PAGES.values():
        policies = [(i, attrs.get("content", ""))
                    for i, (_, tag, attrs) in enumerate(page.tags)
                    if tag == "meta" and attrs.get("http-equiv", "").lower()
                    == "content-security-policy"]
        if len(policies) != 1:
            found.append("%s: %d policies" % (page.path, len(policies)))
            continue
        position, content = policies[0]
        has = {" ".join(part.split()) for part in content.split(";")}
        if wanted - has:
            found.append("%s: lacks %s" % (page.path, wanted - has))
        if "unsafe" in content:
            found.append("%s: %s" % (page.path, content))
        # It counts only for what follows it.
        if any(tag in ("link", "img") for _, tag, _ in page.tags[:position]):
            found.append("%s: the policy comes too late" % page.path)
    none(found, "every page has the content security policy")


def test_head():
    found = []
    for page in PAGES.values():
        if not page.title.strip():
            found.append(page.path + ": no title")
        if page.count("title") < 1 or page.count("h1") != 1:
            found.append("%s: %d h1" % (page.path, page.count("h1")))
        if page.count("main") != 1:
            found.append("%s: %d main" % (page.path, page.count("main")))
        html = [a for _, t, a in page.tags if t == "html"]
        if not html or not html[0].get("lang"):
            found.append(page.path + ": no lang")
        said = [a.get("content") for _, t, a in page.tags
                if t == "meta" and a.get("name") == "description"]
        if len(said) != 1 or not said[0]:
            found.append("%s: %d descriptions" % (page.path, len(said)))
        if not read(SITE, page.path).startswith(b"<!DOCTYPE html>"):
            found.append(page.path + ": no doctype")
    none(found, "every page has one h1, one main, title, language, description")
    titles = [p.title for p in PAGES.values()]
    none(sorted({t for t in titles if titles.count(t) > 1}),
         "no two pages have the same title")


def test_ids():
    found = []
    for page in PAGES.values():
        found += ["%s: id '%s' twice" % (page.path, i)
                  for i in sorted(set(page.ids)) if page.ids.count(i) > 1]
        found += ["%s: id '%s'" % (page.path, i)
                  for i in page.ids if not i or re.search(r"\s", i)]
        have = set(page.ids)
        for line, tag, attrs in page.tags:
            for name in ("for", "aria-labelledby", "aria-describedby",
                         "aria-controls", "headers", "list"):
                for i in (attrs.get(name) or "").split():
                    if i not in have:
                        found.append("%s:%d: %s='%s' leads nowhere" % (
                            page.path, line, name, i))
    none(found, "ids are unique, and what refers to one finds it")


def resolve(path, address):
    """(file in the site or None, fragment)"""
    parts = urlsplit(address)
    target = os.path.normpath(os.path.join(os.path.dirname(path),
                                           unquote(parts.path)))
    return (target if parts.path else path), unquote(parts.fragment)


def check_address(page, line, address):
    where = "%s:%d: %s" % (page.path, line, address)
    parts = urlsplit(address)
    if parts.scheme in ("https", "http", "mailto"):
        return None
    if parts.scheme or parts.netloc or address.startswith("/"):
        return where + ": not relative"
    if "?" in address or not address:
        return where + ": empty, or with a query"
    target, fragment = resolve(page.path, address)
    if target.startswith("..") or not os.path.isfile(
            os.path.join(SITE, target)):
        return where + ": no such file"
    if fragment and target in PAGES and fragment not in PAGES[target].ids:
        return where + ": no such anchor"
    return None


def test_links():
    found, n = [], 0
    for page in PAGES.values():
        for line, _, address in page.links:
            n += 1
            complaint = check_address(page, line, address)
            if complaint:
                found.append(complaint)
    none(found, "every link, anchor and image resolves, all are relative")
    ok(n > 100, "there are links to check", n)


def test_loaded():
    """Nothing that a browser loads by itself comes from elsewhere."""
    found = []
    for page in PAGES.values():
        for line, tag, attrs in page.tags:
            for name in ("src", "srcset", "poster", "data"):
                if re.match(r"(?i)\s*([a-z]+:|//)", attrs.get(name) or ""):
                    found.append("%s:%d: %s" % (page.path, line, attrs[name]))
            if tag == "link" and attrs.get("rel") != "canonical" and \
                    re.match(r"(?i)([a-z]+:|//)", attrs.get("href") or ""):
                found.append("%s:%d: %s" % (page.path, line, attrs["href"]))
    for path in files_below(SITE):
        if not path.endswith(".css"):
            continue
        css = re.sub(r"/\*.*?\*/", "", read(SITE, path).decode(), flags=re.S)
        for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", css):
            if address.startswith("#"):
                continue
            target, _ = resolve(path, address)
            if not os.path.isfile(os.path.join(SITE, target)):
                found.append("%s: url(%s)" % (path, address))
        if "@import" in css:
            found.append(path + ": @import")
    none(found, "nothing is loaded from elsewhere, style sheets included")


def test_reachable():
    seen, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in seen or path not in PAGES:
            continue
        seen.add(path)
        for _, name, address in PAGES[path].links:
            if name == "href" and not urlsplit(address).scheme:
                todo.append(resolve(path, address)[0])
    none(sorted(set(PAGES) - seen - {"404.html"}),
         "every page can be reached from the home page")


def test_images():
    found = ["%s:%d: %s" % (p.path, line, attrs.get("src"))
             for p in PAGES.values() for line, tag, attrs in p.tags
             if tag == "img" and ("alt" not in attrs or not attrs.get("src"))]
    none(found, "every image has a text for those who cannot see it")


LARGEST = 60 * 1000  # bytes that a page may take, before compression


def test_sizes():
    found = []
    for page in PAGES.values():
        sheets = {resolve(page.path, attrs["href"])[0]
                  for _, tag, attrs in page.tags
                  if tag == "link" and attrs.get("rel") == "stylesheet"}
        size = sum(len(read(SITE, p)) for p in sheets | {page.path})
        if size > LARGEST or not sheets:
            found.append("%s: %d bytes, %d style sheets" % (
                page.path, size, len(sheets)))
    none(found, "no page with its style sheets is above 60 KB")


def test_downloads():
    found = []
    for path in files_below(OUT):
        if "/" in path or not path.endswith((".epub", ".apkg")):
            continue
        copy = os.path.join(SITE, "downloads", path)
        if not os.path.isfile(copy) or os.path.islink(copy) or \
                read(copy) != read(OUT, path):
            found.append(path)
    none(found, "the site offers the same book and deck")
    names = [p for p in files_below(OUT) if "/" not in p]
    ok(any(p.endswith(".epub") for p in names)
       and any(p.endswith(".apkg") for p in names)
       and any(p.endswith(".json") for p in names),
       "book, deck and json lie in out/", names)


# ---- builds


def course(temp, name="course"):
    """A copy of this course to play with."""
    folder = os.path.join(temp, name)
    os.makedirs(folder)
    for part in ("content", "themes"):
        shutil.copytree(os.path.join(ROOT, part), os.path.join(folder, part))
    shutil.copy2(os.path.join(ROOT, "site.yaml"), folder)
    return folder


def tree(top):
    """Bytes of every file, without the stamp: it holds the times."""
    return {p: read(top, p) for p in files_below(top) if p != ".ergen"}


def stats(top):
    return {p: (os.stat(os.path.join(top, p)).st_mtime_ns,
                os.stat(os.path.join(top, p)).st_size)
            for p in files_below(top)}


def differences(a, b):
    return ["%s: %s" % (p, "differs" if p in a and p in b else "in one only")
            for p in sorted(set(a) | set(b)) if a.get(p) != b.get(p)]


def with_temp(test):
    def wrapped():
        with tempfile.TemporaryDirectory(prefix="ergen-e2e-") as temp:
            test(os.path.realpath(temp))
    wrapped.__name__ = test.__name__
    return wrapped


@with_temp
def test_threads(temp):
    trees = []
    for name, option in (("a", "-j1"), ("b", "-j4"), ("c", "-j3")):
        out = os.path.join(temp, name)
        done = ergen("build", "--out", out, option)
        if done.returncode:
            ok(False, "build " + option, done.stdout, done.stderr)
            return
        trees.append(tree(out))
    none(differences(trees[0], trees[1]) + differences(trees[0], trees[2]),
         "-j1, -j3 and -j4 give the same bytes")
    ok(len(trees[0]) > 12, "there is something to compare", sorted(trees[0]))


@with_temp
def test_elsewhere(temp):
    """Neither the folder nor the time of day reaches an output."""
    trees = []
    for name in ("a", "b"):
        folder = course(temp, name)
        done = ergen("build", cwd=folder, env={
            "SOURCE_DATE_EPOCH": "1750000000",
            "TZ": "Asia/Tokyo" if name == "a" else "America/Lima",
            "LC_ALL": "C" if name == "a" else "C.UTF-8"})
        ok(done.returncode == 0, "build in another folder", done.stderr)
        trees.append(tree(os.path.join(folder, "out")))
    none(differences(*trees), "another folder, zone and locale, same bytes")
    done = ergen("build", os.path.join(temp, "a"), "--out",
                 os.path.join(temp, "c"), cwd="/",
                 env={"SOURCE_DATE_EPOCH": "1750000000"})
    ok(done.returncode == 0, "build COURSE from elsewhere", done.stderr)
    none(differences(trees[0], tree(os.path.join(temp, "c"))),
         "COURSE and --out give the same bytes")


@with_temp
def test_again(temp):
    folder = course(temp)
    out = os.path.join(folder, "out")
    first = ergen("build", cwd=folder)
    ok(first.returncode == 0, "first build", first.stderr)
    before, inode = stats(out), os.stat(out).st_ino
    again = ergen("build", cwd=folder)
    ok(again.returncode == 0, "second build", again.stderr)
    none(differences(before, stats(out)), "a second build touches no file")
    ok(os.stat(out).st_ino == inode, "nor does it exchange out/")
    ok(re.search(r"(?i)unchanged|up to date|nothing (has )?changed",
                 again.stdout + again.stderr),
       "and says so", again.stdout, again.stderr)
    path = os.path.join(folder, "content", "20-hybrid", "30-expressroute.md")
    with open(path, "a") as f:
        f.write("\nOne more sentence.\n")
    third = ergen("build", cwd=folder)
    ok(third.returncode == 0, "third build", third.stderr)
    after = stats(out)
    ok(after["site/hybrid/expressroute.html"]
       != before["site/hybrid/expressroute.html"], "an edit is published")
    none([p for p in before if p.startswith("site/") and p.endswith(".html")
          and "expressroute." not in p and p != "site/print.html"
          and after.get(p) != before[p]],
         "pages that do not depend on it keep their times")
    none([n for n in os.listdir(folder) if n.startswith(".ergen-staging")],
         "no staging folder is left")


BREAKS = [
    ("a dead link", "content/20-hybrid/30-expressroute.md",
     "\n[x](no-such.md)\n", "link-broken"),
    ("a dead anchor", "content/20-hybrid/30-expressroute.md",
     "\n[x](20-vpn-gateway.md#no-such)\n", "link-anchor"),
    ("a missing image", "content/20-hybrid/30-expressroute.md",
     "\n![x](images/no-such.svg)\n", "image-missing"),
    ("a script", "content/20-hybrid/30-expressroute.md",
     "\n<script>f()</script>\n", "html-refused"),
    ("a question without answer", "content/20-hybrid/30-expressroute.quiz.md",
     "\n## New\n<!-- q: new -->\n\n- [ ] a\n- [ ] b\n", "question-no-right"),
    ("an unknown key", "site.yaml", "\ntitel: x\n", "site-key"),
]


@with_temp
def test_broken(temp):
    folder = course(temp)
    out = os.path.join(folder, "out")
    first = ergen("build", cwd=folder)
    ok(first.returncode == 0, "build before it is broken", first.stderr)
    before = stats(out)
    for what, path, text, ident in BREAKS:
        full = os.path.join(folder, path)
        good = read(full)
        with open(full, "ab") as f:
            f.write(text.encode())
        for command in ("build", "check"):
            done = ergen(command, cwd=folder)
            ok(done.returncode == 1, "%s: %s exits with 1" % (what, command),
               done.returncode, done.stderr)
            line = good.count(b"\n") + text.count("\n", 0, text.rindex(
                text.strip()[-1]))
            m = re.search(r"^%s:(\d+):(\d+): error: .*\[%s\]$" % (
                re.escape(path), ident), done.stderr, re.M)
            ok(m and abs(int(m[1]) - line - 1) <= 4,
               "%s: %s names file, line and id" % (what, command),
               done.stderr)
        with open(full, "wb") as f:
            f.write(good)
        none(differences(before, stats(out)), what + ": out/ is untouched")
    none([n for n in os.listdir(folder) if n.startswith(".ergen-staging")],
         "no staging folder is left behind")


@with_temp
def test_foreign_folder(temp):
    """A folder that ergen did not make is not replaced."""
    folder = course(temp)
    mine = os.path.join(temp, "mine")
    os.makedirs(mine)
    with open(os.path.join(mine, "thesis.txt"), "w") as f:
        f.write("years of work")
    done = ergen("build", "--out", mine, cwd=folder)
    ok(done.returncode != 0, "refuses to publish over a foreign folder",
       done.stdout, done.stderr)
    ok(os.listdir(mine) == ["thesis.txt"], "and leaves it as it was",
       os.listdir(mine))


@with_temp
def test_status(temp):
    folder = course(temp)
    for args, status in (
            (["check"], 0), (["version"], 0), (["help"], 0),
            ([], 2), (["frobnicate"], 2), (["build", "--no-such"], 2),
            (["build", "--only", "no-such"], 2), (["build", "-j", "x"], 2),
            (["build", "a", "b"], 2), (["version", "x"], 2)):
        done = ergen(*args, cwd=folder)
        ok(done.returncode == status, "exit %d: ergen %s" % (
            status, " ".join(args)), done.returncode, done.stdout,
           done.stderr)
        ok(done.stdout.strip() if status == 0 and args != ["check"]
           else status == 0 or done.stderr.strip(),
           "ergen %s speaks in the right place" % " ".join(args),
           done.stdout, done.stderr)
    ok(not os.path.exists(os.path.join(folder, "out")), "none made out/")
    empty = os.path.join(temp, "empty")
    os.makedirs(empty)
    done = ergen("build", cwd=empty)
    ok(done.returncode == 1 and "[site-missing]" in done.stderr,
       "exit 1: no site.yaml", done.returncode, done.stderr)
    done = ergen("build", "--out", "/dev/null/out", cwd=folder)
    ok(done.returncode == 3 and "/dev/null" in done.stderr,
       "exit 3: out/ cannot be made", done.returncode, done.stderr)


@with_temp
def test_only(temp):
    folder = course(temp)
    done = ergen("build", "--only", "json", cwd=folder)
    ok(done.returncode == 0, "build --only json", done.stderr)
    made = [p for p in files_below(os.path.join(folder, "out"))
            if p != ".ergen"]
    ok(made and all(p.endswith(".json") for p in made),
       "--only json makes the json file only", made)
    done = ergen("build", "--only", "html", cwd=folder)
    ok(done.returncode == 0, "build --only html", done.stderr)
    ok(os.path.isfile(os.path.join(folder, "out", "site", "index.html")),
       "--only html makes the site")


@with_temp
def test_only_shared(temp):
    """html and llms write below one folder, and markdown makes two things:
    whoever is left out keeps all that it has made."""
    folder = os.path.join(temp, "c")
    shutil.copytree(os.path.join(ROOT, "tests", "golden", "llms_languages",
                                 "course"), folder)
    site = os.path.join(folder, "site.yaml")
    with open(site, encoding="utf-8") as f:
        text = f.read()
    with open(site, "w", encoding="utf-8") as f:
        f.write(text.replace("outputs:", "outputs:\n  html: {}"))
    done = ergen("build", cwd=folder)
    out = os.path.join(folder, "out")
    before = sorted(files_below(out))
    ok(done.returncode == 0 and "site/de/llms-full.txt" in before and
       "t.files/i.svg" in before, "html, llms and markdown together", before)
    for name in "html", "llms", "markdown":
        done = ergen("build", "--only", name, cwd=folder)
        after = sorted(files_below(out))
        ok(done.returncode == 0 and after == before,
           "--only %s keeps what the others have made" % name,
           done.stderr, after)


if __name__ == "__main__":
    run([load_pages, test_balanced, test_no_scripts, test_policy, test_head,
         test_ids, test_links, test_loaded, test_reachable, test_images,
         test_sizes, test_downloads, test_threads, test_elsewhere, test_again,
         test_broken, test_foreign_folder, test_status, test_only,
         test_only_shared])
