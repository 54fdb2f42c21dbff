"""What is no TOML, each in its own file."""
for name, text in {
    "a": 'title = "no end\n',
    "b": "[[questions]]\n[questions.x\n",
    "c": "a = 1\n[a]\n",
    "d": "a = [" + "[" * 1000 + "\n",
    "e": 'questions = "none"\n',
    "f": '[[questions]]\nid = "\\q"\n',
}.items():
    with open(name + ".toml", "w") as f:
        f.write(text)
