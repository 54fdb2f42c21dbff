#!/usr/bin/env python3
"""Publishing: out/ is the old build or the new one, whatever happens."""

import contextlib
import errno
import fcntl
import io
import itertools
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap  # noqa: E402
from tap import ergen, files_below, none, ok, read, run, skip  # noqa: E402

if os.environ.get("ERGEN"):
    tap.ERGEN = os.path.abspath(os.environ["ERGEN"])
os.environ["SOURCE_DATE_EPOCH"] = "1750000000"

SEED = 4
SVG = ('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">'
       '<desc>%s</desc></svg>\n')
# Small enough for a small file system, and without the files of ours.
THEME = {
    "themes/small/templates/page.mustache": "<h1>{{title}}</h1>{{{body}}}\n",
    "themes/small/assets/a.css": "p{}\n",
    "themes/small/epub.css": "p{}\n",
}
COURSE = dict(THEME, **{
    "site.yaml": "id: t\ntitle: T\ntheme: small\n"
                 "outputs: {html: {}, epub: {}, anki: {}, json: {}}\n",
    "content/10-m/10-one.md": "# One\n\nText ![A](a.svg)\n",
    "content/10-m/a.svg": SVG % "a",
    "content/10-m/10-one.quiz.md":
        "---\nquiz-id: one\n---\n# Quiz\n\n## Q ![A](a.svg)\n<!-- q: q -->\n"
        "\n- [ ] a\n- [x] b\n",
    "content/10-m/20-two.md": "# Two\n\nText\n",
    "content/10-m/30-three.md": "# Three\n\nText\n",
})


def put(folder, files):
    for path, text in files.items():
        whole = os.path.join(folder, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())


def course(temp, name="course", **more):
    folder = os.path.join(temp, name)
    put(folder, COURSE)
    put(folder, more)
    return folder


def tree(top):
    """Bytes of every file, and the names of empty folders."""
    found = {p: read(top, p) for p in files_below(top)}
    for folder, folders, names in os.walk(top):
        if not folders and not names:
            found[os.path.relpath(folder, top) + "/"] = b""
    return found


def stats(top):
    found = {}
    for path in files_below(top):
        st = os.lstat(os.path.join(top, path))
        found[path] = (st.st_ino, st.st_mtime_ns, st.st_size)
    return found


def differences(a, b):
    return ["%s: %s" % (p, "differs" if p in a and p in b else "in one only")
            for p in sorted(set(a) | set(b)) if a.get(p) != b.get(p)]


def leftovers(*folders):
    return [os.path.join(f, n) for f in folders for n in os.listdir(f)
            if n.startswith(".ergen-staging-")]


def build(folder, *args, status=0, what="build", **more):
    done = ergen("build", "-q", *args, cwd=folder, **more)
    if done.returncode != status:
        ok(False, "%s: status %d" % (what, status), done.returncode,
           done.stdout, done.stderr)
    return done


def one_message(done, what, *words):
    """Status 3 and a single complaint that has these words."""
    said = re.findall(r"^ergen: error: .*", done.stderr, re.M)
    ok(done.returncode == 3 and len(said) == 1
       and all(w in said[0] for w in words), what, done.returncode,
       done.stderr)


def with_temp(test):
    def wrapped():
        with tempfile.TemporaryDirectory(prefix="ergen-e2e-") as temp:
            test(os.path.realpath(temp))
    wrapped.__name__ = test.__name__
    return wrapped


@contextlib.contextmanager
def mounted(*args):
    """A mount that ends with the block; gives the reason if there is none."""
    done = subprocess.run(["mount", *args], capture_output=True, text=True)
    reason = "mount: " + (done.stderr.strip() or "failed").splitlines()[-1]
    try:
        yield reason if done.returncode else None
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", args[-1]], check=True)


# ---- what stays, and what is replaced


@with_temp
def test_unchanged(temp):
    folder = course(temp, **{
        "content/10-m/30-three.md": "# Three\n\n![A](a..b.svg)\n",
        "content/10-m/a..b.svg": SVG % "b"})
    out = os.path.join(folder, "out")
    build(folder)
    before, inode = stats(out), os.stat(out).st_ino
    build(folder)
    none(differences(before, stats(out)),
         "nothing changed: every file keeps inode and time")
    ok(os.stat(out).st_ino == inode, "nothing changed: nothing is exchanged")
    put(folder, {"content/10-m/20-two.md": "# Two\n\nMore\n"})
    build(folder)
    changed = [d.split(":")[0] for d in differences(before, stats(out))]
    # The page to be printed holds all lessons.
    may = {".ergen", "site/m/two.html", "site/print.html", "t.epub", "t.json",
           "site/downloads/t.epub"}
    ok("site/m/two.html" in changed and set(changed) <= may,
       "a changed lesson: its pages and its book only", *changed)
    ok(os.stat(out).st_ino != inode, "something changed: it is exchanged")
    none(leftovers(folder), "no leftovers")


def edit(path):
    with open(path, "ab") as f:
        f.write(b"by hand")


def swap_for_folder(path):
    os.unlink(path)
    os.mkdir(path)
    edit(os.path.join(path, "x"))


def swap_for_link(path):
    os.rename(path, path + ".mine")
    os.symlink(os.path.basename(path) + ".mine", path)


def swap_for_copy(path):
    shutil.copy2(path, path + ".copy")
    os.unlink(path)
    os.rename(path + ".copy", path)
    edit(path)


HANDS = [("edited", edit), ("deleted", os.unlink),
         ("replaced by a folder", swap_for_folder),
         ("replaced by a link", swap_for_link),
         ("replaced by another file", swap_for_copy)]


@with_temp
def test_by_hand(temp):
    for where in ("ordinary", "link"):
        folder = course(temp, where)
        out = os.path.join(folder, "out")
        if where == "link":
            os.mkdir(os.path.join(temp, "elsewhere"))
            os.symlink(os.path.join(temp, "elsewhere"), out)
        build(folder)
        good = tree(out)
        for path in ("site/m/one.html", "t.epub", "site/downloads/t.epub",
                     "site/m/a.svg"):
            for what, hand in HANDS:
                hand(os.path.join(out, path))
                done = build(folder)
                now = {p: b for p, b in tree(out).items()
                       if not p.endswith(".mine")}
                ok(not differences(good, now) and done.returncode == 0
                   and stat.S_ISREG(os.lstat(os.path.join(out, path)).st_mode),
                   "%s out/: %s %s is restored" % (where, path, what),
                   *differences(good, now), done.stderr)
        shutil.rmtree(os.path.join(out, "site"))
        build(folder)
        ok(not set(good) - set(tree(out)), "%s out/: the site is restored" %
           where)


@with_temp
def test_foreign(temp):
    folder = course(temp)
    mine = os.path.join(temp, "mine")
    put(mine, {"thesis.txt": "years of work"})
    before = stats(mine)
    done = build(folder, "-o", mine, status=3)
    one_message(done, "a foreign folder is refused", "mine")
    none(differences(before, stats(mine)), "and untouched")
    put(temp, {"file": "years of work"})
    one_message(build(folder, "-o", os.path.join(temp, "file"), status=3),
                "a file is refused", "file")
    ok(read(temp, "file") == b"years of work", "and untouched")
    empty = os.path.join(temp, "empty")
    os.mkdir(empty)
    build(folder, "-o", empty, what="an empty folder")
    ok(os.path.isfile(os.path.join(empty, "site", "index.html")),
       "an empty folder is accepted")
    for bad in ("", "ergen manifest 1\nshort\n", "ergen manifest 9\n",
                "ergen manifest 1\n%s 5 ../../file\n" % ("0" * 32),
                "ergen manifest 1\n%s 5 %s\n" % ("0" * 32, temp + "/file")):
        put(empty, {".ergen": bad})
        build(folder, "-o", empty, what="a stamp that is not understood")
    ok(read(temp, "file") == b"years of work"
       and len(read(empty, ".ergen")) > 200,
       "a stamp that is not understood: all is built anew")
    none(leftovers(temp, folder, empty), "no leftovers")


@with_temp
def test_leftovers(temp):
    for where in ("ordinary", "link"):
        folder = course(temp, where)
        out = place = os.path.join(folder, "out")
        if where == "link":
            os.mkdir(os.path.join(temp, "elsewhere"))
            os.symlink("../elsewhere", out)
        else:
            place = folder
        dead = os.path.join(place, ".ergen-staging-dead")
        alive = os.path.join(place, ".ergen-staging-living")
        put(dead, {"site/a/b.html": "x"})
        put(alive, {"site/a/b.html": "x"})
        fd = os.open(alive, os.O_RDONLY)
        fcntl.flock(fd, fcntl.LOCK_EX)
        build(folder)
        ok(leftovers(place) == [alive] and
           read(alive, "site/a/b.html") == b"x",
           "%s out/: leftovers of the dead go, not those of the living" %
           where, *leftovers(place))
        os.close(fd)
        build(folder)
        none(leftovers(place), "%s out/: then it goes, too" % where)


@with_temp
def test_waiting(temp):
    folder = course(temp)
    fd = os.open(folder, os.O_RDONLY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    p = subprocess.Popen([tap.ERGEN, "build"], cwd=folder, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = p.stderr.readline()
    ok("waiting" in said and p.poll() is None, "a second build waits", said)
    put(folder, {"content/10-m/20-two.md": "# Two\n\nLatest words\n"})
    os.close(fd)
    p.communicate(timeout=60)
    ok(p.returncode == 0 and
       b"Latest words" in read(folder, "out/site/m/two.html"),
       "and reads the sources only when it is its turn", p.returncode)
    many = [subprocess.Popen([tap.ERGEN, "build", "-q"], cwd=folder,
                             stderr=subprocess.PIPE, text=True)
            for _ in range(6)]
    said = [p.communicate(timeout=60)[1] for p in many]
    ok(not any(p.returncode for p in many), "six builds at once succeed",
       *said)
    none(leftovers(folder), "no leftovers")


@with_temp
def test_neighbours(temp):
    """Courses whose staging folders lie in one place."""
    folders = [course(temp, "c%d" % i) for i in range(6)]
    for i in range(8):
        many = []
        for k, folder in enumerate(folders):
            put(folder, {"content/10-m/20-two.md": "# Two\n\n%d\n" % i})
            many.append(subprocess.Popen(
                [tap.ERGEN, "build", "-q", "-o", "../out%d" % k],
                cwd=folder, stderr=subprocess.PIPE, text=True))
        said = [p.communicate(timeout=60)[1] for p in many]
        if any(p.returncode for p in many):
            ok(False, "neighbours do not disturb each other", *said)
            return
    ok(not leftovers(temp), "neighbours do not disturb each other")


# ---- places


@with_temp
def test_places(temp):
    folder = course(temp)
    build(folder)
    good = tree(os.path.join(folder, "out"))
    for out in ("a b/ü/日本/out", "../new/deep/er", "x'\"$(y)\\n"):
        build(folder, "--out", out, what="--out " + out)
        build(folder, "--out", out, what="again --out " + out)
        none(differences(good, tree(os.path.join(folder, out))),
             "--out " + out)
    os.mkdir(os.path.join(temp, "target"))
    link = os.path.join(temp, "link")
    os.symlink("target", link)
    done = build(folder, "-o", link)
    ok(os.path.islink(link) and not differences(good, tree(link)),
       "out/ as a link to a folder", done.stderr)
    ok(len(re.findall("one by one", done.stderr)) == 1,
       "says that this is not one step", done.stderr)
    before = stats(link)
    build(folder, "-o", link)
    none(differences(before, stats(link)), "link: unchanged files stay")
    none(leftovers(temp, folder, link), "no leftovers")


@with_temp
def test_kinds_change(temp):
    """What was a file becomes a folder, and back; folders go away."""
    lesson = "# One\n\n[x](%s)\n"
    for where in ("ordinary", "link"):
        folder = course(temp, where)
        out = os.path.join(folder, "out")
        if where == "link":
            os.mkdir(os.path.join(temp, "elsewhere"))
            os.symlink("../elsewhere", out)
        data = os.path.join(folder, "content", "data")
        for i in range(4):
            if i % 2 == 0:
                put(folder, {"content/data": "bytes",
                             "content/20-one.md": lesson % "data"})
            else:
                put(folder, {"content/data/deep/x.csv": "1,2\n",
                             "content/20-one.md":
                                 lesson % "data/deep/x.csv"})
            build(folder)
            fresh = os.path.join(temp, "fresh-%s-%d" % (where, i))
            build(folder, "-o", fresh)
            none(differences(tree(fresh), tree(out)),
                 "%s out/: a name changes its kind, %d" % (where, i))
            os.unlink(data) if os.path.isfile(data) else shutil.rmtree(data)


@with_temp
def test_mount_point(temp):
    folder = course(temp)
    out = os.path.join(folder, "out")
    os.mkdir(out)
    with mounted("-t", "tmpfs", "-o", "size=4m", "none", out) as reason:
        if reason:
            return skip("out/ as a mount point", reason)
        fresh = os.path.join(temp, "fresh")
        for i in range(3):
            put(folder, {"content/10-m/20-two.md": "# Two\n\n%d\n" % (i // 2)})
            done = build(folder)
            build(folder, "-o", fresh)
            none(differences(tree(fresh), tree(out)),
                 "out/ as a mount point, build %d" % i)
        ok("nothing" not in done.stderr, "it speaks", done.stderr)
        none(leftovers(folder, out), "no leftovers")


@with_temp
def test_read_only(temp):
    folder = course(temp)
    parent = os.path.join(temp, "parent")
    os.mkdir(parent)
    out = os.path.join(parent, "out")
    build(folder, "-o", out)
    before = stats(out)
    put(folder, {"content/10-m/20-two.md": "# Two\n\nMore\n"})
    with contextlib.ExitStack() as stack:
        if os.geteuid() == 0:
            reason = stack.enter_context(mounted("--bind", parent, parent))
            if not reason and subprocess.run(
                    ["mount", "-o", "remount,ro,bind", parent]).returncode:
                reason = "cannot be mounted read-only"
            if reason:
                return skip("a read-only folder", reason)
        else:
            os.chmod(parent, 0o555)
            stack.callback(os.chmod, parent, 0o755)
        one_message(build(folder, "-o", out, status=3),
                    "a read-only folder", "parent")
        none(differences(before, stats(out)), "out/ is untouched")
        one_message(build(folder, "-o", os.path.join(parent, "a", "b"),
                          status=3), "nothing can be made in it", "parent")
    none(leftovers(parent, folder), "no leftovers")
    build(folder, "-o", out)
    ok(b"More" in read(out, "site/m/two.html"), "the next build is right")


@with_temp
def test_full(temp):
    place = os.path.join(temp, "small")
    os.mkdir(place)
    # Of its own size, and incompressible.
    large = random.Random(SEED).randbytes(100000)
    for where, out in (("beside", os.path.join(place, "out")),
                       ("mount point", place)):
        folder = course(temp, where, **{
            "site.yaml": "id: t\ntitle: T\ntheme: small\n"
                         "outputs: {html: {}}\n"})
        with mounted("-t", "tmpfs", "-o", "size=64k", "none", place) as reason:
            if reason:
                skip("a full file system", reason)
                continue
            build(folder, "-o", out, what="what fits")
            before = stats(out)
            put(folder, {"content/10-m/a.svg": large})
            one_message(build(folder, "-o", out, status=3),
                        "a full file system, %s" % where, "No space left")
            none(differences(before, stats(out)),
                 "a full file system, %s: out/ is whole" % where)
            none(leftovers(place), "nothing is left behind")
            put(folder, {"content/10-m/a.svg": SVG % "b"})
            build(folder, "-o", out, what="what fits again")
            ok(read(out, "site/m/a.svg") == (SVG % "b").encode(),
               "the next build is right")
            none(leftovers(place), "no leftovers")


@with_temp
def test_refused(temp):
    """An out/ that holds sources, or lies among them."""
    folder = course(temp)
    os.symlink("content", os.path.join(folder, "link"))
    os.symlink(temp, os.path.join(temp, "above"))
    sources = tree(folder)
    for out in (".", "", folder, "content", "content/10-m", "content/new",
                "./content/../content/new/deep", "themes", "themes/small",
                "themes/small/assets/x", "..", "/", "link", "link/new",
                temp + "/above/course", temp + "/above/course/content/new"):
        done = build(folder, "--out", out, status=2, what="--out " + out)
        ok(done.returncode == 2 and "--out" in done.stderr and
           not differences(sources, tree(folder)),
           "refused: --out '%s'" % out, done.returncode, done.stderr,
           *differences(sources, tree(folder)))
    done = ergen("build", "course", "-o", "course/content/x", cwd=temp)
    ok(done.returncode == 2, "refused from elsewhere", done.stderr)
    # A name that only begins like that of the sources is another folder.
    build(folder, "-o", "content-out")
    build(folder, "-o", "../course-out")
    ok(os.path.isfile(os.path.join(temp, "course-out", "t.json")),
       "what only begins like a folder of sources is not refused")
    flat = os.path.join(temp, "flat")
    put(flat, {p.replace("themes/small/", ""): t for p, t in COURSE.items()})
    put(flat, {"site.yaml": "id: t\ntitle: T\ntheme: .\n"})
    build(flat, what="the course as its own theme")
    ok(os.path.isdir(os.path.join(flat, "out")),
       "a course may be its own theme")
    put(flat, {"site.yaml": "id: t\ntitle: T\ntheme: .\ncontent: out\n"})
    shutil.rmtree(os.path.join(flat, "out"))
    put(flat, {"out/10-one.md": "# One\n"})
    done = build(flat, status=2, what="content: out")
    ok(files_below(os.path.join(flat, "out")) == ["10-one.md"],
       "sources in out/ are refused", done.stderr)


# ---- streams


@with_temp
def test_streams(temp):
    folder = course(temp)
    out = os.path.join(folder, "out")
    build(folder, "-o", "../fresh")
    good = tree(os.path.join(temp, "fresh"))

    def shell(command):
        shutil.rmtree(out, ignore_errors=True)
        return subprocess.run(["sh", "-c", command, tap.ERGEN], cwd=folder,
                              capture_output=True, text=True, timeout=60)

    def check(done, wanted, what):
        ok(done.returncode in wanted, "%s: status" % what, done.returncode,
           done.stderr)
        none(differences(good, tree(out)) + leftovers(folder),
             "%s: out/ is right" % what)

    done = shell('"$0" build >/dev/full')
    check(done, [3], "stdout is full")
    ok("standard output" in done.stderr and "No space" in done.stderr,
       "and says so", done.stderr)
    check(shell('"$0" build -q >/dev/full'), [0], "nothing to be said")
    check(shell('"$0" build >&-'), [3], "stdout is closed")
    check(shell('"$0" build -q >&-'), [0], "stdout is closed and not needed")
    check(shell('"$0" build -q <&- >&- 2>&-'), [0], "all streams are closed")
    check(shell('"$0" build <&- >&- 2>&-'), [3], "and needed")
    ok(shell('"$0" help >/dev/full').returncode == 3, "help, stdout is full")
    ok(shell('"$0" version >/dev/full').returncode == 3,
       "version, stdout is full")
    for restore, wanted in ((True, -signal.SIGPIPE), (False, 3)):
        shutil.rmtree(out, ignore_errors=True)
        r, w = os.pipe()
        os.close(r)
        done = subprocess.run([tap.ERGEN, "build"], cwd=folder, stdout=w,
                              stderr=subprocess.PIPE, text=True,
                              restore_signals=restore)
        os.close(w)
        check(done, [wanted], "nobody reads stdout, SIGPIPE %s" % (
            "default" if restore else "ignored"))


# ---- odd names in content/


@with_temp
def test_odd_content(temp):
    folder = course(temp)
    out = os.path.join(folder, "out")
    put(folder, {"content/a.md": "# A\n",
                 "content/a.html/10-x.md": "# X\n\n![p](p.svg)\n",
                 "content/a.html/p.svg": SVG % "p",
                 "content/b.md/10-y.md": "# Y\n"})
    done = build(folder, status=0, what="folders named like pages")
    pages = [p for p in files_below(out) if p.endswith("/x.html")]
    ok(os.path.isfile(os.path.join(out, "site", "a.html")) and
       len(pages) == 1, "folders named like pages", done.stderr, *pages)
    before = stats(out)
    for name in ("f" * 252 + ".md", "f" * 247 + ".quiz.md", "f" * 251 + ".svg",
                 "d" * 255 + "/10-x.md", "é" * 126 + ".md"):
        put(folder, {"content/" + name: "# Long\n"})
        done = ergen("build", "-q", cwd=folder)
        ok(done.returncode in (0, 1) and (
            done.returncode == 0 or "page-name" in done.stderr),
           "name of 255 bytes: %s…%s" % (name[:4], name[-8:]),
           done.returncode, done.stderr)
        if done.returncode:
            none(differences(before, stats(out)), "out/ is untouched")
        before = stats(out)
        top = os.path.join(folder, "content", name.split("/")[0])
        shutil.rmtree(top) if os.path.isdir(top) else os.unlink(top)
    build(folder)
    before = stats(out)
    kinds = [("a pipe", os.mkfifo)]
    try:
        os.mknod(os.path.join(temp, "null"), 0o666 | stat.S_IFCHR,
                 os.makedev(1, 3))
        kinds.append(("a device", lambda p: os.mknod(
            p, 0o666 | stat.S_IFCHR, os.makedev(1, 3))))
    except OSError as e:
        skip("a device in content/", e.strerror)
    for what, make in kinds:
        for name in ("x.md", "x.quiz.md", "x.svg", "index.md"):
            path = os.path.join(folder, "content", name)
            make(path)
            done = ergen("build", "-q", cwd=folder)
            ok(done.returncode == 1 and name in done.stderr and
               not differences(before, stats(out)),
               "%s in content/: %s" % (what, name), done.returncode,
               done.stderr)
            os.unlink(path)
    for what, path in (("site.yaml", "site.yaml"),
                       ("a template", "themes/small/epub.css")):
        whole = os.path.join(folder, path)
        good = read(whole)
        os.unlink(whole)
        os.mkfifo(whole)
        done = ergen("build", "-q", cwd=folder)
        ok(done.returncode >= 0 and not differences(before, stats(out))
           or done.returncode == 0, "%s is a pipe: no hang" % what,
           done.returncode, done.stderr)
        os.unlink(whole)
        put(folder, {path: good})


# ---- interruptions


def many_lessons(word):
    """Of three lessons, one differs from word to word."""
    files = {}
    for i in range(300):
        text = word if i % 3 == 0 else "the same"
        files["%02d-m%d/l%03d.md" % (i // 20, i // 20, i)] = (
            "# Lesson %d\n\n" % i + ("Some *text* of %s `code`.\n\n" % text) *
            10)
    return files


@with_temp
def test_killed(temp):
    folder = os.path.join(temp, "course")
    out = os.path.join(folder, "out")
    wanted, times = {}, []
    for word in "ab":
        put(os.path.join(folder, word), many_lessons(word))
    use = switcher(folder)
    for word in "abababa":
        use(word)
        start = time.monotonic()
        build(folder)
        times.append(time.monotonic() - start)
        wanted[word] = tree(out)
    seconds = sorted(times)[len(times) // 2]
    ok(len(wanted["a"]) > 300 and differences(wanted["a"], wanted["b"]),
       "two versions of a course with 300 lessons", "%.3f s" % seconds)
    rng = random.Random(SEED)
    current, n_old, n_cut, wrong = "a", 0, 0, []
    deadline = time.monotonic() + 50
    for i in range(100):
        if time.monotonic() > deadline:
            break
        following = "b" if current == "a" else "a"
        use(following)
        p = subprocess.Popen(
            [tap.ERGEN, "build", "-q"], cwd=folder,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        time.sleep(rng.uniform(0, 1.3 * seconds))
        p.send_signal((signal.SIGINT, signal.SIGTERM, signal.SIGKILL)[i % 3])
        n_cut += p.wait() != 0
        now = tree(out)
        n_old += now == wanted[current]
        if now not in (wanted[current], wanted[following]):
            wrong.append("%d: %s" % (i, differences(now,
                                                    wanted[following])[:5]))
        done = build(folder, what="the build after a killed one")
        if tree(out) != wanted[following] or leftovers(folder):
            wrong.append("%d: the next build: %s" % (i, done.stderr))
        current = following
    none(wrong, "killed at %d moments: out/ is old or new, then right" %
         (i + 1))
    ok(i >= 50 and n_cut > 25 and 0 < n_old < i + 1,
       "the moments lie before and behind the exchange",
       "%d killed of %d, %d old" % (n_cut, i + 1, n_old))
    print("# %d builds of %.0f ms, %d cut short, %d left the old out/" % (
        i + 1, seconds * 1000, n_cut, n_old))


def switcher(folder):
    """Changes content/ for the folder of another version in one step."""
    def use(word):
        put(folder, {"site.yaml.new":
                     "id: t\ntitle: T\ncontent: %s\n"
                     "outputs: {html: {}, epub: {}}\n" % word})
        os.rename(os.path.join(folder, "site.yaml.new"),
                  os.path.join(folder, "site.yaml"))
    return use


class Rewriting:
    """Writes sources again and again until the block ends."""

    def __init__(self, step):
        self.step = step
        self.is_over = False
        self.n = 0
        self.thread = threading.Thread(target=self.work)

    def work(self):
        while not self.is_over:
            self.step(self.n)
            self.n += 1
            time.sleep(0.0003)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over = True
        self.thread.join()


def replace(path, data):
    with open(path + "~new", "wb") as f:
        f.write(data)
    os.rename(path + "~new", path)


def overwrite(path, data):
    with open(path, "wb") as f:
        f.write(data)


def is_listed(out):
    """The manifest names all files with their sizes."""
    lines = read(out, ".ergen").decode().splitlines()[1:]
    listed = {line.split(" ", 2)[2]: int(line.split(" ", 2)[1])
              for line in lines}
    found = {p: os.path.getsize(os.path.join(out, p))
             for p in files_below(out) if p != ".ergen"}
    return differences(listed, found)


def images(out):
    """The one image of the course in each output; none if it is empty."""
    found = {"site": read(out, "site/m/a.svg")}
    for name in ("t.epub", "t.apkg"):
        with zipfile.ZipFile(io.BytesIO(read(out, name))) as z:
            found[name] = [d for d in (z.read(n) for n in z.namelist())
                           if b"<desc>" in d and b"T</desc>" not in d]
    return found


@with_temp
def test_rewritten(temp):
    """Sources change while they are read."""
    for how, step_of in (("renamed", replace), ("overwritten", overwrite)):
        folder = course(temp, how)
        out = os.path.join(folder, "out")
        content = os.path.join(folder, "content", "10-m")
        versions, pages = [{
            "20-two.md": ("# Two\n\n%s\n" % word).encode(),
            "30-three.md": ("# Three\n\n%s\n" % word).encode(),
            "a.svg": (SVG % word).encode()} for word in ("a" * 10, "b" * 5000)
        ], {}
        known = [(SVG % "a").encode(), b""] + [v["a.svg"] for v in versions]
        # Who overwrites a file empties it first, and that may be seen.
        texts = [[v[name] for v in versions] + [b""]
                 for name in ("20-two.md", "30-three.md")]
        for two, three in itertools.product(*texts):
            put(content, {"20-two.md": two, "30-three.md": three})
            build(folder)
            for name in ("two", "three"):
                pages.setdefault(name, set()).add(
                    read(out, "site/m/%s.html" % name))

        def step(n):
            name = sorted(versions[0])[n % 3]
            step_of(os.path.join(content, name),
                    versions[n // 3 % 2][name])

        wrong, statuses = [], []
        with Rewriting(step) as writer:
            for i in range(60):
                done = ergen("build", "-q", cwd=folder)
                statuses.append(done.returncode)
                # A source may be empty, or be gone, for a moment.
                if done.returncode not in (0, 1, 3) or (
                        done.returncode == 3
                        and "changes during" not in done.stderr):
                    wrong.append("%d: %d: %s" % (i, done.returncode,
                                                 done.stderr))
                wrong += is_listed(out)
                for name in pages:
                    if read(out, "site/m/%s.html" % name) not in pages[name]:
                        wrong.append("%d: a mixed page %s" % (i, name))
                found = images(out)
                image = found.pop("site")
                if image not in known or any(
                        have != ([image] if image else [])
                        for have in found.values()):
                    wrong.append("%d: mixed images: %s" % (i, found))
        none(wrong, "%s while 60 builds run: no mixture, no crash" % how)
        ok(writer.n > 60 and 0 in statuses, "and there were changes",
           writer.n, statuses)
        put(content, versions[0])
        build(folder)
        build(folder, "-o", "../fresh-" + how)
        none(differences(tree(os.path.join(temp, "fresh-" + how)), tree(out)) +
             leftovers(folder), "then the next build is right")


@with_temp
def test_vanishing(temp):
    """Sources come, go and grow while they are read."""
    folder = course(temp)
    out = os.path.join(folder, "out")
    content = os.path.join(folder, "content", "10-m")
    build(folder)

    def gone(path):
        try:
            os.unlink(path)
        except OSError as e:
            if e.errno != errno.ENOENT:
                raise

    def step(n):
        name = ("30-three.md", "a.svg", "10-one.quiz.md")[n % 3]
        path = os.path.join(content, name)
        good = COURSE["content/10-m/" + name].encode()
        if n // 3 % 3 == 0:
            gone(path)
        elif n // 3 % 3 == 1:
            overwrite(path, good)
        elif name.endswith("three.md"):
            with open(path, "ab") as f:
                f.write(b"\nMore and more.\n" * 100)

    wrong, statuses = [], []
    with Rewriting(step) as writer:
        for i in range(60):
            done = ergen("build", "-q", cwd=folder)
            statuses.append(done.returncode)
            if done.returncode not in (0, 1, 3) or \
                    done.returncode and not done.stderr:
                wrong.append("%d: %d: %s" % (i, done.returncode, done.stderr))
            wrong += is_listed(out)
    none(wrong, "vanishing while 60 builds run: no crash, out/ is whole")
    ok(writer.n > 60, "and there were changes", writer.n, statuses)
    put(folder, COURSE)
    build(folder)
    build(folder, "-o", "../fresh")
    none(differences(tree(os.path.join(temp, "fresh")), tree(out)) +
         leftovers(folder), "then the next build is right")


if __name__ == "__main__":
    run([test_unchanged, test_by_hand, test_foreign, test_leftovers,
         test_waiting, test_neighbours, test_places, test_kinds_change,
         test_mount_point, test_read_only, test_full, test_refused,
         test_streams, test_odd_content, test_killed, test_rewritten,
         test_vanishing])
