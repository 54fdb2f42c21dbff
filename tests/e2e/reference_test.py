#!/usr/bin/env python3
"""Pages that follow from all others, and what a page says about itself: taken
from the course tests/e2e/full, whose sources say what must come out."""

import os
import re
import shutil
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from urllib.parse import unquote

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import (ROOT, ergen, files_below, none, ok, read, run,  # noqa: E402
                 skip)

VOID = set("area base br col embed hr img input link meta source track "
           "wbr".split())
URL = "https://example.org/project/"


class Node:
    def __init__(self, tag, attrs=(), parent=None):
        self.tag, self.attrs, self.parent = tag, dict(attrs), parent
        self.children = []  # Node or str

    def __getitem__(self, name):
        return self.attrs.get(name)

    def all(self, tag=None, cls=None, **attrs):
        """Those below, in order."""
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            if (tag is None or child.tag == tag) and \
                    (cls is None or cls in (child["class"] or "").split()) \
                    and all(child[k.rstrip("_")] == v
                            for k, v in attrs.items()):
                found.append(child)
            found += child.all(tag, cls, **attrs)
        return found

    def one(self, tag=None, cls=None, **attrs):
        found = self.all(tag, cls, **attrs)
        if len(found) != 1:
            raise AssertionError("%d of <%s %s %s>" % (
                len(found), tag, cls, attrs))
        return found[0]

    def text(self):
        return " ".join("".join(
            c if isinstance(c, str) else c.text() + (
                "" if c.tag in ("a", "b", "em", "code", "span", "strong")
                else " ")
            for c in self.children).split())

    def above(self):
        node = self.parent
        while node:
            yield node
            node = node.parent


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("")
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, attrs, self.at))

    def handle_endtag(self, tag):
        if tag not in VOID and self.at.parent:
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


class Site:
    def __init__(self, folder):
        self.folder = os.path.join(folder, "out", "site")
        self.files = files_below(self.folder)
        self.pages = {}

    def text(self, path):
        return read(self.folder, path).decode("utf-8")

    def page(self, path):
        if path not in self.pages:
            self.pages[path] = Reader(self.text(path)).root
        return self.pages[path]

    def main(self, path):
        return self.page(path).one("main")

    def has(self, path):
        return path in self.files


def links(node):
    return [(a.text(), unquote(a["href"])) for a in node.all("a")]


def hrefs(node):
    return [unquote(a["href"]) for a in node.all("a")]


def same(found, wanted, text):
    return ok(found == wanted, text, "found:  %s" % (found,),
              "wanted: %s" % (wanted,))


# ---- building

TEMP = None
SITES = {}


def copy_of(name, course="full"):
    folder = os.path.join(TEMP, name)
    shutil.copytree(os.path.join(ROOT, "tests", "e2e", course), folder,
                    ignore=shutil.ignore_patterns("out"))
    edit(folder, "site.yaml", r"\.\./\.\./\.\./themes",
         os.path.join(ROOT, "themes"))
    return folder


def edit(folder, path, pattern, by):
    full = os.path.join(folder, path)
    with open(full) as f:
        text = f.read()
    text = re.sub(pattern, by, text, flags=re.M)
    with open(full, "w") as f:
        f.write(text)


def write(folder, path, text):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w") as f:
        f.write(text)


def build(folder, *options):
    done = ergen("build", folder, "--only", "html", *options)
    if done.returncode:
        raise AssertionError(done.stderr)
    return Site(folder)


def full():
    if "full" not in SITES:
        SITES["full"] = build(copy_of("full"))
    return SITES["full"]


# ---- glossary


def plain(text):
    """As it is sorted: without accents, case and what stands in front."""
    low = unicodedata.normalize("NFD", text.casefold())
    return re.sub(r"^[^\w]+", "", "".join(
        c for c in low if not unicodedata.combining(c)))


TERMS = ["Äther", "Circuit", "Never used", "Peering", "Peering location",
         "SAS", "Überlauf", "Virtual network (VNet)", "Zebra"]


def test_glossary():
    main = full().main("glossary.html")
    same([d.text() for d in main.all("dfn")], TERMS,
         "terms of sections and of the table, sorted")
    same([h.text() for h in main.all("h2")],
         ["A", "C", "N", "P", "S", "U", "V", "Z"], "below their letters")
    nav = main.one("nav", "letters-nav")
    same(hrefs(nav), ["#" + h["id"] for h in main.all("h2")],
         "with a link to each letter")
    ok("Words of this course." in main.text(), "the introduction is there")
    meanings = {dt.text(): dd for dt, dd in zip(main.all("dt"),
                                                main.all("dd"))}
    circuit = meanings["Circuit"]
    same((circuit.one("em").text(), circuit.one("code").text()),
         ("line", "code"), "a table's cell keeps its markup")
    same(links(meanings["Virtual network (VNet)"])[:2],
         [("peering", "#peering"), ("the pictures", "basics/pictures.html")],
         "links in a meaning lead to terms and pages")
    back = {name: hrefs(dd.one("p", "uses"))
            for name, dd in meanings.items() if dd.all("p", "uses")}
    same(back["Peering"], ["basics/text.html", "more/kinds.html"],
         "a term names the lessons that use it, in order")
    ok("Never used" not in back, "and none if none does")
    forth = {}
    for path in full().files:
        if path.endswith(".html"):
            for a in full().page(path).all("a", "term"):
                name = unquote(a["href"]).split("#")[1]
                forth.setdefault(name, []).append(path)
    wrong = [name for name, dt in ((d.text(), d) for d in main.all("dt"))
             if sorted(p for p in forth.get(dt["id"], [])
                       if p != "print.html") != sorted(back.get(name, []))]
    none(wrong, "it is linked from exactly those")


def test_terms():
    text = full().main("basics/text.html")
    found = [(a.text(), unquote(a["href"])[len("../glossary.html#"):])
             for a in text.all("a", "term")]
    same(found, [("virtual network", "virtual-network-vnet"),
                 ("peering", "peering"), ("Circuit", "circuit"),
                 ("SAS", "sas"), ("peering location", "peering-location"),
                 ("Zebras", "zebra"), ("Äther", "äther"),
                 ("Überlauf", "überlauf")],
         "first uses only: plural, capitals inside, the longest one")
    inside = [a.text() for a in text.all("a", "term")
              if any(n.tag in ("h2", "h3", "a", "code", "pre", "form")
                     for n in a.above())]
    none(inside, "none in headings, links or code")
    for path in ("basics/text-quiz.html", "more/kinds-quiz.html"):
        none([a.text() for a in full().main(path).all("a", "term")],
             "none in " + path)
    same([a.text() for a in full().main("more/kinds.html").all("a", "term")],
         ["peering"], "a lesson has first uses of its own")


def test_other_languages():
    folder = copy_of("german")
    edit(folder, "site.yaml", "^lang: .*", "lang: de")
    site = build(folder)
    found = [a.text() for a in site.main("basics/text.html").all("a", "term")]
    ok("Zebras" not in found and "Äther" in found,
       "the plural with s is English", found)


# ---- index


def test_index():
    main = full().main("a-z.html")
    letters = [h.text() for h in main.all("h2")]
    same(hrefs(main.one("nav", "letters-nav")),
         ["#Letter-" + x for x in letters], "a link to each letter")
    none(sorted({x for x in letters if letters.count(x) > 1}),
         "no letter stands there twice")
    entries = []
    for letter, ul in zip(letters, main.all("ul", "a-z")):
        names = [li.all("a")[0].text() for li in ul.all("li")]
        entries += names
        if letter != "#":
            none([n for n in names if plain(n)[:1].upper() != letter],
                 "all of %s begin so" % letter)
    same(sorted(entries, key=plain), entries, "sorted, umlauts with vowels")
    found = {li.all("a")[0].text(): (unquote(li.all("a")[0]["href"]),
                                     [s.text() for s in li.all("span")])
             for li in main.all("li") if li.parent["class"] == "a-z"}
    for name, where in (
            ("Text & “typography”", ("basics/text.html", [])),
            ("Basics", ("basics/index.html", [])),
            ("Before you start", ("basics/index.html#before-you-start",
                                  ["Basics"])),
            ("Äpfel und Öl", ("basics/text.html#äpfel-und-öl",
                              ["Text & “typography”"])),
            ("az network", ("basics/text.html#az-network",
                            ["Text & “typography”"])),
            ("SAS", ("glossary.html#sas", ["Glossary: Text & “typography”"])),
            ("What is a VNet?", ("basics/text-quiz.html#q-text--vnet",
                                 ["Text quiz"])),
            ("What does a picture say?", (
                "basics/pictures.html#q-pic-check--say",
                ["Pictures and code"])),
            ("Öffnung", ("more/kinds-quiz.html#q-more--text",
                         ["Other kinds"]))):
        same(found.get(name), where, "the index has '%s'" % name)
    asked = [n for n in found if n.startswith("Pool question")]
    same(len(asked), 2, "of questions to draw from only those asked")
    same(entries.count("What is a VNet?"), 1, "a mock exam adds none")


def test_links():
    """Of all pages, these lead to the most places."""
    site, wrong, n = full(), [], 0
    for path in site.files:
        if not path.endswith(".html") or path == "404.html":
            continue
        for a in site.page(path).all("a"):
            to, _, name = unquote(a["href"]).partition("#")
            if ":" in to:
                continue
            n += 1
            target = os.path.normpath(os.path.join(
                os.path.dirname(path), to)) if to else path
            if not site.has(target) or name and target.endswith(
                    ".html") and not site.page(target).all(id=name):
                wrong.append("%s: %s" % (path, a["href"]))
    none(wrong, "every link leads somewhere")
    ok(n > 300, "there are links", n)


# ---- tags, tips, objectives


def sections(main, tag="h2"):
    """[(text of heading, [nodes up to the next])]"""
    box = main.all("div", "text")[0]
    found = []
    for child in box.children:
        if isinstance(child, str):
            continue
        if child.tag == tag:
            found.append((child, []))
        elif found:
            found[-1][1].append(child)
    return found


def test_tags():
    found = {h.text(): [x for n in nodes for x in links(n)]
             for h, nodes in sections(full().main("tags.html"))}
    same(list(found), ["Ähnlich", "code", "start", "two words", "übung",
                       "Zulu"], "each tag once, sorted")
    same(found["start"], [("Basics", "basics/index.html"),
                          ("Text & “typography”", "basics/text.html"),
                          ("النص", "more/arabic.html")],
         "with its pages in order")


def test_tips():
    main = full().main("tips.html")
    same([(h.text(), hrefs(h)) for h, _ in sections(main)],
         [("Text & “typography”", ["basics/text.html"]),
          ("Pictures and code", ["basics/pictures.html"])],
         "lessons that have tips, linked")
    text, pictures = [nodes for _, nodes in sections(main)]
    same([n["class"] for n in text], ["note tip", "note trap", "from"],
         "tips and traps, in order; other callouts are not there")
    same(links(text[2]), [("Virtual network and SAS",
                           "basics/text.html#virtual-network-and-sas")],
         "a tip says below which heading it stands")
    same([n.text() for n in pictures],
         ["Exam tip Without a heading before it.", "Exam tip Draw it.",
          "Drawn"], "none if there is no heading")


def test_objectives():
    found = {h.text(): nodes
             for h, nodes in sections(full().main("objectives.html"))}
    same(list(found), ["Write text", "Show pictures",
                       "Covered by nothing"], "every objective, in order")
    same([x for n in found["Write text"] for x in links(n)],
         [("Text & “typography”", "basics/text.html"),
          ("Pictures and code", "basics/pictures.html"),
          ("What is a VNet?", "basics/text-quiz.html#q-text--vnet")],
         "its lessons and questions")
    asked = [x for n in found["Show pictures"] for x in hrefs(n)]
    same(len([x for x in asked if "#q-pool" in x]), 2,
         "a question that is not drawn leads to its quiz")
    same(asked.count("more/pool-quiz.html"), 2, "both of them")
    text = " ".join(n.text() for n in found["Covered by nothing"])
    ok(text.count("nothing yet") == 2 and "o.3" in text,
       "it says what is not covered", text)
    done = ergen("check", os.path.join(TEMP, "full"), "--coverage")
    rows = {m[1]: [int(n) for n in m[2].split()] for m in re.finditer(
        r"^(o\.\d)((?: +\d+)+) ", done.stdout, re.M)}
    same(rows, {"o.1": [40, 2, 1], "o.2": [60, 1, 5], "o.3": [0, 0, 0]},
         "check --coverage counts the same")
    ok(re.search(r"^o\.3.*not covered", done.stdout, re.M)
       and "2 of 3 objectives" in done.stdout, "and says what is missing",
       done.stdout)


# ---- print


def many(name, n):
    """A course of so many lessons in three modules."""
    folder = os.path.join(TEMP, name)
    write(folder, "site.yaml", "title: Many\nlang: en\noutputs: {html: {}}\n"
          "theme: %s\n" % os.path.join(ROOT, "themes", "default"))
    write(folder, "content/index.md", "# Many\n")
    for i in range(n):
        write(folder, "content/%d-m/%02d-l.md" % (i % 3 + 1, i),
              "---\nslug: l%d\n---\n# L%d\n\n## A heading\n\nNote.[^1]\n\n"
              "> [!NOTE]\n> N%d\n\n[^1]: Of %d.\n" % (i, i, i, i))
    for i in (1, 2, 3):
        write(folder, "content/%d-m/index.md" % i,
              "---\nslug: m%d\n---\n# M%d\n" % (i, i))
    return build(folder)


def printed(site, path):
    return [a.text() for article in site.main(path).all("article")
            for a in article.all("h2")[:1]]


def doubled(page):
    ids = [n["id"] for n in page.all() if n["id"]]
    return sorted({i for i in ids if ids.count(i) > 1})


def test_print():
    site = full()
    same(printed(site, "print.html"),
         ["Basics", "Text & “typography”", "Pictures and code", "More Übung",
          "النص", "A pool"], "one page has all modules and lessons")
    page = site.page("print.html")
    none(doubled(page), "no id stands there twice")
    ok("Really nothing" not in page.text()
       and "a second paragraph" in page.text(), "notes stand with a lesson")
    same([h.tag for h in page.one("main").all()
          if h.tag == "h1"], ["h1"], "its only h1 is its title")
    none([f.tag for f in page.one("main").all("form")], "it has no quiz")
    for path in ("basics/text.html", "basics/pictures.html"):
        for img in site.main(path).all("img"):
            name = os.path.basename(img["src"])
            ok(any(os.path.basename(i["src"]) == name and site.has(
                os.path.normpath(i["src"])) for i in page.all("img")),
               "%s is printed" % name)


def test_print_many():
    site = many("sixty", 60)
    same(len(printed(site, "print.html")), 63, "60 lessons are one page")
    ok(not site.has("print-1.html"), "and only that")
    none(doubled(site.page("print.html")), "no id stands there twice")
    site = many("more", 61)
    same(hrefs(site.main("print.html"))[1:],
         ["print-1.html", "print-2.html", "print-3.html"],
         "61 lessons are a page for each module")
    numbers = [len(printed(site, "print-%d.html" % i)) for i in (1, 2, 3)]
    same(numbers, [22, 21, 21], "each with its lessons and introduction")
    ok("M2" in site.main("print-2.html").one("h1").text(),
       "and its title", site.main("print-2.html").one("h1").text())
    same(site.page("print-2.html").one("title").text(), "M2 – Many",
         "which the browser shows")


# ---- for programs

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_sitemap():
    site = full()
    root = ET.fromstring(site.text("sitemap.xml"))
    same(root.tag, MAP + "urlset", "sitemap.xml is one")
    found = {u.find(MAP + "loc").text: u.findtext(MAP + "lastmod")
             for u in root}
    none([u for u in found if not u.startswith(URL)
          or not site.has(unquote(u[len(URL):]))],
         "all of its pages exist")
    pages = {p for p in site.files if p.endswith(".html")
             and 'http-equiv="refresh"' not in site.text(p)}
    made = {"a-z.html", "tips.html", "tags.html", "print.html", "404.html",
            "objectives.html"}
    same({URL + p for p in pages - made}, {u for u in found if u[len(URL):]
                                          not in made},
         "all pages of the course are in it")
    ok(URL + "404.html" not in found, "the 404 page is not")
    same((found[URL + "basics/text.html"], found[URL + "index.html"]),
         ("2026-02-28", None), "with the days that are known")


def test_feed():
    site = full()
    root = ET.fromstring(site.text("feed.xml"))
    same(root.tag, ATOM + "feed", "feed.xml is one")
    for part in (root, *root.findall(ATOM + "entry")):
        same([len(part.findall(ATOM + x)) for x in
              ("id", "title", "updated")], [1, 1, 1],
             "%s has what it needs" % part.tag[len(ATOM):])
    same([(e.findtext(ATOM + "title"), e.findtext(ATOM + "updated"),
           e.find(ATOM + "link").get("href"), e.findtext(ATOM + "summary"))
          for e in root.findall(ATOM + "entry")],
         [("Pictures and code", "2026-03-01T00:00:00Z",
           URL + "basics/pictures.html", "Pictures and code."),
          ("Text & “typography”", "2026-02-28T00:00:00Z",
           URL + "basics/text.html", "All that may stand in a text.")],
         "pages with a date, the newest first")
    same(root.findtext(ATOM + "updated"), "2026-03-01T00:00:00Z",
         "as new as the newest")
    same([a.findtext(ATOM + "name") for a in root.findall(ATOM + "author")],
         ["Ada Lovelace", "Grace Hopper"], "by its authors")
    same([x.get("href") for x in root.findall(ATOM + "link")
          if x.get("rel") == "self"], [URL + "feed.xml"], "and says where")
    for path, to in (("index.html", "feed.xml"),
                     ("basics/text.html", "../feed.xml")):
        same([x["href"] for x in site.page(path).all(
            "link", type="application/atom+xml")], [to], path + " names it")


def test_robots():
    same(full().text("robots.txt"), "User-agent: *\nAllow: /\nSitemap: " +
         URL + "sitemap.xml\n", "robots.txt allows all, names the sitemap")
    same(full().text("CNAME"), "learn.example.org\n", "CNAME is the domain")
    ok(full().has(".nojekyll"), ".nojekyll is there")


def test_without():
    folder = copy_of("nowhere")
    edit(folder, "site.yaml", "^(url|cname|repo_url|license):.*\n", "")
    site = build(folder)
    none([p for p in ("sitemap.xml", "feed.xml", "CNAME") if site.has(p)],
         "without url no sitemap, no feed; without cname no CNAME")
    same(site.text("robots.txt"), "User-agent: *\nAllow: /\n",
         "robots.txt names no sitemap")
    page = site.page("basics/text.html")
    same([n.tag for n in page.all("link", rel="canonical") +
          page.all("link", type="application/atom+xml") +
          page.all("meta", property="og:url")], [],
         "a page names no address")
    foot = page.one("footer").text()
    ok("Edit" not in foot and "CC BY" not in foot, "nor repository or licence",
       foot)
    same(hrefs(site.main("404.html"))[-2:], ["index.html", "a-z.html"],
         "the 404 page's links are relative")
    folder = copy_of("timeless")
    for path in ("10-text.md", "20-pictures.md"):
        edit(folder, "content/10-basics/" + path, "^date:.*\n", "")
    site = build(folder)
    ok(site.has("sitemap.xml") and not site.has("feed.xml"),
       "without dates there is no feed")
    none([p for p in site.files if p.endswith(".html")
          and "atom+xml" in site.text(p)], "and no page names one")


def test_aliases():
    site = full()
    for old, to in (("old/place.html", "../basics/text.html"),
                    ("very/old/place.html", "../../basics/text.html"),
                    ("kinds.html", "more/kinds.html")):
        page = site.page(old)
        same(page.one("meta", **{"http-equiv": "refresh"})["content"],
             "0; url=" + to, old + " leads on by itself")
        same(hrefs(page.one("body")), [to], "and by a link")
        same(page.one("meta", name="robots")["content"], "noindex",
             "it is not to be found")
        ok(page.one("link", rel="canonical")["href"] in (
            to, URL + to.replace("../", "")), "and says what stands for it")


# ---- what a page says of itself


def meta(page, name):
    return [m["content"] for m in page.all("meta")
            if name in (m["property"], m["name"])]


def test_head():
    page = full().page("basics/text.html")
    same(page.one("link", rel="canonical")["href"],
         URL + "basics/text.html", "canonical address")
    same([meta(page, n) for n in ("og:title", "og:type", "og:site_name",
                                  "og:description", "og:url",
                                  "description")],
         [["Text & “typography”"], ["article"],
          ["Everything “at once” & more"],
          ["All that may stand in a text."], [URL + "basics/text.html"],
          ["All that may stand in a text."]], "what others show of a page")
    same(meta(full().page("index.html"), "og:type"), ["website"],
         "the home page is no article")
    same([page.one("link", rel=r)["href"] for r in ("prev", "next")],
         ["../basics/index.html", "../basics/text-quiz.html"],
         "previous and next for the browser")
    wrong = []
    for path in full().files:
        if not path.endswith(".html") or path == "404.html" or \
                path in ("kinds.html", "old/place.html",
                         "very/old/place.html"):
            continue
        found = [x["href"] for x in full().page(path).all(
            "link", rel="canonical")]
        if found != [URL + path]:
            wrong.append("%s: %s" % (path, found))
    none(wrong, "every page has its own canonical address")


def test_foot():
    page = full().page("basics/text.html")
    foot = page.one("footer")
    same(links(foot), [("Edit this page", "https://github.com/example/"
                        "everything/edit/HEAD/content/10-basics/10-text.md")],
         "a page can be edited")
    ok("CC BY 4.0" in foot.text() and "Ada Lovelace" in foot.text(),
       "licence and authors", foot.text())
    none(links(full().page("a-z.html").one("footer")),
         "a page without source cannot be edited")
    same(page.one("time")["datetime"], "2026-02-28", "the day it is of")
    same(page.one("time").text(), "28 February 2026", "in words")


def test_downloads():
    home = full().main("index.html")
    none([x["href"] for x in home.all("a") if "downloads/" in x["href"]],
         "no download that this build does not write")
    folder = copy_of("both")
    done = ergen("build", folder)
    site = Site(folder)
    found = [x["href"] for x in site.main("index.html").all("a")
             if "downloads/" in x["href"]]
    ok(done.returncode == 0 and len(found) == 1
       and found[0].endswith(".epub") and site.has(found[0]),
       "the book can be downloaded", found, done.stderr)


def order(site):
    """Pages from the home page on, by next."""
    path, seen = "index.html", []
    while path and path not in seen:
        seen.append(path)
        found = site.page(path).all("link", rel="next")
        path = found and os.path.normpath(os.path.join(
            os.path.dirname(path), found[0]["href"]))
    return seen


ORDER = ["index.html", "basics/index.html", "basics/text.html",
         "basics/text-quiz.html", "basics/pictures.html", "more/kinds.html",
         "more/kinds-quiz.html", "more/mock-quiz.html", "more/arabic.html",
         "more/pool.html", "more/pool-quiz.html", "glossary.html"]


def test_order():
    site = full()
    same(order(site), ORDER, "next goes through the course, across modules")
    back = []
    for path in ORDER[1:]:
        found = site.page(path).one("link", rel="prev")["href"]
        back.append(os.path.normpath(os.path.join(os.path.dirname(path),
                                                  found)))
    same(back, ORDER[:-1], "previous goes back the same way")
    pager = site.main("basics/pictures.html").one("nav", "pager")
    same(hrefs(pager), ["../basics/text-quiz.html", "../more/kinds.html"],
         "both stand below the text")


def test_place():
    site = full()
    wrong = []
    for path in site.files:
        if not path.endswith(".html") or path == "index.html" or \
                'http-equiv="refresh"' in site.text(path):
            continue
        page = site.page(path)
        crumbs = page.all("nav", "crumbs")
        if len(crumbs) != 1 or not links(crumbs[0]) or \
                not hrefs(crumbs[0])[0].endswith("index.html"):
            wrong.append("%s: no way home" % path)
        here = [n for n in page.all("a") if n["aria-current"]]
        wanted = 0 if path == "404.html" else 1
        if len(here) != wanted or any(
                os.path.normpath(os.path.join(os.path.dirname(path), unquote(
                    n["href"]))) != path or n["aria-current"] != "page"
                for n in here):
            wrong.append("%s: marked %s" % (path, [n["href"] for n in here]))
        for n in here:
            shut = [d for d in n.above() if d.tag == "details"
                    and "open" not in d.attrs
                    and "menu" not in (d["class"] or "")]
            if shut:
                wrong.append("%s: the marked one is folded away" % path)
        menu = page.one("details", "menu")
        if "open" in menu.attrs:
            wrong.append("%s: the menu is open" % path)
    none(wrong, "way home, one place marked, menu closed on every page")
    same(links(site.page("basics/text.html").one("nav", "crumbs")),
         [("Everything", "../index.html"), ("Basics", "../basics/index.html")],
         "a lesson's way home")
    same(hrefs(site.page("basics/text.html").one("nav", "toc")),
         ["#virtual-network-and-sas", "#raw-html", "#tables", "#formulas",
          "#äpfel-und-öl", "#az-network", "#2-networks"],
         "contents of the page, two levels")


def test_headings():
    main = full().main("basics/text.html")
    wrong = [h["id"] for h in main.all()
             if re.fullmatch("h[2-6]", h.tag) and h["id"] != "Notes"
             and hrefs(h) != ["#" + str(h["id"])]]
    none(wrong, "a heading links to itself")
    same([h.tag for h in main.all() if re.fullmatch("h[1-6]", h.tag)],
         ["h1", "h2", "h3", "h4", "h5", "h6", "h2", "h2", "h2", "h2", "h2",
          "h2"], "levels are kept")


# ---- in the text


def test_tables():
    tables = full().main("basics/text.html").all("table")
    caption = tables[1].one("caption")
    same((caption.text(), caption.one("em").text(),
          caption.one("code").text()),
         ("Gateways and their sizes", "their", "sizes"), "a table's caption")
    same([(t["scope"], t["class"]) for t in tables[1].all("th")],
         [("col", "al"), ("col", "ac"), ("col", "ar")], "heads of columns")
    same(len(tables[2].all("th")), 0, "no empty head")
    ok(all(t.parent["tabindex"] == "0" for t in tables[1:]),
       "wide tables can be scrolled by key")


def test_images():
    images = full().main("basics/pictures.html").all("img")
    same([(os.path.basename(i["src"]), i["alt"], i["width"], i["height"],
           i["loading"]) for i in images],
         [("square.svg", "A square", "48", "48", None),
          ("ring.png", "ring", "60", "40", "lazy"),
          ("ring.png", "The ring again", "60", "40", "lazy")],
         "sizes of the files, lazy from the second on")
    wrong = ["%s: %s" % (p, i["src"]) for p in full().files
             if p.endswith(".html") for i in full().page(p).all("img")
             if not (i["width"] and i["height"])]
    none(wrong, "every image on every page has its size")


def test_code():
    main = full().main("basics/pictures.html")
    figure = main.one("figure", "code")
    same(figure.one("figcaption").text(), "deploy.sh", "title of a listing")
    code = figure.one("code")
    same(code["class"], "language-bash", "and its language")
    same([x.text().split()[0] + " " + x.text().split()[1]
          for x in code.all("span", "hll")],
         ["az group", "az network", "exit 0"], "marked lines")
    ok(code.all("span", "c1") and code.all("span", "s2"), "in colours")
    same([len(c.all("span")) for c in main.all("code")
          if c["class"] in (None, "language-text")], [0, 0],
         "none without a language")
    ok(any(x["href"].endswith("code.css") for x in full().page(
        "basics/pictures.html").all("link")), "with the style sheet for it")
    none([x["href"] for x in full().page("more/kinds.html").all("link")
          if x["href"].endswith("code.css")], "only where there is code")


def test_math():
    if not shutil.which("blahtexml"):
        skip("formulas are MathML", "there is no blahtexml")
        return
    found = full().main("basics/text.html").all("math")
    same([m["display"] for m in found], [None, "block", "block"],
         "formulas are MathML, in the line and displayed")
    same([(m.parent["class"], m.parent["tabindex"]) for m in found[1:]],
         [("scroll", "0")] * 2, "displayed ones can be scrolled by key")
    ok(found[0].all("msup") and found[2].all("msqrt"), "what they say")


def test_blocks():
    figure = full().main("basics/pictures.html").one("figure", "drawn")
    same((figure.one("svg")["aria-label"], len(figure.all("rect"))),
         ("hub to spoke", 2), "a program draws a block")
    same(figure.one("details").one("code").text(), "hub spoke",
         "its source can be unfolded")
    folder = copy_of("no-exec")
    site = build(folder, "--no-exec")
    main = site.main("basics/pictures.html")
    ok(not main.all("svg") and any(
        c.text() == "hub spoke" for c in main.all("code")),
       "with --no-exec it is code")


def test_unknown_language():
    folder = copy_of("unknown")
    write(folder, "content/20-more/90-x.md", "# X\n\n```klingon\nQapla\n```\n")
    done = ergen("build", folder, "--only", "html")
    ok(done.returncode == 0 and re.search(
        r"^content/20-more/90-x\.md:3:\d+: warning: .*klingon.*"
        r"\[code-language\]$", done.stderr, re.M),
       "an unknown language is a warning with its place", done.stderr)


def test_not_found():
    page = full().page("404.html")
    wrong = [a["href"] for a in page.all("a") + page.all("link")
             if not re.match(r"(/project/|#|https:)", a["href"])]
    wrong += [i["src"] for i in page.all("img")
              if not i["src"].startswith("/project/")]
    none(wrong, "the 404 page works at any address of the site")
    same(hrefs(full().main("404.html"))[-2:],
         ["/project/index.html", "/project/a-z.html"],
         "it leads to home page and index")
    none([x.tag for x in page.all("link", rel="canonical")],
         "it has no address of its own")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="ergen-e2e-") as TEMP:
        TEMP = os.path.realpath(TEMP)
        run([test_glossary, test_terms, test_other_languages, test_index,
             test_links, test_tags, test_tips, test_objectives, test_print,
             test_print_many, test_sitemap, test_feed, test_robots,
             test_without, test_aliases, test_head, test_foot,
             test_downloads, test_order, test_place, test_headings,
             test_tables, test_images, test_code, test_math, test_blocks,
             test_unknown_language, test_not_found])
