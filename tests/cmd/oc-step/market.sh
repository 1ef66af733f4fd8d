# what the quotes say of the market: rates by expiry, forwards instead of yields, and what options supply where they are silent
W="--model geometric_brownian:volatility=0.2 --step 1d --steps 2 --seed 3"
try() { echo "## $*"; "$@" >out 2>err; echo "status $?"; head -n 6 out; cat err; }
columns=step,expiry,type,strike,spot,forward,rate,dividend_yield,iv,price
printf 'years,zero_rate,curve\n0.01,0.03,usd\n1,0.05,usd\n' >curve.csv
C="--symbol XYZ --ts 2026-11-20T21:00Z --spot 100 --schedule 2026-12-18,2027-11-19 --strikes 20 --chain-size 0 --dividend-yield 1% --vol 20%"
oc-chain $C --curve curve.csv >in.csv
try oc-step $W --keep "${columns/forward,/}" in.csv
# forwards and rates, no yield: the yield that they agree on
oc-chain $C --curve curve.csv --forward | oc-cat --drop dividend_yield >forward.csv
try oc-step $W --forward --keep $columns --float sig:9 forward.csv
# forwards that disagree: which yield is the user's to say
sed 's/,104.069[0-9]*,/,110,/' forward.csv >bent.csv
try oc-step $W --forward --keep $columns --float sig:9 bent.csv
try oc-step $W --forward --keep $columns --float sig:9 --dividend-yield 1% bent.csv
# silent quotes: options speak
oc-cat --drop spot,rate,dividend_yield,iv in.csv >silent.csv
try oc-step $W --keep "${columns/forward,/}" --spot 100 --curve curve.csv --dividend-yield 1% --vol 20% silent.csv
# a start later than the quotes: the first expiry is nearer
try oc-step $W --keep step,ts,expiry,type,spot,iv,price --float sig:9 --start 2026-12-17T21:00Z in.csv
try oc-step $W --start 2027-11-20T00:00Z in.csv
try oc-step $W --start 2027-11-20 in.csv
# smiles of other kinds take the quotes' place
try oc-step $W --keep step,type,strike,spot,iv --surface ssvi:atm=18%,rho=-0.6,eta=1.2,gamma=0.5 in.csv
