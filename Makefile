# ergen: `make site` builds the tool and this repository's own course,
# `make test` runs every test, `make help` lists the rest.

PREFIX ?= /usr/local
BUILD ?= build
CC ?= gcc
PKGS = libcmark-gfm yaml-0.1 minizip libdeflate libxxhash glib-2.0 sqlite3 zlib gumbo
-include $(BUILD)/config.mk

VERSION = 0.1.0
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wold-style-definition -Wmissing-prototypes -Wpointer-arith -Wcast-qual \
	-Wcast-align -Wwrite-strings -Wundef -Wvla -Wformat=2 \
	-Wnull-dereference -Wredundant-decls -Wimplicit-fallthrough -Wconversion \
	-Wno-sign-conversion -Wdate-time
GCC_WARN = -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
	-Wjump-misses-init -Walloca
STD = -std=c17 -D_GNU_SOURCE -Igen -DERGEN_VERSION='"$(VERSION)"' -fno-common \
	-DGLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_72 -DGLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_72
RELEASE = -O2 -DNDEBUG -D_FORTIFY_SOURCE=2 -fstack-protector-strong \
	-fstack-clash-protection -fPIE
SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer -DARENA_DEBUG
THREAD = -O1 -g -fsanitize=thread
LIB_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LIB_LIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark-gfm-extensions

SRC := $(sort $(wildcard gen/*.c gen/*/*.c gen/*/*/*.c))
CORE := $(filter-out gen/main.c,$(SRC))
UNIT := $(sort $(wildcard tests/unit/*.c tests/unit/*/*.c tests/unit/*/*/*.c))

.PHONY: all
all: $(BUILD)/ergen

# One set of rules per flavour: release, asan (tests), tsan (check-thread).
define flavour
$(BUILD)/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$$(CC) $(STD) $(WARN) $(GCC_WARN) $(2) -MMD -MP $$(LIB_CFLAGS) $$(CFLAGS) -c $$< -o $$@
$(BUILD)/$(1)/ergen: $(SRC:%.c=$(BUILD)/$(1)/%.o)
	$$(CC) $(2) $$(LDFLAGS) $$^ $$(LIB_LIBS) -o $$@
$(BUILD)/$(1)/unit: $(CORE:%.c=$(BUILD)/$(1)/%.o) $(UNIT:%.c=$(BUILD)/$(1)/%.o)
	$$(CC) $(2) $$(LDFLAGS) $$^ $$(LIB_LIBS) -o $$@
-include $(patsubst %.c,$(BUILD)/$(1)/%.d,$(SRC) $(UNIT))
endef
$(eval $(call flavour,release,$(RELEASE)))
$(eval $(call flavour,asan,$(SANITIZE)))
$(eval $(call flavour,tsan,$(THREAD)))

$(BUILD)/ergen: $(BUILD)/release/ergen
	ln -f $< $@

.PHONY: clean
clean:
	rm -rf $(BUILD) out .ergen-staging-*

.PHONY: format
format:
	clang-format-14 -i $$(git ls-files 'gen/*.[ch]' 'tests/*.[ch]')
