"""Lessons whose quizzes are long together."""
for name, sizes in (("few", (100, 100)), ("more", (90, 90, 90, 90))):
    with open("content/%s.md" % name, "w") as f:
        f.write("# %s\n" % name)
        for part, n in enumerate(sizes):
            f.write("\n## Part %d\n<!-- quiz: %s-%d -->\n"
                    % (part, name, part))
            for i in range(n):
                f.write("\n### Question %d\n<!-- q: q%d -->\n\n"
                        "- [x] A\n- [ ] B\n" % (i, i))
