"""60,000 bytes, 2,400 times: 137 MiB."""
with open("content/a.md", "w") as f:
    f.write("# A\n\n[a]: /%s\n\n" % ("x" * 60000))
    f.write("[a]\n" * 2400)
