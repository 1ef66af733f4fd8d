# What is missing or makes no sense is told with the option that mends it, before anything is written.
try() { oc-chain "$@" >out 2>err; echo "status $?: $(cat err)"; [ -s out ] && echo "   wrote $(wc -l <out) lines"; }
A=(--ts 2026-11-20T21:00Z --symbol X --spot 100 --rate 4% --dividend-yield 0 --vol 20% --schedule monthly:2 --chain-size 5)
without() { local all=() i; for ((i = 0; i < ${#A[@]}; i += 2)); do [ "${A[i]}" = "$1" ] || all+=("${A[@]:i:2}"); done; try "${all[@]}"; }
for o in --ts --symbol --spot --rate --dividend-yield --vol --schedule; do without $o; done
try "${A[@]}" records.csv
try "${A[@]}" --spot -1
try "${A[@]}" --spot 0
try "${A[@]}" --ts 2026-11-20
try "${A[@]}" --ts 2026-11-20T21:00
try "${A[@]}" --schedule weekli:4
try "${A[@]}" --schedule 2020-01-17
try "${A[@]}" --schedule monthly:600
try "${A[@]}" --calendar XNIX
try "${A[@]}" --settle noon
try "${A[@]}" --strikes 0
try "${A[@]}" --strikes spyx
try "${A[@]}" --chain-size 0
try "${A[@]}" --chain-size 5000000
try "${A[@]}" --ticks 0.3,
try "${A[@]}" --spread wide
try "${A[@]}" --spread spread=1,width=2
try "${A[@]}" --spread proportional=2
try "${A[@]}" --spread -1
try "${A[@]}" --vol 20
try "${A[@]}" --vol 0
try "${A[@]}" --smile -0.2
try "${A[@]}" --surface flat:atm=20%
B=(--ts 2026-11-20T21:00Z --symbol X --spot 100 --rate 4% --dividend-yield 0 --schedule monthly:2 --chain-size 5)
try "${B[@]}" --smile -0.2,0.1
try "${B[@]}" --surface svy:a=1
try "${B[@]}" --surface svi:a=0.01,b=0.1,rho=0,m=0,sigma=0.1
try "${B[@]}" --surface ssvi:atm=20%,rho=-0.5,eta=5,gamma=0.5
try "${B[@]}" --surface ssvi:atm=20%,rho=-0.5,eta=5,gamma=0.5 --allow-arbitrage
try "${B[@]}" --surface quadratic:atm=40%,skew_slope=0,smile_curve=-60 --chain-size 40
try "${B[@]}" --surface sabr:alpha=0.2,beta=1,nu=20,rho=-0.9
try "${B[@]}" --surface nofile.csv
try "${A[@]}" --dividends nofile.csv
try "${A[@]}" --greeks delta,gama
try "${A[@]}" --dialect cbs
try "${A[@]}" --contract-symbol --symbol BRK.B
try "${A[@]}" --rate 4% --curve c.csv
try "${A[@]}" --calendar XNYS --spec nofile.json
try "${A[@]}" --schedule daily:4096 --strikes 0.0001 --chain-size 1000000 --spot 5000 --calendar CRYPTO_24_7 --settle 08:00
# options of how records are read, where none are; what another layout has no place for
for o in "--map iv=x" "--kind quote" "--na X" "--ts-unit s" "--input-format csv" --show-map; do try "${A[@]}" $o; done
for o in "--greeks all" --sizes --contract-symbol --forward "--greek-units market"; do try "${A[@]}" --dialect ocs $o; done
try "${B[@]}" --surface flat:atm=20
try "${B[@]}" --surface ssvi:atm=20,rho=-0.5,eta=1,gamma=0.5
try "${B[@]}" --surface flat:atm=10.5
try "${B[@]}" --surface flat:atm=1000%
# volatilities of another underlying, of other contracts, of a later time
printf 'model,symbol,name,value\nflat,NDX,atm,0.2\nflat,RUT,atm,0.3\n' >others.csv
try "${B[@]}" --surface others.csv
try "${B[@]}" --surface flat:atm=20%@NDX
printf 'model,symbol,root,name,value\nflat,X,X1,atm,0.2\n' >roots.csv
try "${B[@]}" --surface roots.csv
printf 'model,symbol,ts,name,value\nflat,X,2026-11-20T21:00:01Z,atm,0.2\n' >later.csv
try "${B[@]}" --surface later.csv
# words of --na are read in a side input, and the columns of the output are known before it is made
printf 'symbol,ex_date,dividend_type,amount\nX,2026-12-01,cash,NONE\n' >d.csv
try "${A[@]}" --dividends d.csv --na NONE
oc-chain "${A[@]}" --greeks delta --dry-run
