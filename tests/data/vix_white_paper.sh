# The chain of Cboe's white paper: forwards, strikes used, variances of both terms and the index, 13.69 as printed.
. "$TOP/tests/data/facts.bash"
sample vix_white_paper
leg() { # FILE EXPIRY MINUTES RATE
    oc-ingest --preset cboe-white-paper --ts 2014-09-15T14:46:00Z --set expiry="$2" "$DIR/$1" >leg.csv || exit
    facts '{ k[$c["strike"]] = 1; if (NR == 2) first = $c["strike"]; last = $c["strike"] }
           END { for (x in k) n++; printf "%d strikes %g..%g: ", n, first, last }' <leg.csv
    variance "T=$(awk -v m="$3" 'BEGIN { printf "%.17g", m / 525600 }')" "R=$4" <leg.csv
}
near=$(leg vixnearterm.dat 2014-10-10 $((854 + 510 + 34560)) 0.000305)
next=$(leg vixnextterm.dat 2014-10-17 $((854 + 900 + 44640)) 0.000286)
echo "$near"
echo "$next"
vix $((854 + 510 + 34560)) "$near" $((854 + 900 + 44640)) "$next"
# the moment and the day are not in the file
oc-ingest --preset cboe-white-paper --ts 2014-09-15T14:46:00Z <"$DIR/vixnearterm.dat" | tail -n 1
oc-ingest --preset cboe-white-paper --set expiry=2014-10-10 <"$DIR/vixnearterm.dat" | tail -n 1
oc-ingest --preset cboe-white-paper --ts 2014-09-15T14:46:00Z --set expiry=2014-10-10 "$DIR/vixnearterm.dat" | forwards 2014-10-10 0.000305
