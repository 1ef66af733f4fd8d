# Binance bars: a month of minutes without a gap (a header, milliseconds), ten minutes without a header.
. "$TOP/tests/data/series.bash"
sample binance
oc-ingest --preset binance-klines "$DIR"/ALGOUSDT-1m-2024-02.csv.zst >b.csv
sed -n '1,2p;$p' b.csv
bars <b.csv
gaps 60 <b.csv | wc -l
oc-ingest --preset binance-klines-spot "$DIR/ADABTC-1m-2021-11-27.csv" >s.csv
sed -n '1,2p' s.csv
bars <s.csv
# since 2025 the same in microseconds
sed 's/^[0-9]*/&000/' "$DIR/ADABTC-1m-2021-11-27.csv" | oc-ingest --preset binance-klines-spot --set symbol=ADABTC --set interval=1m | cmp - s.csv && echo same
