with open("bad.gift", "wb") as f:
    f.write(b"::x:: fine {T}\n\nLatin 1: \xe4 {T}\n")
with open("nul.gift", "wb") as f:
    f.write(b"\xef\xbb\xbfA NUL\0 {T}\n")
