#!/usr/bin/env bash
# clickhouse - Arrow streams and files against the ClickHouse engine of npm's @chdb/lib-linux-x64-gnu, both ways.
NAME=clickhouse
. "$(dirname "$0")/common.bash"
export CHDB_LIB=$NODE_PATH/@chdb/lib-linux-x64-gnu/libchdb.so
[ -e "$CHDB_LIB" ] || skip "npm package @chdb/lib-linux-x64-gnu is not installed"
[ -x "$build/peer/chdb" ] || skip "no $build/peer/chdb"
chdb() { timeout 120 "$build/peer/chdb" "$@" 2>"$work/err" || head -n 3 "$work/err" | sed "s/^/# /" >&2; }
[ "$(chdb CSV 'SELECT 1')" = 1 ] || skip "its library does not run here"

# every cell in the canonical form of data.js; by ts, since the engine reads batches in any order
or_missing() { echo "if(isNull($1), '~', assumeNotNull($2))"; }
bits() { or_missing "$1" "lower(hex(reinterpretAsUInt64(assumeNotNull(toFloat64($1)))))"; }
text() { or_missing "$1" "toString($1)"; }
canonical="SELECT toUnixTimestamp64Nano(ts), symbol, toInt32(expiry), $(bits strike), type, $(bits bid), $(bits ask),
    $(bits volume), $(text step), $(or_missing inverse 'toString(toUInt8(inverse))'), $(text labels), $(text note)"
for form in pipe.arrows:ArrowStream regular.arrows:ArrowStream layout.arrow:Arrow zstd.arrows:ArrowStream zstd.arrow:Arrow; do
    chdb TSV "$canonical FROM file('$work/${form%:*}', '${form#*:}') ORDER BY ts" >"$work/got.tsv"
    same "our ${form%:*}" "$work/expect.tsv" "$work/got.tsv"
done

# what it read of ours, written as Arrow by it: each compression, dictionaries or not, wide and narrow types
# (not from the CSV: its reader of numbers is off by an ulp now and then)
structure="ts DateTime64(9, ''UTC''), symbol String, expiry Date32, strike Float64, type String, bid Nullable(Float64),
    ask Float64, volume Nullable(Float64), step Nullable(Int64), inverse Nullable(Bool), labels Nullable(String),
    note Nullable(String)"
from="FROM file('$work/pipe.arrows', 'ArrowStream', '$structure') ORDER BY ts SETTINGS output_format_arrow_string_as_string = 1"
wide="SELECT ts, toLowCardinality(symbol) AS symbol, expiry, toDecimal64(strike, 4) AS strike, toLowCardinality(type) AS type, bid, ask,
    toUInt32(volume) AS volume, step, inverse, toLowCardinality(labels) AS labels, toLowCardinality(note) AS note"
for form in none:ArrowStream lz4_frame:ArrowStream zstd:ArrowStream lz4_frame:Arrow; do
    settings="output_format_arrow_compression_method = '${form%:*}', output_format_arrow_low_cardinality_as_dictionary = 1,
        output_format_arrow_use_signed_indexes_for_dictionary = 0"
    chdb "${form#*:}" "SELECT * $from, $settings" >"$work/theirs"
    theirs "its ${form#*:} ${form%:*}" "$work/theirs"
    chdb "${form#*:}" "$wide $from, $settings" >"$work/theirs"
    theirs "its ${form#*:} ${form%:*}, dictionaries and decimals" "$work/theirs"
done
