import os

os.mkfifo("content/pipe.md")
