#!/usr/bin/env python3
"""Makes a course to measure with: the same text three times over.

    course.py FOLDER [--lessons N]

    FOLDER/ergen/       a course: lessons of some 700 words, each with a quiz
                        of eight questions, in modules of 20
    FOLDER/hugo/        the same lessons and quizzes as pages of a Hugo site,
                        with a theme whose pages have the parts that ours have
    FOLDER/stream.md    the text of all of it in one stream

The text is made of a small vocabulary by a generator of our own, so it is the
same with any version of Python. It has the shape of a course, not its sense.
"""

import argparse
import os
import shutil

PER_MODULE = 20
QUESTIONS = 8

NOUNS = """address gateway subnet route circuit tunnel peering region zone
    prefix packet session policy rule listener probe backend pool frontend
    certificate record resolver firewall appliance interface endpoint service
    provider network table hub spoke site link port protocol health metric
    throughput latency bandwidth failover partner identity secret tenant
    subscription group template deployment portal operator connection range
    workload machine container cluster balancer client request response
    header cookie cache origin domain zone-transfer delegation""".split()
ADJECTIVES = """private public default regional zonal global standard premium
    active passive redundant encrypted static dynamic internal external shared
    dedicated virtual physical custom effective inherited stateless stateful
    symmetric healthy unreachable overlapping smaller larger""".split()
VERBS = """carries forwards drops accepts advertises learns needs replaces
    protects extends limits inspects reaches terminates resolves translates
    balances monitors restricts inherits overrides exposes encrypts requires
    precedes follows contains shares""".split()
LINKS = """because although while unless whenever before after if""".split()
CODES = """GatewaySubnet 10.0.0.0/16 0.0.0.0/0 az_network Standard_v2
    AllowVnetInBound 168.63.129.16 VirtualAppliance ASN_65515 443/tcp
    snet-app-01 rg-network vnet-hub BasicLB /26 <next-hop>""".split()
ALERTS = [("TIP", "Exam tip"), ("WARNING", "Exam trap"), ("NOTE", None),
          ("IMPORTANT", "Remember"), ("CAUTION", None)]


class Dice:
    """Numbers that look random and are the same everywhere (xorshift64*)."""

    def __init__(self, seed):
        self.x = (seed * 2654435761 + 88172645463325252) % 2**64 or 1

    def below(self, n):
        x = self.x
        x ^= x >> 12
        x ^= x << 25 & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 27
        self.x = x
        return (x * 2685821657736338717 >> 32) % 2**32 % n

    def of(self, things):
        return things[self.below(len(things))]


def thing(d):
    return d.of(ADJECTIVES) + " " + d.of(NOUNS)


def phrase(d):
    return "%s %s a %s" % (thing(d), d.of(VERBS), thing(d))


def marked(d, text):
    """Every other sentence has some markup, as in text that people write."""
    kind = d.below(8)
    if kind == 0:
        return "**" + text + "**"
    if kind == 1:
        return "*" + text + "*"
    if kind == 2:
        return "`" + d.of(CODES) + "`"
    return text


def sentence(d):
    parts = ["the", marked(d, thing(d)), d.of(VERBS), "the",
             marked(d, thing(d))]
    for _ in range(d.below(5) // 3):
        parts[-1] += d.of([",", ",", ";", " &", " –"])
        parts += [d.of(LINKS), "a", thing(d), d.of(VERBS), "one",
                  marked(d, thing(d))]
    text = " ".join(parts)
    return text[0].upper() + text[1:] + d.of(".....?!:")


def lines(d, n):
    """A paragraph of n sentences, two to a source line."""
    all_of_them = [sentence(d) for _ in range(n)]
    pairs = [" ".join(all_of_them[i:i + 2]) for i in range(0, n, 2)]
    return "\n".join(pairs)


def paragraph(d, n):
    return lines(d, n) + "\n\n"


def bullets(d, n, mark="-"):
    items = []
    for i in range(n):
        head = mark if mark == "-" else "%d." % (i + 1)
        items.append("%s **%s**: %s" % (head, d.of(NOUNS), sentence(d)))
    return "\n".join(items) + "\n\n"


def table(d, rows):
    out = ["| Property | %s | %s | Limit |" % (thing(d), thing(d)),
           "| --- | --- | :-: | ---: |"]
    for _ in range(rows):
        out.append("| %s | %s | `%s` | %d |" % (
            thing(d), phrase(d), d.of(CODES), d.below(5000)))
    return "\n".join(out) + "\n\n"


def code(d):
    out = ["```bash", "# %s" % phrase(d)]
    for _ in range(5):
        out.append("az network %s create -g rg-%s --name %s-%02d \\" % (
            d.of(NOUNS), d.of(NOUNS), d.of(NOUNS), d.below(100)))
        out.append("  --sku Standard --address-prefix 10.%d.0.0/24 # \"%s\"" % (
            d.below(256), thing(d)))
    return "\n".join(out + ["```"]) + "\n\n"


def callout(d):
    marker, title = d.of(ALERTS)
    text = lines(d, 2)
    if title:
        text = "**%s** %s" % (title, text)
    return "> [!%s]\n> %s\n\n" % (marker, text.replace("\n", "\n> "))


def title_of(no):
    d = Dice(no + 1000003)
    text = thing(d) + " and " + thing(d)
    return "%s %d" % (text[0].upper() + text[1:], no + 1)


class Lesson:
    """Where a lesson is, in both courses."""

    def __init__(self, no):
        self.no = no
        self.module = no // PER_MODULE
        self.title = title_of(no)
        self.folder = "m%02d" % (self.module + 1)
        self.name = "l%04d" % (no + 1)

    def link(self, here, suffix):
        return ("" if here.folder == self.folder
                else "../%s/" % self.folder) + self.name + suffix


def heading(d, level):
    text = thing(d)
    return "%s %s %s\n\n" % (
        "#" * level, text[0].upper() + text[1:], d.of(NOUNS))


def lesson_text(lesson, lessons, suffix):
    """The body below the title; suffix is what a link to a lesson ends in."""
    d = Dice(lesson.no)
    out = [paragraph(d, 4)]
    for part in range(4):
        out.append(heading(d, 2))
        out.append(paragraph(d, 5))
        if part == 0:
            out.append(bullets(d, 4))
            out.append(heading(d, 3))
        if part == 1:
            out.append(table(d, 5))
            out.append(callout(d))
        if part == 2:
            out.append(code(d))
            out.append(bullets(d, 3, "1"))
            out.append(heading(d, 3))
        out.append(paragraph(d, 3))
        other = lessons[d.below(len(lessons))]
        near = lessons[min(lesson.no + 1, len(lessons) - 1)]
        out.append("More is in [%s](%s), and [then](%s).\n\n" % (
            other.title, other.link(lesson, suffix),
            near.link(lesson, suffix)))
    out.append(callout(d))
    if lesson.no % 20 == 7:
        out.append("~~%s~~ %s\n\n" % (thing(d), sentence(d)))
    return "".join(out)


def question_text(d, no, lesson, suffix, ids):
    n_right = 1 + (no % 4 == 3)
    out = ["## %d. %s\n" % (no + 1, thing(d))]
    if ids:
        out.append("<!-- q: q%d; difficulty=%d -->\n" % (no + 1, no % 3 + 1))
    out.append("\n" + paragraph(d, 3))
    if no == 4:
        out.append("```text\n%s\n%s\n```\n\n" % (phrase(d), phrase(d)))
    out.append("> [!TIP]\n> %s\n\n" % sentence(d))
    first = d.below(3)
    for i in range(4):
        right = first <= i < first + n_right
        out.append("- [%s] %s\n  > %s\n" % (
            "x" if right else " ", phrase(d), sentence(d)))
    out.append("\n%s\nSee [the lesson](%s).\n\n" % (
        lines(d, 2), lesson.link(lesson, suffix)))
    return "".join(out)


def quiz_text(lesson, suffix, ids):
    d = Dice(lesson.no + 500009)
    return paragraph(d, 1) + "".join(
        question_text(d, i, lesson, suffix, ids) for i in range(QUESTIONS))


def front(title, summary=None, more=""):
    out = "---\ntitle: %s\n" % title
    if summary:
        out += "summary: %s.\n" % summary
    return out + more + "---\n"


def summary_of(lesson):
    return phrase(Dice(lesson.no + 700001))


def module_text(module):
    return paragraph(Dice(module + 900001), 6)


def write(*path_and_text):
    path = os.path.join(*path_and_text[:-1])
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(path_and_text[-1])


SITE = """\
id: bench
title: A generated course
subtitle: To be measured, not to be read
authors: [Nobody]
lang: en
theme: %s
quiz: {pass: 70, shuffle: options, mode: practice}
callouts: {Exam tip: tip, Exam trap: trap}
outputs:
  html: {}
  epub: {%s}
  anki: {}
"""

COVER = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 960">
<path fill="#246" d="M0 0H600V960H0z"/>
</svg>
"""


def make_ergen(folder, lessons, has_cover=True):
    """A book without a cover of its own gets one that is drawn."""
    theme = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                         "..", "..", "themes", "default")
    write(folder, "site.yaml", SITE % (
        os.path.relpath(theme, folder),
        "cover: cover.svg" if has_cover else ""))
    write(folder, "cover.svg", COVER)
    write(folder, "content", "index.md",
          front("A generated course") + "\n" + module_text(0))
    for lesson in lessons:
        at = os.path.join(folder, "content", lesson.folder)
        if lesson.no % PER_MODULE == 0:
            write(at, "index.md", front("Module %d" % (lesson.module + 1)) +
                  "\n" + module_text(lesson.module))
        write(at, lesson.name + ".md",
              front(lesson.title, summary_of(lesson)) +
              "\n" + lesson_text(lesson, lessons, ".md"))
        write(at, lesson.name + ".quiz.md",
              front("Quiz " + lesson.title, None,
                    "quiz-id: %s\n" % lesson.name) +
              "\n" + quiz_text(lesson, ".md", True))


# ---- Hugo: what it need not do is switched off

HUGO = """\
baseURL = "https://example.org/"
title = "A generated course"
locale = "en"
uglyURLs = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
[markup.highlight]
codeFences = false
"""

BASE = """\
<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ .Site.Title }}</title>
{{ with .Params.summary }}<meta name="description" content="{{ . }}">
{{ end -}}
<link rel="stylesheet" href="{{ "site.css" | relURL }}">
</head>
<body>
<header class="top"><a class="brand" href="{{ "index.html" | relURL }}">{{ .Site.Title }}</a></header>
<div class="cols">
{{ partial "nav.html" . }}
<main>{{ block "main" . }}{{ end }}</main>
</div>
<footer class="foot"><p>{{ .Site.Title }}</p></footer>
</body>
</html>
"""

# The modules, and below the current one its pages.
NAV = """\
{{ $here := . -}}
<nav class="side" aria-label="Lessons"><ol class="tree">
{{ range .Site.Sections.ByWeight -}}
{{ if eq . $here.CurrentSection -}}
<li><details open><summary>{{ .Title }}</summary><ol>
<li class="intro"><a href="{{ .RelPermalink }}"{{ if eq . $here }} aria-current="page"{{ end }}>{{ .Title }}</a></li>
{{ range .Pages.ByWeight -}}
<li><a href="{{ .RelPermalink }}"{{ if eq . $here }} aria-current="page"{{ end }}>{{ .Title }}</a></li>
{{ end -}}
</ol></details></li>
{{ else -}}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end -}}
{{ end -}}
</ol></nav>
"""

SINGLE = """\
{{ define "main" -}}
<header class="head">
<nav class="crumbs" aria-label="Breadcrumb"><ol>
{{ range .Ancestors.Reverse -}}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end -}}
</ol></nav>
<h1>{{ .Title }}</h1>
{{ with .Params.summary }}<p class="lede">{{ . }}</p>
{{ end -}}
</header>
<nav class="toc" aria-label="On this page">{{ .TableOfContents }}</nav>
<div class="text">
{{ .Content }}
<nav class="pager" aria-label="Pages">
{{ with .NextInSection }}<a class="card" rel="prev" href="{{ .RelPermalink }}"><span>Previous</span> {{ .Title }}</a>
{{ end -}}
{{ with .PrevInSection }}<a class="card" rel="next" href="{{ .RelPermalink }}"><span>Next</span> {{ .Title }}</a>
{{ end -}}
</nav>
</div>
{{- end }}
"""

LIST = """\
{{ define "main" -}}
<h1>{{ .Title }}</h1>
<div class="text">
{{ .Content }}
<ol class="map">
{{ range .Pages.ByWeight -}}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ with .Params.summary }}<p>{{ . }}</p>{{ end }}</li>
{{ end -}}
</ol>
</div>
{{- end }}
"""


def make_hugo(folder, lessons):
    write(folder, "hugo.toml", HUGO)
    write(folder, "layouts", "_default", "baseof.html", BASE)
    write(folder, "layouts", "partials", "nav.html", NAV)
    write(folder, "layouts", "_default", "single.html", SINGLE)
    write(folder, "layouts", "_default", "list.html", LIST)
    write(folder, "static", "site.css", "body{max-width:60em}\n")
    write(folder, "content", "_index.md",
          front("A generated course") + "\n" + module_text(0))
    for lesson in lessons:
        at = os.path.join(folder, "content", lesson.folder)
        weight = 2 * (lesson.no % PER_MODULE) + 1
        if lesson.no % PER_MODULE == 0:
            write(at, "_index.md",
                  front("Module %d" % (lesson.module + 1), None,
                        "weight: %d\n" % (lesson.module + 1)) +
                  "\n" + module_text(lesson.module))
        write(at, lesson.name + ".md",
              front(lesson.title, summary_of(lesson),
                    "weight: %d\n" % weight) +
              "\n" + lesson_text(lesson, lessons, ".html"))
        # Comments would be raw HTML, for which Hugo has a warning.
        write(at, lesson.name + "-quiz.md",
              front("Quiz " + lesson.title, None,
                    "weight: %d\n" % (weight + 1)) +
              "\n" + quiz_text(lesson, ".html", False))


def make_stream(path, lessons):
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("# A generated course\n\n" + module_text(0))
        for lesson in lessons:
            if lesson.no % PER_MODULE == 0:
                f.write("# Module %d\n\n" % (lesson.module + 1) +
                        module_text(lesson.module))
            f.write("# %s\n\n" % lesson.title +
                    lesson_text(lesson, lessons, ".md"))
            f.write("# Quiz %s\n\n" % lesson.title +
                    quiz_text(lesson, ".md", True))


def make(folder, n_lessons):
    """All three, unless they are there from this very script."""
    stamp = os.path.join(folder, "made-by")
    with open(os.path.abspath(__file__), encoding="utf-8") as f:
        want = "%d lessons\n" % n_lessons + f.read()
    try:
        with open(stamp, encoding="utf-8") as f:
            if f.read() == want:
                return
    except OSError:
        pass
    shutil.rmtree(folder, ignore_errors=True)
    lessons = [Lesson(i) for i in range(n_lessons)]
    make_ergen(os.path.join(folder, "ergen"), lessons)
    make_hugo(os.path.join(folder, "hugo"), lessons)
    make_stream(os.path.join(folder, "stream.md"), lessons)
    write(stamp, want)


def main():
    p = argparse.ArgumentParser(description="make a course to measure with")
    p.add_argument("folder")
    p.add_argument("--lessons", type=int, default=1000)
    a = p.parse_args()
    make(a.folder, a.lessons)


if __name__ == "__main__":
    main()
