# CME euro futures by the minute, stamped at the end: what is read begins a minute before the file's first stamp.
. "$TOP/tests/data/series.bash"
sample cme_6e
oc-ingest --preset cme-minute-bars "$DIR"/*.csv.gz >b.csv
zcat "$DIR"/*.csv.gz | sed -n '2p;$p'
sed -n '1,2p;$p' b.csv
bars <b.csv
gaps 60 <b.csv >all
gaps 3000 <b.csv >long
cat long
awk '{ n++; weekends += $3 > 86400 } END { print n " longer than 50 minutes, " weekends " weekends" }' long
wc -l <all
