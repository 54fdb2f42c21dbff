#!/usr/bin/env python3
"""What is written for learning platforms, read back and held against the
course as JSON has it: each question asks the same, and the same is right.

GIFT is read by gift-pegjs, whose grammar is not ours."""

import base64
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from fractions import Fraction
from html.parser import HTMLParser

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import BUILD, ROOT, ergen, none, ok, run, skip  # noqa: E402

COURSES = [os.path.join(ROOT, "tests", "e2e", "kinds"),
           os.path.join(ROOT, "tests", "golden", "lms", "course"),
           os.path.join(ROOT, "tests", "golden", "lms_hostile", "course")]
FORMATS = ["gift", "moodle-xml", "qti12"]


class Text(HTMLParser):
    """What a reader sees, an image as its text."""

    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)

    def handle_starttag(self, tag, attrs):
        self.parts.append(dict(attrs).get("alt") or "" if tag == "img"
                          else " " if tag in ("p", "pre", "li", "br") else "")


def words(markup):
    """A text without spaces, which markup may change."""
    reader = Text()
    reader.feed(markup or "")
    reader.close()
    return re.sub(r"\s+", "", "".join(reader.parts))


def letters(markup):
    """What is left of a text if formulas may be TeX or MathML."""
    return re.sub(r"[\W_]+", "", words(markup))


def build(course, folder):
    """The course in all formats; where they are."""
    shutil.copytree(course, os.path.join(folder, "course"))
    maker = os.path.join(os.path.dirname(course), "make.py")
    if os.path.exists(maker):
        subprocess.run([sys.executable, maker], check=True,
                       cwd=os.path.join(folder, "course"))
    site = os.path.join(folder, "course", "site.yaml")
    with open(site) as f:
        lines = [s for s in f if not s.startswith(("outputs:", "theme:"))]
    lines.append("outputs: {json: {}, %s}\n"
                 % ", ".join("%s: {}" % f for f in FORMATS))
    with open(site, "w") as f:
        f.writelines(lines)
    out = os.path.join(folder, "out")
    done = ergen("build", os.path.join(folder, "course"), "--out", out)
    return out if ok(done.returncode == 0, "%s is built"
                     % os.path.relpath(course, ROOT), done.stderr) else None


def product(out, suffix):
    """The bytes of the one file with this ending."""
    names = [n for n in os.listdir(out) if n.endswith(suffix)]
    assert len(names) == 1, names
    with open(os.path.join(out, names[0]), "rb") as f:
        return f.read()


# ---- what is to be found: of each question the same in every format

def read_json(out):
    """Questions by id."""
    book = json.loads(product(out, ".json"))
    found = {}
    for page in book["pages"]:
        for quiz in page["quizzes"]:
            for part in quiz["parts"]:
                if "question" in part:
                    found[part["question"]["id"]] = part["question"]
    assert found
    return found


def has_none(q):
    return q["allows_none"] and not any(o["correct"] for o in q["options"])


def wanted_choices(q):
    """Texts and whether they are right, as they are shown."""
    all = [(words(q["options"][i]["content"]["html"]),
            q["options"][i]["correct"]) for i in q["shown"]]
    if q["allows_none"] or len(all) == 1:
        all.append(("Noneofthese", has_none(q)))
    return all


def wanted_pairs(q):
    """Left and right sides, sorted; a left one may be empty."""
    kind, pairs = q["kind"], []
    if kind == "match":
        # A picture without a text, which not every format can show.
        pairs = [((words(p["left"]["html"]) or "?") if p["left"] else "",
                  p["right"]["text"] or "?") for p in q["pairs"]]
    elif kind == "matrix":
        columns = [c["text"] for c in q["columns"]]
        pairs = [(words(s["content"]["html"]), columns[s["column"]])
                 for s in q["statements"]]
        used = {right for _, right in pairs}
        pairs += [("", c) for c in columns if c not in used]
    elif kind == "order":
        for i, item in enumerate(q["items"]):
            same = [str(k + 1) for k, s in enumerate(q["same"])
                    if s == q["same"][i]]
            pairs.append((words(item["html"]), ", ".join(same)))
    elif kind == "cloze":
        pairs = [("(%d)" % (i + 1), b[0]["text"])
                 for i, b in enumerate(q["blanks"])]
    return sorted((left, " ".join(right.split())) for left, right in pairs)


def wanted_typed(q):
    texts = q["accepted"] if q["kind"] == "text" else q["blanks"][0]
    return [re.sub("[\x00-\x1f]", "", a["text"]) for a in texts]


def wanted_interval(q):
    return (Fraction(q["quantity"]["from"]), Fraction(q["quantity"]["to"]))


def by_known_id(questions, found):
    """What was found, by the ids of the course. Moodle stores 100 letters."""
    known = {i if len(i) <= 100 else i[:83]: i for i in questions}
    assert all(len(i) <= 100 for i in found)
    return {known.get(i, known.get(i[:83], i)): f for i, f in found.items()}


def complaints_weights(q, weights, rights):
    """Of "choose all that apply": Moodle wants 100 per cent in all."""
    allowed = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333,
               30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}
    found = ["%s: weight %s is none of Moodle's" % (q["id"], w)
             for w in weights if abs(w) not in allowed]
    total = sum(w for w in weights if w > 0)
    if abs(total - 100) > 0.001:
        found.append("%s: the weights sum up to %s" % (q["id"], total))
    # Of more than 20 that are right some count nothing.
    if [w >= 0 for w in weights] != rights:
        found.append("%s: weights %s of %s" % (q["id"], weights, rights))
    return found


def one_line(title):
    return re.sub(r"[\x00-\x20]+", " ", title)


def wanted_tags(q):
    return q["tags"] + (
        ["difficulty::%d" % q["difficulty"]] if q["difficulty"] else [])


def wanted_feedback(q):
    """Of the options as they are shown."""
    return [words((q["options"][i]["feedback"] or {"html": ""})["html"])
            for i in q["shown"]]


def wanted_wrong(q):
    """Known wrong answers and what is said to them."""
    return [(t["text"], words(w["feedback"]["html"]))
            for w in q["wrong"] for t in w["texts"]]


def compare(q, what, want, got):
    return [] if want == got else ["%s: %s: wanted %s, found %s"
                                   % (q["id"], what, want, got)]


# ---- GIFT

def parse_gift(text):
    """A list as gift-pegjs gives it, or None if that is not here."""
    folder = os.path.join(BUILD, "node", "node_modules", "gift-pegjs")
    if not (shutil.which("node") and os.path.isdir(folder)):
        return None
    done = subprocess.run(
        ["node", "-e", """
const { parse } = require(process.argv[1]);
const text = require('fs').readFileSync(0, 'utf8');
process.stdout.write(JSON.stringify(parse(text)));""", folder],
        input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode("utf-8", "replace")[-2000:])
    return json.loads(done.stdout)


GIFT_TYPES = {"one": "MC", "many": "MC", "truth": "TF", "text": "Short",
              "number": "Numerical", "order": "Matching", "match": "Matching",
              "matrix": "Matching"}


def unstar(pattern):
    return pattern.replace("-*>", "->").replace("\\*", "*")


def unmark(text):
    """gift-pegjs leaves its marks for escapes in what is chosen."""
    return re.sub(r"&&0*([0-9]+);?", lambda m: chr(int(m[1])), text)


def gift_interval(answer):
    n = answer["text"]
    if n["type"] == "high-low":
        return n["numberLow"], n["numberHigh"]
    by = n.get("range", 0)
    return n["number"] - by, n["number"] + by


def wanted_gift_tags(q):
    """Moodle takes no such letters in them; gift-pegjs knows no escapes."""
    return [re.sub("[<>`]", "-", t) for t in wanted_tags(q) if "]" not in t]


def complaints_gift(q, g):
    kind = q["kind"]
    type = GIFT_TYPES.get(kind) or (
        "Matching" if len(q["blanks"]) > 1 else "Short")
    found = compare(q, "type", type, g["type"])
    found += compare(q, "name", one_line(q["title"]["text"]), g["title"])
    found += compare(q, "tags", wanted_gift_tags(q), [
        t for t in g["tags"] or [] if not t.endswith("\\")])
    stem = words((q["stem"] or q["title"])["html"])
    if kind != "cloze" and not words(g["stem"]["text"]).startswith(stem):
        found += compare(q, "stem", stem, words(g["stem"]["text"]))
    for hint in q["hints"]:
        if words(hint["html"]) not in words(g["stem"]["text"]):
            found.append("%s: no hint" % q["id"])
    if q["explanation"] and letters(q["explanation"]["html"]) not in letters(
            (g["globalFeedback"] or {"text": ""})["text"]):
        found.append("%s: no explanation" % q["id"])
    if found:
        return found
    if type == "TF":
        right = next(o for o in q["options"] if o["correct"])
        found += compare(q, "truth", right["content"]["text"] == "True",
                         g["isTrue"])
    elif type == "Matching":
        pairs = sorted((words(p["subquestion"]["text"]),
                        html.unescape(unmark(p["subanswer"])))
                       for p in g["matchPairs"])
        found += compare(q, "pairs", wanted_pairs(q), pairs)
    elif type == "Short":
        right = [unstar(c["text"]["text"]) for c in g["choices"]
                 if c["weight"] != 0]
        wrong = [(unstar(c["text"]["text"]), words(c["feedback"]["text"]))
                 for c in g["choices"] if c["weight"] == 0]
        found += compare(q, "answers", wanted_typed(q), right)
        found += compare(q, "wrong answers", wanted_wrong(q), wrong)
    elif type == "Numerical":
        low, high = gift_interval(g["choices"][0])
        for want, got in zip(wanted_interval(q), (low, high)):
            if abs(float(want) - got) > 1e-9 * max(1, abs(got)):
                found.append("%s: %s is not %s" % (q["id"], got, want))
    else:
        want = wanted_choices(q)
        found += compare(q, "options", [t for t, _ in want],
                         [words(c["text"]["text"]) for c in g["choices"]])
        rights = [r for _, r in want]
        if kind == "one":
            found += compare(q, "right", rights,
                             [c["isCorrect"] for c in g["choices"]])
        else:
            found += complaints_weights(
                q, [c["weight"] for c in g["choices"]], rights)
        found += compare(q, "feedback", wanted_feedback(q), [
            words((c["feedback"] or {"text": ""})["text"])
            for c in g["choices"][:len(q["shown"])]])
    return found


def check_gift(out, questions):
    read = parse_gift(product(out, ".gift.txt"))
    if read is None:
        skip("GIFT is read back", "there is no gift-pegjs below build/node")
        return
    by_id = by_known_id(questions,
                        {g["id"]: g for g in read if g.get("id")})
    none(["%s is missing" % i for i in questions if i not in by_id]
         + ["%s is too much" % i for i in by_id if i not in questions],
         "GIFT: all questions, and no others")
    none([c for i, q in questions.items() if i in by_id
          for c in complaints_gift(q, by_id[i])],
         "GIFT: asks the same, and the same is right")


# ---- Moodle XML: read as Moodle's question/format/xml/format.php does

MOODLE_TYPES = {"one": "multichoice", "many": "multichoice",
                "truth": "truefalse", "text": "shortanswer",
                "number": "numerical", "order": "ordering",
                "match": "matching", "matrix": "matching", "cloze": "cloze"}
# What ends a spelling stands in it as a reference only.
BLANK = re.compile(r"\{([0-9]*):(SHORTANSWER_C|SHORTANSWER):(.*?)\}", re.S)


def field(question, name):
    """The text of <name><text>."""
    return question.findtext(name + "/text") or ""


def complaints_files(q, question):
    """Each text brings the files that it shows, and no others."""
    found = []
    for parent in question.iter():
        text = parent.find("text")
        if text is None:
            continue
        shown = re.findall(r'@@PLUGINFILE@@/([^"]+)"', text.text or "")
        files = {f.get("name"): f.text for f in parent.findall("file")}
        if set(shown) != set(files):
            found.append("%s: shows %s, has %s" % (q, shown, list(files)))
        for name, data in files.items():
            if not base64.b64decode(data, validate=True):
                found.append("%s: %s is empty" % (q, name))
    return found


def moodle_blanks(text):
    """Of each blank what may be typed; a # that is no reference begins
    feedback."""
    blanks = []
    for match in BLANK.finditer(text):
        parts = [re.split(r"(?<!&)#", p)[0] for p in match[3].split("~")]
        assert all(p.startswith("=") for p in parts), match[0]
        blanks.append([html.unescape(p[1:]).replace("\\*", "*")
                       for p in parts])
    return blanks


def moodle_answers(m):
    """Fraction, text, feedback."""
    return [(float(a.get("fraction")), a.findtext("text") or "",
             words(field(a, "feedback"))) for a in m.findall("answer")]


def complaints_moodle(q, m):
    kind, type = q["kind"], m.get("type")
    twins = kind == "order" and sorted(q["same"]) != list(range(
        len(q["same"])))
    found = compare(q, "type", "matching" if twins else MOODLE_TYPES[kind],
                    type)
    found += compare(q, "name", one_line(q["title"]["text"]),
                     field(m, "name"))
    found += compare(q, "tags", wanted_tags(q),
                     [t.text for t in m.findall("tags/tag/text")])
    found += compare(q, "hints", [words(h["html"]) for h in q["hints"]],
                     [words(h.findtext("text")) for h in m.findall("hint")])
    if kind != "cloze":
        found += compare(q, "points", str(q["worth"]),
                         m.findtext("defaultgrade"))
    stem = words((q["stem"] or q["title"])["html"])
    asked = words(field(m, "questiontext"))
    if kind != "cloze" and not asked.startswith(stem):
        found += compare(q, "stem", stem, asked)
    if q["explanation"] and letters(q["explanation"]["html"]) not in letters(
            field(m, "generalfeedback")):
        found.append("%s: no explanation" % q["id"])
    found += complaints_files(q["id"], m)
    if found:
        return found
    answers = moodle_answers(m)
    if type == "truefalse":
        right = next(o for o in q["options"] if o["correct"])
        found += compare(q, "truth", right["content"]["text"].lower(),
                         next(t for f, t, _ in answers if f == 100))
    elif type == "matching":
        pairs = sorted((words(s.findtext("text"))
                        or "?" * bool(s.findtext("text")),
                        html.unescape(field(s, "answer")))
                       for s in m.findall("subquestion"))
        found += compare(q, "pairs", wanted_pairs(q), pairs)
    elif type == "ordering":
        items = [words(t) for _, t, _ in sorted(answers)]
        found += compare(q, "items", [words(i["html"]) for i in q["items"]],
                         items)
    elif type == "shortanswer":
        found += compare(q, "answers", wanted_typed(q), [
            t.replace("\\*", "*") for f, t, _ in answers if f == 100])
        found += compare(q, "wrong answers", wanted_wrong(q), [
            (t.replace("\\*", "*"), w) for f, t, w in answers if f == 0])
        found += compare(q, "case", all(a["exact"] for a in q["accepted"]),
                         m.findtext("usecase") == "1")
    elif type == "numerical":
        value = Fraction(answers[0][1])
        by = Fraction(m.find("answer").findtext("tolerance"))
        found += compare(q, "interval", wanted_interval(q),
                         (value - by, value + by))
    elif type == "cloze":
        found += compare(q, "blanks", [[a["text"] for a in b]
                                       for b in q["blanks"]],
                         moodle_blanks(field(m, "questiontext")))
    else:
        want = wanted_choices(q)
        found += compare(q, "options", [t for t, _ in want],
                         [words(t) for _, t, _ in answers])
        rights = [r for _, r in want]
        weights = [f for f, _, _ in answers]
        if kind == "one":
            found += compare(q, "right", [100 * r for r in rights], weights)
        else:
            found += complaints_weights(q, weights, rights)
        found += compare(q, "single", kind == "one",
                         m.findtext("single") == "true")
        found += compare(q, "feedback", wanted_feedback(q),
                         [w for _, _, w in answers][:len(q["shown"])])
    return found


def check_moodle(out, questions):
    text = product(out, ".moodle.xml").decode("utf-8")
    # Moodle reads by PHP's xml_parse_into_struct(), which leaves out white
    # space that stands between two references.
    outside = re.sub(r"<!\[CDATA\[.*?\]\]>", "", text, flags=re.S)
    none(re.findall(r".{0,20}&\w+;\s+&\w+;", outside)[:5],
         "Moodle XML: no space is lost in reading")
    quiz = ElementTree.fromstring(text)
    by_id = by_known_id(questions, {
        m.findtext("idnumber"): m for m in quiz.findall("question")
        if m.find("idnumber") is not None})
    none(["%s is missing" % i for i in questions if i not in by_id]
         + ["%s is too much" % i for i in by_id if i not in questions],
         "Moodle XML: all questions, and no others")
    none([c for i, q in questions.items() if i in by_id
          for c in complaints_moodle(q, by_id[i])],
         "Moodle XML: asks the same, and the same is right")


# ---- QTI 1.2: read as Canvas does, by the types that its items name

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
CANVAS = "{http://canvas.instructure.com/xsd/cccv1p0}"
QTI_TYPES = {"one": "multiple_choice_question",
             "many": "multiple_answers_question",
             "truth": "true_false_question", "text": "short_answer_question",
             "number": "numerical_question", "order": "matching_question",
             "match": "matching_question", "matrix": "matching_question",
             "cloze": "fill_in_multiple_blanks_question"}


def find(node, path):
    """All below the path, names without their namespace."""
    return node.findall("/".join(
        QTI + p if p.isalpha() or "_" in p else p for p in path.split("/")))


def facts(item):
    """Of an item's metadata."""
    return {find(f, "fieldlabel")[0].text: find(f, "fieldentry")[0].text
            for f in find(item, "itemmetadata/qtimetadata/qtimetadatafield")}


def mattext(node):
    """The first text right below a node's material, or ""."""
    return "".join(t.text or "" for t in find(node, "material/mattext")[:1])


def labels(node):
    """What may be chosen, by identifier."""
    return {r.get("ident"): mattext(r) for r in node.iter(
        QTI + "response_label")}


def conditions(item):
    """Of all that bring points: what is equal there, and whether it is to be
    so, with the points."""
    for condition in find(item, "resprocessing/respcondition"):
        points = find(condition, "setvar")
        if not points:
            continue
        wrong = {id(e) for n in condition.iter(QTI + "not")
                 for e in n.iter(QTI + "varequal")}
        yield (float(points[0].text), condition,
               [(e.get("respident"), e.text, id(e) not in wrong)
                for e in condition.iter(QTI + "varequal")])


def qti_feedback(item, ident):
    """What is said, if something shows it."""
    shown = {d.get("linkrefid") for d in item.iter(QTI + "displayfeedback")}
    for f in find(item, "itemfeedback"):
        if f.get("ident") == ident:
            assert ident in shown, ident
            return mattext(find(f, "flow_mat")[0])
    return ""


def complaints_qti_choice(q, item):
    kind, found = q["kind"], []
    choices = labels(item)
    want = wanted_choices(q)
    if kind == "truth":
        right = next(o for o in q["options"] if o["correct"])
        want = [(t, t == right["content"]["text"]) for t, _ in want]
    found += compare(q, "options", [t for t, _ in want],
                     [words(t) for t in choices.values()])
    (points, _, equal), = conditions(item)
    rights = {value for _, value, is_right in equal if is_right}
    found += compare(q, "right", [r for _, r in want],
                     [i in rights for i in choices])
    if kind == "many":
        found += compare(q, "all of them", set(choices),
                         {value for _, value, _ in equal})
    found += compare(q, "points", 100.0, points)
    return found + compare(
        q, "feedback", wanted_feedback(q),
        [words(qti_feedback(item, i + "_fb"))
         for i in choices][:len(q["shown"])])


def complaints_qti_typed(q, item):
    (points, condition, equal), = conditions(item)
    found = compare(q, "points", 100.0, points)
    if q["kind"] == "text":
        found += compare(q, "answers", wanted_typed(q),
                         [value for _, value, _ in equal])
    else:
        low, = condition.iter(QTI + "vargte")
        high, = condition.iter(QTI + "varlte")
        found += compare(q, "interval", wanted_interval(q),
                         (Fraction(low.text), Fraction(high.text)))
        found += compare(q, "value", [q["quantity"]["value"]] * bool(
            q["quantity"]["value"]), [value for _, value, _ in equal])
    wrong = words(qti_feedback(item, "general_incorrect_fb"))
    return found + ["%s: nothing is said to %s" % (q["id"], text)
                    for text, why in wanted_wrong(q)
                    if words(html.escape(text)) not in wrong
                    or why not in wrong]


def complaints_qti_responses(q, item):
    responses = {r.get("ident"): r for r in find(
        item, "presentation/response_lid")}
    scores = list(conditions(item))
    total = sum(points for points, _, _ in scores)
    found = [] if abs(total - 100) < 1 else [
        "%s: %s per cent" % (q["id"], total)]
    right = {equal[0][0]: equal[0][1] for _, _, equal in scores}
    found += compare(q, "responses", set(responses), set(right))
    if found:
        return found
    found += ["%s: %s is no answer to %s" % (q["id"], right[i], i)
              for i, r in responses.items() if right[i] not in labels(r)]
    if found:
        return found
    if q["kind"] == "cloze":
        asked = mattext(find(item, "presentation")[0])
        found += compare(q, "blanks", [[a["text"] for a in b]
                                       for b in q["blanks"]],
                         [list(labels(r).values())
                          for r in responses.values()])
        return found + [
            "%s: %s is not in the text" % (q["id"], i) for i in responses
            if asked.count("[%s]" % i.replace("response_", "")) != 1]
    pairs = [(words(mattext(r)) or "?", labels(r)[right[i]])
             for i, r in responses.items()]
    offered = labels(next(iter(responses.values()))).values()
    used = {side for _, side in pairs}
    pairs += [("", side) for side in offered if side not in used]
    found += compare(q, "pairs", wanted_pairs(q), sorted(pairs))
    return found + compare(q, "twice", len(set(offered)), len(offered))


def complaints_qti(q, item):
    meta = facts(item)
    found = compare(q, "type", QTI_TYPES[q["kind"]], meta["question_type"])
    found += compare(q, "points", str(q["worth"]), meta["points_possible"])
    found += compare(q, "name", one_line(q["title"]["text"]),
                     item.get("title"))
    asked = words(mattext(find(item, "presentation")[0]))
    stem = words((q["stem"] or q["title"])["html"])
    if q["kind"] != "cloze" and not asked.startswith(stem):
        found += compare(q, "stem", stem, asked)
    for hint in q["hints"]:
        if words(hint["html"]) not in words(
                qti_feedback(item, "general_incorrect_fb")):
            found.append("%s: no hint" % q["id"])
    if q["explanation"] and letters(q["explanation"]["html"]) not in letters(
            qti_feedback(item, "general_fb")):
        found.append("%s: no explanation" % q["id"])
    if found:
        return found
    if q["kind"] in ("one", "many", "truth"):
        return complaints_qti_choice(q, item)
    if q["kind"] in ("text", "number"):
        return complaints_qti_typed(q, item)
    return complaints_qti_responses(q, item)


def complaints_package(archive):
    """The manifest and the members of the archive are of one mind."""
    manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    resources = manifest.findall(CP + "resources/" + CP + "resource")
    names = [r.get("identifier") for r in resources]
    files = [f.get("href") for r in resources for f in r.findall(CP + "file")]
    members = [n for n in archive.namelist() if n != "imsmanifest.xml"]
    found = ["%s twice" % n for n in names if names.count(n) > 1]
    found += ["no %s" % f for f in files if f not in members]
    found += ["%s is not listed" % n for n in members if n not in files]
    for r in resources:
        for d in r.findall(CP + "dependency"):
            if d.get("identifierref") not in names:
                found.append("no %s" % d.get("identifierref"))
    shown = re.compile(r'src="\$IMS-CC-FILEBASE\$/([^"]+)"')
    for name in members:
        if not name.endswith(".xml"):
            continue
        for text in ElementTree.fromstring(archive.read(name)).itertext():
            found += ["%s: no %s" % (name, f) for f in shown.findall(text)
                      if f not in members]
    return found


def read_quizzes(out):
    """The quizzes as JSON has them, with what they ask, in order."""
    questions, quizzes = read_json(out), []
    book = json.loads(product(out, ".json"))
    for page in book["pages"]:
        for quiz in page["quizzes"]:
            ids = [p.get("question_ref") or p["question"]["id"]
                   for p in quiz["parts"] if "text" not in p]
            # A group's questions count the same; else there is none.
            if len({questions[i]["worth"] for i in ids}) > 1:
                ids = quiz["drawn"]
            if ids:
                quizzes.append((quiz, [questions[i] for i in ids]))
    return quizzes


def complaints_group(quiz, asked, section, meta):
    """A pool is a group from which so many are drawn."""
    groups = find(section, "section")
    if quiz["asked"] == len(asked):
        return ["a group without need"] if groups else []
    if len(groups) != 1:
        return ["%d groups for %s" % (len(groups), quiz["id"])]
    group, = groups
    n, = find(group, "selection_ordering/selection/selection_number")
    each, = group.iter(QTI + "points_per_item")
    found = [] if int(n.text) == quiz["asked"] else ["draws " + n.text]
    if meta.findtext(CANVAS + "points_possible") != str(
            int(n.text) * int(each.text)):
        found.append("points of a group")
    return found


def check_qti(out):
    archive = zipfile.ZipFile(io.BytesIO(product(out, ".qti.zip")))
    none(complaints_package(archive), "QTI: the package is whole")
    assessments = [n for n in archive.namelist()
                   if re.fullmatch(r"(\w+)/\1\.xml", n)]
    quizzes, found = read_quizzes(out), []
    ok(len(assessments) == len(quizzes), "QTI: all quizzes", assessments)
    for name, (quiz, asked) in zip(assessments, quizzes):
        section, = find(ElementTree.fromstring(archive.read(name)),
                        "assessment/section")
        meta = ElementTree.fromstring(archive.read(
            os.path.dirname(name) + "/assessment_meta.xml"))
        found += compare({"id": name}, "title", one_line(quiz["title"]),
                         meta.findtext(CANVAS + "title"))
        found += complaints_group(quiz, asked, section, meta)
        items = [i for i in section.iter(QTI + "item")
                 if facts(i)["question_type"] != "text_only_question"]
        found += compare({"id": quiz["id"]}, "questions", len(asked),
                         len(items))
        for q, item in zip(asked, items):
            found += complaints_qti(q, item)
    none(found, "QTI: asks the same, and the same is right")


# ----

def read_back():
    for course in COURSES:
        with tempfile.TemporaryDirectory() as folder:
            out = build(course, folder)
            if out:
                questions = read_json(out)
                check_gift(out, questions)
                check_moodle(out, questions)
                check_qti(out)


run([read_back])
