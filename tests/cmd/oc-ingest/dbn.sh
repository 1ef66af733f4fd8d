# Databento's binary files of versions 1 to 3 (made by hand: $TOP/tests/fuzz/corpus/dbn): prices, times, names from the metadata and from
# the stream, what a stream adds to its records; cut, damaged and foreign ones are refused at their record.
cd "$TOP/tests/fuzz/corpus/dbn" || exit 2
see() { oc-ingest --preset databento-"$@"; }
see trades trades1
see trades trades1 --on-error na -k symbol,seq
see trades trades3 -j2 --batch-rows 1
see trades live
see trades tsout
see quotes mbp
see ohlcv bars
see statistics stat --on-error na
echo "refused:"
for f in cut metacut zero bars; do see trades $f 2>&1 >/dev/null; done
printf 'DBN\11\0\0\0\0' | see trades
printf 'DB' | see trades
: | see trades
zstd -qc trades3 | head -c 100 | see trades
