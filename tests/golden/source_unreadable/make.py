"""A name that is Latin-1: some file systems refuse it."""
import os

os.close(os.open(b"content/caf\xe9.md", os.O_CREAT | os.O_WRONLY))
