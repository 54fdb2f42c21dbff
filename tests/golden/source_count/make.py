"""500 links to a folder of 500 folders: 250,000 entries are met."""
import os

for i in range(500):
    os.makedirs("content/all/%03d" % i)
    os.symlink("all", "content/link%03d" % i)
