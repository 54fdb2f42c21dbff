"""What the test programs here share: results as TAP, and ways to run ergen."""

import os
import subprocess
import sys
import traceback

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
ERGEN = os.path.join(BUILD, "ergen")
OUT = os.path.join(ROOT, "out")

_count = 0


def ok(is_ok, text, *details):
    """One result; details are lines for whoever looks into a failure."""
    global _count
    _count += 1
    print("%sok %d - %s" % ("" if is_ok else "not ", _count, text))
    if not is_ok:
        for line in "\n".join(str(d) for d in details).splitlines()[:60]:
            print("#   " + line)
    sys.stdout.flush()
    return bool(is_ok)


def none(found, text):
    """Good if the list of complaints is empty."""
    return ok(not found, text, *found)


def skip(text, reason):
    global _count
    _count += 1
    print("ok %d - %s # SKIP %s" % (_count, text, reason), flush=True)


def skip_all(reason):
    print("1..0 # SKIP " + reason)
    sys.exit(0)


def run(tests):
    """Calls each; one that breaks off is a failure, and the next goes on."""
    for test in tests:
        try:
            test()
        except Exception:
            ok(False, test.__name__, traceback.format_exc())
    print("1..%d" % _count)


def use_venv(name="venv"):
    """Goes on in a virtual environment that `make test-deps` makes."""
    python = os.path.join(BUILD, name, "bin", "python")
    if os.path.realpath(sys.prefix) == os.path.realpath(
            os.path.join(BUILD, name)):
        return
    if not os.path.exists(python):
        skip_all("there is no " + os.path.relpath(python, ROOT))
    os.execv(python, [python] + sys.argv)


def ergen(*args, cwd=ROOT, env=None):
    """A finished process with its status and texts."""
    return subprocess.run([ERGEN, *args], cwd=cwd, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, errors="replace", timeout=120,
                          env=dict(os.environ, **(env or {})))


def files_below(top):
    """Paths relative to top, sorted."""
    found = []
    for folder, _, names in os.walk(top):
        for name in names:
            found.append(os.path.relpath(os.path.join(folder, name), top))
    return sorted(found)


def read(*path):
    with open(os.path.join(*path), "rb") as f:
        return f.read()
