"""A question of a megabyte on one line, which no course may hold."""
with open("long.gift", "w") as f:
    f.write("::long:: " + "word " * 200000 + "{T}\n")
