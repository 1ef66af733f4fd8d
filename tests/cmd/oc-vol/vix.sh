# The Cboe's own examples: F of the VIX white paper (1962.89996, 1962.40006), and of an SPX chain of 2024-04-23 (5086.254).
DIR=$SHARED/data
[ -d "$DIR/vix_white_paper" ] || { echo "skip vix: no $DIR/vix_white_paper"; exit 0; }
paper() {
    awk -v OFS=, -v y="$2" 'BEGIN { print "ts,symbol,root,years,type,strike,bid,ask" }
        { print "2014-01-01T00:00:00Z", "SPX", "SPX", y, "C", $1, $2, $3; print "2014-01-01T00:00:00Z", "SPX", "SPX", y, "P", $1, $4, $5 }' \
        "$DIR/vix_white_paper/$1"
}
COLS=forward,forward_low,forward_high,pairs,status
paper vixnearterm.dat 0.06834855403348554 >near.csv
paper vixnextterm.dat 0.08826864535768645 >next.csv
oc-vol forward --table --method vix --rate 0.0305% near.csv --float fixed:5 --keep $COLS
oc-vol forward --table --method vix --rate 0.0286% next.csv --float fixed:5 --keep $COLS
echo -- all strikes, and what they say of the rate
oc-vol forward --table near.csv --float fixed:5 --keep $COLS,zero_rate,residual
oc-vol forward --table --rate 0.0305% near.csv --float fixed:5 --keep $COLS,zero_rate,residual
echo -- SPX, 2024-04-23
zstd -dc "$DIR/historicaloptiondata_l3/L3_SPX_20240423.csv.zst" |
    awk -F, -v OFS=, 'NR == 1 { print "ts,symbol,contract_symbol,bid,ask"; next } { print "2024-04-23T20:00:00Z", $1, $4, $11, $12 }' >l3.csv
oc-vol forward --table --method vix --rate 5.45% l3.csv --where 'contract_symbol < "SPX2406"' --float fixed:4 --keep date,settle,$COLS
oc-vol forward --table l3.csv --float fixed:4 --keep date,settle,forward,zero_rate,forward_low,forward_high,pairs,outliers,residual,status
