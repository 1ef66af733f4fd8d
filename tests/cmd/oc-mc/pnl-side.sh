# How the market's columns are named is no matter of the legs: --map and --kind are of the main input.
oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule monthly:1 --vol 18% \
    --strikes 50 --chain-size 4 >market.csv
printf 'quantity,contract_symbol,multiplier\n-1,SPXW261218C05100000,100\n' >legs.csv
book='pnl --legs legs.csv --horizon 5d --model gbm:volatility=18% --paths 4096'
oc-mc $book market.csv >want
sed '1s/,iv,/,sigma_of_it,/' market.csv | oc-mc $book --map iv=sigma_of_it --kind quote | cmp want - && echo same
