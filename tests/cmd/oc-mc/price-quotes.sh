# quotes: time from expiry, style from the root table, the forward of the row; what is paid in coin is not priced
cat >q.csv <<'CSV'
ts,symbol,expiry,type,strike,style,bid,ask,spot,forward,rate,iv,inverse
2026-11-20T21:00Z,SPX,2026-12-18,C,5000,,100,101,5000,5010,0.04,0.15,false
2026-11-20T21:00Z,SPX,2026-12-18,P,5000,,90,91,5000,5010,0.04,0.15,false
2026-11-20T21:00Z,SPX,2026-12-18,P,5000,,90,91,,5010,0.04,0.15,false
2026-11-20T21:00Z,AAPL,2026-12-18,P,200,,9,9.1,195,196,0.04,0.3,false
2026-11-20T21:00Z,BTC,2026-12-18,C,90000,E,0.05,0.06,90000,90500,0.04,0.5,true
CSV
oc-mc price --kind quote --paths 65536 --numbers sobol --calendar XCBO q.csv --keep symbol,type,strike,price,stderr,status --float sig:6
oc-mc price --kind quote --paths 16384 --calendar XCBO q.csv --keep symbol,type,strike,price,stderr,status --float sig:6
oc-price --kind quote --calendar XCBO --dividend-yield 0 q.csv --keep symbol,type,strike,price,status --float sig:6
