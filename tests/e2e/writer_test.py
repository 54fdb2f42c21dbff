#!/usr/bin/env python3
"""Programs as writers: what they are given and what they answer against the
schema, the examples of docs/, `ergen writer-test`, and where they may write.
The ways in which they fail are golden cases: tests/golden/writer_*."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import BUILD, ERGEN, ROOT, ergen, files_below, none, ok, read, run, \
    skip, use_venv  # noqa: E402

use_venv()

import jsonschema  # noqa: E402
import referencing  # noqa: E402

DOCS = os.path.join(ROOT, "docs")
EXAMPLES = os.path.join(DOCS, "examples")
FIXTURE = os.path.join(ROOT, "tests", "e2e", "full")

DESCRIBE = """if [ "$1" = --describe ]; then
    echo '%s'
    exit
fi
"""


def schemas():
    found = {}
    for name in ("book", "writer"):
        with open(os.path.join(DOCS, name + ".schema.json")) as f:
            found[name] = json.load(f)
    return found


def errors_of(value, part):
    """Complaints of docs/writer.schema.json, at $defs/PART."""
    both = schemas()
    registry = referencing.Registry().with_resources(
        (s["$id"], referencing.Resource.from_contents(s))
        for s in both.values())
    schema = {"$schema": both["writer"]["$schema"],
              "$ref": both["writer"]["$id"] + "#/$defs/" + part}
    validator = jsonschema.Draft202012Validator(schema, registry=registry)
    return ["/%s: %s" % ("/".join(map(str, e.absolute_path)), e.message[:200])
            for e in list(validator.iter_errors(value))[:10]]


class Course:
    """A copy of the fixture with other outputs."""

    def __init__(self, outputs, programs=None):
        self.temp = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.temp.name, "course")
        shutil.copytree(FIXTURE, self.path)
        site = os.path.join(self.path, "site.yaml")
        with open(site) as f:
            lines = [x for x in f if not x.startswith("outputs:")]
        with open(site, "w") as f:
            f.write("".join(lines) + "outputs:\n" + outputs)
        for name, text in (programs or {}).items():
            with open(os.path.join(self.path, name), "w") as f:
                f.write(text)

    def build(self, *args, **env):
        return ergen("build", self.path, *args, env=env)

    def out(self, *parts):
        return os.path.join(self.path, "out", *parts)


def test_schema():
    for name, schema in schemas().items():
        jsonschema.Draft202012Validator.check_schema(schema)
        ok("$id" in schema, "%s.schema.json is one" % name)
    ok(errors_of({}, "describe"), "a description needs a protocol")
    ok(errors_of({"file": "../x"}, "answer"), "a file is inside the folder")
    ok(errors_of({"diagnostic": {}}, "answer"), "a diagnostic says something")


def request(stream, needs=None):
    """What a program is given for the fixture."""
    described = {"protocol": [1], "stream": stream}
    if needs is not None:
        described["needs"] = needs
    course = Course("  w: {command: [sh, w.sh], options: {a: 1}}\n", {
        "w.sh": DESCRIBE % json.dumps(described) +
        'cat >"$ERGEN_FOLDER/request"\nenv >"$ERGEN_FOLDER/env"\npwd '
        '>"$ERGEN_FOLDER/pwd"\nfor f in request env pwd; do\n'
        'echo "{\\"file\\":\\"$f\\"}"; done\necho \'{"done":true}\'\n'})
    done = course.build(SECRET="1")
    if done.returncode:
        raise RuntimeError(done.stderr)
    return course, read(course.out("w", "request")).decode()


def test_document():
    course, text = request(False)
    book = json.loads(text)
    none(errors_of(book, "document"), "the request of one piece is valid")
    ok(errors_of(dict(book, protocol=2), "document"),
       "and another one would not be")
    ok(book["output"]["options"] == {"a": 1} and
       book["output"]["name"] == "w", "it has the options", book["output"])
    files = [a["file"] for a in book["assets"]]
    none([f for f in files if not os.path.isfile(f)],
         "every asset is there to be read")
    env = read(course.out("w", "env")).decode()
    names = {line.split("=")[0] for line in env.splitlines()} - {
        "PWD", "SHLVL", "_", "OLDPWD"}
    none(sorted(names - {"PATH", "HOME", "LANG", "TMPDIR", "ERGEN_FOLDER",
                         "SOURCE_DATE_EPOCH"}),
         "the environment is the one in the manual")
    ok(read(course.out("w", "pwd")).decode().strip() ==
       os.path.realpath(course.path), "it runs in the course's folder")
    return book


def test_lines():
    whole = json.loads(request(False)[1])
    lines = [json.loads(x) for x in request(True)[1].splitlines()]
    none([e for x in lines for e in errors_of(x, "line")],
         "every line of the request is valid")
    ok([x["type"] for x in lines] == ["begin"] +
       ["page"] * (len(lines) - 2) + ["end"], "begin, pages, end")
    ok([x["page"] for x in lines[1:-1]] == whole["pages"],
       "both forms have the same pages")


def test_needs():
    pages = json.loads(request(False, ["questions"])[1])["pages"]
    ok(any(p["quizzes"] for p in pages) and
       not any(p["content"]["blocks"] or p["footnotes"] for p in pages),
       "who needs questions gets no content")
    pages = json.loads(request(False, ["content"])[1])["pages"]
    ok(any(p["content"]["blocks"] for p in pages) and
       not any(p["quizzes"] for p in pages),
       "and the other way round")


def nodes(value):
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for v in value.values():
            yield from nodes(v)
    elif isinstance(value, list):
        for v in value:
            yield from nodes(v)


def test_fallback():
    """Types that not every reader of Markdown knows say what to show."""
    book = json.loads(request(False)[1])
    found = {n["type"] for n in nodes(book["pages"]) if "fallback" in n}
    ok(found >= {"callout", "footnote_ref", "blank", "math", "quiz"},
       "special types have a fallback", *found)


def run_example(name):
    """The description, the lines of the answer and the files."""
    program = os.path.join(EXAMPLES, name)
    described = json.loads(subprocess.run(
        [program, "--describe"], stdout=subprocess.PIPE, check=True).stdout)
    none(errors_of(described, "describe"), "%s describes itself" % name)
    _, text = request(True)
    with tempfile.TemporaryDirectory() as folder:
        lines = text.splitlines()
        begin = json.loads(lines[0])
        begin["output"]["folder"] = folder
        begin["output"]["options"] = {
            k: v["default"] for k, v in described.get("options", {}).get(
                "properties", {}).items() if "default" in v}
        lines[0] = json.dumps(begin)
        done = subprocess.run(
            [program], input="\n".join(lines) + "\n", text=True, check=True,
            stdout=subprocess.PIPE, env=dict(os.environ, ERGEN_FOLDER=folder))
        answers = [json.loads(x) for x in done.stdout.splitlines()]
        none([e for a in answers for e in errors_of(a, "answer")],
             "%s answers as the schema says" % name)
        ok(answers[-1] == {"done": True} and
           sorted(a["file"] for a in answers if "file" in a) ==
           files_below(folder), "%s names what it has written" % name)
        return {f: read(os.path.join(folder, f)).decode()
                for f in files_below(folder)}


def test_examples():
    words = run_example("words.sh")["words.txt"]
    ok(re.search(r"^\d+ the$", words, re.M) or
       re.search(r"^\d+ of$", words, re.M), "words are counted", words[:200])
    ok(not re.search(r"\b(svg|href|kind)$", words, re.M),
       "and nothing but words", words)
    with open(os.path.join(EXAMPLES, "words.sh")) as f:
        code = [x for x in f if x.strip() and not x.startswith("#")]
    ok(len(code) <= 20, "in at most 20 lines", len(code))
    handouts = run_example("handouts.py")
    ok(len(handouts) >= 3 and all(f.endswith(".md") for f in handouts),
       "a handout for each lesson", *handouts)
    text = "\n".join(handouts.values())
    ok("## Answers" in text and "____" in text,
       "questions, their answers, and gaps")
    for name in ("words.sh", "handouts.py"):
        done = ergen("writer-test", os.path.join(EXAMPLES, name))
        ok(done.returncode == 0 and "0 at fault" in done.stdout and
           done.stdout.count("ok ") == 5, "writer-test finds no fault in "
           + name, done.stdout, done.stderr)


def faults(script, describe='{"protocol":[1]}', *args):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "w.sh")
        with open(path, "w") as f:
            f.write(DESCRIBE % describe + script)
        return ergen("writer-test", *args, "--", "sh", path)


def test_writer_test():
    """It finds what it is there to find."""
    done = 'echo \'{"done":true}\'\n'
    named = 'echo \'{"file":"x"}\'\n' + done
    cases = [
        ("no description", "", "hello", "it says what it is"),
        ("a program that fails", "exit 1\n", None, "has everything once"),
        ("no file", "cat >/dev/null\n" + done, None, "at least one file"),
        ("other bytes each time", "cat >/dev/null\necho $$ "
         '>"$ERGEN_FOLDER/x"\n' + named, None, "same bytes"),
        ("no patience with what is new", 'cat >"$ERGEN_FOLDER/x"\n'
         'grep -q \'"type":"later"\' "$ERGEN_FOLDER/x" && exit 1\n'
         'echo x >"$ERGEN_FOLDER/x"\n' + named, None, "a later ergen"),
    ]
    for title, script, describe, line in cases:
        found = faults(script, describe or '{"protocol":[1]}')
        ok(found.returncode == 1 and
           re.search("^FAULT .*" + line, found.stdout, re.M) and
           "1 at fault" in found.stdout, "writer-test finds " + title,
           found.stdout, found.stderr)
    found = faults("cat >\"$ERGEN_FOLDER/x\"\ngrep -q "
                   "'\"options\":{\"size\":2}' \"$ERGEN_FOLDER/x\" || exit 1\n"
                   "echo x >\"$ERGEN_FOLDER/x\"\n" + named,
                   '{"protocol":[1],"options":{"required":["size"],'
                   '"properties":{"size":{"type":"integer"}}}}',
                   "--options", "{size: 2}")
    ok(found.returncode == 0, "and hands options on", found.stdout,
       found.stderr)
    ok(ergen("writer-test").returncode == 2, "without a program it says how")


def test_fence():
    """Where the system can see to it, a program writes nowhere else."""
    text = ergen("writer-test", os.path.join(EXAMPLES, "words.sh")).stdout
    if "cannot keep it inside" in text:
        skip("a program cannot write elsewhere", "no Landlock here")
        return
    places = ["content/evil.md", "site.yaml", "$HOME/ergen-evil",
              "/tmp/ergen-evil"]
    for place in places:
        course = Course("  html:\n  w: {command: [sh, w.sh]}\n", {
            "w.sh": DESCRIBE % '{"protocol":[1]}' +
            "cat >/dev/null\nset -e\n"
            'echo x >"%s"\necho \'{"done":true}\'\n' % place})
        before = files_below(course.path)
        done = course.build()
        there = os.path.join(course.path, os.path.expandvars(place))
        ok(done.returncode == 1 and "writer-failed" in done.stderr and
           files_below(course.path) == before and
           ("evil" not in place or not os.path.exists(there)),
           "a program that writes to %s fails, and nothing is there" % place,
           done.stderr, *files_below(course.path))
        if os.path.exists(there) and "evil" in there:
            os.remove(there)
    course = Course("  html:\n  w: {command: [sh, w.sh]}\n", {
        "w.sh": "echo x >content/evil.md || exit 1\n"
        'echo \'{"protocol":[1]}\'\n'})
    before = files_below(course.path)
    done = ergen("check", course.path)
    ok(done.returncode == 1 and "w --describe: exit status" in done.stderr and
       files_below(course.path) == before,
       "nor does it when it only says what it is", done.stderr)
    course = Course("  w: {command: [sh, w.sh]}\n", {
        "w.sh": 'if [ "$1" = --describe ]; then\necho x >"$TMPDIR/x" && '
        'echo \'{"protocol":[1]}\'\nexit\nfi\ncat >/dev/null\n'
        'echo \'{"done":true}\'\n'})
    done = course.build()
    ok(done.returncode == 0, "but to TMPDIR it may write", done.stderr)


def test_untouched():
    """A build that fails in its last step leaves the old result."""
    course = Course("  html:\n  w: {command: [sh, w.sh]}\n", {
        "w.sh": DESCRIBE % '{"protocol":[1]}' +
        'echo 1 >"$ERGEN_FOLDER/x"\necho \'{"file":"x"}\'\n'
        'echo \'{"done":true}\'\n'})
    first = course.build()
    ok(first.returncode == 0, "a first build", first.stderr)
    before = {f: read(course.out(f)) for f in files_below(course.out())}
    with open(os.path.join(course.path, "content", "new.md"), "w") as f:
        f.write("# New\n\nText.\n")
    with open(os.path.join(course.path, "w.sh"), "a") as f:
        f.write("exit 1\n")
    second = course.build()
    after = {f: read(course.out(f)) for f in files_below(course.out())}
    ok(second.returncode == 1 and before == after and
       not [n for n in os.listdir(course.path) if n.startswith(".ergen")],
       "a program that fails at its end changes nothing", second.stderr)


def test_locked():
    """Folders that nobody may write to, as caches of packages are, are no
    obstacle to this build nor to the next one. Root may do everything, so it
    becomes nobody."""
    course = Course("  w: {command: [sh, w.sh]}\n", {
        "w.sh": DESCRIBE % '{"protocol":[1]}' +
        'mkdir -p "$TMPDIR/a/b"\necho x >"$TMPDIR/a/b/x"\n'
        'chmod 500 "$TMPDIR/a/b" "$TMPDIR/a"\nmkdir "$TMPDIR/c"\n'
        'chmod 0 "$TMPDIR/c" "$TMPDIR"\n'
        'echo \'{"done":true}\'\n'})
    user = {}
    if os.geteuid() == 0:
        user = {"user": 65534, "group": 65534, "extra_groups": []}
        for path, _, names in os.walk(course.temp.name):
            for name in ["."] + names:
                os.chown(os.path.join(path, name), 65534, 65534)
    try:
        done = subprocess.run([ERGEN, "build", course.path], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              **user)
    except PermissionError:
        skip("a locked folder is removed", "nobody may not run ergen here")
        return
    ok(done.returncode == 0 and
       not [n for n in os.listdir(course.path) if n.startswith(".ergen")],
       "a locked folder is removed", done.stderr)


def test_capabilities():
    """What is lost, as text and as JSON."""
    course = Course("  w: {command: [sh, w.sh]}\n", {
        "w.sh": DESCRIBE % ('{"protocol":[1],"summary":"words","supports":'
                            '{"match":"none","table":{"level":"rough","how":'
                            '"as a list"},"one":"full"},"options":{'
                            '"properties":{"size":{"type":"integer",'
                            '"default":3,"description":"how large"}}}}') +
        'cat >/dev/null\necho \'{"done":true}\'\n'})
    done = course.build("--json")
    told = json.loads(done.stdout)
    lost = {x.get("kind") or x["construct"]: x for x in told["simplified"]}
    ok(set(lost) == {"match", "table"} and lost["match"]["questions"] and
       lost["table"]["pages"] and lost["table"]["how"] == "as a list",
       "the summary tells what a program cannot show", done.stdout)
    ok([x["output"] for x in told["outputs"]] == ["w"],
       "and what was written", done.stdout)
    listed = ergen("list", "writers", course.path, "--json")
    all_of_them = {w["name"]: w for w in json.loads(listed.stdout)}
    ok(all_of_them["w"]["own"] and
       all_of_them["w"]["questions"]["match"]["simplified"] == "always" and
       all_of_them["w"]["questions"]["one"]["simplified"] == "never" and
       all_of_them["w"]["constructs"] == {"table": "as a list"},
       "ergen list writers knows the course's own", listed.stderr)
    ok(all_of_them["html"]["questions"]["text"]["simplified"] == "sometimes",
       "and ergen's own")
    text = ergen("list", "writers", cwd=course.path).stdout
    ok("w: words (out/w/)" in text and "html: " in text and
       re.search("^  size: how large$", text, re.M) and
       re.search("^  matching +left out$", text, re.M),
       "as text, too", text)
    ok(all_of_them["w"]["options"] ==
       {"size": {"default": "3", "help": "how large"}},
       "with its options", all_of_them["w"]["options"])
    alone = ergen("list", "writers", "--json", cwd=course.temp.name)
    ok(alone.returncode == 0 and "html" in alone.stdout and
       '"own":true' not in alone.stdout, "also without a course")
    ok(ergen("list", "things").returncode == 2 and
       ergen("list").returncode == 2, "there is no other list")


def test_install():
    """An installed ergen has its fixture and the schema."""
    with tempfile.TemporaryDirectory() as prefix:
        done = subprocess.run(
            ["make", "-s", "install", "PREFIX=" + prefix, "-o", ERGEN,
             "BUILD=" + os.path.relpath(BUILD, ROOT)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True)
        there = files_below(prefix)
        none([f for f in ("share/doc/ergen/docs/writer.schema.json",
                          "share/doc/ergen/docs/examples/words.sh",
                          "share/ergen/fixture/site.yaml")
              if f not in there], "make install brings schema and examples")
        tried = subprocess.run(
            [os.path.join(prefix, "bin", "ergen"), "writer-test",
             os.path.join(prefix, "share/doc/ergen/docs/examples/words.sh")],
            cwd=prefix, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True)
        ok(tried.returncode == 0, "and writer-test works there", done.stdout,
           tried.stdout)


run([test_schema, test_document, test_lines, test_needs, test_fallback,
     test_examples, test_writer_test, test_fence, test_untouched,
     test_locked, test_capabilities, test_install])
