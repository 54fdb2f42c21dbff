"""Two short files: as many declarations as may be, and one more."""
for name, n in (("most", 500), ("over", 501)):
    with open("content/%s.md" % name, "w") as f:
        f.write("# A\n\nText.\n")
        f.write("Text `<!A>`.\n" * n)
