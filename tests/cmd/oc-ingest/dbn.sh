# Databento's binary files of versions 1 to 3 (made by hand: $TOP/tests/fuzz/corpus/dbn): prices, times, names from the metadata and from
# the stream, what a stream adds to its records; cut, damaged and foreign ones are refused at their record.
c=$TOP/tests/fuzz/corpus/dbn
see() { oc-ingest --preset databento-"$@"; }
see trades "$c/trades1"
see trades "$c/trades3" -j2 --batch-rows 1
see trades "$c/live"
see trades "$c/tsout"
see quotes "$c/mbp"
see ohlcv "$c/bars"
see statistics "$c/stat"
echo "refused:"
for f in cut metacut zero bars; do see trades "$c/$f" 2>&1 >/dev/null | sed 's,/.*/,,'; done
printf 'DBN\11\0\0\0\0' | see trades
printf 'DB' | see trades
: | see trades
zstd -qc "$c/trades3" | head -c 100 | see trades
