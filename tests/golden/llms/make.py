"""The content is that of the case markdown: what a format shows of it, and
here that none of its answers can be read: they all hold the word SECRET."""
import os
import shutil

HERE = os.path.dirname(os.path.abspath(__file__))
shutil.copytree(os.path.join(HERE, "..", "markdown", "course", "content"),
                "content")
