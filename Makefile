# oc - the option-chain toolkit.  make, make check, make demo, make install
#
# Objects go to $(BUILD); sanitized ones (SAN=1) to build-san.  A file NAME.k.c holds vector kernels and
# is compiled three times, once for each instruction set; see libcore/math/vec.h.

VERSION = 0.1.0
PREFIX  = /usr/local
CC      = gcc
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
          -Ilibcore $(OPT) $(WARN) $(FPFLAGS) -fvisibility=hidden -fPIC -MMD -MP
LDLIBS  = -lgsl -lgslcblas -lcsv -lzstd -lz -lm -lpthread
LDFLAGS = -Wl,--as-needed

# ---- sources --------------------------------------------------------------------------------------
KSRC  = $(wildcard libcore/*/*.k.c)
SRC   = $(filter-out $(KSRC),$(wildcard libcore/*/*.c))
ISAS  = avx512 avx2 base
OBJ   = $(SRC:%.c=$(BUILD)/%.o) $(foreach i,$(ISAS),$(KSRC:%.k.c=$(BUILD)/%.k.$(i).o))
PROGS = $(patsubst cmd/%.c,$(BUILD)/bin/%,$(wildcard cmd/*.c))
UNIT  = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))
BENCH = $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))

KFLAGS_avx512 = -march=x86-64-v4 -mprefer-vector-width=512
KFLAGS_avx2   = -march=x86-64-v3
KFLAGS_base   =
ifneq ($(shell uname -m),x86_64)
ISAS = base
endif

all: $(PROGS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

define KRULE
$(BUILD)/%.k.$(1).o: %.k.c
	@mkdir -p $$(@D)
	$$(CC) $$(CFLAGS) -O3 -DOC_ISA_$(1) $$(KFLAGS_$(1)) -c -o $$@ $$<
endef
$(foreach i,$(ISAS),$(eval $(call KRULE,$(i))))

$(BUILD)/liboptchain.a: $(OBJ)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(BUILD)/liboptchain.a
	@mkdir -p $(@D)
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/liboptchain.a
	@mkdir -p $(@D)
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lmpfr -lgmp

$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/liboptchain.a
	@mkdir -p $(@D)
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LDLIBS)

clean:
	rm -rf build build-san build-clang build-fuzz

.PHONY: all clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
