# Databento's binary files of OPRA, version 3: the request's limit of 4 records, one instrument by its name.
d=$SHARED/data/databento_dbn
[ -e "$d" ] || { echo "skip databento: no sample data"; exit 0; }
for s in trades:trades quotes:cbbo-1m ohlcv:ohlcv-1m definition:definition statistics:statistics; do
    oc-ingest --preset databento-${s%:*} "$d/OPRA.PILLAR.${s#*:}.dbn.zst" >out
    head -n 1 out
    awk -v s=${s#*:} 'NR > 1 && /AAPL  250221C00250000/ { n++ } END { print s ": " n " records of the contract, " NR - 1 - n " others" }' out
done
# what the bars say of the first minute that the trades lie in too; open interest is that of one contract, told by four venues
oc-ingest --preset databento-ohlcv "$d/OPRA.PILLAR.ohlcv-1m.dbn.zst" | awk -F, 'NR > 1 && ($5 < $4 || $5 < $7 || $6 > $4 || $6 > $7 || $3 != "1m") { print "no bar: " $0 }'
oc-ingest --preset databento-statistics "$d/OPRA.PILLAR.statistics.dbn.zst" | cut -d, -f 1,4 | sort | uniq -c | tr -s ' ' 
# the records of one type are not those of another; a cut file is refused behind its whole records
oc-ingest --preset databento-trades "$d/OPRA.PILLAR.ohlcv-1m.dbn.zst" >/dev/null 2>err
sed 's,/.*/,,' err
zstd -dcq "$d/OPRA.PILLAR.trades.dbn.zst" | head -c -5 >cut.dbn
oc-ingest --preset databento-trades cut.dbn | wc -l
