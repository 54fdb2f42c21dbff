#!/usr/bin/env python3
"""Golden cases: sources in, expected files and diagnostics beside them.

    tests/golden.py                  all cases, as TAP
    tests/golden.py NAME…            these
    tests/golden.py --update [NAME]  rewrite the expectations that exist

A case is a folder tests/golden/NAME/ with

    course/             the sources; copied to a fresh folder, ergen runs there
    cmd                 the arguments, "build" if there is no such file
    env                 NAME=value lines, set for ergen; SOURCE_DATE_EPOCH too;
                        {course} is the folder that it runs in
    make.py             runs in the copy of course/ before ergen does: writes
                        what git does not hold (empty folders, pipes, names
                        that are no UTF-8) and what is too long to be kept
    expect/status       the exit status, 0 if there is no such file
    expect/stderr       the exact diagnostics; none are expected without it
    expect/stdout       the exact standard output; not looked at without it
    expect/stdout.grep  lines that must each stand somewhere in it
    expect/out/PATH     a file that must be in out/ with exactly these bytes
    expect/out/PATH.grep  lines that must each stand somewhere in out/PATH
    expect/absent       paths, one a line, that must not exist below out/

After all cases one more test says whether each id of gen/base/diag.def ends a
line of some case's expect/stderr.

Where out/PATH is an archive (.epub, .apkg), expect/out/PATH may be a folder:
its files are then members of the archive. A case that ends with another
status than 0 and expects no file must leave no out/ behind.

`--update` fills in what a case has: an empty expect/stderr is enough to ask
for it. In a new case without expect/, stderr and status are made.
"""

import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
CASES = os.path.join(HERE, "golden")
MESSAGES = os.path.join(ROOT, "gen", "base", "diag.def")
ERGEN = os.path.join(
    ROOT, os.environ.get("ERGEN")
    or os.path.join(os.environ.get("BUILD", "build"), "ergen"))
LIMIT = 60  # seconds for one case


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)


def show_diff(what, want, got):
    """Lines that say how `got` differs."""
    if got is None:
        return ["%s: does not exist" % what]
    try:
        a, b = want.decode("utf-8"), got.decode("utf-8")
    except UnicodeDecodeError:
        return ["%s: %d bytes expected, %d other bytes found"
                % (what, len(want), len(got))]
    lines = list(difflib.unified_diff(
        a.splitlines(), b.splitlines(), "expected " + what, "found " + what,
        lineterm=""))
    return lines or ["%s: only line ends differ" % what]


class Case:
    def __init__(self, name):
        self.name = name
        self.dir = os.path.join(CASES, name)
        self.expect = os.path.join(self.dir, "expect")
        self.complaints = []

    def run(self, is_update):
        if not os.path.isdir(os.path.join(self.dir, "course")):
            self.complaints.append("there is no course/")
            return
        if not is_update and not os.path.isdir(self.expect):
            self.complaints.append("there is no expect/")
            return
        with tempfile.TemporaryDirectory(prefix="ergen-golden-") as temp:
            self.work = os.path.join(os.path.realpath(temp), "course")
            shutil.copytree(os.path.join(self.dir, "course"), self.work,
                            symlinks=True)
            self.out = os.path.join(self.work, "out")
            if not self.make():
                return
            self.has_out_before = os.path.lexists(self.out)
            if self.execute():
                self.update() if is_update else self.compare()

    def make(self):
        path = os.path.join(self.dir, "make.py")
        if not os.path.exists(path):
            return True
        done = subprocess.run(
            [sys.executable, path], cwd=self.work, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT)
        if done.returncode or done.stdout:
            self.complaints.append(
                "make.py: exit status %d\n%s" % (
                    done.returncode, done.stdout.decode("utf-8", "replace")))
        return not self.complaints

    def execute(self):
        words = read(os.path.join(self.dir, "cmd")) or b"build"
        env = {k: v for k, v in os.environ.items()
               if not k.startswith(("LC_", "LANG"))}
        # Covers are drawn without fonts, which differ between machines.
        env.update(SOURCE_DATE_EPOCH="1750000000", LC_ALL="C", TZ="UTC",
                   FONTCONFIG_FILE=os.path.join(HERE, "no-fonts.conf"))
        for line in (read(os.path.join(self.dir, "env")) or b"").splitlines():
            name, _, value = line.decode().partition("=")
            env[name] = value.replace("{course}", self.work)
        try:
            done = subprocess.run(
                [ERGEN] + shlex.split(words.decode()), cwd=self.work, env=env,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            self.complaints.append("did not end within %d s" % LIMIT)
            return False
        except OSError as e:
            self.complaints.append("cannot be run: %s" % e)
            return False
        self.status = done.returncode
        here = self.work.encode()
        self.stdout = done.stdout.replace(here, b"{course}")
        self.stderr = done.stderr.replace(here, b"{course}")
        return True

    def found(self, path):
        """What the build made of an expected file, or None."""
        full = os.path.join(self.out, path)
        data = read(full) if os.path.isfile(full) else None
        if data is not None:
            return data
        parts = path.split("/")
        for i in range(1, len(parts)):
            archive = os.path.join(self.out, *parts[:i])
            if os.path.isfile(archive) and zipfile.is_zipfile(archive):
                with zipfile.ZipFile(archive) as z:
                    member = "/".join(parts[i:])
                    return z.read(member) if member in z.namelist() else None
        return None

    def expected_files(self):
        top = os.path.join(self.expect, "out")
        for folder, _, names in os.walk(top):
            for name in names:
                yield os.path.relpath(os.path.join(folder, name), top)

    def compare(self):
        status = int(read(os.path.join(self.expect, "status")) or b"0")
        if self.status != status:
            self.complaints.append(
                "exit status %d, expected %d" % (self.status, status))
        want = read(os.path.join(self.expect, "stderr")) or b""
        if self.stderr != want:
            self.complaints += show_diff("stderr", want, self.stderr)
        want = read(os.path.join(self.expect, "stdout"))
        if want is not None and self.stdout != want:
            self.complaints += show_diff("stdout", want, self.stdout)
        self.grep("stdout", self.stdout,
                  read(os.path.join(self.expect, "stdout.grep")))
        paths = sorted(self.expected_files())
        for path in paths:
            self.compare_file(path)
        self.compare_absent()
        if status and not paths and not self.has_out_before:
            if os.path.lexists(self.out):
                self.complaints.append("out/ exists after a failed build")

    def compare_file(self, path):
        want = read(os.path.join(self.expect, "out", path))
        if path.endswith(".grep"):
            path = path[:-len(".grep")]
            self.grep("out/" + path, self.found(path), want)
            return
        got = self.found(path)
        if got != want:
            self.complaints += show_diff("out/" + path, want, got)

    def grep(self, what, text, lines):
        if lines is None:
            return
        if text is None:
            self.complaints.append("%s: does not exist" % what)
            return
        for line in lines.splitlines():
            if line and line not in text:
                self.complaints.append(
                    "%s: lacks %s" % (what, line.decode("utf-8", "replace")))

    def compare_absent(self):
        paths = (read(os.path.join(self.expect, "absent")) or b"").decode()
        for path in paths.split("\n"):
            if path and os.path.lexists(os.path.join(self.out, path)):
                self.complaints.append("out/%s exists" % path)

    def update(self):
        """Rewrites what exists; greps and absent are written by hand."""
        is_new = not os.path.isdir(self.expect)
        for name, data, is_plain in (
                ("status", b"%d\n" % self.status, self.status == 0),
                ("stderr", self.stderr, not self.stderr),
                ("stdout", self.stdout, True)):
            path = os.path.join(self.expect, name)
            if os.path.exists(path) or (
                    not is_plain and (is_new or name == "status")):
                write(path, data)
        os.makedirs(self.expect, exist_ok=True)
        for path in sorted(self.expected_files()):
            if path.endswith(".grep"):
                continue
            got = self.found(path)
            if got is None:
                self.complaints.append("out/%s: does not exist" % path)
            else:
                write(os.path.join(self.expect, "out", path), got)


def unseen_messages(cases):
    """The ids of messages that no case expects."""
    ids = [m.lower().replace("_", "-") for m in re.findall(
        r"^D\(([A-Z0-9_]+),", (read(MESSAGES) or b"").decode(), re.M)]
    seen = set()
    for name in cases:
        text = read(os.path.join(CASES, name, "expect", "stderr")) or b""
        seen.update(re.findall(r"\[([a-z0-9-]+)\]$", text.decode(), re.M))
    return [i for i in ids if i not in seen] if ids else ["no id at all"]


def main(words):
    is_update = "--update" in words
    names = [w for w in words if w != "--update"]
    if any(w.startswith("-") for w in names):
        print(__doc__)
        return 0 if names[0] in ("-h", "--help") else 2
    # git keeps no empty folder: what holds no file is a leftover, no case.
    known = sorted(
        n for n in (os.listdir(CASES) if os.path.isdir(CASES) else [])
        if any(files for _, _, files in os.walk(os.path.join(CASES, n))))
    for name in names:
        if name not in known:
            sys.exit("tests/golden.py: there is no case '%s'" % name)
    chosen = names or known
    is_whole = not names and not is_update
    print("1..%d" % (len(chosen) + is_whole), flush=True)
    is_good = True
    for number, name in enumerate(chosen, 1):
        case = Case(name)
        try:
            case.run(is_update)
        except Exception as e:  # a case is never lost without a word
            case.complaints.append("%s: %s" % (type(e).__name__, e))
        is_good = is_good and not case.complaints
        print("%sok %d - %s" % ("not " if case.complaints else "", number,
                                name))
        for line in case.complaints:
            print("# " + line.replace("\n", "\n# "))
        sys.stdout.flush()
    if is_whole:
        unseen = unseen_messages(known)
        is_good = is_good and not unseen
        print("%sok %d - every message has a case" % (
            "not " if unseen else "", len(chosen) + 1))
        for i in unseen:
            print("# none expects [%s]" % i)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
