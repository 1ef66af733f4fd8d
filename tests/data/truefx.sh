# TrueFX, re-headed: instants with their offset, one of them without a fraction.
. "$TOP/tests/data/series.bash"
sample truefx
oc-ingest --preset truefx-ticks "$DIR/usdjpy-ticks.csv" >t.csv
sed -n '1,2p;$p' <t.csv
series '{ n++; bad += $4 < $3; if ($4 - $3 > wide) wide = $4 - $3; whole += $1 !~ /\./; t = secs($1); back += t < last; last = t }
    END { printf "%d ticks, %d crossed, widest %.3f, %d without a fraction, %d out of order\n", n, bad, wide, whole, back }' <t.csv
