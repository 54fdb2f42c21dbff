"""Controls, more options than shares of 100 per cent, an id that is too long
for Moodle."""

with open("content/a.quiz.md", "a", encoding="utf-8") as f:
    f.write("\n## Controls \x01\x0b here\n<!-- q: controls -->\n\n"
            "A \x02text\x1f.\n\nAnswer: a\x03b\n")
    f.write("\n## Many\n<!-- q: many -->\n\n")
    for i in range(200):
        f.write("- [%s] Option %d\n" % ("x" if i < 25 else " ", i))
    f.write("\n## Thirteen\n<!-- q: thirteen; score=each -->\n\n")
    for i in range(27):
        f.write("- [%s] Option %d\n" % ("x" if i < 13 else " ", i))
    f.write("\n## Long\n<!-- q: %s -->\n\nAnswer: long\n" % "-".join(
        ["id"] * 50))
