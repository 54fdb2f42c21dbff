"""Quizzes of as many questions as may be, and of one more."""
for name, n in (("most", 200), ("over", 201)):
    with open("content/%s.md" % name, "w") as f:
        f.write("# %s\n" % name)
    with open("content/%s.quiz.md" % name, "w") as f:
        f.write("---\nquiz-id: %s\n---\n# Quiz\n" % name)
        for i in range(n):
            f.write("\n## Question %d\n<!-- q: q%d -->\n\n- [x] A\n- [ ] B\n"
                    % (i, i))
