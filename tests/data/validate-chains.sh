# Chains: AAPL's 8 crossed rows and its placeholders, a collector's files of exchange holidays, the session it missed.
d=$SHARED/data
[ -e "$d/yahoo_options" ] || { echo "skip validate-chains: no sample data"; exit 0; }
oc-ingest --preset yahoo-options --ts 2026-02-11T17:27:02Z "$d/yahoo_options/AAPL_2026-02-11.csv.zst" |
    oc-validate -q --calendar XCBO --checks c.csv -o good.csv
echo "AAPL: status $?, $(($(wc -l <good.csv) - 1)) good"
oc-cat c.csv --where 'count > 0' --keep check,severity,count --table
for day in 06-18 06-19 06-22 07-02 07-03 07-06; do
    oc-ingest --preset yf-greeks-archive "$d/yf_greeks_archive/JNJ/2026-$day.csv" |
        oc-validate -q --calendar XCBO --only-checks 1 --checks c.csv -o good.csv 2>err
    echo "JNJ 2026-$day: status $?, $(($(wc -l <good.csv) - 1)) good, $(oc-cat c.csv --where 'check == "session_holiday" && rows > 0' --keep count | tail -1) on a holiday"
done
for day in 08-05 08-07; do oc-ingest --preset yf-greeks-archive "$d/yf_greeks_archive/JNJ/2026-$day.csv"; done | awk 'NR == 1 || !/^ts/' |
    oc-validate -q --calendar XCBO --only-checks gap --set gap=82800 --gaps g.csv -o out.csv
cut -d, -f1-3,6,8,9 g.csv | sort | uniq -c | sort -rn | head -2 | tr -s ' '
