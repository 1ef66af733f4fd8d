# oc - the option-chain toolkit.  make, make check, make demo, make install
#
# Objects go to $(BUILD); sanitized ones (SAN=1) to build-san.  A file NAME.k.c holds vector kernels and
# is compiled three times, once for each instruction set; see libcore/math/vec.h.

VERSION = 0.1.0
PREFIX  = /usr/local
CC      = gcc
CXX     = g++
BUILD   = build
OPT     = -O2 -g
WARN    = -Wall -Wextra -Wconversion -Wshadow -Wvla -Werror=implicit-function-declaration
# Same bits from every compiler: no contraction into fma but where the source says so.
FPFLAGS = -ffp-contract=off -fno-math-errno -fno-trapping-math

ifeq ($(SAN),1)
BUILD   = build-san
OPT     = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif

CFLAGS  = -std=c11 -D_GNU_SOURCE -DOC_VERSION='"$(VERSION)"' -DOC_DATADIR='"$(PREFIX)/share/oc"' \
          -Ilibcore $(OPT) $(WARN) $(WERROR) $(FPFLAGS) -fno-semantic-interposition -fPIC -MMD -MP
LDLIBS  = -lgsl -lgslcblas -lcsv -ljansson -lyajl -larchive -lsqlite3 -lzstd -lz -lm -lpthread
LDFLAGS = -Wl,--as-needed

# ---- sources --------------------------------------------------------------------------------------
KSRC  = $(wildcard libcore/*/*.k.c)
SRC   = $(filter-out $(KSRC),$(wildcard libcore/*/*.c))
ISAS  = avx512 avx2 base
OBJ   = $(SRC:%.c=$(BUILD)/%.o) $(foreach i,$(ISAS),$(KSRC:%.k.c=$(BUILD)/%.k.$(i).o))
PROGS = $(patsubst cmd/%.c,$(BUILD)/bin/%,$(wildcard cmd/*.c))
UNIT  = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))
BENCH = $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
FUZZ  = $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(filter-out tests/fuzz/driver.c,$(wildcard tests/fuzz/*.c)))
QL    = $(patsubst tests/peer/%.cpp,$(BUILD)/bench/%,$(wildcard tests/peer/quantlib*.cpp))
LIB   = $(BUILD)/liboptchain.a
SO    = liboptchain.so.$(VERSION)

KFLAGS_avx512 = -march=x86-64-v4 -mprefer-vector-width=512
KFLAGS_avx2   = -march=x86-64-v3
KFLAGS_base   =
ifneq ($(shell uname -m),x86_64)
ISAS = base
endif

# ---- what a goal needs from the system is there before the first file is compiled -------------------
NEED_demo  = build
NEED_check = build check
NEED_check-full = build check
NEED_bench = build bench
NEED_fuzz  = build fuzz
NEED  := $(sort $(foreach g,$(MAKECMDGOALS),$(NEED_$(g))))
DEPS  := $(if $(NEED),deps)
ifneq ($(NEED),)
MAKEFLAGS += -j$(shell nproc)
endif

# V=1 shows the commands
Q   = $(if $(V),,@)
SAY = @$(if $(V),:,echo)

all: $(PROGS) $(BUILD)/$(SO)

deps:
	@scripts/deps $(NEED)

$(BUILD)/%.o: %.c | $(DEPS)
	@mkdir -p $(@D)
	$(SAY) CC $@
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<

define KRULE
$(BUILD)/%.k.$(1).o: %.k.c | $(DEPS)
	@mkdir -p $$(@D)
	$(SAY) CC $$@
	$(Q)$$(CC) $$(CFLAGS) -O3 -DOC_ISA_$(1) $$(KFLAGS_$(1)) -c -o $$@ $$<
endef
$(foreach i,$(ISAS),$(eval $(call KRULE,$(i))))

$(LIB): $(OBJ)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/$(SO): $(OBJ) scripts/optchain.map
	$(SAY) LD $@
	$(Q)$(CC) $(OPT) $(LDFLAGS) -shared -Wl,-soname,liboptchain.so.0 -Wl,-Bsymbolic \
	    -Wl,--version-script=scripts/optchain.map -o $@ $(OBJ) $(LDLIBS)

define LINK
@mkdir -p $(@D)
$(SAY) LD $@
$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^
endef
$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(LIB)
	$(LINK) $(LDLIBS)
$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(LIB)
	$(LINK) $(LDLIBS) -lmpfr -lgmp
$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(LIB)
	$(LINK) $(LDLIBS)
$(QL): $(BUILD)/bench/%: tests/peer/%.cpp | $(DEPS)
	@mkdir -p $(@D)
	$(SAY) CC $@
	$(Q)$(CXX) -std=c++17 -O3 -march=native -DNDEBUG -o $@ $< -lQuantLib
$(BUILD)/gen/%: $(BUILD)/testdata/gen_%.o $(LIB)
	$(LINK) $(LDLIBS)
$(BUILD)/peer/%: $(BUILD)/tests/peer/%.o
	$(LINK) -ldl

# A fuzz target is a plain program over its corpus; FUZZER=1 (tests/fuzz/run) makes it a libFuzzer one.
ifeq ($(FUZZER),1)
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(LIB)
	$(LINK) -fsanitize=fuzzer $(LDLIBS)
else
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/driver.o $(LIB)
	$(LINK) $(LDLIBS)
endif

# ---- goals ------------------------------------------------------------------------------------------
demo: all
	@BUILD=$(BUILD) scripts/demo

fuzzers: $(FUZZ)
tests: all $(UNIT) $(FUZZ) $(BUILD)/gen/chain $(BUILD)/gen/cboe $(BUILD)/gen/preset $(BUILD)/gen/trades $(BUILD)/gen/ticks $(BUILD)/peer/chdb $(BUILD)/bench/latency

check: tests
	@BUILD=$(BUILD) CC="$(CC)" tests/run

check-full: tests
	@BUILD=$(BUILD) CC="$(CC)" OC_FULL=1 tests/run

bench: all $(BENCH) $(QL) $(foreach g,chain cboe ticks market,$(BUILD)/gen/$g) $(BUILD)/peer/chdb
	@BUILD=$(BUILD) tests/bench/run

fuzz: | $(DEPS)
	@tests/fuzz/run

layers: $(OBJ)
	@BUILD=$(BUILD) scripts/layers

install: all
	@BUILD=$(BUILD) VERSION=$(VERSION) PREFIX=$(PREFIX) scripts/install
uninstall:
	@BUILD=$(BUILD) VERSION=$(VERSION) PREFIX=$(PREFIX) scripts/install --remove

dist:
	@mkdir -p $(BUILD)
	git archive --prefix=oc-$(VERSION)/ -o $(BUILD)/oc-$(VERSION).tar.gz HEAD

clean:
	rm -rf build build-san build-clang build-fuzz

.PHONY: all deps demo fuzzers tests check check-full bench fuzz layers install uninstall dist clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
