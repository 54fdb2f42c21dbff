import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(
        ">I", zlib.crc32(kind + data))


def png(path, width, height, more=b""):
    rows = (b"\0" + b"\0" * ((width + 7) // 8)) * height
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(
            b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) +
            more + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


png("cover.png", 1, 5001)
png("content/wide.png", 5001, 1)
png("content/heavy.png", 5000, 2, chunk(b"teXt", bytes(5 << 20)))
