import os

# As deep as folders may be: the map of the home page shows all of them.
path = "content"
for i in range(32):
    path = os.path.join(path, "d%d" % i)
os.makedirs(path)
with open(os.path.join("content", "index.md"), "w") as f:
    f.write("# T\n\nHome.\n")
with open(os.path.join(path, "one.md"), "w") as f:
    f.write("# The deepest\n\nText.\n")
