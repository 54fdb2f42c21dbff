#!/bin/sh
# The fuzzers, with clang: `tests/fuzz/build.sh [clang-14]` from the root makes
# build/fuzz/NAME; run one with
#   build/fuzz/markdown -max_len=4096 CORPUS tests/fuzz/markdown.seeds
# What it finds goes to tests/fuzz/markdown.seeds: `make check` replays it.
set -eu
CC=${1:-clang-14}
OUT=${BUILD:-build}/fuzz
PKGS='libcmark-gfm yaml-0.1 minizip libdeflate libxxhash glib-2.0 sqlite3 zlib gumbo jansson libzstd'
mkdir -p "$OUT"
for from in tests/fuzz/*_fuzz.c; do
	name=$(basename "$from" _fuzz.c)
	# shellcheck disable=SC2046
	"$CC" -std=c17 -D_GNU_SOURCE -DERGEN_VERSION='"fuzz"' -Igen -O1 -g -DARENA_DEBUG \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
		$(pkg-config --cflags $PKGS) "$from" \
		gen/base/*.c gen/port/*.c gen/doc/*.c gen/book/*.c gen/import/*.c \
		$(pkg-config --libs $PKGS) -lcmark-gfm-extensions -o "$OUT/$name"
done
