# Rates by a curve, cash dividends, surfaces from files, roots and calendars: what they change, by figures worked by hand.
A=(--ts 2026-11-20T21:00Z --spot 100 --dividend-yield 0 --schedule monthly:3 --chain-size 1 --strikes 5)
S='--float sig:10'
printf 'curve,years,zero_rate\nusd,0.05,0.04\nusd,1,0.02\n' >curve.csv
oc-chain --symbol X "${A[@]}" --vol 20% --curve curve.csv --keep expiry,strike,type,rate,price $S
# 1.50 on the 10th of December leaves the forwards of the 18th and later; old dividends, other symbols and later ones do not
printf 'symbol,ex_date,amount\nX,2026-11-10,9\nX,2026-12-10,1.5\nY,2026-12-10,7\nX,2027-12-10,1.5\n' >div.csv
oc-chain --symbol X "${A[@]}" --schedule weekly:4 --vol 20% --rate 0% --dividends div.csv --keep expiry,strike,type,spot,forward,price $S
# the row has all: oc-price gives the same
oc-chain --symbol X "${A[@]}" --vol 20% --curve curve.csv --dividends div.csv | oc-price --suffix _2 |
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } { n++; bad += $c["price"] "" != $c["price_2"] "" } END { print n, "rows,", bad, "differences" }'
printf 'symbol,ex_date,dividend_type,proportion\nX,2026-12-10,split,2\n' >split.csv
oc-chain --symbol X "${A[@]}" --vol 20% --rate 0% --dividends split.csv
printf 'symbol,ex_date,amount\nY,2026-12-10,7\n' >other.csv
oc-chain --symbol X "${A[@]}" --vol 20% --rate 0% --dividends other.csv
# slices by expiry: at each its own volatility, between them linear in total variance
printf 'model,expiry,name,value\nflat,2026-12-18,atm,0.2\nflat,2027-02-19,atm,0.3\n' >flat.csv
oc-chain --symbol X "${A[@]}" --rate 0% --surface flat.csv --keep expiry,iv --where 'strike == 100 && type == "C"' $S
printf 'model,expiry,name,value\nssvi,2026-12-18,theta,0.003\nssvi,2027-02-19,theta,0.01\nssvi,,rho,-0.6\nssvi,,eta,1.1\nssvi,,gamma,0.45\n' >ssvi.csv
oc-chain --symbol X "${A[@]}" --rate 0% --surface ssvi.csv --keep expiry,strike,iv --where 'type == "C"' $S
# falls of total variance are refused, or taken
printf 'model,expiry,name,value\nflat,2026-12-18,atm,0.5\nflat,2027-02-19,atm,0.2\n' >fall.csv
oc-chain --symbol X "${A[@]}" --rate 0% --surface fall.csv
oc-chain --symbol X "${A[@]}" --rate 0% --surface fall.csv --allow-arbitrage | wc -l
# roots: SPX settles at the opening, SPXW at the close; an unlisted symbol is its own root, a named one stays; always European here
for s in SPX VIX AAPL; do
    oc-chain --symbol $s "${A[@]}" --rate 0% --vol 20% --schedule monthly:1@AM,weekly:1 --keep symbol,root,expires_at,settle,style | uniq | tail -n +2
done
oc-chain --symbol SPX --root XSP "${A[@]}" --rate 0% --vol 20% --keep root | uniq
oc-chain --symbol BTC --calendar CRYPTO_24_7 --settle 08:00 "${A[@]}" --spot 60000 --strikes 5000 --rate 0% --vol 140% --schedule daily:1,weekly:1 \
    --keep expires_at,settle,strike,iv,bid,ask --where 'type == "C"'
# zero bids where the market has none, and no strike lost: 61 of them
oc-chain --symbol X "${A[@]}" --rate 0% --vol 20% --schedule weekly:1 --chain-size 30 --strikes 2.5 --spread 0.10 --ticks 0.05 >wing.csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } { n++; zero += $c["bid"] == 0; ask += $c["ask"] > 0 }
    END { print n, "quotes,", zero, "without a bid,", ask, "with an ask" }' wing.csv
oc-chain --list-surfaces
# a surface from a file: its path is no part of the metadata, so the bytes are the same from everywhere
mkdir sub && cp flat.csv sub/other.csv
A+=(--symbol X --rate 0%)
cmp <(oc-chain "${A[@]}" --surface flat.csv -O arrow) <(oc-chain "${A[@]}" --surface sub/other.csv -O arrow) && echo "the same bytes from another path"
# raw SVI by hand: w(0) = 0.002 + 0.01 (0.4 * 0.02 + sqrt(0.02^2 + 0.1^2)) = 0.003099804, by 28/365 years: 0.2010178
printf 'model,expiry,name,value\nsvi,2026-12-18,a,0.002\nsvi,2026-12-18,b,0.01\nsvi,2026-12-18,rho,-0.4\nsvi,2026-12-18,m,0.02\nsvi,2026-12-18,sigma,0.1\n' >svi.csv
oc-chain "${A[@]}" --schedule monthly:1 --surface svi.csv --keep strike,iv --where 'type == "C"' --float sig:7
# SABR by records, at the money of beta 1: alpha (1 + (rho nu alpha / 4 + (2 - 3 rho^2) nu^2 / 24) years) = 0.2000849
printf '{"model":"sabr","name":"alpha","value":0.2}\n{"model":"sabr","name":"beta","value":1}\n{"model":"sabr","name":"nu","value":0.4}\n{"model":"sabr","name":"rho","value":-0.3}\n' >sabr.jsonl
oc-chain "${A[@]}" --schedule monthly:1 --surface sabr.jsonl --keep strike,iv --where 'type == "C"' --float sig:7
