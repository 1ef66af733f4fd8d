# Investing.com: quoted cells, newest first, volumes with a letter; the Moscow exchange closed for 27 days in 2022.
. "$TOP/tests/data/series.bash"
sample investing_com
f="$DIR/SBER Historical Data.csv"
oc-ingest --preset investing-com --tz Europe/Moscow "$f" >b.csv
sed -n '1,2p;$p' b.csv
# days of Moscow, where the row is midnight: three hours before UTC
sed 1d b.csv | tac | { head -n 1 b.csv; cat; } >up.csv
bars <up.csv
gaps 864001 <up.csv
sed 1d up.csv | cut -c1-19 | sed 's/T/ /;s/$/Z 3 hours/' | date -u -f - '+%F %a' | grep Sat
grep -o '[0-9.]*[MB]",' "$f" | grep -o '[MB]' | sort | uniq -c
grep 'B"' "$f" | cut -c1-90
awk -F, 'NR > 1 && $8 >= 1e9' b.csv
