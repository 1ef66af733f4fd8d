# Columns of other names by --map, scaled exactly; local times by --tz; what would be guessed is refused.
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
printf 'when,und,exp,cp,K,px,ivol\n2024-01-02 16:00:00,SPX,2024-03-15,C,4800,112.5,13.2\n2024-07-01 16:00:00,SPX,2024-03-15,call,4800.00,112.50,29\n' >v.csv
M='ts=when,symbol=und,expiry=exp,type=cp,strike=K,last=px,iv=ivol*0.01'
try oc-ingest --kind quote --tz America/New_York -m "$M" v.csv
try oc-ingest --kind quote -m "$M" v.csv
try oc-ingest --kind quote --tz America/New_York -m 'ts=wenn' v.csv
oc-ingest --kind quote --tz America/New_York -m "$M" v.csv -O arrow | oc-cat -O csv
oc-ingest --preset cboe-quotedata --show-map | head -4
oc-ingest --list-presets | grep -E '^(cboe-quotedata|yahoo-options) '
# every program tells its map; a preset has its own names and kind
try oc-ingest --kind quote -m "$M" v.csv --show-map -o never.csv
try oc-cat --kind quote -m "$M" v.csv --show-map
sed '1s/when/note/' v.csv | try oc-price -m 'iv=ivol*0.01,strike=K,expiry=exp' --show-map
oc-ingest --kind quote --tz America/New_York -m "$M" v.csv -O arrow | oc-price --show-map | head -n 2
try oc-ingest --preset cboe-quotedata -m last=px v.csv
try oc-ingest --preset cboe-quotedata --kind bar v.csv
[ -e never.csv ] || echo nothing written
