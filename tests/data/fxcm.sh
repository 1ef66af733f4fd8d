# FXCM: minutes of February 2012 with 111 gaps, 4 of them weekends.
. "$TOP/tests/data/series.bash"
sample fxcm
oc-ingest --preset fxcm-bars "$DIR"/gbpusd-m1-bid-2012.csv.zst >b.csv
sed -n '1,2p;$p' b.csv
bars <b.csv
gaps 60 <b.csv | awk '{ n++ } $3 > 86400 { weekends++; print } END { print n " gaps, " weekends " weekends" }'
