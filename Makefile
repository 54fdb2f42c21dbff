# ergen: `make site` builds the tool and this repository's own course,
# `make test` runs every test, `make help` lists the rest.

PREFIX ?= /usr/local
BUILD ?= build
ifeq ($(origin CC),default)
CC = gcc
endif
PKGS = libcmark-gfm yaml-0.1 minizip libdeflate libxxhash glib-2.0 sqlite3 zlib gumbo \
	jansson libzstd
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
# Their headers are not ours to warn about.
LIB_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
LIB_LIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark-gfm-extensions -ldl

SRC := $(sort $(wildcard gen/*.c gen/*/*.c gen/*/*/*.c))
CORE := $(filter-out gen/main.c,$(SRC))
# What shared objects of others include.
PUBLIC = gen/write/plugin/ergen-writer.h
UNIT := $(sort $(wildcard tests/unit/*.c tests/unit/*/*.c tests/unit/*/*/*.c))
FUZZ := $(sort $(wildcard tests/fuzz/*.c))
FUZZERS := $(patsubst tests/fuzz/%_fuzz.c,$(BUILD)/asan/fuzz-%,$(filter %_fuzz.c,$(FUZZ)))

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

# What `ergen help ID` prints: the sections of docs/diagnostics.md as strings.
$(BUILD)/include/cmd/explanations.def: docs/diagnostics.md
	@mkdir -p $(@D)
	@sed 's/[\\"?]/\\&/g' $< | awk ' \
		/^## / { if (n) print ")"; print "SECTION(\"" $$2 "\","; \
			n++; gap = ""; started = 0; next } \
		n && /^$$/ { if (started) gap = gap "\"\\n\"\n"; next } \
		n { printf "%s\"%s\\n\"\n", gap, $$0; gap = ""; started = 1 } \
		END { if (n) print ")" }' >$@.new
	@mv $@.new $@

define explanations
$(BUILD)/$(1)/gen/cmd/explain.o: $(BUILD)/include/cmd/explanations.def
$(BUILD)/$(1)/gen/cmd/explain.o: override CFLAGS += -I$(BUILD)/include
endef
$(foreach f,release asan tsan lint,$(eval $(call explanations,$(f))))

$(BUILD)/ergen: $(BUILD)/release/ergen
	ln -f $< $@

.PHONY: clean
clean:
	rm -rf $(BUILD) out .ergen-staging-*

# The schemas for editors and the manual's lists of keys, of the tables in gen/.
.PHONY: docs
docs:
	@$(SUBMAKE) $(BUILD)/asan/unit
	@ERGEN_DOCS=write $(BUILD)/asan/unit -q -p /cmd/schema_docs -p /render/theme/words-in-docs

.PHONY: format
format:
	clang-format-14 -i $$(git ls-files 'gen/*.[ch]' 'tests/*.[ch]' ':!tests/highlight' 'docs/*.c')

# ---- what a newcomer calls

JOBS ?= $(shell nproc 2>/dev/null || echo 2)
# Parallel also if nobody said -j; "deps" must be done before anything expands
# LIB_CFLAGS, hence a make of its own. V=1 shows its commands.
SUBMAKE = $(MAKE) --no-print-directory $(if $(V),,-s) $(if $(filter -j%,$(MAKEFLAGS)),,-j$(JOBS))

.PHONY: deps
deps:
	@BUILD=$(BUILD) CC="$(CC)" .ci/deps build

.PHONY: test-deps
test-deps:
	@BUILD=$(BUILD) CC="$(CC)" .ci/deps test

.PHONY: site
site: deps
	@echo 'building $(BUILD)/ergen'
	@$(SUBMAKE) $(BUILD)/ergen
	@$(BUILD)/ergen build

.PHONY: test
test: deps test-deps
	@echo 'building $(BUILD)/ergen and the tests'
	@$(SUBMAKE) $(BUILD)/ergen $(BUILD)/asan/ergen $(BUILD)/asan/unit $(FUZZERS) \
		$(BUILD)/asan/pattern-list
	@$(BUILD)/ergen build
	@BUILD=$(BUILD) tests/run

# The website and cards as they look, for people: build/screenshots/.
.PHONY: screenshots
screenshots: site test-deps
	@BUILD=$(BUILD) tests/screenshots.mjs

.PHONY: check
check: $(BUILD)/ergen $(BUILD)/asan/ergen $(BUILD)/asan/unit $(FUZZERS)
	@BUILD=$(BUILD) tests/run unit golden fuzz

# GLib's own allocator hands memory from thread to thread by means that the
# sanitizer does not see.
TSAN_ENV = G_SLICE=always-malloc \
	TSAN_OPTIONS="halt_on_error=1 suppressions=$(CURDIR)/tests/tsan.supp"

.PHONY: check-thread
check-thread: $(BUILD)/tsan/ergen $(BUILD)/tsan/unit
	$(TSAN_ENV) $(BUILD)/tsan/ergen build -j4 --out $(BUILD)/tsan/out
	$(TSAN_ENV) $(BUILD)/tsan/unit -q
	$(TSAN_ENV) ERGEN=$(BUILD)/tsan/ergen tests/golden.py

.PHONY: install
install: $(BUILD)/ergen
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/ergen/fixture \
		$(DESTDIR)$(PREFIX)/share/doc/ergen $(DESTDIR)$(PREFIX)/include
	install -m 755 $(BUILD)/ergen $(DESTDIR)$(PREFIX)/bin/ergen
	install -m 644 $(PUBLIC) $(DESTDIR)$(PREFIX)/include/
	cp -R themes $(DESTDIR)$(PREFIX)/share/ergen/
	cp -R tests/e2e/full/. $(DESTDIR)$(PREFIX)/share/ergen/fixture/
	cp -R $(wildcard README.md CHANGELOG.md LICENSE docs) \
		$(DESTDIR)$(PREFIX)/share/doc/ergen/
	chmod -R a+rX $(DESTDIR)$(PREFIX)/share/ergen \
		$(DESTDIR)$(PREFIX)/share/doc/ergen

.PHONY: help
help:
	@echo 'make site          install what is missing, build ergen, build this course'
	@echo 'make test          install the test tools as well, run every test'
	@echo 'make               build $(BUILD)/ergen'
	@echo 'make check         unit tests, golden cases and what fuzzers found'
	@echo 'make bench         ratios beside cmark-gfm, Hugo, pandoc and genanki'
	@echo 'make screenshots   pictures of website and cards, to be looked at'
	@echo 'make check-thread  the same under ThreadSanitizer'
	@echo 'make lint          layout, warnings, who includes whom'
	@echo 'make format        rewrite the layout of all C files'
	@echo 'make docs          rewrite the parts of docs/ that follow from tables'
	@echo 'make deps          packages needed to build; make test-deps: to test'
	@echo 'make install       to PREFIX ($(PREFIX)); DESTDIR is respected'
	@echo 'make clean         remove $(BUILD)/ and out/'

# ---- unit tests: main.c calls one function for each file

UNIT_TESTS := $(filter-out tests/unit/main.c,$(UNIT))
UNIT_NAMES := $(subst /,_,$(UNIT_TESTS:tests/unit/%_test.c=%))

# Written anew only when the names change; a file that went away counts too.
$(BUILD)/unit_list.h: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(patsubst %,'UNIT_TEST(%)',$(UNIT_NAMES)) >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

define unit_main
$(BUILD)/$(1)/tests/unit/main.o: $(BUILD)/unit_list.h
$(BUILD)/$(1)/tests/unit/main.o: override CFLAGS += -I$(BUILD)
endef
$(foreach f,asan tsan lint,$(eval $(call unit_main,$(f))))

.PHONY: FORCE
FORCE:

# ---- the fuzzers' inputs, read once more: tests/fuzz/replay.c is main()

$(BUILD)/asan/fuzz-%: $(BUILD)/asan/tests/fuzz/%_fuzz.o \
		$(BUILD)/asan/tests/fuzz/replay.o $(CORE:%.c=$(BUILD)/asan/%.o)
	$(CC) $(SANITIZE) $(LDFLAGS) $^ $(LIB_LIBS) -o $@
.SECONDARY: $(FUZZ:%.c=$(BUILD)/asan/%.o)
-include $(FUZZ:%.c=$(BUILD)/asan/%.d)

# ---- patterns for a browser: tests/e2e/pattern_test.mjs asks this program

$(BUILD)/asan/pattern-list: tests/e2e/pattern_list.c $(CORE:%.c=$(BUILD)/asan/%.o)
	$(CC) $(STD) $(WARN) $(SANITIZE) $(LIB_CFLAGS) $(CFLAGS) $(LDFLAGS) $^ \
		$(LIB_LIBS) -o $@

# ---- lint

# The release flags, since some warnings need the optimizer.
$(eval $(call flavour,lint,$(RELEASE) -Werror))

HEADERS := $(sort $(wildcard gen/*/*.h gen/*/*/*.h))
LINT_C = $(HEADERS) $(SRC) $(UNIT) $(FUZZ) $(sort $(wildcard tests/*/*.h tests/bench/*.c tests/e2e/*.c docs/examples/*.c))
HEADER_CHECKS := $(HEADERS:%=$(BUILD)/lint/%.ok)

# A header compiles alone, and twice.
$(BUILD)/lint/%.h.ok: %.h
	@mkdir -p $(@D)
	@printf '#include "%s"\n' $(<:gen/%=%) $(<:gen/%=%) | \
		$(CC) $(STD) $(WARN) $(GCC_WARN) -Werror $(LIB_CFLAGS) $(CFLAGS) \
		-MMD -MP -MF $@.d -MT $@ -fsyntax-only -x c -
	@touch $@
-include $(HEADERS:%=$(BUILD)/lint/%.ok.d)

.PHONY: lint
lint:
	@.ci/lint-layout $(LINT_C)
	@.ci/lint-layers
	@$(SUBMAKE) lint-warnings
	@echo 'lint: clean'

# The public header, and what is built with it, in every standard that is
# promised; in C++ where there is a compiler of it.
PUBLIC_CHECK = $(BUILD)/lint/public.ok
$(PUBLIC_CHECK): $(PUBLIC) $(wildcard docs/examples/*.c)
	@mkdir -p $(@D)
	@for std in c99 c11 c17; do \
		$(CC) -std=$$std -Wall -Wextra -Wpedantic -Werror \
			-I$(dir $(PUBLIC)) -fsyntax-only \
			$(wildcard docs/examples/*.c) || exit 1; \
	done
	@for std in c++11 c++14 c++17; do \
		command -v $(CXX) >/dev/null || \
			{ echo "lint: skipped: there is no $(CXX)"; break; }; \
		echo '#include <$(notdir $(PUBLIC))>' | \
			$(CXX) -std=$$std -Wall -Wextra -Wpedantic -Werror \
			-I$(dir $(PUBLIC)) -fsyntax-only -x c++ - || exit 1; \
	done
	@touch $@

.PHONY: lint-warnings
lint-warnings: $(HEADER_CHECKS) $(PUBLIC_CHECK) \
		$(SRC:%.c=$(BUILD)/lint/%.o) $(UNIT:%.c=$(BUILD)/lint/%.o) \
		$(FUZZ:%.c=$(BUILD)/lint/%.o)

# ---- measuring: ergen beside others, on generated courses

.PHONY: bench
bench: deps
	@BUILD=$(BUILD) .ci/deps bench
	@$(SUBMAKE) $(BUILD)/ergen $(BUILD)/bench-parse
	@BUILD=$(BUILD) tests/bench/run.py $(BENCH)

# ---- bench: parsing alone, beside cmark-gfm's own

$(BUILD)/bench-parse: tests/bench/parse.c $(CORE:%.c=$(BUILD)/release/%.o)
	$(CC) $(STD) $(WARN) $(RELEASE) $(LIB_CFLAGS) $(CFLAGS) $(LDFLAGS) $^ \
		$(LIB_LIBS) -o $@
