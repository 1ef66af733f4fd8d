# what the snapshot says of time, calendar and names: right or refused
H="--model geometric_brownian:volatility=0.2 --step 1d --steps 2"
C="--symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --dividend-yield 1.3% --vol 20% --strikes 50 --chain-size 1"
oc-chain $C --rate 4% --schedule weekly:2 >in.csv
echo "## two dates of one instant: a Saturday is the Friday before it, here a half day, and 13:00 its close"
for other in 2026-11-28,2026-11-27T18:00:00Z,PM 2026-11-27,2026-11-27T18:00:00Z,13:00; do
    awk -F, -v OFS=, -v o=$other 'NR == 1 || $4 != "2026-11-27" { print; next }
        { print; split(o, p, ","); $4 = p[1]; $5 = p[2]; $6 = p[3]; print }' in.csv | oc-step $H
done 2>&1
echo "## years and expires_at that the calendar does not give; those that it gives"
oc-cat in.csv | sed '1s/$/,years/; 1!s/$/,0.5/' | oc-step $H 2>&1
sed 's/2026-11-27T18:00:00Z/2026-11-27T21:00:00Z/' in.csv | oc-step $H 2>&1
sed 's/2026-11-27T18:00:00Z/2026-11-27T21:00:00Z/; s/2026-11-27,\(.*\),PM,/2026-11-27,\1,16:00,/' in.csv |
    oc-step $H --steps 1 --keep expiry,expires_at,settle | sort -u
oc-cat --drop expires_at in.csv | awk -F, -v OFS=, 'NR == 1 { print $0, "years"; next }
    { print $0, $4 == "2026-11-27" ? 0.0188356164 : 0.0383561644 }' | oc-step $H --steps 1 --keep expiry,expires_at | sort -u
echo "## the calendar of the rows, which stands above the option, and is one"
oc-chain $C --rate 4% --schedule weekly:2 --calendar CRYPTO_24_7 | sed '1s/$/,calendar/; 1!s/$/,CRYPTO_24_7/' >c.csv
oc-step $H --calendar XNYS --steps 1 --keep expires_at c.csv | sort -u
sed '3s/CRYPTO_24_7/XNYS/' c.csv | oc-step $H 2>&1
oc-cat --drop calendar c.csv | oc-step $H 2>&1
echo "## names are not cut"
long=ABCDEFGHIJKLMNOPQRSTUVWXYZ
for n in SPX/${long}ABCDEF SPXW/${long}ABCDEF PM/PMPMPMPMPMPMPMPMP; do
    sed "1!s/,${n%/*},/,${n#*/},/" in.csv | oc-step $H 2>&1
done
oc-chain $C --symbol $long --rate 4% --schedule weekly:1 | oc-step $H --steps 1 --keep symbol,root | sort -u
oc-step $H --root OTHER --steps 1 --keep symbol,root in.csv | sort -u
echo "## an expiry without a rate has the option's"
sed '/,2026-12-04,/s/,0.04,0.013,/,,0.013,/' in.csv | oc-step $H --rate 5% --steps 1 --keep expiry,rate | sort -u
echo "## a yield is that of forwards, which are prices"
oc-chain $C --rate 4% --schedule weekly:2 --forward | oc-cat -x dividend_yield >f.csv
oc-step $H --steps 1 --keep expiry,dividend_yield --float sig:9 f.csv | sort -u
awk -F, -v OFS=, 'NR == 2 { $11 = -$11 } { print }' f.csv | oc-step $H 2>&1
printf 'symbol,ex_date,amount\nSPX,2026-11-25,5\n' >div.csv
oc-step $H --dividends div.csv f.csv 2>&1
echo "## the run is that of all rates, also of a curve's far points"
for rate in 0.04 0.05; do
    oc-chain $C --rate 4% --schedule 2046-10-19,2046-10-26,2046-11-02 | sed "/,2046-10-26,/s/,0.04,/,$rate,/" |
        oc-step $H --steps 1 --keep run,expiry,rate,price --float sig:6 --where 'type == "C" && strike == 5000'
done >runs
cut -d, -f2- runs
cut -d, -f1 runs | sort -u | wc -l
echo "## and of the calendar that its clock goes by"
for c in XNYS CRYPTO_24_7; do
    oc-step $H $C --rate 4% --schedule daily --clock sessions --calendar $c --factors --keep run,ts
done >runs
cut -d, -f2- runs
cut -d, -f1 runs | sort -u | wc -l
