#!/usr/bin/env python3
"""A format in Python: handouts, a Markdown file for each lesson with the
questions of its quiz and, at the end, the answers. Licence: MIT.

    outputs:
      handouts:
        command: [./writers/handouts.py]
        options: {answers: false}

It takes the book by lines, so it never holds more than one page.
"""

import json
import os
import sys

DESCRIBE = {
    "protocol": [1],
    "name": "handouts",
    "summary": "a handout for each lesson, in Markdown",
    "stream": True,
    "needs": ["content", "questions"],
    "supports": {
        "matrix": {"level": "rough", "how": "its statements, without a table"},
        "image": {"level": "rough", "how": "its alternative text"},
        "link": {"level": "rough", "how": "its text"},
        "math": {"level": "rough", "how": "as TeX"},
        "html_block": "none",
    },
    "options": {
        "type": "object",
        "properties": {
            "answers": {"type": "boolean", "default": True},
            "width": {"type": "integer", "minimum": 40, "default": 72},
        },
    },
}

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def say(**record):
    print(json.dumps(record, ensure_ascii=False))


def block_lines(block, indent=""):
    """A block as lines of plain Markdown; unknown types by their fallback."""
    kind = block["type"]
    if kind == "paragraph":
        yield indent + inline_text(block["children"])
        yield ""
    elif kind == "heading":
        yield "#" * block["level"] + " " + inline_text(block.get("children", []))
        yield ""
    elif kind == "code_block":
        yield "```" + (block.get("info") or "")
        yield from block["text"].splitlines()
        yield "```"
        yield ""
    elif kind == "list":
        for number, item in enumerate(block["children"], block.get("start", 1)):
            mark = "%d. " % number if block["ordered"] else "- "
            lines = [line for child in item.get("children", [])
                     for line in block_lines(child)]
            while lines and not lines[-1]:
                lines.pop()
            for at, line in enumerate(lines or [""]):
                start = mark if at == 0 else " " * len(mark)
                yield (indent + start + line).rstrip()
        yield ""
    elif kind == "table":
        for at, row in enumerate(block["children"]):
            cells = [inline_text(c.get("children", []))
                     for c in row["children"]]
            yield "| " + " | ".join(cells) + " |"
            if at == 0:
                yield "|" + " --- |" * len(cells)
        yield ""
    elif "children" in block and kind in ("quote", "callout"):
        if block.get("title"):
            yield "> **%s**" % block["title"]
            yield ">"
        for child in block["children"]:
            for line in block_lines(child):
                yield ("> " + line).rstrip()
        yield ""
    elif block.get("fallback"):
        yield block["fallback"]
        yield ""


def inline_text(nodes):
    text = ""
    for node in nodes:
        kind = node["type"]
        if "children" in node and kind != "blank":
            inner = inline_text(node["children"])
            mark = {"strong": "**", "emphasis": "*", "strike": "~~"}.get(kind)
            text += mark + inner + mark if mark else inner
        elif kind == "code":
            text += "`" + node["text"] + "`"
        elif kind in ("softbreak", "linebreak"):
            text += " "
        else:
            text += node.get("fallback", node.get("text", ""))
    return text


def question_lines(question, number):
    yield "%d. %s" % (number, question["title"]["text"])
    for block in (question["stem"] or {"blocks": []})["blocks"]:
        for line in block_lines(block, "   "):
            if line:
                yield line
    for letter, option in zip(LETTERS, question["options"]):
        yield "   %s) %s" % (letter, option["content"]["text"])
    for at in question["shown"] if question["items"] else []:
        yield "   - " + question["items"][at]["text"]
    for statement in question["statements"]:
        yield "   - " + statement["content"]["text"]
    for pair in question["pairs"]:
        if pair["left"]:  # else it is one choice more
            yield "   - %s …" % pair["left"]["text"]
    yield ""


def answer_of(question):
    """What is right, in a line."""
    if question["options"]:
        return ", ".join(letter for letter, option
                         in zip(LETTERS, question["options"])
                         if option["correct"]) or "none"
    if question["quantity"]:
        wanted = question["quantity"]
        value = wanted["value"] or "%s to %s" % (wanted["from"], wanted["to"])
        return (value + " " + (wanted["unit"] or "")).strip()
    if question["accepted"]:
        return question["accepted"][0]["text"]
    if question["items"]:
        return " – ".join(item["text"] for item in question["items"])
    if question["pairs"]:
        return "; ".join("%s: %s" % (p["left"]["text"], p["right"]["text"])
                         for p in question["pairs"] if p["left"])
    if question["statements"]:
        return "; ".join("%s: %s" % (
            s["content"]["text"], question["columns"][s["column"]]["text"])
            for s in question["statements"])
    return "; ".join(blank[0]["text"] for blank in question["blanks"])


class Handout:
    """The file of one lesson; its quiz may be a page of its own."""

    def __init__(self, page, options):
        self.page, self.options = page, options
        self.lines = ["# " + page["title"], ""]
        for block in page["content"]["blocks"]:
            if block["type"] != "heading" or block["level"] > 1:
                self.lines += block_lines(block)
        self.answers = []
        self.add_questions(page)

    def add_questions(self, page):
        for quiz in page["quizzes"]:
            for part in quiz["parts"]:
                if "question" in part:
                    number = len(self.answers) + 1
                    self.lines += question_lines(part["question"], number)
                    self.answers.append(answer_of(part["question"]))

    def write(self, folder):
        path = self.page["address"] + ".md"
        if self.options["answers"] and self.answers:
            self.lines += ["## Answers", ""]
            self.lines += ["%d. %s" % (number, answer) for number, answer
                           in enumerate(self.answers, 1)]
        long = [line for line in self.lines
                if line.startswith("#") and len(line) > self.options["width"]]
        if long:
            say(diagnostic={
                "severity": "note", "code": "long-heading",
                "message": "a heading is longer than the page is wide",
                "path": self.page["source"], "line": 1})
        whole = os.path.join(folder, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as f:
            f.write("\n".join(self.lines).rstrip() + "\n")
        say(file=path)


def main():
    if "--describe" in sys.argv[1:]:
        say(**DESCRIBE)
        return
    handout = folder = options = None
    for line in sys.stdin:
        record = json.loads(line)
        if record["type"] == "begin":
            folder = record["output"]["folder"]
            options = record["output"]["options"]
        elif record["type"] == "page":
            page = record["page"]
            if handout and page["partner"] == handout.page["address"]:
                handout.add_questions(page)
            elif page["kind"] == "lesson":
                if handout:
                    handout.write(folder)
                handout = Handout(page, options)
    if handout:
        handout.write(folder)
    say(done=True)


sys.stdout.reconfigure(encoding="utf-8")
sys.stdin.reconfigure(encoding="utf-8")
if __name__ == "__main__":
    main()
