# fixings on dates: each at the hour of expiry, by the row's calendar; those that are over at ts are done
cat >c.csv <<'CSV'
contract_id,product,type,strike,expiry,spot,rate,dividend_yield,iv,average,fixings,fixings_done,average_so_far,barrier,barrier_type,monitoring,moneyness,fixing_dates
even,asian,C,100,2026-12-18,100,0.03,0,0.3,A,2,,,,,,,
dates,asian,C,100,2026-12-18,100,0.03,0,0.3,A,,,,,,,,2026-12-04|2026-12-18
before,asian,C,100,2026-12-18,100,0.03,0,0.3,G,3,,,,,,,2026-11-27|2026-12-04|2026-12-11
begun,asian,C,100,2026-12-18,100,0.03,0,0.3,A,4,2,101,,,,,2026-11-13|2026-11-20|2026-12-11|2026-12-18
barrier,barrier,C,100,2026-12-18,100,0.03,0,0.3,,,,,95,do,,,2026-11-27|2026-12-04|2026-12-11|2026-12-18
lookback,lookback_fixed,C,100,2026-12-18,100,0.03,0,0.3,,,,,,,2,,2026-12-04|2026-12-18
cliquet,cliquet,C,,2026-12-18,100,0.03,0,0.3,,,,,,,,1,2026-12-04|2026-12-18
plain,european,C,100,2026-12-18,100,0.03,0,0.3,,,,,,,,,2026-12-04|2026-12-18
words,asian,C,100,2026-12-18,100,0.03,0,0.3,A,,,,,,,,2026-12-4|2026-12-18
holiday,asian,C,100,2026-12-18,100,0.03,0,0.3,A,,,,,,,,2026-11-26|2026-12-18
order,asian,C,100,2026-12-18,100,0.03,0,0.3,A,,,,,,,,2026-12-18|2026-12-04
late,asian,C,100,2026-12-18,100,0.03,0,0.3,A,,,,,,,,2026-12-04|2026-12-21
over,asian,C,100,2026-12-18,100,0.03,0,0.3,A,,,,,,,,2026-11-13
count,asian,C,100,2026-12-18,100,0.03,0,0.3,A,3,,,,,,,2026-12-04|2026-12-18
done,asian,C,100,2026-12-18,100,0.03,0,0.3,A,2,0,101,,,,,2026-11-13|2026-12-18
unseen,asian,C,100,2026-12-18,100,0.03,0,0.3,A,2,,,,,,,2026-11-13|2026-12-18
period,cliquet,C,,2026-12-18,100,0.03,0,0.3,,,,,,,,1,2026-11-13|2026-12-18
CSV
run() { oc-mc price --paths 16k --ts 2026-11-20T21:00Z --calendar XNYS "$@" --keep contract_id,price,stderr,status --float sig:6; }
run c.csv --on-error na
run --where 'contract_id in ("words", "late")' c.csv -o out.csv
# evenly spaced dates are what `fixings` says, to the bit
oc-mc price --paths 16k --ts 2026-11-20T21:00Z --calendar XNYS --where 'contract_id == "dates"' c.csv -k price,stderr >dates.csv
oc-mc price --paths 16k --ts 2026-11-20T21:00Z --calendar XNYS --where 'contract_id == "even"' c.csv -k price,stderr | cmp - dates.csv && echo same
# years alone have no dates
printf 'contract_id,product,type,strike,years,spot,rate,dividend_yield,iv,average,fixing_dates\na,asian,C,100,1,100,0,0,0.2,A,2026-12-18\n' |
    oc-mc price --paths 8k --calendar XNYS -o out.csv
